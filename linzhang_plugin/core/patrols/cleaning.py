"""Which fixes are believed: one a moment, no GPS spikes, no outliers of accuracy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linzhang_plugin.core.patrols.distance import metres, steps
from linzhang_plugin.core.patrols.fixes import Bools, Codes, Fixes, Floats, Ints, in_order
from linzhang_plugin.core.patrols.repeats import repeated

SPIKE_ROUNDS = 5
DENSE_S = 90.0
"""Steps that last no longer together leave no doubt what is between them."""
LONGEST_RUN = 4
"""Fixes that may be off together: signal reflected by one slope."""
NEAR_M = 30.0
"""Displacements below this are GPS noise, whatever speed they imply."""
WORST_ACCURACY_M = 500.0
"""A fix from a cell tower rather than from satellites."""


@dataclass(frozen=True, eq=False)
class Cleaned:
    """Fixes to reckon with, and how many were put aside and why.

    Attributes:
        fixes: In order of person and time, one a moment.
        n_repeats: Same person, time and place as another.
        n_clashes: Same person and time, another place.
        n_spikes: Out and back at an impossible speed.
        n_inaccurate: Accuracy worse than 500 m.
        steps: (n - 1,) m from each fix to the next, whoever's they are.
    """

    fixes: Fixes
    n_repeats: int
    n_clashes: int
    n_spikes: int
    n_inaccurate: int
    steps: Floats


def clean(fixes: Fixes, max_speed_kmh: float) -> Cleaned:
    """Put aside what cannot be true; the order of the rows does not matter.

    Args:
        fixes: In any order.
        max_speed_kmh: A fix that can only be reached and left faster is a spike.
    """
    fixes = in_order(fixes)
    total = len(fixes)
    rough = fixes.accuracy > WORST_ACCURACY_M
    if rough.any():
        fixes = fixes.take(~rough)
    twice = repeated(fixes)
    if twice.any():
        fixes = fixes.take(~twice)
    clash = _clashes(fixes)
    if clash.any():
        fixes = fixes.take(~clash)
    before = len(fixes)
    way = steps(fixes.lon, fixes.lat)
    for _ in range(SPIKE_ROUNDS):
        spike = spikes(fixes.person, fixes.time, fixes.lon, fixes.lat, max_speed_kmh, way)
        if not spike.any():
            break
        fixes, way = _without(fixes, spike, way)
    left, again = int(rough.sum()), int(twice.sum())
    clashes = total - left - again - before
    return Cleaned(fixes, again, clashes, before - len(fixes), left, way)


def _without(fixes: Fixes, spike: Bools, way: Floats) -> tuple[Fixes, Floats]:
    """Leave fixes out; only the steps across them are measured again."""
    rows = np.flatnonzero(~spike)
    left = fixes.take(rows)
    new = way[rows[:-1]]
    over = np.flatnonzero(np.diff(rows) > 1)
    new[over] = metres(left.lon[over], left.lat[over], left.lon[over + 1], left.lat[over + 1])
    return left, new


def _clashes(fixes: Fixes) -> Bools:
    """Of several places at one moment keep the most accurate, else the nearest to the last."""
    n = len(fixes)
    drop = np.zeros(n, dtype=bool)
    if n < 2:
        return drop
    same = (np.diff(fixes.person) == 0) & (np.diff(fixes.time) == 0)
    if not same.any():
        return drop
    together = np.concatenate([[False], same])
    group = np.cumsum(~together)
    rows = np.flatnonzero(together | np.concatenate([same, [False]]))
    heads = np.flatnonzero(~together)[group[rows] - 1]
    back = np.maximum(heads - 1, 0)
    way = metres(fixes.lon[back], fixes.lat[back], fixes.lon[rows], fixes.lat[rows])
    way[(heads == 0) | (fixes.person[back] != fixes.person[rows])] = 0.0
    accuracy = np.where(np.isnan(fixes.accuracy[rows]), np.inf, fixes.accuracy[rows])
    order = np.lexsort((way, accuracy, group[rows]))
    drop[rows] = True
    best = np.concatenate([[True], np.diff(group[rows][order]) != 0])
    drop[rows[order[best]]] = False
    return drop


def spikes(
    person: Codes, time: Ints, lon: Floats, lat: Floats, max_speed_kmh: float, step: Floats
) -> Bools:
    """Tell the fixes that jump out and back: too fast in, too fast out, not between neighbours.

    A real ride at speed goes on instead of coming back, so it is no spike. In tracks that are
    neither dense nor regular (several devices of a team under one number) an outlier cannot be
    told from a colleague's position, so it is kept; the doubts then show the speed.

    Args:
        person: (n,) index of the person, not falling.
        time: (n,) ms, rising for each person.
        lon: (n,) degrees.
        lat: (n,) degrees.
        max_speed_kmh: Faster is impossible.
        step: (n - 1,) m between neighbouring fixes.
    """
    n = len(time)
    out = np.zeros(n, dtype=bool)
    if n < 3:
        return out
    fast = step > NEAR_M
    rows = np.flatnonzero(fast)
    seconds = (time[rows + 1] - time[rows]) / 1000.0
    fast[rows] = (step[rows] * 3.6 > max_speed_kmh * seconds) & (person[rows] == person[rows + 1])
    if not fast.any():
        return out
    usual = cadence(person, time, np.unique(person[:-1][fast]))
    for run in range(1, LONGEST_RUN + 1):
        _mark_runs(out, run, fast, step, person, time, lon, lat, usual, max_speed_kmh)
    return out


def _mark_runs(
    out: Bools,
    run: int,
    fast: Bools,
    step: Floats,
    person: Codes,
    time: Ints,
    lon: Floats,
    lat: Floats,
    usual: Floats,
    max_speed_kmh: float,
) -> None:
    """Mark runs of so many fixes between a jump out and a jump back."""
    if len(fast) <= run:
        return
    first = np.flatnonzero(fast[:-run] & fast[run:]) + 1
    first = first[person[first - 1] == person[first + run]]
    before, after = first - 1, first + run
    direct = metres(lon[before], lat[before], lon[after], lat[after])
    wait = (time[after] - time[before]) / 1000.0
    back = (direct * 3.6 <= max_speed_kmh * wait) | (direct <= NEAR_M)
    detour = step[before] + step[after - 1] > 3.0 * direct
    dense = wait <= np.maximum(DENSE_S, (run + 1.5) * usual[person[first]])
    for row in first[back & detour & dense].tolist():
        whole = slice(row, row + run)
        if not out[row - 1 : row + run + 1].any():  # a neighbour already explains the jump
            out[whole] = True


def cadence(person: Codes, time: Ints, wanted: Codes) -> Floats:
    """Give persons' seconds between fixes where most steps are alike, else 0.

    Args:
        person: (n,) index of the person, not falling.
        time: (n,) ms, rising for each person.
        wanted: Indices of the persons asked for; 0 for the others.
    """
    count = int(person.max(initial=-1)) + 1
    out = np.zeros(count)
    starts = np.searchsorted(person, np.arange(count + 1))
    for code in wanted.tolist():
        seconds = np.diff(time[starts[code] : starts[code + 1]]) / 1000.0
        if len(seconds) >= 10:
            middle = float(np.median(seconds))
            if (np.abs(seconds - middle) <= 0.1 * middle).mean() >= 0.6:
                out[code] = middle
    return out
