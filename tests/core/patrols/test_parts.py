"""Rangers in parts: the same result whatever the parts, the processes and the months' ends."""

from __future__ import annotations

from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from linzhang_plugin.core.batch import in_processes
from linzhang_plugin.core.messages import CancelledError
from linzhang_plugin.core.patrols.areas import make_areas
from linzhang_plugin.core.patrols.clock import Clock, day_number
from linzhang_plugin.core.patrols.fixes import Fixes, in_order, no_fixes
from linzhang_plugin.core.patrols.judgement import judge
from linzhang_plugin.core.patrols.parts import assess_parts, parts_of
from linzhang_plugin.core.patrols.patrols import find_patrols
from linzhang_plugin.core.patrols.rules import PatrolRules
from tests.truth.traces import LAT, LON, fixes_of, noisy, sampled, start_of, walk

CHINA = Clock()
RULES = replace(PatrolRules(), max_repeat_share=0.8)
FIRST, LAST = day_number("2025-03-01"), day_number("2025-03-31")


@dataclass(frozen=True)
class Kept:
    """Fixes in memory, in the shape of a store."""

    fixes: Fixes

    def people(self, first, last):
        counts = np.bincount(self.fixes.person, minlength=len(self.fixes.people))
        return dict(zip(self.fixes.people, counts.tolist(), strict=True))

    def read(self, first, last, clock, people):
        day = clock.day(self.fixes.time)
        wanted = np.isin(np.array(self.fixes.people, dtype=object)[self.fixes.person], list(people))
        return in_order(self.fixes.take((day >= first) & (day <= last) & wanted))


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
    return Kept(fixes), make_areas(gpd.GeoDataFrame(table, geometry=ring, crs=4326), 100)


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
    other = Kept(replace(source.fixes, people=tuple(f"S{k}" for k in range(7))))
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
    assert parts_of(Kept(no_fixes()), 0, 1, RULES, CHINA) == []
    assert len(assess_parts([], in_processes(1)).patrols) == 0
