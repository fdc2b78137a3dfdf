"""Coverage against the exact buffer; risk zones, gaps and events by hand."""

from __future__ import annotations

from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.patrols.clock import Clock, day_number
from linzhang_plugin.core.patrols.coverage import (
    CoverageParams,
    Heat,
    cover,
    coverage,
    densified,
    filled,
)
from linzhang_plugin.core.patrols.events import hotspots, timeliness
from linzhang_plugin.core.patrols.gaps import GapParams, Helper, open_hours, roster
from linzhang_plugin.core.patrols.readers.times import parse_time
from linzhang_plugin.core.patrols.risk import CheckIn, RiskParams, due_days, visits
from linzhang_plugin.core.patrols.sources import InMemory, by_people
from linzhang_plugin.core.progress import silent
from tests.truth.traces import Walk, degrees, fixes_of, sampled, start_of, walk

CHINA = Clock()
DAY = 86_400_000


@given(st.integers(0, 10_000), st.sampled_from([50.0, 100.0, 200.0]))
def test_coverage_is_that_of_the_exact_buffer(seed, buffer_m):
    rng = np.random.default_rng(seed)
    angle = np.sort(rng.uniform(0, 2 * np.pi, 12))
    reach = rng.uniform(500, 1000, 12)
    area = shapely.Polygon(np.column_stack([reach * np.cos(angle), reach * np.sin(angle)])).buffer(
        0
    )
    if area.geom_type != "Polygon" or area.area < 3e5:
        return
    done = sampled(walk(rng, 60, bend=0.05), 15)
    params = CoverageParams(buffer_m)
    way = densified(done.x, done.y, done.seconds / 60, params)
    covered, total, missed = cover(area, way, params)
    line = shapely.LineString(np.column_stack([done.x, done.y]))
    exact = area.intersection(line.buffer(buffer_m, quad_segs=32)).area
    assert total == pytest.approx(area.area)
    assert abs(covered - exact) / area.area < 0.005
    assert missed.area == pytest.approx(total - covered, abs=0.02 * total)


@given(st.integers(0, 10_000))
def test_filled_cells_are_those_whose_centre_lies_inside(seed):
    rng = np.random.default_rng(seed)
    angle = np.sort(rng.uniform(0, 2 * np.pi, 9))
    reach = rng.uniform(50, 300, 9)
    star = shapely.Polygon(np.column_stack([reach * np.cos(angle), reach * np.sin(angle)]))
    area = shapely.make_valid(star).difference(shapely.Point(20, 10).buffer(30))
    area = area.union(shapely.box(401.3, -50.7, 480.9, 33.4))
    x, y = np.arange(-300, 500, 7.0), np.arange(-310, 310, 7.0)
    xx, yy = np.meshgrid(x, y)
    expected = shapely.contains_xy(area, xx.ravel(), yy.ravel()).reshape(xx.shape)
    assert np.array_equal(filled(area, x, y, 7.0), expected)


def test_unvisited_areas_are_whole_cells_with_their_holes():
    area = shapely.box(0, 0, 1000, 1000).difference(shapely.box(700, 700, 800, 800))
    ring = shapely.Point(500, 500).buffer(300).exterior
    way = shapely.get_coordinates(shapely.segmentize(ring, 4.0))
    covered, total, missed = cover(area, way, CoverageParams(50.0))
    exact = area.intersection(ring.buffer(50, quad_segs=32)).area
    assert covered == pytest.approx(exact, abs=0.005 * total)
    assert missed.is_valid and missed.area == pytest.approx(total - covered, abs=0.002 * total)
    assert missed.contains(shapely.Point(500, 500)) and not missed.intersects(
        shapely.Point(800, 500)
    )


def test_unknown_ways_cover_nothing_in_between():
    params = CoverageParams(50.0)
    x, y = np.array([0.0, 400.0, 800.0]), np.zeros(3)
    known = densified(x, y, np.array([0.0, 4.0, 8.0]), params)
    silent = densified(x, y, np.array([0.0, 4.0, 30.0]), params)
    assert known[:, 0].max() == silent[:, 0].max() == 800
    assert np.diff(known[:, 0]).max() <= 4.0 + 1e-9 and np.diff(silent[:, 0]).max() == 400
    far = densified(np.array([0.0, 900.0]), np.zeros(2), np.array([0.0, 1.0]), params)
    assert len(far) == 2


def _square(x0, y0, side):
    lon, lat = degrees(np.array([x0, x0 + side]), np.array([y0, y0 + side]))
    return shapely.box(lon[0], lat[0], lon[1], lat[1])


