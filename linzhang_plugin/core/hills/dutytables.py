"""The tables of 包山包人: hill × grid × people, what is missing, and the list as printed."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from linzhang_plugin.core.hills.dutylist import duty_list, published, stands_of_rows
from linzhang_plugin.core.hills.people import People, hidden_names, phones_of_grids
from linzhang_plugin.core.hills.responsibility import MISSING, hill_responsibility

PUBLISHED_ON_CONSENT = ("ranger", "assistants", "supervisor")
"""Columns of names that the public edition shows only where the person agreed."""


@dataclass(frozen=True, eq=False)
class DutyTables:
    """What the office gets.

    Attributes:
        rows: Rows of :data:`linzhang_plugin.core.hills.tables.RESPONSIBILITY`.
        orphans: Rows of :data:`linzhang_plugin.core.hills.tables.ORPHANS`.
        listed: Rows of :data:`linzhang_plugin.core.hills.tables.DUTY_LIST`.
    """

    rows: pd.DataFrame
    orphans: gpd.GeoDataFrame
    listed: pd.DataFrame


def duty_tables(
    hills: gpd.GeoDataFrame, grids: gpd.GeoDataFrame, people: People, public: bool
) -> DutyTables:
    """Cut the hills by the grids and look their people up.

    Where the assignments hold any chief or supervisor, each grid must have all of them.

    Args:
        hills: ``hill_id``, ``hill_name`` and polygons.
        grids: ``grid_code`` and polygons of one year, same CRS (m).
        people: Who answers for the grids.
        public: Leave out phones, stands and names whose publication was not agreed to.

    Raises:
        InputError: The CRSs differ.
    """
    beyond_rangers = bool(set(people.assignments["duty"]) & set(MISSING))
    needed = tuple(MISSING) if beyond_rangers else ()
    made = hill_responsibility(hills, grids, people.assignments, people.persons, needed)
    hidden = hidden_names(people.persons)
    listed = duty_list(
        _with_places(made.rows, hills, grids, people), grids, people.duties,
        phones_of_grids(people), hidden, public,
    )  # fmt: skip
    return DutyTables(_masked(made.rows, hidden) if public else made.rows, made.orphans, listed)


def _with_places(
    rows: pd.DataFrame, hills: gpd.GeoDataFrame, grids: gpd.GeoDataFrame, people: People
) -> pd.DataFrame:
    """Add stands and key places to the rows, where they are known."""
    made = rows.assign(stands=None, key_places=None)
    if people.stands is not None and len(people.stands):
        named = stands_of_rows(made, hills, grids, people.stands.to_crs(hills.crs))
        made["stands"] = pd.Series(named, index=made.index, dtype=object)
    if people.key_places is not None and len(people.key_places):
        known = people.key_places.set_index(["grid_code", "hill_id"])["key_places"].to_dict()
        told = [known.get(k) for k in zip(made["grid_code"], made["hill_id"], strict=True)]
        made["key_places"] = pd.Series(told, index=made.index, dtype=object)
    return made


def _masked(rows: pd.DataFrame, hidden: frozenset[str]) -> pd.DataFrame:
    """Leave out the names not agreed to."""
    made = rows.copy()
    for column in PUBLISHED_ON_CONSENT:
        cells = [published(v, hidden) if isinstance(v, str) else None for v in rows[column]]
        made[column] = pd.Series(cells, index=rows.index, dtype=object)
    return made
