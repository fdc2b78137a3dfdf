"""Gauss–Krüger metres whose easting bears its zone, as degrees.

Chinese survey files give eastings of eight digits: the zone's number, then 500 km at the central
meridian (GB/T 17278; CGCS2000: EPSG 4491–4501 for the 6° zones 13–23, 4513–4533 for the 3° zones
25–45, so the number tells the kind of zone). By the surveyors' habit X is the northing and Y the
easting, so which is which is told by size, not by the column's name.
"""

from __future__ import annotations

import numpy as np
import pyproj

from linzhang_plugin.core.patrols.fixes import Floats

SIX, THREE = range(13, 24), range(25, 46)
"""Zones of 6° and of 3°."""
NORTHINGS = (300_000.0, 6_200_000.0)
"""m from the equator: China's south and north."""
FROM_MERIDIAN_M = 350_000.0
"""No 6° zone reaches further."""


def to_degrees(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Give degrees where the numbers are metres with the zone's number, else what was given.

    Args:
        lon: (n,) degrees, eastings or (with the columns the other way round) northings.
        lat: (n,) the other coordinate.

    Returns:
        Degrees (CGCS2000); rows that are neither stay as they are.
    """
    with np.errstate(invalid="ignore"):
        rows = np.flatnonzero(np.maximum(lon, lat) >= 1e7)
    if not len(rows):
        return lon, lat
    east, north = np.maximum(lon[rows], lat[rows]), np.minimum(lon[rows], lat[rows])
    zone = np.floor(east / 1e6).astype(np.int64)
    good = (north > NORTHINGS[0]) & (north < NORTHINGS[1])
    good &= np.abs(east - zone * 1e6 - 500_000.0) <= FROM_MERIDIAN_M
    out_lon, out_lat = lon.copy(), lat.copy()
    for number in np.unique(zone[good]).tolist():
        code = _code(int(number))
        here = np.flatnonzero(good & (zone == number))
        if code:
            made = pyproj.Transformer.from_crs(code, 4490, always_xy=True)
            x, y = made.transform(east[here], north[here])
            out_lon[rows[here]], out_lat[rows[here]] = x, y
    return out_lon, out_lat


def _code(zone: int) -> int:
    if zone in THREE:
        return 4513 + zone - THREE.start
    return 4491 + zone - SIX.start if zone in SIX else 0
