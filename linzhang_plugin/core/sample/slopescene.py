"""The invented county seen from above before and after regreening, with its scars in the relief.

Imagery and map agree: fields, houses and water are painted from the county's own polygons. What
is planted is known: sites of the register, fresh scars that no register has yet, and land that
only looks bare, some of which no mask knows either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from scipy import ndimage

from linzhang_plugin.core.sample.colours import ground_classes, make_soils, painted
from linzhang_plugin.core.sample.cover import BUILT, FARMLAND, FOREST, WATER
from linzhang_plugin.core.sample.names import MARK
from linzhang_plugin.core.sample.scars import (
    CELL,
    blob,
    level,
    plant_lookalikes,
    polygons,
    steepen,
)
from linzhang_plugin.core.sample.slopeplaces import (
    PLANS,
    Places,
    choose_places,
    scenic_spots,
)
from linzhang_plugin.core.sample.slopeplaces import painted as covered
from linzhang_plugin.core.tables.units import MU_M2
from linzhang_plugin.core.terrain.gradient import gradient
from linzhang_plugin.core.terrain.raster import Raster
from linzhang_plugin.core.terrain.warp import Grid, resampled

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int16]
Codes = npt.NDArray[np.int8]
Bools = npt.NDArray[np.bool_]
Shades = npt.NDArray[np.float32]

REGISTER_MU = 412.0
"""Mu of all registered sites of a whole county (DOMAIN 8.2)."""
SMALLEST_MU, LARGEST_MU = 0.8, 48.0
NOISE = 0.003
LOOSE_M = 12.0
"""A parcel's border is drawn so far outside of what is really planted."""
UNMASKED = 4
"""Every so many-th plot that looks bare is on no map yet: a reviewer has to tell it."""
SUN = (150.0, 50.0)
"""Azimuth and height of the sun in both images, degrees."""
HAZE = (0.9, 0.012)
"""Factor and addend of the air between the ground and the later image."""
ACROSS = {"04": 4.0, "06": 1.6}
STEEPNESS = {
    "01": (28.0, 58.0), "02": (18.0, 42.0), "03": (15.5, 26.0), "04": (45.0, 67.0),
    "05": (17.0, 40.0), "06": (22.0, 50.0),
}  # fmt: skip
"""Mean slopes that scars of each cause are cut to, degrees: 15 to 68 in all (DOMAIN 8.2)."""
DUG = ("01", "02", "03", "05")
"""Causes that leave a flat floor under a face."""


@dataclass(frozen=True, eq=False)
class SlopeScene:
    """Imagery and what was planted.

    Attributes:
        grid: Cells of the images, 10 m.
        before: Reflectance by band, NaN outside the county; painted when asked for.
        after: The same later, through another day's haze: fresh scars, regreened sites.
        dem: The county's relief with floors and faces cut in.
        scars: A row a scar: plan, cause, name, registered, seen (planned), green (in ``after``),
            area_mu, slope_deg, height_m, polygons.
        special: Rows of ``special_land``.
        unmapped: Look-alikes that ``special_land`` lacks.
        scenic: Rows of ``scenic_spot``.
    """

    grid: Grid
    before: Mapping[str, npt.NDArray[np.float32]]
    after: Mapping[str, npt.NDArray[np.float32]]
    dem: Raster
    scars: gpd.GeoDataFrame
    special: gpd.GeoDataFrame
    unmapped: gpd.GeoDataFrame
    scenic: gpd.GeoDataFrame


