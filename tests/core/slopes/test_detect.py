"""Candidates on made hills with planted scars and look-alikes; strips change nothing."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.ndimage import label

from linzhang_plugin.core.messages import CancelledError, InputError
from linzhang_plugin.core.slopes.detect import Detection, Strip, detect
from linzhang_plugin.core.terrain.runs import painted

CELL = 10.0
GREEN = {"blue": 0.03, "red": 0.04, "nir": 0.35, "swir1": 0.15}
SOIL = {"blue": 0.08, "red": 0.22, "nir": 0.26, "swir1": 0.38}


class Hill:
    """A 31° ramp above a plain, with bare places painted on it."""

    def __init__(self, rows=80, cols=120):
        x = np.arange(cols) * CELL
        self.height = np.tile(np.maximum(0, x - 400) * 0.6, (rows, 1)).astype("f4")
        self.bare = np.zeros((rows, cols), bool)
        self.masked = np.zeros((rows, cols), bool)
        self.valid = np.ones((rows, cols), bool)
        self.bands = ("blue", "red", "nir", "swir1")

    def read(self, first, last):
        rows = slice(first, last)
        bands = {
            name: np.where(self.bare[rows], SOIL[name], GREEN[name]).astype("f4")
            for name in self.bands
        }
        return Strip(
            bands,
            self.valid[rows],
            self.height[rows],
            np.ones_like(self.valid[rows]),
            self.masked[rows],
        )

    def found(self, rules=None, **more):
        return detect(self.read, self.bare.shape, CELL, rules or Detection(), **more)


def test_a_scar_on_the_slope_is_found_with_its_area_surface_and_slope():
    hill = Hill()
    hill.bare[30:40, 70:90] = True
    found = hill.found()
    assert len(found.table) == 1
    row = found.table.iloc[0]
    assert row.area_m2 == 200 * CELL**2
    assert row.slope_deg == pytest.approx(np.degrees(np.arctan(0.6)), abs=0.01)
    assert row.slope_area_m2 == pytest.approx(row.area_m2 * np.hypot(1, 0.6), rel=1e-4)
    assert row.ndvi == pytest.approx((0.26 - 0.22) / 0.48, abs=1e-4)
    assert hill.bare[int(row.row), int(row.col)]


def test_a_bare_field_on_the_plain_is_not_taken_but_a_quarry_floor_is():
    hill = Hill()
    hill.bare[10:20, 5:20] = True  # a field
    hill.bare[40:50, 37:50] = True  # floor in front of a face: the face starts at column 41
    found = hill.found()
    assert len(found.table) == 1
    assert found.table.cells[0] == 130
    assert 0 < found.table.steep_share[0] < 1


def test_growth_reaches_no_farther_than_it_may():
    hill = Hill()
    hill.bare[40:44, 0:60] = True
    near = hill.found(Detection(grow_m=30.0)).table.cells[0]
    far = hill.found(Detection(grow_m=100.0)).table.cells[0]
    assert far - near == 4 * 7


def test_masked_invalid_and_small_ground_is_left_out():
    hill = Hill()
    hill.bare[5:15, 60:70] = hill.masked[5:15, 60:70] = True
    hill.bare[20:30, 60:70] = True
    hill.valid[20:30, 60:70] = False
    hill.bare[50, 60:63] = True
    assert len(hill.found().table) == 0
    assert len(hill.found(Detection(min_area_m2=300.0)).table) == 1


@pytest.mark.parametrize("rows_at_once", [8, 13, 40, 1000])
def test_strips_of_any_height_give_the_same(rows_at_once):
    rng = np.random.default_rng(4)
    hill = Hill()
    hill.bare = rng.random(hill.bare.shape) < 0.45
    whole = hill.found(rows_at_once=5000)
    cut = hill.found(rows_at_once=rows_at_once)
    assert np.allclose(whole.table.to_numpy(), cut.table.to_numpy(), rtol=1e-6)
    shape = hill.bare.shape
    patch = (whole.patch + 1).astype(np.int32)
    assert (painted(whole.runs, shape, patch) == painted(cut.runs, shape, patch)).all()
    assert label(painted(whole.runs, shape) > 0)[1] == len(whole.table)


def test_without_swir_the_visible_index_is_used_and_without_red_it_says_so():
    hill = Hill()
    hill.bands = ("blue", "red", "nir")
    hill.bare[30:40, 70:90] = True
    assert hill.found().index == "BSI_VISIBLE"
    assert len(hill.found().table) == 1
    hill.bands = ("blue", "nir")
    with pytest.raises(InputError, match="red"):
        hill.found()


def test_without_swir_dark_red_soil_is_found_too_and_its_limit_is_its_own():
    hill = Hill()
    hill.bands = ("blue", "red", "nir")
    hill.bare[30:40, 70:90] = True
    # Twice red barely exceeds blue and near infrared: BSI_VISIBLE is 0.02.
    soil = {"blue": 0.09, "red": 0.19, "nir": 0.275}
    read = hill.read

    def darker(first, last):
        strip = read(first, last)
        bare = hill.bare[first:last]
        bands = {n: np.where(bare, soil[n], v).astype("f4") for n, v in strip.bands.items()}
        return replace(strip, bands=bands)

    def found(rules):
        return len(detect(darker, hill.bare.shape, CELL, rules).table)

    assert found(Detection()) == 1
    assert found(Detection(visible_min=0.05)) == 0


def test_stops_when_told_to():
    with pytest.raises(CancelledError):
        Hill().found(progress=lambda fraction, message: False)


def test_the_rim_of_a_mask_drawn_too_small_is_no_site_but_a_scar_beside_it_is():
    hill = Hill()
    hill.bare[10:30, 60:80] = True  # an orchard, its mask shifted by two cells
    hill.masked[12:32, 62:82] = True
    assert len(hill.found().table) == 0
    assert len(hill.found(Detection(edge_m=0.0)).table) == 1
    hill.bare[20:30, 80:100] = True  # a scar touching it
    found = hill.found()
    assert len(found.table) == 1
    assert found.table.cells[0] >= 10 * 18


def test_widened_lines_have_no_rim():
    hill = Hill()
    hill.bare[30:40, 60:66] = True
    hill.masked[30:40, 60:63] = True
    hill.bare[60:63, 60:66] = True
    read = hill.read

    def with_lines(first, last):
        strip = read(first, last)
        return replace(strip, areas=np.zeros_like(strip.masked))

    assert len(detect(read, hill.bare.shape, CELL, Detection()).table) == 1
    assert len(detect(with_lines, hill.bare.shape, CELL, Detection()).table) == 2


def test_a_field_with_one_steep_bank_is_no_site():
    hill = Hill()
    hill.bare[20:50, 36:42] = True  # the slope begins at column 40
    hill.height[35:, :] = 0
    share = hill.found(Detection(steep_share_min=0.0)).table.steep_share[0]
    assert 0.1 < share < 0.4
    assert len(hill.found(Detection(steep_share_min=share + 0.01)).table) == 0
    assert len(hill.found(Detection(steep_share_min=share - 0.01)).table) == 1


@pytest.mark.parametrize("rows_at_once", [9, 21, 64])
def test_strips_change_nothing_with_masks_either(rows_at_once):
    rng = np.random.default_rng(6)
    hill = Hill()
    hill.bare = rng.random(hill.bare.shape) < 0.5
    hill.masked[20:40, 50:90] = True
    whole, cut = hill.found(rows_at_once=5000), hill.found(rows_at_once=rows_at_once)
    assert len(whole.table) > 0
    assert np.allclose(whole.table.to_numpy(), cut.table.to_numpy(), rtol=1e-6)
