"""One phone for two rangers: where one's track stops in mid-stride the other's goes on.

Whoever ends a patrol stands still, goes in or switches off at home; two tracks of which the
second begins one step of the logger later where the first stopped, both walking, are one
walker's. Rangers who change shifts at a post stand there: a handover at rest says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from linzhang_plugin.core.patrols.distance import metres
from linzhang_plugin.core.patrols.ends import End
from linzhang_plugin.core.patrols.sketches import Sketch

PAUSE_S = 30.0
"""A longer silence between the two says nothing, ..."""
PAUSE_STEPS = 2.5
"""... unless the phone's usual steps are so long."""
LONGEST_S = 120.0
NEAR_M = 25.0
PACE_MS = 2.0
"""m/s: how far a walker comes during the silence."""
TURN_COS = -0.2
"""Who goes on does not turn right round."""


def handovers(sketches: Sequence[Sketch]) -> Iterator[tuple[int, int, float, float]]:
    """Give (first patrol, second patrol, seconds between, metres between) of every handover.

    Args:
        sketches: Patrols of many persons.
    """
    if len(sketches) < 2:
        return
    begun = np.array([one.start for one in sketches], dtype=np.int64)
    order = np.argsort(begun, kind="stable")
    starts = begun[order]
    for patrol, one in enumerate(sketches):
        low = int(np.searchsorted(starts, one.end, side="right"))
        high = int(np.searchsorted(starts, one.end + int(LONGEST_S * 1000), side="right"))
        for number in order[low:high].tolist():
            other = sketches[number]
            here = None if other.person == one.person else _between(one.close, other.begin)
            if here is not None:
                yield patrol, number, (other.start - one.end) / 1000.0, here


def _between(close: End, begin: End) -> float | None:
    """Give the metres between two tracks' ends when they are one walk, else None."""
    apart = float(metres(close.lon, close.lat, begin.lon, begin.lat))
    wait = (begin.time - close.time) / 1000.0
    longest = max(PAUSE_S, PAUSE_STEPS * min(close.step, begin.step))
    if apart > NEAR_M + PACE_MS * wait or wait > longest:
        return None
    before, after = close.stride, begin.stride
    if before is None or after is None:
        return None
    # before points back, after points on: of one walk they point apart
    cosine = -float(before @ after) / float(np.hypot(*before) * np.hypot(*after))
    return apart if cosine >= TURN_COS else None
