"""GeoJSON points and lines with times, and OGC Moving Features JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.readers.columns import Columns, device_word, recognise
from linzhang_plugin.core.patrols.readers.delimited import EMPTY, text_of
from linzhang_plugin.core.patrols.readers.reading import Reading, Texts, checked, nothing
from linzhang_plugin.core.patrols.readers.rejected import Rejection
from linzhang_plugin.core.patrols.readers.safety import TOO_DEEP

TIMES = ("coordTimes", "coordinateProperties", "times", "timestamps", "datetimes")
NO_TIMES = Message("The feature has no time for each of its positions.")
BROKEN = Message("The JSON is broken here; the whole features around it were kept.")
WRAPPINGS = 4
"""Objects that web services put around their records."""
MOST_FAILURES = 2000
"""A document with more defects than this is no salvage but an attack."""
_BEGIN = re.compile(r'\{\s*"')


def read_geojson(data: bytes, file: str, clock: Clock, person_field: str = "") -> Reading:
    """Read timed positions of GeoJSON; ``line`` is the feature's number.

    Args:
        data: The file.
        file: Its name, for rejections.
        clock: Zone of times that name none.
        person_field: Property that says whose fix it is; empty: by its name.
    """
    text = text_of(data)
    if not text.strip():
        return nothing([Rejection(file, 0, EMPTY)])
    rejected: list[Rejection] = []
    document: Any
    try:
        document = json.loads(text)
    except RecursionError:
        return nothing([Rejection(file, 0, TOO_DEEP)])
    except ValueError as error:
        document = _line_by_line(text)
        if document is None:
            rejected.append(Rejection(file, getattr(error, "lineno", 0), BROKEN))
            document = _salvaged(text)
    texts = Texts()
    for number, feature in enumerate(_features(document), start=1):
        if not _take(feature, number, texts, person_field):
            rejected.append(Rejection(file, number, NO_TIMES))
    if not texts.lon and not rejected:
        rejected.append(Rejection(file, 0, Message("The file has no positions with times.")))
    return checked(texts, file, clock, rejected)


def _line_by_line(text: str) -> list[Any] | None:
    """Give the records of a file that has one a line (NDJSON, GeoJSONL); None for another."""
    try:
        return [json.loads(line) for line in text.replace("\x1e", "").splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return None


def _salvaged(text: str) -> list[Any]:
    """Give every whole feature or record of a broken document, in order."""
    decoder = json.JSONDecoder()
    found: list[Any] = []
    begin, failures = _BEGIN.search(text), 0
    while begin is not None and failures < MOST_FAILURES:
        place = begin.end() - 1
        try:
            value, place = decoder.raw_decode(text, begin.start())
        except (ValueError, RecursionError):
            failures += 1  # not whole, or it holds the defect: look inside
        else:
            if isinstance(value, dict) and _timed(value):
                found.append(value)
        begin = _BEGIN.search(text, place)
    return found


def _timed(value: dict[str, Any]) -> bool:
    return "temporalGeometry" in value or "geometry" in value or _is_record(value)


def _is_record(value: dict[str, Any]) -> bool:
    return "geometry" not in value and recognise(list(value)).enough


def _features(document: Any) -> Iterator[dict[str, Any]]:
    if isinstance(document, dict):
        members = document.get("features")
        if not isinstance(members, list) and not _timed(document) and "type" not in document:
            members = _records_in(document, WRAPPINGS)
        yield from (
            f for f in (members if isinstance(members, list) else [document]) if isinstance(f, dict)
        )
    elif isinstance(document, list):
        yield from (f for f in document if isinstance(f, dict))


def _take(feature: dict[str, Any], number: int, texts: Texts, person_field: str) -> bool:
    record = _is_record(feature) and "temporalGeometry" not in feature
    properties = feature if record else feature.get("properties")
    properties = properties if isinstance(properties, dict) else {}
    names = list(properties)
    columns = recognise(names, person_field)
    values = [properties[name] for name in names]
    place = columns.person if columns.person >= 0 else columns.track
    person = str(values[place]).strip() if place >= 0 and values[place] is not None else ""
    device = device_word(values[columns.device]) if columns.device >= 0 else ""
    when = None
    if columns.time >= 0 or columns.date >= 0:
        when = values[columns.time if columns.time >= 0 else columns.date]
    if record:
        spots, times = [_spot(values, columns)], [when]
    else:
        spots, times = _spots(feature, properties, when)
    if not spots or len(times) != len(spots):
        return False
    for spot, time in zip(spots, times, strict=True):
        good = isinstance(spot, list) and len(spot) >= 2
        texts.lon.append(spot[0] if good else None)
        texts.lat.append(spot[1] if good else None)
        texts.ele.append(spot[2] if good and len(spot) > 2 else None)
        texts.accuracy.append(values[columns.accuracy] if columns.accuracy >= 0 else None)
        texts.time.append(None if time is None else str(time))
        texts.line.append(number)
        texts.track.append(number - 1)
        texts.person.append(person)
        texts.device.append(device)
    return True


def _records_in(document: dict[str, Any], wrappings: int) -> list[Any] | None:
    """Give the list of records in the answer of a web service, ``{"data": {"list": […]}}``."""
    for value in document.values():
        if _are_records(value):
            return list(value)
        inner = _records_in(value, wrappings - 1) if wrappings and isinstance(value, dict) else None
        if inner is not None:
            return inner
    return None


def _are_records(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(v, dict) and _timed(v) for v in value)


def _spot(values: list[Any], columns: Columns) -> list[Any]:
    """Give longitude, latitude and height of a plain record, ``{"lng": …, "lat": …}``."""
    place = values[columns.place] if columns.place >= 0 else None
    if isinstance(place, dict):
        inner = recognise(["time", *place])
        values, columns = [None, *place.values()], inner
    elif isinstance(place, list):
        return place
    if columns.lon < 0 or columns.lat < 0:
        return []
    spot = [values[columns.lon], values[columns.lat]]
    return [*spot, values[columns.ele]] if columns.ele >= 0 else spot


def _spots(
    feature: dict[str, Any], properties: dict[str, Any], when: Any
) -> tuple[list[Any], list[Any]]:
    moving = feature.get("temporalGeometry")
    if isinstance(moving, dict):
        return list(moving.get("coordinates") or []), list(moving.get("datetimes") or [])
    geometry = feature.get("geometry") if "geometry" in feature else feature
    if not isinstance(geometry, dict):
        return [], []
    kind, spots = geometry.get("type"), geometry.get("coordinates")
    if not isinstance(spots, list):
        return [], []
    if kind == "Point":
        return [spots], [when]
    if kind == "MultiLineString":
        spots = [spot for part in spots if isinstance(part, list) for spot in part]
    elif kind != "LineString":
        return [], []
    return spots, _times(properties)


def _times(properties: dict[str, Any]) -> list[Any]:
    for name in TIMES:
        value = properties.get(name)
        if isinstance(value, dict):
            value = value.get("times")
        if isinstance(value, list):
            flat = [t for part in value for t in (part if isinstance(part, list) else [part])]
            return list(np.array(flat, dtype=object))
    return []
