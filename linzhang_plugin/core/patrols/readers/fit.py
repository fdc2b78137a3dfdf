"""FIT (sports watches): the record messages' time, position and altitude.

Follows the FIT protocol's layout (Garmin, "Flexible and Interoperable Data Transfer Protocol"):
a header, then definition and data messages, then a CRC. Only what patrols need is decoded.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.readers.reading import Reading, Texts, checked, nothing
from linzhang_plugin.core.patrols.readers.rejected import Rejection

FIT_EPOCH = 631_065_600
"""1989-12-31 UTC in seconds since 1970."""
FILE_ID, RECORD = 0, 20
SEMICIRCLE = 180.0 / 2**31
_TIME, _LAT, _LON, _ALTITUDE, _ENHANCED = 253, 0, 1, 2, 78
_SERIAL = 3
_SIZES = {1: "B", 2: "H", 4: "I"}
NO_FIT = Message("The file is no FIT file or is cut off at the head.")
CUT = Message("The FIT file is cut off here (byte {byte}); what stands before it was kept.")
HEAD_SUM = Message("The checksum of the FIT file's head is wrong; its fixes were kept.")
FILE_SUM = Message("The checksum of the FIT file is wrong: a byte is damaged; its fixes were kept.")
AFTER = Message("{n} bytes after the end of the FIT file are no FIT file.", {"n": 0})


@dataclass
class _State:
    """The last time, the number of the last record, the watch's serial, the segment."""

    stamp: int
    number: int
    serial: str
    track: int


@dataclass(frozen=True)
class _Definition:
    message: int
    order: str
    fields: tuple[tuple[int, int], ...]
    size: int


def read_fit(data: bytes, file: str, clock: Clock) -> Reading:
    """Read the record messages of a FIT file, or of several joined into one (chained).

    A wrong checksum is listed and the fixes are kept: what is damaged shows by itself.

    Args:
        data: The file.
        file: Its name, for rejections; ``line`` is the number of the record.
        clock: Unused: FIT times are UTC.
    """
    if not _is_head(data, 0):
        return nothing([Rejection(file, 0, NO_FIT)])
    texts, rejected = Texts(), list[Rejection]()
    place, number, track = 0, 0, 0
    while place < len(data):
        if not _is_head(data, place):
            reason = Message(AFTER.template, {"n": len(data) - place})
            rejected.append(Rejection(file, number, reason))
            break
        place, number = _one_file(data, place, number, track, texts, file, rejected)
        track += 1
    if not texts.lon and not rejected:
        rejected.append(Rejection(file, 0, Message("The file has no positions with times.")))
    return checked(texts, file, clock, rejected)


def _is_head(data: bytes, place: int) -> bool:
    head = data[place : place + 14]
    return len(head) >= 12 and head[8:12] == b".FIT" and head[0] in (12, 14)


def _one_file(
    data: bytes,
    begin: int,
    number: int,
    track: int,
    texts: Texts,
    file: str,
    rejected: list[Rejection],
) -> tuple[int, int]:
    """Read one of the chained files; give where it ends and the number of its last record."""
    head = data[begin]
    (size,) = struct.unpack_from("<I", data, begin + 4)
    if head == 14 and len(data) >= begin + 14:
        (told,) = struct.unpack_from("<H", data, begin + 12)
        if told and told != crc16(data[begin : begin + 12]):
            rejected.append(Rejection(file, number + 1, HEAD_SUM))
    open_end = size in (0, 0xFFFFFFFF)  # the watch died before it wrote how long the file is
    end = max(begin + head, len(data) - 2) if open_end else begin + head + size
    place, definitions, state = begin + head, dict[int, _Definition](), _State(0, number, "", track)
    cut = -1
    while place < min(end, len(data)):
        try:
            place = _message(data, place, definitions, state, texts)
        except (struct.error, IndexError, KeyError):
            cut = place
            break
    if cut < 0 and end > len(data):
        cut = len(data)
    if cut >= 0 or open_end:
        byte = Message(CUT.template, {"byte": cut if cut >= 0 else begin})
        rejected.append(Rejection(file, state.number + 1, byte))
    if end + 2 <= len(data) and not open_end:
        (told,) = struct.unpack_from("<H", data, end)
        if told != crc16(data[begin:end]):
            rejected.append(Rejection(file, state.number, FILE_SUM))
    return (len(data) if open_end else end + 2), state.number


