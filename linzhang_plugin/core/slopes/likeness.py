"""Is it a bare slope, or does it only look like one? Each candidate's confidence, and why.

What lies bare under the user's own masks in the same image (orchards, fields, villages) shows
what such ground looks like there. Candidates are a mixture of those kinds and of bare slopes,
whose own look is fitted to the candidates by expectation–maximisation (Dempster, Laird and Rubin
1977, JRSS B 39(1)) with Student's t for its thick tails (Peel and McLachlan 2000, Statistics and
Computing 10). Where a kind looks like bare slopes in every trait, nothing is claimed: candidates
keep the share that bare slopes have among them. Rules of thumb stand beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.slopes.kinds import log_densities, log_t, spread_within

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

LEAST_PLOTS = 4
"""Masked plots of all kinds under which nothing is learned from them."""
ROUNDS = 100
STARTS = (1.0, 0.75, 0.5, 0.3, 0.15)
"""First guesses: so many of the candidates, those least like any masked plot, are bare slopes."""
TRUST = 0.5
"""Confidence from which a candidate is one without doubt."""
BENEFIT = 3.0
"""So many times as likely must another kind be for a doubt: a bare slope that is overlooked costs
more than a plot that somebody looks at."""
PRIOR_SLOPES = 3.0
"""Candidates' worth of belief in bare slopes before any is looked at."""
FORGOTTEN = 0.2
"""Candidates' worth of belief in a masked kind, for each of its plots: of what lies bare under
masks about so much again is expected on no map."""
PRIOR_SPREAD = 3.0
"""Candidates' worth of belief that bare slopes spread as masked plots of one kind do."""
FLOORS = {"bench": 0.06, "around_ndvi": 0.06, "lift": 3.0}
COLOUR_FLOOR = 0.02
"""Least spread of each trait within a kind: nothing is measured better."""
LEARNED = ("lift", "bench", "around_ndvi")
"""Traits beside colours that tell kinds apart wherever they lie. How steep its hill is tells
nothing of a plot's kind (an orchard that no map has may lie on a steeper one than the mapped
ones); its outline and grain tell little, and every idle trait blurs the others."""

SLIVER_BESIDE, SLIVER_WIDTHS = 0.6, 0.67
SURE_CELLS = 7
"""Cells under which nothing is sure: a mu on Sentinel-2, most of them mixed with what is around."""
GENTLE_DEG, STRAIGHT, FLAT_BENCH = 13.0, 0.88, 0.08


@dataclass(frozen=True, eq=False)
class Likeness:
    """What each candidate looks like.

    Attributes:
        confidence: (c,) 0 … 1 that it is a bare slope.
        likely: (c,) name of the kind it looks like, "" for a bare slope.
        reason: (c,) why not to be sure, None where there is no doubt.
        learned: Masked plots that were learned from.
    """

    confidence: Floats
    likely: list[str]
    reason: list[Message | None]
    learned: int


def likeness(
    candidates: pd.DataFrame,
    plots: pd.DataFrame,
    names: Sequence[str],
    known: Bools | None = None,
    edge_m: float = 30.0,
) -> Likeness:
    """Judge candidates by the masked plots of the same image and by rules of thumb.

    Args:
        candidates: (c,) traits of :func:`~.traits.traits`, ``straight`` (area ÷ area of the least
            rectangle about it), ``width_m`` (mean).
        plots: The same of plots under masks, and ``kind``.
        names: Name of each kind.
        known: (c,) candidates that the register holds as bare slopes.
        edge_m: How far masks may lie off, m.
    """
    count = len(candidates)
    sure = np.zeros(count, dtype=bool) if known is None else known
    share, kind = np.ones(count), np.full(count, -1, dtype=np.int64)
    learned = len(plots) if len(plots) >= LEAST_PLOTS and count else 0
    if learned:
        share, kind = _mixture(candidates, plots, sure)
        share = BENEFIT * share / (BENEFIT * share + 1.0 - share)
    confidence = share.copy()
    reasons: list[Message | None] = [None] * count
    likely = [""] * count
    for row in np.flatnonzero(share < TRUST).tolist():
        likely[row] = names[int(kind[row])]
        reasons[row] = Message(
            tr("It looks like what is masked as {kind} here, more than like a bare slope."),
            {"kind": likely[row]},
        )
    for doubt, factor, text in _rules(candidates, edge_m):
        doubt = doubt & ~sure
        confidence[doubt] *= factor
        for row in np.flatnonzero(doubt).tolist():
            reasons[row] = reasons[row] or text
    confidence[sure] = 1.0
    for row in np.flatnonzero(sure).tolist():
        likely[row], reasons[row] = "", None
    for row in np.flatnonzero(confidence >= TRUST).tolist():
        likely[row] = ""
    return Likeness(np.round(confidence, 3), likely, reasons, learned)


