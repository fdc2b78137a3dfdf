"""A year's plan out of and into a workspace."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from linzhang_plugin.core.hills.responsibility import hill_duties
from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.tables.adoption import Adoption, prepare_adoption
from linzhang_plugin.core.tables.codes import FROZEN_STATUS
from linzhang_plugin.core.tables.plan_loading import (
    LoadedPlan,
    active_rangers,
    last_grid_of,
    load_plan,
    year_before,
)
from linzhang_plugin.core.tables.unit_names import with_unit_names
from linzhang_plugin.workspace.store import Workspace
from linzhang_plugin.workspace.writer import Writer

STATUSES = ("draft", "proposed", "confirmed")
KEY = ("grid_code", "person_id", "duty")
"""What an assignment is recognised by when a plan is replaced, dates aside."""
GRID_TABLES = ("hill_duty", "people_duty", "assignment", "grid_stand")
"""Tables that refer to a grid, to be emptied before the grid goes."""


def read_plan(workspace: Workspace, year: int) -> LoadedPlan:
    """Load what a year's optimisation starts from.

    Raises:
        InputError: The workspace has no forest stands.
    """
    plan = load_plan(
        workspace.read("stand"),
        workspace.read("grid"),
        workspace.read("grid_stand"),
        workspace.read("assignment"),
        workspace.read("person"),
        workspace.read("vacant_post"),
        year,
    )
    if plan.stands.empty:
        raise InputError(
            tr("The workspace {path} has no forest stands for {year}; import stands first."),
            path=str(workspace.path),
            year=year,
        )
    return plan


def status_of(workspace: Workspace, year: int) -> str:
    """Give the status of a year's plan, empty where it has none."""
    found = workspace.read("plan_year", {"grid_year": year})
    return "" if found.empty else str(found["status"].iloc[0])


def adopt_plan(
    workspace: Workspace,
    year: int,
    grids: gpd.GeoDataFrame,
    stand_grid: pd.DataFrame,
    status: str,
    replace: bool = False,
    confirmed_on: str | None = None,
    editor: str = "",
) -> Adoption:
    """Make a plan the county's for a year, in one transaction.

    A replaced plan's assignments that still hold (same grid, person and duty) stay as they are,
    with their contract numbers; the others go. Confirming freezes the year's borders and codes.

    Raises:
        InputError: The plan is refused, the year is confirmed already, or has a plan and
            ``replace`` is not set.
        StoreError: The workspace cannot be written; it is as it was.
    """
    old = status_of(workspace, year)
    if old in FROZEN_STATUS:
        raise InputError(
            tr("The plan of {year} is confirmed; its grids can no longer change."), year=year
        )
    if old and not replace:
        raise InputError(
            tr("{year} has a plan already ({status}); tick REPLACE to put this one in its place."),
            year=year,
            status=old,
        )
    adoption = prepare_adoption(
        grids,
        stand_grid,
        workspace.read("stand"),
        workspace.read("person"),
        workspace.read("assignment"),
        year,
        year_before(workspace.read("grid_stand"), year),
        status,
        confirmed_on,
        editor or None,
    )
    named = with_unit_names(adoption.grid, workspace.read("admin_unit"))
    duties = _hill_duties(workspace, named, year)
    with workspace.transaction(editor, "adoptgrids") as writer:
        _clear(workspace, writer, adoption, year)
        draft = pd.DataFrame({"grid_year": [year], "status": ["draft"]})
        writer.upsert("plan_year", draft)
        writer.upsert("grid", named)
        writer.upsert("grid_stand", adoption.grid_stand)
        writer.upsert("assignment", _new_duties(workspace, adoption, year))
        writer.remove("hill_duty", {"grid_year": year})
        writer.upsert("hill_duty", duties)
        final = {"grid_year": [year], "status": [status]}
        if status == "confirmed":
            final |= {"confirmed_on": [confirmed_on], "confirmed_by": [editor or None]}
        # Last of all: from here on the year's grids are frozen.
        writer.upsert("plan_year", pd.DataFrame(final))
    return adoption


def _hill_duties(workspace: Workspace, grids: gpd.GeoDataFrame, year: int) -> pd.DataFrame:
    """Share the hills out over the new grids; key places that were written down stay."""
    duties = hill_duties(workspace.read("hill"), grids, year)
    old = workspace.read("hill_duty", {"grid_year": year})
    places = old.set_index(["grid_code", "hill_id"])["key_places"].dropna().to_dict()
    keys = zip(duties["grid_code"], duties["hill_id"], strict=True)
    duties["key_places"] = [places.get(key) for key in keys]
    return duties


def _clear(workspace: Workspace, writer: Writer, adoption: Adoption, year: int) -> None:
    """Remove what the new plan of a year replaces."""
    gone = sorted(
        set(workspace.read("grid", {"grid_year": year})["grid_code"])
        - set(adoption.grid["grid_code"])
    )
    if gone:
        for table in GRID_TABLES:
            writer.remove(table, {"grid_year": year, "grid_code": gone})
    writer.remove("grid_stand", {"grid_year": year})
    kept = set(zip(*(adoption.assignment[c] for c in KEY), strict=True))
    for row in workspace.read("assignment", {"grid_year": year}).itertuples():
        key = tuple(getattr(row, name) for name in KEY)
        if key not in kept and key[2] == "ranger":
            writer.remove("assignment", {"grid_year": year, **dict(zip(KEY, key, strict=True))})
    if gone:
        writer.remove("grid", {"grid_year": year, "grid_code": gone})


def _new_duties(workspace: Workspace, adoption: Adoption, year: int) -> pd.DataFrame:
    """Give the assignments that the year does not have yet, whatever their dates."""
    old = workspace.read("assignment", {"grid_year": year})
    known = set(zip(*(old[c] for c in KEY), strict=True))
    rows = adoption.assignment
    new = [key not in known for key in zip(*(rows[c] for c in KEY), strict=True)]
    return rows[new].reset_index(drop=True)


def rolled_over(workspace: Workspace, year: int) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Give the plan of the year before as GRIDS and STAND_GRID of a new year.

    Codes and borders stay; a ranger who is not on duty in the new year, or whose assignment
    ended, leaves the grid vacant.

    Raises:
        InputError: No year before has a plan.
    """
    parts = workspace.read("grid_stand")
    before = year_before(parts, year)
    if before is None:
        raise InputError(tr("There is no plan before {year} to take over."), year=year)
    person = workspace.read("person")
    active = set(person.loc[active_rangers(person, year).to_numpy(), "person_id"])
    held = last_grid_of(workspace.read("assignment"), before)
    of_grid = {grid: who for who, grid in held.items() if who in active}
    grids = workspace.read("grid", {"grid_year": before})
    names = dict(zip(person["person_id"], person["name"], strict=True))
    codes = grids["grid_code"]
    rangers = [of_grid.get(code) for code in codes]
    grids = grids.assign(
        grid_year=year,
        previous_grid_code=codes,
        kept_percent=100.0,
        changed_mu=0.0,
        ranger_id=rangers,
        ranger_name=[names.get(who) if who else None for who in rangers],
    )
    return grids, parts[parts["grid_year"] == before].reset_index(drop=True)
