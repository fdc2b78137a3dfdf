"""Whose grid lies where, on which days, in degrees: what fixes are compared with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from linzhang_plugin.core.patrols.clock import day_number
from linzhang_plugin.core.patrols.fixes import Bools, Floats, Ints
from linzhang_plugin.core.tables.zones import to_zone

ALWAYS = (-(10**6), 10**6)


@dataclass(frozen=True)
class Post:
    """A person answers for an area from one day to another, both included.

    Attributes:
        area: Polygon in degrees, the buffer included.
        codes: Codes of its grids.
        first: Day number.
        last: Day number.
    """

    area: shapely.Geometry
    codes: tuple[str, ...]
    first: int = ALWAYS[0]
    last: int = ALWAYS[1]


@dataclass(frozen=True)
class Areas:
    """Posts of every person who has one; others are judged against no grid."""

    posts: Mapping[str, tuple[Post, ...]] = field(default_factory=dict)

    def inside(self, person: str, day: Ints, lon: Floats, lat: Floats) -> Bools | None:
        """Tell which fixes of a person lie in the own grid of their day; None without a grid."""
        posts = self.posts.get(person)
        if not posts:
            return None
        out = np.zeros(len(lon), dtype=bool)
        for post in posts:
            rows = np.flatnonzero((day >= post.first) & (day <= post.last))
            if not len(rows):
                continue
            shapely.prepare(post.area)  # lost on the way to another process
            west, south, east, north = post.area.bounds
            x, y = lon[rows], lat[rows]
            rows = rows[(x >= west) & (x <= east) & (y >= south) & (y <= north)]
            out[rows] |= shapely.contains_xy(post.area, lon[rows], lat[rows])
        return out


def make_areas(
    grids: gpd.GeoDataFrame, buffer_m: float, assignments: pd.DataFrame | None = None
) -> Areas:
    """Make the areas of rangers.

    Args:
        grids: ``grid_code``, ``ranger_id`` and polygons in any CRS.
        buffer_m: A fix so near the grid is in it; canopy and old borders are that uncertain.
        assignments: ``grid_code, person_id, start_on, end_on`` (ISO dates or NULL), which then
            count instead of ``ranger_id``.
    """
    flat = to_zone(grids)
    wide = flat.geometry.buffer(buffer_m) if buffer_m else flat.geometry
    degrees = gpd.GeoSeries(wide, crs=flat.crs).to_crs(4326).to_numpy()
    for shape in degrees:
        if shape is not None:
            shapely.prepare(shape)
    by_code = dict(zip(flat["grid_code"].astype(str), degrees, strict=True))
    posts: dict[str, list[Post]] = {}
    for person, code, first, last in _who(flat, assignments):
        if code in by_code and by_code[code] is not None:
            posts.setdefault(person, []).append(Post(by_code[code], (code,), first, last))
    return Areas({person: tuple(found) for person, found in sorted(posts.items())})


def _who(
    grids: gpd.GeoDataFrame, assignments: pd.DataFrame | None
) -> list[tuple[str, str, int, int]]:
    if assignments is None:
        if "ranger_id" not in grids.columns:
            return []
        pairs = zip(grids["ranger_id"], grids["grid_code"].astype(str), strict=True)
        return [(str(p), c, *ALWAYS) for p, c in pairs if p is not None and p == p and str(p)]
    rows = []
    for row in assignments.to_dict("records"):
        first = _day(row.get("start_on"), ALWAYS[0])
        last = _day(row.get("end_on"), ALWAYS[1])
        rows.append((str(row["person_id"]), str(row["grid_code"]), first, last))
    return sorted(rows)


def _day(value: object, otherwise: int) -> int:
    if pd.isna(value) or not str(value).strip():
        return otherwise
    return day_number(str(value))
