"""Small counties whose truth is known: squares in rows, towns side by side, a plan of last year."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

CRS = "EPSG:4547"
SIDE = 600.0
"""Side of a stand, m: 540 mu."""


def squares(columns: int, rows: int, side: float = SIDE, x0: float = 500_000.0,
            y0: float = 2_850_000.0) -> np.ndarray:  # fmt: skip
    """Give columns × rows squares, row by row from the south-west."""
    x, y = np.meshgrid(np.arange(columns), np.arange(rows))
    left, low = x0 + x.ravel() * side, y0 + y.ravel() * side
    return shapely.box(left, low, left + side, low + side)


def county(
    columns: int = 12, rows: int = 8, towns: int = 2, per_grid: int = 8, seed: int = 0
) -> gpd.GeoDataFrame:
    """Give stands of ``towns`` towns side by side, last year's grids as vertical stripes."""
    shapes = squares(columns, rows)
    n = columns * rows
    x = np.tile(np.arange(columns), rows)
    town = x * towns // columns
    width = max(1, per_grid // rows)
    stripe = x // width
    rng = np.random.default_rng(seed)
    return gpd.GeoDataFrame(
        {
            "stand_id": [f"s{i:04d}" for i in range(n)],
            "town_code": [f"36070210{t}" for t in town],
            "village_code": [f"36070210{t}{v:03d}" for t, v in zip(town, x // 2, strict=True)],
            "previous_grid_code": [f"36070210{t}W{s + 1:03d}"
                                   for t, s in zip(town, stripe, strict=True)],
            "locked": np.zeros(n, dtype=np.int64),
            "po_du": rng.integers(1, 7, n),
        },
        geometry=shapes,
        crs=CRS,
    )  # fmt: skip


def posts(stands: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give a ranger for each of last year's grids, living at its middle."""
    rows = []
    for number, (code, group) in enumerate(stands.groupby("previous_grid_code", sort=True)):
        if code:
            rows.append(
                {
                    "person_id": f"p{number:03d}",
                    "name": f"示例{number:03d}",
                    "town_code": group["town_code"].iloc[0],
                    "previous_grid_code": code,
                    "geometry": shapely.centroid(shapely.union_all(group.geometry.to_numpy())),
                }
            )
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=stands.crs)


def slow_links(
    shapes: np.ndarray,
    towns: np.ndarray,
    distance: float,
    barriers: np.ndarray | None = None,
) -> set[tuple[int, int]]:
    """Give the links by their definition, pair by pair and third stand by third stand."""
    walls = [] if barriers is None else list(barriers)
    found = set()
    for i in range(len(shapes)):
        for j in range(i + 1, len(shapes)):
            if towns[i] == towns[j] and _linked(shapes, i, j, distance, walls):
                found.add((i, j))
    return found


def _linked(shapes: np.ndarray, i: int, j: int, distance: float, walls: list) -> bool:
    one, other = shapes[i], shapes[j]
    gap = one.distance(other)
    if gap > distance:
        return False
    if gap <= 0.5:
        edges = [one.boundary.intersection(other.buffer(0.5)),
                 other.boundary.intersection(one.buffer(0.5))]  # fmt: skip
        for wall in walls:
            edges = [e.difference(wall.buffer(1.0)) for e in edges]
        return min(e.length for e in edges) - 1.0 >= 5.0 - 1e-6
    thirds = [shapes[k] for k in range(len(shapes)) if k not in (i, j)]
    segment = shapely.shortest_line(one, other)
    if any(segment.intersects(wall) for wall in walls) or _crosses(segment, thirds):
        return False
    if any(segment.intersection(third).length > 1.0 for third in thirds):
        # It runs along a neighbour: the middle one of all shortest segments decides.
        facing = shapely.line_merge(
            one.boundary.intersection(other.buffer(gap * (1 + 1e-9) + 0.01, quad_segs=16))
        )
        longest = max(shapely.get_parts(facing), key=lambda part: part.length)
        segment = shapely.shortest_line(longest.interpolate(0.5, normalized=True), other)
        return not (any(segment.intersects(w) for w in walls) or _crosses(segment, thirds))
    return True


def _crosses(segment: shapely.LineString, thirds: list) -> bool:
    """Tell whether stands lie on both sides: inside one, or on the edge of two."""
    if any(segment.intersection(third.buffer(-0.05)).length > 1.0 for third in thirds):
        return True
    near = [third for third in thirds if third.distance(segment) < 1e-6]
    along = [segment.intersection(third) for third in near]
    along = [piece for piece in along if piece.length > 1.0]
    doubled = sum(piece.length for piece in along) - shapely.union_all(along).length
    return doubled > 1.0
