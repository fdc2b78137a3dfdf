"""Cells of delivered lists as the values of a table: codes by name, days, numbers, yes and no."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.tables.code_data import LISTS
from linzhang_plugin.core.tables.field import Field, Table
from linzhang_plugin.core.tables.intake.findings import Finding
from linzhang_plugin.core.tables.intake.names import FieldMatch, match_fields
from linzhang_plugin.core.tables.intake.sheets import Sheet

YES = frozenset({"是", "1", "true", "yes", "y", "有", "√", "合格", "达标", "通过", "已"})
NO = frozenset({"否", "0", "false", "no", "n", "无", "×", "x", "不合格", "未达标", "未通过", "未"})
FIRST_YEAR, LAST_YEAR = 1900, 2200
FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000
"""Days since 1899-12-30 that a bare number in a date column is taken for (1954 to 2119)."""
TOTALS = ("合计", "总计", "小计", "共计", "制表", "填表", "审核", "注:", "注：", "说明")
"""Beginnings of rows that are no data."""


def cell_text(value: object) -> str | None:
    """Give a cell as stripped text, None where it is empty; 3.0 is 3, midnight is a day."""
    if value is None or value != value:
        return None
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        value = value.date()
    return str(value).strip() or None


def read_rows(
    sheets: Sequence[Sheet],
    aliases: Mapping[str, str],
    table: Table,
    field_map: Mapping[str, str],
    findings: list[Finding],
) -> tuple[pd.DataFrame, FieldMatch]:
    """Read sheets into one frame of a table's values.

    Args:
        sheets: Tables with their titles.
        aliases: Field → its names; a field that ``table`` has not is kept as text.
        table: What the values are to be.
        field_map: The user's field → column.
        findings: Receives what was not understood.

    Returns:
        A frame with ``row`` and every field of ``aliases`` (None where missing), and the match
        of the last sheet.

    Raises:
        InputError: FIELD_MAP is wrong.
    """
    frames = []
    match = FieldMatch()
    for sheet in sheets:
        match = match_fields(sheet.titles, aliases, field_map)
        kept = [i for i, row in enumerate(sheet.rows) if not is_total(row)]
        numbers = [sheet.numbers[i] for i in kept]
        made: dict[str, Any] = {"row": numbers}
        for name in aliases:
            column = match.columns.get(name)
            if column is None:
                values: list[str | None] = [None] * len(kept)
            else:
                at = sheet.titles.index(column)
                values = [cell_text(sheet.rows[i][at]) for i in kept]
            # As objects: newer pandas would turn missing text into NaN.
            made[name] = pd.Series(typed(table, name, values, numbers, findings), dtype=object)
        frames.append(pd.DataFrame(made))
    whole = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    return whole, match


def is_total(row: Sequence[object]) -> bool:
    """Tell whether a row is a total, or a line across the page under the table."""
    texts = [t for cell in row if (t := cell_text(cell))]
    if len(texts) > 3 and len(set(texts)) == 1:
        return True  # merged cells hold their text in each of them
    first = texts[0] if texts else ""
    return first.replace(" ", "").startswith(TOTALS)


def typed(
    table: Table,
    name: str,
    values: Sequence[str | None],
    numbers: Sequence[int],
    findings: list[Finding],
) -> list[object]:
    """Give a column's values as the field wants them; what is not understood is left empty.

    Args:
        table: The table.
        name: A column; one that the table has not stays text.
        values: Cells as text.
        numbers: Row number of each, for the findings.
        findings: Receives a finding a value that is not understood.
    """
    field = table.field(name) if name in table.names else None
    made: list[object] = []
    for row, value in zip(numbers, values, strict=True):
        made.append(None if value is None else _value(field, value, row, findings))
    if field is not None and field.unit == "percent":
        _percents(made, name, findings)
    return made


def _value(field: Field | None, value: str, row: int, findings: list[Finding]) -> object:
    if field is None:
        return value
    if field.codes:
        return code_of(field.codes, value, row, findings)
    if field.kind in ("real", "integer"):
        number = number_of(field, value, row, findings)
        return int(number) if field.kind == "integer" and number is not None else number
    if field.kind == "date":
        return date_of(field.zh, value, row, findings)
    if field.kind == "boolean":
        return yes_or_no(field.zh, value, row, findings)
    if field.width and len(value) > field.width:
        values = {"field": field.zh, "n": field.width}
        text = Message(tr("{field} is longer than {n} characters; cut"), values)
        findings.append(Finding(row, value[:20], "note", text))
        return value[: field.width]
    return value


def code_of(domain: str, value: str, row: int, findings: list[Finding]) -> str | None:
    """Give the code of a value that is a code, a name, or ``code-name``."""
    entries = LISTS[domain]
    first = value.split("-")[0].strip()
    for code, zh, en in entries:
        same = value.isdigit() and code.isdigit() and int(value) == int(code)
        if same or value in (code, zh, en) or first in (code, zh):
            return code
    if len(value) > 1:
        for code, zh, _ in entries:
            if zh in value or value in zh:
                return code
    text = Message(tr("{value} is no {domain}; left empty"), {"value": value, "domain": domain})
    findings.append(Finding(row, value, "code", text))
    return None


def number_of(field: Field, value: str, row: int, findings: list[Finding]) -> float | None:
    """Read a number with its unit behind it; one out of the field's range is left empty."""
    values: dict[str, Any] = {"value": value, "field": field.zh}
    found = re.fullmatch(
        r"[-+]?[\d,，]*\.?\d+(?:[eE][-+]?\d+)?", value.rstrip("%％°度米m亩万元户个条次 ")
    )
    if found is None:
        text = Message(tr("{value} in {field} is no number; left empty"), values)
        findings.append(Finding(row, value, "note", text))
        return None
    number = float(found.group().replace(",", "").replace("，", ""))
    low, high = field.low, field.high
    if (low is not None and number < low) or (high is not None and number > high):
        text = Message(tr("{value} in {field} is out of range; left empty"), values)
        findings.append(Finding(row, value, "note", text))
        return None
    return number


