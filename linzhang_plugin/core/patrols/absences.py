"""Lists of leave, training, fire-fighting and bad weather as an office keeps them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.patrols.clock import Clock, day_text
from linzhang_plugin.core.patrols.readers.rejected import Rejection
from linzhang_plugin.core.patrols.readers.times import NO_TIME, parse_time
from linzhang_plugin.core.patrols.records import Records, cell_text, columns_of

NAMES: dict[str, tuple[str, ...]] = {
    "person_id": ("personid", "人员编号", "护林员编号", "工号", "护林员", "姓名", "name"),
    "town_code": ("towncode", "乡镇代码", "镇代码"),
    "first_day": (
        "firstday", "开始日期", "起始日期", "请假开始", "日期", "date", "day", "from", "起",
    ),
    "last_day": ("lastday", "结束日期", "终止日期", "请假结束", "to", "止"),
    "reason": ("reason", "事由", "类别", "原因", "请假类型", "类型", "kind"),
}  # fmt: skip
WORDS = {name: " ".join((name, *words[1:], words[0])) for name, words in NAMES.items()}
"""The same as the sheet reader takes them."""
REASONS: tuple[tuple[str, str], ...] = (
    ("扑火", "firefighting"), ("救火", "firefighting"), ("打火", "firefighting"),
    ("防火", "firefighting"), ("fire", "firefighting"), ("培训", "training"),
    ("学习", "training"), ("会议", "training"), ("training", "training"),
    ("假", "leave"), ("leave", "leave"), ("病", "leave"), ("天气", "weather"),
    ("暴雨", "weather"), ("雨", "weather"), ("雪", "weather"), ("冰", "weather"),
    ("台风", "weather"), ("高温", "weather"), ("weather", "weather"), ("免巡", "weather"),
)  # fmt: skip
"""Words in a reason and its code; the first that fits decides."""


def reason_code(text: str, personal: bool = False) -> str:
    """Give the code of a reason; one that says nothing is leave for a person, else weather."""
    word = text.lower()
    for part, code in REASONS:
        if part in word:
            return code
    return "leave" if personal else "weather"


def read_absences(
    header: Sequence[object], rows: Sequence[Sequence[object]], lines: Sequence[int], clock: Clock
) -> Records:
    """Read a list of absences; without a person a row is for a town or the whole county.

    Args:
        header: Column names.
        rows: Cells.
        lines: Line of each row.
        clock: Zone of the days.
    """
    columns = columns_of(header, NAMES)
    good: dict[tuple[str, ...], dict[str, object]] = {}
    refused: list[Rejection] = []
    for line, row in zip(lines, rows, strict=True):
        text = {name: cell_text(row, columns, name) for name in NAMES}
        person = text["person_id"]
        first = parse_time(text["first_day"], clock)
        last = parse_time(text["last_day"], clock) if text["last_day"] else first
        reason = None
        if first == NO_TIME or last == NO_TIME:
            reason = Message("The first or last day cannot be read.")
        elif last < first:
            reason = Message("The last day lies before the first.")
        if reason is not None:
            refused.append(Rejection(person, line, reason))
            continue
        days = [day_text(int(clock.day(moment))) for moment in (first, last)]
        code = reason_code(text["reason"], bool(person))
        key = (person, text["town_code"], days[0], code)
        good[key] = {
            "person_id": person or None,
            "town_code": text["town_code"] or None,
            "first_day": days[0],
            "last_day": max(days[1], str(good[key]["last_day"])) if key in good else days[1],
            "reason": code,
        }
    return Records(pd.DataFrame(list(good.values()), columns=list(NAMES)), refused)
