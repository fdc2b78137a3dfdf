"""The sample county's bare slopes: the register is what was planted, imagery and relief agree."""

import tracemalloc
from datetime import date

import numpy as np
import pandas as pd
import pytest
import shapely
from scipy import ndimage

from linzhang_plugin.core.sample.county import make_county
from linzhang_plugin.core.sample.duties import make_duties
from linzhang_plugin.core.sample.scars import _rough
from linzhang_plugin.core.sample.slopebook import make_slope_book
from linzhang_plugin.core.sample.slopescene import _gradients, make_slope_scene
from linzhang_plugin.core.slopes import lifecycle as life
from linzhang_plugin.core.slopes.due import OVERDUE, due_checks
from linzhang_plugin.core.slopes.evidence import Limits
from linzhang_plugin.core.slopes.moves import move_sites
from linzhang_plugin.core.slopes.observers import observers
from linzhang_plugin.core.slopes.prioritize import priority_rules
from linzhang_plugin.core.slopes.sight import sight
from linzhang_plugin.core.tables.rules import load_rules
from linzhang_plugin.core.terrain.gradient import gradient
from linzhang_plugin.core.terrain.zonal import cells_inside

YEAR = 2024
NEEDED = ("admin_unit", "stand", "hill", "road", "built_up", "farmland", "water", "grid")


def made_at(seed, scale):
    county = make_county(seed, YEAR, scale)
    frames = {name: getattr(county, name) for name in NEEDED}
    scene = make_slope_scene(frames, county.dem, seed, scale)
    frames["scenic_spot"] = scene.scenic
    return frames, county.dem, scene, make_slope_book(scene.scars, frames, seed, YEAR)


@pytest.fixture(scope="module")
def small():
    return made_at(4, 0.06)


def inside(scene, shapes):
    return cells_inside(scene.dem, shapes)


def ndvi(bands, row, column):
    red, nir = (bands[n][row, column].astype(float) for n in ("red", "nir"))
    return (nir - red) / (nir + red)


def cells(scene, shapes):
    from linzhang_plugin.core.terrain.raster import Raster

    blank = Raster(np.zeros((scene.grid.rows, scene.grid.columns)), scene.grid.transform, "")
    return cells_inside(blank, shapes)


def test_images_show_what_was_planted(small):
    _, _, scene, _ = small
    owner, row, column = cells(scene, scene.scars.geometry.to_numpy())
    count = np.bincount(owner)
    before = np.bincount(owner, ndvi(scene.before, row, column)) / count
    after = np.bincount(owner, ndvi(scene.after, row, column)) / count
    registered = scene.scars.registered.to_numpy(bool)
    green = scene.scars.green.to_numpy(bool)
    assert (before[registered] < 0.35).all()
    assert (before[~registered] > 0.5).all()
    assert (after[green] > 0.45).all()
    assert (after[~green] < 0.35).all()


def test_outside_the_county_there_is_no_image(small):
    frames, _, scene, _ = small
    units = frames["admin_unit"]
    county = units[units.level == 3].geometry.iloc[0]
    share = np.isfinite(scene.before["red"]).mean()
    minx, miny, maxx, maxy = county.bounds
    _, _, west, _, _, north = scene.grid.transform
    area = scene.grid.rows * scene.grid.columns * 100.0
    assert share == pytest.approx(county.area / area, rel=0.01)


def test_quarries_have_flat_floors_under_faces_in_the_relief(small):
    _, dem, scene, _ = small
    change = scene.dem.array - dem.array
    dug = scene.scars[scene.scars.cause.isin(["01", "02", "03", "05"]) & (scene.scars.area_mu > 4)]
    owner, row, column = cells_inside(dem, dug.geometry.to_numpy())
    deepest = np.array([change[row[owner == n], column[owner == n]].min() for n in range(len(dug))])
    assert (deepest < -1.0).all()
    outside = np.ones(change.shape, bool)
    outside[cells_inside(dem, scene.scars.geometry.buffer(40).to_numpy())[1:]] = False
    assert (change[outside] == 0).all()


def test_scars_are_cut_deeper_and_not_built_up(small):
    _, dem, scene, _ = small
    assert (scene.dem.array - dem.array).max() <= 1e-3
    assert scene.scars.slope_deg.between(15, 68).all()


def test_plots_of_one_kind_differ_in_colour_and_roofs_from_cell_to_cell(small):
    _, _, scene, _ = small
    owner, row, column = cells(scene, scene.scars.geometry.to_numpy())
    ratio = np.log(scene.before["nir"][row, column] / scene.before["red"][row, column])
    bare = scene.scars.registered.to_numpy(bool)[owner]
    means = np.bincount(owner[bare], ratio[bare])[np.unique(owner[bare])]
    means /= np.bincount(owner[bare])[np.unique(owner[bare])]
    assert means.std() > 0.01


def test_the_register_is_what_was_planted(small):
    _, _, scene, book = small
    planted = scene.scars[scene.scars.registered.to_numpy(bool)]
    assert len(book.bare_slope) == len(planted)
    assert book.bare_slope.area_mu.sum() == pytest.approx(planted.area_mu.sum(), rel=0.02)
    for site in book.bare_slope.itertuples():
        common = [site.geometry.intersection(g).area for g in planted.geometry]
        truth = planted.iloc[int(np.argmax(common))]
        assert max(common) > 0.8 * site.geometry.area
        assert site.cause == truth.cause
        if site.status in (life.TENDING, life.CLOSED):
            assert truth.green
        if site.status in (life.VERIFIED, life.APPROVED, life.WORKING):
            assert not truth.green


