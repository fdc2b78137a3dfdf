"""Five plans from "change nothing that need not" to "divide afresh", and what each costs.

Every plan is put together town by town from all candidates that were solved: under a limit of
change the best one that keeps it. The candidates under a narrower limit are among those under
a wider one, so from plan to plan neither the change falls nor the objective rises: no plan is
dominated by another.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd

from linzhang_plugin.core.grids.county import explain, solve
from linzhang_plugin.core.grids.indicators import moment_km2
from linzhang_plugin.core.grids.job import Prepared, Request, a_map, in_layer_crs, prepare
from linzhang_plugin.core.grids.model import Ints, Solution
from linzhang_plugin.core.grids.outcome import draw_plan
from linzhang_plugin.core.grids.params import ADJUST, AFRESH, GridParams
from linzhang_plugin.core.grids.plan import GridPlan
from linzhang_plugin.core.grids.report import rounded
from linzhang_plugin.core.grids.solve.goals import Goals, Objective
from linzhang_plugin.core.grids.survey import Survey, survey_county
from linzhang_plugin.core.grids.township import Township, gather, whole_problem
from linzhang_plugin.core.grids.whynot.trial import trouble
from linzhang_plugin.core.messages import ConflictError, InputError, Message, tr
from linzhang_plugin.core.progress import Progress, part, step
from linzhang_plugin.core.tables.charts import Chart, Line
from linzhang_plugin.core.tables.reports import Report

STEPS = (0.0, 2.0, 5.0, 10.0, 20.0, 30.0, 40.0, 50.0)
"""Percent of mu that may change hands, from which the plans between the ends are taken."""


@dataclass(frozen=True, eq=False)
class Tradeoff:
    """Several plans for one county.

    Attributes:
        stands: PLANS: a row a plan and stand.
        grids: A row a plan and grid, columns of GRIDS.
        curve: CURVE: a row a plan.
        plans: The plans themselves, in the layers' CRS.
    """

    stands: gpd.GeoDataFrame
    grids: gpd.GeoDataFrame
    curve: pd.DataFrame
    plans: tuple[GridPlan, ...]


@dataclass(frozen=True, eq=False)
class Candidate:
    """One plan of one town.

    Attributes:
        town: The town as it was asked.
        solutions: Its solutions, one a mainland.
        changed: Mu that changes hands.
        broken: Hard rules broken.
        quality: The objective without the part for change; smaller is better.
        adjusts: It was made from last year's plan.
    """

    town: Township
    solutions: list[Solution]
    changed: float
    broken: int
    quality: float
    adjusts: bool


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
    run = a_map(workers, scheduler)
    surveys: dict[int, Survey] = {}
    candidates: list[list[Candidate]] = []
    causes: list[Message] = []
    for number, change in enumerate(changes):
        stretch = part(progress, 0.15 + 0.6 * number / count, 0.15 + 0.6 * (number + 1) / count)
        params = _params(request.params, change)
        if params.mode not in surveys:
            surveys[params.mode] = survey_county(
                ready.stands, ready.links, ready.rangers, params, request.rules, ready.ground
            )
        survey = surveys[params.mode]
        solved = solve(survey.towns, params, run, stretch)
        candidates.append(
            [_candidate(t, mine, params) for t, mine in zip(survey.towns, solved, strict=True)]
        )
        if not number:
            causes = explain(survey, solved, params, run)[0]
            if causes and params.stop_if_infeasible:
                raise ConflictError(
                    tr("The rules cannot be kept. {cause} {nearest}"),
                    cause=causes[0],
                    nearest=causes[-1],
                )
    chosen = choose(changes, candidates)
    plans = []
    for number, (change, mine) in enumerate(zip(changes, chosen, strict=True)):
        stretch = part(progress, 0.75 + 0.23 * number / count, 0.75 + 0.23 * (number + 1) / count)
        plan = _drawn(surveys, mine, _params(request.params, change), request, stretch)
        plan = replace(plan, causes=tuple(causes))
        plans.append(in_layer_crs(plan, request, list(ready.notices) if not number else []))
    step(progress, 0.99)
    return _tables(request, changes, chosen, plans, ready)


def _drawn(
    surveys: dict[int, Survey],
    chosen: list[Candidate],
    params: GridParams,
    request: Request,
    progress: Progress,
) -> GridPlan:
    """Draw the plan that the chosen towns make together."""
    survey = replace(surveys[params.mode], towns=[c.town for c in chosen])
    solved = [c.solutions for c in chosen]
    return draw_plan(survey, solved, params, request.previous, request.used_codes, progress)


def _tables(
    request: Request,
    changes: list[float | None],
    chosen: list[list[Candidate]],
    plans: list[GridPlan],
    ready: Prepared,
) -> Tradeoff:
    rows = []
    for number, (change, mine, plan) in enumerate(zip(changes, chosen, plans, strict=True)):
        row = _row(number + 1, change, plan, ready)
        rows.append(row | {"quality": float(sum(c.quality for c in mine))})
    crs = request.stands.crs
    stands = [_numbered(n + 1, p.stands[[*COLUMNS, "geometry"]]) for n, p in enumerate(plans)]
    grids = [_numbered(n + 1, p.grids) for n, p in enumerate(plans)]
    return Tradeoff(
        gpd.GeoDataFrame(pd.concat(stands, ignore_index=True), crs=crs),
        gpd.GeoDataFrame(pd.concat(grids, ignore_index=True), crs=crs),
        pd.DataFrame(rows),
        tuple(plans),
    )


COLUMNS = ("stand_id", "town_code", "grid_code", "previous_grid_code", "changed", "mu")


def _numbered(number: int, frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    made = frame.copy()
    made.insert(0, "plan", number)
    return made


def _params(params: GridParams, change: float | None) -> GridParams:
    if change is None:
        return replace(params, mode=AFRESH, max_change=None)
    return replace(params, mode=ADJUST, max_change=change)


def _candidate(town: Township, solutions: list[Solution], params: GridParams) -> Candidate:
    plan = gather(town, solutions)
    return Candidate(
        town,
        solutions,
        _changed(town, plan),
        len(trouble(town, plan, params.tolerance)),
        quality(town, plan, params),
        params.mode == ADJUST,
    )


def _changed(town: Township, plan: Ints) -> float:
    """Give the mu of the stands that leave last year's grid."""
    before = town.stands["previous_grid_code"].to_numpy()
    now = town.posts["previous_code"].to_numpy()[plan]
    return float(town.stands["mu"].to_numpy(np.float64)[(before != "") & (before != now)].sum())


