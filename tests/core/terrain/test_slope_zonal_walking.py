"""Slope of planes, means over polygons by brute force, walking times against Tobler's formula."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.terrain.gradient import cell_metres, slope_of
from linzhang_plugin.core.terrain.raster import Raster, read_raster
from linzhang_plugin.core.terrain.walking import OFF_PATH, walking_graph, walking_minutes
from linzhang_plugin.core.terrain.walkinglaw import LAWS
from linzhang_plugin.core.terrain.zonal import cells_inside, zonal_mean

CRS = "EPSG:4547"


def raster(array: np.ndarray, cell: float = 10.0) -> Raster:
    array = np.asarray(array, dtype=np.float64)
    return Raster(array, (cell, 0.0, 0.0, 0.0, -cell, cell * array.shape[0]), CRS)


def test_planes_have_their_slope():
    y, x = np.mgrid[0:20, 0:30] * 10.0
    inner = (slice(1, -1), slice(1, -1))
    for surface, degrees in (
        (x, 45.0),
        (x * 0.3 + y * 0.4, np.degrees(np.arctan(0.5))),
        (x * 0, 0),
    ):
        assert slope_of(raster(surface), False).array[inner] == pytest.approx(degrees, abs=1e-3)
    hole = x.copy()
    hole[5, 5] = np.nan
    slope = slope_of(raster(hole), False).array
    assert np.isnan(slope).sum() == 1
    assert slope[4:7, 4] == pytest.approx(45.0, abs=1.0)


def test_cells_of_degrees_are_metres_at_their_latitude():
    degrees = Raster(np.zeros((10, 10)), (0.001, 0, 115.0, 0, -0.001, 60.005), "EPSG:4490")
    wide, high = cell_metres(degrees, True)
    assert wide / high == pytest.approx(0.5, abs=1e-3)
    assert cell_metres(degrees, False) == (0.001, 0.001)


@given(st.integers(0, 10_000))
def test_means_agree_with_point_in_polygon(seed):
    rng = np.random.default_rng(seed)
    values = raster(rng.uniform(0, 100, (15, 20)))
    shapes = np.array(
        [
            shapely.convex_hull(shapely.MultiPoint(rng.uniform(-20, 220, (5, 2)))).difference(
                shapely.Point(*rng.uniform(0, 150, 2)).buffer(12)
            )
            for _ in range(4)
        ]
    )
    shapes = np.array(
        [s for s in shapes if s.area > 300 and s.geom_type in ("Polygon", "MultiPolygon")]
    )
    owner, row, column = cells_inside(values, shapes)
    got = {(int(o), int(r), int(c)) for o, r, c in zip(owner, row, column, strict=True)}
    expected = {
        (o, r, c)
        for o, shape in enumerate(shapes)
        for r in range(15)
        for c in range(20)
        if shape.contains(shapely.Point(c * 10 + 5, 150 - r * 10 - 5))
    }
    assert got == expected
    means = zonal_mean(values, shapes)
    for o in range(len(shapes)):
        cells = [values.array[r, c] for p, r, c in expected if p == o]
        if cells:
            assert means[o] == pytest.approx(np.mean(cells))


def test_a_stand_smaller_than_a_cell_takes_the_cell_under_it():
    values = raster([[1.0, 2.0], [3.0, 4.0]])
    tiny = np.array([shapely.box(11, 1, 13, 3), shapely.box(500, 500, 501, 501)])
    means = zonal_mean(values, tiny)
    assert means[0] == 4.0 and np.isnan(means[1])


def test_windows_and_points():
    values = raster(np.arange(20).reshape(4, 5))
    cut = values.window((12, 12, 28, 28))
    assert cut.array.tolist() == [[6, 7], [11, 12]]
    assert cut.at(np.array([15.0]), np.array([15.0]))[0] == 11
    assert np.isnan(values.at(np.array([-1.0]), np.array([5.0]))[0])


def test_flat_ground_follows_toblers_speed():
    flat = raster(np.zeros((9, 9)), 100.0)
    times = walking_minutes(walking_graph(flat.array, 100, 100), flat, (450.0, 450.0), 1e9)
    kmh = 6.0 * np.exp(-3.5 * 0.05) * OFF_PATH
    assert times[4, 4] == 0.0
    assert times[4, 8] == pytest.approx(0.4 / kmh * 60)
    assert times[0, 0] == pytest.approx(0.4 * np.sqrt(2) / kmh * 60)


def test_uphill_is_slower_than_downhill_and_roads_are_faster():
    ramp = raster(np.tile(np.arange(9) * 20.0, (9, 1)), 100.0)
    graph = walking_graph(ramp.array, 100, 100)
    up = walking_minutes(graph, ramp, (50.0, 450.0), 1e9)[4, 8]
    down = walking_minutes(graph, ramp, (850.0, 450.0), 1e9)[4, 0]
    expected = 0.8 / (6.0 * np.exp(-3.5 * 0.25) * OFF_PATH) * 60
    assert up == pytest.approx(expected) and down < up
    road = walking_minutes(walking_graph(ramp.array, 100, 100, np.ones((9, 9))), ramp,
                           (50.0, 450.0), 1e9)[4, 8]  # fmt: skip
    assert road == pytest.approx(expected * OFF_PATH)


def test_barriers_and_limits_stop_the_walk():
    flat = raster(np.zeros((5, 9)), 100.0)
    pace = np.full((5, 9), OFF_PATH)
    pace[:, 4] = 0.0
    walled = walking_minutes(walking_graph(flat.array, 100, 100, pace), flat, (50, 250), 1e9)
    assert np.isinf(walled[:, 5:]).all() and np.isfinite(walled[:, :4]).all()
    near = walking_minutes(walking_graph(flat.array, 100, 100), flat, (50, 250), 5.0)
    assert np.isfinite(near).any() and near[np.isfinite(near)].max() <= 5.0


def test_a_file_that_is_no_raster_is_named(tmp_path):
    pytest.importorskip("rasterio", reason="rasters need rasterio or GDAL")
    bad = tmp_path / "图 像.tif"
    bad.write_text("no raster")
    with pytest.raises(InputError, match="图 像.tif"):
        read_raster(str(bad))


@pytest.mark.parametrize(
    ("law", "up", "level", "down", "steep_down"),
    [
        ("tobler", 0.6 * np.exp(3.5 * 0.15), 0.6 * np.exp(0.175), 0.6 * np.exp(3.5 * 0.05),
         0.6 * np.exp(3.5 * 0.35)),
        ("naismith", 0.72 + 0.6, 0.72, 0.72, 0.72),
        ("langmuir", 0.72 + 0.6, 0.72, 0.72 - 0.19998, 0.72 + 0.4 * 1.9998),
    ],
)  # fmt: skip
def test_laws_of_walking_give_their_published_paces(law, up, level, down, steep_down):
    pace = LAWS[law].pace(np.array([0.1, 0.0, -0.1, -0.4]))
    assert pace == pytest.approx([up, level, down, steep_down], rel=1e-6)
    ramp = np.tile(np.arange(3) * 10.0, (3, 1))
    graph = walking_graph(ramp, 100.0, 100.0, np.ones((3, 3)), law)
    assert graph[3, 4] * 60 == pytest.approx(100 * up)
    assert graph[4, 3] * 60 == pytest.approx(100 * down)


def test_an_unknown_law_is_told_with_those_there_are():
    with pytest.raises(InputError, match="tobler"):
        walking_graph(np.zeros((2, 2)), 1.0, 1.0, None, "sprint")
