"""Purge traces: raw positions past their time go, the results stay."""

from __future__ import annotations

from typing import Any

import pandas as pd
from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterString,
)

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.patrols.clock import day_number
from linzhang_plugin.core.patrols.retention import oldest_kept
from linzhang_plugin.core.patrols.tables.traces import PURGE
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.patrols.ruled import GROUP, add_rules, rules_of
from linzhang_plugin.workspace.patrol_map import PatrolMap
from linzhang_plugin.workspace.patrol_results import issued_months
from linzhang_plugin.workspace.store import open_workspace
from linzhang_plugin.workspace.traces import TraceStore

KEPT = Message("Kept: younger than the rule's {months} months.")
GOES = Message("Past the rule; its results are in the workspace.")
WAITS = Message("Past the rule, but its results are not in the workspace; adopt them first.")


class PurgeTraces(LinzhangAlgorithm):
    """Trace files beside the workspace → the same without months past the retention rule."""

    NAME = "purgetraces"
    TITLE = tr("Purge raw traces past their time")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        self.add_workspace()
        add_rules(self)
        self.add(
            QgsProcessingParameterString("AS_OF", translate(tr("As of")), ""),
            tr("Today, like 2025-04-02: the rule's months (keep_months) are counted back from it."),
        )
        self.add(
            QgsProcessingParameterBoolean("DRY_RUN", translate(tr("Only show")), True),
            tr("List what would go and delete nothing."),
        )
        self.add(
            QgsProcessingParameterBoolean(
                "WITHOUT_RESULTS", translate(tr("Also months without results")), False
            ),
            tr("Delete also months that nobody has judged; they cannot be judged afterwards."),
            advanced=True,
        )
        self.add_sink("MONTHS", PURGE)
        for name, title in (
            ("N_FIXES", tr("Number of fixes")),
            ("N_MONTHS", tr("Number of months")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, translate(title)))

    def work(self, call: Call) -> dict[str, Any]:
        """Look, list, delete."""
        workspace = open_workspace(call.workspace())
        if not call.text("AS_OF"):
            raise InputError(tr("AS_OF is empty; give today's date, like 2025-04-02."))
        rules, store = rules_of(call), TraceStore(workspace.path)
        before = oldest_kept(day_number(call.text("AS_OF")), rules.keep_months)
        issued, dry = set(issued_months(workspace)), call.switch("DRY_RUN")
        rows = []
        for month, (people, n) in store.months().items():
            goes = month < before and (month in issued or call.switch("WITHOUT_RESULTS"))
            text = GOES if goes and month in issued else WAITS
            if month >= before:
                text = Message(KEPT.template, {"months": f"{rules.keep_months:g}"})
            rows.append((month, people, n, month in issued, goes and not dry, goes, text))
        names = ["month", "persons", "n_fix", "results_kept", "purged", "goes", "text"]
        table = pd.DataFrame(rows, columns=names)
        going = table[table["goes"].astype(bool)]
        if not dry:
            for month in going["month"]:
                store.purge_month(month)
            PatrolMap(workspace.path).purge(before)
        values = {"n": int(going["n_fix"].sum()), "months": len(going)}
        call.say(
            Message("{n} fixes of {months} months would be deleted.", values)
            if dry
            else Message("{n} fixes of {months} months were deleted; results stay.", values)
        )
        outputs = {
            "MONTHS": call.write("MONTHS", table, PURGE),
            "N_FIXES": int(going["n_fix"].sum()),
            "N_MONTHS": len(going),
        }
        return {name: value for name, value in outputs.items() if value is not None}