def quality(town: Township, plan: Ints, params: GridParams) -> float:
    """Give a town's objective without the part for change, over all its stands."""
    problem = whole_problem(town)
    goals = Goals(params.weight_balance, params.weight_compact, 0.0, params.weight_village,
                  params.weight_travel)  # fmt: skip
    return Objective.of(problem, goals).value(problem, plan)


def choose(changes: list[float | None], candidates: list[list[Candidate]]) -> list[list[Candidate]]:
    """Choose the plan of each town under each limit of change.

    Args:
        changes: Limits in percent, rising; None at the end for no limit.
        candidates: For each limit a candidate a town.

    Returns:
        For each limit a candidate a town: fewest broken rules, then best quality, then least
        change among those within the limit. What the rules force is always within it.
    """
    chosen: list[list[Candidate]] = [[] for _ in changes]
    for town in range(len(candidates[0])):
        mine = [of_plan[town] for of_plan in candidates]
        adjusted = [c for c in mine if c.adjusts] or mine
        forced = min(adjusted, key=lambda c: (c.broken, c.changed)).changed
        mu = float(mine[0].town.stands["mu"].sum())
        for number, change in enumerate(changes):
            most = np.inf if change is None else max(change / 100.0 * mu, forced)
            within = [c for c in mine if c.changed <= most + 1e-6]
            chosen[number].append(min(within, key=lambda c: (c.broken, c.quality, c.changed)))
    return chosen


def _row(number: int, change: float | None, plan: GridPlan, ready: Prepared) -> dict[str, object]:
    figures, grids = plan.figures, plan.grids
    centre = ready.stands.geometry.centroid
    xy = np.column_stack([centre.x, centre.y])
    mu = plan.stands["mu"].to_numpy(np.float64)
    moment = moment_km2(xy, mu, plan.stands["grid"].to_numpy(dtype=np.int64), len(grids))
    return {
        "plan": number,
        "title": _title(change),
        "max_change_percent": change,
        "changed_percent": figures["CHANGED_PERCENT"],
        "must_change_percent": figures["MUST_CHANGE_PERCENT"],
        "max_deviation_percent": figures["MAX_DEVIATION_PERCENT"],
        "mean_deviation_percent": float(grids["deviation_percent"].abs().mean()),
        "compactness": float(grids["compactness"].mean()),
        "moment": float(moment.sum()),
        "travel_min": figures["MEAN_TRAVEL_MIN"],
        "village_splits": figures["VILLAGE_SPLITS"],
        "n_disconnected": figures["N_DISCONNECTED"],
        "n_violations": figures["N_VIOLATIONS"],
    }


def _title(change: float | None) -> Message:
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
    ("travel_min", tr("Mean walk (minutes)")),
    ("village_splits", tr("Villages cut")),
    ("n_violations", tr("Violations")),
    ("quality", tr("Objective without change")),
)
"""What the report's table shows."""


def tradeoff_report(result: Tradeoff) -> Report:
    """Give the report: a table of the plans, and change against balance and compactness."""
    report = Report(Message(tr("Change against balance: plans to choose from")))
    rows = result.curve.to_dict("records")
    report.table(
        [Message(title) for _, title in CURVE_COLUMNS],
        [[rounded(row[name]) for name, _ in CURVE_COLUMNS] for row in rows],
    )
    for first, other in _same(rows):
        report.say(
            Message(
                tr("Plan {other} is the same as plan {first}: more change brings nothing."),
                {"first": first, "other": other},
            )
        )
    report.head(Message(tr("Chart")))
    for chart in charts(result.curve):
        report.chart(chart)
    for cause in result.plans[0].causes:
        report.say(cause, "warning")
    return report


def _same(rows: list[dict[str, object]]) -> list[tuple[object, object]]:
    """Give pairs of neighbouring plans that do not differ."""
    names = ("changed_percent", "quality", "moment", "max_deviation_percent")
    return [
        (a["plan"], b["plan"])
        for a, b in pairwise(rows)
        if all(a[name] == b[name] for name in names)
    ]


def charts(curve: pd.DataFrame) -> tuple[Chart, Chart]:
    """Give change against balance, and change against compactness."""
    changed = Message(tr("Changed (percent of mu)"))

    def line(name: str, title: str) -> Line:
        points = zip(curve["changed_percent"], curve[name], curve["plan"], strict=True)
        return Line(Message(title), tuple((float(x), float(y), str(p)) for x, y, p in points))

    return (
        Chart(
            Message(tr("Change against balance")),
            changed,
            (
                line("max_deviation_percent", tr("Worst deviation (percent)")),
                line("mean_deviation_percent", tr("Mean deviation (percent)")),
            ),
        ),
        Chart(
            Message(tr("Change against compactness")),
            changed,
            (line("moment", tr("Moment (mu km²)")),),
        ),
    )
