"""Frames saved as office files, through QGIS's own writer."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from qgis.core import (
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsVectorFileWriter,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QVariant

from linzhang_plugin.processing.bridge import qgis_crs


def save(frame: gpd.GeoDataFrame, path: Path, driver: str, encoding: str = "UTF-8") -> Path:
    """Write a frame of texts and numbers; a shapefile in GBK gets no ``.cpg``."""
    names = [c for c in frame.columns if c != "geometry"]
    fields = QgsFields()
    for name in names:
        number = pd.api.types.is_numeric_dtype(frame[name])
        kind = QVariant.Type.Double if number else QVariant.Type.String
        fields.append(QgsField(name, kind, len=20 if number else 60, prec=4 if number else 0))
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = driver
    options.fileEncoding = encoding
    options.layerName = "stands" if driver == "LIBKML" else path.stem
    writer = QgsVectorFileWriter.create(
        str(path),
        fields,
        QgsWkbTypes.Type.MultiPolygon,
        qgis_crs(frame.crs),
        QgsCoordinateTransformContext(),
        options,
    )
    assert writer.hasError() == QgsVectorFileWriter.WriterError.NoError, writer.errorMessage()
    for row in frame.to_dict("records"):
        feature = QgsFeature(fields)
        feature.setAttributes([_plain(row[name]) for name in names])
        if row["geometry"] is not None:
            shape = QgsGeometry()
            shape.fromWkb(row["geometry"].wkb)
            shape.convertToMultiType()
            feature.setGeometry(shape)
        assert writer.addFeature(feature), writer.errorMessage()
    del writer
    if encoding != "UTF-8":
        path.with_suffix(".cpg").unlink(missing_ok=True)
    return path


def _plain(value: object) -> object:
    return value.item() if isinstance(value, np.generic) else value
