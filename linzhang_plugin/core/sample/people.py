"""The invented people of the sample: rangers with homes, assistants, supervisors, chiefs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from linzhang_plugin.core.sample.names import TownPlan, person_names

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

VACANT = 4
COUNTY_CHIEFS = 12
TOWN_CHIEFS = 40
VILLAGE_CHIEFS = 110
GRIDS_A_SUPERVISOR = 3
LETTERS = {"chief": "C", "supervisor": "S", "ranger": "R", "assistant": "A"}
"""First letter of a person's id by role."""


@dataclass(frozen=True)
class Person:
    """One person; ``town`` and ``village`` are indices, -1 for the county."""

    person_id: str
    name: str
    role: str
    post: str
    town: int
    village: int
    home: tuple[float, float] | None
    ranger_type: str | None
    active_from: str
    active_to: str | None


def make_people(
    rng: np.random.Generator,
    year: int,
    plans: tuple[TownPlan, ...],
    village_town: Ints,
    homes: list[Floats],
    weight: Floats,
    scale: float,
) -> list[Person]:
    """Make everybody.

    Args:
        rng: Random numbers.
        year: The year that is planned.
        plans: The towns.
        village_town: Town of each village.
        homes: Places of houses in each village, (h, 2) m.
        weight: Forest of each village, mu: more forest, more rangers.
        scale: Size of the county.

    Returns:
        Chiefs, supervisors, rangers, assistants; rangers of ``year`` number one a grid. As
        many as VACANT of them are new in that year, and as many left at the end of the last.
    """
    crowd = Crowd(rng, year, homes, person_names(rng, 900 + int(400 * scale)))
    forested = [i for i, plan in enumerate(plans) if plan.grids]
    add_chiefs(crowd, forested, village_town, scale)
    posts = [town for town in forested for _ in range(plans[town].grids)]
    for town in supervised(posts, forested):
        crowd.add("supervisor", "监管员", town)
    leavers = set(vacancies(rng, posts))
    newcomers: list[tuple[int, int]] = []
    number = 0
    for town in forested:
        for village in villages_of(rng, town, plans[town].grids, village_town, weight):
            left = number in leavers
            crowd.add(
                "ranger", "专职护林员", town, village, "full_time",
                end=f"{year - 1}-11-30" if left else None,
            )  # fmt: skip
            newcomers += [(town, village)] if left else []
            number += 1
    for town, village in newcomers:
        crowd.add("ranger", "专职护林员", town, village, "full_time", begin=f"{year}-01-01")
    for town in forested:
        for village in villages_of(rng, town, plans[town].assistants, village_town, weight):
            crowd.add("assistant", "协管员", town, village, "ecological")
    return crowd.people


class Crowd:
    """People as they are added, each with the next number and name."""

    def __init__(
        self, rng: np.random.Generator, year: int, homes: list[Floats], names: list[str]
    ) -> None:
        """Start with nobody."""
        self.rng = rng
        self.year = year
        self.homes = homes
        self.names = iter(names)
        self.people: list[Person] = []

    def add(
        self,
        role: str,
        post: str,
        town: int = -1,
        village: int = -1,
        ranger_type: str | None = None,
        begin: str = "",
        end: str | None = None,
    ) -> None:
        """Add one person; rangers and assistants live near a house of their village."""
        number = sum(person.role == role for person in self.people) + 1
        home = None
        if role in LETTERS and ranger_type:
            own = self.homes[village]
            place = own[self.rng.integers(len(own))] + 35 * self.rng.standard_normal(2)
            home = (round(float(place[0]), 1), round(float(place[1]), 1))
        self.people.append(
            Person(
                f"{LETTERS[role]}{number:04d}", next(self.names), role, post, town, village,
                home, ranger_type, begin or f"{self.year - 4 + number % 3}-01-01", end,
            )
        )  # fmt: skip


def add_chiefs(crowd: Crowd, forested: list[int], village_town: Ints, scale: float) -> None:
    """Add the chiefs of the county, the towns with forest and their villages."""
    for number in range(max(3, round(COUNTY_CHIEFS * scale))):
        crowd.add("chief", ("区总林长", "区副总林长")[number] if number < 2 else "区级林长")
    for number in range(max(len(forested), round(TOWN_CHIEFS * scale))):
        crowd.add("chief", "镇级林长", forested[number % len(forested)])
    villages = np.flatnonzero(np.isin(village_town, forested))
    for number in range(max(len(villages), round(VILLAGE_CHIEFS * scale))):
        village = int(villages[number % len(villages)])
        crowd.add("chief", "村级林长", int(village_town[village]), village)


def vacancies(rng: np.random.Generator, posts: list[int]) -> list[int]:
    """Choose posts whose rangers left: in different towns as far as there are enough."""
    order = [int(i) for i in np.argsort(rng.random(len(posts)), kind="stable")]
    # A town's only ranger does not leave.
    order = [i for i in order if posts.count(posts[i]) > 2]
    seen: list[int] = []
    for number in order:
        if posts[number] not in [posts[i] for i in seen]:
            seen.append(number)
    rest = [i for i in order if i not in seen]
    return (seen + rest)[: min(VACANT, max(1, len(posts) // 6))]


def supervised(posts: list[int], forested: list[int]) -> list[int]:
    """Give the town of each supervisor: one for so many grids, none of the towns without."""
    towns = posts[::GRIDS_A_SUPERVISOR]
    for town in forested:
        busiest = max(towns, key=towns.count)
        if town not in towns and towns.count(busiest) > 1:
            towns[towns.index(busiest)] = town
        elif town not in towns:
            towns.append(town)
    return sorted(towns, key=forested.index)


def villages_of(
    rng: np.random.Generator, town: int, count: int, village_town: Ints, weight: Floats
) -> list[int]:
    """Choose the home villages of ``count`` people of a town: many where much forest is."""
    own = np.flatnonzero(village_town == town)
    share = (weight[own] + 200.0) / (weight[own] + 200.0).sum() * count
    base = np.floor(share).astype(int)
    rest = count - int(base.sum())
    extra = np.argsort(-(share - base + 0.1 * rng.random(len(own))), kind="stable")[:rest]
    base[extra] += 1
    return [int(village) for village, times in zip(own, base, strict=True) for _ in range(times)]
