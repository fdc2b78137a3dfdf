"""Trade-off: plans from least change to a division afresh, side by side."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingOutputNumber

from linzhang_plugin.core.child import run_in_child
from linzhang_plugin.core.grids.tables import CURVE, PLAN_GRIDS, PLANS
from linzhang_plugin.core.grids.tradeoff import Tradeoff, tradeoff_report
from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.progress import part
from linzhang_plugin.language import translate
from linzhang_plugin.processing import bridge
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.grids import asked
from linzhang_plugin.processing.grids.planlayers import show_plans
from linzhang_plugin.processing.parameters import add_number, add_report, write_report


class TradeoffGrids(LinzhangAlgorithm):
    """Stands and rangers → several plans, and what each gives and costs."""

    NAME = "tradeoffgrids"
    TITLE = tr("Trade-off of change and balance")
    GROUP = asked.GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        asked.declare_request(self)
        add_number(self, "PLANS_COUNT", tr("Number of plans"), 5, whole=True, least=2)
        self.add_sink("PLANS", PLANS)
        self.add_sink("GRIDS", PLAN_GRIDS, optional=True)
        self.parameterDefinition("GRIDS").setCreateByDefault(True)
        self.add_sink("CURVE", CURVE)
        add_report(self)
        self.addOutput(QgsProcessingOutputNumber("N_PLANS", translate(tr("Plans"))))

    def work(self, call: Call) -> dict[str, Any]:
        """Read, think in a child process, then write every output."""
        request = asked.read_request(call)
        result: Tradeoff = run_in_child(
            "linzhang_plugin.core.grids.tradeoff:trade_off",
            (request, call.integer("PLANS_COUNT"), call.integer("PROCESSES"),
             call.text("SCHEDULER")),
            part(call.progress, 0.05, 0.9),
        )  # fmt: skip
        for notice in result.plans[0].notices:
            call.say(notice)
        for cause in result.plans[0].causes:
            call.warn(cause)
        crs = bridge.qgis_crs(request.stands.crs)
        grids = call.write("GRIDS", result.grids, PLAN_GRIDS, crs)
        if grids is not None:
            show_plans(call, grids, titles_of(result))
        return {
            "PLANS": call.write("PLANS", result.stands, PLANS, crs),
            "GRIDS": grids,
            "CURVE": call.write("CURVE", result.curve, CURVE),
            "REPORT": write_report(call, tradeoff_report(result)),
            "N_PLANS": len(result.plans),
        }


def titles_of(result: Tradeoff) -> list[str]:
    """Give the plans' names as layers."""
    return [
        Message(
            tr("Plan {plan}: {title} ({percent} % changed)"),
            {
                "plan": row["plan"],
                "title": row["title"],
                "percent": f"{row['changed_percent']:.1f}",
            },
        ).render(translate)
        for row in result.curve.to_dict("records")
    ]
