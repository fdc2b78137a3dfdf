"""``scripts/bench slopes``: detection on an image of any size, read from disk in strips."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import tempfile
import time
from pathlib import Path

import numpy as np
from scipy.ndimage import gaussian_filter

from linzhang_plugin.core.slopes.candidates import candidate_layer
from linzhang_plugin.core.slopes.detect import Detection, detect
from linzhang_plugin.core.slopes.image import Image
from linzhang_plugin.core.terrain.raster import open_raster

TILE = 1000
BANDS = {"blue": 1, "red": 2, "nir": 3, "swir1": 4}


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


def main(arguments: list[str]) -> int:
    """Measure and print a table and, last, one line of JSON."""
    parser = argparse.ArgumentParser(prog="scripts/bench slopes", description=__doc__)
    parser.add_argument("--mpx", type=float, default=100.0, help="million cells")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    side = round((given.mpx * 1e6) ** 0.5)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # In a process of its own, so that its memory is not counted as the detection's.
        writer = multiprocessing.get_context("spawn").Process(
            target=write_scene, args=(folder, side, given.seed)
        )
        writer.start()
        writer.join()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        begin = time.perf_counter()
        image = Image(open_raster(str(folder / "image.tif")), BANDS,
                      open_raster(str(folder / "dem.tif")), [])  # fmt: skip
        found = detect(image.read, image.shape, image.cell, Detection())
        seconds = time.perf_counter() - begin
        made = (
            candidate_layer(found, image.grid, None, "360702", 2026)
            if (len(found.table) < 9999)
            else None
        )
        whole = time.perf_counter() - begin
    figures = {
        "mpx": side**2 / 1e6,
        "sites": len(found.table),
        "detect_s": seconds,
        "with_polygons_s": whole if made is not None else None,
        "mb_before": before,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    for key, value in figures.items():
        print(f"{key:24} {value if value is None else round(value, 3)}")
    if given.json:
        print(json.dumps(figures))
    return 0
