"""One task of ours, run like a peer's: fixes, seconds, CPU seconds and MB as JSON."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import numpy as np  # noqa: E402
import shapely  # noqa: E402
from patrols_data import of_rangers  # noqa: E402

from linzhang_plugin.core.patrols import datum  # noqa: E402
from linzhang_plugin.core.patrols.clock import Clock  # noqa: E402
from linzhang_plugin.core.patrols.coverage import CoverageParams, cover, densified  # noqa: E402
from linzhang_plugin.core.patrols.doubts import find_doubts  # noqa: E402
from linzhang_plugin.core.patrols.fixes import Fixes  # noqa: E402
from linzhang_plugin.core.patrols.judgement import judge  # noqa: E402
from linzhang_plugin.core.patrols.patrols import find_patrols  # noqa: E402
from linzhang_plugin.core.patrols.readers.gpx import read_gpx_slowly  # noqa: E402
from linzhang_plugin.core.patrols.readers.importing import ImportOptions, import_path  # noqa: E402
from linzhang_plugin.core.patrols.readers.safety import Limits  # noqa: E402
from linzhang_plugin.core.patrols.readers.xml_text import utf8  # noqa: E402
from linzhang_plugin.core.patrols.rules import PatrolRules  # noqa: E402
from linzhang_plugin.workspace.traces import TraceStore  # noqa: E402

CLOCK, RULES = Clock(), PatrolRules()
BUFFER_M = 50.0
Work = Callable[[], int]


def _read(path: Path) -> Fixes:
    return import_path(path, ImportOptions()).fixes


def _judged(fixes: Fixes) -> int:
    judge(find_patrols(fixes, RULES, CLOCK), RULES)
    return len(fixes)


def gpx_big(folder: Path) -> Work:
    return lambda: len(_read(folder / "big.gpx"))


def gpx_many(folder: Path) -> Work:
    return lambda: len(_read(folder / "many"))


def gpx_by_expat(folder: Path) -> Work:
    data = utf8((folder / "few.gpx").read_bytes())
    return lambda: len(read_gpx_slowly(data, "few.gpx", CLOCK, Limits()))


def csv_all(folder: Path) -> Work:
    return lambda: len(_read(folder / "all.csv"))


def patrols_judged(folder: Path) -> Work:
    fixes = _read(folder / "all.csv")
    return lambda: _judged(fixes)


def from_gpx(folder: Path) -> Work:
    return lambda: _judged(_read(folder / "big.gpx"))


def store_written(folder: Path) -> Work:
    fixes = _read(folder / "all.csv")
    return lambda: TraceStore(folder / "bench.gpkg").add(fixes, CLOCK)


def store_read(folder: Path) -> Work:
    return lambda: len(TraceStore(folder / "bench.gpkg").read(0, 40_000, CLOCK))


def from_store(folder: Path) -> Work:
    return lambda: _judged(TraceStore(folder / "bench.gpkg").read(0, 40_000, CLOCK))


def doubts_found(folder: Path) -> Work:
    found = find_patrols(_read(folder / "few.csv"), RULES, CLOCK)

    def work() -> int:
        find_doubts(found)
        return len(found.fixes)

    return work


def coverage_cells(folder: Path) -> Work:
    ways = _ways(folder)
    params = CoverageParams(BUFFER_M)

    def work() -> int:
        for area, x, y, minutes in ways:
            cover(area, densified(x, y, minutes, params), params)
        return sum(len(x) for _, x, _, _ in ways)

    return work


def _ways(folder: Path) -> list[tuple[shapely.Geometry, np.ndarray, np.ndarray, np.ndarray]]:
    out = []
    for part in of_rangers(_read(folder / "few.csv")):
        x, y = (part.lon - 114.9) * 100_200, (part.lat - 25.8) * 110_800
        area = shapely.Point(float(np.median(x)), float(np.median(y))).buffer(900)
        out.append((area, x, y, part.time / 60_000.0))
    return out


def coverage_error(folder: Path) -> float:
    """Give the worst difference to the exact buffers, in points of the grid's area."""
    params, worst = CoverageParams(BUFFER_M), 0.0
    for area, x, y, minutes in _ways(folder):
        covered, total, _ = cover(area, densified(x, y, minutes, params), params)
        starts = np.flatnonzero(np.diff(minutes) > params.silent_minutes) + 1
        parts = np.split(np.arange(len(x)), starts)
        lines = [shapely.LineString(np.column_stack([x[p], y[p]])) for p in parts]
        exact = shapely.union_all(shapely.buffer(lines, BUFFER_M, quad_segs=32))
        worst = max(worst, abs(covered - exact.intersection(area).area) / total * 100)
    return worst


def _shifted(folder: Path, name: str) -> Work:
    fixes = _read(folder / "all.csv")
    there = datum.gcj_from_wgs if name == "GCJ-02" else datum.bd_from_wgs
    lon, lat = there(fixes.lon, fixes.lat)
    return lambda: len(datum.to_wgs(lon, lat, name)[0])


def gcj_inverse(folder: Path) -> Work:
    return _shifted(folder, "GCJ-02")


def bd_inverse(folder: Path) -> Work:
    return _shifted(folder, "BD-09")


TASKS: dict[str, Callable[[Path], Work]] = {
    task.__name__: task
    for task in (
        gpx_big, gpx_many, gpx_by_expat, csv_all, patrols_judged, from_gpx, store_written,
        store_read, from_store, doubts_found, coverage_cells, gcj_inverse, bd_inverse,
    )
}  # fmt: skip

if __name__ == "__main__":
    if sys.argv[1] == "coverage_error":
        print(json.dumps({"points": coverage_error(Path(sys.argv[2]))}))
        sys.exit(0)
    made = TASKS[sys.argv[1]](Path(sys.argv[2]))
    begun, used = time.perf_counter(), time.process_time()
    count = made()
    wall, cpu = time.perf_counter() - begun, time.process_time() - used
    # getrusage would tell the peak of the process that started this one
    status = Path("/proc/self/status").read_text().split("VmHWM:")[1]
    peak = int(status.split()[0]) / 1024
    print(json.dumps({"n": int(count), "wall": wall, "cpu": cpu, "mb": peak}))
