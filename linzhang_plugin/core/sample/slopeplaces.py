"""Where the invented county's bare slopes lie: along ways, at towns, at scenic spots, in forest.

Places are chosen on the county's relief with the distances and views that the register needs:
so many of them must be seen from the motorway or the high-speed railway, the others must not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from scipy import ndimage

from linzhang_plugin.core.terrain.raster import Raster
from linzhang_plugin.core.terrain.viewshed import fan, times_seen
from linzhang_plugin.core.terrain.zonal import cells_inside

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

SPACING_M = 450.0
SIGHT_M, EYE_M, EVERY_M = 4000.0, 3.0, 500.0
GREAT = ("high_speed_rail", "railway", "motorway", "national", "provincial")
WATCHED = ("high_speed_rail", "motorway")


@dataclass(frozen=True)
class Plan:
    """Scars of one cause.

    Attributes:
        cause: Code of ``slope_cause``.
        where: ``way``, ``town``, ``scenic`` or ``forest``: what they lie near.
        count: How many in a whole county.
        seen: How many of them motorway or high-speed railway see.
        near: Least and greatest distance, m.
        mu: Usual size, mu.
        registered: They stand in the register; the others are fresh, for a detection to find.
        name: What such a place is called.
    """

    cause: str
    where: str
    count: int
    seen: int
    near: tuple[float, float]
    mu: float
    registered: bool
    name: str


PLANS = (
    Plan("04", "way", 9, 5, (20, 110), 5.0, True, "公路边坡"),
    Plan("01", "way", 9, 5, (250, 2600), 13.0, True, "采石场"),
    Plan("02", "way", 7, 3, (150, 2000), 9.0, True, "取土场"),
    Plan("03", "town", 8, 1, (100, 1800), 11.0, True, "平整地块"),
    Plan("06", "scenic", 3, 0, (0, 1500), 4.0, True, "崩岗"),
    Plan("05", "forest", 4, 0, (600, 20_000), 14.0, False, "稀土尾砂地"),
    Plan("06", "forest", 4, 0, (300, 20_000), 7.0, False, "滑坡"),
)
"""DOMAIN 8.2: 36 sites in the register, 14 of them seen; and eight fresh ones."""


@dataclass(frozen=True, eq=False)
class Places:
    """Chosen places.

    Attributes:
        xy: (n, 2) map coordinates.
        plan: (n,) index of each place's plan.
        seen: (n,) it was to be seen from motorway or high-speed railway.
    """

    xy: Floats
    plan: Ints
    seen: Bools


def choose_places(
    draw: np.random.Generator,
    dem: Raster,
    frames: Mapping[str, pd.DataFrame],
    scenic: gpd.GeoDataFrame,
    share: float,
) -> Places:
    """Choose a place for every planned scar.

    Args:
        draw: Luck.
        dem: Relief of the county, m.
        frames: ``stand``, ``road``, ``built_up``.
        scenic: Scenic spots.
        share: Part of a whole county's scars.
    """
    forest = painted(dem, frames["stand"])
    inner = ndimage.distance_transform_edt(forest, sampling=dem.cell[0])
    smooth = ndimage.gaussian_filter(np.nan_to_num(dem.array, nan=0.0), 1.0)
    steep = np.hypot(*np.gradient(smooth, dem.cell[0]))
    roads, built = frames["road"], frames["built_up"]
    towns = built[built["kind"].isin(["city", "town"])]
    far = {
        "way": distance(dem, roads[roads["kind"].isin(GREAT)]),
        "town": distance(dem, towns if len(towns) else built),
        "scenic": distance(dem, scenic),
    }
    far["forest"] = np.minimum(far["way"], far["town"])
    seen = watched(dem, roads[roads["kind"].isin(WATCHED)])
    hidden = ndimage.binary_dilation(seen, iterations=3)
    xy: list[tuple[float, float]] = []
    plans: list[int] = []
    asked: list[bool] = []
    for number, plan in enumerate(PLANS):
        count = max(1, round(plan.count * share))
        visible = round(count * plan.seen / plan.count)
        low, high = plan.near
        near = (far[plan.where] >= low) & (far[plan.where] <= high)
        room = 35.0 if plan.where == "way" and high < 200 else 90.0
        for wanted, n in ((True, visible), (False, count - visible)):
            view = seen if wanted else ~hidden
            for made in _take(draw, dem, near, view, inner > room, steep, xy, n):
                xy.append(made)
                plans.append(number)
                asked.append(wanted)
    return Places(np.array(xy).reshape(-1, 2), np.array(plans), np.array(asked, dtype=bool))


def _take(
    draw: np.random.Generator,
    dem: Raster,
    near: Bools,
    view: Bools,
    inner: Bools,
    steep: Floats,
    taken: list[tuple[float, float]],
    count: int,
) -> list[tuple[float, float]]:
    """Take places well apart, the steeper ground first tried; wishes are dropped one by one."""
    made: list[tuple[float, float]] = []
    a, _, west, _, e, north = dem.transform
    for fit in (
        near & view & inner & (steep > 0.36),
        near & view & inner & (steep > 0.30),
        near & view & inner & (steep > 0.23),
        near & inner & (steep > 0.25),
        inner & (steep > 0.25),
    ):
        if len(made) >= count:
            break
        cells = np.flatnonzero(fit)
        for cell in draw.permutation(cells)[:4000].tolist():
            row, column = divmod(cell, dem.array.shape[1])
            x, y = west + (column + 0.5) * a, north + (row + 0.5) * e
            apart = [(x - p) ** 2 + (y - q) ** 2 for p, q in [*taken, *made]]
            if min(apart, default=np.inf) > SPACING_M**2:
                made.append((x, y))
            if len(made) >= count:
                break
    return made[:count]


def painted(dem: Raster, frame: gpd.GeoDataFrame) -> Bools:
    """Give the cells whose centre lies in a frame's polygons."""
    made = np.zeros(dem.array.shape, dtype=bool)
    shapes = frame.geometry.to_numpy()
    if len(shapes):
        _, row, column = cells_inside(dem, shapes)
        made[row, column] = True
    return made


