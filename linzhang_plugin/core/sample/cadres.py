"""The invented cadres, party members and volunteers who stand in where no ranger was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from linzhang_plugin.core.sample.land import frame
from linzhang_plugin.core.sample.names import MARK, person_names

ROLES = (
    ("cadre", "镇干部", "G", 9, 17, 8),
    ("party_member", "村党员", "D", 8, 18, 6),
    ("volunteer", "护林志愿者", "V", 8, 12, 4),
)
"""Role, post, letter of the id, hours between which they can come, most hours a day."""
GRIDS_A_TEAM = 3
FILLED = 0.4
"""Share of the zones and days of extreme danger on which one of them checked in."""
DAY_MS = 86_400_000


@dataclass(frozen=True, eq=False)
class Helpers:
    """What stands in the workspace.

    Attributes:
        person: The people, to be added to those of the county.
        shift: When they can come.
        checkin: Where they were.
    """

    person: gpd.GeoDataFrame
    shift: pd.DataFrame
    checkin: gpd.GeoDataFrame


def make_helpers(
    person: gpd.GeoDataFrame, zones: gpd.GeoDataFrame, extreme: frozenset[int], seed: int, year: int
) -> Helpers:
    """Make helpers for every town with risk zones but the last, and their check-ins.

    One of each role for every three grids with a zone. The last town has nobody: hours there stay
    open. Check-ins name the zone, or lie in it.

    Args:
        person: The county's people; no name is given twice.
        zones: Risk zones with their towns.
        extreme: Days of extreme danger (since 1970).
        seed: Seed.
        year: The year to be planned; shifts are of the quarter before it.
    """
    rng = np.random.default_rng([seed, 66])
    towns = sorted(set(zones["town_code"].dropna()))
    helped = towns[:-1] if len(towns) > 1 else towns
    taken = set(person["name"])
    people, shifts = [], []
    grids = zones.groupby("town_code")["grid_code"].nunique()
    teams = [town for town in helped for _ in range(max(1, round(grids[town] / GRIDS_A_TEAM)))]
    invented = person_names(rng, len(ROLES) * len(teams) + len(taken))
    names = iter([name for name in invented if name not in taken])
    for number, town in enumerate(teams, start=1):
        for role, post, letter, begin, end, most in ROLES:
            identity = f"{letter}{number:04d}"
            people.append(
                {
                    "person_id": identity, "name": next(names), "role": role, "town_code": town,
                    "post": post, "active_from": f"{year - 2}-01-01", "note": MARK,
                }
            )  # fmt: skip
            shifts.append(
                {
                    "person_id": identity, "town_code": town, "first_day": f"{year - 1}-10-01",
                    "last_day": f"{year - 1}-12-31", "from_hour": begin, "to_hour": end,
                    "most_hours": most, "note": MARK,
                }
            )  # fmt: skip
    shapes = gpd.GeoSeries([None] * len(people), crs=person.crs)
    made = gpd.GeoDataFrame(pd.DataFrame(people), geometry=shapes, crs=person.crs)
    return Helpers(made, pd.DataFrame(shifts), _checkins(rng, made, zones, sorted(extreme)))


def _checkins(
    rng: np.random.Generator, people: pd.DataFrame, zones: gpd.GeoDataFrame, days: Sequence[int]
) -> gpd.GeoDataFrame:
    """Let the people of a town take turns at its zones; nobody is at two places at one time."""
    own = {town: rows["person_id"].tolist() for town, rows in people.groupby("town_code")}
    rows, points = [], []
    turn: dict[tuple[str, int], int] = {}
    pairs = zip(zones["zone_id"], zones["town_code"], zones.geometry, strict=True)
    for zone, town, shape in pairs:
        for day in days:
            luck, named = rng.random(), rng.random() < 0.7
            if luck >= FILLED or town not in own:
                continue
            count = turn[town, day] = turn.get((town, day), -1) + 1
            who = own[town][count % len(own[town])]
            moment = day * DAY_MS + (9 * 60 + 20 * (count // len(own[town])) - 480) * 60_000
            rows.append(
                {
                    "person_id": who,
                    "done_at": f"{np.datetime64(moment, 'ms').astype('datetime64[s]')}Z",
                    "zone_id": zone if named else None,
                    "place": f"{MARK}卡口",
                    "note": MARK,
                }
            )
            points.append(None if named else shape.representative_point())
    names = ["person_id", "done_at", "zone_id", "place", "note"]
    table = {name: [row[name] for row in rows] for name in names}
    return frame(table, np.array([*points, None], dtype=object)[:-1])
