"""One phone for two rangers, told by the id of the phone that recorded each patrol.

A phone that is handed on for good (a ranger leaves, a phone is replaced) changes its person once.
One that goes to and fro between two persons, or serves both on one day, is shared.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from linzhang_plugin.core.patrols.patrols import Patrols

LEAST_SHARE = 0.2
"""Least part of a patrol's fixes that a phone must have recorded to count as the patrol's."""
MOST_PEOPLE = 8
"""An id that more persons bear is no phone's but the app's or the model's."""


def shared_devices(found: Patrols) -> Iterator[tuple[int, int, int]]:
    """Give (patrol, patrol of another person nearest in time, device), once a patrol and device.

    Of two persons on one phone, the doubt is laid on the patrols of who used it less.

    Args:
        found: Patrols of many persons.
    """
    if not (found.fixes.device >= 0).any():
        return
    used: dict[int, list[int]] = {}
    for patrol in range(len(found)):
        codes = found.fixes.device[int(found.first[patrol]) : int(found.last[patrol]) + 1]
        values, counts = np.unique(codes, return_counts=True)
        for code in values[(values >= 0) & (counts >= LEAST_SHARE * len(codes))].tolist():
            used.setdefault(int(code), []).append(patrol)
    for device, patrols in sorted(used.items()):
        order = sorted(patrols, key=lambda p: (int(found.start[p]), p))
        people = [int(found.person[p]) for p in order]
        if 1 < len(set(people)) <= MOST_PEOPLE:
            yield from ((p, other, device) for p, other in _shared(found, order, people))


def _shared(found: Patrols, order: list[int], people: list[int]) -> Iterator[tuple[int, int]]:
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
                found.day[order[j]] == found.day[order[k]]
                or (first[other] < k < last[other] or first[person] < j < last[person])
            )
        ]
        if others:
            near = min(
                others, key=lambda j: (abs(int(found.start[order[j]] - found.start[order[k]])), j)
            )
            yield order[k], order[near]
