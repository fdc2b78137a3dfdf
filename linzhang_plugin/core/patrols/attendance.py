"""Days required and days done, a row a person and month."""

from __future__ import annotations

import calendar
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.patrols.clock import day_number, day_text
from linzhang_plugin.core.patrols.judgement import SOURCE_TRACE
from linzhang_plugin.core.patrols.rules import PatrolRules

EVER = 10**7
SOURCE_PLATFORM = "平台数据"
"""Mark of a day that only the platform's totals prove."""
SOURCE_OBJECTION = "申诉更正"
"""Mark of a day that an upheld objection changed."""


@dataclass(frozen=True)
class Absence:
    """Days on which nothing is required: of one person, a town or the county.

    Attributes:
        first: Day number.
        last: Day number, included.
        person: Person id, empty for all.
        town: Town code, empty for all.
        reason: ``weather``, ``leave``, ``training`` or ``firefighting``.
    """

    first: int
    last: int
    person: str = ""
    town: str = ""
    reason: str = "weather"


@dataclass(frozen=True)
class Member:
    """A person on the duty roster.

    Attributes:
        person: Person id.
        name: Name, for internal prints.
        town: Town code.
        first: First day on the roster.
        last: Last day on the roster.
    """

    person: str
    name: str = ""
    town: str = ""
    first: int = -EVER
    last: int = EVER


def roster_of(persons: pd.DataFrame | None, people: Sequence[str]) -> list[Member]:
    """Give the roster of rangers, from the table of persons or, without one, from the traces.

    Args:
        persons: ``person_id, name, town_code, role, active_from, active_to``; only rows whose
            role is ranger (护林员) or empty.
        people: Person ids of the traces, used when there is no table.
    """
    if persons is None:
        return [Member(person) for person in sorted(people)]
    out = []
    for row in persons.to_dict("records"):
        role = _word(row.get("role"))
        if role not in ("", "ranger", "护林员", "专职护林员"):
            continue
        person = _word(row.get("person_id"))
        if not person:
            raise InputError(tr("A person has no person_id; fill it in PERSONS."))
        first = _word(row.get("active_from"))
        last = _word(row.get("active_to"))
        out.append(
            Member(
                person,
                _word(row.get("name")),
                _word(row.get("town_code")),
                day_number(first) if first else -EVER,
                day_number(last) if last else EVER,
            )
        )
    return sorted(out, key=lambda member: (member.town, member.person))


def _word(value: object) -> str:
    return "" if pd.isna(value) else str(value).strip()


def months_between(first: int, last: int) -> list[tuple[str, int, int]]:
    """Give the months (``2025-03``, first day, last day) that a period touches."""
    out = []
    day = first
    while day <= last:
        text = day_text(day)
        year, month = int(text[:4]), int(text[5:7])
        start = day_number(f"{text[:7]}-01")
        length = calendar.monthrange(year, month)[1]
        out.append((text[:7], start, start + length - 1))
        day = start + length
    return out


def attendance(
    days: pd.DataFrame,
    roster: Sequence[Member],
    first: int,
    last: int,
    rules: PatrolRules,
    absences: Sequence[Absence] = (),
) -> pd.DataFrame:
    """Count valid days against the days required.

    Required = the rule's days × (days of the month that the person was on the roster and the
    period covers, less leave) / (days of the month), less exempt days where the rules say so,
    rounded half up. A joiner of the 16th owes half; February owes as many as March, though never
    more than it has days.

    Args:
        days: Judged days (:func:`~linzhang_plugin.core.patrols.judgement.judge`).
        roster: Who is on duty.
        first: First day of the period.
        last: Last day of the period.
        rules: The county's.
        absences: Exempt days and leave.

    Returns:
        ``person_id, name, town_code, month, roster_days, exempt_days, leave_days,
        days_required, days_online, days_valid, days_platform, days_corrected, met, percent,
        minutes, km, tendays, reasons``. ``percent`` (出勤率) is 100 where nothing is owed.
    """
    by_person = _by_person(days)
    rows = []
    for month, start, end in months_between(first, last):
        for member in roster:
            rows.append(_row(member, month, start, end, first, last, by_person, rules, absences))
    names = [
        "person_id", "name", "town_code", "month", "roster_days", "exempt_days", "leave_days",
        "days_required", "days_online", "days_valid", "days_platform", "days_corrected", "met",
        "percent", "minutes", "km", "tendays", "reasons",
    ]  # fmt: skip
    kept = [row for row in rows if row is not None]
    return pd.DataFrame(kept, columns=names)


Days = dict[int, tuple[bool, float, float, str, bool]]
"""By day: counts, minutes, km, source, and whether anything was recorded."""


