"""Ground that did not change between two images, found in the images themselves.

Iteratively re-weighted multivariate alteration detection (Nielsen 2007, IEEE Trans. Image
Processing 16(2)): the canonical variates of the two images differ least where nothing changed,
whatever gain and haze lie between them; cells that differ lose their weight, round by round.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.linalg import eigh
from scipy.stats import chi2

Floats = npt.NDArray[np.float64]

ROUNDS = 40
STEADY = 1e-4
"""Largest change of a canonical correlation at which the rounds end."""
LEAST_SHARE = 0.2
"""Share of all cells under which the rounds end: they would go on to the few that agree best."""
LEAST = 200
"""Cells under which nothing can be said."""


def unchanged(before: Floats, after: Floats) -> Floats:
    """Give the probability that cells did not change.

    Args:
        before: (n, b) values of b bands in the earlier image.
        after: (n, b) the same cells in the later one.

    Returns:
        (n,) probabilities; 0 where a value is missing, and everywhere when there are too few
        cells or the bands carry nothing.
    """
    good = np.isfinite(before).all(axis=1) & np.isfinite(after).all(axis=1)
    given = np.zeros(len(before))
    if good.sum() < LEAST:
        return given
    x, y = before[good], after[good]
    weight, last = np.ones(len(x)), np.zeros(x.shape[1])
    for _ in range(ROUNDS):
        found = _variates(x, y, weight)
        if found is None:
            return given
        variates, correlation = found
        spread = np.maximum(2.0 * (1.0 - correlation), 1e-9)
        fresh = np.asarray(chi2.sf((variates**2 / spread).sum(axis=1), x.shape[1]))
        if fresh.sum() < LEAST_SHARE * len(x):
            break
        weight = fresh
        if np.abs(correlation - last).max() < STEADY:
            break
        last = correlation
    given[good] = weight
    return given


def _variates(x: Floats, y: Floats, weight: Floats) -> tuple[Floats, Floats] | None:
    """Give the differences of canonical variates and their correlations, None without any."""
    share = weight / weight.sum()
    off_x, off_y = x - share @ x, y - share @ y
    xx, yy, xy = (
        (one * share[:, None]).T @ two
        for one, two in ((off_x, off_x), (off_y, off_y), (off_x, off_y))
    )
    scale = max(float(np.trace(xx)), float(np.trace(yy)))
    small = 1e-9 * scale * np.eye(len(xx))
    try:
        square, a = eigh(xy @ np.linalg.solve(yy + small, xy.T), xx + small)
    except np.linalg.LinAlgError:
        return None
    correlation = np.sqrt(np.clip(square, 0.0, 1.0))
    b = np.linalg.solve(yy + small, xy.T @ a)
    length = np.sqrt(np.maximum(np.einsum("ij,ik,kj->j", b, yy, b), 1e-30))
    # Signs are those of a positive correlation by construction of b.
    return np.asarray(off_x @ a - off_y @ (b / length)), correlation
