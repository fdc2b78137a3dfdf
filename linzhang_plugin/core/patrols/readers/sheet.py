"""XLSX: every sheet whose header is recognised."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time
from typing import Any

import numpy as np

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.readers.columns import Columns, recognise
from linzhang_plugin.core.patrols.readers.members import DAMAGE
from linzhang_plugin.core.patrols.readers.owner import person_in
from linzhang_plugin.core.patrols.readers.reading import Reading, joined, nothing
from linzhang_plugin.core.patrols.readers.rejected import Rejection
from linzhang_plugin.core.patrols.readers.rows import NO_COLUMNS, Column, read_rows
from linzhang_plugin.core.patrols.readers.safety import DOCTYPE, TOO_LARGE

Merged = tuple[int, int, int, int]
"""First column and row, last column and row, from 1."""
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
HEADER_ROWS = 12
UNPACKED = 500 << 20
NO_LIBRARY = Message(
    "XLSX needs the Python library openpyxl, which is not installed; save the file as CSV."
)
NO_WORKBOOK = Message("The file is no XLSX workbook; open it and save it again.")


def read_xlsx(data: bytes, file: str, clock: Clock, person_field: str = "") -> Reading:
    """Read all sheets of a workbook.

    Args:
        data: The file.
        file: Its name, for rejections.
        clock: Zone of times that name none; Excel dates have none.
        person_field: Column that says whose fix it is; empty: by its name.
    """
    refusal = unsafe(data)
    if refusal is not None:
        return nothing([Rejection(file, 0, refusal)])
    try:
        import openpyxl  # optional library: asked for only when a workbook comes
    except ImportError:
        return nothing([Rejection(file, 0, NO_LIBRARY)])
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = [
            (sheet.title, _filled(list(sheet.iter_rows(values_only=True)), merged_in(data, sheet)))
            for sheet in book.worksheets
        ]
    except Exception:
        return nothing([Rejection(file, 0, NO_WORKBOOK)])
    sheets = [(title, rows) for title, rows in sheets if rows]
    if not sheets:
        return nothing([Rejection(file, 0, Message("The workbook is empty."))])
    alone = len(sheets) == 1
    readings = [
        _sheet(rows, file if alone else f"{file}/{title}", clock, person_field)
        for title, rows in sheets
    ]
    titles = [title for title, _ in sheets]
    if sum(len(reading) > 0 for reading in readings) > 1:
        for title, reading in zip(titles, readings, strict=True):
            if not any(reading.person):  # a sheet a person
                reading.person[:] = person_in(title)
    return joined(readings)


def merged_in(data: bytes, sheet: Any) -> list[Merged]:
    """Give the merged cells of a sheet, which openpyxl leaves out where it reads row by row."""
    path = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return [
                (column_number(c1), int(r1), column_number(c2), int(r2))
                for c1, r1, c2, r2 in _MERGED.findall(package.read(path))
            ]
    except (KeyError, *DAMAGE):
        return []


def column_number(letters: bytes) -> int:
    """Give a column's number from 1: ``A`` 1, ``AA`` 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _filled(rows: list[tuple[Any, ...]], merged: list[Merged]) -> list[tuple[Any, ...]]:
    """Write what stands in cells merged over several rows into each of these rows.

    A name or day merged over a person's rows holds for all of them. Ranges never overlap, so more
    cells than the sheet has are an attack and not filled.
    """
    room = sum(map(len, rows))
    for left, top, right, bottom in merged:
        bottom = min(bottom, len(rows))
        if bottom <= top or left > len(rows[top - 1]):
            continue
        value = rows[top - 1][left - 1]
        for place in range(top, bottom):
            width = min(right, len(rows[place]))
            room -= width - left + 1
            if room < 0:
                return rows
            row = rows[place]
            rows[place] = (*row[: left - 1], *[value] * (width - left + 1), *row[width:])
    return rows


def _sheet(rows: list[tuple[Any, ...]], file: str, clock: Clock, person_field: str) -> Reading:
    for above, header in enumerate(rows[:HEADER_ROWS]):
        columns = recognise(["" if c is None else c for c in header], person_field)
        if columns.enough:
            return _read(rows[above + 1 :], above + 2, len(header), columns, file, clock)
    return nothing([Rejection(file, 1, NO_COLUMNS)])


def unsafe(data: bytes) -> Message | None:
    """Tell why a workbook must not be opened, or None."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(info.file_size for info in package.infolist()) > UNPACKED:
                return TOO_LARGE
            for info in package.infolist():
                if info.filename.endswith((".xml", ".rels")):
                    with package.open(info) as member:
                        if b"<!DOCTYPE" in member.read(4096):
                            return DOCTYPE
    except DAMAGE:
        return NO_WORKBOOK
    return None


def _read(
    rows: list[tuple[Any, ...]], first: int, width: int, columns: Columns, file: str, clock: Clock
) -> Reading:
    lines = np.arange(len(rows), dtype=np.int64) + first
    full = np.array([any(c is not None for c in row) for row in rows], dtype=bool)
    kept = [row for row, good in zip(rows, full, strict=True) if good]
    table: list[Column] = []
    for place in range(width):
        column: Column = np.empty(len(kept), dtype=object)
        column[:] = [plain(row[place]) if place < len(row) else None for row in kept]
        table.append(column)
    return read_rows(columns, table, lines[full] if len(rows) else lines, file, clock, [])


def plain(value: object) -> object:
    """Give a cell as the text readers understand."""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="milliseconds" if value.microsecond else "seconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return None if value is None else str(value)
