"""Peers that live in a virtual environment of their own: run by its Python, never imported.

``python -m venv build/peers && build/peers/bin/pip install topotoolbox exactextract rasterstats
geopandas``. Prints one line of JSON: CPU seconds of the work (without imports) and the results.
"""

from __future__ import annotations

import json
import sys
import time


def prominence(dem: str, least: str) -> dict[str, object]:
    """Peaks of TopoToolbox down to a least prominence."""
    import topotoolbox

    begin = time.process_time()
    grid = topotoolbox.read_tif(dem)
    height, (x, y) = grid.prominence(float(least))
    return {
        "seconds": time.process_time() - begin,
        "rows": [list(map(float, row)) for row in zip(x, y, height, strict=True)],
    }


def zonal(raster: str, polygons: str) -> dict[str, object]:
    """Means of exactextract and rasterstats."""
    import exactextract
    import geopandas
    import rasterstats

    zones = geopandas.read_file(polygons)
    begin = time.process_time()
    exact = exactextract.exact_extract(raster, zones, ["mean"])
    middle = time.process_time()
    simple = rasterstats.zonal_stats(zones, raster, stats=["mean"])
    end = time.process_time()
    return {
        "exactextract_seconds": middle - begin,
        "rasterstats_seconds": end - middle,
        "exactextract": [row["properties"]["mean"] for row in exact],
        "rasterstats": [row["mean"] for row in simple],
    }


if __name__ == "__main__":
    print(json.dumps({"prominence": prominence, "zonal": zonal}[sys.argv[1]](*sys.argv[2:])))
