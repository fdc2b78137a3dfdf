"""From files to judgement: row order, repeats, splits, zones and formats change nothing."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.fixes import Fixes, concat, make_fixes
from linzhang_plugin.core.patrols.judgement import judge
from linzhang_plugin.core.patrols.patrols import find_patrols
from linzhang_plugin.core.patrols.readers.importing import ImportOptions, import_path
from linzhang_plugin.core.patrols.readers.owner import Naming
from linzhang_plugin.core.patrols.rules import PatrolRules
from linzhang_plugin.workspace.traces import TraceStore
from tests.truth.trace_files import FORMATS, Csv, csv_in
from tests.truth.traces import fixes_of, noisy, sampled, start_of, walk

CHINA = Clock()
RULES = replace(PatrolRules(), min_minutes=40.0, max_repeat_share=0.9)
OTHERS = ("FIT", "zone 38", "seconds since", "minutes", "ZIP in ZIP")
KINDS = [kind for kind in FORMATS if not any(word in kind for word in OTHERS)]
"""Formats that keep seven decimals, and the folder as it is."""


def _county(seed: int) -> Fixes:
    rng = np.random.default_rng(seed)
    walks = []
    for ranger in ("示例甲", "示例乙"):
        for day in (1, 2):
            every = float(rng.choice([15, 20, 30]))
            done = noisy(rng, sampled(walk(rng, rng.uniform(30, 80), ((10, 12),)), every), 3)
            walks.append((ranger, start_of(day, rng.uniform(7, 23)), done))
    made = fixes_of(walks)
    time = np.round(made.time / 1000).astype(np.int64) * 1000
    names = np.array(made.people, dtype=object)[made.person]
    return make_fixes(names, time, np.round(made.lon, 7), np.round(made.lat, 7))


def _judged(fixes: Fixes) -> pd.DataFrame:
    judged = judge(find_patrols(fixes, RULES, CHINA), RULES)
    shown = judged.patrols.copy()
    for name in ("reasons", "remarks"):
        shown[name] = [" ".join(map(str, value)) for value in shown[name]]
    return shown


def _imported(files: dict[str, bytes], clock: Clock = CHINA) -> Fixes:
    with tempfile.TemporaryDirectory() as name:
        for path, data in files.items():
            file = Path(name) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        return import_path(Path(name), ImportOptions(clock, "", Naming(folder=True))).fixes


@given(st.integers(0, 10**6), st.data())
@settings(max_examples=8, deadline=None)
def test_formats_splits_repeats_and_order_change_nothing(seed, data):
    fixes = _county(seed % 20)
    rng = np.random.default_rng(seed)
    files = {}
    for code, person in enumerate(fixes.people):
        own = np.flatnonzero(fixes.person == code)
        again = rng.choice(own, 15)
        rows = rng.permutation(np.concatenate([own, again]))
        parts = np.array_split(rows, data.draw(st.integers(1, 4)))
        for number, part in enumerate(parts):
            kind = data.draw(st.sampled_from(KINDS))
            suffix, write = FORMATS[kind]
            one = replace(fixes.take(part), people=(person,), person=np.zeros(len(part), np.int32))
            files[f"{person}/{number}{suffix}"] = write(one)
    pd.testing.assert_frame_equal(_judged(_imported(files)), _judged(fixes), check_exact=True)


@given(st.integers(0, 19), st.sampled_from(["UTC", "UTC+5:30", "UTC-7", "Asia/Shanghai"]))
@settings(max_examples=8, deadline=None)
def test_the_zone_of_the_file_changes_nothing(seed, zone):
    """Times without a zone, written by a phone that was set to another one."""
    fixes, clock = _county(seed), Clock(zone)
    moved = replace(fixes, time=clock.local(fixes.time) - 8 * 3_600_000)
    got = _imported({"all.csv": csv_in(moved, Csv(time="local"))}, clock)
    pd.testing.assert_frame_equal(_judged(got), _judged(fixes), check_exact=True)


@given(st.integers(0, 10**6))
@settings(max_examples=8, deadline=None)
def test_the_store_and_its_days_change_nothing(seed):
    fixes = _county(seed % 20)
    rng = np.random.default_rng(seed)
    with tempfile.TemporaryDirectory() as name:
        store = TraceStore(Path(name) / "county.gpkg")
        for part in np.array_split(rng.permutation(len(fixes)), 5):
            store.add(fixes.take(part), CHINA)
        store.add(fixes.take(rng.integers(0, len(fixes), 30)), CHINA)
        back = store.read(0, 40_000, CHINA)
    pd.testing.assert_frame_equal(_judged(back), _judged(fixes), check_exact=True)


def test_others_in_the_table_change_nothing():
    one, other = _county(1), _county(2)
    other = replace(other, people=("示例丙", "示例丁"))
    both = _judged(concat([other, one]))
    mine = both[both["person_id"].isin(one.people)].reset_index(drop=True)
    alone = _judged(one)
    names = [name for name in alone.columns if name != "patrol_no"]
    pd.testing.assert_frame_equal(mine[names], alone[names], check_exact=True)


@pytest.mark.parametrize("seed", range(3))
def test_a_table_in_another_row_order_is_the_same_table(seed):
    fixes = _county(seed)
    rows = np.random.default_rng(seed).permutation(len(fixes))
    ours = _imported({"a.csv": csv_in(fixes.take(rows), Csv())})
    pd.testing.assert_frame_equal(_judged(ours), _judged(fixes), check_exact=True)
