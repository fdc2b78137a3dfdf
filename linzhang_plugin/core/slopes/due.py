"""Which checks after acceptance are due: at 3, 12 and 36 months, or as the rules say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.slopes.evidence import Limits, done_check
from linzhang_plugin.core.slopes.lifecycle import GREEN, NAMES, months_after, status_of
from linzhang_plugin.core.slopes.moves import checks_by_site, day_of, filled

DONE, OVERDUE, DUE, AHEAD, UNKNOWN = "已完成", "已逾期", "本期应检", "未到期", "缺验收日期"
"""State of a check, as the table says it."""

COPIED = ("site_name", "town_code", "village_code", "resp_unit", "area_mu")


def due_checks(
    sites: pd.DataFrame,
    checks: pd.DataFrame,
    limits: Limits,
    as_of: date,
    ahead_days: int = 30,
    everything: bool = False,
) -> pd.DataFrame:
    """List the checks of accepted and tended sites, the longest overdue first.

    A check is overdue from the day after its due day; it is due in this period when its day is
    within ``ahead_days``. A check counts as done when it was made by ``as_of``.

    Args:
        sites: Rows of ``bare_slope``: ``site_code``, ``status``, ``accepted_on`` and more.
        checks: Rows of ``bare_slope_check``.
        limits: Months of the checks, and what they must reach.
        as_of: The day asked for.
        ahead_days: How far ahead a check is told.
        everything: Also list what is done and what is not due yet.

    Returns:
        Rows of :data:`linzhang_plugin.core.slopes.tables.DUE`.
    """
    by_site = checks_by_site(checks)
    rows: list[dict[str, Any]] = []
    for site in sites.to_dict("records"):
        status = status_of(str(site["status"]))
        if status not in GREEN or (status == GREEN[-1] and not everything):
            continue
        base: dict[str, Any] = {c: site.get(c) if filled(site.get(c)) else None for c in COPIED}
        base = dict.fromkeys(COLUMNS) | base
        base |= {"site_code": str(site["site_code"]), "status": NAMES[status]}
        accepted = day_of(site.get("accepted_on"))
        if accepted is None:
            text = Message(tr("The day of acceptance is not recorded; enter it."))
            rows.append({**base, "state": UNKNOWN, "days_overdue": None, "text": text})
            continue
        own = [c for c in by_site.get(base["site_code"], []) if c.on <= as_of]
        material = str(site["material"]) if filled(site.get("material")) else None
        base["accepted_on"] = accepted.isoformat()
        for months in limits.months:
            due = months_after(accepted, months)
            done = done_check(own, accepted, months)
            late = (as_of - due).days
            state = DONE if done else OVERDUE if late > 0 else DUE if late >= -ahead_days else AHEAD
            if state in (DONE, AHEAD) and not everything:
                continue
            rows.append(
                {
                    **base,
                    "kind": f"month_{months}",
                    "due_on": due.isoformat(),
                    "days_overdue": late if state == OVERDUE else 0,
                    "done_on": done.on.isoformat() if done else None,
                    "passed": limits.passes(done, material) if done else None,
                    "state": state,
                    "text": _said(state, months, due, late),
                }
            )
    order = {OVERDUE: 0, UNKNOWN: 1, DUE: 2, AHEAD: 3, DONE: 4}
    rows.sort(key=lambda r: (order[r["state"]], r.get("due_on") or "", r["site_code"]))
    return pd.DataFrame(rows, columns=COLUMNS, dtype=object)


COLUMNS = ["site_code", *COPIED, "status", "accepted_on", "kind", "due_on", "days_overdue",
           "done_on", "passed", "state", "text"]  # fmt: skip


def _said(state: str, months: int, due: date, late: int) -> Message:
    values: Mapping[str, Any] = {"months": months, "day": due.isoformat(), "late": late}
    if state == OVERDUE:
        text = tr("The check after {months} months was due on {day}: {late} days overdue.")
        return Message(text, dict(values))
    if state == DONE:
        return Message(tr("The check after {months} months is made."), dict(values))
    return Message(tr("The check after {months} months is due on {day}."), dict(values))
