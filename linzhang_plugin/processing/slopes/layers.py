"""Rasters and layers as the bare-slope algorithms take them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterMultipleLayers,
    QgsProviderRegistry,
    QgsVectorLayer,
)

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.slopes.bands import band_numbers
from linzhang_plugin.core.slopes.image import Image, Mask, same_cells
from linzhang_plugin.core.tables.rules import RuleSet, load_rules
from linzhang_plugin.core.terrain.metric import metric_file
from linzhang_plugin.core.terrain.raster import Raster, RasterFile, open_raster, read_raster
from linzhang_plugin.language import translate
from linzhang_plugin.processing import bridge
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.parameters import raster_source

GROUP = tr("Bare slopes")
KIND_FIELDS = ("kind", "种类", "类型", "地类", "dlmc", "di_lei")
"""Fields that may tell what each polygon of a mask is, lower case."""
MOST_KINDS = 20
"""Kinds in one layer from which its field is no list of kinds."""
DEFAULT_RULES = "slopes_zhanggong"


def slope_rules(call: Call) -> RuleSet:
    """Give the rule set that RULES names, the shipped one when empty."""
    return load_rules(call.text("RULES") or DEFAULT_RULES, "slopes")


def image_file(call: Call, name: str) -> RasterFile:
    """Open an image in metres: one in degrees is brought over, which is said."""
    file = open_raster(raster_source(call, name))
    metres = metric_file(file)
    if metres is not file:
        call.say(
            Message(
                "Image {file} does not lie in square metres: its nearest cells were taken on"
                " {cell:.2f} m.",
                {"file": file_name(file.path), "cell": metres.cell[0]},
            )
        )
    return metres


def open_image(call: Call, file: RasterFile, dem: RasterFile | Raster, masks: list[Mask]) -> Image:
    """Name the bands of an image, and say how it was read."""
    bands, note = band_numbers(call.text("BANDS"), file.titles)
    image = Image(file, bands, dem, masks, call.number("DN_OFFSET") or 0.0)
    for message in (note, *image.notes):
        call.say(message)
    return image


def dem_under(call: Call, image: RasterFile) -> RasterFile | Raster:
    """Give the DEM as a file on the image's cells, or as a raster to be interpolated."""
    path = raster_source(call, "DEM")
    file = open_raster(path)
    return file if same_cells(image, file) else read_raster(path)


def add_masks(algorithm: LinzhangAlgorithm) -> None:
    """Add EXCLUDE, any number of layers."""
    algorithm.add(
        QgsProcessingParameterMultipleLayers(
            "EXCLUDE",
            translate(tr("Ground to leave out")),
            QgsProcessing.SourceType.TypeVectorAnyGeometry,
            None,
            True,
        ),
        tr("Built-up land, cropland, water, roads, orchard terraces, tea, new plantations, felling"
           " and planting plots, solar farms: one layer for each reason."),
    )  # fmt: skip


def masks(call: Call, crs: str, road_m: float) -> list[Mask]:
    """Read EXCLUDE as polygons in the image's CRS; lines are widened."""
    if not call.given("EXCLUDE"):
        return []
    layers: list[Any] = call.algorithm.parameterAsLayerList(
        call.parameters, "EXCLUDE", call.context
    )
    made: list[Mask] = []
    for layer in layers:
        if not isinstance(layer, QgsVectorLayer):
            continue
        name = _own_name(layer)
        if layer.featureCount() == 0:
            call.warn(Message("Mask {layer} is empty.", {"layer": name}))
            continue
        frame = bridge.read_frame(layer, name, call.feedback).to_crs(crs)
        frame = frame[~shapely.is_missing(frame.geometry.to_numpy())]
        shapes = frame.geometry.to_numpy()
        flat = shapely.get_dimensions(shapes) == 2
        shapes = np.where(flat, shapes, shapely.buffer(shapes, road_m))
        same = sum(mask.reason.split(" (")[0] == name for mask in made)
        reason = f"{name} ({same + 1})" if same else name
        made.append(Mask(reason, shapes, not flat.any(), _kinds(frame)))
    return made


def _own_name(layer: QgsVectorLayer) -> str:
    """Give a layer's name; its table's where it is called by the file that holds several."""
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    table, path = parts.get("layerName"), parts.get("path")
    if table and path and layer.name() == Path(path).stem:
        return str(table)
    return str(layer.name())


def _kinds(frame: gpd.GeoDataFrame) -> np.ndarray[Any, np.dtype[np.object_]] | None:
    """Give what each polygon is, by a field that lists kinds; None without such a field."""
    for column in frame.columns:
        if str(column).lower() in KIND_FIELDS:
            values = np.array([str(v) if v is not None else "" for v in frame[column]], object)
            if len(set(values.tolist())) <= MOST_KINDS:
                return values
    return None


def sites(call: Call, name: str = "SITES") -> gpd.GeoDataFrame:
    """Read the sites, without empty features.

    Raises:
        InputError: They have no site_code, or it is not unique.
    """
    frame = call.frame(name)
    assert frame is not None
    frame = frame[frame.geometry.notna() & ~frame.geometry.is_empty].reset_index(drop=True)
    if "site_code" not in frame:
        raise InputError(tr("{parameter} has no field site_code; add it."), parameter=name)
    twice = frame["site_code"][frame["site_code"].duplicated()]
    if len(twice):
        raise InputError(
            tr("{parameter}: site_code {code} stands twice; codes must be unique."),
            parameter=name,
            code=str(twice.iloc[0]),
        )
    return frame


def own_fields(frame: gpd.GeoDataFrame) -> tuple[str, ...]:
    """Give a layer's own columns, to be passed on."""
    kept = [str(c) for c in frame.columns if c != frame.geometry.name]
    return tuple(c for c in kept if c.lower() not in ("fid", "ogc_fid"))


def file_name(path: str) -> str:
    """Give the name of a file without its folder."""
    return Path(path.split("|")[0]).name
