"""Trace files: what goes in comes out once, damage is told, purged fixes are gone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhang_plugin.core.messages import StoreError
from linzhang_plugin.core.patrols.clock import Clock, day_number
from linzhang_plugin.core.patrols.fixes import in_order
from linzhang_plugin.workspace.packing import SCALE, Columns, packed, unpacked
from linzhang_plugin.workspace.traces import MOST_BLOCKS, TraceStore
from tests.truth.traces import fixes_of, noisy, sampled, start_of, walk

CHINA = Clock()


def _month(days=(1, 2, 3, 4, 5)):
    rng = np.random.default_rng(1)
    return fixes_of(
        [
            (person, start_of(day, 8), noisy(rng, sampled(walk(rng, 60), 15), 3))
            for person in ("A", "B") for day in days
        ]
    )  # fmt: skip


def _all(store, first="2024-01-01", last="2026-12-31", people=()):
    return store.read(day_number(first), day_number(last), CHINA, people)


def test_what_goes_in_comes_out_once(tmp_path):
    store, fixes = TraceStore(tmp_path / "county.gpkg"), _month()
    assert store.add(fixes, CHINA) == len(fixes)
    assert store.add(fixes, CHINA) == 0
    back, truth = _all(store), in_order(fixes)
    assert back.people == ("A", "B")
    assert np.array_equal(back.time, truth.time) and np.array_equal(back.person, truth.person)
    assert np.abs(back.lon - truth.lon).max() <= 0.51e-7
    assert [p.name for p in store.folder.iterdir()] == ["2025.sqlite"]


def test_parts_in_any_order_give_the_same_bytes(tmp_path):
    fixes = _month()
    rows = np.random.default_rng(0).permutation(len(fixes))
    one, other = TraceStore(tmp_path / "a.gpkg"), TraceStore(tmp_path / "b.gpkg")
    one.add(fixes, CHINA)
    for part in np.array_split(rows, 4):
        other.add(fixes.take(part), CHINA)
    for name in ("time", "lon", "lat", "person"):
        assert np.array_equal(getattr(_all(one), name), getattr(_all(other), name))


def test_days_and_people_are_chosen(tmp_path):
    store = TraceStore(tmp_path / "c.gpkg")
    store.add(_month(), CHINA)
    got = _all(store, "2025-03-02", "2025-03-03", ["B"])
    assert got.people == ("B",)
    assert sorted(set(CHINA.day(got.time) - day_number("2025-03-01"))) == [1, 2]
    assert len(_all(store, "2024-01-01", "2024-12-31")) == 0


def test_a_day_is_added_and_months_are_purged(tmp_path):
    store = TraceStore(tmp_path / "d.gpkg")
    store.add(_month(range(1, 4)), CHINA)
    more = _month(range(1, 45))
    assert store.add(more.take(more.time >= start_of(20, 0)), CHINA) > 0
    april = int((CHINA.day(_all(store).time) >= day_number("2025-04-01")).sum())
    gone = store.purge("2025-04")
    assert gone > 0 and len(_all(store)) == april > 0


def test_a_damaged_file_is_told(tmp_path):
    store = TraceStore(tmp_path / "e.gpkg")
    store.add(_month(), CHINA)
    path = store.folder / "2025.sqlite"
    data = bytearray(path.read_bytes())
    data[:100] = b"x" * 100
    path.write_bytes(bytes(data))
    with pytest.raises(StoreError, match=r"2025\.sqlite"):
        _all(store)


def test_a_county_month_is_compact(tmp_path):
    store, fixes = TraceStore(tmp_path / "f.gpkg"), _month(range(1, 25))
    store.add(fixes, CHINA)
    size = (store.folder / "2025.sqlite").stat().st_size
    assert size / len(fixes) < 16


def _blocks_of(store):
    with closing(sqlite3.connect(store.folder / "2025.sqlite")) as file:
        return file.execute(
            "SELECT person, month, first, last, n FROM block ORDER BY person, month, first"
        ).fetchall()


def test_days_added_one_by_one_are_the_month_at_once(tmp_path):
    fixes = in_order(_month(range(1, 32)))
    whole, daily = TraceStore(tmp_path / "a.gpkg"), TraceStore(tmp_path / "b.gpkg")
    whole.add(fixes, CHINA)
    days = CHINA.day(fixes.time)
    rng = np.random.default_rng(3)
    added = sum(daily.add(fixes.take(days == d), CHINA) for d in rng.permutation(np.unique(days)))
    assert added == len(fixes)
    blocks = _blocks_of(daily)
    assert 2 * 4 <= len(blocks) <= 2 * (1 + 3 * (MOST_BLOCKS + 1))
    for one, other in pairwise(blocks):
        assert one[:2] != other[:2] or one[3] < other[2]
    assert daily.people(0, 40_000, CHINA) == {"A": len(fixes) // 2, "B": len(fixes) // 2}
    for name in ("time", "lon", "lat", "person", "track", "ele"):
        one, other = getattr(_all(whole), name), getattr(_all(daily), name)
        assert np.array_equal(one, other, equal_nan=name == "ele"), name


def test_a_day_beside_others_leaves_their_blocks_alone(tmp_path):
    store = TraceStore(tmp_path / "a.gpkg")
    store.add(_month(range(1, 4)), CHINA)
    before = _blocks_of(store)
    store.add(_month([9]), CHINA)
    assert set(before) < set(_blocks_of(store))


@given(
    st.lists(
        st.tuples(
            st.integers(0, 4 * 10**12), st.floats(-180, 180), st.floats(-90, 90),
            st.one_of(st.just(np.nan), st.floats(-400, 9000, width=32)),
        ),
        max_size=60,
    )
)  # fmt: skip
def test_what_is_packed_is_unpacked(rows):
    time, lon, lat, ele = (np.array([r[k] for r in rows], dtype=np.float64) for k in range(4))
    given_ = Columns(time.astype(np.int64), lon, lat, ele, np.full(len(rows), np.nan))
    back = unpacked(packed(given_))
    assert np.array_equal(back.time, given_.time)
    assert np.array_equal(back.lon, np.round(lon * SCALE) / SCALE)
    assert np.array_equal(back.lat, np.round(lat * SCALE) / SCALE)
    assert np.array_equal(back.ele, ele, equal_nan=True)
    assert np.isnan(back.accuracy).all()


@pytest.mark.parametrize("harm", ["cut", "version", "body"])
def test_a_damaged_block_is_told(tmp_path, harm):
    store = TraceStore(tmp_path / "a.gpkg")
    store.add(_month(), CHINA)
    path = store.folder / "2025.sqlite"
    with closing(sqlite3.connect(path)) as file, file:
        data = file.execute("SELECT data FROM block WHERE person = 'A'").fetchone()[0]
        bad = {"cut": data[:40], "version": b"\x07" + data[1:], "body": data[:60] + b"xx" * 30}
        file.execute("UPDATE block SET data = ? WHERE person = 'A'", (bad[harm],))
    with pytest.raises(StoreError, match=r"2025\.sqlite"):
        _all(store)
    assert len(_all(store, people=["B"])) == len(_month()) // 2


def test_phones_are_kept_with_their_fixes(tmp_path):
    """Some fixes name a phone, some another, some none; blocks that are joined keep all three."""
    fixes = in_order(_month())
    names = ("d-aaaaaaaaaaaa", "d-bbbbbbbbbbbb", "d-cccccccccccc")
    device = np.where(np.arange(len(fixes)) % 7 == 3, -1, fixes.time // 60_000 % 2)
    device = np.where(fixes.person == 1, -1, device)  # B's file says none
    told = replace(fixes, devices=names, device=device.astype(np.int32))
    one, other = TraceStore(tmp_path / "a.gpkg"), TraceStore(tmp_path / "b.gpkg")
    one.add(told, CHINA)
    for part in np.array_split(np.random.default_rng(2).permutation(len(told)), 3):
        other.add(told.take(part), CHINA)
    for store in (one, other):
        back = _all(store)
        assert back.devices == names[:2]  # the third is nobody's
        assert back.frame()["device_id"].tolist() == told.frame()["device_id"].tolist()
        assert store.add(told, CHINA) == 0


def test_a_month_and_the_days_beside_it_unpack_no_more_than_they_need(tmp_path, monkeypatch):
    rng = np.random.default_rng(1)
    # 28 February to 2 April
    days = (-1, 0, 1, 2, 15, 31, 32, 33, 45)
    fixes = fixes_of([("A", start_of(day, 8), sampled(walk(rng, 60), 15)) for day in days])
    store = TraceStore(tmp_path / "county.gpkg")
    store.add(fixes, CHINA)
    seen = []
    monkeypatch.setattr(
        "linzhang_plugin.workspace.traces.unpacked", lambda data: seen.append(1) or unpacked(data)
    )
    back = store.read(day_number("2025-02-28"), day_number("2025-04-01"), CHINA, ("A",))
    day = CHINA.day(back.time)
    assert (day.min(), day.max()) == (day_number("2025-02-28"), day_number("2025-04-01"))
    # March's first day, its first two 旬 and its last; of other months only 28 February, 1 April
    assert len(seen) == 6


def test_the_stamp_follows_the_content_of_the_days_only(tmp_path):
    rng = np.random.default_rng(1)
    walks = {d: ("A", start_of(d, 8), sampled(walk(rng, 60), 15)) for d in (1, 5, 33, 40)}
    store, hour = TraceStore(tmp_path / "county.gpkg"), 3_600_000
    span = day_number("2025-02-28"), day_number("2025-04-01"), CHINA, ("A",), hour, hour

    def stamp():
        return store.stamp(*span)

    store.add(fixes_of([walks[1]]), CHINA)
    first = stamp()
    assert store.add(fixes_of([walks[1]]), CHINA) == 0 and stamp() == first
    store.add(fixes_of([walks[33], walks[40]]), CHINA)  # 2 and 9 April
    assert stamp() == first
    store.add(fixes_of([("B", *walks[5][1:])]), CHINA)
    assert stamp() == first
    store.add(fixes_of([walks[5]]), CHINA)
    second = stamp()
    assert second != first
    # a patrol over midnight of the last day may go on: what follows counts too
    late = ("A", start_of(32, 23.5), sampled(walk(rng, 59), 15))
    store.add(fixes_of([late]), CHINA)
    third = stamp()
    store.add(fixes_of([("A", start_of(34, 0.2), sampled(walk(rng, 60), 15))]), CHINA)
    assert len({second, third, stamp()}) == 3
