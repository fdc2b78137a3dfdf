"""Patches from runs against scipy's labelling of the whole mask."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from scipy.ndimage import label

from linzhang_plugin.core.terrain.runs import joined, painted, patches, runs_of, runs_of_classes

masks = arrays(bool, array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=14))


@settings(max_examples=300, deadline=None)
@given(masks, st.booleans(), st.integers(1, 5))
def test_same_patches_as_a_labelling_of_the_whole(mask, diagonal, strip):
    strips = [runs_of(mask[i : i + strip], i) for i in range(0, len(mask), strip)]
    runs = joined(strips)
    assert (painted(runs, mask.shape) == mask).all()
    number = patches(runs, diagonal)
    got = painted(runs, mask.shape, (number + 1).astype(np.int32))
    structure = np.ones((3, 3)) if diagonal else None
    expected, count = label(mask, structure)
    assert len(np.unique(number)) == count
    pairs = {(int(a), int(b)) for a, b in zip(got[mask], expected[mask], strict=True)}
    assert len(pairs) == count


@given(masks)
def test_cells_add_up(mask):
    assert runs_of(mask).cells.sum() == mask.sum()


def test_patches_are_numbered_in_reading_order():
    mask = np.array([[0, 0, 1, 0, 1], [1, 0, 1, 0, 0], [1, 0, 0, 0, 1]], bool)
    runs = runs_of(mask)
    assert patches(runs).tolist() == [0, 1, 2, 0, 2, 3]


@pytest.mark.parametrize("diagonal", [True, False])
def test_an_empty_mask_has_no_patches(diagonal):
    assert len(patches(runs_of(np.zeros((4, 5), bool)), diagonal)) == 0
    assert len(patches(joined([]), diagonal)) == 0


@settings(max_examples=200, deadline=None)
@given(
    arrays(np.int32, array_shapes(min_dims=2, max_dims=2, max_side=10), elements=st.integers(-1, 3))
)
def test_runs_of_classes_hold_each_cell_once_and_do_not_join_classes(classes):
    runs, value = runs_of_classes(classes)
    assert (painted(runs, classes.shape, (value + 1).astype(np.int32)) == classes + 1).all()
    assert runs.cells.sum() == (classes >= 0).sum()
    number = patches(runs, classes=value)
    got = painted(runs, classes.shape, (number + 1).astype(np.int32))
    expected = sum(label(classes == one)[1] for one in range(4))
    assert len(np.unique(number)) == expected
    for one in np.unique(number):
        assert len(np.unique(classes[got == one + 1])) == 1
