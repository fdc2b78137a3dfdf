"""``scripts/bench scale``: a whole county from layer to tables, stage by stage.

A county of ``--towns`` towns (1: a single town) with ``--stands`` stands and ``--posts`` posts is
made from a seed, linked, planned and drawn as ``optimizegrids`` does it, in this process alone.
The last line is JSON: CPU and wall seconds a stage, peak memory, deviation, bound, gap, and an
independent look at the plan. ``--reference`` times one plain transport LP of the same stands
(eight nearest centres a stand, scipy's HiGHS) in the same run.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from typing import Any

import numpy as np
from scale_layer import Made, made_county
from scipy import sparse
from scipy.optimize import linprog
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from linzhang_plugin.core.grids.county import explain, solve
from linzhang_plugin.core.grids.intake import StandFields
from linzhang_plugin.core.grids.job import Request, a_map, prepare
from linzhang_plugin.core.grids.land.shapes import centres
from linzhang_plugin.core.grids.outcome import draw_plan
from linzhang_plugin.core.grids.params import GridParams
from linzhang_plugin.core.grids.plan import GridPlan
from linzhang_plugin.core.grids.survey import survey_county

FIELDS = StandFields("id", town="town", village="village", previous="last_year", slope="po_du")


class Stages:
    """CPU and wall seconds of each stage, children included."""

    def __init__(self) -> None:
        """Start the clocks."""
        self.rows: dict[str, dict[str, float]] = {}
        self._last = self._now()

    @staticmethod
    def _now() -> tuple[float, float]:
        spent = os.times()
        return sum(spent[:4]), time.perf_counter()

    def end(self, name: str) -> None:
        """Close a stage."""
        now = self._now()
        cpu, wall = (b - a for a, b in zip(self._last, now, strict=True))
        self.rows[name] = {"cpu": round(cpu, 1), "wall": round(wall, 1), "mb": peak_mb()}
        print(f"{name:12} {self.rows[name]}", file=sys.stderr, flush=True)
        self._last = self._now()

    def total(self, what: str) -> float:
        """Add up CPU or wall seconds."""
        return round(sum(row[what] for row in self.rows.values()), 1)


def peak_mb() -> float:
    """Peak resident memory of this process or of the largest child, MB."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return round(max(own, child) / 1024, 0)


def plan_stages(request: Request, workers: int) -> tuple[GridPlan, np.ndarray, Stages]:
    """Do what ``optimizegrids`` does, a stage at a time; also give the links."""
    params = request.params
    stages = Stages()
    ready = prepare(request)
    stages.end("links")
    survey = survey_county(ready.stands, ready.links, ready.rangers, params, request.rules,
                           ready.ground)  # fmt: skip
    stages.end("survey")
    run = a_map(workers, "")
    solved = solve(survey.towns, params, run)
    stages.end("plan")
    causes, _ = explain(survey, solved, params, run)
    stages.end("explain")
    for cause in causes[:5]:
        print(cause, file=sys.stderr)
    plan = draw_plan(survey, solved, params, request.previous, ())
    stages.end("tables")
    return plan, ready.links, stages


def looked_over(made: Made, plan: GridPlan, links: np.ndarray, tolerance: float | None) -> Any:
    """Look at the plan without the package's own reckoning: pieces and loads of the grids."""
    n = len(made.stands)
    row = {code: at for at, code in enumerate(plan.grids["grid_code"])}
    grid = np.array([row[code] for code in plan.stands["grid_code"]])
    same = links[grid[links[:, 0]] == grid[links[:, 1]]]
    graph = sparse.coo_matrix((np.ones(len(same)), (same[:, 0], same[:, 1])), shape=(n, n))
    parts = connected_components(graph, directed=False)[1]
    whole = connected_components(
        sparse.coo_matrix((np.ones(len(links)), (links[:, 0], links[:, 1])), shape=(n, n)), False
    )[1]
    # Stands that no link joins to their grid's land may ride along with it.
    seen = {(g, w): set() for g, w in zip(grid, whole, strict=True)}
    for g, w, p in zip(grid, whole, parts, strict=True):
        seen[g, w].add(p)
    load = np.bincount(grid, plan.stands["workload"].to_numpy(float), len(row))
    mu = np.bincount(grid, plan.stands["mu"].to_numpy(float), len(row))
    wanted = plan.grids["wanted"].to_numpy(float)
    off = np.abs(load / wanted - 1.0)
    return {
        "stands": n,
        "grids": len(row),
        "grids_in_pieces": sum(len(found) > 1 for found in seen.values()),
        "empty_grids": len(row) - len(np.unique(grid)),
        "outside_tolerance": int((off > tolerance / 100 + 1e-9).sum()) if tolerance else 0,
        "mu_from_to": [round(float(mu.min())), round(float(mu.max()))],
        "mean_deviation_percent": round(100 * float(off.mean()), 2),
        "compactness": round(float(plan.grids["compactness"].mean()), 4),
    }


