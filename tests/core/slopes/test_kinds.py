"""Densities of masked kinds: one plot, many, two humps; each holds the same mass."""

import numpy as np
import pytest

from linzhang_plugin.core.slopes.kinds import log_densities, log_t

WITHIN = np.array([[0.04]])


def mass(log):
    """Integral over the line of the places below."""
    return np.exp(log).sum() * (LINE[1, 0] - LINE[0, 0])


LINE = np.linspace(-200.0, 200.0, 20_001)[:, None]


def kind(values):
    plots = np.array(values, dtype=float)[:, None]
    return plots, np.zeros(len(plots), dtype=np.int64)


def test_of_a_single_plot_the_mean_is_half_known():
    plots, own = kind([0.7])
    got = log_densities(LINE, plots, own, WITHIN)[0]
    assert got == pytest.approx(log_t(LINE - 0.7, 2 * WITHIN), abs=1e-9)


@pytest.mark.parametrize("count", [2, 9, 500])
def test_every_density_holds_the_same_mass(count):
    rng = np.random.default_rng(count)
    plots, own = kind(rng.normal(0.0, 0.2, count))
    got = mass(log_densities(LINE, plots, own, WITHIN)[0])
    assert got == pytest.approx(mass(log_t(LINE, WITHIN)), rel=1e-3)


def test_a_kind_that_looks_two_ways_is_likely_at_either():
    rng = np.random.default_rng(1)
    two = np.concatenate((rng.normal(-1.0, 0.1, 60), rng.normal(1.0, 0.1, 30)))
    plots, own = kind(two)
    at = np.array([[-1.0], [1.0]])
    got = log_densities(at, plots, own, WITHIN)[0]
    whole = log_t(at - two.mean(), WITHIN)
    assert (got > whole + 1.0).all()
    assert got[0] > got[1]  # twice as many plots look so


def test_kinds_are_told_apart_and_the_order_of_plots_changes_nothing():
    rng = np.random.default_rng(2)
    plots = np.concatenate((rng.normal(-1, 0.2, (40, 3)), rng.normal(1, 0.2, (5, 3))))
    own = np.repeat([0, 1], [40, 5])
    x = np.array([[-1.0] * 3, [1.0] * 3])
    got = log_densities(x, plots, own, np.eye(3) * 0.04)
    assert np.argmax(got, axis=0).tolist() == [0, 1]
    turned = log_densities(x, plots[::-1], own[::-1], np.eye(3) * 0.04)
    assert turned == pytest.approx(got, abs=1e-9)
