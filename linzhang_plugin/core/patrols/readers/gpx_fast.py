"""Well-formed GPX read as arrays of bytes: some ten times faster than an XML parser.

Track points of one app all look alike. The positions of ``<`` give the elements; each point's
elements are compared with those of the first point; numbers and times are then read for all
points at once. Everything between the points still goes through expat, so a file that is not
well-formed, or holds anything unusual (comments, CDATA, entities inside a point), is left to the
slow reader: whatever this module returns equals what that one returns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat  # nosec B406 - DOCTYPE is refused, so no entity can be declared

import numpy as np

from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.fixes import Bools, Floats, Ints
from linzhang_plugin.core.patrols.readers.columns import device_in, device_word, is_device
from linzhang_plugin.core.patrols.readers.decimals import decimals_at
from linzhang_plugin.core.patrols.readers.eights import Bytes
from linzhang_plugin.core.patrols.readers.reading import Reading, refused
from linzhang_plugin.core.patrols.readers.rejected import Rejection
from linzhang_plugin.core.patrols.readers.safety import RefusedError
from linzhang_plugin.core.patrols.readers.times import NO_TIME, times_at
from linzhang_plugin.core.patrols.readers.xml_text import make_parser

CHUNK = 4 << 20
"""Bytes worked on at once: small enough to stay in the processor's cache."""
WIDEST = 24
_OPEN = re.compile(rb"<trkpt ((?:lat|lon)=)([\"'])([^\"'<>&]*)\2 ((?:lat|lon)=)\2([^\"'<>&]*)\2>")
_MARK = b"<linzhang-run/>"
_ACCURACY = (b"accuracy", b"acc", b"hacc")


class UnusualError(Exception):
    """The bytes are not of the usual form; the slow reader decides."""


@dataclass
class _Columns:
    """Arrays of each chunk, and runs of points between other elements."""

    lon: list[Floats] = field(default_factory=list)
    lat: list[Floats] = field(default_factory=list)
    ele: list[Floats] = field(default_factory=list)
    accuracy: list[Floats] = field(default_factory=list)
    time: list[Ints] = field(default_factory=list)
    given: list[Bools] = field(default_factory=list)
    line: list[Ints] = field(default_factory=list)
    runs: list[int] = field(default_factory=list)
    n: int = 0


class _Points(NamedTuple):
    start: Ints
    end: Ints
    lon: Floats
    lat: Floats
    ele: Floats
    accuracy: Floats
    time: Ints
    given: Bools


class _Skeleton:
    """The file without its points, walked by expat; tells the segment and name of each run."""

    def __init__(self) -> None:
        self.parser = make_parser()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.finish
        self.path: list[str] = []
        self.text: list[str] = []
        self.parser.CharacterDataHandler = self.text.append
        self.track = -1
        self.name = ""
        self.device = ""
        self.whole_device = ""
        self.runs: list[tuple[int, str, str]] = []
        self.ampersands = 0

    def feed(self, piece: bytes, marked: bool) -> None:
        self.ampersands += piece.count(b"&")
        self.parser.Parse(piece, False)
        if marked:
            self.parser.Parse(_MARK, False)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == _MARK[1:-2].decode():
            if not self.path or self.path[-1] != "trkseg":
                raise UnusualError
            device = self.device or self.whole_device
            self.runs.append((max(0, self.track), self.name, device))
        elif tag == "trkseg":
            self.track += 1
        elif tag == "trk":
            self.name, self.device = "", ""
        elif tag == "gpx":
            self.whole_device = device_in(attributes.get("creator", ""))
        self.path.append(tag)
        if len(self.path) > 32:
            raise UnusualError
        self.text.clear()

    def finish(self, tag: str) -> None:
        self.path.pop()
        if tag == "name" and self.path and self.path[-1] == "trk" and not self.name:
            self.name = "".join(self.text).strip()
        elif is_device(tag.rpartition(":")[2]):
            word = device_word("".join(self.text))
            if "trk" in self.path:
                self.device = word or self.device
            else:
                self.whole_device = word or self.whole_device
        self.text.clear()


