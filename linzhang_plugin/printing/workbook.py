"""Tables as XLSX that an office prints: titles, grouped headings, merged cells, A4, no formulas.

A workbook is described first (:class:`Sheet`) and then written at once. Text can never become a
formula, whatever a village is called; the same tables give the same bytes.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from linzhang_plugin.core.messages import MissingLibraryError, StoreError, tr

ZIP_DAY = (2021, 1, 1, 0, 0, 0)
STAMP = "2021-01-01T00:00:00Z"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
LONGEST = 32_000
"""Characters of one cell (Excel's limit is 32,767)."""
FONT = "宋体"
TITLE_FONT = "方正小标宋简体"


class _Same:
    """Marks a cell that is one with the cell above it."""


SAME = _Same()
"""A cell merged with the one above it."""


@dataclass(frozen=True)
class Column:
    """A column.

    Attributes:
        title: Its heading.
        width: Characters that fit.
        group: Heading above it, shared by neighbours; empty for none.
        decimals: Decimals of its numbers, None for as they are.
    """

    title: str
    width: float = 12.0
    group: str = ""
    decimals: int | None = None


@dataclass(frozen=True, eq=False)
class Sheet:
    """A sheet to be printed.

    Attributes:
        name: On its tab.
        title: Above the table, large.
        columns: Its columns.
        rows: Cells; numbers stay numbers, None is empty, :data:`SAME` is merged upwards.
        notes: Lines between title and table.
        footer: Lines under the table.
        landscape: Paper lies on its side.
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    notes: Sequence[str] = ()
    footer: Sequence[str] = ()
    landscape: bool = True
    row_height: float | None = field(default=None)


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write a workbook, whole or not at all.

    Args:
        path: The ``.xlsx`` file; replaced if it exists.
        sheets: At least one.

    Raises:
        MissingLibraryError: openpyxl is not installed.
        StoreError: The file cannot be written.
    """
    data = workbook_bytes(sheets)
    draft = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(data)
        os.replace(draft, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise StoreError(
            tr("{path} cannot be written ({reason}); close it in Excel or WPS and try again."),
            path=str(path),
            reason=str(error.strerror or error),
        ) from error


def workbook_bytes(sheets: Sequence[Sheet]) -> bytes:
    """Give the file's bytes.

    Raises:
        MissingLibraryError: openpyxl is not installed.
    """
    try:
        import openpyxl  # optional library: asked for only when a workbook is written
    except ImportError as error:
        raise MissingLibraryError(
            tr("XLSX needs the Python library openpyxl; install it or skip XLSX.")
        ) from error
    book = openpyxl.Workbook()
    book.remove(book.active)
    used: set[str] = set()
    for sheet in sheets:
        _fill(book.create_sheet(_tab(sheet.name, used)), sheet)
    raw = io.BytesIO()
    book.save(raw)
    return _timeless(raw.getvalue())


def _tab(name: str, used: set[str]) -> str:
    """Give a name that Excel takes, once only."""
    plain = re.sub(r"[\\/*?:\[\]]", " ", name).strip("' ")[:28] or "Sheet"
    made, number = plain, 2
    while made.lower() in used:
        made, number = f"{plain} {number}", number + 1
    used.add(made.lower())
    return made


def _timeless(data: bytes) -> bytes:
    """Take the time of writing out of a workbook."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _DATES.sub(rb"\g<1>" + STAMP.encode() + rb"\g<2>", content)
            fresh = zipfile.ZipInfo(entry.filename, ZIP_DAY)
            fresh.compress_type = zipfile.ZIP_DEFLATED
            fresh.external_attr = 0o644 << 16
            new.writestr(fresh, content)
    return made.getvalue()


def _fill(page: Any, sheet: Sheet) -> None:
    """Write one sheet."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    width = len(sheet.columns)
    middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
    left = Alignment(horizontal="left", vertical="center", wrap_text=True)
    line = Side(style="thin")
    frame = Border(left=line, right=line, top=line, bottom=line)
    _put(page, 1, 1, sheet.title, Font(name=TITLE_FONT, size=18), middle)
    page.merge_cells(start_row=1, end_row=1, start_column=1, end_column=width)
    page.row_dimensions[1].height = 30
    row = 2
    for note in sheet.notes:
        _put(page, row, 1, note, Font(name=FONT, size=10), left)
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
        row += 1
    first = row
    groups = any(column.group for column in sheet.columns)
    _headings(page, sheet, first, groups)
    grey = PatternFill("solid", fgColor="E8EFE4")
    body = first + 1 + groups
    for number in range(first, body):
        for place in range(1, width + 1):
            cell = page.cell(number, place)
            cell.font, cell.alignment, cell.border, cell.fill = (
                Font(name=FONT, size=10, bold=True), middle, frame, grey,
            )  # fmt: skip
    for index, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(index)].width = column.width
    _rows(page, sheet, body, frame, middle, left)
    last = body + len(sheet.rows)
    for number, text in enumerate(sheet.footer):
        _put(page, last + number, 1, text, Font(name=FONT, size=10), left)
        page.merge_cells(
            start_row=last + number, end_row=last + number, start_column=1, end_column=width
        )
    page.freeze_panes = page.cell(body, 1)
    page.print_title_rows = f"{first}:{body - 1}"
    page.page_setup.orientation = "landscape" if sheet.landscape else "portrait"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_margins.left = page.page_margins.right = 0.5
    page.page_margins.top = page.page_margins.bottom = 0.6
    page.print_options.horizontalCentered = True
    page.oddFooter.center.text = "第 &P 页，共 &N 页"


def _headings(page: Any, sheet: Sheet, row: int, groups: bool) -> None:
    """Write the headings, groups above their columns."""
    columns = sheet.columns
    for index, column in enumerate(columns, start=1):
        if not groups:
            _text(page.cell(row, index), column.title)
        elif not column.group:
            _text(page.cell(row, index), column.title)
            page.merge_cells(start_row=row, end_row=row + 1, start_column=index, end_column=index)
        else:
            _text(page.cell(row + 1, index), column.title)
            if index == 1 or columns[index - 2].group != column.group:
                end = index
                while end < len(columns) and columns[end].group == column.group:
                    end += 1
                _text(page.cell(row, index), column.group)
                if end > index:
                    page.merge_cells(start_row=row, end_row=row, start_column=index, end_column=end)


def _rows(page: Any, sheet: Sheet, first: int, frame: Any, middle: Any, left: Any) -> None:
    """Write the cells, then merge those that are one with the cell above."""
    from openpyxl.styles import Font

    plain = Font(name=FONT, size=10)
    for number, cells in enumerate(sheet.rows, start=first):
        if sheet.row_height:
            page.row_dimensions[number].height = sheet.row_height
        for index, value in enumerate(cells, start=1):
            cell = page.cell(number, index)
            cell.border, cell.font = frame, plain
            cell.alignment = middle if isinstance(value, (int, float)) else left
            if value is not SAME:
                _value(cell, value, sheet.columns[index - 1].decimals)
    for index in range(len(sheet.columns)):
        start = 0
        for number in range(1, len(sheet.rows) + 1):
            if number < len(sheet.rows) and sheet.rows[number][index] is SAME:
                continue
            if number - start > 1:
                page.merge_cells(start_row=first + start, end_row=first + number - 1,
                                 start_column=index + 1, end_column=index + 1)  # fmt: skip
            start = number


def _put(page: Any, row: int, column: int, value: str, font: Any, alignment: Any) -> None:
    cell = page.cell(row, column)
    _text(cell, value)
    cell.font, cell.alignment = font, alignment


def _value(cell: Any, value: Any, decimals: int | None) -> None:
    """Write a number as a number, nothing as nothing, and anything else as text."""
    if value is None or str(value) in ("nan", "<NA>", "NaT"):
        return
    if isinstance(value, bool):
        _text(cell, "是" if value else "否")
    elif isinstance(value, (int, float)):
        cell.value = value
        if decimals is not None:
            cell.number_format = "0." + "0" * decimals if decimals else "0"
    else:
        _text(cell, str(value))


def _text(cell: Any, text: str) -> None:
    """Write text, also what looks like a formula, as text for good."""
    plain = _CONTROL.sub("", text)[:LONGEST]
    cell.value = plain
    cell.data_type = "s"
    if plain[:1] in "=+-@\t\r":
        # Excel keeps it text when the cell is edited.
        cell.quotePrefix = bool(plain)
