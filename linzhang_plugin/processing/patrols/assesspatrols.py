"""Assess patrols: traces → patrols, days, attendance and rates, each judgement with its reasons."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterString,
)

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.patrols.areas import Areas, make_areas
from linzhang_plugin.core.patrols.attendance import attendance, roster_of
from linzhang_plugin.core.patrols.clock import Clock, day_text
from linzhang_plugin.core.patrols.fixes import iso_utc, no_fixes
from linzhang_plugin.core.patrols.parts import assess_parts, lines_of, parts_of
from linzhang_plugin.core.patrols.platform import with_platform
from linzhang_plugin.core.patrols.rates import definitions, rates
from linzhang_plugin.core.patrols.sources import InMemory
from linzhang_plugin.core.patrols.tables.attendance import ATTENDANCE, RATE
from linzhang_plugin.core.patrols.tables.outings import PATROL, PATROL_DAY, STOP
from linzhang_plugin.core.progress import part
from linzhang_plugin.language import language, translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.patrols.absent import absences_of
from linzhang_plugin.processing.patrols.countybook import CountyBook, add_book
from linzhang_plugin.processing.patrols.ruled import (
    GROUP,
    add_clock,
    add_gap,
    add_period,
    add_rules,
    clock_of,
    period_of,
    rules_of,
)
from linzhang_plugin.processing.patrols.sidebyside import add_scheduler, run_of
from linzhang_plugin.processing.patrols.traces import read_traces
from linzhang_plugin.workspace.traces import TraceStore

WGS84 = "EPSG:4326"


class AssessPatrols(LinzhangAlgorithm):
    """Judges patrols by the county's rules."""

    NAME = "assesspatrols"
    TITLE = tr("Assess patrols")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        source = QgsProcessingParameterFeatureSource
        kinds = QgsProcessing.SourceType
        for name, title, kind in (
            ("FIXES", tr("Fixes"), kinds.TypeVectorPoint),
            ("TRACKS", tr("Tracks"), kinds.TypeVectorLine),
            ("GRIDS", tr("Management grids"), kinds.TypeVectorPolygon),
            ("ASSIGNMENTS", tr("Assignments of grids with dates"), kinds.TypeVector),
            ("PERSONS", tr("Roster of rangers"), kinds.TypeVector),
            ("ABSENCES", tr("Days of leave, training and fire-fighting"), kinds.TypeVector),
            ("PLATFORM", tr("Attendance of the platform"), kinds.TypeVector),
        ):
            self.add(source(name, translate(title), [kind], None, True))
        add_book(self)
        add_rules(self)
        add_gap(self)
        add_period(self)
        self.add(
            QgsProcessingParameterString(
                "EXEMPT_DAYS", translate(tr("Exempt days (bad weather)")), "", False, True
            ),
            tr("Days or stretches, with commas: 2025-03-04, 2025-03-10..2025-03-12."),
        )
        add_clock(self)
        add_scheduler(self)
        self.add_sink("PATROLS", PATROL, optional=True)
        lines: Any = self.parameterDefinition("PATROLS")
        lines.setCreateByDefault(True)  # skipped only by who asks for it: a year's lines are large
        self.add_sink("PATROL_DAYS", PATROL_DAY)
        self.add_sink("ATTENDANCE", ATTENDANCE)
        self.add_sink("RATES", RATE)
        self.add_sink("STOPS", STOP, optional=True)
        for name, title in (
            ("TOTAL_KM", tr("Total kilometres")),
            ("TOTAL_HOURS", tr("Total hours")),
            ("N_PATROLS", tr("Number of patrols")),
            ("N_VALID", tr("Number of valid patrols")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, translate(title)))

    def work(self, call: Call) -> dict[str, Any]:
        """Read what the judging needs, judge part by part, write."""
        clock, rules = clock_of(call), rules_of(call)
        traces, book = _traces(call, clock)
        first, last = _period(call, traces, clock)
        areas = _areas(call, rules.grid_buffer_m, book, first, last)
        persons = _persons(call, book)
        platform = _platform(call, book, first, last)
        absences = absences_of(call, book)
        stored = isinstance(traces, TraceStore)
        parts = parts_of(
            traces, first, last, rules, clock, areas, stops=call.given("STOPS"), stamped=stored
        )
        assessed = assess_parts(parts, run_of(call, parts), part(call.progress, 0.05, 0.7))
        patrols, days = assessed.patrols, assessed.days
        if platform is not None:
            days = with_platform(days, platform, rules)
        roster = roster_of(persons, sorted(set(days["person_id"])))
        attended = attendance(days, roster, first, last, rules, absences)
        table = rates(attended, days, roster, first, last)
        table["definitions"] = words(TOLD)
        attended["definitions"] = words(("attendance_percent",))
        strangers = len(set(days["person_id"]) - {member.person for member in roster})
        if strangers:
            text = Message(
                "{n} persons of the traces are not on the roster; they are in no rate.",
                {"n": strangers},
            )
            call.warn(text)
        _say(call, assessed.aside)
        crs = QgsCoordinateReferenceSystem(WGS84)
        lined = map(shown, lines_of(parts, assessed, part(call.progress, 0.75, 1.0)))
        outputs: dict[str, Any] = {
            "PATROLS": call.write("PATROLS", patrols, PATROL, crs, parts=lined),
            "PATROL_DAYS": call.write("PATROL_DAYS", shown(days), PATROL_DAY),
            "ATTENDANCE": call.write("ATTENDANCE", shown(attended), ATTENDANCE),
            "RATES": call.write("RATES", table, RATE),
            "TOTAL_KM": float(patrols["km"].sum()),
            "TOTAL_HOURS": float(patrols["minutes"].sum() / 60.0),
            "N_PATROLS": len(patrols),
            "N_VALID": int(patrols["valid"].sum()),
        }
        if call.given("STOPS"):
            outputs["STOPS"] = call.write("STOPS", _stop_frame(assessed.stops), STOP, crs)
        return {name: value for name, value in outputs.items() if value is not None}


