"""Walking times on planes, over bridges, and against one home at a time."""

import numpy as np
import pytest
import shapely
from scipy.ndimage import gaussian_filter

from linzhang_plugin.core.messages import CancelledError, InputError
from linzhang_plugin.core.terrain.outing import outing, outing_table, pace, touched
from linzhang_plugin.core.terrain.raster import Raster
from linzhang_plugin.core.terrain.walking import OFF_PATH, walking_graph, walking_minutes

CELL = 20.0


def flat(rows=60, columns=80):
    return Raster(np.zeros((rows, columns)), (CELL, 0, 0, 0, -CELL, rows * CELL), "EPSG:4547")


def hilly(seed=0):
    rng = np.random.default_rng(seed)
    heights = gaussian_filter(rng.normal(size=(60, 80)), 5) * 500
    return Raster(heights, (CELL, 0, 0, 0, -CELL, 60 * CELL), "EPSG:4547")


def test_along_a_row_of_flat_ground_the_time_is_toblers():
    dem = flat()
    made = outing(dem, np.array([[10.0, 610.0]]), pace(dem), 1e6)
    kmh = 6 * np.exp(-3.5 * 0.05) * OFF_PATH
    assert made.there[29, 79] == pytest.approx(79 * CELL / 1000 / kmh * 60)
    assert made.back[29, 79] == pytest.approx(made.there[29, 79])


def test_uphill_is_slower_than_downhill_on_a_steep_slope():
    dem = flat()
    dem.array[:] = np.arange(80) * CELL * 0.3
    made = outing(dem, np.array([[10.0, 610.0]]), pace(dem), 1e6)
    assert made.there[29, 79] > made.back[29, 79] * 1.1


@pytest.mark.parametrize("seed", range(3))
def test_many_homes_give_the_least_of_each(seed):
    dem = hilly(seed)
    homes = np.random.default_rng(seed).uniform([0, 0], [1600, 1200], (5, 2))
    factor = pace(dem)
    made = outing(dem, homes, factor, 45.0)
    graph = walking_graph(dem.array, *dem.cell, factor)
    each = np.array([walking_minutes(graph, dem, tuple(h), 45.0) for h in homes])
    assert np.allclose(made.there, each.min(axis=0))
    reached = np.isfinite(made.there)
    assert (made.home[~reached] == -1).all()
    row, column = np.nonzero(reached)
    assert np.allclose(each[made.home[reached], row, column], made.there[reached])


def test_a_river_is_crossed_at_the_bridge_only():
    dem = flat()
    river = np.array([shapely.LineString([(800, -10), (790, 1300)])])
    road = np.array([shapely.LineString([(0, 1150), (1600, 1160)])])
    home = np.array([[400.0, 100.0]])
    closed = outing(dem, home, pace(dem, None, river), 1e6)
    assert np.isinf(closed.there[:, 50:]).all()
    bridged = outing(dem, home, pace(dem, road, river), 1e6)
    assert np.isfinite(bridged.there[:, 50:]).all()
    open_ = outing(dem, home, pace(dem, road), 1e6)
    assert bridged.there[58, 60] > 2 * open_.there[58, 60]


@pytest.mark.parametrize("angle", np.linspace(0.1, 3.0, 9))
def test_a_line_leaves_no_gap_to_slip_through(angle):
    dem = flat(60, 60)
    along = np.array([np.cos(angle), np.sin(angle)]) * 2000
    line = shapely.LineString([np.array([600, 600]) - along, np.array([600, 600]) + along])
    mark = touched(dem, np.array([line]))
    graph = walking_graph(np.zeros((60, 60)), CELL, CELL, np.where(mark, 0.0, 1.0))
    normal = np.array([-along[1], along[0]]) / 2000 * 200
    times = walking_minutes(graph, dem, tuple(np.array([600, 600]) + normal), 1e9)
    row, column = dem.cells_of(*(np.array([600, 600]) - normal).reshape(2, 1))
    assert np.isinf(times[row[0], column[0]])


