"""Which datum a ranger-month is in, told from grids, roads and villages; else "undecided".

Phones record WGS84; apps built on a shifted map export GCJ-02 or BD-09, some 300 to 600 m and
900 m off. Under the right hypothesis the ranger's way lies in the own grid, reaches all its parts
and keeps near roads and villages; a wrong one moves it out and leaves one side of it empty. Each
hypothesis has a score, by grids alone the log-odds of lying inside less what is left out. A
person's phone mostly keeps its app: the months before and after speak too; one import is mostly
one app's, so its other months are the prior. A datum is told where the posterior is 99 %.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import NamedTuple

import numpy as np
import shapely
from scipy.spatial import cKDTree

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.patrols.areas import Areas
from linzhang_plugin.core.patrols.clock import Clock, day_text
from linzhang_plugin.core.patrols.datum import DATUMS, to_wgs
from linzhang_plugin.core.patrols.distance import metres_per_degree
from linzhang_plugin.core.patrols.fixes import Bools, Fixes, Floats, Ints

UNDECIDED = "undecided"
LEAST_FIXES = 50
SAMPLE = 1500
MARGINS_M = (0.0, -150.0)
"""Grids as they are and drawn in: who walks along the border shows a shift sooner."""
LEAD = 1.0
"""Lead of the best score (a log-odds) that makes it sure by grids alone."""
MISSED = 5.0
"""Weight of the share of the grid that is left out beside the log-odds of lying in it: who
strays still reaches all parts of the own grid."""
CERTAIN = 0.98
"""A share inside beyond this tells no more: some fix always strays."""
LEAD_WITH_ROADS = 0.015
"""Lead of the agreement that makes it sure with roads: two kinds of evidence err apart."""
SURE = 0.99
PRIOR = 0.1
"""Weight of each datum before any month is told: datums that no month shows are unlikely."""
OTHER_MONTHS = 0.5
"""What a month of the same person and app counts beside the own: the app is mostly the same, and
so is the ground walked, whose oddities mislead alike."""
CHANGED = 0.02
"""Chance that a person's phone or app changes its datum from one month to the next."""
CELL_M = 50.0
"""A way walked ten times is evidence once."""
SPOTS = 20
"""The grid is looked at in so many rows and columns of a square of its area."""
REACH = 0.1
"""Of the square's side: a part of the grid so far from all fixes was not reached."""
FARTHEST_M = 1200.0
"""No datum moves a fix farther."""
ABOUT = 1.0
"""Of the square's side: a fix so far beyond the grid was made on a trip elsewhere."""
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
    parts = list(_parts(fixes, clock))
    answers = []
    for _, _, rows in parts:
        person = fixes.people[fixes.person[rows[0]]]
        day = clock.day(fixes.time[rows])
        answers.append(_tell(person, day, fixes.lon[rows], fixes.lat[rows], areas, places))
    told = []
    keys = [(int(fixes.person[rows[0]]), group) for _, group, rows in parts]
    for (month, _, rows), answer in zip(parts, _agreed(answers, keys), strict=True):
        person = fixes.people[fixes.person[rows[0]]]
        told.append(Told(person, month, len(rows), answer.datum, answer.evidence))
        if answer.datum in DATUMS[1:]:
            lon[rows], lat[rows] = to_wgs(fixes.lon[rows], fixes.lat[rows], answer.datum)
    return replace(fixes, lon=lon, lat=lat), told


def _parts(fixes: Fixes, clock: Clock) -> Iterator[tuple[str, str, Ints]]:
    """Give (month, app, rows) of every ranger-month, apart by app where it has several.

    An app is told by its folder or, without folders, by the kind of file it writes: two apps on
    one phone may keep different datums.
    """
    apps = [_app(source) for source in fixes.sources]
    codes = {app: k for k, app in enumerate(sorted(set(apps)))}
    app_of = np.array([codes[app] for app in apps] or [0], dtype=np.int64)[fixes.source]
    names = sorted(set(apps))
    months = clock.local(fixes.time).astype("datetime64[ms]").astype("datetime64[M]").astype(int)
    edges = np.flatnonzero((np.diff(fixes.person) != 0) | (np.diff(months) != 0)) + 1
    heads = np.concatenate([[0], edges, [len(fixes)]]).astype(np.int64)
    for a, b in zip(heads[:-1].tolist(), heads[1:].tolist(), strict=True):
        if a == b:
            continue
        month = day_text(int(clock.day(fixes.time[a : a + 1])[0]))[:7]
        used, counts = np.unique(app_of[a:b], return_counts=True)
        if len(used) == 1 or counts.min() < LEAST_FIXES:
            yield month, names[int(used[np.argmax(counts)])], np.arange(a, b)
            continue
        for app in used.tolist():
            yield month, names[app], a + np.flatnonzero(app_of[a:b] == app)