def make_slope_scene(
    frames: Mapping[str, pd.DataFrame],
    dem: Raster,
    seed: int,
    share: float,
    green: float = 0.4,
) -> SlopeScene:
    """Plant scars and look-alikes in a county and paint it before and after.

    Args:
        frames: The county's ``admin_unit``, ``stand``, ``hill``, ``road``, ``built_up``,
            ``farmland``, ``water``; projected CRS (m).
        dem: Its relief.
        seed: Seed.
        share: Part of a whole county's scars to plant.
        green: Share of the registered sites that are green in ``after``.
    """
    draw = np.random.default_rng([seed, 79])
    scenic = scenic_spots(draw, frames["hill"], max(1, round(3 * share)), MARK)
    places = choose_places(draw, dem, frames, scenic, share)
    grid = _grid(dem)
    ground = np.asarray(resampled(dem, grid), dtype=float)
    ground = np.where(np.isfinite(ground), ground, np.nanmedian(ground))
    blank = Raster(np.zeros((grid.rows, grid.columns), np.float32), grid.transform, grid.crs)
    land, county = _land(blank, frames)
    mu = _sizes(draw, places)
    steep = _steepness(np.random.default_rng([seed, 89]), places, mu)
    scar, cut = _cut(draw, ground, grid, places, mu, steep)
    relief = _into(dem, ground, cut, grid)
    del ground
    alike, kinds = plant_lookalikes(draw, cut, land, scar, share)
    scars = _described(polygons(scar, len(mu), grid), places, cut, scar)
    registered = np.flatnonzero(scars["registered"].to_numpy(dtype=bool))
    lush = np.zeros(len(scars), dtype=bool)
    lush[draw.permutation(registered)[: round(green * len(registered))]] = True
    scars["green"] = lush
    classes = ground_classes(draw, land)
    fresh = ~scars["registered"].to_numpy(dtype=bool)
    kept = np.append(np.where(fresh, -1, np.arange(len(scars))), -1).astype(np.int16)
    old = kept[scar]  # its last entry is that of -1, no scar
    nothing = np.zeros(len(scars), dtype=bool)
    soils = make_soils(
        np.random.default_rng([seed, 97]), classes, scar, alike, len(scars), len(kinds)
    )
    light = _light(cut)
    before = replace(
        painted(draw, classes, old, alike, kinds, nothing, NOISE, soils), light=light, seen=county
    )
    after = replace(
        painted(draw, classes, scar, alike, kinds, lush, NOISE, soils),
        light=light, seen=county, haze=HAZE,
    )  # fmt: skip
    special, unmapped = _special(polygons(alike, len(kinds), grid), kinds)
    return SlopeScene(grid, before, after, relief, scars, special, unmapped, scenic)


