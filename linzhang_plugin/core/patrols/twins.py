"""Two tracks side by side: the same walk twice, or two phones on one walk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy import sparse

from linzhang_plugin.core.patrols.distance import metres_per_degree
from linzhang_plugin.core.patrols.fixes import Floats, Ints

CELL_M = 100.0
COMMON = 0.5
"""Share of the smaller track's cells that a pair must have in common to be compared."""
STEP_S = 15.0
SILENT_S = 300.0
ANCHORS = (0.1, 0.3, 0.5, 0.7, 0.9)
OFFSETS_S = (-30.0, -15.0, 0.0, 15.0, 30.0)
PACE = 0.005
"""A replay keeps its pace to 0.5 %; a walker on the same way does not."""
SLOWEST, FASTEST = 0.75, 1.33
"""Paces at which a replay is still a walk."""
MOST_MAPS = 60
EXACT_M = 0.3


class Track(NamedTuple):
    """A patrol's fixes: seconds and degrees, in order."""

    time: Floats
    lon: Floats
    lat: Floats


def cells_of(track: Track) -> Ints:
    """Give the 100 m cells that a track's fixes lie in, each once, sorted."""
    _, north = metres_per_degree(0.0)
    size = CELL_M / float(north)
    x = np.floor(track.lon / (size / np.cos(np.radians(np.round(track.lat))))).astype(np.int64)
    y = np.floor(track.lat / size).astype(np.int64)
    return np.unique(x * 2**31 + y)


