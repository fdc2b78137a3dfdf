"""The same figures for any plan: this year's, last year's, one drawn by hand."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from linzhang_plugin.core.grids.arrays import Array
from linzhang_plugin.core.grids.indicators import (
    deviation_percent,
    find_parts,
    moment_km2,
    polsby_popper,
    village_splits,
)
from linzhang_plugin.core.grids.land.shapes import filled, union_by_grid
from linzhang_plugin.core.grids.land.travel import Ground, town_minutes
from linzhang_plugin.core.grids.model import NOWHERE, Floats, Ints
from linzhang_plugin.core.grids.numbering import town3_of
from linzhang_plugin.core.grids.posts import wanted_shares
from linzhang_plugin.core.grids.rules import GridRules, bounds_of_town
from linzhang_plugin.core.messages import tr

SUMMARY_TITLES = {
    "N_GRIDS": tr("Grids"),
    "N_STANDS": tr("Stands"),
    "AREA_MU": tr("Forest area (mu)"),
    "MAX_DEVIATION_PERCENT": tr("Worst deviation of workload (percent)"),
    "MEAN_DEVIATION_PERCENT": tr("Mean deviation of workload (percent)"),
    "CHANGED_PERCENT": tr("Forest that changes hands (percent of mu)"),
    "N_DISCONNECTED": tr("Disconnected grids"),
    "N_ISLANDS": tr("Enclaves that no link reaches"),
    "N_VIOLATIONS": tr("Rules that could not be kept"),
    "N_CROSSING": tr("Grids that cross a town's border"),
    "N_ORPHANS": tr("Stands in no grid"),
    "VILLAGE_SPLITS": tr("Villages cut by grid borders"),
    "MEAN_TRAVEL_MIN": tr("Mean walk from home to the grid (minutes)"),
    "COMPACTNESS": tr("Mean compactness"),
    "MOMENT": tr("Moment about the grids' centres (mu km²)"),
}
"""Titles of the summary's rows, in order."""


@dataclass(frozen=True, eq=False)
class Limits:
    """What a plan is judged against.

    Attributes:
        rules: Presets.
        tolerance: Hard deviation in percent, None for none.
        min_mu: Least mu, None for the preset.
        max_mu: Greatest mu, None for the preset.
        link_distance: For the filled outline, m.
    """

    rules: GridRules
    tolerance: float | None = None
    min_mu: float | None = None
    max_mu: float | None = None
    link_distance: float = 200.0


def evaluate(
    stands: gpd.GeoDataFrame,
    codes: list[str],
    plan: Ints,
    links: Ints,
    limits: Limits,
    rangers: pd.DataFrame | None = None,
    ground: Ground | None = None,
    continues: list[str] | None = None,
) -> tuple[gpd.GeoDataFrame, dict[str, float | None]]:
    """Measure a plan.

    Args:
        stands: Stands with workload, in a projected CRS.
        codes: (k,) grid codes.
        plan: (n,) grid of each stand, -1 for none.
        links: (m, 2) links within towns.
        limits: Rules.
        rangers: (k rows) ``ranger_id, capacity_mu, x, y`` of each grid's ranger, or None.
        ground: DEM, roads and barriers for walking times.
        continues: (k,) last year's grid that each goes on from; the codes when None.

    Returns:
        INDICATORS, a row a grid in the order of ``codes``, and the summary.
    """
    k = len(codes)
    mu = stands["mu"].to_numpy(np.float64)
    inside = plan >= 0
    towns = _towns(stands, plan, mu, k)
    parts = find_parts(plan, k, links, mu)
    load = stands["workload"].to_numpy(np.float64)
    work: Floats = np.bincount(plan[inside], load[inside], k).astype(np.float64)
    area = np.bincount(plan[inside], mu[inside], k)
    wanted = _wanted(stands, towns, rangers)
    shapes = union_by_grid(stands.geometry.to_numpy(), plan, k)
    centres = shapely.centroid(stands.geometry.to_numpy())
    xy = np.column_stack([shapely.get_x(centres), shapely.get_y(centres)])
    made = gpd.GeoDataFrame(
        {
            "grid_code": codes,
            "town_code": towns,
            "n_stands": np.bincount(plan[inside], minlength=k),
            "area_mu": area,
            "workload": work,
            "deviation_percent": deviation_percent(work, wanted),
            "compactness": polsby_popper(filled(shapes, limits.link_distance)),
            "n_parts": parts.n_parts,
            "n_islands": parts.n_islands,
            "n_villages": _count_villages(stands, plan, k),
            "travel_min": _travel(
                stands, xy, plan, towns, mu, rangers, limits.rules, ground or Ground()
            ),
            "moment": moment_km2(xy, mu, plan, k),
        },
        geometry=shapes,
        crs=stands.crs,
    )
    crossing = _crossing(stands, plan, k)
    made["flags"], violations = _flags(made, parts.disconnected, crossing, limits, rangers)
    return made, _summary(made, stands, plan, parts.disconnected, crossing, violations,
                          codes if continues is None else continues)  # fmt: skip


