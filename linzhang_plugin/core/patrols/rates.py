"""The rates of the notices, each defined once, in words and in one function."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from linzhang_plugin.core.patrols.attendance import Member, was_online
from linzhang_plugin.core.patrols.clock import day_number, day_text


@dataclass(frozen=True)
class Rate:
    """A rate and its definition, printed wherever the rate is.

    Attributes:
        name: Column name.
        zh: Chinese name.
        en: English name.
        words_zh: Definition in Chinese.
        words_en: Definition in English.
    """

    name: str
    zh: str
    en: str
    words_zh: str
    words_en: str


RATES: tuple[Rate, ...] = (
    Rate(
        "online_percent", "上线率", "Online rate",
        "本期内至少上传一次轨迹的在岗护林员 ÷ 在岗护林员",
        "Rangers on the roster with at least one trace in the period / rangers on the roster",
    ),
    Rate(
        "daily_percent", "平均上线巡护率", "Mean daily online rate",
        "各日（当日有轨迹的在岗护林员 ÷ 当日在岗护林员）的平均值，无人在岗之日不计",
        "Mean over the days of (rangers with a trace that day / rangers on the roster that day)",
    ),
    Rate(
        "attendance_percent", "出勤率", "Attendance rate",
        "各护林员 min（有效天数，应巡天数） 之和 ÷ 应巡天数之和，应巡天数为 0 者不计",
        "Sum of min(valid days, days required) / sum of days required, over rangers who owe any",
    ),
    Rate(
        "qualified_percent", "出巡达标率", "Qualified-patrol rate",
        "有效天数（及各旬天数）达到规则要求的护林员 ÷ 在岗护林员，"
        "应巡天数按在岗天数折算并扣除请假和免巡",
        "Rangers whose valid days (and those of each ten-day part) reach the rule / rangers on the"
        " roster; days required follow the days on the roster, less leave and exempt days",
    ),
    Rate(
        "covered_percent", "巡护率（面积）", "Patrol rate (area)",
        "有效轨迹一定距离内的网格林地面积 ÷ 网格林地面积",
        "Forest area of the grid within the buffer of valid traces / forest area of the grid",
    ),
    Rate(
        "risk_percent", "重点区域巡护率", "Risk-zone patrol rate",
        "重点期内且火险等级达到规定之日应巡（区域，日）中已巡的份额",
        "(zone, day) pairs visited / pairs due, inside key periods at the danger level or above",
    ),
    Rate(
        "closed_percent", "事件办结率", "Event closure rate",
        "已办结事件 ÷ 上报事件", "Events closed / events reported",
    ),
    Rate(
        "timely_percent", "事件及时率", "Event timeliness rate",
        "在规定时限内办结的事件 ÷ 上报事件", "Events closed within their limit / events reported",
    ),
    Rate(
        "accept_percent", "受理及时率", "Acceptance rate",
        "在规定时限内受理的事件 ÷ 上报事件", "Events accepted within their limit / events reported",
    ),
)  # fmt: skip


def definitions(names: Sequence[str], chinese: bool) -> str:
    """Give the words of rates, for the column or line that goes with them everywhere."""
    return "；".join(
        f"{rate.zh}＝{rate.words_zh}" if chinese else f"{rate.en} = {rate.words_en}"
        for rate in RATES
        if rate.name in names
    )


def percent(part: float, whole: float) -> float | None:
    """Give a percentage; None where there is nothing to divide by."""
    return 100.0 * part / whole if whole else None


AREA_COLUMNS = ("area_m2", "covered_m2", "covered_percent", "buffer_m")
RISK_COLUMNS = ("risk_due", "risk_visited", "risk_checkins", "risk_percent")
PLACE_COLUMNS = (*AREA_COLUMNS, *RISK_COLUMNS)
"""What a month's rates hold of areas and risk zones, where they were reckoned."""


def with_places(
    table: pd.DataFrame, coverage: pd.DataFrame | None, risk: pd.DataFrame | None
) -> pd.DataFrame:
    """Add 巡护率（面积） and 重点区域巡护率 to the rates of one month.

    Args:
        table: :func:`rates` of one month.
        coverage: A row a grid: ``town_code, area_m2, covered_m2`` and, where known, ``buffer_m``.
        risk: A row a town and one of all (empty code): ``due, visited`` and, where known,
            ``checkins``.

    Returns:
        The same rows with PLACE_COLUMNS; None where nothing is known or there is nothing to
        divide by.
    """
    out = table.copy()
    towns = [town if isinstance(town, str) else "" for town in out["town_code"]]
    areas, zones = _areas_of(coverage), _zones_of(risk)
    nothing: tuple[float | None, ...] = (None,) * 4
    for names, known in ((AREA_COLUMNS, areas), (RISK_COLUMNS, zones)):
        rows = [known.get(town, nothing) for town in towns]
        for place, name in enumerate(names):
            out[name] = pd.Series([row[place] for row in rows], index=out.index, dtype=object)
    return out


