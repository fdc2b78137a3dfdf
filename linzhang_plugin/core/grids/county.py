"""A county's plan: split by town, solve every township, gather tables and figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from linzhang_plugin.core.grids import causes
from linzhang_plugin.core.grids.arrays import Array
from linzhang_plugin.core.grids.gridtable import Drawing, draw_grids
from linzhang_plugin.core.grids.indicators import Parts, find_parts, village_splits
from linzhang_plugin.core.grids.model import NOWHERE, Floats, Ints, Solution
from linzhang_plugin.core.grids.numbering import town3_of
from linzhang_plugin.core.grids.params import ADJUST, GridParams
from linzhang_plugin.core.grids.plan import GridPlan
from linzhang_plugin.core.grids.posts import make_posts, wanted_shares
from linzhang_plugin.core.grids.reasons import change_rows, previous_rangers
from linzhang_plugin.core.grids.rules import GridRules, bounds_of_town
from linzhang_plugin.core.grids.township import (
    Township,
    gather,
    make_township,
    solve_task,
    tasks_of,
)
from linzhang_plugin.core.grids.travel import town_minutes
from linzhang_plugin.core.messages import ConflictError, Message, tr
from linzhang_plugin.core.progress import Progress, part, silent, step
from linzhang_plugin.core.terrain.raster import Raster

Map = Callable[[Callable[[Any, Progress], Any], Sequence[Any], Progress], list[Any]]
"""Runs ``function(item, progress)`` for every item and gives the results in order."""


def in_turn(
    function: Callable[[Any, Progress], Any], items: Sequence[Any], progress: Progress
) -> list[Any]:
    """Do one item after the other in this process."""
    count = max(1, len(items))
    return [
        function(item, part(progress, number / count, (number + 1) / count))
        for number, item in enumerate(items)
    ]


def optimize_grids(
    stands: gpd.GeoDataFrame,
    links: Ints,
    rangers: gpd.GeoDataFrame | None,
    previous: pd.DataFrame | None,
    params: GridParams,
    progress: Progress = silent,
    run: Map = in_turn,
    rules: GridRules | None = None,
    terrain: tuple[Raster | None, Array | None] = (None, None),
    used_codes: Iterable[str] = (),
) -> GridPlan:
    """Divide a county's stands into grids, one a post.

    Args:
        stands: Checked stands in a projected CRS: ``stand_id, town_code, village_code, mu,
            workload, slope_class, previous_grid_code, start_grid_code`` (texts, empty for
            none), ``locked`` (0, 1, 2) and polygons.
        links: (m, 2) links between rows of ``stands``, within towns.
        rangers: The posts, in the stands' CRS; None for ``params.grid_count``.
        previous: Last year's grids: ``grid_code, ranger_name``; None if unknown.
        params: Wishes and limits.
        progress: Reports and is asked to stop.
        run: The ``map`` that solves townships, here or in other processes.
        rules: Presets and factors.
        terrain: DEM and road lines for walking times, each optional.
        used_codes: Codes that are never issued again.

    Returns:
        The plan. The same inputs and seed give the same plan whatever ``run`` is.

    Raises:
        ConflictError: Locks contradict the hard rules, or rules cannot be kept and
            ``params.stop_if_infeasible``.
        CancelledError: ``progress`` said stop.
    """
    rules = rules or GridRules()
    stands = stands.reset_index(drop=True)
    step(progress, 0.0, Message("Matching posts with last year's grids."))
    posts = make_posts(stands, rangers, params, rules)
    towns = _townships(stands, links, posts, params, rules, terrain, part(progress, 0.0, 0.1))
    reasons = [cause for town in towns for cause in causes.causes_of(town, params.tolerance)]
    if reasons and params.stop_if_infeasible:
        raise ConflictError(tr("The rules cannot be kept. {cause}"), cause=reasons[0])
    tasks = [task for town in towns for task in tasks_of(town, params)]
    step(progress, 0.1, Message("Dividing {n} townships.", {"n": len(towns)}))
    solutions = run(solve_task, tasks, part(progress, 0.1, 0.85))
    plan, shares = _whole_plan(stands, posts, towns, solutions)
    parts = find_parts(plan, len(posts), links, stands["mu"].to_numpy(np.float64))
    drawing = Drawing(stands, links, posts, plan, shares, parts, _bounds(towns),
                      rangers is not None and len(rangers) > 0, params.tolerance)  # fmt: skip
    grids, made = draw_grids(drawing, params, used_codes, part(progress, 0.85, 0.98))
    reasons += _found_causes(towns, grids, reasons, params)
    if params.stop_if_infeasible and grids["violations"].sum():
        raise ConflictError(tr("The rules cannot be kept. {cause}"), cause=reasons[0])
    changes = change_rows(made, grids, _last_enclaves(stands, links), _bounds(towns),
                          previous_rangers(posts, previous))  # fmt: skip
    figures = county_figures(made, grids, parts, plan, towns, solutions)
    step(progress, 1.0)
    work: dict[str, int] = {}
    for solution in solutions:
        for name, count in solution.work.items():
            work[name] = work.get(name, 0) + int(count)
    return GridPlan(grids, made, changes, _town_table(made, grids, towns, solutions), figures,
                    tuple(reasons), tuple(_notices(stands, posts, towns)), work)  # fmt: skip


def _townships(
    stands: gpd.GeoDataFrame,
    links: Ints,
    posts: pd.DataFrame,
    params: GridParams,
    rules: GridRules,
    terrain: tuple[Raster | None, Array | None],
    progress: Progress,
) -> list[Township]:
    centres = shapely.centroid(stands.geometry.to_numpy())
    xy = np.column_stack([shapely.get_x(centres), shapely.get_y(centres)])
    codes = sorted(stands["town_code"].unique())
    three = town3_of(codes)
    local = np.empty(len(stands), dtype=np.int64)
    made = []
    for number, code in enumerate(codes):
        report = part(progress, number / len(codes), (number + 1) / len(codes))
        step(report, 0.0)
        rows = np.flatnonzero((stands["town_code"] == code).to_numpy())
        local[rows] = np.arange(len(rows))
        inside = (stands["town_code"].to_numpy()[links[:, 0]] == code) if len(links) else []
        here = posts[posts["town_code"] == code].reset_index(drop=True)
        own = stands.iloc[rows]
        minutes = town_minutes(own, xy[rows], here, rules, terrain[0], stands.crs, terrain[1],
                               report)  # fmt: skip
        low, high = bounds_of_town(rules, three[code])
        bounds = (
            low if params.min_mu is None else params.min_mu,
            high if params.max_mu is None else params.max_mu,
        )
        wanted = wanted_shares(here, float(own["workload"].sum()))
        made.append(make_township(code, rows, stands, xy, local[links[inside]], here, wanted,
                                  bounds, minutes, params.mode == ADJUST))  # fmt: skip
    return made


def _bounds(towns: list[Township]) -> dict[str, tuple[float, float]]:
    return {town.code: (float(town.least[0]), float(town.most[0])) for town in towns}


def _whole_plan(
    stands: gpd.GeoDataFrame,
    posts: pd.DataFrame,
    towns: list[Township],
    solutions: list[Solution],
) -> tuple[Ints, pd.DataFrame]:
    """Give the county's plan as rows of ``posts``, and each stand's facts by town."""
    plan = np.full(len(stands), NOWHERE, dtype=np.int64)
    facts = pd.DataFrame(
        {"minutes": np.nan, "island": False, "changed": False}, index=range(len(stands))
    )
    wanted: Floats = np.empty(len(posts))
    rest = iter(solutions)
    for town in towns:
        mine = [next(rest) for _ in range(int(town.lands.posts.max()) + 1)]
        own = gather(town, mine)
        first = int(np.flatnonzero((posts["town_code"] == town.code).to_numpy())[0])
        plan[town.rows] = own + first
        wanted[first : first + len(town.posts)] = town.wanted
        facts.loc[town.rows, "island"] = town.lands.host != np.arange(len(town.rows))
        if town.minutes is not None:
            facts.loc[town.rows, "minutes"] = town.minutes[np.arange(len(own)), own]
    before = stands["previous_grid_code"].to_numpy()
    now = posts["previous_code"].to_numpy()[plan]
    facts["changed"] = (before != "") & (before != now)
    posts["wanted"] = wanted
    return plan, facts


def _found_causes(
    towns: list[Township], grids: pd.DataFrame, known: list[Message], params: GridParams
) -> list[Message]:
    """Give a sentence for each town that breaks a rule and has no known cause."""
    told = {dict(cause.values).get("town") for cause in known}
    broken = grids[grids["violations"] > 0]
    return [
        causes.cause_of_result(
            town,
            [f for text in broken.loc[broken["town_code"] == town.code, "flags"]
             for f in text.split(",") if f and f != "vacant"],
            params.tolerance,
        )
        for town in towns
        if (town.code or "-") not in told and (broken["town_code"] == town.code).any()
    ]  # fmt: skip


def _last_enclaves(stands: gpd.GeoDataFrame, links: Ints) -> Array:
    """Tell the stands that were cut off from the main part of last year's grid."""
    codes = stands["town_code"].astype(str) + "/" + stands["previous_grid_code"]
    number = pd.factorize(codes, sort=True)[0].astype(np.int64)
    last = np.where((stands["previous_grid_code"] == "").to_numpy(), NOWHERE, number)
    mu = stands["mu"].to_numpy(np.float64)
    return find_parts(last, int(number.max()) + 1, links, mu).enclave


