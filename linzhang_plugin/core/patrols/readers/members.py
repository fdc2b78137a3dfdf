"""The files behind a path: folders and archives opened in memory, never unpacked to disk."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.patrols.readers.rejected import Rejection
from linzhang_plugin.core.patrols.readers.safety import TOO_LARGE, Limits

LAYERS = frozenset({".shp", ".gpkg", ".gdb", ".parquet", ".feather", ".tab", ".fgb"})
BESIDE = frozenset(
    {".dbf", ".shx", ".prj", ".cpg", ".qpj", ".sbn", ".sbx", ".qml", ".gpkg-wal", ".gpkg-shm"}
)
"""Companions of layers: passed over without a word."""
ENCRYPTED = Message("The archive's member is encrypted; unpack it first.")
BROKEN_ARCHIVE = Message("The archive is broken here; its other files were read.")
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
    elif data[:4] in (b"PK\x03\x04", b"PK\x05\x06") and not _workbook(data):
        if depth >= limits.nesting:
            found.rejected.append(Rejection(member.name, 0, TOO_NESTED))
        else:
            yield from _zipped(member, limits, found, depth)
    else:
        yield member


def _workbook(data: bytes) -> bool:
    return b"[Content_Types].xml" in data[:4096] or b"xl/workbook.xml" in data


def _gunzipped(member: Member, limits: Limits, found: Found, depth: int) -> Iterator[Member]:
    room = min(limits.file, limits.archive - found.unpacked)
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(member.data)) as stream:
            data = stream.read(room + 1)
    except (OSError, EOFError, ValueError):
        found.rejected.append(Rejection(member.name, 0, BROKEN_ARCHIVE))
        return
    if len(data) > room:
        found.rejected.append(Rejection(member.name, 0, TOO_LARGE))
        return
    found.unpacked += len(data)
    name = member.name[:-3] if member.name.lower().endswith(".gz") else member.name
    if depth >= limits.nesting:
        found.rejected.append(Rejection(member.name, 0, TOO_NESTED))
    else:
        yield from unpacked(Member(name, data), limits, found, depth + 1)


def _zipped(member: Member, limits: Limits, found: Found, depth: int) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(member.data))
    except (zipfile.BadZipFile, OSError, ValueError):
        found.rejected.append(Rejection(member.name, 0, BROKEN_ARCHIVE))
        return
    with archive:
        infos = sorted(archive.infolist(), key=lambda info: info.filename)
        if len(infos) > limits.members:
            found.rejected.append(Rejection(member.name, 0, TOO_MANY))
            return
        for info in infos:
            inside = PurePosixPath(_label(info))
            if info.is_dir() or _hidden(Path(inside)):
                continue
            name = f"{member.name}/{inside}"
            suffix = inside.suffix.lower()
            if suffix in BESIDE:
                continue
            if suffix in LAYERS:
                reason = Message("Unpack the archive and import the layer itself.")
                found.rejected.append(Rejection(name, 0, reason))
                continue
            data = _taken(archive, info, name, limits, found)
            if data is not None:
                yield from unpacked(Member(name, data), limits, found, depth + 1)


def _taken(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limits: Limits, found: Found
) -> bytes | None:
    room = min(limits.file, limits.archive - found.unpacked)
    if info.flag_bits & 1:
        found.rejected.append(Rejection(name, 0, ENCRYPTED))
        return None
    try:
        with archive.open(info) as stream:
            data = stream.read(room + 1)  # the size in the directory may lie
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        found.rejected.append(Rejection(name, 0, BROKEN_ARCHIVE))
        return None
    except Exception as error:  # zlib.error has no common base with the others
        if type(error).__name__ != "error":
            raise
        found.rejected.append(Rejection(name, 0, BROKEN_ARCHIVE))
        return None
    if len(data) > room:
        found.rejected.append(Rejection(name, 0, TOO_LARGE))
        return None
    found.unpacked += len(data)
    return data


def _label(info: zipfile.ZipInfo) -> str:
    """Give a member's name as a harmless label; Chinese zips name their files in GBK."""
    name = info.filename
    if not info.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("gb18030")
        except (UnicodeEncodeError, UnicodeDecodeError):
            name = info.filename
    parts = [p for p in name.replace("\\", "/").split("/") if p not in ("", ".", "..")]
    return "/".join(part.replace(":", "_") for part in parts) or "_"
