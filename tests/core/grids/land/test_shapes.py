"""Grid polygons: unions, slivers closed, never over a neighbour, valid."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from linzhang_plugin.core.grids.indicators import polsby_popper
from linzhang_plugin.core.grids.land.shapes import (
    centres,
    closed,
    filled,
    merged_tiles,
    polygons_only,
    sound,
    tile,
    union_by_grid,
    without_overlaps,
)
from tests.truth.small_counties import squares


def overlap(shapes: np.ndarray) -> float:
    worst = 0.0
    for i in range(len(shapes)):
        for j in range(i):
            worst = max(worst, shapes[i].intersection(shapes[j]).area)
    return worst


def test_the_union_keeps_the_area():
    shapes = squares(4, 2)
    plan = np.array([0, 0, 1, 1, 0, 0, 1, 1])
    made = union_by_grid(shapes, plan, 3)
    assert shapely.area(made).tolist() == [4 * 360_000, 4 * 360_000, 0]
    assert [s.geom_type for s in made] == ["MultiPolygon"] * 3


def test_a_sliver_inside_a_grid_is_closed_and_a_wide_gap_stays():
    narrow = [shapely.box(0, 0, 100, 100), shapely.box(103, 0, 200, 100)]
    wide = [shapely.box(0, 0, 100, 100), shapely.box(108, 0, 200, 100)]
    for parts, gained in ((narrow, 300.0), (wide, 0.0)):
        made = union_by_grid(np.array(parts), np.zeros(2, dtype=int), 1)
        got = closed(made, 5.0)[0]
        assert got.area - made[0].area == pytest.approx(gained, abs=20.0)


def test_a_sliver_that_belongs_to_a_neighbour_is_left_to_it():
    shapes = np.array([shapely.box(0, 0, 100, 100), shapely.box(103, 0, 200, 100),
                       shapely.box(100, -50, 103, 100)])  # fmt: skip
    made = closed(union_by_grid(shapes, np.array([0, 0, 1]), 2), 5.0)
    assert overlap(made) < 1e-6
    assert made[1].area == pytest.approx(450.0)


def test_overlapping_stands_do_not_make_overlapping_grids():
    shapes = np.array([shapely.box(0, 0, 100, 100), shapely.box(90, 0, 200, 100)])
    made = union_by_grid(shapes, np.array([0, 1]), 2)
    assert overlap(made) == 0.0
    assert made[0].area == 10_000 and made[1].area == 10_000


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_closing_never_overlaps_loses_or_breaks(seed):
    rng = np.random.default_rng(seed)
    shapes = squares(5, 4, side=50.0, x0=0.0, y0=0.0)
    shapes = np.array(
        [
            shapely.affinity.translate(
                s.buffer(rng.choice([0.0, -1.0, -3.0])), *rng.normal(0, 1, 2)
            )
            for s in shapes
        ]
    )
    plan = rng.integers(0, 4, len(shapes))
    united = union_by_grid(shapes, plan, 4)
    made = closed(united, 5.0)
    assert overlap(made) < 1e-3
    assert shapely.is_valid(made).all()
    for before, after in zip(united, made, strict=True):
        assert before.difference(after).area < 1e-3


def test_compactness_is_measured_on_the_filled_outline():
    disc = shapely.Point(0, 0).buffer(1000, quad_segs=64)
    ring = disc.difference(shapely.Point(0, 0).buffer(300))
    assert polsby_popper(np.array([disc]))[0] == pytest.approx(1.0, abs=0.01)
    assert polsby_popper(filled(np.array([ring], dtype=object), 200.0))[0] > 0.95
    square = np.array([shapely.box(0, 0, 10, 10)])
    assert polsby_popper(square)[0] == pytest.approx(np.pi / 4)


def test_helpers_keep_polygons_and_mend_folds():
    mixed = shapely.GeometryCollection([shapely.Point(0, 0), shapely.box(0, 0, 1, 1)])
    assert polygons_only(mixed).area == 1.0
    assert polygons_only(shapely.LineString([(0, 0), (1, 1)])).is_empty
    bow = np.array([shapely.from_wkt("POLYGON((0 0, 10 10, 10 0, 0 10, 0 0))")])
    assert sound(bow)[0].is_valid
    assert without_overlaps(bow[:0]).tolist() == []


def test_a_stand_drawn_on_top_of_another_grid_keeps_its_place():
    big, small = shapely.box(0, 0, 100, 100), shapely.box(20, 20, 40, 40)
    for order in ((big, small), (small, big)):
        made = union_by_grid(np.array(order, dtype=object), np.array([0, 1]), 2)
        assert sorted(shapely.area(made)) == pytest.approx([400.0, 9600.0])
    twice = union_by_grid(np.array([big, big], dtype=object), np.array([0, 1]), 2)
    assert sorted(shapely.area(twice)) == pytest.approx([0.0, 10_000.0])
    xy = centres(twice)
    assert np.isfinite(xy[0]).all() and np.isnan(xy[1]).all()


@pytest.mark.parametrize("seed", range(3))
def test_tiles_are_united_as_by_an_overlay(seed: int) -> None:
    rng = np.random.default_rng(seed)
    tiles = bent_tiles(8, rng)
    some = tiles[rng.random(64) < 0.6]
    merged = merged_tiles(some)
    assert merged is not None
    assert shapely.equals(shapely.normalize(merged), shapely.union_all(some))
    assert tile(some, 1.0)


@pytest.mark.parametrize("wrong", ["grown", "twice", "all twice", "all thrice", "inside", "bent"])
def test_shapes_that_do_not_tile_are_never_taken_for_tiles(wrong: str) -> None:
    tiles = bent_tiles(6, np.random.default_rng(1))
    made = {
        "grown": np.r_[tiles[:1], shapely.buffer(tiles[1:2], 3.0), tiles[2:]],
        "twice": np.r_[tiles, tiles[7:8]],
        "all twice": np.r_[tiles, tiles],
        "all thrice": np.r_[tiles, tiles, tiles],
        "inside": np.r_[tiles, shapely.buffer(tiles[8:9], -20.0)],
        "bent": np.r_[tiles, bent_tiles(6, np.random.default_rng(2))[14:15]],
    }[wrong]
    assert not tile(made, 1.0)
    merged = merged_tiles(made)
    assert merged is None


def bent_tiles(wide: int, rng: np.random.Generator) -> np.ndarray:
    """Quadrangles of 100 m that share their jittered corners."""
    x, y = np.meshgrid(np.arange(wide + 1) * 100.0, np.arange(wide + 1) * 100.0)
    at = np.stack([x, y], axis=2) + rng.uniform(-25, 25, (wide + 1, wide + 1, 2))
    rings = np.stack([at[:-1, :-1], at[:-1, 1:], at[1:, 1:], at[1:, :-1]], axis=2)
    return np.asarray(shapely.polygons(rings.reshape(-1, 4, 2)))
