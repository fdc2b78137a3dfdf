"""What of imported traces is kept beside the workspace: patrols, not hours at home."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.patrols.areas import make_areas
from linzhang_plugin.core.patrols.clipping import private_fixes, without_private
from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.fixes import Fixes
from linzhang_plugin.core.patrols.patrols import find_patrols
from linzhang_plugin.core.patrols.rules import PatrolRules
from linzhang_plugin.core.progress import part
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.patrols.countybook import CountyBook


def fixes_to_keep(call: Call, book: CountyBook, fixes: Fixes, clock: Clock) -> Fixes:
    """Give the fixes without those at home before and after the patrols.

    Args:
        call: The run, told how many were cut.
        book: The workspace: its grids, and homes that are not presumed.
        fixes: What was imported, WGS84.
        clock: Zone of the days.
    """
    if not len(fixes):
        return fixes
    rules, day = PatrolRules(), clock.day(fixes.time)
    areas = None
    if book.table("grid") is not None:
        plan, held = book.grids(int(day.min()), int(day.max()))
        areas = make_areas(plan, rules.grid_buffer_m, held)
    found = find_patrols(fixes, rules, clock, areas, part(call.progress, 0.75, 0.9))
    kept = without_private(fixes, found, private_fixes(found, homes(book.persons)))
    if len(kept) < len(fixes):
        cut = len(fixes) - len(kept)
        call.say(Message("{n} fixes at home or in long stays off duty were not kept.", {"n": cut}))
    return kept


def homes(persons: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Give longitude and latitude of the homes that are known and not merely presumed."""
    if "geometry" not in persons.columns or not len(persons):
        return {}
    places = gpd.GeoSeries(persons["geometry"])
    known = places.notna() & ~places.is_empty
    if "home_presumed" in persons.columns:
        known &= persons["home_presumed"].map(lambda v: pd.isna(v) or not bool(v))
    degrees: Any = places[known].to_crs(4326).to_numpy() if known.any() else []
    xy = shapely.get_coordinates(degrees)
    ids = persons.loc[known.to_numpy(), "person_id"].astype(str)
    return {person: (float(x), float(y)) for person, (x, y) in zip(ids, xy, strict=True)}


def latest_grids(book: CountyBook) -> gpd.GeoDataFrame | None:
    """Give the grids of the latest plan, None without any."""
    grids = book.table("grid")
    if grids is None:
        return None
    return grids[grids["grid_year"] == grids["grid_year"].max()]
