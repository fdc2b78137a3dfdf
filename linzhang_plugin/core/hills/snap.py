"""Hills whose borders follow the stands': no stand lies in two hills."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from linzhang_plugin.core.hills.delineate import HillMap
from linzhang_plugin.core.tables.units import MU_M2
from linzhang_plugin.core.terrain.raster import Raster
from linzhang_plugin.core.terrain.zonal import cells_inside

Ints = npt.NDArray[np.int64]
Shapes = npt.NDArray[np.object_]


def snapped(found: HillMap, dem: Raster, stands: gpd.GeoDataFrame, min_mu: float = 0.0) -> HillMap:
    """Redraw the hills along stand borders: each stand goes to the hill that holds most of it.

    Hills without a stand disappear from the map of hills; all stands stay covered, also those
    that reach beyond the DEM (they go to the nearest hill). A hill whose stands are too small
    joins the one that it shares most border with, the smallest first; the higher peak names
    both. Where a parent is gone, its own parent takes its place.

    Args:
        found: Hills and peaks of :func:`~.delineate.delineate_hills`.
        dem: The DEM they were made from.
        stands: Polygons in the DEM's CRS.
        min_mu: Least area of a hill, mu; a hill that touches no other stays.
    """
    shapes = stands.geometry.to_numpy()
    hills = found.hills.geometry.to_numpy()
    own = _hill_by_cells(dem, hills, shapes)
    lost = np.flatnonzero(own < 0)
    if len(lost):
        own[lost] = shapely.STRtree(hills).nearest(shapely.point_on_surface(shapes[lost]))
    joins = _joined(own, shapes, found.hills["peak_m"].to_numpy(np.float64), min_mu * MU_M2)
    own = joins[own]
    present = np.unique(own)
    redrawn = found.hills.iloc[present].copy()
    redrawn["geometry"] = [_multi(shapely.union_all(shapes[own == number])) for number in present]
    redrawn["area_m2"] = shapely.area(redrawn.geometry.to_numpy())
    redrawn["area_mu"] = redrawn["area_m2"] / MU_M2
    redrawn["n_stands"] = np.bincount(own, minlength=len(hills))[present]
    # As objects: newer pandas would turn missing text into NaN.
    parents = _parents(found.hills, joins, present)
    redrawn["parent_id"] = pd.Series(parents, index=redrawn.index, dtype=object)
    return HillMap(
        redrawn.reset_index(drop=True),
        found.peaks.iloc[present].reset_index(drop=True),
    )


def _multi(shape: shapely.Geometry) -> shapely.MultiPolygon:
    return shape if shape.geom_type == "MultiPolygon" else shapely.multipolygons([shape])


def _joined(own: Ints, shapes: Shapes, peak: npt.NDArray[np.float64], least: float) -> Ints:
    """Give the hill that each hill becomes part of, itself where it is large enough."""
    joins = np.arange(len(peak))
    area = np.bincount(own, shapely.area(shapes), len(peak))
    if least <= 0 or not ((area > 0) & (area < least)).any():
        return joins
    border = _borders(own, shapes)
    waiting = set(np.flatnonzero((area > 0) & (area < least)).tolist())
    while waiting:
        small = min(waiting, key=lambda h: (area[h], h))
        waiting.discard(small)
        around = border.get(small)
        if not around:
            continue
        other = max(around, key=lambda h: (around[h], -h))
        low, high = sorted((small, other), key=lambda h: (peak[h], -h))
        _join(border, low, high)
        joins[joins == low] = high
        area[high], area[low] = area[low] + area[high], 0.0
        waiting.discard(low)
        waiting.discard(high)
        if area[high] < least:
            waiting.add(high)
    return joins


def _join(border: dict[int, dict[int, float]], low: int, high: int) -> None:
    """Let a hill take over the borders of another."""
    for hill, length in border.pop(low).items():
        del border[hill][low]
        if hill != high:
            border[high][hill] = border[high].get(hill, 0.0) + length
            border[hill][high] = border[high][hill]


def _borders(own: Ints, shapes: Shapes) -> dict[int, dict[int, float]]:
    """Give the length of border, m, that each two hills share along their stands."""
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    apart = own[one] != own[other]
    one, other = one[apart], other[apart]
    length = shapely.length(shapely.intersection(shapes[one], shapes[other]))
    border: dict[int, dict[int, float]] = {}
    for a, b, metres in zip(own[one].tolist(), own[other].tolist(), length.tolist(), strict=True):
        around = border.setdefault(a, {})
        around[b] = around.get(b, 0.0) + metres
    return border


def _parents(hills: gpd.GeoDataFrame, joins: Ints, present: Ints) -> list[str | None]:
    """Give each hill's next ancestor that is still on the map, None where there is none."""
    ids = hills["hill_id"].tolist()
    place = {name: number for number, name in enumerate(ids)}
    up = [place.get(name, -1) for name in hills["parent_id"]]
    kept = set(present.tolist())
    parents: list[str | None] = []
    for hill in present.tolist():
        above = up[hill]
        while above >= 0 and (int(joins[above]) not in kept or int(joins[above]) == hill):
            above = up[above]
        parents.append(ids[int(joins[above])] if above >= 0 else None)
    return parents


def _hill_by_cells(dem: Raster, hills: Shapes, shapes: Shapes) -> Ints:
    """Give the hill with most cells in each shape, -1 where a shape holds no cell."""
    owner, row, column = cells_inside(dem, hills)
    classes = np.full(dem.array.shape, -1, dtype=np.int64)
    classes[row, column] = owner
    stand, row, column = cells_inside(dem, shapes)
    under = classes[row, column]
    stand, under = stand[under >= 0], under[under >= 0]
    pair, count = np.unique(stand * len(hills) + under, return_counts=True)
    best = np.full(len(shapes), -1, dtype=np.int64)
    order = np.lexsort((-pair, count))
    best[pair[order] // len(hills)] = pair[order] % len(hills)
    return best
