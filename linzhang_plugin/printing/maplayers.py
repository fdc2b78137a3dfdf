"""The layers of a printed map, made from the workspace's tables and dressed for paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely
from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFillSymbol,
    QgsGeometry,
    QgsHillshadeRenderer,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsRasterLayer,
    QgsRendererCategory,
    QgsSingleSymbolRenderer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor

from linzhang_plugin.printing.coloring import PALETTE
from linzhang_plugin.printing.fonts import font

ROADS: dict[str, tuple[str, dict[str, str]]] = {
    "motorway": ("高速公路", {"line_color": "#d9822b", "line_width": "0.9"}),
    "high_speed_rail": (
        "高速铁路",
        {"line_color": "#7b3f8c", "line_width": "0.7", "line_style": "dash"},
    ),
    "railway": ("铁路", {"line_color": "#333333", "line_width": "0.6", "line_style": "dash"}),
    "national": ("国道", {"line_color": "#b5483a", "line_width": "0.7"}),
    "provincial": ("省道", {"line_color": "#c8745f", "line_width": "0.55"}),
    "county": ("县道", {"line_color": "#8c6d52", "line_width": "0.4"}),
    "township": ("乡道", {"line_color": "#a08c78", "line_width": "0.3"}),
    "village": ("村道", {"line_color": "#a89888", "line_width": "0.25"}),
    "forest": ("林区道路", {"line_color": "#9a8f84", "line_width": "0.2", "line_style": "dash"}),
    "path": ("小路", {"line_color": "#9a8f84", "line_width": "0.15", "line_style": "dot"}),
}
"""Title and line of each kind of road, the great ones first."""

FILLS: dict[str, dict[str, str]] = {
    "water": {"color": "#a9d3ea", "outline_color": "#5b9dc4", "outline_width": "0.12"},
    "farmland": {"color": "250,244,214,150", "outline_style": "no"},
    "built_up": {"color": "#dcd0c8", "outline_style": "no"},
    "others": {"color": "214,222,210,120", "outline_color": "#9aa596", "outline_width": "0.18"},
    "stands": {"style": "no", "outline_color": "110,120,105,110", "outline_width": "0.06"},
    "villages": {
        "style": "no",
        "outline_color": "#7d5f8c",
        "outline_width": "0.28",
        "outline_style": "dash",
    },
    "town": {"style": "no", "outline_color": "#5a1f5c", "outline_width": "0.8"},
    "towns": {"style": "no", "outline_color": "#8a8a8a", "outline_width": "0.35"},
    "here": {"color": "#c2410c", "outline_color": "#7c2d12", "outline_width": "0.2"},
    "outside": {"color": "252,251,247,190", "outline_style": "no"},
    "country": {"color": "#eef0ea", "outline_color": "#8a8a8a", "outline_width": "0.2"},
}
RIVERS = {"line_color": "#5b9dc4", "line_width": "0.3"}
GRID_LINE = {"outline_color": "#2f4f2f", "outline_width": "0.45"}
HOMES = {
    "name": "circle",
    "color": "#c2410c",
    "outline_color": "#ffffff",
    "outline_width": "0.2",
    "size": "1.9",
}
PLACES = {"name": "square", "color": "#4a4a4a", "outline_style": "no", "size": "1.1"}


def memory_layer(
    frame: gpd.GeoDataFrame,
    kind: str,
    crs: QgsCoordinateReferenceSystem,
    fields: Sequence[str],
    name: str,
) -> QgsVectorLayer:
    """Copy rows into a layer that lives in memory; every field is text.

    Args:
        frame: Rows in ``crs``; those without geometry are left out.
        kind: Geometry type as QGIS names it.
        crs: Its CRS.
        fields: Columns to keep.
        name: The layer's name.
    """
    columns = "".join(f"&field={field}:string" for field in fields)
    layer = QgsVectorLayer(f"{kind}?{columns.lstrip('&')}", name, "memory")
    layer.setCrs(crs)
    features = []
    shapes = frame.geometry.to_numpy()
    values = [frame[field].tolist() for field in fields]
    for index, shape in enumerate(shapes):
        if shape is None or shape.is_empty:
            continue
        geometry = QgsGeometry()
        geometry.fromWkb(shapely.to_wkb(shape))
        feature = QgsFeature(layer.fields())
        feature.setGeometry(geometry)
        feature.setAttributes([None if v[index] is None else str(v[index]) for v in values])
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    layer.updateExtents()
    return layer


def fill(layer: QgsVectorLayer, properties: Mapping[str, str]) -> QgsVectorLayer:
    """Draw a polygon layer with one symbol."""
    layer.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple(dict(properties))))
    return layer


def lines(layer: QgsVectorLayer, properties: Mapping[str, str]) -> QgsVectorLayer:
    """Draw a line layer with one symbol."""
    layer.setRenderer(QgsSingleSymbolRenderer(QgsLineSymbol.createSimple(dict(properties))))
    return layer


def marks(layer: QgsVectorLayer, properties: Mapping[str, str]) -> QgsVectorLayer:
    """Draw a point layer with one symbol."""
    layer.setRenderer(QgsSingleSymbolRenderer(QgsMarkerSymbol.createSimple(dict(properties))))
    return layer


def roads(layer: QgsVectorLayer) -> QgsVectorLayer:
    """Draw each kind of road in its own line."""
    categories = [
        QgsRendererCategory(kind, QgsLineSymbol.createSimple(look), title)
        for kind, (title, look) in reversed(ROADS.items())
    ]
    layer.setRenderer(QgsCategorizedSymbolRenderer("kind", categories))
    return layer


def colored_grids(layer: QgsVectorLayer) -> QgsVectorLayer:
    """Fill each grid by its field ``color``."""
    categories = [
        QgsRendererCategory(
            str(number),
            QgsFillSymbol.createSimple({"color": _alpha(color, 205), **GRID_LINE}),
            str(number),
        )
        for number, color in enumerate(PALETTE)
    ]
    layer.setRenderer(QgsCategorizedSymbolRenderer("color", categories))
    return layer


def _alpha(color: str, alpha: int) -> str:
    made = QColor(color)
    return f"{made.red()},{made.green()},{made.blue()},{alpha}"


def labelled(
    layer: QgsVectorLayer,
    expression: str,
    family: str,
    points: float,
    color: str = "#1a1a1a",
    bold: bool = False,
    everywhere: bool = True,
    priority: int = 5,
) -> QgsVectorLayer:
    """Label a layer; with ``everywhere`` no label is ever dropped."""
    form = QgsTextFormat()
    form.setFont(font(family, points, bold))
    form.setSize(points)
    form.setColor(QColor(color))
    form.setLineHeight(1.1)
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(0.45)
    halo.setColor(QColor(255, 255, 255, 215))
    form.setBuffer(halo)
    settings = QgsPalLayerSettings()
    settings.fieldName = expression
    settings.isExpression = True
    settings.priority = priority
    settings.multilineAlign = Qgis.LabelMultiLineAlignment.Center
    settings.setFormat(form)
    if layer.geometryType() == Qgis.GeometryType.Polygon:
        settings.placement = Qgis.LabelPlacement.Horizontal
        settings.fitInPolygonOnly = False
        settings.centroidInside = True
        settings.labelPerPart = False
    elif layer.geometryType() == Qgis.GeometryType.Line:
        settings.placement = Qgis.LabelPlacement.Line
    else:
        settings.placement = Qgis.LabelPlacement.OrderedPositionsAroundPoint
        settings.dist = 0.6
    if everywhere:
        placing = settings.placementSettings()
        placing.setOverlapHandling(Qgis.LabelOverlapHandling.AllowOverlapIfRequired)
        settings.setPlacementSettings(placing)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)
    return layer


def hillshade(path: Path) -> QgsRasterLayer | None:
    """Give the workspace's elevation as pale hillshade, None where there is none."""
    if not path.exists():
        return None
    layer = QgsRasterLayer(str(path), "hillshade")
    if not layer.isValid():
        return None
    shade = QgsHillshadeRenderer(layer.dataProvider(), 1, 315.0, 50.0)
    shade.setZFactor(1.0)
    shade.setMultiDirectional(True)
    layer.setRenderer(shade)
    layer.brightnessFilter().setBrightness(70)
    layer.brightnessFilter().setContrast(-35)
    _smooth(layer)
    return layer


def _smooth(layer: QgsRasterLayer) -> None:
    from qgis.core import QgsBilinearRasterResampler

    resample: Any = layer.resampleFilter()
    resample.setZoomedInResampler(QgsBilinearRasterResampler())
    resample.setZoomedOutResampler(QgsBilinearRasterResampler())
