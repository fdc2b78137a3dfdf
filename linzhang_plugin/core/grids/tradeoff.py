"""Five plans from "change nothing that need not" to "divide afresh", and what each costs."""

from __future__ import annotations

from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd

from linzhang_plugin.core.grids.county import optimize_grids
from linzhang_plugin.core.grids.indicators import moment_km2
from linzhang_plugin.core.grids.job import Request, a_map, in_layer_crs, prepare
from linzhang_plugin.core.grids.params import ADJUST, AFRESH, GridParams
from linzhang_plugin.core.grids.plan import GridPlan
from linzhang_plugin.core.grids.report import rounded
from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.progress import Progress, part
from linzhang_plugin.core.tables.reports import Report

STEPS = (0.0, 2.0, 5.0, 10.0, 20.0, 30.0, 40.0, 50.0)
"""Percent of mu that may change hands, from which the plans between the ends are taken."""


@dataclass(frozen=True, eq=False)
class Tradeoff:
    """Several plans for one county.

    Attributes:
        stands: PLANS: a row a plan and stand.
        curve: CURVE: a row a plan.
        plans: The plans themselves, in the layers' CRS.
    """

    stands: gpd.GeoDataFrame
    curve: pd.DataFrame
    plans: tuple[GridPlan, ...]


def allowed_changes(count: int) -> list[float | None]:
    """Give the allowed change of each plan in percent; None is the division afresh.

    Raises:
        InputError: Fewer than two plans.

    Example:
        >>> allowed_changes(5)
        [0.0, 5.0, 10.0, 20.0, None]
    """
    if count < 2:
        raise InputError(tr("PLANS is {n}; at least two plans are compared."), n=count)
    if count == 5:
        return [0.0, 5.0, 10.0, 20.0, None]
    if count - 1 <= len(STEPS):
        which = np.round(np.linspace(0, len(STEPS) - 1, max(count - 1, 1))).astype(int)
        return [*(STEPS[i] for i in which), None]
    return [*(float(v) for v in np.linspace(0.0, 50.0, count - 1)), None]


def trade_off(
    request: Request, count: int, workers: int, scheduler: str, progress: Progress
) -> Tradeoff:
    """Make ``count`` plans of one county.

    Args:
        request: As for one optimisation; its mode and ``max_change`` are set for each plan.
        count: Number of plans.
        workers: Processes for the townships; 0 for one a core.
        scheduler: Dask address, empty for processes here.
        progress: Reports.

    Raises:
        InputError, ConflictError, CancelledError: As for one optimisation.
    """
    changes = allowed_changes(count)
    ready = prepare(request, part(progress, 0.0, 0.15))
    plans = []
    for number, change in enumerate(changes):
        stretch = part(progress, 0.15 + 0.83 * number / count, 0.15 + 0.83 * (number + 1) / count)
        plan = optimize_grids(
            ready.stands, ready.links, ready.rangers, request.previous,
            _params(request.params, change), stretch, a_map(workers, scheduler), request.rules,
            ready.ground, request.used_codes,
        )  # fmt: skip
        plans.append(in_layer_crs(plan, request, list(ready.notices) if not number else []))
    rows = [_row(number + 1, change, plan) for number, (change, plan) in
            enumerate(zip(changes, plans, strict=True))]  # fmt: skip
    stands = [_stands(number + 1, plan) for number, plan in enumerate(plans)]
    together = gpd.GeoDataFrame(pd.concat(stands, ignore_index=True), crs=request.stands.crs)
    return Tradeoff(together, pd.DataFrame(rows), tuple(plans))


def _params(params: GridParams, change: float | None) -> GridParams:
    if change is None:
        return replace(params, mode=AFRESH, max_change=None)
    return replace(params, mode=ADJUST, max_change=change)


def _stands(number: int, plan: GridPlan) -> gpd.GeoDataFrame:
    columns = ["stand_id", "town_code", "grid_code", "previous_grid_code", "changed", "mu"]
    made = plan.stands[[*columns, "geometry"]].copy()
    made.insert(0, "plan", number)
    return made


def _row(number: int, change: float | None, plan: GridPlan) -> dict[str, object]:
    figures, grids = plan.figures, plan.grids
    zone = plan.stands.to_crs(plan.stands.estimate_utm_crs())
    centre = zone.geometry.centroid
    xy = np.column_stack([centre.x, centre.y])
    mu = plan.stands["mu"].to_numpy(np.float64)
    moment = moment_km2(xy, mu, plan.stands["grid"].to_numpy(dtype=np.int64), len(grids))
    return {
        "plan": number,
        "title": _title(number, change),
        "max_change_percent": change,
        "changed_percent": figures["CHANGED_PERCENT"],
        "must_change_percent": figures["MUST_CHANGE_PERCENT"],
        "max_deviation_percent": figures["MAX_DEVIATION_PERCENT"],
        "mean_deviation_percent": float(grids["deviation_percent"].abs().mean()),
        "compactness": float(grids["compactness"].mean()),
        "moment": float(moment.sum()),
        "village_splits": figures["VILLAGE_SPLITS"],
        "n_disconnected": figures["N_DISCONNECTED"],
        "n_violations": figures["N_VIOLATIONS"],
    }


def _title(number: int, change: float | None) -> Message:
    if change is None:
        return Message("divide afresh")
    if change == 0.0:
        return Message("change nothing that need not")
    return Message("change at most {percent} percent", {"percent": f"{change:g}"})


CURVE_COLUMNS = (
    ("plan", tr("Plan")),
    ("title", tr("What")),
    ("changed_percent", tr("Changed (percent of mu)")),
    ("must_change_percent", tr("Must change (percent of mu)")),
    ("max_deviation_percent", tr("Worst deviation (percent)")),
    ("mean_deviation_percent", tr("Mean deviation (percent)")),
    ("compactness", tr("Mean compactness")),
    ("moment", tr("Moment (mu km²)")),
    ("village_splits", tr("Villages cut")),
    ("n_violations", tr("Violations")),
)
"""What the report's table shows."""


def tradeoff_report(result: Tradeoff) -> Report:
    """Give the report: a table of the plans and a bar chart of change against balance."""
    report = Report(Message(tr("Change against balance: plans to choose from")))
    report.table(
        [Message(title) for _, title in CURVE_COLUMNS],
        [[rounded(row[name]) for name, _ in CURVE_COLUMNS]
         for row in result.curve.to_dict("records")],
    )  # fmt: skip
    report.head(Message(tr("Chart")))
    report.table(
        [Message(tr("Plan")), Message(tr("Changed (percent of mu)")),
         Message(tr("Mean deviation (percent)"))],
        [(row["plan"], _bar(row["changed_percent"], result.curve["changed_percent"].max()),
          _bar(row["mean_deviation_percent"], result.curve["mean_deviation_percent"].max()))
         for row in result.curve.to_dict("records")],
    )  # fmt: skip
    for plan in result.plans:
        for cause in plan.causes:
            report.say(cause, "warning")
        break
    return report


def _bar(value: float, most: float) -> str:
    """Give a bar of blocks with its figure: a chart that every reader and printer shows."""
    return "█" * round(30 * value / max(float(most), 1e-9)) + f" {value:.2f}"
