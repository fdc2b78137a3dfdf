"""Compressed bytes unpacked as far as they are whole, and never further than is safe."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

CHUNK = 1 << 16
HARMLESS = 64 << 20
"""Bytes that may come out of however few."""
MOST_TIMES = 200
"""Tracks pack 10 to 40 times; what packs better than this beyond HARMLESS is a bomb."""
GZIP, RAW = 31, -15
_LOCAL = struct.Struct("<4s5H3I2H")
_STORED, _DEFLATED = 0, 8
UTF8_NAME = 0x800


class Inflated(NamedTuple):
    """What came out of compressed bytes.

    Attributes:
        data: The bytes, as far as they are good.
        whole: The stream had its end and no defect.
        large: It was stopped because more came out than is safe.
        used: Bytes read of the compressed stream.
    """

    data: bytes
    whole: bool
    large: bool
    used: int


def room_for(packed: int, room: int) -> int:
    """Give how many bytes may come out of so many packed ones."""
    return min(room, max(HARMLESS, MOST_TIMES * packed))


def inflated(data: bytes, room: int, kind: int) -> Inflated:
    """Unpack a stream (of several members, as gzip allows) up to its first defect.

    Args:
        data: Compressed bytes, anything may follow a raw stream.
        room: Most bytes wanted.
        kind: GZIP or RAW.
    """
    out, place = bytearray(), 0
    room = room_for(len(data), room)
    engine = zlib.decompressobj(kind)
    while place < len(data):
        piece = data[place : place + CHUNK]
        try:
            out += engine.decompress(piece, room + 1 - len(out))
        except zlib.error:
            return Inflated(bytes(out), False, False, place)
        if len(out) > room:
            return Inflated(bytes(out), False, True, place)
        place += len(piece) - len(engine.unused_data)
        if engine.eof:
            if kind == RAW or data[place : place + 2] != b"\x1f\x8b":
                return Inflated(bytes(out), True, False, place)
            engine = zlib.decompressobj(kind)
    return Inflated(bytes(out), engine.eof, False, place)


def local_members(data: bytes, room: int) -> Iterator[tuple[str, bool, Inflated]]:
    """Give the members of a ZIP without its directory (the end was cut off).

    Args:
        data: The archive.
        room: Most bytes wanted of a member.

    Yields:
        Name as in the archive (Latin of code page 437 unless UTF-8), whether it is UTF-8, and
        what came out.
    """
    place = data.find(b"PK\x03\x04")
    while place >= 0 and place + _LOCAL.size <= len(data):
        _, _, flags, method, _, _, _, packed, _, name_size, extra = _LOCAL.unpack_from(data, place)
        begin = place + _LOCAL.size + name_size + extra
        raw = data[place + _LOCAL.size : place + _LOCAL.size + name_size]
        name = raw.decode("utf-8" if flags & UTF8_NAME else "cp437", "replace")
        if method == _DEFLATED and not flags & 1:
            made = inflated(data[begin:], room, RAW)
            yield name, bool(flags & UTF8_NAME), made
            begin += made.used
        elif method == _STORED and not flags & 1 and packed:
            body = data[begin : begin + min(packed, room)]
            yield name, bool(flags & UTF8_NAME), Inflated(body, len(body) == packed, False, packed)
            begin += packed
        place = data.find(b"PK\x03\x04", max(begin, place + 4))
