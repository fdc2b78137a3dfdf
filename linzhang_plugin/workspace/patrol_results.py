"""A month's results in the workspace: days, attendance, rates, and their numbered corrections."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import pandas as pd

from linzhang_plugin.core.messages import InputError, Message, Translate, tr, untranslated
from linzhang_plugin.core.patrols.attendance import Absence, attendance, roster_of
from linzhang_plugin.core.patrols.clock import day_number, day_text
from linzhang_plugin.core.patrols.corrections import changes, moved_since
from linzhang_plugin.core.patrols.objections import Objection, corrected, correction_text, upheld
from linzhang_plugin.core.patrols.rates import PLACE_COLUMNS, rates, with_places
from linzhang_plugin.core.patrols.rules import PatrolRules, patrol_rules
from linzhang_plugin.workspace.store import Workspace


@dataclass(frozen=True, eq=False)
class Month:
    """One month as issued or corrected.

    Attributes:
        notice: Row of ``patrol_notice``.
        attended: Attendance with names.
        table: Rates by town.
    """

    notice: pd.Series
    attended: pd.DataFrame
    table: pd.DataFrame

    @property
    def revision(self) -> int:
        """Number of the correction, 0 for the first issue."""
        return int(self.notice["revision"])


@dataclass(frozen=True, eq=False)
class Reckoned:
    """Attendance and rates of whole months."""

    attended: pd.DataFrame
    table: pd.DataFrame


def reckon(
    workspace: Workspace,
    days: pd.DataFrame,
    first: int,
    last: int,
    rules: PatrolRules,
    absences: Sequence[Absence],
) -> Reckoned:
    """Reckon attendance and rates with the workspace's roster.

    Raises:
        InputError: Nobody of the roster was on duty.
    """
    persons = pd.DataFrame(workspace.read("person"))
    roster = roster_of(persons if len(persons) else None, sorted(set(days["person_id"])))
    attended = attendance(days, roster, first, last, rules, absences)
    if not len(attended):
        raise InputError(tr("The workspace has no ranger on duty in the period; import persons."))
    return Reckoned(attended, rates(attended, days, roster, first, last))


def adopt_results(
    workspace: Workspace,
    days: pd.DataFrame,
    first: int,
    last: int,
    rules: PatrolRules,
    absences: Sequence[Absence],
    exempt: Sequence[Absence],
    made_on: str | None,
    replace: bool = False,
    translate: Translate = untranslated,
    coverage: pd.DataFrame | None = None,
    risk: pd.DataFrame | None = None,
) -> Reckoned:
    """Keep judged days and what follows from them: the months as they are issued.

    Args:
        workspace: Where to.
        days: Judged days of the period.
        first: First day.
        last: Last day.
        rules: By which they were judged; kept with the month.
        absences: Days off duty in the register.
        exempt: Days on which nobody could go out; they enter the register, so that a correction
            reckons with them too.
        made_on: Date of issue.
        replace: Put these in the place of months that are there already.
        translate: Language in which reasons are kept.
        coverage: Coverage of the grids in the month, kept by town.
        risk: Patrol rates of risk zones in the month by town.

    Raises:
        InputError: A month is there already, or has corrections, or coverage or rates of risk
            zones came for several months; nothing was written.
    """
    found = reckon(workspace, days, first, last, rules, [*absences, *exempt])
    months = sorted(set(found.attended["month"]))
    if coverage is not None or risk is not None:
        if len(months) > 1:
            raise InputError(
                tr(
                    "COVERAGE and RISK_RATES are of one period; adopt one month at a time with them"
                    " (here {n})."
                ),
                n=len(months),
            )
        found = Reckoned(found.attended, with_places(found.table, coverage, risk))
    _refuse_issued(workspace, months, replace)
    notice = pd.DataFrame(
        {
            "month": months,
            "revision": 0,
            "rules": rules.name,
            "parameters": json.dumps(asdict(rules), ensure_ascii=False, sort_keys=True),
            "first_day": [max(f"{month}-01", day_text(first)) for month in months],
            "last_day": [min(_end(month), day_text(last)) for month in months],
            "made_on": made_on,
        }
    )
    old = workspace.read("patrol_day")
    gone = old.loc[old["day"].str[:7].isin(months), "day"].unique().tolist() if len(old) else []
    with workspace.transaction(action="adoptpatrols") as writer:
        for month in months:
            for table in ("attendance", "rate", "patrol_notice"):
                writer.remove(table, {"month": month, "revision": 0})
        for day in gone:
            writer.remove("patrol_day", {"day": day})
        writer.upsert("patrol_day", plain_reasons(days, translate))
        writer.upsert("patrol_notice", notice)
        writer.upsert("attendance", plain_reasons(found.attended.assign(revision=0), translate))
        writer.upsert("rate", _rates(found.table, 0))
        if exempt:
            writer.upsert("absence", _register(exempt))
    return found


def _register(exempt: Sequence[Absence]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "person_id": None,
            "town_code": None,
            "first_day": [day_text(one.first) for one in exempt],
            "last_day": [day_text(one.last) for one in exempt],
            "reason": "weather",
        }
    )


def _end(month: str) -> str:
    following = pd.Period(month, "M").asfreq("D", how="end")
    return str(following)


def plain_reasons(table: pd.DataFrame, translate: Translate) -> pd.DataFrame:
    """Give reasons and remarks as text: the workspace keeps no templates."""
    out = table.copy()
    for name in ("reasons", "remarks"):
        if name in out.columns:
            out[name] = [_text(value, translate) for value in out[name]]
    return out


def _text(value: object, translate: Translate) -> str | None:
    if isinstance(value, str):
        return value or None
    if isinstance(value, (list, tuple)) and value:
        return "；".join(
            one.render(translate) if isinstance(one, Message) else str(one) for one in value
        )
    return None


def _rates(table: pd.DataFrame, revision: int) -> pd.DataFrame:
    out = table.assign(revision=revision)
    out["town_code"] = [town if isinstance(town, str) and town else None for town in out.town_code]
    return out


def _with_kept_places(table: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Take over what the issue before held of areas and risk zones: objections change neither."""
    out = table.copy()
    known = before.set_index("town_code")
    towns = [town if isinstance(town, str) else "" for town in out["town_code"]]
    for name in PLACE_COLUMNS:
        kept = [known.at[town, name] if town in known.index else None for town in towns]
        out[name] = pd.Series(
            [None if pd.isna(value) else value for value in kept],
            index=out.index,
            dtype=object,
        )
    return out


