"""``scripts/bench grids DIR``: solve a districting instance and report figures.

DIR holds units.csv, edges.csv and meta.json. Without --objective the plugin's own weighted
objective is minimised. ``--all`` solves every instance below the given folders for every
objective that its meta.json names, and ``--table`` writes the results as Markdown.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from check_grids import check
from grids_reading import read_instance, write_plan
from peers_table import PEERS, peer_table, run_peer

from linzhang_plugin.core.grids.model import Problem, Solution
from linzhang_plugin.core.grids.published.accelerate import AVAILABLE
from linzhang_plugin.core.grids.published.objectives import OBJECTIVES, solve_published, violations
from linzhang_plugin.core.grids.solve.goals import Goals
from linzhang_plugin.core.grids.solve.town import solve_town
from linzhang_plugin.core.messages import InputError


def solve(problem: Problem, given: argparse.Namespace) -> Solution:
    """Run the solver that the objective asks for."""
    if given.objective:
        return solve_published(
            problem, given.objective, given.seconds, given.seed, not given.no_numba
        )
    effort = 0 if given.seconds < 15 else 1 if given.seconds < 120 else 2
    afresh = given.mode if given.mode is not None else int((problem.previous < 0).all())
    return solve_town(problem, Goals(mode=afresh), effort, given.seed)


def run(given: argparse.Namespace) -> dict[str, Any]:
    """Solve one instance; give the figures that the last line shows."""
    problem, _, ids = read_instance(given.folder)
    begin, spent = time.perf_counter(), time.process_time()
    solution = solve(problem, given)
    seconds, spent = time.perf_counter() - begin, time.process_time() - spent
    figures = figures_of(problem, solution)
    figures |= {
        "seconds": round(seconds, 2),
        "cpu_seconds": round(spent, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "instance": problem.name,
        "seed": given.seed,
        "numba": AVAILABLE and not given.no_numba,
        "load_average": round(os.getloadavg()[0], 1),
        "work": solution.work,
    }
    if given.out and figures["objective"] is not None:
        write_plan(given.out, ids, solution.plan)
    return figures


def figures_of(problem: Problem, solution: Solution) -> dict[str, Any]:
    """Objective, bound, gap, connectivity and balance of a solution."""
    if (solution.plan < 0).any():
        return {"objective": None, "lower_bound": solution.lower_bound, "gap_percent": None,
                "n_disconnected": None, "max_deviation_percent": None}  # fmt: skip
    loads = np.zeros((problem.k, problem.weights.shape[1]))
    np.add.at(loads, solution.plan, problem.weights)
    mean = problem.weights.sum(axis=0) / problem.k
    bound = solution.lower_bound
    gap = None
    if bound is not None and solution.objective > 0:
        gap = 100 * (solution.objective - bound) / solution.objective
    broken = violations(problem, solution.plan)
    return {
        "objective": solution.objective,
        "lower_bound": bound,
        "gap_percent": gap,
        "n_disconnected": sum(rule == "disconnected" for rule, _ in broken),
        "max_deviation_percent": float(np.abs(loads / mean - 1).max() * 100),
    }


def sweep(given: argparse.Namespace) -> list[dict[str, Any]]:
    """Solve every instance for every published objective, each in a process of its own."""
    results = []
    for folder in sorted(path.parent for root in given.folders for path in root.rglob("meta.json")):
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        for objective in meta.get("objectives", {}):
            if objective not in OBJECTIVES or given.objective not in (None, objective):
                continue
            best = meta.get("published", {}).get(objective, {})
            for seed in range(given.seeds):
                results.append(one(folder, objective, seed, given, best))
                print(json.dumps(results[-1]), flush=True)
            for peer in PEERS if given.peers else ():
                row = run_peer(peer, folder, objective, given.seconds)
                row |= {"instance": results[-1]["instance"], "which": objective,
                        "published": best.get("best_known")}  # fmt: skip
                given.rivals.append(row)
                print(json.dumps(row), flush=True)
    return results


def beside_peers(results: list[dict[str, Any]], rivals: list[dict[str, Any]]) -> str:
    """Table of our first seed beside the peers."""
    ours = [
        {"method": "this", "value": r["objective"], "cpu_seconds": r["cpu_seconds"],
         "problems": r.get("problems", []), "bound": r["lower_bound"], "instance": r["instance"],
         "which": r["which"], "published": r["published"]}
        for r in results
        if r["seed"] == 0
    ]  # fmt: skip
    return peer_table(ours + rivals)


def one(
    folder: Path, objective: str, seed: int, given: argparse.Namespace, best: dict[str, Any]
) -> dict[str, Any]:
    """Solve in a child process, check the plan independently, add the published value."""
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "plan.csv"
        command = [sys.executable, str(Path(__file__).parents[1] / "bench"), "grids", str(folder),
                   "--objective", objective, "--seconds", str(given.seconds), "--seed", str(seed),
                   "--out", str(out), "--json"]  # fmt: skip
        if given.no_numba:
            command.append("--no-numba")
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode == 2 or not done.stdout:
            raise SystemExit(done.stderr)
        figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        if figures["objective"] is not None:
            checked = check(folder, out, objective)
            figures["problems"] = checked["problems"]
            figures["checked_objective"] = checked["objective"]
        figures["which"] = objective
        figures["published"] = best.get("best_known")
        figures["proven_optimal"] = best.get("proven_optimal", False)
        return figures


def table(results: list[dict[str, Any]]) -> str:
    """Markdown: a row an instance and objective, median and worst of the seeds."""
    lines = ["| instance | objective | published | median | worst | excess median | excess worst "
             "| seconds | CPU seconds | peak MB | bound gap | broken rules |",
             "|---|---|---|---|---|---|---|---|---|---|---|---|"]  # fmt: skip
    keys = sorted({(r["instance"], r["which"]) for r in results})
    for key in keys:
        rows = [r for r in results if (r["instance"], r["which"]) == key]
        values = [float("inf") if r["objective"] is None else r["objective"] for r in rows]
        best = rows[0]["published"]
        middle, worst = statistics.median(values), max(values)
        excess = [f"{100 * (v / best - 1):+.3f} %" if best else "–" for v in (middle, worst)]
        gaps = [r["gap_percent"] for r in rows if r["gap_percent"] is not None]
        proven = " (proven)" if rows[0]["proven_optimal"] else ""
        lines.append(
            f"| {key[0]} | {key[1]} | {best if best is not None else '–'}{proven} | {middle:.2f} "
            f"| {worst:.2f} | {excess[0]} | {excess[1]} "
            f"| {statistics.median(r['seconds'] for r in rows):.1f} "
            f"| {statistics.median(r['cpu_seconds'] for r in rows):.1f} "
            f"| {max(r['peak_mb'] for r in rows):.0f} "
            f"| {f'{statistics.median(gaps):.2f} %' if gaps else '–'} "
            f"| {sum(len(r.get('problems', ['no plan'])) for r in rows)} |"
        )
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Parse and run."""
    parser = argparse.ArgumentParser(
        prog="scripts/bench grids",
        description=__doc__,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    parser.add_argument("folders", type=Path, nargs="+", metavar="DIR")
    parser.add_argument("--objective", help=f"one of {', '.join(sorted(OBJECTIVES))}")
    parser.add_argument("--seconds", type=float, default=60.0, help="chooses the work budget")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--mode", type=int, choices=(0, 1), help="own objective: adjust or afresh")
    parser.add_argument("--out", type=Path, help="plan.csv (id, district)")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--no-numba", action="store_true", help="plain Python loops")
    parser.add_argument("--all", action="store_true", help="every instance below DIR")
    parser.add_argument("--seeds", type=int, default=1, help="with --all: seeds 0 … N-1")
    parser.add_argument("--peers", action="store_true", help="with --all: the open peers too")
    parser.add_argument("--table", type=Path, help="with --all: append the table to this file")
    given = parser.parse_args(arguments)
    if given.all:
        given.rivals = []
        results = sweep(given)
        text = table(results)
        if given.peers:
            text += "\n\n" + beside_peers(results, given.rivals)
        print(text)
        if given.table:
            with given.table.open("a", encoding="utf-8") as file:
                file.write(text + "\n")
        return 0
    given.folder = given.folders[0]
    try:
        figures = run(given)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    for name, value in figures.items():
        print(f"{name:24} {value}")
    if given.json:
        print(json.dumps(figures))
    if figures["objective"] is None:
        print(f"{figures['instance']}: no plan of connected districts within their bounds was met; "
              "widen the tolerance or give more --seconds.", file=sys.stderr)  # fmt: skip
        return 1
    return 0
