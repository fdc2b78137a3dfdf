"""Which map projection an office's data is in, and which one to compute in.

Computation is in the CGCS2000 3° zone of the data (metres, Gauss-Krüger, without the zone
prefix: EPSG:4534, 75°E … EPSG:4554, 135°E). GB/T 13989 and the survey regulations number 3°
zones by central meridian / 3; with the prefix the false easting is ``zone × 1 000 000 + 500 000``
(8 digits: EPSG:4513 … 4533), without it 500 000 (6 digits). Mixing the two up is the commonest
error in office data, and shows in the size of the eastings.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pyproj
import shapely

from linzhang_plugin.core.messages import InputError, tr

WEST, EAST = 73.5, 136.5
"""Longitudes between which CGCS2000 has 3° zones, degrees."""
FIRST_PLAIN, FIRST_PREFIXED, FIRST_MERIDIAN = 4534, 4513, 75
GEOGRAPHIC = 4490

OLD_DATUMS = (
    ("西安80", ("xian", "xi'an", "1980", "西安"), 4610, 2349, 2370),
    ("北京54", ("beijing", "1954", "krassovsky", "krasovsky", "北京"), 4214, 2401, 2422),
)
"""Name, marks in a datum's name, geographic EPSG, first prefixed and first plain 3° zone."""

PROVINCES: dict[str, tuple[float, float]] = {
    "11": (115.4, 117.5), "12": (116.7, 118.1), "13": (113.5, 119.9), "14": (110.2, 114.6),
    "15": (97.2, 126.1), "21": (118.9, 125.8), "22": (121.6, 131.3), "23": (121.2, 135.1),
    "31": (120.9, 122.2), "32": (116.4, 121.9), "33": (118.0, 123.2), "34": (114.9, 119.7),
    "35": (115.8, 120.7), "36": (113.6, 118.4), "37": (114.8, 122.7), "41": (110.4, 116.7),
    "42": (108.4, 116.1), "43": (108.8, 114.3), "44": (109.6, 117.3), "45": (104.4, 112.1),
    "46": (108.6, 111.1), "50": (105.3, 110.2), "51": (97.3, 108.5), "52": (103.6, 109.6),
    "53": (97.5, 106.2), "54": (78.4, 99.1), "61": (105.5, 111.3), "62": (92.3, 108.7),
    "63": (89.4, 103.1), "64": (104.3, 107.7), "65": (73.5, 96.4),
}  # fmt: skip
"""Longitudes of each province by the first two digits of 区划代码, degrees, rounded outwards."""


class Candidate(NamedTuple):
    """A CRS that coordinates without one could be in.

    Attributes:
        epsg: EPSG code.
        name: Its name in the EPSG register.
        swapped: The file has northing (or latitude) in x.
    """

    epsg: int
    name: str
    swapped: bool = False

    def __str__(self) -> str:
        """Give ``EPSG:4547 (CGCS2000 / 3-degree Gauss-Kruger CM 114E)``."""
        return f"EPSG:{self.epsg} ({self.name})"


def central_meridian(lon: float) -> int:
    """Give the central meridian of the 3° zone that a longitude (degrees) lies in."""
    return 3 * math.floor(lon / 3 + 0.5)