def was_online(source: object, n_patrols: object) -> bool:
    """Tell whether a day has a trace or a total of the platform, not an objection alone."""
    return source != SOURCE_OBJECTION or bool(n_patrols)


def _by_person(days: pd.DataFrame) -> Mapping[str, Days]:
    out: dict[str, Days] = {}
    columns = [days[c].tolist() for c in ("person_id", "day", "valid", "minutes", "km")]
    for name, otherwise in (("source", SOURCE_TRACE), ("n_patrols", 1)):
        here = name in days.columns
        columns.append(days[name].tolist() if here else [otherwise] * len(days))
    for person, day, valid, minutes, km, source, count in zip(*columns, strict=True):
        word = source if isinstance(source, str) and source else SOURCE_TRACE
        whole = bool(valid), _sum(minutes), _sum(km), word, was_online(word, count)
        out.setdefault(str(person), {})[day_number(str(day))] = whole
    return out


def _sum(value: float | None) -> float:
    return 0.0 if value is None or pd.isna(value) else float(value)


def _counted(done: Days, valid: Sequence[int], source: str) -> int:
    return sum(done[day][3] == source for day in valid)


def _row(
    member: Member,
    month: str,
    start: int,
    end: int,
    first: int,
    last: int,
    by_person: Mapping[str, Days],
    rules: PatrolRules,
    absences: Sequence[Absence],
) -> tuple[object, ...] | None:
    on = range(max(start, first, member.first), min(end, last, member.last) + 1)
    if not len(on):
        return None
    exempt, leave = _absent(member, on, absences)
    base = min(rules.days_by_month[int(month[5:]) - 1], end - start + 1)  # daily: 28 or 29
    present = len(on) - (len(leave) if rules.leave_reduces else 0)
    required = base * present / (end - start + 1)
    if rules.exempt_days_reduce:
        required -= len(exempt)
    owed = max(0, math.floor(required + 0.5 + 1e-9))
    done = {d: v for d, v in by_person.get(member.person, {}).items() if d in on}
    valid = sorted(d for d, v in done.items() if v[0])
    tendays = _tendays(valid, start)
    least = _tenday_least(on, start, end, exempt, leave, rules) if owed else []
    reasons = _reasons(len(valid), owed, tendays, least)
    percent = 100.0 * min(len(valid), owed) / owed if owed else 100.0
    return (
        member.person, member.name, member.town, month, len(on), len(exempt), len(leave), owed,
        sum(v[4] for v in done.values()), len(valid),
        _counted(done, valid, SOURCE_PLATFORM), _counted(done, valid, SOURCE_OBJECTION),
        not reasons, percent, sum(v[1] for v in done.values()),
        sum(v[2] for v in done.values()), "/".join(map(str, tendays)), reasons,
    )  # fmt: skip


def _absent(member: Member, on: range, absences: Sequence[Absence]) -> tuple[set[int], set[int]]:
    exempt: set[int] = set()
    leave: set[int] = set()
    for absence in absences:
        if absence.person not in ("", member.person) or absence.town not in ("", member.town):
            continue
        days = set(range(max(on.start, absence.first), min(on.stop - 1, absence.last) + 1))
        (exempt if absence.reason == "weather" else leave).update(days)
    return exempt - leave, leave


def _tendays(valid: Sequence[int], start: int) -> list[int]:
    of_month = np.array(valid, dtype=np.int64) - start
    part = np.minimum(of_month // 10, 2)
    return np.bincount(part, minlength=3)[:3].tolist() if len(valid) else [0, 0, 0]


def _tenday_least(
    on: range, start: int, end: int, exempt: set[int], leave: set[int], rules: PatrolRules
) -> list[int]:
    """Give the days owed in each part of the month, less leave and exempt days as the month's.

    A joiner or leaver owes nothing for a part that is not whole.
    """
    out = []
    for a, b in ((start, start + 9), (start + 10, start + 19), (start + 20, end)):
        days = range(a, b + 1)
        away = sum(day in leave for day in days) if rules.leave_reduces else 0
        free = sum(day in exempt for day in days) if rules.exempt_days_reduce else 0
        least = rules.min_per_tenday * (len(days) - away) / len(days) - free
        whole = a in on and b in on
        out.append(max(0, math.floor(least + 0.5 + 1e-9)) if whole else 0)
    return out


def _reasons(done: int, owed: int, tendays: Sequence[int], least: Sequence[int]) -> list[Message]:
    out = []
    if done < owed:
        out.append(Message("{done} of {owed} days.", {"done": done, "owed": owed}))
    for number, (here, needed) in enumerate(zip(tendays, least, strict=False), start=1):
        if here < needed:
            values = {"n": number, "done": here, "least": needed}
            out.append(Message("{done} of {least} days in part {n} of the month (旬).", values))
    return out