def _percents(made: list[object], name: str, findings: list[Finding]) -> None:
    """Take a column of shares (a percent format in Excel stores 85 % as 0.85) as percents."""
    numbers = [v for v in made if isinstance(v, float)]
    if numbers and max(numbers) <= 1.0 and any(0 < v < 1 for v in numbers):
        made[:] = [100.0 * v if isinstance(v, float) else v for v in made]
        text = Message(tr("{field} was read as shares of 1"), {"field": name})
        findings.append(Finding(0, name, "note", text))


def date_of(name: str, value: str, row: int, findings: list[Finding]) -> str | None:
    """Read ``2026-03-01``, ``2026/3/1``, ``2026年3月1日``, ``20260301`` or Excel's day number."""
    plain = value.replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-")
    plain = plain.replace(".", "-").split(" ")[0].split("T")[0]
    parts = plain.strip("-").split("-")
    if len(parts) == 1 and parts[0].isdigit():
        number = int(parts[0])
        if len(parts[0]) == 8:
            parts = [parts[0][:4], parts[0][4:6], parts[0][6:]]
        elif FIRST_SERIAL <= number <= LAST_SERIAL:
            return (date(1899, 12, 30) + timedelta(days=number)).isoformat()
    try:
        made = date(*(int(p) for p in [*parts, "1", "1"][:3]))
        if not FIRST_YEAR <= made.year <= LAST_YEAR:
            raise ValueError
        return made.isoformat()
    except (ValueError, TypeError):
        values = {"value": value, "field": name}
        text = Message(tr("{value} in {field} is no date; left empty"), values)
        findings.append(Finding(row, value, "note", text))
        return None


def yes_or_no(name: str, value: str, row: int, findings: list[Finding]) -> bool | None:
    """Read yes or no."""
    if value.lower() in YES:
        return True
    if value.lower() in NO:
        return False
    values = {"value": value, "field": name}
    text = Message(tr("{value} in {field} is neither yes nor no; left empty"), values)
    findings.append(Finding(row, value, "note", text))
    return None
