"""Moments as files write them, to milliseconds UTC."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.fixes import DAY_MS, Bools, Ints
from linzhang_plugin.core.patrols.readers.decimals import Bytes

NO_TIME = np.iinfo(np.int64).min
EXCEL_EPOCH_DAYS = -25569
"""Day 0 of Excel's calendar (1899-12-30) counted from 1970-01-01."""

_DATE = re.compile(
    r"^\D{0,3}(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[T,]?\s*(?:(?:星期|周)[一二三四五六日天])?\s*(.*))?$"
)
_DATE_DMY = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T,]?\s*(.*))?$")
_TIME = re.compile(
    r"^(上午|下午|中午|晚上|凌晨|早上|AM|PM)?\s*(\d{1,2})\s*[:时点]?\s*(?:(\d{1,2})\s*[:分]?)?"
    r"\s*(?:(\d{1,2})(?:[.,](\d{1,9}))?\s*秒?)?\s*(AM|PM)?\s*"
    r"(Z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)?$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"^\d{14}(\d{3})?$")
_NUMBER = re.compile(r"^\d+(\.\d+)?([eE][+]?\d+)?$")
_AFTERNOON = {"下午", "晚上", "PM"}
_MORNING = {"上午", "凌晨", "早上", "AM"}


def days_from_civil(year: npt.ArrayLike, month: npt.ArrayLike, day: npt.ArrayLike) -> Ints:
    """Give days since 1970-01-01 of Gregorian dates (Hinnant's algorithm)."""
    y, m = np.asarray(year, dtype=np.int64), np.asarray(month, dtype=np.int64)
    y = y - (m <= 2)
    era = np.floor_divide(y, 400)
    of_era = y - era * 400
    of_year = (153 * ((m + 9) % 12) + 2) // 5 + np.asarray(day, dtype=np.int64) - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


def parse_times(texts: Sequence[object] | npt.NDArray[np.object_], clock: Clock) -> Ints:
    """Give the moments of texts in ms UTC, NO_TIME where a text is none.

    Args:
        texts: ISO 8601, ``2025/3/1 8:00:15``, ``2025年3月1日 8时``, 14 digits, seconds or
            milliseconds since 1970, Excel day numbers.
        clock: Zone of times that name none.
    """
    if isinstance(texts, np.ndarray) and texts.dtype == np.int64:
        return np.asarray(texts, np.int64)  # read already
    column = np.asarray(texts, dtype=object)
    out = np.full(len(column), NO_TIME, dtype=np.int64)
    try:
        packed = column.astype("S")
    except (UnicodeEncodeError, UnicodeDecodeError, ValueError):
        packed = None
    rest: npt.NDArray[np.bool_] = np.ones(len(column), dtype=bool)
    if packed is not None and packed.dtype.itemsize >= 19 and len(packed):
        width = packed.dtype.itemsize
        matrix = np.frombuffer(packed.tobytes(), dtype=np.uint8).reshape(len(packed), width)
        sizes = np.char.str_len(packed)
        for size in np.unique(sizes):
            rows = np.flatnonzero(sizes == size)
            stamps, good = iso_times(matrix[rows, : int(size)], clock)
            out[rows[good]] = stamps[good]
            rest[rows[good]] = False
    for row in np.flatnonzero(rest):
        out[row] = parse_time(column[row], clock)
    return out


def iso_times(text: Bytes, clock: Clock) -> tuple[Ints, Bools]:
    """Read ``2025-03-01T08:00:15[.fff][Z|+08:00]`` from a character matrix (n, width).

    Returns:
        Milliseconds UTC and which rows are of that form.
    """
    n, width = text.shape
    stamps = np.full(n, NO_TIME, dtype=np.int64)
    if width < 19 or n == 0:
        return stamps, np.zeros(n, dtype=bool)
    digits = text - np.uint8(48)
    good = (digits[:, _PLACES] <= 9).all(axis=1)
    good &= (text[:, 4] == 45) & (text[:, 7] == 45)
    good &= ((text[:, 10] == 84) | (text[:, 10] == 32)) & (text[:, 13] == 58) & (text[:, 16] == 58)
    wide = digits.astype(np.int64)
    year = wide[:, 0] * 1000 + wide[:, 1] * 100 + wide[:, 2] * 10 + wide[:, 3]
    month, day, hour, minute, second = (
        wide[:, c] * 10 + wide[:, c + 1] for c in (5, 8, 11, 14, 17)
    )
    good &= (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31) & (hour < 24)
    good &= (minute < 60) & (second <= 60)
    days = days_from_civil(year, month, day)
    good &= days < days_from_civil(year + month // 12, month % 12 + 1, 1)
    total = days * DAY_MS + hour * 3_600_000 + minute * 60_000 + second * 1000
    place = 19
    if width > 20 and (text[:, 19] == 46).all():
        place = 20
        while place < width and (digits[:, place] <= 9).all():
            if place < 23:
                total += wide[:, place] * 10 ** (22 - place)
            place += 1
    return _with_zone(text, digits, place, total, good, clock)


def _with_zone(
    text: Bytes, digits: Bytes, place: int, total: Ints, good: Bools, clock: Clock
) -> tuple[Ints, Bools]:
    left = text.shape[1] - place
    if left == 0:
        return np.where(good, clock.utc(np.where(good, total, 0)), NO_TIME), good
    if left == 1:
        good = good & ((text[:, place] == 90) | (text[:, place] == 122))
        return np.where(good, total, NO_TIME), good
    if left in (3, 5, 6):
        sign = np.where(text[:, place] == 45, -1, 1)
        spots = [
            place + 1,
            place + 2,
            *([text.shape[1] - 2, text.shape[1] - 1] if left > 3 else []),
        ]
        good = good & ((text[:, place] == 43) | (text[:, place] == 45))
        good = good & (digits[:, spots] <= 9).all(axis=1)
        if left == 6:
            good = good & (text[:, place + 3] == 58)
        figures = digits[:, spots].astype(np.int64)
        minutes = (figures[:, 0] * 10 + figures[:, 1]) * 60
        if left > 3:
            minutes = minutes + figures[:, 2] * 10 + figures[:, 3]
        return np.where(good, total - sign * minutes * 60_000, NO_TIME), good
    return np.full(len(total), NO_TIME, dtype=np.int64), np.zeros(len(total), dtype=bool)


_PLACES = [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18]


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
    if _NUMBER.match(text):
        return _counted(float(text), clock)
    match = _DATE.match(text)
    if match:
        date = [int(match[1]), int(match[2]), int(match[3])]
        return _on_day(date, (match[4] or "").strip(), clock)
    match = _DATE_DMY.match(text)
    if match and int(match[1]) > 12:  # day first can only be told where it exceeds 12
        return _on_day([int(match[3]), int(match[2]), int(match[1])], match[4] or "", clock)
    return NO_TIME


def _on_day(date: list[int], clock_text: str, clock: Clock) -> int:
    if not clock_text:
        return _moment([*date, 0, 0, 0], 0, None, clock)
    match = _TIME.match(clock_text)
    if match is None:
        return NO_TIME
    half = (match[1] or match[6] or "").upper()
    hour = int(match[2])
    if half in _AFTERNOON and hour < 12:
        hour += 12
    elif half in _MORNING and hour == 12:
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
    if zone.upper() in ("Z", "UTC", "GMT"):
        return local
    figures = zone[1:].replace(":", "")
    minutes = int(figures[:2]) * 60 + int(figures[2:] or 0)
    return local + (minutes if zone[0] == "-" else -minutes) * 60_000


def _counted(number: float, clock: Clock) -> int:
    """Read a bare number by its size: Excel days, or s, ms, µs, ns since 1970."""
    if 20_000 <= number < 80_000:  # 1954 … 2118; Excel keeps no better than a second
        seconds = round((number + EXCEL_EPOCH_DAYS) * 86_400)
        return int(clock.utc(seconds * 1000))
    for top, factor in ((1e11, 1000.0), (1e14, 1.0), (1e17, 1e-3), (1e20, 1e-6)):
        if top / 1e3 <= number < top:
            return round(number * factor)
    return NO_TIME
