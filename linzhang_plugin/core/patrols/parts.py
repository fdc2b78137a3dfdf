"""A county's or a province's rangers in parts that fit into memory and may run side by side.

A ranger's patrols depend on nobody else's, so a part is some rangers over the whole period.
Whoever cuts the parts, and however many run at once, the joined result is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import pandas as pd

from linzhang_plugin.core.patrols.areas import Areas
from linzhang_plugin.core.patrols.clock import Clock, day_text
from linzhang_plugin.core.patrols.fixes import Fixes
from linzhang_plugin.core.patrols.judgement import Judged, judge
from linzhang_plugin.core.patrols.patrols import find_patrols
from linzhang_plugin.core.patrols.rules import PatrolRules
from linzhang_plugin.core.progress import Progress, part, silent, step

LARGEST = 400_000
"""Fixes of a part: some 100 MB while it is worked on."""
Run = Callable[[Callable[[Any, Progress], Any], Sequence[Any], Progress], list[Any]]
"""A ``map`` of core/batch.py."""


class Source(Protocol):
    """Where fixes are kept; it travels to other processes, so it holds no open file."""

    def people(self, first: int, last: int) -> dict[str, int]:
        """Give the persons of the months of these days and how many fixes each has."""
        ...

    def read(self, first: int, last: int, clock: Clock, people: Sequence[str]) -> Fixes:
        """Give the fixes of persons on the days from first to last, in order."""
        ...


@dataclass(frozen=True)
class Part:
    """Some rangers of a county and a period.

    Attributes:
        source: Where their fixes are.
        people: Person ids, sorted.
        first: First day (day number).
        last: Last day, included.
        rules: The county's.
        clock: Its zone.
        areas: Own grids of these rangers; None: nothing is measured against a grid.
    """

    source: Source
    people: tuple[str, ...]
    first: int
    last: int
    rules: PatrolRules
    clock: Clock = field(default_factory=Clock)
    areas: Areas | None = None


def parts_of(
    source: Source,
    first: int,
    last: int,
    rules: PatrolRules,
    clock: Clock,
    areas: Areas | None = None,
    largest: int = LARGEST,
) -> list[Part]:
    """Cut a county into parts of at most so many fixes (or one ranger).

    Args:
        source: Where the fixes are.
        first: First day.
        last: Last day, included.
        rules: The county's.
        clock: Its zone.
        areas: Own grids of all rangers.
        largest: Most fixes of a part.
    """
    groups: list[list[str]] = []
    room = 0
    for person, n in sorted(source.people(first - 1, last + 1).items()):
        if n > room or not groups:
            groups.append([])
            room = largest
        groups[-1].append(person)
        room -= n
    return [
        Part(source, tuple(group), first, last, rules, clock, _own(areas, group))
        for group in groups
    ]


def _own(areas: Areas | None, people: Sequence[str]) -> Areas | None:
    if areas is None:
        return None
    return Areas({person: areas.posts[person] for person in people if person in areas.posts})


def assess_part(given: Part, progress: Progress = silent) -> Judged:
    """Judge the patrols that began on the days of a part.

    The days before and after are read too: a patrol over midnight is whole and belongs to the
    day it began.

    Args:
        given: What to judge.
        progress: Told between the steps.

    Raises:
        CancelledError: The user stopped it.
    """
    fixes = given.source.read(given.first - 1, given.last + 1, given.clock, given.people)
    step(progress, 0.2)
    found = find_patrols(fixes, given.rules, given.clock, given.areas, part(progress, 0.2, 0.9))
    judged = judge(found, given.rules)
    first, last = day_text(given.first), day_text(given.last)
    kept = [table[(table["day"] >= first) & (table["day"] <= last)] for table in _tables(judged)]
    return Judged(*kept)


def assess_parts(parts: Sequence[Part], run: Run, progress: Progress = silent) -> Judged:
    """Judge all parts and join what they gave; the parts of many counties may stand together.

    Args:
        parts: Of one county or of several, see :func:`parts_of`.
        run: A ``map`` of core/batch.py.
        progress: Told as parts end.

    Raises:
        CancelledError: The user stopped it.
    """
    results: list[Judged] = run(assess_part, parts, progress)
    patrols = _stacked([result.patrols for result in results])
    patrols["patrol_no"] = np.arange(1, len(patrols) + 1)
    return Judged(patrols, _stacked([result.days for result in results]))


def _tables(judged: Judged) -> tuple[pd.DataFrame, pd.DataFrame]:
    return judged.patrols, judged.days


def _stacked(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    full = [table for table in tables if len(table)] or list(tables[:1])
    return pd.concat(full, ignore_index=True) if full else pd.DataFrame()
