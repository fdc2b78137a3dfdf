"""Outlines of patches: valid, exactly their cells, nothing else."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from linzhang_plugin.core.terrain.outlines import outlines
from linzhang_plugin.core.terrain.runs import patches, runs_of

masks = arrays(bool, array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=12))


def made(mask, transform=(1, 0, 0, 0, -1, 0)):
    runs = runs_of(mask)
    number = patches(runs)
    count = int(number.max()) + 1 if len(number) else 0
    return outlines(runs, number, count, transform)


@settings(max_examples=300, deadline=None)
@given(masks)
def test_outlines_are_valid_and_are_exactly_the_cells(mask):
    polygons = made(mask)
    assert shapely.is_valid(polygons).all()
    rows, cols = np.nonzero(mask)
    cells = shapely.union_all(shapely.box(cols, -rows - 1, cols + 1, -rows))
    assert shapely.area(polygons).sum() == mask.sum()
    if len(polygons):
        assert shapely.area(shapely.symmetric_difference(shapely.union_all(polygons), cells)) == 0


@given(st.floats(1, 50), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_the_transform_places_the_corners(cell, x, y):
    polygon = made(np.ones((2, 3), bool), (cell, 0, x, 0, -cell, y))[0]
    assert np.allclose(polygon.bounds, (x, y - 2 * cell, x + 3 * cell, y))


def test_a_ring_has_a_hole_and_touching_corners_stay_valid():
    mask = np.ones((5, 5), bool)
    mask[2, 2] = mask[1, 1] = False
    polygon = made(mask)[0]
    assert polygon.is_valid
    assert polygon.area == 23
    assert len(polygon.interiors) >= 1


def test_no_runs_no_polygons():
    assert len(made(np.zeros((3, 3), bool))) == 0


@given(masks, st.integers(1, 6))
def test_batches_of_any_size_give_the_same(mask, runs_at_once):
    whole = made(mask)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("linzhang_plugin.core.terrain.outlines.RUNS_AT_ONCE", runs_at_once)
        patch.setattr("linzhang_plugin.core.terrain.runs.RUNS_AT_ONCE", runs_at_once)
        assert (shapely.to_wkb(made(mask)) == shapely.to_wkb(whole)).all()


def test_corners_in_line_are_left_out():
    mask = np.zeros((6, 9), bool)
    mask[1:5, 2:8] = True
    mask[2:4, 3:5] = False
    polygon = made(mask)[0]
    assert len(polygon.exterior.coords) == len(polygon.interiors[0].coords) == 5
