"""Layers and DEM as the hill algorithms take them."""

from __future__ import annotations

import geopandas as gpd

from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.terrain.metric import metric
from linzhang_plugin.core.terrain.raster import Raster, read_raster
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.parameters import raster_source


def read_dem(call: Call) -> Raster | None:
    """Read DEM, projected and with square cells; None when it was not given.

    Raises:
        InputError: It cannot be read.
    """
    path = raster_source(call, "DEM")
    return metric(read_raster(path)) if path else None


def polygons(call: Call, name: str) -> gpd.GeoDataFrame | None:
    """Read a polygon layer without its empty features; None when it was not given."""
    frame = call.frame(name)
    if frame is None:
        return None
    return frame[frame.geometry.notna() & ~frame.geometry.is_empty].reset_index(drop=True)


def needed_field(call: Call, name: str, frame: gpd.GeoDataFrame) -> str:
    """Give the column of a field parameter with a default.

    Raises:
        InputError: The layer has no such field.
    """
    field = call.field(name)
    if field not in frame.columns:
        raise InputError(
            tr("{parameter}: the layer has no field {field}; its fields are {fields}."),
            parameter=name,
            field=field,
            fields=", ".join(str(c) for c in frame.columns if c != frame.geometry.name),
        )
    return field
