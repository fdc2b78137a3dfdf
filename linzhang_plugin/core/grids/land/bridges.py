"""Bridges: where a barrier (river, motorway) may be crossed on foot.

A road that leads from one side of a barrier to the other is a bridge, a ford or an underpass:
for a ranger they are the same. A road along a barrier is none, nor is one that ends at it.
Places that the user gives as bridges count as they are.

All lengths are metres in a projected CRS.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

Shapes = npt.NDArray[np.object_]

BANK = 10.0
"""Ground beside a barrier that belongs to its bridge, m."""
BESIDE = 2.0
"""How much wider the look at the two sides is, m."""
LINE = 0.2
"""Half the width that a barrier drawn as a line is given, m."""
ALONG = 12.0
"""A road that stays within 1 m of a line barrier for longer than this runs along it, m."""
GIVEN = 30.0
"""Reach of a bridge that is given as a point, m."""

NO_WAY = frozenset(
    {"motorway", "motorway_link", "high_speed_rail", "railway", "rail", "light_rail", "subway",
     "expressway", "高速", "高速公路", "铁路", "普速铁路", "高铁", "高速铁路"}
)  # fmt: skip
"""Kinds of roads that nobody walks along or crosses a river by."""
KINDS = ("kind", "highway", "fclass", "railway", "TYPE", "type")
"""Columns that tell a road's kind: the workspace's own, then OpenStreetMap's."""


def walkable(roads: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give the roads without motorways and railways, where a column tells the kind."""
    barred = np.zeros(len(roads), dtype=bool)
    for column in KINDS:
        if column in roads:
            barred |= np.array(
                [isinstance(v, str) and v.strip().lower() in NO_WAY for v in roads[column]],
                dtype=bool,
            )
    return roads[~barred] if barred.any() else roads


def find_bridges(barriers: Shapes, roads: Shapes | None, given: Shapes | None = None) -> Shapes:
    """Give the places where barriers may be crossed.

    Args:
        barriers: Lines or polygons.
        roads: Lines that people walk, or None.
        given: Bridges as points, lines or polygons, or None.

    Returns:
        Pieces of road with the banks, and the given places (points with their reach).
    """
    found: list[object] = []
    if roads is not None and len(roads) and len(barriers):
        tree = shapely.STRtree(roads)
        for barrier in barriers:
            near = tree.query(barrier, predicate="intersects")
            if len(near):
                found += _crossings(barrier, shapely.union_all(roads[np.sort(near)]))
    if given is not None and len(given):
        found += _reaching(given, barriers)
    made = np.empty(len(found), dtype=object)
    made[:] = found
    return made


def _crossings(barrier: object, roads: object) -> list[object]:
    """Give the pieces of a road network that lead over one barrier."""
    line = shapely.get_dimensions(barrier) == 1
    net = shapely.intersection(roads, shapely.buffer(barrier, BANK, quad_segs=4))
    if line:
        net = _without_along(net, barrier)
    wall = shapely.buffer(barrier, LINE, cap_style="flat") if line else barrier
    found = []
    for blob in shapely.get_parts(shapely.buffer(net, 1.0, quad_segs=2)):
        piece = shapely.intersection(net, blob)
        around = shapely.buffer(shapely.convex_hull(piece), BANK + BESIDE, quad_segs=4)
        sides = shapely.get_parts(shapely.difference(around, wall))
        outside = shapely.difference(piece, wall)
        if int(shapely.intersects(sides, outside).sum()) > 1:
            found.append(piece)
    return found


def _without_along(net: object, barrier: object) -> object:
    """Take the stretches that run along a line barrier out of a road network."""
    near = shapely.get_parts(
        shapely.line_merge(shapely.intersection(net, shapely.buffer(barrier, 1.0, quad_segs=2)))
    )
    long = near[shapely.length(near) > ALONG]
    if not len(long):
        return net
    return shapely.difference(net, shapely.buffer(shapely.union_all(long), 0.5, quad_segs=2))


def _reaching(given: Shapes, barriers: Shapes) -> list[object]:
    """Give points their reach: as wide as the barrier that they lie in, at least ``GIVEN``."""
    points = shapely.get_dimensions(given) == 0
    reach = np.full(len(given), GIVEN)
    areas = barriers[shapely.get_dimensions(barriers) == 2] if len(barriers) else barriers
    if len(areas):
        which, area = shapely.STRtree(areas).query(given, predicate="within")
        deep = shapely.distance(given[which], shapely.boundary(areas[area]))
        np.maximum.at(reach, which, 1.5 * deep + BANK)
    wide = shapely.buffer(given, reach, quad_segs=8)
    return list(np.where(points, wide, given))
