"""Planted scars are found, look-alikes are kept out by their masks, and proof tells the green."""

import numpy as np
import pytest
import shapely

from linzhang_plugin.core.sample.county import make_county
from linzhang_plugin.core.sample.relief import FINE
from linzhang_plugin.core.sample.scars import make_scene
from linzhang_plugin.core.slopes.candidates import candidate_layer
from linzhang_plugin.core.slopes.detect import Detection, Strip, detect
from linzhang_plugin.core.slopes.verify import (
    Endmembers,
    ndvi_of,
    normalised,
    reference_line,
    verify,
)
from linzhang_plugin.core.terrain.zonal import cells_inside


@pytest.fixture(scope="module")
def scene():
    county = make_county(5, 2026, 0.12)
    return make_scene(county.relief.height, county.cover, FINE, county.origin, "EPSG:4547", 5, 0.5)


def found_in(scene, masked):
    shape = (scene.grid.rows, scene.grid.columns)
    hidden = np.zeros(shape, bool)
    if masked:
        for layer in (scene.lookalikes, scene.built, scene.water, scene.farmland):
            _, row, column = cells_inside(scene.dem, layer.geometry.buffer(10).to_numpy())
            hidden[row, column] = True

    def read(first, last):
        rows = slice(first, last)
        height = scene.dem.array[rows].astype(np.float32)
        whole = np.ones(height.shape, bool)
        return Strip(
            {n: b[rows] for n, b in scene.before.items()}, whole, height, whole, hidden[rows]
        )

    found = detect(read, shape, scene.grid.cell, Detection())
    return candidate_layer(found, scene.grid, None, "360702", 2026).made


def test_planted_scars_are_found_and_nothing_else(scene):
    made = found_in(scene, masked=True)
    large = scene.scars[scene.scars.area_mu >= 1].geometry.to_numpy()
    got = shapely.union_all(made.geometry.to_numpy())
    seen = shapely.area(shapely.intersection(large, got)) / shapely.area(large)
    assert (seen > 0.5).mean() >= 0.90
    planted = shapely.union_all(scene.scars.geometry.to_numpy())
    shapes = made.geometry.to_numpy()
    right = shapely.area(shapely.intersection(shapes, planted)) / shapely.area(shapes)
    assert (right > 0.5).mean() >= 0.85


def test_without_masks_look_alikes_are_taken_as_the_help_says(scene):
    bare, masked = found_in(scene, masked=False), found_in(scene, masked=True)
    assert len(bare) > len(masked)


def test_surface_of_a_planted_scar_is_that_of_its_ground(scene):
    made = found_in(scene, masked=True)
    # The triangles that a cell's centre makes with its neighbours, by the product of two sides.
    cell, z = scene.grid.cell, np.pad(scene.dem.array.astype(float), 1, mode="reflect")
    middle, factor = z[1:-1, 1:-1], np.zeros(scene.dem.array.shape)
    none = np.zeros_like(middle)
    for beside, right in ((z[1:-1, 2:], cell), (z[1:-1, :-2], -cell)):
        for below, down in ((z[2:, 1:-1], cell), (z[:-2, 1:-1], -cell)):
            one = np.stack((none + right, none, beside - middle), axis=-1)
            two = np.stack((none, none + down, below - middle), axis=-1)
            factor += np.linalg.norm(np.cross(one, two), axis=-1) / cell**2 / 4
    owner, row, column = cells_inside(scene.dem, made.geometry.to_numpy())
    truth = np.bincount(owner, weights=factor[row, column]) * cell**2
    assert made.slope_area_m2.to_numpy() == pytest.approx(truth, rel=0.005)


def test_proof_tells_the_green_from_the_bare_through_haze(scene):
    _, row, column = cells_inside(scene.dem, scene.unchanged.geometry.to_numpy())
    lines = {
        name: reference_line(
            scene.before[name][row, column].astype(float),
            scene.after[name][row, column].astype(float),
        )
        for name in ("red", "nir")
    }
    site, row, column = cells_inside(scene.dem, scene.scars.geometry.to_numpy())
    before = ndvi_of({n: scene.before[n][row, column].astype(float) for n in ("red", "nir")})
    after = ndvi_of(
        normalised({n: scene.after[n][row, column].astype(float) for n in ("red", "nir")}, lines)
    )
    made = verify(
        site, before, after, len(scene.scars), np.full(len(scene.scars), 0.6), 0.02, Endmembers()
    )
    judged = np.array([p is not None for p in made.passed])
    assert judged.mean() > 0.9
    assert (made.passed[judged].astype(bool) == scene.scars.green[judged]).all()


def test_the_same_seed_makes_the_same_scene(scene):
    county = make_county(5, 2026, 0.12)
    again = make_scene(county.relief.height, county.cover, FINE, county.origin, "EPSG:4547", 5, 0.5)
    assert all((again.before[n] == scene.before[n]).all() for n in scene.before)
    assert (again.dem.array == scene.dem.array).all()
    assert (
        shapely.to_wkb(again.scars.geometry.to_numpy()).tolist()
        == shapely.to_wkb(scene.scars.geometry.to_numpy()).tolist()
    )
