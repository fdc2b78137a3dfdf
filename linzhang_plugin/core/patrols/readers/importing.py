"""Everything under a path as one table of fixes, with what was lost and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.fixes import Fixes, concat, device_codes, in_order
from linzhang_plugin.core.patrols.readers.delimited import read_csv
from linzhang_plugin.core.patrols.readers.fit import read_fit
from linzhang_plugin.core.patrols.readers.geojson import read_geojson
from linzhang_plugin.core.patrols.readers.gpx import read_gpx
from linzhang_plugin.core.patrols.readers.kml import read_kml
from linzhang_plugin.core.patrols.readers.members import Found, Member, is_workbook, members
from linzhang_plugin.core.patrols.readers.owner import Naming, owner, person_in
from linzhang_plugin.core.patrols.readers.reading import Reading, nothing
from linzhang_plugin.core.patrols.readers.rejected import Rejection
from linzhang_plugin.core.patrols.readers.safety import Limits
from linzhang_plugin.core.patrols.readers.sheet import read_xlsx
from linzhang_plugin.core.patrols.repeats import without_repeats
from linzhang_plugin.core.progress import Progress, silent, step

UNKNOWN = Message("The file is of no kind that holds tracks (GPX, KML, CSV, XLSX, GeoJSON, FIT …).")
EMPTY = Message("The file is empty.")
FAILED = Message("The file could not be read ({kind}); the others were.", {"kind": ""})
TRACK_FILES = frozenset({".gpx", ".kml", ".fit"})
"""Their tracks' names are made by apps; names in a table's column are taken as written."""
TABLES = frozenset({".csv", ".txt", ".tsv", ".dat", ".xls", ".log", ""})
"""Platforms name texts with tabs .xls, so that a spreadsheet opens them."""
_PACKED = Message("Archives of this kind are not opened; unpack it, or pack the files as ZIP.")
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
FOREIGN = (
    (OLD_WORKBOOK, Message("An old workbook (XLS) cannot be read; save it as XLSX or CSV.")),
    (b"Rar!", _PACKED), (b"7z\xbc\xaf", _PACKED), (b"BZh", _PACKED), (b"\xfd7zXZ", _PACKED),
)  # fmt: skip
"""First bytes of files that offices send and that are not read."""


@dataclass(frozen=True)
class ImportOptions:
    """How to read.

    Attributes:
        clock: Zone of times that name none.
        person_field: Column or property that says whose fix it is; empty: by its name.
        naming: How the person is told from file and folder names.
        limits: Sizes that are not passed.
    """

    clock: Clock = field(default_factory=Clock)
    person_field: str = ""
    naming: Naming = field(default_factory=Naming)
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, eq=False)
class Imported:
    """What an import gave.

    Attributes:
        fixes: In order of person and time, each once; datum as in the files.
        rejected: Rows, files and repeats that gave no fix.
        layers: Files that a layer provider must read, as (name, path).
        n_repeats: Fixes that were read before.
    """

    fixes: Fixes
    rejected: list[Rejection]
    layers: list[tuple[str, str]]
    n_repeats: int


def import_path(path: Path, options: ImportOptions, progress: Progress = silent) -> Imported:
    """Read a file, a folder or an archive.

    Args:
        path: What to read.
        options: How.
        progress: Told after every file.

    Raises:
        InputError: The path does not exist or the file name pattern is none.
        CancelledError: The user stopped it.
    """
    matcher = options.naming.matcher()
    found, parts, rejected = Found(), list[Fixes](), list[Rejection]()
    for number, member in enumerate(members(path, options.limits, found), start=1):
        step(progress, number / (number + 50.0) * 0.9)
        reading = read_member(member, options)
        rejected += reading.rejected
        if len(reading):
            person = owner(member.name, sorted(set(reading.person)), options.naming, matcher)
            parts.append(as_fixes(reading, member.name, person))
    return finished(parts, rejected + found.rejected, found.layers)


def finished(
    parts: list[Fixes], rejected: list[Rejection], layers: list[tuple[str, str]] | None = None
) -> Imported:
    """Join what the files gave, each fix once."""
    fixes, repeats = without_repeats(in_order(concat(parts), by_file=True))
    rejected += repeats
    rejected.sort(key=lambda row: (row.file, row.line))
    count = sum(len(part) for part in parts) - len(fixes)
    return Imported(fixes, rejected, layers or [], count)


def read_member(member: Member, options: ImportOptions) -> Reading:
    """Read one file, whatever it is; a defect in it never stops the import."""
    reader = reader_of(member)
    if reader is None:
        return nothing([Rejection(member.name, 0, _no_reader(member.data))])
    try:
        return reader(member, options)
    except Exception as error:  # whatever a hostile file provokes, the other files are read
        reason = Message(FAILED.template, {"kind": type(error).__name__})
        return nothing([Rejection(member.name, 0, reason)])


def _no_reader(data: bytes) -> Message:
    """Say why a file has no reader, by its first bytes."""
    if not data.strip():
        return EMPTY
    return next((reason for head, reason in FOREIGN if data.startswith(head)), UNKNOWN)


Reader = Callable[[Member, ImportOptions], Reading]


def reader_of(member: Member) -> Reader | None:
    """Tell by content first, then by ending, which reader takes a file."""
    suffix = Path(member.name).suffix.lower()
    head = member.data[:4000].replace(b"\0", b"").lower()
    marked = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:5] in (
        b"<?xml",
        b"<gpx ",
        b"<gpx>",
        b"<kml ",
    )
    if is_workbook(member.data):
        return READERS[".xlsx"]
    if suffix in READERS and not (READERS[suffix] is _csv and marked):
        return READERS[suffix]
    if b"<gpx" in head:
        return READERS[".gpx"]
    if b"<kml" in head:
        return READERS[".kml"]
    if member.data[8:12] == b".FIT":
        return READERS[".fit"]
    if head.lstrip()[:1] in (b"{", b"["):
        return READERS[".json"]
    if suffix in TABLES and head.strip() and not member.data.startswith(OLD_WORKBOOK):
        return READERS[".csv"]
    return None


def _gpx(member: Member, options: ImportOptions) -> Reading:
    return read_gpx(member.data, member.name, options.clock, options.limits)


def _kml(member: Member, options: ImportOptions) -> Reading:
    return read_kml(member.data, member.name, options.clock, options.limits)


def _csv(member: Member, options: ImportOptions) -> Reading:
    return read_csv(member.data, member.name, options.clock, options.person_field)


def _xlsx(member: Member, options: ImportOptions) -> Reading:
    return read_xlsx(member.data, member.name, options.clock, options.person_field)


def _json(member: Member, options: ImportOptions) -> Reading:
    return read_geojson(member.data, member.name, options.clock, options.person_field)


def _fit(member: Member, options: ImportOptions) -> Reading:
    return read_fit(member.data, member.name, options.clock)


READERS: dict[str, Reader] = {
    ".gpx": _gpx, ".kml": _kml, ".csv": _csv, ".tsv": _csv, ".xlsx": _xlsx, ".xlsm": _xlsx,
    ".geojson": _json, ".json": _json, ".fit": _fit,
}  # fmt: skip


def as_fixes(reading: Reading, file: str, person: str) -> Fixes:
    """Give a reading as fixes of a person, or of the persons its rows name where empty."""
    verbatim = Path(file).suffix.lower() not in TRACK_FILES
    if person and not verbatim:
        codes, people = np.zeros(len(reading), dtype=np.int32), [person]
    else:
        raw, distinct = pd.factorize(reading.person)
        clean = [str(n) if verbatim else person_in(str(n)) or str(n) for n in distinct]
        names = np.array([name or person for name in clean], dtype=object)
        again, unique = pd.factorize(names, sort=True)
        codes, people = again[raw].astype(np.int32), [str(p) for p in unique]
    n = len(reading)
    devices, device = ((), None) if reading.device is None else device_codes(reading.device)
    return Fixes(
        people=tuple(people),
        person=codes,
        time=reading.time,
        lon=reading.lon,
        lat=reading.lat,
        ele=reading.ele,
        accuracy=reading.accuracy,
        track=reading.track.astype(np.int32),
        sources=(file,),
        source=np.zeros(n, dtype=np.int32),
        line=np.minimum(reading.line, 2**31 - 1).astype(np.int32),
        devices=devices,
        device=np.full(n, -1, dtype=np.int32) if device is None else device,
    )
