"""Fixes kept beside a workspace: a compact file a year, a packed block a ranger and month.

The workspace itself stays small; importing again adds nothing; a block is replaced as a whole in
one transaction. Positions are kept to 1e-7 degrees (1 cm), times to the millisecond.
"""

from __future__ import annotations

import sqlite3
import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt

from linzhang_plugin.core.messages import StoreError, tr
from linzhang_plugin.core.patrols.clock import Clock, day_text
from linzhang_plugin.core.patrols.fixes import Fixes, concat, in_order, make_fixes, no_fixes
from linzhang_plugin.core.patrols.repeats import without_repeats

SCALE = 1e7
LEVEL = 1
"""Of zlib: the bytes are sorted by significance first, so more brings little."""
_TABLE = (
    "CREATE TABLE IF NOT EXISTS block (person TEXT NOT NULL, month TEXT NOT NULL,"
    " n INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (person, month))"
)


class TraceStore:
    """The trace files of one workspace.

    Example:
        >>> TraceStore(Path("county.gpkg")).folder.name
        'county.traces'
    """

    def __init__(self, workspace: Path) -> None:
        """Say where the files are; nothing is made before something is kept."""
        self.folder = workspace.with_suffix(".traces")

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
        fixes = in_order(fixes)
        local = clock.local(fixes.time).astype("datetime64[ms]").astype("datetime64[M]")
        months = local.astype(np.int64)
        edges = np.flatnonzero((np.diff(fixes.person) != 0) | (np.diff(months) != 0)) + 1
        heads = np.concatenate([[0], edges, [len(fixes)]]).astype(np.int64)
        blocks: dict[str, list[tuple[str, str, Fixes]]] = {}
        for a, b in zip(heads[:-1].tolist(), heads[1:].tolist(), strict=True):
            if a < b:
                month = str(local[a])
                part = fixes.take(np.arange(a, b))
                blocks.setdefault(month[:4], []).append(
                    (fixes.people[fixes.person[a]], month, part)
                )
        return sum(self._add_year(year, rows) for year, rows in sorted(blocks.items()))

    def _add_year(self, year: str, rows: Sequence[tuple[str, str, Fixes]]) -> int:
        new = 0
        self.folder.mkdir(parents=True, exist_ok=True)
        with _opened(self.folder / f"{year}.sqlite") as file:
            file.execute(_TABLE)
            for person, month, part in rows:
                found = file.execute(
                    "SELECT data FROM block WHERE person = ? AND month = ?", (person, month)
                ).fetchone()
                before = _unpacked(person, found[0]) if found else no_fixes()
                rounded = _unpacked(person, _packed(part))
                merged, _ = without_repeats(in_order(concat([before, rounded])))
                if len(merged) > len(before):
                    new += len(merged) - len(before)
                    row = (person, month, len(merged), _packed(merged))
                    file.execute("INSERT OR REPLACE INTO block VALUES (?, ?, ?, ?)", row)
        return new

    def read(self, first: int, last: int, clock: Clock, people: Sequence[str] = ()) -> Fixes:
        """Give the fixes of the days from first to last (day numbers), in order.

        Args:
            first: First day.
            last: Last day, included.
            clock: Zone of the days.
            people: Person ids wanted; empty for all.

        Raises:
            StoreError: A file is damaged.
        """
        wanted = frozenset(people)
        parts = []
        for path in sorted(self.folder.glob("*.sqlite")):
            if day_text(first)[:4] <= path.stem <= day_text(last)[:4]:
                with _opened(path) as file:
                    rows = file.execute(
                        "SELECT person, data FROM block WHERE month BETWEEN ? AND ?"
                        " ORDER BY person, month",
                        (day_text(first)[:7], day_text(last)[:7]),
                    )
                    parts += [_unpacked(p, d) for p, d in rows if not wanted or p in wanted]
        fixes = in_order(concat(parts))
        day = clock.day(fixes.time)
        inside = (day >= first) & (day <= last)
        return fixes if inside.all() else fixes.take(inside)

    def purge(self, before: str) -> int:
        """Delete the blocks of months before one (``2024-07``); give the number of fixes.

        Results that were reckoned from them stay where they are kept.
        """
        gone = 0
        for path in sorted(self.folder.glob("*.sqlite")):
            with _opened(path) as file:
                count = "SELECT COALESCE(SUM(n), 0) FROM block WHERE month < ?"
                gone += int(file.execute(count, (before,)).fetchone()[0])
                file.execute("DELETE FROM block WHERE month < ?", (before,))
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
    except (sqlite3.Error, OSError, zlib.error, ValueError, struct.error) as error:
        raise StoreError(
            tr("The trace file {path} cannot be used ({reason}); check disk and permissions."),
            path=path.name,
            reason=str(error),
        ) from error


def _packed(fixes: Fixes) -> bytes:
    columns = (
        np.diff(fixes.time, prepend=0).astype("<i8"),
        np.diff(np.round(fixes.lon * SCALE).astype(np.int64), prepend=0).astype("<i8"),
        np.diff(np.round(fixes.lat * SCALE).astype(np.int64), prepend=0).astype("<i8"),
        fixes.ele.astype("<f4"),
        fixes.accuracy.astype("<f4"),
    )
    body = b"".join(_shuffled(column) for column in columns)
    return struct.pack("<I", len(fixes)) + zlib.compress(body, LEVEL)


def _shuffled(column: npt.NDArray[np.generic]) -> bytes:
    """Put the bytes of equal significance beside each other: small differences pack well."""
    size = column.dtype.itemsize
    return np.ascontiguousarray(column).view(np.uint8).reshape(-1, size).T.tobytes()


def _unpacked(person: str, data: bytes) -> Fixes:
    (n,) = struct.unpack_from("<I", data)
    body = zlib.decompress(data[4:])
    columns, place = [], 0
    for kind in ("<i8", "<i8", "<i8", "<f4", "<f4"):
        size = np.dtype(kind).itemsize
        raw = np.frombuffer(body, dtype=np.uint8, count=n * size, offset=place)
        columns.append(np.ascontiguousarray(raw.reshape(size, n).T).view(kind).ravel())
        place += n * size
    time, lon, lat = (np.cumsum(column, dtype=np.int64) for column in columns[:3])
    who = np.full(n, person, dtype=object)
    return make_fixes(who, time, lon / SCALE, lat / SCALE, columns[3], columns[4], "store")
