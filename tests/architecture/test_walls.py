"""The walls of the house: what may know what, and what Qt 6 will not take."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "linzhang_plugin"
MODULES = sorted(PACKAGE.rglob("*.py"))
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "tools"}


def module_name(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_core_runs_without_qgis_and_qt():
    """Import all of core in a fresh Python and look at what came with it."""
    names = [module_name(file) for file in MODULES if "core" in file.relative_to(PACKAGE).parts]
    program = (
        "import importlib, sys\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
        "print([m for m in sys.modules if m.split('.')[0] in ('qgis', 'PyQt5', 'PyQt6')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_importing_the_plugin_imports_no_widgets():
    """``qgis_process`` has no desktop: the gui is imported by ``initGui`` alone."""
    program = (
        "import sys, linzhang_plugin.plugin\n"
        "print([m for m in sys.modules if m.startswith('linzhang_plugin.gui')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_every_file_has_a_name_of_its_own():
    assert [str(file) for file in MODULES if file.stem in NAMELESS] == []


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_enums_are_written_with_their_class(file: Path):
    assert list(unscoped_enums(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_qt_is_imported_through_qgis_only(file: Path):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    modules += [
        a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names
    ]
    assert [name for name in modules if name.split(".")[0].startswith(("PyQt", "PySide"))] == []


def test_the_enum_check_finds_what_it_is_for():
    source = "from qgis.PyQt.QtCore import Qt as Q\nfrom qgis.core import Qgis\n"
    assert list(unscoped_enums(source + "Q.AlignLeft\nQgis.Warning\n")) == [
        "line 3: Q.AlignLeft (AlignmentFlag)",
        "line 4: Qgis.Warning (MessageLevel)",
    ]
    assert not list(unscoped_enums(source + "Q.AlignmentFlag.AlignLeft\nQgis.QGIS_VERSION_INT\n"))


def unscoped_enums(source: str):
    """Yield each enum member written without its class (``Qt.AlignLeft``); Qt 6 refuses it.

    The installed QGIS is asked what each name is, so nothing is guessed from spelling.
    """
    tree = ast.parse(source)
    owners = {
        alias.asname or alias.name: getattr(importlib.import_module(node.module), alias.name, None)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("qgis.")
        for alias in node.names
    }
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)):
            continue
        owner = owners.get(node.value.id)
        member = getattr(owner, node.attr, None) if isinstance(owner, type) else None
        kind = next((k for k in (type(member), *type(member).__mro__) if _is_enum(k, owner)), None)
        if kind is not None:
            yield f"line {node.lineno}: {node.value.id}.{node.attr} ({kind.__name__})"


def _is_enum(kind: type, owner: object) -> bool:
    """Tell whether a type is an enumeration that belongs to another class."""
    return kind not in (int, bool, object) and issubclass(kind, int) and kind is not owner
