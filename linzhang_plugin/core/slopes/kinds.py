"""How the ground under each kind of mask looks, as a density over traits.

Half of a kind's density is one Student's t about its mean; the other half is a kernel estimate,
for a kind may look several ways (tilled and half-green fields). Kernels are drawn to the mean so
that the kind spreads no wider for them (West 1993, JRSS B 55(2)).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

FREEDOM = 5.0
"""Degrees of freedom of the t distribution: one plot in twenty may lie far off."""
MOST_KERNELS = 200
"""Plots of a kind that carry a kernel, spread evenly over the image where there are more."""


def log_densities(x: Floats, plots: Floats, own: Ints, within: Floats) -> Floats:
    """Give the log density of each kind at some places, but for one constant.

    Args:
        x: (c, t) traits.
        plots: (p, t) traits of masked plots.
        own: (p,) kind of each, 0 … k - 1, every kind with one plot at least.
        within: (t, t) covariance within kinds.

    Returns:
        (k, c) log densities.
    """
    made = []
    for kind in range(int(own.max()) + 1):
        rows = plots[own == kind]
        middle = rows.mean(axis=0)
        whole = log_t(x - middle, within * (1.0 + 1.0 / len(rows)))
        made.append(np.logaddexp(whole, _kernels(x, rows, within)) - np.log(2.0))
    return np.stack(made)


def _kernels(x: Floats, rows: Floats, within: Floats) -> Floats:
    """Give the log density of a kind by kernels about its plots."""
    width = len(rows) ** (-2.0 / (rows.shape[1] + 4))  # squared, of the usual rule by Scott
    middle = rows.mean(axis=0)
    chosen = rows[np.unique(np.linspace(0, len(rows) - 1, MOST_KERNELS).astype(np.int64))]
    centres = middle + np.sqrt(1.0 - width) * (chosen - middle)
    spread = within * width * (1.0 + 1.0 / len(rows))
    each = np.stack([log_t(x - centre, spread) for centre in centres])
    return np.asarray(np.logaddexp.reduce(each, axis=0) - np.log(len(each)))


def spread_within(off: Floats, freedom: int, floor: Floats) -> Floats:
    """Give the covariance within kinds, drawn to its diagonal where plots are few.

    Args:
        off: (p, t) each plot's difference to the mean of its kind.
        freedom: Plots less kinds.
        floor: (t,) least spread of each trait.
    """
    cov = off.T @ off / freedom + np.diag(floor**2)
    drawn = off.shape[1] / (freedom + off.shape[1])
    return np.asarray((1.0 - drawn) * cov + drawn * np.diag(np.diag(cov)))


def log_t(off: Floats, cov: Floats) -> Floats:
    """Give the log density of Student's t about zero, but for one constant of its size."""
    size = off.shape[1]
    root = np.linalg.cholesky(cov)
    far = (np.linalg.solve(root, off.T) ** 2).sum(axis=0)
    return np.asarray(
        -np.log(np.diag(root)).sum() - 0.5 * (FREEDOM + size) * np.log1p(far / FREEDOM)
    )
