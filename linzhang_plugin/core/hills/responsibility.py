"""Who answers for which hill: 山头落到人头.

A hill is shared out by area over the grids that it lies in; each grid's people come from the
assignment table. A hill with ground in no grid, or in a grid without a ranger, is an orphan; a
grid with two full-time rangers is told too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.tables.units import MU_M2
from linzhang_plugin.core.terrain.overlap import common_area

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

DUTIES = {
    "ranger": "ranger",
    "assistant": "assistants",
    "supervisor": "supervisor",
    "village_chief": "village_chief",
    "town_chief": "town_chief",
    "county_chief": "county_chief",
}
"""Duty of the assignment table → column of the list."""

LEAST_SHARE = 0.005
"""Slivers under this share of a hill are drawing noise, not a part of it."""

ORPHAN, VACANT, DOUBLE, INCOMPLETE = "orphan", "vacant", "double", "incomplete"
"""What can be wrong with a hill, the worst first: no grid; no ranger; two; others missing."""
WORST = (ORPHAN, VACANT, DOUBLE, INCOMPLETE)

MISSING: dict[str, str] = {
    "supervisor": tr("Grid {grid} has no supervisor."),
    "village_chief": tr("Grid {grid} has no village chief."),
    "town_chief": tr("Grid {grid} has no town chief."),
    "county_chief": tr("Grid {grid} has no county chief."),
}
"""Duty → the sentence when nobody has it."""


@dataclass(frozen=True, eq=False)
class Responsibility:
    """The list and what is wrong with it.

    Attributes:
        rows: Rows of :data:`linzhang_plugin.core.hills.tables.RESPONSIBILITY`.
        orphans: Rows of :data:`linzhang_plugin.core.hills.tables.ORPHANS`.
    """

    rows: pd.DataFrame
    orphans: gpd.GeoDataFrame


def hill_responsibility(
    hills: gpd.GeoDataFrame,
    grids: gpd.GeoDataFrame,
    assignments: pd.DataFrame,
    persons: pd.DataFrame,
    needed: tuple[str, ...] = (),
) -> Responsibility:
    """Make the list hill × grid × people.

    Args:
        hills: ``hill_id``, ``hill_name`` and polygons.
        grids: ``grid_code`` and polygons of one year, same CRS (m).
        assignments: ``grid_code``, ``person_id``, ``duty`` of that year, active ones only.
        persons: ``person_id``, ``name``.
        needed: Duties besides the ranger's that every grid must have (keys of MISSING).

    Raises:
        InputError: The CRSs differ.
    """
    if hills.crs != grids.crs:
        raise InputError("Hills and grids have different CRSs; reproject one of them.")
    shares = _shares(hills, grids)
    people = _people(assignments, persons)
    rows = shares.merge(people, on="grid_code", how="left")
    names = hills.set_index("hill_id")["hill_name"].to_dict() if "hill_name" in hills else {}
    rows["hill_name"] = [names.get(h) for h in rows["hill_id"]]
    for column in DUTIES.values():
        if column not in rows:
            rows[column] = None
    over = _overlapped(rows)
    told = [_problem(row, needed, over) for row in rows.to_dict("records")]
    rows["kind"] = pd.Series([k for k, _ in told], index=rows.index, dtype=object)
    rows["problem"] = pd.Series([m for _, m in told], index=rows.index, dtype=object)
    return Responsibility(rows, _orphans(hills, rows))


def hill_duties(hills: gpd.GeoDataFrame, grids: gpd.GeoDataFrame, year: int) -> pd.DataFrame:
    """Give the rows of ``hill_duty``: each hill's guarded ground shared out over its grids.

    Shares are of the hill's ground that lies in grids and add up to 1; a hill that no grid
    touches has no row.

    Args:
        hills: ``hill_id`` and polygons.
        grids: ``grid_code`` and polygons of one year, same CRS (m).
        year: The year.
    """
    rows = _shares(hills, grids)
    rows = rows[rows["grid_code"].notna()]
    whole = rows.groupby("hill_id")["area_mu"].transform("sum")
    return pd.DataFrame(
        {
            "grid_code": rows["grid_code"],
            "grid_year": year,
            "hill_id": rows["hill_id"],
            "share": rows["area_mu"] / whole,
        }
    ).reset_index(drop=True)


def _shares(hills: gpd.GeoDataFrame, grids: gpd.GeoDataFrame) -> pd.DataFrame:
    """Cut hills by grids; ground in no grid becomes a row without grid code.

    Slivers get no row; their ground goes to the hill's other pieces, so that shares add up.
    """
    ground, area = hills.geometry.to_numpy(), shapely.area(hills.geometry.to_numpy())
    shapes = grids.geometry.to_numpy()
    hill, grid = shapely.STRtree(shapes).query(ground, predicate="intersects")
    common = common_area(ground[hill], shapes[grid])
    covered = np.bincount(hill, weights=common, minlength=len(hills))
    whole = area - covered <= LEAST_SHARE * area
    keep = common > LEAST_SHARE * area[hill]
    keep |= whole[hill] & (common > 0) & (common == _largest(hill, common, len(hills))[hill])
    hill, grid, common = hill[keep], grid[keep], common[keep]
    guarded = np.where(whole, area, covered)
    kept = np.bincount(hill, weights=common, minlength=len(hills))
    # Where grids lie over each other the pieces are more than the hill: they stay as they are.
    scale = np.divide(guarded, kept, out=np.ones(len(hills)), where=(kept > 0) & (kept < guarded))
    common = common * scale[hill]
    bare = np.flatnonzero(~whole)
    left = area - np.where(kept > 0, covered, 0)
    every = np.concatenate((hill, bare))
    code = np.concatenate((grids["grid_code"].to_numpy()[grid], np.full(len(bare), None)))
    part = np.concatenate((common, left[bare]))
    table = pd.DataFrame(
        {
            "hill_id": hills["hill_id"].to_numpy()[every],
            "grid_code": code,
            "share": part / area[every],
            "area_mu": part / MU_M2,
            "_order": every,
        }
    )
    table = table.sort_values(["_order", "share", "grid_code"], ascending=[True, False, True])
    return table.drop(columns="_order").reset_index(drop=True)


def _largest(owner: Ints, value: Floats, count: int) -> Floats:
    """Give the largest value of each owner, 0 without any."""
    most = np.zeros(count)
    np.maximum.at(most, owner, value)
    return most


def _people(assignments: pd.DataFrame, persons: pd.DataFrame) -> pd.DataFrame:
    """One row a grid, a column a duty, names joined by 、 in the order of their numbers."""
    names = persons.set_index("person_id")["name"].to_dict()
    held: dict[str, dict[str, Any]] = {}
    ordered = assignments.sort_values(["grid_code", "duty", "person_id"])
    for row in ordered[["grid_code", "duty", "person_id"]].itertuples(index=False):
        column = DUTIES.get(row.duty)
        if column is None:
            continue
        duties = held.setdefault(row.grid_code, {"grid_code": row.grid_code, "_rangers": 0})
        name = names.get(row.person_id, row.person_id)
        duties[column] = f"{duties[column]}、{name}" if column in duties else name
        duties["_rangers"] += row.duty == "ranger"
    return pd.DataFrame(list(held.values()), columns=["grid_code", "_rangers", *DUTIES.values()])


def _overlapped(rows: pd.DataFrame) -> set[str]:
    """Give the hills whose shares add up to more than the hill: grids lie over each other."""
    total = rows.groupby("hill_id")["share"].sum()
    return set(total.index[total.to_numpy() > 1 + 2 * LEAST_SHARE])


def _problem(
    row: dict[Any, Any], needed: tuple[str, ...], over: set[str]
) -> tuple[str | None, Message | None]:
    """Say what is missing, if anything: its kind and the sentence."""
    if not isinstance(row["grid_code"], str):
        return ORPHAN, Message("Lies in no grid.")
    values = {"grid": row["grid_code"]}
    if not isinstance(row["ranger"], str):
        return VACANT, Message("Grid {grid} has no ranger.", values)
    if row["_rangers"] > 1:
        return DOUBLE, Message("Grid {grid} has several full-time rangers.", values)
    if row["hill_id"] in over:
        return DOUBLE, Message(tr("Grids lie over each other here; grid {grid} is one."), values)
    for duty in needed:
        if not isinstance(row[DUTIES[duty]], str):
            return INCOMPLETE, Message(MISSING[duty], values)
    return None, None


def _orphans(hills: gpd.GeoDataFrame, rows: pd.DataFrame) -> gpd.GeoDataFrame:
    """Give the hills with a problem, each once with its worst, and how much it concerns."""
    bad = rows[rows["kind"].notna()]
    bad = bad.assign(_rank=[WORST.index(k) for k in bad["kind"]])
    first = bad.sort_values("_rank", kind="stable").drop_duplicates("hill_id").set_index("hill_id")
    chosen = hills[hills["hill_id"].isin(first.index)].copy()
    worst = first["kind"].reindex(chosen["hill_id"])
    chosen["area_mu"] = (
        bad.groupby("hill_id")["area_mu"].sum().reindex(chosen["hill_id"]).to_numpy()
    )
    chosen["kind"] = worst.to_numpy()
    chosen["problem"] = first["problem"].reindex(chosen["hill_id"]).to_numpy()
    if "hill_name" not in chosen:
        chosen["hill_name"] = None
    return chosen[["hill_id", "hill_name", "area_mu", "kind", "problem", "geometry"]]
