"""CSV of any separator and encoding."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence
from typing import Any

import numpy as np

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.fixes import Bools, Ints
from linzhang_plugin.core.patrols.readers.columns import Columns, recognise
from linzhang_plugin.core.patrols.readers.even_table import Table, blank, table_of, typed_columns
from linzhang_plugin.core.patrols.readers.reading import Reading, nothing
from linzhang_plugin.core.patrols.readers.rejected import Rejection
from linzhang_plugin.core.patrols.readers.rows import NO_COLUMNS, read_rows
from linzhang_plugin.core.patrols.readers.xml_text import decoded

SEPARATORS = ",;\t|，；、 "
"""The blank comes last: it also stands between a date and its hour."""
HEADER_LINES = 12
"""A vendor's title lines may stand above the header."""
LEAST_ROWS, LOOKED_AT = 5, 1000
MOST_ODD, MOST_ODD_SHARE = 100, 0.2
"""A table with more lines of another width than this is read line by line."""
EMPTY = Message("The file is empty.")
CUT = Message("The line may be cut off: its last figure is shorter than all others.")


def text_of(data: bytes) -> str:
    """Give the text of bytes: BOM, else strict UTF-8, else GB18030.

    The BOM of UTF-8 is not believed: some exports put it before GBK.
    """
    for mark, name in (
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    if data[:200].count(0) > 40:
        little = data[1:200:2].count(0) > data[0:200:2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", "replace")
    return decoded(data.removeprefix(codecs.BOM_UTF8), ("utf-8", "gb18030"))


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
    quick = _quickly(text, separator, above, len(header), columns, file, clock, rejected)
    no_time: Bools | None = None
    if quick is not None:
        table, lines, no_time = quick
    else:
        table, lines = _slowly(text, separator, above, len(header), file, rejected)
    if _cut(text, separator, table, lines, columns):
        rejected.append(Rejection(file, int(lines[-1]), CUT))
        table = [column[:-1] if len(column) else column for column in table]
        lines, no_time = lines[:-1], None if no_time is None else no_time[:-1]
    if not len(lines) and not rejected:
        rejected.append(Rejection(file, 0, Message("The table has a header and no rows.")))
    return read_rows(columns, table, lines, file, clock, rejected, no_time)


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
    text: str,
    separator: str,
    above: int,
    width: int,
    columns: Columns,
    file: str,
    clock: Clock,
    rejected: list[Rejection],
) -> tuple[Sequence[Any], Ints, Bools | None] | None:
    """Read at once the lines that have the header's width; None where quotes forbid it."""
    if not separator.isascii():
        return None
    found = table_of(text, separator, above, width)
    if found is None or len(found.odd) > max(MOST_ODD, MOST_ODD_SHARE * len(found.line)):
        return None
    if found.odd:
        if any('"' in words for _, words in found.odd):
            return None
        found = _with_ends(text, separator, above, width, found)
        if found is None:
            return None
        for line, words in found.odd:
            if words.replace(separator, "").strip():
                rejected.append(_uneven(file, line, len(_plainly(words, separator)), width))
    used = [place for place in vars(columns).values() if place >= 0]
    full = (found.width[:, used] > 0).any(axis=1)
    if not full.all():
        found = found._replace(
            start=found.start[full], width=found.width[full], line=found.line[full]
        )
    table = typed_columns(found, columns, width, clock)
    timed = columns.time >= 0 and columns.date < 0
    return table, found.line, blank(found, columns.time) if timed else None


def _with_ends(text: str, separator: str, above: int, width: int, found: Table) -> Table | None:
    """Read again where lines differ only by blank ends or by another separator, mended."""
    mended = {
        line: separator.join(cells)
        for line, words in found.odd
        if words.strip() and len(cells := _cells(words, separator, width)) == width
    }
    if not mended:
        return found
    lines = text.split("\n")
    for line, words in mended.items():
        lines[line - 1] = words
    return table_of("\n".join(lines), separator, above, width)


def _cells(line: str, separator: str, width: int) -> list[str]:
    """Give the cells of a line without blank ones beyond the header's width.

    Files pasted together have lines with another separator; it is taken where it gives just the
    header's width and the separator of the header does not occur.
    """
    cells = _plainly(line, separator)
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    if len(cells) == 1 < width:
        others = (_plainly(line, other) for other in SEPARATORS.strip())
        return next((found for found in others if len(found) == width), cells)
    return cells


def _cut(text: str, separator: str, table: Sequence[Any], lines: Ints, columns: Columns) -> bool:
    """Tell a last row without an end of line whose last figure is shorter than those before.

    A file that was cut off there would else give a fix hundreds of metres away.
    """
    used = max(place for place in vars(columns).values())
    if text[-1:] in "\r\n" or len(lines) < LEAST_ROWS or used != len(table) - 1:
        return False
    if int(lines[-1]) != text.count("\n") + 1:
        return False  # the last line is no row
    rows = text[-LOOKED_AT * 200 :].split("\n")[-LOOKED_AT:]
    sizes = [len(row.rstrip("\r").rpartition(separator)[2]) for row in rows if row.strip()]
    return sizes[-1] < min(sizes[:-1], default=0)


def _uneven(file: str, line: int, n: int, width: int) -> Rejection:
    values = {"n": n, "width": width}
    return Rejection(file, line, Message("The line has {n} columns, the header {width}.", values))


def _plainly(line: str, separator: str) -> list[str]:
    return line.rstrip("\r\n").split(separator)


def _slowly(
    text: str, separator: str, above: int, width: int, file: str, rejected: list[Rejection]
) -> tuple[Sequence[Any], Ints]:
    csv.field_size_limit(1 << 24)
    physical = list(io.StringIO(text, newline=""))
    reader = csv.reader(physical, delimiter=separator)
    rows: list[list[str]] = []
    lines: list[int] = []

    def take(row: list[str], line: int) -> None:
        if line <= above + 1 or not any(cell.strip() for cell in row):
            return
        row = _cells(row[0], separator, width) if len(row) == 1 else row
        while len(row) > width and not row[-1].strip():
            row.pop()  # a separator at the end of the line
        if len(row) == width:
            rows.append(row)
            lines.append(line)
        else:
            rejected.append(_uneven(file, line, len(row), width))

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
