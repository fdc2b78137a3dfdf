"""Child-process work of describebounds."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely

from linzhang_plugin.core.grids.intake import code_text
from linzhang_plugin.core.grids.limits import SIDES, Surroundings, limits_of
from linzhang_plugin.core.grids.naming import label_of
from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.progress import Progress
from linzhang_plugin.core.tables.zones import to_zone

LINES = ("ROADS", "RIVERS", "RIDGES")


def describe(
    layer: gpd.GeoDataFrame, named: dict[str, gpd.GeoDataFrame | None], progress: Progress
) -> gpd.GeoDataFrame:
    """Give the grids with ``bound_e, bound_s, bound_w, bound_n`` as messages.

    Args:
        layer: Grids in any CRS.
        named: ROADS, RIVERS, RIDGES, VILLAGES and TOWNS with ``name`` and ``code``, or None.
        progress: Told after each grid.

    Raises:
        InputError: A grid has no geometry.
    """
    shapes = layer.geometry.to_numpy()
    for row, missing in enumerate(shapely.is_missing(shapes) | shapely.is_empty(shapes)):
        if missing:
            raise InputError(
                tr("{layer}: row {row} has no geometry; delete it or draw it."),
                layer="GRIDS",
                row=row + 1,
            )
    zone = to_zone(layer)
    lines = [named[key].to_crs(zone.crs) for key in LINES if named.get(key) is not None]  # type: ignore[union-attr]
    features = (
        gpd.GeoDataFrame(pd.concat(lines, ignore_index=True), crs=zone.crs) if lines else None
    )
    villages = named.get("VILLAGES")
    codes = [code_text(v) for v in layer["grid_code"]] if "grid_code" in layer else []
    labels = [label_of(code) for code in codes] or [str(i + 1) for i in range(len(layer))]
    names = layer["grid_name"] if "grid_name" in layer else [None] * len(layer)
    labels = [code_text(n) or label for n, label in zip(names, labels, strict=True)]
    towns = (
        [code_text(v) for v in layer["town_code"]] if "town_code" in layer else [""] * len(layer)
    )
    around = Surroundings(
        labels,
        towns,
        _town_names(towns, named.get("TOWNS")),
        features,
        None if villages is None else villages.to_crs(zone.crs),
    )
    made = layer.copy()
    found = limits_of(shapely.make_valid(zone.geometry.to_numpy()), around, progress)
    for side in SIDES:
        made[f"bound_{side}"] = [limit[side] for limit in found]
    return made


def _town_names(towns: list[str], layer: gpd.GeoDataFrame | None) -> list[str]:
    names = {} if layer is None else dict(zip(layer["code"], layer["name"], strict=True))
    return [str(names.get(town, town)) for town in towns]
