"""A county's or a province's ranger-months in parts that fit into memory and run side by side.

A ranger's patrols depend on nobody else's, and a day's only on the hours beside it, so a part is
some rangers over ten days (旬), or over a month where the rules look back on the month's ways.
Whoever cuts the parts, and however many run at once, the joined result is the same; a day that is
added changes only the parts that hold it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from linzhang_plugin.core.patrols.areas import Areas
from linzhang_plugin.core.patrols.attendance import months_between
from linzhang_plugin.core.patrols.cleaning import WORST_ACCURACY_M
from linzhang_plugin.core.patrols.clock import Clock, day_text
from linzhang_plugin.core.patrols.distance import metres
from linzhang_plugin.core.patrols.fixes import MINUTE_MS, Bools, Fixes, Ints, iso_utc, no_fixes
from linzhang_plugin.core.patrols.judgement import Judged, judge
from linzhang_plugin.core.patrols.lines import line_wkb
from linzhang_plugin.core.patrols.patrols import Patrols, find_patrols
from linzhang_plugin.core.patrols.repeats import SAME_M
from linzhang_plugin.core.patrols.rules import PatrolRules
from linzhang_plugin.core.patrols.sources import LARGEST, InMemory, Source, groups_of, span_of
from linzhang_plugin.core.progress import Progress, part, silent, step

LONGEST_DAYS = 366
"""A patrol that ends later is cut."""
BESIDE_MS = 3 * 3_600_000
"""Fixes that are read before and after a part's days, beside those within a gap of them."""
PUT_ASIDE = ("rough", "repeats", "clashes", "spikes")
"""Why fixes are not reckoned with."""
Run = Callable[[Callable[[Any, Progress], Any], Sequence[Any], Progress], list[Any]]
"""A ``map`` of core/batch.py."""


@dataclass(frozen=True)
class Part:
    """Some rangers of a county and ten days or a month, or a shorter stretch.

    Attributes:
        source: Where their fixes are.
        people: Person ids, sorted.
        first: First day (day number).
        last: Last day, included.
        rules: The county's.
        clock: Its zone.
        areas: Own grids of these rangers; None: nothing is measured against a grid.
        stops: Whether the stops are wanted too.
        stamp: Name of the fixes' content, so that finished parts can be kept; may be empty.
    """

    source: Source
    people: tuple[str, ...]
    first: int
    last: int
    rules: PatrolRules
    clock: Clock = field(default_factory=Clock)
    areas: Areas | None = None
    stops: bool = False
    stamp: str = ""


@dataclass(frozen=True, eq=False)
class Piece:
    """What a part gave.

    Attributes:
        judged: Patrols and days; patrols are numbered from 1.
        times: (p, 2) beginning and end of each patrol, ms UTC.
        fixes: (p, 2) its first and last fix among those that are used.
        last: Last day that was read whole.
        used: Bits of the fixes read that are used, see :func:`lines_of`.
        stops: Columns of the table of stops, with the number of the patrol.
        aside: Fixes put aside, by reason.
    """

    judged: Judged
    times: Ints
    fixes: Ints
    last: int
    used: npt.NDArray[np.uint8]
    stops: pd.DataFrame
    aside: dict[str, int]


@dataclass(frozen=True, eq=False)
class Assessed:
    """The parts joined.

    Attributes:
        patrols: As :class:`Judged` has them, in order of county, stretch of days (see
            :func:`parts_of`), person and time, numbered through.
        days: In order of county, person and day.
        stops: Of the patrols, with their numbers.
        aside: Fixes put aside, by reason.
        pieces: What each part gave, for :func:`lines_of`.
    """

    patrols: pd.DataFrame
    days: pd.DataFrame
    stops: pd.DataFrame
    aside: dict[str, int]
    pieces: Sequence[Piece]


def parts_of(
    source: Source,
    first: int,
    last: int,
    rules: PatrolRules,
    clock: Clock,
    areas: Areas | None = None,
    largest: int = LARGEST,
    stops: bool = False,
    stamped: bool = False,
) -> list[Part]:
    """Cut a county's period into 旬 or months of at most so many fixes (or one ranger).

    Days 1–10, 11–20 and the rest of a month are stretches of their own, except where the rules
    compare a patrol's way with those of its whole month.

    Args:
        source: Where the fixes are.
        first: First day.
        last: Last day, included.
        rules: The county's.
        clock: Its zone.
        areas: Own grids of all rangers.
        largest: Most fixes of a part.
        stops: Whether the stops are wanted too.
        stamped: Whether parts are named by their content, for a run that keeps results.
    """
    found: list[Part] = []
    for begin, close in _stretches(first, last, rules):
        start, end = max(first, begin), min(last, close)
        for group in groups_of(source.people(start, end, clock), largest):
            one = Part(source, group, start, end, rules, clock, _own(areas, group), stops)
            found.append(replace(one, stamp=_stamp(one)) if stamped else one)
    return found


