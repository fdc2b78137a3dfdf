"""Parameters that patrol algorithms share: rules, time zone, period."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from qgis.core import QgsProcessingParameterNumber, QgsProcessingParameterString

from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.patrols.clock import CHINA, Clock, day_number
from linzhang_plugin.core.patrols.fixes import Fixes
from linzhang_plugin.core.patrols.rules import PatrolRules, patrol_rules
from linzhang_plugin.core.tables.rules import RuleSet, load_rules, parse, shipped_names
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.patrols.countybook import stored_rules

GROUP = tr("Patrols")
DEFAULT_RULES = "patrol_zhanggong2021"


def add_clock(algorithm: LinzhangAlgorithm) -> None:
    """Add TIMEZONE."""
    algorithm.add(
        QgsProcessingParameterString("TIMEZONE", translate(tr("Time zone")), CHINA, False, True),
        tr("Zone of times that name none, and of the local days: Asia/Shanghai or UTC+8."),
        advanced=True,
    )


def add_rules(algorithm: LinzhangAlgorithm, default: str = DEFAULT_RULES) -> None:
    """Add RULES."""
    algorithm.add(
        QgsProcessingParameterString("RULES", translate(tr("Rule set")), default, False, True),
        tr(
            "Name of a shipped rule set (zhanggong2021, xinhuang, dachuan, distance, tenday),"
            " a JSON file, or a set stored in the workspace."
        ),
    )


def add_gap(algorithm: LinzhangAlgorithm) -> None:
    """Add GAP_MINUTES."""
    kind = QgsProcessingParameterNumber.Type.Double
    algorithm.add(
        QgsProcessingParameterNumber(
            "GAP_MINUTES",
            translate(tr("A longer gap ends a patrol (minutes)")),
            kind,
            None,
            True,
            0.1,
        ),
        tr("Empty: as the rule set says."),
    )


def add_period(algorithm: LinzhangAlgorithm, hint: str = "") -> None:
    """Add PERIOD_START and PERIOD_END."""
    for name, title in (
        ("PERIOD_START", tr("First day of the period")),
        ("PERIOD_END", tr("Last day of the period")),
    ):
        algorithm.add(
            QgsProcessingParameterString(name, translate(title), "", False, True),
            hint
            or tr(
                "Like 2025-03-01; empty: the whole months of the traces. Needed where the traces"
                " are those of the workspace."
            ),
        )


def rules_of(call: Call) -> PatrolRules:
    """Give the rule set that RULES names, with GAP_MINUTES in its place where given."""
    found = named_rules(call, call.text("RULES") or DEFAULT_RULES, "patrol_", "patrols")
    rules = patrol_rules({**found.parameters, "name": found.zh})
    gap = call.number("GAP_MINUTES") if call.algorithm.parameterDefinition("GAP_MINUTES") else None
    return rules if gap is None else replace(rules, gap_minutes=gap)


def named_rules(call: Call, wanted: str, prefix: str, kind: str) -> RuleSet:
    """Find a rule set: stored in the workspace first, then shipped, then a file.

    Args:
        call: The run; WORKSPACE or the open project's is looked into.
        wanted: Name with or without its prefix, Chinese title, or path of a JSON file.
        prefix: What the names of this room begin with.
        kind: The room.

    Raises:
        InputError: There is no such set.
    """
    stored = stored_rules(call)
    for name in (wanted, f"{prefix}{wanted}"):
        if name in stored:
            return load_rules(name, kind, stored)
    for name, text in sorted(stored.items()):
        found = parse(text, name)
        if wanted in (found.zh, found.en) and found.kind in ("", kind):
            return found
    if f"{prefix}{wanted}" in shipped_names():
        wanted = f"{prefix}{wanted}"
    return load_rules(wanted, kind, stored)


def clock_of(call: Call) -> Clock:
    """Give the clock of TIMEZONE."""
    return Clock(call.text("TIMEZONE") or CHINA)


def period_of(call: Call, fixes: Fixes, clock: Clock) -> tuple[int, int]:
    """Give the first and last day: as asked, else the whole months that the fixes touch.

    Raises:
        InputError: The period ends before it begins.
    """
    start, end = call.text("PERIOD_START"), call.text("PERIOD_END")
    days = clock.day(fixes.time) if len(fixes) else None
    if not start:
        start = _month(int(days.min()), 0) if days is not None else "2000-01-01"
    if not end:
        end = _month(int(days.max()), 1) if days is not None else "2000-01-01"
    first, last = day_number(start), day_number(end)
    if last < first:
        raise InputError(
            tr("The period ends ({end}) before it begins ({start}); swap the two."),
            start=start,
            end=end,
        )
    return first, last


def _month(day: int, later: int) -> str:
    month = np.datetime64(day, "D").astype("datetime64[M]") + later
    return str(month.astype("datetime64[D]") - later)
