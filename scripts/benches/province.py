"""Many counties on a Dask cluster of this machine: cost, a killed worker, a restart.

Makes a virtual environment of its own in build/ with the versions of Dask that run beside
Debian 12's QGIS, then: every county in one process (the truth), 5, 10 and 20 counties on a
cluster of two workers that may not import QGIS, one worker killed in the middle of the last
run, and a run that is stopped half-way and started again. Plans are compared byte by byte.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / "build" / "province-venv"
PINS = ("dask==2024.2.1", "distributed==2024.2.1")
GEOMETRY = ("shapely==2.0.7", "geopandas==0.14.4")
WORKERS = 2


def main(arguments: list[str]) -> int:
    """Measure, inside the environment that has Dask."""
    if Path(sys.prefix).resolve() != VENV.resolve():
        return subprocess.run([environment(), str(Path(__file__).resolve()), *arguments]).returncode
    parser = argparse.ArgumentParser(prog="bench province", description=__doc__)
    parser.add_argument("--counties", type=int, default=20)
    parser.add_argument("--stands", type=int, default=480)
    parser.add_argument("--effort", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    return measure(asked)


def environment() -> str:
    """Give the bench's own Python, made at the first call."""
    python = VENV / "bin" / "python"
    if not python.exists():
        print(f"bench province: making {VENV} with {', '.join(PINS)}", flush=True)
        subprocess.run(
            ["/usr/bin/python3", "-m", "venv", "--system-site-packages", VENV], check=True
        )
        pip = [str(python), "-m", "pip", "install", "-q"]
        subprocess.run([*pip, *PINS], check=True)
        if subprocess.run([str(python), "-c", "import geopandas, shapely"]).returncode:
            subprocess.run([*pip, "--no-deps", *GEOMETRY], check=True)
    return str(python)


def county(seed: int, n: int, effort: int = 1) -> Any:
    """Give the request of one invented county: five towns of drawn stands, last year's grids.

    Stands are Voronoi cells; last year's grids are cells around spread places with a tenth of
    the stands in a neighbour's grid, so that there is something to repair.
    """
    import geopandas as gpd
    import numpy as np
    import shapely
    from scipy.spatial import cKDTree

    from linzhang_plugin.core.grids.intake import StandFields
    from linzhang_plugin.core.grids.job import Request
    from linzhang_plugin.core.grids.params import GridParams

    rng = np.random.default_rng([seed, 26])
    side = 470.0 * np.sqrt(n)
    points = rng.uniform(0, side, (n, 2))
    for _ in range(2):
        cells = voronoi(points, side)
        points = shapely.get_coordinates(shapely.centroid(cells))
    west, south = 500_000.0, 2_800_000.0 + 1000.0 * seed
    cells = shapely.transform(voronoi(points, side), lambda xy: xy + np.array([west, south]))
    order = np.argsort(points[:, 0], kind="stable")
    town = np.empty(n, dtype=np.int64)
    town[order] = np.arange(n) * 5 // n
    codes, people = np.empty(n, dtype=object), []
    for number in range(5):
        rows = np.flatnonzero(town == number)
        k = max(2, len(rows) // 12)
        place = points[rng.choice(rows, k, replace=False)]
        near = cKDTree(place).query(points[rows], 2)[1]
        own = np.where(rng.random(len(rows)) < 0.1, near[:, 1], near[:, 0])
        codes[rows] = [f"36{seed:04d}{100 + number}W{g + 1:03d}" for g in own]
        people += [
            {"person_id": f"P{seed:02d}{number}{g:03d}", "name": f"示例{g:03d}",
             "town_code": f"36{seed:04d}{100 + number}",
             "previous_grid_code": f"36{seed:04d}{100 + number}W{g + 1:03d}",
             "geometry": shapely.Point(*(place[g] + [west, south]))}
            for g in range(k) if (own == g).any()
        ]  # fmt: skip
    stands = gpd.GeoDataFrame(
        {
            "stand_id": [f"S{seed:02d}{i:05d}" for i in range(n)],
            "town_code": [f"36{seed:04d}{100 + t}" for t in town],
            "village_code": "",
            "previous_grid_code": codes,
            "po_du": rng.integers(1, 7, n),
        },
        geometry=cells,
        crs="EPSG:4547",
    )
    rangers = gpd.GeoDataFrame(people, geometry="geometry", crs="EPSG:4547")
    fields = StandFields("stand_id", "", "", "town_code", "", "previous_grid_code", slope="po_du")
    params = GridParams(min_mu=0.0, max_mu=1e9, seed=seed, effort=effort)
    return Request(stands, fields, rangers, params=params)


def voronoi(points: Any, side: float) -> Any:
    """Give the cell of each point, cut to a square, in the points' order."""
    import numpy as np
    import shapely

    frame = shapely.box(0, 0, side, side)
    found = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(points), extend_to=frame)
    )
    found = shapely.intersection(found, frame)
    tree = shapely.STRtree(found)
    which, cell = tree.query(shapely.points(points), predicate="within")
    made = np.empty(len(points), dtype=object)
    made[which] = found[cell]
    return made


def digest(plan: Any) -> str:
    """Give a plan's name by its content: tables, shapes, figures."""
    from linzhang_plugin.core.fingerprint import fingerprint

    return fingerprint((plan.grids, plan.stands, plan.changes, plan.towns, plan.figures))


