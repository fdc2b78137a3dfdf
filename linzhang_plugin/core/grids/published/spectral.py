"""A proven least number of cut links from eigenvalues, for plans of bounded weight.

Donath and Hoffman (1973), "Lower bounds for the partitioning of graphs", IBM Journal of Research
and Development 17(5), with weighted units. Let ``x_g`` be the 0/1 vector of grid g and ``A`` the
Laplacian of the links. The links cut by a plan, each counted from both sides, are ``Σ x_g' A
x_g``; ``x_g' W x_g`` is the load of g; and as every unit is in one grid, ``Σ x_g' D x_g`` is
the sum of D for any diagonal matrix D. So twice the cut links are at least the sum of the k least
eigenvalues of (A + D, W), each times a load, less the sum of D, whatever D is. That value is
concave in D and is raised by subgradient steps.
"""

from __future__ import annotations

import numpy as np
from scipy.linalg import eigh

from linzhang_plugin.core.grids.model import Floats, Problem
from linzhang_plugin.core.progress import Progress, silent, step

SLACK = 1e-6
"""Part of the values that is given away for rounding errors before a bound is rounded up."""


def spectral_bound(
    problem: Problem, ceiling: float, steps: int, progress: Progress = silent
) -> float:
    """Give a number of links that every balanced plan cuts, contiguous or not.

    Args:
        problem: Units, links, bounds of the first weight.
        ceiling: Cut links of a known plan, or a guess: guides the steps.
        steps: Subgradient steps, each the k least eigenvalues of a dense (n, n) matrix.
        progress: Receiver of progress.
    """
    n, k = problem.n, problem.k
    weight, least, most = _positive(problem)
    if steps <= 0 or k < 2 or not np.isfinite(most) or least < 0 or not weight.sum():
        return 0.0
    laplacian = _laplacian(problem)
    root = np.sqrt(weight)
    extra, heading = np.zeros(n), np.zeros(n)
    best, keep, theta, stale = 0.0, extra, 1.0, 0
    wanted = 2.0 * (ceiling if np.isfinite(ceiling) else 2.0 * len(problem.edges))
    for number in range(steps):
        table = (laplacian + np.diag(extra)) / root[:, None] / root[None, :]
        value, vector = eigh(table, subset_by_index=[0, k - 1])
        loads = _loads(value, weight.sum(), least, most)
        total = float(value @ loads - extra.sum())
        error = SLACK * (1.0 + float(np.abs(value) @ loads) + float(np.abs(extra).sum()))
        if total - error > best:
            best, keep, stale = total - error, extra, 0
        else:
            stale += 1
            if stale >= 6:
                theta, stale, extra = 0.6 * theta, 0, keep
                heading = np.zeros(n)
                continue
        slope = (vector**2 @ loads) / weight - 1.0
        heading = 0.6 * heading + slope
        size = float(heading @ heading)
        if size < 1e-18 or theta < 1e-3 or best >= wanted - 2.0 * (1.0 - 1e-9):
            break
        extra = extra + theta * max(wanted - total, 1e-3 * wanted) / size * heading
        step(progress, (number + 1) / steps)
    return float(np.ceil(best / 2.0 - SLACK)) if best > 0.0 else 0.0


def spectral_steps(n: int, seconds: float) -> int:
    """Steps that some seconds afford on a slow core; 0 where even a few are too dear."""
    if n > LARGE:
        return 0
    steps = int(seconds / (4e-4 + 1.2e-10 * n**3))
    return min(400, steps)


LARGE = 3000
"""More units than this take no dense eigenvalues: memory."""


def _positive(problem: Problem) -> tuple[Floats, float, float]:
    """Weights without zeros, and the loads that grids may then have."""
    own = problem.weights[:, 0]
    weight = np.maximum(own, 1e-3 * max(float(own.mean()), 1e-300))
    added = float((weight - own).sum())
    least = float(problem.lower[:, 0].min())
    return weight, max(least, 0.0), float(problem.upper[:, 0].max()) + added


def _laplacian(problem: Problem) -> Floats:
    i, j = problem.edges.T
    table = np.zeros((problem.n, problem.n))
    table[i, j] = table[j, i] = -1.0
    np.fill_diagonal(table, -table.sum(axis=1))
    return table


def _loads(value: Floats, total: float, least: float, most: float) -> Floats:
    """Loads within their bounds that make the sum smallest: the heaviest where values are least."""
    loads = np.full(len(value), least)
    left = total - loads.sum()
    for grid in range(len(value)):
        more = min(most - least, max(left, 0.0))
        loads[grid] += more
        left -= more
    return loads
