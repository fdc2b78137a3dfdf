"""Days on which nothing is required: EXEMPT_DAYS, a layer ABSENCES, the workspace's register."""

from __future__ import annotations

import pandas as pd

from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.patrols.absences import reason_code
from linzhang_plugin.core.patrols.attendance import Absence
from linzhang_plugin.core.patrols.clock import day_number
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.patrols.countybook import CountyBook


def absences_of(call: Call, book: CountyBook | None) -> list[Absence]:
    """Give all absences that a run knows of.

    Raises:
        InputError: A day cannot be read, or ABSENCES lacks its fields.
    """
    table = call.frame("ABSENCES", needs_crs=False)
    if table is None and book is not None:
        table = book.table("absence")
    found = exempt_days(call.text("EXEMPT_DAYS"))
    return found if table is None else found + listed(pd.DataFrame(table))


def exempt_days(text: str) -> list[Absence]:
    """Read ``2025-03-04, 2025-03-10..2025-03-12``."""
    found = []
    for word in text.replace("，", ",").replace("、", ",").replace(";", ",").split(","):
        if word.strip():
            first, _, last = word.partition("..")
            found.append(Absence(day_number(first), day_number(last or first)))
    return found


def listed(table: pd.DataFrame) -> list[Absence]:
    """Read a table of absences.

    Raises:
        InputError: It has no field first_day, or a day cannot be read.
    """
    if "first_day" not in table.columns:
        raise InputError(
            tr("ABSENCES has no field first_day; it needs person_id, first_day, last_day, reason.")
        )
    found = []
    for row in table.to_dict("records"):
        first = _word(row["first_day"])
        if first:
            found.append(
                Absence(
                    day_number(first),
                    day_number(_word(row.get("last_day")) or first),
                    _word(row.get("person_id")),
                    _word(row.get("town_code")),
                    reason_code(_word(row.get("reason")), bool(_word(row.get("person_id")))),
                )
            )
    return found


def _word(value: object) -> str:
    return "" if pd.isna(value) else str(value).strip()
