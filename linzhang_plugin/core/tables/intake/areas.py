"""The official area column (填报面积): its unit, and how far it is from the geometry."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from linzhang_plugin.core.tables.intake.names import plain_name
from linzhang_plugin.core.tables.units import MU_M2

Floats = npt.NDArray[np.float64]

UNITS = {"ha": 10_000.0, "mu": MU_M2, "m2": 1.0, "km2": 1_000_000.0}
"""m² of each unit that official areas come in."""
CLOSE = 0.05
"""Share by which a stand's official area may miss its geometry and still tell the unit."""
ENOUGH = 0.5
"""Share of the stands that must agree on the unit."""
DEVIANT = 0.01
"""Share above which a stand's official area is listed as deviating (DESIGN: 1 %)."""


@dataclass(frozen=True)
class Official:
    """Official areas in m².

    Attributes:
        m2: (n,) m², NaN where none.
        unit: Key of :data:`UNITS`, empty when it could not be told.
        agreeing: Share of the stands with a value that are within :data:`CLOSE` in that unit.
        present: The column holds positive numbers at all.
    """

    m2: Floats
    unit: str
    agreeing: float
    present: bool = True


def official_areas(column: str, values: Floats, area_m2: Floats, unit: str = "") -> Official:
    """Read an official area column.

    Args:
        column: Its name; 亩, 公顷, ``_ha`` and the like speak for a unit.
        values: (n,) numbers as delivered, NaN where none.
        area_m2: (n,) geometric areas, m².
        unit: The user's choice, empty to tell it from the ratio to the geometry.

    Returns:
        The areas; all NaN with an empty unit where none fits.
    """
    present = np.isfinite(values) & (values > 0) & (area_m2 > 0)
    none = np.full(len(values), np.nan)
    if not present.any():
        return Official(none, "", 0.0, False)
    share = {
        name: _agreeing(values[present] * size, area_m2[present]) for name, size in UNITS.items()
    }
    if not unit:
        unit = max(UNITS, key=lambda name: share[name])
        if share[unit] < ENOUGH:
            unit = _unit_named(column)
            if not unit:
                return Official(none, "", max(share.values()))
    return Official(np.where(present, values * UNITS[unit], np.nan), unit, share[unit])


def _agreeing(official: Floats, area: Floats) -> float:
    return float(np.mean(np.abs(official - area) <= CLOSE * area))


def _unit_named(column: str) -> str:
    name = plain_name(column)
    if "亩" in column or name.endswith("mu"):
        return "mu"
    if "公顷" in column or name.endswith("ha") or name == "hectares":
        return "ha"
    return "m2" if name.endswith("m2") or "平方米" in column else ""


def deviants(area_m2: Floats, official_m2: Floats) -> npt.NDArray[np.int64]:
    """Give the rows whose official area misses the geometry by more than 1 %, worst first."""
    with np.errstate(invalid="ignore", divide="ignore"):
        off = np.abs(official_m2 - area_m2) / area_m2
    rows = np.flatnonzero(off > DEVIANT)
    return rows[np.argsort(-off[rows], kind="stable")]