def _refuse_issued(workspace: Workspace, months: Sequence[str], replace: bool) -> None:
    known = workspace.read("patrol_notice")
    for month in months:
        own = known[known["month"] == month]
        if (own["revision"] > 0).any():
            raise InputError(
                tr("{month} has been issued and corrected; it can no longer be replaced."),
                month=month,
            )
        if len(own) and not replace:
            raise InputError(
                tr("{month} has results already; tick REPLACE to put these in their place."),
                month=month,
            )


def issued_months(workspace: Workspace) -> list[str]:
    """Give the months with results."""
    return sorted(set(workspace.read("patrol_notice")["month"]))


def read_month(workspace: Workspace, month: str, revision: int | None = None) -> Month:
    """Read a month as issued (0), as corrected (n) or as it stands (None).

    Raises:
        InputError: There is no such month or correction.
    """
    known = workspace.read("patrol_notice", {"month": month})
    if not len(known):
        raise InputError(
            tr("The workspace has no results of {month}; run Adopt patrol results first."),
            month=month or "-",
        )
    number = int(known["revision"].max()) if revision is None else revision
    row = known[known["revision"] == number]
    if not len(row):
        raise InputError(
            tr("{month} has no correction {number}; the last is {last}."),
            month=month,
            number=number,
            last=int(known["revision"].max()),
        )
    where = {"month": month, "revision": number}
    attended, table = workspace.read("attendance", where), workspace.read("rate", where)
    people = workspace.read("person")
    names = dict(zip(people["person_id"], people["name"], strict=True))
    attended["name"] = [names.get(person) for person in attended["person_id"]]
    table["town_code"] = [town if isinstance(town, str) else "" for town in table["town_code"]]
    return Month(row.iloc[0], pd.DataFrame(attended), pd.DataFrame(table))


def correct_month(
    workspace: Workspace,
    month: str,
    absences: Sequence[Absence],
    made_on: str | None,
    translate: Translate = untranslated,
) -> tuple[Month, pd.DataFrame, list[Objection]]:
    """Apply the month's upheld objections as its next numbered correction.

    The issue before stays as it is. All upheld objections are applied to the days as judged, so
    a correction does not depend on the order in which objections came.

    Returns:
        The month as corrected, what changed, and the objections that are new in it.

    Raises:
        InputError: There is nothing new to apply, or the roster or days off have changed since
            the month was issued; nothing was written.
    """
    issued, now = read_month(workspace, month, 0), read_month(workspace, month)
    register = workspace.read("objection", {"month": month})
    every = upheld(register, month)
    applied = set(register.loc[register["revision"].notna(), "objection_no"])
    new = [one for one in every if one.number not in applied]
    if not new:
        raise InputError(
            tr("{month} has no upheld objection that is not applied yet; decide on one first."),
            month=month,
        )
    rules = patrol_rules(json.loads(str(now.notice["parameters"])))
    first, last = (day_number(str(now.notice[name])) for name in ("first_day", "last_day"))
    days = workspace.read("patrol_day")
    days = days[(days["day"] >= day_text(first)) & (days["day"] <= day_text(last))]
    as_issued = reckon(workspace, days, first, last, rules, absences)
    moved = moved_since(issued.attended, as_issued.attended)
    if moved:
        raise InputError(
            tr(
                "Roster or days off have changed since {month} was issued ({n} persons, the first"
                " {who}); assess the month again and adopt it before it is corrected."
            ),
            month=month,
            n=len(moved),
            who=moved[0],
        )
    better, more = corrected(days, every)
    found = reckon(workspace, better, first, last, rules, [*absences, *more])
    revision = now.revision + 1
    told = correction_text(new, revision, public=False)
    notice = pd.DataFrame([now.notice]).assign(revision=revision, made_on=made_on, reason=told)
    applied = pd.DataFrame({"objection_no": [one.number for one in new], "revision": revision})
    with workspace.transaction(action="adoptcorrections") as writer:
        writer.upsert("patrol_notice", notice)
        writer.upsert(
            "attendance", plain_reasons(found.attended.assign(revision=revision), translate)
        )
        writer.upsert("rate", _rates(_with_kept_places(found.table, now.table), revision))
        writer.upsert("objection", applied)
    after = read_month(workspace, month, revision)
    return after, changes(now.attended, after.attended, every, month), new