def distance(dem: Raster, frame: gpd.GeoDataFrame) -> Floats:
    """Give each cell's distance to the lines or polygons of a frame, m; far without any."""
    made = painted(dem, frame[[g.area > 0 for g in frame.geometry]])
    lines = np.array([g for g in frame.geometry if g.area == 0], dtype=object)
    if len(lines):
        points = shapely.get_coordinates(shapely.segmentize(lines, 0.5 * dem.cell[0]))
        row, column = dem.cells_of(points[:, 0], points[:, 1])
        rows, columns = made.shape
        inside = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
        made[row[inside], column[inside]] = True
    if not made.any():
        return np.full(made.shape, 1e6)
    return np.asarray(ndimage.distance_transform_edt(~made, sampling=dem.cell[0]))


def watched(dem: Raster, ways: gpd.GeoDataFrame) -> Bools:
    """Give the cells that somebody on the ways sees."""
    points = [np.zeros((0, 2))]
    for line in shapely.get_parts(ways.geometry.to_numpy()):
        at = np.arange(0.0, line.length, EVERY_M)
        points.append(shapely.get_coordinates(shapely.line_interpolate_point(line, at)))
    xy = np.concatenate(points)
    row, column = dem.cells_of(xy[:, 0], xy[:, 1])
    rows, columns = dem.array.shape
    valid = np.isfinite(dem.array)
    inside = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
    eyes = list(zip(row[inside].tolist(), column[inside].tolist(), strict=True))
    rays = fan(max(1, round(SIGHT_M / dem.cell[0])), dem.cell[0], SIGHT_M)
    return np.asarray(times_seen(dem.array, valid, eyes, rays, EYE_M) > 0)


def scenic_spots(
    draw: np.random.Generator, hills: gpd.GeoDataFrame, count: int, mark: str
) -> gpd.GeoDataFrame:
    """Make scenic spots of named hills of middling size, well apart."""
    area = hills["area_m2"].to_numpy(dtype=float)
    order = np.argsort(np.abs(np.log(area / 1.2e6)), kind="stable")[: max(12, 4 * count)]
    chosen: list[int] = []
    for row in draw.permutation(order).tolist():
        middle = hills.geometry.iloc[row].centroid
        if all(middle.distance(hills.geometry.iloc[c].centroid) > 3500 for c in chosen):
            chosen.append(row)
        if len(chosen) == count:
            break
    shapes = hills.geometry.to_numpy()[chosen]
    return gpd.GeoDataFrame(
        {
            "scenic_id": [f"J{n + 1:02d}" for n in range(len(chosen))],
            "scenic_name": [f"示例{hills['hill_name'].iloc[c]}景区" for c in chosen],
            "area_m2": shapely.area(shapes),
            "note": mark,
        },
        geometry=shapes,
        crs=hills.crs,
    )
