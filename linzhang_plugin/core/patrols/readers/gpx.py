"""GPX 1.0, 1.1 and without version: track points, salvaged where the XML is broken."""

from __future__ import annotations

import re
from collections import Counter
from xml.parsers import expat  # nosec B406 - DOCTYPE is refused, so no entity can be declared

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.readers import gpx_fast
from linzhang_plugin.core.patrols.readers.columns import device_in, device_word, is_device
from linzhang_plugin.core.patrols.readers.reading import Reading, Texts, checked
from linzhang_plugin.core.patrols.readers.rejected import Rejection
from linzhang_plugin.core.patrols.readers.safety import TOO_DEEP, Limits, RefusedError
from linzhang_plugin.core.patrols.readers.xml_text import line_at, make_parser, utf8

ACCURACY = frozenset({"accuracy", "acc", "hacc", "horizontalaccuracy", "horizontal_accuracy"})
_PART = re.compile(
    rb"<trkseg\b|<trk\b|<trkpt\b([^<>]*)>((?:(?!</?trkpt\b).)*)</trkpt\s*>|</?trkpt\b", re.S
)
_ATTRIBUTE = re.compile(rb"\b(lat|lon)\s*=\s*[\"']([^\"'<]*)[\"']")
_CHILD = re.compile(rb"<(ele|time)\s*>([^<]*)<")
_TRACE = re.compile(
    rb"(?P<open><trkpt\b[^<>]*)|(?P<close></trkpt\b)|(?P<rest>\bl(?:at|on)\s*=|<time\b)|<(?:wpt|rtept)\b[^<>]*"
)
LOST_POINT = Message("The fix is cut off or broken.")


def read_gpx(data: bytes, file: str, clock: Clock, limits: Limits | None = None) -> Reading:
    """Read the track points of a GPX file.

    Well-formed files take a fast path over the bytes; anything unusual goes through expat, and
    what follows a defect is salvaged point by point. Waypoints and routes are no patrols.

    Args:
        data: The file.
        file: Its name, for rejections.
        clock: Zone of times that name none.
        limits: Depth allowed.
    """
    text = utf8(data)
    if not text.strip():
        return checked(Texts(), file, clock, [Rejection(file, 0, Message("The file is empty."))])
    quick = gpx_fast.read(text, file, clock)
    if quick is not None:
        return quick
    return read_gpx_slowly(text, file, clock, limits or Limits())


def read_gpx_slowly(text: bytes, file: str, clock: Clock, limits: Limits) -> Reading:
    """Read UTF-8 GPX through expat, with salvage."""
    walker = _Walker(limits.depth)
    rejected: list[Rejection] = []
    try:
        walker.parser.Parse(text, True)
    except RefusedError as refusal:
        line = walker.parser.CurrentLineNumber
        return checked(Texts(), file, clock, [Rejection(file, line, refusal.reason)])
    except expat.ExpatError as error:
        reason = Message(
            "The XML is broken here ({reason}); what could be read around it was kept.",
            {"reason": expat.errors.messages.get(error.code, "")},
        )
        rejected.append(Rejection(file, error.lineno, reason))
        rejected += _salvage(text, walker, file, error.lineno)
        rejected += _unlisted(text, walker, rejected, file)
    if not walker.texts.lon and not rejected:
        rejected.append(Rejection(file, 0, _why_empty(walker)))
    return checked(walker.texts, file, clock, rejected)


def _why_empty(walker: _Walker) -> Message:
    return Message(
        "The file has no track points ({wpt} waypoints and {rtept} route points are no patrol).",
        {"wpt": walker.others["wpt"], "rtept": walker.others["rtept"]},
    )