def _towns(stands: pd.DataFrame, plan: Ints, mu: Floats, k: int) -> list[str]:
    """Give the town of each grid: the one with most of its mu."""
    frame = pd.DataFrame({"grid": plan, "town": stands["town_code"].to_numpy(), "mu": mu})
    sums = frame[frame["grid"] >= 0].groupby(["grid", "town"], as_index=False)["mu"].sum()
    sums = sums.sort_values(["grid", "mu", "town"], ascending=[True, False, True])
    first = sums.drop_duplicates("grid").set_index("grid")["town"]
    return [str(first.get(grid, "")) for grid in range(k)]


def _wanted(stands: pd.DataFrame, towns: list[str], rangers: pd.DataFrame | None) -> Floats:
    total = stands.groupby("town_code")["workload"].sum()
    of_town = np.asarray(towns, dtype=object)
    wanted = np.ones(len(towns))
    for town in sorted(set(towns)):
        here = np.flatnonzero(of_town == town)
        posts = pd.DataFrame({"capacity_mu": np.full(len(here), np.nan)})
        if rangers is not None:
            posts["capacity_mu"] = rangers["capacity_mu"].to_numpy(np.float64)[here]
        wanted[here] = wanted_shares(posts, float(total.get(town, 0.0)))
    return wanted


def _count_villages(stands: pd.DataFrame, plan: Ints, k: int) -> Ints:
    frame = pd.DataFrame({"grid": plan, "village": stands["village_code"].to_numpy()})
    frame = frame[(frame["grid"] >= 0) & (frame["village"] != "")].drop_duplicates()
    return np.bincount(frame["grid"].to_numpy(dtype=np.int64), minlength=k)


def _crossing(stands: pd.DataFrame, plan: Ints, k: int) -> Array:
    frame = pd.DataFrame({"grid": plan, "town": stands["town_code"].to_numpy()})
    frame = frame[frame["grid"] >= 0].drop_duplicates()
    return np.bincount(frame["grid"].to_numpy(dtype=np.int64), minlength=k) > 1


def _travel(
    stands: gpd.GeoDataFrame,
    xy: Floats,
    plan: Ints,
    towns: list[str],
    mu: Floats,
    rangers: pd.DataFrame | None,
    rules: GridRules,
    ground: Ground,
) -> Floats:
    """Give the mu-weighted minutes one way to each grid, NaN where no home is known.

    Walks are measured town by town, as the optimisation does it.
    """
    travel = np.full(len(towns), np.nan)
    if rangers is None:
        return travel
    known = np.isfinite(rangers["x"].to_numpy(np.float64))
    of_town = np.asarray(towns, dtype=object)
    for town in sorted({towns[grid] for grid in np.flatnonzero(known)}):
        grids = np.flatnonzero((of_town == town) & known)
        rows = np.flatnonzero((stands["town_code"] == town).to_numpy() | np.isin(plan, grids))
        minutes = town_minutes(stands.iloc[rows], xy[rows], rangers.iloc[grids], rules, ground,
                               stands.crs)  # fmt: skip
        for column, grid in enumerate(grids):
            own = plan[rows] == grid
            if minutes is not None and own.any():
                weights = np.maximum(mu[rows][own], 1e-9)
                travel[grid] = np.average(minutes[own, column], weights=weights)
    return travel


