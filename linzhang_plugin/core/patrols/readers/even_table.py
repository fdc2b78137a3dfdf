"""Lines of a table that have the header's columns, read as arrays of bytes.

Where each field begins and ends is told for all lines at once; positions and times are then read
as numbers without making a text of each. The values equal those of the texts. Lines with more or
fewer fields are left to the caller, one by one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.fixes import Bools, Ints
from linzhang_plugin.core.patrols.readers.columns import Columns
from linzhang_plugin.core.patrols.readers.decimals import decimals_at
from linzhang_plugin.core.patrols.readers.eights import EIGHT, Bytes, words_before
from linzhang_plugin.core.patrols.readers.times import times_at

Column = npt.NDArray[np.object_]
Typed = npt.NDArray[np.object_] | npt.NDArray[np.float64] | npt.NDArray[np.int64]
NEWLINE, RETURN, QUOTE = 10, 13, 34
WIDEST_WORD = 64
PAD = EIGHT
"""Zero bytes before and after the text, so that eight bytes can be read anywhere."""


class Table(NamedTuple):
    """A table's bytes and where its fields are.

    Attributes:
        data: The bytes, UTF-8.
        start: (n, c) first byte of each field.
        width: (n, c) bytes of each field.
        line: (n,) line in the file, from 1.
        odd: Lines (from 1) that have more or fewer fields, with their texts.
    """

    data: Bytes
    start: Ints
    width: Ints
    line: Ints
    odd: list[tuple[int, str]]


def table_of(text: str, separator: str, above: int, columns: int) -> Table | None:
    """Find the fields below the header, or give None where a quote hides more than one field.

    Args:
        text: The file.
        separator: One ASCII character.
        above: Lines above the header.
        columns: Columns of the header.
    """
    pad = b"\0" * PAD
    data = np.frombuffer(b"".join((pad, text.encode("utf-8", "replace"), pad)), dtype=np.uint8)
    size = len(data) - PAD
    ends = np.flatnonzero(data == NEWLINE)
    if len(ends) <= above:
        return None  # no line below the header, or the lines of an old Macintosh
    start = ends[above:] + 1
    end = np.append(ends[above + 1 :], size)
    end = end - ((end > start) & (data[end - 1] == RETURN))
    full = end > start
    line = np.flatnonzero(full) + above + 2
    if not full.all():
        start, end = start[full], end[full]
    marks = np.flatnonzero(data == ord(separator))
    marks = marks[np.searchsorted(marks, ends[above]) :]
    odd: list[tuple[int, str]] = []
    if not _even(marks, start, end, columns):
        first, last = np.searchsorted(marks, start), np.searchsorted(marks, end)
        good = last - first == columns - 1
        for row in np.flatnonzero(~good).tolist():
            words = data[start[row] : end[row]].tobytes().decode("utf-8", "replace")
            odd.append((int(line[row]), words))
        start, end, line = start[good], end[good], line[good]
        marks = marks[first[good][:, None] + np.arange(columns - 1)].ravel()
    grid = marks.reshape(len(start), columns - 1)
    begin = np.column_stack([start, grid + 1])
    table = Table(data, begin, np.column_stack([grid, end]) - begin, line, odd)
    quotes = text.count('"') if '"' in text else 0
    return _unquoted(table, quotes - text[: _chars(text, above)].count('"')) if quotes else table


def _chars(text: str, above: int) -> int:
    """Give the number of characters down to the end of the header."""
    place = -1
    for _ in range(above + 1):
        place = text.find("\n", place + 1)
    return place + 1


def _even(marks: Ints, start: Ints, end: Ints, columns: int) -> bool:
    if len(marks) != len(start) * (columns - 1):
        return False
    marks = marks.reshape(len(start), columns - 1)
    inside = (marks[:, 0] >= start).all() and (marks[:, -1] < end).all() if columns > 1 else True
    return bool(not len(start) or inside)


def _unquoted(table: Table, quotes: int) -> Table | None:
    """Take the quotes off fields that are quoted as a whole; None where there are others."""
    data, start, width = table.data, table.start, table.width
    quoted = (width >= 2) & (data[start] == QUOTE) & (data[start + width - 1] == QUOTE)
    if 2 * int(quoted.sum()) != quotes:
        return None
    return table._replace(start=start + quoted, width=width - 2 * quoted)


def typed_columns(table: Table, columns: Columns, count: int, clock: Clock) -> list[Typed]:
    """Give the columns that are used: degrees and metres as numbers, times as ms, else texts.

    Args:
        table: Where the fields are.
        columns: Which column is what.
        count: Columns of the header.
        clock: Zone of times that name none.
    """
    out: list[Typed] = [np.empty(0, dtype=object)] * count
    numbers = (columns.lon, columns.lat, columns.ele, columns.accuracy)
    for place in {p for p in vars(columns).values() if p >= 0}:
        start, width = table.start[:, place], table.width[:, place]
        if place in numbers:
            out[place] = decimals_at(table.data, start, width)
        elif place == columns.time and columns.date < 0:
            out[place] = times_at(table.data, start, width, clock)
        else:
            out[place] = _texts(table.data, start, width)
    return out


def blank(table: Table, place: int) -> Bools:
    """Tell which fields of a column are empty or blanks."""
    empty = table.width[:, place] == 0
    start = np.minimum(table.start[:, place], len(table.data) - 1)
    for row in np.flatnonzero(~empty & (table.data[start] <= 32)).tolist():
        first = int(table.start[row, place])
        word = table.data[first : first + int(table.width[row, place])].tobytes()
        empty[row] = not word.strip()
    return empty


def _texts(data: Bytes, start: Ints, width: Ints) -> Column:
    """Give fields as texts; a text equal to the line's above is made once."""
    out = np.empty(len(start), dtype=object)
    if not len(start):
        return out
    fresh = np.ones(len(start), dtype=bool)
    widest = int(width.max())
    if widest <= WIDEST_WORD:
        fresh[1:] = width[1:] != width[:-1]
        for back in range(0, widest, EIGHT):
            size = np.clip(width - back, 0, EIGHT).astype(np.uint64)
            words = words_before(data, np.maximum(start + width - back, EIGHT))
            shift = (np.uint64(EIGHT) - size) * np.uint64(8)
            words = np.where(size > 0, words >> np.minimum(shift, np.uint64(63)), np.uint64(0))
            fresh[1:] |= words[1:] != words[:-1]
    heads = np.flatnonzero(fresh)
    raw = data.tobytes()
    made: dict[bytes, str] = {}
    words_of = np.empty(len(heads), dtype=object)
    for k, (a, size) in enumerate(zip(start[heads].tolist(), width[heads].tolist(), strict=True)):
        word = raw[a : a + size]
        text = made.get(word)
        if text is None:
            text = made[word] = word.decode("utf-8", "replace")
        words_of[k] = text
    return np.repeat(words_of, np.diff(np.append(heads, len(start))))