def test_each_grid_counts_its_own_ranger_and_forest_only():
    done = Walk(np.arange(0, 1000, 10.0), np.linspace(-500, 1500, 100), np.full(100, 500.0))
    fixes = fixes_of([("A", start_of(1, 8), done)])
    grids = gpd.GeoDataFrame(
        {"grid_code": ["1", "2"], "ranger_id": ["A", "B"]},
        geometry=[_square(0, 0, 1000), _square(1000, 0, 1000)], crs=4326,
    )  # fmt: skip
    table, gaps = coverage(fixes, grids, CoverageParams(100.0))
    assert table["covered_percent"].tolist() == [pytest.approx(20, abs=0.5), 0.0]
    assert gaps["grid_code"].tolist() == ["1", "2"] and table.crs == grids.crs
    wood = gpd.GeoDataFrame(geometry=[_square(0, 400, 200)], crs=4326)
    table, _ = coverage(fixes, grids, CoverageParams(100.0), wood)
    assert table["covered_percent"].iloc[0] == pytest.approx(100, abs=0.5)
    assert np.isnan(table["covered_percent"].iloc[1])
    heat = Heat(grids.to_crs(4547).crs, 50, 5)
    assert heat.raster()[0].size == 0
    heat.add(fixes)
    minutes, west, north = heat.raster()
    assert minutes.sum() == pytest.approx(990 / 60)
    assert (west % 50, north % 50) == (0, 0) and minutes[0].any() and minutes[:, 0].any()
    # 2 km at 2 m a second in cells of 50 m: 25 s each
    assert np.median(minutes[minutes > 0]) == pytest.approx(25 / 60, abs=0.1)


def _county_days(rng):
    """Four rangers over two months, one of them at midnight of the month's end."""
    parts = []
    for person in ("A", "B", "C", "D"):
        for day in (1, 12, 31, 33):
            way = sampled(walk(rng, 100, start=tuple(rng.uniform(0, 800, 2))), 20)
            parts.append((person, start_of(day, 23 if person == "B" else 8), way))
    return fixes_of(parts)


def test_persons_one_after_another_give_the_same_as_all_at_once():
    fixes = _county_days(np.random.default_rng(5))
    whole = InMemory.of(fixes)
    days = CHINA.day(fixes.time)
    first, last = int(days.min()), int(days.max())
    parts = by_people(whole, first, last, CHINA, largest=1000)
    assert len(parts) > 2 and sum(len(p) for p in parts) == len(fixes)
    grids = gpd.GeoDataFrame(
        {"grid_code": list("12345"), "ranger_id": ["C", "A", "D", "A", "X"]},
        geometry=[_square(300 * k, 0, 1000) for k in range(5)], crs=4326,
    )  # fmt: skip
    heats = [Heat(grids.to_crs(4547).crs, 25, 5) for _ in range(2)]
    made = [coverage(given, grids, CoverageParams(), None, silent, heat)
            for given, heat in zip((whole.fixes, parts), heats, strict=True)]  # fmt: skip
    for a, b in zip(*made, strict=True):
        pd.testing.assert_frame_equal(pd.DataFrame(a), pd.DataFrame(b))
    (a, *corner), (b, *other) = (heat.raster() for heat in heats)
    assert corner == other and np.allclose(a, b, atol=1e-9) and a.sum() > 1000
    due = {(day, ""): 5 for day in range(first, last + 1)}
    near = RiskParams(near_m=900.0)
    both = [visits(given, _zones(), due, near, CHINA) for given in (whole.fixes, parts)]
    for a, b in zip(*both, strict=True):
        pd.testing.assert_frame_equal(a, b)
    assert both[0][0]["visited"].sum() >= 2


def _zones():
    return gpd.GeoDataFrame(
        {"zone_id": ["Z1", "Z2"], "town_code": ["T1", "T2"]},
        geometry=[_square(0, 0, 100), _square(5000, 0, 100)], crs=4326,
    )  # fmt: skip


def test_due_days_need_a_key_period_and_the_level():
    levels = {(10, ""): 5, (11, ""): 4, (12, ""): 5, (30, ""): 5}
    assert due_days(levels, [(5, 11), (20, 40)], 5, 0, 25) == {(10, ""): 5}
    assert due_days(levels, [(5, 11)], 4, 0, 25) == {(10, ""): 5, (11, ""): 4}