def county_figures(
    stands: pd.DataFrame,
    grids: pd.DataFrame,
    parts: Parts,
    plan: Ints,
    towns: list[Township],
    solutions: list[Solution],
) -> dict[str, Any]:
    """Give the declared numeric outputs; None for what is not proven."""
    mu = stands["mu"].to_numpy(np.float64)
    total = max(float(mu.sum()), 1e-12)
    objective = float(sum(s.objective for s in solutions))
    feasible = not grids["violations"].sum()
    bounds = [s.lower_bound for s in solutions]
    bound = float(sum(bounds)) if feasible and all(b is not None for b in bounds) else None  # type: ignore[arg-type]
    gap = None
    if bound is not None:
        bound = min(bound, objective)
        gap = 100.0 * (objective - bound) / objective if objective > 0 else 0.0
    minutes = grids["travel_min"].to_numpy(np.float64)
    known = np.isfinite(minutes)
    return {
        "N_GRIDS": len(grids),
        "MAX_DEVIATION_PERCENT": float(grids["deviation_percent"].abs().max()),
        "CHANGED_PERCENT": 100.0 * float(mu[stands["changed"].to_numpy()].sum()) / total,
        "MUST_CHANGE_PERCENT": _must_change(stands, towns, solutions, total),
        "N_DISCONNECTED": int(parts.disconnected.sum()),
        "N_ISLANDS": int(sum(town.lands.n_islands for town in towns)),
        "N_VIOLATIONS": int(grids["violations"].sum()),
        "VILLAGE_SPLITS": village_splits(stands["village_code"], plan),
        "MEAN_TRAVEL_MIN": float(
            np.average(minutes[known], weights=grids["area_mu"].to_numpy()[known])
        ) if known.any() else None,
        "OBJECTIVE": objective,
        "LOWER_BOUND": bound,
        "GAP_PERCENT": gap,
    }  # fmt: skip


