"""How much patrolling a stand takes: mu × slope × access × (1 + risk share).

The formula and its default factors are the forest offices' practice written down in the rules
(slope classes 0.9 … 1.5, distance to a road, share of risk zones); each factor stays visible as
a column of the result.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from linzhang_plugin.core.grids.model import Floats, Ints
from linzhang_plugin.core.grids.rules import SLOPE_LIMITS, GridRules
from linzhang_plugin.core.terrain.gradient import slope_of
from linzhang_plugin.core.terrain.raster import Raster
from linzhang_plugin.core.terrain.zonal import zonal_mean

FLAT, LAST = 1, 6
NAMES = {"平": 1, "缓": 2, "斜": 3, "陡": 4, "急": 5, "险": 6}


def slope_class(values: pd.Series) -> Floats:
    """Read PO_DU: class codes 1 … 6, their names, or degrees, told apart by the values.

    A column whose values are all whole numbers from 1 to 6 holds codes (roman numerals and
    names such as 陡坡 too); anything else holds degrees.

    Returns:
        (n,) classes 1 … 6, NaN where the value says nothing.
    """
    text = values.astype("string").fillna("").str.strip()
    numbers = pd.to_numeric(text, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    roman = text.str.upper().map({"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "Ⅰ": 1,
                                  "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4, "Ⅴ": 5, "Ⅵ": 6})  # fmt: skip
    named = text.str[:1].map(NAMES)
    words = roman.fillna(named).to_numpy(dtype=np.float64, na_value=np.nan)
    known = numbers[np.isfinite(numbers)]
    coded = len(known) > 0 and bool(((known >= 1) & (known <= LAST) & (known % 1 == 0)).all())
    classes = numbers if coded else class_of_degrees(numbers)
    return np.where(np.isfinite(words), words, classes)


def class_of_degrees(degrees: Floats) -> Floats:
    """Give slope classes 1 … 6 of degrees (limits 5, 15, 25, 35, 45), NaN kept."""
    classes = 1.0 + np.searchsorted(SLOPE_LIMITS, degrees, side="right")
    return np.where(np.isfinite(degrees), classes, np.nan)


def slope_class_of_dem(stands: gpd.GeoDataFrame, dem: Raster) -> Floats:
    """Give the slope class of each stand's mean slope.

    Args:
        stands: Polygons in any CRS.
        dem: Heights in m, geographic or projected.
    """
    shapes = stands.geometry.to_crs(dem.crs)
    minx, miny, maxx, maxy = shapes.total_bounds
    wide, high = dem.cell
    near = dem.window((minx - 2 * wide, miny - 2 * high, maxx + 2 * wide, maxy + 2 * high))
    slope = slope_of(near, bool(shapes.crs.is_geographic))
    return class_of_degrees(zonal_mean(slope, shapes.to_numpy()))


def road_distance(stands: gpd.GeoDataFrame, roads: gpd.GeoDataFrame | None) -> Floats:
    """Give the distance from each stand's centre to the nearest road, m; NaN without roads."""
    if roads is None or not len(roads):
        return np.full(len(stands), np.nan)
    lines = roads.geometry.to_numpy()
    lines = lines[~(shapely.is_missing(lines) | shapely.is_empty(lines))]
    centres = shapely.centroid(stands.geometry.to_numpy())
    nearest = shapely.STRtree(lines).nearest(centres)
    return shapely.distance(centres, lines[nearest])


def risk_share(stands: gpd.GeoDataFrame, zones: gpd.GeoDataFrame | None) -> Floats:
    """Give the share of each stand's area that lies in risk zones, 0 … 1."""
    share = np.zeros(len(stands))
    if zones is None or not len(zones):
        return share
    whole = shapely.union_all(shapely.make_valid(zones.geometry.to_numpy()))
    shapes = stands.geometry.to_numpy()
    met = shapely.intersects(shapes, whole)
    covered = shapely.area(shapely.intersection(shapes[met], whole))
    share[met] = np.clip(covered / np.maximum(shapely.area(shapes[met]), 1e-9), 0.0, 1.0)
    return share


def add_workload(
    stands: gpd.GeoDataFrame,
    rules: GridRules,
    dem: Raster | None = None,
    roads: gpd.GeoDataFrame | None = None,
    risk_zones: gpd.GeoDataFrame | None = None,
) -> gpd.GeoDataFrame:
    """Add slope_class, slope_factor, road_m, access_factor, risk_share, risk_factor, workload.

    Args:
        stands: Columns ``mu`` and geometry in a projected CRS; optional ``po_du`` (codes or
            degrees, first choice for the slope) and ``workload`` (given by the user: kept,
            the factors are 1).
        rules: Factors.
        dem: Heights, for stands without ``po_du``.
        roads: Lines in the stands' CRS; without them the access factor is 1.
        risk_zones: Polygons in the stands' CRS.
    """
    made = stands.copy()
    classes = np.full(len(made), np.nan)
    if "po_du" in made:
        classes = slope_class(made["po_du"])
    if dem is not None and np.isnan(classes).any():
        classes = np.where(np.isfinite(classes), classes, slope_class_of_dem(made, dem))
    made["slope_class"] = pd.array(
        [None if np.isnan(c) else int(c) for c in classes], dtype="Int64"
    )
    given = "workload" in made and made["workload"].notna().any()
    plain = np.ones(len(made))
    made["slope_factor"] = plain if given else _slope_factor(classes, rules)
    made["road_m"] = road_distance(made, roads)
    made["access_factor"] = plain if given else access_factor(made["road_m"].to_numpy(), rules)
    made["risk_share"] = risk_share(made, risk_zones)
    if risk_zones is None and "known_risk" in made:
        made["risk_share"] = made["known_risk"]
    made["risk_factor"] = plain if given else 1.0 + made["risk_share"]
    product = made["mu"] * made["slope_factor"] * made["access_factor"] * made["risk_factor"]
    made["workload"] = made["workload"].fillna(made["mu"]) if given else product
    return made


def _slope_factor(classes: Floats, rules: GridRules) -> Floats:
    """Give the factor of each class; stands without one take 1."""
    which: Ints = np.where(np.isfinite(classes), classes, FLAT).astype(np.int64) - 1
    return np.where(np.isfinite(classes), np.asarray(rules.slope_factors)[which], 1.0)


def access_factor(metres: Floats, rules: GridRules) -> Floats:
    """Give the access factor of distances to the nearest road; 1 where unknown."""
    which = np.searchsorted(rules.access_m, metres, side="right")
    which = np.minimum(which, len(rules.access_factors) - 1)
    return np.where(np.isfinite(metres), np.asarray(rules.access_factors)[which], 1.0)
