"""The GRIDS and STAND_GRID tables of a plan: shapes, codes, limits and figures of every grid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from linzhang_plugin.core.grids.arrays import Array
from linzhang_plugin.core.grids.indicators import (
    Parts,
    deviation_percent,
    polsby_popper,
    under_over,
)
from linzhang_plugin.core.grids.land.shapes import centres, closed, filled, union_by_grid
from linzhang_plugin.core.grids.limits import Surroundings, limits_of
from linzhang_plugin.core.grids.model import Floats, Ints
from linzhang_plugin.core.grids.naming import grid_names, label_of
from linzhang_plugin.core.grids.numbering import county6_of, number_grids
from linzhang_plugin.core.grids.params import GridParams
from linzhang_plugin.core.progress import Progress, part, step


@dataclass(frozen=True, eq=False)
class Drawing:
    """What a plan's tables are drawn from.

    Attributes:
        stands: The stands.
        links: Links between them.
        posts: Posts with ``wanted``.
        plan: (n,) post of each stand.
        facts: ``minutes, island, changed`` of each stand.
        parts: Parts of the grids.
        bounds: Least and greatest mu by town.
        staffed: Rangers were given: a post without one is vacant.
        tolerance: Hard deviation, percent, or None.
    """

    stands: gpd.GeoDataFrame
    links: Ints
    posts: pd.DataFrame
    plan: Ints
    facts: pd.DataFrame
    parts: Parts
    bounds: dict[str, tuple[float, float]]
    staffed: bool
    tolerance: float | None = None


def draw_grids(
    drawing: Drawing, params: GridParams, used_codes: Iterable[str], progress: Progress
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Give GRIDS (with ``previous_code, wanted, violations, disconnected``) and the stands.

    The stands come back with ``grid`` (row of GRIDS), ``grid_code``, ``changed``, ``island``.
    """
    shapes = drawing.stands.geometry.to_numpy()
    k = len(drawing.posts)
    united = union_by_grid(shapes, drawing.plan, k, part(progress, 0.0, 0.3))
    drawn = closed(united, params.link_distance if params.fill else params.close_gap,
                   part(progress, 0.3, 0.5))  # fmt: skip
    grids = _measures(drawing)
    step(progress, 0.5)
    outline = filled(united, params.link_distance)
    grids["compactness"] = polsby_popper(outline)
    step(progress, 0.6)
    grids["grid_code"] = _codes(drawing, grids, united, params, used_codes)
    grids["grid_year"] = params.year or None
    grids["grid_name"] = grid_names(grids["grid_code"].tolist(), _known(grids["main_village"]))
    around = Surroundings(
        [label_of(code) for code in grids["grid_code"]],
        grids["town_code"].tolist(),
        grids["town_code"].tolist(),
    )
    found = limits_of(drawn, around, part(progress, 0.6, 1.0))
    for side in "eswn":
        grids[f"bound_{side}"] = [limit[side] for limit in found]
    made = gpd.GeoDataFrame(grids, geometry=drawn, crs=drawing.stands.crs)
    return _in_order(made, drawing)


