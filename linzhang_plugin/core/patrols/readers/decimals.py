"""Numbers as files write them: decimals, comma decimals, degrees-minutes-seconds."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from contextlib import suppress

import numpy as np
import numpy.typing as npt
import pandas as pd

from linzhang_plugin.core.patrols.fixes import Floats, Ints
from linzhang_plugin.core.patrols.readers.eights import (
    EIGHT,
    Bytes,
    last_digits,
    rows_of,
    words_before,
)

EXACT_DIGITS = 15
"""An integer of so many digits is exact in a double, and so is the division by a power of ten."""
BLOCK = 1 << 16
"""Rows worked on at once: few enough to stay in the processor's cache."""
MINUS, DOT = 45, 46
_FIGURES = np.zeros(256, dtype=bool)
_FIGURES[list(b"0123456789.-")] = True
_HALF = {"N": 1, "E": 1, "S": -1, "W": -1, "北": 1, "东": 1, "南": -1, "西": -1}
_SEXAGESIMAL = re.compile(
    r"^([+-]?\d+(?:\.\d+)?)\s*[°度d:\s]\s*"
    r"(?:(\d+(?:\.\d+)?)\s*['′’分m:\s]\s*)?(?:(\d+(?:\.\d+)?)\s*(?:[\"″”秒s]|''|$))?$"
)
_FULL_WIDTH = {ord("０") + i: str(i) for i in range(10)} | {
    ord("．"): ".",
    ord("，"): ",",
    ord("－"): "-",
}


def parse_decimals(texts: Sequence[str | None] | npt.NDArray[np.object_]) -> Floats:
    """Give the numbers of texts, NaN where a text is none.

    Plain decimals are read at once; the rest one by one with :func:`parse_decimal`.
    """
    if isinstance(texts, np.ndarray) and texts.dtype == np.float64:
        return np.asarray(texts, np.float64)  # read already
    column = np.asarray(texts, dtype=object)
    values = np.array(pd.to_numeric(pd.Series(column, dtype=object), errors="coerce"), np.float64)
    for row in np.flatnonzero(~np.isfinite(values)):
        values[row] = parse_decimal(column[row])
    return values


def parse_decimal(text: object) -> float:
    """Give one number: ``26.1``, ``26,1``, ``26°06'00"N``, ``东经114度56分``; NaN for none."""
    if text is None:
        return math.nan
    word = str(text).strip().translate(_FULL_WIDTH).strip("\"'= ") if text != "" else ""
    if not word or len(word) > 60:
        return math.nan
    sign, word = _without_half(word.replace("经", "").replace("纬", ""))
    word = word.strip().rstrip("°度")
    try:
        value = float(word.replace(",", ".") if word.count(",") == 1 else word)
        return sign * value if math.isfinite(value) else math.nan
    except ValueError:
        return sign * _sexagesimal(word)


def _without_half(word: str) -> tuple[int, str]:
    for place in (0, -1):
        if word and word[place].upper() in _HALF:
            sign = _HALF[word[place].upper()]
            return sign, word[1:] if place == 0 else word[:-1]
    return 1, word


def _sexagesimal(word: str) -> float:
    match = _SEXAGESIMAL.match(word.strip())
    if match is None:
        return math.nan
    degrees, minutes, seconds = float(match[1]), float(match[2] or 0), float(match[3] or 0)
    if minutes >= 60 or seconds >= 60:
        return math.nan
    return math.copysign(abs(degrees) + minutes / 60 + seconds / 3600, degrees)


def decimals_at(data: Bytes, start: Ints, width: Ints) -> Floats:
    """Give the decimals written in ``data`` at ``start`` with ``width`` characters each.

    The result equals ``float(text)`` to the last bit; NaN where a text is no plain decimal.
    """
    values = np.full(len(start), np.nan)
    for first in range(0, len(start), BLOCK):
        part = slice(first, first + BLOCK)
        _block(data, start[part], width[part], values[part])
    return values


