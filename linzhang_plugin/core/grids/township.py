"""From a town's stands and posts to solver problems, and from their solutions back to a plan."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from linzhang_plugin.core.grids.arrays import Array
from linzhang_plugin.core.grids.land.islands import Mainlands, find_mainlands
from linzhang_plugin.core.grids.model import NOWHERE, Floats, Ints, Problem, Solution
from linzhang_plugin.core.grids.params import ADJUST, AFRESH, GridParams
from linzhang_plugin.core.grids.solve.goals import Goals
from linzhang_plugin.core.messages import ConflictError, tr
from linzhang_plugin.core.progress import Progress

FREE, STAYS, CLOSED = 0, 1, 2
"""LOCKED_FIELD: free; stays in its START grid, which may gain; that grid is closed."""


@dataclass(frozen=True, eq=False)
class Township:
    """A town ready to be cut into problems.

    Attributes:
        code: Its town code.
        rows: (n,) its stands as rows of the county's table.
        stands: Those rows.
        xy: (n, 2) centres, m, apart where ridges part them.
        links: Links within the town, by position in ``rows``.
        posts: Its posts.
        wanted: (k,) wanted workload.
        least: (k,) least forest mu.
        most: (k,) greatest forest mu.
        previous: (n,) post that continues the grid a stand was in, -1 where none.
        start: (n,) post of the draft to continue.
        pinned: (n,) post of locked stands, -1 where free.
        closed: (k,) posts that gain nothing.
        lands: Mainlands and islands.
        minutes: (n, k) minutes one way or None; single precision in a very large town.
        crowd: Stands of the whole county.
    """

    code: str
    rows: Ints
    stands: pd.DataFrame
    xy: Floats
    links: Ints
    posts: pd.DataFrame
    wanted: Floats
    least: Floats
    most: Floats
    previous: Ints
    start: Ints
    pinned: Ints
    closed: Array
    lands: Mainlands
    minutes: Floats | None
    crowd: int = 0


@dataclass(frozen=True, eq=False)
class Task:
    """One call of the solver, picklable."""

    problem: Problem
    goals: Goals
    effort: int
    seed: int


def solve_task(task: Task, progress: Progress) -> Solution:
    """Solve one problem; the function that a ``map`` sends to another process."""
    from linzhang_plugin.core.grids.solve.town import solve_town

    return solve_town(task.problem, task.goals, task.effort, task.seed, progress)


def codes_to_posts(codes: pd.Series, posts: pd.DataFrame, column: str = "previous_code") -> Ints:
    """Give the post that continues each code, -1 for none."""
    number = {code: post for post, code in enumerate(posts[column]) if code}
    return codes.map(lambda code: number.get(code, NOWHERE)).to_numpy(dtype=np.int64)


def start_posts(stands: pd.DataFrame, posts: pd.DataFrame) -> Ints:
    """Give the post of each stand in the draft to continue.

    Draft codes that last year's plan knows go to the post that continues them; new codes go,
    largest first, to the posts that have none, in order.
    """
    start = codes_to_posts(stands["start_grid_code"], posts)
    loose = stands.loc[(start == NOWHERE) & (stands["start_grid_code"] != "")]
    if not len(loose):
        return start
    mu = loose.groupby("start_grid_code")["mu"].sum().sort_index()
    mu = mu.sort_values(ascending=False, kind="stable")
    free = [p for p in range(len(posts)) if not (start == p).any()]
    number = dict(zip(mu.index, free, strict=False))
    new = stands["start_grid_code"].map(lambda code: number.get(code, NOWHERE))
    return np.where(start == NOWHERE, new, start).astype(np.int64)


def locks(stands: pd.DataFrame, start: Ints, k: int, town: str) -> tuple[Ints, Array]:
    """Read the locks: pinned post of each stand, and which posts are closed.

    Raises:
        ConflictError: A locked stand has no grid in the draft, or its grid no post.
    """
    locked = stands["locked"].to_numpy(dtype=np.int64)
    bad = np.flatnonzero((locked > FREE) & (start == NOWHERE))
    if len(bad):
        stand = stands.iloc[int(bad[0])]
        code = stand["start_grid_code"]
        if not code:
            raise ConflictError(
                tr("Stand {stand} is locked but is in no grid; unlock it or give it a grid."),
                stand=stand["stand_id"],
            )
        raise ConflictError(
            tr(
                "Stand {stand} is locked in grid {grid}, which has no post in town {town};"
                " unlock it or add a post for that grid."
            ),
            stand=stand["stand_id"],
            grid=code,
            town=town,
        )
    closed = np.zeros(k, dtype=bool)
    closed[np.unique(start[locked == CLOSED])] = True
    pinned = np.where(locked > FREE, start, NOWHERE)
    inside = (start >= 0) & closed[np.maximum(start, 0)]
    return np.where(inside, start, pinned).astype(np.int64), closed


def check_locks(town: Township) -> None:
    """Refuse locks that no contiguous plan can satisfy.

    Raises:
        ConflictError: The locked stands of a grid cannot be joined without crossing stands
            that are locked elsewhere, or a closed grid is in several pieces.
    """
    for post in np.unique(town.pinned[town.pinned >= 0]):
        mine = town.pinned == post
        usable = mine if town.closed[post] else mine | (town.pinned < 0)
        parts = _pieces(town, mine, usable)
        if parts > 1:
            raise ConflictError(
                tr(
                    "The locked stands of grid {grid} in town {town} lie in {n} pieces that"
                    " other locks keep apart; unlock some of them."
                ),
                grid=str(town.posts["previous_code"].iloc[post]) or str(post + 1),
                town=town.code,
                n=parts,
            )


def _pieces(town: Township, mine: Array, usable: Array) -> int:
    """Count the pieces of ``mine`` on each mainland when only ``usable`` stands may join them."""
    from linzhang_plugin.core.grids.land.islands import components

    ends = town.links
    kept = ends[usable[ends[:, 0]] & usable[ends[:, 1]]]
    label = components(len(mine), kept)
    here = mine & (town.lands.host == np.arange(len(mine)))
    return len(np.unique(label[here]))


def make_township(
    code: str,
    rows: Ints,
    county: pd.DataFrame,
    xy: Floats,
    links: Ints,
    posts: pd.DataFrame,
    wanted: Floats,
    bounds: tuple[float, float],
    minutes: Floats | None,
    keep: bool,
) -> Township:
    """Put a town together: previous grids and locks as posts, mainlands and islands.

    ``rows`` are its stands in ``county``; ``xy``, ``links`` and ``minutes`` are its own.

    Raises:
        ConflictError: Locks contradict the hard rules.
    """
    stands = county.iloc[rows]
    k = len(posts)
    previous = codes_to_posts(stands["previous_grid_code"], posts)
    start = start_posts(stands, posts)
    pinned, closed = locks(stands, start, k, code)
    load = stands["workload"].to_numpy(np.float64)
    tied = np.flatnonzero(start >= 0)
    ties = sparse.csr_matrix((load[tied], (tied, start[tied])), shape=(len(rows), k))
    shapes = np.asarray(stands.geometry, dtype=object)
    mu = stands["mu"].to_numpy(np.float64)
    lands = find_mainlands(shapes, links, load, ties, pinned, mu, bounds, keep)
    least, most = (np.full(k, value) for value in bounds)
    town = Township(code, rows, stands, xy, links, posts, wanted, least, most, previous,
                    start, pinned, closed, lands, minutes, len(county))  # fmt: skip
    check_locks(town)
    return town


def tasks_of(town: Township, params: GridParams) -> list[Task]:
    """Give the solver's tasks of a town: one a mainland."""
    return [
        Task(
            _problem(town, land, params),
            _goals(town, land, params),
            params.effort,
            (params.seed * 1_000_003 + zlib.crc32(f"{town.code}/{land}".encode())) % 2**31,
        )
        for land in range(int(town.lands.posts.max()) + 1)
    ]


