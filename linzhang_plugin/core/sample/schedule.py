"""Who of the sample's rangers patrols on which day, and what is planted in which patrol."""

from __future__ import annotations

import calendar
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

SHARES: tuple[tuple[str, float], ...] = (
    ("short", 0.05), ("out_of_grid", 0.04), ("motorbike", 0.03), ("jumps", 0.02),
    ("stationary", 0.01),
)  # fmt: skip
"""Planted defects and their share of the patrols."""
COUNTS = {
    "short": False, "out_of_grid": False, "motorbike": True, "jumps": True, "stationary": True,
    "normal": True, "night": True, "midnight": True, "replay": True,
}  # fmt: skip
"""Whether a patrol of that kind counts under 章贡2021: 120 minutes, half of them in the grid.

Where a ride, a rest or a repeat counts is for the other rule sets and for the doubts to say."""


@dataclass(frozen=True)
class Outing:
    """One planted patrol.

    Attributes:
        person: Index of the ranger.
        day: Days since 1970-01-01, local.
        start_s: Seconds after local midnight.
        minutes: Length, a multiple of a quarter.
        kind: ``normal`` or what was planted.
        other: For ``together`` and ``replay`` the number of the outing that it repeats, else -1.
    """

    person: int
    day: int
    start_s: int
    minutes: float
    kind: str
    other: int = -1


@dataclass(frozen=True)
class Duty:
    """A ranger on duty.

    Attributes:
        person: Id.
        grid: Index of the grid, -1 for none.
        last: Last day of duty (days since 1970).
    """

    person: str
    grid: int
    last: int


def months_of(year: int) -> list[tuple[int, int]]:
    """Give (first day, number of days) of October, November and December of last year."""
    out = []
    for month in (10, 11, 12):
        first = int(np.datetime64(f"{year - 1}-{month:02d}-01", "D").astype(np.int64))
        out.append((first, calendar.monthrange(year - 1, month)[1]))
    return out


def make_schedule(
    rng: np.random.Generator, duties: list[Duty], months: list[tuple[int, int]]
) -> list[Outing]:
    """Plan the outings: 18 to 24 days a month each, with planted defects.

    The first ranger carries the second one's phone too on three days of each month; the third
    sends an old track twice; the fourth uploads nothing in the last month.
    """
    outings: list[Outing] = []
    for number, (first, length) in enumerate(months):
        for person, duty in enumerate(duties):
            days = np.arange(first, min(first + length - 1, duty.last) + 1)
            if person == 3 and number == len(months) - 1 and len(duties) > 4:
                continue
            wanted = min(len(days), round(int(rng.integers(18, 25)) * len(days) / length))
            for day in np.sort(rng.permutation(days)[:wanted]).tolist():
                outings.append(_outing(rng, person, day))
    outings = _rare(rng, outings)
    return _pairs(outings, duties, months)


def _outing(rng: np.random.Generator, person: int, day: int) -> Outing:
    kind, luck = "normal", rng.random()
    for name, share in SHARES:
        if luck < share:
            kind = name
            break
        luck -= share
    start = int(rng.integers(6 * 3600 + 1800, 9 * 3600)) if rng.random() < 0.7 else int(
        rng.integers(13 * 3600, 14 * 3600 + 1800)
    )  # fmt: skip
    least, most = (40.0, 105.0) if kind == "short" else (126.0, 204.0)
    minutes = np.round(rng.uniform(least, most) * 4) / 4
    return Outing(person, day, start, float(minutes), kind)


def _rare(rng: np.random.Generator, outings: list[Outing]) -> list[Outing]:
    """Turn one ordinary patrol into one by night and one into one over midnight."""
    out = list(outings)
    months: dict[str, list[int]] = {}
    for number, outing in enumerate(outings):
        months.setdefault(str(np.datetime64(outing.day, "D"))[:7], []).append(number)
    for numbers in months.values():
        plain = [n for n in numbers if out[n].kind == "normal" and out[n].person > 4]
        for kind, hour in (("night", 20.5), ("midnight", 22.75)):
            if not plain:
                continue
            number = plain.pop(int(rng.integers(len(plain))))
            old = out[number]
            start = int(hour * 3600) + int(rng.integers(600))
            out[number] = Outing(old.person, old.day, start, 140.0, kind)
    return out


def _pairs(
    outings: list[Outing], duties: list[Duty], months: list[tuple[int, int]]
) -> list[Outing]:
    """Plant one walker with two phones, and an old track sent again."""
    if len(duties) < 5:
        return outings
    by_day = {(o.person, o.day): n for n, o in enumerate(outings)}
    out = list(outings)
    for first, length in months:
        days = range(first, first + length)
        both = [d for d in days if (0, d) in by_day and (1, d) in by_day]
        both = [d for d in both if outings[by_day[0, d]].kind == "normal"]
        for day in both[:3]:
            source = by_day[0, day]
            old = out[source]
            out[by_day[1, day]] = Outing(1, day, old.start_s, old.minutes, "together", source)
        own = [by_day[2, d] for d in days if (2, d) in by_day]
        own = [n for n in own if outings[n].kind == "normal"]
        if len(own) >= 3:
            first_walk = out[own[0]]
            for again in own[1:3]:
                old = out[again]
                minutes = first_walk.minutes
                out[again] = Outing(2, old.day, old.start_s, minutes, "replay", own[0])
    return out
