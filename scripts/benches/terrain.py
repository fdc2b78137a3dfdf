"""``scripts/bench terrain``: hills, viewsheds and walking times, with peers in the same run.

Made DEMs of a given size; gdal_viewshed, GRASS r.viewshed, r.walk and r.watershed are run beside
where they are installed, and every figure is also given as a ratio to them.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy.ndimage import gaussian_filter

from linzhang_plugin.core.hills.ascent import climb, saddles
from linzhang_plugin.core.hills.prominence import merge_by_prominence, peaks
from linzhang_plugin.core.terrain.outing import pace
from linzhang_plugin.core.terrain.raster import Raster, write_raster
from linzhang_plugin.core.terrain.viewshed import fan, padded, seen_from, times_seen
from linzhang_plugin.core.terrain.walking import walking_graph, walking_minutes

CELL = 30.0


def made_dem(cells: int, seed: int) -> Raster:
    """Rough hills on about so many cells, 30 m each, tiled from one piece where they are many."""
    side = int(np.sqrt(cells))
    tile = min(side, 2000)
    draw = np.random.default_rng(seed)
    heights = sum(
        gaussian_filter(draw.normal(size=(tile, tile)), s, mode="wrap") * s**1.6 * 60
        for s in (1.5, 4, 12, 40)
    )
    count = -(-side // tile)
    whole = np.tile(heights, (count, count))[:side, :side] + 500
    return Raster(whole, (CELL, 0.0, 500_000.0, 0.0, -CELL, 2_900_000.0), "EPSG:4547")


def timed(work: Callable[[], object], times: int = 3) -> float:
    """Median seconds of some runs."""
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return float(np.median(taken))


def hills(dem: Raster) -> int:
    """Partition and prominences; gives the number of hills."""
    valid = np.isfinite(dem.array)
    regions = climb(dem.array, valid)
    found = peaks(regions, saddles(dem.array, regions), float(dem.array.min()))
    return len(np.unique(merge_by_prominence(regions, found, 30.0)))


def gdal_viewshed(path: Path, folder: Path, xy: tuple[float, float], reach: float) -> float | None:
    """Seconds of gdal_viewshed for one observer, None where it is not installed."""
    if shutil.which("gdal_viewshed") is None:
        return None
    command = ["gdal_viewshed", "-q", "-md", str(reach), "-oz", "1.5", "-tz", "0", "-ox",
               str(xy[0]), "-oy", str(xy[1]), str(path), str(folder / "seen.tif")]  # fmt: skip
    return timed(lambda: subprocess.run(command, check=True, capture_output=True))


def grass(path: Path, folder: Path, commands: list[list[str]]) -> list[float] | None:
    """Seconds of each GRASS command on the DEM, None where GRASS is not installed."""
    if shutil.which("grass") is None:
        return None
    place = folder / "grass" / "PERMANENT"
    start = ["grass", "--text", "-c", str(path), "-e", str(folder / "grass")]
    subprocess.run(start, check=True, capture_output=True)
    run = ["grass", "--text", str(place), "--exec"]
    subprocess.run(
        [*run, "r.in.gdal", f"input={path}", "output=dem", "-o"], check=True, capture_output=True
    )
    subprocess.run([*run, "g.region", "raster=dem"], check=True, capture_output=True)
    empty = timed(lambda: subprocess.run([*run, "g.version"], check=True, capture_output=True))
    taken = []
    for command in commands:
        whole = timed(
            lambda c=command: subprocess.run([*run, *c], check=True, capture_output=True), 1
        )
        taken.append(max(0.0, whole - empty))
    return taken


def main(arguments: list[str]) -> int:
    """Measure and print a table and, last, one line of JSON."""
    parser = argparse.ArgumentParser(prog="scripts/bench terrain", description=__doc__)
    parser.add_argument("--cells", type=int, default=4_840_000, help="cells of the hill DEM")
    parser.add_argument("--road-km", type=float, default=500.0)
    parser.add_argument("--homes", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    figures: dict[str, float | int | None] = {}
    dem = made_dem(given.cells, given.seed)
    begin = time.perf_counter()
    figures["hills"] = hills(dem)
    figures["hills_s"] = time.perf_counter() - begin

    small = made_dem(1_000_000, given.seed)
    reach = round(5000 / CELL)
    rays = fan(reach, CELL, 5000.0)
    around = padded(small.array, np.isfinite(small.array), reach)
    middle = small.array.shape[0] // 2
    figures["viewshed_s"] = timed(lambda: seen_from(around, middle, middle, rays, 1.5))
    draw = np.random.default_rng(given.seed)
    count = int(given.road_km * 10)
    spots = draw.integers(0, small.array.shape[0], (count, 2)).tolist()
    figures["road_observers"] = count
    figures["road_s"] = timed(
        lambda: times_seen(small.array, np.isfinite(small.array), spots, rays, 1.5), 1
    )
    walk = made_dem(540_000, given.seed)
    a, _, c, _, e, f = walk.transform
    homes = np.column_stack(
        (
            c + a * draw.uniform(0, walk.array.shape[1], given.homes),
            f + e * draw.uniform(0, walk.array.shape[0], given.homes),
        )
    )
    begin = time.perf_counter()
    graph = walking_graph(walk.array, CELL, CELL, pace(walk))
    figures["graph_s"] = time.perf_counter() - begin
    for home in homes.tolist():
        walking_minutes(graph, walk, (home[0], home[1]), 120.0)
    figures["homes_s"] = time.perf_counter() - begin
    figures["homes"] = given.homes

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_raster(str(folder / "dem.tif"), small)
        x = c + a * (middle + 0.5)
        y = f + e * (middle + 0.5)
        figures["gdal_viewshed_s"] = gdal_viewshed(folder / "dem.tif", folder, (x, y), 5000.0)
        peers = grass(
            folder / "dem.tif",
            folder,
            [
                ["r.viewshed", "input=dem", "output=seen", f"coordinates={x},{y}",
                 "observer_elevation=1.5", "max_distance=5000", "-c"],
                ["r.watershed", "elevation=dem", "threshold=500", "basin=basin"],
            ],
        )  # fmt: skip
        if peers:
            figures["grass_viewshed_s"], figures["grass_watershed_1mpx_s"] = peers
    figures["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for key, value in figures.items():
        print(f"{key:24} {value if value is None else round(value, 4)}")
    if given.json:
        print(json.dumps(figures))
    return 0
