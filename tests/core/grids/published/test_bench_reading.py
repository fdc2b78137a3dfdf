"""Folders that are no instance: one sentence that names file, row and what to do."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
from pathlib import Path

import pytest

from linzhang_plugin.core.grids.published.objectives import OBJECTIVES, solve_published
from linzhang_plugin.core.messages import InputError

BENCHES = Path(__file__).parents[4] / "scripts" / "benches"


def module(name: str):
    spec = importlib.util.spec_from_file_location(name, BENCHES / f"{name}.py")
    made = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(name, made)
    spec.loader.exec_module(made)
    return made


reading, made_grids, checking = (
    module(name) for name in ("grids_reading", "made_grids", "check_grids")
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    return made_grids.make(tmp_path_factory.mktemp("made"), "county", 30, 3, 1, 0.1)


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "instance"))


def rewrite(path: Path, change) -> None:
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def remeta(folder: Path, **values) -> None:
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    meta = {name: value for name, value in (meta | values).items() if value is not None}
    (folder / "meta.json").write_text(json.dumps(meta), encoding="utf-8")


def cell(folder: Path, row: int, column: int, value: str) -> None:
    lines = (folder / "units.csv").read_text(encoding="utf-8").splitlines()
    parts = lines[row].split(",")
    parts[column] = value
    lines[row] = ",".join(parts)
    (folder / "units.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


DEFECTS = {
    "no units": (lambda f: (f / "units.csv").unlink(), "has no units.csv"),
    "no edges": (lambda f: (f / "edges.csv").unlink(), "has no edges.csv"),
    "no meta": (lambda f: (f / "meta.json").unlink(), "has no meta.json"),
    "broken meta": (lambda f: (f / "meta.json").write_text("{"), "not valid JSON"),
    "no k": (lambda f: remeta(f, k=None), "has no k"),
    "half k": (lambda f: remeta(f, k=2.5), "k is 2.5"),
    "k of nothing": (lambda f: remeta(f, k=0), "k is 0"),
    "k of text": (lambda f: remeta(f, k="3"), "whole number"),
    "too many": (lambda f: remeta(f, k=31), "30 units for 31 districts"),
    "no bounds": (lambda f: remeta(f, tolerance=None), "neither tolerance nor L and U"),
    "odd tolerance": (lambda f: remeta(f, tolerance="some"), "tolerance is some"),
    "no room": (lambda f: remeta(f, L=1.0, U=2.0), "more than the 2 of a district"),
    "too low": (lambda f: remeta(f, tolerance=None, L=1e7, U=2e7), "cannot hold the total"),
    "column": (
        lambda f: rewrite(f / "units.csv", lambda text: text.replace("weight", "people")),
        "no column weight; it has id, x, y, people",
    ),
    "ends": (
        lambda f: rewrite(f / "edges.csv", lambda text: text.replace("i,j", "a,b")),
        "no column i; it has a, b",
    ),
    "empty table": (lambda f: (f / "units.csv").write_text(""), "cannot be read as a table"),
    "no rows": (lambda f: (f / "units.csv").write_text("id,x,y,weight\n"), "has no rows"),
    "text weight": (lambda f: cell(f, 4, 3, "many"), r"row 4 \(unit 3\): weight must be a number"),
    "negative": (lambda f: cell(f, 2, 3, "-5"), r"row 2 \(unit 1\): weight .* at least 0"),
    "no place": (lambda f: cell(f, 7, 1, ""), r"row 7 \(unit 6\): x must be a number"),
    "no id": (lambda f: cell(f, 3, 0, ""), "row 3: id is empty"),
    "twice": (lambda f: cell(f, 3, 0, "7"), "unit 7 twice"),
    "unknown": (
        lambda f: rewrite(f / "edges.csv", lambda text: text + "0,777\n"),
        "links unit 777, which units.csv lacks",
    ),
    "heavy": (lambda f: cell(f, 5, 3, "99999999"), "unit 4 has weight 99999999, more than"),
}


@pytest.mark.parametrize("defect", sorted(DEFECTS))
def test_every_defect_is_named(folder: Path, defect: str) -> None:
    spoil, sentence = DEFECTS[defect]
    spoil(folder)
    with pytest.raises(InputError, match=sentence) as caught:
        reading.read_instance(folder)
    assert "\n" not in str(caught.value).strip()


def test_no_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no folder"):
        reading.read_instance(tmp_path / "nowhere")


def test_units_apart_are_refused_by_the_solver(folder: Path) -> None:
    (folder / "edges.csv").write_text("i,j\n0,1\n", encoding="utf-8")
    problem, _, _ = reading.read_instance(folder)
    with pytest.raises(InputError, match="29 parts"):
        solve_published(problem, "cut_edges_contiguous", seconds=1)


def test_ids_keep_their_spelling(folder: Path, tmp_path: Path) -> None:
    for name in ("units.csv", "edges.csv"):
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
        padded = [lines[0]]
        for line in lines[1:]:
            parts = line.split(",")
            for at in range(1 if name == "units.csv" else 2):
                parts[at] = parts[at].zfill(5)
            padded.append(",".join(parts))
        (folder / name).write_text("\n".join(padded) + "\n", encoding="utf-8")
    problem, _, ids = reading.read_instance(folder)
    solution = solve_published(problem, "cut_edges_contiguous", seconds=1, accelerated=False)
    reading.write_plan(tmp_path / "plan.csv", ids, solution.plan)
    judged = checking.check(folder, tmp_path / "plan.csv", "cut_edges_contiguous")
    assert judged["problems"] == []
    assert judged["objective"] == solution.objective


def test_every_objective_that_the_maker_names_is_known(sound: Path) -> None:
    meta = json.loads((sound / "meta.json").read_text(encoding="utf-8"))
    assert set(meta["objectives"]) <= set(OBJECTIVES)
