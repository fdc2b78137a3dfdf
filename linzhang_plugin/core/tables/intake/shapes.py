"""Delivered polygons: repaired, refused, and checked against each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.progress import Progress, silent, step

Floats = npt.NDArray[np.float64]
Shapes = npt.NDArray[np.object_]

POLYGONS = (3, 6)
"""shapely type numbers of Polygon and MultiPolygon."""
LEAST_M2 = 0.01
"""Areas below this are no area: a sheet of paper in the wood, m²."""
OVERLAP_M2 = 1.0
"""Overlaps up to this are rounding of coordinates, m² (DOMAIN rule 2)."""
SLIVER = 0.02
"""Polygons rounder than this (4πA/P²) are no slivers."""
BATCH = 20_000


@dataclass(frozen=True)
class Mended:
    """Polygons after repair.

    Attributes:
        shapes: MultiPolygons, XY; None where refused.
        repaired: Row → what was wrong.
        refused: Row → why.
    """

    shapes: Shapes
    repaired: dict[int, Message]
    refused: dict[int, Message]


def mend(shapes: Any) -> Mended:
    """Repair polygons and refuse what is none.

    Args:
        shapes: (n,) geometries as delivered; may hold None, curves already straightened.
    """
    given: Shapes = np.asarray(shapes, dtype=object)
    refused: dict[int, Message] = {}
    repaired: dict[int, Message] = {}
    missing = shapely.is_missing(given) | shapely.is_empty(given)
    for row in np.flatnonzero(missing):
        refused[int(row)] = Message(tr("has no geometry; draw it or delete the row"))
    flat = shapely.force_2d(given)
    finite = np.isfinite(shapely.bounds(flat)).all(axis=1)
    for row in np.flatnonzero(~finite & ~missing):
        refused[int(row)] = Message(tr("has coordinates that are no numbers"))
    kinds = shapely.get_type_id(flat)
    other = ~np.isin(kinds, [*POLYGONS, 7]) & ~missing & finite
    for row in np.flatnonzero(other):
        refused[int(row)] = Message(tr("is no polygon"))
    usable = ~missing & finite & ~other
    bad = usable & ((kinds == 7) | ~shapely.is_valid(flat))
    for row in np.flatnonzero(bad):
        reason = str(shapely.is_valid_reason(flat[row])).split("[")[0].strip()
        flat[row] = polygons_of(shapely.make_valid(flat[row]))
        repaired[int(row)] = Message(tr("was repaired ({reason})"), {"reason": reason})
    tiny = usable & ~(shapely.area(flat) > 0)
    for row in np.flatnonzero(tiny):
        refused[int(row)] = Message(tr("has no area"))
        repaired.pop(int(row), None)
    keep = usable & ~tiny
    result: Shapes = np.full(len(given), None, dtype=object)
    result[keep] = multi(flat[keep])
    return Mended(result, repaired, refused)


def polygons_of(shape: Any) -> Any:
    """Give the polygons of a repaired geometry; loose lines and points are dropped."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    polygons = [p for p in parts if shapely.get_type_id(p) == 3 and shapely.area(p) > 0]
    if not polygons:
        return shapely.MultiPolygon()
    if len(polygons) == 1:
        return polygons[0]
    made = shapely.multipolygons(polygons)
    return made if shapely.is_valid(made) else shapely.union_all(polygons)


def multi(shapes: Shapes) -> Shapes:
    """Give every polygon as a MultiPolygon."""
    result = shapes.copy()
    single = np.flatnonzero(shapely.get_type_id(shapes) == 3)
    if len(single):
        result[single] = shapely.multipolygons(shapes[single], indices=np.arange(len(single)))
    return result


def tiny(shapes: Shapes) -> npt.NDArray[np.int64]:
    """Give the rows whose area in metres is under :data:`LEAST_M2`."""
    return np.flatnonzero(~(shapely.area(shapes) >= LEAST_M2))


def slivers(shapes: Shapes) -> npt.NDArray[np.int64]:
    """Give the rows that are long and hair-thin (4πA/P² under :data:`SLIVER`)."""
    around = shapely.length(shapes)
    with np.errstate(invalid="ignore", divide="ignore"):
        round_ = 4 * np.pi * shapely.area(shapes) / around**2
    return np.flatnonzero(round_ < SLIVER)


def overlaps(
    shapes: Shapes, least_m2: float = OVERLAP_M2, progress: Progress = silent
) -> tuple[npt.NDArray[np.int64], Floats]:
    """Find pairs of polygons that overlap.

    Args:
        shapes: (n,) valid polygons in metres.
        least_m2: Overlaps up to this are not told.
        progress: Asked for cancellation.

    Returns:
        (m, 2) rows i < j, sorted, and (m,) overlapping area, m².
    """
    tree = shapely.STRtree(shapes)
    pairs: list[npt.NDArray[np.int64]] = []
    areas: list[Floats] = []
    for start in range(0, len(shapes), BATCH):
        step(progress, start / max(1, len(shapes)))
        some = shapes[start : start + BATCH]
        left, right = tree.query(some)
        left = left + start
        once = left < right
        left, right = left[once], right[once]
        near = _boxes_overlap(shapes, left, right) > least_m2
        left, right = left[near], right[near]
        near = ~_touching(shapes, left, right)
        left, right = left[near], right[near]
        common = shapely.area(_intersection(shapes[left], shapes[right]))
        real = common > least_m2
        pairs.append(np.column_stack([left[real], right[real]]))
        areas.append(common[real])
    if not pairs:
        return np.empty((0, 2), dtype=np.int64), np.empty(0)
    found, size = np.concatenate(pairs), np.concatenate(areas)
    order = np.lexsort((found[:, 1], found[:, 0]))
    return found[order], size[order]


def _boxes_overlap(shapes: Shapes, left: Any, right: Any) -> Floats:
    a, b = shapely.bounds(shapes[left]), shapely.bounds(shapes[right])
    size = np.minimum(a[:, 2:], b[:, 2:]) - np.maximum(a[:, :2], b[:, :2])
    return np.prod(np.maximum(size, 0), axis=1)


def _touching(shapes: Shapes, left: Any, right: Any) -> npt.NDArray[np.bool_]:
    """Tell neighbours that only share borders or are apart, which most pairs are."""
    shapely.prepare(shapes[np.unique(left)])
    apart = ~shapely.intersects(shapes[left], shapes[right])
    apart[~apart] = shapely.touches(shapes[left[~apart]], shapes[right[~apart]])
    return apart


def _intersection(left: Shapes, right: Shapes) -> Shapes:
    """Intersect pairs; where GEOS fails on noisy borders, on a 1 mm grid."""
    try:
        return shapely.intersection(left, right)
    except shapely.errors.GEOSException:
        return shapely.intersection(left, right, grid_size=0.001)
