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
    villages = _dissolve(usable, usable["village_code"], None)
    towns = _dissolve(usable, usable["town_code"], villages)
    counties = _dissolve(usable, usable["town_code"].str[:6], towns)
    rows: list[dict[str, Any]] = []
    for code, shape in counties.items():
        rows.append(_unit(code, county_name, 3, "county", shape))
    for code, shape in towns.items():
        name = town_names.get(code, "")
        rows.append(_unit(code, name, 4, town_kind(code, name), shape))
    for code, shape in villages.items():
        kind = "community" if code[9:10] in ("0", "1") else "village"
        rows.append(_unit(code, village_names.get(code, ""), 5, kind, shape))
    frame = pd.DataFrame(rows, columns=[*ADMIN_UNIT.names, "geometry"])
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=stands.crs)


def _dissolve(
    stands: gpd.GeoDataFrame, codes: pd.Series, finer: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Dissolve stands by code; of finer units that are dissolved already, their shapes are used."""
    shapes: Any = stands.geometry.to_numpy()
    finer = finer or {}
    done = np.zeros(len(stands), dtype=bool)
    pieces: dict[str, list[Any]] = {}
    if finer:
        width = len(next(iter(finer)))
        column = stands["village_code" if width == 12 else "town_code"]
        done = column.isin(list(finer)).to_numpy()
        above = dict(zip(column[done], codes[done], strict=True))
        for code, shape in finer.items():
            pieces.setdefault(str(above[code]), []).append(shape)
    left = codes[~done].dropna()
    for code, rows in left.groupby(left).groups.items():
        pieces.setdefault(str(code), []).extend(shapes[stands.index.get_indexer(rows)])
    return {code: dissolved(np.array(own, dtype=object)) for code, own in sorted(pieces.items())}


def _unit(code: str, name: str, level: int, kind: str, shape: Any) -> dict[str, Any]:
    parent = {3: None, 4: code[:6], 5: code[:9]}[level]
    return {
        "unit_code": code,
        "unit_name": (name or code)[:60],
        "level": level,
        "parent_code": parent,
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
