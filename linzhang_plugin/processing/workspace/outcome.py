"""What all imports give beside their table: a report page and, if asked, its findings."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from qgis.core import (
    QgsExpressionContextUtils,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFileDestination,
)

from linzhang_plugin.core.messages import StoreError, tr
from linzhang_plugin.core.tables.intake.findings import (
    IMPORT_FINDINGS,
    Finding,
    findings_frame,
)
from linzhang_plugin.core.tables.reports import Report
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import Call, LinzhangAlgorithm
from linzhang_plugin.workspace.store import Workspace, open_workspace


def declare_outcome(algorithm: LinzhangAlgorithm) -> None:
    """Add FINDINGS, REPORT, N_IMPORTED and N_REFUSED."""
    algorithm.add_sink("FINDINGS", IMPORT_FINDINGS, optional=True)
    algorithm.add(
        QgsProcessingParameterFileDestination(
            "REPORT", translate(tr("Report")), "HTML (*.html)", None, True
        )
    )
    for name, title in (("N_IMPORTED", tr("Imported")), ("N_REFUSED", tr("Refused"))):
        algorithm.addOutput(QgsProcessingOutputNumber(name, translate(title)))


def write_outcome(call: Call, report: Report, findings: Iterable[Finding]) -> dict[str, object]:
    """Write REPORT and FINDINGS where they are wanted; give their results."""
    results: dict[str, object] = {}
    listed = call.write("FINDINGS", findings_frame(findings), IMPORT_FINDINGS)
    if listed:
        results["FINDINGS"] = listed
    path = call.output_path("REPORT")
    if path:
        write_page(Path(path), report)
        results["REPORT"] = path
    return results


def write_page(path: Path, report: Report) -> None:
    """Write a report so that the file is there whole or as it was.

    Raises:
        StoreError: The folder is read-only or the disk is full.
    """
    draft = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(report.html(translate), encoding="utf-8")
        os.replace(draft, path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise StoreError(
            tr("The report {path} cannot be written ({reason}); check folder and free space."),
            path=str(path),
            reason=str(error.strerror or error),
        ) from error


def optional_workspace(call: Call) -> Workspace | None:
    """Open WORKSPACE, or that of the open project; None where neither is set.

    Raises:
        StoreError: It cannot be opened.
    """
    path = call.text("WORKSPACE")
    if not path:
        scope = QgsExpressionContextUtils.projectScope(call.context.project())
        path = str(scope.variable("linzhang_workspace") or "")
    return open_workspace(path) if path else None