def _app(source: str) -> str:
    path = PurePosixPath(source)
    return path.parts[0] if len(path.parts) > 1 else path.suffix.lower()


class _Answer(NamedTuple):
    """A datum or ``undecided``, the figures, and each hypothesis's log-likelihood."""

    datum: str
    evidence: Message
    logs: tuple[float, ...] = ()


def _agreed(answers: Sequence[_Answer], keys: Sequence[tuple[int, str]]) -> list[_Answer]:
    """Let the other months of the person, the app and the import speak as a prior.

    Args:
        answers: One a ranger-month.
        keys: Person and app of each.
    """
    sure = np.zeros((len(answers), len(DATUMS)))
    for k, answer in enumerate(answers):
        if answer.datum != UNDECIDED:
            sure[k, DATUMS.index(answer.datum)] = 1.0
    logs = np.array([answer.logs or (0.0,) * len(DATUMS) for answer in answers])
    said = _said_by_neighbours(logs, keys)
    by_app = _sums(sure, [key[1] for key in keys])
    out = []
    for k, answer in enumerate(answers):
        if not answer.logs:
            out.append(answer)
            continue
        prior = _mixed(sure.sum(axis=0) - sure[k], np.full(len(DATUMS), 1 / 3), 3 * PRIOR)
        prior = _mixed(by_app[k] - sure[k], prior, 1.0)
        weight = logs[k] + said[k] + np.log(prior)
        odds = np.exp(weight - weight.max())
        best = int(np.argmax(odds))
        datum = DATUMS[best] if odds[best] >= SURE * odds.sum() else UNDECIDED
        if datum not in (UNDECIDED, answer.datum):
            others = sure.sum(axis=0) - sure[k]
            values = {"n": int(others[best]), "all": int(others.sum()), "own": answer.evidence}
            text = Message("As {n} of {all} other months of the import. {own}", values)
            answer = answer._replace(evidence=text)
        out.append(answer._replace(datum=datum))
    return out


def _said_by_neighbours(logs: Floats, keys: Sequence[object]) -> Floats:
    """Give (n, 3) what the months before and after say of each month's datum, log-likelihoods.

    Months of one key are a chain whose datum seldom changes (forward-backward, its own month left
    out), so that a new phone shows and does not drag the old one's months along.

    Args:
        logs: (n, 3) log-likelihoods of each month, those of a key in order of time.
        keys: (n,) person and app.
    """
    chains: dict[object, list[int]] = {}
    for k, key in enumerate(keys):
        chains.setdefault(key, []).append(k)
    out = np.zeros_like(logs)
    for chain in chains.values():
        for way in (chain, chain[::-1]):
            word = np.zeros(logs.shape[1])
            for k in way:
                out[k] += word
                word = _a_month_on(word + OTHER_MONTHS * logs[k])
    return out


def _a_month_on(word: Floats) -> Floats:
    """Give log-likelihoods after a month in which the datum may have changed."""
    share = np.exp(word - word.max())
    share /= share.sum()
    rest = CHANGED / (len(share) - 1)
    return np.asarray(np.log((1.0 - CHANGED) * share + rest * (1.0 - share)))


def _mixed(counts: Floats, before: Floats, weight: float) -> Floats:
    """Give the shares of counts, with a prior of that weight."""
    return np.asarray((counts + weight * before) / (counts.sum() + weight))


def _sums(rows: Floats, keys: Sequence[object]) -> Floats:
    """Give each row the sum of the rows that share its key."""
    sums: dict[object, Floats] = {}
    for row, key in zip(rows, keys, strict=True):
        sums[key] = sums.get(key, np.zeros(len(DATUMS))) + row
    return np.array([sums[key] for key in keys]).reshape(-1, len(DATUMS))


def _tell(
    person: str, day: Ints, lon: Floats, lat: Floats, areas: Sequence[Areas], places: Places | None
) -> _Answer:
    rows = np.unique(np.linspace(0, len(lon) - 1, min(len(lon), SAMPLE)).astype(np.int64))
    if len(lon) < LEAST_FIXES:
        return _Answer(UNDECIDED, Message("Only {n} fixes.", {"n": len(lon)}))
    scores = []
    grid = _Grid.of(person, day[rows], areas)
    if grid is not None:
        near = rows[grid.about(lon[rows], lat[rows])]
        rows = near if len(near) >= LEAST_FIXES else rows
    for datum in DATUMS:
        x, y = to_wgs(lon[rows], lat[rows], datum)
        scores.append(_score(person, day[rows], x, y, areas, grid, places))
    if any(score is None for score in scores):
        return _Answer(UNDECIDED, Message("No grid, road or village to compare with."))
    known = [score for score in scores if score is not None]
    fits = [fit for _, fit in known]
    percents = {name: f"{100 * s:.0f}" for name, s in zip(("wgs", "gcj", "bd"), fits, strict=True)}
    evidence = Message("Agreement: WGS84 {wgs} %, GCJ-02 {gcj} %, BD-09 {bd} %.", percents)
    with_roads = places is not None and places.tree is not None
    need = LEAD_WITH_ROADS if with_roads else LEAD
    best, second = sorted((score for score, _ in known), reverse=True)[:2]
    logs = tuple(math.log(SURE / (1.0 - SURE)) * score / need for score, _ in known)
    leader = max(range(len(DATUMS)), key=logs.__getitem__)
    told = UNDECIDED if best - second < need else DATUMS[leader]
    return _Answer(told, evidence, logs)


