"""The least change with contiguity: bounded from below, or found for certain where it is small."""

from __future__ import annotations

import numpy as np

from linzhang_plugin.core.grids.bounds.afford import Ceiling
from linzhang_plugin.core.grids.bounds.rootcuts import broken
from linzhang_plugin.core.grids.bounds.rooted import rooted
from linzhang_plugin.core.grids.bounds.rootsolve import relaxed, whole
from linzhang_plugin.core.grids.contiguity import Graph
from linzhang_plugin.core.grids.model import Ints, Problem

STEPS = (3_000, 15_000, 60_000)
"""Simplex steps that the linear programs of one town may take together, by effort."""

ROUNDS = (15, 50, 100)
"""Linear programs with ever more cuts, by effort."""

NODES = (0, 0, 100)
"""Branch-and-bound nodes of the integer program that follows, by effort; 0 for none."""

MOST_COLUMNS = 6_000
"""Units that a grid could afford, over all grids, up to which contiguity is looked at."""


def contiguous_change(problem: Problem, graph: Graph, ceiling: Ceiling, effort: int = 1) -> float:
    """A proven lower bound on the changed mu of any contiguous plan, at most the ceiling.

    Args:
        problem: The town.
        graph: Links within which grids hang together.
        ceiling: Changed mu of a plan that is known, and what that tells.
        effort: Work spent on it.

    Returns:
        The bound, mu; 0 where the town is too large to look at contiguity.
    """
    program = rooted(problem, graph, ceiling)
    if program.m > MOST_COLUMNS:
        return 0.0
    best, steps, tight = 0.0, STEPS[effort], False
    for _ in range(ROUNDS[effort]):
        answer = relaxed(program, steps)
        if answer is None:
            break
        steps -= answer.steps
        best = max(best, answer.bound)
        cuts = [] if answer.shares is None else broken(program, answer)
        tight = not cuts
        if not cuts or best >= ceiling.mu or steps < 1:
            break
        program.cuts += cuts
    if tight and NODES[effort] and best < ceiling.mu:
        answer = whole(program, NODES[effort])
        best = max(best, 0.0 if answer is None else answer.bound)
    return min(best, ceiling.mu)


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
    program = rooted(problem, graph, Ceiling(ceiling))
    for _ in range(8):
        answer = relaxed(program, STEPS[-1])
        if answer is None or answer.shares is None:
            return None
        cuts = broken(program, answer)
        if not cuts:
            break
        program.cuts += cuts
    for _ in range(rounds):
        answer = whole(program, nodes)
        if answer is None or answer.shares is None:
            return None
        cuts = broken(program, answer)
        if not cuts:
            return np.asarray(answer.shares.argmax(axis=1), dtype=np.int64)
        program.cuts += cuts
    return None