class _Walker:
    """Collects track points while expat walks through the file."""

    def __init__(self, depth: int) -> None:
        self.texts = Texts()
        self.others = {"wpt": 0, "rtept": 0}
        self.deepest = depth
        self.depth = 0
        self.track = -1
        self.name = ""
        self.device = ""
        self.whole_device = ""
        self.end = 0
        self.in_track = False
        self.point: dict[str, str] | None = None
        self.text: list[str] = []
        self.parser = make_parser()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.finish
        self.parser.CharacterDataHandler = self.text.append

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > self.deepest:
            raise RefusedError(TOO_DEEP)
        self.text.clear()
        name = tag.rpartition(":")[2]
        if name == "trkpt":
            if self.point is not None:  # its end is damaged: what was read of it counts
                self.take(self.point)
            self.point = {"line": str(self.parser.CurrentLineNumber), **attributes}
        elif name == "trkseg":
            self.track += 1
        elif name == "trk":
            self.in_track, self.name, self.device = True, "", ""
        elif name == "gpx":
            self.whole_device = device_in(attributes.get("creator", ""))
        elif name in self.others:
            self.others[name] += 1

    def finish(self, tag: str) -> None:
        self.depth -= 1
        name = tag.rpartition(":")[2].lower()
        point = self.point
        if point is None:
            if name == "name" and self.in_track and not self.name:
                self.name = "".join(self.text).strip()
            elif name == "trk":
                self.in_track, self.name, self.device = False, "", ""
            elif is_device(name):
                self.own("".join(self.text))
        elif name == "trkpt":
            self.take(point)
            self.point = None
            self.end = self.parser.CurrentByteIndex
        elif name in ("ele", "time"):
            point.setdefault(name, "".join(self.text))
        elif name in ACCURACY:
            point.setdefault("accuracy", "".join(self.text))
        elif is_device(name):
            point.setdefault("device", device_word("".join(self.text)))
        self.text.clear()

    def own(self, text: str) -> None:
        """Take a device's id for the track, or for the file where it stands outside of tracks."""
        if self.in_track:
            self.device = device_word(text) or self.device
        else:
            self.whole_device = device_word(text) or self.whole_device

    def take(self, point: dict[str, str]) -> None:
        texts = self.texts
        texts.lon.append(point.get("lon"))
        texts.lat.append(point.get("lat"))
        texts.time.append(point.get("time"))
        texts.ele.append(point.get("ele"))
        texts.accuracy.append(point.get("accuracy"))
        texts.line.append(int(point["line"]))
        texts.track.append(max(0, self.track))
        texts.person.append(self.name)
        texts.device.append(point.get("device") or self.device or self.whole_device)


def _salvage(text: bytes, walker: _Walker, file: str, broken_line: int) -> list[Rejection]:
    """Take every whole track point after the last good one; list the others."""
    lost: list[Rejection] = []
    place = text.find(b">", walker.end) + 1 if walker.end else 0
    line, counted = line_at(text, place), place
    for match in _PART.finditer(text, place):
        line += text.count(b"\n", counted, match.start())
        counted = match.start()
        if match[0] in (b"<trkseg", b"<trk"):
            walker.track += match[0] == b"<trkseg"
            continue
        point = dict(_ATTRIBUTE.findall(match[1] or b"") + _CHILD.findall(match[2] or b""))
        if b"lat" not in point or b"lon" not in point:
            if line != broken_line:
                lost.append(Rejection(file, line, LOST_POINT))
            continue
        words = {key.decode(): value.decode("utf-8", "replace") for key, value in point.items()}
        walker.take({"line": str(line), **words})
    return lost


def _unlisted(
    text: bytes, walker: _Walker, rejected: list[Rejection], file: str
) -> list[Rejection]:
    """List the points of a broken file of which there is a trace and that nothing told of yet.

    A trace is a point's begin, an end without a begin, or a place or time that no point holds.
    """
    traces: Counter[int] = Counter()
    line, counted, first, begun = 1, 0, text.find(b"<trkpt"), 0
    seen: set[bytes] | None = None  # what the point that has begun has shown of itself
    for match in _TRACE.finditer(text):
        line += text.count(b"\n", counted, match.start())
        counted = match.start()
        if match.lastgroup == "open":
            traces[line] += 1
            begun = line
            seen = {name for name in (b"lat", b"lon") if name in match[0]}
        elif match.lastgroup == "close":
            traces[line] += seen is None
            seen = None
        elif match.lastgroup == "rest" and match.start() > first >= 0:
            kind = match[0].rstrip(b"= \t\r\n").lstrip(b"<")
            if seen is None or (kind in seen and line > begun):
                traces[line] += 1
                seen, begun = set(), line
            seen.add(kind)
    told = Counter(walker.texts.line)
    told.update({row.line for row in rejected} - set(told))
    return [
        Rejection(file, line, LOST_POINT)
        for line, n in sorted(traces.items())
        for _ in range(n - told[line])
    ]