TOLD = ("online_percent", "daily_percent", "attendance_percent", "qualified_percent")
"""Rates of the table RATES."""


def words(names: tuple[str, ...]) -> str:
    """Give the definitions of rates in the user's language."""
    return definitions(names, language() == "zh")


def _traces(call: Call, clock: Clock) -> tuple[TraceStore | InMemory, CountyBook | None]:
    """Give where the traces are, and the workspace; totals of the platform alone will do too.

    Raises:
        InputError: There is nothing to assess, or no period for totals without traces.
    """
    layered = any(call.given(name) for name in ("FIXES", "TRACKS"))
    if not layered and call.given("PLATFORM") and not call.given("WORKSPACE"):
        if not call.text("PERIOD_START") or not call.text("PERIOD_END"):
            raise InputError(
                tr("Give PERIOD_START and PERIOD_END: PLATFORM alone does not say them.")
            )
        return InMemory(no_fixes()), None
    book = CountyBook.of(call, not layered)
    if layered or book is None:
        return InMemory.of(read_traces(call, clock)), book
    return book.store(call, clock, platform=True), book


def _period(call: Call, traces: TraceStore | InMemory, clock: Clock) -> tuple[int, int]:
    return period_of(call, traces.fixes if isinstance(traces, InMemory) else no_fixes(), clock)


def _persons(call: Call, book: CountyBook | None) -> pd.DataFrame | None:
    given = call.frame("PERSONS", needs_crs=False)
    if given is not None or book is None or not len(book.persons):
        return given
    return book.persons


def _platform(call: Call, book: CountyBook | None, first: int, last: int) -> pd.DataFrame | None:
    """Give the platform's totals of the period, from the layer or the workspace."""
    table = call.frame("PLATFORM", needs_crs=False)
    if table is None and book is not None:
        table = book.table("platform_day")
    if table is None:
        return None
    for name in ("person_id", "day", "minutes"):
        if name not in table.columns:
            raise InputError(
                tr("PLATFORM has no field {field}; choose the output of importattendance."),
                field=name,
            )
    days = table["day"].astype(str).str[:10]
    # a CSV without types brings its figures as text
    minutes, km = (
        pd.to_numeric(table[name], errors="coerce") if name in table.columns else np.nan
        for name in ("minutes", "km")
    )
    made = pd.DataFrame(
        {"person_id": table["person_id"].astype(str), "day": days, "minutes": minutes, "km": km}
    )
    known = made["minutes"].notna() | made["km"].notna()
    return made[(days >= day_text(first)) & (days <= day_text(last)) & known]


def _areas(
    call: Call, buffer_m: float, book: CountyBook | None, first: int, last: int
) -> Areas | None:
    grids = call.frame("GRIDS")
    if grids is None:
        if book is None:
            return None
        if book.table("grid") is None:
            call.warn(Message("The workspace has no grids: nothing is judged against a grid."))
            return None
        plan, held = book.grids(first, last)
        return make_areas(plan, buffer_m, held)
    if "grid_code" not in grids.columns:
        raise InputError(tr("GRIDS has no field grid_code; choose the layer of management grids."))
    assignments = call.frame("ASSIGNMENTS", needs_crs=False)
    if assignments is not None:
        assignments = _of_rangers(pd.DataFrame(assignments))
    return make_areas(grids, buffer_m, assignments)


def _of_rangers(table: pd.DataFrame) -> pd.DataFrame:
    for name in ("grid_code", "person_id"):
        if name not in table.columns:
            raise InputError(
                tr("ASSIGNMENTS has no field {field}; choose the table of assignments."), field=name
            )
    if "duty" in table.columns:
        table = table[table["duty"].isin(["ranger", "assistant"])]
    return table


def _say(call: Call, aside: dict[str, int]) -> None:
    text = Message(
        "Put aside: {repeats} repeats, {clashes} of two places at one moment, {spikes} GPS"
        " spikes, {rough} fixes with an accuracy worse than 500 m.",
        dict(aside),
    )
    call.say(text)


def shown(frame: pd.DataFrame) -> pd.DataFrame:
    """Show no reasons as an empty text."""
    out = frame.copy()
    for name in ("reasons", "remarks"):
        if name in out.columns:
            out[name] = [value if value else "" for value in out[name]]
    return out


def _stop_frame(stops: pd.DataFrame) -> gpd.GeoDataFrame:
    if not len(stops):
        return gpd.GeoDataFrame(geometry=[], crs=WGS84)
    frame = pd.DataFrame(
        {
            "patrol_no": stops["patrol_no"],
            "person_id": stops["person_id"],
            "start": iso_utc(stops["start_ms"]),
            "end": iso_utc(stops["end_ms"]),
            "minutes": stops["minutes"],
        }
    )
    points = gpd.points_from_xy(stops["lon"], stops["lat"])
    return gpd.GeoDataFrame(frame, geometry=points, crs=WGS84)