def _stretches(first: int, last: int, rules: PatrolRules) -> Iterator[tuple[int, int]]:
    """Give the first and last day of what is judged in one, in order."""
    for _, begin, close in months_between(first, last):
        if rules.max_repeat_share < 1.0:
            yield begin, close
            continue
        for start, end in ((begin, begin + 9), (begin + 10, begin + 19), (begin + 20, close)):
            if start <= last and end >= first:
                yield start, end


def _own(areas: Areas | None, people: Sequence[str]) -> Areas | None:
    if areas is None:
        return None
    return Areas({person: areas.posts[person] for person in people if person in areas.posts})


def _gap(rules: PatrolRules) -> int:
    return int(rules.gap_minutes * MINUTE_MS)


def _margin(rules: PatrolRules) -> int:
    """Give the ms beside a part by which it is seen that a patrol began earlier or goes on."""
    return _gap(rules) + BESIDE_MS


def _stamp(given: Part) -> str:
    days, rules = (given.first, given.last), given.rules
    return given.source.stamp(*days, given.clock, given.people, _margin(rules), _gap(rules))


def assess_part(given: Part, progress: Progress = silent) -> Piece:
    """Judge the patrols that began on the days of a part.

    Some hours before and after are read too: a patrol over midnight is whole and belongs to the
    day it began. Where one goes on for longer, more days are read until it ends.

    Args:
        given: What to judge.
        progress: Told between the steps.

    Raises:
        CancelledError: The user stopped it.
    """
    more = 0
    while True:
        last = given.last + more
        fixes = _read(given, last)
        step(progress, 0.2)
        found = find_patrols(fixes, given.rules, given.clock, given.areas, part(progress, 0.2, 0.8))
        inside = (found.day >= given.first) & (found.day <= given.last)
        if more >= LONGEST_DAYS or not _goes_on(found, inside, last, given):
            break
        more = min(LONGEST_DAYS, 2 * more + 1)
    judged = judge(found, given.rules, given.areas)
    days = judged.days
    first_day, last_day = day_text(given.first), day_text(given.last)
    kept = Judged(
        judged.patrols[inside].assign(patrol_no=np.arange(1, int(inside.sum()) + 1)),
        days[(days["day"] >= first_day) & (days["day"] <= last_day)],
    )
    used = np.zeros(len(fixes), dtype=bool)
    used[found.fixes.line] = True
    day = given.clock.day(fixes.time)
    aside = ~used & (day >= given.first) & (day <= given.last)
    return Piece(
        judged=kept,
        times=np.column_stack([found.start, found.end])[inside],
        fixes=np.column_stack([found.first, found.last])[inside],
        last=last,
        used=np.packbits(used),
        stops=_stops(found, inside) if given.stops else pd.DataFrame(),
        aside=_reasons(fixes, aside, found.fixes),
    )


def _read(given: Part, last: int) -> Fixes:
    """Read a part's fixes, each with its number among them in the place of the line."""
    margin = _margin(given.rules)
    fixes = given.source.read(given.first, last, given.clock, given.people, margin)
    return replace(fixes, line=np.arange(len(fixes), dtype=np.int32))


def _goes_on(found: Patrols, inside: Bools, last: int, given: Part) -> bool:
    """Tell whether a patrol may go on beyond what was read."""
    _, end = span_of(given.first, last, given.clock, _margin(given.rules))
    return bool((found.end[inside] > end - _gap(given.rules)).any())


def _reasons(fixes: Fixes, aside: Bools, used: Fixes) -> dict[str, int]:
    """Count the fixes put aside by reason: rough, else repeats or clashes of a used one, spikes."""
    out = dict.fromkeys(PUT_ASIDE, 0)
    rows = np.flatnonzero(aside)
    if not len(rows):
        return out
    rough = fixes.accuracy[rows] > WORST_ACCURACY_M
    out["rough"] = int(rough.sum())
    rows = rows[~rough]
    low = int(min(fixes.time.min(), used.time.min(initial=fixes.time.min())))
    span = int(fixes.time.max()) - low + 1
    # people are the same in both: fixes are only taken away
    key = used.person.astype(np.int64) * span + (used.time - low)
    wanted = fixes.person[rows].astype(np.int64) * span + (fixes.time[rows] - low)
    at = np.minimum(np.searchsorted(key, wanted), max(0, len(key) - 1))
    if not len(key):
        out["spikes"] = len(rows)
        return out
    twin = key[at] == wanted
    away = metres(fixes.lon[rows], fixes.lat[rows], used.lon[at], used.lat[at])
    out["repeats"] = int((twin & (away <= SAME_M)).sum())
    out["clashes"] = int((twin & (away > SAME_M)).sum())
    out["spikes"] = int((~twin).sum())
    return out


