"""Patrol notice: 履职情况通报 as DOCX and XLSX from the same figures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.patrols.clock import day_number, day_text
from linzhang_plugin.core.patrols.notice import make_notice
from linzhang_plugin.core.patrols.notice_form import Notice, NoticeOptions
from linzhang_plugin.language import translate
from linzhang_plugin.printing.notice_xlsx import write_xlsx
from linzhang_plugin.printing.official_docx import fill_template, write_docx
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.patrols.countybook import CountyBook
from linzhang_plugin.processing.patrols.issued import month_of_events, read_issue, town_names
from linzhang_plugin.processing.patrols.ruled import GROUP

NEEDED = {
    "ATTENDANCE": ("person_id", "month", "met", "days_required", "days_valid"),
    "RATES": ("town_code", "month", "rangers", "online_percent"),
    "COVERAGE": ("area_m2", "covered_m2"),
    "RISK_RATES": ("town_code", "due", "visited", "missed", "risk_percent"),
    "EVENTS": (
        "town_code", "type", "reported", "closed", "overdue", "closed_percent", "timely_percent",
    ),
    "SCORES": ("person_id", "town_code", "rank", "total"),
}  # fmt: skip

MAKERS = {
    "COVERAGE": "patrolcoverage",
    "RISK_RATES": "riskpatrols",
    "EVENTS": "assessevents",
    "SCORES": "rankrangers",
}
"""What makes a table that is not of assesspatrols."""


class PatrolNotice(LinzhangAlgorithm):
    """Attendance and rates → the month's notice."""

    NAME = "patrolnotice"
    TITLE = tr("Monthly notice of patrols")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        table = [QgsProcessing.SourceType.TypeVector]
        source, text = QgsProcessingParameterFeatureSource, QgsProcessingParameterString
        self.add_workspace()
        for name, title in (
            ("ATTENDANCE", tr("Attendance")),
            ("RATES", tr("Rates")),
            ("EVENTS", tr("Timeliness of events")),
            ("SCORES", tr("Scores")),
            ("COVERAGE", tr("Coverage of grids")),
            ("RISK_RATES", tr("Risk-zone patrol rates")),
            ("PREVIOUS", tr("Rates of the month before")),
            ("TOWNS", tr("Names of towns")),
        ):
            self.add(source(name, translate(title), table, None, True))
        for name, title, default in (
            ("MONTH", tr("Month"), ""),
            ("COUNTY_NAME", tr("County name"), ""),
            ("TO", tr("Addressed to"), ""),
            ("ISSUER", tr("Issuer"), ""),
            ("NUMBER", tr("Document number"), ""),
            ("DATE", tr("Date of signing"), ""),
            ("CORRECTION", tr("Reason of the correction"), ""),
        ):
            self.add(text(name, translate(title), default, False, True))
        self.add(
            QgsProcessingParameterBoolean("PUBLIC", translate(tr("Public edition")), True),
            tr("Without names and person ids."),
        )
        whole = QgsProcessingParameterNumber.Type.Integer
        self.add(
            QgsProcessingParameterNumber(
                "REVISION", translate(tr("Number of the correction")), whole, None, True, 0
            ),
            tr("Of a workspace: empty for the month as it stands, 0 as first issued."),
        )
        self.add(
            QgsProcessingParameterFile(
                "TEMPLATE", translate(tr("Own DOCX template")), extension="docx", optional=True
            ),
            tr(
                "With fields such as {{title}}, {{month}}, {{body}}, {{online_percent}}, and the"
                " tables {{towns}}, {{below}}, {{ranking}} each alone in a paragraph."
            ),
        )
        for name, title, kind in (
            ("DOCX", tr("Notice (DOCX)"), "DOCX (*.docx)"),
            ("XLSX", tr("Notice (XLSX)"), "XLSX (*.xlsx)"),
        ):
            self.add(
                QgsProcessingParameterFileDestination(name, translate(title), kind, None, True)
            )

    def work(self, call: Call) -> dict[str, Any]:
        """Read, put the notice together, write."""
        notice = _notice(call)
        outputs: dict[str, Any] = {}
        docx, xlsx = call.output_path("DOCX"), call.output_path("XLSX")
        if docx and call.given("TEMPLATE"):
            fill_template(Path(call.path("TEMPLATE")), notice.fields, Path(docx), notice.tables)
        elif docx:
            write_docx(notice, Path(docx))
        if xlsx:
            write_xlsx(notice, Path(xlsx))
        for name, path in (("DOCX", docx), ("XLSX", xlsx)):
            if path:
                outputs[name] = path
        return outputs


def _notice(call: Call) -> Notice:
    """Put the notice together from layers, or from what the workspace keeps of the month."""
    book = CountyBook.of(call, not call.given("ATTENDANCE"))
    date = call.text("DATE")
    options = NoticeOptions(
        month=call.text("MONTH"),
        public=call.switch("PUBLIC"),
        county=call.text("COUNTY_NAME"),
        issuer=call.text("ISSUER"),
        number=call.text("NUMBER"),
        date=day_text(day_number(date)) if date else "",
        correction=call.text("CORRECTION"),
        to=call.text("TO"),
    )
    asked = call.number("REVISION")
    revision = None if asked is None else int(asked)
    if call.given("ATTENDANCE"):
        attended, rates = _table(call, "ATTENDANCE"), _table(call, "RATES")
        if attended is None or rates is None:
            raise InputError(tr("Give RATES too: ATTENDANCE alone makes no notice."))
        options = replace(
            options,
            month=options.month or str(rates["month"].max()),
            revision=revision or 0,
            sample=book is not None and book.workspace.sample,
        )
        before = _table(call, "PREVIOUS")
        towns = _towns(call) or ({} if book is None else town_names(book.workspace))
        events = _table(call, "EVENTS")
    else:
        assert book is not None
        issued = read_issue(book.workspace, options, revision)
        attended, rates, before, options = issued
        towns = _towns(call) or town_names(book.workspace)
        events = _table(call, "EVENTS")
        if events is None:
            events = month_of_events(book.workspace, options.month, options.date)
    further = [_table(call, name) for name in ("SCORES", "COVERAGE", "RISK_RATES")]
    return make_notice(attended, rates, options, towns, before, events, *further)


def _table(call: Call, name: str) -> pd.DataFrame | None:
    frame = call.frame(name, needs_crs=False)
    if frame is None:
        return None
    for field in NEEDED.get(name, ()):
        if field not in frame.columns:
            raise InputError(
                tr("{parameter} has no field {field}; choose the output of {algorithm}."),
                parameter=name,
                field=field,
                algorithm=MAKERS.get(name, "assesspatrols"),
            )
    return pd.DataFrame(frame).drop(columns="geometry")


def _towns(call: Call) -> dict[str, str]:
    frame = call.frame("TOWNS", needs_crs=False)
    if frame is None:
        return {}
    code = "town_code" if "town_code" in frame.columns else "unit_code"
    name = "town_name" if "town_name" in frame.columns else "unit_name"
    if code not in frame.columns or name not in frame.columns:
        raise InputError(tr("TOWNS needs the fields town_code and town_name."))
    return dict(zip(frame[code].astype(str), frame[name].astype(str), strict=True))