def reference(made: Made, k: int) -> dict[str, float]:
    """One transport LP of the stands to the posts' homes, eight columns a stand, ±10 %."""
    before, begin = sum(os.times()[:4]), time.perf_counter()
    xy = centres(made.stands.geometry.to_numpy())
    n = len(xy)
    weight = made.stands.geometry.area.to_numpy()
    homes = centres(made.rangers.geometry.to_numpy())
    near, at = cKDTree(homes).query(xy, min(8, k))
    row = np.repeat(np.arange(n), near.shape[1])
    m = len(row)
    each = sparse.csr_matrix((np.ones(m), (row, np.arange(m))), shape=(n, m + 2 * k))
    load = sparse.csr_matrix((weight[row] / weight.mean(), (at.ravel(), np.arange(m))),
                             shape=(k, m))  # fmt: skip
    mean = n / k
    slack = sparse.identity(k)
    none = sparse.csr_matrix((k, k))
    cost = (weight[:, None] * near**2).ravel() / (weight.mean() * (near**2).mean())
    result = linprog(
        np.concatenate([cost, np.full(2 * k, 100.0 * cost.max())]),
        A_ub=sparse.vstack([sparse.hstack([load, -slack, none]),
                            sparse.hstack([-load, none, -slack])]).tocsr(),
        b_ub=np.concatenate([np.full(k, 1.1 * mean), np.full(k, -0.9 * mean)]),
        A_eq=each, b_eq=np.ones(n), bounds=(0, None), method="highs",
    )  # fmt: skip
    return {
        "cpu": round(sum(os.times()[:4]) - before, 1),
        "wall": round(time.perf_counter() - begin, 1),
        "solved": bool(result.x is not None),
    }


def main(arguments: list[str]) -> int:
    """Parse, make, plan, report."""
    parser = argparse.ArgumentParser(prog="scripts/bench scale", description=__doc__,
                                     formatter_class=argparse.RawTextHelpFormatter)  # fmt: skip
    parser.add_argument("--stands", type=int, default=60_000)
    parser.add_argument("--posts", type=int, default=600)
    parser.add_argument("--towns", type=int, default=20)
    parser.add_argument("--mode", type=int, choices=(0, 1), default=0)
    parser.add_argument("--effort", type=int, choices=(0, 1, 2), default=0)
    parser.add_argument("--tolerance", type=float, help="percent; 10 with --mode 1")
    parser.add_argument("--workers", type=int, default=2, help="processes for the townships")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--reference", action="store_true")
    given = parser.parse_args(arguments)
    tolerance = given.tolerance
    if tolerance is None and given.mode == 1:
        tolerance = 10.0
    made = made_county(given.stands, given.posts, given.towns, given.seed)
    params = GridParams(mode=given.mode, tolerance=tolerance, effort=given.effort,
                        seed=given.seed, year=2026)  # fmt: skip
    request = Request(made.stands, FIELDS, made.rangers, None, params)
    plan, links, stages = plan_stages(request, given.workers)
    figures: dict[str, Any] = {
        "towns": given.towns, "mode": given.mode, "effort": given.effort, "seed": given.seed,
        "tolerance": tolerance, "stages": stages.rows, "cpu_seconds": stages.total("cpu"),
        "wall_seconds": stages.total("wall"), "peak_mb": peak_mb(),
        "load_average": round(os.getloadavg()[0], 1),
        **looked_over(made, plan, links, tolerance),
        **{name.lower(): value for name, value in plan.figures.items()},
    }  # fmt: skip
    for name, value in figures.items():
        print(f"{name:24} {value}", file=sys.stderr, flush=True)
    if given.reference:
        figures["reference_lp"] = reference(made, given.posts)
        print(f"{'reference_lp':24} {figures['reference_lp']}", file=sys.stderr)
    print(json.dumps(figures))
    return 0
