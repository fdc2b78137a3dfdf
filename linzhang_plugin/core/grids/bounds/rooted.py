"""Least change with contiguity: who may root a grid, and cuts that tie every unit to a root.

A grid is in one piece exactly if, with one of its units called its root, every unit ``i`` of
it meets every set ``S`` that separates it from a region without the root:

    x[i,h] ≤ Σ_{s ∈ S} x[s,h] + Σ_{j ∈ C} r[j,h]

where ``C`` is what ``S`` cuts off with ``i`` in it, ``x`` says who is in grid ``h`` and ``r``
who is its root (the a,b-separators of Carvajal et al. 2013, Operations Research 61:824-836,
and of Oehrlein and Haunert 2017, Journal of Spatial Information Science 15:89-120, with the
root a choice of the model). Of a grid that keeps some of last year's units the root is
the first kept one of a fixed order; so the later ones can be roots only where all the earlier
ones were lost, which a plan that changes less than a known one cannot afford.

Cuts are added where a solution breaks them. The linear program bounds every contiguous plan
from below; the integer program finds the best one where the town is small.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp
from scipy.sparse import csgraph

from linzhang_plugin.core.grids.contiguity import Graph
from linzhang_plugin.core.grids.model import Bools, Floats, Ints, Problem
from linzhang_plugin.core.grids.solve.state import allowed

LEVELS = (0.5, 0.2, 0.02)
"""Shares above which a unit counts as in a grid when pieces of a fractional plan are looked for."""

MOST_CUTS = 400
"""Cuts added after one solution, the most violated first."""

ROUNDING = 1e-9
"""Slack on loads, in mean grids."""

RINGS = 12
"""Walls about a piece, one about the other, from which cuts are made at a time."""

TINY = 1e-4
"""Share by which a cut must be broken to be added."""

APART = 1e-5
"""Greatest difference of price between equal columns, in mean units' mu."""

STEPS = (3_000, 15_000, 60_000)
"""Simplex steps that the linear programs of one town may take together, by effort."""

ROUNDS = (15, 50, 100)
"""Linear programs with ever more cuts, by effort."""

NODES = (0, 0, 100)
"""Branch-and-bound nodes of the integer program that follows, by effort; 0 for none."""

MOST_COLUMNS = 6_000
"""Units that a grid could afford, over all grids, up to which contiguity is looked at."""

INFEASIBLE = 2
"""Status of scipy's solvers that says so."""

Cut = tuple[list[int], list[float]]
"""Columns and coefficients of a row ``≤ 0``."""


@dataclass(eq=False)
class Rooted:
    """The program's columns: who is where, then who is root; and its rows so far.

    Attributes:
        problem: The town.
        graph: Its links.
        unit, grid: Of each of the first ``m`` columns.
        number: (n, k) column of a unit in a grid, -1 where it may not be.
        root: (n, k) column of a unit as a grid's root, -1 where it cannot be.
        cost: Of each column, mu.
        rows, low, high: Rows of the program.
        cuts: Rows added since.
    """

    problem: Problem
    graph: Graph
    unit: Ints
    grid: Ints
    number: Ints
    root: Ints
    cost: Floats
    rows: sparse.csr_matrix
    low: Floats
    high: Floats
    cuts: list[Cut] = field(default_factory=list)

    @property
    def m(self) -> int:
        """Columns that say who is where."""
        return len(self.unit)


def rooted(
    problem: Problem,
    graph: Graph,
    ceiling: float,
    prices: Floats | None = None,
    losable: Bools | None = None,
) -> Rooted:
    """Set the program up for all plans that change less than ``ceiling`` mu.

    Prices and losable grids as for :func:`affordable`: with them the program is smaller.
    """
    n, k = problem.n, problem.k
    may = affordable(problem, graph, ceiling, None, losable)
    if prices is not None:
        may &= affordable(problem, graph, ceiling, prices, losable)
    unit, grid = np.nonzero(may)
    m = len(unit)
    number = np.full((n, k), -1, dtype=np.int64)
    number[unit, grid] = np.arange(m)
    loss = np.full(k, ceiling)
    if losable is not None:
        loss[~losable] = np.minimum(ceiling, _all_but_one(problem)[~losable])
    orders = [_candidates(problem, graph, may, g, float(loss[g])) for g in range(k)]
    root = np.full((n, k), -1, dtype=np.int64)
    size = m
    for g, order in enumerate(orders):
        root[order, g] = size + np.arange(len(order))
        size += len(order)
    cost = np.zeros(size)
    cost[:m] = problem.mu[unit] * ((problem.previous[unit] >= 0) & (problem.previous[unit] != grid))
    blocks = [
        *_plain_rows(problem, unit, grid, size),
        _one_root(problem, root, size),
        _own_roots(root, number, size),
        _first_kept(problem, orders, number, root, size),
        _near_rows(graph, number, root, size),
    ]
    rows = sparse.vstack([block for block, _, _ in blocks]).tocsr()
    low = np.concatenate([low for _, low, _ in blocks])
    high = np.concatenate([high for _, _, high in blocks])
    return Rooted(problem, graph, unit, grid, number, root, cost, rows, low, high)


