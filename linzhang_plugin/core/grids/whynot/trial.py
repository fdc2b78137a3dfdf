"""A town asked again for another request: made anew, solved and judged."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from linzhang_plugin.core.grids.indicators import deviation_percent, find_parts, under_over
from linzhang_plugin.core.grids.model import Bools, Floats, Ints
from linzhang_plugin.core.grids.params import ADJUST, GridParams
from linzhang_plugin.core.grids.posts import in_order, match_previous, wanted_shares
from linzhang_plugin.core.grids.township import (
    Township,
    gather,
    make_township,
    solve_task,
    tasks_of,
)
from linzhang_plugin.core.grids.whynot.causes import bottlenecks, causes_of
from linzhang_plugin.core.grids.whynot.wish import Wish
from linzhang_plugin.core.messages import ConflictError
from linzhang_plugin.core.progress import Progress, part, silent


@dataclass(frozen=True, eq=False)
class Trial:
    """What is needed to ask a town again; picklable.

    Attributes:
        town: As it was asked.
        raw: Its posts in order, before they were matched with last year's grids.
        plan: (n,) the plan with the least violations.
        params: As asked.
        wish: The one request to try; None to search.
    """

    town: Township
    raw: pd.DataFrame
    plan: Ints
    params: GridParams
    wish: Wish | None = None


def asked_of(town: Township, params: GridParams) -> Wish:
    """Give the request as it was asked of a town."""
    return Wish(params.tolerance, float(town.least[0]), float(town.most[0]))


def figures_of(town: Township, plan: Ints) -> tuple[Floats, Floats, Bools]:
    """Give each grid's forest mu, deviation (percent) and whether it is in pieces or empty."""
    k = len(town.posts)
    mu = town.stands["mu"].to_numpy(np.float64)
    load = town.stands["workload"].to_numpy(np.float64)
    parts = find_parts(plan, k, town.links, mu)
    area = np.bincount(plan, mu, k).astype(np.float64)
    work = np.bincount(plan, load, k).astype(np.float64)
    apart = parts.disconnected | (np.bincount(plan, minlength=k) == 0)
    return area, deviation_percent(work, town.wanted), apart


def trouble(town: Township, plan: Ints, tolerance: float | None) -> list[str]:
    """List the hard rules that a plan breaks, one entry a grid; empty for a plan without."""
    area, deviation, apart = figures_of(town, plan)
    bounds = (float(town.least[0]), float(town.most[0]))
    low, high = under_over(area, deviation, bounds, tolerance)
    named = (("under", low), ("over", high), ("disconnected", apart))
    return [name for name, broken in named for _ in range(int(broken.sum()))]


def asked_again(trial: Trial, wish: Wish) -> Township | None:
    """Make the town anew for another request; None where locks forbid it."""
    town, posts, minutes = trial.town, trial.town.posts, trial.town.minutes
    if wish.more_posts:
        posts, columns = other_posts(trial, wish.more_posts)
        if minutes is not None:
            mean = np.append(np.arange(minutes.shape[1]), -1)
            table = np.column_stack([minutes, minutes.mean(axis=1)])
            minutes = table[:, mean[columns]]
    wanted = wanted_shares(posts, float(town.stands["workload"].sum()))
    try:
        made = make_township(
            town.code,
            np.arange(len(town.rows)),
            town.stands,
            town.xy,
            town.links,
            posts,
            wanted,
            (wish.least, wish.most),
            minutes,
            trial.params.mode == ADJUST,
        )
    except ConflictError:
        return None
    return replace(made, crowd=town.crowd)


def other_posts(trial: Trial, more: int) -> tuple[pd.DataFrame, Ints]:
    """Give the town's posts with vacant ones added, or some left out, and their old columns.

    Left out are vacant posts first, then those without a last year's grid, then those of the
    smallest of last year's grids. A new post's column is the last one, -1.
    """
    raw = trial.raw.reset_index(drop=True)
    raw["column"] = np.arange(len(raw))
    if more > 0:
        empty = {name: [""] * more for name in ("ranger_id", "ranger_name", "previous_code")}
        new = pd.DataFrame(
            {"town_code": trial.town.code, **empty, "capacity_mu": np.nan, "x": np.nan,
             "y": np.nan, "presumed": False, "column": -1},
            index=range(more),
        )  # fmt: skip
        raw = in_order(pd.concat([raw, new], ignore_index=True))
    else:
        raw = raw.drop(index=leaving(trial, -more))
    raw = raw.reset_index(drop=True)
    columns = raw["column"].to_numpy(np.int64)
    return match_previous(raw.drop(columns="column"), trial.town.stands), columns


def leaving(trial: Trial, count: int) -> list[int]:
    """Choose the posts (rows of ``raw``) that a request with fewer posts leaves out."""
    mu = trial.town.stands.groupby("previous_grid_code")["mu"].sum().to_dict()
    size = np.array(
        [float(mu.get(code, 0.0)) if code else -1.0 for code in trial.raw["previous_code"]]
    )
    vacant = (trial.raw["ranger_id"] == "").to_numpy()
    order = np.lexsort((-np.arange(len(size)), size, ~vacant))
    return order[:count].tolist()


def dropped_names(trial: Trial, count: int) -> tuple[str, ...]:
    """Name the posts that a request with fewer posts leaves out."""
    rows = trial.raw.reset_index(drop=True).iloc[sorted(leaving(trial, count))]
    return tuple(
        str(row["ranger_id"] or row["previous_code"] or "-") for row in rows.to_dict("records")
    )


def try_wish(trial: Trial, wish: Wish, progress: Progress = silent) -> bool:
    """Ask a town for another request and tell whether its plan breaks no rule."""
    town = asked_again(trial, wish)
    if town is None:
        return False
    params = replace(trial.params, tolerance=wish.tolerance, min_mu=wish.least, max_mu=wish.most)
    tasks = tasks_of(town, params)
    # What is proven impossible need not be solved, and such solves are the dear ones.
    if causes_of(town, wish.tolerance) or bottlenecks(town, [task.problem for task in tasks]):
        return False
    solutions = [
        solve_task(task, part(progress, at / len(tasks), (at + 1) / len(tasks)))
        for at, task in enumerate(tasks)
    ]
    return not trouble(town, gather(town, solutions), wish.tolerance)
