"""What the algorithms of the bare-slope register share: days, codes, lists, units, workbooks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.slopes.evidence import Limits
from linzhang_plugin.core.slopes.moves import filled
from linzhang_plugin.core.tables.intake.findings import Finding, list_findings
from linzhang_plugin.core.tables.intake.names import FieldMatch
from linzhang_plugin.core.tables.intake.sheets import Sheet
from linzhang_plugin.core.tables.intake.standreport import mapping_section
from linzhang_plugin.core.tables.reports import Report
from linzhang_plugin.core.tables.rules import load_rules
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.slopes.layers import DEFAULT_RULES
from linzhang_plugin.processing.workspace.rows import ListAlgorithm, read_list
from linzhang_plugin.workspace.store import Workspace


class OptionalListAlgorithm(ListAlgorithm):
    """An algorithm whose INPUT may be a layer, an XLSX or CSV, or nothing."""

    def declare_optional(self, title: str, hint: str) -> None:
        """Add INPUT, which may be left out."""
        kind = [QgsProcessing.SourceType.TypeVector]
        self.add(
            QgsProcessingParameterFeatureSource("INPUT", translate(title), kind, None, True), hint
        )


def add_texts(algorithm: LinzhangAlgorithm, *texts: tuple[str, str, str]) -> None:
    """Add optional texts: name, title, hint."""
    for name, title, hint in texts:
        text = QgsProcessingParameterString(name, translate(title), "", False, True)
        algorithm.add(text, hint)


def add_as_of(algorithm: LinzhangAlgorithm) -> None:
    """Add AS_OF."""
    add_texts(algorithm, ("AS_OF", tr("As of"), tr("YYYY-MM-DD; empty: today.")))


def add_rules(algorithm: LinzhangAlgorithm) -> None:
    """Add RULES."""
    algorithm.add(
        QgsProcessingParameterString("RULES", translate(tr("Rule set")), "", False, True),
        advanced=True,
    )


def add_workbook(algorithm: LinzhangAlgorithm, title: str) -> None:
    """Add XLSX, a workbook to be printed."""
    algorithm.add(
        QgsProcessingParameterFileDestination(
            "XLSX", translate(title), "Excel (*.xlsx)", None, True, False
        )
    )


def workbook_path(call: Call) -> Path | None:
    """Give where XLSX is to be written, None when it was not asked for."""
    path = call.output_path("XLSX")
    if not path:
        return None
    made = Path(path)
    return made if made.suffix.lower() == ".xlsx" else made.with_name(made.name + ".xlsx")


def day(call: Call, name: str, usual: date | None = None) -> date:
    """Give a day that a parameter holds.

    Raises:
        InputError: It is no date, or missing where there is no usual one.
    """
    text = call.text(name).replace("/", "-")
    if not text and usual is not None:
        return usual
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise InputError(
            tr("{parameter}: {text} is no date; write it as 2024-03-15."),
            parameter=name,
            text=text or "-",
        ) from error


def as_of(call: Call) -> date:
    """Give AS_OF, today when it is empty."""
    return day(call, "AS_OF", date.today())


def limits(call: Call, workspace: Workspace | None) -> Limits:
    """Give what checks must reach, by the rule set of RULES."""
    stored = workspace.rule_texts() if workspace is not None else None
    return Limits.of(load_rules(call.text("RULES") or DEFAULT_RULES, "slopes", stored))


def codes(call: Call, name: str) -> list[str]:
    """Give the codes that a text parameter lists."""
    return [c for c in re.split(r"[\s,，、;；]+", call.text(name)) if c]


def sheets_of(call: Call, aliases: Mapping[str, str], must: str) -> tuple[list[Sheet], str]:
    """Give INPUT's tables and its title."""
    found = read_list(call, dict(aliases), must)
    return found.sheets, found.title


def fill(table: pd.DataFrame, values: Mapping[str, Any]) -> pd.DataFrame:
    """Give the table with empty cells filled by the run's own values."""
    for name, value in values.items():
        if value in (None, ""):
            continue
        cells = table[name] if name in table else [None] * len(table)
        made = [v if filled(v) else value for v in cells]
        table[name] = pd.Series(made, index=table.index, dtype=object)
    return table


def intake_report(
    title: Message,
    said: Message,
    findings: list[Finding],
    refused: int,
    match: FieldMatch | None = None,
) -> Report:
    """Build the page of an import."""
    report = Report(title)
    report.say(said, "refused" if refused else "good")
    if match is not None:
        mapping_section(report, match)
    list_findings(report, findings)
    return report


def first_reason(findings: list[Finding]) -> Message:
    """Give why nothing of a list can be used."""
    refused = [f.text for f in findings if f.kind == "refused"]
    return refused[0] if refused else Message(tr("The list is empty."))


def show(call: Call, findings: list[Finding], most: int = 20) -> None:
    """Show refused rows in the log."""
    for finding in [f for f in findings if f.kind in ("refused", "note")][:most]:
        values = {"row": finding.row, "item": finding.item, "text": finding.text}
        call.warn(Message(tr("Row {row}, {item}: {text}"), values))


def unit_names(workspace: Workspace) -> dict[str, str]:
    """Give the name of each administrative unit."""
    units = workspace.read("admin_unit")
    return dict(zip(units["unit_code"], units["unit_name"], strict=True))
