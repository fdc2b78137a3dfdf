"""The two ends of a patrol: where it begins and stops, and whether its ranger walks there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linzhang_plugin.core.patrols.distance import metres
from linzhang_plugin.core.patrols.fixes import Fixes, Floats, Ints

LOOK_S = 180.0
"""So long from its end a patrol must be walking."""
WALKING_M = 75.0
"""Least way in that time; a phone at rest wanders less."""


@dataclass(frozen=True, eq=False)
class End:
    """One end of a patrol, looked at from outside.

    Attributes:
        time: ms UTC of its outermost fix.
        lon: Degrees.
        lat: Degrees.
        step: Usual seconds between the patrol's fixes.
        stride: (2,) way (east, north) from that fix inwards; None at rest.
    """

    time: int
    lon: float
    lat: float
    step: float
    stride: Floats | None


def ends_of(fixes: Fixes, rows: slice) -> tuple[End, End]:
    """Give where a patrol of these rows begins and where it stops."""
    seconds = np.diff(fixes.time[rows]) / 1000.0
    usual = float(np.median(seconds)) if len(seconds) else 0.0
    inwards = np.arange(rows.start, rows.stop)
    return _end(fixes, inwards, usual), _end(fixes, inwards[::-1], usual)


def _end(fixes: Fixes, rows: Ints, usual: float) -> End:
    at = int(rows[0])
    place = float(fixes.lon[at]), float(fixes.lat[at])
    return End(int(fixes.time[at]), *place, usual, _stride(fixes, rows))


def _stride(fixes: Fixes, rows: Ints) -> Floats | None:
    """Give the way (east, north) from the first of the rows to LOOK_S away; None at rest."""
    time = fixes.time[rows]
    near = rows[np.abs(time - time[0]) <= LOOK_S * 1000]
    if len(near) < 3:
        return None
    lon, lat = fixes.lon[near], fixes.lat[near]
    away = metres(lon[0], lat[0], lon, lat)
    if away[-1] < WALKING_M or away[len(away) // 2] < 0.25 * WALKING_M:
        return None
    scale = float(np.cos(np.radians(lat[0])))
    return np.array([(lon[-1] - lon[0]) * scale, lat[-1] - lat[0]])
