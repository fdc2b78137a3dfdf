"""Patrols against planted truth, and what must not change the result."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhang_plugin.core.patrols.cleaning import clean
from linzhang_plugin.core.patrols.clock import Clock, day_text
from linzhang_plugin.core.patrols.distance import metres
from linzhang_plugin.core.patrols.fixes import concat, in_order, make_fixes
from linzhang_plugin.core.patrols.judgement import judge
from linzhang_plugin.core.patrols.lines import line_points, track_frame
from linzhang_plugin.core.patrols.patrols import find_patrols
from linzhang_plugin.core.patrols.readers.importing import ImportOptions, import_path
from linzhang_plugin.core.patrols.rules import PatrolRules
from linzhang_plugin.core.patrols.segments import long_runs
from tests.truth.traces import (
    Walk,
    by_distance,
    fixes_of,
    noisy,
    sampled,
    start_of,
    true_km,
    walk,
)  # fmt: skip

CHINA = Clock()
RULES = PatrolRules()
SMART = Path("/work/shared/data/patrols/ecoscope/smart_patrols.csv")


def _found(walks, rules=RULES):
    return find_patrols(fixes_of(walks), rules, CHINA)


@pytest.mark.parametrize("seed", range(8))
def test_hours_to_the_second_and_km_to_half_a_percent(seed):
    rng = np.random.default_rng(seed)
    walks, minutes, km = [], [], []
    for day in range(1, 6):
        done = sampled(walk(rng, rng.uniform(60, 200), ((20, 15),)), 15)
        walks.append((f"R{day % 2}", start_of(day, 8), done))
        minutes.append((done.seconds[-1] - done.seconds[0]) / 60)
        km.append(true_km(done))
    found = _found(walks)
    assert len(found) == 5
    assert sorted(found.minutes) == pytest.approx(sorted(minutes), abs=1e-9)
    assert found.km.sum() == pytest.approx(sum(km), rel=0.001)


def _overlap(a, b):
    return min(a[1], b[1]) - max(a[0], b[0])


@pytest.mark.parametrize("logger", ["15 s", "60 s", "25 m", "1 s"])
def test_stops_are_found_whatever_the_logger(logger):
    hit = extra = missed = 0
    for seed in range(25):
        rng = np.random.default_rng(seed)
        raw = walk(rng, 160, ((20, 15), (60, 25), (110, 12)))
        done = by_distance(raw, 25) if logger == "25 m" else sampled(raw, float(logger[:-2]))
        done = noisy(rng, done, 3)
        found = _found([("R", start_of(1, 8), done)])
        time = (found.fixes.time - start_of(1, 8)) / 1000
        got = list(zip(time[found.stops.first], time[found.stops.last], strict=True))
        for stop in done.stops:
            match = [g for g in got if _overlap(stop, g) > 0.6 * (stop[1] - stop[0])]
            hit += bool(match)
            missed += not match
            got = [g for g in got if g not in match[:1]]
        extra += len(got)
    assert 2 * hit / (2 * hit + extra + missed) >= 0.98


def test_a_planted_spike_costs_nothing():
    rng = np.random.default_rng(2)
    done = sampled(walk(rng, 120), 15)
    spiked = Walk(done.seconds, done.x.copy(), done.y.copy())
    spiked.x[[50, 51, 200, 300]] += [2000, 2500, 900, -5000]
    plain, got = _found([("R", start_of(1, 8), done)]), _found([("R", start_of(1, 8), spiked)])
    assert got.cleaned.n_spikes == 4
    assert got.minutes[0] == plain.minutes[0]
    assert got.km[0] == pytest.approx(plain.km[0], rel=0.05)


@given(st.integers(0, 1000))
def test_row_order_repeats_and_split_change_nothing(seed):
    rng = np.random.default_rng(seed)
    walks = [
        (f"R{k}", start_of(1 + d, 8), noisy(rng, sampled(walk(rng, 70, ((10, 12),)), 20), 4))
        for k in range(2) for d in range(2)
    ]  # fmt: skip
    fixes = fixes_of(walks)
    rows = rng.permutation(np.concatenate([np.arange(len(fixes)), rng.integers(0, len(fixes), 50)]))
    parts = [fixes.take(part) for part in np.array_split(rows, 3)]
    one, other = find_patrols(fixes, RULES, CHINA), find_patrols(concat(parts), RULES, CHINA)
    for name in ("minutes", "km", "start", "end", "day", "vehicle_min", "stationary_min"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
    assert judge(one, RULES).patrols.equals(judge(other, RULES).patrols)


def test_gaps_split_and_shorter_silences_are_bridged():
    rng = np.random.default_rng(1)
    done = sampled(walk(rng, 200), 15)
    keep = (done.seconds < 3000) | (done.seconds > 4800)
    gap = Walk(done.seconds[keep], done.x[keep], done.y[keep])
    apart, joined = (
        _found([("R", start_of(1, 8), gap)], replace(RULES, gap_minutes=g)) for g in (29, 31)
    )
    assert len(apart) == 2 and len(joined) == 1
    assert joined.minutes[0] == pytest.approx(done.seconds[-1] / 60)
    assert joined.bridged_min[0] == pytest.approx(30.25, abs=0.3)
    assert apart.minutes.sum() == pytest.approx(joined.minutes[0] - joined.max_gap_min[0])


def test_midnight_belongs_to_the_day_it_began_and_zones_move_the_day():
    rng = np.random.default_rng(1)
    done = sampled(walk(rng, 150), 15)
    found = _found([("R", start_of(3, 22.5), done)])
    assert [day_text(d) for d in found.day] == ["2025-03-03"]
    assert len(found) == 1
    utc = find_patrols(fixes_of([("R", start_of(3, 7), done)]), RULES, Clock("UTC"))
    assert [day_text(d) for d in utc.day] == ["2025-03-02"]


def test_rides_are_told_from_walks():
    rng = np.random.default_rng(7)
    foot = noisy(rng, sampled(walk(rng, 60), 15), 4)
    ride = walk(rng, 20, pace=7.0, start=(float(foot.x[-1]), float(foot.y[-1])), bend=0.01)
    ride = noisy(rng, sampled(ride, 15), 4)
    seconds = np.concatenate([foot.seconds, foot.seconds[-1] + 15 + ride.seconds])
    both = Walk(seconds, np.concatenate([foot.x, ride.x]), np.concatenate([foot.y, ride.y]))
    found = _found([("R", start_of(1, 8), both)])
    assert found.vehicle_min[0] == pytest.approx(20, abs=1.0)
    assert _found([("R", start_of(1, 8), foot)]).vehicle_min[0] == 0


def test_runs_with_short_pauses():
    flags = np.array([1, 1, 0, 1, 0, 0, 0, 1, 1], dtype=bool)
    none = np.zeros(9, dtype=bool)
    second = np.ones(9)
    assert long_runs(flags, none, second, 4, 1).tolist() == [True] * 4 + [False] * 5
    assert not long_runs(flags, none, second, 5, 1).any()
    breaks = none.copy()
    breaks[3] = True
    assert not long_runs(flags, breaks, second, 3, 1).any()
    assert not long_runs(none, none, second, 1, 1).any()


@pytest.mark.skipif(not SMART.exists(), reason="the shared patrol data is not here")
@pytest.mark.parametrize(("gap", "km"), [(10, 872), (60, 1119)])
def test_the_smart_file_in_any_row_order(gap, km):
    fixes = import_path(SMART, ImportOptions()).fixes
    for seed in (0, 1):
        rows = np.random.default_rng(seed).permutation(len(fixes))
        found = find_patrols(fixes.take(rows), replace(RULES, gap_minutes=gap), CHINA)
        assert found.km.sum() == pytest.approx(km, rel=0.005)


def test_no_fix_one_fix_two_fixes():
    for n in (0, 1, 2):
        fixes = make_fixes(["R"] * n, start_of(1, 8) + np.arange(n) * 1000, [114.9] * n, [25.8] * n)
        found = find_patrols(fixes, RULES, CHINA)
        assert len(found) == min(n, 1)
        judged = judge(found, RULES)
        assert len(judged.days) == min(n, 1)
        assert len(track_frame(in_order(fixes))) == min(n, 1)


def test_two_places_at_one_moment_keep_the_better():
    time = [0, 15_000, 15_000, 30_000]
    fixes = make_fixes(["R"] * 4, time, [114.9, 114.9002, 114.95, 114.9004], [25.8] * 4)
    got = clean(fixes, 60)
    assert got.n_clashes == 1 and got.fixes.lon.tolist() == [114.9, 114.9002, 114.9004]


def test_distance_is_that_of_the_ellipsoid():
    pyproj = pytest.importorskip("pyproj")
    geod = pyproj.Geod(ellps="WGS84")
    rng = np.random.default_rng(0)
    lon, lat = rng.uniform(-180, 180, 500), rng.uniform(-80, 80, 500)
    lon1, lat1 = lon + rng.normal(0, 0.01, 500), lat + rng.normal(0, 0.01, 500)
    true = geod.inv(lon, lat, lon1, lat1)[2]
    assert np.abs(metres(lon, lat, lon1, lat1) / true - 1).max() < 2e-5


def test_lines_keep_every_fix_with_its_time():
    rng = np.random.default_rng(1)
    fixes = in_order(fixes_of([("R", start_of(1, 8), sampled(walk(rng, 30), 15))]))
    frame = track_frame(fixes)
    points = line_points(frame["wkb"].iloc[0])
    assert np.array_equal(points[:, 0], fixes.lon)
    assert np.array_equal(np.round(points[:, 3] * 1000), fixes.time)
    assert frame["n_fix"].tolist() == [len(fixes)]
