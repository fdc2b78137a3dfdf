"""Patrols in brief: what is needed to compare them with each other without all their fixes.

A county's year of fixes does not fit into memory; its patrols in brief do (some 2 kB each).
Tracks are read again, a person at a time, only for the pairs that may be alike.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np

from linzhang_plugin.core.patrols.doubt import DoubtParams
from linzhang_plugin.core.patrols.ends import End, ends_of
from linzhang_plugin.core.patrols.fixes import Fixes, Ints
from linzhang_plugin.core.patrols.patrols import Patrols
from linzhang_plugin.core.patrols.single_doubts import moving, rows_of
from linzhang_plugin.core.patrols.twins import Track, cells_of

MOST_FIXES = 1_500_000
"""Of persons whose tracks are held for comparison."""
LEAST_SHARE = 0.2
"""Least part of a patrol's fixes that a phone must have recorded to count as the patrol's."""
Tracks = Callable[[int], Track]
"""Gives the track of a patrol by its number."""


@dataclass(frozen=True, eq=False)
class Sketch:
    """One patrol in brief.

    Attributes:
        person: Its person.
        day: Local day of the start.
        start: ms UTC.
        end: ms UTC.
        minutes: From the first fix to the last.
        phones: Ids of the phones that recorded it.
        begin: Its first fix and how it sets out, for handovers.
        close: Its last fix and how it came there.
        cells: The 100 m cells that it crosses, sorted; empty where it says too little.
    """

    person: str
    day: int
    start: int
    end: int
    minutes: float
    phones: tuple[str, ...]
    begin: End
    close: End
    cells: Ints


def sketches_of(found: Patrols, params: DoubtParams) -> list[Sketch]:
    """Give the patrols in brief, in their order.

    Args:
        found: Patrols with their fixes.
        params: Limits below which a patrol is not compared.
    """
    return [_sketch(found, patrol, params) for patrol in range(len(found))]


def _sketch(found: Patrols, patrol: int, params: DoubtParams) -> Sketch:
    rows, fixes = rows_of(found, patrol), found.fixes
    enough = moving(found, patrol, params)
    begin, close = ends_of(fixes, rows)
    return Sketch(
        person=fixes.people[found.person[patrol]],
        day=int(found.day[patrol]),
        start=int(found.start[patrol]),
        end=int(found.end[patrol]),
        minutes=float(found.minutes[patrol]),
        phones=_phones_of(fixes, rows),
        begin=begin,
        close=close,
        cells=cells_of(track_of(found, patrol)) if enough else np.zeros(0, dtype=np.int64),
    )


def _phones_of(fixes: Fixes, rows: slice) -> tuple[str, ...]:
    """Give the ids of the phones that recorded a patrol, of those that recorded enough of it."""
    codes, counts = np.unique(fixes.device[rows], return_counts=True)
    used = codes[(codes >= 0) & (counts >= LEAST_SHARE * (rows.stop - rows.start))]
    return tuple(fixes.devices[code] for code in used.tolist())


def track_of(found: Patrols, patrol: int) -> Track:
    """Give a patrol's fixes as a track."""
    rows, fixes = rows_of(found, patrol), found.fixes
    return Track(fixes.time[rows] / 1000.0, fixes.lon[rows], fixes.lat[rows])


@dataclass(eq=False)
class PersonTracks:
    """Patrols of single persons, read again when asked for; those asked for last are held.

    Attributes:
        patrols_of: Finds the patrols of a person anew.
        sketches: All patrols in brief, in order of person and time.
    """

    patrols_of: Callable[[str], Patrols]
    sketches: Sequence[Sketch]
    _held: OrderedDict[str, Patrols] = field(default_factory=OrderedDict)
    _first: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Number the persons' first patrols."""
        for number, sketch in enumerate(self.sketches):
            self._first.setdefault(sketch.person, number)

    def found(self, patrol: int) -> tuple[Patrols, int]:
        """Give the patrols of the person of a patrol, and its number among them."""
        person = self.sketches[patrol].person
        if person not in self._held:
            self._held[person] = self.patrols_of(person)
            sizes = [len(one.fixes) for one in reversed(self._held.values())]
            most = sum(total <= MOST_FIXES for total in accumulate(sizes))
            while len(self._held) > max(2, most):
                self._held.popitem(last=False)
        self._held.move_to_end(person)
        return self._held[person], patrol - self._first[person]

    def __call__(self, patrol: int) -> Track:
        """Give a track."""
        return track_of(*self.found(patrol))
