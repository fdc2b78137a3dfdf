"""Lists that come from the platform: events, and attendance totals without fixes (平台数据)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.patrols.attendance import SOURCE_PLATFORM
from linzhang_plugin.core.patrols.clock import Clock, day_text
from linzhang_plugin.core.patrols.fixes import iso_utc
from linzhang_plugin.core.patrols.readers.columns import key
from linzhang_plugin.core.patrols.readers.decimals import parse_decimal
from linzhang_plugin.core.patrols.readers.rejected import Rejection
from linzhang_plugin.core.patrols.readers.times import NO_TIME, parse_time

EVENT_NAMES: dict[str, tuple[str, ...]] = {
    "event_id": ("eventid", "id", "事件编号", "编号", "事件id", "序号"),
    "type": ("type", "eventtype", "事件类型", "类型", "事件类别", "类别"),
    "found_at": ("foundat", "time", "发现时间", "上报时间", "时间", "reportedat", "事件时间"),
    "accepted_at": ("acceptedat", "受理时间", "接收时间", "响应时间"),
    "closed_at": ("closedat", "办结时间", "处置时间", "完成时间", "处理时间"),
    "person_id": ("personid", "上报人编号", "护林员编号", "护林员", "上报人", "姓名"),
    "handler": ("handler", "处置人", "处理人", "监管员"),
    "town_code": ("towncode", "乡镇代码", "镇代码"),
    "grid_code": ("gridcode", "网格编号", "网格号"),
    "description": ("description", "desc", "描述", "事件描述", "说明", "内容"),
    "status": ("status", "状态", "事件状态"),
    "lon": ("lon", "lng", "longitude", "经度", "x"),
    "lat": ("lat", "latitude", "纬度", "y"),
}
DAY_NAMES: dict[str, tuple[str, ...]] = {
    "person_id": ("personid", "人员编号", "护林员编号", "工号", "护林员", "姓名", "name"),
    "day": ("day", "date", "日期", "巡护日期"),
    "minutes": ("minutes", "duration", "时长", "巡护时长", "在线时长", "分钟", "时长分钟"),
    "hours": ("hours", "小时", "时长小时", "巡护小时"),
    "km": ("km", "distance", "里程", "巡护里程", "公里", "里程公里", "距离"),
}
EVENT_WORDS = {name: " ".join((name, *words[1:], words[0])) for name, words in EVENT_NAMES.items()}
DAY_WORDS = {name: " ".join((name, *words[1:], words[0])) for name, words in DAY_NAMES.items()}
"""The same as the sheet reader takes them, by which it finds the header row."""
TYPES = {
    "火": "01", "野外用火": "02", "盗伐": "03", "滥伐": "03", "占用": "04", "毁林": "04",
    "有害生物": "05", "病虫": "05", "枯死": "05", "线虫": "05", "猎捕": "06", "野生动物": "06",
    "古树": "07", "湿地": "08", "保护地": "08", "界桩": "09", "标牌": "09", "地质": "10",
    "裸露": "10",
}  # fmt: skip
"""Words of event types and their codes; the longest word decides, 99 is all else."""
CODES = frozenset(f"{number:02d}" for number in range(1, 11)) | {"99"}


@dataclass(frozen=True)
class Records:
    """What a list gave.

    Attributes:
        frame: The good rows.
        refused: The others, by line.
    """

    frame: pd.DataFrame
    refused: list[Rejection]


def columns_of(header: Sequence[object], names: dict[str, tuple[str, ...]]) -> dict[str, int]:
    """Tell the columns of a header: field to index."""
    keys = [key(word) for word in header]
    found: dict[str, int] = {}
    for field, aliases in names.items():
        for alias in aliases:
            if alias in keys and keys.index(alias) not in found.values():
                found[field] = keys.index(alias)
                break
    return found


def cell_text(row: Sequence[object], columns: dict[str, int], name: str) -> str:
    """Give a cell of a row as text, empty where the column or the value is missing."""
    place = columns.get(name, -1)
    if place < 0 or place >= len(row) or row[place] is None or row[place] != row[place]:
        return ""
    value = row[place]
    return (
        str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
    )


def event_type(text: str) -> str:
    """Give the code of an event type written as a code or in words."""
    if text[:2].isdigit():
        return text[:2] if text[:2] in CODES else "99"
    words = sorted((w for w in TYPES if w in text), key=lambda w: (-len(w), w))
    return TYPES[words[0]] if words else "99" if text else ""


def read_events(
    header: Sequence[object], rows: Sequence[Sequence[object]], lines: Sequence[int], clock: Clock
) -> Records:
    """Read events; one without a time found is refused, a second of the same id too.

    Args:
        header: Column names.
        rows: Cells.
        lines: Line of each row.
        clock: Zone of times that name none.
    """
    columns = columns_of(header, EVENT_NAMES)
    good: list[dict[str, object]] = []
    refused: list[Rejection] = []
    seen: set[str] = set()
    for line, row in zip(lines, rows, strict=True):
        found = parse_time(cell_text(row, columns, "found_at"), clock)
        name = cell_text(row, columns, "event_id") or f"E{line}"
        if found == NO_TIME:
            refused.append(Rejection(name, line, Message("The event has no time of being found.")))
        elif name in seen:
            refused.append(Rejection(name, line, Message("The event is there already.")))
        else:
            seen.add(name)
            good.append(_event(name, found, row, columns, clock))
    return Records(pd.DataFrame(good, columns=list(EVENT_NAMES)), refused)


def _event(
    name: str, found: int, row: Sequence[object], columns: dict[str, int], clock: Clock
) -> dict[str, object]:
    out: dict[str, object] = {
        field: cell_text(row, columns, field) or None for field in EVENT_NAMES
    }
    out |= {"event_id": name, "type": event_type(cell_text(row, columns, "type")) or None}
    out["found_at"] = iso_utc(np.array([found]))[0]
    for field in ("accepted_at", "closed_at"):
        moment = parse_time(cell_text(row, columns, field), clock)
        out[field] = None if moment == NO_TIME else iso_utc(np.array([moment]))[0]
    for field in ("lon", "lat"):
        out[field] = parse_decimal(cell_text(row, columns, field))
    return out


def read_platform_days(
    header: Sequence[object], rows: Sequence[Sequence[object]], lines: Sequence[int], clock: Clock
) -> Records:
    """Read a vendor's totals by person and day; several rows of a day are added up.

    Args:
        header: Column names.
        rows: Cells.
        lines: Line of each row.
        clock: Zone of the days.
    """
    columns = columns_of(header, DAY_NAMES)
    title = str(header[columns["minutes"]]).lower() if "minutes" in columns else ""
    unit = 60.0 if "小时" in title or "hour" in title or "(h)" in title else 1.0
    good: list[tuple[str, str, float, float]] = []
    refused: list[Rejection] = []
    for line, row in zip(lines, rows, strict=True):
        person = cell_text(row, columns, "person_id")
        moment = parse_time(cell_text(row, columns, "day"), clock)
        if not person or moment == NO_TIME:
            reason = Message("The row has no person or no day.")
            refused.append(Rejection(person, line, reason))
            continue
        minutes = unit * parse_decimal(cell_text(row, columns, "minutes"))
        if np.isnan(minutes):
            minutes = 60.0 * parse_decimal(cell_text(row, columns, "hours"))
        km = parse_decimal(cell_text(row, columns, "km"))
        if np.isnan(minutes) and np.isnan(km):
            refused.append(Rejection(person, line, Message("The row has neither time nor way.")))
            continue
        good.append((person, day_text(int(clock.day(moment))), minutes, km))
    frame = pd.DataFrame(good, columns=["person_id", "day", "minutes", "km"])
    summed = frame.groupby(["person_id", "day"], as_index=False, sort=True)[["minutes", "km"]]
    return Records(summed.sum(min_count=1), refused)


def reconciled(platform: pd.DataFrame, own: pd.DataFrame | None) -> pd.DataFrame:
    """Put the platform's totals beside ours, day by day.

    Args:
        platform: ``person_id, day, minutes, km``.
        own: Our judged days, or None.

    Returns:
        Both, with ``own_minutes, own_km, difference_min`` and the mark 平台数据.
    """
    out = platform.copy()
    out["source"] = SOURCE_PLATFORM
    if own is None:
        return out
    ours = own[["person_id", "day", "minutes", "km"]].rename(
        columns={"minutes": "own_minutes", "km": "own_km"}
    )
    ours = ours.assign(person_id=ours["person_id"].astype(str), day=ours["day"].astype(str))
    out = out.merge(ours, on=["person_id", "day"], how="outer", sort=True)
    out["source"] = out["source"].fillna("本系统")
    out["difference_min"] = out["minutes"] - out["own_minutes"]
    return out
