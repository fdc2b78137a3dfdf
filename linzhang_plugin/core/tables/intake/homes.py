"""Where a ranger lives: given coordinates, else a point that stands for the home (推定)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

from linzhang_plugin.core.tables.intake.values import text

Homes = Mapping[str, Any]
"""12-digit village or 9-digit town code → point in degrees (EPSG:4490)."""

_DMS = re.compile(r"(\d{1,3})[°度](?:(\d{1,2})['′分])?(?:(\d{1,2}(?:\.\d+)?)[\"″秒]?)?")


def presumed_homes(
    units: gpd.GeoDataFrame | None, stands: gpd.GeoDataFrame | None
) -> dict[str, Any]:
    """Give a point for every village and town.

    A village with a real boundary has the point inside it; else the centre of its forest, moved
    to the nearest stand so that it is no mountain away, stands for it. The same for towns.

    Args:
        units: ``admin_unit`` rows with geometry, or None.
        stands: ``stand`` rows with ``town_code``, ``village_code``, geometry, or None.
    """
    points: dict[str, Any] = {}
    if stands is not None and len(stands):
        shapes: Any = stands.geometry.to_crs(4490).to_numpy()
        for column in ("town_code", "village_code"):
            codes = stands[column].fillna("").astype(str).to_numpy()
            points |= _forest_points(codes, shapes)
    if units is not None and len(units):
        real = units[~units["presumed"].fillna(False).astype(bool) & units.geometry.notna()]
        inside = real.geometry.to_crs(4490).representative_point()
        points |= dict(zip(real["unit_code"], inside, strict=True))
    return points


def _forest_points(codes: Any, shapes: Any) -> dict[str, Any]:
    centres = shapely.centroid(shapes)
    x, y, area = shapely.get_x(centres), shapely.get_y(centres), shapely.area(shapes)
    good = (codes != "") & np.isfinite(x)
    points = {}
    for code in np.unique(codes[good]):
        rows = np.flatnonzero(good & (codes == code))
        weights = np.maximum(area[rows], 1e-15)
        middle = np.average(x[rows], weights=weights), np.average(y[rows], weights=weights)
        nearest = rows[np.argmin((x[rows] - middle[0]) ** 2 + (y[rows] - middle[1]) ** 2)]
        points[str(code)] = shapely.Point(round(float(x[nearest]), 7), round(float(y[nearest]), 7))
    return points


def coordinates(
    frame: pd.DataFrame, columns: Mapping[str, str]
) -> tuple[list[float | None], list[float | None]]:
    """Read longitude and latitude: degrees, or 114°52′30″; swapped pairs are put right.

    Coordinates that are no degrees (metres, zeros, (0, 0)) are left out.
    """
    blank: list[float | None] = [None] * len(frame)
    if "lon" not in columns or "lat" not in columns:
        return blank, list(blank)
    pairs = [
        _pair(degrees(text(a)), degrees(text(b)))
        for a, b in zip(frame[columns["lon"]], frame[columns["lat"]], strict=True)
    ]
    return [a for a, _ in pairs], [b for _, b in pairs]


def _pair(lon: float | None, lat: float | None) -> tuple[float | None, float | None]:
    if lon is None or lat is None or (lon == 0 and lat == 0):
        return None, None
    if abs(lat) > 60 and abs(lon) < 60:
        lon, lat = lat, lon
    return (lon, lat) if abs(lon) <= 180 and abs(lat) <= 90 else (None, None)


def degrees(value: str) -> float | None:
    """Give degrees of a decimal or of degrees, minutes and seconds.

    Example:
        >>> degrees("114.875"), degrees("114°52′30″"), degrees("东边")
        (114.875, 114.875, None)
    """
    try:
        return float(value)
    except ValueError:
        found = _DMS.search(value)
    if not found:
        return None
    whole, minutes, seconds = (float(part or 0) for part in found.groups())
    return whole + minutes / 60 + seconds / 3600


def county_box(stands: gpd.GeoDataFrame | None) -> tuple[float, float, float, float] | None:
    """Give the box of the forest in degrees, None without stands."""
    if stands is None or not len(stands):
        return None
    there = pyproj.Transformer.from_crs(stands.crs, 4490, always_xy=True)
    box = there.transform_bounds(*stands.total_bounds)
    return float(box[0]), float(box[1]), float(box[2]), float(box[3])
