"""The nearest request that a town could keep: tried out, not guessed.

A town whose plan breaks a hard rule is solved again with the broken rules relaxed, from what
the plan at hand already shows to be enough towards what was asked, by bisection; and with
other numbers of posts. Only a request whose plan breaks no rule is told, so asking for it
gives that plan.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from linzhang_plugin.core.grids.indicators import TINY, deviation_percent, find_parts, under_over
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
from linzhang_plugin.core.grids.whynot.causes import bottlenecks, causes_of, heaviest
from linzhang_plugin.core.messages import ConflictError, Message
from linzhang_plugin.core.progress import Progress, part, silent, step

QUICK = 0
"""Effort with which the search asks."""
TRIES = 4
"""Bisections between what was asked and what is known to be enough."""
WIDER = (1.0, 1.15, 1.4, 2.0, 3.0)
"""Shares of the plan at hand's own excess that are tried until one request is kept."""
MANY = 300
"""Stands of a town, of which each as many more divide the bisections: a try costs more there."""
POSTS = 2
"""Other numbers of posts tried each way."""
ROUND_MU = 10.0
"""Bounds of mu are suggested in steps of this."""


@dataclass(frozen=True)
class Wish:
    """One request for one town.

    Attributes:
        tolerance: Percent or None.
        least: MIN_MU.
        most: MAX_MU.
        more_posts: Vacant posts added; negative: posts taken away.
    """

    tolerance: float | None
    least: float
    most: float
    more_posts: int = 0

    def change_to(self, other: Wish) -> Change:
        """Give what another request asks for other than this one."""
        return Change(
            other.tolerance if other.tolerance != self.tolerance else None,
            other.least if other.least != self.least else None,
            other.most if other.most != self.most else None,
        )


@dataclass(frozen=True)
class Change:
    """Parameters of a request that are to be set otherwise; None where they stay."""

    tolerance: float | None = None
    least: float | None = None
    most: float | None = None

    def of(self, asked: Wish) -> Wish:
        """Give a town's request with these parameters set."""
        return Wish(
            asked.tolerance if self.tolerance is None else self.tolerance,
            asked.least if self.least is None else self.least,
            asked.most if self.most is None else self.most,
        )

    def words(self) -> Message:
        """Name the parameters with their values."""
        words = []
        if self.tolerance is not None:
            value = f"{self.tolerance:g}"
            words.append(Message("a TOLERANCE of {percent} percent", {"percent": value}))
        if self.least is not None:
            words.append(Message("a MIN_MU of {mu} mu", {"mu": f"{self.least:.10g}"}))
        if self.most is not None:
            words.append(Message("a MAX_MU of {mu} mu", {"mu": f"{self.most:.10g}"}))
        first, *rest = words
        for word in rest:
            first = Message("{first} with {second}", {"first": first, "second": word})
        return first


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


@dataclass(frozen=True)
class Nearest:
    """What a town could keep.

    Attributes:
        town: Its code.
        asked: The request that could not be kept.
        bounds: The nearest request with other bounds, None if none was found.
        posts: The nearest request with another number of posts, None if none was found.
        dropped: Which posts that one leaves out, in words that name them.
    """

    town: str
    asked: Wish
    bounds: Wish | None = None
    posts: Wish | None = None
    n_posts: int = 0
    dropped: tuple[str, ...] = field(default=())


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


def find_nearest(trial: Trial, progress: Progress) -> Nearest:
    """Search a town's nearest request by bounds and by posts; the item of a ``map``.

    The search asks with the quick effort; what it found is asked again with the user's own.
    """
    asked = asked_of(trial.town, trial.params)
    quick = replace(trial, params=replace(trial.params, effort=QUICK))
    bounds = _by_bounds(quick, asked, part(progress, 0.0, 0.6))
    posts = _by_posts(quick, asked, part(progress, 0.6, 0.8))
    if trial.params.effort != QUICK:
        if bounds is not None and not try_wish(trial, bounds, part(progress, 0.8, 0.9)):
            bounds = None
        if posts is not None and not try_wish(trial, posts, part(progress, 0.9, 1.0)):
            posts = None
    names: tuple[str, ...] = ()
    if posts is not None and posts.more_posts < 0:
        names = dropped_names(trial, -posts.more_posts)
    return Nearest(trial.town.code, asked, bounds, posts, len(trial.raw), names)


def is_kept(trial: Trial, progress: Progress) -> bool:
    """Tell whether a trial's wish can be kept; the item of a ``map``."""
    return trial.wish is not None and try_wish(trial, trial.wish, progress)


def relaxed(asked: Wish, excess: tuple[float, float, float], share: float) -> Wish:
    """Give the request with a share of the excess allowed, rounded to what people would type.

    Args:
        asked: What was asked.
        excess: How far the plan at hand is beyond tolerance (percent), least and most (mu).
        share: 0 as asked … 1 as the plan at hand needs.
    """
    tolerance = asked.tolerance
    if tolerance is not None and excess[0] > 0:
        tolerance = float(np.ceil(tolerance + share * excess[0] - 1e-9))
    least, most = asked.least, asked.most
    if excess[1] > 0:
        least = max(0.0, np.floor((least - share * excess[1]) / ROUND_MU + 1e-9) * ROUND_MU)
    if excess[2] > 0:
        most = float(np.ceil((most + share * excess[2]) / ROUND_MU - 1e-9) * ROUND_MU)
    return Wish(tolerance, float(least), most)


