"""What the land is: water, houses, fields and forest, so much forest a town as it reports."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from linzhang_plugin.core.sample.relief import COARSE, FINE, Relief, noise
from linzhang_plugin.core.sample.units import Units
from linzhang_plugin.core.tables.units import MU_M2

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

OUTSIDE, FOREST, WATER, FARMLAND, BUILT = -1, 0, 1, 2, 3
LEAST_PATCH = 24
"""Cells of the smallest patch of forest; smaller ones are tilled."""


def make_cover(rng: np.random.Generator, relief: Relief, units: Units) -> Ints:
    """Give the cover of every fine cell."""
    county = units.village >= 0
    slope = slope_degrees(relief.height)
    water = water_mask(rng, relief, units) & county
    built = built_mask(rng, relief, units, slope) & county & ~water
    rough = noise(rng, county.shape, 7.0) + 0.5 * noise(rng, county.shape, 2.5)
    score = np.log1p(relief.above_stream / 6.0) + 0.045 * slope + 0.22 * rough
    score = ndimage.gaussian_filter(score, 1.3) + np.clip(relief.from_river / 4000.0, 0, 0.5)
    score -= 1.1 * valleys(relief)
    free = county & ~water & ~built
    cover = np.where(county, FARMLAND, OUTSIDE)
    for index, plan in enumerate(units.towns):
        wanted = round(plan.forest_mu * MU_M2 / FINE**2)
        if wanted:
            part = ndimage.find_objects((units.town == index).astype(np.int8))[0]
            own = free[part] & (units.town[part] == index)
            cover[part][forest_mask(score[part], own, wanted)] = FOREST
    cover[water], cover[built] = WATER, BUILT
    return cover


def slope_degrees(height: Floats) -> Floats:
    """Give the slope of each cell, degrees."""
    down, right = np.gradient(height, FINE)
    return np.degrees(np.arctan(np.hypot(down, right)))


def valleys(relief: Relief) -> Floats:
    """Give how much a cell belongs to the floor of a tilled valley, 0 to 1."""
    tilled = (relief.upstream.reshape(relief.coarse.shape) > 1.0) & (relief.coarse < 420.0)
    step = relief.height.shape[0] // relief.coarse.shape[0]
    far = ndimage.distance_transform_edt(~tilled, sampling=COARSE)
    far = ndimage.zoom(far, step, order=1, mode="nearest", grid_mode=True)
    return np.exp(-((far / 110.0) ** 2))


def water_mask(rng: np.random.Generator, relief: Relief, units: Units) -> Bools:
    """Flood the beds of the main rivers, and a few valleys behind dams."""
    half = 75.0 + 22.0 * noise(rng, relief.height.shape, 40.0)
    water = relief.from_river < np.clip(half, 40.0, 130.0)
    rows, columns = relief.coarse.shape
    step = relief.height.shape[0] // rows
    area = relief.upstream.reshape(relief.coarse.shape)
    z = relief.height
    county = (units.village >= 0)[step // 2 :: step, step // 2 :: step]
    fit = (area > 0.9) & (area < 6.0) & (relief.coarse > 112.0)
    fit &= ndimage.binary_erosion(county, iterations=12)
    for row, column in units.seats // step:
        fit[max(0, row - 9) : row + 9, max(0, column - 9) : column + 9] = False
    dams = np.flatnonzero(fit)
    wanted = max(1, round(9 * rows * columns / 115_200))
    chosen: list[tuple[int, int]] = []
    for cell in dams[np.argsort(rng.random(len(dams)), kind="stable")]:
        row, column = divmod(int(cell), columns)
        if all(np.hypot(row - r, column - c) > 40 for r, c in chosen):
            chosen.append((row, column))
        if len(chosen) == wanted:
            break
    for row, column in chosen:
        water |= reservoir(z, row * step + step // 2, column * step + step // 2)
    return np.asarray(ndimage.binary_opening(water, iterations=1))


def reservoir(z: Floats, row: int, column: int, depth: float = 9.0, reach: int = 36) -> Bools:
    """Flood the valley above a dam: lower than its crest, and behind it."""
    top, left = max(0, row - reach), max(0, column - reach)
    window = z[top : row + reach, left : column + reach]
    y, x = np.mgrid[0 : window.shape[0], 0 : window.shape[1]]
    dy, dx = y - (row - top), x - (column - left)
    near = np.hypot(dy, dx) < reach
    ahead = ndimage.gaussian_filter(z, 4.0)[top : row + reach, left : column + reach]
    gy, gx = np.gradient(ahead)
    up = np.array([gy[row - top, column - left], gx[row - top, column - left]])
    behind = dy * up[0] + dx * up[1] >= 0
    parts, _ = ndimage.label((window < z[row, column] + depth) & near & behind)
    made = np.zeros(z.shape, dtype=bool)
    own = parts[row - top, column - left]
    if own:
        made[top : row + reach, left : column + reach] = parts == own
    return made


def built_mask(rng: np.random.Generator, relief: Relief, units: Units, slope: Floats) -> Bools:
    """Build villages around their seats, small towns around the first, the city at the rivers."""
    radius = np.zeros(len(units.seats))
    for index, plan in enumerate(units.towns):
        own = np.flatnonzero(units.village_town == index)
        radius[own] = 170.0 + 110.0 * rng.random(len(own))
        if plan.kind == "town":
            radius[own[0]] = 620.0
        elif plan.kind == "street":
            radius[own] = 900.0
            if not plan.forest_mu:
                radius[own] = 0.42 * np.sqrt(plan.km2 * 1e6)
    hills = 1.0 + relief.above_stream / 14.0 + slope / 9.0
    wild = np.exp(0.45 * noise(rng, slope.shape, 5.0))
    built = np.zeros(slope.shape, dtype=bool)
    for (row, column), far in zip(units.seats, radius, strict=True):
        reach = int(2.2 * far / FINE) + 2
        top, left = max(0, row - reach), max(0, column - reach)
        part = (
            slice(top, min(row + reach, built.shape[0])),
            slice(left, min(column + reach, built.shape[1])),
        )
        y, x = np.mgrid[part]
        off = np.hypot(y - row, x - column) * FINE
        built[part] |= off * hills[part] * wild[part] < far
    return np.asarray(ndimage.binary_opening(built, iterations=1))


def forest_mask(score: Floats, free: Bools, wanted: int) -> Bools:
    """Take the highest ground as forest, without specks and pinholes, exactly ``wanted`` cells."""
    values = score[free]
    low, high = float(values.min()), float(values.max())
    mask = free
    for _ in range(12):
        middle = 0.5 * (low + high)
        mask = cleaned(free & (score > middle), free)
        if mask.sum() > wanted:
            low = middle
        else:
            high = middle
    off = wanted - int(mask.sum())
    for _ in range(6):
        if off == 0:
            break
        if off > 0:
            rim = np.flatnonzero(ndimage.binary_dilation(mask) & free & ~mask)
            order = np.argsort(-score.ravel()[rim], kind="stable")
        else:
            rim = np.flatnonzero(mask & ~ndimage.binary_erosion(mask))
            order = np.argsort(score.ravel()[rim], kind="stable")
        mask = mask.copy()
        mask.ravel()[rim[order[: abs(off)]]] = off > 0
        off = wanted - int(mask.sum())
    return mask


def cleaned(mask: Bools, free: Bools) -> Bools:
    """Fill pinholes of free land and drop specks of forest."""
    gaps, count = ndimage.label(free & ~mask)
    size = np.bincount(gaps.ravel(), minlength=count + 1)
    mask = mask | ((size[gaps] < LEAST_PATCH // 2) & (gaps > 0))
    mask = ndimage.binary_opening(mask, structure=np.ones((2, 2)))
    parts, count = ndimage.label(mask)
    size = np.bincount(parts.ravel(), minlength=count + 1)
    return np.asarray(mask & (size[parts] >= LEAST_PATCH))
