"""Tables of texts (CSV, XLSX, GeoJSON, layers) to fixes: one path for all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.readers.columns import Columns, device_word
from linzhang_plugin.core.patrols.readers.date_and_hour import is_hour, joined
from linzhang_plugin.core.patrols.readers.decimals import parse_decimals
from linzhang_plugin.core.patrols.readers.reading import Reading, refused
from linzhang_plugin.core.patrols.readers.rejected import Rejection
from linzhang_plugin.core.patrols.readers.times import NO_TIME, parse_times

Column = npt.NDArray[np.object_]
_NUMBERS = re.compile(r"[-+]?\d+(?:\.\d+)?")
NO_COLUMNS = Message(
    "The table has no columns for time, longitude and latitude that could be recognised;"
    " name them time, lon, lat (时间、经度、纬度)."
)


def read_rows(
    columns: Columns,
    table: Sequence[Any],
    lines: npt.NDArray[np.int64],
    file: str,
    clock: Clock,
    rejected: list[Rejection],
    no_time: npt.NDArray[np.bool_] | None = None,
) -> Reading:
    """Turn columns of texts into a reading.

    Args:
        columns: Which column is what.
        table: A column of n texts (or None) for each name of the header; numbers and ms where they
            were read already.
        lines: (n,) line of each row.
        file: Name for the rejections.
        clock: Zone of times that name none.
        rejected: What was refused already.
        no_time: (n,) rows whose time is empty, where the times are ms already.
    """
    n = len(lines)
    lon, lat = _position(columns, table, n)
    times = _times(columns, table, n)
    blank = np.full(n, np.nan)
    made = Reading(
        lon=lon,
        lat=lat,
        time=parse_times(times, clock),
        ele=parse_decimals(table[columns.ele]) if columns.ele >= 0 else blank,
        accuracy=parse_decimals(table[columns.accuracy]) if columns.accuracy >= 0 else blank.copy(),
        line=lines,
        track=_track(columns, table, n),
        person=_person(columns, table, n),
        rejected=rejected,
        device=_device(columns, table),
    )
    if no_time is not None:
        return refused(made, file, no_time)
    empty = np.zeros(n, dtype=bool)
    for row in np.flatnonzero(made.time == NO_TIME).tolist():
        when = times[row]
        empty[row] = when is None or when != when or not str(when).strip()
    return refused(made, file, empty)


def _position(
    columns: Columns, table: Sequence[Any], n: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    if columns.lon >= 0 and columns.lat >= 0:
        return parse_decimals(table[columns.lon]), parse_decimals(table[columns.lat])
    lon, lat = np.full(n, np.nan), np.full(n, np.nan)
    for row, text in enumerate(table[columns.place].tolist()):
        numbers = _NUMBERS.findall(str(text or ""))
        if len(numbers) in (2, 3):
            first, second = float(numbers[0]), float(numbers[1])
            swapped = "latitude" in str(text).lower().partition("longitude")[0]
            swapped |= abs(second) > 90 >= abs(first)
            lon[row], lat[row] = (second, first) if swapped else (first, second)
    return lon, lat


def _times(columns: Columns, table: Sequence[Any], n: int) -> Column:
    if columns.date >= 0 and columns.clock < 0 and columns.time >= 0:
        first = next((str(t).strip() for t in table[columns.time] if t), "")
        if is_hour(first):  # 日期 + 时间: the time column holds the hour only
            return joined(table[columns.date], table[columns.time])
    if columns.time >= 0:
        return table[columns.time]
    if columns.clock >= 0:
        return joined(table[columns.date], table[columns.clock])
    return table[columns.date]


def _person(columns: Columns, table: Sequence[Any], n: int) -> Column:
    place = columns.person if columns.person >= 0 else columns.track
    if place >= 0:
        return _words(table[place])
    out = np.empty(n, dtype=object)
    out[:] = ""
    return out


def _device(columns: Columns, table: Sequence[Any]) -> Column | None:
    return _words(table[columns.device], device_word) if columns.device >= 0 else None


def _words(column: Column, word: Callable[[object], str] | None = None) -> Column:
    """Give each distinct value's word; a column of persons has few."""
    codes, distinct = pd.factorize(column, use_na_sentinel=True)
    words = np.empty(len(distinct) + 1, dtype=object)
    words[:] = [*((word or _word)(value) for value in distinct), ""]
    return np.asarray(words[codes], dtype=object)


def _word(value: object) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _track(columns: Columns, table: Sequence[Any], n: int) -> npt.NDArray[np.int64]:
    if columns.track < 0:
        return np.zeros(n, dtype=np.int64)
    codes, _ = pd.factorize(_words(table[columns.track]), sort=True)
    return np.asarray(codes, np.int64)
