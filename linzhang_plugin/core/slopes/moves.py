"""Moving sites through their life: legal moves only, each with its proof, all of them kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.slopes import lifecycle as life
from linzhang_plugin.core.slopes.evidence import ACCEPTANCE, Case, Check, Limits, Move, missing
from linzhang_plugin.core.slopes.evidence import last_check as last_check_of
from linzhang_plugin.core.tables.intake.findings import Finding

SITE_FACTS = ("measure", "resp_unit", "budget_wan", "plan_end", "owner_status", "hazard")
"""Columns of the site that a move may bring along."""
MOVE_FACTS = ("document", "photo", "reason")


@dataclass(frozen=True, eq=False)
class Moved:
    """What came of the wishes.

    Attributes:
        sites: ``site_code``, ``status``, ``accepted_on`` and the facts of every site that moved.
        moves: New rows of ``bare_slope_move``.
        findings: Refused rows with the reason.
    """

    sites: pd.DataFrame
    moves: pd.DataFrame
    findings: list[Finding]


def filled(value: Any) -> bool:
    """Tell whether a cell holds something."""
    return value is not None and not pd.isna(value) and bool(str(value).strip())


def day_of(value: Any) -> date | None:
    """Read an ISO day, None for an empty or odd one."""
    try:
        return date.fromisoformat(str(value)[:10]) if filled(value) else None
    except ValueError:
        return None


def checks_by_site(checks: pd.DataFrame) -> dict[str, list[Check]]:
    """Give the rows of ``bare_slope_check`` by site."""
    made: dict[str, list[Check]] = {}
    for row in checks.to_dict("records"):
        on = day_of(row.get("check_on"))
        if on is None:
            continue
        passed = row.get("passed")
        check = Check(
            on,
            str(row["kind"]),
            bool(passed) if filled(passed) else None,
            *(float(row[c]) if filled(row.get(c)) else None for c in ("cover_pct", "survival_pct")),
        )
        made.setdefault(str(row["site_code"]), []).append(check)
    return made


def move_sites(
    sites: pd.DataFrame,
    wishes: pd.DataFrame,
    checks: pd.DataFrame,
    moves: pd.DataFrame,
    limits: Limits,
    today: date,
) -> Moved:
    """Move sites one wish after the other, by day; a wish without its proof is refused.

    Args:
        sites: Rows of ``bare_slope``.
        wishes: ``row`` (number in the file), ``site_code``, ``status``, ``moved_on``,
            ``moved_by`` and any of the facts.
        checks: Rows of ``bare_slope_check``.
        moves: Rows of ``bare_slope_move`` so far.
        limits: What checks must reach.
        today: No move lies after it.
    """
    known = {str(r["site_code"]): dict(r) for r in sites.to_dict("records")}
    history = _history(moves)
    by_site = checks_by_site(checks)
    made: list[dict[str, Any]] = []
    findings: list[Finding] = []
    touched: dict[str, dict[str, Any]] = {}
    ordered = wishes.assign(_day=[str(v or "") for v in wishes["moved_on"]])
    for wish in ordered.sort_values("_day", kind="stable").to_dict("records"):
        code = str(wish["site_code"])
        try:
            row = _one(wish, known, history.get(code, (0, None)), by_site.get(code, []), limits,
                       today)  # fmt: skip
        except InputError as error:
            findings.append(Finding(int(wish["row"]), code, "refused", error.message))
            continue
        made.append(row)
        history[code] = (row["move_no"], day_of(row["moved_on"]))
        touched[code] = known[code]
    findings.sort(key=lambda f: f.row)
    columns = ["site_code", "status", "accepted_on", *SITE_FACTS]
    rows = [{c: site.get(c) for c in columns} for site in touched.values()]
    return Moved(
        pd.DataFrame(rows, columns=columns, dtype=object),
        pd.DataFrame(
            made,
            columns=["site_code", "move_no", "moved_on", "from_status", "to_status", "moved_by",
                     *MOVE_FACTS],
            dtype=object,
        ),
        findings,
    )  # fmt: skip


def _history(moves: pd.DataFrame) -> dict[str, tuple[int, date | None]]:
    """Give each site's last move: its number and day."""
    made: dict[str, tuple[int, date | None]] = {}
    for row in moves.sort_values("move_no", kind="stable").to_dict("records"):
        made[str(row["site_code"])] = (int(row["move_no"]), day_of(row["moved_on"]))
    return made


def _one(
    wish: Mapping[Any, Any],
    known: dict[str, dict[Any, Any]],
    last: tuple[int, date | None],
    checks: list[Check],
    limits: Limits,
    today: date,
) -> dict[str, Any]:
    """Move one site, in place; give the row of the move.

    Raises:
        InputError: Not known, not legal, not proven, or without day and name.
    """
    code = str(wish["site_code"])
    if code not in known:
        raise InputError(tr("site {code} is not in the register"), code=code)
    site = known[code]
    current = str(site["status"])
    following = life.status_of(str(wish["status"]))
    on = day_of(wish.get("moved_on"))
    if on is None or not filled(wish.get("moved_by")):
        raise InputError(tr("the day of the move and who answers for it are needed"))
    number, before = last
    if on > today or (before is not None and on < before):
        raise InputError(
            tr("the day {day} lies before the last move or after {today}"),
            day=on.isoformat(),
            today=today.isoformat(),
        )
    if following == current:
        raise InputError(tr("the site is already in this status: {status}"),
                         status=life.NAMES[current])  # fmt: skip
    life.move(current, following)
    facts = {c: wish.get(c) for c in (*SITE_FACTS, *MOVE_FACTS)}
    facts |= {c: site.get(c) for c in SITE_FACTS if not filled(facts[c])}
    material = site.get("material") if filled(site.get("material")) else None
    move = Move(following, on, str(wish["moved_by"]), facts)
    case = Case(move, material, day_of(site.get("accepted_on")), before, checks, limits)
    lacking = missing(current, case)
    if lacking:
        raise InputError(
            tr("the move from {current} to {following} lacks {proof}"),
            current=life.NAMES[current],
            following=life.NAMES[following],
            proof=lacking[0],
        )
    site.update({c: facts[c] for c in SITE_FACTS})
    site["status"] = following
    if following == life.PASSED:
        accepted = last_check_of(case, ACCEPTANCE)
        assert accepted is not None
        site["accepted_on"] = accepted.on.isoformat()
    return {
        "site_code": code,
        "move_no": number + 1,
        "moved_on": on.isoformat(),
        "from_status": current,
        "to_status": following,
        "moved_by": move.by,
        **{c: facts[c] if filled(facts[c]) else None for c in MOVE_FACTS},
    }