def measure(asked: argparse.Namespace) -> int:
    """Run all parts and print the table."""
    sys.path.insert(0, str(ROOT))
    os.environ["PYTHONPATH"] = str(ROOT)
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ[name] = "1"
    import dask
    import distributed

    from linzhang_plugin.core.counties import optimize_county
    from linzhang_plugin.core.progress import silent

    requests = [county(seed, asked.stands, asked.effort) for seed in range(asked.counties)]
    print(f"{asked.counties} counties of {asked.stands} stands; dask {dask.__version__},"
          f" distributed {distributed.__version__}, {WORKERS} workers", flush=True)  # fmt: skip
    truth, cost = [], []
    for request in requests:
        begun = time.process_time()
        truth.append(digest(optimize_county(request, silent)))
        cost.append(time.process_time() - begun)
    print(f"serial: {sum(cost):.1f} CPU s, {sum(cost) / len(cost):.2f} a county", flush=True)
    rows = []
    for count in sorted({max(1, asked.counties // 4), max(1, asked.counties // 2), asked.counties}):
        rows.append(clustered(requests[:count], truth[:count], count == asked.counties))
        rows[-1]["serial_cpu_s"] = round(sum(cost[:count]), 1)
        print(json.dumps(rows[-1], ensure_ascii=False), flush=True)
    again = restarted(requests, truth)
    print(json.dumps(again), flush=True)
    good = all(r["identical"] and not r["qgis"] for r in rows) and again["identical"]
    good = good and rows[-1]["killed"] and again["redone"] == 0
    print(table(rows))
    if asked.json:
        print(json.dumps({"runs": rows, "restart": again, "good": good}))
    return 0 if good else 1


def cluster() -> Any:
    """Start a scheduler and workers as processes of their own."""
    import dask
    import distributed

    dask.config.set({"distributed.worker.daemon": False})
    made = distributed.LocalCluster(
        n_workers=WORKERS, threads_per_worker=1, processes=True, dashboard_address=None,
        silence_logs=50,
    )  # fmt: skip
    with distributed.Client(made, set_as_default=False) as client:
        client.register_plugin(barrier())
    return made


def barrier() -> Any:
    """Give a plugin under which a worker cannot import QGIS, also one that is started later."""
    import distributed

    class NoQgis(distributed.WorkerPlugin):
        name = "no-qgis"

        def setup(self, worker: Any) -> None:
            import sys

            class Refuse:
                def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
                    if name.split(".")[0] in ("qgis", "PyQt5", "PyQt6"):
                        raise ImportError(f"{name} is not for workers")

            sys.meta_path.insert(0, Refuse())

    return NoQgis()


def clustered(requests: list[Any], truth: list[str], kill: bool) -> dict[str, Any]:
    """Run counties on a cluster, killing a worker in the middle if asked."""
    from linzhang_plugin.core.counties import optimize_counties

    with cluster() as local:
        killed: list[int] = []

        def watch(fraction: float, message: Any = None) -> bool:
            if kill and fraction >= 0.4 and not killed:
                worker = next(iter(local.workers.values()))
                killed.append(worker.process.pid)
                os.kill(worker.process.pid, signal.SIGKILL)
            return True

        begun = time.monotonic()
        plans = optimize_counties(requests, watch, local.scheduler_address)
        wall = time.monotonic() - begun
        qgis, cpu = loaded(local), workers_cpu(local)
    return {
        "counties": len(requests),
        "wall_s": round(wall, 1),
        "workers_cpu_s": round(cpu, 1),
        "killed": bool(killed),
        "identical": [digest(plan) for plan in plans] == truth,
        "qgis": qgis,
    }


def workers_cpu(local: Any) -> float:
    """Give the CPU seconds that the living workers used."""
    import distributed

    def used() -> float:
        import time

        return time.process_time()

    with distributed.Client(local, set_as_default=False) as client:
        return float(sum(client.run(used).values()))


def loaded(local: Any) -> bool:
    """Tell whether any worker has imported QGIS or Qt."""
    import distributed

    def seen() -> bool:
        import sys

        return any(name.split(".")[0] in ("qgis", "PyQt5", "PyQt6") for name in sys.modules)

    with distributed.Client(local, set_as_default=False) as client:
        return any(client.run(seen).values())


def until_half(fraction: float, message: Any = None) -> bool:
    """Ask to stop when half is done."""
    del message
    return fraction < 0.5


def restarted(requests: list[Any], truth: list[str]) -> dict[str, Any]:
    """Stop a run half-way, start it again with the same folder, count what is done twice."""
    from linzhang_plugin.core.counties import optimize_counties
    from linzhang_plugin.core.messages import CancelledError

    folder = Path(tempfile.mkdtemp(prefix="province-"))
    try:
        with cluster() as local, contextlib.suppress(CancelledError):
            optimize_counties(requests, until_half, local.scheduler_address, folder=str(folder))
        kept = {file: file.stat().st_mtime_ns for file in folder.glob("*.pickle")}
        with cluster() as local:
            plans = optimize_counties(requests, scheduler=local.scheduler_address,
                                      folder=str(folder))  # fmt: skip
        redone = sum(file.stat().st_mtime_ns != then for file, then in kept.items())
        every = len(list(folder.glob("*.pickle")))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {
        "finished_before_stop": len(kept),
        "redone": redone,
        "done_after_restart": every - len(kept),
        "identical": [digest(plan) for plan in plans] == truth,
    }


def table(rows: list[dict[str, Any]]) -> str:
    """Give the runs as a table in Markdown."""
    lines = ["| counties | serial CPU s | CPU s a county | cluster wall s | wall s a county |"
             " worker killed | identical |", "|---|---|---|---|---|---|---|"]  # fmt: skip
    for row in rows:
        n = row["counties"]
        lines.append(
            f"| {n} | {row['serial_cpu_s']:.1f} | {row['serial_cpu_s'] / n:.2f} |"
            f" {row['wall_s']:.1f} | {row['wall_s'] / n:.2f} | {'yes' if row['killed'] else 'no'} |"
            f" {'yes' if row['identical'] else 'NO'} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
