from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from linzhang_plugin.core.grids.land.split import cut_polygon, split_stands
from linzhang_plugin.core.messages import CancelledError
from linzhang_plugin.core.tables.units import MU_M2


def frame(*shapes, official=None):
    rows = {"stand_id": [f"S{i}" for i in range(len(shapes))], "land_class": "arbor"}
    rows["official_m2"] = official or [s.area * 1.004 for s in shapes]
    return gpd.GeoDataFrame(rows, geometry=list(shapes), crs=4547)


def line(*xy):
    return shapely.LineString(xy)


def lines(*items):
    return np.array(items, dtype=object)


SQUARE = shapely.box(0, 0, 400, 400)


def test_a_line_halves_a_stand_and_everything_adds_up():
    got = split_stands(
        frame(SQUARE), lines(line((-10, 100), (410, 100))), 0, "stand_id", "official_m2"
    )
    assert list(got["stand_id"]) == ["S0-1", "S0-2"]
    assert list(got["parent_id"]) == ["S0", "S0"]
    assert got["parent_share"].tolist() == pytest.approx([0.75, 0.25])
    assert got["parent_share"].sum() == 1
    assert got["official_m2"].sum() == SQUARE.area * 1.004
    assert got["area_m2"].tolist() == pytest.approx([120_000, 40_000])
    assert set(got["land_class"]) == {"arbor"}


def test_untouched_stands_stay_as_they_are():
    far = shapely.box(1000, 0, 1400, 400)
    got = split_stands(frame(SQUARE, far), lines(line((-10, 100), (410, 100))), 0, "stand_id")
    assert list(got["stand_id"]) == ["S0-1", "S0-2", "S1"]
    assert got["parent_id"].isna().tolist() == [False, False, True]
    assert got.geometry.iloc[2].equals(far)


@pytest.mark.parametrize(
    "cutter",
    [
        line((200, 200), (500, 200)),  # ends inside
        line((0, 0), (400, 0)),  # along the border
        line((500, 0), (500, 400)),  # apart
        line((-5, 5), (5, -5)),  # a corner of 12.5 m², under MIN_MU
    ],
)
def test_lines_that_cut_nothing(cutter):
    got = split_stands(frame(SQUARE), lines(cutter), 1, "stand_id")
    assert list(got["stand_id"]) == ["S0"]


def test_two_lines_that_meet_inside_cut_three_parts():
    cutters = lines(line((200, 200), (200, 500)), line((-10, 200), (410, 200)))
    got = split_stands(frame(SQUARE), cutters, 0, "stand_id")
    assert sorted(got["area_m2"]) == pytest.approx([40_000, 40_000, 80_000])
    centres = [(c.x, c.y) for c in got.geometry.centroid]
    assert centres == sorted(centres, key=lambda c: (-c[1], c[0]))


def test_a_small_part_goes_to_the_longest_neighbour():
    # The middle strip of 400 × 5 m borders 400 m on both; the upper part is smaller than the lower.
    cutters = lines(
        line((-10, 100), (410, 100)), line((-10, 105), (410, 105)), line((100, 105), (100, 410))
    )
    got = cut_polygon(SQUARE, cutters, 10 * MU_M2)
    assert len(got) == 3
    below = min(got, key=lambda p: p.centroid.y)
    assert below.area == pytest.approx(400 * 105)


def test_multiparts_holes_and_islands_keep_their_area():
    holed = SQUARE.difference(shapely.box(150, 50, 250, 150))
    multi = shapely.MultiPolygon([*shapely.get_parts(holed), shapely.box(600, 0, 700, 100)])
    got = split_stands(frame(multi), lines(line((-10, 100), (800, 100))), 0, "stand_id")
    assert got.area.sum() == pytest.approx(multi.area)
    assert len(got) >= 2
    assert got.geometry.is_valid.all()


def test_borders_of_polygons_cut():
    got = split_stands(frame(SQUARE), lines(shapely.box(-10, -10, 200, 410)), 0, "stand_id")
    assert got["area_m2"].tolist() == pytest.approx([80_000, 80_000])


@given(st.integers(0, 100_000))
def test_any_lines_keep_area_shares_and_no_overlap(seed):
    rng = np.random.default_rng(seed)
    stands = [shapely.Point(x, y).buffer(120, 4) for x, y in rng.uniform(0, 500, (4, 2))]
    cutters = [line(*p) for p in rng.uniform(-200, 700, (5, 3, 2))]
    least = float(rng.choice([0, 3, 20]))
    given_ = frame(*stands)
    got = split_stands(given_, lines(*cutters), least, "stand_id", "official_m2")
    parent = got["parent_id"].fillna(got["stand_id"])
    for key, part in got.groupby(parent, sort=False):
        row = given_.set_index("stand_id").loc[key]
        assert part.area.sum() == pytest.approx(row.geometry.area, rel=1e-9)
        assert part["official_m2"].sum() == pytest.approx(row["official_m2"], rel=1e-15)
        assert part["parent_share"].fillna(1).sum() == pytest.approx(1, abs=1e-15)
        union = shapely.union_all(part.geometry.to_numpy())
        assert union.area == pytest.approx(row.geometry.area, rel=1e-9)
        if len(part) > 1:
            assert part.area.min() >= least * MU_M2 * (1 - 1e-9)
    assert got["stand_id"].is_unique


def test_the_same_parts_whatever_the_order_of_lines():
    cutters = [line((-10, y), (410, y + 30)) for y in (50, 150, 250)]
    one = split_stands(frame(SQUARE), lines(*cutters), 5, "stand_id")
    two = split_stands(frame(SQUARE), lines(*cutters[::-1]), 5, "stand_id")
    assert list(one["stand_id"]) == list(two["stand_id"])
    for a, b in zip(one.geometry, two.geometry, strict=True):
        assert a.symmetric_difference(b).area < 1e-6


def test_cancel():
    with pytest.raises(CancelledError):
        split_stands(
            frame(SQUARE),
            lines(line((-9, 9), (500, 9))),
            0,
            "stand_id",
            progress=lambda f, m=None: False,
        )
