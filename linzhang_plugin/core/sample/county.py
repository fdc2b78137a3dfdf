"""The sample county as tables: made from a seed, invented, marked 示例."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from scipy import ndimage

from linzhang_plugin.core.progress import Progress, silent, step
from linzhang_plugin.core.sample import frames
from linzhang_plugin.core.sample.cover import BUILT, FARMLAND, FOREST, WATER, make_cover
from linzhang_plugin.core.sample.land import CRS, Faces, Land, moved
from linzhang_plugin.core.sample.outlines import outlines
from linzhang_plugin.core.sample.relief import FINE, Relief, make_relief
from linzhang_plugin.core.sample.segments import make_segments
from linzhang_plugin.core.sample.units import Units, make_units
from linzhang_plugin.core.tables.units import MU_M2
from linzhang_plugin.core.terrain.raster import Raster

Ints = npt.NDArray[np.int64]

MIDDLE = (590_200.0, 2_860_500.0)
"""Middle of the county in EPSG:4547, near 114.9° E 25.85° N, m."""
WIDTH, LENGTH = 26_400.0, 27_600.0
CLOSE = 0.004
"""Share by which a town's drawn forest may miss its official figure."""


@dataclass(frozen=True, eq=False)
class Truth:
    """What was planted in last year's plan, by stand id.

    Attributes:
        enclaves: Stands torn from their grid.
        doubles: Stands that are in two grids.
        orphans: Stands in no grid.
        vacant: Grid codes without a ranger.
    """

    enclaves: tuple[str, ...]
    doubles: tuple[str, ...]
    orphans: tuple[str, ...]
    vacant: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class SampleCounty:
    """An invented county, a frame for each table of the workspace that it fills.

    All frames are in :data:`CRS`; columns are those of ``core/tables/schema``. ``relief``,
    ``units``, ``cover`` and ``segments`` are the rasters (25 m) that it was drawn from, for
    what later features add (traces, imagery, risk zones).
    """

    seed: int
    year: int
    admin_unit: gpd.GeoDataFrame
    stand: gpd.GeoDataFrame
    hill: gpd.GeoDataFrame
    person: gpd.GeoDataFrame
    person_private: pd.DataFrame
    plan_year: pd.DataFrame
    grid: gpd.GeoDataFrame
    grid_stand: pd.DataFrame
    assignment: pd.DataFrame
    road: gpd.GeoDataFrame
    river: gpd.GeoDataFrame
    water: gpd.GeoDataFrame
    farmland: gpd.GeoDataFrame
    settlement: gpd.GeoDataFrame
    notice_board: gpd.GeoDataFrame
    built_up: gpd.GeoDataFrame
    truth: Truth
    relief: Relief
    units: Units
    cover: Ints
    segments: Ints
    origin: tuple[float, float]

    @cached_property
    def dem(self) -> Raster:
        """Heights in m on 25 m cells."""
        rows = self.relief.height.shape[0]
        west, south = self.origin
        transform = (FINE, 0.0, west, 0.0, -FINE, south + rows * FINE)
        return Raster(self.relief.height.astype(np.float32), transform, CRS)


def make_county(
    seed: int, year: int, scale: float = 1.0, progress: Progress = silent
) -> SampleCounty:
    """Make the sample county 示例区 (360702).

    Args:
        seed: The same seed makes the same county, byte for byte.
        year: The year to be planned; last year's plan is of ``year - 1``.
        scale: Area against the full county (375.5 km², 2,600 stands, 78 grids); about 0.05 to 1.
        progress: Receives progress.

    Raises:
        CancelledError: The receiver of ``progress`` said stop.
    """
    side = scale**0.5

    def luck(stage: int) -> np.random.Generator:
        return np.random.default_rng([seed, stage])

    relief = make_relief(luck(1), WIDTH * side, LENGTH * side)
    step(progress, 0.25)
    units = make_units(luck(2), relief, scale)
    step(progress, 0.4)
    cover = make_cover(luck(3), relief, units)
    step(progress, 0.5)
    segments = make_segments(luck(4), relief, units, cover)
    step(progress, 0.65)
    rows, columns = cover.shape
    origin = (
        float(np.round(MIDDLE[0] - columns * FINE / 2, -1)),
        float(np.round(MIDDLE[1] - rows * FINE / 2, -1)),
    )
    faces = make_faces(units, cover, segments, origin)
    for _ in range(3):
        off = forest_missing(units, segments, faces)
        if not (np.abs(off) > CLOSE * wanted_cells(units)).any():
            break
        cover, segments = fitted(units, cover, segments, off, relief)
        faces = make_faces(units, cover, segments, origin)
    step(progress, 0.8)
    land = Land(seed, year, scale, relief, units, cover, segments, origin, faces)
    made = frames.tables(land)
    step(progress, 1.0)
    return SampleCounty(
        seed=seed, year=year, relief=relief, units=units, cover=cover, segments=segments,
        origin=origin, truth=Truth(**land.truth), **made,
    )  # fmt: skip


