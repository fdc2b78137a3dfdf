"""Tables that offices keep in XLSX and CSV: the header found under title rows and merged cells."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linzhang_plugin.core.messages import InputError, MissingLibraryError, tr
from linzhang_plugin.core.tables.intake.encoding import detect
from linzhang_plugin.core.tables.intake.names import plain_name

LARGEST = 200_000_000
"""Unpacked bytes of an XLSX above which it is taken for a zip bomb."""
MOST_ROWS = 200_000
SEARCHED = 30
"""Rows in which the header is looked for."""

Cells = list[list[Any]]


@dataclass(frozen=True)
class Sheet:
    """A table with its header.

    Attributes:
        name: Title of the sheet, or the file's stem.
        titles: Column titles; empty ones and repeated ones are made unique.
        rows: Cells below the header, without empty rows.
        numbers: Row number in the file of each row, from 1.
    """

    name: str
    titles: list[str]
    rows: Cells
    numbers: list[int]


def read_sheets(
    path: Path, aliases: Mapping[str, str], must: str = "", encoding: str = ""
) -> list[Sheet]:
    """Read every sheet of an XLSX, or a CSV, that holds a table of the wanted columns.

    Args:
        path: The file.
        aliases: Field → aliases; the header is the row with the most of them.
        must: A field whose column a header must have, empty for none.
        encoding: Codec of a CSV, empty to detect.

    Raises:
        InputError: Not readable, too large, or without such a header.
        MissingLibraryError: openpyxl is not installed.
    """
    ending = path.suffix.lower()
    if ending in (".xlsx", ".xlsm"):
        books = _xlsx(path)
    elif ending in (".csv", ".txt", ".tsv"):
        books = {path.stem: _csv(path, encoding)}
    else:
        raise InputError(
            tr("{file} is no XLSX or CSV file; save it as .xlsx in Excel or WPS."), file=path.name
        )
    found = [
        sheet for name, cells in books.items() if (sheet := table_of(name, cells, aliases, must))
    ]
    if not found:
        wanted = "、".join(words.split()[1] for words in list(aliases.values())[:6])
        raise InputError(
            tr("{file} has no row of column titles such as {titles}; add one."),
            file=path.name,
            titles=wanted,
        )
    return found


def table_of(name: str, cells: Cells, aliases: Mapping[str, str], must: str = "") -> Sheet | None:
    """Find the header of a sheet; None when there is none.

    A header may take two rows (a merged group title above): then the lower title counts, or the
    upper one where the lower is empty.
    """
    known = {
        plain_name(alias): field for field, words in aliases.items() for alias in words.split()
    }
    best, score = -1, 0
    for index, row in enumerate(cells[:SEARCHED]):
        titles = _joined(row, cells[index - 1] if index else [], known)
        fields = {known[t] for title in titles if (t := plain_name(title)) in known}
        if must and must not in fields:
            continue
        if len(fields) > score and len(fields) >= (1 if len(row) == 1 else 2):
            best, score = index, len(fields)
    if best < 0:
        return None
    above = cells[best - 1] if best else []
    titles = []
    for column, title in enumerate(_joined(cells[best], above, known), start=1):
        title = title or f"column {column}"
        while title in titles:
            title += "_2"
        titles.append(title)
    first = best + 1
    body = [(first + i + 1, _padded(row, len(titles))) for i, row in enumerate(cells[first:])]
    body = [(number, row) for number, row in body if any(_title(cell) for cell in row)]
    return Sheet(name, titles, [row for _, row in body], [number for number, _ in body])


def _joined(row: list[Any], above: list[Any], known: Mapping[str, str]) -> list[str]:
    """Give a header's titles: an empty one takes the known title above it."""
    titles = []
    for column, cell in enumerate(row):
        upper = _title(above[column]) if column < len(above) else ""
        titles.append(_title(cell) or (upper if plain_name(upper) in known else ""))
    return titles


def _title(cell: Any) -> str:
    return "" if cell is None else " ".join(str(cell).split())


def _padded(row: list[Any], width: int) -> list[Any]:
    return (row + [None] * width)[:width]


def _csv(path: Path, encoding: str) -> Cells:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error
    if len(data) > LARGEST:
        raise _too_large(path)
    codec = encoding or (
        "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else detect(data, "", True)
    )
    text = data.decode(codec, errors="replace").lstrip("\ufeff")
    first = text[:5000]
    delimiter = max((",", "\t", ";"), key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        rows: Cells = [list(row) for row in reader]
    except csv.Error as error:
        raise _unreadable(path, error) from error
    if len(rows) > MOST_ROWS:
        raise _too_large(path)
    return rows


def _xlsx(path: Path) -> dict[str, Cells]:
    try:
        import openpyxl
    except ImportError as error:
        raise MissingLibraryError(
            tr(
                "Reading {file} needs the Python library openpyxl, which is not installed; save the"
                " table as CSV, or install openpyxl."
            ),
            file=path.name,
        ) from error
    _check_zip(path)
    try:
        book = openpyxl.load_workbook(path, data_only=True)
        return {sheet.title: _cells(sheet, path) for sheet in book.worksheets}
    except InputError:
        raise
    except Exception as error:
        # openpyxl raises whatever its parsers raise: for people it is one thing, a bad file.
        raise _unreadable(path, error) from error


def _check_zip(path: Path) -> None:
    """Refuse zip bombs and XML with entities before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as book:
            if sum(entry.file_size for entry in book.infolist()) > LARGEST:
                raise _too_large(path)
            for entry in book.infolist():
                if entry.filename.endswith((".xml", ".rels")):
                    with book.open(entry) as stream:
                        if b"<!DOCTYPE" in stream.read(2_000):
                            raise InputError(
                                tr("{file} holds XML that no office program writes; not opened."),
                                file=path.name,
                            )
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise _unreadable(path, error) from error


def _cells(sheet: Any, path: Path) -> Cells:
    """Give a sheet's cells, each merged cell's value in all of its cells."""
    if sheet.max_row > MOST_ROWS:
        raise _too_large(path)
    rows: Cells = [list(row) for row in sheet.iter_rows(values_only=True)]
    for merged in sheet.merged_cells.ranges:
        if merged.max_col - merged.min_col > 3 and merged.min_row <= SEARCHED:
            continue  # a title across the page is no column's
        value = rows[merged.min_row - 1][merged.min_col - 1]
        for row in range(merged.min_row - 1, min(merged.max_row, len(rows))):
            for column in range(merged.min_col - 1, merged.max_col):
                if column < len(rows[row]):
                    rows[row][column] = value
    return rows


def _too_large(path: Path) -> InputError:
    return InputError(
        tr("{file} is larger than any roster; take the table out of it."), file=path.name
    )


def _unreadable(path: Path, error: Exception) -> InputError:
    return InputError(
        tr("{file} cannot be read ({reason}); open it in Excel or WPS and save it as .xlsx."),
        file=path.name,
        reason=str(error)[:120],
    )
