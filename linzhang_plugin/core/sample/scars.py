"""Bare slopes of the invented county, what only looks like them, and imagery of both.

Scars are cut into the DEM (a quarry has a steep face above a flat floor), and images before and
after regreening are painted from cover, scars and look-alikes with reflectances of red-soil
hills. What was planted is known, so that a detection can be judged.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from scipy import ndimage

from linzhang_plugin.core.sample.cover import BUILT, FARMLAND, FOREST, WATER
from linzhang_plugin.core.tables.units import MU_M2
from linzhang_plugin.core.terrain.outlines import outlines
from linzhang_plugin.core.terrain.raster import Raster
from linzhang_plugin.core.terrain.runs import patches, runs_of_classes
from linzhang_plugin.core.terrain.warp import Grid, resampled

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
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

REFLECTANCE: dict[str, tuple[float, float, float, float]] = {
    # blue, red, nir, swir1
    "forest": (0.030, 0.040, 0.340, 0.150),
    "farmland": (0.070, 0.110, 0.270, 0.260),
    "bare_field": (0.085, 0.190, 0.250, 0.330),
    "water": (0.050, 0.040, 0.025, 0.015),
    "built": (0.130, 0.190, 0.230, 0.270),
    "scar": (0.090, 0.230, 0.280, 0.390),
    "green_scar": (0.040, 0.060, 0.310, 0.180),
    "orchard": (0.080, 0.190, 0.260, 0.330),
    "tea": (0.075, 0.170, 0.250, 0.300),
    "felling": (0.075, 0.180, 0.240, 0.330),
    "oil_tea": (0.080, 0.200, 0.255, 0.340),
    "planting": (0.080, 0.175, 0.250, 0.320),
    "solar": (0.080, 0.090, 0.100, 0.110),
}
"""Typical surface reflectances; soil is the red soil of Ganzhou (bright red and SWIR)."""

ORDER = tuple(sorted(REFLECTANCE))
"""Classes of ground by number."""

BANDS = ("blue", "red", "nir", "swir1")
NOISE = 0.006

TINT = (0.10, 0.04)
"""Between plots of one kind: spread of brightness and, beside it, of each band (log)."""

GRAIN: dict[str, float] = {
    "built": 0.20, "orchard": 0.07, "felling": 0.07, "planting": 0.06, "tea": 0.06,
    "oil_tea": 0.06, "scar": 0.06, "bare_field": 0.03, "solar": 0.03,
}  # fmt: skip
"""Between cells of one plot: spread of each band (log). Roofs differ, tilled fields hardly."""


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
    before: dict[str, npt.NDArray[np.float32]]
    after: dict[str, npt.NDArray[np.float32]]
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
    land_use: Ints = np.where(np.isfinite(land), land, -1).astype(np.int64)
    places = _places(draw, ground, land_use, share)
    scar, causes, ground = _cut_scars(draw, ground, places, share)
    alike, kinds = plant_lookalikes(draw, ground, land_use, scar, share)
    green = draw.random(len(causes)) < 0.5
    classes = ground_classes(draw, land_use)
    before = painted(draw, classes, scar, alike, kinds, np.zeros(len(causes), dtype=bool))
    after = painted(draw, classes, scar, alike, kinds, green)
    after = {name: (band * 0.85 + 0.02).astype(np.float32) for name, band in after.items()}
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


def _places(draw: np.random.Generator, ground: Floats, land: Ints, share: float) -> Ints:
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
) -> tuple[Ints, list[str], Floats]:
    """Cut a scar at each of the first places; gives scar numbers, causes and the new ground."""
    listed = [cause for cause, n in CAUSES for _ in range(max(1, round(share * n)))]
    causes = listed[: len(places)]
    scar = np.full(ground.shape, -1, dtype=np.int64)
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
    draw: np.random.Generator, ground: Floats, land: Ints, scar: Ints, share: float
) -> tuple[Ints, list[str]]:
    """Plant orchards, tea, felling plots and solar farms on free forest slopes."""
    kinds = [kind for kind, n in LOOKALIKES for _ in range(max(1, round(share * n)))]
    alike = np.full(ground.shape, -1, dtype=np.int64)
    busy = ndimage.binary_dilation(scar >= 0, iterations=12)
    planted: list[str] = []
    down, right = np.gradient(ndimage.gaussian_filter(ground, 2.0), CELL)
    steep = (land == FOREST) & (np.hypot(down, right) > 0.18)
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


def ground_classes(draw: np.random.Generator, land: Ints) -> npt.NDArray[np.int8]:
    """Number every cell's class as in :data:`ORDER`; a third of the fields lie bare."""
    number = np.full(land.shape, ORDER.index("farmland"), dtype=np.int8)
    for cover, name in ((FOREST, "forest"), (WATER, "water"), (BUILT, "built")):
        number[land == cover] = ORDER.index(name)
    plots = draw.random((land.shape[0] // 12 + 1, land.shape[1] // 12 + 1)) < 0.33
    bare = np.kron(plots, np.ones((12, 12), dtype=bool))[: land.shape[0], : land.shape[1]]
    number[(land == FARMLAND) & bare] = ORDER.index("bare_field")
    return number


def painted(
    draw: np.random.Generator,
    classes: npt.NDArray[np.int8],
    scar: Ints,
    alike: Ints,
    kinds: list[str],
    green: Bools,
    noise: float = NOISE,
    soils: Soils | None = None,
) -> dict[str, npt.NDArray[np.float32]]:
    """Paint one image, with the blur of a sensor and noise.

    Args:
        draw: Luck of this image's noise.
        classes: Class of each cell as in :data:`ORDER`.
        scar: Scar of each cell, -1 for none.
        alike: Look-alike of each cell, -1 for none.
        kinds: Kind of each look-alike.
        green: Which scars are green.
        noise: Noise of the sensor, reflectance.
        soils: How plots and cells differ; every plot of a kind alike when None.
    """
    number = classes.copy()
    planted = alike >= 0
    number[planted] = np.array([ORDER.index(k) for k in kinds], dtype=np.int8)[alike[planted]]
    cut = scar >= 0
    shown = np.where(green, ORDER.index("green_scar"), ORDER.index("scar")).astype(np.int8)
    number[cut] = shown[scar[cut]]
    made = {}
    for band, name in enumerate(BANDS):
        values = np.array([REFLECTANCE[c][band] for c in ORDER], dtype=np.float32)[number]
        if soils is not None:
            values = values * soils.factor(band, number, scar, alike)
        values = ndimage.gaussian_filter(values, 0.45)
        values += draw.standard_normal(values.shape, dtype=np.float32) * np.float32(noise)
        made[name] = np.clip(values, 0.002, 1.0)
    return made


@dataclass(frozen=True, eq=False)
class Soils:
    """How plots of one kind differ in colour: each has its own soil, roofs differ cell by cell.

    Attributes:
        scars: (scars, bands) factor of reflectance of each scar.
        alikes: (look-alikes, bands) of each look-alike.
        fields: (rows, cols, bands) of blocks of 12 by 12 cells, for fields.
        grain: (rows, cols, bands) standard normal numbers of the cells.
    """

    scars: npt.NDArray[np.float32]
    alikes: npt.NDArray[np.float32]
    fields: npt.NDArray[np.float32]
    grain: npt.NDArray[np.float32]

    def factor(
        self, band: int, number: npt.NDArray[np.int8], scar: Ints, alike: Ints
    ) -> npt.NDArray[np.float32]:
        """Give the factor of a band in each cell."""
        made = np.ones(number.shape, dtype=np.float32)
        blocks = np.repeat(np.repeat(self.fields[..., band], 12, axis=0), 12, axis=1)
        tilled = number == ORDER.index("bare_field")
        made[tilled] = blocks[: number.shape[0], : number.shape[1]][tilled]
        for owner, own in ((alike, self.alikes), (scar, self.scars)):
            here = owner >= 0
            made[here] = own[owner[here], band]
        spread = np.array([GRAIN.get(c, 0.0) for c in ORDER], dtype=np.float32)[number]
        return np.asarray(made * np.exp(spread * self.grain[..., band]), dtype=np.float32)


def make_soils(draw: np.random.Generator, shape: tuple[int, int], scars: int, alikes: int) -> Soils:
    """Draw the colours of every plot and cell."""

    def tints(*size: int) -> npt.NDArray[np.float32]:
        bright = draw.normal(0.0, TINT[0], (*size, 1))
        return np.exp(bright + draw.normal(0.0, TINT[1], (*size, len(BANDS)))).astype(np.float32)

    blocks = tints(shape[0] // 12 + 1, shape[1] // 12 + 1)
    grain = draw.standard_normal((*shape, len(BANDS)), dtype=np.float32)
    return Soils(tints(scars), tints(alikes), blocks, grain)


def polygons(number: Ints, count: int, grid: Grid) -> gpd.GeoDataFrame:
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
