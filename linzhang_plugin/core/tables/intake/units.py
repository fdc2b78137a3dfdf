"""Towns and villages dissolved from stands, where no boundaries come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from linzhang_plugin.core.tables.intake.placenames import town_kind
from linzhang_plugin.core.tables.intake.shapes import multi, polygons_of
from linzhang_plugin.core.tables.schema import ADMIN_UNIT


def units_of_stands(
    stands: gpd.GeoDataFrame,
    town_names: Mapping[str, str],
    village_names: Mapping[str, str],
    county_name: str = "",
) -> gpd.GeoDataFrame:
    """Dissolve county, towns and villages from stands.

    Args:
        stands: With ``town_code``, ``village_code`` and geometry in metres.
        town_names: 9-digit code → name; the number stands for a missing name.
        village_names: 12-digit code → name.
        county_name: Name of the county.

    Returns:
        ``admin_unit`` rows marked ``presumed``, level by level, sorted by code; in the CRS of
        the stands.
    """
    usable = stands[stands["town_code"].notna()]
    rows: list[dict[str, Any]] = []
    counties = usable["town_code"].str[:6]
    for code, part in usable.groupby(counties, sort=True):
        rows.append(_unit(str(code), county_name or str(code), 3, "", "county", part))
    for code, part in usable.groupby("town_code", sort=True):
        name = town_names.get(str(code), "")
        kind = town_kind(str(code), name)
        rows.append(_unit(str(code), name or str(code), 4, str(code)[:6], kind, part))
    with_village = usable[usable["village_code"].notna()]
    for code, part in with_village.groupby("village_code", sort=True):
        name = village_names.get(str(code), "")
        kind = "community" if str(code)[9:10] in ("0", "1") else "village"
        rows.append(_unit(str(code), name or str(code), 5, str(code)[:9], kind, part))
    frame = pd.DataFrame(rows, columns=[*ADMIN_UNIT.names, "geometry"])
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=stands.crs)


def _unit(
    code: str, name: str, level: int, parent: str, kind: str, part: gpd.GeoDataFrame
) -> dict[str, Any]:
    shape = dissolved(part.geometry.to_numpy())
    return {
        "unit_code": code,
        "unit_name": name[:60],
        "level": level,
        "parent_code": parent or None,
        "kind": kind,
        "area_m2": float(shapely.area(shape)),
        "presumed": True,
        "geometry": shape,
    }


def dissolved(shapes: Any) -> Any:
    """Give the union of polygons as one MultiPolygon."""
    merged = shapely.union_all(shapes)
    if shapely.get_type_id(merged) not in (3, 6):
        merged = polygons_of(merged)
    return multi(np.array([merged], dtype=object))[0]
