"""Fixes kept beside a workspace: a compact file a year, packed blocks of a ranger and month.

The workspace itself stays small; importing again adds nothing. A day that is added becomes a
block of its own and leaves the older ones alone; from time to time a month's blocks are joined.
Blocks of a ranger never overlap in time, so reading them one after another gives the fixes in
order. Positions are kept to 1e-7 degrees (1 cm), times to the millisecond.
"""

from __future__ import annotations

import hashlib
import sqlite3
import struct
import zlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from linzhang_plugin.core.messages import StoreError, tr
from linzhang_plugin.core.patrols.clock import Clock, day_text
from linzhang_plugin.core.patrols.fixes import DAY_MS, Codes, Fixes, Ints, concat, in_order
from linzhang_plugin.core.patrols.repeats import without_repeats
from linzhang_plugin.core.patrols.sources import span_of
from linzhang_plugin.workspace.packing import SCALE, Columns, packed, unpacked

LATER_DAYS = 366
"""Days after a period that may belong to a patrol begun in it."""
MOST_BLOCKS = 2
"""A 旬 of so many blocks (of one more for every other ranger) becomes one when it is added to."""
STRIP = 1 << 18
"""Fixes whose days are told at a time: millions at once take several times their memory."""
PLAIN = ("time", "lon", "lat", "ele", "accuracy")
"""Columns that are the same in a block and in a table of fixes."""
_TABLE = (
    "CREATE TABLE IF NOT EXISTS block (person TEXT NOT NULL, month TEXT NOT NULL,"
    " first INTEGER NOT NULL, last INTEGER NOT NULL, n INTEGER NOT NULL, data BLOB NOT NULL)"
)
_INDEX = "CREATE INDEX IF NOT EXISTS block_of ON block (person, month, first)"


