"""Where fixes are kept: read some persons and days at a time, they need not fit into memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.fixes import DAY_MS, Fixes, in_order

LARGEST = 400_000
"""Fixes of a part: some 100 MB while it is worked on."""


class Source(Protocol):
    """Where fixes are kept; it travels to other processes, so it holds no open file."""

    def people(self, first: int, last: int, clock: Clock) -> dict[str, int]:
        """Give the persons of these days and about how many fixes each has."""
        ...

    def read(
        self, first: int, last: int, clock: Clock, people: Sequence[str], margin_ms: int = 0
    ) -> Fixes:
        """Give the fixes of persons on the days from first to last, and so near them, in order."""
        ...

    def stamp(
        self,
        first: int,
        last: int,
        clock: Clock,
        people: Sequence[str],
        margin_ms: int,
        gap_ms: int,
    ) -> str:
        """Give a name for what ``read`` gives, and for later fixes that hang together with it."""
        ...


def span_of(first: int, last: int, clock: Clock, margin_ms: int = 0) -> tuple[int, int]:
    """Give the first and the last moment (ms UTC) of days, and of a margin before and after."""
    start, end = clock.utc([first * DAY_MS, (last + 1) * DAY_MS]).tolist()
    return int(start) - margin_ms, int(end) - 1 + margin_ms


def groups_of(people: dict[str, int], largest: int) -> list[tuple[str, ...]]:
    """Give persons in order, cut into groups of together at most so many fixes (or one person)."""
    groups: list[list[str]] = []
    room = 0
    for person, n in sorted(people.items()):
        if n > room or not groups:
            groups.append([])
            room = largest
        groups[-1].append(person)
        room -= n
    return [tuple(group) for group in groups]


@dataclass(frozen=True, eq=False)
class InMemory:
    """Fixes of a layer, in the shape of a store."""

    fixes: Fixes

    @classmethod
    def of(cls, fixes: Fixes) -> InMemory:
        """Take fixes in any order."""
        return cls(in_order(fixes))

    def people(self, first: int, last: int, clock: Clock) -> dict[str, int]:
        """Give the persons of these days and how many fixes each has."""
        low, high = span_of(first, last, clock)
        here = (self.fixes.time >= low) & (self.fixes.time <= high)
        counts = np.bincount(self.fixes.person[here], minlength=len(self.fixes.people))
        pairs = zip(self.fixes.people, counts.tolist(), strict=True)
        return {person: n for person, n in pairs if n}

    def read(
        self, first: int, last: int, clock: Clock, people: Sequence[str], margin_ms: int = 0
    ) -> Fixes:
        """Give the fixes of persons on the days from first to last, and so near them, in order."""
        fixes = self.fixes
        code = {person: number for number, person in enumerate(fixes.people)}
        edges = np.searchsorted(fixes.person, np.arange(len(fixes.people) + 1))
        low, high = span_of(first, last, clock, margin_ms)
        rows = []
        for person in people:
            if person in code:
                a, b = edges[code[person]], edges[code[person] + 1]
                near = np.searchsorted(fixes.time[a:b], [low, high + 1])
                rows.append(np.arange(a + near[0], a + near[1]))
        return fixes.take(np.concatenate(rows) if rows else np.zeros(0, dtype=np.int64))

    def stamp(
        self,
        first: int,
        last: int,
        clock: Clock,
        people: Sequence[str],
        margin_ms: int,
        gap_ms: int,
    ) -> str:
        """Give nothing: what a layer holds is not kept."""
        del first, last, clock, people, margin_ms, gap_ms
        return ""


@dataclass(frozen=True, eq=False)
class ByPeople:
    """A period's fixes some persons at a time, so that no more than a part is in memory.

    What looks at each person alone gives the same by parts as at once.

    Attributes:
        source: Where the fixes are.
        groups: Persons of each part, sorted.
        first: First day.
        last: Last day, included.
        clock: Zone of the days.
        prepared: What is done with a part's fixes before they are handed on.
    """

    source: Source
    groups: Sequence[tuple[str, ...]]
    first: int
    last: int
    clock: Clock
    prepared: Callable[[Fixes], Fixes] = field(default=lambda fixes: fixes)

    def __len__(self) -> int:
        """Give the number of parts."""
        return len(self.groups)

    def __iter__(self) -> Iterator[Fixes]:
        """Read the parts one after another."""
        return (self._read(group) for group in self.groups)

    def of(self, person: str) -> Fixes:
        """Read one person's fixes."""
        return self._read((person,))

    def _read(self, group: tuple[str, ...]) -> Fixes:
        return self.prepared(self.source.read(self.first, self.last, self.clock, group))


def by_people(
    source: Source, first: int, last: int, clock: Clock, largest: int = LARGEST
) -> ByPeople:
    """Cut the fixes of a period into persons of together at most so many (or one person)."""
    return ByPeople(
        source, groups_of(source.people(first, last, clock), largest), first, last, clock
    )
