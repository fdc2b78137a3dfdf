"""Adopt patrol results: judged days into the workspace, as the month's issued figures."""

from __future__ import annotations

from typing import Any

import pandas as pd
from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterString,
)

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.patrols.attendance import months_between
from linzhang_plugin.core.patrols.clock import day_number, day_text
from linzhang_plugin.core.patrols.tables.attendance import ATTENDANCE, RATE
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.patrols.absent import exempt_days, listed
from linzhang_plugin.processing.patrols.assesspatrols import TOLD, shown, words
from linzhang_plugin.processing.patrols.mapped import keeping_lines
from linzhang_plugin.processing.patrols.ruled import GROUP, add_period, add_rules, rules_of
from linzhang_plugin.workspace.patrol_results import adopt_results
from linzhang_plugin.workspace.store import open_workspace

NEEDED = ("person_id", "day", "valid", "minutes", "km")


class AdoptPatrols(LinzhangAlgorithm):
    """PATROL_DAYS → attendance and rates in the workspace, the raw traces no longer needed."""

    NAME = "adoptpatrols"
    TITLE = tr("Adopt patrol results")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        table = [QgsProcessing.SourceType.TypeVector]
        text = QgsProcessingParameterString
        self.add_workspace()
        self.add(
            QgsProcessingParameterFeatureSource("PATROL_DAYS", translate(tr("Patrol days")), table),
            tr("PATROL_DAYS of assesspatrols, seen and approved."),
        )
        lines = QgsProcessingParameterFeatureSource(
            "PATROLS", translate(tr("Patrols")), [QgsProcessing.SourceType.TypeVectorLine], None,
            True,
        )  # fmt: skip
        self.add(
            lines,
            tr("PATROLS of assesspatrols: kept with the traces, shown by the workspace's project."),
        )
        for name, title, hint in (
            ("COVERAGE", tr("Coverage of grids"),
             tr("Of patrolcoverage, for the same month; kept with the other rates.")),
            ("RISK_RATES", tr("Risk-zone patrol rates"),
             tr("Of riskpatrols, for the same month; kept with the other rates.")),
        ):  # fmt: skip
            source = QgsProcessingParameterFeatureSource(name, translate(title), table, None, True)
            self.add(source, hint)
        add_rules(self)
        add_period(self, tr("Like 2025-03-01; empty: the whole months of PATROL_DAYS."))
        self.add(
            text("EXEMPT_DAYS", translate(tr("Exempt days (bad weather)")), "", False, True),
            tr("Those given to assesspatrols; they are written into the register of days off."),
        )
        self.add(
            text("DATE", translate(tr("Date of issue")), "", False, True),
            tr("Like 2025-04-02; empty: none."),
        )
        self.add(
            QgsProcessingParameterBoolean("REPLACE", translate(tr("Replace")), False),
            tr("Put these in the place of results of the same month that have no correction yet."),
        )
        self.add_sink("ATTENDANCE", ATTENDANCE, optional=True)
        self.add_sink("RATES", RATE, optional=True)
        for name, title in (
            ("N_DAYS", tr("Number of patrol days")),
            ("N_PERSONS", tr("Number of rangers")),
            ("N_MONTHS", tr("Number of months")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, translate(title)))

    def work(self, call: Call) -> dict[str, Any]:
        """Read, reckon with the workspace's roster, keep."""
        workspace = open_workspace(call.workspace())
        rules, days = rules_of(call), _days(call)
        first, last = _period(call, days)
        inside = (days["day"] >= day_text(first)) & (days["day"] <= day_text(last))
        exempt = exempt_days(call.text("EXEMPT_DAYS"))
        date = call.text("DATE")
        register = workspace.read("absence")
        absences = listed(register) if len(register) else []
        with keeping_lines(call, workspace, first, last):
            found = adopt_results(
                workspace, days[inside], first, last, rules, absences, exempt,
                day_text(day_number(date)) if date else None, call.switch("REPLACE"), translate,
                of_places(call, "COVERAGE"), of_places(call, "RISK_RATES"),
            )  # fmt: skip
            call.settle()
        months = sorted(set(found.attended["month"]))
        values = {"months": "、".join(months), "n": len(set(found.attended["person_id"]))}
        call.say(Message("Results of {months} for {n} rangers are kept.", values))
        outputs: dict[str, Any] = {
            "N_DAYS": int(inside.sum()),
            "N_PERSONS": len(set(found.attended["person_id"])),
            "N_MONTHS": len(months),
        }
        attended = shown(found.attended.assign(definitions=words(("attendance_percent",))))
        table = found.table.assign(definitions=words(TOLD))
        outputs["ATTENDANCE"] = call.write("ATTENDANCE", attended, ATTENDANCE)
        outputs["RATES"] = call.write("RATES", table, RATE)
        return {name: value for name, value in outputs.items() if value is not None}


PLACES = {
    "COVERAGE": (("town_code", "area_m2", "covered_m2"), "patrolcoverage"),
    "RISK_RATES": (("town_code", "due", "visited"), "riskpatrols"),
}
"""Fields of the tables that other algorithms make, and which."""


def of_places(call: Call, name: str) -> pd.DataFrame | None:
    """Give COVERAGE or RISK_RATES.

    Raises:
        InputError: It lacks a field.
    """
    frame = call.frame(name, needs_crs=False)
    if frame is None:
        return None
    fields, maker = PLACES[name]
    for field in fields:
        if field not in frame.columns:
            raise InputError(
                tr("{parameter} has no field {field}; choose the output of {algorithm}."),
                parameter=name,
                field=field,
                algorithm=maker,
            )
    return pd.DataFrame(frame).drop(columns="geometry")


def _days(call: Call) -> pd.DataFrame:
    table = pd.DataFrame(call.frame("PATROL_DAYS", needs_crs=False)).drop(columns="geometry")
    for name in NEEDED:
        if name not in table.columns:
            raise InputError(
                tr("PATROL_DAYS has no field {field}; choose the output of assesspatrols."),
                field=name,
            )
    return table.assign(
        day=table["day"].astype(str).str[:10],
        person_id=table["person_id"].astype(str),
        valid=[value in (True, 1, "1", "true", "True") for value in table["valid"]],
    )


def _period(call: Call, days: pd.DataFrame) -> tuple[int, int]:
    """Give the period, whole months where none is asked for.

    Raises:
        InputError: It ends before it begins.
    """
    start, end = call.text("PERIOD_START"), call.text("PERIOD_END")
    low, high = day_number(days["day"].min()), day_number(days["day"].max())
    first = day_number(start) if start else months_between(low, low)[0][1]
    last = day_number(end) if end else months_between(high, high)[0][2]
    if last < first:
        raise InputError(
            tr("The period ends ({end}) before it begins ({start}); swap the two."),
            start=start,
            end=end,
        )
    return first, last
