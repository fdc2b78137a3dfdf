"""Assess events: how soon they were accepted and closed, and where they gather."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.patrols.clock import Clock, day_number
from linzhang_plugin.core.patrols.events import LIMITS, event_times, hotspots, timeliness
from linzhang_plugin.core.patrols.people import Roster
from linzhang_plugin.core.patrols.rates import definitions
from linzhang_plugin.core.patrols.readers.times import NO_TIME, parse_time
from linzhang_plugin.core.patrols.responses import responses
from linzhang_plugin.core.patrols.tables.events import HOTSPOT, RESPONSE, TIMELINESS
from linzhang_plugin.language import language, translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.patrols.countybook import CountyBook, add_book
from linzhang_plugin.processing.patrols.ruled import GROUP, add_clock, add_period, clock_of


class AssessEvents(LinzhangAlgorithm):
    """Events → timeliness and hot spots."""

    NAME = "assessevents"
    TITLE = tr("Assess events")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        kinds = QgsProcessing.SourceType
        number = QgsProcessingParameterNumber
        real, whole = number.Type.Double, number.Type.Integer
        self.add(
            QgsProcessingParameterFeatureSource(
                "EVENTS", translate(tr("Events")), [kinds.TypeVector], None, True
            ),
            tr("type, town_code, found_at, accepted_at, closed_at; points give hot spots."),
        )
        add_book(self, tr("Its events and names are used where EVENTS is empty."))
        add_period(self, tr("Like 2025-03-01: only events found in the period; empty: all."))
        self.add(
            QgsProcessingParameterString(
                "LIMITS", translate(tr("Limits to close (hours)")), "", False, True
            ),
            tr("By type code: 01=24, 02=24, 03=720; other=168; 04=24/720: hours to accept too."),
        )
        self.add(
            QgsProcessingParameterString("AS_OF", translate(tr("As of")), "", False, True),
            tr("Moment at which open events are overdue; empty: the latest time in the events."),
        )
        self.add(number("RADIUS_M", translate(tr("Reach of a hot spot (m)")), real, 500.0))
        self.add(number("LEAST", translate(tr("Fewest events of a hot spot")), whole, 3, False, 2))
        add_clock(self)
        self.add_sink("TIMELINESS", TIMELINESS)
        self.add_sink("RESPONSES", RESPONSE, optional=True)
        self.add_sink("HOTSPOTS", HOTSPOT, optional=True)
        for name, title in (
            ("N_EVENTS", tr("Number of events")),
            ("CLOSED_PERCENT", tr("Closure rate")),
            ("TIMELY_PERCENT", tr("Timeliness rate")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, translate(title)))

    def work(self, call: Call) -> dict[str, Any]:
        """Read, measure, write."""
        clock = clock_of(call)
        book = CountyBook.of(call, not call.given("EVENTS"))
        events = _in_period(call, _events(call, book), clock)
        if "found_at" not in events.columns:
            raise InputError(tr("EVENTS has no field found_at; choose the table of events."))
        times = event_times(pd.DataFrame(events), clock)
        asked = call.text("AS_OF")
        as_of = parse_time(asked, clock) if asked else int(times.to_numpy().max())
        if as_of == NO_TIME:
            raise InputError(tr("AS_OF cannot be read as a time; write it like 2025-03-31 18:00."))
        limits = _limits(call.text("LIMITS"))
        table = timeliness(pd.DataFrame(events), clock, as_of, limits)
        table["definitions"] = definitions(("closed_percent", "timely_percent"), _chinese())
        whole = table[(table["town_code"] == "") & (table["type"] == "")].iloc[0]
        outputs: dict[str, Any] = {
            "TIMELINESS": call.write("TIMELINESS", table, TIMELINESS),
            "N_EVENTS": len(events),
            "CLOSED_PERCENT": whole["closed_percent"],
            "TIMELY_PERCENT": whole["timely_percent"],
        }
        if call.given("RESPONSES"):
            answered = _responses(pd.DataFrame(events), clock, as_of, limits, book)
            outputs["RESPONSES"] = call.write("RESPONSES", answered, RESPONSE)
        if call.given("HOTSPOTS"):
            spots = _hotspots(call, events)
            outputs["HOTSPOTS"] = call.write("HOTSPOTS", spots, HOTSPOT)
        return {name: value for name, value in outputs.items() if value is not None}


def _chinese() -> bool:
    return language() == "zh"


def _events(call: Call, book: CountyBook | None) -> Any:
    given = call.frame("EVENTS", needs_crs=False)
    if given is not None or book is None:
        return given
    found = book.table("event")
    if found is None:
        raise InputError(tr("The workspace has no events; import them first."))
    return found


def _in_period(call: Call, events: Any, clock: Clock) -> Any:
    """Keep the events found in the period, where one is given.

    Raises:
        InputError: There is none.
    """
    start, end = call.text("PERIOD_START"), call.text("PERIOD_END")
    if "found_at" not in events.columns or not (start or end):
        return events
    found = event_times(pd.DataFrame(events), clock)["found"].to_numpy()
    day = clock.day(found)
    first = day_number(start) if start else int(day.min())
    last = day_number(end) if end else int(day.max())
    inside = (day >= first) & (day <= last) & (found != NO_TIME)
    if not inside.any():
        raise InputError(
            tr("No event was found from {start} to {end}; choose another period."),
            start=start or "…",
            end=end or "…",
        )
    return events[inside]


def _responses(
    events: pd.DataFrame,
    clock: Clock,
    as_of: int,
    limits: dict[str, tuple[float, float]],
    book: CountyBook | None,
) -> pd.DataFrame:
    """Give each handler's figures with name and town where the workspace knows them."""
    table = responses(events, clock, as_of, limits)
    if book is not None:
        roster, people = Roster(book.persons), book.persons.set_index("person_id")
        ids = [roster.person(word) for word in table["handler"]]
        for name, column in (("name", "name"), ("town_code", "town_code")):
            table[name] = [people[column].get(i) if i else None for i in ids]
    names = ("accept_percent", "closed_percent", "timely_percent")
    table["definitions"] = definitions(names, _chinese())
    return table


def _hotspots(call: Call, events: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    if events.crs is None:
        raise InputError(tr("EVENTS has no places; skip HOTSPOTS or choose a layer of points."))
    return hotspots(events, call.number("RADIUS_M") or 500.0, call.integer("LEAST"))


def _limits(text: str) -> dict[str, tuple[float, float]]:
    limits = dict(LIMITS)
    for word in text.replace("，", ",").replace(";", ",").replace("；", ",").split(","):
        if not word.strip():
            continue
        name, _, hours = word.partition("=")
        try:
            key = "" if name.strip() in ("other", "其他") else name.strip()[:2]
            accept, _, close = hours.rpartition("/")
            usual = limits.get(key, limits[""])[0]
            limits[key] = (float(accept) if accept else usual, float(close))
        except ValueError as error:
            raise InputError(
                tr("LIMITS: {word} cannot be read; write it like 01=24."), word=word.strip()
            ) from error
    return limits
