"""What of a trace is nobody's business: hours at home, recorded by apps that are always on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from linzhang_plugin.core.patrols.distance import metres
from linzhang_plugin.core.patrols.fixes import Bools, Fixes
from linzhang_plugin.core.patrols.patrols import Patrols


@dataclass(frozen=True)
class ClipParams:
    """What is cut away.

    Attributes:
        home_m: Fixes so near the home at the ends of a patrol are cut.
        rest_minutes: A stay of at least this outside the own grid, at the ends of a patrol, is
            cut too (no home need be known).
    """

    home_m: float = 150.0
    rest_minutes: float = 120.0


def private_fixes(
    found: Patrols,
    homes: Mapping[str, tuple[float, float]] | None = None,
    params: ClipParams | None = None,
) -> Bools:
    """Tell the fixes that lie before a patrol sets out or after it has come home.

    A patrol that rests in the middle of its way keeps the rest: only stretches that touch its
    beginning or its end are cut, so what was walked stays whole.

    Args:
        found: Patrols with their fixes; the own grids matter where they were known.
        homes: Longitude and latitude of homes by person.
        params: Limits.

    Returns:
        (n,) of ``found.fixes``: True is to be cut.
    """
    params = params or ClipParams()
    fixes = found.fixes
    private = np.zeros(len(fixes), dtype=bool)
    if not len(fixes):
        return private
    private |= _near_home(fixes, homes or {}, params.home_m)
    stops = found.stops
    lasting = (fixes.time[stops.last] - fixes.time[stops.first]) / 60_000.0
    for first, last in zip(
        stops.first[lasting >= params.rest_minutes].tolist(),
        stops.last[lasting >= params.rest_minutes].tolist(),
        strict=True,
    ):
        if not found.inside[first : last + 1].any():
            private[first : last + 1] = True
    return _at_ends(private, found)


def _near_home(fixes: Fixes, homes: Mapping[str, tuple[float, float]], near: float) -> Bools:
    places = np.array([homes.get(person, (np.nan, np.nan)) for person in fixes.people])
    home = places.reshape(-1, 2)[fixes.person]
    known = np.isfinite(home[:, 0])
    out = np.zeros(len(fixes), dtype=bool)
    rows = np.flatnonzero(known)
    off = metres(fixes.lon[rows], fixes.lat[rows], home[rows, 0], home[rows, 1])
    out[rows] = off <= near
    return out


def _at_ends(private: Bools, found: Patrols) -> Bools:
    """Keep only the runs of True that begin or end a patrol."""
    out = np.zeros(len(private), dtype=bool)
    for first, last in zip(found.first.tolist(), found.last.tolist(), strict=True):
        part = private[first : last + 1]
        if not part.any():
            continue
        if part.all():
            out[first : last + 1] = True
            continue
        free = np.flatnonzero(~part)
        out[first : first + free[0]] = True
        out[first + free[-1] + 1 : last + 1] = True
    return out


def without_private(fixes: Fixes, found: Patrols, private: Bools) -> Fixes:
    """Cut private stretches out of the fixes as they came, GPS spikes in them too.

    Args:
        fixes: As imported; ``found`` was made from them.
        found: Patrols.
        private: :func:`private_fixes`.
    """
    believed = found.fixes
    rows = np.flatnonzero(private)
    if not len(rows):
        return fixes
    heads = np.flatnonzero(np.diff(rows, prepend=rows[0] - 2) != 1)
    ends = np.concatenate([heads[1:] - 1, [len(rows) - 1]])
    cut = np.zeros(len(fixes), dtype=bool)
    code = {person: number for number, person in enumerate(fixes.people)}
    for first, last in zip(rows[heads].tolist(), rows[ends].tolist(), strict=True):
        # a run may go over into the next person's fixes: each has a span of its own
        for person in range(int(believed.person[first]), int(believed.person[last]) + 1):
            own = np.flatnonzero(believed.person[first : last + 1] == person) + first
            if len(own):
                low, high = believed.time[own[0]], believed.time[own[-1]]
                here = fixes.person == code[believed.people[person]]
                cut |= here & (fixes.time >= low) & (fixes.time <= high)
    return fixes.take(~cut)