def _block(data: Bytes, start: Ints, width: Ints, values: Floats) -> None:
    end = start + width
    whole = (width > 0) & (width <= EXACT_DIGITS + 2) & (end >= EXACT_DIGITS + 2 + EIGHT)
    left = np.flatnonzero(whole)
    minus = data[np.minimum(start, len(data) - 1)] == MINUS
    for fraction in _fractions(data, start, width, left):
        rows = left[width[left] > fraction]
        dotted = data[end[rows] - 1 - fraction] == DOT
        rows = rows[dotted]
        if not len(rows):
            continue
        before = width[rows] - fraction - 1 - minus[rows]
        done = _written(data, end[rows], before, fraction, minus[rows], values, rows)
        whole[rows[done]] = False
        left = left[whole[left]]
        if not len(left):
            break
    if len(left):
        before = width[left] - minus[left]
        done = _written(data, end[left] + 1, before, 0, minus[left], values, left)
        whole[left[done]] = False
    taken = np.isfinite(values)
    left = np.flatnonzero(~taken & (width > 0))
    _long(data, start, width, values, left)
    _one_by_one(data, start, width, values, left[~np.isfinite(values[left])])


def _long(data: Bytes, start: Ints, width: Ints, values: Floats, rows: Ints) -> None:
    """Read decimals of more digits than are exact: numpy rounds them as Python does."""
    for size in np.unique(width[rows][width[rows] < 40]).tolist():
        alike = rows[width[rows] == size]
        text = rows_of(data, start[alike], size)
        plain = _FIGURES[text].all(axis=1) & ((text - np.uint8(48)) <= 9).any(axis=1)
        with suppress(ValueError):
            values[alike[plain]] = text[plain].view(f"S{size}").ravel().astype(np.float64)


def _fractions(data: Bytes, start: Ints, width: Ints, rows: Ints) -> list[int]:
    """Give the numbers of decimals that occur, those of the first rows first."""
    seen: list[int] = []
    for row in rows[:: max(1, len(rows) // 16)].tolist():
        text = data[start[row] : start[row] + width[row]].tobytes()
        if b"." in text:
            seen.append(len(text) - text.index(b".") - 1)
    return list(dict.fromkeys([*sorted(seen, key=seen.count, reverse=True), *range(16)]))


def _written(
    data: Bytes,
    end: Ints,
    before: Ints,
    fraction: int,
    minus: npt.NDArray[np.bool_],
    values: Floats,
    rows: Ints,
) -> npt.NDArray[np.bool_]:
    """Read rows with so many decimals; ``before`` counts the digits in front of the dot.

    Returns:
        Which of the rows were read.
    """
    done = np.zeros(len(rows), dtype=bool)
    dot = end - 1 - fraction
    sizes = np.unique(before)
    for size in sizes.tolist():
        if not 0 <= size <= EIGHT or not 0 < size + fraction <= EXACT_DIGITS:
            continue
        alike: Ints | slice = slice(None) if len(sizes) == 1 else np.flatnonzero(before == size)
        tail = np.zeros(len(dot[alike]), dtype=np.uint64)
        good = np.ones(len(tail), dtype=bool)
        if fraction:
            tail, good = last_digits(words_before(data, end[alike]), min(fraction, EIGHT))
        if fraction > EIGHT:
            more, clean = last_digits(words_before(data, end[alike] - EIGHT), fraction - EIGHT)
            tail, good = tail + more * np.uint64(10**EIGHT), good & clean
        head, clean = last_digits(words_before(data, dot[alike]), size)
        good &= clean
        number = (head * np.uint64(10**fraction) + tail).astype(np.float64) / 10.0**fraction
        number = np.where(minus[alike], -number, number)
        values[rows[alike]] = np.where(good, number, np.nan)
        done[alike] = good
    return done


def _one_by_one(data: Bytes, start: Ints, width: Ints, values: Floats, rows: Ints) -> Floats:
    for row in rows:
        text = data[start[row] : start[row] + max(0, width[row])].tobytes()
        values[row] = parse_decimal(text.decode("utf-8", "replace"))
    return values
