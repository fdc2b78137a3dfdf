"""Fixes that came twice: the same file again, the same track in another format, team copies."""

from __future__ import annotations

import numpy as np

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.patrols.distance import metres
from linzhang_plugin.core.patrols.fixes import Bools, Fixes
from linzhang_plugin.core.patrols.readers.rejected import Rejection

SAME_M = 1.0
"""Formats round positions differently (5 to 9 decimals): nearer than this is the same place."""
REPEATED = Message(
    "{n} fixes of this file were read before (same person, time and place).", {"n": 0}
)


def repeated(fixes: Fixes) -> Bools:
    """Tell which fixes of a table in order repeat an earlier one of the same person and time."""
    n = len(fixes)
    out = np.zeros(n, dtype=bool)
    if n < 2:
        return out
    twin = (np.diff(fixes.person) == 0) & (np.diff(fixes.time) == 0)
    rows = np.flatnonzero(twin)
    if not len(rows):
        return out
    lon, lat = fixes.lon, fixes.lat
    near = metres(lon[rows], lat[rows], lon[rows + 1], lat[rows + 1]) <= SAME_M
    out[rows[near] + 1] = True
    if near.all():
        return out
    # several places at one moment: each fix is compared with the first of every place
    group = np.cumsum(np.concatenate([[True], ~twin]))
    mixed = np.flatnonzero(np.isin(group, group[rows[~near]]))
    out[mixed] = False
    left = mixed
    while len(left):
        heads = np.flatnonzero(np.concatenate([[True], np.diff(group[left]) != 0]))
        head = np.repeat(left[heads], np.diff(np.append(heads, len(left))))
        away = metres(lon[head], lat[head], lon[left], lat[left])
        out[left[(away <= SAME_M) & (left != head)]] = True
        left = left[(away > SAME_M) & (left != head)]
    return out


def without_repeats(fixes: Fixes) -> tuple[Fixes, list[Rejection]]:
    """Give each fix once, and a row for every file that repeated others.

    Args:
        fixes: In order (:func:`in_order`).
    """
    twice = repeated(fixes)
    if not twice.any():
        return fixes, []
    rows: list[Rejection] = []
    for source in np.unique(fixes.source[twice]):
        where = twice & (fixes.source == source)
        reason = Message(REPEATED.template, {"n": int(where.sum())})
        rows.append(Rejection(fixes.sources[source], int(fixes.line[where].min()), reason))
    return fixes.take(~twice), rows
