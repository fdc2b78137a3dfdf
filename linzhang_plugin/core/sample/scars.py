"""Bare slopes of the invented county, what only looks like them, and imagery of both.

Scars are cut into the DEM (a quarry has a steep face above a flat floor), and images before and
after regreening are painted from cover, scars and look-alikes with reflectances of red-soil
hills. What was planted is known, so that a detection can be judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from scipy import ndimage

from linzhang_plugin.core.sample.colours import ground_classes, painted
from linzhang_plugin.core.sample.cover import BUILT, FARMLAND, FOREST, WATER
from linzhang_plugin.core.tables.units import MU_M2
from linzhang_plugin.core.terrain.outlines import outlines
from linzhang_plugin.core.terrain.raster import Raster
from linzhang_plugin.core.terrain.runs import patches, runs_of_classes
from linzhang_plugin.core.terrain.warp import Grid, resampled

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int16]
Codes = npt.NDArray[np.int8]
Bools = npt.NDArray[np.bool_]

CELL = 10.0
"""Cell of the images, m: that of Sentinel-2."""

CAUSES = (("01", 9), ("02", 7), ("03", 8), ("04", 9), ("06", 3))
"""Cause of scars and how many of each in a whole county (DOMAIN 8.2)."""

LOOKALIKES = (
    ("orchard", 10),
    ("felling", 6),
    ("solar", 2),
    ("tea", 4),
    ("oil_tea", 3),
    ("planting", 2),
)
"""Ground on slopes that is bare in an image without being a bare slope."""

SMALLEST_MU, LARGEST_MU = 0.8, 48.0
MOST_CUT_M = 60.0
"""Deepest that a scar is cut below the natural ground, m."""
STEEP, SPACING_M = 0.27, 500.0
"""Least gradient of a place for a scar; least distance between two."""


@dataclass(frozen=True, eq=False)
class Scene:
    """Imagery and what was planted in it.

    Attributes:
        grid: The images' cells.
        before: Reflectance by band before regreening, (rows, columns) each.
        after: The same area later, another day's haze over it, some scars green.
        dem: Heights with the scars cut in, m, 10 m cells.
        scars: Planted scars: cause, area_mu, green (regreened in ``after``), polygons.
        lookalikes: Orchard terraces, tea, felling plots, solar farms: kind, polygons.
        built: Built-up land.
        water: Water.
        farmland: Fields.
        unchanged: Areas that are the same in both images, for evening them out.
    """

    grid: Grid
    before: Mapping[str, npt.NDArray[np.float32]]
    after: Mapping[str, npt.NDArray[np.float32]]
    dem: Raster
    scars: gpd.GeoDataFrame
    lookalikes: gpd.GeoDataFrame
    built: gpd.GeoDataFrame
    water: gpd.GeoDataFrame
    farmland: gpd.GeoDataFrame
    unchanged: gpd.GeoDataFrame


def make_scene(
    height: Floats, cover: Ints, fine: float, origin: tuple[float, float], crs: str, seed: int,
    share: float = 1.0,
) -> Scene:  # fmt: skip
    """Plant scars and look-alikes in a county and paint its images.

    Args:
        height: (R, C) heights on ``fine`` cells, m, north first.
        cover: (R, C) cover as in :mod:`linzhang_plugin.core.sample.cover`.
        fine: Cell of the DEM, m.
        origin: South-west corner, m.
        crs: Projected CRS.
        seed: Seed.
        share: Part of a whole county's scars to plant.
    """
    draw = np.random.default_rng([seed, 77])
    rows, columns = height.shape
    north = origin[1] + rows * fine
    source = (fine, 0.0, origin[0], 0.0, -fine, north)
    grid = Grid(
        int(rows * fine // CELL), int(columns * fine // CELL),
        (CELL, 0.0, origin[0], 0.0, -CELL, north), crs,
    )  # fmt: skip
    ground = resampled(Raster(height, source, crs), grid)
    ground = np.where(np.isfinite(ground), ground, np.nanmedian(ground))
    land = resampled(Raster(cover.astype(float), source, crs), grid, classes=True)
    land_use: Codes = np.where(np.isfinite(land), land, -1).astype(np.int8)
    places = _places(draw, ground, land_use, share)
    scar, causes, ground = _cut_scars(draw, ground, places, share)
    alike, kinds = plant_lookalikes(draw, ground, land_use, scar, share)
    green = draw.random(len(causes)) < 0.5
    classes = ground_classes(draw, land_use)
    nothing = np.zeros(len(causes), dtype=bool)
    before = dict(painted(draw, classes, scar, alike, kinds, nothing))
    later = painted(draw, classes, scar, alike, kinds, green)
    after = {name: (band * 0.85 + 0.02).astype(np.float32) for name, band in later.items()}
    scars = polygons(scar, len(causes), grid)
    scars["cause"], scars["green"] = list(causes), green
    lookalikes = polygons(alike, len(kinds), grid)
    lookalikes["kind"] = list(kinds)
    quiet = ndimage.binary_erosion((land_use == FOREST) | (land_use == BUILT), iterations=3)
    quiet &= (scar < 0) & (alike < 0)
    return Scene(
        grid, before, after, Raster(ground, grid.transform, crs), scars, lookalikes,
        mask_layer(land_use == BUILT, grid), mask_layer(land_use == WATER, grid),
        mask_layer(land_use == FARMLAND, grid), mask_layer(quiet, grid),
    )  # fmt: skip


def _places(draw: np.random.Generator, ground: Floats, land: Codes, share: float) -> Ints:
    """Choose cells on steep forest land, well apart, for scars and look-alikes."""
    down, right = np.gradient(ndimage.gaussian_filter(ground, 2.0), CELL)
    inner = ndimage.distance_transform_edt(land == FOREST) > 9
    fit = np.flatnonzero((np.hypot(down, right) > STEEP) & inner)
    wanted = max(4, round(share * (sum(n for _, n in CAUSES) + sum(n for _, n in LOOKALIKES))))
    chosen: list[tuple[int, int]] = []
    for cell in draw.permutation(fit).tolist():
        row, column = divmod(cell, ground.shape[1])
        if all(np.hypot(row - r, column - c) * CELL > SPACING_M for r, c in chosen):
            chosen.append((row, column))
        if len(chosen) == wanted:
            break
    return np.array(chosen, dtype=np.int64).reshape(-1, 2)


def _cut_scars(
    draw: np.random.Generator, ground: Floats, places: Ints, share: float
) -> tuple[Numbers, list[str], Floats]:
    """Cut a scar at each of the first places; gives scar numbers, causes and the new ground."""
    listed = [cause for cause, n in CAUSES for _ in range(max(1, round(share * n)))]
    causes = listed[: len(places)]
    scar = np.full(ground.shape, -1, dtype=np.int16)
    ground = ground.copy()
    for number, cause in enumerate(causes):
        row, column = places[number]
        mu = float(np.clip(draw.lognormal(np.log(8.0), 0.9), SMALLEST_MU, LARGEST_MU))
        across = {"04": 3.5, "06": 1.6}.get(cause, 1.3)
        mark = blob(draw, ground, row, column, mu * MU_M2, across)
        scar[mark] = number
        if cause in ("01", "02"):
            dig(ground, mark)
    return scar, causes, ground


def blob(
    draw: np.random.Generator, ground: Floats, row: int, column: int, area: float, across: float
) -> Bools:
    """Mark a rough ellipse about a cell, ``across`` times as long along the slope as down it."""
    reach = int(np.ceil(np.sqrt(area * across / np.pi) / CELL)) + 6
    top, left = max(0, row - reach), max(0, column - reach)
    window = (slice(top, row + reach + 1), slice(left, column + reach + 1))
    down, right = np.gradient(ndimage.gaussian_filter(ground[window], 2.0), CELL)
    here = (row - top, column - left)
    facing = np.arctan2(down[here], right[here])
    y, x = np.indices(ground[window].shape)
    y, x = y - here[0], x - here[1]
    along = (-x * np.sin(facing) + y * np.cos(facing)) / across**0.5
    fall = (x * np.cos(facing) + y * np.sin(facing)) * across**0.5
    angle = np.arctan2(fall, along)
    waves = sum(
        draw.normal(0, 0.09) * np.cos(k * angle + draw.uniform(0, 2 * np.pi)) for k in (2, 3, 5)
    )
    far = np.hypot(along, fall) / (1 + waves)
    cells = max(2, round(area / CELL**2))
    limit = np.partition(far.ravel(), cells)[cells]
    mark = np.zeros(ground.shape, dtype=bool)
    mark[window] = far < limit
    pieces, count = ndimage.label(mark[window])
    if count > 1:
        mark[window] = pieces == pieces[here]
    return mark


def dig(ground: Floats, mark: Bools, share: float = 0.45) -> None:
    """Cut a flat floor into the lower part of a scar and a steep face above it, in place.

    Args:
        ground: Heights, m.
        mark: The scar.
        share: Part of it that becomes the floor.
    """
    heights = ground[mark]
    floor = float(np.quantile(heights, 0.12))
    lower = heights <= np.quantile(heights, share)
    ground[mark] = np.where(lower, np.minimum(heights, floor), heights)


def _about(mark: Bools) -> tuple[slice, slice]:
    """Give the window that holds a mark and two cells about it."""
    row, column = np.nonzero(mark)
    return (
        slice(max(0, row.min() - 2), row.max() + 3),
        slice(max(0, column.min() - 2), column.max() + 3),
    )


def _mean_slope(ground: Floats, inside: Bools) -> float:
    down, right = np.gradient(ground, CELL)
    return float(np.degrees(np.arctan(np.hypot(down, right)))[inside].mean())


def level(ground: Floats, mark: Bools, wanted: float) -> None:
    """Cut a floor so wide that the scar's mean slope falls to the wanted one, in place.

    A scar that no floor of nine tenths makes so gentle keeps that floor.
    """
    part = _about(mark)
    natural = ground[part].copy()
    for share in (0.45, 0.55, 0.65, 0.75, 0.82, 0.9):
        ground[part] = natural
        dig(ground[part], mark[part], share)
        if _mean_slope(ground[part], mark[part]) <= wanted:
            return


def steepen(
    ground: Floats, natural: Floats, mark: Bools, wanted: float, most: float = MOST_CUT_M
) -> None:
    """Cut deeper below the top edge until a scar is as steep as wanted, in place.

    Only deeper: what a quarry or a road takes away never rises above the natural ground. A wide
    scar cannot be made steep, its cut would be as deep as the hill is high.

    Args:
        ground: (rows, cols) heights with the scar's floor, m; cells of ``CELL``.
        natural: Heights before.
        mark: The scar.
        wanted: Mean slope, degrees.
        most: Deepest cut below natural ground, m.
    """
    part = _about(mark)
    inside, before, cut = mark[part], natural[part], ground[part]
    top = float(before[inside].max())
    for _ in range(12):
        now = _mean_slope(cut, inside)
        if now >= wanted - 0.3:
            return
        factor = (np.tan(np.radians(wanted)) / np.tan(np.radians(max(now, 1.0)))) ** 0.6
        deeper = top - (top - cut[inside]) * factor
        cut[inside] = np.maximum(np.minimum(deeper, cut[inside]), before[inside] - most)


def plant_lookalikes(
    draw: np.random.Generator, ground: Floats, land: Codes, scar: Numbers, share: float
) -> tuple[Numbers, list[str]]:
    """Plant orchards, tea, felling plots and solar farms on free forest slopes."""
    kinds = [kind for kind, n in LOOKALIKES for _ in range(max(1, round(share * n)))]
    alike = np.full(ground.shape, -1, dtype=np.int16)
    busy = ndimage.binary_dilation(scar >= 0, iterations=12)
    planted: list[str] = []
    steep = (land == FOREST) & _rough(ground, 0.18)
    for kind in kinds:
        fit = np.flatnonzero(steep & ~busy)
        if not len(fit):
            break
        row, column = divmod(int(draw.choice(fit)), ground.shape[1])
        mu = float(np.clip(draw.lognormal(np.log(30.0), 0.6), 6.0, 120.0))
        mark = blob(draw, ground, row, column, mu * MU_M2, 1.5) & ~busy
        alike[mark] = len(planted)
        planted.append(kind)
        _widen(busy, mark, 6)
    return alike, planted


def _rough(ground: Floats, least: float, strip: int = 256, edge: int = 10) -> Bools:
    """Mark the cells where the smoothed ground is steeper than a gradient, a strip at a time."""
    made = np.empty(ground.shape, dtype=bool)
    for first in range(0, len(ground), strip):
        above = min(edge, first)  # the filter reaches 8 rows, the gradient one more
        part = ground[first - above : first + strip + edge]
        down, right = np.gradient(ndimage.gaussian_filter(part, 2.0), CELL)
        made[first : first + strip] = (np.hypot(down, right) > least)[above : above + strip]
    return made


def _widen(busy: Bools, mark: Bools, cells: int) -> None:
    """Add a mark and what lies within some cells of it, in place."""
    row, column = np.nonzero(mark)
    if not len(row):
        return
    part = (
        slice(max(0, row.min() - cells), row.max() + cells + 1),
        slice(max(0, column.min() - cells), column.max() + cells + 1),
    )
    busy[part] |= ndimage.binary_dilation(mark[part], iterations=cells)


def polygons(number: Numbers, count: int, grid: Grid) -> gpd.GeoDataFrame:
    """Give the polygon and mu of each numbered patch."""
    runs, value = runs_of_classes(number.astype(np.int32))
    patch = patches(runs, classes=value)
    pieces = int(patch.max()) + 1 if len(patch) else 0
    owner = np.empty(pieces, dtype=np.int64)
    owner[patch] = value
    shapes = outlines(runs, patch, pieces, grid.transform)
    merged = [shapely.multipolygons(shapes[owner == n]) for n in range(count)]
    frame = gpd.GeoDataFrame({"number": range(count)}, geometry=merged, crs=grid.crs)
    frame["area_mu"] = shapely.area(frame.geometry.to_numpy()) / MU_M2
    return frame


def mask_layer(mask: Bools, grid: Grid) -> gpd.GeoDataFrame:
    """Give the patches of a mask as polygons."""
    runs, value = runs_of_classes(np.where(mask, 0, -1).astype(np.int32))
    patch = patches(runs, classes=value)
    count = int(patch.max()) + 1 if len(patch) else 0
    return gpd.GeoDataFrame(geometry=outlines(runs, patch, count, grid.transform), crs=grid.crs)
