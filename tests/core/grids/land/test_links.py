"""Links: against the definition written out slowly, and on drawn slivers, gaps and barriers."""

from __future__ import annotations

import time

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from linzhang_plugin.core.grids.land.links import link_stands
from linzhang_plugin.core.messages import CancelledError
from tests.truth.small_counties import slow_links, squares


def as_set(links: np.ndarray) -> set[tuple[int, int]]:
    return {(int(i), int(j)) for i, j in links}


def one_town(shapes: np.ndarray) -> np.ndarray:
    return np.zeros(len(shapes), dtype=np.int64)


def test_squares_link_by_edges_and_never_by_corners():
    shapes = squares(4, 3)
    links = as_set(link_stands(shapes, one_town(shapes)))
    edges = {(r * 4 + c, r * 4 + c + 1) for r in range(3) for c in range(3)}
    edges |= {(r * 4 + c, (r + 1) * 4 + c) for r in range(2) for c in range(4)}
    assert links == edges


def test_links_never_cross_towns():
    shapes = squares(4, 1)
    assert as_set(link_stands(shapes, np.array([0, 0, 1, 1]))) == {(0, 1), (2, 3)}


def test_an_edge_of_less_than_five_metres_is_no_link():
    shapes = np.array([shapely.box(0, 0, 100, 100), shapely.box(100, 96, 200, 196),
                       shapely.box(100, -100, 200, 5)])  # fmt: skip
    # 0-1 share 4 m, 0-2 share 5 m; 1-2 are 91 m apart with stand 0 beside, not between.
    assert as_set(link_stands(shapes, one_town(shapes))) == {(0, 2), (1, 2)}


@pytest.mark.parametrize("sliver", [-0.3, -0.01, 0.01, 0.3])
def test_slivers_and_overlaps_still_share_an_edge(sliver):
    shapes = np.array([shapely.box(0, 0, 100, 100), shapely.box(100 + sliver, 0, 200, 100)])
    assert as_set(link_stands(shapes, one_town(shapes))) == {(0, 1)}


def test_a_corner_with_a_sliver_is_still_a_corner():
    shapes = np.array([shapely.box(0, 0, 100, 100), shapely.box(100.1, 100.1, 200, 200)])
    assert not len(link_stands(shapes, one_town(shapes)))


def test_a_gap_is_bridged_up_to_the_distance():
    shapes = np.array([shapely.box(0, 0, 100, 100), shapely.box(299, 0, 400, 100)])
    assert as_set(link_stands(shapes, one_town(shapes), 200.0)) == {(0, 1)}
    assert not len(link_stands(shapes, one_town(shapes), 198.0))


def test_a_third_stand_between_blocks_the_gap():
    shapes = np.array([shapely.box(0, 0, 100, 100), shapely.box(280, 0, 400, 100),
                       shapely.box(150, -50, 200, 150)])  # fmt: skip
    assert as_set(link_stands(shapes, one_town(shapes))) == {(0, 2), (1, 2)}


def test_a_neighbour_beside_the_gap_does_not_block_it():
    shapes = np.array([shapely.box(0, 0, 100, 100), shapely.box(150, 0, 250, 100),
                       shapely.box(0, -100, 250, 0)])  # fmt: skip
    assert as_set(link_stands(shapes, one_town(shapes))) == {(0, 1), (0, 2), (1, 2)}


def test_the_edge_between_two_stands_is_no_way_through():
    # 0 and 3 lie at the two ends of the edge that 1 and 2 share.
    shapes = np.array([shapely.box(0, 0, 50, 200), shapely.box(50, 0, 150, 100),
                       shapely.box(50, 100, 150, 200), shapely.box(150, 0, 200, 200)])  # fmt: skip
    wedge = shapes.copy()
    wedge[0] = shapely.Polygon([(0, 0), (0, 200), (50, 100)])
    wedge[3] = shapely.Polygon([(200, 0), (200, 200), (150, 100)])
    assert (0, 3) not in as_set(link_stands(shapes, one_town(shapes)))
    assert (0, 3) not in as_set(link_stands(wedge, one_town(wedge)))


def test_a_stand_of_another_town_blocks_too():
    shapes = np.array([shapely.box(0, 0, 100, 100), shapely.box(280, 0, 400, 100),
                       shapely.box(150, -50, 200, 150)])  # fmt: skip
    assert not len(link_stands(shapes, np.array([0, 0, 1])))


def test_a_barrier_blocks_a_gap_but_not_an_edge_it_crosses():
    shapes = np.array([shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100),
                       shapely.box(250, 0, 350, 100)])  # fmt: skip
    river = np.array([shapely.LineString([(225, -500), (225, 500)]),
                      shapely.LineString([(50, 50), (150, 50)])], dtype=object)  # fmt: skip
    # Stand 1 lies between 0 and 2: of all segments straight across, the middle one decides.
    assert as_set(link_stands(shapes, one_town(shapes))) == {(0, 1), (1, 2)}
    assert as_set(link_stands(shapes, one_town(shapes), 200.0, river)) == {(0, 1)}


def test_a_barrier_along_the_edge_parts_two_stands():
    shapes = np.array([shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100)])
    along = np.array([shapely.LineString([(100, -10), (100, 110)])], dtype=object)
    assert not len(link_stands(shapes, one_town(shapes), 200.0, along))


@given(st.integers(0, 10_000), st.integers(3, 14), st.sampled_from([0.0, 60.0, 200.0]))
def test_random_stands_agree_with_the_definition(seed, n, distance):
    rng = np.random.default_rng(seed)
    corner = rng.uniform(0, 600, (n, 2))
    size = rng.uniform(30, 160, (n, 2))
    shapes = np.array(
        [
            shapely.affinity.rotate(shapely.box(*c, *(c + s)), a)
            for c, s, a in zip(corner, size, rng.uniform(0, 90, n), strict=True)
        ]
    )
    # Overlapping drawings are cut out of each other, as stands are.
    for i in range(n):
        for j in range(i):
            shapes[i] = shapes[i].difference(shapes[j].buffer(rng.choice([0.0, 0.2, 20.0])))
    shapes = np.array([s for s in shapes if s.geom_type == "Polygon" and s.area > 50.0])
    towns = rng.integers(0, 2, len(shapes))
    walls = np.array([shapely.LineString(rng.uniform(0, 700, (2, 2)))], dtype=object)
    for barriers in (None, walls):
        got = as_set(link_stands(shapes, towns, distance, barriers))
        assert got == slow_links(shapes, towns, distance, barriers)


@given(st.integers(0, 1000))
def test_order_of_stands_does_not_matter(seed):
    shapes = squares(5, 4)
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(shapes))
    plain = as_set(link_stands(shapes, one_town(shapes)))
    mixed = link_stands(shapes[order], one_town(shapes))
    back = {tuple(sorted((int(order[i]), int(order[j])))) for i, j in mixed}
    assert back == plain


def test_fast_enough_for_a_county():
    shapes = squares(100, 60, side=250.0)
    begun = time.process_time()
    links = link_stands(shapes, one_town(shapes))
    assert len(links) == 99 * 60 + 100 * 59
    assert time.process_time() - begun < 15.0


def test_stops_when_asked():
    shapes = squares(10, 10)
    with pytest.raises(CancelledError):
        link_stands(shapes, one_town(shapes), progress=lambda fraction, message=None: False)
