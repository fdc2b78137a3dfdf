"""四至: neighbours, named lines, town borders, villages and the forest's edge, each on its side."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from linzhang_plugin.core.grids.limits import SIDES, Surroundings, limits_of
from tests.truth.small_counties import squares


def around(n: int, towns=None, features=None, villages=None) -> Surroundings:
    towns = towns or ["a"] * n
    return Surroundings([f"G{i}" for i in range(n)], towns, [f"town {t}" for t in towns],
                        features, villages)  # fmt: skip


def texts(found: dict) -> list[str]:
    return [str(found[side]) for side in SIDES]


def test_the_order_is_east_south_west_north():
    # A cross: 0 in the middle, 1 east, 2 south, 3 west, 4 north.
    shapes = squares(3, 3)[[4, 5, 1, 3, 7]]
    assert texts(limits_of(shapes, around(5))[0]) == ["grid G1", "grid G2", "grid G3", "grid G4"]


def test_nothing_beyond_is_the_edge_of_the_forest():
    assert set(texts(limits_of(squares(1, 1), around(1))[0])) == {"the edge of the forest"}


def test_another_towns_grid_is_its_border():
    shapes = squares(2, 1)
    found = limits_of(shapes, around(2, ["a", "b"]))
    assert texts(found[0])[0] == "the border of town b"
    assert texts(found[1])[2] == "the border of town a"


def test_a_named_line_beats_the_neighbour_behind_it():
    shapes = squares(2, 1)
    x = shapes[0].bounds[2] + 10
    road = gpd.GeoDataFrame(
        {"name": ["示例路"]}, geometry=[shapely.LineString([(x, 0), (x, 9e6)])], crs="EPSG:4547"
    )
    assert texts(limits_of(shapes, around(2, features=road))[0])[0] == "示例路"


def test_the_next_village_is_named_where_no_grid_lies():
    shape = squares(1, 1)
    minx, miny, maxx, maxy = shape[0].bounds
    villages = gpd.GeoDataFrame(
        {"name": ["龙村示例", "河头示例"]},
        geometry=[shapely.box(minx - 2000, miny - 2000, maxx, maxy + 2000),
                  shapely.box(maxx, miny - 2000, maxx + 2000, maxy + 2000)],
        crs="EPSG:4547",
    )  # fmt: skip
    found = texts(limits_of(shape, around(1, villages=villages))[0])
    assert found[0] == "the border of 河头示例"
    assert found[2] == "the edge of the forest"


def test_two_names_where_two_neighbours_share_a_side():
    base = squares(1, 1)[0]
    minx, miny, maxx, maxy = base.bounds
    middle = (miny + maxy) / 2
    shapes = np.array([base, shapely.box(maxx, miny, maxx + 500, middle - 30),
                       shapely.box(maxx, middle - 30, maxx + 500, maxy)])  # fmt: skip
    assert texts(limits_of(shapes, around(3))[0])[0] == "grid G2, grid G1"
