"""Optimise the year's grids: a county divided among its rangers, town by town."""

from __future__ import annotations

import time
from typing import Any

from linzhang_plugin.core.child import run_in_child
from linzhang_plugin.core.grids.plan import GridPlan
from linzhang_plugin.core.grids.report import plan_report
from linzhang_plugin.core.grids.tables import CHANGES, GRIDS, STAND_GRID, TOWNS
from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.progress import part, step
from linzhang_plugin.processing import bridge
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.grids import asked
from linzhang_plugin.processing.parameters import add_report, write_report


class OptimizeGrids(LinzhangAlgorithm):
    """Stands and rangers → one contiguous grid a post, as near to last year's as it can be."""

    NAME = "optimizegrids"
    TITLE = tr("Optimise grids")
    GROUP = asked.GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        asked.declare_request(self)
        self.add_sink("GRIDS", GRIDS)
        self.add_sink("STAND_GRID", STAND_GRID)
        self.add_sink("CHANGES", CHANGES, optional=True)
        self.add_sink("TOWNS", TOWNS, optional=True)
        add_report(self)
        asked.add_figures(self)

    def work(self, call: Call) -> dict[str, Any]:
        """Read, think in a child process, then write every output."""
        begun = time.monotonic()
        request = asked.read_request(call)
        step(call.progress, 0.05)
        plan: GridPlan = run_in_child(
            "linzhang_plugin.core.grids.job:optimize",
            (request, call.integer("PROCESSES"), call.text("SCHEDULER")),
            part(call.progress, 0.05, 0.9),
        )
        plan.figures["SECONDS"] = time.monotonic() - begun
        tell(call, plan)
        crs = bridge.qgis_crs(request.stands.crs)
        own = tuple(c for c in request.stands.columns if c != request.stands.geometry.name)
        results: dict[str, Any] = {
            "GRIDS": call.write("GRIDS", plan.grids, GRIDS, crs),
            "STAND_GRID": call.write("STAND_GRID", plan.stands, STAND_GRID, crs, own),
            "CHANGES": call.write("CHANGES", plan.changes, CHANGES, crs),
            "TOWNS": call.write("TOWNS", plan.towns, TOWNS),
            "REPORT": write_report(call, plan_report(plan, request.params.max_change)),
        }
        return results | plan.figures


def tell(call: Call, plan: GridPlan) -> None:
    """Show notices, causes and a line a town in the log."""
    for notice in plan.notices:
        call.say(notice)
    for cause in plan.causes:
        call.warn(cause)
    for row in plan.towns.to_dict("records"):
        before, must = row["worst_before"], row["must_change_percent"]
        call.say(
            Message(
                tr(
                    "{town}: {grids} grids, {rangers} rangers, worst deviation {before} → {after}"
                    " %, changed {changed} % (must {must} %), disconnected {apart}."
                ),
                {
                    "town": row["town_code"] or "-",
                    "grids": row["n_grids"],
                    "rangers": row["n_rangers"],
                    "before": "-" if before is None or before != before else f"{before:.1f}",
                    "after": f"{row['worst_after']:.1f}",
                    "changed": f"{row['changed_percent']:.2f}",
                    "must": "-" if must is None or must != must else f"{must:.2f}",
                    "apart": row["n_disconnected"],
                },
            )
        )
