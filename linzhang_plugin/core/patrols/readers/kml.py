"""KML: gx:Track with times, placemarks with a TimeStamp; lines without times are refused."""

from __future__ import annotations

from xml.parsers import expat  # nosec B406 - DOCTYPE is refused, so no entity can be declared

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.readers.columns import device_word, is_device, is_time
from linzhang_plugin.core.patrols.readers.reading import NO_TIME_GIVEN, Reading, Texts, checked
from linzhang_plugin.core.patrols.readers.rejected import Rejection
from linzhang_plugin.core.patrols.readers.safety import TOO_DEEP, Limits, RefusedError
from linzhang_plugin.core.patrols.readers.xml_text import make_parser, utf8

NO_PLACE = Message("The time of the gx:Track has no position.")
NO_TIMES = Message(
    "The line has no times (no gx:Track, no TimeStamp): {n} positions lost.", {"n": 0}
)


def read_kml(data: bytes, file: str, clock: Clock, limits: Limits | None = None) -> Reading:
    """Read the timed positions of a KML file.

    Args:
        data: The file.
        file: Its name, for rejections.
        clock: Zone of times that name none.
        limits: Depth allowed.
    """
    text = utf8(data)
    if not text.strip():
        return checked(Texts(), file, clock, [Rejection(file, 0, Message("The file is empty."))])
    walker = _Walker(file, (limits or Limits()).depth)
    try:
        walker.parser.Parse(text, True)
    except RefusedError as refusal:
        line = walker.parser.CurrentLineNumber
        return checked(Texts(), file, clock, [Rejection(file, line, refusal.reason)])
    except expat.ExpatError as error:
        walker.close_track()
        reason = Message(
            "The XML is broken here ({reason}); what stands before it was kept.",
            {"reason": expat.errors.messages.get(error.code, "")},
        )
        walker.rejected.append(Rejection(file, error.lineno, reason))
    if not walker.texts.lon and not walker.rejected:
        walker.rejected.append(Rejection(file, 0, Message("The file has no positions with times.")))
    return checked(walker.texts, file, clock, walker.rejected)


class _Walker:
    """Collects timed positions while expat walks through the file."""

    def __init__(self, file: str, depth: int) -> None:
        self.file = file
        self.deepest = depth
        self.depth = 0
        self.texts = Texts()
        self.rejected: list[Rejection] = []
        self.track = -1
        self.name = ""
        self.stamp = ""
        self.device = ""
        self.data = ""
        self.positions: list[tuple[str, int]] = []
        self.when: list[str] = []
        self.coords: list[tuple[str, int]] = []
        self.text: list[str] = []
        self.line = 0
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
        if name == "Placemark":
            self.name, self.stamp, self.positions, self.device = "", "", [], ""
        elif name in ("Data", "SimpleData"):
            self.data = attributes.get("name", "")
        elif name == "Track":
            self.track += 1
            self.when, self.coords = [], []
        elif name in ("coord", "coordinates"):
            self.line = self.parser.CurrentLineNumber

    def finish(self, tag: str) -> None:
        self.depth -= 1
        name = tag.rpartition(":")[2]
        text = "".join(self.text).strip()
        self.text.clear()
        if name == "name" and not self.name:
            self.name = text
        elif name == "when":
            self.when.append(text)
            self.stamp = text
        elif name == "begin":  # of a TimeSpan: when the phone came to the place
            self.stamp = text
        elif name in ("value", "SimpleData"):
            self.device = (device_word(text) if is_device(self.data) else "") or self.device
            self.stamp = self.stamp or (text if is_time(self.data) else "")
        elif name == "coord":
            self.coords.append((text, self.line))
        elif name == "Track":
            self.close_track()
        elif name == "coordinates":
            self.positions.append((text, self.line))
        elif name == "Placemark":
            self.close_placemark()

    def close_track(self) -> None:
        for (text, line), when in zip(self.coords, self.when, strict=False):
            self.take(text.replace(",", " ").split(), when, line)
        for _, line in self.coords[len(self.when) :]:
            self.rejected.append(Rejection(self.file, line, NO_TIME_GIVEN))
        for _ in self.when[len(self.coords) :]:
            self.rejected.append(Rejection(self.file, self.line, NO_PLACE))
        self.when, self.coords = [], []

    def close_placemark(self) -> None:
        for text, line in self.positions:
            spots = text.split()
            if len(spots) == 1 and self.stamp:
                self.track = max(0, self.track)
                self.take(spots[0].split(","), self.stamp, line)
            elif len(spots) > 1:
                reason = Message(NO_TIMES.template, {"n": len(spots)})
                self.rejected.append(Rejection(self.file, line, reason))
        self.positions, self.stamp = [], ""

    def take(self, parts: list[str], when: str, line: int) -> None:
        texts = self.texts
        texts.lon.append(parts[0] if parts else None)
        texts.lat.append(parts[1] if len(parts) > 1 else None)
        texts.ele.append(parts[2] if len(parts) > 2 else None)
        texts.time.append(when)
        texts.accuracy.append(None)
        texts.line.append(line)
        texts.track.append(max(0, self.track))
        texts.person.append(self.name)
        texts.device.append(self.device)
