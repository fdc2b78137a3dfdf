"""A county made ready for the solver: its posts and its towns."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from linzhang_plugin.core.grids.land.ridges import ridge_links, stretched
from linzhang_plugin.core.grids.land.shapes import centres
from linzhang_plugin.core.grids.land.travel import Ground, town_minutes
from linzhang_plugin.core.grids.model import Bools, Ints
from linzhang_plugin.core.grids.numbering import town3_of
from linzhang_plugin.core.grids.params import ADJUST, GridParams
from linzhang_plugin.core.grids.posts import make_posts, raw_posts, wanted_shares
from linzhang_plugin.core.grids.rules import GridRules, bounds_of_town
from linzhang_plugin.core.grids.township import Township, make_township
from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.progress import Progress, part, silent, step


@dataclass(frozen=True, eq=False)
class Survey:
    """What the solver is asked, and what its answer is drawn from.

    Attributes:
        stands: The county's stands.
        links: (m, 2) links between their rows.
        posts: The posts of all towns, in order of town.
        raw: The same before they were matched with last year's grids.
        towns: The townships, in order of their codes.
        staffed: Rangers were given: a post without one is vacant.
        ridges: (m,) links that lead over a ridge; None where there is no DEM.
    """

    stands: gpd.GeoDataFrame
    links: Ints
    posts: pd.DataFrame
    raw: pd.DataFrame
    towns: list[Township]
    staffed: bool
    ridges: Bools | None = None


def survey_county(
    stands: gpd.GeoDataFrame,
    links: Ints,
    rangers: gpd.GeoDataFrame | None,
    params: GridParams,
    rules: GridRules,
    ground: Ground,
    progress: Progress = silent,
) -> Survey:
    """Match posts with last year's grids and put every town together.

    Raises:
        ConflictError: Locks contradict the hard rules.
        CancelledError: ``progress`` said stop.
    """
    stands = stands.reset_index(drop=True)
    step(progress, 0.0, Message("Matching posts with last year's grids."))
    posts = make_posts(stands, rangers, params, rules)
    raw = raw_posts(stands, rangers, params, rules)
    towns = _townships(stands, links, posts, params, rules, ground, progress)
    staffed = rangers is not None and len(rangers) > 0
    ridges = None
    if ground.dem is not None:
        ridges = ridge_links(centres(stands.geometry.to_numpy()), links, ground.dem, stands.crs)
    return Survey(stands, links, posts, raw, towns, staffed, ridges)


def _townships(
    stands: gpd.GeoDataFrame,
    links: Ints,
    posts: pd.DataFrame,
    params: GridParams,
    rules: GridRules,
    ground: Ground,
    progress: Progress,
) -> list[Township]:
    xy = centres(stands.geometry.to_numpy())
    codes = sorted(stands["town_code"].unique())
    three = town3_of(codes)
    local = np.empty(len(stands), dtype=np.int64)
    made = []
    for number, code in enumerate(codes):
        report = part(progress, number / len(codes), (number + 1) / len(codes))
        step(report, 0.0)
        rows = np.flatnonzero((stands["town_code"] == code).to_numpy())
        local[rows] = np.arange(len(rows))
        inside = (stands["town_code"].to_numpy()[links[:, 0]] == code) if len(links) else []
        here = posts[posts["town_code"] == code].reset_index(drop=True)
        own, ties = stands.iloc[rows], local[links[inside]]
        minutes = town_minutes(own, xy[rows], here, rules, ground, stands.crs, report)
        low, high = bounds_of_town(rules, three[code])
        bounds = (
            low if params.min_mu is None else params.min_mu,
            high if params.max_mu is None else params.max_mu,
        )
        wanted = wanted_shares(here, float(own["workload"].sum()))
        place = stretched(xy[rows], ties, ground.dem, stands.crs, params.weight_ridge)
        made.append(make_township(code, rows, stands, place, ties, here, wanted, bounds, minutes,
                                  params.mode == ADJUST))  # fmt: skip
    return made
