"""GCJ-02 and BD-09 to WGS84 and back, for whole arrays, to a fraction of a millimetre.

The forward formulas are the publicly known ones (Krasovsky ellipsoid, sums of sines). Both
offsets are a function of the longitude plus one of the latitude plus a product, so over a county
six one-dimensional tables replace thirteen sines a point.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from linzhang_plugin.core.patrols.fixes import Bools, Floats

A = 6378245.0
EE = 0.00669342162296594323
WEST, EAST, SOUTH, NORTH = 72.004, 137.8347, 0.8293, 55.8271
"""Outside this box nothing is shifted."""
ROUNDS = 4
STEP = 1e-6
"""Spacing of the tables, degrees: nearest entry is within 0.2 mm."""
WIDEST = 3.0
"""Degrees that tables may span; wider data use the formulas."""
BLOCK = 1 << 13
DATUMS = ("WGS84", "GCJ-02", "BD-09")
_X_PI = np.pi * 3000.0 / 180.0


def in_china(lon: Floats, lat: Floats) -> Bools:
    """Tell where positions are shifted at all (a box, as in the maps that shift)."""
    return (lon >= WEST) & (lon <= EAST) & (lat >= SOUTH) & (lat <= NORTH)


def gcj_from_wgs(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Give GCJ-02 of WGS84 degrees."""
    east, north = _offset(lon, lat)
    inside = in_china(lon, lat)
    return np.where(inside, lon + east, lon), np.where(inside, lat + north, lat)


