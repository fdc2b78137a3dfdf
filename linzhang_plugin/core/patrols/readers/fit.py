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
RECORD = 20
SEMICIRCLE = 180.0 / 2**31
_TIME, _LAT, _LON, _ALTITUDE, _ENHANCED = 253, 0, 1, 2, 78
_SIZES = {1: "B", 2: "H", 4: "I"}
NO_FIT = Message("The file is no FIT file or is cut off at the head.")
CUT = Message("The FIT file is cut off here (byte {byte}); what stands before it was kept.")


@dataclass(frozen=True)
class _Definition:
    message: int
    order: str
    fields: tuple[tuple[int, int], ...]
    size: int


def read_fit(data: bytes, file: str, clock: Clock) -> Reading:
    """Read the record messages of a FIT file.

    Args:
        data: The file.
        file: Its name, for rejections; ``line`` is the number of the record.
        clock: Unused: FIT times are UTC.
    """
    if len(data) < 14 or data[8:12] != b".FIT" or data[0] not in (12, 14):
        return nothing([Rejection(file, 0, NO_FIT)])
    end = data[0] + struct.unpack_from("<I", data, 4)[0]
    texts, rejected = Texts(), list[Rejection]()
    place, definitions, stamp, number = data[0], dict[int, _Definition](), 0, 0
    while place < min(end, len(data)):
        try:
            place, stamp, number = _message(data, place, definitions, stamp, number, texts)
        except (struct.error, IndexError, KeyError):
            rejected.append(Rejection(file, number + 1, Message(CUT.template, {"byte": place})))
            break
    else:
        if end > len(data):
            rejected.append(Rejection(file, number + 1, Message(CUT.template, {"byte": len(data)})))
    if not texts.lon and not rejected:
        rejected.append(Rejection(file, 0, Message("The file has no positions with times.")))
    return checked(texts, file, clock, rejected)


def _message(
    data: bytes,
    place: int,
    definitions: dict[int, _Definition],
    stamp: int,
    number: int,
    texts: Texts,
) -> tuple[int, int, int]:
    head = data[place]
    place += 1
    if head & 0x80:  # compressed time: 5 bits count on from the last time
        definition = definitions[head >> 5 & 3]
        stamp += (head & 0x1F) - (stamp & 0x1F) & 0x1F
    elif head & 0x40:
        place, made = _definition(data, place, bool(head & 0x20))
        definitions[head & 15] = made
        return place, stamp, number
    else:
        definition = definitions[head & 15]
    if place + definition.size > len(data):
        raise IndexError
    if definition.message == RECORD:
        number += 1
    values, place = _values(data, place, definition)
    stamp = values.get(_TIME, stamp)
    if definition.message == RECORD and _LAT in values and _LON in values:
        _take(values, stamp, number, texts)
    return place, stamp, number


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
        if definition.message == RECORD or name == _TIME:
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


def _take(values: dict[int, int], stamp: int, number: int, texts: Texts) -> None:
    high = values.get(_ENHANCED, values.get(_ALTITUDE))
    texts.lon.append(repr(values[_LON] * SEMICIRCLE))
    texts.lat.append(repr(values[_LAT] * SEMICIRCLE))
    texts.ele.append(None if high is None else repr(high / 5.0 - 500.0))
    texts.accuracy.append(None)
    texts.time.append(str((stamp + FIT_EPOCH) * 1000))
    texts.line.append(number)
    texts.track.append(0)
    texts.person.append("")
