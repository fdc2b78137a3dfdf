"""Where people look from: points along railways and roads, scenic spots, the edge of towns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class ViewClass:
    """One kind of place that people look from.

    Attributes:
        name: ``town``, ``high_speed_railway``, ``railway``, ``motorway``, ``road``, ``scenic``.
        loc_class: Code of the location class (区位类别).
        reach_m: A site this near to it belongs to the class, m.
        eye_m: Eye above the ground, m.
        weight: Importance, 0 … 1.
        belt_m: Belt on both sides that must be green, m; 0 for none.
    """

    name: str
    loc_class: str
    reach_m: float
    eye_m: float
    weight: float
    belt_m: float = 0.0


@dataclass(frozen=True, eq=False)
class Observers:
    """Points to look from.

    Attributes:
        xy: (p, 2) places, m.
        kind: (p,) number of the view class.
        metres: (p,) length of line that the point stands for; 0 for scenic spots and towns.
        feature: (p,) row of the class's own layer.
    """

    xy: Floats
    kind: Ints
    metres: Floats
    feature: Ints


def observers(
    layers: Mapping[str, gpd.GeoDataFrame], classes: list[ViewClass], step_m: float
) -> Observers:
    """Set points along all lines and outlines.

    Lines are divided into equal pieces no longer than the step, a point in the middle of each:
    lengths add up whatever the step. Polygons are looked from along their outline.

    Args:
        layers: Features by class name, one projected CRS (m); absent classes are skipped.
        classes: The view classes.
        step_m: Longest piece that one point stands for, m.
    """
    xy, kind, metres, feature = [], [], [], []
    for number, view in enumerate(classes):
        layer = layers.get(view.name)
        if layer is None or not len(layer):
            continue
        for row, shape in enumerate(layer.geometry.to_numpy()):
            if shape is None or shape.is_empty:
                continue
            points, length = _along(shape, step_m)
            xy.append(points)
            kind.append(np.full(len(points), number))
            metres.append(np.full(len(points), length))
            feature.append(np.full(len(points), row))
    if not xy:
        none = np.empty(0, dtype=np.int64)
        return Observers(np.empty((0, 2)), none, np.empty(0), none)
    return Observers(
        np.concatenate(xy), np.concatenate(kind), np.concatenate(metres), np.concatenate(feature)
    )


def _along(shape: shapely.Geometry, step_m: float) -> tuple[Floats, float]:
    """Give the points of one feature and the metres that each stands for."""
    dimension = shapely.get_dimensions(shape)
    if dimension == 0:
        return shapely.get_coordinates(shape)[:, :2], 0.0
    line = shapely.boundary(shape) if dimension == 2 else shape
    parts = shapely.get_parts(line)
    total = float(shapely.length(parts).sum())
    count = max(1, int(np.ceil(total / step_m)))
    piece = total / count
    places = (np.arange(count) + 0.5) * piece
    ends = np.cumsum(shapely.length(parts))
    part = np.minimum(np.searchsorted(ends, places), len(parts) - 1)
    begin = np.concatenate(([0.0], ends[:-1]))
    points = shapely.line_interpolate_point(parts[part], places - begin[part])
    return shapely.get_coordinates(points), piece if dimension == 1 else 0.0


def nearest(
    shapes: npt.NDArray[np.object_],
    layers: Mapping[str, gpd.GeoDataFrame],
    classes: list[ViewClass],
) -> pd.DataFrame:
    """Give for each site its distance to each class and the row of the nearest feature.

    Returns:
        Columns ``(class name, "m")`` and ``(class name, "row")``; inf and -1 without a layer.
    """
    table: dict[tuple[str, str], npt.NDArray[np.generic]] = {}
    for view in classes:
        far, row = np.full(len(shapes), np.inf), np.full(len(shapes), -1)
        layer = layers.get(view.name)
        if layer is not None and len(layer):
            tree = shapely.STRtree(layer.geometry.to_numpy())
            (site, feature), distance = tree.query_nearest(
                shapes, return_distance=True, all_matches=False
            )
            far[site], row[site] = distance, feature
        table[(view.name, "m")] = far
        table[(view.name, "row")] = row
    return pd.DataFrame(table)
