"""四至: what bounds a grid to the east, south, west and north, in that order.

Along the outline of each side the nearest neighbour is looked for every few metres: a named
feature (road, river, ridge) within ``NEAR``, else another grid within ``REACH``, else another
village or the forest's edge. The two that hold most of the side are named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from linzhang_plugin.core.grids.arrays import Array
from linzhang_plugin.core.grids.model import Floats, Ints
from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.progress import Progress, silent, step

SIDES = ("e", "s", "w", "n")
NEAR = 60.0
"""A named line this near to the outline is the limit, m."""
REACH = 300.0
"""A grid further away than this is no neighbour, m."""
EVERY = 40.0
"""Distance between looks along the outline, m."""
SHARE = 0.25
"""Share of a side that the second name needs."""


@dataclass(frozen=True, eq=False)
class Surroundings:
    """What limits can be named after.

    Attributes:
        labels: (k,) name of each grid, for its neighbours.
        towns: (k,) town of each grid.
        town_names: (k,) name of that town.
        features: Named lines (``name`` and geometry) or None.
        villages: Named village polygons (``name``) or None.
    """

    labels: Sequence[str]
    towns: Sequence[str]
    town_names: Sequence[str]
    features: gpd.GeoDataFrame | None = None
    villages: gpd.GeoDataFrame | None = None


def limits_of(
    shapes: Array, around: Surroundings, progress: Progress = silent
) -> list[dict[str, Message]]:
    """Give the four limits of every grid.

    Args:
        shapes: (k,) grids, projected, m.
        around: Names.
        progress: Told after each grid.

    Returns:
        A dict with keys e, s, w, n a grid.
    """
    tree = shapely.STRtree(shapes)
    lines = _tree(around.features)
    areas = _tree(around.villages)
    made = []
    for grid in range(len(shapes)):
        step(progress, grid / max(1, len(shapes)))
        points, side = _outline(shapes[grid])
        found: list[Message | None] = [None] * len(points)
        _by_features(points, around, lines, found)
        _by_grids(points, grid, shapes, tree, around, found)
        _by_villages(points, shapes[grid], around, areas, found)
        made.append({name: _sentence(found, side == s) for s, name in enumerate(SIDES)})
    return made


def _tree(frame: gpd.GeoDataFrame | None) -> shapely.STRtree | None:
    return None if frame is None or not len(frame) else shapely.STRtree(frame.geometry.to_numpy())


def _outline(shape: object) -> tuple[Array, Ints]:
    """Give points along the outer rings and the side (0 e, 1 s, 2 w, 3 n) that each lies on."""
    rings = shapely.get_exterior_ring(shapely.get_parts(shape))
    dense = shapely.segmentize(rings, EVERY)
    xy = shapely.get_coordinates(dense)
    if not len(xy):
        return np.empty(0, dtype=object), np.empty(0, dtype=np.int64)
    minx, miny, maxx, maxy = shapely.bounds(shape)
    half = np.maximum([(maxx - minx) / 2, (maxy - miny) / 2], 1e-9)
    apart = (xy - [(minx + maxx) / 2, (miny + maxy) / 2]) / half
    across = np.abs(apart[:, 0]) >= np.abs(apart[:, 1])
    side = np.where(across, np.where(apart[:, 0] > 0, 0, 2), np.where(apart[:, 1] > 0, 3, 1))
    return shapely.points(xy), side


def _by_features(points: Array, around: Surroundings, lines: object, found: list[Any]) -> None:
    if lines is None or around.features is None:
        return
    names = around.features["name"].to_numpy()
    which, line = lines.query_nearest(points, max_distance=NEAR, all_matches=False)  # type: ignore[attr-defined]
    for point, feature in zip(which, line, strict=True):
        found[point] = Message("{name}", {"name": str(names[feature])})


def _by_grids(
    points: Array,
    grid: int,
    shapes: Array,
    tree: shapely.STRtree,
    around: Surroundings,
    found: list[Any],
) -> None:
    open_points = np.array([i for i, f in enumerate(found) if f is None], dtype=np.int64)
    if not len(open_points):
        return
    which, other = _near_points(points[open_points], grid, tree)
    gap: Floats = shapely.distance(points[open_points[which]], shapes[other])
    order = np.lexsort((other, gap, which))
    first = np.r_[True, which[order][1:] != which[order][:-1]] if len(order) else []
    for point, neighbour in zip(which[order][first], other[order][first], strict=True):
        if around.towns[neighbour] == around.towns[grid]:
            name = Message("grid {grid}", {"grid": around.labels[neighbour]})
        else:
            name = Message("the border of {town}", {"town": around.town_names[neighbour]})
        found[open_points[point]] = name


def _near_points(points: Array, grid: int, tree: shapely.STRtree) -> tuple[Ints, Ints]:
    """Pair points of a grid's outline with the other grids within reach.

    Where another grid lies right there, those further off are not looked for.
    """
    which, other = tree.query(points, predicate="dwithin", distance=0.01)
    keep = other != grid
    which, other = which[keep], other[keep]
    alone = np.setdiff1d(np.arange(len(points)), which)
    far, beyond = tree.query(points[alone], predicate="dwithin", distance=REACH)
    keep = beyond != grid
    return np.r_[which, alone[far[keep]]], np.r_[other, beyond[keep]]


def _by_villages(
    points: Array, shape: object, around: Surroundings, areas: object, found: list[Any]
) -> None:
    """Name the village beyond, where it is not the one that the grid lies in."""
    left = np.array([i for i, f in enumerate(found) if f is None], dtype=np.int64)
    if areas is None or around.villages is None or not len(left):
        return
    names = around.villages["name"].to_numpy()
    here = shapely.point_on_surface(shape)
    home = set(areas.query(here, predicate="intersects").tolist())  # type: ignore[attr-defined]
    which, area = areas.query(points[left], predicate="dwithin", distance=REACH)  # type: ignore[attr-defined]
    for point, village in zip(which, area, strict=True):
        if village not in home and found[left[point]] is None:
            found[left[point]] = Message("the border of {town}", {"town": str(names[village])})


def _sentence(found: list[Any], on_side: Array) -> Message:
    """Name the one or two that hold most of a side."""
    edge = Message("the edge of the forest")
    names = [found[i] or edge for i in np.flatnonzero(on_side)]
    if not names:
        return edge
    ranked = sorted(Counter(names).items(), key=lambda item: (-item[1], str(item[0])))
    first = ranked[0][0]
    if len(ranked) > 1 and ranked[1][1] >= SHARE * len(names):
        return Message("{first}, {second}", {"first": first, "second": ranked[1][0]})
    return first
