"""Layers of fixes and tracks as the arrays that the patrol engines take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import numpy as np
import pyproj
from qgis.core import (
    QgsFeature,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsVectorLayer,
    QgsWkbTypes,
)

from linzhang_plugin.core.messages import CancelledError, InputError, Message, tr
from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.devices import with_marks
from linzhang_plugin.core.patrols.fixes import Fixes
from linzhang_plugin.core.patrols.lines import line_points
from linzhang_plugin.core.patrols.readers.columns import device_word, recognise
from linzhang_plugin.core.patrols.readers.importing import as_fixes
from linzhang_plugin.core.patrols.readers.reading import Reading, nothing, refused
from linzhang_plugin.core.patrols.readers.rejected import Rejection
from linzhang_plugin.core.patrols.readers.rows import NO_COLUMNS
from linzhang_plugin.core.patrols.readers.times import NO_TIME, parse_times
from linzhang_plugin.core.patrols.sources import ByPeople
from linzhang_plugin.processing import bridge
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.patrols.countybook import CountyBook

EVERY = 2000
Source: TypeAlias = QgsProcessingFeatureSource | QgsVectorLayer


def read_traces(call: Call, clock: Clock, names: tuple[str, ...] = ("FIXES", "TRACKS")) -> Fixes:
    """Give the fixes of the first of these parameters that was given, in WGS84.

    Raises:
        InputError: None was given, or none of its rows is a fix.
    """
    for name in names:
        source = call.source(name)
        if source is None:
            continue
        reading = read_source(source, source.sourceName(), clock, "", call.feedback)
        if not len(reading):
            why = reading.rejected[0].reason if reading.rejected else NO_COLUMNS
            raise InputError(
                tr("Layer {layer} holds no fix that can be used: {reason}"),
                layer=source.sourceName() or name,
                reason=why,
            )
        if reading.rejected:
            call.warn(
                Message(
                    "{n} rows of {layer} were left out; the first: {reason}",
                    {
                        "n": len(reading.rejected),
                        "layer": source.sourceName(),
                        "reason": reading.rejected[0].reason,
                    },
                )
            )
        return with_marks(as_fixes(reading, ".csv", ""))
    raise InputError(tr("Give {names}: there is nothing to assess."), names=" / ".join(names))


def traces_of(
    call: Call,
    clock: Clock,
    names: tuple[str, ...] = ("FIXES", "TRACKS"),
    platform: bool = False,
    days_before: int = 0,
) -> tuple[Fixes, CountyBook | None]:
    """Give the fixes of a layer, else those that the workspace keeps, and the workspace's book.

    Args:
        call: The run.
        clock: Zone of times that name none.
        names: Parameters that may hold a layer.
        platform: Where the workspace has no traces its totals of the platform will do.
        days_before: Days before the period that are read from the workspace too.

    Raises:
        InputError: There is neither a layer nor a workspace, or it holds no fix.
    """
    held, book = _layer_or_book(call, clock, names)
    if isinstance(held, CountyBook):
        return held.fixes(call, clock, platform, days_before), book
    return held, book


def parts_of_traces(
    call: Call, clock: Clock, names: tuple[str, ...]
) -> tuple[Fixes | ByPeople, CountyBook | None]:
    """Give the fixes of a layer whole, else those of the workspace some persons at a time.

    Args:
        call: The run.
        clock: Zone of times that name none.
        names: Parameters that may hold a layer.

    Raises:
        InputError: There is neither a layer nor a workspace, or it holds no fix.
    """
    held, book = _layer_or_book(call, clock, names)
    return (held.by_people(call, clock) if isinstance(held, CountyBook) else held), book


def _layer_or_book(
    call: Call, clock: Clock, names: tuple[str, ...]
) -> tuple[Fixes | CountyBook, CountyBook | None]:
    """Give a layer's fixes, or the workspace's book where they are read there; and that book."""
    layered = any(call.given(name) for name in names)
    book = CountyBook.of(call, not layered)
    return (read_traces(call, clock, names) if layered or book is None else book), book


def read_source(
    source: Source, title: str, clock: Clock, person_field: str, feedback: QgsProcessingFeedback
) -> Reading:
    """Read a layer of points with times, or of lines whose M is the time.

    Args:
        source: The layer.
        title: Its name, for rejections.
        clock: Zone of times that name none.
        person_field: Field that says whose fix it is; empty: by its name.
        feedback: Asked for cancellation.
    """
    kind = QgsWkbTypes.geometryType(source.wkbType())
    if kind == QgsWkbTypes.GeometryType.LineGeometry:
        return _moved(_read_lines(source, title, person_field, feedback), source, title)
    names = [field.name() for field in source.fields()]
    columns = recognise(names, person_field)
    if columns.time < 0 and columns.date < 0:
        return nothing([Rejection(title, 0, NO_COLUMNS)])
    reading = _read_points(source, names, columns, title, clock, feedback)
    return reading if columns.lon >= 0 and kind != 0 else _moved(reading, source, title)


def _features(source: Source, feedback: QgsProcessingFeedback) -> Iterator[QgsFeature]:
    for number, feature in enumerate(source.getFeatures()):
        if number % EVERY == 0 and feedback.isCanceled():
            raise CancelledError()
        yield feature


def _read_points(
    source: Source,
    names: list[str],
    columns: Any,
    title: str,
    clock: Clock,
    feedback: QgsProcessingFeedback,
) -> Reading:
    used = {k: v for k, v in vars(columns).items() if v >= 0}
    cells: dict[str, list[Any]] = {name: [] for name in used}
    x: list[float] = []
    y: list[float] = []
    z: list[float] = []
    for feature in _features(source, feedback):
        values = feature.attributes()
        for name, place in used.items():
            cells[name].append(bridge.plain(values[place]))
        point = feature.geometry().constGet()
        good = point is not None and hasattr(point, "x")
        x.append(point.x() if good else _number(cells, "lon"))
        y.append(point.y() if good else _number(cells, "lat"))
        z.append(point.z() if good and point.is3D() else float("nan"))
    n = len(x)
    when = cells["time"] if "time" in cells else cells["date"]
    ele = np.array([_float(v) for v in cells["ele"]]) if "ele" in cells else np.array(z)
    accuracy = np.array([_float(v) for v in cells.get("accuracy", [None] * n)], dtype=np.float64)
    person = np.array([_word(v) for v in _persons(cells, n)], dtype=object)
    made = Reading(
        np.array(x, dtype=np.float64),
        np.array(y, dtype=np.float64),
        parse_times([None if w is None else str(w) for w in when], clock),
        ele.astype(np.float64),
        accuracy,
        np.arange(1, n + 1, dtype=np.int64),
        np.zeros(n, dtype=np.int64),
        person,
        [],
        device=np.array([device_word(v) for v in cells["device"]], dtype=object)
        if "device" in cells
        else None,
    )
    return made


def _persons(cells: dict[str, list[Any]], n: int) -> list[Any]:
    return cells.get("person") or cells.get("track") or [""] * n


def _word(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _float(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return float("nan")


def _number(cells: dict[str, list[Any]], name: str) -> float:
    return _float(cells[name][-1]) if name in cells else float("nan")


def _read_lines(
    source: Source, title: str, person_field: str, feedback: QgsProcessingFeedback
) -> Reading:
    names = [field.name() for field in source.fields()]
    columns = recognise(names, person_field)
    place = columns.person if columns.person >= 0 else columns.track
    parts, numbers, people = [], [], []
    for number, feature in enumerate(_features(source, feedback), start=1):
        points = line_points(bytes(feature.geometry().asWkb()))
        parts.append(points)
        numbers.append(np.full(len(points), number, dtype=np.int64))
        who = _word(bridge.plain(feature.attributes()[place])) if place >= 0 else ""
        people.append(np.full(len(points), who, dtype=object))
    if not parts:
        return nothing()
    joined = np.concatenate(parts)
    seconds = joined[:, 3]
    known = np.isfinite(seconds) & (seconds != 0)
    time = np.where(known, np.round(np.where(known, seconds, 0) * 1000.0), NO_TIME)
    line = np.concatenate(numbers)
    return Reading(
        joined[:, 0].copy(),
        joined[:, 1].copy(),
        time.astype(np.int64),
        joined[:, 2].copy(),
        np.full(len(joined), np.nan),
        line,
        line - 1,
        np.concatenate(people),
        [],
    )


def _moved(reading: Reading, source: Source, title: str) -> Reading:
    """Bring positions to longitude and latitude, then refuse what is no fix."""
    crs = source.sourceCrs() if hasattr(source, "sourceCrs") else source.crs()
    made = bridge.pyproj_crs(crs)
    if made is not None and not made.is_geographic and len(reading):
        to_degrees = pyproj.Transformer.from_crs(made, 4326, always_xy=True)
        good = np.isfinite(reading.lon) & np.isfinite(reading.lat)
        lon, lat = to_degrees.transform(reading.lon[good], reading.lat[good])
        reading.lon[good], reading.lat[good] = lon, lat
    return refused(reading, title)
