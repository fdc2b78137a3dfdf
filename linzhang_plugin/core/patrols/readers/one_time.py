"""Moments as files write them, to milliseconds UTC."""

from __future__ import annotations

import re
import unicodedata

import numpy as np
import numpy.typing as npt

from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.fixes import DAY_MS, Ints

NO_TIME = np.iinfo(np.int64).min
EXCEL_EPOCH_DAYS = -25569
"""Day 0 of Excel's calendar (1899-12-30) counted from 1970-01-01."""

DATE = re.compile(
    r"^\D{0,3}(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[T,]?\s*(?:(?:星期|周)[一二三四五六日天])?\s*(.*))?$"
)
DATE_DMY = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T,]?\s*(.*))?$")
TIME_OF_DAY = re.compile(
    r"^(上午|下午|中午|晚上|凌晨|早上|AM|PM)?\s*(\d{1,2})\s*[:时点]?\s*(?:(\d{1,2})\s*[:分]?)?"
    r"\s*(?:(\d{1,2})(?:[.,](\d{1,12}))?\s*秒?)?\s*(AM|PM)?\s*"
    r"((?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?|Z|UTC|GMT)?$",
    re.IGNORECASE,
)
DASHED = re.compile(r"^(\d{1,2})-(\d{2})-(\d{2})$")
DATE_MDY = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})\s*(.*)$")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAMED = (
    re.compile(r"^(?P<d>\d{1,2})[- ](?P<m>[a-z]{3})[a-z]*[- ](?P<y>\d{4})[ ,T]*(?P<t>.*)$", re.I),
    re.compile(r"^(?P<m>[a-z]{3})[a-z]* (?P<d>\d{1,2}), ?(?P<y>\d{4})[ ,]*(?P<t>.*)$", re.I),
    re.compile(
        r"^[a-z]{3} (?P<m>[a-z]{3}) (?P<d>\d{1,2}) (?P<t>[\d:.]+)(?: CST)? (?P<y>\d{4})$", re.I
    ),
)
"""``01-Mar-2025 08:00``, ``Mar 1, 2025 8:00 AM`` and what Java writes: its CST is China's."""
_WRAPPED = re.compile(r"^/Date\((\d{12,13})(?:[+-]\d{4})?\)/$")
"""What .NET writes: milliseconds since 1970; the zone is for show only."""
_DIGITS = re.compile(r"^\d{14}(\d{3})?$")
NUMBER = re.compile(r"^\d+(\.\d+)?([eE][+]?\d+)?$")
AFTERNOON = {"下午", "晚上", "PM"}
MORNING = {"上午", "凌晨", "早上", "AM"}


def days_from_civil(year: npt.ArrayLike, month: npt.ArrayLike, day: npt.ArrayLike) -> Ints:
    """Give days since 1970-01-01 of Gregorian dates (Hinnant's algorithm)."""
    y, m = np.asarray(year, dtype=np.int64), np.asarray(month, dtype=np.int64)
    y = y - (m <= 2)
    era = np.floor_divide(y, 400)
    of_era = y - era * 400
    of_year = (153 * ((m + 9) % 12) + 2) // 5 + np.asarray(day, dtype=np.int64) - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


def parse_time(value: object, clock: Clock) -> int:
    """Give one moment in ms UTC, NO_TIME for none."""
    if value is None or value != value:
        return NO_TIME
    text = str(value).strip().strip("\"'")
    if not text or len(text) > 60:
        return NO_TIME
    if _DIGITS.match(text) and text[:2] in ("19", "20"):
        parts = [text[0:4], text[4:6], text[6:8], text[8:10], text[10:12], text[12:14]]
        return _moment([int(p) for p in parts], int(text[14:] or 0), None, clock)
    if NUMBER.match(text):
        return _counted(float(text), clock)
    match = DATE.match(text)
    if match:
        date = [int(match[1]), int(match[2]), int(match[3])]
        return _on_day(date, (match[4] or "").strip(), clock)
    match = DATE_DMY.match(text)
    if match and int(match[1]) > 12:  # day first can only be told where it exceeds 12
        return _on_day([int(match[3]), int(match[2]), int(match[1])], match[4] or "", clock)
    return _foreign(text, clock)


def _foreign(text: str, clock: Clock) -> int:
    """Read what only other programs write: American dates, named months, full-width figures."""
    match = _WRAPPED.match(text)
    if match:
        return int(match[1])
    match = DATE_MDY.match(text)
    if match and int(match[2]) > 12:
        return _on_day([int(match[3]), int(match[1]), int(match[2])], match[4], clock)
    for form in _NAMED:
        match = form.match(text)
        if match and match["m"].lower() in _MONTHS:
            month = _MONTHS.index(match["m"].lower()) + 1
            return _on_day([int(match["y"]), month, int(match["d"])], match["t"].strip(), clock)
    narrow = unicodedata.normalize("NFKC", text)
    return NO_TIME if narrow == text else parse_time(narrow, clock)


def _on_day(date: list[int], clock_text: str, clock: Clock) -> int:
    if not clock_text:
        return _moment([*date, 0, 0, 0], 0, None, clock)
    match = TIME_OF_DAY.match(DASHED.sub(r"\1:\2:\3", clock_text))
    if match is None:
        return NO_TIME
    half = (match[1] or match[6] or "").upper()
    hour = int(match[2])
    if half in AFTERNOON and hour < 12:
        hour += 12
    elif half in MORNING and hour == 12:
        hour = 0
    fraction = int((match[5] or "0").ljust(3, "0")[:3])
    parts = [*date, hour, int(match[3] or 0), int(match[4] or 0)]
    return _moment(parts, fraction, match[7], clock)


def _moment(parts: list[int], fraction_ms: int, zone: str | None, clock: Clock) -> int:
    year, month, day, hour, minute, second = parts
    if not (1 <= month <= 12 and 1 <= day <= 31 and hour <= 24 and minute < 60 and second <= 60):
        return NO_TIME
    first = int(days_from_civil(year, month, day))
    if first >= int(days_from_civil(year + month // 12, month % 12 + 1, 1)):
        return NO_TIME
    local = first * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000 + fraction_ms
    if not zone:
        return int(clock.utc(local))
    return local - zone_ms(zone)


def zone_ms(zone: str) -> int:
    """Give ms that a zone is ahead of UTC: ``Z``, ``+08:00``, ``-0330``, ``GMT+8``."""
    bare = zone.upper().removeprefix("UTC").removeprefix("GMT")
    if bare in ("", "Z"):
        return 0
    figures = bare[1:].replace(":", "")
    minutes = int(figures[:2]) * 60 + int(figures[2:] or 0)
    return (-minutes if bare[0] == "-" else minutes) * 60_000


def _counted(number: float, clock: Clock) -> int:
    """Read a bare number by its size: Excel days, or s, ms, µs, ns since 1970."""
    if 20_000 <= number < 80_000:  # 1954 … 2118; Excel keeps no better than a second
        seconds = round((number + EXCEL_EPOCH_DAYS) * 86_400)
        return int(clock.utc(seconds * 1000))
    for top, factor in ((1e11, 1000.0), (1e14, 1.0), (1e17, 1e-3), (1e20, 1e-6)):
        if top / 1e3 <= number < top:
            return round(number * factor)
    return NO_TIME