def read(data: bytes, file: str, clock: Clock) -> Reading | None:
    """Read UTF-8 GPX without declaration, or give None where it is unusual."""
    if b"<!" in data or b"<trkpt " not in data:
        return None
    columns, skeleton = _Columns(), _Skeleton()
    try:
        _chunks(data, columns, skeleton, clock)
        skeleton.parser.Parse(b"", True)
    except (UnusualError, expat.ExpatError, RefusedError):
        return None
    if skeleton.ampersands != data.count(b"&") or len(skeleton.runs) != len(columns.runs):
        return None
    return _reading(columns, skeleton, file)


def _chunks(data: bytes, columns: _Columns, skeleton: _Skeleton, clock: Clock) -> None:
    place, line, fed, size = 0, 1, 0, len(data)
    while place < size:
        stop = size
        if place + CHUNK < size:
            stop = data.rfind(b"</trkpt>", place, place + CHUNK) + 8
            if stop < place + 8:
                raise UnusualError
        part = np.frombuffer(data, dtype=np.uint8, count=stop - place, offset=place)
        breaks = np.flatnonzero(part == 10)
        points = _points(part, clock)
        if len(points.start):
            fed = _between(data, part, place, points, columns, skeleton, fed)
            columns.line.append(np.searchsorted(breaks, points.start) + line)
        line += len(breaks)
        place = stop
    skeleton.feed(data[fed:], False)


def _between(
    data: bytes,
    part: Bytes,
    place: int,
    points: _Points,
    columns: _Columns,
    skeleton: _Skeleton,
    fed: int,
) -> int:
    """Feed what stands between the points to expat, one mark for each run of points."""
    start, end = points.start, points.end
    blank = np.zeros(len(start), dtype=bool)
    gap = start[1:] - end[:-1]
    widest = int(gap.max(initial=0))
    if widest > 0:
        small = np.flatnonzero(gap <= 64)
        white = np.ones(len(small), dtype=bool)
        for step in range(min(widest, 64)):
            inside = step < gap[small]
            at = end[small] + np.minimum(step, np.maximum(gap[small] - 1, 0))
            byte = part[np.minimum(at, len(part) - 1)]
            white &= ~inside | (byte == 10) | (byte == 32) | (byte == 9) | (byte == 13)
        blank[small[white] + 1] = True
    else:
        blank[1:] = True
    heads = np.flatnonzero(~blank)
    first = data[fed : place + int(start[0])]
    if columns.n and not first.strip():
        heads = heads[1:]  # the run goes on across the chunk's border
    for head in heads.tolist():
        before = fed if head == 0 else place + int(end[head - 1])
        skeleton.feed(data[before : place + int(start[head])], True)
        columns.runs.append(columns.n + head)
    columns.n += len(start)
    for name in ("lon", "lat", "ele", "accuracy", "time", "given"):
        getattr(columns, name).append(getattr(points, name))
    return place + int(end[-1])


def _points(part: Bytes, clock: Clock) -> _Points:
    opens = np.flatnonzero(part == 60)
    padded = np.concatenate([part, np.zeros(WIDEST + 40, dtype=np.uint8)])
    first = np.flatnonzero(_named(padded, opens, b"<trkpt "))
    last = np.flatnonzero(_named(padded, opens, b"</trkpt>"))
    if len(first) != len(last) or (len(first) and not (first < last).all()):
        raise UnusualError
    if len(first) > 1 and not (last[:-1] < first[1:]).all():
        raise UnusualError
    n = len(first)
    lon, lat, ele, accuracy = (np.full(n, np.nan) for _ in range(4))
    time, given = np.full(n, NO_TIME, dtype=np.int64), np.zeros(n, dtype=bool)
    made = _Points(opens[first], opens[last] + 8, lon, lat, ele, accuracy, time, given)
    sizes = last - first + 1
    shapes = np.unique(sizes)
    if len(shapes) > 8:
        raise UnusualError
    for size in shapes:
        rows = np.flatnonzero(sizes == size)
        _alike(padded, opens[first[rows][:, None] + np.arange(size)], rows, made, clock)
    return made


