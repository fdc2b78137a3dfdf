"""The collector of sentences: what it finds, what it refuses, and that nothing is left English."""

from __future__ import annotations

import ast
import importlib.machinery
import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def strings(tmp_path: Path, monkeypatch):
    """Give the script as a module that works on a package of its own."""
    loader = importlib.machinery.SourceFileLoader("strings", str(ROOT / "scripts" / "strings"))
    spec = importlib.util.spec_from_loader("strings", loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "SOURCE", tmp_path / "package")
    monkeypatch.setattr(module, "CATALOGUE", tmp_path / "i18n" / "zh.ts")
    (tmp_path / "package").mkdir()
    return module


def write(module, text: str) -> None:
    (module.SOURCE / "room.py").write_text(text, encoding="utf-8")


SOURCE = """
class LinzhangError(Exception):
    def __init__(self, template="By default {n}.", **values): ...
class InputError(LinzhangError): ...
class RowError(InputError): ...
class Other(Exception): ...
def show(row):
    tr("Plain")
    Message("Field {a} " "joined", {"a": 1})
    raise RowError("Row {row}: <b> & co", row=row)
    raise ValueError("not for people")
    raise Other("not for people either")
    messages.tr("By attribute")
    translate(tr("Nested"))
    translate(row)
"""
FOUND = {
    "By default {n}.",
    "Plain",
    "Field {a} joined",
    "Row {row}: <b> & co",
    "By attribute",
    "Nested",
}


def test_marked_literals_are_found_and_nothing_else(strings):
    write(strings, SOURCE)
    assert strings.collect() == (FOUND, [])


def test_a_marked_text_that_is_no_literal_is_refused(strings):
    write(strings, 'tr(f"Hello {1}")\nMessage("a" + b)\n')
    found, complaints = strings.collect()
    assert found == set()
    assert [text.split(":")[1] for text in complaints] == ["1", "2"]


def test_a_filled_catalogue_passes_and_reads_back(strings, tmp_path, capsys):
    write(strings, SOURCE)
    assert strings.main([]) == 0
    assert strings.main(["check"]) == 1
    chinese = {text: "中文 <甲> & " + "".join(f"{{{f}}}" for f in strings.fields(text))
               for text in FOUND}  # fmt: skip
    offered = tmp_path / "chinese.json"
    offered.write_text(strings.json.dumps(chinese), encoding="utf-8")
    assert strings.main(["fill", str(offered)]) == 0
    assert strings.read() == chinese
    assert strings.main(["check"]) == 0
    before = strings.CATALOGUE.read_bytes()
    assert strings.main([]) == 0
    assert strings.CATALOGUE.read_bytes() == before


@pytest.mark.parametrize("chinese", ["无", "第 {rows} 行", "{row} {more}", "{row"])
def test_other_fields_in_the_chinese_are_refused(strings, tmp_path, chinese):
    write(strings, 'tr("Row {row}")')
    offered = tmp_path / "chinese.json"
    offered.write_text(strings.json.dumps({"Row {row}": chinese}), encoding="utf-8")
    assert strings.main(["fill", str(offered)]) == 1
    assert strings.read() == {"Row {row}": ""}


def test_sentences_that_are_gone_leave_the_catalogue(strings):
    write(strings, 'tr("Old")')
    strings.main([])
    write(strings, 'tr("New")')
    assert strings.main(["check"]) == 1
    strings.main([])
    assert strings.read() == {"New": ""}


def test_the_script_has_no_third_party_import():
    tree = ast.parse((ROOT / "scripts" / "strings").read_text(encoding="utf-8"))
    names = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names |= {a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}
    import sys

    assert {name.split(".")[0] for name in names} <= set(sys.stdlib_module_names)
