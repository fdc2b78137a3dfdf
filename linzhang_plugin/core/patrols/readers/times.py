"""Moments of many rows at once: ISO 8601, any other written form, and counted numbers.

Rows of one table are written alike. ISO rows are read eight characters at a time; other rows are
sorted by their shape (digits as one sign), one of each shape is read by the patterns of
:mod:`one_time`, and its places of year, month … serve for all rows of that shape. Every moment
equals what :func:`one_time.parse_time` gives for the row alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.fixes import DAY_MS, Bools, Ints
from linzhang_plugin.core.patrols.readers.decimals import decimals_at
from linzhang_plugin.core.patrols.readers.eights import EIGHT, Bytes, rows_of, words_before
from linzhang_plugin.core.patrols.readers.one_time import (
    AFTERNOON,
    DATE,
    EXCEL_EPOCH_DAYS,
    MORNING,
    NO_TIME,
    NUMBER,
    TIME_OF_DAY,
    days_from_civil,
    parse_time,
    zone_ms,
)

__all__ = ["NO_TIME", "parse_time", "parse_times", "times_at"]
BLOCK = 1 << 16
"""Rows worked on at once: few enough to stay in the processor's cache."""
WIDEST = 60
FEW = 4
"""So few rows of one shape are read one by one."""
SHAPES = 64
_CLOCK = np.uint64(0x30303A30303A3030)
"""``00:00:00`` as a word."""
_COLONS = np.uint64(0x0000FF0000FF0000)
_UNITS = ((1e11, 1000.0), (1e14, 1.0), (1e17, 1e-3), (1e20, 1e-6))


def parse_times(texts: Sequence[object] | npt.NDArray[np.object_], clock: Clock) -> Ints:
    """Give the moments of texts in ms UTC, NO_TIME where a text is none.

    Args:
        texts: ISO 8601, ``2025/3/1 8:00:15``, ``2025年3月1日 8时``, 14 digits, seconds or
            milliseconds since 1970, Excel day numbers.
        clock: Zone of times that name none.
    """
    if isinstance(texts, np.ndarray) and texts.dtype == np.int64:
        return np.asarray(texts, np.int64)  # read already
    words = ["" if t is None or t != t else str(t) for t in texts]
    text = "".join(words)
    if text.isascii():
        width = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
        data = text.encode()
    else:
        packed = [word.encode("utf-8", "replace") for word in words]
        width = np.fromiter(map(len, packed), dtype=np.int64, count=len(words))
        data = b"".join(packed)
    start = EIGHT + np.cumsum(width) - width
    return times_at(np.frombuffer(b"\0" * EIGHT + data, dtype=np.uint8), start, width, clock)


def times_at(data: Bytes, start: Ints, width: Ints, clock: Clock) -> Ints:
    """Give the moments written in ``data`` (UTF-8) in ms UTC, NO_TIME where there is none.

    Args:
        data: The bytes.
        start: (n,) first byte of each text.
        width: (n,) bytes of each text.
        clock: Zone of times that name none.
    """
    out = np.full(len(start), NO_TIME, dtype=np.int64)
    for first in range(0, len(start), BLOCK):
        part = slice(first, first + BLOCK)
        at, wide, made = start[part], width[part], out[part]
        for size in np.unique(wide).tolist():
            rows = np.flatnonzero(wide == size)
            if 0 < size <= WIDEST:
                made[rows] = _alike(data, at[rows], size, clock)
            elif size > WIDEST:  # blanks around a time, or no time at all
                _one_by_one(data, at, wide, made, rows, clock)
    return out


def _alike(data: Bytes, start: Ints, size: int, clock: Clock) -> Ints:
    """Read texts of one width."""
    out = np.full(len(start), NO_TIME, dtype=np.int64)
    left = np.arange(len(start))
    if size >= 19 and int(start.min()) >= EIGHT:
        out, good = _iso(data, start, size, clock)
        left = np.flatnonzero(~good)
    if not len(left):
        return out
    text = rows_of(data, start[left], size)
    shape = np.where((text - np.uint8(48)) <= 9, np.uint8(48), text)
    rest = np.arange(len(left))
    for _ in range(SHAPES):
        if not len(rest):
            return out
        same = (shape[rest] == shape[rest[0]]).all(axis=1)
        rows, rest = rest[same], rest[~same]
        made = _of_shape(text[rows], clock) if len(rows) > FEW else None
        if made is None:
            width = np.full(len(start), size)
            _one_by_one(data, start, width, out, left[rows], clock)
        else:
            out[left[rows]] = made
    _one_by_one(data, start, np.full(len(start), size), out, left[rest], clock)
    return out


