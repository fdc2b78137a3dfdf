"""Barriers are crossed where a road or a bridge leads over them, and nowhere else."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from linzhang_plugin.core.grids.land.bridges import BANK, GIVEN, find_bridges, walkable
from linzhang_plugin.core.grids.land.links import link_stands
from tests.truth.small_counties import squares

SIDE = 200.0


def shapes(*wkt: str) -> np.ndarray:
    return np.array([shapely.from_wkt(text) for text in wkt], dtype=object)


RIVER = shapes("LINESTRING (0 0, 1000 0)")
POOL = shapes("POLYGON ((0 -40, 1000 -40, 1000 40, 0 40, 0 -40))")


@pytest.mark.parametrize("barrier", [RIVER, POOL], ids=["line", "polygon"])
def test_a_road_from_one_side_to_the_other_is_a_bridge(barrier):
    found = find_bridges(barrier, shapes("LINESTRING (500 -300, 520 300)"))
    assert len(found) == 1
    assert found[0].intersects(barrier[0])
    assert found[0].length < 80 + 2 * BANK + 5
    slanted = find_bridges(barrier, shapes("LINESTRING (100 -300, 900 300)"))
    assert len(slanted) == 1


@pytest.mark.parametrize("barrier", [RIVER, POOL], ids=["line", "polygon"])
@pytest.mark.parametrize(
    "road",
    [
        "LINESTRING (500 -300, 500 -45)",
        "LINESTRING (0 -60, 1000 -60)",
        "LINESTRING (400 -300, 500 -2, 600 -300)",
    ],
    ids=["ends before it", "runs beside it", "comes near and turns back"],
)
def test_a_road_that_stays_on_its_side_is_none(barrier, road):
    assert not len(find_bridges(barrier, shapes(road)))


def test_a_road_cut_into_pieces_at_the_bank_is_still_one_bridge():
    pieces = shapes("LINESTRING (500 -300, 500 -4)", "LINESTRING (500 -4, 500 5)",
                    "LINESTRING (500 5, 500 300)", "LINESTRING (500 5, 700 5)")  # fmt: skip
    assert len(find_bridges(RIVER, pieces)) == 1


def test_a_motorway_in_the_roads_is_no_bridge_over_itself_but_the_road_across_it_is():
    way = "LINESTRING (0 0, 1000 0)"
    assert not len(find_bridges(RIVER, shapes(way)))
    assert len(find_bridges(RIVER, shapes(way, "LINESTRING (300 -200, 300 200)"))) == 1
    along = shapes("LINESTRING (200 -200, 200 0, 600 0, 600 -200)")
    assert not len(find_bridges(RIVER, along))


def test_given_points_reach_over_what_they_lie_in():
    found = find_bridges(RIVER, None, shapes("POINT (500 5)"))
    assert len(found) == 1 and found[0].area == pytest.approx(np.pi * GIVEN**2, rel=0.02)
    wide = find_bridges(POOL, None, shapes("POINT (500 0)"))
    assert wide[0].intersects(shapely.Point(500, 45)) and wide[0].intersects(
        shapely.Point(500, -45)
    )


def test_motorways_and_railways_are_not_walked_on():
    roads = gpd.GeoDataFrame(
        {"kind": ["motorway", "village", None, "高铁"], "n": [0, 1, 2, 3]},
        geometry=[shapely.LineString([(0, i), (1, i)]) for i in range(4)],
    )
    assert walkable(roads)["n"].tolist() == [1, 2]
    assert len(walkable(roads.drop(columns="kind"))) == 4
    osm = roads.rename(columns={"kind": "highway"})
    osm["railway"] = [None, "rail", None, None]
    assert walkable(osm)["n"].tolist() == [2]


def two_banks(columns: int, gap: float) -> np.ndarray:
    """Give stands in two rows with a strip of ``gap`` metres between them, about y = 0."""
    south = squares(columns, 1, SIDE, 0.0, -SIDE - gap / 2)
    north = squares(columns, 1, SIDE, 0.0, gap / 2)
    return np.concatenate([south, north])


def crossings(links: np.ndarray, columns: int) -> set[tuple[int, int]]:
    return {(i, j - columns) for i, j in links.tolist() if i < columns <= j}


@pytest.mark.parametrize("gap", [0.0, 40.0], ids=["touching", "apart"])
def test_stands_are_linked_over_a_river_only_where_the_bridge_is(gap):
    stands, town = two_banks(5, gap), np.zeros(10, dtype=np.int64)
    river = shapes("LINESTRING (-100 0, 1100 0)")
    assert crossings(link_stands(stands, town, 60.0), 5) >= {(i, i) for i in range(5)}
    assert not crossings(link_stands(stands, town, 60.0, river), 5)
    road = find_bridges(river, shapes("LINESTRING (500 -150, 500 150)"))
    over = crossings(link_stands(stands, town, 60.0, river, bridges=road), 5)
    assert over == {(2, 2)}
    away = find_bridges(river, shapes("LINESTRING (5000 -150, 5000 150)"))
    assert not crossings(link_stands(stands, town, 60.0, river, bridges=away), 5)


def test_a_bridge_behind_a_third_stand_or_another_barrier_joins_nothing():
    west, middle, north = shapely.box(0, -200, 200, -20), shapely.box(210, -200, 300, -5), None
    north = shapely.box(0, 20, 200, 200)
    stands = np.array([west, middle, north], dtype=object)
    town = np.zeros(3, dtype=np.int64)
    river = shapes("LINESTRING (-1000 0, 1000 0)")
    bridge = find_bridges(river, shapes("LINESTRING (330 -100, 330 100)"))
    free = link_stands(stands[[0, 2]], town[:2], 300.0, river, bridges=bridge)
    assert free.tolist() == [[0, 1]]
    walled = np.concatenate([river, shapes("LINESTRING (310 300, 310 1)")])
    parted = link_stands(stands[[0, 2]], town[:2], 300.0, walled, bridges=bridge)
    assert not len(parted)


def slow_bridged(stands, river, bridges, distance) -> set[tuple[int, int]]:
    """Give the pairs over the river by the definition, pair by pair and bridge by bridge."""
    found = set()
    for i in range(len(stands)):
        for j in range(i + 1, len(stands)):
            direct = shapely.shortest_line(stands[i], stands[j])
            if stands[i].distance(stands[j]) > distance or not direct.intersects(river):
                continue
            for bridge in bridges:
                legs = [shapely.shortest_line(stands[s], bridge) for s in (i, j)]
                if sum(leg.length for leg in legs) > distance + 1e-6:
                    continue
                others = [stands[s] for s in range(len(stands)) if s not in (i, j)]
                crossed = any(leg.intersection(o.buffer(-0.05)).length > 1.0
                              for leg in legs for o in others)  # fmt: skip
                rest = [leg.difference(bridge.buffer(BANK)) for leg in legs]
                if not crossed and not any(leg.intersects(river) for leg in rest):
                    found.add((i, j))
    return found


@settings(max_examples=25)
@given(
    st.lists(st.floats(-50, 1050), max_size=3),
    st.floats(5.0, 120.0),
    st.floats(30.0, 250.0),
    st.floats(-0.2, 0.2),
)
def test_links_over_bridges_are_those_of_the_definition(roads, gap, distance, slant):
    stands = two_banks(5, gap)
    river = shapes("LINESTRING (-500 0, 1500 0)")
    lines = np.array(
        [shapely.LineString([(x, -300), (x + 600 * slant, 300)]) for x in roads], dtype=object
    )
    bridges = find_bridges(river, lines)
    town = np.zeros(len(stands), dtype=np.int64)
    got = {tuple(p) for p in link_stands(stands, town, distance, river, bridges=bridges).tolist()}
    plain = {tuple(p) for p in link_stands(stands, town, distance, river).tolist()}
    assert got - plain == slow_bridged(stands, river[0], bridges, distance)
    assert plain <= got
