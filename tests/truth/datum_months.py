"""Ranger-months in a county of grids, roads and hills, recorded in each datum: for telling them."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from linzhang_plugin.core.patrols import datum
from linzhang_plugin.core.patrols.areas import make_areas
from linzhang_plugin.core.patrols.datum_telling import MARGINS_M, Places
from linzhang_plugin.core.patrols.distance import metres_per_degree
from linzhang_plugin.core.patrols.fixes import Fixes, make_fixes
from tests.truth.traces import DAY_MS, LAT, LON, MARCH

SIDE_M = 12_000.0


@dataclass
class County:
    """Grids, each with its ranger, and the county's paths."""

    grids: gpd.GeoDataFrame
    rings: list[shapely.Polygon]
    paths: list[shapely.LineString]

    def areas(self) -> list:
        """Give the grids in degrees with each margin."""
        return [make_areas(self.grids, margin) for margin in MARGINS_M]

    def places(self) -> Places:
        """Give the paths in degrees."""
        return Places.of([_degrees(path) for path in self.paths])


def _degrees(shape: shapely.Geometry) -> shapely.Geometry:
    east, north = (float(v) for v in metres_per_degree(LAT))
    return shapely.transform(shape, lambda p: p / [east, north] + [LON, LAT])


def county(seed: int, rangers: int) -> County:
    """Cut a square of hills into winding grids of 1 to 8 km² and lay crooked paths through it."""
    rng = np.random.default_rng(seed)
    seeds = shapely.multipoints(rng.uniform(0, SIDE_M, (rangers, 2)))
    frame = shapely.box(0, 0, SIDE_M, SIDE_M)
    cells = shapely.get_parts(shapely.voronoi_polygons(seeds, extend_to=frame))
    rings = [shapely.intersection(cell, frame) for cell in cells]
    paths = []
    for ring in rings:
        for _ in range(2):
            heading = rng.uniform(0, 2 * np.pi) + np.cumsum(rng.normal(0, 0.3, 60))
            middle = np.array(shapely.get_coordinates(ring.representative_point())[0])
            steps = 50 * np.column_stack([np.cos(heading), np.sin(heading)])
            paths.append(shapely.LineString(middle + np.cumsum(steps, axis=0) - 25 * steps[0]))
    table = {"grid_code": [f"W{k}" for k in range(rangers)]}
    table["ranger_id"] = [f"R{k:03d}" for k in range(rangers)]
    shapes = [_degrees(ring) for ring in rings]
    return County(gpd.GeoDataFrame(table, geometry=shapes, crs=4326), rings, paths)


def month(rng: np.random.Generator, where: County, ranger: int, n: int, name: str) -> Fixes:
    """Give n fixes of a ranger's month: on paths and off them, some outside the own grid.

    Rangers differ: of their way to and fro, of neighbours' ground and of paths beyond the border
    some have none and some a third of the fixes.
    """
    ring = where.rings[ranger]
    strays = rng.choice([0.0, 0.3, 1.0], p=[0.5, 0.4, 0.1])
    west, south, east, north = ring.bounds
    goals = []
    while len(goals) < 40:
        spot = rng.uniform([west, south], [east, north])
        if ring.buffer(60).contains(shapely.Point(spot)):
            goals.append(spot)
        if rng.random() < 0.15:
            path = where.paths[2 * ranger + int(rng.integers(0, 2))]
            spots = shapely.get_coordinates(path)[::3]
            inside = shapely.contains_xy(ring.buffer(60), spots)
            goals += list(spots if rng.random() < strays else spots[inside])
    if rng.random() < 0.3:  # home lies outside
        goals.insert(0, np.array(goals[0]) + rng.normal(0, 500, 2))
    spots = np.array(goals)
    way = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(spots, axis=0).T))])
    at = np.linspace(0, way[-1], n)
    x = np.interp(at, way, spots[:, 0]) + rng.normal(0, 6, n)
    y = np.interp(at, way, spots[:, 1]) + rng.normal(0, 6, n)
    scale = [float(v) for v in metres_per_degree(LAT)]
    lon, lat = LON + x / scale[0], LAT + y / scale[1]
    if name != "WGS84":
        there = datum.gcj_from_wgs if name == "GCJ-02" else datum.bd_from_wgs
        lon, lat = there(lon, lat)
    day = np.sort(rng.integers(0, 28, n))
    time = MARCH + day * DAY_MS + 28_800_000 + np.arange(n) * 15_000
    return make_fixes([f"R{ranger:03d}"] * n, time, lon, lat)
