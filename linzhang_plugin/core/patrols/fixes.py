"""Fixes as arrays: what every patrol engine takes, whatever file they came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]

MS = 1000
MINUTE_MS = 60_000
DAY_MS = 86_400_000


@dataclass(frozen=True, eq=False)
class Fixes:
    """A table of n fixes, a row a fix.

    Attributes:
        people: Person ids; ``person`` points into them.
        person: (n,) index of the person.
        time: (n,) milliseconds since 1970-01-01 UTC.
        lon: (n,) degrees east, WGS84 (CGCS2000 is the same to centimetres).
        lat: (n,) degrees north.
        ele: (n,) metres, NaN where unknown.
        accuracy: (n,) metres, NaN where unknown.
        track: (n,) number of the recorded track (a segment of a file).
        sources: File names; ``source`` points into them.
        source: (n,) index of the file.
        line: (n,) line or row in the file, from 1; 0 where unknown.
        devices: Ids of phones and loggers (IMEI, serial); ``device`` points into them. They tell
            one phone from another and are never shown whole (:func:`masked`).
        device: (n,) index of the device, -1 where unknown; may be left out: all unknown.
    """

    people: tuple[str, ...]
    person: Codes
    time: Ints
    lon: Floats
    lat: Floats
    ele: Floats
    accuracy: Floats
    track: Codes
    sources: tuple[str, ...]
    source: Codes
    line: Codes
    devices: tuple[str, ...] = ()
    device: Codes = field(default_factory=lambda: np.zeros(0, dtype=np.int32))

    def __post_init__(self) -> None:
        """Fill the devices of a table that was made without them."""
        if len(self.device) != len(self.time) and not len(self.device):
            object.__setattr__(self, "device", np.full(len(self.time), -1, dtype=np.int32))

    def __len__(self) -> int:
        """Give the number of fixes."""
        return len(self.time)

    def take(self, rows: Ints | Bools) -> Fixes:
        """Give the rows of a mask or of indices, in that order."""
        return replace(
            self,
            **{name: getattr(self, name)[rows] for name in ARRAYS},
        )

    def frame(self) -> pd.DataFrame:
        """Give the fixes as a plain table; ``time`` is ISO 8601 text in UTC."""
        return pd.DataFrame(
            {
                "person_id": np.array(self.people, dtype=object)[self.person],
                "time": iso_utc(self.time),
                "lon": self.lon,
                "lat": self.lat,
                "ele": self.ele,
                "accuracy": self.accuracy,
                "track_no": self.track,
                "source": np.array(self.sources, dtype=object)[self.source],
                "line": self.line,
                "device_id": np.array([*self.devices, None], dtype=object)[self.device],
            }
        )


ARRAYS = (
    "person", "time", "lon", "lat", "ele", "accuracy", "track", "source", "line", "device",
)  # fmt: skip


def make_fixes(
    person: Sequence[str] | npt.NDArray[np.object_],
    time: npt.ArrayLike,
    lon: npt.ArrayLike,
    lat: npt.ArrayLike,
    ele: npt.ArrayLike | None = None,
    accuracy: npt.ArrayLike | None = None,
    source: str = "",
    device: Sequence[str] | npt.NDArray[np.object_] | None = None,
) -> Fixes:
    """Build fixes from columns.

    Args:
        person: (n,) person ids.
        time: (n,) milliseconds UTC.
        lon: (n,) degrees.
        lat: (n,) degrees.
        ele: (n,) metres or None.
        accuracy: (n,) metres or None.
        source: A name for where they come from.
        device: (n,) ids of the phones, empty where unknown, or None.
    """
    stamps = np.asarray(time, dtype=np.int64)
    n = len(stamps)
    codes, people = pd.factorize(np.asarray(person, dtype=object), sort=True)
    blank = np.full(n, np.nan)
    devices, phone = device_codes([""] * n if device is None else device)
    return Fixes(
        people=tuple(str(p) for p in people),
        person=codes.astype(np.int32),
        time=stamps,
        lon=np.asarray(lon, dtype=np.float64),
        lat=np.asarray(lat, dtype=np.float64),
        ele=blank if ele is None else np.asarray(ele, dtype=np.float64),
        accuracy=blank.copy() if accuracy is None else np.asarray(accuracy, dtype=np.float64),
        track=np.zeros(n, dtype=np.int32),
        sources=(source,),
        source=np.zeros(n, dtype=np.int32),
        line=np.arange(1, n + 1, dtype=np.int32),
        devices=devices,
        device=phone,
    )


def device_codes(
    words: Sequence[str] | npt.NDArray[np.object_],
) -> tuple[tuple[str, ...], Codes]:
    """Give the distinct device ids in order and (n,) indices into them, -1 for empty words."""
    codes, distinct = pd.factorize(np.asarray(words, dtype=object), use_na_sentinel=True)
    named = sorted({str(w) for w in distinct if str(w)})
    place = {word: k for k, word in enumerate(named)}
    to = np.array([*(place.get(str(w), -1) for w in distinct), -1], dtype=np.int32)
    return tuple(named), to[codes]


def masked(device: str) -> str:
    """Give a device's last four signs: enough to ask about, too little to identify."""
    return f"…{device[-4:]}" if len(device) > 5 else "…"