def affordable(
    problem: Problem,
    graph: Graph,
    ceiling: float,
    prices: Floats | None = None,
    losable: Bools | None = None,
) -> Bools:
    """(n, k) whether a unit may be in a grid of a plan that changes at most ``ceiling`` mu.

    A grid reaches a unit only over a way of units that are in it, too, from one that it keeps
    or that is locked into it; or it has lost all it had. Either costs at least what these
    units cost above their cheapest grids when weight has the given prices (Lagrange).

    Args:
        problem: The town.
        graph: Its links.
        ceiling: Most mu that may change.
        prices: (k, w) mu that a unit of weight is worth to a grid; none where None.
        losable: (k,) grids that could lose every unit they had; None where all could.
    """
    may = allowed(problem)
    base, above = reduced_costs(problem, may, prices)
    room = ceiling - base + 1e-6 * max(float(problem.mu.sum()), 1.0)
    ends = np.concatenate([graph.edges, graph.edges[:, ::-1]])
    found = may & (above <= room)
    for g in range(problem.k):
        own = problem.previous == g
        if not own.any() or ((losable is None or losable[g])
                             and float(problem.mu[own].sum()) <= ceiling + 1e-9):  # fmt: skip
            continue
        first = np.flatnonzero((own | (problem.fixed == g)) & may[:, g])
        inside = may[ends[:, 0], g] & may[ends[:, 1], g]
        source, goal = ends[inside].T
        price = above[:, g] + 1e-12
        ways = sparse.csr_matrix(
            (
                np.concatenate([price[goal], price[first]]),
                (
                    np.concatenate([source, np.full(len(first), problem.n)]),
                    np.concatenate([goal, first]),
                ),
            ),
            shape=(problem.n + 1, problem.n + 1),
        )
        cost = csgraph.dijkstra(ways, indices=problem.n)[: problem.n]
        found[:, g] &= cost <= room
    return found


def reduced_costs(
    problem: Problem, may: Bools, prices: Floats | None = None
) -> tuple[float, Floats]:
    """Price the bounds on loads: a bound on the change, and what each place costs above it.

    Every plan within the bounds that puts unit ``i`` into grid ``g`` changes at least the first
    figure and ``above[i, g]``, summed over all units, whatever the prices (weak duality).

    Returns:
        The bound in mu; (n, k) ``above`` in mu, infinite where a unit may not be.
    """
    k = problem.k
    had = problem.previous >= 0
    cost = np.where(
        had[:, None] & (problem.previous[:, None] != np.arange(k)), problem.mu[:, None], 0.0
    )
    base = 0.0
    if prices is not None:
        cost = cost - problem.weights @ prices.T
        limit = np.where(prices > 0, problem.lower, problem.upper)
        base = float((prices[prices != 0] * limit[prices != 0]).sum())
    cost = np.where(may, cost, np.inf)
    least = cost.min(axis=1)
    if not np.isfinite(base) or not np.isfinite(least).all():
        return 0.0, np.where(may, 0.0, np.inf)
    return base + float(least.sum()), cost - least[:, None]


def root_order(problem: Problem, graph: Graph, grid: int) -> Ints:
    """Last year's units of a grid, the innermost first (links from its edge, then mu)."""
    own = problem.previous == grid
    members = np.flatnonzero(own)
    depth = np.zeros(problem.n, dtype=np.int64)
    layer = [u for u in members.tolist() if any(not own[j] for j in graph.near[u])]
    seen = set(layer)
    at = 0
    while layer:
        depth[layer] = at
        layer = sorted({j for u in layer for j in graph.near[u] if own[j]} - seen)
        seen.update(layer)
        at += 1
    return members[np.lexsort((members, -problem.mu[members], -depth[members]))]


