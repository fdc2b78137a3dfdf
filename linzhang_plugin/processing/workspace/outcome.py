"""What all imports give beside their table: a report page and, if asked, its findings."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import (
    QgsExpressionContextUtils,
    QgsProcessingOutputNumber,
)

from linzhang_plugin.core.messages import tr
from linzhang_plugin.core.tables.intake.findings import (
    IMPORT_FINDINGS,
    Finding,
    findings_frame,
)
from linzhang_plugin.core.tables.reports import Report
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.parameters import add_report, write_report
from linzhang_plugin.workspace.store import Workspace, open_workspace


def declare_outcome(algorithm: LinzhangAlgorithm) -> None:
    """Add FINDINGS, REPORT, N_IMPORTED and N_REFUSED."""
    algorithm.add_sink("FINDINGS", IMPORT_FINDINGS, optional=True)
    add_report(algorithm)
    for name, title in (("N_IMPORTED", tr("Imported")), ("N_REFUSED", tr("Refused"))):
        algorithm.addOutput(QgsProcessingOutputNumber(name, translate(title)))


def write_outcome(call: Call, report: Report, findings: Iterable[Finding]) -> dict[str, object]:
    """Write REPORT and FINDINGS where they are wanted; give their results."""
    written = {
        "FINDINGS": call.write("FINDINGS", findings_frame(findings), IMPORT_FINDINGS),
        "REPORT": write_report(call, report),
    }
    return {name: path for name, path in written.items() if path}


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