def _goals(town: Township, land: int, params: GridParams) -> Goals:
    mu = town.stands["mu"].to_numpy(np.float64)[town.lands.area == land].sum()
    adjust = params.mode == ADJUST and bool((town.start[town.lands.area == land] >= 0).any())
    limit = None if params.max_change is None or not adjust else params.max_change / 100.0 * mu
    return Goals(
        balance=params.weight_balance,
        compact=params.weight_compact,
        stable=params.weight_stable,
        village=params.weight_village,
        travel=params.weight_travel,
        mode=ADJUST if adjust else AFRESH,
        max_change_mu=limit,
    )


def strays(town: Township) -> Array:
    """Tell the island stands that a lock keeps in a grid other than their host's.

    They stay out of the problem: their workload is taken from their grid's share before.
    """
    island = town.lands.host != np.arange(len(town.rows))
    return island & (town.pinned >= 0)


def units_of(town: Township, land: int) -> Ints:
    """Give the stands that are units of a mainland's problem."""
    own = town.lands.host == np.arange(len(town.rows))
    return np.flatnonzero(own & (town.lands.area == land))


def _problem(town: Township, land: int, params: GridParams) -> Problem:
    n = len(town.rows)
    units, posts = units_of(town, land), np.flatnonzero(town.lands.posts == land)
    number = np.full(n, NOWHERE, dtype=np.int64)
    number[units] = np.arange(len(units))
    local = np.full(len(town.posts) + 1, NOWHERE, dtype=np.int64)
    local[posts] = np.arange(len(posts))
    mu = town.stands["mu"].to_numpy(np.float64)
    load = town.stands["workload"].to_numpy(np.float64)
    stray = strays(town)
    riding = ~stray
    weights = np.column_stack(
        [np.bincount(town.lands.host[riding], v[riding], n)[units] for v in (load, mu)]
    )
    outside = np.column_stack(
        [np.bincount(town.pinned[stray], v[stray], len(town.posts))[posts] for v in (load, mu)]
    )
    # What an island brings counts as change only where it was in its host's grid.
    together = riding & (town.previous == town.previous[town.lands.host])
    ends = number[town.links]
    ends = ends[(ends >= 0).all(axis=1)]
    target = np.maximum(town.wanted[posts] - outside[:, 0], 0.01 * town.wanted[posts])
    lower, upper = _bounds(town, posts, params, outside)
    fixed = local[town.pinned[units]]
    return Problem(
        name=town.code,
        xy=np.ascontiguousarray(town.xy[units]),
        weights=weights,
        mu=np.bincount(town.lands.host[together], mu[together], n)[units].astype(np.float64),
        edges=ends[np.lexsort((ends[:, 1], ends[:, 0]))].astype(np.int64),
        lower=lower,
        upper=upper,
        target=target,
        previous=local[town.previous[units]],
        start=local[town.start[units]],
        fixed=fixed,
        closed=town.closed[posts],
        village=_villages(town.stands["village_code"].iloc[units]),
        travel=None if town.minutes is None else 2.0 * town.minutes[np.ix_(units, posts)],
        crowd=town.crowd,
    )