def _all_but_one(problem: Problem) -> Floats:
    """(k,) mu of what each grid had, less a hair: to lose more is to lose all."""
    had = problem.previous >= 0
    return np.asarray(
        np.bincount(problem.previous[had], problem.mu[had], problem.k) * (1 - 1e-6), np.float64
    )


def _candidates(problem: Problem, graph: Graph, may: Bools, grid: int, ceiling: float) -> Ints:
    """Units that may be a grid's root, in the order in which they are it."""
    locked = np.flatnonzero(problem.fixed == grid)
    if len(locked):
        return locked[:1]
    order = root_order(problem, graph, grid)
    lost = np.concatenate([[0.0], np.cumsum(problem.mu[order])])
    first = order[lost[:-1] <= ceiling + 1e-9]
    first = first[may[first, grid]]
    if lost[-1] > ceiling + 1e-9:
        return first
    others = np.flatnonzero(may[:, grid] & (problem.previous != grid))
    return np.concatenate([first, others])


Block = tuple[sparse.csr_matrix, Floats, Floats]


def _plain_rows(problem: Problem, unit: Ints, grid: Ints, size: int) -> list[Block]:
    """One grid a unit; loads within bounds."""
    n, k, m = problem.n, problem.k, len(unit)
    at = np.arange(m)
    blocks: list[Block] = [
        (sparse.csr_matrix((np.ones(m), (unit, at)), shape=(n, size)), np.ones(n), np.ones(n))
    ]
    scale = np.maximum(problem.weights.sum(axis=0) / max(k, 1), 1e-9)
    for c in range(problem.weights.shape[1]):
        low, high = problem.lower[:, c] / scale[c], problem.upper[:, c] / scale[c]
        if np.isfinite(low).any() or np.isfinite(high).any():
            load = problem.weights[unit, c] / scale[c]
            matrix = sparse.csr_matrix((load, (grid, at)), shape=(k, size))
            blocks.append((matrix, low - ROUNDING, high + ROUNDING))
    return blocks


def _one_root(problem: Problem, root: Ints, size: int) -> Block:
    """Every grid has one root; a closed one may be empty."""
    unit, grid = np.nonzero(root >= 0)
    block = sparse.csr_matrix(
        (np.ones(len(unit)), (grid, root[unit, grid])), shape=(problem.k, size)
    )
    return block, np.where(problem.closed, 0.0, 1.0), np.ones(problem.k)


def _own_roots(root: Ints, number: Ints, size: int) -> Block:
    """A root is in its grid."""
    unit, grid = np.nonzero(root >= 0)
    cuts = [
        ([r, x], [1.0, -1.0])
        for r, x in zip(root[unit, grid].tolist(), number[unit, grid].tolist(), strict=True)
    ]
    return _as_block(cuts, size, 0.0)


def _first_kept(
    problem: Problem, orders: Sequence[Ints], number: Ints, root: Ints, size: int
) -> Block:
    """Where a unit is kept, no later one is the root."""
    cuts: list[Cut] = []
    for g, order in enumerate(orders):
        columns = root[order, g].tolist()
        for at, unit in enumerate(order.tolist()):
            if problem.previous[unit] == g and at + 1 < len(columns):
                later = columns[at + 1 :]
                cuts.append(([int(number[unit, g]), *later], [1.0] * (1 + len(later))))
    return _as_block(cuts, size, 1.0)


def _near_rows(graph: Graph, number: Ints, root: Ints, size: int) -> Block:
    """A unit has a neighbour in its grid, or is the root."""
    cuts: list[Cut] = []
    for unit, near in enumerate(graph.near):
        for g in np.flatnonzero(number[unit] >= 0).tolist():
            around = [int(c) for c in number[near, g] if c >= 0] if near else []
            if root[unit, g] >= 0:
                around.append(int(root[unit, g]))
            cuts.append(([int(number[unit, g]), *around], [1.0, *[-1.0] * len(around)]))
    return _as_block(cuts, size, 0.0)


def _as_block(cuts: Sequence[Cut], size: int, most: float) -> Block:
    rows = np.repeat(np.arange(len(cuts)), [len(c[0]) for c in cuts])
    columns = np.array([c for cut in cuts for c in cut[0]], dtype=np.int64)
    values = np.array([v for cut in cuts for v in cut[1]], dtype=np.float64)
    matrix = sparse.csr_matrix((values, (rows, columns)), shape=(len(cuts), size))
    return matrix, np.full(len(cuts), -np.inf), np.full(len(cuts), most)


