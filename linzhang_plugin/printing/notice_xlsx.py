"""The notice's tables as a workbook in which no cell can be a formula."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

from linzhang_plugin.core.messages import InputError, MissingLibraryError, tr
from linzhang_plugin.core.patrols.notice import Notice

STAMP = datetime(2021, 1, 1)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def write_xlsx(notice: Notice, path: Path) -> None:
    """Write a sheet of text and one for each table.

    Raises:
        MissingLibraryError: openpyxl is not installed.
        InputError: The file cannot be written.
    """
    try:
        import openpyxl  # optional library: asked for only when a workbook is written
    except ImportError as error:
        raise MissingLibraryError(
            tr("XLSX needs the Python library openpyxl; install it or skip XLSX.")
        ) from error
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = STAMP
    sheet = book.active
    sheet.title = "通报"
    lines = [notice.title, notice.number]
    for heading, paragraphs, _ in notice.parts:
        lines += [heading, *paragraphs]
    for number, line in enumerate([*lines, notice.issuer, notice.date], start=1):
        _put(sheet, number, 1, line)
    sheet.column_dimensions["A"].width = 100
    for _, _, tables in notice.parts:
        for table in tables:
            made = book.create_sheet(re.sub(r"[\\/*?:\[\]]", " ", table.title)[:31])
            for row, cells in enumerate([table.header, *table.rows], start=1):
                for column, cell in enumerate(cells, start=1):
                    _put(made, row, column, cell)
            made.freeze_panes = "A2"
    try:
        book.save(path)
    except OSError as error:
        raise InputError(
            tr("{path} cannot be written; close it in Excel or choose another folder."),
            path=str(path),
        ) from error


def _put(sheet: Any, row: int, column: int, value: object) -> None:
    """Write a number as a number and anything else as text, also what looks like a formula."""
    cell = sheet.cell(row, column)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        cell.value = value
        return
    cell.value = _CONTROL.sub("", str(value))
    cell.data_type = "s"
