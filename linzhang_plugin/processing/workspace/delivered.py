"""Delivered layers and files, read with the encoding they are really in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
from qgis.core import (
    QgsFeatureRequest,
    QgsProcessingFeatureSource,
    QgsProcessingFeatureSourceDefinition,
    QgsProviderRegistry,
    QgsVectorLayer,
)

from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.tables.intake.encoding import dbf_codec, decoded
from linzhang_plugin.processing import bridge
from linzhang_plugin.processing.call import Call

UNCHECKED = QgsFeatureRequest.InvalidGeometryCheck.GeometryNoCheck
"""Invalid geometry is for the import to repair and list, not for QGIS to stop at."""
BYTES = "ISO-8859-1"
"""Reading a DBF in this encoding gives its bytes one by one, to be decoded by ourselves."""


def file_of(call: Call, name: str) -> Path | None:
    """Give the file that a parameter names or whose layer it is, None where there is none."""
    value = call.parameters.get(name)
    if isinstance(value, QgsProcessingFeatureSourceDefinition):
        value = value.source.staticValue()
    if isinstance(value, QgsVectorLayer):
        value = value.source()
    path = Path(str(value or "").split("|")[0].removeprefix("file://").split("?")[0])
    return path if path.suffix and path.exists() else None


def layer_of(call: Call, name: str) -> QgsVectorLayer | None:
    """Give the vector layer of a source parameter, None when it is no layer."""
    return call.algorithm.parameterAsVectorLayer(call.parameters, name, call.context)


def read_delivered(
    call: Call, name: str, encoding: str = "auto", needs_crs: bool = True
) -> tuple[gpd.GeoDataFrame, str, str]:
    """Read a layer whose shapefile may be GBK, with or without a ``.cpg``.

    Returns:
        The rows, the layer's name, and the encoding where one had to be told, else ``""``.

    Raises:
        InputError: It cannot be opened, or is empty, or the encoding is unknown.
    """
    source = call.source(name)
    if source is None:
        raise InputError(tr("{parameter} is missing; choose a layer."), parameter=name)
    title = call.layer_name(name, source)
    source.setInvalidGeometryCheck(UNCHECKED)
    shapefile = _shapefile(call, name)
    if shapefile is None:
        return bridge.read_frame(source, title, call.feedback, needs_crs=needs_crs), title, ""
    codec = dbf_codec(shapefile, encoding)
    frame = bridge.read_frame(_in_bytes(call, name), title, call.feedback, needs_crs=needs_crs)
    for column in frame.columns.drop("geometry"):
        if not pd.api.types.is_numeric_dtype(frame[column]):
            frame[column] = [decoded(value, codec) for value in frame[column]]
    frame = frame.rename(columns={c: decoded(c, codec) for c in frame.columns})
    return frame, title, codec.upper()


def _shapefile(call: Call, name: str) -> Path | None:
    """Give the .shp of a parameter that reads all of a shapefile, None for any other source."""
    value = call.parameters.get(name)
    if isinstance(value, QgsProcessingFeatureSourceDefinition) and value.selectedFeaturesOnly:
        return None
    layer = layer_of(call, name)
    if layer is None or layer.storageType() != "ESRI Shapefile" or layer.isEditable():
        return None
    parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
    path = Path(str(parts.get("path") or ""))
    return path if path.suffix.lower() in (".shp", ".dbf") and path.exists() else None


def _in_bytes(call: Call, name: str) -> Any:
    """Open the layer once more, its text read byte by byte."""
    layer = layer_of(call, name)
    assert layer is not None
    copy = QgsVectorLayer(layer.source(), layer.name(), "ogr")
    copy.setCrs(layer.crs())
    copy.setProviderEncoding(BYTES)
    # The context keeps the layer alive as long as the run.
    call.context.temporaryLayerStore().addMapLayer(copy)
    source = QgsProcessingFeatureSource(copy, call.context, True, -1)
    source.setInvalidGeometryCheck(UNCHECKED)
    return source
