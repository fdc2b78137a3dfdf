"""What a move of a bare slope's status has to be proven by.

Each legal move has its list of proofs; what is missing is told in a sentence. Acceptance and
closing rest on the checks of ``bare_slope_check``: a site is accepted by an acceptance check
that passed, and closed when every check after acceptance was made and passed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.slopes import lifecycle as life
from linzhang_plugin.core.tables.rules import RuleSet

MONTHS = (3, 12, 36)
"""Months after acceptance at which a site is checked, where the rules say nothing."""
EARLY = timedelta(days=31)
"""A check counts as that of a due day when it is made at most this long before it."""
ACCEPTANCE = "acceptance"


@dataclass(frozen=True)
class Check:
    """A row of ``bare_slope_check``.

    Attributes:
        on: Day of the check.
        kind: Code of ``slope_check``.
        passed: The inspector's verdict, None where none was written.
        cover: Vegetation cover, percent, or None.
        survival: Survival rate, percent, or None.
    """

    on: date
    kind: str
    passed: bool | None = None
    cover: float | None = None
    survival: float | None = None


@dataclass(frozen=True)
class Limits:
    """What a check has to reach.

    Attributes:
        cover: Least cover by material code, percent.
        survival: Least survival rate, percent.
        months: Months after acceptance at which checks are due.
    """

    cover: Mapping[str, float] = field(default_factory=lambda: {"1": 80.0})
    survival: float = 85.0
    months: tuple[int, ...] = MONTHS

    @classmethod
    def of(cls, rules: RuleSet) -> Limits:
        """Read them from a rule set of the room ``slopes``."""
        cover = {str(k): 100.0 * float(v) for k, v in dict(rules.get("cover_pass", {})).items()}
        months = tuple(sorted(int(m) for m in rules.get("check_months", MONTHS)))
        survival = 100.0 * (rules.number("survival_pass", 0.85) or 0.0)
        return cls(cover or {"1": 80.0}, survival, months)

    def needed_cover(self, material: str | None) -> float:
        """Give the cover a site of a material needs; soil's where it is not known."""
        usual = self.cover.get("1", 80.0)
        return self.cover.get(str(material), usual) if material else usual

    def passes(self, check: Check, material: str | None) -> bool:
        """Tell whether a check passed: by its verdict, but never against its own figures."""
        short = check.cover is not None and check.cover < self.needed_cover(material)
        dead = check.survival is not None and check.survival < self.survival
        if check.passed is None:
            known = check.cover is not None or check.survival is not None
            return known and not short and not dead
        return check.passed and not short and not dead


@dataclass(frozen=True)
class Move:
    """A wished move and what it is proven by.

    Attributes:
        to: Status wished.
        on: Its day.
        by: Who answers for it.
        facts: What the site is known by after the move (measure, resp_unit, budget_wan,
            plan_end) and the move's own document, photo, reason.
    """

    to: str
    on: date
    by: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """What a proof is looked for in."""

    move: Move
    material: str | None
    accepted: date | None
    since: date | None
    checks: Sequence[Check]
    limits: Limits


Proof = Callable[[Case], Message | None]
"""Gives what is missing, None where the proof is there."""


def _fact(name: str, told: Message) -> Proof:
    def proof(case: Case) -> Message | None:
        value = case.move.facts.get(name)
        empty = value is None or str(value).strip() in ("", "nan", "<NA>")
        return told if empty else None

    return proof


def _either(first: Proof, second: Proof, told: Message) -> Proof:
    def proof(case: Case) -> Message | None:
        return told if first(case) and second(case) else None

    return proof


def _accepted(case: Case) -> Message | None:
    found = last_check(case, ACCEPTANCE)
    if found is None:
        return Message(tr("an acceptance check since {day}"), {"day": _day(case.since)})
    if case.limits.passes(found, case.material):
        return None
    text = tr("an acceptance check that passed (that of {day} did not)")
    return Message(text, {"day": found.on.isoformat()})


