"""Doubts about a patrol that its own fixes raise: made, impossible, ridden or shifted tracks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.patrols.altitude import Ground, against_ground
from linzhang_plugin.core.patrols.datum import gcj_from_wgs
from linzhang_plugin.core.patrols.distance import metres, metres_per_degree
from linzhang_plugin.core.patrols.doubt import Doubt, DoubtParams
from linzhang_plugin.core.patrols.fixes import Floats
from linzhang_plugin.core.patrols.patrols import Patrols
from linzhang_plugin.core.progress import Progress, step


def single_doubts(
    found: Patrols, params: DoubtParams, ground: Ground | None, progress: Progress
) -> Iterator[Doubt]:
    """Look at each patrol alone.

    Args:
        found: Patrols with their fixes.
        params: Limits.
        ground: Heights of a DEM; None: altitudes are not compared.
        progress: Told between the patrols.

    Raises:
        CancelledError: The user stopped it.
    """
    looks: tuple[Callable[[Patrols, int, DoubtParams], Doubt | None], ...] = (
        _interpolated, _even_speed, _impossible, _vehicle, _datum_flip,
    )  # fmt: skip
    for patrol in range(len(found)):
        if patrol % 50 == 0:
            step(progress, patrol / len(found))
        made = [look(found, patrol, params) for look in looks]
        made.append(None if ground is None else _altitude(found, patrol, params, ground))
        yield from (doubt for doubt in made if doubt is not None)


def rows_of(found: Patrols, patrol: int) -> slice:
    """Give the fixes of a patrol."""
    return slice(int(found.first[patrol]), int(found.last[patrol]) + 1)


def _thinned(found: Patrols, patrol: int, seconds: float) -> tuple[Floats, Floats, Floats]:
    """Give time (s), x and y (m) of a patrol with steps of at least so many seconds."""
    rows = rows_of(found, patrol)
    fixes = found.fixes
    time = fixes.time[rows] / 1000.0
    slot = np.floor((time - time[0]) / seconds + 0.05).astype(np.int64)
    kept = np.concatenate([[True], np.diff(slot) > 0])
    lon, lat = fixes.lon[rows][kept], fixes.lat[rows][kept]
    east, north = metres_per_degree(float(lat[0]))
    return time[kept], (lon - lon[0]) * float(east), (lat - lat[0]) * float(north)


def moving(found: Patrols, patrol: int, params: DoubtParams) -> bool:
    """Tell whether a patrol lasted and moved enough to say anything."""
    return bool(
        found.minutes[patrol] >= params.least_minutes and found.km[patrol] >= params.least_km
    )


def _interpolated(found: Patrols, patrol: int, params: DoubtParams) -> Doubt | None:
    """Tell fixes that lie where a straight line at even speed would put them: GPS wanders."""
    if not moving(found, patrol, params):
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
    if not moving(found, patrol, params):
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
    rows, fixes = rows_of(found, patrol), found.fixes
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
    rows, fixes = rows_of(found, patrol), found.fixes
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
    if not moving(found, patrol, params):
        return None
    rows, fixes = rows_of(found, patrol), found.fixes
    if not np.isfinite(fixes.ele[rows]).any():
        return None
    text = against_ground(fixes.ele[rows], ground(fixes.lon[rows], fixes.lat[rows]))
    if text is None:
        return None
    return Doubt("altitude", patrol, -1, float(found.minutes[patrol]), text)
