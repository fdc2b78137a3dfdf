"""Look-alikes that no mask holds are told by the masked ones of the same image."""

import numpy as np
import pandas as pd
import pytest

from linzhang_plugin.core.slopes.likeness import TRUST, likeness

LOOKS = {
    # log red/nir, log swir1/nir, log blue/nir, slope, bench, NDVI and slope around, straight
    "scar": (-0.20, 0.33, -1.13, 32, 0.35, 0.72, 25, 0.68),
    "field": (-0.30, 0.24, -1.00, 12, 0.07, 0.48, 12, 0.70),
    "village": (-0.15, 0.20, -0.54, 13, 0.10, 0.28, 16, 0.55),
    "orchard": (-0.31, 0.24, -1.17, 18, 0.11, 0.72, 18, 0.68),
}
SPREAD = (0.05, 0.05, 0.05, 5, 0.05, 0.08, 6, 0.10)
NAMES = ("colour_red", "colour_swir1", "colour_blue", "slope", "bench", "around_ndvi",
         "around_slope", "straight")  # fmt: skip


def patches(rng, look, count, beside=0.0, width=50.0, steeper=0.0):
    values = rng.normal(LOOKS[look], SPREAD, (count, len(NAMES)))
    made = pd.DataFrame(values, columns=NAMES).assign(beside=beside, width_m=width, cells=40.0)
    made[["slope", "around_slope"]] += steeper
    return made.assign(lift=made.slope - made.around_slope)


def together(*frames):
    return pd.concat(frames, ignore_index=True)


@pytest.mark.parametrize("forgotten", [0, 4, 30])
@pytest.mark.parametrize("seed", range(3))
def test_forgotten_fields_and_villages_are_told_from_scars(seed, forgotten):
    rng = np.random.default_rng(seed)
    plots = together(
        patches(rng, "field", 90).assign(kind=0), patches(rng, "village", 12).assign(kind=1)
    )
    found = together(
        patches(rng, "scar", 14), patches(rng, "field", forgotten), patches(rng, "village", 2)
    )
    made = likeness(found, plots, ("农地", "居民地"))
    full = made.confidence >= TRUST
    assert full[:14].mean() >= 0.9
    assert full[14:].mean() <= 0.1
    assert made.likely[-2:] == ["居民地", "居民地"]
    for row in np.flatnonzero(~full):
        assert made.reason[row] is not None
    assert made.learned == 102


@pytest.mark.parametrize("seed", range(4))
def test_an_orchard_on_a_steeper_hill_than_the_mapped_ones_is_told(seed):
    rng = np.random.default_rng(seed)
    plots = together(
        patches(rng, "field", 300).assign(kind=0), patches(rng, "orchard", 12).assign(kind=1)
    )
    found = together(patches(rng, "scar", 24), patches(rng, "orchard", 4, steeper=18.0))
    made = likeness(found, plots, ("农地", "果园"))
    full = made.confidence >= TRUST
    assert full[:24].mean() >= 0.9
    assert full[24:].sum() <= 1


def test_where_masked_plots_look_like_scars_nothing_is_claimed():
    full = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        plots = patches(rng, "scar", 14).assign(kind=0)
        made = likeness(patches(rng, "scar", 14), plots, ("果园",))
        full.append((made.confidence >= TRUST).mean())
    assert np.mean(full) >= 0.92
    assert min(full) > 0.5


def test_sites_of_the_register_are_never_doubted():
    rng = np.random.default_rng(5)
    plots = patches(rng, "field", 60).assign(kind=0)
    found = together(patches(rng, "scar", 8), patches(rng, "field", 8))
    known = np.zeros(16, bool)
    known[[0, 1, 2, 3, 9]] = True
    made = likeness(found, plots, ("农地",), known)
    assert made.confidence[9] == 1.0
    assert made.likely[9] == ""
    assert made.reason[9] is None
    assert (made.confidence[[8, 10, 11, 12, 13]] < TRUST).mean() >= 0.6


def test_narrow_strips_along_masks_are_doubtful_wide_ones_and_strips_elsewhere_are_not():
    rng = np.random.default_rng(6)
    found = together(
        patches(rng, "scar", 1, beside=1.0, width=12.0),
        patches(rng, "scar", 1, beside=1.0, width=50.0),
        patches(rng, "scar", 1, beside=0.0, width=12.0),
    )
    made = likeness(found, patches(rng, "field", 0).assign(kind=0), ())
    assert (made.confidence >= TRUST).tolist() == [False, True, True]
    assert made.reason[0] is not None
    assert made.reason[1:] == [None, None]


def test_nothing_found_and_nothing_masked_is_no_error():
    rng = np.random.default_rng(7)
    none = patches(rng, "scar", 0)
    assert likeness(none, none.assign(kind=0), ()).likely == []
    assert len(likeness(none, patches(rng, "field", 20).assign(kind=0), ("x",)).confidence) == 0


def test_order_of_candidates_changes_nothing():
    rng = np.random.default_rng(8)
    plots = patches(rng, "field", 50).assign(kind=0)
    found = together(patches(rng, "scar", 9), patches(rng, "field", 5))
    turned = found.iloc[::-1].reset_index(drop=True)
    one, two = likeness(found, plots, ("a",)), likeness(turned, plots, ("a",))
    assert one.confidence == pytest.approx(two.confidence[::-1], abs=2e-3)
