"""Ranking on made ground where what is seen, and from where, is known."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from scipy.ndimage import gaussian_filter

from linzhang_plugin.core.messages import CancelledError, InputError
from linzhang_plugin.core.slopes.observers import ViewClass, nearest, observers
from linzhang_plugin.core.slopes.prioritize import out_of_sight, prioritize, priority_rules
from linzhang_plugin.core.slopes.sight import first_hillside, sight
from linzhang_plugin.core.tables.rules import load_rules
from linzhang_plugin.core.terrain.raster import Raster
from linzhang_plugin.core.terrain.zonal import cells_of_each
from tests.truth.line_of_sight import sees

CRS = "EPSG:4547"
CELL = 20.0
ROAD = ViewClass("motorway", "3", 1000, 1.5, 0.9, 100)
SPOT = ViewClass("scenic", "5", 2000, 1.5, 0.9)


def ground(ridge=0.0):
    """A plain in the west, a slope rising eastwards from x = 1,000 m, a ridge before it."""
    x = (np.arange(150) + 0.5) * CELL
    height = np.maximum(0, x - 1000) * 0.4
    height = height + ridge * np.maximum(0, 1 - np.abs(x - 700) / 80)
    return Raster(np.tile(height, (150, 1)), (CELL, 0, 0, 0, -CELL, 3000.0), CRS)


def road(x=300.0, y0=200.0, y1=2800.0):
    return gpd.GeoDataFrame(
        {"name": ["示例高速"]}, geometry=[shapely.LineString([(x, y0), (x, y1)])], crs=CRS
    )


def sites(*boxes):
    codes = [f"360702B26{n:04d}" for n in range(1, len(boxes) + 1)]
    return gpd.GeoDataFrame(
        {"site_code": codes}, geometry=[shapely.box(*b) for b in boxes], crs=CRS
    )


@pytest.mark.parametrize("step_m", [50.0, 90.0, 250.0, 10_000.0])
def test_observers_stand_for_the_whole_length_whatever_the_step(step_m):
    line = shapely.MultiLineString([[(0, 0), (1000, 0)], [(0, 500), (0, 810)]])
    layer = gpd.GeoDataFrame(geometry=[line], crs=CRS)
    made = observers({"motorway": layer}, [ROAD], step_m)
    assert made.metres.sum() == pytest.approx(1310)
    assert made.metres.max() <= step_m + 1e-9
    assert shapely.distance(shapely.points(made.xy), line).max() < 1e-9


def test_points_and_outlines_are_looked_from_but_have_no_length():
    layer = gpd.GeoDataFrame(geometry=[shapely.Point(5, 5), shapely.box(0, 0, 400, 400)], crs=CRS)
    made = observers({"scenic": layer}, [ROAD, SPOT], 200.0)
    assert (made.metres == 0).all()
    assert (made.kind == 1).all()
    assert (made.feature == [0] + [1] * 8).all()


def test_distances_to_each_class():
    shapes = sites((1300, 1000, 1400, 1100)).geometry.to_numpy()
    table = nearest(shapes, {"motorway": road()}, [ROAD, SPOT])
    assert table[("motorway", "m")].tolist() == [1000.0]
    assert np.isinf(table[("scenic", "m")]).all()


def test_an_open_slope_is_seen_from_the_whole_road_and_one_behind_a_ridge_from_none():
    shapes = sites((1300, 1400, 1400, 1500)).geometry.to_numpy()
    points = observers({"motorway": road()}, [ROAD], 100.0)
    seen = sight(ground(), shapes, points, [ROAD], 5000.0)
    assert seen.metres[0, 0] == pytest.approx(2600)
    assert seen.share.tolist() == [1.0]
    hidden = sight(ground(ridge=260.0), shapes, points, [ROAD], 5000.0)
    assert hidden.metres[0, 0] == 0
    assert hidden.share.tolist() == [0.0]


def test_only_what_is_within_reach_is_seen():
    shapes = sites((1300, 1400, 1320, 1420)).geometry.to_numpy()
    points = observers({"motorway": road()}, [ROAD], 100.0)
    seen = sight(ground(), shapes, points, [ROAD], 1200.0)
    # Half chord of a circle of 1,200 m at 1,010 m: 648 m, seen in both directions.
    assert seen.metres[0, 0] == pytest.approx(2 * 648, abs=150)


def test_first_hillside_is_lost_behind_a_ridge_only():
    foot, top = np.array([[300.0, 1500.0]]), np.array([[1350.0, 1500.0]])
    assert first_hillside(ground(), foot, top, 20.0).tolist() == [True]
    assert first_hillside(ground(ridge=15.0), foot, top, 20.0).tolist() == [True]
    assert first_hillside(ground(ridge=80.0), foot, top, 20.0).tolist() == [False]


@pytest.fixture
def rules():
    return priority_rules(load_rules("slopes_zhanggong", "slopes"))


def test_the_seen_near_slope_comes_before_the_hidden_and_the_far_one(rules):
    made = prioritize(
        sites((1250, 1400, 1350, 1500), (2900, 100, 2990, 190)),
        {"motorway": road()},
        ground(),
        rules,
    )
    assert made.loc_class.tolist() == ["3", "6"]
    assert made.near_corridor.tolist() == ["示例高速", "示例高速"]
    assert made.dist_m.tolist() == pytest.approx([950, 2600], abs=120)
    assert made.score[0] > made.score[1]
    assert made.visible[0] == "高"
    assert made.visible_km[0] == pytest.approx(2.6, abs=0.01)
    assert made.visible_km_by_class[0] == {"motorway": pytest.approx(2.6)}
    assert bool(made.first_hillside[0])
    hidden = prioritize(
        sites((1250, 1400, 1350, 1500)), {"motorway": road()}, ground(ridge=260.0), rules
    )
    assert hidden.visible.tolist() == ["不可视"]
    assert hidden.score[0] < made.score[0] - 30
    assert "nowhere" in " ".join(map(str, hidden.reasons[0]))


def test_scores_are_made_of_parts_that_add_up_to_a_hundred(rules):
    assert sum(rules.score.values()) == 100
    made = prioritize(
        sites((310, 1000, 510, 1200)).assign(slope_deg=60.0), {"motorway": road()}, ground(), rules
    )
    assert 80 <= made.score[0] <= 100


def test_without_a_dem_nothing_is_claimed_about_sight(rules):
    made = prioritize(sites((1250, 1400, 1350, 1500)), {"motorway": road()}, None, rules)
    assert made.visible_km[0] is None
    assert made.first_hillside[0] is None
    assert "no DEM" in " ".join(map(str, made.reasons[0]))
    assert made.score[0] > 0


def test_without_any_corridor_a_site_is_of_the_other_class(rules):
    made = prioritize(sites((1250, 1400, 1350, 1500)), {}, ground(), rules)
    assert made.loc_class.tolist() == ["6"]
    assert np.isnan(made.dist_m[0])
    assert made.priority.tolist() == [3]


def test_a_tiny_site_between_cell_centres_is_looked_at_too(rules):
    made = prioritize(sites((1301, 1401, 1304, 1404)), {"motorway": road()}, ground(), rules)
    assert made.visible_km[0] == pytest.approx(2.6, abs=0.01)


def test_stops_when_told_to(rules):
    with pytest.raises(CancelledError):
        prioritize(sites((0, 0, 9, 9)), {}, None, rules, lambda fraction, message: False)


@pytest.mark.parametrize("seed", range(3))
def test_visible_metres_of_each_class_are_those_of_exact_lines_of_sight(seed):
    rng = np.random.default_rng(seed)
    heights = sum(gaussian_filter(rng.normal(size=(90, 110)), s) * s**1.6 for s in (1.5, 4, 12))
    dem = Raster(heights * 60 + 300, (CELL, 0, 0, 0, -CELL, 90 * CELL), CRS)
    classes = [ViewClass("road", "4", 1000, 1.5, 0.7), ViewClass("railway", "7", 1000, 3.5, 0.8)]
    lines = {
        "road": shapely.LineString([(60, 60), (900, 1000), (2150, 300)]),
        "railway": shapely.LineString([(60, 1700), (2100, 1500)]),
    }
    layers = {k: gpd.GeoDataFrame(geometry=[v], crs=CRS) for k, v in lines.items()}
    points = observers(layers, classes, 100.0)
    x, y = rng.uniform(150, 1950, 12), rng.uniform(150, 1650, 12)
    boxes = shapely.box(x, y, x + 90, y + 70)
    got = sight(dem, boxes, points, classes, 1500.0)
    owner, row, column = cells_of_each(dem, boxes)
    truth, ever = np.zeros_like(got.metres), np.zeros(len(owner), bool)
    at_row, at_column = dem.cells_of(points.xy[:, 0], points.xy[:, 1])
    for n, (r, c) in enumerate(zip(at_row.tolist(), at_column.tolist(), strict=True)):
        eye = classes[points.kind[n]].eye_m
        hit = np.array(
            [
                np.hypot(i - r, j - c) * CELL <= 1500 and sees(dem.array, (r, c), (i, j), CELL, eye)
                for i, j in zip(row.tolist(), column.tolist(), strict=True)
            ]
        )
        ever |= hit
        truth[np.unique(owner[hit]), points.kind[n]] += points.metres[n]
    assert np.abs(got.metres - truth).sum() <= 0.02 * truth.sum() + 100
    share = np.bincount(owner, ever) / np.bincount(owner)
    assert np.abs(got.share - share).max() <= 0.1
    assert got.looked.all()


def test_a_site_off_the_dem_is_not_called_hidden(rules):
    dem = ground()
    places = gpd.GeoDataFrame(
        {"site_code": ["A", "B"]},
        geometry=[shapely.box(600, 1000, 700, 1100), shapely.box(90_000, 0, 90_100, 100)],
        crs=CRS,
    )
    made = prioritize(places, {"motorway": road()}, dem, rules)
    assert made.visible[0] is not None
    assert made.visible[1] is None
    assert made.visible_km[1] is None
    assert "off the DEM" in " ".join(m.template for m in made.reasons[1])
    with pytest.raises(InputError, match="does not cover"):
        prioritize(places.iloc[[1]].reset_index(drop=True), {"motorway": road()}, dem, rules)


def test_roads_wholly_outside_are_told_and_stand_in_the_reasons():
    rules = priority_rules(load_rules("slopes_zhanggong", "slopes"))
    places = sites((1300, 1000, 1400, 1100))
    far, near = road(x=90_000.0), road()
    assert out_of_sight(places, {"motorway": far, "road": near}, rules) == ["motorway"]
    assert out_of_sight(places, {"motorway": near}, rules) == []
    said = prioritize(places, {"motorway": far}, None, rules)["reasons"].iloc[0]
    assert any("nothing that was given lies within" in str(s) for s in said)
    said = prioritize(places, {"motorway": near}, None, rules)["reasons"].iloc[0]
    assert not any("nothing that was given lies within" in str(s) for s in said)
