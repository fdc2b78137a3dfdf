"""Altitudes against the ground: a phone that climbs a hill says so."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.patrols.fixes import Floats

Ground = Callable[[Floats, Floats], Floats]
"""Height of the ground (m) at longitudes and latitudes; NaN where it is not known."""
LEAST_FIXES = 40
RELIEF_M = 60.0
"""Ground that rises less says nothing: GPS altitudes err by 10 to 20 m."""
FOLLOWS = 0.6
"""Least correlation of altitude and ground on such relief."""
UNLIKE = 0.75
"""Least spread of their difference, as a part of the ground's spread."""
HANGING_M = 250.0
"""Geoid and barometer together never err so much."""


def against_ground(ele: Floats, ground: Floats) -> Message | None:
    """Tell why altitudes do not fit the ground, or None.

    The constant part of the difference (geoid, barometer) is left out of the comparison, unless
    it is larger than either can explain. No altitude at all (none, 0, or a small or very
    negative number that stands for none) says nothing.

    Args:
        ele: (n,) m, NaN where unknown.
        ground: (n,) m, NaN where unknown.
    """
    known = np.isfinite(ele) & np.isfinite(ground) & (np.abs(ele) > 1.0) & (ele > -430.0)
    if known.sum() < LEAST_FIXES or known.sum() < 0.5 * len(ele):
        return None
    high, low = ele[known], ground[known]
    above = float(np.median(high - low))
    if abs(above) > HANGING_M:
        return Message(
            "The altitudes are {metre} m above the ground of the DEM.", {"metre": f"{above:.0f}"}
        )
    relief = float(np.diff(np.percentile(low, [5.0, 95.0]))[0])
    if relief < RELIEF_M:
        return None
    spread = _spread(low)
    unlike = _spread(high - low)
    same = float(np.ptp(high)) < 0.5
    follows = 0.0 if same else float(np.corrcoef(high, low)[0, 1])
    if follows >= FOLLOWS or unlike < UNLIKE * spread:
        return None
    values = {"relief": f"{relief:.0f}", "percent": f"{100 * max(0.0, follows):.0f}"}
    return Message(
        "The ground rises and falls by {relief} m, the altitudes do not follow it (agreement"
        " {percent} %).",
        values,
    )


def _spread(values: Floats) -> float:
    return float(np.median(np.abs(values - np.median(values))))
