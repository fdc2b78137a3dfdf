"""Features ↔ GeoDataFrame: the one place where QGIS's data becomes ours and back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QMetaType, Qt, QVariant

from linzhang_plugin.core.messages import CancelledError, InputError, Message, tr
from linzhang_plugin.core.tables.field import Field, Table
from linzhang_plugin.language import language, translate

KINDS = {
    "text": QMetaType.Type.QString,
    "integer": QMetaType.Type.LongLong,
    "real": QMetaType.Type.Double,
    "boolean": QMetaType.Type.Bool,
    "date": QMetaType.Type.QString,
    "datetime": QMetaType.Type.QString,
    "json": QMetaType.Type.QString,
}
EVERY = 500
"""Features between two looks at the cancel button."""


def read_frame(
    source: QgsProcessingFeatureSource,
    title: str,
    feedback: QgsProcessingFeedback,
    needs_crs: bool = True,
) -> gpd.GeoDataFrame:
    """Read every feature of a source, its own CRS kept.

    Args:
        source: An opened source; a plain table gives a frame with null geometry.
        title: The layer's name, for errors.
        feedback: Asked for cancellation.
        needs_crs: Refuse a layer with geometry and without CRS.

    Raises:
        InputError: The layer is empty or has no CRS.
        CancelledError: The user stopped it.
    """
    spatial = QgsWkbTypes.geometryType(source.wkbType()) <= QgsWkbTypes.GeometryType.PolygonGeometry
    if spatial and needs_crs and not source.sourceCrs().isValid():
        raise InputError(
            tr(
                "Layer {layer} has no coordinate reference system; set it in the layer's"
                " properties (CGCS2000: EPSG:4490, or a 3° zone such as EPSG:4547)."
            ),
            layer=title,
        )
    names = [field.name() for field in source.fields()]
    columns: list[list[Any]] = [[] for _ in names]
    wkb: list[bytes | None] = []
    for number, feature in enumerate(source.getFeatures()):
        if number % EVERY == 0 and feedback.isCanceled():
            raise CancelledError()
        for column, value in zip(columns, feature.attributes(), strict=False):
            column.append(plain(value))
        shape = feature.geometry()
        if shape.requiresConversionToStraightSegments():
            shape.convertToStraightSegment()  # arcs of a file geodatabase: GEOS knows none
        wkb.append(None if shape.isNull() else bytes(shape.asWkb()))
    if not wkb:
        raise InputError(tr("Layer {layer} has no features; choose another one."), layer=title)
    frame = pd.DataFrame(dict(zip(names, columns, strict=True)))
    shapes = shapely.from_wkb(np.array(wkb, dtype=object), on_invalid="ignore")
    crs = pyproj_crs(source.sourceCrs()) if spatial else None
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(shapes, crs=crs), crs=crs)


def check_coordinates(frame: gpd.GeoDataFrame, title: str) -> None:
    """Refuse coordinates that are no numbers, or degrees that are no place on earth.

    A layer in metres whose CRS was never set passes for one in degrees: QGIS gives scratch
    layers EPSG:4326.

    Raises:
        InputError: Names the layer, the row and what to set.
    """
    places, rows = shapely.get_coordinates(frame.geometry.to_numpy(), return_index=True)
    odd = ~np.isfinite(places).all(axis=1)
    if odd.any():
        raise InputError(
            tr("Layer {layer}: row {row} has a coordinate that is no number; repair its geometry."),
            layer=title,
            row=int(rows[odd.argmax()]) + 1,
        )
    crs = frame.crs
    if crs is None or not crs.is_geographic:
        return
    far = (np.abs(places) > (361.0, 91.0)).any(axis=1)
    if far.any():
        first = int(far.argmax())
        raise InputError(
            tr(
                "Layer {layer}: row {row} lies at {x}, {y}, which are no degrees, but its"
                " coordinate reference system {crs} is in degrees; set the right one (CGCS2000: a"
                " 3° zone such as EPSG:4547)."
            ),
            layer=title,
            row=int(rows[first]) + 1,
            x=round(float(places[first, 0]), 1),
            y=round(float(places[first, 1]), 1),
            crs=crs.name,
        )


def plain(value: Any) -> Any:
    """Give a QGIS attribute as a plain Python value; NULL becomes None."""
    kind = type(value)
    if kind is str or kind is int or kind is float or kind is bool:
        return value
    if value is None or value == NULL:
        return None
    if isinstance(value, QDateTime):
        return value.toString(Qt.DateFormat.ISODate)
    if isinstance(value, QDate):
        return value.toString(Qt.DateFormat.ISODate)
    if isinstance(value, QVariant):
        return None if value.isNull() else value.value()
    return value


def pyproj_crs(crs: QgsCoordinateReferenceSystem) -> pyproj.CRS | None:
    """Give a QGIS CRS as pyproj's, None when it is not valid."""
    if not crs.isValid():
        return None
    authority = crs.authid()
    if authority.startswith("EPSG:"):
        return pyproj.CRS.from_user_input(authority)
    return pyproj.CRS.from_wkt(crs.toWkt())


def qgis_crs(crs: pyproj.CRS | None) -> QgsCoordinateReferenceSystem:
    """Give pyproj's CRS as QGIS's, an invalid one for None."""
    if crs is None:
        return QgsCoordinateReferenceSystem()
    code = crs.to_epsg()
    if code:
        return QgsCoordinateReferenceSystem(f"EPSG:{code}")
    return QgsCoordinateReferenceSystem.fromWkt(crs.to_wkt())


