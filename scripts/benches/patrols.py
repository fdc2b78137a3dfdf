"""Measure the patrol engine: reading GPX, the datum, judging, the store; peers where installed.

Every figure is fixes per second of one process; ``--json`` prints one JSON object last.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from linzhang_plugin.core.patrols import datum
from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.coverage import CoverageParams, cover, densified
from linzhang_plugin.core.patrols.doubts import find_doubts
from linzhang_plugin.core.patrols.fixes import Fixes, concat, make_fixes
from linzhang_plugin.core.patrols.judgement import judge
from linzhang_plugin.core.patrols.patrols import find_patrols
from linzhang_plugin.core.patrols.readers.gpx import read_gpx, read_gpx_slowly
from linzhang_plugin.core.patrols.readers.importing import as_fixes
from linzhang_plugin.core.patrols.readers.safety import Limits
from linzhang_plugin.core.patrols.readers.xml_text import utf8
from linzhang_plugin.core.patrols.rules import PatrolRules
from linzhang_plugin.workspace.traces import TraceStore

START = 1_740_787_200_000
CLOCK = Clock()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench patrols", description=__doc__)
    parser.add_argument("--fixes", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    fixes = county(asked.fixes, asked.seed)
    figures = measure(fixes)
    for name, value in figures.items():
        print(f"{name:32} {value:14,.0f}" if value > 100 else f"{name:32} {value:14.2f}")
    if asked.json:
        print(json.dumps({name: round(value, 3) for name, value in figures.items()}))
    return 0


def county(n: int, seed: int) -> Fixes:
    """Give rangers of 22 days of 600 fixes at 15 s, walking with a heading that turns."""
    rng = np.random.default_rng(seed)
    days = max(1, n // 600)
    heading = np.cumsum(rng.normal(0, 0.15, (days, 600)), axis=1) + rng.uniform(0, 6, (days, 1))
    step = 15.0 * np.clip(rng.normal(1.0, 0.2, (days, 600)), 0.2, 2)
    step[:, 200:280] = 0.0
    noise = rng.normal(0, 3, (2, days, 600))
    ranger = np.arange(days) // 22
    x = np.cumsum(step * np.cos(heading), axis=1) + noise[0] + 2000.0 * (ranger % 20)[:, None]
    y = np.cumsum(step * np.sin(heading), axis=1) + noise[1] + 2000.0 * (ranger // 20)[:, None]
    day = START + (np.arange(days) % 22) * 86_400_000
    stamps = day[:, None] + np.arange(600) * 15_000
    names = np.repeat(np.array([f"R{r:04d}" for r in ranger], dtype=object), 600)
    lon, lat = 114.9 + x.ravel() / 100_200, 25.8 + y.ravel() / 110_800
    return make_fixes(names, stamps.ravel(), lon, lat)


def gpx(fixes: Fixes) -> bytes:
    stamps = np.datetime_as_string(fixes.time.astype("datetime64[ms]"), unit="s").tolist()
    rows = zip(fixes.lat.tolist(), fixes.lon.tolist(), stamps, strict=True)
    body = "\n".join(
        f'<trkpt lat="{lat:.7f}" lon="{lon:.7f}"><ele>201.5</ele><time>{t}Z</time></trkpt>'
        for lat, lon, t in rows
    )
    return f'<gpx version="1.1"><trk><name>R</name><trkseg>\n{body}\n</trkseg></trk></gpx>'.encode()


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def measure(fixes: Fixes) -> dict[str, float]:
    out: dict[str, float] = {}
    n, rules = len(fixes), PatrolRules()
    starts = np.searchsorted(fixes.person, np.arange(len(fixes.people) + 1))
    each = [fixes.take(np.arange(a, b)) for a, b in pairwise(starts)]
    files = [(f"R{i:04d}.gpx", gpx(part)) for i, part in enumerate(each)]

    def read() -> Fixes:
        return concat(
            [as_fixes(read_gpx(data, name, CLOCK), name, name[:5]) for name, data in files]
        )

    seconds, read_fixes = timed(read)
    out["GPX to fixes"] = n / seconds
    few = files[: max(1, len(files) // 10)]
    slow, count = timed(
        lambda: sum(len(read_gpx_slowly(utf8(d), name, CLOCK, Limits())) for name, d in few)
    )
    out["GPX by expat (same salvage)"] = count / slow
    out |= peers(few)
    work, judged = timed(lambda: judge(find_patrols(read_fixes, rules, CLOCK), rules))
    out["clean, split, stops, judge"] = n / work
    out["end to end from GPX"] = n / (seconds + work)
    out["end to end by the expat reader"] = n / (n * slow / count + work)
    with tempfile.TemporaryDirectory() as folder:
        store = TraceStore(Path(folder) / "x.gpkg")
        writing, _ = timed(lambda: store.add(fixes, CLOCK))
        out["store written"] = n / writing
        size = sum(p.stat().st_size for p in store.folder.iterdir())
        out["store bytes a fix"] = size / n
        seconds, kept = timed(lambda: store.read(0, 40_000, CLOCK))
        out["store read"] = n / seconds
        out["end to end from the store"] = n / (seconds + work)
        assert len(kept) == n
    found = find_patrols(fixes, rules, CLOCK)
    few_rows = fixes.take(fixes.person < 10)
    small = find_patrols(few_rows, rules, CLOCK)
    seconds, _ = timed(lambda: find_doubts(small))
    out["doubts"] = len(few_rows) / seconds
    shifted = datum.gcj_from_wgs(fixes.lon, fixes.lat)
    seconds, _ = timed(lambda: datum.wgs_from_gcj(*shifted))
    out["GCJ-02 inverse (points/s)"] = n / seconds
    shifted = datum.bd_from_wgs(fixes.lon, fixes.lat)
    seconds, _ = timed(lambda: datum.to_wgs(*shifted, "BD-09"))
    out["BD-09 inverse (points/s)"] = n / seconds
    out["coverage"] = _coverage(each[:10])
    out["patrols"] = float(len(found))
    out["valid"] = float(judged.patrols["valid"].sum())
    return out


def _coverage(parts: list[Fixes]) -> float:
    import shapely

    ways = [
        (
            (p.lon - 114.9) * 100_200,
            (p.lat - 25.8) * 110_800,
            p.time / 60_000.0,
        )
        for p in parts
    ]

    def all_grids() -> None:
        for x, y, minutes in ways:
            area = shapely.Point(float(np.median(x)), float(np.median(y))).buffer(900)
            params = replace(CoverageParams(), buffer_m=50.0)
            cover(area, densified(x, y, minutes, params), params)

    seconds, _ = timed(all_grids)
    return sum(len(p) for p in parts) / seconds


def peers(files: list[tuple[str, bytes]]) -> dict[str, float]:
    """Time other readers of the same files, where they are installed (bench only)."""
    out: dict[str, float] = {}
    try:
        import gpxpy

        def parse() -> int:
            texts = (data.decode() for _, data in files[: max(1, len(files) // 4)])
            return sum(g.get_points_no() for g in map(gpxpy.parse, texts))

        seconds, count = timed(parse)
        out["peer gpxpy"] = count / seconds
    except ImportError:
        pass
    try:
        import pyogrio

        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for name, data in files:
                paths.append(Path(folder) / name)
                paths[-1].write_bytes(data)
            seconds, count = timed(
                lambda: sum(
                    len(pyogrio.read_dataframe(p, layer="track_points", use_arrow=False))
                    for p in paths
                )
            )
        out["peer pyogrio"] = count / seconds
    except (ImportError, ValueError):
        pass
    return out
