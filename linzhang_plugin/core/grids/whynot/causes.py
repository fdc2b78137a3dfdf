"""Why a town's hard rules cannot all hold: one sentence a cause, with the stand, grid or part.

Everything here is proven from sums and from the link graph before anything is solved; which
request could be kept instead is tried out by :mod:`linzhang_plugin.core.grids.whynot.nearest`.
"""

from __future__ import annotations

import numpy as np

from linzhang_plugin.core.grids.arrays import Array
from linzhang_plugin.core.grids.contiguity import Graph
from linzhang_plugin.core.grids.model import Floats, Ints, Problem
from linzhang_plugin.core.grids.township import Township, strays, units_of
from linzhang_plugin.core.grids.whynot.bottleneck import Pocket, misfit_of, pockets
from linzhang_plugin.core.messages import Message

MOST_POCKETS = 2
"""Pockets told for one rule of one town: the worst ones."""


def causes_of(town: Township, tolerance: float | None) -> list[Message]:
    """Give the reasons, known before solving, why a town's hard rules cannot all hold.

    Args:
        town: The township.
        tolerance: Hard deviation in percent, or None.
    """
    mu = town.stands["mu"].to_numpy(np.float64)
    total, k = float(mu.sum()), len(town.posts)
    least, most = float(town.least[0]), float(town.most[0])
    values = {"town": town.code or "-", "k": k, "total": round(total)}
    found = []
    if total < k * least - 1e-6:
        found.append(
            Message(
                "Town {town}: {k} grids of at least {least} mu need {need} mu, but it has {total}"
                " mu: there are too many posts for that minimum.",
                values | {"least": round(least), "need": round(k * least)},
            )
        )
    if total > k * most + 1e-6:
        found.append(
            Message(
                "Town {town}: {k} grids of at most {most} mu hold {hold} mu, but it has {total}"
                " mu: there are too few posts for that maximum.",
                values | {"most": round(most), "hold": round(k * most)},
            )
        )
    found += _large_stands(town, mu, tolerance)
    found += _locked_grids(town, mu, tolerance)
    found += _lone_lands(town, mu)
    return found


def heaviest(town: Township, values: Array) -> tuple[int, float, int]:
    """Give the stand that has most together with the islands attached to it.

    Args:
        town: The township.
        values: (n,) mu or workload of the stands.

    Returns:
        Its position, what it and they have, and the number of islands.
    """
    riding = ~strays(town)
    host = town.lands.host[riding]
    sums = np.bincount(host, values[riding], len(values))
    worst = int(np.argmax(sums))
    return worst, float(sums[worst]), int((host == worst).sum()) - 1


def _large_stands(town: Township, mu: Array, tolerance: float | None) -> list[Message]:
    """Name the stand that alone, or with its islands, is more than a grid may have."""
    worst, area, islands = heaviest(town, mu)
    values: dict[str, object] = {"town": town.code or "-", "n": islands}
    if area > town.most[0] + 1e-6:
        values |= {
            "stand": town.stands["stand_id"].iloc[worst],
            "mu": round(area),
            "most": round(float(town.most[0])),
        }
        if islands:
            return [
                Message(
                    "Town {town}: stand {stand} and the {n} islands attached to it have {mu} mu,"
                    " more than the {most} mu a grid may have; widen LINK_DISTANCE, split it"
                    " with splitstands or raise the maximum.",
                    values,
                )
            ]
        return [
            Message(
                "Town {town}: stand {stand} alone has {mu} mu, more than the {most} mu a grid"
                " may have; split it with splitstands or raise the maximum.",
                values,
            )
        ]
    worst, load, islands = heaviest(town, town.stands["workload"].to_numpy(np.float64))
    wanted = float(town.wanted.max())
    if tolerance is not None and load > wanted * (1 + tolerance / 100.0) + 1e-6:
        values |= {
            "stand": town.stands["stand_id"].iloc[worst],
            "n": islands,
            "over": round(100.0 * (load / wanted - 1.0), 1),
        }
        if islands:
            return [
                Message(
                    "Town {town}: the workload of stand {stand} and the {n} islands attached to"
                    " it is {over} percent above a grid's share; widen LINK_DISTANCE, split it"
                    " with splitstands or allow a wider tolerance.",
                    values,
                )
            ]
        return [
            Message(
                "Town {town}: the workload of stand {stand} alone is {over} percent above a"
                " grid's share; split it with splitstands or allow a wider tolerance.",
                values,
            )
        ]
    return []


def _locked_grids(town: Township, mu: Array, tolerance: float | None) -> list[Message]:
    """Name the grids whose locked stands are more than a grid may have, or closed too small."""
    load = town.stands["workload"].to_numpy(np.float64)
    found = []
    for post in np.unique(town.pinned[town.pinned >= 0]):
        mine = town.pinned == post
        area, work = float(mu[mine].sum()), float(load[mine].sum())
        share = 100.0 * (work / max(float(town.wanted[post]), 1e-9) - 1.0)
        values = {
            "town": town.code or "-",
            "grid": str(town.posts["previous_code"].iloc[post]) or str(post + 1),
            "mu": round(area),
            "percent": f"{share:+.0f}",
            "most": round(float(town.most[post])) if np.isfinite(town.most[post]) else "-",
            "least": round(float(town.least[post])),
        }
        wide = np.inf if tolerance is None else tolerance
        if area > town.most[post] + 1e-6 or share > wide + 1e-6:
            found.append(
                Message(
                    "Town {town}: the stands locked into grid {grid} have {mu} mu ({percent}"
                    " percent of workload against its share), more than a grid may have (at most"
                    " {most} mu); unlock some of them.",
                    values,
                )
            )
        elif town.closed[post] and (area < town.least[post] - 1e-6 or share < -wide - 1e-6):
            found.append(
                Message(
                    "Town {town}: grid {grid} is closed (lock 2) with {mu} mu ({percent} percent"
                    " of workload against its share), less than a grid needs (at least {least}"
                    " mu); open it.",
                    values,
                )
            )
    return found


