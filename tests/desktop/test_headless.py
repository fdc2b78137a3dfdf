"""``qgis_process`` in a clean profile: the provider is there, or it says what is missing."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from linzhang_plugin.processing.provider import ROOMS

ALGORITHMS = [algorithm.NAME for room in ROOMS for algorithm in room.ALGORITHMS]


def test_every_algorithm_is_listed(installation):
    done = installation.process("list")
    assert done.returncode == 0, done.stderr
    lines = [line.strip() for line in done.stdout.splitlines()]
    listed = {line.split()[0] for line in lines if line.startswith("linzhang:")}
    assert listed == {f"linzhang:{name}" for name in ALGORITHMS}
    assert "Traceback" not in done.stderr


def test_help_comes_in_the_users_language(installation):
    english = installation.process("help", "linzhang:optimizegrids")
    settings = installation.home / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    with settings.open("a", encoding="utf-8") as file:
        file.write("[locale]\nuserLocale=zh-Hans\noverrideFlag=true\n")
    chinese = installation.process("help", "linzhang:optimizegrids")
    assert english.returncode == chinese.returncode == 0, chinese.stderr
    assert "网格" in chinese.stdout
    assert "网格" not in english.stdout.split("Arguments")[0]


def test_bad_input_is_one_sentence_and_leaves_no_file(installation, tmp_path: Path):
    target = tmp_path / "林长 out.gpkg"
    done = installation.process(
        "run", "linzhang:loadplan", f"--WORKSPACE={tmp_path}/none.gpkg", f"--STANDS={target}"
    )
    assert done.returncode != 0
    assert "Traceback" not in done.stdout + done.stderr
    assert "none.gpkg" in done.stdout + done.stderr
    assert not target.exists()


def test_missing_libraries_are_named_and_break_nothing(installation, tmp_path: Path):
    bare = tmp_path / "someone"
    bare.mkdir()
    nowhere = {"HOME": str(bare), "XDG_DATA_HOME": str(bare), "PYTHONNOUSERSITE": "1"}
    probe = ["/usr/bin/python3", "-c", "import geopandas"]
    if subprocess.run(probe, capture_output=True, check=False).returncode == 0:
        pytest.skip("the system's own Python has every library")
    done = installation.process("list", **nowhere)
    assert done.returncode == 0, done.stderr
    assert "linzhang:" not in done.stdout
    assert "native:buffer" in done.stdout
    assert "geopandas" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
