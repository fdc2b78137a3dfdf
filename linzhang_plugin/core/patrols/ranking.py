"""Scores of rangers by weighted items that sum to 100, rewards and penalties apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from linzhang_plugin.core.messages import InputError, Message, tr

ITEMS = ("attendance", "hours", "coverage", "events", "fire", "records")


@dataclass(frozen=True)
class RankingRules:
    """Weights of the items and points for single deeds.

    Attributes:
        weights: Points of each item, summing to 100.
        full_hours: Valid hours a month that earn all points of ``hours``.
        points: Points by kind of reward (positive) or penalty (negative).
    """

    weights: Mapping[str, float] = field(
        default_factory=lambda: {
            "attendance": 30.0, "hours": 15.0, "coverage": 15.0,
            "events": 15.0, "fire": 15.0, "records": 10.0,
        }
    )  # fmt: skip
    full_hours: float = 40.0
    points: Mapping[str, float] = field(default_factory=dict)


def ranking_rules(given: Mapping[str, object]) -> RankingRules:
    """Make rules from a rule set's parameters (``weights``, ``full_hours``, ``points``).

    Raises:
        InputError: An item is unknown, or the weights do not sum to 100.
    """
    weights = given.get("weights", RankingRules().weights)
    points = given.get("points", {})
    if not isinstance(weights, Mapping) or not isinstance(points, Mapping):
        raise InputError(tr("weights and points of a ranking rule set must be objects."))
    unknown = sorted(set(weights) - set(ITEMS))
    if unknown:
        raise InputError(
            tr("Item {item} is not known; known are {known}."),
            item=unknown[0],
            known=", ".join(ITEMS),
        )
    total = sum(float(w) for w in weights.values())
    if abs(total - 100.0) > 1e-6:
        raise InputError(tr("The weights sum to {total}, not to 100; correct them."), total=total)
    full = given.get("full_hours", 40.0)
    return RankingRules(
        {item: float(weights.get(item, 0.0)) for item in ITEMS},
        float(full) if isinstance(full, (int, float)) else 40.0,
        {str(k): float(v) for k, v in points.items()},
    )


@dataclass(frozen=True)
class Deed:
    """A reward or penalty of a person.

    Attributes:
        person: Person id.
        kind: Kind, as in the rules' ``points``; used where ``points`` is None.
        points: Points, positive for a reward.
    """

    person: str
    kind: str
    points: float | None = None


def scores(
    attended: pd.DataFrame,
    rules: RankingRules,
    shares: Mapping[str, Mapping[str, float]],
    deeds: Sequence[Deed] = (),
) -> pd.DataFrame:
    """Rank the rangers of a month.

    An item for which a person has no figure takes no part: its points are shared out over the
    others, so that nobody loses for what the office did not record.

    Args:
        attended: Attendance of one month (person_id, name, town_code, month, percent, minutes).
        rules: Weights and points.
        shares: Figures from 0 to 1 by item (coverage, events, fire, records), then by person.
        deeds: Rewards and penalties.

    Returns:
        The table ``score``; equal totals share a rank.
    """
    rows = []
    for row in attended.to_dict("records"):
        person = str(row["person_id"])
        figures = {
            "attendance": float(row["percent"]) / 100.0,
            "hours": min(1.0, float(row["minutes"]) / 60.0 / rules.full_hours),
        }
        for item in ITEMS[2:]:
            value = shares.get(item, {}).get(person)
            if value is not None and value == value:
                figures[item] = min(1.0, max(0.0, float(value)))
        rows.append(_row(row, person, figures, rules, deeds))
    names = ["person_id", "name", "town_code", "month", *[f"{i}_score" for i in ITEMS]]
    table = pd.DataFrame(rows, columns=[*names, "adjusted", "total", "reasons"])
    order = table["total"].round(6)
    table["rank"] = order.rank(method="min", ascending=False).astype("int64")
    return table.sort_values(["rank", "person_id"], kind="stable").reset_index(drop=True)


def _row(
    row: Mapping[str, object],
    person: str,
    figures: Mapping[str, float],
    rules: RankingRules,
    deeds: Sequence[Deed],
) -> tuple[object, ...]:
    known = sum(rules.weights[item] for item in figures)
    scale = 100.0 / known if known else 0.0
    points = {item: rules.weights[item] * scale * value for item, value in figures.items()}
    reasons = []
    adjusted = 0.0
    for deed in sorted((d for d in deeds if d.person == person), key=lambda d: d.kind):
        value = rules.points.get(deed.kind, 0.0) if deed.points is None else deed.points
        adjusted += value
        reasons.append(Message("{kind}: {points}", {"kind": deed.kind, "points": f"{value:+g}"}))
    missing = [item for item in ITEMS if item not in figures and rules.weights[item]]
    if missing:
        told = {"items": ", ".join(missing)}
        reasons.append(Message("No figures for: {items}; their weight was shared out.", told))
    total = max(0.0, min(100.0, sum(points.values()) + adjusted))
    return (
        person, row.get("name"), row.get("town_code"), row.get("month"),
        *[points.get(item) for item in ITEMS], adjusted, total, reasons,
    )  # fmt: skip