def test_the_table_tells_the_way_in_the_climb_and_what_is_far():
    dem = flat()
    dem.array[:] = np.arange(80) * CELL * 0.1
    homes = np.array([[10.0, 610.0], [10.0, 10.0]])
    made = outing(dem, homes, pace(dem), 500.0)
    near, out = shapely.box(100, 560, 200, 660), shapely.box(5000, 5000, 5100, 5100)
    table = outing_table(dem, made, np.array([near, out]), homes)
    assert table.home.tolist() == [0, -1]
    assert table.minutes_in[0] == pytest.approx(made.there[27:33, 5:10].min())
    assert table.minutes_mean[0] > table.minutes_in[0]
    assert table.climb_m[0] == pytest.approx(9 * CELL * 0.1)
    assert table.far_share[0] == 0
    assert np.isnan(table.minutes_in[1])


def test_homes_off_the_dem_are_refused_and_work_stops_when_told():
    with pytest.raises(InputError, match="No origin"):
        outing(flat(), np.array([[-500.0, 0.0]]), pace(flat()), 10.0)
    with pytest.raises(CancelledError):
        outing(flat(), np.array([[10.0, 10.0]]), pace(flat()), 10.0, lambda f, m: False)


def test_a_home_on_the_river_steps_out_on_its_bank_and_opens_no_ford():
    dem = flat()
    river = np.array([shapely.LineString([(800, -10), (790, 1300)])])
    home = np.array([[798.0, 605.0]])
    made = outing(dem, home, pace(dem, None, river), 1e6)
    west, east = np.isfinite(made.there[:, :38]).all(), np.isfinite(made.there[:, 42:]).all()
    assert west != east
    lake = np.array([shapely.box(-10, -10, 800, 1300)])
    with pytest.raises(InputError, match="No origin"):
        outing(dem, np.array([[300.0, 600.0]]), pace(dem, None, lake), 1e6)


def test_a_stand_between_cell_centres_has_its_walk_too():
    dem = flat()
    homes = np.array([[10.0, 610.0]])
    made = outing(dem, homes, pace(dem), 500.0)
    row, column = dem.cells_of(np.array([301.0]), np.array([601.0]))
    x, y = column[0] * CELL, 60 * CELL - row[0] * CELL
    tiny = shapely.box(x + 1, y - 4, x + 4, y - 1)
    table = outing_table(dem, made, np.array([tiny]), homes)
    assert table.minutes_in[0] == made.there[row[0], column[0]]
    assert table.far_share[0] == 0
    assert table.home[0] == 0


def test_a_river_is_no_ground_that_is_far_and_two_hours_are_two_hours_whatever_the_limit():
    dem = flat()
    river = np.array([shapely.box(600, -10, 700, 1300)])
    homes = np.array([[10.0, 610.0]])
    unit, lake = shapely.box(500, 500, 800, 700), shapely.box(620, 500, 680, 700)
    free = pace(dem)
    whole = outing_table(dem, outing(dem, homes, free, 500.0), np.array([unit, lake]), homes)
    assert whole.far_share.tolist() == [0, 0]
    made = outing(dem, homes, pace(dem, None, river), 500.0)
    table = outing_table(dem, made, np.array([unit, lake]), homes)
    assert table.far_share[0] == pytest.approx(0.5)  # of the two banks one
    assert np.isnan(table.far_share[1])
    slow = outing(dem, homes, free / 20, 500.0)
    short = outing(dem, homes, free / 20, 30.0)
    assert slow.far.any() and not slow.far.all()
    assert np.array_equal(short.far, slow.far)
    near = slow.there <= 30
    assert np.array_equal(short.there[near], slow.there[near])
    assert np.isinf(short.there[~near]).all()
    assert np.array_equal(short.home >= 0, near)
