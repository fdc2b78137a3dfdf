"""Evidence that a trace may not be what it says. The word is 存疑, never a verdict.

Every finding carries the figures that a supervisor needs to ask the ranger about it; walking
together (同行) is one of the honest explanations and can be declared beforehand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from linzhang_plugin.core.patrols.altitude import Ground
from linzhang_plugin.core.patrols.doubt import Doubt, DoubtParams
from linzhang_plugin.core.patrols.pair_doubts import Declared, pair_doubts
from linzhang_plugin.core.patrols.patrols import Patrols, find_patrols
from linzhang_plugin.core.patrols.rules import PatrolRules
from linzhang_plugin.core.patrols.single_doubts import single_doubts
from linzhang_plugin.core.patrols.sketches import PersonTracks, Sketch, sketches_of, track_of
from linzhang_plugin.core.patrols.sources import ByPeople
from linzhang_plugin.core.progress import Progress, part, silent


@dataclass(frozen=True, eq=False)
class Doubts:
    """Findings of a period whose fixes are never all in memory.

    Attributes:
        found: In order of patrol, kind and other patrol.
        sketches: The patrols, to which the findings' numbers point.
        tracks: Reads the fixes of a patrol again.
    """

    found: list[Doubt]
    sketches: Sequence[Sketch]
    tracks: PersonTracks


def find_doubts(
    found: Patrols,
    params: DoubtParams | None = None,
    declared: Declared = frozenset(),
    progress: Progress = silent,
    ground: Ground | None = None,
) -> list[Doubt]:
    """Look for replays, shared phones, made tracks, impossible speeds and shifted stretches.

    Args:
        found: Patrols with their fixes.
        params: Limits.
        declared: Pairs of persons who are known to patrol together.
        progress: Told between the steps.
        ground: Heights of a DEM; None: altitudes are not compared.

    Raises:
        CancelledError: The user stopped it.
    """
    params = params or DoubtParams()
    out = list(single_doubts(found, params, ground, part(progress, 0.0, 0.4)))
    sketches = sketches_of(found, params)
    tracks = partial(track_of, found)
    out += pair_doubts(sketches, tracks, params, declared, part(progress, 0.4, 1.0))
    return _sorted(out)


def find_doubts_by_people(
    source: ByPeople,
    rules: PatrolRules,
    params: DoubtParams | None = None,
    declared: Declared = frozenset(),
    progress: Progress = silent,
    ground: Ground | None = None,
) -> Doubts:
    """Do as :func:`find_doubts`, some persons at a time: the findings are the same.

    Args:
        source: The fixes; each person stands in one part.
        rules: By which fixes are cut into patrols.
        params: Limits.
        declared: Pairs of persons who are known to patrol together.
        progress: Told between the steps.
        ground: Heights of a DEM; None: altitudes are not compared.

    Raises:
        CancelledError: The user stopped it.
    """
    params = params or DoubtParams()
    out: list[Doubt] = []
    sketches: list[Sketch] = []
    for number, fixes in enumerate(source):
        done = part(progress, 0.4 * number / len(source), 0.4 * (number + 1) / len(source))
        found = find_patrols(fixes, rules, source.clock, None, part(done, 0.0, 0.5))
        base = len(sketches)
        for doubt in single_doubts(found, params, ground, part(done, 0.5, 1.0)):
            out.append(replace(doubt, patrol=doubt.patrol + base))
        sketches += sketches_of(found, params)

    def patrols_of(person: str) -> Patrols:
        return find_patrols(source.of(person), rules, source.clock)

    tracks = PersonTracks(patrols_of, sketches)
    out += pair_doubts(sketches, tracks, params, declared, part(progress, 0.4, 1.0))
    return Doubts(_sorted(out), sketches, tracks)


def _sorted(doubts: list[Doubt]) -> list[Doubt]:
    return sorted(doubts, key=lambda doubt: (doubt.patrol, doubt.kind, doubt.other))