def crc16(data: bytes) -> int:
    """Give the FIT protocol's checksum (CRC-16/ARC) of bytes."""
    value = 0
    for byte in data:
        value = (value >> 8) ^ _CRC[(value ^ byte) & 0xFF]
    return value


def _crc_of(byte: int) -> int:
    for _ in range(8):
        byte = (byte >> 1) ^ (0xA001 if byte & 1 else 0)
    return byte


_CRC = tuple(_crc_of(byte) for byte in range(256))


def _message(
    data: bytes,
    place: int,
    definitions: dict[int, _Definition],
    state: _State,
    texts: Texts,
) -> int:
    """Read one message; give where the next begins."""
    head = data[place]
    place += 1
    if head & 0x80:  # compressed time: 5 bits count on from the last time
        definition = definitions[head >> 5 & 3]
        state.stamp += (head & 0x1F) - (state.stamp & 0x1F) & 0x1F
    elif head & 0x40:
        place, made = _definition(data, place, bool(head & 0x20))
        definitions[head & 15] = made
        return place
    else:
        definition = definitions[head & 15]
    if place + definition.size > len(data):
        raise IndexError
    if definition.message == RECORD:
        state.number += 1
    values, place = _values(data, place, definition)
    state.stamp = values.get(_TIME, state.stamp)
    if definition.message == FILE_ID and values.get(_SERIAL):
        state.serial = str(values[_SERIAL])
    if definition.message == RECORD and _LAT in values and _LON in values:
        _take(values, state, texts)
    return place


def _definition(data: bytes, place: int, developer: bool) -> tuple[int, _Definition]:
    order = ">" if data[place + 1] else "<"
    (message,) = struct.unpack_from(order + "H", data, place + 2)
    count = data[place + 4]
    place += 5
    fields = [(data[place + 3 * i], data[place + 3 * i + 1]) for i in range(count)]
    place += 3 * count
    size = sum(width for _, width in fields)
    if developer:
        extra = data[place]
        size += sum(data[place + 2 + 3 * i] for i in range(extra))
        place += 1 + 3 * extra
    return place, _Definition(message, order, tuple(fields), size)


def _values(data: bytes, place: int, definition: _Definition) -> tuple[dict[int, int], int]:
    values: dict[int, int] = {}
    start = place
    for name, width in definition.fields:
        letter = _SIZES.get(width)
        if definition.message == FILE_ID and name == _SERIAL and width == 4:
            (values[name],) = struct.unpack_from(definition.order + "I", data, place)
        elif definition.message == RECORD or name == _TIME:
            if letter and name in (_TIME, _ALTITUDE, _ENHANCED):
                (value,) = struct.unpack_from(definition.order + letter, data, place)
                if value != 2 ** (8 * width) - 1:
                    values[name] = value
            elif width == 4 and name in (_LAT, _LON):
                (value,) = struct.unpack_from(definition.order + "i", data, place)
                if value != 0x7FFFFFFF:
                    values[name] = value
        place += width
    return values, start + definition.size


def _take(values: dict[int, int], state: _State, texts: Texts) -> None:
    high = values.get(_ENHANCED, values.get(_ALTITUDE))
    texts.lon.append(repr(values[_LON] * SEMICIRCLE))
    texts.lat.append(repr(values[_LAT] * SEMICIRCLE))
    texts.ele.append(None if high is None else repr(high / 5.0 - 500.0))
    texts.accuracy.append(None)
    texts.time.append(str((state.stamp + FIT_EPOCH) * 1000))
    texts.line.append(state.number)
    texts.track.append(state.track)
    texts.person.append("")
    texts.device.append(state.serial)
