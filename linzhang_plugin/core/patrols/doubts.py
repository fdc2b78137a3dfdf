"""Evidence that a trace may not be what it says. The word is 存疑, never a verdict.

Every finding carries the figures that a supervisor needs to ask the ranger about it; walking
together (同行) is one of the honest explanations and can be declared beforehand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.patrols.altitude import Ground, against_ground
from linzhang_plugin.core.patrols.clock import day_text
from linzhang_plugin.core.patrols.datum import gcj_from_wgs
from linzhang_plugin.core.patrols.distance import metres, metres_per_degree
from linzhang_plugin.core.patrols.fixes import Floats, masked
from linzhang_plugin.core.patrols.handovers import handovers
from linzhang_plugin.core.patrols.patrols import Patrols
from linzhang_plugin.core.patrols.phones import shared_devices
from linzhang_plugin.core.patrols.twins import PACE, Track, pairs_of, replay_share, together_share
from linzhang_plugin.core.progress import Progress, silent, step

WORD = tr("doubtful")


@dataclass(frozen=True)
class DoubtParams:
    """From when on something is doubtful.

    Attributes:
        same_m: Two tracks are alike where they are so near at the same (relative) time.
        same_share: Share of the time they must be alike.
        least_minutes: Shorter patrols say nothing.
        least_km: Nor do those that hardly moved.
        step_seconds: Steps are looked at this far apart, or as far as the logger's.
        straight_m: A fix so near the line between its neighbours, at the right time, looks
            interpolated.
        straight_share: Share of such fixes.
        even_speed: Standard deviation of the speed over its mean, below which it looks made.
        impossible_kmh: Nobody rides faster here.
        vehicle_share: Share of the minutes ridden that makes it a vehicle patrol.
    """

    same_m: float = 15.0
    same_share: float = 0.9
    least_minutes: float = 20.0
    least_km: float = 0.5
    step_seconds: float = 15.0
    straight_m: float = 0.5
    straight_share: float = 0.8
    even_speed: float = 0.03
    impossible_kmh: float = 150.0
    vehicle_share: float = 0.5


@dataclass(frozen=True)
class Doubt:
    """One finding.

    Attributes:
        kind: ``replay``, ``together``, ``same_track``, ``interpolated``, ``even_speed``,
            ``impossible_speed``, ``vehicle``, ``datum_flip``, ``altitude``, ``shared_phone``.
        patrol: Number of the patrol, from 0.
        other: Number of the other patrol, -1 for none.
        minutes: How long it lasted.
        evidence: The figures.
    """

    kind: str
    patrol: int
    other: int
    minutes: float
    evidence: Message


def find_doubts(
    found: Patrols,
    params: DoubtParams | None = None,
    declared: frozenset[frozenset[str]] = frozenset(),
    progress: Progress = silent,
    ground: Ground | None = None,
) -> list[Doubt]:
    """Look for replays, shared phones, made tracks, impossible speeds and shifted stretches.

    Args:
        found: Patrols with their fixes.
        params: Limits.
        declared: Pairs of persons who are known to patrol together.
        progress: Told between the steps.
        ground: Heights of a DEM; None: altitudes are not compared.

    Raises:
        CancelledError: The user stopped it.
    """
    params = params or DoubtParams()
    out: list[Doubt] = []
    singles: tuple[Callable[[Patrols, int, DoubtParams], Doubt | None], ...] = (
        _interpolated, _even_speed, _impossible, _vehicle, _datum_flip,
    )  # fmt: skip
    for patrol in range(len(found)):
        if patrol % 50 == 0:
            step(progress, 0.4 * patrol / len(found))
        for look in singles:
            doubt = look(found, patrol, params)
            if doubt is not None:
                out.append(doubt)
        doubt = None if ground is None else _altitude(found, patrol, params, ground)
        out += [] if doubt is None else [doubt]
    devices = _devices(found, declared)
    known = {(doubt.patrol, doubt.other) for doubt in devices}
    out += devices
    out += [d for d in _handovers(found, declared) if (d.patrol, d.other) not in known]
    out += _twins(found, params, declared, progress)
    return sorted(out, key=lambda doubt: (doubt.patrol, doubt.kind, doubt.other))


def _slice(found: Patrols, patrol: int) -> slice:
    return slice(int(found.first[patrol]), int(found.last[patrol]) + 1)


def _thinned(found: Patrols, patrol: int, seconds: float) -> tuple[Floats, Floats, Floats]:
    """Give time (s), x and y (m) of a patrol with steps of at least so many seconds."""
    rows = _slice(found, patrol)
    fixes = found.fixes
    time = fixes.time[rows] / 1000.0
    slot = np.floor((time - time[0]) / seconds + 0.05).astype(np.int64)
    kept = np.concatenate([[True], np.diff(slot) > 0])
    lon, lat = fixes.lon[rows][kept], fixes.lat[rows][kept]
    east, north = metres_per_degree(float(lat[0]))
    return time[kept], (lon - lon[0]) * float(east), (lat - lat[0]) * float(north)


def _moving(found: Patrols, patrol: int, params: DoubtParams) -> bool:
    return bool(
        found.minutes[patrol] >= params.least_minutes and found.km[patrol] >= params.least_km
    )


def _interpolated(found: Patrols, patrol: int, params: DoubtParams) -> Doubt | None:
    """Tell fixes that lie where a straight line at even speed would put them: GPS wanders."""
    if not _moving(found, patrol, params):
        return None
    time, x, y = _thinned(found, patrol, params.step_seconds)
    if len(time) < 20:
        return None
    part = (time[1:-1] - time[:-2]) / (time[2:] - time[:-2])
    off_x = x[1:-1] - (x[:-2] + part * (x[2:] - x[:-2]))
    off_y = y[1:-1] - (y[:-2] + part * (y[2:] - y[:-2]))
    length = np.hypot(x[2:] - x[:-2], y[2:] - y[:-2])
    moved = (length > 8.0) & (time[2:] - time[:-2] <= 300.0)
    if moved.sum() < 20:
        return None
    straight = np.hypot(off_x, off_y)[moved] < params.straight_m
    share = float(straight.mean())
    if share < params.straight_share:
        return None
    values = {
        "percent": f"{100 * share:.0f}",
        "metre": f"{params.straight_m:g}",
        "n": len(straight),
    }
    text = Message(
        "{percent} % of {n} moving fixes lie within {metre} m of the straight line at even speed"
        " between their neighbours.",
        values,
    )
    return Doubt("interpolated", patrol, -1, float(found.minutes[patrol]), text)


def _even_speed(found: Patrols, patrol: int, params: DoubtParams) -> Doubt | None:
    if not _moving(found, patrol, params):
        return None
    time, x, y = _thinned(found, patrol, params.step_seconds)
    seconds = np.diff(time)
    speed = np.hypot(np.diff(x), np.diff(y)) / np.maximum(seconds, 1e-9)
    moved = (speed > 0.3) & (seconds <= 300.0)
    # a logger that waits for 25 m makes even steps; only even steps in even time look made
    if moved.sum() < 30 or moved.mean() < 0.5:
        return None
    spread = float(speed[moved].std() / speed[moved].mean())
    if spread >= params.even_speed:
        return None
    values = {
        "speed": f"{speed[moved].mean() * 3.6:.2f}",
        "percent": f"{100 * spread:.1f}",
        "n": int(moved.sum()),
    }
    text = Message("{n} steps at {speed} km/h that differ by only {percent} %.", values)
    return Doubt("even_speed", patrol, -1, float(found.minutes[patrol]), text)


def _impossible(found: Patrols, patrol: int, params: DoubtParams) -> Doubt | None:
    rows, fixes = _slice(found, patrol), found.fixes
    time, lon, lat = fixes.time[rows] / 1000.0, fixes.lon[rows], fixes.lat[rows]
    length = metres(lon[:-1], lat[:-1], lon[1:], lat[1:])
    seconds = np.diff(time)
    fast = (length * 3.6 > params.impossible_kmh * seconds) & (length > 300.0)
    if not fast.any():
        return None
    worst = int(np.argmax(np.where(fast, length / np.maximum(seconds, 1e-3), 0.0)))
    values = {
        "n": int(fast.sum()),
        "km": f"{length[worst] / 1000:.1f}",
        "seconds": f"{seconds[worst]:.0f}",
    }
    text = Message("{n} impossible steps; the worst: {km} km in {seconds} s.", values)
    return Doubt("impossible_speed", patrol, -1, float(seconds[fast].sum() / 60.0), text)


def _vehicle(found: Patrols, patrol: int, params: DoubtParams) -> Doubt | None:
    ridden, minutes = float(found.vehicle_min[patrol]), float(found.minutes[patrol])
    if minutes < params.least_minutes or ridden < params.vehicle_share * minutes:
        return None
    values = {"ridden": f"{ridden:.0f}", "minutes": f"{minutes:.0f}"}
    text = Message("{ridden} of {minutes} minutes were ridden.", values)
    return Doubt("vehicle", patrol, -1, ridden, text)


def _datum_flip(found: Patrols, patrol: int, params: DoubtParams) -> Doubt | None:
    """Tell jumps that equal the offset of GCJ-02 at the place: the app changed its map."""
    rows, fixes = _slice(found, patrol), found.fixes
    lon, lat, time = fixes.lon[rows], fixes.lat[rows], fixes.time[rows] / 1000.0
    length = metres(lon[:-1], lat[:-1], lon[1:], lat[1:])
    jump = np.flatnonzero((length > 150.0) & (length < 1200.0) & (np.diff(time) <= 180.0))
    if not len(jump):
        return None
    shifted = gcj_from_wgs(lon[jump], lat[jump])
    east, north = metres_per_degree(lat[jump])
    goal_x, goal_y = (shifted[0] - lon[jump]) * east, (shifted[1] - lat[jump]) * north
    step_x, step_y = (lon[jump + 1] - lon[jump]) * east, (lat[jump + 1] - lat[jump]) * north
    slack = 20.0 + 1.5 * np.diff(time)[jump]
    there = np.hypot(step_x - goal_x, step_y - goal_y) <= slack
    back = np.hypot(step_x + goal_x, step_y + goal_y) <= slack
    same = (there | back) & (slack < 0.2 * np.hypot(goal_x, goal_y))
    if not same.any():
        return None
    values = {"n": int(same.sum()), "metre": f"{float(length[jump][same].mean()):.0f}"}
    text = Message("{n} jumps of {metre} m that equal the offset between WGS84 and GCJ-02.", values)
    return Doubt("datum_flip", patrol, -1, 0.0, text)


def _altitude(found: Patrols, patrol: int, params: DoubtParams, ground: Ground) -> Doubt | None:
    if not _moving(found, patrol, params):
        return None
    rows, fixes = _slice(found, patrol), found.fixes
    if not np.isfinite(fixes.ele[rows]).any():
        return None
    text = against_ground(fixes.ele[rows], ground(fixes.lon[rows], fixes.lat[rows]))
    if text is None:
        return None
    return Doubt("altitude", patrol, -1, float(found.minutes[patrol]), text)


def _devices(found: Patrols, declared: frozenset[frozenset[str]]) -> list[Doubt]:
    """Tell patrols recorded by a phone that another's patrols before and after were made with."""
    out, people = [], found.fixes.people
    for patrol, other, device in shared_devices(found):
        pair = frozenset((people[found.person[patrol]], people[found.person[other]]))
        if pair in declared:
            continue
        values = {"device": masked(found.fixes.devices[device]), "day": day_text(found.day[other])}
        text = Message(
            "Recorded by the phone {device} that the other carried on {day}: one phone for two.",
            values,
        )
        out.append(Doubt("shared_phone", patrol, other, float(found.minutes[patrol]), text))
    return out


