"""The life of a bare slope in the register: which status may follow which, and when to check.

Statuses and their order are DOMAIN 4.4's; a site leaves the register by 销号, and a candidate
that was none by 误判. Nothing skips acceptance.
"""

from __future__ import annotations

from datetime import date

from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.tables.slope_moves import SLOPE_MOVES

SUSPECTED, VERIFIED, MISTAKEN = "suspected", "verified", "mistaken"
APPROVED, WORKING, WAITING = "approved", "working", "waiting"
PASSED, MENDING, TENDING, CLOSED = "passed", "mending", "tending", "closed"
NATURAL = "natural"

NAMES = {
    SUSPECTED: "疑似",
    VERIFIED: "已核实",
    MISTAKEN: "误判",
    APPROVED: "已立项",
    WORKING: "施工",
    WAITING: "待验收",
    PASSED: "验收合格",
    MENDING: "整改",
    TENDING: "管护期",
    CLOSED: "销号",
    NATURAL: "自然恢复",
}
"""Status code → its Chinese name, as registers write it."""

MOVES = SLOPE_MOVES
"""Legal moves; a closed or mistaken site may only be suspected anew."""

ALIASES = {
    "疑似图斑": SUSPECTED,
    "核实": VERIFIED,
    "立项": APPROVED,
    "施工中": WORKING,
    "在建": WORKING,
    "合格": PASSED,
    "验收": PASSED,
    "管护": TENDING,
    "养护": TENDING,
    "已销号": CLOSED,
    "完成": CLOSED,
    "封育": NATURAL,
    **{name: code for code, name in NAMES.items()},
    **{code: code for code in NAMES},
}
"""How registers write a status."""

GREEN = (PASSED, TENDING, CLOSED)
"""Statuses of sites that count as green."""

NOT_DUE = (SUSPECTED, MISTAKEN)
"""Statuses of sites that are not (yet) to be greened."""


def status_of(written: str) -> str:
    """Give the status that a register means.

    Raises:
        InputError: No such status is known.
    """
    found = ALIASES.get(str(written).strip())
    if found is None:
        raise InputError(
            "Status {written} is not known; use one of {known}.",
            written=written,
            known="、".join(NAMES.values()),
        )
    return found


def move(current: str, following: str) -> str:
    """Change a status if that is legal.

    Raises:
        InputError: The move is not allowed; the sentence names those that are.
    """
    if following == current:
        return current
    if following not in MOVES[current]:
        raise InputError(
            "A site cannot go from {current} to {following}; possible: {possible}.",
            current=NAMES[current],
            following=NAMES.get(following, following),
            possible="、".join(NAMES[m] for m in MOVES[current]),
        )
    return following


def months_after(day: date, months: int) -> date:
    """Give the same day some months later, the last of the month where it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def checks_due(accepted: date, months: tuple[int, ...], done: int, today: date) -> list[date]:
    """Give the dates of checks after acceptance that are due by today and not done.

    Args:
        accepted: Day of acceptance.
        months: Months after acceptance at which a check is due, ascending.
        done: How many checks have been made.
        today: The day asked for.
    """
    dates = [months_after(accepted, m) for m in months]
    return [day for day in dates[done:] if day <= today]
