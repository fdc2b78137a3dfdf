"""A solved county's tables and figures: the whole plan, its grids, changes and result by town."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from linzhang_plugin.core.grids.arrays import Array
from linzhang_plugin.core.grids.gridtable import Drawing, draw_grids
from linzhang_plugin.core.grids.indicators import Parts, find_parts, village_splits
from linzhang_plugin.core.grids.model import NOWHERE, Floats, Ints, Solution
from linzhang_plugin.core.grids.params import GridParams
from linzhang_plugin.core.grids.plan import GridPlan
from linzhang_plugin.core.grids.reasons import change_rows, previous_rangers
from linzhang_plugin.core.grids.survey import Survey
from linzhang_plugin.core.grids.township import Township, gather
from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.progress import Progress, part, silent, step


def draw_plan(
    survey: Survey,
    solved: list[list[Solution]],
    params: GridParams,
    previous: pd.DataFrame | None,
    used_codes: Iterable[str],
    progress: Progress = silent,
) -> GridPlan:
    """Gather the towns' solutions to a plan with tables and figures.

    Args:
        survey: The county as it was asked.
        solved: The solutions of each town, one a mainland.
        params: Wishes and limits.
        previous: Last year's grids: ``grid_code, ranger_name``; None if unknown.
        used_codes: Codes that are never issued again.
        progress: Reports.
    """
    stands, links, towns = survey.stands, survey.links, survey.towns
    posts = survey.posts.copy()
    plan, facts = _whole_plan(stands, posts, towns, solved)
    parts = find_parts(plan, len(posts), links, stands["mu"].to_numpy(np.float64))
    drawing = Drawing(stands, links, posts, plan, facts, parts, _bounds(towns), survey.staffed,
                      params.tolerance)  # fmt: skip
    grids, made = draw_grids(drawing, params, used_codes, part(progress, 0.0, 0.9))
    changes = change_rows(made, grids, _last_enclaves(stands, links), _bounds(towns),
                          previous_rangers(posts, previous))  # fmt: skip
    figures = county_figures(made, grids, parts, plan, towns, solved)
    step(progress, 1.0)
    work: dict[str, int] = {}
    for solution in (s for mine in solved for s in mine):
        for name, count in solution.work.items():
            work[name] = work.get(name, 0) + int(count)
    return GridPlan(grids, made, changes, _town_table(made, grids, towns, solved), figures, (),
                    tuple(_notices(survey) + _ridges(survey, plan)), work)  # fmt: skip


def _parted(town: Township) -> list[Message]:
    """Say which of last year's grids lay in parts of the town that no link joins."""
    if int(town.lands.area.max()) < 1:
        return []
    said = []
    own = town.lands.host == np.arange(len(town.rows))
    mu = town.stands["mu"].to_numpy(np.float64)
    for post, code in enumerate(town.posts["previous_code"]):
        mine = own & (town.previous == post)
        if not code or not mine.any():
            continue
        size = np.bincount(town.lands.area[mine], mu[mine], int(town.lands.area.max()) + 1)
        if (size > 0).sum() > 1:
            here = float(size[town.lands.posts[post]])
            said.append(
                Message(
                    "Last year's grid {code} lay in {n} parts of town {town} that no link joins:"
                    " it goes on where {here} mu of it lie, the other {rest} mu go to grids that"
                    " reach them.",
                    {
                        "code": code,
                        "n": int((size > 0).sum()),
                        "town": town.code or "-",
                        "here": round(here),
                        "rest": round(float(size.sum()) - here),
                    },
                )
            )
    return said


def _ridges(survey: Survey, plan: Ints) -> list[Message]:
    """Say how many neighbours that a ridge parts lie in different grids."""
    if survey.ridges is None or not survey.ridges.any():
        return []
    cut = plan[survey.links[:, 0]] != plan[survey.links[:, 1]]
    over, plain = cut[survey.ridges], cut[~survey.ridges]
    return [
        Message(
            "Ridges part {n} pairs of neighbouring stands; {percent} percent of these pairs lie in"
            " different grids, of the other pairs {other} percent.",
            {
                "n": len(over),
                "percent": round(100.0 * float(over.mean()), 1),
                "other": round(100.0 * float(plain.mean()), 1) if len(plain) else 0.0,
            },
        )
    ]


def _bounds(towns: list[Township]) -> dict[str, tuple[float, float]]:
    return {town.code: (float(town.least[0]), float(town.most[0])) for town in towns}


def _whole_plan(
    stands: gpd.GeoDataFrame,
    posts: pd.DataFrame,
    towns: list[Township],
    solved: list[list[Solution]],
) -> tuple[Ints, pd.DataFrame]:
    """Give the county's plan as rows of ``posts``, and each stand's facts by town."""
    plan = np.full(len(stands), NOWHERE, dtype=np.int64)
    facts = pd.DataFrame(
        {"minutes": np.nan, "island": False, "changed": False}, index=range(len(stands))
    )
    wanted: Floats = np.empty(len(posts))
    for town, mine in zip(towns, solved, strict=True):
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
    solved: list[list[Solution]],
) -> dict[str, Any]:
    """Give the declared numeric outputs; None for what is not proven."""
    mu = stands["mu"].to_numpy(np.float64)
    total = max(float(mu.sum()), 1e-12)
    solutions = [solution for mine in solved for solution in mine]
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
    stands: pd.DataFrame,
    grids: pd.DataFrame,
    towns: list[Township],
    solved: list[list[Solution]],
) -> pd.DataFrame:
    """Give a row a town: what the report and the demo print."""
    rows = []
    for town, mine in zip(towns, solved, strict=True):
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


def _notices(survey: Survey) -> list[Message]:
    """Say what was presumed, dissolved or attached."""
    stands, posts, towns = survey.stands, survey.posts, survey.towns
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
    said += [message for town in towns for message in _parted(town)]
    presumed = int(posts["presumed"].sum())
    if presumed:
        said.append(Message("{n} rangers' homes are presumed, not surveyed.", {"n": presumed}))
    if not np.isfinite(posts["x"].to_numpy(np.float64)).any():
        said.append(Message("No ranger's home is known: walking times are left out."))
    return said
