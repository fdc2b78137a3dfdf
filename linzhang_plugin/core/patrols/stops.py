"""Stops: where a person stayed within a few steps for a while."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linzhang_plugin.core.patrols.distance import metres
from linzhang_plugin.core.patrols.fixes import Bools, Floats, Ints

LOOKS = (0.25, 0.5, 0.75)
"""Parts of the window at which the position is also looked at."""
REST_MS = 120_000
"""A silence so long without displacement is rest."""
JITTER_M = 12.0
"""A position at rest wanders so far under trees."""


@dataclass(frozen=True, eq=False)
class Stops:
    """m stops as ranges of fixes.

    Attributes:
        first: (m,) first fix of the stop.
        last: (m,) its last fix.
        lon: (m,) median position, degrees.
        lat: (m,) the same.
    """

    first: Ints
    last: Ints
    lon: Floats
    lat: Floats

    def __len__(self) -> int:
        """Give the number of stops."""
        return len(self.first)


def find_stops(
    patrol: Ints, time: Ints, lon: Floats, lat: Floats, minutes: float, radius: float
) -> Stops:
    """Find the stops of at least so many minutes within a radius.

    A fix begins a still window when all looks at the track during the next ``minutes`` are within
    ``radius`` of it; overlapping windows join. The ends are then trimmed to where the person
    really stood, so that walking up to the place is no part of the stop. Both regular and
    distance-filtered loggers fit: a silence without displacement is rest.

    Args:
        patrol: (n,) number of the patrol, not falling.
        time: (n,) ms UTC, rising within a patrol.
        lon: (n,) degrees.
        lat: (n,) degrees.
        minutes: Least duration.
        radius: m.
    """
    still, ends = _windows(patrol, time, lon, lat, minutes * 60_000.0, radius)
    starts = np.flatnonzero(still)
    empty = np.zeros(0, dtype=np.int64)
    if not len(starts):
        return Stops(empty, empty, np.zeros(0), np.zeros(0))
    stops = ends[starts]
    reach = np.maximum.accumulate(stops)
    fresh = np.concatenate([[True], starts[1:] > reach[:-1]])
    first = starts[fresh]
    last = reach[np.concatenate([np.flatnonzero(fresh)[1:] - 1, [len(starts) - 1]])]
    return _trimmed(first, last, time, lon, lat, minutes * 60_000.0, radius)


def _windows(
    patrol: Ints, time: Ints, lon: Floats, lat: Floats, length: float, radius: float
) -> tuple[Bools, Ints]:
    n = len(time)
    if n < 2:
        return np.zeros(n, dtype=bool), np.zeros(n, dtype=np.int64)
    # one rising key for all patrols lets one binary search serve them all
    base = patrol.astype(np.int64) * (int(time.max() - time.min()) + int(length) + 2)
    key = base + (time - time.min())
    end = np.searchsorted(key, key + int(length), side="left")
    inside = end < n
    end = np.minimum(end, n - 1)
    inside &= patrol[end] == patrol
    rows = np.flatnonzero(inside)
    rows = rows[metres(lon[rows], lat[rows], lon[end[rows]], lat[end[rows]]) <= radius]
    for part in LOOKS:
        look = np.searchsorted(key, key[rows] + int(length * part), side="right") - 1
        rows = rows[metres(lon[rows], lat[rows], lon[look], lat[look]) <= radius]
    still = np.zeros(n, dtype=bool)
    still[rows] = True
    return still, end.astype(np.int64)


def _trimmed(
    first: Ints, last: Ints, time: Ints, lon: Floats, lat: Floats, length: float, radius: float
) -> Stops:
    kept: list[tuple[int, int, float, float]] = []
    for a, b in zip(first.tolist(), last.tolist(), strict=True):
        # each fix weighs as long as it stood, so that a silent logger's rest counts too
        weight = np.zeros(b - a + 1)
        span = np.diff(time[a : b + 1]).astype(np.float64)
        weight[:-1] += span / 2
        weight[1:] += span / 2
        x = _weighted_median(lon[a : b + 1], weight)
        y = _weighted_median(lat[a : b + 1], weight)
        away = metres(lon[a : b + 1], lat[a : b + 1], x, y)
        spread = _weighted_median(away, weight)
        near = np.flatnonzero(away <= min(radius, max(JITTER_M, 3.0 * spread)))
        if not len(near):
            continue
        start, stop = _stretched(time, away, radius, a, int(near[0]), int(near[-1]))
        if time[stop] - time[start] >= length * 0.9:
            kept.append((start, stop, x, y))
    if not kept:
        empty = np.zeros(0, dtype=np.int64)
        return Stops(empty, empty, np.zeros(0), np.zeros(0))
    a_, b_, x_, y_ = zip(*kept, strict=True)
    return Stops(np.array(a_), np.array(b_), np.array(x_), np.array(y_))


def _stretched(
    time: Ints, away: Floats, radius: float, a: int, first: int, last: int
) -> tuple[int, int]:
    """Take in the silences beside the stop: a distance-filtered logger says nothing at rest."""
    while last + 1 < len(away) and away[last + 1] <= radius:
        if time[a + last + 1] - time[a + last] < REST_MS:
            break
        last += 1
    while first > 0 and away[first - 1] <= radius:
        if time[a + first] - time[a + first - 1] < REST_MS:
            break
        first -= 1
    return a + first, a + last


def _weighted_median(values: Floats, weight: Floats) -> float:
    order = np.argsort(values, kind="stable")
    total = np.cumsum(weight[order])
    if total[-1] <= 0:
        return float(np.median(values))
    return float(values[order[int(np.searchsorted(total, total[-1] / 2))]])
