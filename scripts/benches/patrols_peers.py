"""One task of one peer, run by the interpreter of the peers' own environment.

``python patrols_peers.py TASK FOLDER`` prints fixes, seconds, CPU seconds and MB as JSON. Imports
are not timed. Nothing of the plugin is imported here, and none of these libraries by the plugin.
"""

# ruff: noqa: ANN001, ANN201, ANN202 - run where nothing of this house is installed
import json
import sys
import time
import warnings
from pathlib import Path

warnings.simplefilter("ignore")
GAP_MIN, STOP_MIN, STOP_M = 60, 10, 50


def gpxpy_few(folder):
    import gpxpy

    def work():
        with (folder / "few.gpx").open(encoding="utf-8") as file:
            return gpxpy.parse(file).get_points_no()

    return work


def pyogrio_big(folder):
    import pyogrio

    return lambda: len(_pyogrio(pyogrio, folder / "big.gpx"))


def pyogrio_many(folder):
    import pyogrio

    paths = sorted((folder / "many").rglob("*.gpx"))
    return lambda: sum(len(_pyogrio(pyogrio, path)) for path in paths)


def _pyogrio(pyogrio, path):
    return pyogrio.read_dataframe(
        path, layer="track_points", columns=["track_fid", "ele", "time"], use_arrow=True
    )


def pandas_csv(folder):
    import pandas as pd

    def work():
        frame = pd.read_csv(folder / "all.csv")
        frame["time"] = pd.to_datetime(frame["time"], utc=True, format="ISO8601")
        return len(frame)

    return work


def pyarrow_csv(folder):
    from pyarrow import csv

    return lambda: csv.read_csv(folder / "all.csv").num_rows


def duckdb_csv(folder):
    import duckdb

    def work():
        with duckdb.connect() as base:
            base.execute(f"CREATE TABLE f AS SELECT * FROM read_csv('{folder}/all.csv')")
            return base.execute("SELECT count(*) FROM f").fetchone()[0]

    return work


def duckdb_hours(folder):
    """Clean, split at gaps, sum hours and km: no stops, no grid, no rules, no reasons."""
    import duckdb

    base = duckdb.connect()
    base.execute(f"CREATE TABLE f AS SELECT * FROM read_csv('{folder}/all.csv')")
    n = base.execute("SELECT count(*) FROM f").fetchone()[0]
    text = f"""
        WITH unique_fix AS (SELECT DISTINCT ON (person_id, time) * FROM f),
        steps AS (
            SELECT *, epoch(time - lag(time) OVER w) AS s,
                sqrt(pow((lon - lag(lon) OVER w) * 111320 * cos(radians(lat)), 2)
                     + pow((lat - lag(lat) OVER w) * 110574, 2)) AS m
            FROM unique_fix WINDOW w AS (PARTITION BY person_id ORDER BY time)),
        kept AS (SELECT * FROM steps WHERE m IS NULL OR m * 3.6 <= 60 * s OR m < 30),
        runs AS (
            SELECT *, sum(CASE WHEN s > {GAP_MIN * 60} OR s IS NULL THEN 1 ELSE 0 END)
                OVER (PARTITION BY person_id ORDER BY time) AS patrol FROM kept)
        SELECT person_id, patrol, min(time), max(time), epoch(max(time) - min(time)) / 60,
            sum(CASE WHEN s <= {GAP_MIN * 60} THEN m END) / 1000, count(*)
        FROM runs GROUP BY ALL ORDER BY ALL"""

    def work():
        base.execute(text).fetchall()
        return n

    return work


def _frame(path):
    import pandas as pd

    frame = pd.read_csv(path)
    frame["time"] = pd.to_datetime(frame["time"], utc=True, format="ISO8601")
    return frame


def movingpandas_patrols(folder):
    """Cut at gaps, detect stops, lengths and durations."""
    import movingpandas

    frame = _frame(folder / "few.csv")
    return lambda: _movingpandas(movingpandas, frame)


def _movingpandas(movingpandas, frame):
    from datetime import timedelta

    frame = frame.assign(time=frame["time"].dt.tz_localize(None))
    tracks = movingpandas.TrajectoryCollection(
        frame, traj_id_col="person_id", t="time", x="lon", y="lat"
    )
    parts = movingpandas.ObservationGapSplitter(tracks).split(gap=timedelta(minutes=GAP_MIN))
    movingpandas.TrajectoryStopDetector(parts).get_stop_segments(
        max_diameter=2 * STOP_M, min_duration=timedelta(minutes=STOP_MIN)
    )
    for part in parts:
        part.get_length()
        part.get_duration()
    return len(frame)


def trackintel_patrols(folder):
    """Stays and the legs between them, with lengths."""
    import geopandas
    import trackintel

    frame = _frame(folder / "few.csv")

    def work():
        return _trackintel(trackintel, geopandas, frame)

    return work