def _stops(found: Patrols, inside: Bools) -> pd.DataFrame:
    stops, fixes = found.stops, found.fixes
    number = np.cumsum(inside)
    kept = np.flatnonzero(inside[found.stop_patrol]) if len(stops) else np.zeros(0, dtype=np.int64)
    start, end = fixes.time[stops.first[kept]], fixes.time[stops.last[kept]]
    return pd.DataFrame(
        {
            "patrol_no": number[found.stop_patrol[kept]],
            "person_id": np.array(fixes.people, dtype=object)[fixes.person[stops.first[kept]]],
            "start_ms": start,
            "end_ms": end,
            "minutes": (end - start) / 60_000.0,
            "lon": stops.lon[kept],
            "lat": stops.lat[kept],
        }
    )


def assess_parts(parts: Sequence[Part], run: Run, progress: Progress = silent) -> Assessed:
    """Judge all parts and join what they gave; the parts of many counties may stand together.

    Args:
        parts: Of one county or of several, see :func:`parts_of`.
        run: A ``map`` of core/batch.py.
        progress: Told as parts end.

    Raises:
        CancelledError: The user stopped it.
    """
    pieces: list[Piece] = run(assess_part, parts, progress) if parts else [assess_part(NOBODY)]
    patrols = _stacked([piece.judged.patrols for piece in pieces])
    patrols["patrol_no"] = np.arange(1, len(patrols) + 1)
    times = np.concatenate([piece.times for piece in pieces])
    # milliseconds are shown where any patrol has them, whatever the parts
    patrols["start"], patrols["end"] = iso_utc(times[:, 0]), iso_utc(times[:, 1])
    days = _stacked([piece.judged.days for piece in pieces])
    rows = [len(piece.judged.days) for piece in pieces]
    county = np.repeat(_counties(parts), rows) if parts else np.zeros(0, dtype=np.int64)
    days = days.iloc[_by_person(days["person_id"], county)].reset_index(drop=True)
    aside = {name: sum(piece.aside[name] for piece in pieces) for name in PUT_ASIDE}
    return Assessed(patrols, days, _joined_stops(pieces), aside, pieces)


def _counties(parts: Sequence[Part]) -> Ints:
    """Number the sources in the order in which they come."""
    known: dict[int, int] = {}
    return np.array([known.setdefault(id(one.source), len(known)) for one in parts], dtype=np.int64)


def _by_person(person: pd.Series, county: Ints) -> Ints:
    """Give the order by county and person; the parts bring a person's months in order."""
    codes = pd.factorize(person.to_numpy(dtype=object), sort=True)[0]
    return np.asarray(np.lexsort((codes, county)), np.int64)


def _joined_stops(pieces: Sequence[Piece]) -> pd.DataFrame:
    base = np.cumsum([0, *(len(piece.times) for piece in pieces)])
    tables = [
        piece.stops.assign(patrol_no=piece.stops["patrol_no"] + start)
        for piece, start in zip(pieces, base.tolist(), strict=False)
        if len(piece.stops)
    ]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()


def lines_of(
    parts: Sequence[Part], assessed: Assessed, progress: Progress = silent
) -> Iterator[pd.DataFrame]:
    """Give the patrols part by part with their lines in the column ``wkb``.

    The fixes are read again, so that no more than a part's are in memory at a time.

    Args:
        parts: What was judged.
        assessed: What it gave.
        progress: Told after each part.

    Raises:
        CancelledError: The user stopped it.
    """
    base = 0
    pairs = zip(parts, assessed.pieces, strict=False)
    for number, (given, piece) in enumerate(pairs, start=1):
        count = len(piece.times)
        if count:
            read = _read(given, piece.last)
            used = np.unpackbits(piece.used, count=len(read)).astype(bool)
            fixes = read if used.all() else read.take(used)
            lines = [_line(fixes, a, b + 1) for a, b in piece.fixes.tolist()]
            some = assessed.patrols.iloc[base : base + count]
            yield some.assign(wkb=pd.Series(lines, index=some.index, dtype=object))
        base += count
        step(progress, number / len(parts))


def _line(fixes: Fixes, a: int, b: int) -> bytes:
    return line_wkb(fixes.lon[a:b], fixes.lat[a:b], fixes.ele[a:b], fixes.time[a:b])


def _stacked(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    full = [table for table in tables if len(table)] or list(tables[:1])
    return pd.concat(full, ignore_index=True)


NOBODY = Part(InMemory(no_fixes()), (), 0, 0, PatrolRules())
"""A part without fixes: its tables have their columns."""