def _rejected(case: Case) -> Message | None:
    kinds = {c.kind for c in case.checks}
    found = [last_check(case, kind) for kind in sorted(kinds)]
    failed = [c for c in found if c is not None and not case.limits.passes(c, case.material)]
    return None if failed else Message(tr("a check that did not pass"))


def _all_checks(case: Case) -> Message | None:
    if case.accepted is None:
        return Message(tr("the day of acceptance"))
    for months in case.limits.months:
        due = life.months_after(case.accepted, months)
        done = done_check(case.checks, case.accepted, months)
        values = {"months": months, "day": due.isoformat()}
        if done is None or done.on > case.move.on:
            return Message(tr("the check after {months} months, due {day}"), values)
        if not case.limits.passes(done, case.material):
            return Message(tr("a check after {months} months that passed"), values)
    return None


def _day(day: date | None) -> str:
    return day.isoformat() if day else "-"


def last_check(case: Case, kind: str) -> Check | None:
    """Give the last check of a kind since the site came into its status, up to the move."""
    since = case.since or date.min
    own = [c for c in case.checks if c.kind == kind and since <= c.on <= case.move.on]
    return sorted(own, key=lambda c: c.on)[-1] if own else None


def done_check(checks: Sequence[Check], accepted: date, months: int) -> Check | None:
    """Give the last check of a due day after acceptance, None while it is not made."""
    first = life.months_after(accepted, months) - EARLY
    own = [c for c in checks if c.kind == f"month_{months}" and c.on >= max(first, accepted)]
    return sorted(own, key=lambda c: c.on)[-1] if own else None


REASON = _fact("reason", Message(tr("a reason")))
DOCUMENT = _fact("document", Message(tr("the number of the document")))
PHOTO = _fact("photo", Message(tr("a photo")))
MEASURE = _fact("measure", Message(tr("the measure")))
UNIT = _fact("resp_unit", Message(tr("the responsible unit")))
BUDGET = _fact("budget_wan", Message(tr("the budget")))
PLAN_END = _fact("plan_end", Message(tr("the planned end")))
SEEN = _either(PHOTO, DOCUMENT, Message(tr("a photo or the number of a document")))

PROOFS: Mapping[tuple[str, str], tuple[Proof, ...]] = {
    (life.SUSPECTED, life.VERIFIED): (REASON,),
    (life.SUSPECTED, life.MISTAKEN): (REASON,),
    (life.MISTAKEN, life.SUSPECTED): (REASON,),
    (life.VERIFIED, life.APPROVED): (DOCUMENT, MEASURE, UNIT, BUDGET, PLAN_END),
    (life.VERIFIED, life.NATURAL): (REASON, UNIT),
    (life.VERIFIED, life.MISTAKEN): (REASON,),
    (life.APPROVED, life.WORKING): (UNIT, SEEN),
    (life.APPROVED, life.VERIFIED): (REASON,),
    (life.WORKING, life.WAITING): (PHOTO,),
    (life.WAITING, life.PASSED): (DOCUMENT, _accepted),
    (life.WAITING, life.MENDING): (REASON, _rejected),
    (life.MENDING, life.WAITING): (PHOTO,),
    (life.PASSED, life.TENDING): (UNIT,),
    (life.TENDING, life.CLOSED): (DOCUMENT, _all_checks),
    (life.TENDING, life.MENDING): (REASON, _rejected),
    (life.NATURAL, life.WAITING): (PHOTO,),
    (life.NATURAL, life.APPROVED): (DOCUMENT, MEASURE, UNIT, BUDGET, PLAN_END),
    (life.CLOSED, life.SUSPECTED): (REASON,),
}
"""What each legal move must be proven by (practice of project files; DOMAIN 4.4)."""


def missing(current: str, case: Case) -> list[Message]:
    """Give what a legal move lacks, nothing where it is proven."""
    return [said for proof in PROOFS[(current, case.move.to)] if (said := proof(case))]
