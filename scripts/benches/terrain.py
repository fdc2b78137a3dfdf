"""``scripts/bench terrain``: hills, visibility, walking times, zonal means; peers in the same run.

Times are CPU seconds (user + system), reading the raster included. ``--peers`` runs GDAL, GRASS
(``apt install grass-core``) and, from ``build/peers``, TopoToolbox, exactextract and rasterstats
on the same files, and compares results as well as times. Real DEMs beside the checkout are used
for agreement when they are there.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import shapely
from scipy.ndimage import gaussian_filter
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.stats import spearmanr
from terrain_peers import cpu_seconds, grass, in_venv, missing, peak_mb

from linzhang_plugin.core.hills.ascent import climb, saddles
from linzhang_plugin.core.hills.delineate import HillRules, delineate_hills
from linzhang_plugin.core.hills.prominence import peaks
from linzhang_plugin.core.terrain.gradient import slope_of
from linzhang_plugin.core.terrain.outing import outing, pace
from linzhang_plugin.core.terrain.raster import Raster, read_raster, write_raster
from linzhang_plugin.core.terrain.viewshed import fan, padded, seen_from, times_seen
from linzhang_plugin.core.terrain.walking import walking_graph, walking_minutes
from linzhang_plugin.core.terrain.walkinglaw import law_of
from linzhang_plugin.core.terrain.zonal import zonal_mean

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT.parent / "shared" / "data" / "terrain"
DEMS = {
    "bigtujunga": "bigtujunga/bigtujunga.tif",
    "youwuzhen": "youwuzhen/spatial/ywzdem30m.tif",
    "swellendam": "qgis_training/exercise_data/raster/SRTM/srtm_41_19.tif",
    "dem25": "qgis_training/exercise_data/processing/hydro/dem25.tif",
}
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
    whole = np.tile(heights.astype(np.float32), (count, count))[:side, :side] + np.float32(500)
    return Raster(whole, (CELL, 0.0, 500_000.0, 0.0, -CELL, 2_900_000.0), "EPSG:4547")


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of a call."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


class Bench:
    """What was measured: (task, who, figure) rows."""

    def __init__(self, folder: Path, given: argparse.Namespace) -> None:
        """Measure in a folder that is thrown away."""
        self.folder, self.given = folder, given
        self.rows: list[tuple[str, str, float]] = []

    def note(self, task: str, who: str, figure: float) -> None:
        """Keep and print a figure."""
        self.rows.append((task, who, float(figure)))
        print(f"{task:52} {who:28} {figure:12.4f}", flush=True)

    def written(self, name: str, cells: int) -> Path:
        """Write a made DEM."""
        path = self.folder / f"{name}.tif"
        if not path.exists():
            write_raster(str(path), made_dem(cells, self.given.seed))
        return path

    def hills(self) -> None:
        """Partition, prominences and polygons."""
        path = self.written("hills", self.given.cells)
        task = f"hills, {self.given.cells / 1e6:.2f} Mpx, CPU s"

        def partition() -> None:
            dem = read_raster(str(path))
            regions = climb(dem.array, np.isfinite(dem.array))
            peaks(regions, saddles(dem.array, regions), float(dem.array.min()))

        self.note(task, "this, partition", seconds(partition))
        whole = seconds(lambda: delineate_hills(read_raster(str(path)), HillRules(30, 300)))
        self.note(task, "this, with polygons", whole)
        if self.given.peers:
            session = grass(path, self.folder)
            if session:
                taken = session.seconds("r.watershed", "elevation=dem", "threshold=500",
                                        "basin=basin")  # fmt: skip
                self.note(task, "r.watershed, basins only", taken)

    def big_hills(self) -> None:
        """A hundred million cells in a process of its own."""
        if not self.given.big:
            return
        path = self.written("big", 100_000_000)
        code = (
            "import sys, time; sys.path[:0] = sys.argv[2:]\n"
            "from terrain_peers import peak_mb\n"
            "from linzhang_plugin.core.hills.delineate import HillRules, delineate_hills\n"
            "from linzhang_plugin.core.terrain.raster import read_raster\n"
            "begin = time.process_time()\n"
            "made = delineate_hills(read_raster(sys.argv[1]), HillRules(30, 300))\n"
            "print(time.process_time() - begin, peak_mb(), len(made.hills))\n"
        )
        command = [sys.executable, "-c", code, str(path), str(ROOT), str(Path(__file__).parent)]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        for unit, figure in zip(("CPU s", "MB", "hills"), said.split(), strict=True):
            self.note(f"hills, 100 Mpx, with polygons, {unit}", "this", float(figure))
        path.unlink()

    def prominences(self) -> None:
        """Peaks of real DEMs against TopoToolbox's."""
        for name in ("bigtujunga", "dem25"):
            path = REAL / DEMS[name]
            if not path.exists() or not self.given.peers:
                continue
            dem = read_raster(str(path))
            if not np.isfinite(dem.array).all():
                dem = Raster(np.nan_to_num(dem.array), dem.transform, dem.crs)
            begin = time.process_time()
            regions = climb(dem.array, np.isfinite(dem.array))
            found = peaks(regions, saddles(dem.array, regions), float(dem.array.min()))
            own = time.process_time() - begin
            least = 60.0
            theirs = in_venv("prominence", str(path), str(least))
            if theirs is None:
                return
            mine = np.sort(found.prominence[found.prominence > least])[::-1]
            other = np.sort([p for _, _, p in theirs["rows"] if p > least])[::-1]
            task = f"prominences > {least:.0f} m, {name}"
            self.note(f"{task}, CPU s", "this, all peaks", own)
            self.note(f"{task}, CPU s", "TopoToolbox", theirs["seconds"])
            self.note(f"{task}, number", "this", len(mine))
            self.note(f"{task}, number", "TopoToolbox", len(other))
            same = len(mine) == len(other) and np.allclose(mine, other, atol=1e-3)
            self.note(f"{task}, all equal", "this = TopoToolbox", float(same))

    def visibility(self) -> None:
        """One observer, many observers, and agreement with exact line of sight."""
        path = self.written("view", 1_002_001)
        dem = read_raster(str(path))
        known = np.isfinite(dem.array)
        middle = dem.array.shape[0] // 2
        # The whole DEM is looked at from its middle: 500 cells each way.
        rays, around = fan(500, CELL, 15_000.0), padded(dem.array, known, 500)
        own = seconds(lambda: [seen_from(around, middle, middle, rays, 1.5) for _ in range(5)]) / 5
        one = "viewshed, all 1 Mpx, CPU s an observer"
        self.note(one, "this", own)
        reach = round(5000 / CELL)
        rays = fan(reach, CELL, 5000.0)
        count = int(self.given.road_km * 10)
        draw = np.random.default_rng(self.given.seed)
        spots = draw.integers(0, dem.array.shape[0], (count, 2)).tolist()
        taken = seconds(lambda: times_seen(dem.array, known, spots, rays, 1.5))
        self.note(f"viewshed, {self.given.road_km:.0f} km of road at 100 m, CPU s", "this", taken)
        if self.given.peers:
            a, _, c, _, e, f = dem.transform
            x, y = c + a * (middle + 0.5), f + e * (middle + 0.5)
            if not missing("gdal_viewshed"):
                command = _gdal_view(path, self.folder / "v.tif", x, y, 1.5, 15_000)
                self.note(one, "gdal_viewshed", cpu_seconds(command)[0])
            session = grass(path, self.folder)
            if session:
                taken = session.seconds(*_grass_view(x, y, 1.5, 15_000))
                self.note(one, "r.viewshed", taken)
        for name, file in DEMS.items():
            if (REAL / file).exists():
                self.agreement(name, REAL / file)

    def agreement(self, name: str, path: Path) -> None:
        """Recall and precision over random observers and targets of a raw DEM."""
        from tests.truth.line_of_sight import sees  # the oracle, slow and plain

        dem = read_raster(str(path))
        cell, rows, columns = dem.cell[0], *dem.array.shape
        reach = min(round(5000 / cell), min(rows, columns) - 1)
        if cell < 0.1:
            return  # degrees
        low = float(np.nanmin(dem.array))
        flat = np.nan_to_num(dem.array.astype(np.float64), nan=low)
        rays, around = fan(reach, cell), padded(flat, np.isfinite(flat), reach)
        draw = np.random.default_rng(self.given.seed)
        session = grass(path, self.folder) if self.given.peers else None
        tally: dict[str, list[int]] = {}
        a, _, c, _, e, f = dem.transform
        for number in range(self.given.observers):
            while True:
                row, col = int(draw.integers(0, rows)), int(draw.integers(0, columns))
                if np.isfinite(dem.array[row, col]):
                    break
            eye = (1.5, 3.5, 10.0)[number % 3]
            x, y = c + a * (col + 0.5), f + e * (row + 0.5)
            seen = {"this": np.zeros(flat.shape, dtype=bool)}
            top, left = max(0, row - reach), max(0, col - reach)
            window = seen_from(around, row, col, rays, eye)
            cut = window[top - row + reach :, left - col + reach :]
            part = seen["this"][top : row + reach + 1, left : col + reach + 1]
            part[:] = cut[: part.shape[0], : part.shape[1]]
            if self.given.peers and number < 3 and np.isfinite(dem.array).all():
                out = self.folder / "v.tif"
                if not missing("gdal_viewshed"):
                    cpu_seconds(_gdal_view(path, out, x, y, eye))
                    seen["gdal_viewshed"] = _placed(read_raster(str(out)), dem)
                if session:
                    session.do(*_grass_view(x, y, eye), "--overwrite")
                    session.export("seen", out)
                    seen["r.viewshed"] = np.isfinite(read_raster(str(out)).array)
            for _ in range(300):
                r = int(np.clip(row + draw.integers(-reach, reach + 1), 0, rows - 1))
                t = int(np.clip(col + draw.integers(-reach, reach + 1), 0, columns - 1))
                far = np.hypot(r - row, t - col) * cell
                if far > 5000 or far < 2 * cell or not np.isfinite(dem.array[r, t]):
                    continue
                truth = sees(flat, (row, col), (r, t), cell, eye)
                for who, mark in seen.items():
                    counted = tally.setdefault(who, [0, 0, 0])
                    counted[0] += truth and mark[r, t]
                    counted[1] += truth and not mark[r, t]
                    counted[2] += bool(mark[r, t]) and not truth
        for who, (right, missed, wrong) in tally.items():
            self.note(f"visible cells, {name}, recall", who, right / max(1, right + missed))
            self.note(f"visible cells, {name}, precision", who, right / max(1, right + wrong))

    def walking(self) -> None:
        """Many homes, and agreement with r.walk."""
        path = self.written("walk", 540_000)
        dem = read_raster(str(path))
        draw = np.random.default_rng(self.given.seed)
        rows, columns = dem.array.shape
        a, _, c, _, e, f = dem.transform
        count = self.given.homes
        homes = np.column_stack(
            (c + a * draw.uniform(0, columns, count), f + e * draw.uniform(0, rows, count))
        )

        def each() -> None:
            graph = walking_graph(dem.array, CELL, CELL, pace(dem))
            for home in homes.tolist():
                walking_minutes(graph, dem, (home[0], home[1]), 120.0)

        def graph_only() -> None:
            walking_graph(dem.array, CELL, CELL, pace(dem))

        self.note("walking, 0.54 Mpx, graph, CPU s", "this", seconds(graph_only))
        self.note(f"walking, {count} homes one by one, CPU s", "this", seconds(each))
        together = seconds(lambda: outing(dem, homes, pace(dem), 240.0))
        self.note(f"walking, {count} homes, nearest, in and out, CPU s", "this", together)
        if not self.given.peers:
            return
        self.against_rwalk("made hills", path, (rows // 2, columns // 2))
        for name in ("bigtujunga", "youwuzhen"):
            if (REAL / DEMS[name]).exists():
                place = read_raster(str(REAL / DEMS[name])).array
                known = np.argwhere(np.isfinite(place))
                middle = known[np.abs(known - known.mean(axis=0)).sum(axis=1).argmin()]
                self.against_rwalk(name, REAL / DEMS[name], (int(middle[0]), int(middle[1])))

    def against_rwalk(self, name: str, path: Path, start: tuple[int, int]) -> None:
        """Compare minutes with r.walk's, its coefficients fitted to Tobler's function."""
        session = grass(path, self.folder)
        if session is None:
            return
        dem = read_raster(str(path))
        cell = dem.cell[0]
        graph = walking_graph(dem.array, *dem.cell, np.ones(dem.array.shape))
        a, _, c, _, e, f = dem.transform
        x, y = c + a * (start[1] + 0.5), f + e * (start[0] + 0.5)
        own = walking_minutes(graph, dem, (x, y), 240.0)
        alike = walking_graph(dem.array, *dem.cell, np.ones(dem.array.shape), "langmuir")
        same_law = walking_minutes(alike, dem, (x, y), 240.0)
        session.do("r.mapcalc", "free = if(isnull(dem), null(), 0)")
        fit = _fitted_to_tobler(_walked_slopes(dem, graph, start))
        usual = "0.72,6.0,1.9998,-1.9998"
        for who, coefficients, limit, mine in (
            ("both by Langmuir's law", usual, "-0.2125", same_law),
            ("r.walk, its own walker", usual, "-0.2125", own),
            ("r.walk, fitted to Tobler", fit[0], fit[1], own),
        ):
            taken = session.seconds("r.walk", "elevation=dem", "friction=free", "output=walk",
                                    f"start_coordinates={x},{y}", f"walk_coeff={coefficients}",
                                    f"slope_factor={limit}", "lambda=0",
                                    "max_cost=20000", "--overwrite")  # fmt: skip
            out = self.folder / "walk_out.tif"
            session.export("walk", out)
            theirs = read_raster(str(out)).array / 60.0
            both = np.isfinite(mine) & np.isfinite(theirs) & (mine > 5) & (mine < 120)
            self.note(f"walking, {name}, CPU s a home ({cell:.0f} m cells)", who, taken)
            rank = spearmanr(mine[both], theirs[both]).statistic
            self.note(f"walking, {name}, Spearman", who, rank)
            ratio = float(np.median(mine[both] / theirs[both]))
            self.note(f"walking, {name}, median ratio", who, ratio)

    def zonal(self) -> None:
        """Means over polygons."""
        path = self.written("zones", 25_000_000)
        draw = np.random.default_rng(self.given.seed)
        dem = read_raster(str(path))
        side = dem.array.shape[0] * CELL
        x, y = draw.uniform(0.02, 0.98, (2, 2240)) * side
        angle = np.linspace(0, 2 * np.pi, 60, endpoint=False)
        far = draw.uniform(150, 1500, (2240, 1)) * (
            1 + 0.25 * np.sin(3 * angle + draw.uniform(0, 6, (2240, 1)))
        )
        shapes = shapely.polygons(
            np.stack(
                (500_000 + x[:, None] + far * np.cos(angle),
                 2_900_000 - y[:, None] + far * np.sin(angle)), axis=2
            )
        )  # fmt: skip
        task = "zonal means, 2,240 polygons, 25 Mpx, CPU s"
        begin = time.process_time()
        own = zonal_mean(read_raster(str(path)), shapes)
        self.note(task, "this", time.process_time() - begin)
        self.note("slope, 25 Mpx, CPU s", "this", seconds(lambda: slope_of(dem, False)))
        if not self.given.peers:
            return
        if not missing("gdaldem"):
            slope = ["gdaldem", "slope", str(path), str(self.folder / "slope.tif"), "-q"]
            self.note("slope, 25 Mpx, CPU s", "gdaldem, written", cpu_seconds(slope)[0])
            other = read_raster(str(self.folder / "slope.tif")).array[1:-1, 1:-1]
            mine = slope_of(dem, False).array[1:-1, 1:-1]
            worst = float(np.nanmax(np.abs(other - mine)))
            self.note("slope, 25 Mpx, largest difference (degrees)", "this - gdaldem", worst)
        import geopandas as gpd

        file = self.folder / "zones.geojson"
        gpd.GeoDataFrame(geometry=shapes, crs="EPSG:4547").to_file(file, driver="GeoJSON")
        theirs = in_venv("zonal", str(path), str(file))
        if theirs is None:
            return
        for who in ("exactextract", "rasterstats"):
            self.note(task, who, theirs[f"{who}_seconds"])
            other = np.array(theirs[who], dtype=float)
            worst = float(np.nanmax(np.abs(own - other)))
            self.note("zonal means, largest difference (m)", f"this - {who}", worst)


def _gdal_view(path: Path, out: Path, x: float, y: float, eye: float, far: int = 5000) -> list[str]:
    return ["gdal_viewshed", "-q", "-md", str(far), "-oz", str(eye), "-tz", "0", "-cc", "0.87",
            "-ox", str(x), "-oy", str(y), str(path), str(out)]  # fmt: skip


def _grass_view(x: float, y: float, eye: float, far: int = 5000) -> list[str]:
    return ["r.viewshed", "input=dem", "output=seen", f"coordinates={x},{y}", "-c", "-r",
            f"observer_elevation={eye}", "target_elevation=0", f"max_distance={far}",
            "refraction_coeff=0.13", "memory=2000"]  # fmt: skip


def _placed(cut: Raster, whole: Raster) -> np.ndarray:
    """Put a viewshed that covers part of a DEM into the whole."""
    seen = np.zeros(whole.array.shape, dtype=bool)
    left = round((cut.transform[2] - whole.transform[2]) / whole.transform[0])
    top = round((cut.transform[5] - whole.transform[5]) / whole.transform[4])
    rows, columns = cut.array.shape
    seen[top : top + rows, left : left + columns] = cut.array > 0
    return seen


def _walked_slopes(dem: Raster, graph: csr_matrix, start: tuple[int, int]) -> np.ndarray:
    """Give the slopes of all steps of the quickest ways from a cell, within four hours."""
    columns = dem.array.shape[1]
    place = start[0] * columns + start[1]
    _, before = dijkstra(graph, indices=place, limit=240.0, return_predecessors=True)
    end = np.flatnonzero(before >= 0)
    begin = before[end]
    height = dem.array.ravel().astype(np.float64)
    wide, high = dem.cell
    length = np.hypot((end % columns - begin % columns) * wide, (end // columns - begin // columns)
                      * high)  # fmt: skip
    return (height[end] - height[begin]) / length


def _fitted_to_tobler(slope: np.ndarray) -> tuple[str, str]:
    """Fit r.walk's coefficients and slope factor to Tobler's function over the slopes walked.

    r.walk's seconds a metre are a + b·rise uphill, a + c·rise on gentle and a + d·rise on steep
    descents, the two told apart by the slope factor; Tobler's are 0.6·exp(3.5·|slope + 0.05|).
    Least squares of the relative difference, all four coefficients free, for each slope factor.
    """
    tobler = law_of("tobler").pace(slope)
    best, chosen = np.inf, ("", "")
    for limit in np.arange(0.02, 0.40, 0.01):
        rises = [np.where(some, slope, 0) for some in
                 (slope > 0, (slope <= 0) & (slope >= -limit), slope < -limit)]  # fmt: skip
        lines = np.column_stack((np.ones(len(slope)), *rises)) / tobler[:, None]
        found, *_ = np.linalg.lstsq(lines, np.ones(len(slope)), rcond=None)
        off = float(np.mean((lines @ found - 1) ** 2))
        if off < best:
            best = off
            chosen = ",".join(f"{number:.4f}" for number in found), f"{-limit:.2f}"
    return chosen


def main(arguments: list[str]) -> int:
    """Measure and print a table and, last, one line of JSON."""
    parser = argparse.ArgumentParser(prog="scripts/bench terrain", description=__doc__)
    parser.add_argument("--cells", type=int, default=4_840_000, help="cells of the hill DEM")
    parser.add_argument("--road-km", type=float, default=500.0)
    parser.add_argument("--homes", type=int, default=300)
    parser.add_argument("--observers", type=int, default=12, help="observers a real DEM")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--peers", action="store_true", help="run the peers beside")
    parser.add_argument("--big", action="store_true", help="also hills of 100 Mpx")
    tasks = ("hills", "big_hills", "prominences", "visibility", "walking", "zonal")
    parser.add_argument("--only", nargs="*", choices=tasks, default=tasks)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), given)
        for task in given.only:
            getattr(bench, task)()
    bench.note("peak memory, MB", "this", peak_mb())
    if given.json:
        print(json.dumps(bench.rows))
    return 0