@pytest.mark.parametrize(("minutes", "visited"), [(2.0, False), (4.0, True)])
def test_a_visit_needs_its_minutes(minutes, visited):
    n = int(minutes * 4) + 1
    done = Walk(np.arange(n) * 15.0, np.full(n, -40.0), np.full(n, 50.0))
    fixes = fixes_of([("A", start_of(1, 9), done)])
    day = int(CHINA.day(start_of(1, 9)))
    table, missed = visits(fixes, _zones(), {(day, ""): 5}, RiskParams(), CHINA)
    assert table["visited"].tolist() == [visited, False]
    assert len(missed) == 2 - visited
    assert table["person_ids"].iloc[0] == ("A" if visited else "")


def test_checkins_count_by_zone_or_place_and_levels_by_town():
    fixes = fixes_of([("A", start_of(1, 9), Walk(np.zeros(1), np.zeros(1), np.full(1, 9e3)))])
    day = int(CHINA.day(start_of(1, 9)))
    lon, lat = degrees(np.array([50.0]), np.array([50.0]))
    checkins = [CheckIn("C", day, "", float(lon[0]), float(lat[0])), CheckIn("D", day, "Z2")]
    table, missed = visits(fixes, _zones(), {(day, ""): 5}, RiskParams(), CHINA, checkins)
    assert table["by"].tolist() == ["check-in", "check-in"] and not len(missed)
    # T2 has its own, lower level that day: only T1's zone is due
    known = frozenset({(day, ""), (day, "T2")})
    table, _ = visits(fixes, _zones(), {(day, ""): 5}, RiskParams(), CHINA, (), known)
    assert table["zone_id"].tolist() == ["Z1"]


def test_open_hours():
    hour = 3_600_000
    params = GapParams(8, 12)
    assert open_hours([], [], 0, params) == [(8, 12)]
    assert open_hours([8 * hour], [10 * hour], 0, params) == [(10, 12)]
    assert open_hours([9 * hour + hour // 2], [10 * hour], 0, params) == [(8, 9), (10, 12)]
    twice = [9 * hour, 9 * hour]
    assert open_hours(twice, [9 * hour + hour // 4] * 2, 0, params) == [(8, 12)]
    assert open_hours([-DAY], [2 * DAY], 0, params) == []


def test_the_roster_is_fair_and_nobody_is_in_two_places():
    empty = pd.DataFrame({"person_id": [], "start_ms": [], "end_ms": []})
    helpers = [Helper("a"), Helper("b"), Helper("c", town="T9"), Helper("d", last=-1)]
    posts = {f"W{i}": [] for i in range(3)}
    table = roster(empty, posts, dict.fromkeys(posts, "T1"), [0, 1], helpers, GapParams(8, 16, 4))
    assert table["hours"].sum() == 2 * 3 * 8
    done = table.dropna(subset=["person_id"])
    assert set(done["person_id"]) == {"a", "b"}
    load = done.groupby("person_id")["hours"].sum()
    assert load.max() - load.min() <= 4
    for _, rows in done.groupby(["person_id", "day"]):
        spans = sorted(zip(rows["from_hour"], rows["to_hour"], strict=True))
        assert all(a[1] <= b[0] for a, b in pairwise(spans))
        assert rows["hours"].sum() <= 8


def test_timeliness_by_hand():
    events = pd.DataFrame(
        {
            "type": ["02", "02", "99", "99", "99"],
            "town_code": ["T1", "T1", "T1", "T2", None],
            "found_at": ["2025-03-01 08:00"] * 5,
            "accepted_at": ["2025-03-01 08:30", None, "2025-03-01 10:00", None, None],
            "closed_at": ["2025-03-01 20:00", "2025-03-03 08:00", "2025-03-07 08:00", None, None],
        }
    )
    as_of = parse_time("2025-03-31 00:00", CHINA)
    table = timeliness(events, CHINA, as_of).set_index(["town_code", "type"])
    whole = table.loc[("", "")]
    assert (whole["reported"], whole["closed"], whole["timely"], whole["overdue"]) == (5, 3, 2, 2)
    assert whole["accept_hours"] == pytest.approx(1.25)
    assert table.loc[("T1", "02"), "timely_percent"] == 50.0
    assert table.loc[("T2", "99"), "close_hours"] is None or np.isnan(
        table.loc[("T2", "99"), "close_hours"]
    )


def test_hotspots_join_what_is_near():
    lon, lat = degrees(np.array([0, 300, 600, 5000.0, 9000]), np.zeros(5))
    points = gpd.GeoDataFrame(
        {"type": list("aabcc")}, geometry=gpd.points_from_xy(lon, lat), crs=4326
    )
    table = hotspots(points, 400, 2)
    assert table["n"].tolist() == [3] and table["types"].tolist() == ["a, b"]
    assert day_number("2025-03-01") == 20148
    with pytest.raises(InputError, match="-1 is no date"):
        day_number("-1")
