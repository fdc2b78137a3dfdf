"""Town polygons that divide forest: one administrative level, each piece of land once."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.tables.intake.shapes import overlaps
from linzhang_plugin.core.tables.units import MU_M2

LEVEL_FIELD = "level"
"""Column of the workspace's ``admin_unit`` that tells county, town and village apart."""
TOWN_LEVEL = 4
"""Code of towns and state farms in the code list ``admin_level``."""
SLIVER_SHARE = 0.01
"""Borders drawn twice differ by less than this share of the smaller polygon."""


def of_town_level(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give the rows of the town level where a level column tells them, else all rows.

    Rows keep their index, which is their place in the layer.
    """
    if LEVEL_FIELD not in units:
        return units
    towns = pd.to_numeric(units[LEVEL_FIELD], errors="coerce") == TOWN_LEVEL
    return units[towns] if towns.any() else units


def divided(
    land: object, towns: gpd.GeoDataFrame, field: str
) -> list[tuple[shapely.Geometry, str | None]]:
    """Divide land among towns; land outside every town comes last, without a code.

    Where two borders differ by a sliver, the sliver belongs to the row that comes first.

    Args:
        land: Polygon in a projected CRS (m).
        towns: Polygons in the same CRS; the index is the row in the layer, from 0.
        field: Column of the town's code.

    Returns:
        Land and code of each town; the land is given out exactly once.

    Raises:
        InputError: Two rows overlap by more than a sliver, as nested levels do.
    """
    shapes = _valid(towns.geometry.to_numpy())
    pairs, common = overlaps(shapes)
    smaller = shapely.area(shapes)[pairs].min(axis=1)
    nested = np.flatnonzero(common > SLIVER_SHARE * smaller)
    if len(nested):
        one, two = pairs[nested[0]].tolist()
        raise _overlapping(towns, field, one, two, float(common[nested[0]]))
    own = shapes.copy()
    for one, two in pairs.tolist():
        own[two] = shapely.difference(own[two], shapes[one])
    codes = [None if pd.isna(code) else str(code) for code in towns[field]]
    rest = shapely.difference(land, shapely.union_all(shapes))
    return [*zip(shapely.intersection(land, own), codes, strict=True), (rest, None)]


def _valid(shapes: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Mend what a change of CRS made invalid."""
    return np.where(shapely.is_valid(shapes), shapes, shapely.make_valid(shapes))


def _overlapping(
    towns: gpd.GeoDataFrame, field: str, one: int, two: int, area: float
) -> InputError:
    """Name two overlapping rows, counted from 1 as a user counts them."""
    return InputError(
        tr(
            "TOWNS: rows {one} ({first}) and {two} ({second}) overlap by {mu} mu; give a layer"
            " with units of one level only, each piece of land in one of them."
        ),
        one=int(towns.index[one]) + 1,
        first=towns[field].iloc[one],
        two=int(towns.index[two]) + 1,
        second=towns[field].iloc[two],
        mu=round(area / MU_M2, 1),
    )
