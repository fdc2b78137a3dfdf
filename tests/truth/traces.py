"""Walks with planted truth: what was walked, where the walker stood, and what was forged.

A walker keeps a heading that turns slowly and a pace that breathes; stops are planted in between.
The positions before noise are the truth; fixes are those positions with GPS noise.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from linzhang_plugin.core.patrols.distance import metres_per_degree
from linzhang_plugin.core.patrols.fixes import Fixes, make_fixes

LON, LAT = 114.95, 25.80
DAY_MS = 86_400_000
MARCH = 1_740_758_400_000
"""2025-03-01 00:00 in China, as ms UTC."""


@dataclass
class Walk:
    """One patrol: seconds from its start and metres from (LON, LAT)."""

    seconds: np.ndarray
    x: np.ndarray
    y: np.ndarray
    stops: list[tuple[float, float]] = field(default_factory=list)


def walk(
    rng: np.random.Generator,
    minutes: float,
    stops: tuple[tuple[float, float], ...] = (),
    pace: float = 1.0,
    start: tuple[float, float] = (0.0, 0.0),
    step: float = 1.0,
    bend: float = 0.02,
) -> Walk:
    """Walk at a second's step; ``stops`` are (minute of the walk, minutes standing)."""
    n = round(minutes * 60 / step)
    heading = rng.uniform(0, 2 * np.pi) + np.cumsum(rng.normal(0, bend * np.sqrt(step), n))
    breath = np.zeros(n)
    noise = rng.normal(0, 0.05 * np.sqrt(step), n)
    for i in range(1, n):
        breath[i] = 0.99 * breath[i - 1] + noise[i]
    speed = np.clip(pace * (1 + breath), 0.3 * pace, 2 * pace)
    seconds = np.arange(n) * step
    planted = []
    for at, lasting in stops:
        a, b = at * 60, (at + lasting) * 60
        speed[(seconds >= a) & (seconds < b)] = 0.0
        planted.append((a, b))
    x = start[0] + np.concatenate([[0], np.cumsum(speed * np.cos(heading) * step)[:-1]])
    y = start[1] + np.concatenate([[0], np.cumsum(speed * np.sin(heading) * step)[:-1]])
    return Walk(seconds, x, y, planted)


def sampled(done: Walk, every: float) -> Walk:
    """Record a fix every so many seconds."""
    rows = np.unique(np.searchsorted(done.seconds, np.arange(0, done.seconds[-1] + 1e-9, every)))
    return Walk(done.seconds[rows], done.x[rows], done.y[rows], done.stops)


def by_distance(done: Walk, metres: float) -> Walk:
    """Record a fix every so many metres, as some apps do: at a stop nothing is recorded."""
    rows, last = [0], 0
    for i in range(1, len(done.x)):
        if np.hypot(done.x[i] - done.x[last], done.y[i] - done.y[last]) >= metres:
            rows.append(i)
            last = i
    return Walk(done.seconds[rows], done.x[rows], done.y[rows], done.stops)


def noisy(rng: np.random.Generator, done: Walk, sigma: float) -> Walk:
    """Add GPS noise, which drifts: errors of neighbouring fixes are related."""
    n = len(done.x)
    error = rng.normal(0, sigma, (n, 2))
    for i in range(1, n):
        error[i] = 0.6 * error[i - 1] + 0.8 * error[i]
    return Walk(done.seconds, done.x + error[:, 0], done.y + error[:, 1], done.stops)


def degrees(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give longitude and latitude of local metres."""
    east, north = metres_per_degree(LAT)
    return LON + x / float(east), LAT + y / float(north)


def fixes_of(walks: list[tuple[str, int, Walk]], source: str = "truth") -> Fixes:
    """Give fixes of (person, start in ms UTC, walk)."""
    people, times, lons, lats = [], [], [], []
    for person, start, done in walks:
        lon, lat = degrees(done.x, done.y)
        people += [person] * len(lon)
        times.append(start + np.round(done.seconds * 1000).astype(np.int64))
        lons.append(lon)
        lats.append(lat)
    return make_fixes(
        people, np.concatenate(times), np.concatenate(lons), np.concatenate(lats), source=source
    )


def true_km(done: Walk) -> float:
    """Give the length of the way through a walk's positions."""
    return float(np.hypot(np.diff(done.x), np.diff(done.y)).sum() / 1000)


def start_of(day: int, hour: float) -> int:
    """Give a moment of March 2025 in China as ms UTC; day 1 is the first."""
    return MARCH + (day - 1) * DAY_MS + round(hour * 3_600_000)


def gpx_of(fixes: Fixes, name: str = "示例") -> bytes:
    """Write one person's fixes as GPX."""
    stamps = np.datetime_as_string(fixes.time.astype("datetime64[ms]"), unit="s")
    points = "".join(
        f'<trkpt lat="{lat:.7f}" lon="{lon:.7f}"><ele>210.0</ele><time>{t}Z</time></trkpt>\n'
        for lat, lon, t in zip(fixes.lat, fixes.lon, stamps, strict=True)
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="x">'
    text = f"{head}<trk><name>{name}</name><trkseg>\n{points}</trkseg></trk></gpx>\n"
    return text.encode("utf-8")


def csv_of(fixes: Fixes, zone_hours: int = 8) -> bytes:
    """Write fixes as CSV with Chinese headers and local times."""
    local = fixes.time + zone_hours * 3_600_000
    stamps = np.datetime_as_string(local.astype("datetime64[ms]"), unit="s")
    rows = [
        f"{fixes.people[p]},{t.replace('T', ' ')},{lon:.7f},{lat:.7f}"
        for p, t, lon, lat in zip(fixes.person, stamps, fixes.lon, fixes.lat, strict=True)
    ]
    return ("护林员,定位时间,经度,纬度\n" + "\n".join(rows) + "\n").encode("gb18030")


def kml_of(fixes: Fixes, name: str = "示例") -> bytes:
    """Write one person's fixes as KML with gx:Track."""
    stamps = np.datetime_as_string(fixes.time.astype("datetime64[ms]"), unit="s")
    when = "".join(f"<when>{t}Z</when>" for t in stamps)
    spots = "".join(
        f"<gx:coord>{lon:.7f} {lat:.7f} 210</gx:coord>"
        for lon, lat in zip(fixes.lon, fixes.lat, strict=True)
    )
    return (
        '<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2">'
        f"<Placemark><name>{name}</name><gx:Track>{when}{spots}</gx:Track></Placemark></kml>"
    ).encode()
