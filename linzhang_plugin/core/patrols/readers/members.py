"""The files behind a path: folders and archives opened in memory, never unpacked to disk."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.patrols.readers.inflating import (
    CHUNK,
    GZIP,
    UTF8_NAME,
    Inflated,
    inflated,
    local_members,
    room_for,
)
from linzhang_plugin.core.patrols.readers.rejected import Rejection
from linzhang_plugin.core.patrols.readers.safety import TOO_LARGE, Limits

LAYERS = frozenset({".shp", ".gpkg", ".gdb", ".parquet", ".feather", ".tab", ".fgb"})
BESIDE = frozenset(
    {".dbf", ".shx", ".prj", ".cpg", ".qpj", ".sbn", ".sbx", ".qml", ".gpkg-wal", ".gpkg-shm"}
)
"""Companions of layers: passed over without a word."""
ENCRYPTED = Message("The archive's member is encrypted; unpack it first.")
BROKEN_ARCHIVE = Message("The archive is broken here; its other files were read.")
BROKEN_MEMBER = Message("The compressed file is broken; what comes before the defect was read.")
NO_DIRECTORY = Message("The archive is cut off or broken; the files that are whole were read.")
DAMAGE = (
    zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError,
    struct.error, zlib.error, IndexError,
)  # fmt: skip
WORKBOOK = "xl/workbook.xml"
TOO_NESTED = Message("Archives inside archives inside archives are not opened.")
TOO_MANY = Message("The archive holds more files than is safe to open; split it.")


@dataclass
class Member:
    """One file to read.

    Attributes:
        name: Path inside the import, ``/`` between parts; a label, never a path on disk.
        data: Its bytes.
    """

    name: str
    data: bytes


@dataclass
class Found:
    """What else was met on the way.

    Attributes:
        rejected: Files that could not be opened.
        layers: Files that only a layer provider reads (SHP, GPKG …), as (name, path).
        unpacked: Bytes taken out of archives so far.
    """

    rejected: list[Rejection] = field(default_factory=list)
    layers: list[tuple[str, str]] = field(default_factory=list)
    unpacked: int = 0


def members(path: Path, limits: Limits, found: Found) -> Iterator[Member]:
    """Give the files of a path in the order of their names.

    Args:
        path: A file, a folder (with its folders) or an archive.
        limits: Sizes that are not passed.
        found: Takes what cannot be read here.

    Raises:
        InputError: There is no such path.
    """
    if not path.exists():
        raise InputError(tr("{path} does not exist; check the path."), path=str(path))
    if path.is_file() or path.suffix.lower() == ".gdb":
        yield from _file(path, path.name, limits, found)
        return
    for file in sorted(path.rglob("*"), key=lambda p: p.relative_to(path).as_posix()):
        if file.is_file() and not _hidden(file.relative_to(path)) and not file.is_symlink():
            yield from _file(file, file.relative_to(path).as_posix(), limits, found)


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in path.parts)


def _file(path: Path, name: str, limits: Limits, found: Found) -> Iterator[Member]:
    suffix = path.suffix.lower()
    if suffix in LAYERS:
        found.layers.append((name, str(path)))
        return
    if suffix in BESIDE:
        return
    if path.stat().st_size > limits.file:
        found.rejected.append(Rejection(name, 0, TOO_LARGE))
        return
    try:
        data = path.read_bytes()
    except OSError:
        found.rejected.append(Rejection(name, 0, Message("The file cannot be opened.")))
        return
    yield from unpacked(Member(name, data), limits, found, 0)


def unpacked(member: Member, limits: Limits, found: Found, depth: int) -> Iterator[Member]:
    """Give a file, or the files inside it where it is an archive."""
    data = member.data
    if data[:2] == b"\x1f\x8b":
        yield from _gunzipped(member, limits, found, depth)
    elif data[:4] in (b"PK\x03\x04", b"PK\x05\x06") and not is_workbook(data):
        if depth >= limits.nesting:
            found.rejected.append(Rejection(member.name, 0, TOO_NESTED))
        else:
            yield from _zipped(member, limits, found, depth)
    else:
        yield member


def is_workbook(data: bytes) -> bool:
    """Tell whether bytes are an XLSX workbook, which is an archive too."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return WORKBOOK in archive.namelist()
    except DAMAGE:
        return b"[Content_Types].xml" in data[:4096] or WORKBOOK.encode() in data