def _in_order(
    grids: gpd.GeoDataFrame, drawing: Drawing
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Sort the grids by code, without empty ones, and point the stands at their rows."""
    order = np.argsort(grids["grid_code"].to_numpy(), kind="stable")
    row_of = np.full(len(grids) + 1, -1, dtype=np.int64)
    row_of[order] = np.arange(len(grids))
    stands = drawing.stands.copy()
    stands["grid"] = row_of[drawing.plan]
    stands["grid_code"] = grids["grid_code"].to_numpy()[drawing.plan]
    stands["changed"] = drawing.facts["changed"].to_numpy()
    stands["island"] = drawing.facts["island"].to_numpy()
    return grids.iloc[order].reset_index(drop=True), stands


def _measures(drawing: Drawing) -> pd.DataFrame:
    """Sum up every grid: counts, mu, work, deviation, travel, change, flags."""
    stands, plan, posts = drawing.stands, drawing.plan, drawing.posts
    k = len(posts)
    mu = stands["mu"].to_numpy(np.float64)

    def total(values: Floats) -> Floats:
        return np.bincount(plan, values, k).astype(np.float64)

    work = total(stands["workload"].to_numpy(np.float64))
    area = total(mu)
    before = stands["previous_grid_code"]
    own = posts["previous_code"].to_numpy()
    last = stands[before != ""].groupby("previous_grid_code")["mu"].sum().to_dict()
    last_mu = np.array([last.get(code, 0.0) for code in own])
    kept = total(np.where((before != "") & (before == own[plan]), mu, 0.0))
    minutes = drawing.facts["minutes"].to_numpy(np.float64)
    villages = _villages(stands, plan, mu, k)
    home = np.isfinite(posts["x"].to_numpy(np.float64))
    with np.errstate(invalid="ignore", divide="ignore"):
        kept_percent = np.where(last_mu > 0, 100.0 * kept / last_mu, np.nan)
        travel = total(np.nan_to_num(minutes) * mu) / area
    grids = pd.DataFrame(
        {
            "town_code": posts["town_code"].to_numpy(),
            "main_village": [v[0] if v else None for v in villages],
            "villages": ["、".join(v) or None for v in villages],
            "ranger_id": [v or None for v in posts["ranger_id"]],
            "ranger_name": [v or None for v in posts["ranger_name"]],
            "n_stands": np.bincount(plan, minlength=k),
            "area_m2": total(stands["basis_m2"].to_numpy(np.float64)),
            "area_mu": area,
            "workload": work,
            "wanted": posts["wanted"].to_numpy(),
            "deviation_percent": deviation_percent(work, posts["wanted"].to_numpy()),
            "n_parts": drawing.parts.n_parts,
            "disconnected": drawing.parts.disconnected,
            "travel_min": np.where(np.isfinite(minutes).any() & home, travel, np.nan),
            "previous_code": own,
            "previous_grid_code": [code or None for code in own],
            "kept_mu": kept,
            "before_mu": last_mu,
            "kept_percent": kept_percent,
            "changed_mu": np.maximum(0.0, (area - kept) + (last_mu - kept)),
            "status": "draft",
        }
    )
    return _flagged(grids, drawing)


def _villages(stands: pd.DataFrame, plan: Ints, mu: Floats, k: int) -> list[list[str]]:
    """Give the villages of each grid, the one with most mu first."""
    frame = pd.DataFrame({"grid": plan, "village": stands["village_code"].to_numpy(), "mu": mu})
    frame = frame[frame["village"] != ""].groupby(["grid", "village"], as_index=False)["mu"].sum()
    frame = frame.sort_values(["grid", "mu", "village"], ascending=[True, False, True])
    named: list[list[str]] = [[] for _ in range(k)]
    for grid, village in zip(frame["grid"], frame["village"], strict=True):
        named[grid].append(str(village))
    return named


def _known(column: pd.Series) -> list[str | None]:
    """Give texts, None for missing ones, whatever pandas stores those as."""
    return [value if isinstance(value, str) else None for value in column]


def _flagged(grids: pd.DataFrame, drawing: Drawing) -> pd.DataFrame:
    """Add ``flags`` and ``violations``: vacant is told, under, over and disconnected count."""
    flags, counts = [], []
    bounds = np.array([drawing.bounds[town] for town in grids["town_code"]], dtype=np.float64)
    low, high = under_over(
        grids["area_mu"].to_numpy(np.float64),
        grids["deviation_percent"].to_numpy(np.float64),
        (bounds[:, 0], bounds[:, 1]),
        drawing.tolerance,
    )
    people = drawing.posts["ranger_id"].tolist()
    for grid, (row, person) in enumerate(zip(grids.to_dict("records"), people, strict=True)):
        found = {
            "under": low[grid],
            "over": high[grid],
            "disconnected": row["disconnected"],
            "empty": not row["n_stands"],
        }
        broken = [name for name, true in found.items() if true]
        vacant = ["vacant"] if drawing.staffed and not person else []
        flags.append(",".join(vacant + broken))
        counts.append(len(broken))
    grids["flags"] = flags
    grids["violations"] = counts
    return grids


def _codes(
    drawing: Drawing,
    grids: pd.DataFrame,
    shapes: Array,
    params: GridParams,
    used_codes: Iterable[str],
) -> list[str]:
    bounds = shapely.bounds(shapes)
    xy = np.nan_to_num(centres(shapes))
    heights = np.nan_to_num(bounds[:, 3] - bounds[:, 1])
    towns = grids["town_code"].tolist()
    used = (
        set(used_codes)
        | set(drawing.stands["previous_grid_code"])
        | set(drawing.stands["start_grid_code"])
    )
    start_only = set(drawing.stands["start_grid_code"]) - set(drawing.stands["previous_grid_code"])
    return number_grids(
        grids, xy, heights, county6_of(towns, params.county_code), used - start_only
    )
