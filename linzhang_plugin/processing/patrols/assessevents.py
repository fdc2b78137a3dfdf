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
from linzhang_plugin.core.patrols.events import LIMITS, event_times, hotspots, timeliness
from linzhang_plugin.core.patrols.rates import RATES
from linzhang_plugin.core.patrols.readers.times import NO_TIME, parse_time
from linzhang_plugin.core.patrols.tables import HOTSPOT, TIMELINESS
from linzhang_plugin.language import language, translate
from linzhang_plugin.processing.base import Call, LinzhangAlgorithm
from linzhang_plugin.processing.patrols.ruled import GROUP, add_clock, clock_of


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
                "EVENTS", translate(tr("Events")), [kinds.TypeVector]
            ),
            tr("type, town_code, found_at, accepted_at, closed_at; points give hot spots."),
        )
        self.add(
            QgsProcessingParameterString(
                "LIMITS", translate(tr("Limits to close (hours)")), "", False, True
            ),
            tr("By type code: 01=24, 02=24, 03=720; other=168. Empty: the defaults."),
        )
        self.add(
            QgsProcessingParameterString("AS_OF", translate(tr("As of")), "", False, True),
            tr("Moment at which open events are overdue; empty: the latest time in the events."),
        )
        self.add(number("RADIUS_M", translate(tr("Reach of a hot spot (m)")), real, 500.0))
        self.add(number("LEAST", translate(tr("Fewest events of a hot spot")), whole, 3, False, 2))
        add_clock(self)
        self.add_sink("TIMELINESS", TIMELINESS)
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
        events = call.frame("EVENTS", needs_crs=False)
        if "found_at" not in events.columns:
            raise InputError(tr("EVENTS has no field found_at; choose the table of events."))
        times = event_times(pd.DataFrame(events), clock)
        asked = call.text("AS_OF")
        as_of = parse_time(asked, clock) if asked else int(times.to_numpy().max())
        if as_of == NO_TIME:
            raise InputError(tr("AS_OF cannot be read as a time; write it like 2025-03-31 18:00."))
        table = timeliness(pd.DataFrame(events), clock, as_of, _limits(call.text("LIMITS")))
        chinese = language() == "zh"
        table["definitions"] = "；".join(
            f"{r.zh}＝{r.words_zh}" if chinese else f"{r.en} = {r.words_en}" for r in RATES[-2:]
        )
        whole = table[(table["town_code"] == "") & (table["type"] == "")].iloc[0]
        outputs: dict[str, Any] = {
            "TIMELINESS": call.write("TIMELINESS", table, TIMELINESS),
            "N_EVENTS": len(events),
            "CLOSED_PERCENT": whole["closed_percent"],
            "TIMELY_PERCENT": whole["timely_percent"],
        }
        if call.given("HOTSPOTS"):
            spots = _hotspots(call, events)
            outputs["HOTSPOTS"] = call.write("HOTSPOTS", spots, HOTSPOT)
        return {name: value for name, value in outputs.items() if value is not None}


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
            limits[key] = (limits.get(key, (24.0, 0.0))[0], float(hours))
        except ValueError as error:
            raise InputError(
                tr("LIMITS: {word} cannot be read; write it like 01=24."), word=word.strip()
            ) from error
    return limits
