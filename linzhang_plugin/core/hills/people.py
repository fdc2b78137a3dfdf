"""Who answers for the grids on the day of the list, and which of the names may be published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.tables.intake.typed import YES

OPEN_END = "9999-12-31"
"""End of an assignment that has none."""


@dataclass(frozen=True, eq=False)
class People:
    """Who answers for the grids.

    Attributes:
        persons: person_id, name and, where known, publish_agreed.
        assignments: Those in force.
        duties: Rows of ``people_duty``, None for none.
        key_places: Rows of ``hill_duty``, None for none.
        stands: Stands, None for none.
        phones: Phone by person.
        appeals: Rows of ``appeal``, None for none.
    """

    persons: pd.DataFrame
    assignments: pd.DataFrame
    duties: pd.DataFrame | None = None
    key_places: pd.DataFrame | None = None
    stands: gpd.GeoDataFrame | None = None
    phones: Mapping[str, str] | None = None
    appeals: pd.DataFrame | None = None


def list_day(text: str, year: int | None, today: date) -> str:
    """Give the ISO day of a list: as asked, else today or the year's nearest day to it.

    Raises:
        InputError: The text is no date.
    """
    if text:
        try:
            return date.fromisoformat(text[:10]).isoformat()
        except ValueError as error:
            raise InputError(
                tr("AS_OF {text} is no date; write it as 2024-03-15."), text=text
            ) from error
    if year is None or today.year == year:
        return today.isoformat()
    return f"{year}-12-31" if today.year > year else f"{year}-01-01"


def of_year(rows: pd.DataFrame, year: int) -> npt.NDArray[np.bool_]:
    """Tell which rows are of a year, also where a CSV has it as text."""
    return np.asarray(pd.to_numeric(rows["grid_year"], errors="coerce") == year)


def in_force(assignments: pd.DataFrame, year: int | None, day: str) -> pd.DataFrame:
    """Give the assignments of a year in force on a day; one without dates always is."""
    if "grid_year" in assignments and year is not None:
        assignments = assignments[of_year(assignments, year)]
    kept = pd.Series(True, index=assignments.index)
    if "start_on" in assignments:
        kept &= assignments["start_on"].map(lambda d: _iso(d, "")) <= day
    if "end_on" in assignments:
        kept &= assignments["end_on"].map(lambda d: _iso(d, OPEN_END)) >= day
    return assignments[kept].reset_index(drop=True)


def _iso(value: Any, empty: str) -> str:
    """Give a day as text, whatever the layer has it as."""
    if value is None or value != value or value == "":
        return empty
    return value.isoformat()[:10] if hasattr(value, "isoformat") else str(value)[:10]


def persons_of_grids(grids: pd.DataFrame) -> pd.DataFrame:
    """Give the persons that the grids themselves name, as ``person_id, name``."""
    if "ranger_name" not in grids or "ranger_id" not in grids:
        return pd.DataFrame({"person_id": [], "name": []})
    named = grids[grids["ranger_id"].notna()]
    persons = named[["ranger_id", "ranger_name"]].drop_duplicates("ranger_id")
    return persons.set_axis(["person_id", "name"], axis=1)


def assignments_of_grids(grids: pd.DataFrame) -> pd.DataFrame:
    """Give the rangers that the grids themselves name, as assignments."""
    held = grids[grids["ranger_id"].notna()] if "ranger_id" in grids else grids.iloc[:0]
    return pd.DataFrame(
        {"grid_code": held["grid_code"], "person_id": held.get("ranger_id", []), "duty": "ranger"}
    )


def earlier_duties(every: pd.DataFrame, year: int | None) -> tuple[pd.DataFrame, int | None]:
    """Give the rows of ``people_duty`` to be shown: of a year without any, the last ones before.

    Returns:
        The rows, and the earlier year that they are of; None where no earlier year stands in.
    """
    if not len(every) or year is None or (every["grid_year"] == year).any():
        return every, None
    earlier = every[every["grid_year"] < year]
    if not len(earlier):
        return earlier, None
    last = int(earlier["grid_year"].max())
    return earlier[earlier["grid_year"] == last], last


def duties_of_year(duties: pd.DataFrame | None, year: int | None) -> pd.DataFrame | None:
    """Give the counts of a year; where there are none of it, all of them are shown as its."""
    if duties is None or "grid_year" not in duties or year is None:
        return duties
    own = duties[of_year(duties, year)]
    return own if len(own) else duties.assign(grid_year=year)


def phones_of_grids(people: People) -> dict[str, str]:
    """Give the phones of each grid's rangers, joined by 、."""
    phones = people.phones or {}
    made: dict[str, str] = {}
    rangers = people.assignments[people.assignments["duty"] == "ranger"]
    for code, who in zip(rangers["grid_code"], rangers["person_id"], strict=True):
        phone = phones.get(who)
        if isinstance(phone, str):
            made[code] = f"{made[code]}、{phone}" if code in made else phone
    return made


def hidden_names(persons: pd.DataFrame) -> frozenset[str]:
    """Give the names whose publication is not agreed to; forest chiefs are public by office."""
    if "publish_agreed" not in persons:
        return frozenset()
    agreed = [_agreed(a) for a in persons["publish_agreed"]]
    chief = [r == "chief" for r in persons.get("role", [""] * len(persons))]
    own = [not a and not c for a, c in zip(agreed, chief, strict=True)]
    return frozenset(str(n) for n in persons.loc[own, "name"])


def _agreed(value: Any) -> bool:
    """Tell whether a cell says yes; what is empty or in doubt is no consent."""
    if isinstance(value, str):
        return value.strip().lower() in YES
    return not pd.isna(value) and bool(value)
