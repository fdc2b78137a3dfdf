"""Daily patrols of risk zones: due inside a key period at the danger level, visited or missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.patrols.clock import Clock, day_text
from linzhang_plugin.core.patrols.fixes import Fixes, Floats
from linzhang_plugin.core.patrols.rates import percent
from linzhang_plugin.core.patrols.sources import ByPeople
from linzhang_plugin.core.progress import Progress, silent, step
from linzhang_plugin.core.tables.zones import to_zone

EVERYWHERE = ""
BY_TRACE, BY_CHECKIN = "trace", "check-in"


@dataclass(frozen=True)
class RiskParams:
    """When a zone is due and what a visit is.

    Attributes:
        level: Danger level from which zones are due (5 极易燃烧, 4 容易燃烧).
        near_m: A fix so near the zone is at it.
        least_minutes: Minutes there that make a visit.
    """

    level: int = 5
    near_m: float = 50.0
    least_minutes: float = 3.0


@dataclass(frozen=True)
class CheckIn:
    """A cadre or volunteer without an app was at a zone.

    Attributes:
        person: Who.
        day: Day number.
        zone: Zone id, empty where the position tells.
        lon: Degrees, NaN where ``zone`` tells.
        lat: Degrees.
    """

    person: str
    day: int
    zone: str = ""
    lon: float = float("nan")
    lat: float = float("nan")


def due_days(
    levels: Mapping[tuple[int, str], int],
    periods: Sequence[tuple[int, int]],
    level: int,
    first: int,
    last: int,
) -> dict[tuple[int, str], int]:
    """Give the (day, town) pairs on which zones are due, with the danger level.

    Args:
        levels: Danger level by (day, town code); an empty town holds for all towns that have
            none of their own.
        periods: Key periods as (first, last) day, both included.
        level: Level from which zones are due.
        first: First day asked for.
        last: Last day.
    """
    return {
        key: value
        for key, value in sorted(levels.items())
        if value >= level and first <= key[0] <= last and any(a <= key[0] <= b for a, b in periods)
    }


def visits(
    fixes: Fixes | ByPeople,
    zones: gpd.GeoDataFrame,
    due: Mapping[tuple[int, str], int],
    params: RiskParams,
    clock: Clock,
    checkins: Sequence[CheckIn] = (),
    known_towns: frozenset[tuple[int, str]] = frozenset(),
    progress: Progress = silent,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tell for every zone and due day who was there.

    Args:
        fixes: In order of person and time, WGS84; whole or some persons at a time.
        zones: ``zone_id`` and any geometry; ``town_code`` where levels differ by town.
        due: :func:`due_days`.
        params: Distance and minutes of a visit.
        clock: Zone of the days.
        checkins: Visits without an app.
        known_towns: (day, town) pairs with a level of their own, also below the limit.
        progress: Told after every zone of every part.

    Returns:
        Tables ``visit`` and ``missed``.
    """
    flat = to_zone(zones)
    wide = flat.geometry.buffer(params.near_m).to_crs(4326).to_numpy()
    present: list[Present] = [{} for _ in wide]
    parts = [fixes] if isinstance(fixes, Fixes) else fixes
    for done, some in enumerate(parts):
        day = clock.day(some.time)
        weight = _minutes(some, day)
        for number, shape in enumerate(wide):
            step(progress, (done + number / len(wide)) / len(parts))
            for when, people in _present(some, day, weight, shape).items():
                present[number].setdefault(when, {}).update(people)
    rows: list[tuple[object, ...]] = []
    for number, (zone, shape) in enumerate(zip(zones["zone_id"], wide, strict=True)):
        town = str(zones["town_code"].iloc[number] or "") if "town_code" in zones else ""
        for (when, where), level in due.items():
            own = where == town or (where == EVERYWHERE and (when, town) not in known_towns)
            if own:
                rows.append(
                    _visit(str(zone), when, level, present[number], checkins, shape, params)
                )
    names = ["zone_id", "day", "level", "visited", "minutes", "person_ids", "by"]
    table = pd.DataFrame(rows, columns=names)
    missed = table.loc[~table["visited"].astype(bool), ["zone_id", "day", "level"]].copy()
    missed["text"] = [
        Message("Due at danger level {level}; nobody was there.", {"level": int(level)})
        for level in missed["level"]
    ]
    return table, missed