def _named(data: Bytes, at: Ints, name: bytes) -> Bools:
    """Tell at which positions a name stands; the second letter sorts most out."""
    good = data[at + 1] == name[1]
    rows = np.flatnonzero(good)
    for place in range(2, len(name)):
        rows = rows[data[at[rows] + place] == name[place]]
    found = np.zeros(len(at), dtype=bool)
    found[rows] = True
    return found


def _alike(data: Bytes, tags: Ints, rows: Ints, made: _Points, clock: Clock) -> None:
    """Read points that have the same elements in the same order (``tags``: where each begins)."""
    shape = data[tags[0, 0] : tags[0, -1] + 8].tobytes()
    names = [
        re.split(rb"[\s>/]", shape[p + 1 :], maxsplit=1)[0] or b"/" for p in tags[0] - tags[0, 0]
    ]
    _check_block(shape)
    for column in range(1, tags.shape[1] - 1):
        start = shape[int(tags[0, column] - tags[0, 0]) :]
        tag = re.match(rb"</?[^\s<>/]+>", start)
        if tag is None or not _same(data, tags[:, column], tag[0]):
            raise UnusualError
    _position(data, tags[:, 0], shape, rows, made, tags[:, 1])
    for column in range(1, tags.shape[1] - 1):
        name = names[column].rpartition(b":")[2].lower()
        if is_device(name.decode("utf-8", "replace")):
            raise UnusualError  # an id a point: the slow reader takes them
        begin = tags[:, column] + len(names[column]) + 2
        width = tags[:, column + 1] - begin
        if name == b"time" and not made.given[rows].any():
            made.time[rows] = times_at(data, begin, width, clock)
            made.given[rows] = width > 0
        elif name == b"ele":
            made.ele[rows] = decimals_at(data, begin, width)
        elif name in _ACCURACY:
            made.accuracy[rows] = decimals_at(data, begin, width)


def _check_block(shape: bytes) -> None:
    parser = make_parser()
    parser.Parse(shape, True)
    names = re.findall(rb"<([^\s<>/]+)", shape)
    if len(names) != len(set(names)):
        raise UnusualError  # a repeated element: the slow reader knows which counts


def _same(data: Bytes, at: Ints, name: bytes) -> bool:
    return all((data[at + place] == letter).all() for place, letter in enumerate(name))


def _position(data: Bytes, at: Ints, shape: bytes, rows: Ints, made: _Points, text: Ints) -> None:
    match = _OPEN.match(shape)
    if match is None or match[1] == match[4]:
        raise UnusualError
    quote = match[2][0]
    place = at + len(b"<trkpt ")
    for name, after in ((match[1], b" "), (match[4], b">")):
        if not _same(data, place, name + bytes([quote])):
            raise UnusualError
        place = place + len(name) + 1
        window = data[place[:, None] + np.arange(WIDEST)] == quote
        if not window.any(axis=1).all():
            raise UnusualError
        width = window.argmax(axis=1)
        values = decimals_at(data, place, width)
        (made.lat if name == b"lat=" else made.lon)[rows] = values
        place = place + width
        if not _same(data, place, bytes([quote]) + after):
            raise UnusualError
        place = place + 2
    if not (place <= text).all():
        raise UnusualError


def _reading(columns: _Columns, skeleton: _Skeleton, file: str) -> Reading:
    n = columns.n
    heads = np.array([*columns.runs, n], dtype=np.int64)
    lengths = np.diff(heads)
    track = np.repeat(np.array([t for t, _, _ in skeleton.runs], dtype=np.int64), lengths)
    person = np.repeat(np.array([name for _, name, _ in skeleton.runs], dtype=object), lengths)
    named = [device for _, _, device in skeleton.runs]
    device = np.repeat(np.array(named, dtype=object), lengths) if any(named) else None
    rejected: list[Rejection] = []
    time = np.concatenate(columns.time)
    given = np.concatenate(columns.given)
    made = Reading(
        np.concatenate(columns.lon), np.concatenate(columns.lat), time,
        np.concatenate(columns.ele), np.concatenate(columns.accuracy),
        np.concatenate(columns.line), track, person, rejected, device,
    )  # fmt: skip
    return refused(made, file, ~given)
