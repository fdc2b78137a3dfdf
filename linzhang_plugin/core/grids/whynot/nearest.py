"""The nearest request that a town could keep: tried out, not guessed.

A town whose plan breaks a hard rule is solved again with the broken rules relaxed, from what
the plan at hand already shows to be enough towards what was asked, by bisection; and with
other numbers of posts. Only a request whose plan breaks no rule is told, so asking for it
gives that plan.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from linzhang_plugin.core.grids.indicators import TINY, under_over
from linzhang_plugin.core.grids.whynot.causes import heaviest
from linzhang_plugin.core.grids.whynot.trial import (
    Trial,
    asked_of,
    dropped_names,
    figures_of,
    try_wish,
)
from linzhang_plugin.core.grids.whynot.wish import Wish
from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.progress import Progress, part, step

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
