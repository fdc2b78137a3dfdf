"""Stands cut by ridges, roads or rivers into parts that grids can be made of."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.progress import Progress, silent, step
from linzhang_plugin.core.tables.units import MU_M2

Floats = npt.NDArray[np.float64]
Shapes = npt.NDArray[np.object_]

EVERY = 200
"""Cut stands between two looks at the cancel button."""


def split_stands(
    stands: gpd.GeoDataFrame,
    lines: Shapes,
    min_mu: float,
    id_field: str,
    area_field: str = "",
    progress: Progress = silent,
) -> gpd.GeoDataFrame:
    """Cut stands along lines.

    Args:
        stands: Valid polygons in metres, any columns.
        lines: Lines (or polygons, whose borders cut) in the same CRS.
        min_mu: Parts under this are merged into the part of the same stand with which they
            share the longest border.
        id_field: Column of stand ids.
        area_field: Column of official areas (m²), empty for none.
        progress: Told what happens; asked for cancellation.

    Returns:
        The stands in their order, a cut one replaced by its parts from north to south and west
        to east. ``parent_id`` is the stand that a row was, ``parent_share`` its share by
        geometry; the shares of a stand add up to 1. Parts are called ``id-1, id-2 …``; official
        areas are shared so that they add up exactly; ``area_m2`` is shared likewise.
    """
    shapes: Shapes = np.asarray(stands.geometry.to_numpy(), dtype=object)
    cutters = _lines_of(lines)
    tree = shapely.STRtree(cutters)
    stand, line = tree.query(shapes, predicate="intersects")
    order = np.lexsort((line, stand))
    stand, line = stand[order], line[order]
    rows, starts = np.unique(stand, return_index=True)
    ends = np.append(starts[1:], len(stand))[: len(starts)]
    parts: dict[int, list[Any]] = {}
    for count, (row, start, end) in enumerate(zip(rows, starts, ends, strict=True)):
        if count % EVERY == 0:
            step(progress, count / max(1, len(rows)), Message(tr("Cutting stands …")))
        cut = cut_polygon(shapes[row], cutters[line[start:end]], min_mu * MU_M2)
        if len(cut) > 1:
            parts[int(row)] = cut
    return _assemble(stands, shapes, parts, id_field, area_field)


def _lines_of(lines: Any) -> Shapes:
    given: Shapes = np.asarray(lines, dtype=object)
    given = shapely.force_2d(given[~(shapely.is_missing(given) | shapely.is_empty(given))])
    areal = np.isin(shapely.get_type_id(given), (3, 6))
    given[areal] = shapely.boundary(given[areal])
    singles: Shapes = shapely.get_parts(given)
    return singles[np.isin(shapely.get_type_id(singles), (1, 2))]


def cut_polygon(polygon: Any, lines: Shapes, least_m2: float) -> list[Any]:
    """Cut one (multi)polygon; parts under ``least_m2`` are merged back.

    A line that ends inside cuts nothing. The parts of a multipolygon that no line touches stay
    together with the largest touched one.

    Returns:
        Parts from north to south, west to east; the polygon alone when nothing was cut.
    """
    pieces: list[Any] = []
    untouched: list[Any] = []
    for ring in shapely.get_parts(polygon):
        cut = _cut_single(ring, lines)
        (pieces if len(cut) > 1 else untouched).extend(cut)
    if not pieces:
        return [polygon]
    merged = merge_small(pieces, least_m2)
    if len(merged) < 2:
        return [polygon]
    if untouched:
        largest = int(np.argmax(shapely.area(merged)))
        merged[largest] = _together([merged[largest], *untouched])
    return sorted(merged, key=_place)


def _cut_single(polygon: Any, lines: Shapes) -> list[Any]:
    touching = lines[shapely.intersects(lines, polygon)]
    if not len(touching):
        return [polygon]
    inside = shapely.intersection(touching, polygon)
    noded = shapely.union_all([shapely.boundary(polygon), *inside])
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    own = shapely.contains(polygon, shapely.point_on_surface(faces))
    faces = faces[own & (shapely.area(faces) > 0)]
    # Noding that lost or doubled area would lose forest: the stand then stays whole.
    exact = abs(float(shapely.area(faces).sum()) - polygon.area) <= 1e-6 * polygon.area
    return list(faces) if len(faces) and exact else [polygon]


def merge_small(pieces: list[Any], least_m2: float) -> list[Any]:
    """Merge parts under ``least_m2``, the smallest first, into their longest neighbour.

    A part without neighbour (an island of the stand) goes to the nearest one.
    """
    pieces = list(pieces)
    while len(pieces) > 1:
        areas = shapely.area(pieces)
        small = int(np.argmin(areas))
        if areas[small] >= least_m2:
            break
        others = [k for k in range(len(pieces)) if k != small]
        borders = [_border(pieces[small], pieces[k]) for k in others]
        if max(borders) > 0:
            best = others[int(np.argmax(borders))]
        else:
            best = others[int(np.argmin([pieces[small].distance(pieces[k]) for k in others]))]
        pieces[best] = _together([pieces[best], pieces[small]])
        del pieces[small]
    return pieces


def _border(one: Any, other: Any) -> float:
    shared = shapely.intersection(shapely.boundary(one), shapely.boundary(other))
    return float(shapely.length(shared))


def _together(pieces: list[Any]) -> Any:
    return shapely.union_all(pieces)


def _place(piece: Any) -> tuple[float, float]:
    centre = shapely.centroid(piece)
    return -round(float(centre.y), 3), round(float(centre.x), 3)


def _assemble(
    stands: gpd.GeoDataFrame,
    shapes: Shapes,
    parts: dict[int, list[Any]],
    id_field: str,
    area_field: str,
) -> gpd.GeoDataFrame:
    origin: list[int] = []
    pieces: list[Any] = []
    shares: list[float] = []
    number: list[int] = []
    for row in range(len(stands)):
        own = parts.get(row, [shapes[row]])
        origin += [row] * len(own)
        pieces += own
        shares += _shares(own)
        number += range(1, len(own) + 1) if len(own) > 1 else [0]
    made = pd.DataFrame(stands.drop(columns=stands.geometry.name)).iloc[origin]
    made = made.reset_index(drop=True)
    parents = made[id_field].astype(str).tolist()
    share = np.array(shares)
    made[id_field] = [f"{p}-{n}" if n else p for p, n in zip(parents, number, strict=True)]
    made["parent_id"] = [p if n else None for p, n in zip(parents, number, strict=True)]
    made["parent_share"] = np.where(np.array(number) > 0, share, np.nan)
    whole = {"area_m2": shapely.area(shapes)}
    if area_field:
        whole[area_field] = stands[area_field].to_numpy(dtype=float)
    for name, values in whole.items():
        made[name] = shared(values, np.array(origin), share)
    return gpd.GeoDataFrame(made, geometry=pieces, crs=stands.crs)


def _shares(pieces: list[Any]) -> list[float]:
    """Give shares by area that add up to 1 exactly: the last takes what rounding leaves."""
    areas = shapely.area(pieces)
    shares = [float(a) for a in areas / areas.sum()] if len(pieces) > 1 else [1.0]
    shares[-1] = 1.0 - sum(shares[:-1])
    return shares


def shared(values: Floats, origin: npt.NDArray[np.int64], share: Floats) -> Floats:
    """Share each stand's value among its rows; the rows of a stand add up exactly to it."""
    result = values[origin] * share
    last = np.append(origin[1:] != origin[:-1], True)
    for row in np.flatnonzero(last & (share < 1)):
        first = int(np.searchsorted(origin, origin[row]))
        result[row] = values[origin[row]] - sum(result[first:row].tolist())
    return result
