"""Days and hours that stand in two columns, as one text each that times are read from."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from linzhang_plugin.core.patrols.readers.one_time import EXCEL_EPOCH_DAYS, TIME_OF_DAY

DAY_S = 86_400
_COMPACT_DATE = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:\.0)?$")
_SERIAL = re.compile(r"^[2-7]\d{4}(?:\.0+)?$")
_COMPACT_HOUR = re.compile(r"^(\d{1,2})(\d{2})(\d{2})$")
_SHARE_OF_DAY = re.compile(r"^(?:0?\.\d+|0)$")
_MIDNIGHT = re.compile(r"(?:[T ]00:00:00(?:\.0+)?)$")


def is_hour(text: str) -> bool:
    """Tell whether a text is an hour alone: ``8:00``, ``上午8:00``, ``080000``, ``0.3333``."""
    if text.replace(".", "").isdigit():  # 45717.33 is a day and an hour
        return hour_word(text) != text
    return TIME_OF_DAY.match(text) is not None


def hour_word(text: str) -> str:
    """Give the hour as ``08:00:15`` where it is six digits or a share of the day."""
    match = _COMPACT_HOUR.match(text)
    if match:
        return f"{match[1]}:{match[2]}:{match[3]}"
    if _SHARE_OF_DAY.match(text):
        second = round(float(text) * DAY_S) % DAY_S
        return f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"
    return text


def date_word(text: str) -> str:
    """Give the date without the midnight a spreadsheet adds; eight digits and serials written out.

    >>> date_word("20250301"), date_word("45717"), date_word("2025/3/1 00:00:00")
    ('2025-03-01', '2025-03-01', '2025/3/1')
    """
    match = _COMPACT_DATE.match(text)
    if match:
        return f"{match[1]}-{match[2]}-{match[3]}"
    if _SERIAL.match(text):
        return str(np.datetime64(int(float(text)) + EXCEL_EPOCH_DAYS, "D"))
    return _MIDNIGHT.sub("", text)


def joined(dates: Sequence[object], hours: Sequence[object]) -> npt.NDArray[np.object_]:
    """Give (n,) texts of day and hour, None where the day is missing."""
    out = np.empty(len(dates), dtype=object)
    out[:] = [
        f"{date_word(str(day).strip())} {hour_word(str(hour or '').strip())}" if day else None
        for day, hour in zip(dates, hours, strict=True)
    ]
    return out