def excess_of(trial: Trial) -> tuple[float, float, float]:
    """Give how far the plan at hand is beyond tolerance (percent), least mu and most mu."""
    area, deviation, _ = figures_of(trial.town, trial.plan)
    tolerance = trial.params.tolerance
    worst = float(np.abs(deviation).max())
    return (
        0.0 if tolerance is None else max(0.0, worst - tolerance),
        max(0.0, float(trial.town.least[0]) - float(area.min())),
        max(0.0, float(area.max()) - float(trial.town.most[0])),
    )


def proven_share(trial: Trial, asked: Wish, excess: tuple[float, float, float]) -> float:
    """Give the share of the excess below which sums or the heaviest stand forbid every plan."""
    town = trial.town
    mu = town.stands["mu"].to_numpy(np.float64)
    mean = float(mu.sum()) / len(town.posts)
    shares = [0.0]
    if excess[0] > 0 and asked.tolerance is not None:
        _, load, _ = heaviest(town, town.stands["workload"].to_numpy(np.float64))
        over = 100.0 * (load / max(float(town.wanted.max()), 1e-9) - 1.0)
        shares.append((over - asked.tolerance) / excess[0])
    if excess[1] > 0:
        shares.append((asked.least - mean) / excess[1])
    if excess[2] > 0:
        _, largest, _ = heaviest(town, mu)
        shares.append((max(mean, largest) - asked.most) / excess[2])
    return min(1.0, max(shares))


def _by_bounds(trial: Trial, asked: Wish, progress: Progress) -> Wish | None:
    """Relax the broken bounds as little as a kept request allows."""
    excess = excess_of(trial)
    if max(excess) <= TINY:
        return None
    good: Wish | None = None
    share = 1.0
    for number, wider in enumerate(WIDER):
        step(progress, 0.4 * number / len(WIDER))
        wish = relaxed(asked, excess, wider)
        if try_wish(trial, wish, part(progress, 0.4 * number / len(WIDER), 0.4)):
            good, share = wish, wider
            break
    if good is None:
        return None
    low, high = (proven_share(trial, asked, excess), 1.0) if share == 1.0 else (1.0, share)
    tries = max(1, TRIES // (1 + len(trial.town.rows) // MANY))
    for number in range(tries):
        at = 0.4 + 0.6 * number / tries
        step(progress, at)
        middle = relaxed(asked, excess, (low + high) / 2)
        if middle == good or middle == relaxed(asked, excess, low):
            break
        if try_wish(trial, middle, part(progress, at, at + 0.6 / tries)):
            good, high = middle, (low + high) / 2
        else:
            low = (low + high) / 2
    return good


def _by_posts(trial: Trial, asked: Wish, progress: Progress) -> Wish | None:
    """Try other numbers of posts: fewer where grids are too small, more where too large."""
    k = len(trial.raw)
    total = float(trial.town.stands["mu"].sum())
    area, deviation, _ = figures_of(trial.town, trial.plan)
    low, high = under_over(area, deviation, (asked.least, asked.most), trial.params.tolerance)
    counts: list[int] = []
    if low.any() and asked.least > 0 and (area < asked.least - TINY).any():
        fit = min(k - 1, int(total // asked.least))
        counts += [fit - extra for extra in range(POSTS)]
    if high.any() and (area > asked.most + TINY).any():
        fit = max(k + 1, int(np.ceil(total / asked.most - 1e-9)))
        counts += [fit + extra for extra in range(POSTS)]
    if not counts and (low.any() or high.any()) and len(trial.town.rows) <= MANY:
        counts = [k - 1, k + 1]
    counts = [c for c in dict.fromkeys(counts) if 1 <= c <= len(trial.town.stands) and c != k]
    for number, count in enumerate(counts):
        step(progress, number / max(1, len(counts)))
        wish = replace(asked, more_posts=count - k)
        if try_wish(trial, wish, part(progress, number / len(counts), (number + 1) / len(counts))):
            return wish
    return None


def sentence(nearest: Nearest) -> Message:
    """Say which requests a town could keep."""
    town = {"town": nearest.town or "-"}
    options = []
    if nearest.bounds is not None:
        options.append(nearest.asked.change_to(nearest.bounds).words())
    if nearest.posts is not None:
        options.append(_posts_words(nearest, nearest.posts))
    if not options:
        return Message(
            "Town {town}: no request nearby was found that can be kept; look at locks, links and"
            " the largest stands first.",
            town,
        )
    if len(options) == 1:
        return Message(
            "Town {town}: the nearest request that can be kept (it was tried): {first}.",
            town | {"first": options[0]},
        )
    return Message(
        "Town {town}: the nearest requests that can be kept (each was tried): {first}; or"
        " {second}.",
        town | {"first": options[0], "second": options[1]},
    )


def _posts_words(nearest: Nearest, wish: Wish) -> Message:
    values = {
        "posts": nearest.n_posts + wish.more_posts,
        "had": nearest.n_posts,
        "n": abs(wish.more_posts),
        "names": ", ".join(nearest.dropped),
    }
    if wish.more_posts > 0:
        return Message("{posts} posts instead of {had} ({n} vacant posts more)", values)
    return Message("{posts} posts instead of {had} (without {names})", values)
