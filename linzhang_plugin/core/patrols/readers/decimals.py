"""Numbers as files write them: decimals, comma decimals, degrees-minutes-seconds."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from linzhang_plugin.core.patrols.fixes import Floats, Ints

Bytes = npt.NDArray[np.uint8]
EXACT_DIGITS = 15
"""An integer of so many digits is exact in a double, and so is the division by a power of ten."""
_POWERS = 10.0 ** np.arange(EXACT_DIGITS, -1, -1)
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
    widest = int(width.max(initial=0))
    if widest == 0 or widest > 40:
        return _one_by_one(data, start, width, values, np.arange(len(start)))
    for size in np.unique(width):
        rows = np.flatnonzero(width == size)
        if size <= 0:
            continue
        text = data[start[rows][:, None] + np.arange(size)]
        _same_width(data, start, width, values, rows, text)
    return values


def _same_width(
    data: Bytes, start: Ints, width: Ints, values: Floats, rows: Ints, text: Bytes
) -> None:
    size = text.shape[1]
    dot = text == 46
    has_dot = dot.any(axis=1)
    where = np.where(has_dot, dot.argmax(axis=1), size)
    minus = text[:, 0] == 45
    digit = (text - np.uint8(48)) <= 9
    count = digit.sum(axis=1)
    plain = (count + has_dot + minus == size) & (count > 0) & (count <= EXACT_DIGITS)
    for key in np.unique((where * 2 + minus)[plain]):
        place, negative = divmod(int(key), 2)
        group = np.flatnonzero(plain & (where == place) & (minus == bool(negative)))
        columns = [c for c in range(negative, size) if c != place]
        figures = (text[group][:, columns] - np.uint8(48)).astype(np.float64)
        number = figures @ _POWERS[-len(columns) :]
        fraction = size - place - 1 if place < size else 0
        number = number / 10.0**fraction
        values[rows[group]] = -number if negative else number
    _one_by_one(data, start, width, values, rows[~plain])


def _one_by_one(data: Bytes, start: Ints, width: Ints, values: Floats, rows: Ints) -> Floats:
    for row in rows:
        text = data[start[row] : start[row] + max(0, width[row])].tobytes()
        values[row] = parse_decimal(text.decode("utf-8", "replace"))
    return values
