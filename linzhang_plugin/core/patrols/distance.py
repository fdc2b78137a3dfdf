"""Metres between neighbouring fixes on the ellipsoid, without a projection."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from linzhang_plugin.core.patrols.fixes import Floats

A = 6378137.0
E2 = 0.00669437999014
"""WGS84; GRS80 (CGCS2000) differs by 0.1 mm over the Earth."""


def metres(
    lon0: npt.ArrayLike, lat0: npt.ArrayLike, lon1: npt.ArrayLike, lat1: npt.ArrayLike
) -> Floats:
    """Give the distance between points less than some 50 km apart, m.

    The chord uses the ellipsoid's radii at the mean latitude: within 1e-6 of the geodesic for
    steps of a walk, 1e-4 at 50 km.
    """
    x0, y0 = np.asarray(lon0, dtype=np.float64), np.asarray(lat0, dtype=np.float64)
    x1, y1 = np.asarray(lon1, dtype=np.float64), np.asarray(lat1, dtype=np.float64)
    east, north = metres_per_degree((y0 + y1) * 0.5)
    step = np.remainder(x1 - x0 + 180.0, 360.0) - 180.0
    return np.hypot(step * east, (y1 - y0) * north)


def metres_per_degree(lat: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Give the metres of one degree of longitude and of one of latitude at a latitude."""
    radians = np.radians(np.asarray(lat, dtype=np.float64))
    sine = np.sin(radians)
    root2 = 1.0 - E2 * sine * sine
    root = np.sqrt(root2)
    east = (np.pi / 180.0) * A / root * np.cos(radians)
    north = (np.pi / 180.0) * A * (1.0 - E2) / (root2 * root)
    return east, north


def plane(lon: Floats, lat: Floats, lon0: float, lat0: float) -> tuple[Floats, Floats]:
    """Give local metres east and north of a point; for a few kilometres around it."""
    east, north = metres_per_degree(lat0)
    return (lon - lon0) * float(east), (lat - lat0) * float(north)
