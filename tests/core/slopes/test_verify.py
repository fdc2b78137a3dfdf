"""Regreening proof with planted cover, haze and changed reference cells."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.slopes.verify import (
    Endmembers,
    cover,
    ndvi_of,
    normalised,
    reference_line,
    verify,
)

ENDS = Endmembers(0.05, 0.80)


@given(st.floats(0.5, 2), st.floats(-0.1, 0.1), st.integers(0, 99))
def test_the_line_is_found_though_a_fifth_of_the_reference_changed(gain, offset, seed):
    rng = np.random.default_rng(seed)
    before = rng.uniform(0.02, 0.5, 400)
    after = (before - offset) / gain
    after[:80] = rng.uniform(0.3, 0.9, 80)
    line = reference_line(before, after, seed)
    assert line.gain == pytest.approx(gain, rel=0.03)
    assert line.offset == pytest.approx(offset, abs=0.02)
    assert line.cells == 400


def test_haze_and_another_sensor_do_not_change_ndvi_after_normalisation():
    rng = np.random.default_rng(3)
    truth = {"red": rng.uniform(0.02, 0.3, 500), "nir": rng.uniform(0.1, 0.6, 500)}
    hazy = {"red": truth["red"] * 0.8 + 0.05, "nir": truth["nir"] * 0.9 + 0.03}
    lines = {name: reference_line(truth[name], hazy[name]) for name in truth}
    assert ndvi_of(normalised(hazy, lines)) == pytest.approx(ndvi_of(truth), abs=1e-6)


def test_planted_cover_is_read_and_judged():
    rng = np.random.default_rng(0)
    planted = np.array([0.95, 0.5, 0.82, 0.1])
    site = np.repeat(np.arange(4), 40)
    after = ENDS.soil + planted[site] * (ENDS.canopy - ENDS.soil) + rng.normal(0, 0.02, 160)
    before = np.full(160, 0.06)
    made = verify(site, before, after, 4, np.array([0.8, 0.8, 0.8, 0.6]), 0.01, ENDS)
    assert made.cover_percent.tolist() == pytest.approx(100 * planted, abs=2)
    assert made.passed.tolist() == [True, False, True, False]
    assert made.confidence[2] < 0.97 < made.confidence[0]
    assert "82%" in str(made.reason[2]) or "81%" in str(made.reason[2])
    assert made.cover_before.max() < 3


def test_too_small_and_clouded_sites_are_not_judged():
    site = np.array([0, 0, 1, 1, 1, 1, 1, 1])
    after = np.array([0.8, 0.8, 0.8, np.nan, np.nan, np.nan, np.nan, 0.7])
    made = verify(site, np.full(8, 0.1), after, 3, np.full(3, 0.8), 0.01, ENDS)
    assert made.passed.tolist() == [None, None, None]
    assert made.confidence.tolist() == [0, 0, 0]
    assert "finer" in str(made.reason[0])
    assert "another date" in str(made.reason[1])
    assert "finer" in str(made.reason[2])


def test_cover_is_between_nothing_and_all():
    assert cover(np.array([-0.2, 0.05, 0.425, 0.8, 0.95]), ENDS).tolist() == pytest.approx(
        [0, 0, 0.5, 1, 1]
    )


def test_poor_references_are_refused():
    with pytest.raises(InputError, match="only 10 cells"):
        reference_line(np.arange(10.0), np.arange(10.0))
    with pytest.raises(InputError, match="one brightness"):
        reference_line(np.random.default_rng(0).random(100), np.full(100, 0.2))
