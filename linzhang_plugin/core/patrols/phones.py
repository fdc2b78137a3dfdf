"""One phone for two rangers, told by the id of the phone that recorded each patrol.

A phone that is handed on for good (a ranger leaves, a phone is replaced) changes its person once.
One that goes to and fro between two persons, or serves both on one day, is shared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from linzhang_plugin.core.patrols.sketches import Sketch

MOST_PEOPLE = 8
"""An id that more persons bear is no phone's but the app's or the model's."""


def shared_devices(sketches: Sequence[Sketch]) -> Iterator[tuple[int, int, str]]:
    """Give (patrol, patrol of another person nearest in time, device), once a patrol and device.

    Of two persons on one phone, the doubt is laid on the patrols of who used it less.

    Args:
        sketches: Patrols of many persons.
    """
    used: dict[str, list[int]] = {}
    for patrol, one in enumerate(sketches):
        for phone in one.phones:
            used.setdefault(phone, []).append(patrol)
    for device, patrols in sorted(used.items()):
        order = sorted(patrols, key=lambda p: (sketches[p].start, p))
        people = [sketches[p].person for p in order]
        if 1 < len(set(people)) <= MOST_PEOPLE:
            own = [sketches[p] for p in order]
            yield from ((order[k], order[near], device) for k, near in _shared(own, people))


def _shared(own: list[Sketch], people: list[str]) -> Iterator[tuple[int, int]]:
    count = {person: people.count(person) for person in set(people)}
    last = {person: k for k, person in enumerate(people)}
    first = {person: people.index(person) for person in set(people)}
    for k, person in enumerate(people):
        others = [
            j
            for j, other in enumerate(people)
            if other != person
            and (count[other], -first[other]) > (count[person], -first[person])
            and (
                own[j].day == own[k].day
                or (first[other] < k < last[other] or first[person] < j < last[person])
            )
        ]
        if others:
            yield k, min(others, key=lambda j: (abs(own[j].start - own[k].start), j))
