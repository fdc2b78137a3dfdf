"""A month as the workspace keeps it, for the notice: figures, names, events, correction."""

from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd

from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.patrols.clock import Clock, day_number
from linzhang_plugin.core.patrols.events import event_times, timeliness
from linzhang_plugin.core.patrols.notice_form import NoticeOptions
from linzhang_plugin.core.patrols.objections import correction_text, upheld
from linzhang_plugin.core.patrols.readers.times import NO_TIME
from linzhang_plugin.workspace.patrol_results import issued_months, read_month
from linzhang_plugin.workspace.store import Workspace

GOALS = ("online", "daily", "qualified")
Issue = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame | None, NoticeOptions]


def read_issue(workspace: Workspace, options: NoticeOptions, revision: int | None) -> Issue:
    """Give attendance, rates, the rates of the month before, and options filled in.

    Raises:
        InputError: The workspace has no results of that month or correction.
    """
    months = issued_months(workspace)
    if not months:
        raise InputError(
            tr("The workspace has no results of {month}; run Adopt patrol results first."),
            month=options.month or "-",
        )
    month = options.month or months[-1]
    found = read_month(workspace, month, revision)
    earlier = [name for name in months if name < month]
    before = read_month(workspace, earlier[-1]).table if earlier else None
    made_on = found.notice["made_on"]
    parameters = json.loads(str(found.notice["parameters"]))
    reason = options.correction or _reason(workspace, month, found.revision, options.public)
    options = replace(
        options,
        month=month,
        county=options.county or str(workspace.info.get("county_name") or ""),
        date=options.date or (made_on if isinstance(made_on, str) else ""),
        revision=found.revision,
        correction=reason,
        rules=str(parameters.get("title_zh") or found.notice["rules"]),
        sample=workspace.sample,
        goals={f"{name}_percent": float(parameters.get(f"goal_{name}") or 0) for name in GOALS},
    )
    return found.attended, found.table, before, options


def _reason(workspace: Workspace, month: str, revision: int, public: bool) -> str:
    """Give 更正说明 of a correction; the public edition names no case."""
    if not revision:
        return ""
    register = workspace.read("objection", {"month": month, "revision": revision})
    return correction_text(upheld(register, month), revision, public)


def town_names(workspace: Workspace) -> dict[str, str]:
    """Give the names of units by code."""
    units = workspace.read("admin_unit")
    return dict(zip(units["unit_code"].astype(str), units["unit_name"].astype(str), strict=True))


def month_of_events(workspace: Workspace, month: str, date: str) -> pd.DataFrame | None:
    """Give the timeliness of a month's events on the day of signing, None without events."""
    events, clock = pd.DataFrame(workspace.read("event")), Clock()
    if not len(events):
        return None
    found = event_times(events, clock)["found"].to_numpy()
    local = clock.local(found).astype("datetime64[ms]").astype("datetime64[M]").astype(str)
    own = events[(local == month) & (found != NO_TIME)]
    if not len(own):
        return None
    following = pd.Period(month, "M").asfreq("D", how="end")
    day = date or str(following)
    as_of = int(clock.utc((day_number(day) + 1) * 86_400_000)) - 1
    return timeliness(own, clock, as_of)
