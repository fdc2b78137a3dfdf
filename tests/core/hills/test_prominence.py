"""Summits, prominences and merged hills against a slow flood search."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.ndimage import gaussian_filter, label

from linzhang_plugin.core.hills.ascent import climb, saddles
from linzhang_plugin.core.hills.prominence import merge_by_area, merge_by_prominence, peaks
from tests.truth.flooding import prominence, summits

small_dems = arrays(
    np.float32,
    st.tuples(st.integers(2, 9), st.integers(2, 9)),
    elements=st.integers(0, 6).map(float),
)


def analysed(dem):
    regions = climb(dem, np.ones(dem.shape, bool))
    passes = saddles(dem, regions)
    return regions, passes, peaks(regions, passes, float(dem.min()))


@settings(max_examples=150, deadline=None)
@given(small_dems)
def test_every_prominence_equals_the_flood_search(dem):
    regions, _, found = analysed(dem)
    highest = int(np.lexsort((regions.summit, regions.height))[-1])
    for number, cell in enumerate(regions.summit.tolist()):
        expected = prominence(dem, cell)
        assert found.prominence[number] == pytest.approx(expected), (number, highest)


@settings(max_examples=150, deadline=None)
@given(small_dems)
def test_summits_are_the_cells_without_higher_neighbours_or_on_flat_ground(dem):
    regions, _, _ = analysed(dem)
    assert set(summits(dem)) <= set(regions.summit.tolist())
    assert (regions.label >= 0).all()


@pytest.mark.parametrize("seed", range(4))
def test_hills_cover_the_land_and_each_is_one_piece(seed):
    rng = np.random.default_rng(seed)
    dem = gaussian_filter(rng.normal(size=(90, 110)), 3) * 400
    regions, passes, found = analysed(dem)
    hill = merge_by_prominence(regions, found, 25.0)
    raster = hill[regions.label]
    assert raster.min() >= 0
    for one in np.unique(raster):
        assert label(raster == one, np.ones((3, 3)))[1] == 1
    kept = np.unique(hill)
    highest = int(np.argmax(regions.height))
    assert set(kept) == set(np.flatnonzero(found.prominence >= 25.0)) | {highest}


def test_two_cones_meet_at_their_saddle():
    y, x = np.mgrid[0:60, 0:100].astype(float)
    one = 100 - np.hypot(y - 30, x - 25)
    two = 80 - np.hypot(y - 30, x - 75)
    dem = np.maximum(one, two)
    regions, passes, found = analysed(dem)
    big, little = 30 * 100 + 25, 30 * 100 + 75
    where = {int(cell): number for number, cell in enumerate(regions.summit)}
    lower = where[little]
    assert found.parent[lower] == where[big]
    row, col = divmod(int(found.saddle[lower]), 100)
    assert (row, col) == (30, pytest.approx(60, abs=1))
    assert found.prominence[lower] == pytest.approx(80 - dem[row, col])
    assert found.prominence[where[big]] == pytest.approx(100 - dem.min())
    assert len(np.unique(merge_by_prominence(regions, found, 5.0))) == 2
    assert len(np.unique(merge_by_prominence(regions, found, 50.0))) == 1
    assert found.saddle[where[big]] == -1


def test_small_hills_join_over_the_highest_pass():
    y, x = np.mgrid[0:40, 0:120].astype(float)
    dem = np.maximum.reduce(
        [
            100 - np.hypot(y - 20, x - 20) * 2,
            70 - np.hypot(y - 20, x - 60) * 4,
            100 - np.hypot(y - 20, x - 95) * 2,
        ]
    )
    regions, passes, found = analysed(dem)
    hill = merge_by_prominence(regions, found, 5.0)
    area = np.bincount(regions.label.ravel(), minlength=len(hill)).astype(float)
    sizes = np.bincount(hill, weights=area, minlength=len(hill))
    assert (sizes > 0).sum() == 3
    merged = merge_by_area(hill, area, regions, passes, float(sizes[sizes > 0].min()) + 1)
    after = np.bincount(merged, weights=area, minlength=len(hill))
    assert (after > 0).sum() == 2
    assert after.sum() == dem.size


def test_land_outside_the_mask_belongs_to_no_hill_and_separates_islands():
    dem = np.ones((10, 21)) * 5
    dem[5, 4], dem[5, 16] = 9, 8
    valid = np.ones(dem.shape, bool)
    valid[:, 10] = False
    regions = climb(dem, valid)
    found = peaks(regions, saddles(dem, regions), 5.0)
    hill = merge_by_prominence(regions, found, 1000.0)
    assert (regions.label[:, 10] == -1).all()
    assert len(np.unique(hill)) == 2


@pytest.mark.parametrize("cells", [1, 700, 4096])
def test_pieces_of_any_size_give_the_same(cells, monkeypatch):
    rng = np.random.default_rng(7)
    dem = np.round(gaussian_filter(rng.normal(size=(61, 83)), 2) * 40).astype(np.float32)
    valid = np.ones(dem.shape, bool)
    valid[10:30, 40:43] = False
    whole = climb(dem, valid)
    passes = saddles(dem, whole)
    top = peaks(whole, passes, float(dem.min()))
    monkeypatch.setattr("linzhang_plugin.core.hills.ascent.CHUNK", cells)
    monkeypatch.setattr("linzhang_plugin.core.hills.prominence.PASSES_AT_ONCE", 7)
    cut = climb(dem, valid)
    assert (cut.label == whole.label).all()
    assert (cut.summit == whole.summit).all()
    again = saddles(dem, cut)
    for name in ("first", "second", "height", "cell"):
        assert (getattr(again, name) == getattr(passes, name)).all()
    once_more = peaks(cut, again, float(dem.min()))
    for name in ("prominence", "saddle", "parent", "across"):
        assert (getattr(once_more, name) == getattr(top, name)).all()
