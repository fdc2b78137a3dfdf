"""Patrols out of fixes: where one begins and ends, how long, how far, where, how fast."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.patrols.areas import Areas
from linzhang_plugin.core.patrols.cleaning import Cleaned, clean
from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.fixes import Bools, Fixes, Floats, Ints
from linzhang_plugin.core.patrols.rules import PatrolRules
from linzhang_plugin.core.patrols.segments import long_runs
from linzhang_plugin.core.patrols.stops import Stops, find_stops
from linzhang_plugin.core.progress import Progress, silent, step

RIDE_PAUSE_S = 60.0
"""A ride goes on over a junction."""


@dataclass(frozen=True, eq=False)
class Patrols:
    """p patrols, in order of person and time, and the fixes they are made of.

    Minutes are exact to the millisecond; km are the sum of the steps between fixes, as
    every platform reckons them; the part of it within stops, where a phone at rest wanders, is
    shown apart.

    Attributes:
        cleaned: The fixes and what was put aside.
        first: (p,) index of the first fix.
        last: (p,) index of the last.
        of_fix: (n,) patrol of each fix.
        person: (p,) index into ``cleaned.fixes.people``.
        start: (p,) ms UTC.
        end: (p,) ms UTC.
        day: (p,) local day of the start: a patrol over midnight belongs to the day it began.
        minutes: (p,) from the first fix to the last.
        km: (p,) way.
        rest_km: (p,) part of the way within stops.
        in_grid_min: (p,) minutes in the own grid, NaN without one.
        in_grid_km: (p,) way in the own grid, NaN without one.
        vehicle_min: (p,) minutes of rides.
        stationary_min: (p,) minutes of stops.
        long_stop_min: (p,) minutes of stops longer than the rule's.
        bridged_min: (p,) minutes of silences with a way in them.
        max_gap_min: (p,) longest silence.
        stops: The stops; ``stop_patrol`` says whose.
        stop_patrol: (m,) patrol of each stop.
        ride: (n-1,) steps of rides.
        inside: (n,) fixes in the own grid; False without one.
    """

    cleaned: Cleaned
    first: Ints
    last: Ints
    of_fix: Ints
    person: Ints
    start: Ints
    end: Ints
    day: Ints
    minutes: Floats
    km: Floats
    rest_km: Floats
    in_grid_min: Floats
    in_grid_km: Floats
    vehicle_min: Floats
    stationary_min: Floats
    long_stop_min: Floats
    bridged_min: Floats
    max_gap_min: Floats
    stops: Stops
    stop_patrol: Ints
    ride: Bools
    inside: Bools

    def __len__(self) -> int:
        """Give the number of patrols."""
        return len(self.first)

    @property
    def fixes(self) -> Fixes:
        """The fixes that were believed."""
        return self.cleaned.fixes


def find_patrols(
    fixes: Fixes,
    rules: PatrolRules,
    clock: Clock,
    areas: Areas | None = None,
    progress: Progress = silent,
) -> Patrols:
    """Cut the fixes of many persons into patrols and measure them.

    The result does not depend on the order of the rows, on repeats or on how the fixes were
    spread over files.

    Args:
        fixes: In any order, WGS84.
        rules: Gap, speeds, stops, buffer.
        clock: Zone of the local days.
        areas: Own grids; None: nothing is measured against a grid.
        progress: Told between the steps.

    Raises:
        CancelledError: The user stopped it.
    """
    step(progress, 0.0, Message("Cleaning {n} fixes.", {"n": len(fixes)}))
    cleaned = clean(fixes, rules.max_speed_kmh)
    step(progress, 0.3)
    fixes = cleaned.fixes
    n = len(fixes)
    seconds = np.diff(fixes.time) / 1000.0
    breaks = (np.diff(fixes.person) != 0) | (seconds > rules.gap_minutes * 60.0)
    of_fix = np.concatenate([[0], np.cumsum(breaks)])[:n].astype(np.int64)
    walked, lasting = np.where(breaks, 0.0, cleaned.steps), np.where(breaks, 0.0, seconds)
    step(progress, 0.5)
    stops = find_stops(
        of_fix, fixes.time, fixes.lon, fixes.lat, rules.stop_minutes, rules.stop_radius_m
    )
    resting = _at_rest(walked, stops)
    step(progress, 0.7)
    ride = _rides(walked, lasting, breaks, rules)
    inside, has_grid = _inside(fixes, clock, areas)
    step(progress, 0.9)
    return _measured(
        cleaned, of_fix, walked, lasting, stops, resting, ride, inside, has_grid, rules, clock
    )


def _at_rest(walked: Floats, stops: Stops) -> Bools:
    """Tell the steps within stops."""
    resting = np.zeros(len(walked), dtype=bool)
    if not len(stops):
        return resting
    size = len(walked) + 1
    edge = np.bincount(stops.first, minlength=size) - np.bincount(stops.last, minlength=size)
    return np.asarray(np.cumsum(edge)[:-1] > 0)


def _rides(walked: Floats, lasting: Floats, breaks: Bools, rules: PatrolRules) -> Bools:
    fast = ~breaks & (walked * 3.6 > rules.vehicle_kmh * lasting) & (walked > 10.0)
    new = np.concatenate([[True], breaks[:-1] | breaks[1:]]) if len(breaks) else breaks
    return long_runs(fast, new, lasting, rules.vehicle_minutes * 60.0, RIDE_PAUSE_S) & ~breaks


def _inside(fixes: Fixes, clock: Clock, areas: Areas | None) -> tuple[Bools, Bools]:
    """Tell which fixes lie in the own grid and which persons have one."""
    inside = np.zeros(len(fixes), dtype=bool)
    has = np.zeros(len(fixes.people), dtype=bool)
    if areas is None or not areas.posts or not len(fixes):
        return inside, has
    day = clock.day(fixes.time)
    starts = np.searchsorted(fixes.person, np.arange(len(fixes.people) + 1))
    for code, person in enumerate(fixes.people):
        rows = slice(starts[code], starts[code + 1])
        found = areas.inside(person, day[rows], fixes.lon[rows], fixes.lat[rows])
        if found is not None:
            inside[rows], has[code] = found, True
    return inside, has


def _measured(
    cleaned: Cleaned,
    of_fix: Ints,
    walked: Floats,
    lasting: Floats,
    stops: Stops,
    resting: Bools,
    ride: Bools,
    inside: Bools,
    has_grid: Bools,
    rules: PatrolRules,
    clock: Clock,
) -> Patrols:
    fixes = cleaned.fixes
    heads = np.flatnonzero(np.diff(of_fix, prepend=-1, append=of_fix[-1] + 1 if len(fixes) else -1))
    first, last, count = heads[:-1], heads[1:] - 1, len(heads[:-1])
    owner = of_fix[:-1]

    def total(values: Floats) -> Floats:
        return _sums(owner, values, count)

    # a step counts for the grid by half for each of its ends
    share = (inside[:-1].astype(np.float64) + inside[1:]) / 2.0
    person = fixes.person[first].astype(np.int64)
    without = ~has_grid[person] if count else np.zeros(0, dtype=bool)
    bridged = (lasting > rules.silent_minutes * 60.0) & ~resting & (walked > rules.stop_radius_m)
    stop_min = (fixes.time[stops.last] - fixes.time[stops.first]) / 60_000.0
    stop_patrol = of_fix[stops.first]
    long_stop = np.where(stop_min > rules.long_stop_minutes, stop_min, 0.0)
    gap = np.zeros(count)
    stepping = first < len(owner)  # a last patrol of one fix has no step
    if stepping.any():
        gap[stepping] = np.maximum.reduceat(lasting / 60.0, first[stepping])
    start, end = fixes.time[first], fixes.time[last]
    return Patrols(
        cleaned=cleaned,
        first=first,
        last=last,
        of_fix=of_fix,
        person=person,
        start=start,
        end=end,
        day=clock.day(start),
        minutes=(end - start) / 60_000.0,
        km=total(walked) / 1000.0,
        rest_km=total(resting * walked) / 1000.0,
        in_grid_min=np.where(without, np.nan, total(share * lasting) / 60.0),
        in_grid_km=np.where(without, np.nan, total(share * walked) / 1000.0),
        vehicle_min=total(ride * lasting) / 60.0,
        stationary_min=_sums(stop_patrol, stop_min, count),
        long_stop_min=_sums(stop_patrol, long_stop, count),
        bridged_min=total(bridged * lasting) / 60.0,
        max_gap_min=gap,
        stops=stops,
        stop_patrol=stop_patrol,
        ride=ride,
        inside=inside,
    )


def _sums(group: Ints, values: Floats, count: int) -> Floats:
    return np.asarray(np.bincount(group, weights=values, minlength=count)[:count], np.float64)