def _handovers(found: Patrols, declared: frozenset[frozenset[str]]) -> list[Doubt]:
    out, people = [], found.fixes.people
    for first, second, seconds, metre in handovers(found):
        pair = frozenset((people[found.person[first]], people[found.person[second]]))
        if pair in declared:
            continue
        values = {"seconds": f"{seconds:.0f}", "metre": f"{metre:.0f}"}
        text = Message(
            "It begins in mid-stride {seconds} s after the other's track stopped in mid-stride,"
            " {metre} m away: one phone for two.",
            values,
        )
        out.append(Doubt("shared_phone", second, first, float(found.minutes[second]), text))
    return out


def _twins(
    found: Patrols, params: DoubtParams, declared: frozenset[frozenset[str]], progress: Progress
) -> list[Doubt]:
    """Compare patrols that crossed the same cells."""
    enough = [p for p in range(len(found)) if _moving(found, p, params)]
    tracks = {p: _track(found, p) for p in enough}
    out: list[Doubt] = []
    candidates = pairs_of(tracks)
    for number, (a, b) in enumerate(candidates):
        if number % 200 == 0:
            step(progress, 0.4 + 0.6 * number / len(candidates))
        doubt = _compared(found, tracks, a, b, params, declared)
        if doubt is not None:
            out.append(doubt)
    return out


