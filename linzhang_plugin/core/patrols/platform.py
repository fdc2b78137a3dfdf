"""The platform's totals (平台数据) where no trace was handed over: judged by the same rules."""

from __future__ import annotations

import pandas as pd

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.patrols.attendance import SOURCE_PLATFORM
from linzhang_plugin.core.patrols.judgement import SOURCE_TRACE
from linzhang_plugin.core.patrols.rules import PatrolRules


def with_platform(days: pd.DataFrame, platform: pd.DataFrame, rules: PatrolRules) -> pd.DataFrame:
    """Add the platform's days on which a person has no trace of our own.

    Where both know a day ours decides: its figures can be traced to the fixes. The place of a
    platform day cannot be judged; time and way are.

    Args:
        days: Judged days.
        platform: ``person_id, day, minutes, km``.
        rules: The county's.

    Returns:
        Days in the order of person and day, each with its ``source``.
    """
    own = days if "source" in days.columns else days.assign(source=SOURCE_TRACE)
    if not rules.platform_counts or not len(platform):
        return own
    known = set(zip(own["person_id"].astype(str), own["day"].astype(str), strict=True))
    rows = []
    columns = ("person_id", "day", "minutes", "km")
    for person, day, minutes, km in zip(*(platform[c].tolist() for c in columns), strict=True):
        date = str(day)[:10]
        if (str(person), date) not in known:
            reasons = _reasons(minutes, km, rules)
            rows.append(
                {
                    "person_id": str(person),
                    "day": date,
                    "n_patrols": 0,
                    "minutes": minutes,
                    "km": km,
                    "in_grid_min": None,
                    "valid": not reasons,
                    "reasons": reasons,
                    "source": SOURCE_PLATFORM,
                }
            )
    if not rows:
        return own
    added = pd.DataFrame(rows, columns=own.columns)
    both = added if not len(own) else pd.concat([own, added], ignore_index=True)
    whole = both.sort_values(["person_id", "day"], kind="stable")
    return whole.assign(valid=whole["valid"].astype(bool)).reset_index(drop=True)


def _reasons(minutes: float | None, km: float | None, rules: PatrolRules) -> list[Message]:
    out = []
    time = 0.0 if minutes is None or minutes != minutes else float(minutes)
    least = max(rules.min_minutes, rules.min_minutes_in_grid)
    if time < least:
        values = {"minutes": f"{time:.0f}", "least": f"{least:g}"}
        out.append(Message("{minutes} of the {least} minutes required (platform).", values))
    way = max(rules.min_km, rules.min_km_in_grid)
    have = 0.0 if km is None or km != km else float(km)
    if way > 0 and have < way:
        values = {"km": f"{have:.2f}", "least": f"{way:g}"}
        out.append(Message("{km} of the {least} km required (platform).", values))
    return out