@dataclass(frozen=True, eq=False)
class Answer:
    """What one solution of the program says.

    Attributes:
        bound: No contiguous plan below the ceiling changes less, mu; infinite where there is
            no such plan.
        shares: (n, k) who is where; None without a solution.
        roots: (n, k) who is root.
        steps: Simplex steps that it took.
    """

    bound: float
    shares: Floats | None
    roots: Floats | None
    steps: int = 0


def solve(program: Rooted, nodes: int | None = None, steps: int = STEPS[-1]) -> Answer | None:
    """Solve with the cuts so far; ``nodes`` None for the linear program.

    Args:
        program: What to solve.
        nodes: Branch-and-bound nodes of the integer program.
        steps: Simplex steps of the linear program.

    Returns:
        The answer; None where the solver gave up without any bound.
    """
    size = len(program.cost)
    block, low, high = _as_block(program.cuts, size, 0.0)
    unit = max(float(program.problem.mu.sum()) / max(program.problem.n, 1), 1e-9)
    matrix = sparse.vstack([program.rows, block]).tocsr()
    low, high = np.concatenate([program.low, low]), np.concatenate([program.high, high])
    if nodes is None:
        # Equal costs make the simplex method circle: every column is given a price of its own,
        # and what a whole plan could pay for these is taken off the bound.
        apart = APART * (np.arange(size) * 0.6180339887498949 % 1.0)
        result = _linear(program.cost / unit + apart, matrix, low, high, steps)
        most = APART * (program.problem.n + program.problem.k)
        bound = None if result.fun is None else max(0.0, result.fun - most)
    else:
        result = milp(
            program.cost / unit,
            integrality=(np.arange(size) < program.m).astype(np.int64),
            bounds=Bounds(np.zeros(size), np.ones(size)),
            constraints=LinearConstraint(matrix, low, high),
            options={"mip_rel_gap": 1e-9, "node_limit": nodes},
        )
        bound = result.mip_dual_bound
    if result.status == INFEASIBLE:
        return Answer(np.inf, None, None)
    if bound is None or not np.isfinite(bound) or (nodes is None and result.status != 0):
        return None
    if result.x is None:
        return Answer(float(bound) * unit, None, None)
    used = int(result.nit) if nodes is None else 0
    return Answer(float(bound) * unit, *_tables(program, result.x), used)


def _linear(
    cost: Floats, matrix: sparse.csr_matrix, low: Floats, high: Floats, steps: int
) -> OptimizeResult:
    """Solve the linear program, within a count of steps.

    Not presolved: the steps that HiGHS takes after presolve are not counted.
    """
    equal = low == high
    upper, lower = np.isfinite(high) & ~equal, np.isfinite(low) & ~equal
    return linprog(
        cost,
        A_ub=sparse.vstack([matrix[upper], -matrix[lower]]).tocsr(),
        b_ub=np.concatenate([high[upper], -low[lower]]),
        A_eq=matrix[equal],
        b_eq=low[equal],
        bounds=(0, 1),
        method="highs-ds",
        options={
            "maxiter": steps,
            "presolve": False,
        },
    )


def _tables(program: Rooted, values: Floats) -> tuple[Floats, Floats]:
    shares = np.zeros(program.number.shape)
    shares[program.unit, program.grid] = values[: program.m]
    roots = np.where(program.root >= 0, values[program.root], 0.0)
    return shares, roots


def broken(program: Rooted, answer: Answer) -> list[Cut]:
    """Cuts that a solution breaks: pieces of a grid that hold less root than unit."""
    shares, roots = answer.shares, answer.roots
    assert shares is not None
    assert roots is not None
    found: dict[tuple[int, ...], tuple[float, Cut]] = {}
    for level in LEVELS:
        for g in range(program.problem.k):
            inside = shares[:, g] > level
            if int(inside.sum()) < 2:
                continue
            label = program.graph.components(inside)
            held = np.bincount(label[inside], roots[inside, g])
            top = np.zeros(len(held))
            np.maximum.at(top, label[inside], shares[inside, g])
            for piece in np.flatnonzero(top > held + TINY).tolist():
                for missing, cut in _rings(program, shares, roots, label, piece, g):
                    found.setdefault(tuple(cut[0]), (missing, cut))
    worst = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))
    return [cut for _, (_, cut) in worst[:MOST_CUTS]]


