"""Rangers in parts: the same result whatever the parts, the processes and the months' ends."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from linzhang_plugin.core.batch import Kept, in_processes, kept_in
from linzhang_plugin.core.messages import CancelledError
from linzhang_plugin.core.patrols.areas import make_areas
from linzhang_plugin.core.patrols.clock import Clock, day_number
from linzhang_plugin.core.patrols.fixes import concat, in_order, make_fixes, no_fixes
from linzhang_plugin.core.patrols.judgement import judge
from linzhang_plugin.core.patrols.lines import line_wkb
from linzhang_plugin.core.patrols.parts import (
    assess_part,
    assess_parts,
    lines_of,
    parts_of,
)
from linzhang_plugin.core.patrols.patrols import find_patrols
from linzhang_plugin.core.patrols.rules import PatrolRules
from linzhang_plugin.core.patrols.sources import InMemory
from tests.truth.traces import LAT, LON, fixes_of, noisy, sampled, start_of, walk

CHINA = Clock()
RULES = replace(PatrolRules(), max_repeat_share=0.8)
FIRST, LAST = day_number("2025-03-01"), day_number("2025-03-31")


@pytest.fixture(scope="module")
def county():
    rng = np.random.default_rng(5)
    walks = []
    for ranger in range(7):
        for day in (1, 2, 9, 30):
            done = noisy(rng, sampled(walk(rng, 130, ((30, 12),)), 20), 3)
            walks.append((f"R{ranger}", start_of(day, 8 + rng.uniform(0, 2)), done))
        late = noisy(rng, sampled(walk(rng, 180), 20), 3)
        walks.append((f"R{ranger}", start_of(31, 22.5), late))  # into April
        walks.append((f"R{ranger}", start_of(0, 23), late))  # February's, into March
    fixes = in_order(fixes_of(walks))
    ring = [shapely.Point(LON, LAT).buffer(0.006 + 0.001 * k) for k in range(7)]
    table = {"grid_code": [f"W{k}" for k in range(7)], "ranger_id": [f"R{k}" for k in range(7)]}
    return InMemory(fixes), make_areas(gpd.GeoDataFrame(table, geometry=ring, crs=4326), 100)


def _equal(one, other):
    for a, b in ((one.patrols, other.patrols), (one.days, other.days)):
        pd.testing.assert_frame_equal(a, b, check_exact=True)


@pytest.mark.parametrize("largest", [1, 3000, 10**9])
def test_parts_are_the_whole(county, largest):
    source, areas = county
    whole = judge(find_patrols(source.fixes, RULES, CHINA, areas), RULES)
    inside = whole.patrols["day"].between("2025-03-01", "2025-03-31")
    got = assess_parts(parts_of(source, FIRST, LAST, RULES, CHINA, areas, largest), in_processes(1))
    names = [name for name in whole.patrols.columns if name != "patrol_no"]
    expected = whole.patrols.loc[inside, names].reset_index(drop=True)
    pd.testing.assert_frame_equal(got.patrols[names], expected, check_exact=True)
    assert got.patrols["patrol_no"].tolist() == list(range(1, 7 * 5 + 1))
    assert (got.patrols.groupby("person_id")["day"].max() == "2025-03-31").all()
    assert got.patrols["minutes"].min() > 120  # those over midnight are whole


def test_processes_change_nothing(county):
    source, areas = county
    parts = parts_of(source, FIRST, LAST, RULES, CHINA, areas, 5000)
    assert len(parts) > 2
    _equal(assess_parts(parts, in_processes(1)), assess_parts(parts, in_processes(2)))


def test_a_province_is_its_counties(county):
    source, areas = county
    other = InMemory(replace(source.fixes, people=tuple(f"S{k}" for k in range(7))))
    parts = [parts_of(s, FIRST, LAST, RULES, CHINA, areas, 5000) for s in (source, other)]
    both = assess_parts([*parts[0], *parts[1]], in_processes(1))
    alone = [assess_parts(p, in_processes(1)) for p in parts]
    assert both.patrols["minutes"].tolist() == [
        m for one in alone for m in one.patrols["minutes"].tolist()
    ]


def test_it_can_be_stopped_and_nobody_is_no_error(county):
    source, areas = county
    parts = parts_of(source, FIRST, LAST, RULES, CHINA, areas, 5000)
    with pytest.raises(CancelledError):
        assess_parts(parts, in_processes(1), lambda fraction, message: fraction < 0.5)
    assert parts_of(InMemory(no_fixes()), 0, 1, RULES, CHINA) == []
    assert len(assess_parts([], in_processes(1)).patrols) == 0


def test_months_and_the_whole_are_one(county):
    """Two months cut at the month's end give what each month gives, patrols over it whole."""
    source, areas = county
    both = assess_parts(parts_of(source, FIRST - 28, LAST, RULES, CHINA, areas), in_processes(1))
    march = assess_parts(parts_of(source, FIRST, LAST, RULES, CHINA, areas), in_processes(1))
    late = both.patrols[both.patrols["day"] >= "2025-03-01"].reset_index(drop=True)
    names = [name for name in late.columns if name != "patrol_no"]
    pd.testing.assert_frame_equal(late[names], march.patrols[names], check_exact=True)
    assert (both.patrols["day"] == "2025-02-28").sum() == 7


