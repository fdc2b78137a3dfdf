"""Rangers become posts: how many grids each town has, and which grid of last year each continues.

A post is a ranger's or a vacant one. It continues the grid its ranger had; a last year's grid
that nobody claims is taken by a post without one (a successor), nearest home first; what is
still left is dissolved, and posts still without a grid are new.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from linzhang_plugin.core.grids.land.shapes import centres
from linzhang_plugin.core.grids.model import Floats, Ints
from linzhang_plugin.core.grids.params import GridParams
from linzhang_plugin.core.grids.rules import GridRules

COLUMNS = ["town_code", "ranger_id", "ranger_name", "capacity_mu", "previous_code", "x", "y",
           "presumed"]  # fmt: skip


def make_posts(
    stands: pd.DataFrame, rangers: pd.DataFrame | None, params: GridParams, rules: GridRules
) -> pd.DataFrame:
    """Give the posts of every town, in order of town and ranger.

    Args:
        stands: ``town_code``, ``mu``, ``workload``, ``previous_grid_code``, geometry.
        rangers: ``person_id``, ``name``, ``town_code``, ``capacity_mu``,
            ``previous_grid_code`` and points in the stands' CRS; None or empty for none.
        params: ``grid_count`` where there are no rangers.
        rules: ``target_mu`` where there is no count either.

    Returns:
        COLUMNS, a row a post; ``ranger_id`` empty for a vacant post, ``previous_code`` empty
        for a new one, ``x`` and ``y`` NaN where no home is known.
    """
    posts = raw_posts(stands, rangers, params, rules)
    made = [
        match_previous(of_town.reset_index(drop=True), stands[stands["town_code"] == town])
        for town, of_town in posts.groupby("town_code", sort=True)
    ]
    return pd.concat(made, ignore_index=True)


def raw_posts(
    stands: pd.DataFrame, rangers: pd.DataFrame | None, params: GridParams, rules: GridRules
) -> pd.DataFrame:
    """Give the posts in order, before they are matched with last year's grids."""
    if rangers is not None and len(rangers):
        return in_order(_posts_of_rangers(rangers))
    return _posts_by_count(stands, params, rules)


def in_order(posts: pd.DataFrame) -> pd.DataFrame:
    """Sort posts by ranger; vacant ones come last, so that equal choices go to people."""
    order = ["town_code", "ranger_id", "previous_code", "ranger_name", "x", "y"]
    made = posts.assign(vacant=posts["ranger_id"] == "")
    made = made.sort_values(["vacant", *order], kind="stable", na_position="last")
    return made.drop(columns="vacant")


def _posts_of_rangers(rangers: pd.DataFrame) -> pd.DataFrame:
    shapes = np.asarray(rangers.geometry) if hasattr(rangers, "geometry") else [None] * len(rangers)
    xy = centres(np.asarray(shapes, dtype=object))
    posts = pd.DataFrame(
        {
            "town_code": rangers["town_code"].to_numpy(),
            "ranger_id": _texts(rangers, "person_id"),
            "ranger_name": _texts(rangers, "name"),
            "capacity_mu": _numbers(rangers, "capacity_mu"),
            "previous_code": _texts(rangers, "previous_grid_code"),
            "x": xy[:, 0],
            "y": xy[:, 1],
            "presumed": _numbers(rangers, "home_presumed") > 0,
        }
    )
    return posts[COLUMNS]


def _texts(frame: pd.DataFrame, name: str) -> list[str]:
    if name not in frame:
        return [""] * len(frame)
    return ["" if pd.isna(v) else str(v).strip() for v in frame[name]]


def _numbers(frame: pd.DataFrame, name: str) -> Floats:
    if name not in frame:
        return np.full(len(frame), np.nan)
    return pd.to_numeric(frame[name], errors="coerce").to_numpy(np.float64, na_value=np.nan)


