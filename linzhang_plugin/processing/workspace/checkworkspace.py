"""Check a year's plan by the thirteen rules."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.tables.check_data import Finding
from linzhang_plugin.core.tables.checks import RULES, TABLES, check_plan, counts, finding_frame
from linzhang_plugin.core.tables.plan_tables import FINDING
from linzhang_plugin.core.tables.reports import Report
from linzhang_plugin.core.tables.rules import load_rules
from linzhang_plugin.language import translate
from linzhang_plugin.processing import bridge
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.parameters import add_report, write_report
from linzhang_plugin.workspace.store import Workspace, open_workspace


class CheckWorkspace(LinzhangAlgorithm):
    """WORKSPACE, YEAR → FINDINGS with geometry, rule, severity and sentence."""

    NAME = "checkworkspace"
    TITLE = tr("Check workspace")
    GROUP = tr("Workspace")

    def declare(self) -> None:
        """Add the parameters and outputs."""
        self.add_workspace()
        integer = QgsProcessingParameterNumber.Type.Integer
        self.add(
            QgsProcessingParameterNumber(
                "YEAR", translate(tr("Year")), integer, 2024, False, 1990, 2100
            )
        )
        self.add(
            QgsProcessingParameterString("RULES", translate(tr("Rules")), "", False, True),
            tr("A rule set: its name (jiangxi_hills, suburb …) or a JSON file."),
        )
        self.add_sink("FINDINGS", FINDING)
        add_report(self)
        for name, title in (
            ("N_ERRORS", tr("Errors")),
            ("N_WARNINGS", tr("Warnings")),
            ("N_INFOS", tr("Notes")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, translate(title)))

    def work(self, call: Call) -> dict[str, Any]:
        """Read, check, write."""
        workspace = open_workspace(call.workspace())
        year = call.integer("YEAR")
        rules = load_rules(call.text("RULES"), "grids", workspace.rule_texts())
        tables = {name: workspace.read(name) for name in TABLES}
        found = check_plan(tables, year, rules, workspace.county_code, call.progress)
        grids = tables["grid"]
        frame = finding_frame(found, grids[grids["grid_year"] == year])
        results: dict[str, Any] = {}
        layer = call.write("FINDINGS", frame, FINDING, bridge.qgis_crs(workspace.crs))
        if layer:
            results["FINDINGS"] = layer
        page = write_report(call, check_report(workspace, year, rules.zh, found))
        if page:
            results["REPORT"] = page
        for name, severity in (
            ("N_ERRORS", "error"),
            ("N_WARNINGS", "warning"),
            ("N_INFOS", "info"),
        ):
            results[name] = sum(f.severity == severity for f in found)
        call.say(
            Message(
                tr("{errors} errors, {warnings} warnings."),
                {"errors": results["N_ERRORS"], "warnings": results["N_WARNINGS"]},
            )
        )
        return results


def check_report(workspace: Workspace, year: int, rules: str, found: list[Finding]) -> Report:
    """Give the page: a row a rule, then the findings of each."""
    report = Report(
        Message(
            tr("Check of {county}, {year}"),
            {"county": workspace.info.get("county_name", ""), "year": str(year)},
        )
    )
    if workspace.sample:
        report.say("示例", "warning")
    report.say(Message(tr("Rule set: {rules}."), {"rules": rules}))
    tally = counts(found)
    titles = (
        Message(tr("Rule")),
        Message(tr("What is checked")),
        Message(tr("Errors")),
        Message(tr("Warnings")),
        Message(tr("Notes")),
    )
    report.table(
        titles,
        [
            (
                number,
                Message(title),
                tally.get((number, "error"), 0),
                tally.get((number, "warning"), 0),
                tally.get((number, "info"), 0),
            )
            for number, title, _ in RULES
        ],
    )
    if not found:
        report.say(Message(tr("Nothing was found.")), "good")
    for number, title, _ in RULES:
        of_rule = [f for f in found if f.rule == number]
        if of_rule:
            report.head(
                Message(tr("Rule {number}: {title}"), {"number": number, "title": Message(title)})
            )
            report.table(
                (Message(tr("Severity")), Message(tr("Object")), Message(tr("Finding"))),
                [(Message(SEVERITY[f.severity]), f.id, f.text) for f in of_rule],
            )
    return report


SEVERITY = {"error": tr("Error"), "warning": tr("Warning"), "info": tr("Note")}
"""Titles of the severities."""
