"""Fixes packed into bytes: small differences, sorted by significance, compressed."""

from __future__ import annotations

import json
import struct
import zlib
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from linzhang_plugin.core.patrols.fixes import Codes, Floats, Ints

SCALE = 1e7
"""Positions are kept as whole parts of 1e-7 degrees (1 cm)."""
LEVEL = 1
"""Of zlib: the bytes are sorted by significance first, so more brings little."""
_HEAD = struct.Struct("<BI")
_VERSION = 2
_WITH_DEVICES = 3
"""The same, then the devices: length of their names, names, and a code a fix."""
_LENGTH = struct.Struct("<I")
_COUNTS = struct.Struct("<cq")
_INTS = {b"i": 4, b"q": 8}
_NOTHING, _FLOAT = b"0", b"f"
Octets = npt.NDArray[np.uint8]
Words = npt.NDArray[np.uint32] | npt.NDArray[np.uint64]


class Columns(NamedTuple):
    """The columns that are kept, (n,) each: ms UTC, degrees, metres, and whose phone it was.

    ``device`` are indices into ``devices``, -1 where unknown; empty where none is known.
    """

    time: Ints
    lon: Floats
    lat: Floats
    ele: Floats
    accuracy: Floats
    device: Codes = np.zeros(0, dtype=np.int32)
    devices: tuple[str, ...] = ()


def packed(columns: Columns) -> bytes:
    """Give the bytes of columns; positions are rounded to 1e-7 degrees."""
    version = _WITH_DEVICES if columns.devices else _VERSION
    heads, bodies = [_HEAD.pack(version, len(columns.time))], []
    for whole in (columns.time, *(_whole(v) for v in (columns.lon, columns.lat))):
        step = np.diff(whole)
        small = not len(step) or (int(step.min()) >= -(2**31) and int(step.max()) < 2**31)
        letter = b"i" if small else b"q"
        heads.append(_COUNTS.pack(letter, int(whole[0]) if len(whole) else 0))
        bodies.append(
            _shuffled(step.astype(np.uint32) if small else step.astype(np.uint64), _INTS[letter])
        )
    for values in (columns.ele, columns.accuracy):
        empty = bool(np.isnan(values).all())
        heads.append(_NOTHING if empty else _FLOAT)
        if not empty:
            bodies.append(_shuffled(values.astype("<f4").view("<u4"), 4))
    if columns.devices:
        names = json.dumps(columns.devices, ensure_ascii=False).encode()
        heads += [_LENGTH.pack(len(names)), names]
        bodies.append(_shuffled(columns.device.astype("<i4").view("<u4"), 4))
    return b"".join(heads) + zlib.compress(b"".join(bodies), LEVEL)


def unpacked(data: bytes) -> Columns:
    """Give the columns of bytes.

    Raises:
        ValueError: The bytes are of another version or damaged.
        struct.error: They are cut off.
        zlib.error: They are damaged.
    """
    version, n = _HEAD.unpack_from(data)
    if version not in (_VERSION, _WITH_DEVICES):
        raise ValueError(f"version {version}")
    firsts = [_COUNTS.unpack_from(data, _HEAD.size + i * _COUNTS.size) for i in range(3)]
    place = _HEAD.size + 3 * _COUNTS.size
    letters = [data[place : place + 1], data[place + 1 : place + 2]]
    place += 2
    devices: tuple[str, ...] = ()
    if version == _WITH_DEVICES:
        length = _LENGTH.unpack_from(data, place)[0]
        place += _LENGTH.size + length
        devices = tuple(str(name) for name in json.loads(data[place - length : place]))
    body = np.frombuffer(zlib.decompress(data[place:]), dtype=np.uint8)
    at = 0
    whole: list[Ints] = []
    for letter, first in firsts:
        size = _INTS[letter]
        count = max(0, n - 1)
        step = _together(body[at : at + size * count], size, count)
        column = np.empty(n, dtype=np.int64)
        column[:1] = first
        column[1:] = step.view(np.int32 if size == 4 else np.int64)
        whole.append(np.cumsum(column, out=column))
        at += size * count
    floats: list[Floats] = []
    for letter in letters:
        if letter == _NOTHING:
            floats.append(np.full(n, np.nan))
            continue
        floats.append(_together(body[at : at + 4 * n], 4, n).view(np.float32).astype(np.float64))
        at += 4 * n
    ele, accuracy = floats
    device = np.zeros(0, dtype=np.int32)
    if devices:
        device = _together(body[at : at + 4 * n], 4, n).view(np.int32)
        if n and (int(device.max()) >= len(devices) or int(device.min()) < -1):
            raise ValueError("damaged")
    time, lon, lat = whole
    return Columns(time, lon / SCALE, lat / SCALE, ele, accuracy, device, devices)


def _whole(degrees: Floats) -> Ints:
    return np.asarray(np.round(degrees * SCALE), np.int64)


def _shuffled(column: Words, size: int) -> bytes:
    """Put the bytes of equal significance beside each other: small differences pack well."""
    return b"".join((column >> (8 * k)).astype(np.uint8).tobytes() for k in range(size))


def _together(body: Octets, size: int, n: int) -> Words:
    if len(body) != size * n:
        raise ValueError("cut off")
    if size == 4:
        return _lined_up(body.reshape(size, n), np.uint32)
    return _lined_up(body.reshape(size, n), np.uint64)


def _lined_up(planes: Octets, kind: type[np.uint32] | type[np.uint64]) -> Words:
    out: Any = planes[0].astype(kind)
    for k in range(1, len(planes)):
        out |= planes[k].astype(kind) << kind(8 * k)
    return out