def _areas_of(coverage: pd.DataFrame | None) -> dict[str, tuple[float | None, ...]]:
    """Sum the grids of each town, and of all under an empty code."""
    if coverage is None or not len(coverage):
        return {}
    found: dict[str, list[float]] = {}
    town_of = coverage["town_code"] if "town_code" in coverage else [""] * len(coverage)
    rows = zip(town_of, coverage["area_m2"], coverage["covered_m2"], strict=True)
    for town, area, covered in rows:
        for key in {town if isinstance(town, str) else "", ""}:
            sums = found.setdefault(key, [0.0, 0.0])
            sums[0] += float(area)
            sums[1] += float(covered)
    widths = set(coverage["buffer_m"]) if "buffer_m" in coverage else set()
    width = float(widths.pop()) if len(widths) == 1 else None
    return {
        town: (area, covered, percent(covered, area), width)
        for town, (area, covered) in found.items()
    }


def _zones_of(risk: pd.DataFrame | None) -> dict[str, tuple[float | None, ...]]:
    if risk is None:
        return {}
    out: dict[str, tuple[float | None, ...]] = {}
    for row in risk.to_dict("records"):
        town = row["town_code"] if isinstance(row["town_code"], str) else ""
        due, visited, helped = (_whole(row.get(n)) for n in ("due", "visited", "checkins"))
        out[town] = (due, visited, helped, percent(visited or 0, due or 0))
    return out


def _whole(value: object) -> int | None:
    return None if pd.isna(value) or value == "" else int(float(str(value)))


def rates(
    attended: pd.DataFrame, days: pd.DataFrame, roster: Sequence[Member], first: int, last: int
) -> pd.DataFrame:
    """Give the attendance rates of each town and month, and of all towns (empty code).

    Args:
        attended: :func:`~linzhang_plugin.core.patrols.attendance.attendance`.
        days: Judged days.
        roster: Who is on duty.
        first: First day of the period.
        last: Last day.

    Returns:
        ``town_code, month, rangers, online, qualified, below, days_valid, days_required,
        online_percent, daily_percent, attendance_percent, qualified_percent, minutes, km``.
    """
    online = _online(days)
    towns = sorted(set(attended["town_code"]))
    rows = []
    for month in sorted(set(attended["month"])):
        part = attended[attended["month"] == month]
        for town in [*[t for t in towns if t], ""]:
            here = part if not town else part[part["town_code"] == town]
            members = [m for m in roster if not town or m.town == town]
            if len(here):
                rows.append(_town(town, month, here, members, online, first, last))
    names = [
        "town_code", "month", "rangers", "online", "qualified", "below", "days_valid",
        "days_required", "online_percent", "daily_percent", "attendance_percent",
        "qualified_percent", "minutes", "km",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=names)


def _online(days: pd.DataFrame) -> dict[str, set[int]]:
    out: dict[str, set[int]] = {}
    whole = [1] * len(days)
    columns = [days["person_id"].tolist(), days["day"].tolist()]
    columns += [days[c].tolist() if c in days.columns else whole for c in ("source", "n_patrols")]
    for person, day, source, count in zip(*columns, strict=True):
        if was_online(source, count):
            out.setdefault(str(person), set()).add(day_number(str(day)))
    return out


def _town(
    town: str,
    month: str,
    here: pd.DataFrame,
    members: Sequence[Member],
    online: dict[str, set[int]],
    first: int,
    last: int,
) -> tuple[object, ...]:
    rangers = len(here)
    some = int((here["days_online"] > 0).sum())
    good = int(here["met"].sum())
    owed = int(here["days_required"].sum())
    done = here[["days_valid", "days_required"]].min(axis=1).sum()
    return (
        town, month, rangers, some, good, rangers - good, int(here["days_valid"].sum()), owed,
        percent(some, rangers), daily(members, online, month, first, last),
        percent(float(done), owed), percent(good, rangers),
        float(here["minutes"].sum()), float(here["km"].sum()),
    )  # fmt: skip


def daily(
    members: Sequence[Member], online: dict[str, set[int]], month: str, first: int, last: int
) -> float | None:
    """Give 平均上线巡护率 of a month's days within the period; None where nobody was on duty."""
    start = max(first, day_number(f"{month}-01"))
    shares = []
    for day in range(start, last + 1):
        if day > start and day_text(day)[:7] != month:
            break
        on = [m.person for m in members if m.first <= day <= m.last]
        if on:
            shares.append(sum(day in online.get(person, ()) for person in on) / len(on))
    return 100.0 * sum(shares) / len(shares) if shares else None
