"""Import boundaries of towns and villages, or a list of their codes and names."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
from qgis.core import QgsProcessingParameterString

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.tables.intake.admin import AdminIntake, intake_admin
from linzhang_plugin.core.tables.intake.aliases import ADMIN_ALIASES
from linzhang_plugin.core.tables.intake.findings import list_findings
from linzhang_plugin.core.tables.intake.names import read_field_map
from linzhang_plugin.core.tables.intake.standreport import mapping_section
from linzhang_plugin.core.tables.reports import Report
from linzhang_plugin.core.tables.schema import ADMIN_UNIT
from linzhang_plugin.language import translate
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.workspace.outcome import (
    declare_outcome,
    optional_workspace,
    write_outcome,
)
from linzhang_plugin.processing.workspace.rows import ListAlgorithm, read_list
from linzhang_plugin.workspace.writer import Writer


class ImportAdmin(ListAlgorithm):
    """Boundaries or a list → ``admin_unit``; a list names units that stands were dissolved to."""

    NAME = "importadmin"
    TITLE = tr("Import boundaries")
    GROUP = tr("Workspace")

    def declare(self) -> None:
        """Add the parameters and outputs."""
        self.declare_input(
            tr("Boundaries, or a list of codes and names"),
            tr("Polygons of towns or villages; or an XLSX, CSV or table with code and name."),
        )
        for name, title, default in (
            ("FIELD_MAP", tr("Fields of the file"), ""),
            ("ENCODING", tr("Encoding"), "auto"),
            ("COUNTY_CODE", tr("County code"), ""),
        ):
            text = QgsProcessingParameterString(name, translate(title), default, False, True)
            self.add(text, advanced=name != "COUNTY_CODE")
        self.add_workspace()
        self.add_sink("OUTPUT", ADMIN_UNIT)
        declare_outcome(self)

    def work(self, call: Call) -> dict[str, Any]:
        """Read, check, then write workspace, layer and report together."""
        workspace = optional_workspace(call)
        found = read_list(call, ADMIN_ALIASES, "", call.text("ENCODING"))
        known: dict[str, str] = {}
        if workspace is not None:
            units = workspace.read("admin_unit")
            known = dict(zip(units["unit_code"], units["unit_name"], strict=True))
        county = call.text("COUNTY_CODE") or (workspace.county_code if workspace else "")
        sheet = found.sheets[0]
        frame: Any = found.layer
        if frame is None:
            frame = pd.DataFrame(sheet.rows, columns=sheet.titles, dtype=object)
        field_map = read_field_map(call.text("FIELD_MAP"))
        intake = intake_admin(frame, found.title, county, known, field_map, sheet.numbers)
        report = admin_report(intake, found.title)
        results: dict[str, Any] = {"N_IMPORTED": len(intake.frame), "N_REFUSED": intake.n_refused}
        if workspace is None:
            return results | _write(call, intake, report)
        with workspace.transaction(action=self.NAME) as writer:
            _store(writer, set(known), intake)
            results |= _write(call, intake, report)
        return results


def _store(writer: Writer, known: set[str], intake: AdminIntake) -> None:
    """Write the units; a list leaves the boundaries of known units as they are."""
    if isinstance(intake.frame, gpd.GeoDataFrame):
        writer.upsert("admin_unit", intake.frame)
        return
    old = intake.frame["unit_code"].isin(known)
    writer.upsert("admin_unit", intake.frame[old])
    if (~old).any():
        writer.upsert("admin_unit", intake.frame[~old].assign(presumed=True))


def _write(call: Call, intake: AdminIntake, report: Report) -> dict[str, Any]:
    rows = intake.frame
    if not isinstance(rows, gpd.GeoDataFrame):
        rows = gpd.GeoDataFrame(rows, geometry=[None] * len(rows), crs=4490)
    results: dict[str, Any] = {"OUTPUT": call.write("OUTPUT", rows, ADMIN_UNIT)}
    return results | write_outcome(call, report, intake.findings)


def admin_report(intake: AdminIntake, title: str) -> Report:
    """Build the report of boundaries."""
    report = Report(Message(tr("Import of boundaries: {layer}"), {"layer": title}))
    counts = {"n": len(intake.frame), "refused": intake.n_refused}
    text = Message(tr("{n} units imported, {refused} rows refused."), counts)
    report.say(text, "refused" if intake.n_refused else "good")
    for note in intake.notes:
        report.say(note, "warning")
    mapping_section(report, intake.match)
    report.head(Message(tr("Units")))
    titles = (Message(tr("Unit code")), Message(tr("Unit name")), Message(tr("Level")))
    units = intake.frame[["unit_code", "unit_name", "level"]]
    report.table(titles, units.itertuples(index=False))
    list_findings(report, intake.findings)
    return report
