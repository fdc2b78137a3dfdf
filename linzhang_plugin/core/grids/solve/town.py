"""One township's plan: the pipeline of transport LP, contiguity, repair, polish and bound.

MODE 0 keeps last year's plan and changes least: enclaves, vacancies and bounds first, then
what pays in the objective within the limit of change. MODE 1 divides afresh from several
starts. Budgets are counts of work set by the effort; nothing depends on a clock.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from linzhang_plugin.core.grids.bounds.leastchange import least_change_plan
from linzhang_plugin.core.grids.bounds.lower import lower_bound
from linzhang_plugin.core.grids.bounds.stability import must_change_mu
from linzhang_plugin.core.grids.contiguity import Graph
from linzhang_plugin.core.grids.model import NOWHERE, Ints, Problem, Solution
from linzhang_plugin.core.grids.solve.draft import divide, resume
from linzhang_plugin.core.grids.solve.found import found_posts, vacant_posts
from linzhang_plugin.core.grids.solve.goals import Goals, Objective, changed_mu
from linzhang_plugin.core.grids.solve.keep import keep_most
from linzhang_plugin.core.grids.solve.polish import GAIN, polish
from linzhang_plugin.core.grids.solve.recombine import kick
from linzhang_plugin.core.grids.solve.repair import even_out
from linzhang_plugin.core.grids.solve.search import recut_whole, search, troubled
from linzhang_plugin.core.grids.solve.separate import Piece, separate
from linzhang_plugin.core.grids.solve.state import SLACK, State
from linzhang_plugin.core.grids.whynot.infeasible import check, nearest, reasons
from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.progress import Progress, part, silent, step

STARTS = (1, 3, 8)
"""Fresh divisions tried in MODE 1, by effort."""

ROUNDS = (1, 2, 4)
"""Transport LPs of one fresh division, by effort."""

FORCED = (4, 8, 40)
"""MILPs on triples around grids that the quicker means left out of bounds, by effort."""

KICKS = (1, 4, 30)
"""Recombinations tried for each grid, by effort."""

ATTEMPTS = (2, 4, 4)
"""Repairs of last year's plan tried before a division afresh, by effort."""

MILPS = (0, 0, 60)
"""MILPs on groups of grids, by effort."""

KEEPS = (40, 120, 600)
"""Programs that look for the least change, by effort, in towns of up to ``KEEP_UNITS`` units."""

MENDS = (10, 20, 200)
"""The same after each repair by chance, by effort."""

EXACT = 64
"""Units × grids up to which the least change is found exactly."""

KEEP_UNITS = 3000
"""Units from which on fewer programs are spent, in proportion: each costs as much anywhere."""

KICK_UNITS = 12_000
"""The same for recombinations."""

SEED_UNITS = 5000
"""Units from which on fewer places are tried for each vacant post."""


def solve_town(
    problem: Problem,
    goals: Goals | None = None,
    effort: int = 1,
    seed: int = 0,
    progress: Progress = silent,
) -> Solution:
    """Plan one township.

    The plan always gives every stand one grid, keeps locks and keeps grids in one piece
    (within each component of the link graph); bounds that cannot be met are listed in
    ``violations``. Same problem, goals, effort and seed give the same plan.

    Raises:
        ConflictError: Locks that contradict contiguity, or no post.
        CancelledError: ``progress`` answered False.
    """
    goals = goals or Goals()
    if not problem.n:
        return Solution(np.zeros(0, dtype=np.int64), 0.0)
    problem = _with_finite_travel(problem)
    check(problem)
    objective = Objective.of(problem, goals)
    plan, least = (np.full(problem.n, NOWHERE, dtype=np.int64) for _ in range(2))
    pieces = separate(problem, objective, goals.mode)
    work: dict[str, int] = {}
    done = 0
    for piece in pieces:
        share = part(progress, 0.9 * done / problem.n, 0.9 * (done + len(piece.units)) / problem.n)
        limit = _limit(problem, goals, piece)
        found = _solve_piece(piece, goals, limit, effort, seed, share)
        plan[piece.units] = piece.grids[found.state.plan]
        least[piece.units] = piece.grids[found.least]
        work["moves"] = work.get("moves", 0) + found.state.moves
        done += len(piece.units)
    return _finish(problem, objective, (plan, least), effort, work, progress)


@dataclass(frozen=True, eq=False)
class Found:
    """What was found for one piece.

    Attributes:
        state: The plan.
        least: (n,) a plan on the way that changes less, perhaps; it may break bounds.
    """

    state: State
    least: Ints


def _with_finite_travel(problem: Problem) -> Problem:
    """Price what cannot be reached at twice the longest way that can."""
    if problem.travel is None or np.isfinite(problem.travel).all():
        return problem
    known = np.isfinite(problem.travel)
    longest = float(problem.travel[known].max()) if known.any() else 1.0
    return replace(problem, travel=np.where(known, problem.travel, 2 * max(longest, 1.0)))


def _limit(problem: Problem, goals: Goals, piece: Piece) -> float:
    """Share the limit of change among the pieces by mu."""
    if goals.max_change_mu is None or goals.mode == 1:
        return np.inf
    total = max(float(problem.mu.sum()), 1e-9)
    return goals.max_change_mu * float(piece.problem.mu.sum()) / total


