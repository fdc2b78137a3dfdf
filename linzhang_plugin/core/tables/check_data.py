"""What the checks look at: a year's tables, joined once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.tables.plan_loading import forest_of_year
from linzhang_plugin.core.tables.rules import RuleSet
from linzhang_plugin.core.tables.units import basis_area

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Finding:
    """One thing that a rule found.

    Attributes:
        rule: Number of the rule, 1 to 13.
        severity: ``error`` (wrong), ``warning`` (to be looked at) or ``info``.
        kind: ``stand``, ``grid``, ``person``, ``hill``, ``board``, ``slope`` or ``county``.
        id: Its code.
        text: The sentence.
        geometry: Where it is, None where nowhere.
        mu: Area concerned, mu, or None.
        town: Town code, or None.
    """

    rule: int
    severity: str
    kind: str
    id: str
    text: Message
    geometry: Any = None
    mu: float | None = None
    town: str | None = None


@dataclass(frozen=True, eq=False)
class CheckData:
    """A workspace's tables and the year and rules to check them by.

    Attributes:
        tables: Every table by name, all years.
        year: The year.
        rules: Rule set of the room ``grids``.
        county_code: Six digits.
    """

    tables: Mapping[str, pd.DataFrame]
    year: int
    rules: RuleSet
    county_code: str = ""

    def of_year(self, table: str) -> pd.DataFrame:
        """Give the rows of the year."""
        frame = self.tables[table]
        return frame[frame["grid_year"] == self.year].reset_index(drop=True)

    @cached_property
    def grids(self) -> gpd.GeoDataFrame:
        """Grids of the year, indexed by code."""
        return self.of_year("grid").set_index("grid_code", drop=False).sort_index()

    @cached_property
    def stands(self) -> gpd.GeoDataFrame:
        """All stands by id, with ``basis_m2``, ``deviant`` and ``forest`` (of the year)."""
        stands = self.tables["stand"]
        tolerance = self.rules.number("area_tolerance", 0.01) or 0.01
        basis, deviant = basis_area(
            stands["area_m2"].to_numpy(float), stands["official_m2"].to_numpy(float), tolerance
        )
        made = stands.assign(
            basis_m2=basis, deviant=deviant, forest=forest_of_year(stands, self.year)
        )
        return made.set_index("stand_id", drop=False)

    @cached_property
    def parts(self) -> gpd.GeoDataFrame:
        """A row a stand and grid of the year, with the stand's geometry and its share in mu."""
        rows = self.of_year("grid_stand")
        known = self.stands.reindex(rows["stand_id"])
        return gpd.GeoDataFrame(
            {
                "grid_code": rows["grid_code"].to_numpy(),
                "stand_id": rows["stand_id"].to_numpy(),
                "share": rows["share"].to_numpy(float),
                "mu": known["basis_m2"].to_numpy(float) * rows["share"].to_numpy(float) * 0.0015,
                "town_code": known["town_code"].to_numpy(),
            },
            geometry=known.geometry.to_numpy(),
            crs=self.stands.crs,
        )

    @cached_property
    def mu_of_grid(self) -> pd.Series:
        """Sum of the stands' mu by grid code."""
        return self.parts.groupby("grid_code")["mu"].sum()

    @cached_property
    def duties(self) -> pd.DataFrame:
        """Assignments of the year."""
        return self.of_year("assignment")

    def grid_shape(self, code: str) -> Any:
        """Give a grid's geometry, None where it has none."""
        return self.grids.geometry.get(code)

    def town_of(self, code: str) -> str | None:
        """Give a grid's town."""
        town = self.grids["town_code"].get(code)
        return town if isinstance(town, str) else None

    def grid_finding(self, rule: int, severity: str, code: str, text: Message) -> Finding:
        """Make a finding about a grid."""
        mu = self.mu_of_grid.get(code)
        return Finding(
            rule, severity, "grid", code, text, self.grid_shape(code),
            None if mu is None else float(mu), self.town_of(code),
        )  # fmt: skip


def outline(shape: Any) -> Any:
    """Give any geometry as a MultiPolygon: points and lines get 10 m around them."""
    if shape is None or shape.is_empty:
        return None
    if shape.geom_type in ("Point", "MultiPoint", "LineString", "MultiLineString"):
        shape = shape.buffer(10.0)
    polygons = [p for p in shapely.get_parts([shape]) if p.geom_type == "Polygon"]
    if shape.geom_type == "GeometryCollection":
        polygons = [p for p in shapely.get_parts(shapely.get_parts([shape])) if p.area > 0]
    return shapely.MultiPolygon(polygons) if polygons else None