@pytest.mark.parametrize("largest", [1, 3000, 10**9])
def test_ten_day_parts_are_the_whole(county, largest):
    """Where no rule looks back on the month, ten days are judged at a time: nothing is changed."""
    source, areas = county
    rules = PatrolRules()
    whole = judge(find_patrols(source.fixes, rules, CHINA, areas), rules)
    parts = parts_of(source, FIRST, LAST, rules, CHINA, areas, largest)
    stretches = sorted({(one.first - FIRST + 1, one.last - FIRST + 1) for one in parts})
    assert stretches == [(1, 10), (21, 31)]  # nobody was out from the 11th to the 20th
    got = assess_parts(parts, in_processes(1))
    inside = whole.patrols["day"].between("2025-03-01", "2025-03-31")
    names = [name for name in whole.patrols.columns if name != "patrol_no"]
    order = ["person_id", "start"]
    expected = whole.patrols.loc[inside, names].sort_values(order).reset_index(drop=True)
    found = got.patrols[names].sort_values(order).reset_index(drop=True)
    pd.testing.assert_frame_equal(found, expected, check_exact=True)
    days = whole.days[whole.days["day"].between("2025-03-01", "2025-03-31")]
    pd.testing.assert_frame_equal(got.days, days.reset_index(drop=True), check_exact=True)
    assert parts_of(source, FIRST, LAST, RULES, CHINA, areas)[0].last == LAST  # RULES look back


def test_a_patrol_into_the_next_ten_days_is_whole_and_counts_once():
    rng = np.random.default_rng(4)
    walks = [("A", start_of(day, 21.5), sampled(walk(rng, 300), 15)) for day in (10, 20)]
    source = InMemory(in_order(fixes_of(walks)))
    got = assess_parts(parts_of(source, FIRST, LAST, PatrolRules(), CHINA), in_processes(1)).patrols
    assert got["day"].tolist() == ["2025-03-10", "2025-03-20"]
    assert got["minutes"].tolist() == pytest.approx([300.0, 300.0], abs=0.3)


def test_a_patrol_of_many_days_is_not_cut_at_the_months_end():
    """A logger that is never silent: one patrol from 30 January to 4 March."""
    hours = np.arange(0, 33 * 24, 0.5)
    start = day_number("2025-01-30") * 86_400_000
    rng = np.random.default_rng(1)
    fixes = make_fixes(
        ["A"] * len(hours),
        (start + hours * 3_600_000).astype(np.int64),
        114.9 + np.cumsum(rng.normal(0, 1e-4, len(hours))),
        25.8 + np.cumsum(rng.normal(0, 1e-4, len(hours))),
    )
    rules = replace(RULES, gap_minutes=60.0, min_share_in_grid=0.0)
    first = day_number("2025-01-01")
    got = assess_parts(
        parts_of(InMemory(fixes), first, LAST, rules, CHINA), in_processes(1)
    ).patrols
    whole = judge(find_patrols(fixes, rules, CHINA), rules).patrols
    assert got["minutes"].tolist() == whole["minutes"].tolist() == [hours[-1] * 60]
    assert got["km"].tolist() == whole["km"].tolist()


