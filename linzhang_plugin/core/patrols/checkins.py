"""Check-ins of cadres, party members and volunteers who have no app: lists that an office keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.fixes import iso_utc
from linzhang_plugin.core.patrols.people import Roster
from linzhang_plugin.core.patrols.readers.decimals import parse_decimal
from linzhang_plugin.core.patrols.readers.rejected import Rejection
from linzhang_plugin.core.patrols.readers.times import NO_TIME, parse_time
from linzhang_plugin.core.patrols.records import Records, cell_text, columns_of
from linzhang_plugin.core.tables.zones import to_zone

NAMES: dict[str, tuple[str, ...]] = {
    "person_id": (
        "personid", "人员编号", "签到人编号", "签到人", "工号", "人员", "姓名", "name", "person",
    ),
    "done_at": ("doneat", "签到时间", "打卡时间", "到点时间", "时间", "time", "datetime"),
    "day": ("day", "date", "日期", "签到日期", "打卡日期"),
    "zone_id": ("zoneid", "区域编号", "区域", "重点区域", "点位", "zone", "区域名称"),
    "place": ("place", "地点", "签到地点", "位置", "location"),
    "photo": ("photo", "照片", "现场照片", "图片", "image"),
    "note": ("note", "备注", "说明", "情况", "巡查情况"),
    "lon": ("lon", "lng", "longitude", "经度", "x"),
    "lat": ("lat", "latitude", "纬度", "y"),
}  # fmt: skip
WORDS = {name: " ".join((name, *words[1:], words[0])) for name, words in NAMES.items()}
"""The same as the sheet reader takes them."""
FAR_M = 500.0
"""A position so far from the zone that the row names contradicts it."""
NOON_MS = 12 * 3_600_000


@dataclass(frozen=True)
class Zones:
    """Risk zones by id and by name.

    Attributes:
        shapes: Shape of each id, in degrees.
        metres: The same in the county's own zone, for distances; ``crs`` says which.
        ids: Ids of each name.
        crs: CRS of ``metres``.
    """

    shapes: dict[str, shapely.Geometry]
    metres: dict[str, shapely.Geometry]
    ids: dict[str, tuple[str, ...]]
    crs: object = None

    @classmethod
    def of(cls, zones: gpd.GeoDataFrame | None) -> Zones:
        """Take the risk zones of a county: ``zone_id``, ``zone_name`` and shapes."""
        if zones is None or not len(zones):
            return cls({}, {}, {})
        flat = to_zone(zones)
        names = [str(name) for name in zones["zone_id"]]
        ids: dict[str, list[str]] = {}
        for name, title in zip(names, zones.get("zone_name", [None] * len(zones)), strict=True):
            if isinstance(title, str) and title.strip():
                ids.setdefault(title.strip(), []).append(name)
        return cls(
            dict(zip(names, flat.geometry.to_crs(4326), strict=True)),
            dict(zip(names, flat.geometry, strict=True)),
            {title: tuple(found) for title, found in ids.items()},
            flat.crs,
        )

    def named(self, word: str) -> str:
        """Give the id of a word; empty where no zone or several fit."""
        if word in self.metres:
            return word
        found = self.ids.get(word, ())
        return found[0] if len(found) == 1 else ""

    def away(self, zone: str, lon: float, lat: float) -> float:
        """Give the distance of a position to a zone (m)."""
        point = gpd.GeoSeries([shapely.Point(lon, lat)], crs=4326).to_crs(self.crs).iloc[0]
        return float(self.metres[zone].distance(point))


def read_checkins(
    header: Sequence[object],
    rows: Sequence[Sequence[object]],
    lines: Sequence[int],
    clock: Clock,
    roster: Roster,
    zones: Zones,
    points: Sequence[shapely.Geometry | None] | None = None,
) -> Records:
    """Read a list of check-ins; what cannot be used is refused with its line and reason.

    A row needs a person, a time (a day alone counts as its noon) and a risk zone or a position.

    Args:
        header: Column names.
        rows: Cells.
        lines: Line of each row.
        clock: Zone of times that name none.
        roster: Who is who; without anybody every word is taken as an id.
        zones: The county's risk zones; without any every word is taken as an id.
        points: Position of each row in degrees, where the list is a layer of points.

    Returns:
        Rows of ``checkin`` with ``lon`` and ``lat`` (NaN where unknown) and ``note``.
    """
    columns = columns_of(header, NAMES)
    good: dict[tuple[object, object], dict[str, object]] = {}
    refused: list[Rejection] = []
    for number, (line, row) in enumerate(zip(lines, rows, strict=True)):
        text = {name: cell_text(row, columns, name) for name in NAMES}
        lon, lat = _position(text, None if points is None else points[number])
        who = roster.person(text["person_id"])
        moment = _moment(text, clock)
        zone = zones.named(text["zone_id"]) if zones.metres else text["zone_id"]
        reason = _reason(text, who, moment, zone, lon, lat, zones)
        if reason is None and (who, moment) in good:
            reason = Message("The check-in is there already.")
        if reason is not None:
            refused.append(Rejection(text["person_id"], line, reason))
            continue
        good[who, moment] = {
            "person_id": who,
            "done_at": iso_utc(np.array([moment]))[0],
            "zone_id": zone or None,
            "place": text["place"] or None,
            "photo": text["photo"] or None,
            "note": text["note"] or None,
            "lon": lon,
            "lat": lat,
        }
    names = ["person_id", "done_at", "zone_id", "place", "photo", "note", "lon", "lat"]
    return Records(pd.DataFrame(list(good.values()), columns=names), refused)


def _position(text: dict[str, str], point: shapely.Geometry | None) -> tuple[float, float]:
    """Give degrees, NaN where the row has no position that can be one."""
    if point is not None and not point.is_empty:
        middle = point.centroid
        return float(middle.x), float(middle.y)
    lon, lat = parse_decimal(text["lon"]), parse_decimal(text["lat"])
    known = abs(lon) <= 180 and abs(lat) <= 90 and (lon, lat) != (0.0, 0.0)
    return (lon, lat) if known else (float("nan"), float("nan"))


def _moment(text: dict[str, str], clock: Clock) -> int:
    """Give ms UTC of a time, of a day and a time, or of a day's noon."""
    moment = parse_time(text["done_at"], clock)
    if moment != NO_TIME or not text["day"]:
        return moment
    moment = parse_time(f"{text['day']} {text['done_at']}".strip(), clock)
    if moment == NO_TIME or text["done_at"]:
        return moment
    local = int(clock.local(moment))
    return moment + NOON_MS if local % 86_400_000 == 0 else moment


def _reason(
    text: dict[str, str], who: str, moment: int, zone: str, lon: float, lat: float, zones: Zones
) -> Message | None:
    """Say why a row cannot be used; None where it can."""
    if not text["person_id"]:
        return Message("The check-in names no person.")
    if not who:
        return Message(
            "{who} is not on the roster, or several have that name.", {"who": text["person_id"]}
        )
    if moment == NO_TIME:
        return Message("The time of the check-in cannot be read.")
    if text["zone_id"] and not zone:
        return Message(
            "There is no risk zone {zone}, or several have that name.", {"zone": text["zone_id"]}
        )
    if not zone and lon != lon:
        return Message("The check-in names neither a risk zone nor a position.")
    if zone and zones.metres and lon == lon:
        away = zones.away(zone, lon, lat)
        if away > FAR_M:
            values = {"zone": zone, "metres": f"{away:.0f}"}
            return Message("The position lies {metres} m from zone {zone}; correct either.", values)
    return None