class TraceStore:
    """The trace files of one workspace.

    Example:
        >>> TraceStore(Path("county.gpkg")).folder.name
        'county.traces'
    """

    def __init__(self, workspace: Path) -> None:
        """Say where the files are; nothing is made before something is kept."""
        self.folder = workspace.with_suffix(".traces")

    def __repr__(self) -> str:
        """Give the folder: the same in every process, also for a fingerprint."""
        return f"TraceStore({str(self.folder)!r})"

    def add(self, fixes: Fixes, clock: Clock) -> int:
        """Keep fixes that are not there yet.

        Args:
            fixes: WGS84, in any order.
            clock: Zone of the months.

        Returns:
            Number of fixes that were new.

        Raises:
            StoreError: The file cannot be written.
        """
        fixes, _ = without_repeats(in_order(_rounded(fixes)))
        stretch = _stretches(clock, fixes.time)
        apart = (np.diff(fixes.person) != 0) | (np.diff(stretch) != 0)
        edges = np.flatnonzero(apart) + 1
        heads = [0, *edges.tolist(), len(fixes)] if len(fixes) else [0]
        local = clock.local(fixes.time[np.array(heads[:-1], dtype=np.int64)])
        months = local.astype("datetime64[ms]").astype("datetime64[M]")
        years: dict[str, list[tuple[str, slice]]] = {}
        for (a, b), month in zip(pairwise(heads), months.astype(str).tolist(), strict=True):
            years.setdefault(month[:4], []).append((month, slice(a, b)))
        return sum(self._add_year(year, fixes, rows, clock) for year, rows in sorted(years.items()))

    def _add_year(
        self, year: str, fixes: Fixes, rows: Sequence[tuple[str, slice]], clock: Clock
    ) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        with _opened(self.folder / f"{year}.sqlite") as file:
            file.execute(_TABLE)
            file.execute(_INDEX)
            return sum(_add_block(file, month, fixes, part, clock) for month, part in rows)

    def read(
        self,
        first: int,
        last: int,
        clock: Clock,
        people: Sequence[str] = (),
        margin_ms: int = 0,
    ) -> Fixes:
        """Give the fixes of the days from first to last (day numbers), in order.

        Args:
            first: First day.
            last: Last day, included.
            clock: Zone of the days.
            people: Person ids wanted; empty for all.
            margin_ms: Fixes so long before and after the days are given too.

        Raises:
            StoreError: A file is damaged.
        """
        span = span_of(first, last, clock, margin_ms)
        found: list[tuple[str, str, Columns]] = []
        for path in self._years(span):
            # the query ends before its file is closed, also where a block is damaged
            with _opened(path) as file, closing(_blocks(file, span, people)) as blocks:
                found += [(person, month, unpacked(data)) for person, month, data in blocks]
        found.sort(key=lambda row: row[0])  # stable: the years of a person stay in order
        fixes = in_order(_joined(found))
        inside = (fixes.time >= span[0]) & (fixes.time <= span[1])
        return fixes if inside.all() else fixes.take(inside)

    def people(self, first: int, last: int, clock: Clock) -> dict[str, int]:
        """Give the persons with fixes in the blocks of these days, and how many those hold.

        Raises:
            StoreError: A file is damaged.
        """
        span = span_of(first, last, clock)
        text = "SELECT person, SUM(n) FROM block WHERE last >= ? AND first <= ? GROUP BY person"
        counts: dict[str, int] = {}
        for path in self._years(span):
            with _opened(path) as file:
                for person, n in file.execute(text, span):
                    counts[person] = counts.get(person, 0) + int(n)
        return dict(sorted(counts.items()))

    def stamp(
        self,
        first: int,
        last: int,
        clock: Clock,
        people: Sequence[str],
        margin_ms: int,
        gap_ms: int,
    ) -> str:
        """Give a name for the content of days, so that what was reckoned from them can be kept.

        Where a person's fixes go on up to the end of what is read, the later ones count too: a
        patrol may go on.

        Args:
            first: First day.
            last: Last day, included.
            clock: Zone of the days.
            people: Person ids.
            margin_ms: As for :meth:`read`.
            gap_ms: Silence that ends a patrol.

        Raises:
            StoreError: A file is damaged.
        """
        span = span_of(first, last, clock, margin_ms)
        after = (span[1] + 1, span[1] + LATER_DAYS * DAY_MS)
        digest = hashlib.sha256()
        for person in sorted(people):
            if self._digested(digest, person, span) > span[1] - gap_ms:
                self._digested(digest, person, after)
        return digest.hexdigest()[:32]

    def _digested(self, digest: Any, person: str, span: tuple[int, int]) -> int:
        """Feed a person's blocks; give the moment of the last fix in them, 0 without any."""
        late = 0
        for path in self._years(span):
            with _opened(path) as file:
                rows = file.execute(
                    "SELECT first, last, n, data FROM block WHERE person = ? AND last >= ?"
                    " AND first <= ? ORDER BY month, first",
                    (person, *span),
                )
                for start, end, n, data in rows:
                    digest.update(f"{person}\0{start}\0{end}\0{n}\0{zlib.crc32(data)}\n".encode())
                    late = max(late, int(end))
        return late

    def _years(self, span: tuple[int, int]) -> list[Path]:
        """Give the files of a span (ms UTC), those of the zones east and west of it included."""
        years = [day_text(span[0] // DAY_MS - 1)[:4], day_text(span[1] // DAY_MS + 1)[:4]]
        return [p for p in sorted(self.folder.glob("*.sqlite")) if years[0] <= p.stem <= years[1]]

    def months(self) -> dict[str, tuple[int, int]]:
        """Give the months that are kept: number of persons and of fixes.

        Raises:
            StoreError: A file is damaged.
        """
        found: dict[str, tuple[int, int]] = {}
        for path in sorted(self.folder.glob("*.sqlite")):
            with _opened(path) as file:
                text = "SELECT month, COUNT(DISTINCT person), SUM(n) FROM block GROUP BY month"
                for month, people, n in file.execute(text).fetchall():
                    found[str(month)] = (int(people), int(n))
        return dict(sorted(found.items()))

    def purge(self, before: str) -> int:
        """Delete the blocks of months before one (``2024-07``); give the number of fixes.

        Results that were reckoned from them stay where they are kept.
        """
        return sum(self.purge_month(month) for month in self.months() if month < before)

    def purge_month(self, month: str) -> int:
        """Delete the blocks of one month; give the number of fixes.

        Raises:
            StoreError: The file is damaged or cannot be written.
        """
        path = self.folder / f"{month[:4]}.sqlite"
        if not path.exists():
            return 0
        with _opened(path) as file:
            count = "SELECT COALESCE(SUM(n), 0) FROM block WHERE month = ?"
            gone = int(file.execute(count, (month,)).fetchone()[0])
            file.execute("DELETE FROM block WHERE month = ?", (month,))
        with closing(sqlite3.connect(path)) as file:
            file.execute("VACUUM")  # or the deleted positions would still be in the file
        return gone


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a year's file for one transaction.

    Raises:
        StoreError: It is damaged, locked or cannot be written.
    """
    try:
        with closing(sqlite3.connect(path, timeout=10)) as file, file:
            file.execute("PRAGMA secure_delete = ON")
            yield file
    except (sqlite3.Error, OSError, zlib.error, ValueError, struct.error, KeyError) as error:
        raise StoreError(
            tr("The trace file {path} cannot be used ({reason}); check disk and permissions."),
            path=path.name,
            reason=str(error),
        ) from error


def _rounded(fixes: Fixes) -> Fixes:
    """Give fixes as they will be kept."""
    return replace(
        fixes,
        lon=np.round(fixes.lon * SCALE) / SCALE,
        lat=np.round(fixes.lat * SCALE) / SCALE,
        ele=fixes.ele.astype(np.float32).astype(np.float64),
        accuracy=fixes.accuracy.astype(np.float32).astype(np.float64),
    )


def _add_block(
    file: sqlite3.Connection, month: str, fixes: Fixes, rows: slice, clock: Clock
) -> int:
    """Add one ranger's fixes of a stretch; blocks of the same hours are joined with them."""
    person = fixes.people[fixes.person[rows.start]]
    first, last = int(fixes.time[rows.start]), int(fixes.time[rows.stop - 1])
    before = file.execute(
        "SELECT rowid, first, last, n FROM block WHERE person = ? AND month = ? ORDER BY first",
        (person, month),
    ).fetchall()
    touched = [row for row in before if row[2] >= first and row[1] <= last]
    beside = _same_stretch(before, first, clock)
    if len(beside) >= MOST_BLOCKS + zlib.crc32(person.encode()) % MOST_BLOCKS:
        touched = sorted({*touched, *beside}, key=lambda row: int(row[1]))
    made = _columns(fixes, rows)
    if touched:
        made = _merged(file, person, [row[0] for row in touched], made)
    new = len(made.time) - sum(row[3] for row in touched)
    if new:
        file.executemany("DELETE FROM block WHERE rowid = ?", [(row[0],) for row in touched])
        values = (person, month, int(made.time[0]), int(made.time[-1]), len(made.time))
        file.execute("INSERT INTO block VALUES (?, ?, ?, ?, ?, ?)", (*values, packed(made)))
    return new


def _same_stretch(
    blocks: Sequence[tuple[int, ...]], moment: int, clock: Clock
) -> list[tuple[int, ...]]:
    """Give the blocks that lie in one stretch with a moment."""
    if not blocks:
        return []
    ends = _stretches(clock, np.array([(row[1], row[2]) for row in blocks], dtype=np.int64))
    here = _stretches(clock, np.array([moment], dtype=np.int64))[0]
    return [row for row, same in zip(blocks, (ends == here).all(axis=1), strict=True) if same]


def _columns(fixes: Fixes, rows: slice) -> Columns:
    """Give some fixes as they are packed, with only their own devices named."""
    codes = fixes.device[rows]
    own = np.unique(codes[codes >= 0])
    device, devices = np.zeros(0, dtype=np.int32), tuple[str, ...]()
    if len(own):
        place = np.full(len(fixes.devices) + 1, -1, dtype=np.int32)
        place[own] = np.arange(len(own), dtype=np.int32)
        device, devices = place[codes], tuple(fixes.devices[code] for code in own.tolist())
    return Columns(
        fixes.time[rows],
        fixes.lon[rows],
        fixes.lat[rows],
        fixes.ele[rows],
        fixes.accuracy[rows],
        device,
        devices,
    )


def _merged(file: sqlite3.Connection, person: str, blocks: Sequence[int], new: Columns) -> Columns:
    parts = []
    for block in blocks:
        data = file.execute("SELECT data FROM block WHERE rowid = ?", (block,)).fetchone()[0]
        parts.append(_joined([(person, "", unpacked(data))]))
    parts.append(_joined([(person, "", new)]))
    fixes, _ = without_repeats(in_order(concat(parts)))
    return _columns(fixes, slice(None))


def _blocks(
    file: sqlite3.Connection, span: tuple[int, int], people: Sequence[str]
) -> Generator[tuple[str, str, bytes], None, None]:
    """Give the blocks with fixes between two moments (ms UTC)."""
    text = "SELECT person, month, data FROM block WHERE last >= ? AND first <= ?"
    order = " ORDER BY person, month, first"
    if not people:
        yield from file.execute(text + order, span)
    for person in sorted(set(people)):
        yield from file.execute(text + " AND person = ?" + order, (*span, person))


def _stretches(clock: Clock, time: Ints) -> Ints:
    """Number the blocks that fixes go to: a month's first day, and its 旬 without that day.

    Who reads a month needs the day after it too, and so need not unpack more for it.
    """
    made = np.empty(time.shape, dtype=np.int64)
    for first in range(0, len(time), STRIP):
        rows = slice(first, first + STRIP)
        made[rows] = _stretches_of_days(clock.day(time[rows]))
    return made


def _stretches_of_days(days: Ints) -> Ints:
    day = days.astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    of_month = (day - month.astype("datetime64[D]")).astype(np.int64)
    place = np.where(of_month == 0, 0, 1 + np.minimum(of_month // 10, 2))
    return np.asarray(month.astype(np.int64) * 4 + place, np.int64)


def _joined(found: Sequence[tuple[str, str, Columns]]) -> Fixes:
    """Give blocks in order of person and time as one table; a month is a track."""
    people = sorted({person for person, _, _ in found})
    place = {person: code for code, person in enumerate(people)}
    size = np.array([len(part.time) for _, _, part in found], dtype=np.int64)
    fresh = [0] + [int(a[:2] != b[:2]) for a, b in pairwise(found)]
    track = np.cumsum(fresh[: len(found)], dtype=np.int32)
    n = int(size.sum())
    joined = {
        name: np.concatenate([getattr(part, name) for _, _, part in found] or [np.zeros(0)])
        for name in PLAIN
    }
    devices = sorted({name for _, _, part in found for name in part.devices})
    return Fixes(
        people=tuple(people),
        person=np.repeat(np.array([place[p] for p, _, _ in found], dtype=np.int32), size),
        track=np.repeat(track, size),
        sources=("store",),
        source=np.zeros(n, dtype=np.int32),
        line=np.zeros(n, dtype=np.int32),
        devices=tuple(devices),
        device=_phones([part for _, _, part in found], devices, n),
        **{**joined, "time": joined["time"].astype(np.int64)},
    )


def _phones(parts: Sequence[Columns], devices: Sequence[str], n: int) -> Codes:
    """Give the device of each fix of blocks one after another."""
    if not devices:
        return np.full(n, -1, dtype=np.int32)
    place = {name: code for code, name in enumerate(devices)}
    out = [
        np.array([*(place[name] for name in part.devices), -1], dtype=np.int32)[part.device]
        if part.devices
        else np.full(len(part.time), -1, dtype=np.int32)
        for part in parts
    ]
    return np.concatenate(out)
