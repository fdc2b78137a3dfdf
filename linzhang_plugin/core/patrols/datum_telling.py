"""Which datum a ranger-month is in, told from grids, roads and villages; else "undecided".

Phones record WGS84; apps built on a shifted map export GCJ-02 or BD-09, some 300 to 600 m and
900 m off. Under the right hypothesis the ranger's fixes lie in the own grid, and near roads and
villages; a wrong one moves them out. The evidence of each hypothesis is a score from 0 to 1, and
a hypothesis is only believed when it leads clearly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.patrols.areas import Areas
from linzhang_plugin.core.patrols.clock import Clock, day_text
from linzhang_plugin.core.patrols.datum import DATUMS, to_wgs
from linzhang_plugin.core.patrols.distance import metres_per_degree
from linzhang_plugin.core.patrols.fixes import Fixes, Floats, Ints

UNDECIDED = "undecided"
LEAST_FIXES = 50
SAMPLE = 1500
MARGINS_M = (0.0, -150.0)
"""Grids as they are and drawn in: who walks along the border shows a shift sooner."""
LEAD = 0.04
"""Least difference of the scores of the best two hypotheses."""
ROAD_M = 25.0


@dataclass(frozen=True)
class Told:
    """A ranger-month's datum.

    Attributes:
        person: Person id.
        month: ``2025-03``.
        n: Number of fixes.
        datum: One of DATUMS, or ``undecided``.
        evidence: The figures behind it.
    """

    person: str
    month: str
    n: int
    datum: str
    evidence: Message


@dataclass(frozen=True, eq=False)
class Places:
    """Roads, paths and settlements in degrees, as a search tree; None without any."""

    tree: shapely.STRtree | None

    @classmethod
    def of(cls, shapes: Sequence[shapely.Geometry]) -> Places:
        """Make the tree of lines and outlines in degrees."""
        good = [s for s in shapes if s is not None and not s.is_empty]
        return cls(shapely.STRtree(good) if good else None)


def tell_datums(
    fixes: Fixes, clock: Clock, areas: Sequence[Areas], places: Places | None = None
) -> tuple[Fixes, list[Told]]:
    """Tell the datum of every ranger-month and move what is shifted to WGS84.

    Args:
        fixes: In order of person and time, datum as in the files.
        clock: Zone of the months.
        areas: Own grids with each of MARGINS_M; a person without one has thin evidence.
        places: Roads and settlements.

    Returns:
        Fixes in WGS84 (undecided ones unmoved) and a row a ranger-month.
    """
    lon, lat = fixes.lon.copy(), fixes.lat.copy()
    told: list[Told] = []
    months = clock.local(fixes.time).astype("datetime64[ms]").astype("datetime64[M]").astype(int)
    edges = np.flatnonzero((np.diff(fixes.person) != 0) | (np.diff(months) != 0)) + 1
    heads = np.concatenate([[0], edges, [len(fixes)]]).astype(np.int64)
    for a, b in zip(heads[:-1].tolist(), heads[1:].tolist(), strict=True):
        if a == b:
            continue
        person = fixes.people[fixes.person[a]]
        day = clock.day(fixes.time[a:b])
        answer = _tell(person, day, fixes.lon[a:b], fixes.lat[a:b], areas, places)
        told.append(Told(person, day_text(int(day[0]))[:7], b - a, *answer))
        if answer[0] in DATUMS[1:]:
            lon[a:b], lat[a:b] = to_wgs(fixes.lon[a:b], fixes.lat[a:b], answer[0])
    return replace(fixes, lon=lon, lat=lat), told


def _tell(
    person: str, day: Ints, lon: Floats, lat: Floats, areas: Sequence[Areas], places: Places | None
) -> tuple[str, Message]:
    rows = np.unique(np.linspace(0, len(lon) - 1, min(len(lon), SAMPLE)).astype(np.int64))
    if len(lon) < LEAST_FIXES:
        return UNDECIDED, Message("Only {n} fixes.", {"n": len(lon)})
    scores = []
    for datum in DATUMS:
        x, y = to_wgs(lon[rows], lat[rows], datum)
        scores.append(_score(person, day[rows], x, y, areas, places))
    known = [score for score in scores if score is not None]
    if not known:
        return UNDECIDED, Message("No grid, road or village to compare with.")
    percents = {name: f"{100 * s:.0f}" for name, s in zip(("wgs", "gcj", "bd"), known, strict=True)}
    evidence = Message("Agreement: WGS84 {wgs} %, GCJ-02 {gcj} %, BD-09 {bd} %.", percents)
    order = np.argsort(known)
    best, second = int(order[-1]), int(order[-2])
    if known[best] - known[second] < LEAD:
        return UNDECIDED, evidence
    return DATUMS[best], evidence


def _score(
    person: str, day: Ints, lon: Floats, lat: Floats, areas: Sequence[Areas], places: Places | None
) -> float | None:
    parts: list[float] = []
    shares = [found.inside(person, day, lon, lat) for found in areas]
    known = [float(share.mean()) for share in shares if share is not None]
    if known:
        parts.append(float(np.mean(known)))
    if places is not None and places.tree is not None:
        parts.append(_near(lon, lat, places.tree))
    return float(np.mean(parts)) if parts else None


def _near(lon: Floats, lat: Floats, tree: shapely.STRtree) -> float:
    """Give the share of fixes within 25 m of a road or settlement."""
    _, north = metres_per_degree(lat[:1])
    points = shapely.points(lon, lat)
    found = tree.query(points, predicate="dwithin", distance=ROAD_M / float(north[0]))
    return len(np.unique(found[0])) / len(lon)
