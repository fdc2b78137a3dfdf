"""GeoPackage geometry blobs ↔ shapely, and the SQL functions that spatial indices call.

A blob is a header (OGC 12-128r17, 2.1.3: 'GP', version, flags, srs_id, envelope) and ISO WKB.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

_ENVELOPE_BYTES = (0, 32, 48, 48, 64)
_MULTI = {"MultiPolygon": 3, "MultiLineString": 1, "MultiPoint": 0}


def blobs(shapes: Sequence[Any], srs_id: int) -> list[bytes | None]:
    """Write geometries as blobs; points have no envelope, as OGR writes them.

    Args:
        shapes: (n,) shapely geometries or None.
        srs_id: The layer's CRS in ``gpkg_spatial_ref_sys``.
    """
    array = np.asarray(shapes, dtype=object)
    bounds = shapely.bounds(array)
    points = shapely.get_type_id(array) == 0
    empty = shapely.is_empty(array)
    wkb = shapely.to_wkb(array, flavor="iso") if _has_flavor() else shapely.to_wkb(array)
    made: list[bytes | None] = []
    for shape, box, point, void in zip(wkb, bounds, points, empty, strict=True):
        if shape is None:
            made.append(None)
        elif void:
            made.append(struct.pack("<2sBBi", b"GP", 0, 0b10001, srs_id) + shape)
        elif point:
            made.append(struct.pack("<2sBBi", b"GP", 0, 0b00001, srs_id) + shape)
        else:
            west, south, east, north = box
            head = struct.pack("<2sBBi4d", b"GP", 0, 0b00011, srs_id, west, east, south, north)
            made.append(head + shape)
    return made


def _has_flavor() -> bool:
    """ISO WKB needs GEOS 3.10; older ones write the same bytes for two dimensions."""
    return bool(shapely.geos_version >= (3, 10, 0))


def from_blobs(values: Sequence[bytes | None]) -> Any:
    """Read blobs as an array of shapely geometries; NULL becomes None."""
    wkb = [None if blob is None else blob[header_size(blob) :] for blob in values]
    return shapely.from_wkb(np.array([*wkb, None], dtype=object)[:-1], on_invalid="ignore")


def header_size(blob: bytes) -> int:
    """Give the number of bytes before the WKB."""
    return 8 + _ENVELOPE_BYTES[(blob[3] >> 1) & 7]


def promoted(shapes: Sequence[Any], geometry: str) -> Any:
    """Make single geometries multi where the layer's type is multi; z is dropped.

    Args:
        shapes: (n,) geometries or None.
        geometry: Type of the layer.

    Raises:
        ValueError: A geometry cannot be of the layer's type; its row is the argument.
    """
    array = shapely.force_2d(np.asarray(shapes, dtype=object))
    wanted = _MULTI.get(geometry)
    out = array.copy()
    for row, shape in enumerate(array):
        if shape is None or shape.geom_type == geometry:
            continue
        if wanted is not None and shapely.get_type_id(shape) == wanted:
            out[row] = getattr(shapely, geometry)([shape])
        elif not shape.is_empty:
            raise ValueError(row)
        else:
            out[row] = None
    return out


def envelope(blob: bytes | None) -> tuple[float, float, float, float] | None:
    """Give (west, south, east, north) of a blob, None where it is empty or NULL."""
    if blob is None or blob[:2] != b"GP" or blob[3] & 0b10000:
        return None
    kind = (blob[3] >> 1) & 7
    if kind:
        order = "<" if blob[3] & 1 else ">"
        west, east, south, north = struct.unpack(f"{order}4d", blob[8:40])
        return west, south, east, north
    shape = shapely.from_wkb(blob[header_size(blob) :])
    return None if shape.is_empty else shape.bounds


def add_functions(connection: sqlite3.Connection) -> None:
    """Give a connection the functions that the R-tree triggers of any GeoPackage call."""

    def side(index: int) -> Any:
        def value(blob: bytes | None) -> float | None:
            box = envelope(blob)
            return None if box is None else box[index]

        return value

    for name, index in (("ST_MinX", 0), ("ST_MinY", 1), ("ST_MaxX", 2), ("ST_MaxY", 3)):
        connection.create_function(name, 1, side(index), deterministic=True)
    connection.create_function(
        "ST_IsEmpty", 1, lambda blob: int(envelope(blob) is None), deterministic=True
    )
