"""Walks of many rangers for the patrol benchmarks, and the files they are written to."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np

from linzhang_plugin.core.patrols.fixes import Fixes, make_fixes

START = 1_735_689_600_000 + 3_600_000
"""2025-01-01 09:00 in China."""
DAY_MS = 86_400_000
DAYS, PER_DAY = 21, 600


def walked(rng: np.random.Generator, rangers: int, start: int = START, days: int = DAYS) -> Fixes:
    """Give rangers' patrols of 600 fixes a day at 15 s, walking with a heading that turns."""
    size = (rangers * days, PER_DAY)
    heading = np.cumsum(rng.normal(0, 0.15, size), axis=1) + rng.uniform(0, 6, (size[0], 1))
    step = 15.0 * np.clip(rng.normal(1.0, 0.2, size), 0.2, 2)
    step[:, 200:280] = 0.0  # a rest of twenty minutes
    ranger, day = np.divmod(np.arange(size[0]), days)
    x = np.cumsum(step * np.cos(heading), axis=1) + rng.normal(0, 3, size)
    y = np.cumsum(step * np.sin(heading), axis=1) + rng.normal(0, 3, size)
    x += 2000.0 * (ranger % 20)[:, None]
    y += 2000.0 * (ranger // 20)[:, None]
    stamps = (start + day * DAY_MS)[:, None] + np.arange(PER_DAY) * 15_000
    names = np.repeat(np.array([f"R{r:04d}" for r in ranger], dtype=object), PER_DAY)
    lon, lat = 114.9 + x.ravel() / 100_200, 25.8 + y.ravel() / 110_800
    return make_fixes(names, stamps.ravel(), lon, lat)


def of_rangers(fixes: Fixes) -> list[Fixes]:
    """Give the fixes of each person."""
    starts = np.searchsorted(fixes.person, np.arange(len(fixes.people) + 1))
    return [fixes.take(np.arange(a, b)) for a, b in pairwise(starts.tolist()) if a < b]


def gpx(parts: list[Fixes]) -> bytes:
    """Write a GPX file with a track a part."""
    tracks = []
    for part in parts:
        stamps = np.datetime_as_string(part.time.astype("datetime64[ms]"), unit="s").tolist()
        rows = zip(part.lat.tolist(), part.lon.tolist(), stamps, strict=True)
        points = "\n".join(
            f'<trkpt lat="{lat:.7f}" lon="{lon:.7f}"><ele>201.5</ele><time>{t}Z</time></trkpt>'
            for lat, lon, t in rows
        )
        name = part.people[part.person[0]]
        tracks.append(f"<trk><name>{name}</name><trkseg>\n{points}\n</trkseg></trk>")
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="bench" '
    space = 'xmlns="http://www.topografix.com/GPX/1/1">'
    return (head + space + "\n".join(tracks) + "</gpx>").encode()


def csv(fixes: Fixes) -> bytes:
    """Write one table with ISO times."""
    stamps = np.datetime_as_string(fixes.time.astype("datetime64[ms]"), unit="s").tolist()
    people = np.array(fixes.people, dtype=object)[fixes.person].tolist()
    rows = zip(people, stamps, fixes.lon.tolist(), fixes.lat.tolist(), strict=True)
    body = "\n".join(f"{p},{t}Z,{x:.7f},{y:.7f}" for p, t, x, y in rows)
    return f"person_id,time,lon,lat\n{body}\n".encode()


def write_files(folder: Path, fixes: Fixes, few: int) -> None:
    """Write what ours and the peers read: ``big.gpx``, ``many/``, ``all.csv`` and small ones.

    Args:
        folder: Where.
        fixes: In order of person and time.
        few: Fixes of the small files, for peers that need minutes for more.
    """
    parts = of_rangers(fixes)
    (folder / "big.gpx").write_bytes(gpx(parts))
    (folder / "all.csv").write_bytes(csv(fixes))
    head = fixes.take(np.arange(min(few, len(fixes))))
    (folder / "few.gpx").write_bytes(gpx(of_rangers(head)))
    (folder / "few.csv").write_bytes(csv(head))
    for part in parts:
        home = folder / "many" / part.people[part.person[0]]
        home.mkdir(parents=True)
        for first in range(0, len(part), PER_DAY):
            rows = np.arange(first, min(first + PER_DAY, len(part)))
            day = np.datetime64(int(part.time[first]), "ms").astype("datetime64[D]")
            (home / f"{day}.gpx").write_bytes(gpx([part.take(rows)]))
