"""The county's clock: from local time to UTC and to local days."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.patrols.fixes import DAY_MS, Ints

CHINA = "Asia/Shanghai"
HOUR_MS = 3_600_000
_FIXED = {CHINA: 8, "Asia/Chongqing": 8, "PRC": 8, "UTC": 0, "GMT": 0, "Z": 0, "北京时间": 8}
_OFFSET = re.compile(r"^(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?(\d{2}))?$", re.IGNORECASE)


class Clock:
    """A time zone; China's is a fixed +8 h that needs no zone database (Windows has none)."""

    def __init__(self, name: str = CHINA) -> None:
        """Find the zone.

        Args:
            name: ``Asia/Shanghai``, ``UTC+8``, ``+08:00`` or a name of the zone database.

        Raises:
            InputError: The name says nothing.
        """
        self.name = name.strip() or CHINA
        self.fixed: int | None = None
        self.zone: ZoneInfo | None = None
        match = _OFFSET.match(self.name)
        if self.name in _FIXED:
            self.fixed = _FIXED[self.name] * HOUR_MS
        elif match:
            sign = -1 if match[1] == "-" else 1
            self.fixed = sign * (int(match[2]) * 60 + int(match[3] or 0)) * 60_000
        else:
            try:
                self.zone = ZoneInfo(self.name)
            except (KeyError, ValueError, OSError) as error:
                raise InputError(
                    tr("Time zone {zone} is not known; write Asia/Shanghai or UTC+8."),
                    zone=self.name,
                ) from error

    def __repr__(self) -> str:
        """Give the zone: clocks of one zone are alike, also for a fingerprint."""
        return f"Clock({self.name!r})"

    def offset(self, utc: npt.ArrayLike) -> Ints:
        """Give the milliseconds by which local time is ahead of UTC at these moments."""
        stamps = np.asarray(utc, dtype=np.int64)
        if self.fixed is not None:
            return np.full(stamps.shape, self.fixed, dtype=np.int64)
        quarters, where = np.unique(stamps // (HOUR_MS // 4), return_inverse=True)
        ahead = [self._ahead(int(q) * (HOUR_MS // 4)) for q in quarters]
        return np.array(ahead, dtype=np.int64)[where.reshape(stamps.shape)]

    def _ahead(self, utc: int) -> int:
        moment = datetime.fromtimestamp(utc / 1000, tz=UTC).astimezone(self.zone)
        offset = moment.utcoffset()
        return 0 if offset is None else int(offset.total_seconds() * 1000)

    def local(self, utc: npt.ArrayLike) -> Ints:
        """Give UTC as local wall time, both in milliseconds."""
        stamps = np.asarray(utc, dtype=np.int64)
        return stamps + self.offset(stamps)

    def utc(self, local: npt.ArrayLike) -> Ints:
        """Give local wall time as UTC, both in milliseconds."""
        stamps = np.asarray(local, dtype=np.int64)
        guess = stamps - self.offset(stamps)
        return stamps - self.offset(guess)

    def day(self, utc: npt.ArrayLike) -> Ints:
        """Give the local day of UTC moments, as days since 1970-01-01."""
        return np.floor_divide(self.local(utc), DAY_MS)


def day_text(day: int) -> str:
    """Give a day number as ISO text."""
    return str(np.datetime64(int(day), "D"))


def day_number(text: str) -> int:
    """Give ISO text (a date, or a date with time) as a day number.

    Raises:
        InputError: It is no date of a year with four digits.
    """
    day = text.strip().replace("/", "-")[:10]
    try:
        if not day[:4].isdigit():  # numpy takes "-1" for a year before Christ
            raise ValueError(day)
        return int(np.datetime64(day, "D").astype(np.int64))
    except ValueError as error:
        raise InputError(tr("{text} is no date; write it like 2025-03-01."), text=text) from error
