"""Indices and masks on a real Sentinel-2 scene with outlines drawn by hand over its true colours.

The scene's own labelled polygons are not beside the checkout; these were drawn from the picture
(columns, rows) before any index was looked at. There is no DEM of it, so slope cannot help here.
"""

from pathlib import Path

import numpy as np
import pytest
import shapely

from linzhang_plugin.core.slopes.bands import band_numbers
from linzhang_plugin.core.slopes.image import sample_of
from linzhang_plugin.core.slopes.indices import INDICES, scale_of
from linzhang_plugin.core.terrain.raster import Raster, open_raster
from linzhang_plugin.core.terrain.zonal import cells_inside

SCENE = Path(__file__).parents[4] / "shared/data/terrain/rstoolbox/sen2_12band.tif"
pytestmark = pytest.mark.skipif(not SCENE.exists(), reason="no reference scene beside the checkout")

DRAWN = {
    "bare": [
        [(166, 211), (180, 203), (186, 205), (170, 213)],
        [(192, 198), (208, 193), (211, 197), (195, 203)],
        [(226, 183), (240, 176), (242, 178), (229, 187)],
    ],
    "forest": [
        [(110, 100), (145, 100), (145, 180), (110, 180)],
        [(60, 205), (90, 205), (90, 230), (60, 230)],
        [(200, 130), (235, 130), (235, 145), (200, 145)],
    ],
    "village": [
        [(30, 80), (58, 76), (62, 104), (46, 104)],
        [(16, 126), (48, 126), (48, 178), (16, 178)],
        [(66, 128), (84, 106), (87, 110), (75, 138)],
    ],
    "water": [[(60, 2), (240, 2), (240, 30), (60, 10)]],
    # A mask as an office has it: the settlement's outline, drawn once, coarsely.
    "built_up": [
        [(24, 70), (62, 54), (86, 66), (84, 86), (60, 112), (44, 110), (26, 92)],
        [(10, 118), (54, 118), (54, 170), (44, 190), (10, 200), (0, 190), (0, 160)],
        [(60, 142), (84, 94), (96, 100), (84, 140), (70, 146)],
    ],
}


def cells(name):
    plain = Raster(np.zeros((237, 247)), (1.0, 0.0, 0.0, 0.0, -1.0, 0.0), "EPSG:4326")
    shapes = np.array([shapely.Polygon([(x, -y) for x, y in ring]) for ring in DRAWN[name]])
    _, row, column = cells_inside(plain, shapes)
    return row, column


@pytest.fixture(scope="module")
def bands():
    file = open_raster(str(SCENE))
    numbers, _ = band_numbers("", file.titles)
    scale = scale_of(sample_of(file, numbers), file.kinds[0])
    assert scale.offset == -0.1  # this product was delivered with the offset in it
    whole = {name: file.strip(n, 0, file.shape[0]) for name, n in numbers.items()}
    return {name: (v.astype("f4") + scale.offset) * scale.factor for name, v in whole.items()}


def auc(high, low):
    """Share of pairs in the right order, ties half (Mann and Whitney 1947)."""
    both = np.concatenate((high, low))
    rank = np.argsort(np.argsort(both, kind="stable"), kind="stable") + 1.0
    return (rank[: len(high)].sum() - len(high) * (len(high) + 1) / 2) / (len(high) * len(low))


def test_bare_ground_and_forest_are_told_apart(bands):
    ndvi, bsi = (INDICES[name].formula(bands) for name in ("NDVI", "BSI"))
    assert auc(ndvi[cells("forest")], ndvi[cells("bare")]) >= 0.995
    assert auc(bsi[cells("bare")], bsi[cells("forest")]) >= 0.995
    taken = (ndvi < 0.35) & (bsi > 0.05)
    assert taken[cells("forest")].mean() <= 0.005
    assert taken[cells("water")].mean() <= 0.05
    # The dried-out river bed is half overgrown (NDVI 0.27 to 0.59): its soil shows in BSI.
    assert (bsi > 0.05)[cells("bare")].mean() >= 0.95


def test_villages_are_kept_out_by_their_mask_not_by_their_colours(bands):
    taken = (INDICES["NDVI"].formula(bands) < 0.35) & (INDICES["BSI"].formula(bands) > 0.05)
    village = cells("village")
    assert taken[village].mean() > 0.2  # colours alone take them
    taken[cells("built_up")] = False
    assert taken[village].mean() <= 0.05
