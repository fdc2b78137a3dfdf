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

SEPARATORS = ",;\t|"
HEADER_LINES = 12
"""A vendor's title lines may stand above the header."""
EMPTY = Message("The file is empty.")


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
    for name in ("utf-8", "gb18030"):
        try:
            return data.decode(name)
        except UnicodeDecodeError as error:
            if error.start >= len(data) - 4:
                return data.decode(name, "ignore")
    return data.decode("utf-8", "replace")


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
    """Read with pandas where every line is a row; None where it is not that simple."""
    if '"' in text:
        return None
    used = sorted({place for place in vars(columns).values() if place >= 0})
    options = {"sep": separator, "header": None, "skiprows": above + 1, "dtype": object}
    try:
        frame = pd.read_csv(
            io.StringIO(text), **options, names=list(range(width)), quoting=csv.QUOTE_NONE,
            keep_default_na=False, skip_blank_lines=False, engine="c", index_col=False,
            on_bad_lines="error",
        )  # fmt: skip
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError):
        return None
    table: list[Column] = [np.empty(0, dtype=object)] * width
    full = np.zeros(len(frame), dtype=bool)
    for place in used:
        table[place] = frame[place].to_numpy()
        full |= np.array([bool(v) and v == v for v in table[place]], dtype=bool)
    lines = np.arange(len(frame), dtype=np.int64) + above + 2
    if not full.all():
        table = [column[full] if len(column) else column for column in table]
        lines = lines[full]
    return table, lines


def _slowly(
    text: str, separator: str, above: int, width: int, file: str, rejected: list[Rejection]
) -> tuple[Sequence[Column], Ints]:
    csv.field_size_limit(1 << 24)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[list[str]] = []
    lines: list[int] = []
    while True:
        before = reader.line_num
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error:
            reason = Message("The line is no row of the table (a quote or a NUL in the way).")
            rejected.append(Rejection(file, reader.line_num, reason))
            continue
        if before <= above or not any(cell.strip() for cell in row):
            continue
        if len(row) != width:
            reason = Message(
                "The line has {n} columns, the header {width}.", {"n": len(row), "width": width}
            )
            rejected.append(Rejection(file, before + 1, reason))
            continue
        rows.append(row)
        lines.append(before + 1)
    table = [np.array(column, dtype=object) for column in zip(*rows, strict=True)]
    if not table:
        table = [np.empty(0, dtype=object)] * width
    return table, np.array(lines, dtype=np.int64)
