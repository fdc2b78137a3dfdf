"""The bench's reader, its last line, and the independent checker against planted errors."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from scipy.sparse import csgraph

from tests.truth.districts import VALUES, all_plans, lattice

ROOT = Path(__file__).parents[2]
BENCHES = ROOT / "scripts" / "benches"


def load(name: str):
    spec = importlib.util.spec_from_file_location(name, BENCHES / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


check_grids = load("check_grids")
reading = load("grids_reading")


def save(folder: Path, problem, tolerance: float, **more) -> None:
    columns = {f"weight{c or ''}": problem.weights[:, c] for c in range(problem.weights.shape[1])}
    ids = np.arange(problem.n) * 10 + 7
    pd.DataFrame({"id": ids, "x": problem.xy[:, 0], "y": problem.xy[:, 1], **columns}).to_csv(
        folder / "units.csv", index=False
    )
    pd.DataFrame(ids[problem.edges], columns=["i", "j"]).to_csv(folder / "edges.csv", index=False)
    meta = {"name": "made", "k": problem.k, "tolerance": tolerance, **more}
    (folder / "meta.json").write_text(json.dumps(meta), encoding="utf-8")


def write(folder: Path, plan) -> Path:
    path = folder / "plan.csv"
    ids = pd.Series(np.arange(len(plan)) * 10 + 7)
    reading.write_plan(path, ids, np.asarray(plan))
    return path


@pytest.fixture
def made(tmp_path: Path):
    problem = lattice(3, 3, 2, 1, 0.2, width=2)
    save(tmp_path, problem, 0.2)
    return tmp_path, problem, list(all_plans(problem))


@pytest.mark.parametrize("name", sorted(VALUES))
def test_checker_recomputes_the_value_and_finds_nothing_wrong(made, name: str) -> None:
    folder, problem, plans = made
    for plan in plans[:10]:
        figures = check_grids.check(folder, write(folder, plan), name)
        assert figures["problems"] == []
        assert figures["n_disconnected"] == 0
        assert figures["objective"] == pytest.approx(VALUES[name](problem, plan), rel=1e-12)


def test_checker_catches_planted_errors(made) -> None:
    folder, _, plans = made
    plan = plans[0].copy()

    def problems(of) -> str:
        return " ".join(check_grids.check(folder, write(folder, of), None)["problems"])

    assert "outside" in problems(np.array([0] * 8 + [1]))
    assert "disconnected" in problems(np.array([0, 1, 0, 1, 0, 1, 0, 1, 0]))
    assert "1 districts instead of 2" in problems(np.zeros(9, dtype=int))
    path = write(folder, plan)
    text = path.read_text().splitlines()
    path.write_text("\n".join([*text[:-1], text[1], "9999,0"]))
    broken = " ".join(check_grids.check(folder, path, None)["problems"])
    assert "unit 87 missing" in broken
    assert "unit 7 twice" in broken
    assert "unit 9999 unknown" in broken


def test_bounds_from_l_and_u_or_tolerance_of_each_weight(made) -> None:
    folder, problem, _ = made
    read, _, ids = reading.read_instance(folder)
    assert ids.tolist() == [str(each) for each in np.arange(9) * 10 + 7]
    assert read.lower == pytest.approx(problem.lower)
    assert read.upper == pytest.approx(problem.upper)
    assert (read.edges == problem.edges).all()
    save(folder, lattice(3, 3, 2, 1, 0.2), 0.2, L=300, U=700)
    read, _, _ = reading.read_instance(folder)
    assert (read.lower == 300).all()
    assert (read.upper == 700).all()


def test_last_line_is_one_json_object_and_the_plan_passes(tmp_path: Path) -> None:
    save(tmp_path, lattice(3, 4, 2, 2, 0.2), 0.2)
    out = tmp_path / "plan.csv"
    done = subprocess.run(
        [str(ROOT / "scripts" / "bench"), "grids", str(tmp_path), "--objective",
         "cut_edges_contiguous", "--seconds", "1", "--seed", "1", "--out", str(out), "--json",
         "--no-numba"],
        capture_output=True, text=True, check=True, cwd=tmp_path,
    )  # fmt: skip
    figures = json.loads(done.stdout.splitlines()[-1])
    wanted = {"objective", "lower_bound", "gap_percent", "seconds", "peak_mb", "n_disconnected",
              "max_deviation_percent"}  # fmt: skip
    assert wanted <= set(figures)
    checked = check_grids.check(tmp_path, out, "cut_edges_contiguous")
    assert checked["problems"] == []
    assert checked["objective"] == figures["objective"]
    assert checked["max_deviation_percent"] == pytest.approx(figures["max_deviation_percent"])


def test_checker_runs_alone(made) -> None:
    folder, _, plans = made
    path = write(folder, plans[0])
    command = [sys.executable, "-I", str(BENCHES / "check_grids.py"), str(folder), str(path)]
    good = subprocess.run(command, capture_output=True, text=True, check=False)
    assert good.returncode == 0, good.stderr
    assert json.loads(good.stdout)["problems"] == []
    write(folder, [0] * 8 + [1])
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [({"k": None}, "has no k"), ({"tolerance": None}, "neither tolerance nor L and U")],
)
def test_unusable_meta_is_told_in_one_sentence(made, change, sentence: str) -> None:
    folder, _, _ = made
    meta = json.loads((folder / "meta.json").read_text()) | change
    meta = {key: value for key, value in meta.items() if value is not None}
    (folder / "meta.json").write_text(json.dumps(meta))
    with pytest.raises(reading.InputError, match=sentence):
        reading.read_instance(folder)


def test_links_to_unknown_units_are_refused(made) -> None:
    folder, _, _ = made
    edges = pd.read_csv(folder / "edges.csv")
    edges.loc[0, "j"] = 9999
    edges.to_csv(folder / "edges.csv", index=False)
    with pytest.raises(reading.InputError, match="9999"):
        reading.read_instance(folder)


def test_no_balanced_plan_is_one_sentence_and_no_file(tmp_path: Path) -> None:
    save(tmp_path, lattice(3, 3, 2, 1, 0.2), 1e-9)
    out = tmp_path / "plan.csv"
    done = subprocess.run(
        [str(ROOT / "scripts" / "bench"), "grids", str(tmp_path), "--objective",
         "cut_edges_contiguous", "--seconds", "1", "--out", str(out), "--json", "--no-numba"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "widen the tolerance" in done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["objective"] is None
    assert not out.exists()


def test_made_instances_are_linked_and_repeatable(tmp_path: Path) -> None:
    made_grids = load("made_grids")
    for kind in made_grids.KINDS:
        first = made_grids.make(tmp_path / "a", kind, 60, 4, 3, 0.05)
        again = made_grids.make(tmp_path / "b", kind, 60, 4, 3, 0.05)
        assert (first / "units.csv").read_bytes() == (again / "units.csv").read_bytes()
        problem, _, _ = reading.read_instance(first)
        graph = sparse.csr_matrix((np.ones(len(problem.edges)), problem.edges.T), shape=(60, 60))
        assert csgraph.connected_components(graph, directed=False)[0] == 1


def test_peer_table_compares_only_valid_plans() -> None:
    sys.path.insert(0, str(BENCHES))
    try:
        peers = load("peers_table")
    finally:
        sys.path.remove(str(BENCHES))
    common = {"instance": "a", "which": "cut_edges_contiguous", "published": 10.0,
              "cpu_seconds": 1.0, "problems": []}  # fmt: skip
    text = peers.peer_table([
        common | {"method": "this", "value": 11.0, "bound": 5.0},
        common | {"method": "gerrychain", "value": 20.0},
        common | {"method": "metis", "value": 4.0, "problems": ["off"], "deviation": 9.0},
    ])  # fmt: skip
    assert "| this | 11.00 | +10.000 % | 2.2000 | 1.0 | yes |" in text
    assert "| metis | 4.00 | – |" in text
    assert "this ÷ GerryChain | | 0.100 |" in text
