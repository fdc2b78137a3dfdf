"""Risk patrols: which zones were due on days of extreme danger, and who was there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
)

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.patrols.cleaning import clean
from linzhang_plugin.core.patrols.clock import Clock, day_number
from linzhang_plugin.core.patrols.fixes import Fixes, no_fixes
from linzhang_plugin.core.patrols.rates import definitions
from linzhang_plugin.core.patrols.readers.times import NO_TIME, parse_times
from linzhang_plugin.core.patrols.risk import CheckIn, RiskParams, due_days, risk_rates, visits
from linzhang_plugin.core.patrols.sources import ByPeople
from linzhang_plugin.core.patrols.tables.ground import MISSED, RISK_RATE, VISIT
from linzhang_plugin.core.progress import part
from linzhang_plugin.language import language, translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.patrols.countybook import CountyBook, add_book
from linzhang_plugin.processing.patrols.ruled import (
    GROUP,
    add_clock,
    add_period,
    clock_of,
    period_of,
)
from linzhang_plugin.processing.patrols.traces import parts_of_traces


class RiskPatrols(LinzhangAlgorithm):
    """Zones × days due → visited or missed."""

    NAME = "riskpatrols"
    TITLE = tr("Daily patrols of risk zones")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        source = QgsProcessingParameterFeatureSource
        kinds = QgsProcessing.SourceType
        number = QgsProcessingParameterNumber
        real, whole = number.Type.Double, number.Type.Integer
        table, lines = [kinds.TypeVector], [kinds.TypeVectorLine]
        self.add(source("TRACKS", translate(tr("Tracks")), lines, None, True))
        add_book(self)
        self.add(
            source("CHECKINS", translate(tr("Check-ins of cadres")), table, None, True),
            tr("person_id, day or done_at, and zone_id or a point; empty: those of the workspace."),
        )
        anything = [kinds.TypeVectorAnyGeometry]
        self.add(source("RISK_ZONES", translate(tr("Risk zones")), anything, None, True))
        self.add(
            source("DANGER_DAYS", translate(tr("Danger level by day")), table, None, True),
            tr("day, level and, where towns differ, town_code; one row without a town is for all."),
        )
        self.add(
            source("FIRE_PERIODS", translate(tr("Key fire periods")), table, None, True),
            tr("start_on, end_on; where there is a kind, only 重点期 counts."),
        )
        self.add(
            number("LEVEL", translate(tr("Danger level from which zones are due")), whole, 5,
                   False, 1, 5)
        )  # fmt: skip
        for name, title, default in (
            ("NEAR_M", tr("Near is within (m)"), 50.0),
            ("LEAST_MINUTES", tr("Minutes of a visit"), 3.0),
        ):
            parameter = number(name, translate(title), real, default, False, 0.0)
            self.add(parameter, advanced=True)
        add_period(self)
        add_clock(self)
        self.add_sink("VISITS", VISIT)
        self.add_sink("MISSED", MISSED)
        self.add_sink("RISK_RATES", RISK_RATE, optional=True)
        for name, title in (
            ("N_DUE", tr("Visits due")),
            ("N_MISSED", tr("Visits missed")),
            ("RISK_PERCENT", tr("Risk-zone patrol rate")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, translate(title)))

    def work(self, call: Call) -> dict[str, Any]:
        """Read, match, write."""
        clock = clock_of(call)
        traces, book = parts_of_traces(call, clock, ("TRACKS",))
        fixes = cleaned(traces)
        zones = _named(_asked(call, "RISK_ZONES", ("geometry",), book, needs_crs=True))
        levels = levels_of(_asked(call, "DANGER_DAYS", ("day", "level"), book))
        periods = periods_of(_asked(call, "FIRE_PERIODS", ("start_on", "end_on"), book))
        checkins = _checkins(call, book, clock)
        first, last = period_of(call, fixes if isinstance(fixes, Fixes) else no_fixes(), clock)
        params = RiskParams(
            call.integer("LEVEL"),
            call.number("NEAR_M") or 0.0,
            call.number("LEAST_MINUTES") or 0.0,
        )
        due = due_days(levels, periods, params.level, first, last)
        if not due:
            call.warn(Message("No day of the period lies in a key period at this danger level."))
        table, missed = visits(
            fixes, zones, due, params, clock, checkins, frozenset(levels),
            part(call.progress, 0.2, 0.9),
        )  # fmt: skip
        outputs: dict[str, Any] = {
            "VISITS": call.write("VISITS", table, VISIT),
            "MISSED": call.write("MISSED", missed, MISSED),
            "N_DUE": len(table),
            "N_MISSED": len(missed),
        }
        if call.given("RISK_RATES"):
            share = risk_rates(table, zones)
            share["definitions"] = definitions(("risk_percent",), language() == "zh")
            outputs["RISK_RATES"] = call.write("RISK_RATES", share, RISK_RATE)
        if len(table):
            outputs["RISK_PERCENT"] = 100.0 * (len(table) - len(missed)) / len(table)
        return {name: value for name, value in outputs.items() if value is not None}


def cleaned(traces: Fixes | ByPeople) -> Fixes | ByPeople:
    """Leave out what cannot be true, of a layer at once and of a workspace as it is read."""
    if isinstance(traces, Fixes):
        return clean(traces, 60.0).fixes
    return replace(traces, prepared=lambda fixes: clean(fixes, 60.0).fixes)


def _named(zones: Any) -> Any:
    zones = zones.copy()
    if "daily_required" in zones.columns:
        asked = zones["daily_required"].map(lambda v: pd.isna(v) or bool(v))
        zones = zones[asked]
    for name in ("zone_id", "zone_code", "id", "fid"):
        if name in zones.columns:
            zones["zone_id"] = zones[name].astype(str)
            return zones
    zones["zone_id"] = [str(n) for n in range(1, len(zones) + 1)]
    return zones


KEPT = {"RISK_ZONES": "risk_zone", "DANGER_DAYS": "danger_day", "FIRE_PERIODS": "fire_period"}
"""Table of the workspace that stands in for a layer."""


def _asked(
    call: Call,
    name: str,
    needed: tuple[str, ...],
    book: CountyBook | None,
    needs_crs: bool = False,
) -> Any:
    """Give a layer, else the workspace's table.

    Raises:
        InputError: There is neither, or a field is missing.
    """
    table = call.frame(name, needs_crs=needs_crs)
    if table is None and book is not None:
        table = book.table(KEPT[name])
    if table is None:
        raise InputError(
            tr("{parameter} is empty and the workspace has none; choose a layer."), parameter=name
        )
    return _with_fields(table, name, needed)


def _with_fields(table: Any, name: str, needed: tuple[str, ...]) -> Any:
    for field in needed:
        if field not in table.columns:
            raise InputError(
                tr("{parameter} has no field {field}; it needs {needed}."),
                parameter=name,
                field=field,
                needed=", ".join(needed),
            )
    return table


def levels_of(table: pd.DataFrame) -> dict[tuple[int, str], int]:
    """Give the danger level by day and town, the highest where a day has several."""
    out: dict[tuple[int, str], int] = {}
    for row in table.to_dict("records"):
        if row["day"] and row["level"] is not None:
            town = row.get("town_code")
            key = (day_number(str(row["day"])), "" if pd.isna(town) else str(town))
            out[key] = max(int(row["level"]), out.get(key, 0))
    return out


def periods_of(table: pd.DataFrame) -> list[tuple[int, int]]:
    """Give the key fire periods as (first, last) day."""
    return [
        (day_number(str(row["start_on"])), day_number(str(row["end_on"])))
        for row in table.to_dict("records")
        if row["start_on"] and row["end_on"] and row.get("kind") in (None, "", "重点期")
    ]


def _checkins(call: Call, book: CountyBook | None, clock: Clock) -> list[CheckIn]:
    """Give the check-ins of a layer, else those of the workspace.

    Raises:
        InputError: The layer has no field of the day.
    """
    frame = call.frame("CHECKINS", needs_crs=False)
    if frame is None:
        frame = None if book is None else book.table("checkin")
    if frame is None:
        return []
    if "done_at" not in frame.columns:
        _with_fields(frame, "CHECKINS", ("day",))
    table = pd.DataFrame(frame.drop(columns="geometry", errors="ignore"))
    points = frame.geometry if frame.crs is None else frame.geometry.to_crs(4326)
    out = []
    for row, day, point in zip(table.to_dict("records"), _days(table, clock), points, strict=True):
        here = point is not None and not point.is_empty
        zone = row.get("zone_id")
        if day is not None:
            out.append(
                CheckIn(
                    str(row.get("person_id") or ""),
                    day,
                    "" if pd.isna(zone) else str(zone),
                    float(point.x) if here else float("nan"),
                    float(point.y) if here else float("nan"),
                )
            )
    return out


def _days(table: pd.DataFrame, clock: Clock) -> list[int | None]:
    """Give the local day of each check-in, None where it cannot be told."""
    if "done_at" in table.columns:
        moments = parse_times([str(value) for value in table["done_at"]], clock)
        return [
            None if moment == NO_TIME else int(clock.day(moment)) for moment in moments.tolist()
        ]
    return [day_number(str(value)) for value in table["day"]]
