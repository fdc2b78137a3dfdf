"""Outlines of label rasters: they tile, keep their labels and their areas."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from linzhang_plugin.core.sample.growth import pieces, shared_out, whole
from linzhang_plugin.core.sample.outlines import border_runs, crossing, crossing_free, outlines


def compact(labels):
    used, place = np.unique(labels, return_inverse=True)
    return place.reshape(labels.shape) - int(used[0] == -1), int((used >= 0).sum())


@given(arrays(np.int64, (9, 11), elements=st.integers(-1, 4)))
@settings(max_examples=60)
def test_any_labels_tile(raw):
    labels, count = compact(raw)
    if count == 0:
        return
    shapes = outlines(labels, count, 25.0)
    assert shapely.is_valid(shapes).all()
    area = shapely.area(shapes)
    whole_area = shapely.union_all(shapes).area
    assert whole_area == pytest.approx(area.sum(), rel=1e-6)
    cells = np.bincount(labels[labels >= 0], minlength=count) * 625.0
    assert area.sum() == pytest.approx(cells.sum(), rel=0.35)
    assert (area > 0).all()


def test_two_halves_share_one_line():
    labels = np.zeros((20, 20), dtype=np.int64)
    labels[:, 10:] = 1
    left, right = outlines(labels, 2, 25.0)
    shared = left.boundary.intersection(right.boundary)
    assert shared.length == pytest.approx(500.0, abs=1.0)
    assert left.area == pytest.approx(right.area, rel=1e-9)


def test_north_is_up():
    labels = np.zeros((4, 4), dtype=np.int64)
    labels[:2] = 1
    south, north = outlines(labels, 2, 10.0)
    assert north.centroid.y > south.centroid.y


def test_an_island_is_a_hole_in_its_surroundings():
    labels = np.zeros((30, 30), dtype=np.int64)
    labels[10:20, 10:20] = 1
    around, island = outlines(labels, 2, 25.0)
    assert len(around.geoms[0].interiors) == 1
    assert around.intersection(island).area == pytest.approx(0, abs=1e-6)
    assert island.area == pytest.approx(100 * 625, rel=0.05)


def test_smoothed_runs_meet_at_junctions_only():
    rng = np.random.default_rng(3)
    coarse = rng.integers(0, 30, (12, 12))
    labels = np.kron(coarse, np.ones((4, 4), dtype=np.int64))
    runs = crossing_free(border_runs(labels), 0.24)
    assert not crossing(runs).any()


def test_a_crossing_is_seen():
    lines = np.array([shapely.LineString([(0, 0), (2, 2)]), shapely.LineString([(0, 2), (2, 0)])])
    assert crossing(lines).all()
    apart = np.array([shapely.LineString([(0, 0), (1, 0)]), shapely.LineString([(1, 0), (2, 1)])])
    assert not crossing(apart).any()


def test_pieces_are_four_connected():
    labels = np.array([[0, 1], [1, 0]])
    assert pieces(labels)[1] == 4


def test_severed_pieces_join_their_strongest_neighbour():
    labels = np.zeros((6, 9), dtype=np.int64)
    labels[:, 5:] = 1
    labels[2, 7] = 0
    made = whole(labels, 1)
    assert made[2, 7] == 1
    assert pieces(made)[1] == 2


def test_shares_come_near_their_targets_and_none_vanishes():
    x = np.arange(400.0)
    distance = np.abs(x[None, :] - np.array([50.0, 200.0, 350.0])[:, None])
    owner = shared_out(distance, np.array([1.0, 2.0, 1.0]), 300)
    have = np.bincount(owner, minlength=3)
    assert have == pytest.approx([100, 200, 100], rel=0.06)
    tight = shared_out(distance, np.array([1.0, 998.0, 1.0]), 300)
    assert (np.bincount(tight, minlength=3) > 0).all()
