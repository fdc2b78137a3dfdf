"""Doubts that two patrols raise together: replays, one phone for two, two phones for one walk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.patrols.clock import day_text
from linzhang_plugin.core.patrols.companions import company
from linzhang_plugin.core.patrols.doubt import Doubt, DoubtParams
from linzhang_plugin.core.patrols.fixes import masked
from linzhang_plugin.core.patrols.handovers import handovers
from linzhang_plugin.core.patrols.phones import shared_devices
from linzhang_plugin.core.patrols.sketches import Sketch, Tracks
from linzhang_plugin.core.patrols.twins import PACE, pairs_of, replay_share, together_share
from linzhang_plugin.core.progress import Progress, step

Declared = frozenset[frozenset[str]]
"""Pairs of persons who are known to patrol together."""
TOLD = {
    0: (
        "together",
        Message(
            "Within {metre} m of the other for {percent} % of {minutes} minutes: walking together"
            " (同行) or one walker with two phones."
        ),
    ),
    1: (
        "two_phones",
        Message(
            "Within {metre} m of the other for {percent} % of {minutes} minutes; noise averaged"
            " out never more than {apart} m apart, begun and ended within {ends} minutes: more"
            " like one walker with two phones than like two who walk together."
        ),
    ),
    2: (
        "together",
        Message(
            "Within {metre} m of the other for {percent} % of {minutes} minutes, but noise"
            " averaged out up to {apart} m apart: more like two who walk together (同行)."
        ),
    ),
}
"""Kind and evidence of two tracks beside each other, by the number of walkers; 0: not told."""
EVERY = 200
"""Comparisons between two reports."""


def pair_doubts(
    sketches: Sequence[Sketch],
    tracks: Tracks,
    params: DoubtParams,
    declared: Declared,
    progress: Progress,
) -> Iterator[Doubt]:
    """Look for patrols that say the same or hang together, in any order.

    Args:
        sketches: All patrols in brief, in order of person and time.
        tracks: Gives the fixes of those that may be alike.
        params: Limits.
        declared: Pairs that are not listed as together.
        progress: Told between the comparisons.

    Raises:
        CancelledError: The user stopped it.
    """
    devices = list(_devices(sketches, declared))
    known = {(doubt.patrol, doubt.other) for doubt in devices}
    yield from devices
    yield from (d for d in _handovers(sketches, declared) if (d.patrol, d.other) not in known)
    people, cells = [one.person for one in sketches], [one.cells for one in sketches]
    for number, (a, b) in enumerate(pairs_of(cells, people)):
        if number % EVERY == 0:
            step(progress, a / len(sketches))
        doubt = _compared(sketches, tracks, a, b, params, declared)
        if doubt is not None:
            yield doubt


def _devices(sketches: Sequence[Sketch], declared: Declared) -> Iterator[Doubt]:
    """Tell patrols recorded by a phone that another's patrols before and after were made with."""
    for patrol, other, device in shared_devices(sketches):
        if frozenset((sketches[patrol].person, sketches[other].person)) in declared:
            continue
        values = {"device": masked(device), "day": day_text(sketches[other].day)}
        text = Message(
            "Recorded by the phone {device} that the other carried on {day}: one phone for two.",
            values,
        )
        yield Doubt("shared_phone", patrol, other, sketches[patrol].minutes, text)


def _handovers(sketches: Sequence[Sketch], declared: Declared) -> Iterator[Doubt]:
    for first, second, seconds, metre in handovers(sketches):
        if frozenset((sketches[first].person, sketches[second].person)) in declared:
            continue
        values = {"seconds": f"{seconds:.0f}", "metre": f"{metre:.0f}"}
        text = Message(
            "It begins in mid-stride {seconds} s after the other's track stopped in mid-stride,"
            " {metre} m away: one phone for two.",
            values,
        )
        yield Doubt("shared_phone", second, first, sketches[second].minutes, text)


def _compared(
    sketches: Sequence[Sketch],
    tracks: Tracks,
    a: int,
    b: int,
    params: DoubtParams,
    declared: Declared,
) -> Doubt | None:
    """Compare two patrols: at one time side by side, else at equal time after some start."""
    one, other = sketches[a], sketches[b]
    overlap = min(one.end, other.end) - max(one.start, other.start)
    if one.person != other.person and overlap >= params.least_minutes * 60_000:
        if frozenset((one.person, other.person)) in declared:
            return None
        return _beside(tracks, a, b, params)
    if overlap > 0:
        return None
    first, later = (a, b) if one.start <= other.start else (b, a)
    return _replayed(tracks, first, later, params)


def _beside(tracks: Tracks, a: int, b: int, params: DoubtParams) -> Doubt | None:
    one, other = tracks(a), tracks(b)
    share, exact, minutes = together_share(one, other, params.same_m)
    if share < params.same_share or minutes < params.least_minutes:
        return None
    values = {"percent": f"{100 * share:.0f}", "metre": f"{params.same_m:.0f}"}
    values |= {"minutes": f"{minutes:.0f}"}
    if exact >= 0.5:
        text = Message("The same fixes under two names for {minutes} minutes.", values)
        return Doubt("same_track", b, a, minutes, text)
    near = company(one, other)
    values |= {"apart": f"{near.apart_m:.0f}", "ends": f"{near.ends_min:.0f}"}
    kind, text = TOLD[near.walkers]
    return Doubt(kind, b, a, minutes, Message(text.template, values))


def _replayed(tracks: Tracks, first: int, later: int, params: DoubtParams) -> Doubt | None:
    share, minutes, pace = replay_share(
        tracks(min(first, later)), tracks(max(first, later)), params.same_m
    )
    if share < params.same_share or minutes < params.least_minutes:
        return None
    values = {"percent": f"{100 * share:.0f}", "metre": f"{params.same_m:.0f}"}
    values |= {"minutes": f"{minutes:.0f}"}
    text = Message(
        "For {percent} % of {minutes} minutes within {metre} m of where the earlier track was the"
        " same time after its start.",
        values,
    )
    if abs(abs(pace) - 1.0) > PACE:
        values |= {"pace": f"{abs(pace):.2f}"}
        text = Message(
            "For {percent} % of {minutes} minutes within {metre} m of the other track played at"
            " {pace} times its pace.",
            values,
        )
    elif pace < 0:
        text = Message(
            "For {percent} % of {minutes} minutes within {metre} m of the earlier track run"
            " backwards at the same pace.",
            values,
        )
    return Doubt("replay", later, first, minutes, text)