def _one_by_one(data: Bytes, start: Ints, width: Ints, out: Ints, rows: Ints, clock: Clock) -> None:
    for row in rows.tolist():
        text = data[start[row] : start[row] + width[row]].tobytes()
        out[row] = parse_time(text.decode("utf-8", "replace"), clock)


def _iso(data: Bytes, start: Ints, size: int, clock: Clock) -> tuple[Ints, Bools]:
    """Read ``2025-03-01T08:00:15[.fff][Z|+08:00]``; give ms UTC and which rows are of that form."""
    day, good = _days(data, start)
    word = words_before(data, start + 19) - _CLOCK
    good &= ((word + np.uint64(0x7676007676007676)) & np.uint64(0x8080808080808080)) == 0
    good &= (word & _COLONS) == 0
    pairs = word * np.uint64(10) + (word >> np.uint64(8))
    hour, minute, second = (
        ((pairs >> np.uint64(shift)) & np.uint64(0xFF)).astype(np.int64) for shift in (0, 24, 48)
    )
    good &= (hour < 24) & (minute < 60) & (second <= 60)
    total = day * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000
    if size == 19:
        return np.where(good, clock.utc(np.where(good, total, 0)), NO_TIME), good
    if size == 20:
        mark = data[start + 19]
        good &= (mark == 90) | (mark == 122)
        return np.where(good, total, NO_TIME), good
    return _with_tail(rows_of(data, start + 19, size - 19), total, good, clock)


def _days(data: Bytes, start: Ints) -> tuple[Ints, Bools]:
    """Give the day numbers of ``2025-03-01T``; a date equal to the row's above is read once."""
    left, right = words_before(data, start + 8), words_before(data, start + 11)
    fresh = np.ones(len(start), dtype=bool)
    fresh[1:] = (left[1:] != left[:-1]) | (right[1:] != right[:-1])
    heads = np.flatnonzero(fresh)
    text = rows_of(data, start[heads], 11)
    digits = (text - np.uint8(48)).astype(np.int64)
    good = (digits[:, [0, 1, 2, 3, 5, 6, 8, 9]] <= 9).all(axis=1)
    good &= (text[:, 4] == 45) & (text[:, 7] == 45) & ((text[:, 10] == 84) | (text[:, 10] == 32))
    year = digits[:, 0] * 1000 + digits[:, 1] * 100 + digits[:, 2] * 10 + digits[:, 3]
    month, date = digits[:, 5] * 10 + digits[:, 6], digits[:, 8] * 10 + digits[:, 9]
    day, real = _civil(year, month, date)
    place = np.cumsum(fresh) - 1
    return day[place], (good & real)[place]


