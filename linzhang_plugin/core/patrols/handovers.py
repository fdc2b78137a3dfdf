"""One phone for two rangers: where one's track stops in mid-stride the other's goes on.

Whoever ends a patrol stands still, goes in or switches off at home; two tracks of which the
second begins one step of the logger later where the first stopped, both walking, are one
walker's. Rangers who change shifts at a post stand there: a handover at rest says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from linzhang_plugin.core.patrols.distance import metres
from linzhang_plugin.core.patrols.fixes import Floats, Ints
from linzhang_plugin.core.patrols.patrols import Patrols

PAUSE_S = 30.0
"""A longer silence between the two says nothing, ..."""
PAUSE_STEPS = 2.5
"""... unless the phone's usual steps are so long."""
LONGEST_S = 120.0
LOOK_S = 180.0
"""So long before and after the handover they must be walking."""
WALKING_M = 75.0
"""Least way in that time; a phone at rest wanders less."""
NEAR_M = 25.0
PACE_MS = 2.0
"""m/s: how far a walker comes during the silence."""
TURN_COS = -0.2
"""Who goes on does not turn right round."""


def handovers(found: Patrols) -> Iterator[tuple[int, int, float, float]]:
    """Give (first patrol, second patrol, seconds between, metres between) of every handover.

    Args:
        found: Patrols of many persons.
    """
    if len(found) < 2:
        return
    order = np.argsort(found.start, kind="stable")
    starts = found.start[order]
    for patrol in range(len(found)):
        end = int(found.end[patrol])
        low = int(np.searchsorted(starts, end, side="right"))
        high = int(np.searchsorted(starts, end + int(LONGEST_S * 1000), side="right"))
        for other in order[low:high].tolist():
            if found.person[other] == found.person[patrol]:
                continue
            here = _between(found, patrol, other)
            if here is not None:
                yield patrol, other, (int(found.start[other]) - end) / 1000.0, here


def _between(found: Patrols, patrol: int, other: int) -> float | None:
    """Give the metres between two tracks' ends when they are one walk, else None."""
    fixes = found.fixes
    a, b = int(found.last[patrol]), int(found.first[other])
    apart = float(metres(fixes.lon[a], fixes.lat[a], fixes.lon[b], fixes.lat[b]))
    wait = float(fixes.time[b] - fixes.time[a]) / 1000.0
    steps = [_step(found, p) for p in (patrol, other)]
    if apart > NEAR_M + PACE_MS * wait or wait > max(PAUSE_S, PAUSE_STEPS * min(steps)):
        return None
    before = _stride(found, np.arange(int(found.first[patrol]), a + 1)[::-1])
    after = _stride(found, np.arange(b, int(found.last[other]) + 1))
    if before is None or after is None:
        return None
    # before points back, after points on: of one walk they point apart
    cosine = -float(before @ after) / float(np.hypot(*before) * np.hypot(*after))
    return apart if cosine >= TURN_COS else None


def _step(found: Patrols, patrol: int) -> float:
    """Give the usual seconds between a patrol's fixes."""
    rows = slice(int(found.first[patrol]), int(found.last[patrol]) + 1)
    seconds = np.diff(found.fixes.time[rows]) / 1000.0
    return float(np.median(seconds)) if len(seconds) else 0.0


def _stride(found: Patrols, rows: Ints) -> Floats | None:
    """Give the way (east, north) from the first of the rows to LOOK_S away; None at rest."""
    fixes = found.fixes
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