def make_faces(units: Units, cover: Ints, segments: Ints, origin: tuple[float, float]) -> Faces:
    """Draw stands, and each village's water, fields and houses, with shared borders."""
    stands = int(segments.max()) + 1
    kinds = (WATER, FARMLAND, BUILT)
    other = stands + units.village * len(kinds) + cover - WATER
    label = np.where(segments >= 0, segments, np.where(cover > FOREST, other, -1))
    used, place = np.unique(label, return_inverse=True)
    outside = int(used[0] == -1)
    compact = place.reshape(label.shape) - outside
    used = used[outside:]
    shapes = outlines(compact, len(used), FINE)
    shapes = moved(shapes, origin)
    rest = used[stands:] - stands
    return Faces(
        stand=shapes[:stands],
        other=shapes[stands:],
        other_village=rest // len(kinds),
        other_kind=rest % len(kinds) + WATER,
    )


def wanted_cells(units: Units) -> npt.NDArray[np.float64]:
    """Give the forest land that each town reports, in cells."""
    return np.array([plan.forest_mu * MU_M2 / FINE**2 for plan in units.towns])


def forest_missing(units: Units, segments: Ints, faces: Faces) -> npt.NDArray[np.float64]:
    """Give how many cells of forest each town's drawn stands lack; negative: have too many."""
    drawn = shapely.area(faces.stand)
    inside = segments >= 0
    town = np.zeros(len(drawn), dtype=np.int64)
    town[segments[inside]] = units.town[inside]
    have = np.bincount(town, drawn, minlength=len(units.towns)) / FINE**2
    return wanted_cells(units) - have


def fitted(
    units: Units,
    cover: Ints,
    segments: Ints,
    missing: npt.NDArray[np.float64],
    relief: Relief,
) -> tuple[Ints, Ints]:
    """Let stands gain or lose cells at their rims, so that drawn forest has each town's size.

    Smoothing an outline changes its area a little; a town's drawn forest must agree with its
    official figure within a few in a thousand.
    """
    cover, segments = cover.copy(), segments.copy()
    for index, plan in enumerate(units.towns):
        off = round(float(missing[index]))
        own = units.town == index
        for _ in range(6):
            if not plan.forest_mu or not off:
                break
            if off > 0:
                stand = neighbour_stand(segments, units.village)
                cells = np.flatnonzero((stand >= 0) & own & (cover == FARMLAND))
                cells = nearest_first(cells, -relief.above_stream, off)
                segments.ravel()[cells] = stand.ravel()[cells]
                cover.ravel()[cells] = FOREST
                off -= len(cells)
            else:
                rim = own & (segments >= 0) & ~ndimage.binary_erosion(segments >= 0)
                size = np.bincount(segments[segments >= 0])
                rim &= size[np.maximum(segments, 0)] > 40
                cells = nearest_first(np.flatnonzero(rim), relief.above_stream, -off)
                segments.ravel()[cells] = -1
                cover.ravel()[cells] = FARMLAND
                off += len(cells)
    return cover, segments


def nearest_first(cells: Ints, score: npt.NDArray[np.float64], count: int) -> Ints:
    """Give the ``count`` cells of least score."""
    return cells[np.argsort(score.ravel()[cells], kind="stable")[:count]]


def neighbour_stand(segments: Ints, village: Ints) -> Ints:
    """Give for each free cell a stand beside it in its village, -1 for none."""
    made = np.full(segments.shape, -1)
    padded = np.pad(segments, 1, constant_values=-1)
    places = np.pad(village, 1, constant_values=-1)
    rows, columns = segments.shape
    for down, right in ((0, 1), (1, 0), (1, 2), (2, 1)):
        view = (slice(down, down + rows), slice(right, right + columns))
        found = (padded[view] >= 0) & (places[view] == village) & (segments < 0)
        made[found] = np.maximum(made[found], padded[view][found])
    return made
