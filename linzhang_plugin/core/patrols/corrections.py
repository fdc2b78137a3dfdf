"""What a numbered correction changes, person by person."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from linzhang_plugin.core.patrols.objections import Objection

FIGURES = ("days_required", "days_valid", "met")


def changes(
    before: pd.DataFrame, after: pd.DataFrame, objections: Sequence[Objection], month: str
) -> pd.DataFrame:
    """Put the figures of the persons who objected beside each other.

    Args:
        before: Attendance of the month as issued last: ``person_id`` and FIGURES.
        after: The same as corrected, with ``name`` and ``town_code``.
        objections: What was upheld.
        month: ``2025-03``.

    Returns:
        The table ``correction``.
    """
    earlier = before.set_index("person_id")
    rows = []
    for row in after.sort_values("person_id", kind="stable").to_dict("records"):
        person = str(row["person_id"])
        numbers = [one.number for one in objections if one.person == person]
        if not numbers or person not in earlier.index:
            continue
        old = earlier.loc[person]
        rows.append(
            {
                "person_id": person,
                "name": row.get("name"),
                "town_code": row.get("town_code"),
                "month": month,
                "required_before": int(old["days_required"]),
                "required_after": int(row["days_required"]),
                "valid_before": int(old["days_valid"]),
                "valid_after": int(row["days_valid"]),
                "met_before": bool(old["met"]),
                "met_after": bool(row["met"]),
                "objections": "、".join(numbers),
            }
        )
    names = [
        "person_id", "name", "town_code", "month", "required_before", "required_after",
        "valid_before", "valid_after", "met_before", "met_after", "objections",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=names)


def moved_since(stored: pd.DataFrame, again: pd.DataFrame) -> list[str]:
    """Give the persons whose figures of a month come out otherwise than they were stored.

    Roster or days off were then changed after the notice; a correction must not hide that.
    """
    left = _figures(stored)
    right = _figures(again)
    return sorted(p for p in set(left) | set(right) if left.get(p) != right.get(p))


def _figures(table: pd.DataFrame) -> dict[str, tuple[int, int, bool]]:
    columns = (table[name].tolist() for name in ("person_id", *FIGURES))
    return {str(p): (int(r), int(v), bool(m)) for p, r, v, m in zip(*columns, strict=True)}
