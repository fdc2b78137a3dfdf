"""The report of an optimisation: what was done town by town, and why."""

from __future__ import annotations

import math
from typing import Any

from linzhang_plugin.core.grids.plan import GridPlan
from linzhang_plugin.core.grids.reasons import by_kind
from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.tables.reports import Report

FIGURES = {
    "N_GRIDS": tr("Grids"),
    "MAX_DEVIATION_PERCENT": tr("Worst deviation of workload (percent)"),
    "CHANGED_PERCENT": tr("Forest that changes hands (percent of mu)"),
    "MUST_CHANGE_PERCENT": tr("Forest that must change hands under the rules (percent of mu)"),
    "N_DISCONNECTED": tr("Disconnected grids"),
    "N_ISLANDS": tr("Enclaves that no link reaches"),
    "N_VIOLATIONS": tr("Rules that could not be kept"),
    "VILLAGE_SPLITS": tr("Villages cut by grid borders"),
    "MEAN_TRAVEL_MIN": tr("Mean walk from home to the grid (minutes)"),
    "OBJECTIVE": tr("Objective"),
    "LOWER_BOUND": tr("Proven lower bound"),
    "GAP_PERCENT": tr("Gap to the bound (percent)"),
    "SECONDS": tr("Seconds"),
}
"""Titles of the numeric outputs, the same in reports, outputs and help."""

TOWN_COLUMNS = (
    ("town_code", tr("Town")),
    ("n_grids", tr("Grids")),
    ("n_rangers", tr("Rangers")),
    ("area_mu", tr("Area (mu)")),
    ("worst_before", tr("Worst deviation before (percent)")),
    ("worst_after", tr("Worst deviation after (percent)")),
    ("changed_percent", tr("Changed (percent of mu)")),
    ("must_change_percent", tr("Must change (percent of mu)")),
    ("n_disconnected", tr("Disconnected grids")),
    ("n_islands", tr("Enclaves")),
    ("n_violations", tr("Violations")),
    ("lower_bound", tr("Proven lower bound")),
    ("gap_percent", tr("Gap to the bound (percent)")),
)
"""What the town table shows."""


def plan_report(plan: GridPlan, max_change: float | None) -> Report:
    """Give the report page of a plan.

    Args:
        plan: The plan.
        max_change: Percent of mu that was allowed to change hands, None for no limit.
    """
    report = Report(Message(tr("Optimisation of the management grids")))
    _rules(report, plan, max_change)
    report.head(Message(tr("Figures")))
    report.table(
        [Message(tr("Figure")), Message(tr("Value"))],
        [(Message(title), rounded(plan.figures.get(name)))
         for name, title in FIGURES.items() if name in plan.figures],
    )  # fmt: skip
    report.head(Message(tr("Towns")))
    report.table(
        [Message(title) for _, title in TOWN_COLUMNS],
        [[rounded(row[name]) for name, _ in TOWN_COLUMNS] for row in plan.towns.to_dict("records")],
    )
    _reasons(report, plan)
    _flagged(report, plan)
    _enclaves(report, plan)
    _changes(report, plan)
    if plan.notices:
        report.head(Message(tr("Worth knowing")))
        for notice in plan.notices:
            report.say(notice)
    return report


def rounded(value: Any) -> Any:
    """Round a figure for reading; missing ones are None."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return round(value, 2) if isinstance(value, float) else value


def _rules(report: Report, plan: GridPlan, max_change: float | None) -> None:
    if plan.causes:
        report.head(Message(tr("Rules that cannot be kept, and why")))
        for cause in plan.causes:
            report.say(cause, "refused")
    else:
        report.say(Message(tr("Every grid keeps the hard rules.")), "good")
    changed = float(plan.figures["CHANGED_PERCENT"])
    if max_change is not None and changed > max_change + 1e-6:
        report.say(
            Message(
                tr(
                    "{changed} percent of the forest changes hands, more than the {allowed}"
                    " percent allowed: repairs of enclaves, vacancies and bounds come first."
                ),
                {"changed": round(changed, 2), "allowed": f"{max_change:g}"},
            ),
            "warning",
        )


def _reasons(report: Report, plan: GridPlan) -> None:
    """Add up why forest changes hands: what the rules ask for, and what the weights wish."""
    if not len(plan.changes):
        return
    area = plan.towns.set_index("town_code")["area_mu"]
    report.head(Message(tr("Why forest changes hands")))
    report.table(
        [Message(tr("Town")), Message(tr("Reason")), Message(tr("Asked for by")),
         Message(tr("Stands")), Message(tr("Area (mu)")), Message(tr("Percent of the town"))],
        [(r["town_code"], r["kind"],
          Message(tr("a rule")) if r["forced"] else Message(tr("a wish")), r["n_stands"],
          rounded(float(r["mu"])), rounded(100.0 * float(r["mu"]) / float(area[r["town_code"]])))
         for r in by_kind(plan.changes).to_dict("records")],
    )  # fmt: skip


def _flagged(report: Report, plan: GridPlan) -> None:
    flagged = plan.grids[plan.grids["flags"] != ""]
    if not len(flagged):
        return
    report.head(Message(tr("Grids with flags")))
    report.table(
        [Message(tr("Grid")), Message(tr("Area (mu)")), Message(tr("Deviation (percent)")),
         Message(tr("Flags"))],
        [(r["grid_code"], rounded(r["area_mu"]), rounded(r["deviation_percent"]), r["flags"])
         for r in flagged.drop(columns="geometry").to_dict("records")],
    )  # fmt: skip


def _enclaves(report: Report, plan: GridPlan) -> None:
    islands = plan.stands[plan.stands["island"]]
    if not len(islands):
        return
    report.head(Message(tr("Enclaves (飞地): attached to the nearest grid")))
    report.table(
        [Message(tr("Stand")), Message(tr("Grid")), Message(tr("Area (mu)"))],
        [(r["stand_id"], r["grid_code"], rounded(float(r["mu"])))
         for r in islands[["stand_id", "grid_code", "mu"]].to_dict("records")],
    )  # fmt: skip


def _changes(report: Report, plan: GridPlan) -> None:
    if not len(plan.changes):
        return
    report.head(Message(tr("Stands that change hands")))
    report.table(
        [Message(tr("Stand")), Message(tr("From grid")), Message(tr("To grid")),
         Message(tr("Ranger before")), Message(tr("Ranger after")), Message(tr("Area (mu)")),
         Message(tr("Reason"))],
        [(r["stand_id"], r["from_grid"], r["to_grid"], r["ranger_from"], r["ranger_to"],
          rounded(float(r["mu"])), r["reason"])
         for r in plan.changes.drop(columns="geometry").to_dict("records")],
    )  # fmt: skip
