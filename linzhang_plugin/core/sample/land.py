"""The sample county's rasters and outlines, and what every table takes from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from linzhang_plugin.core.sample import survey
from linzhang_plugin.core.sample.names import MARK, village_names
from linzhang_plugin.core.sample.relief import FINE, Relief
from linzhang_plugin.core.sample.units import Units

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Shapes = npt.NDArray[np.object_]

CRS = "EPSG:4547"


@dataclass(frozen=True, eq=False)
class Faces:
    """Outlines: each stand, and each village's patches of other cover by kind."""

    stand: Shapes
    other: Shapes
    other_village: Ints
    other_kind: Ints


def moved(shapes: Shapes, origin: tuple[float, float]) -> Shapes:
    """Bring shapes from the rectangle's corner to the map."""
    return np.asarray(shapely.transform(shapes, lambda xy: np.round(xy + origin, 2)))


@dataclass(eq=False)
class Land:
    """Everything the tables are made of; each table is made once."""

    seed: int
    year: int
    scale: float
    relief: Relief
    units: Units
    cover: Ints
    segments: Ints
    origin: tuple[float, float]
    faces: Faces
    truth: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def luck(self, stage: int) -> np.random.Generator:
        """Give the random numbers of one stage."""
        return np.random.default_rng([self.seed, stage])

    def place(self, cells: Ints) -> Floats:
        """Give the map coordinates of (n, 2) row and column."""
        rows = self.cover.shape[0]
        return np.stack(
            [
                self.origin[0] + (cells[:, 1] + 0.5) * FINE,
                self.origin[1] + (rows - cells[:, 0] - 0.5) * FINE,
            ],
            axis=1,
        )

    @cached_property
    def village_codes(self) -> list[str]:
        """Code of each village: 2xx for villages, 0xx for communities, by town."""
        codes = []
        for index, town in enumerate(self.units.village_town):
            number = int((self.units.village_town[:index] == town).sum()) + 1
            plan = self.units.towns[town]
            base = 0 if plan.kind == "street" else 200
            codes.append(f"{plan.code}{base + number:03d}")
        return codes

    @cached_property
    def village_names(self) -> list[str]:
        """Name of each village, with its kind."""
        kinds = {"street": "社区", "state_farm": "分场"}
        names = village_names(self.luck(11), len(self.units.village_town))
        return [
            name + kinds.get(self.units.towns[town].kind, "村")
            for name, town in zip(names, self.units.village_town, strict=True)
        ]

    @cached_property
    def town_codes(self) -> Shapes:
        """Code of each town."""
        return np.array([plan.code for plan in self.units.towns], dtype=object)

    @cached_property
    def stand_village(self) -> Ints:
        """Village of each stand."""
        inside = self.segments >= 0
        made = np.zeros(len(self.faces.stand), dtype=np.int64)
        made[self.segments[inside]] = self.units.village[inside]
        return made

    @cached_property
    def stand_town(self) -> Ints:
        """Town of each stand."""
        return np.asarray(self.units.village_town[self.stand_village])

    @cached_property
    def site(self) -> survey.Site:
        """Site of each stand."""
        return survey.sites(self.luck(12), self.relief, self.cover, self.segments)

    @cached_property
    def stand_xy(self) -> Floats:
        """A cell in the middle of each stand, on the map."""
        return self.place(self.site.middle)

    @cached_property
    def county(self) -> Any:
        """The county's outline."""
        return shapely.union_all(np.concatenate([self.faces.stand, self.faces.other]))

    @cached_property
    def seats(self) -> Floats:
        """Seat of each village, on the map."""
        return self.place(self.units.seats)


def frame(data: dict[str, Any], shapes: Shapes) -> gpd.GeoDataFrame:
    """Give a frame on the map, its rows marked as sample."""
    table = pd.DataFrame(data)
    table["note"] = MARK
    return gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(shapes, crs=CRS), crs=CRS)


def multi(shapes: Shapes) -> Shapes:
    """Give every polygon as a MultiPolygon."""
    return np.array(
        [s if s.geom_type == "MultiPolygon" else shapely.MultiPolygon([s]) for s in shapes],
        dtype=object,
    )


def united(groups: list[Shapes]) -> Shapes:
    """Give the union of each group of shapes that share borders exactly."""
    return multi(np.array([shapely.union_all(group) for group in groups], dtype=object))
