"""Events: how soon they were accepted and closed, and where they gather."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.fixes import Floats, Ints
from linzhang_plugin.core.patrols.rates import percent
from linzhang_plugin.core.patrols.readers.times import NO_TIME, parse_times
from linzhang_plugin.core.tables.zones import to_zone

HOUR_MS = 3_600_000.0
LIMITS: Mapping[str, tuple[float, float]] = {
    "01": (1.0, 24.0),
    "02": (1.0, 24.0),
    "03": (24.0, 720.0),
    "04": (24.0, 720.0),
    "": (24.0, 168.0),
}
"""Hours to accept and to close by type code, ``""`` for the others; editable defaults."""


def event_times(events: pd.DataFrame, clock: Clock) -> pd.DataFrame:
    """Give ``found``, ``accepted`` and ``closed`` of events as ms UTC (NO_TIME where missing)."""
    out = pd.DataFrame(index=events.index)
    for name, column in (
        ("found", "found_at"), ("accepted", "accepted_at"), ("closed", "closed_at"),
    ):  # fmt: skip
        texts = events[column] if column in events.columns else pd.Series(None, events.index)
        values = [None if t is None or t != t else str(t) for t in texts]
        out[name] = parse_times(values, clock)
    return out


def timeliness(
    events: pd.DataFrame,
    clock: Clock,
    as_of: int,
    limits: Mapping[str, tuple[float, float]] = LIMITS,
) -> pd.DataFrame:
    """Give the closure and timeliness of each town and type, of each town, and of all.

    An event is timely when it was closed within its limit from being found; overdue when it is
    open and the limit has passed.

    Args:
        events: ``event_id, type, town_code, found_at, accepted_at, closed_at``.
        clock: Zone of times that name none.
        as_of: Now, ms UTC.
        limits: Hours by type.

    Returns:
        The table ``timeliness``; an empty town or type stands for all.
    """
    times = event_times(events, clock)
    found = times["found"].to_numpy()
    kinds = [str(k or "")[:2] for k in _column(events, "type")]
    towns = np.array([str(t or "") for t in _column(events, "town_code")], dtype=object)
    _, limit = limits_of(kinds, limits)
    accept = _hours(times["accepted"].to_numpy(), found)
    close = _hours(times["closed"].to_numpy(), found)
    closed = times["closed"].to_numpy() != NO_TIME
    timely = closed & (close <= limit)
    overdue = ~closed & ((as_of - found) / HOUR_MS > limit)
    types = np.array(kinds, dtype=object)
    rows = []
    for town in [*sorted(set(towns) - {""}), ""]:
        here = np.ones(len(towns), dtype=bool) if not town else towns == town
        for kind in [*sorted(set(types[here]) - {""}), ""]:
            rows.append(_row(town, kind, here & (types == kind) if kind else here,
                             closed, timely, overdue, accept, close))  # fmt: skip
    names = [
        "town_code", "type", "reported", "closed", "timely", "overdue", "closed_percent",
        "timely_percent", "accept_hours", "close_hours",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=names)


def limits_of(
    kinds: Sequence[object], limits: Mapping[str, tuple[float, float]]
) -> tuple[Floats, Floats]:
    """Give the hours to accept and to close of each event by its type."""
    other = limits.get("", (24.0, 168.0))
    rows = [limits.get(str(kind or "")[:2], other) for kind in kinds]
    pairs = np.array(rows, dtype=np.float64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def _column(events: pd.DataFrame, name: str) -> list[object]:
    return events[name].tolist() if name in events.columns else [None] * len(events)


def _hours(later: Ints, earlier: Ints) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    known = (later != NO_TIME) & (earlier != NO_TIME)
    span = np.where(known, later, 0) - np.where(known, earlier, 0)
    return np.where(known, span / HOUR_MS, np.nan)


def _row(
    town: str,
    kind: str,
    rows: np.ndarray[tuple[int], np.dtype[np.bool_]],
    closed: np.ndarray[tuple[int], np.dtype[np.bool_]],
    timely: np.ndarray[tuple[int], np.dtype[np.bool_]],
    overdue: np.ndarray[tuple[int], np.dtype[np.bool_]],
    accept: np.ndarray[tuple[int], np.dtype[np.float64]],
    close: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> tuple[object, ...]:
    n, done, good = int(rows.sum()), int((rows & closed).sum()), int((rows & timely).sum())
    return (
        town, kind, n, done, good, int((rows & overdue).sum()), percent(done, n),
        percent(good, n), _median(accept[rows]), _median(close[rows]),
    )  # fmt: skip


def _median(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float | None:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if len(known) else None


def hotspots(events: gpd.GeoDataFrame, radius_m: float, least: int) -> gpd.GeoDataFrame:
    """Give the places where at least so many events lie within reach of one another.

    Args:
        events: Points with ``type``.
        radius_m: Events nearer than this belong together.
        least: Fewest events of a hot spot.

    Returns:
        The table ``hotspot`` in the events' CRS, the largest first.
    """
    flat = to_zone(events)
    good = ~(flat.geometry.is_empty | flat.geometry.isna())
    flat = flat[good]
    xy = shapely.get_coordinates(flat.geometry.to_numpy())
    pairs = cKDTree(xy).query_pairs(radius_m, output_type="ndarray")
    links = coo_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(xy),) * 2)
    count, label = connected_components(links, directed=False)
    kinds = [str(k or "") for k in _column(pd.DataFrame(flat), "type")]
    rows, points = [], []
    for group in range(count):
        members = np.flatnonzero(label == group)
        if len(members) < least:
            continue
        centre = xy[members].mean(axis=0)
        reach = float(np.hypot(*(xy[members] - centre).T).max())
        rows.append((len(members), ", ".join(sorted({kinds[i] for i in members})), reach))
        points.append(shapely.Point(centre))
    table = gpd.GeoDataFrame(
        rows, columns=["n", "types", "radius_m"], geometry=points, crs=flat.crs
    )
    return table.sort_values("n", ascending=False, kind="stable").to_crs(events.crs)
