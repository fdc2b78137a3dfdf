"""Checks before a plan becomes the county's, and the rows that it is stored as.

Nothing here is about quality (that is what checkworkspace and evaluategrids are for): only
about what would make the stored plan wrong or ambiguous.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.tables.codes import PUBLIC_WELFARE
from linzhang_plugin.core.tables.plan_loading import RANGER, active_rangers, forest_of_year
from linzhang_plugin.core.tables.schema.grids import GRID
from linzhang_plugin.core.tables.units import basis_area

SHARE_SLACK = 1e-6
SHOWN = 5
"""Offenders named in a sentence; the rest is counted."""


@dataclass(frozen=True, eq=False)
class Adoption:
    """A checked plan as rows of the workspace's tables."""

    grid: gpd.GeoDataFrame
    grid_stand: pd.DataFrame
    assignment: pd.DataFrame

    @property
    def n_assigned(self) -> int:
        """Grids with a full-time ranger."""
        return int((self.assignment["duty"] == RANGER).sum())


def some(values: Iterable[object]) -> str:
    """Name the first few of many."""
    names = [str(value) for value in values]
    more = f" … ({len(names)})" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def check_plan_layers(grids: pd.DataFrame, stand_grid: pd.DataFrame) -> None:
    """Check the two layers by themselves.

    Raises:
        InputError: A column is missing; a code is empty, too long or given twice; a stand is
            in a grid that GRIDS does not have; a grid has no stands.
    """
    for name, frame, columns in (
        ("GRIDS", grids, ("grid_code",)),
        ("STAND_GRID", stand_grid, ("stand_id", "grid_code")),
    ):
        for column in columns:
            if column not in frame.columns:
                raise InputError(
                    tr("{layer} has no field {field}; give the layer that optimizegrids made."),
                    layer=name,
                    field=column,
                )
    codes = grids["grid_code"]
    empty_codes = np.flatnonzero(codes.fillna("").astype(str).str.strip() == "")
    if len(empty_codes):
        raise InputError(
            tr("GRIDS, row {row}: grid_code is empty; number the grids."),
            row=int(empty_codes[0]) + 1,
        )
    twice = codes[codes.duplicated()]
    if len(twice):
        raise InputError(
            tr("GRIDS: grid_code {codes} occurs twice; number the grids anew."),
            codes=some(sorted(set(twice))),
        )
    unknown = sorted(set(stand_grid["grid_code"].dropna()) - set(codes))
    if unknown:
        raise InputError(
            tr("STAND_GRID has grids that GRIDS does not: {codes}; give layers of one plan."),
            codes=some(unknown),
        )
    empty = sorted(set(codes) - set(stand_grid["grid_code"].dropna()))
    if empty:
        raise InputError(
            tr("GRIDS has grids without a stand: {codes}; remove them or assign stands."),
            codes=some(empty),
        )


def check_stands(stand_grid: pd.DataFrame, stands: pd.DataFrame, year: int) -> None:
    """Check that every forest stand of the year is in the plan exactly once.

    Raises:
        InputError: Stands are unknown, missing, without grid, or their shares exceed 1.
    """
    ids = stand_grid["stand_id"].astype(str)
    unknown = sorted(set(ids) - set(stands["stand_id"]))
    if unknown:
        raise InputError(
            tr("STAND_GRID has stands that the workspace does not: {ids}; load the plan anew."),
            ids=some(unknown),
        )
    without = sorted(ids[stand_grid["grid_code"].isna().to_numpy()])
    if without:
        raise InputError(
            tr("STAND_GRID has stands without a grid: {ids}; assign them."), ids=some(without)
        )
    forest = stands.loc[forest_of_year(stands, year).to_numpy(), "stand_id"]
    missing = sorted(set(forest) - set(ids))
    if missing:
        raise InputError(
            tr("Forest stands are in no grid: {ids}; assign them and adopt again."),
            ids=some(missing),
        )
    shares = shares_of(stand_grid).groupby(ids.to_numpy()).sum()
    wrong = shares[(shares - 1.0).abs() > SHARE_SLACK]
    if len(wrong):
        raise InputError(
            tr("Stands are not in exactly one grid (shares must add up to 1): {ids}."),
            ids=some(sorted(wrong.index)),
        )


def shares_of(stand_grid: pd.DataFrame) -> pd.Series:
    """Give the share of each row; 1 where the layer has none."""
    if "share" not in stand_grid.columns:
        return pd.Series(1.0, index=stand_grid.index)
    return pd.to_numeric(stand_grid["share"], errors="coerce").fillna(1.0)


