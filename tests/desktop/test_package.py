"""The zip: what the plugin site and "Install from ZIP" demand of it."""

from __future__ import annotations

import configparser
import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOP = "linzhang_plugin/"


def test_one_folder_with_all_that_is_needed(archive):
    with zipfile.ZipFile(archive) as packed:
        names = set(packed.namelist())
        assert packed.testzip() is None
    assert all(name.startswith(TOP) for name in names)
    needed = ("__init__.py", "metadata.txt", "LICENSE", "resources.rcc", "icons/linzhang.svg")
    for name in (*needed, "i18n/linzhang_zh_CN.qm", "libraries.py", "core/child.py"):
        assert TOP + name in names, name
    for folder in ("help", "rules", "styles"):
        for file in (ROOT / TOP / folder).rglob("*.*"):
            assert file.relative_to(ROOT).as_posix() in names


def test_nothing_that_the_site_refuses(archive):
    with zipfile.ZipFile(archive) as packed:
        for entry in packed.infolist():
            parts = entry.filename.split("/")
            assert not any(part.startswith(".") or part == "__pycache__" for part in parts)
            assert not entry.filename.endswith((".pyc", ".sh", ".bat", ".dll", ".so", ".exe"))
            assert not (entry.external_attr >> 16) & 0o111, f"{entry.filename} is executable"
    assert archive.stat().st_size < 25 * 2**20


def test_metadata_names_its_icon_and_versions(archive):
    with zipfile.ZipFile(archive) as packed:
        names = packed.namelist()
        text = packed.read(TOP + "metadata.txt").decode("utf-8")
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read_string(text)
    general = metadata["general"]
    assert TOP + general["icon"] in names
    assert general["qgisMinimumVersion"] == "3.40"
    assert general["qgisMaximumVersion"] == "4.99"
    assert general.getboolean("hasProcessingProvider")


def test_building_again_gives_the_same_bytes(archive):
    before = hashlib.sha256(archive.read_bytes()).hexdigest()
    subprocess.run([sys.executable, ROOT / "scripts" / "package"], check=True, timeout=120)
    assert hashlib.sha256(archive.read_bytes()).hexdigest() == before