def pairs_of(cells: Sequence[Ints], people: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Give the pairs of tracks that share at least half of the smaller one's cells, in order.

    Args:
        cells: Cells of each track; none for one that is not to be compared.
        people: Whose each track is; those of a person stand together.
    """
    size = np.array([len(one) for one in cells], dtype=np.int64)
    if not size.sum():
        return
    _, column = np.unique(np.concatenate(cells), return_inverse=True)
    ones = np.ones(len(column), dtype=np.int32)
    crossed = sparse.csr_matrix((ones, column, np.concatenate([[0], np.cumsum(size)])))
    by_cell = crossed.T.tocsr()
    edges = [0, *(k for k in range(1, len(people)) if people[k] != people[k - 1]), len(people)]
    for start, stop in pairwise(edges):  # a person at a time: a county's pairs are many
        common = (crossed[start:stop] @ by_cell).tocoo()
        a, b = common.row.astype(np.int64) + start, common.col.astype(np.int64)
        good = (b > a) & (common.data >= COMMON * np.minimum(size[a], size[b]))
        yield from sorted(zip(a[good].tolist(), b[good].tolist(), strict=True))


def at(track: Track, time: Floats) -> tuple[Floats, Floats, Floats]:
    """Give the position at moments, and how long the silence around each was."""
    lon = np.interp(time, track.time, track.lon)
    lat = np.interp(time, track.time, track.lat)
    after = np.clip(np.searchsorted(track.time, time), 1, len(track.time) - 1)
    return lon, lat, track.time[after] - track.time[after - 1]


def _apart(track: Track, time: Floats, lon: Floats, lat: Floats) -> Floats:
    """Give the metres between a track and positions at moments; inf in silences."""
    x, y, silence = at(track, time)
    east, north = metres_per_degree(float(lat[0]))
    away = np.hypot((x - lon) * float(east), (y - lat) * float(north))
    return np.where(silence <= SILENT_S, away, np.inf)


def together_share(a: Track, b: Track, same_m: float) -> tuple[float, float, float]:
    """Compare two tracks of the same time, clocks up to 30 s apart.

    Returns:
        Share of the common time that they were near, share of it that they were at exactly the
        same place, and the common minutes.
    """
    start, end = max(a.time[0], b.time[0]), min(a.time[-1], b.time[-1])
    rows = (b.time >= start) & (b.time <= end)
    if rows.sum() < 5:
        return 0.0, 0.0, 0.0
    time, lon, lat = b.time[rows], b.lon[rows], b.lat[rows]
    best, exact = 0.0, 0.0
    for offset in OFFSETS_S:
        away = _apart(a, time + offset, lon, lat)
        share = float((away <= same_m).mean())
        if share > best:
            best = share
        exact = max(exact, float((away <= EXACT_M).mean()))
    return best, exact, float((end - start) / 60.0)


def replay_share(a: Track, b: Track, same_m: float) -> tuple[float, float, float]:
    """Compare two tracks of different times at equal time after some start, forwards or backwards.

    A replay keeps the pace of the first walk throughout, or a constant multiple of it; a ranger
    who walks the same way again is soon before or behind.

    Returns:
        Largest share of the shorter track's time that both were near, its minutes, and the pace
        of the longer track's clock by the shorter's, negative where one ran backwards.
    """
    if a.time[-1] - a.time[0] < b.time[-1] - b.time[0]:
        a, b = b, a
    moments = np.arange(b.time[0], b.time[-1] + 0.1, STEP_S)
    if len(moments) < 10:
        return 0.0, 0.0, 1.0
    lon, lat, silence = at(b, moments)
    heard = silence <= SILENT_S
    moments, lon, lat = moments[heard], lon[heard], lat[heard]
    if len(moments) < 10:
        return 0.0, 0.0, 1.0
    best, at_pace = 0.0, 1.0
    for pace, start in _maps(a, b, moments, lon, lat):
        clock = start + pace * (moments - moments[0])
        inside = (clock >= a.time[0] - STEP_S) & (clock <= a.time[-1] + STEP_S)
        if inside.mean() < 0.8:
            continue
        share = float((_apart(a, clock, lon, lat) <= same_m)[inside].mean())
        if share > best:
            best, at_pace = share, pace
    return best, float(len(moments) * STEP_S / 60.0), at_pace


def _maps(
    a: Track, b: Track, moments: Floats, lon: Floats, lat: Floats
) -> list[tuple[float, float]]:
    """Give candidate (pace, start) maps from b's clock to a's, from where anchors meet.

    Two anchors of b are looked up on a; if the time between them is the same there, the first
    says where b begins. Several anchors are tried, since a way may be walked up and down.
    """
    dense = np.arange(a.time[0], a.time[-1] + 0.1, 5.0)
    x, y, _ = at(a, dense)
    east, north = metres_per_degree(float(lat[0]))
    near: list[tuple[float, Floats]] = []
    for part in ANCHORS:
        i = int(part * (len(moments) - 1))
        away = np.hypot((x - lon[i]) * float(east), (y - lat[i]) * float(north))
        low = away <= 15.0
        if low.any():
            near.append((float(moments[i] - moments[0]), _minima(dense, away, low)))
    found: set[tuple[float, float]] = set()
    for (s, times), (t, others) in pairwise(near):
        for first in times:
            for second in others:
                ratio = (second - first) / (t - s)
                for pace in (1.0, -1.0):
                    if abs(ratio - pace) * (t - s) <= max(30.0, PACE * (t - s)):
                        found.add((pace, round((first - pace * s) / 5.0) * 5.0))
    # anchors may lie in rests, which tell no moment: most replays begin where the walk began
    ends = [(1.0, float(a.time[0])), (-1.0, float(a.time[-1]))]
    return [*ends, *sorted(found)[:MOST_MAPS], *_stretched(near)]


def _stretched(near: list[tuple[float, Floats]]) -> list[tuple[float, float]]:
    """Give maps of another constant pace, from the first and the last anchor that were met."""
    if len(near) < 3:
        return []
    (s, times), (t, others) = near[0], near[-1]
    found: set[tuple[float, float]] = set()
    for first in times:
        for second in others:
            pace = float(second - first) / (t - s)
            other = abs(abs(pace) - 1.0) * (t - s) > max(30.0, PACE * (t - s))
            if other and SLOWEST <= abs(pace) <= FASTEST:
                found.add((round(pace, 5), round(float(first) - pace * s, 1)))
    return sorted(found)[:MOST_MAPS]


def _minima(dense: Floats, away: Floats, low: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Floats:
    """Give the moment of the least distance of every stretch below the limit."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], low.astype(np.int8), [0]])))
    stretches = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    return np.array([dense[a + int(np.argmin(away[a:b]))] for a, b in stretches])[:12]