def check_towns(grids: pd.DataFrame, stand_grid: pd.DataFrame, stands: pd.DataFrame) -> pd.Series:
    """Check that no grid crosses towns.

    Returns:
        Town of each grid by code.

    Raises:
        InputError: A grid has stands of two towns, or its town_code is another.
    """
    town = stands.set_index("stand_id")["town_code"].fillna("")
    of_stand = stand_grid["stand_id"].astype(str).map(town).to_numpy()
    pairs = pd.DataFrame({"code": stand_grid["grid_code"].to_numpy(), "town": of_stand})
    pairs = pairs.drop_duplicates().sort_values(["code", "town"])
    crossing = sorted(pairs.loc[pairs["code"].duplicated(), "code"].unique())
    if crossing:
        raise InputError(
            tr("Grids cross a town boundary: {codes}; a grid lies in one town."),
            codes=some(crossing),
        )
    towns = pairs.set_index("code")["town"]
    if "town_code" in grids.columns:
        given = grids.set_index("grid_code")["town_code"]
        said = given[given.notna() & (given.astype(str) != "")].astype(str)
        known = towns.reindex(said.index)
        wrong = sorted(said.index[(said != known).to_numpy() & (known != "").to_numpy()])
        if wrong:
            raise InputError(
                tr("GRIDS: town_code is not that of the stands: {codes}; number the grids anew."),
                codes=some(wrong),
            )
    return towns


def check_rangers(grids: pd.DataFrame, person: pd.DataFrame, year: int) -> pd.Series:
    """Check the rangers named in GRIDS.

    Returns:
        Ranger id by grid code, empty for a vacant grid.

    Raises:
        InputError: A ranger is unknown, not on duty in the year, or has two grids.
    """
    if "ranger_id" not in grids.columns:
        return pd.Series("", index=grids["grid_code"].to_numpy(), dtype=object)
    ids = grids["ranger_id"].astype(object)
    ids = ids.where(ids.notna(), "").astype(str).str.strip()
    named = ids[ids != ""]
    unknown = sorted(set(named) - set(person["person_id"]))
    if unknown:
        raise InputError(
            tr("GRIDS names rangers that the workspace does not have: {ids}; import persons."),
            ids=some(unknown),
        )
    active = set(person.loc[active_rangers(person, year).to_numpy(), "person_id"])
    away = sorted(set(named) - active)
    if away:
        raise InputError(
            tr("GRIDS names persons who are no rangers on duty in {year}: {ids}."),
            year=year,
            ids=some(away),
        )
    twice = sorted(set(named[named.duplicated()]))
    if twice:
        raise InputError(
            tr("Rangers have more than one grid: {ids}; one full-time ranger a grid."),
            ids=some(twice),
        )
    return pd.Series(ids.to_numpy(), index=grids["grid_code"].to_numpy(), dtype=object)


def prepare_adoption(
    grids: gpd.GeoDataFrame,
    stand_grid: pd.DataFrame,
    stands: gpd.GeoDataFrame,
    person: pd.DataFrame,
    assignment: pd.DataFrame,
    year: int,
    previous_year: int | None,
    status: str,
    confirmed_on: str | None = None,
    confirmed_by: str | None = None,
) -> Adoption:
    """Check a plan and give it as rows.

    Args:
        grids: GRIDS of optimizegrids, or drawn by hand with ``grid_code`` at least.
        stand_grid: ``stand_id``, ``grid_code``, optional ``share``.
        stands: Table ``stand``.
        person: Table ``person``.
        assignment: Table ``assignment``; duties other than the ranger's are carried over.
        year: The plan's year.
        previous_year: Year whose other duties are carried over, None for none.
        status: ``draft``, ``proposed`` or ``confirmed``.
        confirmed_on: ISO date, for a confirmed plan.
        confirmed_by: Who confirmed it.

    Raises:
        InputError: The plan cannot be stored; the sentence says what to do.
    """
    grids = grids.reset_index(drop=True)
    stand_grid = stand_grid.reset_index(drop=True)
    check_plan_layers(grids, stand_grid)
    years = grids["grid_year"].dropna() if "grid_year" in grids.columns else pd.Series(dtype=int)
    other = sorted({int(value) for value in years if int(value) != year})
    if other:
        raise InputError(
            tr("GRIDS is a plan of {years}, not of {year}; give YEAR or make the plan for it."),
            years=some(other),
            year=year,
        )
    check_stands(stand_grid, stands, year)
    towns = check_towns(grids, stand_grid, stands)
    rangers = check_rangers(grids, person, year)
    rows = grid_rows(grids, stand_grid, stands, towns, year, status)
    if status == "confirmed":
        rows = rows.assign(confirmed_on=confirmed_on, confirmed_by=confirmed_by)
    of_stands = pd.DataFrame(
        {
            "grid_code": stand_grid["grid_code"].astype(str).to_numpy(),
            "grid_year": year,
            "stand_id": stand_grid["stand_id"].astype(str).to_numpy(),
            "share": shares_of(stand_grid).to_numpy(),
        }
    ).sort_values(["grid_code", "stand_id"], kind="stable", ignore_index=True)
    duties = duty_rows(rows, rangers, person, assignment, year, previous_year)
    return Adoption(rows, of_stands, duties)


