"""Tracks as LineStringZM: Z metres, M seconds since 1970 UTC. Shapely 2.0 knows no M, we do."""

from __future__ import annotations

import struct

import numpy as np
import pandas as pd

from linzhang_plugin.core.patrols.distance import metres
from linzhang_plugin.core.patrols.fixes import Fixes, Floats, Ints, iso_utc

LINE_ZM = 3002
"""Type of ISO WKB."""
SPLIT_MINUTES = 60.0


def line_wkb(lon: Floats, lat: Floats, ele: Floats, time: Ints) -> bytes:
    """Give one line; a single fix becomes a line that stays where it is.

    Args:
        lon: (n,) degrees.
        lat: (n,) degrees.
        ele: (n,) m; unknown is written as 0.
        time: (n,) ms UTC.
    """
    points = np.empty((max(2, len(lon)), 4), dtype="<f8")
    points[:, 0], points[:, 1] = lon, lat
    points[:, 2] = np.where(np.isfinite(ele), ele, 0.0)
    points[:, 3] = time / 1000.0
    return struct.pack("<BII", 1, LINE_ZM, len(points)) + points.tobytes()


def line_points(wkb: bytes) -> Floats:
    """Give (n, 4) x, y, z, m of a line or multiline in WKB; z and m are NaN where it has none.

    A feature without geometry has an empty WKB and gives no point.
    """
    parts: list[Floats] = []
    if wkb:
        _parse(wkb, 0, parts)
    return np.concatenate(parts) if parts else np.empty((0, 4))


def _parse(wkb: bytes, place: int, parts: list[Floats]) -> int:
    order = "<" if wkb[place] else ">"
    code, count = struct.unpack_from(order + "II", wkb, place + 1)
    place += 9
    has_z = bool(code & 0x80000000) or (code & 0xFFFF) // 1000 in (1, 3)
    has_m = bool(code & 0x40000000) or (code & 0xFFFF) // 1000 in (2, 3)
    kind = (code & 0xFFFF) % 1000
    if kind == 2:
        width = 2 + has_z + has_m
        raw = np.frombuffer(wkb, dtype=order + "f8", count=count * width, offset=place)
        points = np.full((count, 4), np.nan)
        points[:, :2] = raw.reshape(count, width)[:, :2]
        if has_z:
            points[:, 2] = raw.reshape(count, width)[:, 2]
        if has_m:
            points[:, 3] = raw.reshape(count, width)[:, -1]
        parts.append(points)
        return place + 8 * count * width
    if kind == 5:
        for _ in range(count):
            place = _parse(wkb, place, parts)
    return place


def track_frame(fixes: Fixes, datums: tuple[str, ...] | None = None) -> pd.DataFrame:
    """Give a row a track of fixes in order, cut where a person was silent for an hour.

    Args:
        fixes: In order of person and time.
        datums: (people) what the file's datum was, for the column ``datum``.

    Returns:
        The columns of the table ``track`` and ``wkb``.
    """
    n = len(fixes)
    names = ["person_id", "track_no", "start", "end", "n_fix", "minutes", "km", "datum", "source"]
    if not n:
        return pd.DataFrame(columns=[*names, "wkb"])
    far = np.diff(fixes.time) > SPLIT_MINUTES * 60_000
    heads = np.concatenate([[0], np.flatnonzero(far | (np.diff(fixes.person) != 0)) + 1, [n]])
    first, last = heads[:-1], heads[1:] - 1
    step = metres(fixes.lon[:-1], fixes.lat[:-1], fixes.lon[1:], fixes.lat[1:])
    way = np.concatenate([[0.0], np.cumsum(step)])
    people = np.array(fixes.people, dtype=object)
    wkb = np.empty(len(first), dtype=object)
    wkb[:] = [
        line_wkb(fixes.lon[a:b], fixes.lat[a:b], fixes.ele[a:b], fixes.time[a:b])
        for a, b in zip(heads[:-1].tolist(), heads[1:].tolist(), strict=True)
    ]
    told = np.array(datums or ("",) * len(people), dtype=object)
    return pd.DataFrame(
        {
            "person_id": people[fixes.person[first]],
            "track_no": np.arange(1, len(first) + 1),
            "start": iso_utc(fixes.time[first]),
            "end": iso_utc(fixes.time[last]),
            "n_fix": last - first + 1,
            "minutes": (fixes.time[last] - fixes.time[first]) / 60_000.0,
            "km": (way[last] - way[first]) / 1000.0,
            "datum": told[fixes.person[first]],
            "source": np.array(fixes.sources, dtype=object)[fixes.source[first]],
            "wkb": wkb,
        }
    )