def test_no_status_stands_without_its_history(small):
    _, _, _, book = small
    wishes = book.bare_slope_move.rename(columns={"to_status": "status"}).copy()
    facts = book.bare_slope.set_index("site_code")
    for column in ("measure", "resp_unit", "budget_wan", "plan_end"):
        wishes[column] = [facts.at[c, column] for c in wishes.site_code]
    wishes["row"] = range(len(wishes))
    start = book.bare_slope.assign(status=life.SUSPECTED, accepted_on=None)
    none = book.bare_slope_move.iloc[:0]
    made = move_sites(start, wishes, book.bare_slope_check, none, Limits(), date(YEAR, 1, 1))
    assert made.findings == []
    ended = dict(zip(made.sites.site_code, made.sites.status, strict=True))
    assert ended == dict(zip(book.bare_slope.site_code, book.bare_slope.status, strict=True))
    last = book.bare_slope_move.groupby("site_code").moved_on.max()
    assert (last <= f"{YEAR - 1}-12-31").all()


def test_lists_of_hills_and_people_name_nobody(small):
    frames, *_ = small
    units = frames["admin_unit"]
    villages = dict(zip(units.unit_code, units.unit_name, strict=True))
    made = make_duties(frames["hill"], frames["grid"], villages, {}, 4)
    shares = made["hill_duty"].groupby("hill_id").share.sum()
    assert shares.to_numpy() == pytest.approx(1.0)
    people = made["people_duty"]
    assert set(people.grid_code) == set(frames["grid"].grid_code)
    assert not people.duplicated(["grid_code", "grid_year", "group_name"]).any()
    assert people.appeals.sum() == len(made["appeal"])
    assert made["appeal"].appeal_no.is_unique


def test_the_same_seed_makes_the_same_slopes(small):
    _, _, scene, book = small
    _, _, again, copy = made_at(4, 0.06)
    assert all(np.array_equal(again.after[n], scene.after[n], True) for n in scene.after)
    pd.testing.assert_frame_equal(book.bare_slope_move, copy.bare_slope_move)
    assert shapely.to_wkb(book.bare_slope.geometry.to_numpy()).tolist() == (
        shapely.to_wkb(copy.bare_slope.geometry.to_numpy()).tolist()
    )


@pytest.mark.full
def test_the_whole_county_has_its_36_sites_and_412_mu():
    frames, _, scene, book = made_at(20240301, 1.0)
    sites = book.bare_slope
    assert len(sites) == 36
    assert sites.area_mu.sum() == pytest.approx(412, rel=0.02)
    assert sites.cause.value_counts().to_dict() == {"01": 9, "04": 9, "03": 8, "02": 7, "06": 3}
    assert sites.area_mu.between(0.75, 50).all()
    assert sites.slope_deg.between(15, 68).all()
    assert sites.slope_deg.min() < 22
    assert sites.slope_deg.max() > 56
    assert (scene.scars.registered == False).sum() == 8  # noqa: E712
    road = frames["road"]
    layers = {
        "motorway": road[road.kind == "motorway"],
        "high_speed_railway": road[road.kind == "high_speed_rail"],
    }
    rules = priority_rules(load_rules("slopes_zhanggong", "slopes"))
    classes = [c for c in rules.classes if c.name in layers]
    points = observers(layers, classes, rules.sample_step_m)
    seen = sight(scene.dem, sites.geometry.to_numpy(), points, classes, 4000.0)
    assert (seen.spots.sum(axis=1) > 0).sum() == pytest.approx(14, abs=5)
    late = due_checks(sites, book.bare_slope_check, Limits(), date(YEAR, 1, 15))
    assert (late.state == OVERDUE).sum() >= 3


def test_the_images_of_a_county_are_painted_band_by_band(small):
    _, _, scene, _ = small
    cells = scene.grid.rows * scene.grid.columns
    kept = [scene.after.number, scene.after.scar, scene.after.alike, scene.after.seen]
    assert sum(a.nbytes for a in kept) <= 6 * cells  # a single band of floats has 4 a cell
    assert scene.after.soils.grain.nbytes < 8 * cells
    tracemalloc.start()
    band = scene.after["nir"]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 6 * band.nbytes
    assert list(scene.after) == ["blue", "red", "nir", "swir1"]
    assert np.array_equal(band, scene.after["nir"], equal_nan=True)
    with pytest.raises(KeyError):
        scene.after["green"]


def test_ground_in_strips_is_the_same_as_whole():
    draw = np.random.default_rng(3)
    ground = ndimage.gaussian_filter(draw.normal(0, 300, (150, 90)), 3.0)
    down, right = np.gradient(ndimage.gaussian_filter(ground, 2.0), 10.0)
    steep = np.hypot(down, right) > 0.5
    assert 0.1 < steep.mean() < 0.9
    for strip in (7, 64, 150):
        assert (_rough(ground, 0.5, strip) == steep).all()
    east, south = gradient(ground.astype(np.float32), np.ones(ground.shape, bool), 10.0)
    for rows, e, s in _gradients(ground, 40):
        assert np.array_equal(e, east[rows]) and np.array_equal(s, south[rows])
