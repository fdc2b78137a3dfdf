"""Better plans from exact answers on few neighbouring grids, their centres free.

Large-neighbourhood search (Shaw 1998; for districting Ricca and Simeone 2008 name the pairs): the
units of two or three neighbouring grids are divided anew by the Hess model itself, cheaper than
now or not at all. Reduced costs at the LP's optimum settle most variables, HiGHS the rest, and
a,b-separators are added where a grid comes out in parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csgraph

from linzhang_plugin.core.grids.model import Bools, Ints, Problem
from linzhang_plugin.core.grids.published.hess import Hess, moment
from linzhang_plugin.core.grids.published.hessproof import cheaper_pairs, table
from linzhang_plugin.core.grids.published.separators import separator
from linzhang_plugin.core.progress import Progress, silent, step

MOST_UNITS = 48
"""Units that are divided anew at once."""
MOST_GRIDS = 3
"""Grids of a group."""
NODES = 60
"""Branch-and-bound nodes a MILP."""
WIDE = 500
"""Columns from which on a MILP costs more than in proportion."""
ROUNDS = 8
"""MILPs a group, with more separators each time."""
LESS = 1e-9
"""Relative gain that counts as one."""


def regroup(
    model: Hess,
    links: sparse.csr_matrix,
    plan: Ints,
    contiguous: bool,
    work: int,
    progress: Progress = silent,
) -> tuple[Ints, int]:
    """Improve a plan until no group of neighbouring grids can be divided better, or work ends.

    Args:
        model: The problem.
        links: (n, n) symmetric adjacency.
        plan: (n,) a balanced plan, connected where ``contiguous``.
        contiguous: Whether every grid must stay connected.
        work: Columns of all MILPs together, wide ones counted manifold: a count of work.
        progress: Receiver of progress.

    Returns:
        The plan, never worse, and the MILPs solved.
    """
    plan, milps, spent = plan.copy(), 0, 0
    settled: set[tuple[int, ...]] = set()
    improved = True
    while improved and spent < work:
        improved = False
        for grids in _groups(plan, links):
            units = np.flatnonzero(np.isin(plan, grids))
            if len(units) > MOST_UNITS or tuple(units.tolist()) in settled or spent >= work:
                continue
            step(progress, min(1.0, spent / work))
            settled.add(tuple(units.tolist()))
            found, solved, columns = _divide(
                model, links, plan, units, grids, contiguous, work - spent
            )
            milps, spent = milps + solved, spent + columns
            if found is not None:
                plan[units], improved = np.array(grids)[found], True
    return plan, milps


def _groups(plan: Ints, links: sparse.csr_matrix) -> Iterator[tuple[int, ...]]:
    """Give the pairs of grids that touch, then larger groups that hang together."""
    i, j = links.nonzero()
    beside = {(int(a), int(b)) for a, b in zip(plan[i], plan[j], strict=True) if a < b}
    yield from sorted(beside)
    larger: list[tuple[int, ...]] = sorted(beside)
    for _ in range(MOST_GRIDS - 2):
        larger = sorted(
            {
                tuple(sorted({*group, *pair}))
                for group in larger
                for pair in beside
                if len({*group, *pair}) == len(group) + 1
            }
        )
        yield from larger


def _divide(
    model: Hess,
    links: sparse.csr_matrix,
    plan: Ints,
    units: Ints,
    grids: tuple[int, ...],
    contiguous: bool,
    work: int,
) -> tuple[Ints | None, int, int]:
    """Divide some units anew; give the better plan of them or None, MILPs and columns spent.

    Nothing is tried where a single MILP would cost more than the work that is left.
    """
    part = Hess(_part_of(model.problem, units, grids), model.far[np.ix_(units, units)])
    near = links[units][:, units]
    now = moment(part, np.searchsorted(np.array(grids), plan[units]))[0]
    ceiling = now * (1 - LESS)
    free = cheaper_pairs(part, ceiling)
    if free is None:
        return None, 0, len(units)
    rows = table(part, free)
    size = len(rows.unit)
    cost = part.weight[rows.unit] * part.far[rows.unit, rows.centre]
    number = np.full(free.shape, -1, dtype=np.int64)
    number[rows.unit, rows.centre] = np.arange(size)
    toll = int(size * max(1.0, size / WIDE))
    if toll > work:
        return None, 0, len(units)
    limits = [
        LinearConstraint(rows.each, 1, 1),
        LinearConstraint(rows.least, 0, np.inf),
        LinearConstraint(rows.most, -np.inf, 0),
        LinearConstraint(rows.strong, -np.inf, 0),
        LinearConstraint(rows.count, len(grids), len(grids)),
        LinearConstraint(sparse.csr_matrix(cost[None, :] / ceiling), -np.inf, 1.0),
    ]
    for turn in range(1, ROUNDS + 1):
        result = milp(
            cost / ceiling,
            integrality=np.ones(size),
            bounds=Bounds(0, 1),
            constraints=limits,
            options={"node_limit": NODES, "mip_rel_gap": 1e-6},
        )
        if result.x is None:
            return None, turn, turn * toll
        chosen = result.x > 0.5
        at = np.full(len(units), -1, dtype=np.int64)
        at[rows.unit[chosen]] = rows.centre[chosen]
        cuts = _cuts(at, free, number, near) if contiguous else []
        if not cuts:
            _, fresh = np.unique(at, return_inverse=True)
            better = _sound(part, fresh) and moment(part, fresh)[0] < ceiling
            return (fresh if better else None), turn, turn * toll
        limits.append(_rows(cuts, size))
    return None, ROUNDS, ROUNDS * toll


def _part_of(problem: Problem, units: Ints, grids: tuple[int, ...]) -> Problem:
    """Give the weights and bounds of some units and grids; what the Hess model reads of it."""
    few = list(grids)
    return replace(
        problem,
        xy=problem.xy[units],
        weights=problem.weights[units],
        lower=problem.lower[few],
        upper=problem.upper[few],
        target=problem.target[few],
    )


def _sound(model: Hess, plan: Ints) -> bool:
    """Tell whether the loads are within the bounds, without a solver's tolerance."""
    loads = np.bincount(plan, model.weight, model.problem.k)
    return bool((loads >= model.least).all() and (loads <= model.most).all())


def _cuts(at: Ints, free: Bools, number: Ints, links: sparse.csr_matrix) -> list[tuple[int, Ints]]:
    """Give (column, columns of the separator) for units that their centre cannot reach."""
    found: list[tuple[int, Ints]] = []
    for centre in np.unique(at).tolist():
        members = np.flatnonzero(at == centre)
        _, label = csgraph.connected_components(links[members][:, members], directed=False)
        home = label[np.flatnonzero(members == centre)[0]]
        for stray in np.unique(label[label != home]):
            away = members[label == stray]
            border = separator(away, centre, free[:, centre], links)
            columns = number[border, centre]
            found += [(int(number[unit, centre]), columns[columns >= 0]) for unit in away]
    return found


def _rows(cuts: list[tuple[int, Ints]], size: int) -> LinearConstraint:
    """Give rows ``sum of the separator - unit >= 0``."""
    table_of = sparse.lil_matrix((len(cuts), size))
    for row, (unit, border) in enumerate(cuts):
        table_of[row, border] = 1.0
        table_of[row, unit] = -1.0
    return LinearConstraint(table_of.tocsr(), 0, np.inf)