def crs_of(frame: pd.DataFrame) -> QgsCoordinateReferenceSystem:
    """Give the CRS of a frame, an invalid one for a plain table."""
    return qgis_crs(frame.crs) if isinstance(frame, gpd.GeoDataFrame) else qgis_crs(None)


def wkb_type(table: Table) -> Any:
    """Give the geometry type of a table as QGIS names it."""
    if not table.geometry:
        return QgsWkbTypes.Type.NoGeometry
    return QgsWkbTypes.parseType(table.geometry)


def fields_of(
    table: Table, frame: pd.DataFrame, extra: Iterable[str] = (), aliases: bool = True
) -> QgsFields:
    """Give the fields of a sink: the extra columns first, then the table's."""
    fields = QgsFields()
    taken = {name.lower() for name in table.names}
    for name in extra:
        if name.lower() not in taken and name in frame.columns:
            fields.append(QgsField(name, guessed_kind(frame[name])))
    for field in table:
        fields.append(described(field, aliases))
    return fields


def described(field: Field, alias: bool = True) -> QgsField:
    """Give a schema field as a QGIS field with its alias."""
    made = QgsField(field.name, KINDS[field.kind], len=field.width)
    if alias:
        made.setAlias(field.zh if language() == "zh" else field.en)
    return made


def guessed_kind(column: pd.Series) -> Any:
    """Tell the QGIS type of a column that no schema describes."""
    if pd.api.types.is_bool_dtype(column):
        return QMetaType.Type.Bool
    if pd.api.types.is_integer_dtype(column):
        return QMetaType.Type.LongLong
    if pd.api.types.is_float_dtype(column):
        return QMetaType.Type.Double
    return QMetaType.Type.QString


def cell(value: Any) -> Any:
    """Give one value as a sink takes it; sentences are translated, missing becomes NULL."""
    kind = type(value)
    if kind is str or kind is int or kind is bool:
        return value
    if kind is float:
        return value if value == value else NULL
    if isinstance(value, Message):
        return value.render(translate)
    if isinstance(value, (list, tuple)) and value and all(isinstance(v, Message) for v in value):
        return "；".join(v.render(translate) for v in value)
    if isinstance(value, (dict, list, tuple)):
        return json.dumps(value, ensure_ascii=False)
    if value is None or value is NULL or value is pd.NA or (np.isscalar(value) and pd.isna(value)):
        return NULL
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    return value


def write_frame(
    sink: QgsFeatureSink,
    frame: pd.DataFrame,
    fields: QgsFields,
    crs: QgsCoordinateReferenceSystem,
    feedback: QgsProcessingFeedback | None,
) -> None:
    """Write the rows in order, reprojected to ``crs`` where the frame has another.

    Args:
        sink: Opened with ``fields`` and ``crs``.
        frame: Rows; columns that are missing are written as NULL.
        fields: The sink's fields.
        crs: The sink's CRS.
        feedback: Asked for cancellation; None where it is too late for that.

    Raises:
        InputError: A row was refused (disk full, value too long).
        CancelledError: The user stopped it.
    """
    shapes: Any = [None] * len(frame)
    if isinstance(frame, gpd.GeoDataFrame) and frame.crs is not None and crs.isValid():
        target = pyproj_crs(crs)
        moved = frame.geometry if frame.crs == target else frame.geometry.to_crs(target)
        shapes = shapely.to_wkb(moved.to_numpy(), include_srid=False)
    elif "wkb" in frame.columns:  # lines with M, which shapely 2.0 would drop; already in crs
        shapes = frame["wkb"].tolist()
    names = [field.name() for field in fields]
    empty = [None] * len(frame)
    columns = [frame[name].tolist() if name in frame.columns else empty for name in names]
    columns = [
        whole_numbers(column, field.name()) if field.type() == QMetaType.Type.LongLong else column
        for column, field in zip(columns, fields, strict=True)
    ]
    for row, wkb in enumerate(shapes):
        if feedback is not None and row % EVERY == 0 and feedback.isCanceled():
            raise CancelledError()
        feature = QgsFeature(fields)
        feature.setAttributes([cell(column[row]) for column in columns])
        if wkb is not None:
            geometry = QgsGeometry()
            geometry.fromWkb(wkb)
            feature.setGeometry(geometry)
        if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
            raise InputError(
                tr("Row {row} could not be written: {reason}. Check free disk space."),
                row=row + 1,
                reason=sink.lastError(),
            )


def whole_numbers(column: list[Any], name: str) -> list[Any]:
    """Give a column for a field of whole numbers; missing values stay missing.

    Raises:
        InputError: Names the field, the row and the value that is none.
    """
    made = []
    for row, value in enumerate(column):
        known = cell(value)
        try:
            made.append(None if known == NULL else int(known))
        except (TypeError, ValueError) as error:
            raise InputError(
                tr("Field {field}, row {row}: {value} is no whole number; correct it."),
                field=name,
                row=row + 1,
                value=str(known),
            ) from error
    return made


def dress_layer(layer: QgsVectorLayer, table: Table, styles: Path) -> None:
    """Give a layer its style and its fields their aliases in the user's language."""
    if not isinstance(layer, QgsVectorLayer):
        return
    style = styles / f"{table.style}.qml"
    if table.style and style.exists():
        layer.loadNamedStyle(str(style))
    for field in table:
        index = layer.fields().lookupField(field.name)
        if index >= 0:
            layer.setFieldAlias(index, field.zh if language() == "zh" else field.en)
    layer.triggerRepaint()
