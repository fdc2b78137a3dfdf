"""Adopt corrections: upheld objections make the next numbered correction of a month."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterString,
)

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.patrols.clock import day_number, day_text
from linzhang_plugin.core.patrols.tables.attendance import ATTENDANCE, CORRECTION, RATE
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.patrols.absent import listed
from linzhang_plugin.processing.patrols.assesspatrols import TOLD, words
from linzhang_plugin.processing.patrols.ruled import GROUP
from linzhang_plugin.workspace.patrol_results import correct_month
from linzhang_plugin.workspace.store import open_workspace


class AdoptCorrections(LinzhangAlgorithm):
    """Objections with proof → 第 n 次更正, the earlier issue kept."""

    NAME = "adoptcorrections"
    TITLE = tr("Correct a month by objections")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        text = QgsProcessingParameterString
        self.add_workspace()
        self.add(text("MONTH", translate(tr("Month")), ""), tr("Like 2025-03."))
        self.add(
            text("DATE", translate(tr("Date of issue")), "", False, True),
            tr("Like 2025-04-02; empty: none."),
        )
        self.add_sink("CHANGES", CORRECTION)
        self.add_sink("ATTENDANCE", ATTENDANCE, optional=True)
        self.add_sink("RATES", RATE, optional=True)
        for name, title in (
            ("REVISION", tr("Number of the correction")),
            ("N_OBJECTIONS", tr("Objections applied")),
            ("N_CHANGED", tr("Rangers whose figures changed")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, translate(title)))
        self.addOutput(QgsProcessingOutputString("REASON", translate(tr("Reason"))))

    def work(self, call: Call) -> dict[str, Any]:
        """Apply, keep, show what changed."""
        workspace = open_workspace(call.workspace())
        date = call.text("DATE")
        register = workspace.read("absence")
        after, changed, new = correct_month(
            workspace,
            call.text("MONTH"),
            listed(register) if len(register) else [],
            day_text(day_number(date)) if date else None,
            translate,
        )
        call.settle()
        values = {"n": len(new), "month": call.text("MONTH"), "revision": after.revision}
        call.say(Message("{n} objections make correction {revision} of {month}.", values))
        differs = (
            (changed["valid_before"] != changed["valid_after"])
            | (changed["required_before"] != changed["required_after"])
            | (changed["met_before"] != changed["met_after"])
        )
        attended = after.attended.assign(definitions=words(("attendance_percent",)))
        outputs: dict[str, Any] = {
            "CHANGES": call.write("CHANGES", changed, CORRECTION),
            "ATTENDANCE": call.write("ATTENDANCE", attended, ATTENDANCE),
            "RATES": call.write("RATES", after.table.assign(definitions=words(TOLD)), RATE),
            "REVISION": after.revision,
            "N_OBJECTIONS": len(new),
            "N_CHANGED": int(differs.sum()),
            "REASON": str(after.notice["reason"]),
        }
        return {name: value for name, value in outputs.items() if value is not None}
