"""Independent checker of a plan: ``check_grids.py DIR plan.csv [--objective O]``.

Recomputes objective, balance and connectivity from the files alone, with the standard library
only and nothing of the package. The last line printed is one JSON object. Exit 1 where a
hard rule is broken.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import sys
from collections import defaultdict
from pathlib import Path

Row = dict[str, str]


def rows(path: Path) -> list[Row]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def connected(members: set[str], near: dict[str, set[str]]) -> bool:
    start = next(iter(members))
    seen, stack = {start}, [start]
    while stack:
        for other in near[stack.pop()]:
            if other in members and other not in seen:
                seen.add(other)
                stack.append(other)
    return len(seen) == len(members)


def hess_value(members: list[Row]) -> float:
    """Cheapest own centre: w · (whole km / 1000)²."""
    places = [(float(u["x"]), float(u["y"]), float(u["weight"])) for u in members]
    best = math.inf
    for cx, cy, _ in places:
        total = 0.0
        for x, y, weight in places:
            km = math.floor(math.hypot(x - cx, y - cy) / 1000 + 0.5)
            total += weight * (km / 1000) ** 2
            if total >= best:
                break
        best = min(best, total)
    return best


def diameter(members: list[Row]) -> float:
    places = [(float(u["x"]), float(u["y"])) for u in members]
    return max((math.dist(a, b) for i, a in enumerate(places) for b in places[:i]), default=0.0)


def value_of(
    objective: str, groups: dict[str, list[Row]], plan: dict[str, str], links: list[tuple[str, str]]
) -> float | None:
    if objective.startswith("hess_moment_of_inertia"):
        return sum(hess_value(members) for members in groups.values())
    if objective == "cut_edges_contiguous":
        pairs = {tuple(sorted(link)) for link in links}
        return sum(plan.get(i) != plan.get(j) for i, j in pairs)
    if objective == "max_diameter_contiguous":
        return max(diameter(members) for members in groups.values())
    return None


def check(folder: Path, plan_path: Path, objective: str | None) -> dict[str, object]:
    """Give the figures of a plan; ``problems`` lists every broken rule."""
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    units = {u["id"]: u for u in rows(folder / "units.csv")}
    links = [(e["i"], e["j"]) for e in rows(folder / "edges.csv")]
    plan: dict[str, str] = {}
    problems: list[str] = []
    for entry in rows(plan_path):
        if entry["id"] in plan:
            problems.append(f"unit {entry['id']} twice")
        plan[entry["id"]] = entry["district"]
    problems += [f"unit {unit} missing" for unit in units if unit not in plan]
    problems += [f"unit {unit} unknown" for unit in plan if unit not in units]
    groups: dict[str, list[Row]] = defaultdict(list)
    for unit, district in plan.items():
        if unit in units:
            groups[district].append(units[unit])
    if len(groups) != meta["k"]:
        problems.append(f"{len(groups)} districts instead of {meta['k']}")
    near: dict[str, set[str]] = defaultdict(set)
    for i, j in links:
        near[i].add(j)
        near[j].add(i)
    apart = [d for d, m in groups.items() if not connected({u["id"] for u in m}, near)]
    if objective != "hess_moment_of_inertia":  # the one that asks for no contiguity
        problems += [f"district {district} disconnected" for district in apart]
    names = [name for name in next(iter(units.values())) if name.startswith("weight")]
    worst = 0.0
    for name in names:
        mean = sum(float(u[name]) for u in units.values()) / meta["k"]
        share = meta.get("tolerance", 0.0)
        low, high = meta.get("L", mean * (1 - share)), meta.get("U", mean * (1 + share))
        for district, members in groups.items():
            load = math.fsum(float(u[name]) for u in members)
            worst = max(worst, abs(load / mean - 1) * 100)
            if load < low - 1e-9 * mean or load > high + 1e-9 * mean:
                problems.append(f"district {district}: {name} {load} outside {low}..{high}")
    return {
        "objective": value_of(objective or "", groups, plan, links),
        "n_disconnected": len(apart),
        "max_deviation_percent": worst,
        "problems": problems,
    }


def main_check(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("plan", type=Path)
    parser.add_argument("--objective")
    given = parser.parse_args(arguments)
    figures = check(given.folder, given.plan, given.objective)
    print(json.dumps(figures))
    return 1 if figures["problems"] else 0


if __name__ == "__main__":
    sys.exit(main_check(sys.argv[1:]))
