"""Stops: where a person stayed within a few steps for a while."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from linzhang_plugin.core.patrols.distance import metres
from linzhang_plugin.core.patrols.fixes import Bools, Floats, Ints

LOOKS = (0.25, 0.5, 0.75)
"""Parts of the window at which the position is also looked at."""
REST_MS = 120_000
"""A silence so long without displacement is rest."""
JITTER_M = 12.0
"""A position at rest wanders so far under trees."""
LEAST_M_PER_DEGREE = 110_500.0
"""A degree of latitude is nowhere shorter."""


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
    early, span = int(time.min()), int(time.max() - time.min()) + int(length) + 2
    key = patrol * span
    key += time - early
    end = np.searchsorted(key, key + int(length), side="left")
    still = end < n
    np.minimum(end, n - 1, out=end)
    still &= patrol[end] == patrol
    # whoever went so far north or south needs no closer look
    still &= np.abs(lat[end] - lat) * LEAST_M_PER_DEGREE <= radius
    rows = np.flatnonzero(still)
    rows = rows[metres(lon[rows], lat[rows], lon[end[rows]], lat[end[rows]]) <= radius]
    for part in LOOKS:
        look = np.searchsorted(key, key[rows] + int(length * part), side="right") - 1
        rows = rows[metres(lon[rows], lat[rows], lon[look], lat[look]) <= radius]
    still[:] = False
    still[rows] = True
    return still, end.astype(np.int64, copy=False)


def _trimmed(
    first: Ints, last: Ints, time: Ints, lon: Floats, lat: Floats, length: float, radius: float
) -> Stops:
    """Cut off what was walked before and after standing; all stops at once.

    Each fix weighs as long as it stood, so that a silent logger's rest counts too.
    """
    size = last - first + 1
    start = np.cumsum(size) - size
    group = np.repeat(np.arange(len(first)), size)
    rows = np.arange(len(group)) + np.repeat(first - start, size)
    weight = np.zeros(len(rows))
    span = np.diff(time[rows]).astype(np.float64) / 2
    span[start[1:] - 1] = 0.0  # from one stop to the next
    weight[:-1] += span
    weight[1:] += span
    x = _weighted_medians(lon[rows], weight, group, start)
    y = _weighted_medians(lat[rows], weight, group, start)
    away = metres(lon[rows], lat[rows], x[group], y[group])
    spread = _weighted_medians(away, weight, group, start)
    reach = np.minimum(radius, np.maximum(JITTER_M, 3.0 * spread))
    near = np.flatnonzero(away <= reach[group])
    kept: list[tuple[int, int]] = []
    good: list[int] = []
    heads = np.searchsorted(near, np.append(start, len(rows)))
    for stop, (low, high) in enumerate(pairwise(heads.tolist())):
        if low == high:
            continue
        begin = int(start[stop])
        of_stop = away[begin : begin + int(size[stop])]
        bounds = int(near[low]) - begin, int(near[high - 1]) - begin
        a, b = _stretched(time, of_stop, radius, int(first[stop]), *bounds)
        if time[b] - time[a] >= length * 0.9:
            kept.append((a, b))
            good.append(stop)
    ends = np.array(kept, dtype=np.int64).reshape(-1, 2)
    return Stops(ends[:, 0], ends[:, 1], x[good], y[good])


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


def _weighted_medians(values: Floats, weight: Floats, group: Ints, start: Ints) -> Floats:
    """Give each group's median; the weights are half milliseconds, so their sums are exact.

    Args:
        values: (n,) values.
        weight: (n,) weights.
        group: (n,) number of the group, not falling from 0.
        start: First row of each group.
    """
    order = np.lexsort((values, group))
    total = np.cumsum(weight[order])
    base = np.concatenate([[0.0], total])[start]
    whole = np.append(base[1:], total[-1]) - base
    out = values[order[np.minimum(np.searchsorted(total, base + whole / 2), len(total) - 1)]]
    for empty in np.flatnonzero(whole <= 0).tolist():
        out[empty] = np.median(values[group == empty])
    return np.asarray(out, np.float64)
