"""``scripts/bench slopes``: detection on an image of any size, read from disk in strips.

``--peers`` does the same job on the same files with GDAL's commands (gdaldem, gdal_calc,
gdal_sieve, gdal_polygonize) and with GRASS: slope, NDVI and BSI, bare and steep, sieve,
polygons. CPU seconds
(user + system) and peak memory of whole processes.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from scipy.ndimage import gaussian_filter
from terrain_peers import Grass, cpu_seconds, missing, peak_mb

from linzhang_plugin.core.slopes.candidates import candidate_layer
from linzhang_plugin.core.slopes.detect import Detection, detect
from linzhang_plugin.core.slopes.image import Image
from linzhang_plugin.core.terrain.raster import open_raster

TILE = 1000
BANDS = {"blue": 1, "red": 2, "nir": 3, "swir1": 4}
BARE = (
    "((N-R)/(N+R)<0.35)*((S+R-N-B)/(S+R+N+B)>0.05)*(D>=10)",
    {"R": ("image", 2), "N": ("image", 3), "S": ("image", 4), "B": ("image", 1), "D": ("slope", 1)},
)


def write_scene(folder: Path, side: int, seed: int) -> None:
    """Write an image and a DEM of ``side`` × ``side`` cells of 10 m, a tile repeated."""
    import rasterio

    draw = np.random.default_rng(seed)
    heights = gaussian_filter(draw.normal(size=(TILE, TILE)), 20, mode="wrap") * 2000
    noise = gaussian_filter(draw.normal(size=(TILE, TILE)), 4, mode="wrap") * 10
    bare = noise > 1.6
    layers = [np.where(bare, b, g) for b, g in ((800, 300), (2200, 400), (2600, 3600),
                                               (3800, 1500))]  # fmt: skip
    count = -(-side // TILE)
    profile = {"driver": "GTiff", "height": side, "width": side, "crs": "EPSG:4547",
               "BIGTIFF": "IF_SAFER",
               "transform": rasterio.Affine(10, 0, 500_000, 0, -10, 2_900_000)}  # fmt: skip
    with (
        rasterio.open(folder / "image.tif", "w", count=4, dtype="uint16", **profile) as image,
        rasterio.open(folder / "dem.tif", "w", count=1, dtype="float32", **profile) as dem,
    ):
        for number in range(count):
            high = min(TILE, side - number * TILE)
            window = ((number * TILE, number * TILE + high), (0, side))
            for band, layer in enumerate(layers, 1):
                row = np.tile(layer[:high], (1, count))[:, :side].astype(np.uint16)
                image.write(row, band, window=window)
            dem.write(np.tile(heights[:high], (1, count))[:, :side].astype(np.float32), 1,
                      window=window)  # fmt: skip


def own(folder: Path) -> dict[str, float]:
    """Detect and outline; gives figures of this process."""
    before = peak_mb()
    begin, wall = time.process_time(), time.perf_counter()
    image = Image(open_raster(str(folder / "image.tif")), BANDS,
                  open_raster(str(folder / "dem.tif")), [])  # fmt: skip
    found = detect(image.read, image.shape, image.cell, Detection(), progress=told)
    seconds = time.process_time() - begin
    if len(found.table) < 9999:
        candidate_layer(found, image.grid, None, "360702", 2026)
    else:
        # More sites than a year has codes: the outlines alone.
        from linzhang_plugin.core.terrain.outlines import outlines

        outlines(found.runs, found.patch, len(found.table), image.grid.transform)
    return {
        "sites": len(found.table),
        "detect_cpu_s": seconds,
        "with_polygons_cpu_s": time.process_time() - begin,
        "with_polygons_wall_s": time.perf_counter() - wall,
        "mb_before": before,
        "peak_mb": peak_mb(),
        "longest_silence_s": max(told.gaps, default=0.0),
    }


class _Told:
    """Notes how long the engine was silent between two reports."""

    def __init__(self) -> None:
        """Start with nothing heard."""
        self.last, self.gaps = 0.0, [0.0]

    def __call__(self, fraction: float, message: object) -> bool:
        """Hear a report."""
        del fraction, message
        now = time.perf_counter()
        if self.last:
            self.gaps.append(now - self.last)
        self.last = now
        return True


told = _Told()


def gdal(folder: Path) -> dict[str, float] | None:
    """Do it with GDAL's commands."""
    if missing("gdaldem") or missing("gdal_calc.py"):
        return None
    names = {"image": folder / "image.tif", "slope": folder / "slope.tif"}
    calc = ["gdal_calc.py", "--quiet", "--overwrite", "--type=Byte", f"--calc={BARE[0]}",
            f"--outfile={folder / 'bare.tif'}"]  # fmt: skip
    for letter, (name, band) in BARE[1].items():
        calc += [f"-{letter}", str(names[name]), f"--{letter}_band={band}"]
    # Unsigned numbers would wrap around in differences.
    calc[4] = calc[4].replace("N-R)", "N.astype(float)-R)").replace("(S+R", "(S.astype(float)+R")
    steps = [
        ["gdaldem", "slope", "-q", str(folder / "dem.tif"), str(names["slope"])],
        calc,
        ["gdal_sieve.py", "-q", "-st", "4", "-4", str(folder / "bare.tif"),
         str(folder / "sieve.tif")],
        ["gdal_polygonize.py", "-q", str(folder / "sieve.tif"), "-f", "GPKG",
         str(folder / "sites.gpkg")],
    ]  # fmt: skip
    done = [cpu_seconds(command) for command in steps]
    return {"cpu_s": sum(s for s, _ in done), "peak_mb": max(mb for _, mb in done)}