def _lone_lands(town: Township, mu: Array) -> list[Message]:
    """Name the separate parts of a town whose posts cannot have the bounds' mu."""
    found: list[Message] = []
    count = int(town.lands.posts.max()) + 1
    if count < 2:
        return found
    for land in range(count):
        inside = float(mu[town.lands.area == land].sum())
        posts = int((town.lands.posts == land).sum())
        least, most = posts * float(town.least[0]), posts * float(town.most[0])
        if not least - 1e-6 <= inside <= most + 1e-6:
            stand = town.stands["stand_id"].iloc[int(np.flatnonzero(town.lands.area == land)[0])]
            found.append(
                Message(
                    "Town {town}: the part around stand {stand} is cut off by gaps wider than"
                    " the link distance and has {mu} mu for {posts} posts; raise the link"
                    " distance or change the number of posts.",
                    {"town": town.code or "-", "stand": stand, "mu": round(inside), "posts": posts},
                )
            )
    return found


def bottlenecks(town: Township, problems: list[Problem]) -> list[Message]:
    """Name the stands that everything behind them must pass, where that breaks a bound.

    Args:
        town: The township.
        problems: Its solver problems, one a mainland, in order.
    """
    found = []
    for land, problem in enumerate(problems):
        units = units_of(town, land)
        graph = Graph(problem.n, problem.edges)
        for column in range(problem.weights.shape[1]):
            low, high = problem.lower[:, column], problem.upper[:, column]
            if not (np.isfinite(low).all() and np.isfinite(high).all() and low.min() > 0):
                continue
            weight = problem.weights[:, column]
            bounds = (float(low.min()), float(high.max()))
            bad = [p for p in pockets(graph, weight) if misfit_of(p, weight, problem.k, bounds)]
            bad.sort(key=lambda p: (-p.weight, p.units, p.unit))
            found += [_bottleneck(town, units, problem, graph, p) for p in _outermost(bad)]
    return list(dict.fromkeys(found))


def _outermost(bad: list[Pocket]) -> list[Pocket]:
    """Keep the smallest pockets, one a cut stand: the nearest to what has to change."""
    best: dict[int, Pocket] = {}
    for pocket in sorted(bad, key=lambda p: (p.units, p.unit)):
        best.setdefault(pocket.unit, pocket)
    return list(best.values())[:MOST_POCKETS]


def _bottleneck(
    town: Township, units: Ints, problem: Problem, graph: Graph, pocket: Pocket
) -> Message:
    behind = _behind(graph, pocket, problem.weights)
    column = town.stands["stand_id"].to_numpy()
    mu = float(problem.weights[behind, -1].sum())
    return Message(
        "Town {town}: stand {stand} is the only way to {n} stands with {mu} mu (around {around}):"
        " too much for one grid with that stand, too little for grids of their own.",
        {
            "town": town.code or "-",
            "stand": column[units[pocket.unit]],
            "n": pocket.units,
            "mu": round(mu),
            "around": column[units[behind[0]]] if len(behind) else "-",
        },
    )


def _behind(graph: Graph, pocket: Pocket, weights: Floats) -> Ints:
    """Give the stands of a pocket: what the cut stand parts from the rest, by its weight."""
    rest = np.arange(graph.n) != pocket.unit
    label = graph.components(rest)
    for part in range(int(label.max()) + 1):
        inside = np.flatnonzero(label == part)
        if len(inside) != pocket.units:
            inside = np.flatnonzero(rest & (label != part) & (label >= 0))
        sums = weights[inside].sum(axis=0) if len(inside) == pocket.units else []
        if any(abs(s - pocket.weight) <= 1e-6 * max(1.0, pocket.weight) for s in sums):
            return inside
    return np.zeros(0, dtype=np.int64)


def cause_of_result(town: Township, flags: list[str], tolerance: float | None) -> Message:
    """Give the sentence for a town whose best plan breaks a rule without a cause known before."""
    counts = ", ".join(f"{name} {flags.count(name)}" for name in sorted(set(flags)))
    return Message(
        "Town {town}: no plan was found that keeps every rule ({counts}; tolerance {tolerance}"
        " percent, {least} to {most} mu), though the sums would allow one: whole stands and"
        " their links do not.",
        {
            "town": town.code or "-",
            "counts": counts,
            "tolerance": "-" if tolerance is None else f"{tolerance:g}",
            "least": round(float(town.least[0])),
            "most": round(float(town.most[0])) if np.isfinite(town.most[0]) else "-",
        },
    )
