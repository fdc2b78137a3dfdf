"""Planted scars among look-alikes of the same colours, with masks drawn as offices draw them."""

import numpy as np
import pytest
import shapely
from scipy.ndimage import gaussian_filter, label

from linzhang_plugin.core.slopes.detect import Detection, Strip, detect
from linzhang_plugin.core.terrain.gradient import gradient
from linzhang_plugin.core.terrain.outlines import outlines
from linzhang_plugin.core.terrain.raster import Raster
from linzhang_plugin.core.terrain.runs import patches, runs_of
from linzhang_plugin.core.terrain.zonal import cells_inside

CELL, SIDE = 10.0, 420
HERE = (CELL, 0.0, 0.0, 0.0, -CELL, SIDE * CELL)
GREEN, SOIL = (0.03, 0.04, 0.34, 0.15), (0.09, 0.22, 0.27, 0.38)
BANDS = ("blue", "red", "nir", "swir1")


def polygons(mask):
    runs = runs_of(mask)
    patch = patches(runs)
    return outlines(runs, patch, int(patch.max()) + 1 if len(patch) else 0, HERE)


def blob(rng, taken, steep, mu, near_mu=0.3):
    """Set a rough round place of about so many mu on free steep ground."""
    for _ in range(200):
        row, column = rng.integers(30, SIDE - 30, 2)
        if not steep[row, column]:
            continue
        y, x = np.mgrid[0:SIDE, 0:SIDE]
        angle = np.arctan2(y - row, x - column)
        wave = 1 + near_mu * 0.5 * np.sin(3 * angle + rng.uniform(0, 6))
        mark = np.hypot(y - row, x - column) * wave < np.sqrt(mu * 666.7 / np.pi) / CELL
        wide = np.hypot(y - row, x - column) * wave < np.sqrt(mu * 666.7 / np.pi) / CELL + 9
        if not (wide & taken).any():
            return mark
    return np.zeros_like(taken)


class Landscape:
    """Hills with scars, orchards and fields of one colour."""

    def __init__(self, seed):
        rng = np.random.default_rng(seed)
        self.height = sum(gaussian_filter(rng.normal(size=(SIDE, SIDE)), s, mode="wrap") * s * a
                          for s, a in ((5, 25), (25, 400)))  # fmt: skip
        every = np.ones((SIDE, SIDE), bool)
        east, south = gradient(self.height, every, CELL)
        slope = gaussian_filter(np.hypot(east, south), 3)
        self.scars, self.alike = np.zeros((SIDE, SIDE), bool), np.zeros((SIDE, SIDE), bool)
        for mu in np.exp(rng.normal(np.log(7), 0.8, 16)).clip(1.5, 45):
            self.scars |= blob(rng, self.scars | self.alike, slope > 0.3, mu)
        for mu in rng.uniform(8, 60, 14):
            self.alike |= blob(rng, self.scars | self.alike, slope > 0.2, mu)
        bare = (self.scars | self.alike)[..., None]
        values = gaussian_filter(np.where(bare, SOIL, GREEN), (0.5, 0.5, 0))
        self.image = values + rng.normal(0, 0.006, values.shape)

    def found(self, masks, **more):
        hidden = np.zeros((SIDE, SIDE), bool)
        _, row, column = cells_inside(Raster(self.height, HERE, "EPSG:4547"), masks)
        hidden[row, column] = True
        whole = np.ones((SIDE, SIDE), bool)

        def read(first, last):
            rows = slice(first, last)
            bands = {n: self.image[rows, :, k].astype("f4") for k, n in enumerate(BANDS)}
            return Strip(bands, whole[rows], self.height[rows], whole[rows], hidden[rows])

        found = detect(read, (SIDE, SIDE), CELL, Detection(**more))
        return outlines(found.runs, found.patch, len(found.table), HERE)


ROUGH = {
    "as they are": lambda shapes: shapes,
    "shifted": lambda shapes: shapely.transform(shapes, lambda xy: np.add(xy, (13.0, -9.0))),
    "too small": lambda shapes: shapely.buffer(shapes, -14.0),
    "too large": lambda shapes: shapely.buffer(shapes, 12.0),
    "simplified": lambda shapes: shapely.simplify(shapes, 18.0),
}


@pytest.mark.parametrize("seed", range(3))
def test_scars_are_found_and_look_alikes_kept_out_by_rough_masks(seed):
    land = Landscape(seed)
    scars, alike = polygons(land.scars), polygons(land.alike)
    assert len(scars) >= 10
    assert len(alike) >= 8
    for how, drawn in ROUGH.items():
        shapes = land.found(drawn(alike))
        all_scars, all_alike = shapely.union_all(scars), shapely.union_all(alike)
        got = shapely.union_all(shapes)
        seen = shapely.area(shapely.intersection(scars, got)) / shapely.area(scars)
        assert (seen > 0.5).mean() >= 0.90, how
        right = shapely.area(shapely.intersection(shapes, all_scars)) / shapely.area(shapes)
        assert (right > 0.5).mean() >= 0.85, how
        wrong = shapely.area(shapely.intersection(shapes, all_alike)) / shapely.area(shapes)
        assert ((wrong > 0.5) & (right <= 0.5)).mean() <= 0.10, how
    # Without the tolerance the rims of shifted masks would be sites.
    rims = land.found(ROUGH["shifted"](alike), edge_m=0.0)
    assert len(rims) > 1.3 * label(land.scars)[1]