def _solve_piece(
    piece: Piece,
    goals: Goals,
    limit: float,
    effort: int,
    seed: int,
    progress: Progress,
) -> Found:
    has_start = bool((piece.problem.start >= 0).any() or (piece.problem.fixed >= 0).any())
    if goals.mode == 0 and has_start:
        return _adjusted(piece, limit, effort, seed, progress)
    state = _afresh(piece, starts_of(piece, effort), effort, seed, progress)
    return Found(state, state.plan)


def _adjusted(piece: Piece, limit: float, effort: int, seed: int, progress: Progress) -> Found:
    """Repair last year's plan; where a repair ends with a bound still broken, try others.

    A division afresh would meet the bounds too, but moves several times what a repair moves:
    it is the last resort, and is then drawn back towards last year as far as the bounds allow.
    """
    best: Found | None = None
    kept = _kept(piece, effort, part(progress, 0.0, 0.5))
    for attempt in range(ATTEMPTS[effort]):
        luck = seed if attempt == 0 else seed + 7919 * attempt
        # In a very large town the few places that are still broken are mended where they are.
        begin = kept if best is None or piece.problem.n <= KICK_UNITS else best.state.plan
        found = _adjust(piece, begin, limit, effort, luck, part(progress, 0.5, 0.6))
        if best is None or found.state.violation() < best.state.violation() - 1e-9:
            best = found
        if best.state.violation() <= 0:
            return best
    assert best is not None
    fresh = _afresh(piece, 1, effort, seed, part(progress, 0.6, 0.9))
    if fresh.violation() >= best.state.violation() - 1e-9:
        return best
    strict = State(piece.problem, piece.graph, least_change(piece.objective), fresh.plan)
    polish(strict)
    drawn = State(piece.problem, piece.graph, piece.objective, strict.plan)
    return Found(drawn, drawn.plan)


def least_change(objective: Objective) -> Objective:
    """The objective under which changed mu outweighs everything but the hard rules.

    The other parts only decide between plans that change the same.
    """
    return replace(
        objective,
        per_change=objective.per_change + 1e3 * objective.per_mu,
        per_balance=1e-3 * objective.per_balance,
        per_moment=1e-3 * objective.per_moment,
        per_split=1e-3 * objective.per_split,
        per_minute=1e-3 * objective.per_minute,
    )