def wgs_from_gcj(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Give WGS84 of GCJ-02 degrees, within 1 mm (fixed-point iteration)."""
    lon, lat = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    inside = in_china(lon, lat)
    if not inside.any():
        return lon.copy(), lat.copy()
    if not inside.all():
        x, y = lon.copy(), lat.copy()
        x[inside], y[inside] = wgs_from_gcj(lon[inside], lat[inside])
        return x, y
    box = (float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max()))
    small = box[2] - box[0] <= WIDEST and box[3] - box[1] <= WIDEST
    span = max(box[2] - box[0], box[3] - box[1]) + 0.04
    if small and len(lon) > span / STEP / 4:
        return _by_tables(lon, lat, _tables(box))
    x, y = lon, lat
    for _ in range(ROUNDS):
        east, north = _offset(x, y)
        x, y = lon - east, lat - north
    return x, y


def bd_from_gcj(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Give BD-09 of GCJ-02 degrees.

    The published form goes through the polar angle; turning the vector by the small angle is the
    same and needs no arc tangent.
    """
    x, y = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    radius = np.sqrt(x * x + y * y)
    factor = 1.0 + 0.00002 * np.sin(y * _X_PI) / radius
    turn = 0.000003 * np.cos(x * _X_PI)
    cosine = 1.0 - 0.5 * turn * turn
    return (
        factor * (x * cosine - y * turn) + 0.0065,
        factor * (y * cosine + x * turn) + 0.006,
    )


def gcj_from_bd(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Give GCJ-02 of BD-09 degrees, within 1 mm; the published inverse errs by decimetres.

    The turn is up to 50 m and changes by 2 % of a displacement: three rounds leave 0.1 mm.
    """
    goal_x, goal_y = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    out_x, out_y = np.empty_like(goal_x), np.empty_like(goal_y)
    for start in range(0, len(goal_x), BLOCK):
        part = slice(start, start + BLOCK)
        x, y = goal_x[part] - 0.0065, goal_y[part] - 0.006
        for _ in range(3):
            again_x, again_y = bd_from_gcj(x, y)
            x, y = x + (goal_x[part] - again_x), y + (goal_y[part] - again_y)
        out_x[part], out_y[part] = x, y
    return out_x, out_y


def bd_from_wgs(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Give BD-09 of WGS84 degrees."""
    return bd_from_gcj(*gcj_from_wgs(lon, lat))


def to_wgs(lon: Floats, lat: Floats, datum: str) -> tuple[Floats, Floats]:
    """Give WGS84 of degrees in one of DATUMS."""
    if datum == "GCJ-02":
        return wgs_from_gcj(lon, lat)
    if datum == "BD-09":
        return wgs_from_gcj(*gcj_from_bd(lon, lat))
    return lon, lat


def _waves(v: Floats, weights: tuple[tuple[float, float], ...]) -> Floats:
    total = np.zeros_like(v)
    for weight, frequency in weights:
        total += weight * np.sin(v * frequency * np.pi)
    return total * (2.0 / 3.0)


def _north_of_x(x: Floats) -> Floats:
    return 2.0 * x + 0.2 * np.sqrt(np.abs(x)) + _waves(x, ((20.0, 6.0), (20.0, 2.0)))


def _north_of_y(y: Floats) -> Floats:
    waves = _waves(y, ((20.0, 1.0), (40.0, 1 / 3), (160.0, 1 / 12), (320.0, 1 / 30)))
    return -100.0 + 3.0 * y + 0.2 * y * y + waves


def _east_of_x(x: Floats) -> Floats:
    waves = _waves(
        x,
        ((20.0, 6.0), (20.0, 2.0), (20.0, 1.0), (40.0, 1 / 3), (150.0, 1 / 12), (300.0, 1 / 30)),
    )
    return 300.0 + x + 0.1 * x * x + 0.1 * np.sqrt(np.abs(x)) + waves


def _per_metre(lat: Floats) -> tuple[Floats, Floats]:
    """Give degrees of longitude and latitude per metre on the Krasovsky ellipsoid."""
    radians = np.radians(lat)
    magic = 1.0 - EE * np.sin(radians) ** 2
    east = 180.0 / (A / np.sqrt(magic) * np.cos(radians) * np.pi)
    north = 180.0 / (A * (1.0 - EE) / (magic * np.sqrt(magic)) * np.pi)
    return east, north


def _offset(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    x, y = np.asarray(lon, dtype=np.float64) - 105.0, np.asarray(lat, dtype=np.float64) - 35.0
    east, north = _per_metre(y + 35.0)
    product = 0.1 * x * y
    return (_east_of_x(x) + 2.0 * y + product) * east, (
        _north_of_x(x) + _north_of_y(y) + product
    ) * north


class _Tables(NamedTuple):
    """Offsets of one axis each, from (west, south) on in steps of STEP."""

    west: float
    south: float
    middle_x: float
    middle_y: float
    east_x: Floats
    north_x: Floats
    east_y: Floats
    north_y: Floats
    per_east: Floats
    per_north: Floats


def _tables(box: tuple[float, float, float, float]) -> _Tables:
    west, south = box[0] - 0.02, box[1] - 0.02  # the shift is below 0.01°
    x = west + STEP * np.arange(int((box[2] - west + 0.02) / STEP) + 2) - 105.0
    y = south + STEP * np.arange(int((box[3] - south + 0.02) / STEP) + 2) - 35.0
    per_east, per_north = _per_metre(y + 35.0)
    return _Tables(
        west, south, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2,
        _east_of_x(x), _north_of_x(x), 2.0 * y, _north_of_y(y), per_east, per_north,
    )  # fmt: skip


def _by_tables(lon: Floats, lat: Floats, tables: _Tables) -> tuple[Floats, Floats]:
    """Iterate from the offset in the middle of the data, which leaves two rounds to do.

    The offset changes by at most 0.3 % of a displacement, so from some 30 m off two rounds leave
    0.3 mm; a third is added where the data are wide.
    """
    out_x, out_y = np.empty_like(lon), np.empty_like(lat)
    middle = np.array([tables.middle_x]), np.array([tables.middle_y])
    (start_x,), (start_y,) = _offset(*middle)
    rounds = 2 if len(tables.east_x) + len(tables.east_y) < 2.0 / STEP else 3
    scale = 1.0 / STEP
    for start in range(0, len(lon), BLOCK):
        goal_x, goal_y = lon[start : start + BLOCK], lat[start : start + BLOCK]
        x, y = goal_x - start_x, goal_y - start_y
        for _ in range(rounds):
            i = ((x - (tables.west - 0.5 * STEP)) * scale).astype(np.int32)
            j = ((y - (tables.south - 0.5 * STEP)) * scale).astype(np.int32)
            product = (x - 105.0) * (0.1 * y - 3.5)
            east = tables.east_x.take(i)
            east += tables.east_y.take(j)
            east += product
            east *= tables.per_east.take(j)
            product += tables.north_x.take(i)
            product += tables.north_y.take(j)
            product *= tables.per_north.take(j)
            x, y = goal_x - east, goal_y - product
        out_x[start : start + BLOCK], out_y[start : start + BLOCK] = x, y
    return out_x, out_y
