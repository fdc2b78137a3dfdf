"""Tables whose lines all have the header's columns, read as arrays of bytes.

Where each field begins and ends is told for all lines at once; positions and ISO times are then
read as numbers without making a text of each. The values equal those of the texts.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.fixes import Ints
from linzhang_plugin.core.patrols.readers.columns import Columns
from linzhang_plugin.core.patrols.readers.decimals import Bytes, decimals_at
from linzhang_plugin.core.patrols.readers.times import iso_times

Column = npt.NDArray[np.object_]
Typed = npt.NDArray[np.object_] | npt.NDArray[np.float64] | npt.NDArray[np.int64]
NEWLINE, RETURN = 10, 13
WIDEST_TIME = 40


class Table(NamedTuple):
    """A table's bytes and where its fields are.

    Attributes:
        data: The bytes, UTF-8.
        start: (n, c) first byte of each field.
        width: (n, c) bytes of each field.
        line: (n,) line in the file, from 1.
    """

    data: Bytes
    start: Ints
    width: Ints
    line: Ints


def table_of(text: str, separator: str, above: int, columns: int) -> Table | None:
    """Find the fields below the header, or give None where a line has more or fewer.

    Args:
        text: The file; no field is quoted.
        separator: One ASCII character.
        above: Lines above the header.
        columns: Columns of the header.
    """
    data = np.frombuffer(text.encode("utf-8", "replace"), dtype=np.uint8)
    ends = np.flatnonzero(data == NEWLINE)
    if len(ends) <= above:
        return None  # no line below the header, or the lines of an old Macintosh
    start = ends[above:] + 1
    end = np.append(ends[above + 1 :], len(data))
    end = end - ((end > start) & (data[np.maximum(end - 1, 0)] == RETURN))
    full = end > start
    line = np.flatnonzero(full) + above + 2
    start, end = start[full], end[full]
    marks = np.flatnonzero(data == ord(separator))
    marks = marks[np.searchsorted(marks, ends[above]) :]
    if len(marks) != len(start) * (columns - 1):
        return None
    marks = marks.reshape(len(start), columns - 1)
    if len(start) and not ((marks[:, 0] >= start).all() and (marks[:, -1] < end).all()):
        return None
    begin = np.column_stack([start, marks + 1])
    return Table(data, begin, np.column_stack([marks, end]) - begin, line)


def typed_columns(table: Table, columns: Columns, count: int, clock: Clock) -> list[Typed]:
    """Give the columns that are used: degrees and metres as numbers, ISO times as ms, else texts.

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
            stamps = _iso(table.data, start, width, clock)
            out[place] = _texts(table.data, start, width) if stamps is None else stamps
        else:
            out[place] = _texts(table.data, start, width)
    return out


def _iso(data: Bytes, start: Ints, width: Ints, clock: Clock) -> Ints | None:
    """Give ms where all fields are ISO times, else None."""
    out = np.empty(len(start), dtype=np.int64)
    sizes = np.unique(width)
    if not len(sizes) or sizes[0] < 19 or sizes[-1] > WIDEST_TIME or len(sizes) > 8:
        return None
    for size in sizes:
        rows = np.flatnonzero(width == size)
        stamps, good = iso_times(data[start[rows][:, None] + np.arange(size)], clock)
        if not good.all():
            return None
        out[rows] = stamps
    return out


def _texts(data: Bytes, start: Ints, width: Ints) -> Column:
    """Give fields as texts; a text equal to the line's above is made once."""
    out = np.empty(len(start), dtype=object)
    if not len(start):
        return out
    fresh = np.ones(len(start), dtype=bool)
    alike = np.flatnonzero(width[1:] == width[:-1]) + 1
    widest = int(width.max())
    if widest <= WIDEST_TIME:
        same = np.ones(len(alike), dtype=bool)
        for step in range(widest):
            inside = step < width[alike]
            at = np.where(inside, step, 0)
            same &= ~inside | (data[_clipped(data, start[alike] + at)]
                               == data[_clipped(data, start[alike - 1] + at)])  # fmt: skip
        fresh[alike[same]] = False
    heads = np.flatnonzero(fresh)
    raw = data.tobytes()
    words = np.empty(len(heads), dtype=object)
    places = zip(start[heads].tolist(), width[heads].tolist(), strict=True)
    words[:] = [raw[a : a + size].decode("utf-8") for a, size in places]
    out[:] = words[np.cumsum(fresh) - 1]
    return out


def _clipped(data: Bytes, at: Ints) -> Ints:
    return np.minimum(at, len(data) - 1)
