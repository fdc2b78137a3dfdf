"""The notice's tables as a workbook in which no cell can be a formula."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

from linzhang_plugin.core.messages import InputError, MissingLibraryError, tr
from linzhang_plugin.core.patrols.notice_form import Notice, Percent, Sheet

STAMP = datetime(2021, 1, 1)
INTERNAL = "内部资料　注意保密"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def write_xlsx(notice: Notice, path: Path) -> None:
    """Write a sheet of text and one for each table.

    Raises:
        MissingLibraryError: openpyxl is not installed.
        InputError: The file cannot be written.
    """
    try:
        import openpyxl  # optional library: asked for only when a workbook is written
        import openpyxl.styles
        import openpyxl.utils
    except ImportError as error:
        raise MissingLibraryError(
            tr("XLSX needs the Python library openpyxl; install it or skip XLSX.")
        ) from error
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = STAMP
    book.properties.creator = notice.issuer or "林长办"
    sheet = book.active
    sheet.title = "通报"
    lines = [] if notice.public else [INTERNAL]
    lines += [line for line in (notice.title, notice.number, notice.to) if line]
    for heading, paragraphs, _ in notice.parts:
        lines += [heading, *paragraphs]
    for number, line in enumerate([*lines, notice.issuer, notice.date], start=1):
        _put(sheet, number, 1, line)
        sheet.cell(number, 1).alignment = openpyxl.styles.Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = 100
    look = _Look(openpyxl.styles)
    for table in notice.tables:
        made = book.create_sheet(re.sub(r"[\\/*?:\[\]]", " ", table.title)[:31])
        for row, cells in enumerate([table.header, *table.rows], start=1):
            for column, cell in enumerate(cells, start=1):
                _put(made, row, column, cell)
                look.dress(made.cell(row, column), row == 1)
        for column, width in enumerate(_widths(table), start=1):
            made.column_dimensions[openpyxl.utils.get_column_letter(column)].width = width
        made.freeze_panes = "A2"
        made.print_title_rows = "1:1"
        made.page_setup.orientation = "landscape" if len(table.header) > 6 else "portrait"
        made.page_setup.paperSize = made.PAPERSIZE_A4
        made.page_setup.fitToHeight = 0
        made.sheet_properties.pageSetUpPr.fitToPage = True
        if notice.sample:
            made.oddFooter.center.text = "示例"
    try:
        book.save(path)
    except OSError as error:
        raise InputError(
            tr("{path} cannot be written; close it in Excel or choose another folder."),
            path=str(path),
        ) from error


class _Look:
    """Borders and fonts of a table's cells."""

    def __init__(self, styles: Any) -> None:
        thin = styles.Side(style="thin")
        self.border = styles.Border(left=thin, right=thin, top=thin, bottom=thin)
        self.bold = styles.Font(bold=True)
        self.centre = styles.Alignment(horizontal="center", vertical="center", wrap_text=True)

    def dress(self, cell: Any, head: bool) -> None:
        """Dress one cell."""
        cell.border, cell.alignment = self.border, self.centre
        if head:
            cell.font = self.bold


def _widths(table: Sheet) -> list[float]:
    """Give the columns' widths: a Chinese character takes two."""
    wide = [max(_length(row[column]) for row in (table.header, *table.rows))
            for column in range(len(table.header))]  # fmt: skip
    return [min(60.0, max(8.0, 2.0 + length)) for length in wide]


def _length(value: object) -> int:
    return sum(2 if ord(letter) > 255 else 1 for letter in str(value))


def _put(sheet: Any, row: int, column: int, value: object) -> None:
    """Write a number as a number and anything else as text, also what looks like a formula."""
    cell = sheet.cell(row, column)
    if isinstance(value, Percent):
        cell.value = float(value) / 100.0
        cell.number_format = "0.00%"
        return
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        cell.value = value
        return
    cell.value = _CONTROL.sub("", str(value))
    cell.data_type = "s"