def no_fixes() -> Fixes:
    """Give an empty table."""
    return make_fixes([], [], [], [])


def concat(parts: Sequence[Fixes]) -> Fixes:
    """Join tables; people and sources of equal name become one."""
    parts = [part for part in parts if len(part)]
    if not parts:
        return no_fixes()
    if len(parts) == 1:
        return parts[0]
    people = sorted({name for part in parts for name in part.people})
    sources = sorted({name for part in parts for name in part.sources})
    to_person = {name: i for i, name in enumerate(people)}
    to_source = {name: i for i, name in enumerate(sources)}
    devices = sorted({name for part in parts for name in part.devices})
    to_device = {name: i for i, name in enumerate(devices)}
    columns: dict[str, list[npt.NDArray[np.generic]]] = {name: [] for name in ARRAYS}
    tracks = 0
    for part in parts:
        for name in ARRAYS:
            columns[name].append(getattr(part, name))
        persons = np.array([to_person[p] for p in part.people], dtype=np.int32)
        files = np.array([to_source[s] for s in part.sources], dtype=np.int32)
        columns["person"][-1] = persons[part.person]
        columns["source"][-1] = files[part.source]
        phones = np.array([*(to_device[d] for d in part.devices), -1], dtype=np.int32)
        columns["device"][-1] = phones[part.device]
        columns["track"][-1] = (part.track + tracks).astype(np.int32)
        tracks += int(part.track.max()) + 1
    joined = {name: np.concatenate(values) for name, values in columns.items()}
    return Fixes(
        people=tuple(people),
        sources=tuple(sources),
        devices=tuple(devices),
        **joined,  # type: ignore[arg-type]
    )


def in_order(fixes: Fixes, by_file: bool = False) -> Fixes:
    """Sort by person id and time, so that the row order of the input cannot matter.

    Args:
        fixes: In any order.
        by_file: Among fixes of one moment the first file by name comes first, else the place
            decides.
    """
    names = np.array(fixes.people, dtype=object)
    order = np.argsort(names, kind="stable") if len(names) else np.zeros(0, dtype=np.int64)
    if len(order) and not (order == np.arange(len(order))).all():
        rank = np.empty(len(order), dtype=np.int32)
        rank[order] = np.arange(len(order), dtype=np.int32)
        fixes = replace(
            fixes, people=tuple(str(p) for p in names[order]), person=rank[fixes.person]
        )
    if _sorted(fixes):
        return fixes
    last = (fixes.line, fixes.source) if by_file else (fixes.lat, fixes.lon)
    return fixes.take(np.lexsort((*last, fixes.time, fixes.person)))


def _sorted(fixes: Fixes) -> bool:
    if len(fixes) < 2:
        return True
    person = np.diff(fixes.person)
    time = np.diff(fixes.time)
    return bool(((person > 0) | ((person == 0) & (time > 0))).all())


def iso_utc(time: npt.ArrayLike) -> npt.NDArray[np.object_]:
    """Give milliseconds UTC as ISO 8601 text; milliseconds are left out where all are 0."""
    stamps = np.asarray(time, dtype=np.int64)
    unit = "ms" if (stamps % MS).any() else "s"
    moments: npt.NDArray[np.datetime64] = stamps.astype("datetime64[ms]")
    text = np.datetime_as_string(moments, unit=unit)  # type: ignore[call-overload]
    return np.array([f"{stamp}Z" for stamp in text.tolist()], dtype=object)