class _Grid(NamedTuple):
    """Spots spread over a person's own grid, in metres from ``origin`` (degrees)."""

    spots: Floats
    side: float
    origin: tuple[float, float]

    @classmethod
    def of(cls, person: str, day: Ints, areas: Sequence[Areas]) -> _Grid | None:
        """Spread spots over the grids of these days; None without one."""
        posts = areas[0].posts.get(person, ()) if areas else ()
        shapes = [p.area for p in posts if ((day >= p.first) & (day <= p.last)).any()]
        shape = shapely.union_all(shapes) if shapes else None
        if shape is None or shape.is_empty:
            return None
        west, south, east, north = shape.bounds
        scale = np.array([float(v) for v in metres_per_degree(0.5 * (south + north))])
        flat = shapely.transform(shape, lambda p: (p - [west, south]) * scale)
        side = math.sqrt(flat.area)
        step = side / SPOTS
        wide, high = (np.array([east - west, north - south]) * scale).tolist()
        x, y = np.meshgrid(np.arange(0.5 * step, wide, step), np.arange(0.5 * step, high, step))
        inside = shapely.contains_xy(flat, x.ravel(), y.ravel())
        spots = np.column_stack([x.ravel(), y.ravel()])[inside]
        return cls(spots, side, (west, south)) if len(spots) else None

    def about(self, lon: Floats, lat: Floats) -> Bools:
        """Tell which fixes may lie in the grid under some datum; a trip elsewhere says nothing."""
        scale = np.array([float(v) for v in metres_per_degree(float(self.origin[1]))])
        way = (np.column_stack([lon, lat]) - self.origin) * scale
        room = ABOUT * self.side + FARTHEST_M
        low, high = self.spots.min(axis=0) - room, self.spots.max(axis=0) + room
        return np.asarray(((way >= low) & (way <= high)).all(axis=1))

    def missed(self, lon: Floats, lat: Floats) -> float:
        """Give the share of the grid that fixes leave out, 0 (all reached) to 1."""
        scale = np.array([float(v) for v in metres_per_degree(float(self.origin[1]))])
        way = (np.column_stack([lon, lat]) - self.origin) * scale
        away, _ = cKDTree(way).query(self.spots)
        return float(np.minimum(away / (REACH * self.side), 1.0).mean())


def _score(
    person: str,
    day: Ints,
    lon: Floats,
    lat: Floats,
    areas: Sequence[Areas],
    grid: _Grid | None,
    places: Places | None,
) -> tuple[float, float] | None:
    """Give the score of a hypothesis and the share that agrees with it.

    By grids alone a way counts once, and a part of the grid that is left out speaks against it.
    With roads every fix counts as it is: ways walked daily are roads, and fit closely.
    """
    roads = None if places is None else places.tree
    if roads is None:
        day, lon, lat = _once(day, lon, lat)
    shares = [found.inside(person, day, lon, lat) for found in areas]
    known = [float(share.mean()) for share in shares if share is not None]
    if roads is not None:
        near = _near(lon, lat, roads)
        fit = 0.5 * (float(np.mean(known)) + near) if known else near
        return fit, fit
    if not known:
        return None
    missed = 0.0 if grid is None else grid.missed(lon, lat)
    inner = min(max(known[0], 1.0 - CERTAIN), CERTAIN)
    return math.log(inner / (1.0 - inner)) - MISSED * missed, known[0]


def _once(day: Ints, lon: Floats, lat: Floats) -> tuple[Ints, Floats, Floats]:
    """Give one fix of every cell and grid's day: the first in time."""
    east, north = metres_per_degree(float(lat[0]))
    x = np.floor(lon * float(east) / CELL_M).astype(np.int64)
    y = np.floor(lat * float(north) / CELL_M).astype(np.int64)
    _, first = np.unique(x * 2**31 + y, return_index=True)
    rows = np.sort(first)
    return day[rows], lon[rows], lat[rows]


def _near(lon: Floats, lat: Floats, tree: shapely.STRtree) -> float:
    """Give the share of fixes within 25 m of a road or settlement."""
    _, north = metres_per_degree(lat[:1])
    points = shapely.points(lon, lat)
    found = tree.query(points, predicate="dwithin", distance=ROAD_M / float(north[0]))
    return len(np.unique(found[0])) / len(lon)