def zone_of(lon: float, lat: float) -> pyproj.CRS:
    """Give the projected CRS to compute in for a place.

    Args:
        lon: Longitude, degrees.
        lat: Latitude, degrees.

    Returns:
        The CGCS2000 3° zone without prefix; outside 73.5–136.5°E or south of the equator a
        transverse Mercator of the nearest 3° meridian on GRS80.

    Raises:
        InputError: These are not degrees.
    """
    if not (math.isfinite(lon) and math.isfinite(lat) and abs(lat) <= 90 and abs(lon) <= 360):
        raise InputError(
            tr("Longitude {lon}, latitude {lat} is no place on earth; check the layer's CRS."),
            lon=lon,
            lat=lat,
        )
    lon = (lon + 180.0) % 360.0 - 180.0
    meridian = central_meridian(lon)
    if WEST <= lon < EAST and lat >= 0:
        return pyproj.CRS.from_epsg(FIRST_PLAIN + (meridian - FIRST_MERIDIAN) // 3)
    north = 0 if lat >= 0 else 10_000_000
    return pyproj.CRS.from_user_input(
        f"+proj=tmerc +lat_0=0 +lon_0={meridian} +k=1 +x_0=500000 +y_0={north}"
        " +ellps=GRS80 +units=m +no_defs +type=crs"
    )


def middle(frame: gpd.GeoDataFrame) -> tuple[float, float]:
    """Give longitude and latitude (degrees) of the middle of a layer.

    It is the median of the centres of the features' boxes, so a stray feature does not move it.

    Raises:
        InputError: The layer has no CRS or no geometry.
    """
    if frame.crs is None:
        raise InputError(tr("The layer has no coordinate reference system; set it first."))
    boxes = shapely.bounds(frame.geometry.to_numpy())
    boxes = boxes[np.isfinite(boxes).all(axis=1)]
    if not len(boxes):
        raise InputError(tr("The layer has no geometry; choose one with polygons."))
    x, y = np.median((boxes[:, :2] + boxes[:, 2:]) / 2, axis=0)
    to_degrees = pyproj.Transformer.from_crs(frame.crs, GEOGRAPHIC, always_xy=True)
    lon, lat = to_degrees.transform(x, y)
    return float(lon), float(lat)


def to_zone(frame: gpd.GeoDataFrame, zone: pyproj.CRS | None = None) -> gpd.GeoDataFrame:
    """Give the frame in the 3° zone of its middle, or in ``zone``; the same frame if it is there.

    Raises:
        InputError: The frame has no CRS or no geometry, or its coordinates do not fit its CRS.
    """
    if zone is None:
        zone = zone_of(*middle(frame))
    return frame if frame.crs == zone else frame.to_crs(zone)


def old_datum(crs: pyproj.CRS) -> str:
    """Give 西安80 or 北京54 when a CRS is on one of the old datums, else an empty text.

    Their shift to CGCS2000 is a secret local parameter (up to about 100 m), so nobody can
    convert such data well without the survey bureau.
    """
    geodetic = crs.geodetic_crs
    datum = geodetic.datum.name if geodetic is not None and geodetic.datum is not None else ""
    name = f"{datum} {geodetic.name if geodetic is not None else ''}".lower()
    for title, marks, *_ in OLD_DATUMS:
        if any(mark in name for mark in marks):
            return title
    return ""


def mended(crs: pyproj.CRS, bounds: Sequence[float]) -> pyproj.CRS | None:
    """Give the CRS that was meant where the eastings and the CRS disagree on the zone prefix.

    Args:
        crs: What the file says.
        bounds: minx, miny, maxx, maxy in that CRS.

    Returns:
        The CGCS2000 (or old-datum) zone with or without prefix that fits, else None: nothing
        is wrong, or nothing fits.
    """
    parameters = projection(crs)
    if parameters is None:
        return None
    meridian, easting = parameters
    prefixed = bounds[0] >= 1e7 and bounds[2] < 1e8
    if prefixed == (easting > 1e7) or (not prefixed and not 0 < bounds[0] <= bounds[2] < 1e6):
        return None
    if prefixed:
        zone = int((bounds[0] + bounds[2]) / 2 // 1_000_000)
        if zone * 3 != meridian:
            return None
    first_prefixed, first_plain = FIRST_PREFIXED, FIRST_PLAIN
    for title, _, _, old_prefixed, old_plain in OLD_DATUMS:
        if title == old_datum(crs):
            first_prefixed, first_plain = old_prefixed, old_plain
    step = round((meridian - FIRST_MERIDIAN) / 3)
    if not 0 <= step <= 20 or meridian % 3:
        return None
    return pyproj.CRS.from_epsg((first_prefixed if prefixed else first_plain) + step)


def projection(crs: pyproj.CRS) -> tuple[float, float] | None:
    """Give central meridian (degrees) and false easting (m) of a transverse Mercator, else None."""
    operation = crs.coordinate_operation
    if operation is None or "transverse mercator" not in operation.method_name.lower().replace(
        "gauss-kruger", "transverse mercator"
    ):
        return None
    values = {parameter.name.lower(): parameter.value for parameter in operation.params}
    meridian = values.get("longitude of natural origin", values.get("central_meridian"))
    easting = values.get("false easting", values.get("false_easting"))
    return None if meridian is None or easting is None else (float(meridian), float(easting))


def crs_candidates(bounds: Sequence[float], county_code: str = "") -> list[Candidate]:
    """Give the CRSs that coordinates without one may be in, the likeliest first.

    Args:
        bounds: minx, miny, maxx, maxy as in the file.
        county_code: 6-digit 区划代码 (or the first two digits), empty when unknown.

    Returns:
        Candidates; empty when the numbers fit nothing used in China.
    """
    minx, miny, maxx, maxy = bounds
    found = _fitting(minx, miny, maxx, maxy, county_code)
    if found:
        return [_candidate(code) for code in found]
    return [_candidate(code, True) for code in _fitting(miny, minx, maxy, maxx, county_code)]


def _candidate(code: int, swapped: bool = False) -> Candidate:
    return Candidate(code, pyproj.CRS.from_epsg(code).name, swapped)


def _fitting(minx: float, miny: float, maxx: float, maxy: float, county: str) -> list[int]:
    if not all(map(math.isfinite, (minx, miny, maxx, maxy))):
        return []
    if minx >= 70 and maxx <= 140 and miny >= 0 and maxy <= 56:
        return [GEOGRAPHIC, *(row[2] for row in OLD_DATUMS)]
    if miny < 0 or maxy > 6_300_000:
        return []
    zone = int(minx // 1_000_000)
    if minx >= 1e7 and maxx < (zone + 1) * 1_000_000 and 13 <= zone <= 45:
        return _prefixed(zone)
    if minx < 0 or maxx > 1_000_000 or maxy < 300_000:
        return []
    west, east = PROVINCES.get(county[:2], (WEST, EAST - 0.1))
    meridians = range(central_meridian(west), central_meridian(east) + 1, 3)
    steps = [(meridian - FIRST_MERIDIAN) // 3 for meridian in meridians]
    plain = [FIRST_PLAIN + i for i in steps]
    if county[:2] in PROVINCES:
        plain += [first + i for *_, first in OLD_DATUMS for i in steps]
    return plain


def _prefixed(zone: int) -> list[int]:
    """Give the CRSs of a zone prefix: 13–23 are 6° zones, 25–45 are 3° zones."""
    if zone >= 25:
        return [FIRST_PREFIXED + zone - 25, *(row[3] + zone - 25 for row in OLD_DATUMS)]
    return [first + zone - 13 for first in (4491, 2327, 21413)] if zone <= 23 else []