def _rings(
    program: Rooted, shares: Floats, roots: Floats, label: Ints, piece: int, g: int
) -> list[tuple[float, Cut]]:
    """Cuts around one piece: its wall towards the rest, the wall about that, and so on.

    With one wall at a time a fractional plan would only grow by one ring of units.
    """
    members = np.flatnonzero(label == piece)
    top = int(members[np.argmax(shares[members, g])])
    rest = {int(u) for u in np.flatnonzero((label != piece) & (roots[:, g] > TINY))}
    inner = {int(u) for u in members}
    cuts: list[tuple[float, Cut]] = []
    for _ in range(RINGS):
        door, behind = _wall(program, inner, rest, g)
        doors = sorted(door)
        rooted_here = [j for j in sorted(behind) if program.root[j, g] >= 0]
        missing = float(shares[top, g] - shares[doors, g].sum() - roots[rooted_here, g].sum())
        if missing > TINY:
            columns = [int(program.number[top, g])]
            columns += [int(program.number[j, g]) for j in doors]
            columns += [int(program.root[j, g]) for j in rooted_here]
            cuts.append((missing, (columns, [1.0, *[-1.0] * (len(columns) - 1)])))
        inner = behind | door
        if not door or inner & rest:
            break
    return cuts


def _wall(program: Rooted, inner: set[int], rest: set[int], g: int) -> tuple[set[int], set[int]]:
    """The units around ``inner`` that ``rest`` reaches first, and all that lies behind them."""
    near, number = program.graph.near, program.number
    wall = {j for u in inner for j in near[u] if j not in inner and number[j, g] >= 0}
    door = wall & rest
    seen = set(rest)
    stack = sorted(rest - wall)
    while stack:
        for j in near[stack.pop()]:
            if j in seen or j in inner or number[j, g] < 0:
                continue
            seen.add(j)
            if j in wall:
                door.add(j)
            else:
                stack.append(j)
    behind, stack = set(inner), sorted(inner)
    while stack:
        for j in near[stack.pop()]:
            if j not in behind and j not in door and number[j, g] >= 0:
                behind.add(j)
                stack.append(j)
    return door, behind


def contiguous_change(
    problem: Problem,
    graph: Graph,
    ceiling: float,
    effort: int = 1,
    prices: Floats | None = None,
    losable: Bools | None = None,
) -> float:
    """A proven lower bound on the changed mu of any contiguous plan, at most ``ceiling``.

    Args:
        problem: The town.
        graph: Links within which grids hang together.
        ceiling: Changed mu of a plan that is known.
        effort: Work spent on it.
        prices: (k, w) of weight to the grids, as :func:`affordable` wants them.
        losable: (k,) grids that could lose every unit they had.

    Returns:
        The bound, mu; 0 where the town is too large to look at contiguity.
    """
    program = rooted(problem, graph, ceiling, prices, losable)
    if program.m > MOST_COLUMNS:
        return 0.0
    best, steps, tight = 0.0, STEPS[effort], False
    for _ in range(ROUNDS[effort]):
        answer = solve(program, steps=steps)
        if answer is None:
            break
        steps -= answer.steps
        best = max(best, answer.bound)
        cuts = [] if answer.shares is None else broken(program, answer)
        tight = not cuts
        if not cuts or best >= ceiling or steps < 1:
            break
        program.cuts += cuts
    if tight and NODES[effort] and best < ceiling:
        whole = solve(program, NODES[effort])
        best = max(best, 0.0 if whole is None else whole.bound)
    return min(best, ceiling)


def least_change_plan(
    problem: Problem, graph: Graph, ceiling: float, nodes: int = 100, rounds: int = 20
) -> Ints | None:
    """Find a contiguous plan that changes least, if one changes less than ``ceiling``; exact.

    Args:
        problem: A small town.
        graph: Links within which grids hang together.
        ceiling: Changed mu to be undercut.
        nodes: Branch-and-bound nodes of one integer program.
        rounds: Integer programs.

    Returns:
        (n,) the plan; None if there is none, or none was found within the budget.
    """
    program = rooted(problem, graph, ceiling)
    for _ in range(8):
        answer = solve(program)
        if answer is None or answer.shares is None:
            return None
        cuts = broken(program, answer)
        if not cuts:
            break
        program.cuts += cuts
    for _ in range(rounds):
        answer = solve(program, nodes)
        if answer is None or answer.shares is None:
            return None
        cuts = broken(program, answer)
        if not cuts:
            return np.asarray(answer.shares.argmax(axis=1), dtype=np.int64)
        program.cuts += cuts
    return None
