"""Hills where an office has no DEM: stands gathered around the points with hill names (小地名)."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.tables.units import MU_M2

NEAR = 200.0
"""Stands nearer than this are neighbours (a road, a stream or a field lies between), m."""


def hills_from_names(
    stands: gpd.GeoDataFrame, names: gpd.GeoDataFrame, field: str
) -> gpd.GeoDataFrame:
    """Give every stand to the named point that is nearest on a way through stands.

    Ways go from stand to neighbouring stand, centre to centre, so that each hill is one piece
    as far as its stands are; stands that no way reaches go to the nearest point as the crow
    flies. Borders follow stands, not ridges: coarser than from a DEM.

    Args:
        stands: Polygons, projected CRS (m).
        names: Points, same CRS.
        field: Column of the name.

    Returns:
        Rows of :data:`linzhang_plugin.core.hills.tables.HILLS` without heights.

    Raises:
        InputError: No point has a name.
    """
    points = names[names[field].notna() & names.geometry.notna()].reset_index(drop=True)
    if not len(points):
        raise InputError("NAMES has no point with a name in {field}.", field=field)
    shapes = stands.geometry.to_numpy()
    centres = shapely.point_on_surface(shapes)
    places = shapely.centroid(points.geometry.to_numpy())
    tree = shapely.STRtree(shapes)
    seeds = np.asarray(tree.nearest(places))
    near_to_seed = shapely.distance(places, centres[seeds])
    owner = _nearest_on_ways(_ways(tree, shapes, centres), seeds, near_to_seed)
    lost = np.flatnonzero(owner < 0)
    owner[lost] = shapely.STRtree(places).nearest(centres[lost])
    present = np.unique(owner)
    merged = [shapely.union_all(shapes[owner == n]) for n in present]
    tops = np.array(merged, dtype=object)
    order = np.lexsort((shapely.get_x(places[present]), -shapely.get_y(places[present])))
    area = shapely.area(tops)
    table = pd.DataFrame(
        {
            "hill_id": "",
            "hill_name": points[field].to_numpy()[present],
            "peak_m": np.nan,
            "prominence_m": np.nan,
            "saddle_m": np.nan,
            "parent_id": None,
            "area_m2": area,
            "area_mu": area / MU_M2,
            "n_stands": np.bincount(owner)[present],
        }
    ).iloc[order]
    table["hill_id"] = [f"H{n + 1:04d}" for n in range(len(table))]
    multi = [s if s.geom_type == "MultiPolygon" else shapely.multipolygons([s]) for s in merged]
    shapes_in_order = [multi[n] for n in order.tolist()]
    return gpd.GeoDataFrame(table.reset_index(drop=True), geometry=shapes_in_order, crs=stands.crs)


def _ways(
    tree: shapely.STRtree, shapes: npt.NDArray[np.object_], centres: npt.NDArray[np.object_]
) -> coo_array:
    """Give the lengths of the ways between neighbouring stands."""
    one, two = tree.query(shapely.envelope(shapely.buffer(shapes, NEAR)), predicate="intersects")
    apart = one < two
    one, two = one[apart], two[apart]
    close = shapely.distance(shapes[one], shapes[two]) <= NEAR
    one, two = one[close], two[close]
    length = np.maximum(shapely.distance(centres[one], centres[two]), 1e-3)
    return coo_array((length, (one, two)), (len(shapes), len(shapes)))


def _nearest_on_ways(
    ways: coo_array, seeds: npt.NDArray[np.int64], start: npt.NDArray[np.float64]
) -> npt.NDArray[np.int64]:
    """Give the point whose way to each stand is shortest, -1 where none leads there."""
    count = ways.shape[0]
    # One more node a point, joined to its first stand, so that two points may share a stand.
    points = np.arange(len(seeds))
    row = np.concatenate((ways.row, count + points))
    column = np.concatenate((ways.col, seeds))
    length = np.concatenate((ways.data, np.maximum(start, 1e-3)))
    whole = coo_array((length, (row, column)), (count + len(seeds), count + len(seeds))).tocsr()
    _, _, source = dijkstra(
        whole, directed=False, indices=count + points, min_only=True, return_predecessors=True
    )
    found = np.asarray(source[:count], dtype=np.int64)
    return np.where(found >= count, found - count, -1)