@pytest.mark.parametrize("largest", [1, 10**9])
def test_lines_are_those_of_the_patrols(county, largest):
    source, areas = county
    whole = find_patrols(source.fixes, RULES, CHINA, areas)
    inside = (whole.day >= FIRST) & (whole.day <= LAST)
    fixes = whole.fixes
    ends = zip(whole.first[inside], whole.last[inside] + 1, strict=True)
    expected = [
        line_wkb(fixes.lon[a:b], fixes.lat[a:b], fixes.ele[a:b], fixes.time[a:b]) for a, b in ends
    ]
    parts = parts_of(source, FIRST, LAST, RULES, CHINA, areas, largest)
    assessed = assess_parts(parts, in_processes(1))
    got = pd.concat(list(lines_of(parts, assessed)))
    assert got["wkb"].tolist() == expected
    assert got["patrol_no"].tolist() == assessed.patrols["patrol_no"].tolist()


def test_why_fixes_are_put_aside_is_counted_alike_in_any_parts():
    rng = np.random.default_rng(3)
    walks = [
        (f"R{k}", start_of(day, 8), sampled(walk(rng, 60), 20)) for k in range(3) for day in (1, 9)
    ]
    good = in_order(fixes_of(walks))
    rows = np.arange(len(good))
    spiked = replace(good, lat=np.where(rows % 90 == 41, good.lat + 0.05, good.lat))
    rough = replace(spiked, accuracy=np.where(rows % 100 == 7, 900.0, 5.0))
    twice = concat([rough, good.take(rows[rows % 50 == 20])])  # 20 is neither spike nor rough
    for largest in (1, 10**9):
        found = assess_parts(
            parts_of(InMemory.of(twice), FIRST, LAST, RULES, CHINA, largest=largest),
            in_processes(1),
        )
        spikes, worst = int((rows % 90 == 41).sum()), int((rows % 100 == 7).sum())
        assert found.aside["repeats"] == int((rows % 50 == 20).sum())
        assert (found.aside["spikes"], found.aside["rough"]) == (spikes, worst)


def _stamped(source, mark):
    rules = replace(RULES, min_share_in_grid=0.0)
    found = parts_of(source, FIRST, LAST, rules, CHINA, largest=1)
    return [replace(one, source=NAMED, stamp=f"{mark}{n}") for n, one in enumerate(found)]


class _Named:
    """A source with a name of its own, as a store on disk has; it counts what is read."""

    fixes = None
    reads = 0

    def __repr__(self):
        return "store"

    def read(self, *given):
        self.reads += 1
        if self.reads == self.fails:
            raise CancelledError()
        return InMemory(self.fixes).read(*given)

    fails = -1


NAMED = _Named()


def test_a_run_that_was_stopped_goes_on_where_it_was(county, tmp_path):
    source, _ = county
    NAMED.fixes, NAMED.reads, NAMED.fails = source.fixes, 0, 4
    parts = _stamped(source, "a")
    run = kept_in(str(tmp_path), in_processes(1))
    with pytest.raises(CancelledError):
        assess_parts(parts, run)
    assert NAMED.reads == 4
    NAMED.fails = -1
    whole = assess_parts(parts, run)
    assert NAMED.reads == 4 + len(parts) - 3
    _equal(whole, assess_parts(parts, in_processes(1)))
    # a part whose content has changed is judged again, the others are not
    NAMED.reads = 0
    assess_parts([replace(parts[0], stamp="b"), *parts[1:]], run)
    assert NAMED.reads == 1
    assert Kept(str(tmp_path), assess_part).read(parts[0]) is not None
