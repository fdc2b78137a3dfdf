"""Basic units for a county without a 小班 layer: forest cut by a net of cells or by hills."""

from __future__ import annotations

from typing import Literal

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from linzhang_plugin.core.hills.towns import divided
from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.tables.units import MU_M2

SCRAP = 0.25
"""A piece under this share of a full cell joins the neighbour with the longest common border."""


def net(
    bounds: tuple[float, float, float, float], shape: Literal["hexagon", "square"], size_m2: float
) -> npt.NDArray[np.object_]:
    """Cover bounds with equal cells, rows from north to south, each from west to east.

    Args:
        bounds: minx, miny, maxx, maxy, m.
        shape: ``hexagon`` or ``square``.
        size_m2: Area of a cell, m².
    """
    west, south, east, north = bounds
    if shape == "square":
        side = float(np.sqrt(size_m2))
        columns, rows = int((east - west) // side) + 1, int((north - south) // side) + 1
        column, row = np.meshgrid(np.arange(columns), np.arange(rows))
        x, y = west + side * column.ravel(), north - side * row.ravel()
        return shapely.box(x, y - side, x + side, y)
    radius = float(np.sqrt(size_m2 * 2 / (3 * np.sqrt(3))))
    wide, step = np.sqrt(3) * radius, 1.5 * radius
    columns, rows = int((east - west) // wide) + 2, int((north - south) // step) + 2
    column, row = np.meshgrid(np.arange(columns), np.arange(rows))
    x = west + wide * (column.ravel() + 0.5 * (row.ravel() % 2))
    y = north - step * row.ravel()
    turn = np.radians(np.arange(0, 360, 60) + 30)
    # Corners are rounded to the millimetre so that neighbours share them exactly.
    corners = np.stack(
        (x[:, None] + radius * np.cos(turn), y[:, None] + radius * np.sin(turn)), axis=2
    )
    return shapely.polygons(np.round(corners, 3))


def basic_units(
    forest: gpd.GeoDataFrame,
    cells: npt.NDArray[np.object_],
    towns: gpd.GeoDataFrame | None = None,
    town_field: str = "town_code",
) -> gpd.GeoDataFrame:
    """Cut forest by cells (and towns), joining scraps to their neighbours.

    Args:
        forest: Polygons, projected CRS (m); overlaps count once.
        cells: Polygons that cover the forest: a net, or hills.
        towns: Town polygons of one level; no unit crosses them. Forest outside every town keeps
            no town.
        town_field: Column of the town's code.

    Returns:
        Rows of :data:`linzhang_plugin.core.hills.tables.UNITS`; together exactly the forest.

    Raises:
        InputError: No forest lies in the cells, or towns overlap by more than slivers.
    """
    land = shapely.union_all(shapely.make_valid(forest.geometry.to_numpy()))
    wholes = [(land, None)] if towns is None else divided(land, towns, town_field)
    pieces, owners = [], []
    for whole, code in wholes:
        cut = _cut(whole, cells)
        pieces.append(cut)
        owners += [code] * len(cut)
    shapes = np.concatenate(pieces)
    if not len(shapes):
        raise InputError("No forest lies under the cells; check that both layers overlap.")
    area = shapely.area(shapes)
    codes = pd.Series(owners, dtype=object)
    table = pd.DataFrame({"town_code": codes, "area_m2": area, "area_mu": area / MU_M2})
    made = gpd.GeoDataFrame(table, geometry=shapes, crs=forest.crs)
    middle = shapely.centroid(shapes)
    made = made.iloc[np.lexsort((shapely.get_x(middle), -shapely.get_y(middle)))]
    made = made.reset_index(drop=True)
    made.insert(0, "unit_id", [f"U{n + 1:05d}" for n in range(len(made))])
    return made


def _cut(whole: object, cells: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Cut one area by cells and join pieces that are too small to their neighbours."""
    tree = shapely.STRtree(cells)
    near = np.sort(tree.query(whole, predicate="intersects"))
    cut = shapely.intersection(cells[near], whole)
    parts, cell = shapely.get_parts(cut, return_index=True)
    flat = shapely.get_type_id(parts) == 3
    parts, cell = parts[flat & (shapely.area(parts) > 0)], cell[flat & (shapely.area(parts) > 0)]
    if not len(parts):
        return np.empty(0, dtype=object)
    least = SCRAP * np.median(shapely.area(cells[near]))
    group = _joined_scraps(parts, least)
    joined = [shapely.union_all(parts[group == g]) for g in np.unique(group)]
    return np.array(
        [s if s.geom_type == "MultiPolygon" else shapely.multipolygons([s]) for s in joined],
        dtype=object,
    )


def _joined_scraps(parts: npt.NDArray[np.object_], least: float) -> npt.NDArray[np.int64]:
    """Give each part the number of the part it joins; a part without neighbours stays."""
    area = shapely.area(parts)
    one, two = shapely.STRtree(parts).query(parts, predicate="intersects")
    apart = one != two
    one, two = one[apart], two[apart]
    border = shapely.length(shapely.intersection(parts[one], parts[two]))
    group = np.arange(len(parts))
    total = area.copy()
    for small in np.lexsort((group, area)).tolist():
        root = int(group[small])
        if total[root] >= least:
            continue
        mine = (group[one] == root) & (group[two] != root) & (border > 0)
        if not mine.any():
            continue
        others = group[two[mine]]
        shared = np.bincount(others, weights=border[mine])
        target = int(np.argmax(shared))
        group[group == root] = target
        total[target] += total[root]
    return group