def _civil(year: Ints, month: Ints, date: Ints) -> tuple[Ints, Bools]:
    good = (month >= 1) & (month <= 12) & (date >= 1) & (date <= 31)
    day = days_from_civil(year, month, date)
    return day, good & (day < days_from_civil(year + month // 12, month % 12 + 1, 1))


def _with_tail(tail: Bytes, total: Ints, good: Bools, clock: Clock) -> tuple[Ints, Bools]:
    """Add the fraction and the zone; where the zone differs from the first good row's: not good."""
    bad = np.full(len(total), NO_TIME, dtype=np.int64), np.zeros(len(total), dtype=bool)
    if not good.any():
        return bad
    first = tail[np.flatnonzero(good)[0]]
    place = 0
    if first[0] in b".,":
        good = good & (tail[:, 0] == first[0])
        place = 1
        while place < min(len(first), 13) and 48 <= first[place] <= 57:
            digit = (tail[:, place] - np.uint8(48)).astype(np.int64)
            good &= digit <= 9
            if place <= 3:
                total = total + digit * 10 ** (3 - place)
            place += 1
        if place == 1:
            return bad
    zone = first[place:].tobytes().decode("latin-1")
    good &= (tail[:, place:] == first[place:]).all(axis=1)
    if not zone:
        return np.where(good, clock.utc(np.where(good, total, 0)), NO_TIME), good
    match = TIME_OF_DAY.match(f"00:00:00{zone}")
    if match is None or match[7] != zone or " " in zone:
        return bad
    shift = zone_ms(zone)
    return np.where(good, total - shift, NO_TIME), good


@dataclass(frozen=True)
class _Layout:
    """Where a written form has what: byte columns of each part, and what its words say."""

    date: tuple[tuple[int, int], ...]
    clock: tuple[tuple[int, int], ...]
    fraction: tuple[int, int]
    zone: str
    half: str


def _of_shape(text: Bytes, clock: Clock) -> Ints | None:
    """Read rows whose texts have one shape; None where that cannot be told from one of them."""
    exemplar = text[0].tobytes().decode("utf-8", "replace")
    if "\ufffd" in exemplar or any(c.isdigit() and not c.isascii() for c in exemplar):
        return None
    if NUMBER.match(exemplar):
        return _numbers(text, clock)
    layout = _layout(exemplar)
    if layout is None:
        return None
    if any(sign in layout.zone for sign in "+-"):
        zone = layout.zone.encode()
        if not (text[:, -len(zone) :] == np.frombuffer(zone, dtype=np.uint8)).all():
            return None
    digits = (text - np.uint8(48)).astype(np.int64)
    year, month, date = (_number(digits, *span) for span in layout.date)
    hour, minute, second = (_number(digits, *span) for span in layout.clock)
    day, good = _civil(year, month, date)
    if layout.half in AFTERNOON:
        hour = np.where(hour < 12, hour + 12, hour)
    elif layout.half in MORNING:
        hour = np.where(hour == 12, 0, hour)
    good &= (hour <= 24) & (minute < 60) & (second <= 60)
    first, last = layout.fraction
    fraction = _number(digits, first, min(last, first + 3)) * 10 ** max(0, 3 - (last - first))
    local = day * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000
    local = np.where(good, local + (fraction if last > first else 0), 0)
    utc = local - zone_ms(layout.zone) if layout.zone else clock.utc(local)
    return np.where(good, utc, NO_TIME)


def _number(digits: Ints, first: int, last: int) -> Ints:
    value = np.zeros(len(digits), dtype=np.int64)
    for column in range(first, last):
        value = value * 10 + digits[:, column]
    return value


def _layout(exemplar: str) -> _Layout | None:
    """Tell where a text has its year, month … by the patterns that read one text."""
    if exemplar.strip().strip("\"'") != exemplar:
        return None
    match = DATE.match(exemplar)
    if match is None:
        return None

    def span(first: int, last: int) -> tuple[int, int]:
        return len(exemplar[:first].encode()), len(exemplar[:last].encode())

    date = tuple(span(*match.span(group)) for group in (1, 2, 3))
    rest = match[4] or ""
    word = rest.strip()
    if not word:
        return _Layout(date, ((0, 0),) * 3, (0, 0), "", "")
    begin = match.start(4) + rest.index(word)
    clock = TIME_OF_DAY.match(word)
    if clock is None:
        return None
    spans = []
    for group in (2, 3, 4, 5):
        first, last = clock.span(group)
        spans.append(span(begin + first, begin + last) if first >= 0 else (0, 0))
    half = (clock[1] or clock[6] or "").upper()
    return _Layout(date, tuple(spans[:3]), spans[3], clock[7] or "", half)


def _numbers(text: Bytes, clock: Clock) -> Ints | None:
    """Read bare numbers by their size: 14 digits, Excel days, s, ms, µs, ns since 1970."""
    n, size = text.shape
    if b"e" in text[0].tobytes().lower():
        return None
    data = np.concatenate([np.zeros(32, dtype=np.uint8), text.ravel()])
    value = decimals_at(data, 32 + size * np.arange(n), np.full(n, size))
    out = np.full(n, NO_TIME, dtype=np.int64)
    digits = (text - np.uint8(48)).astype(np.int64)
    if size in (14, 17) and (digits <= 9).all():
        written = (digits[:, 0] * 10 + digits[:, 1] == 19) | (
            digits[:, 0] * 10 + digits[:, 1] == 20
        )
        day, good = _civil(*(_number(digits, a, b) for a, b in ((0, 4), (4, 6), (6, 8))))
        hour, minute, second = (_number(digits, a, a + 2) for a in (8, 10, 12))
        good &= written & (hour <= 24) & (minute < 60) & (second <= 60)
        local = day * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000
        local += _number(digits, 14, 17) if size == 17 else 0
        out[good] = clock.utc(local[good])
        value[written] = np.nan
    days = (value >= 20_000) & (value < 80_000)
    seconds = np.rint((value[days] + EXCEL_EPOCH_DAYS) * 86_400).astype(np.int64)
    out[days] = clock.utc(seconds * 1000)
    for top, factor in _UNITS:
        rows = (value >= top / 1e3) & (value < top)
        out[rows] = np.rint(value[rows] * factor).astype(np.int64)
    return out