def _rules(candidates: pd.DataFrame, edge_m: float) -> list[tuple[Bools, float, Message]]:
    """Give the rules of thumb: which candidates, factor of confidence, sentence."""
    sliver = candidates["beside"] >= SLIVER_BESIDE
    sliver &= candidates["width_m"] <= SLIVER_WIDTHS * edge_m
    gentle = candidates["slope"] < GENTLE_DEG
    straight = candidates["straight"] >= STRAIGHT
    field = gentle & (straight | (candidates["around_slope"] < GENTLE_DEG / 2))
    smooth = straight & (candidates["bench"] < FLAT_BENCH)
    few = candidates["cells"] < SURE_CELLS
    return [
        (
            few.to_numpy(dtype=bool),
            0.45,
            Message("So few cells of the image that nobody can tell what it is; look closer."),
        ),
        (
            sliver.to_numpy(dtype=bool),
            0.3,
            Message("A narrow strip along a mask, no wider than masks may lie off."),
        ),
        (
            field.to_numpy(dtype=bool),
            0.6,
            Message(
                "Gentle ground with straight sides or in a plain, as fields and building plots are."
            ),
        ),
        (
            (smooth & ~field).to_numpy(dtype=bool),
            0.7,
            Message(
                "A straight-sided plot on an even hillside without face or floor, as plantations"
                " and solar farms are."
            ),
        ),
    ]


def _mixture(candidates: pd.DataFrame, plots: pd.DataFrame, sure: Bools) -> tuple[Floats, Ints]:
    """Give each candidate's share of bare slope, and the masked kind it is nearest to."""
    names = [n for n in plots.columns if n.startswith("colour_") or n in LEARNED]
    x, y = (_filled(frame[names], plots[names]) for frame in (candidates, plots))
    kinds, own = np.unique(plots["kind"].to_numpy(dtype=np.int64), return_inverse=True)
    own = own.astype(np.int64)
    number = np.bincount(own).astype(np.float64)
    means = np.stack([y[own == k].mean(axis=0) for k in range(len(kinds))])
    floor = np.array([FLOORS.get(n, COLOUR_FLOOR) for n in names])
    within = spread_within(y - means[own], max(len(y) - len(kinds), 1), floor)
    given = log_densities(x, y, own, within)
    best, chosen = -np.inf, np.zeros((len(kinds) + 1, len(x)))
    strange = np.argsort(np.argsort(given.max(axis=0), kind="stable")) / max(1, len(x))
    for part in STARTS:
        slopes = np.where(sure, 1.0, np.where(strange < part, 0.9, 0.1))
        fit, resp = _fitted(x, given, number, within, floor, slopes, sure)
        if fit > best + 1e-9:
            best, chosen = fit, resp
    return chosen[0], kinds[np.argmax(chosen[1:], axis=0)]


def _fitted(
    x: Floats,
    given: Floats,
    number: Floats,
    within: Floats,
    floor: Floats,
    slopes: Floats,
    sure: Bools,
) -> tuple[float, Floats]:
    """Fit the look of bare slopes and the shares, from a first guess of who is one.

    Returns:
        The penalised log likelihood and (1 + kinds, c) shares.
    """
    resp = np.zeros((len(given) + 1, len(x)))
    resp[0] = slopes
    resp[1:] = (number / number.sum())[:, None] * (1.0 - slopes)
    fit = -np.inf
    for _ in range(ROUNDS):
        amount = resp[0].sum()
        off = x - resp[0] @ x / max(amount, 1e-9)
        cov = (off * resp[0][:, None]).T @ off + PRIOR_SPREAD * within
        cov = cov / (amount + PRIOR_SPREAD) + np.diag(floor**2)
        prior = resp.sum(axis=1)
        prior[0] += PRIOR_SLOPES
        prior[1:] += FORGOTTEN * number
        prior /= prior.sum()
        log = np.concatenate((log_t(off, cov)[None], given)) + np.log(prior)[:, None]
        log[1:, sure] = -np.inf
        top = log.max(axis=0)
        total = np.exp(log - top).sum(axis=0)
        before, fit = fit, float((top + np.log(total)).sum())
        fit += float(PRIOR_SLOPES * np.log(prior[0]) + FORGOTTEN * number @ np.log(prior[1:]))
        # Inverse Wishart: bare slopes spread about as plots of one kind do.
        fit -= (
            0.5
            * PRIOR_SPREAD
            * (np.linalg.slogdet(cov)[1] + np.trace(np.linalg.solve(cov, within)))
        )
        resp = np.exp(log - top) / total
        if abs(fit - before) < 1e-6:
            break
    return fit, resp


def _filled(frame: pd.DataFrame, usual: pd.DataFrame) -> Floats:
    """Give the numbers, the masked plots' median where one is missing."""
    return frame.fillna(usual.median()).fillna(0.0).to_numpy(dtype=np.float64)
