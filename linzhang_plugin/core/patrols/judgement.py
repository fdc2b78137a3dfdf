"""Which patrols count under a county's rules, each with its reasons and the figures behind them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.patrols.areas import Areas
from linzhang_plugin.core.patrols.clock import day_text
from linzhang_plugin.core.patrols.distance import metres_per_degree
from linzhang_plugin.core.patrols.fixes import Bools, Floats, iso_utc
from linzhang_plugin.core.patrols.patrols import Patrols
from linzhang_plugin.core.patrols.rounds import Rounds
from linzhang_plugin.core.patrols.rules import PatrolRules

SOURCE_TRACE = "轨迹"
"""Mark of a day that fixes prove; others are 平台数据 and 申诉更正."""
REPEAT_CELL_M = 50.0
"""Ways are compared by the cells they cross."""


@dataclass(frozen=True, eq=False)
class Judged:
    """Patrols and days with their judgement.

    Attributes:
        patrols: A row a patrol: ``patrol_no, person_id, day, start, end, minutes,
            counted_min, in_grid_min, km, in_grid_km, rest_km, vehicle_min, stationary_min,
            bridged_min, max_gap_min, n_fix, n_stops, valid, reasons, remarks``.
        days: A row a person and day: ``person_id, day, n_patrols, minutes, km, in_grid_min,
            valid, reasons, source``.
    """

    patrols: pd.DataFrame
    days: pd.DataFrame


def judge(found: Patrols, rules: PatrolRules, areas: Areas | None = None) -> Judged:
    """Judge every patrol, and every day with a patrol.

    Reasons say why a patrol does not count, remarks what else a reader should know. Under
    ``sum_day`` the day's sums are judged and all its patrols share the answer.

    Args:
        found: Measured patrols.
        rules: The county's.
        areas: Own grids; only rules that let a way be walked again once the area has been
            walked over need them.
    """
    frame = _frame(found, rules)
    tests = _tests(_summed(frame) if rules.sum_day else frame, rules)
    reasons: list[list[Message]] = [[] for _ in range(len(frame))]
    for failed, messages in tests:
        for row in np.flatnonzero(failed):
            reasons[row].append(messages[row])
    valid = np.array([not r for r in reasons], dtype=bool)
    if rules.max_repeat_share < 1.0:
        _repeats(found, frame, valid, reasons, rules, areas)
    frame["valid"] = valid
    frame["reasons"] = reasons
    frame["remarks"] = _remarks(frame, rules)
    return Judged(frame, _days(frame))


def _frame(found: Patrols, rules: PatrolRules) -> pd.DataFrame:
    fixes = found.fixes
    people = np.array(fixes.people, dtype=object)
    counted = found.minutes.copy()
    if not rules.vehicle_counts:
        counted = counted - found.vehicle_min
    if not rules.long_stop_counts:
        counted = counted - found.long_stop_min
    count = len(found)
    return pd.DataFrame(
        {
            "patrol_no": np.arange(1, count + 1),
            "person_id": people[found.person] if count else people[:0],
            "day": pd.Series([day_text(day) for day in found.day], dtype=object),
            "start": iso_utc(found.start),
            "end": iso_utc(found.end),
            "minutes": found.minutes,
            "counted_min": np.maximum(counted, 0.0),
            "in_grid_min": found.in_grid_min,
            "km": found.km,
            "in_grid_km": found.in_grid_km,
            "rest_km": found.rest_km,
            "vehicle_min": found.vehicle_min,
            "stationary_min": found.stationary_min,
            "long_stop_min": found.long_stop_min,
            "bridged_min": found.bridged_min,
            "max_gap_min": found.max_gap_min,
            "n_fix": found.last - found.first + 1,
            "n_stops": np.bincount(found.stop_patrol, minlength=count)[:count],
        }
    )


SUMMED = ("minutes", "counted_min", "in_grid_min", "km", "in_grid_km")


def _summed(frame: pd.DataFrame) -> pd.DataFrame:
    groups = frame.groupby(["person_id", "day"], sort=False)
    out = frame.copy()
    for name in SUMMED:
        out[name] = groups[name].transform(lambda v: v.sum(min_count=1))
    return out


def _tests(frame: pd.DataFrame, rules: PatrolRules) -> list[tuple[Bools, list[Message]]]:
    """Give the failed rows of each rule with their sentences."""
    minutes, km = frame["counted_min"].to_numpy(), frame["km"].to_numpy()
    inside, inside_km = frame["in_grid_min"].to_numpy(), frame["in_grid_km"].to_numpy()
    whole = frame["minutes"].to_numpy()
    known = ~np.isnan(inside)
    share = np.where(known & (whole > 0), inside / np.where(whole > 0, whole, 1.0), np.nan)
    few = Message("{minutes} of the {least} minutes required.", {"minutes": 0, "least": 0})
    short = Message("{km} of the {least} km required.", {"km": 0, "least": 0})
    away = Message("{percent} % of the minutes in the own grid, {least} % required.")
    few_in = Message("{minutes} of the {least} minutes required in the own grid.")
    short_in = Message("{km} of the {least} km required in the own grid.")
    tiny = 1e-9
    out: list[tuple[Bools, list[Message]]] = []

    def add(failed: Bools, text: Message, name: str, values: Floats, least: float, n: int) -> None:
        shown = [
            Message(text.template, {name: _figure(v, n), "least": _figure(least, n)})
            if bad
            else text
            for v, bad in zip(values, failed, strict=True)
        ]
        out.append((failed, shown))

    add(minutes < rules.min_minutes - tiny, few, "minutes", minutes, rules.min_minutes, 1)
    if rules.min_km > 0:
        add(km < rules.min_km - tiny, short, "km", km, rules.min_km, 2)
    if rules.min_share_in_grid > 0:
        least = 100.0 * rules.min_share_in_grid
        bad = known & (100.0 * share < least - tiny)
        add(bad, away, "percent", 100.0 * share, least, 1)
    if rules.min_minutes_in_grid > 0:
        bad = known & (inside < rules.min_minutes_in_grid - tiny)
        add(bad, few_in, "minutes", inside, rules.min_minutes_in_grid, 1)
    if rules.min_km_in_grid > 0:
        bad = known & (inside_km < rules.min_km_in_grid - tiny)
        add(bad, short_in, "km", inside_km, rules.min_km_in_grid, 2)
    return out


def _figure(value: float, decimals: int) -> str:
    """Give a figure cut, not rounded, so that 119.97 of 120 minutes never reads 120.0 of 120."""
    scale = 10.0**decimals
    cut = np.floor(value * scale + 1e-7) / scale
    return f"{cut:.{decimals}f}".rstrip("0").rstrip(".") if decimals else f"{cut:.0f}"


def _remarks(frame: pd.DataFrame, rules: PatrolRules) -> list[list[Message]]:
    rides = Message("{minutes} minutes ridden (faster than {speed} km/h).")
    rest = Message("{minutes} minutes in stops of more than {long} minutes.")
    silence = Message("{minutes} minutes without fixes were bridged.")
    out: list[list[Message]] = []
    columns = ("vehicle_min", "long_stop_min", "bridged_min", "in_grid_min")
    for ride, stop, gap, inside in zip(*(frame[c].tolist() for c in columns), strict=True):
        row: list[Message] = []
        if ride >= rules.vehicle_minutes:
            shown = {"minutes": _figure(ride, 1), "speed": _figure(rules.vehicle_kmh, 0)}
            row.append(Message(rides.template, shown))
        if stop > 0:
            shown = {"minutes": _figure(stop, 1), "long": _figure(rules.long_stop_minutes, 0)}
            row.append(Message(rest.template, shown))
        if gap > 0:
            row.append(Message(silence.template, {"minutes": _figure(gap, 1)}))
        if inside != inside:
            row.append(Message("No own grid is known; the place was not judged."))
        out.append(row)
    return out


def _repeats(
    found: Patrols,
    frame: pd.DataFrame,
    valid: Bools,
    reasons: list[list[Message]],
    rules: PatrolRules,
    areas: Areas | None,
) -> None:
    """Refuse valid patrols whose way was walked before in the month by a valid patrol.

    Once the own area has been walked over, the round begins anew.
    """
    fixes = found.fixes
    told = Message("{percent} % of the way was walked before this month; at most {most} % may be.")
    east, north = metres_per_degree(fixes.lat)
    cells_x = np.floor(fixes.lon * east / REPEAT_CELL_M).astype(np.int64)
    cells_y = np.floor(fixes.lat * north / REPEAT_CELL_M).astype(np.int64)
    cells = cells_x * 2**32 + cells_y
    walked: dict[tuple[str, str], set[int]] = {}
    rounds = Rounds(areas, rules.repeat_until_share)
    rows = zip(frame["person_id"], frame["day"], strict=True)
    for row, (person, day) in enumerate(rows):
        if not valid[row]:
            continue
        at = slice(int(found.first[row]), int(found.last[row]) + 1)
        here = set(cells[at].tolist())
        before = walked.setdefault((person, day[:7]), set())
        share = len(here & before) / len(here)
        if before and share > rules.max_repeat_share:
            valid[row] = False
            most = _figure(100.0 * rules.max_repeat_share, 0)
            values = {"percent": _figure(100.0 * share, 0), "most": most}
            reasons[row].append(Message(told.template, values))
        else:
            before |= here
        if rounds.complete(str(person), day[:7], fixes.lon[at], fixes.lat[at]):
            before.clear()


def _days(frame: pd.DataFrame) -> pd.DataFrame:
    """Sum the patrols of each person and day; a day counts when one of its patrols does."""
    names = [
        "person_id", "day", "n_patrols", "minutes", "km", "in_grid_min", "valid", "reasons",
        "source",
    ]  # fmt: skip
    if not len(frame):
        return pd.DataFrame(columns=names)
    ordered = frame.sort_values(["person_id", "day", "counted_min"], kind="stable")
    groups = ordered.groupby(["person_id", "day"], sort=True)
    out = groups.agg(
        n_patrols=("minutes", "size"),
        minutes=("minutes", "sum"),
        km=("km", "sum"),
        valid=("valid", "any"),
        reasons=("reasons", "last"),
    ).reset_index()
    out["in_grid_min"] = groups["in_grid_min"].sum(min_count=1).to_numpy()
    out["valid"] = out["valid"].astype(bool)
    pairs = zip(out["valid"], out["reasons"], strict=True)
    out["reasons"] = [[] if valid else list(reasons) for valid, reasons in pairs]
    out["source"] = SOURCE_TRACE
    return out[names]