def _posts_by_count(stands: pd.DataFrame, params: GridParams, rules: GridRules) -> pd.DataFrame:
    """Make nameless posts: GRID_COUNT shared by workload, else as many as last year."""
    by_town = stands.groupby("town_code", sort=True)
    load = by_town["workload"].sum()
    sizes = by_town.size().to_numpy()
    if params.grid_count:
        counts = share_count(load.to_numpy(), sizes, params.grid_count)
    else:
        before = by_town["previous_grid_code"].agg(lambda c: c[c != ""].nunique()).to_numpy()
        usual = np.maximum(1, np.round(by_town["mu"].sum().to_numpy() / rules.target_mu))
        counts = np.minimum(np.where(before > 0, before, usual), sizes).astype(np.int64)
    towns = np.repeat(load.index.to_numpy(), counts)
    return pd.DataFrame(
        {
            "town_code": towns,
            "ranger_id": "",
            "ranger_name": "",
            "capacity_mu": np.nan,
            "previous_code": "",
            "x": np.nan,
            "y": np.nan,
            "presumed": False,
        }
    )[COLUMNS]


def share_count(load: Floats, sizes: Ints, count: int) -> Ints:
    """Share a county's number of grids among towns by workload, at least one each.

    Largest remainder (Hamilton); a town never gets more grids than stands.
    """
    count = max(count, len(load))
    quota = load / max(float(load.sum()), 1e-12) * count
    counts = np.minimum(np.maximum(1, np.floor(quota).astype(np.int64)), sizes)
    while counts.sum() < count and (counts < sizes).any():
        counts[np.argmax(np.where(counts < sizes, quota - counts, -np.inf))] += 1
    while counts.sum() > count and (counts > 1).any():
        counts[np.argmin(np.where(counts > 1, quota - counts, np.inf))] -= 1
    return counts


def match_previous(posts: pd.DataFrame, stands: pd.DataFrame) -> pd.DataFrame:
    """Settle which last year's grid each post of a town continues.

    A code that no stand of the town carries, or that an earlier post claims, is dropped.
    """
    made = posts.copy()
    mu = stands.loc[stands["previous_grid_code"] != ""].groupby("previous_grid_code")["mu"].sum()
    known = made["previous_code"].isin(mu.index) & ~made["previous_code"].duplicated()
    made.loc[~known, "previous_code"] = ""
    free = np.flatnonzero(~known.to_numpy())
    loose = mu[~mu.index.isin(made["previous_code"])]
    loose = loose.sort_index().sort_values(ascending=False, kind="stable")[: len(free)]
    if not len(loose) or not len(free):
        return made
    middle = _centres(stands, loose.index)
    homes = made.loc[free, ["x", "y"]].to_numpy(np.float64)
    cost = np.hypot(*(homes[:, None, :] - middle[None, :, :]).transpose(2, 0, 1))
    # A post without a home takes what the others leave, in order.
    far = np.nanmax(cost) if np.isfinite(cost).any() else 0.0
    order = np.arange(len(free))[:, None] * 1e-6 + np.arange(len(loose))[None, :] * 1e-9
    cost = np.where(np.isfinite(cost), cost, 2.0 * far + 1.0) + order
    row, column = linear_sum_assignment(cost)
    made.loc[free[row], "previous_code"] = loose.index.to_numpy()[column]
    return made


def _centres(stands: pd.DataFrame, codes: pd.Index) -> Floats:
    """Give the mu-weighted centre of each last year's grid."""
    xy, mu = centres(np.asarray(stands.geometry, dtype=object)), stands["mu"].to_numpy()
    middle = np.empty((len(codes), 2))
    for row, code in enumerate(codes):
        inside = (stands["previous_grid_code"] == code).to_numpy()
        weight = np.maximum(mu[inside], 1e-9)
        middle[row] = np.average(xy[inside], axis=0, weights=weight)
    return middle


def wanted_shares(posts: pd.DataFrame, workload: float) -> Floats:
    """Give each post's wanted workload in its town: the mean, or its share by capacity.

    Posts without a capacity count with the mean of those that have one.
    """
    capacity = posts["capacity_mu"].to_numpy(np.float64)
    known = np.isfinite(capacity) & (capacity > 0)
    if not known.any():
        return np.full(len(posts), workload / max(1, len(posts)))
    capacity = np.where(known, capacity, capacity[known].mean())
    return workload * capacity / capacity.sum()
