"""Lists of checks and acceptances, as ``bare_slope_check`` keeps them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.slopes.moves import day_of, filled
from linzhang_plugin.core.tables.code_data import LISTS
from linzhang_plugin.core.tables.intake.findings import Finding
from linzhang_plugin.core.tables.intake.names import FieldMatch
from linzhang_plugin.core.tables.intake.sheets import Sheet
from linzhang_plugin.core.tables.intake.typed import read_rows
from linzhang_plugin.core.tables.schema.slopes import BARE_SLOPE_CHECK

CHECK_ALIASES: dict[str, str] = {
    "site_code": "site_code 图斑编号 编号 图斑号",
    "check_on": "check_on 检查日期 验收日期 检查时间 验收时间 日期",
    "check_kind": "kind 检查类别 类别 检查类型",
    "cover_pct": "cover_pct cover_percent 植被覆盖率 覆盖率 盖度",
    "survival_pct": "survival_pct 成活率 苗木成活率",
    "passed": "passed 是否合格 检查结论 结论 是否达标",
    "checked_by": "checked_by 检查人 验收人",
    "photo_before": "photo_before 复绿前照片 治理前照片",
    "photo_after": "photo_after 复绿后照片 治理后照片 照片",
}
"""Columns of a list of checks."""

KINDS = frozenset(code for code, _, _ in LISTS["slope_check"])
NUMERALS = {"三": 3, "六": 6, "十二": 12, "二十四": 24, "三十六": 36, "一年": 12, "三年": 36}


@dataclass(frozen=True, eq=False)
class CheckIntake:
    """An imported list.

    Attributes:
        frame: Rows of :data:`BARE_SLOPE_CHECK`.
        match: Which column was taken for which field.
        findings: What was refused or not understood.
        n_refused: Rows refused.
    """

    frame: pd.DataFrame
    match: FieldMatch
    findings: list[Finding]
    n_refused: int


def intake_checks(
    sheets: Sequence[Sheet],
    field_map: Mapping[str, str],
    known: Collection[str],
    today: date,
    kind: str = "",
    day: str = "",
) -> CheckIntake:
    """Read a list of checks.

    Args:
        sheets: The list.
        field_map: The user's field → column.
        known: Codes of the register.
        today: No check lies after it.
        kind: Kind of rows that say none.
        day: Day of rows that say none, ISO.

    Raises:
        InputError: FIELD_MAP is wrong.
    """
    findings: list[Finding] = []
    table, match = read_rows(sheets, CHECK_ALIASES, BARE_SLOPE_CHECK, field_map, findings)
    kept: list[dict[str, object]] = []
    seen: set[tuple[object, ...]] = set()
    refused = 0
    for row in table.to_dict("records"):
        row["check_on"] = row["check_on"] if filled(row["check_on"]) else day or None
        row["kind"] = kind_of(row.pop("check_kind"), kind)
        told = _refused(row, known, today)
        key = (row["site_code"], row["check_on"], row["kind"])
        if told is None and key in seen:
            told = Message(tr("stands twice in the list"))
        if told is not None:
            refused += 1
            findings.append(Finding(int(row["row"]), str(row["site_code"] or ""), "refused", told))
            continue
        seen.add(key)
        kept.append(row)
    frame = pd.DataFrame(kept, columns=BARE_SLOPE_CHECK.names, dtype=object)
    return CheckIntake(frame, match, sorted(findings, key=lambda f: f.row), refused)


def kind_of(written: object, usual: str = "") -> str | None:
    """Give the kind of a check as lists write it, ``usual`` where nothing is written.

    Example:
        >>> kind_of("三个月检查"), kind_of("36个月"), kind_of("竣工验收"), kind_of(None, "visit")
        ('month_3', 'month_36', 'acceptance', 'visit')
    """
    if not filled(written):
        return usual or None
    text = str(written).strip()
    if text in KINDS:
        return text
    months = re.search(r"(\d+)\s*个?月", text)
    if months and f"month_{int(months.group(1))}" in KINDS:
        return f"month_{int(months.group(1))}"
    for word in sorted(NUMERALS, key=len, reverse=True):
        if text.startswith(word) and ("月" in text or "年" in word):
            return f"month_{NUMERALS[word]}"
    for code, zh, _ in LISTS["slope_check"]:
        if text == zh:
            return code
    if "验收" in text:
        return "acceptance"
    if "影像" in text or "遥感" in text:
        return "imagery"
    return "visit" if "检查" in text or "巡" in text else None


def _refused(row: Mapping[str, object], known: Collection[str], today: date) -> Message | None:
    if row["site_code"] not in known:
        return Message(tr("site {code} is not in the register"), {"code": row["site_code"] or "-"})
    on = day_of(row["check_on"])
    if on is None or on > today:
        return Message(tr("has no day of the check, or one after {today}"),
                       {"today": today.isoformat()})  # fmt: skip
    if row["kind"] is None:
        return Message(tr("says no kind of check, such as 验收 or 3个月检查"))
    figures = (row["passed"], row["cover_pct"], row["survival_pct"])
    if not any(filled(f) for f in figures):
        return Message(tr("says neither a verdict nor cover nor survival"))
    return None