def _trackintel(trackintel, geopandas, frame):
    points = geopandas.points_from_xy(frame["lon"], frame["lat"])
    table = geopandas.GeoDataFrame(
        {"user_id": frame["person_id"], "tracked_at": frame["time"]}, geometry=points, crs=4326
    )
    fixes = trackintel.Positionfixes(table)
    fixes, stays = fixes.generate_staypoints(
        dist_threshold=STOP_M, time_threshold=STOP_MIN, gap_threshold=GAP_MIN
    )
    _, legs = fixes.generate_triplegs(stays, gap_threshold=GAP_MIN)
    legs.to_crs(32650).length.sum()
    return len(frame)


def usual_script(folder):
    """From GPX: gpxpy, GeoPandas, MovingPandas."""
    import gpxpy
    import movingpandas
    import pandas as pd

    def work():
        with (folder / "few.gpx").open(encoding="utf-8") as file:
            rows = [
                (track.name, point.time, point.longitude, point.latitude)
                for track in gpxpy.parse(file).tracks
                for segment in track.segments
                for point in segment.points
            ]
        frame = pd.DataFrame(rows, columns=["person_id", "time", "lon", "lat"])
        frame["time"] = pd.to_datetime(frame["time"], utc=True)
        return _movingpandas(movingpandas, frame)

    return work


def fastest_mix(folder):
    """From GPX: pyogrio with Arrow, then trackintel for stays, legs and lengths."""
    import geopandas
    import pandas as pd
    import pyogrio
    import trackintel

    def work():
        table = _pyogrio(pyogrio, folder / "few.gpx")
        frame = pd.DataFrame(
            {
                "person_id": table["track_fid"],
                "time": table["time"].dt.tz_convert("UTC")
                if table["time"].dt.tz is not None
                else table["time"].dt.tz_localize("UTC"),
                "lon": table.geometry.x,
                "lat": table.geometry.y,
            }
        )
        return _trackintel(trackintel, geopandas, frame)

    return work


def line_buffers(folder):
    """Coverage of own grids by shapely: a buffered line a patrol."""
    import numpy as np
    import shapely

    people = _ways(folder)

    def work():
        for x, y, starts in people:
            area = shapely.Point(np.median(x), np.median(y)).buffer(900)
            parts = np.split(np.arange(len(x)), starts)
            lines = [shapely.LineString(np.column_stack([x[p], y[p]])) for p in parts]
            shapely.union_all(shapely.buffer(lines, 50)).intersection(area)
        return sum(len(x) for x, _, _ in people)

    return work


def cells_dilated(folder):
    """Coverage of own grids by a raster of 10 m cells: fixes marked, then dilated by 50 m."""
    import numpy as np
    import shapely
    from scipy.ndimage import binary_dilation

    people = _ways(folder)
    step = np.arange(-5, 6)
    disk = step[:, None] ** 2 + step[None, :] ** 2 <= 25

    def work():
        for x, y, starts in people:
            area = shapely.Point(np.median(x), np.median(y)).buffer(900)
            west, south, east, north = area.bounds
            cx, cy = np.arange(west + 5, east, 10), np.arange(south + 5, north, 10)
            xx, yy = np.meshgrid(cx, cy)
            inside = shapely.contains_xy(area, xx.ravel(), yy.ravel()).reshape(xx.shape)
            known = np.ones(len(x) - 1, dtype=bool)
            known[starts - 1] = False
            part = np.linspace(0, 1, 4, endpoint=False)[None, :]
            px = (x[:-1][known, None] + part * np.diff(x)[known, None]).ravel()
            py = (y[:-1][known, None] + part * np.diff(y)[known, None]).ravel()
            i, j = ((py - south) // 10).astype(int), ((px - west) // 10).astype(int)
            good = (i >= 0) & (j >= 0) & (i < len(cy)) & (j < len(cx))
            marked = np.zeros(inside.shape, dtype=bool)
            marked[i[good], j[good]] = True
            (binary_dilation(marked, disk) & inside).sum()
        return sum(len(x) for x, _, _ in people)

    return work


def _ways(folder):
    import numpy as np

    out = []
    for _, rows in _frame(folder / "few.csv").groupby("person_id"):
        x = (rows["lon"].to_numpy() - 114.9) * 100_200
        y = (rows["lat"].to_numpy() - 25.8) * 110_800
        starts = np.flatnonzero(rows["time"].diff().dt.total_seconds().to_numpy() > 300)
        out.append((x, y, starts))
    return out


TASKS = {
    task.__name__: task
    for task in (
        gpxpy_few, pyogrio_big, pyogrio_many, pandas_csv, pyarrow_csv, duckdb_csv, duckdb_hours,
        movingpandas_patrols, trackintel_patrols, usual_script, fastest_mix, line_buffers,
        cells_dilated,
    )
}  # fmt: skip

if __name__ == "__main__":
    work = TASKS[sys.argv[1]](Path(sys.argv[2]))
    begun, used = time.perf_counter(), time.process_time()
    count = work()
    wall, cpu = time.perf_counter() - begun, time.process_time() - used
    # getrusage would tell the peak of the process that started this one
    status = Path("/proc/self/status").read_text().split("VmHWM:")[1]
    peak = int(status.split()[0]) / 1024
    print(json.dumps({"n": int(count), "wall": wall, "cpu": cpu, "mb": peak}))
