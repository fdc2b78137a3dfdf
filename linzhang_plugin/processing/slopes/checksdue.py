"""``linzhang:checksdue``: which checks after acceptance are due, and how long overdue."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessing, QgsProcessingOutputNumber, QgsProcessingParameterBoolean

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.slopes.due import DUE as THIS_PERIOD
from linzhang_plugin.core.slopes.due import OVERDUE, due_checks
from linzhang_plugin.core.slopes.tables import DUE
from linzhang_plugin.language import translate
from linzhang_plugin.printing.slopesheets import due_sheet, heading
from linzhang_plugin.printing.workbook import write_workbook
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.parameters import add_number, add_source
from linzhang_plugin.processing.slopes.books import (
    add_as_of,
    add_rules,
    add_workbook,
    as_of,
    limits,
    unit_names,
    workbook_path,
)
from linzhang_plugin.processing.slopes.layers import GROUP
from linzhang_plugin.processing.workspace.outcome import optional_workspace
from linzhang_plugin.workspace.store import Workspace


class ChecksDue(LinzhangAlgorithm):
    """Sites accepted, checks made, a day → what is due and what is overdue."""

    NAME = "checksdue"
    TITLE = tr("Checks that are due")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        kind = QgsProcessing.SourceType.TypeVector
        add_source(self, "SITES", tr("Sites (empty: the workspace's)"), kind)
        add_source(self, "CHECKS", tr("Checks made (empty: the workspace's)"), kind)
        add_as_of(self)
        add_number(self, "AHEAD_DAYS", tr("Also what falls due within (days)"), 30, True, 0)
        self.add(
            QgsProcessingParameterBoolean(
                "EVERYTHING", translate(tr("Also what is done or not due yet")), False
            )
        )
        add_rules(self)
        self.add_workspace()
        self.add_sink("DUE", DUE)
        add_workbook(self, tr("List to be printed"))
        self.addOutput(QgsProcessingOutputNumber("N_DUE", translate(tr("Due now"))))
        self.addOutput(QgsProcessingOutputNumber("N_OVERDUE", translate(tr("Overdue"))))

    def work(self, call: Call) -> dict[str, Any]:
        """Read, look at the calendar, list."""
        today = as_of(call)
        workspace = optional_workspace(call)
        sites, checks = self._tables(call, workspace)
        rules = limits(call, workspace)
        made = due_checks(
            sites, checks, rules, today, call.integer("AHEAD_DAYS"), call.switch("EVERYTHING")
        )
        late, due = (int((made["state"] == s).sum()) for s in (OVERDUE, THIS_PERIOD))
        if late:
            call.warn(Message(tr("{n} checks are overdue."), {"n": late}))
        results: dict[str, Any] = {
            "DUE": call.write("DUE", made, DUE), "N_DUE": due, "N_OVERDUE": late,
        }  # fmt: skip
        path = workbook_path(call)
        if path is not None:
            county = workspace.info.get("county_name", "") if workspace else ""
            title = heading(county, "裸露山体复绿应检清单", bool(workspace and workspace.sample))
            names = unit_names(workspace) if workspace else {}
            write_workbook(path, [due_sheet(made, names, title, today.isoformat())])
            results["XLSX"] = str(path)
        return results

    def _tables(self, call: Call, workspace: Workspace | None) -> tuple[Any, Any]:
        """Give sites and checks, of the layers or of the workspace."""
        sites = call.frame("SITES", needs_crs=False)
        checks = call.frame("CHECKS", needs_crs=False)
        if workspace is None and sites is None:
            raise InputError(tr("Give SITES, or a WORKSPACE."))
        if sites is None:
            assert workspace is not None
            sites = workspace.read("bare_slope")
        for name in ("site_code", "status"):
            if name not in sites:
                raise InputError(
                    tr("{parameter}: the layer has no field {field}; choose a layer that has it."),
                    parameter="SITES",
                    field=name,
                )
        if checks is None:
            if workspace is None:
                raise InputError(tr("Give CHECKS, or a WORKSPACE."))
            checks = workspace.read("bare_slope_check")
        for name in ("site_code", "check_on", "kind"):
            if name not in checks:
                raise InputError(
                    tr("{parameter}: the layer has no field {field}; choose a layer that has it."),
                    parameter="CHECKS",
                    field=name,
                )
        return sites, checks
