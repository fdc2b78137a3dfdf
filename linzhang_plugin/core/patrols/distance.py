"""Metres between neighbouring fixes on the ellipsoid, without a projection."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from linzhang_plugin.core.patrols.fixes import Floats

A = 6378137.0
E2 = 0.00669437999014
"""WGS84; GRS80 (CGCS2000) differs by 0.1 mm over the Earth."""
BLOCK = 1 << 13


def metres(
    lon0: npt.ArrayLike, lat0: npt.ArrayLike, lon1: npt.ArrayLike, lat1: npt.ArrayLike
) -> Floats:
    """Give the distance between points less than some 50 km apart, m.

    The chord uses the ellipsoid's radii at the mean latitude: within 1e-6 of the geodesic for
    steps of a walk, 1e-4 at 50 km.
    """
    given = (lon0, lat0, lon1, lat1)
    x0, y0, x1, y1 = np.broadcast_arrays(*(np.asarray(v, dtype=np.float64) for v in given))
    if x0.ndim != 1 or len(x0) <= BLOCK:
        return _chord(x0, y0, x1, y1)
    out = np.empty(len(x0))
    for start in range(0, len(x0), BLOCK):  # the temporaries stay in the processor's cache
        part = slice(start, start + BLOCK)
        out[part] = _chord(x0[part], y0[part], x1[part], y1[part])
    return out


def _chord(x0: Floats, y0: Floats, x1: Floats, y1: Floats) -> Floats:
    east, north = metres_per_degree((y0 + y1) * 0.5)
    step = x1 - x0 + 180.0
    if step.size and (step.min() < 0.0 or step.max() >= 360.0):
        step = np.remainder(step, 360.0)  # over the date line
    return np.asarray(np.hypot((step - 180.0) * east, (y1 - y0) * north), np.float64)


def steps(lon: Floats, lat: Floats) -> Floats:
    """Give the distances between neighbouring points, (n - 1,) m."""
    return metres(lon[:-1], lat[:-1], lon[1:], lat[1:])


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