def _flags(
    grids: pd.DataFrame,
    disconnected: Array,
    crossing: Array,
    limits: Limits,
    rangers: pd.DataFrame | None,
) -> tuple[list[str], int]:
    three = town3_of(grids["town_code"].tolist())
    texts, broken = [], 0
    for row, grid in enumerate(grids.drop(columns="geometry").to_dict("records")):
        low, high = bounds_of_town(limits.rules, three[grid["town_code"]])
        low = low if limits.min_mu is None else limits.min_mu
        high = high if limits.max_mu is None else limits.max_mu
        deviation, tolerance = grid["deviation_percent"], limits.tolerance
        out = tolerance is not None and abs(deviation) > tolerance + 1e-6
        found = {
            "under": grid["area_mu"] < low - 1e-6 or (out and deviation < 0),
            "over": grid["area_mu"] > high + 1e-6 or (out and deviation > 0),
            "disconnected": bool(disconnected[row]),
            "crossing": bool(crossing[row]),
            "empty": not grid["n_stands"],
        }
        names = [name for name, true in found.items() if true]
        broken += len(names)
        if rangers is not None and not rangers["ranger_id"].iloc[row]:
            names.insert(0, "vacant")
        texts.append(",".join(names))
    return texts, broken


def _summary(
    grids: gpd.GeoDataFrame,
    stands: gpd.GeoDataFrame,
    plan: Ints,
    disconnected: Array,
    crossing: Array,
    violations: int,
    continues: list[str],
) -> dict[str, float | None]:
    mu = stands["mu"].to_numpy(np.float64)
    before = stands["previous_grid_code"].to_numpy()
    codes = np.r_[np.asarray(continues, dtype=object), [""]]
    changed = (before != "") & (before != codes[plan])
    known = grids["travel_min"].notna().to_numpy()
    deviations = grids["deviation_percent"].abs()
    return {
        "N_GRIDS": len(grids),
        "N_STANDS": len(stands),
        "AREA_MU": float(mu.sum()),
        "MAX_DEVIATION_PERCENT": float(deviations.max()) if len(grids) else None,
        "MEAN_DEVIATION_PERCENT": float(deviations.mean()) if len(grids) else None,
        "CHANGED_PERCENT": 100.0 * float(mu[changed].sum()) / max(float(mu.sum()), 1e-12)
        if (before != "").any() else None,
        "N_DISCONNECTED": int(disconnected.sum()),
        "N_ISLANDS": int(grids["n_islands"].sum()),
        "N_VIOLATIONS": violations,
        "N_CROSSING": int(crossing.sum()),
        "N_ORPHANS": int((plan == NOWHERE).sum()),
        "VILLAGE_SPLITS": village_splits(stands["village_code"], plan),
        "MEAN_TRAVEL_MIN": float(
            np.average(grids["travel_min"][known],
                       weights=np.maximum(grids["area_mu"][known], 1e-9))
        ) if known.any() else None,
        "COMPACTNESS": float(grids["compactness"].mean()) if len(grids) else None,
        "MOMENT": float(grids["moment"].sum()),
    }  # fmt: skip


def summary_table(summary: dict[str, float | None]) -> pd.DataFrame:
    """Give SUMMARY: a row an indicator with its title for translation."""
    from linzhang_plugin.core.messages import Message

    return pd.DataFrame(
        {
            "indicator": list(summary),
            "title": [Message(SUMMARY_TITLES.get(name, name)) for name in summary],
            "value": list(summary.values()),
        }
    )
