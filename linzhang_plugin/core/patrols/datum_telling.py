"""Which datum a ranger-month is in, told from grids, roads and villages; else "undecided".

Phones record WGS84; apps built on a shifted map export GCJ-02 or BD-09, some 300 to 600 m and
900 m off. Under the right hypothesis the ranger's fixes lie in the own grid, and near roads and
villages; a wrong one moves them out. The evidence of each hypothesis is a score from 0 to 1, and
a hypothesis is only believed when it leads clearly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

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
"""Least difference of the scores of the best two hypotheses by grids alone, half with roads."""
AGREED, ENOUGH = 0.95, 10
"""An import's months are of one app where so many of at least so many tell the same datum."""
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
    answers: list[tuple[int, int, _Answer]] = []
    months = clock.local(fixes.time).astype("datetime64[ms]").astype("datetime64[M]").astype(int)
    edges = np.flatnonzero((np.diff(fixes.person) != 0) | (np.diff(months) != 0)) + 1
    heads = np.concatenate([[0], edges, [len(fixes)]]).astype(np.int64)
    for a, b in zip(heads[:-1].tolist(), heads[1:].tolist(), strict=True):
        if a == b:
            continue
        person = fixes.people[fixes.person[a]]
        day = clock.day(fixes.time[a:b])
        answer = _tell(person, day, fixes.lon[a:b], fixes.lat[a:b], areas, places)
        answers.append((a, b, answer))
    told = []
    for (a, b, _), answer in zip(answers, _agreed([x for _, _, x in answers]), strict=True):
        month = day_text(int(clock.day(fixes.time[a : a + 1])[0]))[:7]
        told.append(
            Told(fixes.people[fixes.person[a]], month, b - a, answer.datum, answer.evidence)
        )
        if answer.datum in DATUMS[1:]:
            lon[a:b], lat[a:b] = to_wgs(fixes.lon[a:b], fixes.lat[a:b], answer.datum)
    return replace(fixes, lon=lon, lat=lat), told


class _Answer(NamedTuple):
    """A datum or ``undecided``, the figures, each hypothesis's score and the lead needed."""

    datum: str
    evidence: Message
    scores: tuple[float, ...] = ()
    need: float = 0.0


def _agreed(answers: Sequence[_Answer]) -> list[_Answer]:
    """Let undecided months follow the others where these agree: one import is mostly one app's.

    A month whose own figures speak against the others stays undecided; to be told otherwise it
    needs twice the lead.
    """
    clear = [answer.datum for answer in answers if answer.datum != UNDECIDED]
    common = max(DATUMS, key=clear.count)
    if len(clear) < ENOUGH or clear.count(common) < AGREED * len(clear):
        return list(answers)
    out = []
    for answer in answers:
        if answer.datum == UNDECIDED and answer.scores:
            own = answer.scores[DATUMS.index(common)]
            if own >= max(answer.scores) - answer.need:
                values = {"n": clear.count(common), "all": len(clear), "own": answer.evidence}
                text = Message("As {n} of {all} other months of the import. {own}", values)
                answer = answer._replace(datum=common, evidence=text)
        elif answer.datum not in (UNDECIDED, common):
            best, second = sorted(answer.scores)[:-3:-1]
            if best - second < 2.0 * answer.need:
                answer = answer._replace(datum=UNDECIDED)
        out.append(answer)
    return out


def _tell(
    person: str, day: Ints, lon: Floats, lat: Floats, areas: Sequence[Areas], places: Places | None
) -> _Answer:
    rows = np.unique(np.linspace(0, len(lon) - 1, min(len(lon), SAMPLE)).astype(np.int64))
    if len(lon) < LEAST_FIXES:
        return _Answer(UNDECIDED, Message("Only {n} fixes.", {"n": len(lon)}))
    scores = []
    for datum in DATUMS:
        x, y = to_wgs(lon[rows], lat[rows], datum)
        scores.append(_score(person, day[rows], x, y, areas, places))
    known = tuple(score for score in scores if score is not None)
    if not known:
        return _Answer(UNDECIDED, Message("No grid, road or village to compare with."))
    percents = {name: f"{100 * s:.0f}" for name, s in zip(("wgs", "gcj", "bd"), known, strict=True)}
    evidence = Message("Agreement: WGS84 {wgs} %, GCJ-02 {gcj} %, BD-09 {bd} %.", percents)
    order = np.argsort(known)
    best, second = int(order[-1]), int(order[-2])
    need = LEAD
    if places is not None and places.tree is not None:
        need /= 2.0  # two kinds of evidence that do not err together
    told = UNDECIDED if known[best] - known[second] < need else DATUMS[best]
    return _Answer(told, evidence, known, need)


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