def _gunzipped(member: Member, limits: Limits, found: Found, depth: int) -> Iterator[Member]:
    room = min(limits.file, limits.archive - found.unpacked)
    made = inflated(member.data, room, GZIP)
    data = _good_part(made, member.name, found)
    if data is None:
        return
    name = member.name[:-3] if member.name.lower().endswith(".gz") else member.name
    if depth >= limits.nesting:
        found.rejected.append(Rejection(member.name, 0, TOO_NESTED))
    else:
        yield from unpacked(Member(name, data), limits, found, depth + 1)


def _good_part(made: Inflated, name: str, found: Found) -> bytes | None:
    """Give what came out whole; a defect is listed, a bomb is refused."""
    if made.large:
        found.rejected.append(Rejection(name, 0, TOO_LARGE))
        return None
    if not made.whole:
        found.rejected.append(Rejection(name, 0, BROKEN_MEMBER if made.data else BROKEN_ARCHIVE))
    found.unpacked += len(made.data)
    return made.data or None


def _zipped(member: Member, limits: Limits, found: Found, depth: int) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(member.data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error):
        found.rejected.append(Rejection(member.name, 0, NO_DIRECTORY))
        yield from _without_directory(member, limits, found, depth)
        return
    with archive:
        infos = sorted(archive.infolist(), key=lambda info: info.filename)
        if len(infos) > limits.members:
            found.rejected.append(Rejection(member.name, 0, TOO_MANY))
            return
        for info in infos:
            name = _wanted(info.filename, bool(info.flag_bits & UTF8_NAME), member.name, found)
            if not name or info.is_dir():
                continue
            data = _taken(archive, info, name, limits, found)
            if data is not None:
                yield from unpacked(Member(name, data), limits, found, depth + 1)


def _wanted(raw: str, is_utf8: bool, archive: str, found: Found) -> str:
    """Give the label of an archive's member, empty for what is passed over."""
    inside = PurePosixPath(_label(raw, is_utf8))
    suffix = inside.suffix.lower()
    if _hidden(Path(inside)) or suffix in BESIDE:
        return ""
    name = f"{archive}/{inside}"
    if suffix in LAYERS:
        reason = Message("Unpack the archive and import the layer itself.")
        found.rejected.append(Rejection(name, 0, reason))
        return ""
    return name


def _without_directory(
    member: Member, limits: Limits, found: Found, depth: int
) -> Iterator[Member]:
    """Take the members of an archive that was cut off, one after the other."""
    room = min(limits.file, limits.archive - found.unpacked)
    for number, (raw, is_utf8, made) in enumerate(local_members(member.data, room)):
        if number >= limits.members or found.unpacked > limits.archive:
            found.rejected.append(Rejection(member.name, 0, TOO_MANY))
            return
        name = "" if raw.endswith("/") else _wanted(raw, is_utf8, member.name, found)
        data = _good_part(made, name, found) if name else None
        if data is not None:
            yield from unpacked(Member(name, data), limits, found, depth + 1)


def _taken(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limits: Limits, found: Found
) -> bytes | None:
    room = min(limits.file, limits.archive - found.unpacked)
    if info.flag_bits & 1:
        found.rejected.append(Rejection(name, 0, ENCRYPTED))
        return None
    room, out, whole = room_for(info.compress_size, room), bytearray(), False
    try:
        with archive.open(info) as stream:
            while len(out) <= room:  # the size in the directory may lie
                piece = stream.read(CHUNK)
                if not piece:
                    whole = True
                    break
                out += piece
    except DAMAGE:
        whole = False
    return _good_part(Inflated(bytes(out), whole, len(out) > room, 0), name, found)


def _label(name: str, is_utf8: bool) -> str:
    """Give a member's name as a harmless label; Chinese zips name their files in GBK."""
    if not is_utf8:
        with suppress(UnicodeEncodeError, UnicodeDecodeError):
            name = name.encode("cp437").decode("gb18030")
    parts = [p for p in name.replace("\\", "/").split("/") if p not in ("", ".", "..")]
    return "/".join(part.replace(":", "_") for part in parts) or "_"
