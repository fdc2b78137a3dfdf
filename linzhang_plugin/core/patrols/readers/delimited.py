"""CSV of any separator and encoding."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence

import numpy as np
import pandas as pd

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.fixes import Ints
from linzhang_plugin.core.patrols.readers.columns import Columns, recognise
from linzhang_plugin.core.patrols.readers.reading import Reading, nothing
from linzhang_plugin.core.patrols.readers.rejected import Rejection
from linzhang_plugin.core.patrols.readers.rows import NO_COLUMNS, Column, read_rows
from linzhang_plugin.core.patrols.readers.xml_text import decoded

SEPARATORS = ",;\t|，；、 "
"""The blank comes last: it also stands between a date and its hour."""
HEADER_LINES = 12
"""A vendor's title lines may stand above the header."""
LEAST_ROWS = 5
EMPTY = Message("The file is empty.")
CUT = Message("The line may be cut off: its last figure is shorter than all others.")


def text_of(data: bytes) -> str:
    """Give the text of bytes: BOM, else strict UTF-8, else GB18030."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    if data[:200].count(0) > 40:
        little = data[1:200:2].count(0) > data[0:200:2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", "replace")
    return decoded(data, ("utf-8", "gb18030"))


def read_csv(data: bytes, file: str, clock: Clock, person_field: str = "") -> Reading:
    """Read a delimited text table.

    Args:
        data: The file.
        file: Its name, for rejections.
        clock: Zone of times that name none.
        person_field: Column that says whose fix it is; empty: by its name.
    """
    text = text_of(data)
    if not text.strip():
        return nothing([Rejection(file, 0, EMPTY)])
    found = _header(text, person_field)
    if found is None:
        return nothing([Rejection(file, 1, NO_COLUMNS)])
    separator, above, header, columns = found
    rejected: list[Rejection] = []
    quick = _quickly(text, separator, above, len(header), columns)
    table, lines = quick or _slowly(text, separator, above, len(header), file, rejected)
    table, lines = _without_cut(text, table, lines, columns, file, rejected)
    if not len(lines):
        rejected.append(Rejection(file, 0, Message("The table has a header and no rows.")))
    return read_rows(columns, table, lines, file, clock, rejected)


def _header(text: str, person_field: str) -> tuple[str, int, list[str], Columns] | None:
    lines = text[:200_000].splitlines()[:HEADER_LINES]
    for above, line in enumerate(lines):
        for separator in sorted(SEPARATORS, key=lambda s: -line.count(s)):
            names = next(csv.reader([line], delimiter=separator), [])
            columns = recognise(names, person_field)
            if len(names) > 1 and columns.enough:
                return separator, above, names, columns
    return None


def _quickly(
    text: str, separator: str, above: int, width: int, columns: Columns
) -> tuple[Sequence[Column], Ints] | None:
    """Read with pandas where every line is a row of the header's width, else give None."""
    if '"' in text or not separator.isascii() or not _even(text, separator, above, width):
        return None
    used = sorted({place for place in vars(columns).values() if place >= 0})
    options = {"sep": separator, "header": None, "skiprows": above + 1, "dtype": object}
    try:
        frame = pd.read_csv(
            io.StringIO(text), **options, names=list(range(width)), quoting=csv.QUOTE_NONE,
            keep_default_na=False, skip_blank_lines=False, engine="c", index_col=False,
            on_bad_lines="error", usecols=used, low_memory=False,
        )  # fmt: skip
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError):
        return None
    table: list[Column] = [np.empty(0, dtype=object)] * width
    full = np.zeros(len(frame), dtype=bool)
    for place in used:
        table[place] = np.asarray(frame[place].to_numpy(), dtype=object)
        full |= np.asarray((table[place] != "") & pd.notna(table[place]), dtype=bool)
    lines = np.arange(len(frame), dtype=np.int64) + above + 2
    if not full.all():
        table = [column[full] if len(column) else column for column in table]
        lines = lines[full]
    return table, lines


def _even(text: str, separator: str, above: int, width: int) -> bool:
    """Tell whether every line below the header that is not blank has the header's separators."""
    data = np.frombuffer(text.encode("utf-8", "replace"), dtype=np.uint8)
    ends = np.flatnonzero(data == 10)
    if not len(ends) and (data == 13).any():
        return False  # lines of an old Macintosh
    found = np.searchsorted(np.flatnonzero(data == ord(separator)), np.append(ends, len(data)))
    count = np.diff(found)[above:]
    size = np.diff(np.append(ends, len(data)))[above:]
    return bool(((count == width - 1) | (size <= 2)).all())


def _without_cut(
    text: str,
    table: Sequence[Column],
    lines: Ints,
    columns: Columns,
    file: str,
    rejected: list[Rejection],
) -> tuple[Sequence[Column], Ints]:
    """Leave out a last row without an end of line whose last figure is shorter than all others.

    A file that was cut off there would else give a fix hundreds of metres away.
    """
    used = max(place for place in vars(columns).values())
    if text[-1:] in "\r\n" or len(lines) < LEAST_ROWS or used != len(table) - 1:
        return table, lines
    sizes = [len(str(value)) for value in table[used]]
    if sizes[-1] >= min(sizes[:-1]):
        return table, lines
    rejected.append(Rejection(file, int(lines[-1]), CUT))
    return [column[:-1] if len(column) else column for column in table], lines[:-1]


def _plainly(line: str, separator: str) -> list[str]:
    return line.rstrip("\r\n").split(separator)


def _slowly(
    text: str, separator: str, above: int, width: int, file: str, rejected: list[Rejection]
) -> tuple[Sequence[Column], Ints]:
    csv.field_size_limit(1 << 24)
    physical = list(io.StringIO(text, newline=""))
    reader = csv.reader(physical, delimiter=separator)
    rows: list[list[str]] = []
    lines: list[int] = []

    def take(row: list[str], line: int) -> None:
        if line <= above + 1 or not any(cell.strip() for cell in row):
            return
        while len(row) > width and not row[-1].strip():
            row.pop()  # a separator at the end of the line
        if len(row) == width:
            rows.append(row)
            lines.append(line)
        else:
            values = {"n": len(row), "width": width}
            reason = Message("The line has {n} columns, the header {width}.", values)
            rejected.append(Rejection(file, line, reason))

    while True:
        before = reader.line_num
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error:
            row = []
        if reader.line_num - before > 1 and len(row) != width:
            # a stray quote has swallowed lines: each is a row of its own
            for line in range(before, reader.line_num):
                take(_plainly(physical[line], separator), line + 1)
        elif row or not physical[before].strip():
            take(row, before + 1)
        else:
            take(_plainly(physical[before], separator), before + 1)
    table = [np.array(column, dtype=object) for column in zip(*rows, strict=True)]
    if not table:
        table = [np.empty(0, dtype=object)] * width
    return table, np.array(lines, dtype=np.int64)