def _minutes(fixes: Fixes, day: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Floats:
    """Give the minutes that each fix stands for: half of the steps beside it, 10 at most each."""
    lasting = np.diff(fixes.time) / 60_000.0
    same = (np.diff(fixes.person) == 0) & (np.diff(day) == 0) & (lasting <= 10.0)
    lasting = np.where(same, lasting, 0.0)
    weight = np.zeros(len(fixes))
    weight[:-1] += lasting / 2
    weight[1:] += lasting / 2
    return weight


Present = dict[int, dict[str, float]]


def _present(
    fixes: Fixes,
    day: np.ndarray[tuple[int], np.dtype[np.int64]],
    weight: Floats,
    shape: shapely.Geometry,
) -> Present:
    west, south, east, north = shape.bounds
    rows = np.flatnonzero(
        (fixes.lon >= west) & (fixes.lon <= east) & (fixes.lat >= south) & (fixes.lat <= north)
    )
    shapely.prepare(shape)
    rows = rows[shapely.contains_xy(shape, fixes.lon[rows], fixes.lat[rows])]
    out: Present = {}
    frame = pd.DataFrame({"day": day[rows], "person": fixes.person[rows], "minutes": weight[rows]})
    for (when, person), minutes in frame.groupby(["day", "person"])["minutes"].sum().items():
        out.setdefault(int(when), {})[fixes.people[int(person)]] = float(minutes)
    return out


def _visit(
    zone: str,
    when: int,
    level: int,
    present: Present,
    checkins: Sequence[CheckIn],
    shape: shapely.Geometry,
    params: RiskParams,
) -> tuple[object, ...]:
    there = present.get(when, {})
    walkers = sorted(p for p, minutes in there.items() if minutes >= params.least_minutes)
    others = sorted(
        c.person
        for c in checkins
        if c.day == when
        and (c.zone == zone if c.zone else bool(shapely.contains_xy(shape, c.lon, c.lat)))
    )
    by = " + ".join(word for word, who in ((BY_TRACE, walkers), (BY_CHECKIN, others)) if who)
    minutes = max(there.values(), default=0.0)
    visited = bool(walkers or others)
    people = ", ".join(sorted({*walkers, *others}))
    return zone, day_text(when), level, visited, minutes, people, by


def risk_rates(table: pd.DataFrame, zones: pd.DataFrame) -> pd.DataFrame:
    """Give 重点区域巡护率 of each town and of all (empty code).

    Args:
        table: :func:`visits`.
        zones: ``zone_id`` and, where known, ``town_code``.

    Returns:
        ``town_code, due, visited, missed, checkins, risk_percent`` (None where nothing was due);
        ``checkins`` are the visits that no trace shows.
    """
    towns: dict[str, str] = {}
    if "town_code" in zones:
        pairs = zip(zones["zone_id"].astype(str), zones["town_code"], strict=True)
        towns = {zone: town if isinstance(town, str) else "" for zone, town in pairs}
    own = [towns.get(str(zone), "") for zone in table["zone_id"]]
    seen = table["visited"].astype(bool).to_numpy()
    filled = (table["by"] == BY_CHECKIN).to_numpy(dtype=bool)
    rows = []
    for town in [*sorted(set(own) - {""}), ""]:
        here = np.array([not town or name == town for name in own], dtype=bool)
        due, done = int(here.sum()), int((here & seen).sum())
        helped = int((here & filled).sum())
        rows.append((town, due, done, due - done, helped, percent(done, due)))
    names = ["town_code", "due", "visited", "missed", "checkins", "risk_percent"]
    return pd.DataFrame(rows, columns=names)
