"""Area units, rounding that adds up, and which of a stand's two areas counts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

MU_M2 = 10_000 / 15
"""Square metres of one mu: a hectare is 15 mu exactly."""


def mu(m2: float | Floats) -> float | Floats:
    """Convert m² to mu, unrounded.

    Example:
        >>> mu(10_000.0)
        15.0
    """
    return m2 * 15.0 / 10_000.0


def largest_remainder(values: npt.ArrayLike, decimals: int = 1) -> Floats:
    """Round so that the rounded values add up to the rounded total (Hamilton's method).

    Args:
        values: (n,) finite numbers.
        decimals: Decimals kept.

    Returns:
        (n,) numbers, each within one unit of the last decimal of its value; ties go to the
        earlier row.

    Example:
        >>> largest_remainder([1.25, 1.25, 1.25], 1).tolist()
        [1.3, 1.3, 1.2]
    """
    exact = np.asarray(values, dtype=np.float64)
    scale = 10.0**decimals
    # Noise of binary fractions must not decide who is rounded up.
    scaled = np.round(exact * scale, 6)
    floors = np.floor(scaled)
    missing = int(np.floor(round(float(np.sum(exact)) * scale, 6) + 0.5) - floors.sum())
    order = np.argsort(-(scaled - floors), kind="stable")
    floors[order[: max(0, missing)]] += 1.0
    return np.round(floors / scale, max(decimals, 0))


def basis_area(
    area_m2: npt.ArrayLike, official_m2: npt.ArrayLike, tolerance: float = 0.01
) -> tuple[Floats, Bools]:
    """Give the area that counts: official where present and near geometry, else geometry.

    Args:
        area_m2: (n,) geometric areas, m².
        official_m2: (n,) official areas (填报面积), m²; NaN where missing.
        tolerance: Largest |official − geometry| / geometry that is believed.

    Returns:
        (n,) areas, m², and (n,) True where an official area was present but deviates: those
        rows are listed for the user's choice.
    """
    area = np.asarray(area_m2, dtype=np.float64)
    official = np.asarray(official_m2, dtype=np.float64)
    present = np.isfinite(official) & (official > 0)
    with np.errstate(invalid="ignore"):
        near = np.abs(official - area) <= tolerance * area
    return np.where(present & near, official, area), present & ~near


def shared_official(area_m2: npt.ArrayLike, official_m2: float) -> Floats:
    """Share a cut stand's official area among its pieces by geometry.

    Args:
        area_m2: (n,) geometric areas of the pieces, m².
        official_m2: Official area of the whole stand, m².
    """
    area = np.asarray(area_m2, dtype=np.float64)
    total = float(area.sum())
    if total <= 0:
        return np.zeros_like(area)
    return area * (official_m2 / total)
