"""``scripts/setup`` where everything is there: quick, silent, from anywhere, in odd places."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = [p for p in sorted((ROOT / "scripts").iterdir()) if p.is_file()]
SHELL = [
    p for p in [*SCRIPTS, ROOT / ".ci" / "run"] if p.read_bytes().startswith(b"#!/usr/bin/env bash")
]


@pytest.fixture(autouse=True)
def installed():
    release = Path("/etc/os-release")
    known = release.exists() and any(
        name in release.read_text() for name in ("=bookworm", "=trixie")
    )
    if not known or shutil.which("qgis_process") is None:
        pytest.skip("setup installs on Debian 12 and 13 only")


def setup_run(script: Path, cwd: Path, **environment: str):
    return subprocess.run(
        ["bash", script, "run"], cwd=cwd, env=environment, capture_output=True, text=True,
        stdin=subprocess.DEVNULL, timeout=120, check=False,
    )  # fmt: skip


def test_it_is_quick_and_silent_when_all_is_there(tmp_path):
    begun = time.monotonic()
    done = setup_run(ROOT / "scripts" / "setup", tmp_path, **os.environ)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert time.monotonic() - begun < 2


def test_it_does_without_home_locale_and_a_plain_path(tmp_path):
    place = tmp_path / "a checkout 林长"
    (place / "scripts").mkdir(parents=True)
    shutil.copy(ROOT / "scripts" / "setup", place / "scripts")
    done = setup_run(place / "scripts" / "setup", Path("/"), PATH="/usr/bin:/bin")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (place / "build" / "run").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("script", SHELL, ids=lambda path: path.name)
def test_shell_scripts_are_executable_and_parse(script: Path):
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", script], check=True, timeout=10)


def test_unknown_arguments_are_answered_with_the_usage():
    done = subprocess.run(
        ["bash", ROOT / "scripts" / "test", "--nonsense"],
        capture_output=True, text=True, timeout=20, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "scripts/test --full" in done.stdout