def _grid(dem: Raster) -> Grid:
    rows, columns = dem.array.shape
    _, _, west, _, _, north = dem.transform
    cell = dem.cell[0]
    transform = (CELL, 0.0, west, 0.0, -CELL, north)
    return Grid(int(rows * cell // CELL), int(columns * cell // CELL), transform, dem.crs)


def _land(blank: Raster, frames: Mapping[str, pd.DataFrame]) -> tuple[Codes, Bools]:
    """Give every cell's cover from the map, and which cells are the county's."""
    units = frames["admin_unit"]
    county = covered(blank, units[units["level"] == 3])
    land = np.where(county, FOREST, -1).astype(np.int8)
    for name, code in (("farmland", FARMLAND), ("built_up", BUILT), ("water", WATER)):
        land[covered(blank, frames[name]) & county] = code
    return land, county


def _sizes(draw: np.random.Generator, places: Places) -> Floats:
    """Give each scar's mu; the registered ones add up to the county's share of 412 mu."""
    usual = np.array([PLANS[p].mu for p in places.plan])
    mu = usual * np.exp(draw.normal(0.0, 0.65, len(usual)))
    registered = np.array([PLANS[p].registered for p in places.plan], dtype=bool)
    whole = sum(plan.count for plan in PLANS if plan.registered)
    wanted = REGISTER_MU * registered.sum() / whole
    for _ in range(30):
        mu = np.clip(mu, SMALLEST_MU, LARGEST_MU)
        mu[registered] *= wanted / mu[registered].sum()
    return np.clip(mu, SMALLEST_MU, LARGEST_MU)


def _steepness(draw: np.random.Generator, places: Places, mu: Floats) -> Floats:
    """Give the mean slope that each scar is to have, degrees; of a cause the small are steep."""
    causes = np.array([PLANS[plan].cause for plan in places.plan])
    made = np.zeros(len(causes))
    for cause, (low, high) in STEEPNESS.items():
        own = np.flatnonzero(causes == cause)
        share = (np.arange(len(own)) + draw.random(len(own))) / max(1, len(own))
        made[own[np.argsort(-mu[own], kind="stable")]] = low + (high - low) * share
    return made


def _cut(
    draw: np.random.Generator,
    ground: Floats,
    grid: Grid,
    places: Places,
    mu: Floats,
    steep: Floats,
) -> tuple[Numbers, Floats]:
    """Cut a scar at each place; gives each cell's scar and the new ground."""
    scar = np.full(ground.shape, -1, dtype=np.int16)
    cut = ground.copy()
    _, _, west, _, _, north = grid.transform
    for number, ((x, y), plan) in enumerate(zip(places.xy, places.plan, strict=True)):
        cause = PLANS[plan].cause
        row, column = int((north - y) // CELL), int((x - west) // CELL)
        mark = blob(draw, ground, row, column, mu[number] * MU_M2, ACROSS.get(cause, 1.3))
        mark &= scar < 0
        scar[mark] = number
        if cause in DUG:
            level(cut, mark, steep[number])
        steepen(cut, ground, mark, steep[number])
    return scar, cut


def _described(
    scars: gpd.GeoDataFrame, places: Places, ground: Floats, scar: Numbers
) -> gpd.GeoDataFrame:
    """Say what each scar is: its plan, mean slope and height."""
    inside = scar >= 0
    slope = np.concatenate(
        [
            np.degrees(np.arctan(np.hypot(east, south)))[inside[rows]]
            for rows, east, south in _gradients(ground)
        ]
    )
    index = np.arange(len(scars))
    scars["slope_deg"] = ndimage.mean(slope, scar[inside], index)
    scars["height_m"] = ndimage.maximum(ground[inside], scar[inside], index) - ndimage.minimum(
        ground[inside], scar[inside], index
    )
    plans = [PLANS[p] for p in places.plan]
    scars["plan"] = places.plan
    scars["seen"] = places.seen
    scars["cause"] = [plan.cause for plan in plans]
    scars["where"] = [plan.where for plan in plans]
    scars["called"] = [plan.name for plan in plans]
    scars["registered"] = [plan.registered for plan in plans]
    return scars


def _light(ground: Floats) -> Shades:
    """Give how brightly the sun lights each cell against level ground; shade keeps half."""
    azimuth, height = np.radians(SUN)
    # The sun's direction: east, north, up; a slope's normal is (-dz/de, dz/ds, 1).
    x, y = float(np.sin(azimuth) * np.cos(height)), float(np.cos(azimuth) * np.cos(height))
    up = float(np.sin(height))
    made = np.empty(ground.shape, dtype=np.float32)
    for rows, east, south in _gradients(ground):
        facing = (-east * x + south * y + up) / np.sqrt(1.0 + east**2 + south**2)
        made[rows] = np.clip(0.5 + 0.5 * facing / up, 0.45, 1.3)
    return made


def _gradients(ground: Floats, strip: int = 256) -> Iterator[tuple[slice, Shades, Shades]]:
    """Give the rise towards east and south of strips of rows."""
    for first in range(0, len(ground), strip):
        above = min(2, first)
        part = ground[first - above : first + strip + 2].astype(np.float32)
        east, south = gradient(part, np.ones(part.shape, bool), CELL)
        rows = slice(first, min(first + strip, len(ground)))
        inner = slice(above, above + strip)
        yield rows, east[inner], south[inner]


def _special(
    plots: gpd.GeoDataFrame, kinds: list[str]
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Give the parcels of what looks bare, and the plots that no map has yet."""
    plots["kind"] = kinds
    plots = plots[plots["area_mu"] > 0].reset_index(drop=True)
    new = np.arange(len(plots)) % UNMASKED == UNMASKED - 1
    known = plots[~new].reset_index(drop=True)
    shapes = shapely.simplify(shapely.buffer(known.geometry.to_numpy(), LOOSE_M), 4.0)
    special = gpd.GeoDataFrame(
        {
            "special_id": [f"T{n + 1:03d}" for n in range(len(known))],
            "kind": known["kind"],
            "area_m2": shapely.area(shapes),
            "note": MARK,
        },
        geometry=shapes,
        crs=plots.crs,
    )
    return special, plots[new].reset_index(drop=True)


def _into(dem: Raster, ground: Floats, cut: Floats, grid: Grid) -> Raster:
    """Cut into the coarser relief what was cut into the fine one: the mean over each cell."""
    rows, columns = np.nonzero(cut != ground)
    _, _, west, _, _, north = grid.transform
    x, y = west + (columns + 0.5) * CELL, north - (rows + 0.5) * CELL
    row, column = dem.cells_of(x, y)
    total = np.zeros(dem.array.shape)
    inside = (row < total.shape[0]) & (column < total.shape[1])
    change = cut[rows, columns] - ground[rows, columns]
    np.add.at(total, (row[inside], column[inside]), change[inside])
    made = dem.array + total * CELL**2 / (dem.cell[0] * dem.cell[1])
    return Raster(made.astype(np.float32), dem.transform, dem.crs)
