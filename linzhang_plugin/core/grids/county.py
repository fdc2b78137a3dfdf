"""A county's plan: split by town, solve every township, explain what cannot be kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import geopandas as gpd
import pandas as pd

from linzhang_plugin.core.grids.land.travel import Ground
from linzhang_plugin.core.grids.model import Ints, Solution
from linzhang_plugin.core.grids.outcome import draw_plan
from linzhang_plugin.core.grids.params import GridParams
from linzhang_plugin.core.grids.plan import GridPlan
from linzhang_plugin.core.grids.rules import GridRules
from linzhang_plugin.core.grids.survey import Survey, survey_county
from linzhang_plugin.core.grids.township import Township, gather, solve_task, tasks_of
from linzhang_plugin.core.grids.whynot.causes import bottlenecks, cause_of_result, causes_of
from linzhang_plugin.core.grids.whynot.nearest import Nearest, find_nearest, is_kept, sentence
from linzhang_plugin.core.grids.whynot.trial import Trial, asked_of, trouble
from linzhang_plugin.core.grids.whynot.wish import Change
from linzhang_plugin.core.messages import ConflictError, Message, tr
from linzhang_plugin.core.progress import Progress, part, silent, step

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
    ground: Ground | None = None,
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
        ground: DEM, roads and barriers for walking times and ridges, each optional.
        used_codes: Codes that are never issued again.

    Returns:
        The plan. The same inputs and seed give the same plan whatever ``run`` is.

    Raises:
        ConflictError: Locks contradict the hard rules, or rules cannot be kept and
            ``params.stop_if_infeasible``.
        CancelledError: ``progress`` said stop.
    """
    survey = survey_county(stands, links, rangers, params, rules or GridRules(),
                           ground or Ground(), part(progress, 0.0, 0.1))  # fmt: skip
    if params.stop_if_infeasible:
        hopeless = [t for t in survey.towns if causes_of(t, params.tolerance)]
        if hopeless:
            survey = replace(survey, towns=hopeless)
    step(progress, 0.1, Message("Dividing {n} townships.", {"n": len(survey.towns)}))
    solved = solve(survey.towns, params, run, part(progress, 0.1, 0.75))
    causes, nearest = explain(survey, solved, params, run, part(progress, 0.75, 0.85))
    if causes and params.stop_if_infeasible:
        raise ConflictError(
            tr("The rules cannot be kept. {cause} {nearest}"), cause=causes[0], nearest=causes[-1]
        )
    plan = draw_plan(survey, solved, params, previous, used_codes, part(progress, 0.85, 1.0))
    return replace(plan, causes=tuple(causes), nearest=tuple(nearest))


def solve(
    towns: list[Township], params: GridParams, run: Map, progress: Progress = silent
) -> list[list[Solution]]:
    """Solve every mainland of every town; the solutions come by town."""
    tasks = [tasks_of(town, params) for town in towns]
    rest = iter(run(solve_task, [task for mine in tasks for task in mine], progress))
    return [[next(rest) for _ in mine] for mine in tasks]


def explain(
    survey: Survey,
    solved: list[list[Solution]],
    params: GridParams,
    run: Map,
    progress: Progress = silent,
) -> tuple[list[Message], list[Nearest]]:
    """Say of every town that breaks a rule why, and what it could keep (tried out).

    Returns:
        Sentences, by town and then for the county; and what was found.
    """
    causes: list[list[Message]] = []
    trials: list[Trial] = []
    for town, mine in zip(survey.towns, solved, strict=True):
        plan = gather(town, mine)
        flags = trouble(town, plan, params.tolerance)
        if flags:
            causes.append(_why(town, flags, params))
            raw = survey.raw[survey.raw["town_code"] == town.code]
            trials.append(Trial(town, raw, plan, params))
    if not trials:
        return [], []
    step(progress, 0.0, Message("Looking for what {n} townships could keep.", {"n": len(trials)}))
    found = run(find_nearest, trials, part(progress, 0.0, 0.8))
    told = [m for mine, n in zip(causes, found, strict=True) for m in (*mine, sentence(n))]
    together = for_all(survey.towns, trials, found, params)
    if together is not None:
        asked = [replace(trial, wish=together.of(asked_of(trial.town, params))) for trial in trials]
        if all(run(is_kept, asked, part(progress, 0.8, 1.0))):
            told.append(Message("For all these towns together (tried): {request}.",
                                {"request": together.words()}))  # fmt: skip
    return told, found


def _why(town: Township, flags: list[str], params: GridParams) -> list[Message]:
    """Give what proves that a town's rules cannot be kept, or what the best plan breaks."""
    known = causes_of(town, params.tolerance)
    known += bottlenecks(town, [task.problem for task in tasks_of(town, params)])
    return known or [cause_of_result(town, flags, params.tolerance)]


def for_all(
    towns: list[Township], trials: list[Trial], found: list[Nearest], params: GridParams
) -> Change | None:
    """Give one request wide enough for every town, None where it says nothing new.

    A bound that is named holds in every town, so it must be no narrower than any town's own.
    """
    wishes = [n.bounds for n in found if n.bounds is not None]
    if len(wishes) < len(trials) or not wishes:
        return None
    own = [asked_of(town, params) for town in towns]
    changes = [n.asked.change_to(w) for n, w in zip(found, wishes, strict=True)]
    tolerances = [c.tolerance for c in changes if c.tolerance is not None]
    least = [c.least for c in changes if c.least is not None]
    most = [c.most for c in changes if c.most is not None]
    change = Change(
        max(tolerances, default=None),
        min([*least, *(w.least for w in own)]) if least else None,
        max([*most, *(w.most for w in own)]) if most else None,
    )
    return None if len(trials) == 1 and change == changes[0] else change
