"""Fewest cut links of a small instance by MILP: a proof, or at least a bound.

A binary variable tells that a unit is in a grid, another that a link is cut. Grids have no
names, so the heaviest unit is in grid 0, the next one in 0 or 1, and so on. Contiguity comes as
lazy a,b-separator cuts between two units of a grid (Oehrlein and Haunert 2017; Validi and
Buchanan 2022); leaving cuts out only lowers the bound, so it holds at any time. One more binary
gives the search up at the ceiling's cost, so that a stopped MILP still tells its bound.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csgraph

from linzhang_plugin.core.grids.model import Bools, Ints, Problem
from linzhang_plugin.core.grids.published.separators import link_matrix, separator
from linzhang_plugin.core.progress import Progress, silent, step

Cut = tuple[int, int, Ints]
"""Two units that are in one grid only if some unit of a separator is in it too."""


def affordable(seconds: float) -> float:
    """Units times grids up to which a proof is sought in some seconds on a slow core."""
    return 0.0 if seconds < 2 else min(200.0, 100.0 + 1.7 * seconds)


@dataclass(frozen=True, eq=False)
class Proof:
    """What a search below a ceiling gave.

    Attributes:
        bound: No plan cuts fewer links; the ceiling itself where no plan below it exists.
        plan: A better plan than the ceiling, the best there is, or None.
        milps: MILPs solved.
    """

    bound: float
    plan: Ints | None
    milps: int


def prove(
    problem: Problem,
    ceiling: float,
    floor: float,
    nodes: int,
    rounds: int = 12,
    progress: Progress = silent,
) -> Proof:
    """Seek a plan that cuts fewer links than the ceiling, or show that there is none.

    Args:
        problem: Units, links, bounds of all weights, the same for every grid.
        ceiling: Cut links of a known plan; whole.
        floor: A proven bound.
        nodes: Branch-and-bound nodes in all: the work.
        rounds: Most MILPs.
        progress: Receiver of progress.
    """
    links = link_matrix(problem.n, problem.edges)
    cuts: list[Cut] = []
    best, left = floor, nodes
    for number in range(rounds):
        if left <= 0 or best >= ceiling:
            return Proof(min(best, ceiling), None, number)
        plan, value, done, used = _solve(problem, cuts, ceiling, best, left)
        left -= used + 1
        if plan is None:
            return Proof(ceiling if done else min(max(best, value), ceiling), None, number + 1)
        best = max(best, value)
        new = _broken(problem, plan, links)
        if not new:
            cut = plan[problem.edges[:, 0]] != plan[problem.edges[:, 1]]
            return Proof(min(best, float(cut.sum())), plan, number + 1)
        cuts += new
        step(progress, (number + 1) / rounds)
    return Proof(min(best, ceiling), None, rounds)


def _solve(
    problem: Problem, cuts: list[Cut], ceiling: float, floor: float, nodes: int
) -> tuple[Ints | None, float, bool, int]:
    """Solve with the separators so far; give plan, bound, whether it is proven, and nodes."""
    n, k, m = problem.n, problem.k, len(problem.edges)
    size = n * k + m + 1
    i, j = problem.edges.T
    one = sparse.kron(sparse.eye(n), np.ones((1, k)), format="csr")
    each = sparse.hstack([one, sparse.csr_matrix((n, m)), np.ones((n, 1))])
    rows = [LinearConstraint(each.tocsr(), 1, 1)]
    for column in range(problem.weights.shape[1]):
        scale = max(float(np.abs(problem.weights[:, column]).max()), 1e-300)
        row = sparse.csr_matrix(problem.weights[None, :, column] / scale)
        load = sparse.kron(row, sparse.eye(k), format="csr")
        low, high = problem.lower[:, column] / scale, problem.upper[:, column] / scale
        mean = (np.maximum(low, 0.0) + np.minimum(high, load.sum())) / 2
        table = sparse.hstack([load, sparse.csr_matrix((k, m)), sparse.csr_matrix(mean[:, None])])
        rows.append(LinearConstraint(table.tocsr(), low, high))
    link = np.arange(m)
    for grid in range(k):
        for a, b in ((i, j), (j, i)):
            table = sparse.csr_matrix(
                (
                    np.concatenate([np.ones(m), -np.ones(m), -np.ones(m)]),
                    (np.tile(link, 3), np.concatenate([a * k + grid, b * k + grid, n * k + link])),
                ),
                shape=(m, size),
            )
            rows.append(LinearConstraint(table, -np.inf, 0))
    counted = np.concatenate([np.zeros(n * k), np.ones(m), [ceiling]])
    rows.append(LinearConstraint(sparse.csr_matrix(counted[None, :]), floor, ceiling))
    if cuts:
        rows.append(_separators(cuts, k, size))
    result = milp(
        counted,
        integrality=np.concatenate([np.ones(n * k), np.zeros(m), [1.0]]),
        bounds=Bounds(0, _named(problem).astype(float)),
        constraints=rows,
        options={"node_limit": nodes},
    )
    used = int(getattr(result, "mip_node_count", None) or 0)
    value = getattr(result, "mip_dual_bound", None)
    known = floor if value is None or not np.isfinite(value) else float(np.ceil(value - 1e-6))
    if result.x is None or result.x[-1] > 0.5 or result.fun > ceiling - 0.5:
        return None, known, result.x is not None and known >= ceiling, used
    return result.x[: n * k].reshape(n, k).argmax(axis=1), known, True, used


def _named(problem: Problem) -> Bools:
    """Upper bounds of the variables: the r-th heaviest unit is in one of the first r grids."""
    open_to = np.ones((problem.n, problem.k), dtype=bool)
    heaviest = np.argsort(-problem.weights[:, 0], kind="stable")[: problem.k]
    for rank, unit in enumerate(heaviest):
        open_to[unit, rank + 1 :] = False
    return np.concatenate([open_to.ravel(), np.ones(len(problem.edges) + 1, dtype=bool)])


def _separators(cuts: list[Cut], k: int, size: int) -> LinearConstraint:
    """Rows ``x_a + x_b - Σ x_s <= 1`` of every cut for every grid."""
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    row = 0
    for a, b, border in cuts:
        for grid in range(k):
            units = [a, b, *border.tolist()]
            rows += [row] * len(units)
            columns += [unit * k + grid for unit in units]
            values += [1.0, 1.0] + [-1.0] * len(border)
            row += 1
    return LinearConstraint(sparse.csr_matrix((values, (rows, columns)), shape=(row, size)), 0, 1)


def _broken(problem: Problem, plan: Ints, links: sparse.csr_matrix) -> list[Cut]:
    """List separators between the heaviest units of two parts of a grid."""
    found: list[Cut] = []
    everywhere = np.ones(problem.n, dtype=bool)
    for grid in range(problem.k):
        members = np.flatnonzero(plan == grid)
        count, label = csgraph.connected_components(links[members][:, members], directed=False)
        if count < 2:
            continue
        sizes = np.bincount(label)
        home = int(sizes.argmax())
        goal = int(members[label == home][problem.weights[members[label == home], 0].argmax()])
        for stray in np.flatnonzero(np.arange(count) != home):
            part = members[label == stray]
            border = separator(part, goal, everywhere, links)
            found += [(int(unit), goal, border) for unit in part[:6]]
    return found