def grass(folder: Path) -> dict[str, float] | None:
    """Do it with GRASS; reading the image counts, as it does for the others."""
    if missing("grass"):
        return None
    session = Grass(folder / "dem.tif", folder)
    rule = ("bare = if((N-R)/(N+R)<0.35 && (S+R-N-B)/(S+R+N+B)>0.05 && slope>=10, 1, null())"
            .replace("N", "float(image.3)").replace("R", "float(image.2)")
            .replace("S", "float(image.4)").replace("B", "float(image.1)"))  # fmt: skip
    steps = [
        ["r.in.gdal", f"input={folder / 'image.tif'}", "output=image", "-o"],
        ["r.slope.aspect", "elevation=dem", "slope=slope"],
        ["r.mapcalc", rule],
        ["r.reclass.area", "input=bare", "output=large", "value=0.04", "mode=greater"],
        ["r.to.vect", "input=large", "output=sites", "type=area"],
    ]
    return {"cpu_s": sum(session.seconds(*command) for command in steps)}


def main(arguments: list[str]) -> int:
    """Measure and print a table and, last, one line of JSON."""
    parser = argparse.ArgumentParser(prog="scripts/bench slopes", description=__doc__)
    parser.add_argument("--mpx", type=float, default=100.0, help="million cells")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--peers", action="store_true", help="run GDAL and GRASS beside")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.inside:
        print(json.dumps(own(Path(given.inside))))
        return 0
    side = round((given.mpx * 1e6) ** 0.5)
    figures: dict[str, float] = {"mpx": side**2 / 1e6}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # In processes of their own, so that the writer's memory is nobody else's.
        writer = multiprocessing.get_context("spawn").Process(
            target=write_scene, args=(folder, side, given.seed)
        )
        writer.start()
        writer.join()
        script = Path(__file__).resolve().parents[1] / "bench"
        command = [sys.executable, str(script), "slopes", "--inside", name]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        figures |= json.loads(said.splitlines()[-1])
        if given.peers:
            for who, found in (("gdal", gdal(folder)), ("grass", grass(folder))):
                for key, value in (found or {}).items():
                    figures[f"{who}_{key}"] = value
                if found:
                    ratio = figures["with_polygons_cpu_s"] / found["cpu_s"]
                    figures[f"ratio_to_{who}"] = ratio
    for key, value in figures.items():
        print(f"{key:24} {round(value, 3)}")
    if given.json:
        print(json.dumps(figures))
    return 0