def _track(found: Patrols, patrol: int) -> Track:
    rows, fixes = _slice(found, patrol), found.fixes
    return Track(fixes.time[rows] / 1000.0, fixes.lon[rows], fixes.lat[rows])


def _compared(
    found: Patrols,
    tracks: dict[int, Track],
    a: int,
    b: int,
    params: DoubtParams,
    declared: frozenset[frozenset[str]],
) -> Doubt | None:
    people = found.fixes.people
    one, other = people[found.person[a]], people[found.person[b]]
    overlap = min(found.end[a], found.end[b]) - max(found.start[a], found.start[b])
    if one != other and overlap >= params.least_minutes * 60_000:
        if frozenset((one, other)) in declared:
            return None
        share, exact, minutes = together_share(tracks[a], tracks[b], params.same_m)
        if share < params.same_share or minutes < params.least_minutes:
            return None
        values = {"percent": f"{100 * share:.0f}", "metre": f"{params.same_m:.0f}"}
        values |= {"minutes": f"{minutes:.0f}"}
        if exact >= 0.5:
            text = Message("The same fixes under two names for {minutes} minutes.", values)
            return Doubt("same_track", b, a, minutes, text)
        text = Message(
            "Within {metre} m of the other for {percent} % of {minutes} minutes: walking together"
            " (同行) or one walker with two phones.",
            values,
        )
        return Doubt("together", b, a, minutes, text)
    if overlap > 0:
        return None
    share, minutes, pace = replay_share(tracks[a], tracks[b], params.same_m)
    if share < params.same_share or minutes < params.least_minutes:
        return None
    values = {"percent": f"{100 * share:.0f}", "metre": f"{params.same_m:.0f}"}
    values |= {"minutes": f"{minutes:.0f}"}
    text = Message(
        "For {percent} % of {minutes} minutes within {metre} m of where the earlier track was the"
        " same time after its start.",
        values,
    )
    if abs(abs(pace) - 1.0) > PACE:
        values |= {"pace": f"{abs(pace):.2f}"}
        text = Message(
            "For {percent} % of {minutes} minutes within {metre} m of the other track played at"
            " {pace} times its pace.",
            values,
        )
    elif pace < 0:
        text = Message(
            "For {percent} % of {minutes} minutes within {metre} m of the earlier track run"
            " backwards at the same pace.",
            values,
        )
    first, later = (a, b) if found.start[a] <= found.start[b] else (b, a)
    return Doubt("replay", later, first, minutes, text)