def whole_problem(town: Township) -> Problem:
    """Give a whole town as one problem, islands included: for judging plans, not for solving."""
    n, k = len(town.rows), len(town.posts)
    load = town.stands["workload"].to_numpy(np.float64)
    mu = town.stands["mu"].to_numpy(np.float64)
    return Problem(
        name=town.code,
        xy=town.xy,
        weights=np.column_stack([load, mu]),
        mu=mu,
        edges=town.links,
        lower=np.full((k, 2), -np.inf),
        upper=np.full((k, 2), np.inf),
        target=town.wanted,
        previous=town.previous,
        start=town.start,
        fixed=town.pinned,
        closed=np.zeros(k, dtype=bool),
        village=_villages(town.stands["village_code"]),
        travel=None if town.minutes is None else 2.0 * town.minutes[:n],
    )


def _bounds(
    town: Township, posts: Ints, params: GridParams, outside: Floats
) -> tuple[Floats, Floats]:
    """Give lower and upper bounds (k, 2) of workload and forest mu, less what lies outside."""
    lower = np.column_stack([np.full(len(posts), -np.inf), town.least[posts]])
    upper = np.column_stack([np.full(len(posts), np.inf), town.most[posts]])
    if params.tolerance is not None:
        lower[:, 0] = town.wanted[posts] * (1.0 - params.tolerance / 100.0)
        upper[:, 0] = town.wanted[posts] * (1.0 + params.tolerance / 100.0)
    return lower - outside, upper - outside


def _villages(codes: pd.Series) -> Ints:
    numbers = pd.factorize(codes, sort=True)[0].astype(np.int64)
    return np.where((codes == "").to_numpy(), -1, numbers)


def gather(town: Township, solutions: list[Solution]) -> Ints:
    """Put the solutions of a town's mainlands together: the post of every stand."""
    n = len(town.rows)
    plan = np.full(n, NOWHERE, dtype=np.int64)
    for land, solution in enumerate(solutions):
        posts = np.flatnonzero(town.lands.posts == land)
        plan[units_of(town, land)] = posts[solution.plan]
    plan = plan[town.lands.host]
    stray = strays(town)
    plan[stray] = town.pinned[stray]
    return plan
