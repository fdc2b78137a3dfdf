"""What a year's optimisation starts from: stands with their grids, and the posts of rangers."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from linzhang_plugin.core.tables.codes import FOREST_LAND

RANGER = "ranger"


@dataclass(frozen=True, eq=False)
class LoadedPlan:
    """A year's plan as tables for the grid algorithms.

    Attributes:
        stands: Forest stands with ``grid_code`` (this year's plan), ``previous_grid_code``
            (last year's) and ``start_grid_code`` (this year's where there is one, else last
            year's).
        rangers: Posts: full-time rangers active in the year, then vacant posts.
        grids: This year's grids, or last year's where the year has none.
        previous_year: Year of the plan that counts as last year's, None where there is none.
        has_plan: Whether the year has a plan of its own.
    """

    stands: gpd.GeoDataFrame
    rangers: gpd.GeoDataFrame
    grids: gpd.GeoDataFrame
    previous_year: int | None
    has_plan: bool


def forest_of_year(stands: pd.DataFrame, year: int) -> pd.Series:
    """Tell which stands are forest land (or of unknown class) and exist in the year."""
    forest = stands["land_class"].isin(FOREST_LAND) | stands["land_class"].isna()
    first = pd.to_numeric(stands["first_year"], errors="coerce").fillna(0)
    last = pd.to_numeric(stands["last_year"], errors="coerce").fillna(9999)
    return forest & (first <= year) & (last >= year)


def grid_of_stands(grid_stand: pd.DataFrame, year: int) -> pd.Series:
    """Give the grid of each stand in a year by largest share; equal shares by code.

    Returns:
        Grid codes by stand id.
    """
    rows = grid_stand[grid_stand["grid_year"] == year]
    ordered = rows.sort_values(
        ["stand_id", "share", "grid_code"], ascending=[True, False, True], kind="stable"
    )
    first = ordered.drop_duplicates("stand_id")
    return pd.Series(
        first["grid_code"].to_numpy(), index=first["stand_id"].to_numpy(), dtype=object
    )


def year_before(grid_stand: pd.DataFrame, year: int) -> int | None:
    """Give the latest year before ``year`` that has a plan."""
    earlier = grid_stand.loc[grid_stand["grid_year"] < year, "grid_year"]
    return None if earlier.empty else int(earlier.max())


def active_rangers(persons: pd.DataFrame, year: int) -> pd.Series:
    """Tell which persons are rangers on duty at some day of the year."""
    start, end = f"{year}-01-01", f"{year}-12-31"
    begun = persons["active_from"].isna() | (persons["active_from"].fillna("") <= end)
    there = persons["active_to"].isna() | (persons["active_to"].fillna("9999") >= start)
    return (persons["role"] == RANGER) & begun & there


def load_plan(
    stands: gpd.GeoDataFrame,
    grids: gpd.GeoDataFrame,
    grid_stand: pd.DataFrame,
    assignment: pd.DataFrame,
    person: gpd.GeoDataFrame,
    vacant_post: pd.DataFrame,
    year: int,
) -> LoadedPlan:
    """Put together what optimizegrids needs for a year.

    Args:
        stands: Table ``stand``.
        grids: Table ``grid``, all years.
        grid_stand: Table ``grid_stand``, all years.
        assignment: Table ``assignment``, all years.
        person: Table ``person``.
        vacant_post: Table ``vacant_post``.
        year: The year to plan.
    """
    before = year_before(grid_stand, year)
    has_plan = bool((grid_stand["grid_year"] == year).any())
    forest = stands[forest_of_year(stands, year).to_numpy()].reset_index(drop=True)
    now = forest["stand_id"].map(grid_of_stands(grid_stand, year))
    given = forest["previous_grid_code"]
    last = given if before is None else forest["stand_id"].map(grid_of_stands(grid_stand, before))
    # Stands that last year's plan did not know keep what the import told about them.
    last = last.where(last.notna(), given)
    forest = forest.assign(
        grid_code=_nullable(now),
        previous_grid_code=_nullable(last),
        start_grid_code=_nullable(now.where(now.notna(), last)),
        locked=pd.to_numeric(forest["locked"], errors="coerce").fillna(0).astype(np.int64),
    )
    shown = grids[grids["grid_year"] == (year if has_plan else before)].reset_index(drop=True)
    earlier = grids[grids["grid_year"] == before]
    posts = ranger_posts(person, vacant_post, earlier, assignment, year, before)
    return LoadedPlan(forest, posts, shown, before, has_plan)


def _nullable(column: pd.Series) -> pd.Series:
    plain = column.astype(object)
    return plain.where(plain.notna(), None)


def ranger_posts(
    person: gpd.GeoDataFrame,
    vacant_post: pd.DataFrame,
    earlier: gpd.GeoDataFrame,
    assignment: pd.DataFrame,
    year: int,
    before: int | None,
) -> gpd.GeoDataFrame:
    """Give a post a full-time ranger on duty, and a vacant one a grid left without.

    A town's newcomers take over grids that lost their ranger; only grids beyond their number
    stay vacant posts, the largest first, at the grid's centre. Where the roster names more
    vacant posts than that, the further ones have no grid of last year and no place.
    """
    rangers = person[active_rangers(person, year).to_numpy()].sort_values(
        ["town_code", "person_id"], kind="stable", na_position="last"
    )
    held = last_grid_of(assignment, before)
    rangers = rangers.assign(previous_grid_code=_nullable(rangers["person_id"].map(held)))
    vacant = vacant_grids(rangers, earlier)
    columns = [
        "person_id",
        "name",
        "town_code",
        "village_code",
        "capacity_mu",
        "previous_grid_code",
        "home_presumed",
    ]
    further = further_vacancies(vacant_post, vacant)
    nowhere: list[None] = [None] * len(further)
    made = gpd.GeoDataFrame(
        {
            "person_id": "",
            "name": "",
            "town_code": [*vacant["town_code"], *further["town_code"]],
            "village_code": [*[None] * len(vacant), *further["village_code"]],
            "capacity_mu": np.nan,
            "previous_grid_code": [*vacant["grid_code"], *nowhere],
            "home_presumed": True,
        },
        geometry=gpd.GeoSeries([*vacant.geometry.representative_point(), *nowhere], crs=person.crs),
        crs=person.crs,
    )
    kept = rangers[[*columns, "geometry"]]
    if made.empty:
        return kept.reset_index(drop=True)
    both = pd.concat([kept.astype({"home_presumed": object}), made], ignore_index=True)
    return gpd.GeoDataFrame(both, geometry="geometry", crs=person.crs)


def last_grid_of(assignment: pd.DataFrame, before: int | None) -> dict[str, str]:
    """Give the grid each full-time ranger had last in a year."""
    rows = assignment[(assignment["grid_year"] == before) & (assignment["duty"] == RANGER)]
    ordered = rows.sort_values(["start_on", "grid_code"], kind="stable")
    return dict(zip(ordered["person_id"], ordered["grid_code"], strict=True))


def vacant_grids(rangers: pd.DataFrame, earlier: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give last year's grids that stay without a ranger, largest first within a town."""
    taken = set(rangers["previous_grid_code"].dropna())
    left = earlier[~earlier["grid_code"].isin(taken)].sort_values(
        ["town_code", "area_m2", "grid_code"], ascending=[True, False, True], kind="stable"
    )
    codes = set(earlier["grid_code"])
    newcomers = rangers[~rangers["previous_grid_code"].isin(codes)].groupby("town_code").size()
    keep = []
    for town, of_town in left.groupby("town_code", sort=True):
        n_vacant = max(0, len(of_town) - int(newcomers.get(town, 0)))
        keep += of_town.index[:n_vacant].tolist()
    return left.loc[keep]


def further_vacancies(vacant_post: pd.DataFrame, vacant: pd.DataFrame) -> pd.DataFrame:
    """Give the roster's vacant posts beyond the grids that stay without a ranger."""
    posts = vacant_post.sort_values("post_id", kind="stable").reset_index(drop=True)
    known = posts["town_code"].map(vacant.groupby("town_code").size()).fillna(0)
    return posts[posts.groupby("town_code").cumcount() >= known]
