"""Risk zones of five kinds, key fire periods and the danger level of every day, all invented."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from linzhang_plugin.core.sample.land import frame, multi
from linzhang_plugin.core.sample.names import MARK
from linzhang_plugin.core.terrain.overlap import common_area

Floats = npt.NDArray[np.float64]

KINDS: tuple[tuple[str, str, int, float], ...] = (
    ("1", "农林交错区", 22, 90.0),
    ("4", "墓区", 31, 45.0),
    ("5", "高压线走廊", 8, 15.0),
    ("2", "疫木除治山场", 4, 150.0),
    ("3", "林区施工现场", 5, 80.0),
)
"""Code of the zone type, name, number in the whole county, half its width (m)."""
EXTREME, HIGH = 5, 4


def risk_zones(grid: gpd.GeoDataFrame, seed: int, scale: float) -> gpd.GeoDataFrame:
    """Draw the risk zones; each belongs to the grid in which most of it lies.

    Args:
        grid: Last year's grids.
        seed: Seed.
        scale: Share of the full county; at least one zone of each kind.
    """
    rng = np.random.default_rng([seed, 61])
    shapes: list[Any] = []
    rows: list[dict[str, Any]] = []
    forest = _inner(grid)
    for kind, name, count, half in KINDS:
        for number in range(1, max(1, round(count * scale)) + 1):
            shape = _drawn(rng, forest, kind, half)
            home = int(np.argmax(common_area(forest, shape)))
            rows.append(
                {
                    "zone_id": f"Z{kind}{number:03d}",
                    "zone_name": f"{MARK}{name}{number}",
                    "zone_type": kind,
                    "daily_required": True,
                    "town_code": grid["town_code"].iloc[home],
                    "grid_code": grid["grid_code"].iloc[home],
                }
            )
            shapes.append(shape)
    drawn = np.array([shapely.set_precision(shape, 0.01) for shape in shapes], dtype=object)
    return frame({name: [row[name] for row in rows] for name in rows[0]}, multi(drawn))


def _inner(grid: gpd.GeoDataFrame) -> npt.NDArray[np.object_]:
    """Give the largest part of each grid: zones lie where a ranger can be expected."""
    parts = []
    for shape in grid.geometry:
        parts.append(max(getattr(shape, "geoms", [shape]), key=lambda part: part.area))
    return np.array(parts, dtype=object)


def _drawn(
    rng: np.random.Generator,
    forest: npt.NDArray[np.object_],
    kind: str,
    half: float,
) -> Any:
    """Draw one zone: at the forest's edge, inside it, or along a line across two grids."""
    index = int(rng.integers(len(forest)))
    shape = forest[index]
    if kind == "1":
        ring = shape.exterior
        return ring.interpolate(rng.random(), normalized=True).buffer(half, 6)
    point = _inside(rng, shape)
    if kind != "5":
        return shapely.Point(point).buffer(half * rng.uniform(0.8, 1.3), 6)
    angle = rng.uniform(0.0, np.pi)
    reach = rng.uniform(1500.0, 3500.0) * np.array([np.cos(angle), np.sin(angle)])
    bend = point + rng.normal(0.0, 150.0, 2)
    return shapely.LineString([point - reach, bend, point + reach]).buffer(half, 2)


def _inside(rng: np.random.Generator, shape: Any) -> Floats:
    """Give a random place well inside a shape."""
    inner = shape.buffer(-60.0)
    area = shape if inner.is_empty else inner
    west, south, east, north = area.bounds
    for _ in range(200):
        place = np.array([rng.uniform(west, east), rng.uniform(south, north)])
        if shapely.contains_xy(area, *place):
            return place
    return np.asarray(shapely.get_coordinates(area.representative_point())[0])


def fire_periods(year: int) -> pd.DataFrame:
    """Give the key fire periods of the years up to ``year``: one a winter, one of them advanced."""
    rows = []
    for first in range(year - 4, year):
        day = "09-12" if first == 2022 else "10-01"
        rows.append((f"{first}-{day}", f"{first + 1}-04-30", "重点期"))
    table = pd.DataFrame(rows, columns=["start_on", "end_on", "kind"])
    table["note"] = MARK
    return table


def danger_days(seed: int, year: int) -> pd.DataFrame:
    """Give the danger level of each day of last year's last quarter: dry spells in a wet autumn.

    Each row is for all towns, but for one day on which one town has a lower level.
    """
    rng = np.random.default_rng([seed, 62])
    first = np.datetime64(f"{year - 1}-10-01", "D")
    days = np.arange(first, np.datetime64(f"{year}-01-01", "D"))
    level = rng.choice([2, 3], len(days), p=[0.4, 0.6])
    for start, length, top in ((20, 5, EXTREME), (48, 4, EXTREME), (75, 6, EXTREME)):
        level[start - 2 : start + length + 2] = HIGH
        level[start : start + length] = top
    table = pd.DataFrame({"day": days.astype(str), "town_code": None, "level": level})
    exception = {"day": str(days[21]), "town_code": "360702501", "level": HIGH}
    table = pd.concat([table, pd.DataFrame([exception])], ignore_index=True)
    table["town_code"] = table["town_code"].astype(object).where(table["town_code"].notna(), None)
    table["note"] = MARK
    return table


def extreme_days(days: pd.DataFrame) -> frozenset[int]:
    """Give the days (since 1970) of the highest level."""
    top = days.loc[days["level"] >= EXTREME, "day"]
    return frozenset(int(np.datetime64(day, "D").astype(np.int64)) for day in top)
