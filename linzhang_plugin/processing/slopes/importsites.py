"""``linzhang:importsites``: an existing register of bare slopes."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessing, QgsProcessingParameterString

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.slopes.register import SiteIntake, intake_sites
from linzhang_plugin.core.tables.intake.findings import list_findings
from linzhang_plugin.core.tables.intake.names import read_field_map
from linzhang_plugin.core.tables.intake.standreport import mapping_section
from linzhang_plugin.core.tables.reports import Report
from linzhang_plugin.core.tables.schema import BARE_SLOPE
from linzhang_plugin.core.tables.zones import to_zone
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import Call, LinzhangAlgorithm
from linzhang_plugin.processing.bridge import qgis_crs
from linzhang_plugin.processing.parameters import add_number, add_source
from linzhang_plugin.processing.slopes.layers import GROUP
from linzhang_plugin.processing.workspace.delivered import read_delivered
from linzhang_plugin.processing.workspace.outcome import (
    declare_outcome,
    optional_workspace,
    write_outcome,
)


class ImportSites(LinzhangAlgorithm):
    """Register → ``bare_slope``; only legal moves of the status pass."""

    NAME = "importsites"
    TITLE = tr("Import the register of bare slopes")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        polygons = QgsProcessing.SourceType.TypeVectorPolygon
        add_source(self, "INPUT", tr("Register"), polygons, False)
        texts = (
            ("FIELD_MAP", tr("Fields of the file"), ""),
            ("ENCODING", tr("Encoding"), "auto"),
            ("COUNTY_CODE", tr("County code"), ""),
        )
        for name, title, default in texts:
            text = QgsProcessingParameterString(name, translate(title), default, False, True)
            self.add(text, advanced=True)
        add_number(self, "YEAR", tr("Year"), 2021, whole=True, least=2000)
        self.add_workspace(optional=True)
        self.add_sink("OUTPUT", BARE_SLOPE)
        declare_outcome(self)

    def work(self, call: Call) -> dict[str, Any]:
        """Read, check against the workspace, write."""
        field_map = read_field_map(call.text("FIELD_MAP"))
        workspace = optional_workspace(call)
        frame, title, _ = read_delivered(call, "INPUT", call.text("ENCODING"))
        source_crs = frame.crs
        rows = to_zone(frame) if workspace is None else frame.to_crs(workspace.crs)
        known: dict[str, str] = {}
        county = call.text("COUNTY_CODE") or "360702"
        if workspace is not None:
            county = call.text("COUNTY_CODE") or workspace.county_code
            table = workspace.read("bare_slope")
            known = dict(zip(table["site_code"], table["status"], strict=True))
        intake = intake_sites(rows, field_map, county, call.integer("YEAR"), known)
        report = site_report(intake, title)
        results: dict[str, Any] = {
            "N_IMPORTED": len(intake.frame),
            "N_REFUSED": intake.n_refused,
        }
        crs = qgis_crs(source_crs)
        if workspace is None:
            results["OUTPUT"] = call.write("OUTPUT", intake.frame, BARE_SLOPE, crs)
            return results | write_outcome(call, report, intake.findings)
        with workspace.transaction(action=self.NAME) as writer:
            kept = [c for c in BARE_SLOPE.names if intake.frame[c].notna().any()]
            writer.upsert("bare_slope", intake.frame[[*kept, "geometry"]])
            results["OUTPUT"] = call.write("OUTPUT", intake.frame, BARE_SLOPE, crs)
            results |= write_outcome(call, report, intake.findings)
        return results


def site_report(intake: SiteIntake, title: str) -> Report:
    """Build the report of a register."""
    report = Report(Message(tr("Import of bare slopes: {layer}"), {"layer": title}))
    counts = {"n": len(intake.frame), "refused": intake.n_refused}
    text = Message(tr("{n} sites imported, {refused} rows refused."), counts)
    report.say(text, "refused" if intake.n_refused else "good")
    mapping_section(report, intake.match)
    list_findings(report, intake.findings)
    return report
