"""Odd values for every kind of parameter: what a tired hand or another office's file may give."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from qgis.core import (
    QgsFeature,
    QgsField,
    QgsGeometry,
    QgsPointXY,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QMetaType

LAYERS = (
    "empty", "no-geometry", "some-null", "all-null", "no-crs", "no-fields", "half-fields", "points",
    "lines", "texts", "nulls", "far", "twice", "one-row", "numbers",
)  # fmt: skip
RASTERS = (
    "no-crs", "all-nodata", "far-away", "one-cell", "nan", "constant", "texts", "missing", "folder",
)  # fmt: skip
FILES = (
    "picture.csv", "empty.csv", "empty.gpx", "bytes.xlsx", "bytes.zip", "bytes.gpx", "folder",
    "missing",
)  # fmt: skip
STORES = ("missing.gpkg", "empty.gpkg", "text.gpkg", "folder")
TEXTS = (
    " ", "坏值", "O'Neil'; DROP TABLE person; --", "示" * 3000, "2024-13-45", "2024-02-30", "-1",
    "{}", "[1", "nan", "1e400", "/nowhere/rules.json", "\x00", "../..", "=1,=2", "a=b=c",
)  # fmt: skip
NUMBERS = (-1e12, -1.0, 0.0, 0.5, 1e-9, 100.5, 1e12, math.nan, math.inf, "abc", "", None)
CHOICES = (-1, 99, "unknown", "坏值", [0, 1], None)


def odd_layer(source: QgsVectorLayer, kind: str) -> QgsVectorLayer:
    """Give a scratch layer like ``source`` but for one oddness."""
    shape = QgsWkbTypes.displayString(source.wkbType())
    if source.wkbType() == QgsWkbTypes.Type.NoGeometry:
        shape = "None"
    shape = {"points": "Point", "lines": "LineString", "no-geometry": "None"}.get(kind, shape)
    crs = "" if kind == "no-crs" or shape == "None" else f"?crs={source.crs().authid()}"
    made = QgsVectorLayer(shape + crs, source.name(), "memory")
    fields = list(source.fields())
    if kind == "no-fields":
        fields = []
    elif kind == "half-fields":
        fields = fields[::2]
    retyped = {"texts": QMetaType.Type.QString, "numbers": QMetaType.Type.Double}.get(kind)
    provider = made.dataProvider()
    provider.addAttributes([QgsField(f.name(), retyped or f.type()) for f in fields])
    made.updateFields()
    if kind == "empty":
        return made
    features = []
    for number, given in enumerate(source.getFeatures()):
        feature = QgsFeature(made.fields())
        missing = kind == "all-null" or (kind == "some-null" and number % 3 == 0)
        if shape != "None" and not missing:
            feature.setGeometry(odd_shape(QgsGeometry(given.geometry()), kind))
        for field in fields:
            value = {"texts": "坏值", "nulls": None, "numbers": -1.5}.get(kind, given[field.name()])
            feature[field.name()] = value
        features += [feature, QgsFeature(feature)] if kind == "twice" else [feature]
        if kind == "one-row" or number == 400:
            break
    provider.addFeatures(features)
    made.updateExtents()
    return made


def odd_shape(shape: QgsGeometry, kind: str) -> QgsGeometry:
    """Give a geometry made odd."""
    box = shape.boundingBox()
    if kind == "points":
        return shape.centroid()
    if kind == "lines":
        end = QgsPointXY(box.xMaximum() + 5, box.yMaximum() + 5)
        return QgsGeometry.fromPolylineXY([box.center(), end])
    if kind == "far":
        shape.translate(3e6, 2e6)
    return shape


def odd_raster(source: Path, kind: str, folder: Path) -> str:
    """Write a raster like ``source`` but for one oddness; give its path."""
    path = folder / f"{kind}.tif"
    if kind == "missing":
        return str(path)
    if kind == "folder":
        return str(folder)
    if kind == "texts":
        path.write_text("这不是栅格", encoding="utf-8")
        return str(path)
    with rasterio.open(source) as opened:
        profile, cells = opened.profile, opened.read()
    if kind == "no-crs":
        profile["crs"] = None
    elif kind == "far-away":
        profile["transform"] = rasterio.Affine.translation(2e6, 2e6) * profile["transform"]
    elif kind == "all-nodata":
        profile["nodata"] = 0
        cells = np.zeros_like(cells)
    elif kind == "constant":
        cells = np.full_like(cells, 7)
    elif kind == "nan":
        cells = np.full(cells.shape, np.nan, "float32")
        profile["dtype"] = "float32"
    elif kind == "one-cell":
        cells = cells[:1, :1, :1]
        profile.update(width=1, height=1, count=1)
    for option in ("tiled", "blockxsize", "blockysize"):
        profile.pop(option, None)
    with rasterio.open(path, "w", **profile) as opened:
        opened.write(cells)
    return str(path)


def odd_file(kind: str, folder: Path) -> str:
    """Write a file that is not what its name says; give its path."""
    path = folder / kind
    if kind.startswith("picture"):
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    elif kind.startswith("empty"):
        path.write_bytes(b"")
    elif kind.startswith("bytes"):
        path.write_bytes(np.random.default_rng(0).bytes(4000))
    elif kind.startswith("text"):
        path.write_text("这不是工作区", encoding="utf-8")
    elif kind == "folder":
        path.mkdir(exist_ok=True)
    return str(path)


Odd = tuple[str, Callable[[], Any]]


def odd_values(runs: Any, algorithm: Any, parameter: Any, folder: Path) -> Iterator[Odd]:
    """Give a name and a maker of every odd value of a parameter.

    Args:
        runs: The usual runs, for a layer or raster to be made odd.
        algorithm: As the provider has it.
        parameter: One of its parameters.
        folder: Odd files are written here.
    """
    kind = parameter.type()
    if parameter.isDestination():
        yield from odd_destinations(runs.file_name(parameter), folder)
    elif kind == "source":
        usual = runs.usual(algorithm, parameter)
        if usual is not None:
            yield from ((odd, partial(odd_layer, usual, odd)) for odd in LAYERS)
        yield from ((odd, partial(odd_file, odd, folder)) for odd in FILES)
    elif kind == "raster":
        usual = Path(runs.usual(algorithm, parameter))
        yield from ((odd, partial(odd_raster, usual, odd, folder)) for odd in RASTERS)
    elif kind == "multilayer":
        yield "missing", lambda: [str(folder / "missing.shp")]
        yield "raster", lambda: [runs.usual(algorithm, algorithm.parameterDefinition("DEM"))]
    elif kind == "file":
        yield from ((odd, partial(odd_file, odd, folder)) for odd in FILES)
    elif parameter.name() == "WORKSPACE":
        yield from ((odd, partial(odd_file, odd, folder)) for odd in STORES)
        yield "other.gpkg", lambda: str(runs.folder / "made" / "stands.gpkg")
    else:
        for value in odd_scalars(parameter):
            yield repr(value)[:40], partial(lambda kept: kept, value)


def odd_destinations(name: str, folder: Path) -> Iterator[Odd]:
    """Give places where an output cannot be written, or hardly."""
    (folder / "a file").write_text("示例", encoding="utf-8")
    yield "in a file", lambda: str(folder / "a file" / name)
    yield "a folder", lambda: str(folder)
    yield "odd ending", lambda: str(folder / f"{name}.坏")


def odd_scalars(parameter: Any) -> Iterator[Any]:
    """Give odd numbers, texts and choices."""
    kind = parameter.type()
    if kind == "number":
        yield from NUMBERS
        yield from (parameter.minimum() - 1, parameter.minimum(), parameter.maximum())
    elif kind == "enum":
        yield from CHOICES
    elif kind == "field":
        yield from ("nowhere", "fid", "geom", "坏 值")
    elif kind == "crs":
        yield from ("EPSG:999999", "坏值", "EPSG:4326")
    elif kind == "boolean":
        yield from ("maybe", None)
    else:
        yield from TEXTS
