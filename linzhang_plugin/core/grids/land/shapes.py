"""The polygon of a grid: the union of its stands, slivers closed, never over a neighbour."""

from __future__ import annotations

import numpy as np
import shapely

from linzhang_plugin.core.grids.arrays import Array
from linzhang_plugin.core.grids.model import Floats, Ints
from linzhang_plugin.core.progress import Progress, silent, step

LEAST = 1e-4
"""Pieces smaller than this are noise of the arithmetic, m²."""
SPECK = 0.05
"""Gained pieces smaller than this are the arcs of the buffers, m²."""


def merged_tiles(shapes: Array) -> object | None:
    """Unite shapes that share their edges vertex by vertex; None where they do not just tile.

    Edges that two shapes share cancel out; what is left are the outlines of the places that an
    odd number of shapes cover. The areas add up only where no place is covered twice, which is
    therefore proven by the sum (to ``LEAST``). Much faster than an overlay.
    """
    merged = _odd_cover(shapes)
    if merged is None:
        return None
    gap = abs(float(shapely.area(shapes).sum()) - float(shapely.area(merged)))
    return merged if gap <= LEAST else None


def tile(shapes: Array, least: float) -> bool:
    """Tell for certain that no two shapes share more than ``least`` m²; False where unknown."""
    merged = _odd_cover(shapes)
    if merged is None:
        return False
    return abs(float(shapely.area(shapes).sum()) - float(shapely.area(merged))) < least


def _odd_cover(shapes: Array) -> object | None:
    """Give what an odd number of shapes cover; None where their edges cross each other."""
    try:
        merged = shapely.coverage_union_all(shapes)
    except shapely.errors.GEOSException:
        return None
    if shapely.is_valid(merged):
        return merged
    # GEOS 3.13 leaves rings that touch themselves, but shapely 2.1 can tell a coverage.
    is_coverage = getattr(shapely, "coverage_is_valid", None)
    return shapely.make_valid(merged) if is_coverage and is_coverage(shapes) else None


def union_by_grid(shapes: Array, plan: Ints, k: int, progress: Progress = silent) -> Array:
    """Unite the stands of each grid; a place that two grids' stands claim goes to the first.

    Args:
        shapes: (n,) stands, projected.
        plan: (n,) grid of each, -1 for none.
        k: Number of grids.
        progress: Told after each grid.

    Returns:
        (k,) polygons or multipolygons; empty for a grid without stands.
    """
    made = np.empty(k, dtype=object)
    for grid in range(k):
        step(progress, grid / max(1, k))
        made[grid] = _united(shapes[plan == grid])
    return without_overlaps(made)


def _united(shapes: Array) -> object:
    merged = merged_tiles(shapes) if len(shapes) > 1 else None
    return polygons_only(shapely.union_all(shapes) if merged is None else merged)


def without_overlaps(made: Array) -> Array:
    """Take from each shape what an earlier one holds already.

    Where nothing would be left (a stand drawn on top of others), the earlier one gives way.
    """
    made = made.copy()
    tree = shapely.STRtree(made)
    first, second = tree.query(made, predicate="intersects")
    for a, b in sorted({(int(a), int(b)) for a, b in zip(first, second, strict=True) if a < b}):
        if shapely.area(shapely.intersection(made[a], made[b])) > LEAST:
            rest = polygons_only(shapely.difference(made[b], made[a]))
            if shapely.is_empty(rest):
                other = polygons_only(shapely.difference(made[a], made[b]))
                if not shapely.is_empty(other):
                    made[a] = other
                    continue
            made[b] = rest
    return made


def sound(shapes: Array) -> Array:
    """Give shapes that are valid: moving to another CRS can fold an edge of a micrometre."""
    broken = ~shapely.is_valid(shapes)
    if not broken.any():
        return shapes
    mended = shapes.copy()
    mended[broken] = [polygons_only(s, 0.0) for s in shapely.make_valid(shapes[broken])]
    return mended


def polygons_only(shape: object, least: float = LEAST) -> object:
    """Give the polygons of a shape as a MultiPolygon, without lines, points and specks."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    keep = (shapely.get_type_id(parts) == 3) & (shapely.area(parts) > least)
    return shapely.multipolygons(list(parts[keep])) if keep.any() else shapely.MultiPolygon()


def closed(made: Array, width: float, progress: Progress = silent) -> Array:
    """Close gaps narrower than ``width`` inside each shape, never over another shape.

    Morphological closing: grown and shrunk by half the width; what is gained is given up
    where another grid lies, and where two gain the same place the first has it.

    Args:
        made: (k,) shapes that do not overlap.
        width: Widest gap that is closed, m; 0 for none.
        progress: Told after each shape.
    """
    if width <= 0 or not len(made):
        return made
    half = width / 2.0
    grown = shapely.buffer(made, half, quad_segs=4)
    shut = shapely.buffer(grown, -half, quad_segs=4)
    result = made.copy()
    tree = shapely.STRtree(made)
    for grid in range(len(made)):
        step(progress, grid / len(made))
        gained = polygons_only(shapely.difference(shut[grid], made[grid]), SPECK)
        if shapely.is_empty(gained):
            continue
        near = [int(other) for other in np.sort(tree.query(gained)) if other != grid]
        grown_before = [result[other] for other in near if result[other] is not made[other]]
        for taken in ([_united(made[near])] if near else []) + grown_before:
            gained = shapely.difference(gained, taken)
        result[grid] = polygons_only(shapely.union(made[grid], gained))
    return _settled(made, result)


def _settled(made: Array, result: Array) -> Array:
    """Remove the last overlaps that arithmetic leaves, giving up gained places first."""
    tree = shapely.STRtree(result)
    first, second = tree.query(result, predicate="intersects")
    for a, b in sorted({(int(a), int(b)) for a, b in zip(first, second, strict=True) if a < b}):
        if shapely.area(shapely.intersection(result[a], result[b])) > LEAST:
            result[b] = polygons_only(shapely.difference(result[b], result[a]))
    return np.where(shapely.is_empty(result), made, result)


def filled(made: Array, distance: float) -> Array:
    """Give each shape with gaps up to ``distance`` filled and small holes gone, overlaps allowed.

    The outline that compactness is measured on: a grid is not less compact because a stream
    or a field runs through it.
    """
    if distance <= 0:
        return made
    rough = shapely.simplify(made, distance / 20.0)
    shut = shapely.buffer(shapely.buffer(rough, distance / 2.0, quad_segs=4), -distance / 2.0,
                          quad_segs=4)  # fmt: skip
    return np.array([_solid(s) for s in shut], dtype=object)


def _solid(shape: object) -> object:
    """Fill every hole of a shape."""
    parts = shapely.get_parts(shape)
    return (
        shapely.union_all(shapely.polygons(shapely.get_exterior_ring(parts)))
        if len(parts)
        else shape
    )


def centres(made: Array) -> Floats:
    """Give the (k, 2) centroids, NaN for missing and empty shapes."""
    points = shapely.centroid(made)
    # Some versions of the geometry engine refuse the coordinates of an empty point.
    points = np.array(points, dtype=object)
    points[shapely.is_empty(points)] = None
    return np.column_stack([shapely.get_x(points), shapely.get_y(points)])