def _must_change(
    stands: pd.DataFrame, towns: list[Township], solutions: list[Solution], total: float
) -> float | None:
    """Give the proven least change: that of the solver, and what no post continues."""
    before = stands["previous_grid_code"].to_numpy()
    if not (before != "").any():
        return 0.0
    proven = [s.must_change_mu for s in solutions if s.must_change_mu is not None]
    lost = 0.0
    for town in towns:
        code = town.stands["previous_grid_code"].to_numpy()
        gone = (code != "") & (town.previous == NOWHERE)
        lost += float(town.stands["mu"].to_numpy(np.float64)[gone].sum())
    if not proven and not lost:
        return None
    must = 100.0 * (float(sum(proven)) + lost) / total
    done = 100.0 * float(stands.loc[stands["changed"], "mu"].sum()) / total
    return min(must, done)


def _town_table(
    stands: pd.DataFrame, grids: pd.DataFrame, towns: list[Township], solutions: list[Solution]
) -> pd.DataFrame:
    """Give a row a town: what the report and the demo print."""
    rows = []
    rest = iter(solutions)
    for town in towns:
        mine = [next(rest) for _ in range(int(town.lands.posts.max()) + 1)]
        own = grids[grids["town_code"] == town.code]
        here = stands[stands["town_code"] == town.code]
        total = max(float(here["mu"].sum()), 1e-12)
        before = here[here["previous_grid_code"] != ""].groupby("previous_grid_code")["workload"]
        last = before.sum()
        wanted = float(town.wanted.mean())
        bounds = [s.lower_bound for s in mine]
        objective = float(sum(s.objective for s in mine))
        proven = not own["violations"].sum() and all(b is not None for b in bounds)
        bound = min(objective, float(sum(bounds))) if proven else None  # type: ignore[arg-type]
        rows.append(
            {
                "town_code": town.code,
                "n_grids": len(own),
                "n_rangers": int((town.posts["ranger_id"] != "").sum()),
                "area_mu": total,
                "worst_before": float((100.0 * (last / wanted - 1.0)).abs().max())
                if len(last) else None,
                "worst_after": float(own["deviation_percent"].abs().max()),
                "changed_percent": 100.0 * float(here.loc[here["changed"], "mu"].sum()) / total,
                "must_change_percent": _must_change(here, [town], mine, total),
                "n_disconnected": int(own["disconnected"].sum()),
                "n_islands": town.lands.n_islands,
                "n_violations": int(own["violations"].sum()),
                "objective": objective,
                "lower_bound": bound,
                "gap_percent": None if bound is None
                else 100.0 * (objective - bound) / objective if objective > 0 else 0.0,
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def _notices(stands: pd.DataFrame, posts: pd.DataFrame, towns: list[Township]) -> list[Message]:
    """Say what was presumed, dissolved or attached."""
    said = []
    lost = sorted(set(stands["previous_grid_code"]) - set(posts["previous_code"]) - {""})
    if lost:
        said.append(
            Message(
                "{n} grids of last year have no post this year and are dissolved: {codes}.",
                {"n": len(lost), "codes": ", ".join(lost[:10]) + ("…" if len(lost) > 10 else "")},
            )
        )
    for town in towns:
        if town.lands.n_islands:
            said.append(
                Message(
                    "Town {town}: {n} enclaves that no link reaches are attached to the nearest"
                    " grid.",
                    {"town": town.code or "-", "n": town.lands.n_islands},
                )
            )
    presumed = int(posts["presumed"].sum())
    if presumed:
        said.append(Message("{n} rangers' homes are presumed, not surveyed.", {"n": presumed}))
    if not np.isfinite(posts["x"].to_numpy(np.float64)).any():
        said.append(Message("No ranger's home is known: walking times are left out."))
    return said