def grid_rows(
    grids: gpd.GeoDataFrame,
    stand_grid: pd.DataFrame,
    stands: pd.DataFrame,
    towns: pd.Series,
    year: int,
    status: str,
) -> gpd.GeoDataFrame:
    """Give the rows of ``grid``: areas are always those of the grid's stands."""
    known = stands.set_index("stand_id").reindex(stand_grid["stand_id"].astype(str))
    share = shares_of(stand_grid).to_numpy()
    basis, _ = basis_area(known["area_m2"].to_numpy(float), known["official_m2"].to_numpy(float))
    welfare = known["sen_lin_lb"].isin(PUBLIC_WELFARE).to_numpy()
    sums = (
        pd.DataFrame(
            {
                "code": stand_grid["grid_code"].to_numpy(),
                "n_stands": 1,
                "area_m2": known["area_m2"].to_numpy(float) * share,
                "forest_area_m2": basis * share,
                "gyl_area_m2": basis * share * welfare,
            }
        )
        .groupby("code")
        .sum()
    )
    kept = [f.name for f in GRID if f.name in grids.columns and f.name not in sums.columns]
    frame = gpd.GeoDataFrame(grids[[*kept, grids.geometry.name]].copy())
    codes = grids["grid_code"]
    for column in sums.columns:
        frame[column] = codes.map(sums[column]).to_numpy()
    frame["area_mu"] = frame["forest_area_m2"] * 15.0 / 10_000.0
    frame["grid_year"] = year
    frame["status"] = status
    frame["town_code"] = codes.map(towns).replace("", None).to_numpy()
    return frame.sort_values("grid_code", kind="stable", ignore_index=True)


def duty_rows(
    grid: pd.DataFrame,
    rangers: pd.Series,
    person: pd.DataFrame,
    assignment: pd.DataFrame,
    year: int,
    previous_year: int | None,
) -> pd.DataFrame:
    """Give the rows of ``assignment``: each grid's ranger, and last year's other duties.

    Duties other than the ranger's follow a grid from its ``previous_grid_code`` (or its own
    code) as long as their holder is on duty. Dates are the year's, cut to the holder's time.
    """
    people = person.drop_duplicates("person_id").set_index("person_id")
    rows = [(code, rangers.get(code, ""), RANGER) for code in grid["grid_code"]]
    before = assignment[(assignment["grid_year"] == previous_year) & (assignment["duty"] != RANGER)]
    by_grid = dict(iter(before.groupby("grid_code")))
    previous = grid.get("previous_grid_code", pd.Series([None] * len(grid)))
    for code, last in zip(grid["grid_code"], previous, strict=True):
        source = by_grid.get(last if isinstance(last, str) and last else code)
        if source is not None:
            rows += [(code, p, d) for p, d in zip(source["person_id"], source["duty"], strict=True)]
    made = []
    for code, who, duty in dict.fromkeys(rows):
        if not who or who not in people.index:
            continue
        start = max(f"{year}-01-01", str(people.at[who, "active_from"] or ""))
        end = min(f"{year}-12-31", str(people.at[who, "active_to"] or "9999"))
        if start <= end:
            made.append((code, year, who, duty, start, end))
    frame = pd.DataFrame(
        made, columns=["grid_code", "grid_year", "person_id", "duty", "start_on", "end_on"]
    )
    return frame.sort_values(["grid_code", "duty", "person_id"], kind="stable", ignore_index=True)