def _kept(piece: Piece, effort: int, progress: Progress) -> Ints:
    """Repair last year's plan with least change; what chance decides comes after it."""
    problem, graph = piece.problem, piece.graph
    step(progress, 0.0)
    plan = resume(problem, graph, piece.objective)
    strict = State(problem, graph, least_change(piece.objective), plan)
    if vacant_posts(strict):
        polish(strict)
        large = problem.n > SEED_UNITS
        found_posts(
            strict, max(4, 24 * SEED_UNITS // problem.n) if large else 24, 1 if large else 3
        )
    _keep(strict, KEEPS[effort], effort, part(progress, 0.2, 1.0))
    return strict.plan


def _adjust(
    piece: Piece, kept: Ints, limit: float, effort: int, seed: int, progress: Progress
) -> Found:
    """Meet the bounds where the repair did not, then improve within the limit."""
    problem, graph = piece.problem, piece.graph
    strict = State(problem, graph, least_change(piece.objective), kept)
    rng = np.random.default_rng([seed, 7])
    if strict.violation() > 0:
        _mend(strict, effort, kicks_of(piece, effort), rng, part(progress, 0.0, 0.5))
    state = State(problem, graph, piece.objective, strict.plan)
    limit = max(limit, state.changed)
    polish(state, limit)
    kick(state, kicks_of(piece, effort), rng, limit, part(progress, 0.5, 1.0))
    search(state, MILPS[effort], 2, limit)
    recut_whole(state, limit)
    step(progress, 1.0)
    return Found(state, strict.plan)


def _keep(strict: State, most: int, effort: int, progress: Progress = silent) -> None:
    """Bring the plan inside its bounds with the least change, by at most so many programs."""
    programs = min(most, max(4, most * KEEP_UNITS // crowd_of(strict.problem)))
    spent = keep_most(strict, programs, progress=part(progress, 0.0, 0.8))
    if effort > 1:
        keep_most(strict, programs - spent, 4, progress=part(progress, 0.8, 1.0))
    _exactly(strict)
    recut_whole(strict)


def _exactly(strict: State) -> None:
    """Find the least change of a small town for certain."""
    problem = strict.problem
    if problem.n * problem.k > EXACT or problem.k < 2:
        return
    torn = strict.violation() > 0
    plan = least_change_plan(problem, strict.graph, np.inf if torn else strict.changed)
    if plan is None:
        return
    found = State(problem, strict.graph, strict.objective, plan)
    if found.cost() < strict.cost() - GAIN:
        strict.adopt(plan)
        polish(strict, strict.changed)


def _mend(
    strict: State, effort: int, kicks: int, rng: np.random.Generator, progress: Progress
) -> None:
    """Meet bounds that the least change alone did not: by flows of weight, then by luck."""
    even_out(strict)
    polish(strict)
    _force(strict, effort)
    if strict.violation() > 0:
        kick(strict, kicks, rng, progress=progress)
    _keep(strict, MENDS[effort], effort)


def _force(state: State, effort: int) -> None:
    """Cut triples around grids that are still out of bounds anew."""
    if state.violation() > 0:
        search(state, FORCED[effort], 3, among=troubled(state))
        even_out(state)


def starts_of(piece: Piece, effort: int) -> int:
    """Fresh divisions worth trying: more where they are cheap, fewer where they are dear."""
    n = piece.problem.n
    if n > 5000:
        return max(1, STARTS[effort] // 2)
    return STARTS[effort] * (3 if n <= 200 and effort < 2 else 1)


def kicks_of(piece: Piece, effort: int) -> int:
    """Recombinations worth trying: some for each grid, fewer where each costs more."""
    k = piece.problem.k
    each = KICKS[effort]
    kicks = min(max(each * k, 12 * each), 40 * each)
    return 0 if k < 2 else min(kicks, max(4, kicks * KICK_UNITS // crowd_of(piece.problem)))


def crowd_of(problem: Problem) -> int:
    """Give the units that share one budget of work: the county's, or at least the township's."""
    return max(problem.n, problem.crowd, 1)


def _afresh(piece: Piece, starts: int, effort: int, seed: int, progress: Progress) -> State:
    """Divide afresh from several starts and keep the best."""
    best: State | None = None
    for start in range(starts):
        step(progress, 0.7 * start / starts)
        rng = np.random.default_rng([seed, start])
        # The first start continues last year's centres, where there are any.
        spread = None if start == 0 and (piece.problem.previous >= 0).any() else rng
        plan = divide(piece.problem, piece.graph, piece.objective, spread, ROUNDS[effort])
        state = State(piece.problem, piece.graph, piece.objective, plan)
        found_posts(state, 6, 1)
        even_out(state)
        polish(state)
        _force(state, effort)
        if piece.problem.n <= 200:
            kick(state, kicks_of(piece, effort), rng)
        if best is None or state.cost() < best.cost() - 1e-9:
            best = state
    assert best is not None
    if piece.problem.n > 200:
        rng = np.random.default_rng([seed, starts])
        kick(best, kicks_of(piece, effort), rng, progress=part(progress, 0.7, 0.95))
    recut_whole(best)
    return best


def _finish(
    problem: Problem,
    objective: Objective,
    plans: tuple[Ints, Ints],
    effort: int,
    work: dict[str, int],
    progress: Progress,
) -> Solution:
    """Judge the first plan; the second, of less change, helps to bound what must change."""
    plan, violations = plans[0], broken(problem, plans[0])
    must = _must_change(problem, plans, effort)
    value = objective.value(problem, plan)
    bound = None
    if not violations:
        limit = np.inf
        if objective.goals.mode == 0 and objective.goals.max_change_mu is not None:
            # Repairs may exceed the limit: then what they needed is the limit.
            limit = max(objective.goals.max_change_mu, changed_mu(problem, plan))
        bound = lower_bound(problem, objective, must, effort, part(progress, 0.92, 0.99), limit)
        bound = None if bound is None else min(bound, value)
    step(progress, 1.0)
    why: tuple[Message, ...] = ()
    if violations:
        why = (*reasons(problem), nearest(problem, plan))
    return Solution(plan, value, bound, must, violations, work, why)


def _must_change(problem: Problem, plans: tuple[Ints, ...], effort: int) -> float | None:
    """Bound the least change, given plans; the less they change, the better the bound."""
    # A plan that breaks a rule is no ceiling, and perhaps no plan is in one piece everywhere.
    changes = [changed_mu(problem, plan) for plan in plans if not broken(problem, plan)]
    ceiling = min(changes, default=None)
    must = must_change_mu(problem, ceiling, effort)
    return must if must is None or ceiling is None else min(must, ceiling)


def broken(problem: Problem, plan: Ints) -> tuple[tuple[str, int], ...]:
    """List the hard rules a plan breaks as (rule, grid): under, over, disconnected, vacant."""
    k = problem.k
    found: set[tuple[str, int]] = set()
    scale = np.maximum(problem.weights.sum(axis=0) / max(k, 1), 1e-9)
    count = np.bincount(plan, minlength=k)
    for column in range(problem.weights.shape[1]):
        load = np.bincount(plan, problem.weights[:, column], k)
        tiny = SLACK * scale[column] * 10
        for grid in np.flatnonzero(load < problem.lower[:, column] - tiny):
            found.add(("under" if count[grid] else "vacant", int(grid)))
        for grid in np.flatnonzero(load > problem.upper[:, column] + tiny):
            found.add(("over", int(grid)))
    found |= {("vacant", int(grid)) for grid in np.flatnonzero((count == 0) & ~problem.closed)}
    found |= {("disconnected", g) for g in Graph(problem.n, problem.edges).disconnected(plan)}
    return tuple(sorted(found))
