"""From a file's texts to checked fixes: one set of rules for every format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.fixes import Bools, Floats, Ints
from linzhang_plugin.core.patrols.readers.decimals import parse_decimals
from linzhang_plugin.core.patrols.readers.projected import to_degrees
from linzhang_plugin.core.patrols.readers.rejected import Rejection
from linzhang_plugin.core.patrols.readers.times import NO_TIME, parse_times

EARLIEST = 631_152_000_000
"""1990-01-01: a phone that says an earlier time had no time."""
LATEST = 4_102_444_800_000
"""2100-01-01."""


@dataclass
class Texts:
    """What a reader found, still as text, a row a fix; short columns are filled by None."""

    lon: list[object] = field(default_factory=list)
    lat: list[object] = field(default_factory=list)
    time: list[object] = field(default_factory=list)
    ele: list[object] = field(default_factory=list)
    accuracy: list[object] = field(default_factory=list)
    line: list[int] = field(default_factory=list)
    track: list[int] = field(default_factory=list)
    person: list[str] = field(default_factory=list)
    device: list[str] = field(default_factory=list)


@dataclass(eq=False)
class Reading:
    """What one file gave.

    Attributes:
        lon: (n,) degrees as written, datum not yet told.
        lat: (n,) degrees.
        time: (n,) ms UTC.
        ele: (n,) m or NaN.
        accuracy: (n,) m or NaN.
        line: (n,) line in the file.
        track: (n,) segment number from 0.
        person: (n,) names found in the file, empty where it says none.
        rejected: Rows that gave no fix.
        device: (n,) ids of phones or loggers, empty where the file says none; may be left out.
    """

    lon: Floats
    lat: Floats
    time: Ints
    ele: Floats
    accuracy: Floats
    line: Ints
    track: Ints
    person: npt.NDArray[np.object_]
    rejected: list[Rejection]
    device: npt.NDArray[np.object_] | None = None

    @property
    def devices(self) -> npt.NDArray[np.object_]:
        """Give (n,) device ids, empty where none was read."""
        return _column([""] * len(self)) if self.device is None else self.device

    def __len__(self) -> int:
        """Give the number of fixes."""
        return len(self.time)


def nothing(rejected: Sequence[Rejection] = ()) -> Reading:
    """Give a reading without fixes."""
    return checked(Texts(), "", Clock(), list(rejected))


def joined(readings: Sequence[Reading]) -> Reading:
    """Give the readings of one file's parts (sheets, records) as one; segments stay apart."""
    if len(readings) == 1:
        return readings[0]
    tracks, most = [], 0
    for reading in readings:
        tracks.append(reading.track + most)
        most += int(reading.track.max(initial=-1)) + 1
    columns = {
        name: np.concatenate([getattr(reading, name) for reading in readings])
        for name in ("lon", "lat", "time", "ele", "accuracy", "line", "person")
    }
    rejected = [row for reading in readings for row in reading.rejected]
    known = any(reading.device is not None for reading in readings)
    device = np.concatenate([reading.devices for reading in readings]) if known else None
    return Reading(**columns, track=np.concatenate(tracks), rejected=rejected, device=device)


def checked(texts: Texts, file: str, clock: Clock, rejected: list[Rejection]) -> Reading:
    """Turn texts into a reading, refusing what is no fix.

    Args:
        texts: The columns.
        file: Name for the rejections.
        clock: Zone of times that name none.
        rejected: What the reader refused already.
    """
    n = len(texts.lon)
    blank: list[object] = [None] * n
    made = Reading(
        lon=parse_decimals(np.array(texts.lon, dtype=object)),
        lat=parse_decimals(np.array(texts.lat, dtype=object)),
        time=parse_times(_column(texts.time or blank), clock),
        ele=parse_decimals(_column(texts.ele or blank)),
        accuracy=parse_decimals(_column(texts.accuracy or blank)),
        line=np.array(texts.line or range(1, n + 1), dtype=np.int64),
        track=np.array(texts.track or [0] * n, dtype=np.int64),
        person=_column(texts.person or [""] * n),
        rejected=rejected,
        device=_column(texts.device) if any(texts.device) else None,
    )
    missing = np.array([t is None or not str(t).strip() for t in (texts.time or blank)], dtype=bool)
    return refused(made, file, missing)


def _column(values: Sequence[object]) -> npt.NDArray[np.object_]:
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


NO_POSITION = Message("The position cannot be read as longitude and latitude.")
NO_TIME_GIVEN = Message("The fix has no time.")
BAD_TIME = Message("The time cannot be read.")
NULL_ISLAND = Message("The position is (0, 0): the phone had no fix.")
OUT_OF_RANGE = Message("Longitude must lie within ±180° and latitude within ±90°.")
OUT_OF_TIME = Message("The time lies before 1990 or after 2100: the phone had no time.")
CHANGED_OVER = Message(
    "Longitude and latitude seem to have changed places: the position lies in the Arctic Sea;"
    " swap the two columns."
)
PROJECTED = Message(
    "The numbers look like metres of a map projection whose zone they do not tell, not degrees;"
    " load the file as a layer with its CRS and import that."
)


def _changed_over(lon: Floats, lat: Floats) -> Bools:
    """Tell positions of western China whose columns are swapped: no forest stands where they lie.

    Further east the swapped latitude exceeds 90° and tells by itself.
    """
    return (lat >= 73) & (lon >= 18) & (lon <= 54)


def refused(made: Reading, file: str, no_time: Bools | None = None) -> Reading:
    """Take the rows that are fixes and list the others; metres with a zone become degrees."""
    lon, lat = made.lon, made.lat = to_degrees(made.lon, made.lat)
    readable = np.isfinite(lon) & np.isfinite(lat)
    big = readable & (np.maximum(np.abs(lon), np.abs(lat)) > 100_000)
    inside = readable & (np.abs(lon) <= 180) & (np.abs(lat) <= 90)
    blank = made.time == NO_TIME
    given = np.zeros(len(made), dtype=bool) if no_time is None else no_time
    tests = (
        (~readable, NO_POSITION),
        (big, PROJECTED),
        (~inside, OUT_OF_RANGE),
        (_changed_over(lon, lat), CHANGED_OVER),
        ((lon == 0) & (lat == 0), NULL_ISLAND),
        (given, NO_TIME_GIVEN),
        (blank, BAD_TIME),
        ((made.time < EARLIEST) | (made.time > LATEST), OUT_OF_TIME),
    )
    bad = np.zeros(len(made), dtype=bool)
    for failed, reason in tests:
        fresh = failed & ~bad
        made.rejected.extend(
            Rejection(file, int(line), reason) for line in made.line[fresh].tolist()
        )
        bad |= failed
    if not bad.any():
        return made
    keep = ~bad
    return Reading(
        lon[keep], lat[keep], made.time[keep], made.ele[keep], made.accuracy[keep],
        made.line[keep], made.track[keep], made.person[keep], made.rejected,
        None if made.device is None else made.device[keep],
    )  # fmt: skip
