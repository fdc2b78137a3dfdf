"""The hours that no ranger covers, and who of the cadres and volunteers fills them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.patrols.clock import day_text

HOUR_MS = 3_600_000
LEAST_OF_HOUR = 0.5
"""An hour counts as covered when half of it was patrolled."""


@dataclass(frozen=True)
class Helper:
    """A cadre, party member or volunteer who can fill hours.

    Attributes:
        person: Person id.
        role: ``cadre``, ``volunteer`` …
        town: Town whose grids they help, empty for any.
        first: First day they can.
        last: Last day.
        most_hours: Hours a day at most.
        from_hour: First hour of the day at which they can.
        to_hour: Hour at which they must be done.
    """

    person: str
    role: str = "cadre"
    town: str = ""
    first: int = -(10**7)
    last: int = 10**7
    most_hours: int = 8
    from_hour: int = 0
    to_hour: int = 24


@dataclass(frozen=True)
class GapParams:
    """Hours to be covered.

    Attributes:
        from_hour: First hour of the day that must be covered.
        to_hour: Hour at which the need ends.
        longest_shift: Hours that one person takes at a time.
    """

    from_hour: int = 8
    to_hour: int = 18
    longest_shift: int = 4


def open_hours(
    starts: Sequence[int], ends: Sequence[int], day: int, params: GapParams
) -> list[tuple[int, int]]:
    """Give the stretches of uncovered hours of a day, (from, to).

    Args:
        starts: Beginnings of the patrols, local ms.
        ends: Their ends, local ms.
        day: Day number.
        params: Hours to be covered.
    """
    midnight = day * 24 * HOUR_MS
    free: list[int] = []
    for hour in range(params.from_hour, params.to_hour):
        a, b = midnight + hour * HOUR_MS, midnight + (hour + 1) * HOUR_MS
        spans = sorted((max(a, s), min(b, e)) for s, e in zip(starts, ends, strict=True))
        if _union(spans) < LEAST_OF_HOUR * HOUR_MS:
            free.append(hour)
    stretches: list[tuple[int, int]] = []
    for hour in free:
        if stretches and stretches[-1][1] == hour:
            stretches[-1] = (stretches[-1][0], hour + 1)
        else:
            stretches.append((hour, hour + 1))
    return stretches


def _union(spans: Sequence[tuple[int, int]]) -> int:
    covered, reach = 0, -(2**62)
    for start, end in spans:
        if end > max(start, reach):
            covered += end - max(start, reach)
            reach = end
    return covered


def roster(
    patrols: pd.DataFrame,
    posts: Mapping[str, Sequence[str]],
    towns: Mapping[str, str],
    days: Sequence[int],
    helpers: Sequence[Helper],
    params: GapParams,
    wanted: Mapping[int, frozenset[str]] | None = None,
) -> pd.DataFrame:
    """Give the hours to fill, each with the helper who has the fewest so far.

    Args:
        patrols: ``person_id, start_ms, end_ms`` (local ms); only patrols that count.
        posts: Persons of each grid code.
        towns: Town of each grid code.
        days: Day numbers to be covered.
        helpers: Who can fill.
        params: Hours and shifts.
        wanted: Grids that must be covered on each day; None for all on every day.

    Returns:
        The table ``roster``; rows without a person are hours nobody is left for.
    """
    spans: dict[tuple[str, int], list[tuple[int, int]]] = {}
    columns = (patrols[name].tolist() for name in ("person_id", "start_ms", "end_ms"))
    for person, start, end in zip(*columns, strict=True):
        for day in range(start // (24 * HOUR_MS), end // (24 * HOUR_MS) + 1):
            spans.setdefault((str(person), int(day)), []).append((int(start), int(end)))
    load = {helper.person: 0 for helper in helpers}
    rows: list[tuple[object, ...]] = []
    for day in sorted(days):
        busy: dict[str, list[tuple[int, int]]] = {}
        here = posts.keys() if wanted is None else wanted.get(day, frozenset()) & posts.keys()
        for grid in sorted(here):
            own = [span for person in posts[grid] for span in spans.get((person, day), ())]
            hours = open_hours([s for s, _ in own], [e for _, e in own], day, params)
            for start, end in _shifts(hours, params.longest_shift):
                who = _choose(helpers, load, busy, towns.get(grid, ""), day, start, end)
                rows.append(_row(grid, towns.get(grid, ""), day, start, end, who))
    names = ["grid_code", "town_code", "day", "from_hour", "to_hour", "hours", "person_id"]
    return pd.DataFrame(rows, columns=[*names, "role", "text"])


def _shifts(hours: Sequence[tuple[int, int]], longest: int) -> list[tuple[int, int]]:
    out = []
    for start, end in hours:
        pieces = int(np.ceil((end - start) / longest))
        edges = np.linspace(start, end, pieces + 1).round().astype(int)
        out += list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))
    return out


def _choose(
    helpers: Sequence[Helper],
    load: dict[str, int],
    busy: dict[str, list[tuple[int, int]]],
    town: str,
    day: int,
    start: int,
    end: int,
) -> Helper | None:
    taken = {
        helper.person: sum(b - a for a, b in busy.get(helper.person, ())) for helper in helpers
    }
    able = [
        helper
        for helper in helpers
        if helper.town in ("", town)
        and helper.first <= day <= helper.last
        and helper.from_hour <= start
        and end <= helper.to_hour
        and all(b <= start or a >= end for a, b in busy.get(helper.person, ()))
        and taken[helper.person] + end - start <= helper.most_hours
    ]
    if not able:
        return None
    best = min(able, key=lambda helper: (load[helper.person], helper.person))
    load[best.person] += end - start
    busy.setdefault(best.person, []).append((start, end))
    return best


def _row(
    grid: str, town: str, day: int, start: int, end: int, who: Helper | None
) -> tuple[object, ...]:
    text = (
        Message("No patrol from {a} to {b}; to be filled.", {"a": f"{start}:00", "b": f"{end}:00"})
        if who
        else Message("No patrol from {a} to {b}; nobody is left to fill it.",
                     {"a": f"{start}:00", "b": f"{end}:00"})
    )  # fmt: skip
    person, role = (who.person, who.role) if who else (None, None)
    return grid, town, day_text(day), start, end, end - start, person, role, text
