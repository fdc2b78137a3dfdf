"""Moments of many rows at once equal those read one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.readers.times import NO_TIME, parse_time, parse_times

FORMS = (
    "{0:%Y-%m-%dT%H:%M:%S}Z", "{0:%Y-%m-%d %H:%M:%S}", "{0:%Y-%m-%dT%H:%M:%S.%f}Z",
    "{0:%Y-%m-%dT%H:%M:%S}.125+08:00", "{0:%Y-%m-%dT%H:%M:%S}+0800", "{0:%Y-%m-%dT%H:%M:%S}-03",
    "{0.year}/{0.month}/{0.day} {0.hour}:{0:%M:%S}", "{0.year}/{0.month}/{0.day} {0.hour}:{0:%M}",
    "{0.year}年{0.month}月{0.day}日 {0.hour}时{0.minute}分{0.second}秒",
    "{0.year}年{0.month}月{0.day}日{0.hour}时",
    "{0.year}年{0.month}月{0.day}日 下午{1}:{0:%M:%S}",
    "{0.year}-{0.month}-{0.day} {1}:{0:%M:%S} PM",
    "{0.year}.{0.month}.{0.day} 上午{1}点{0.minute}分", "{0:%Y%m%d%H%M%S}", "{0:%Y%m%d%H%M%S}250",
    "{2}", "{2}000", "{2}.5", "{2}000000", "{3:.5f}", "{3:.0f}", "{0:%d/%m/%Y} {0:%H:%M:%S}",
    "{0:%Y-%m-%d}T24:00:00", "{0:%Y-%m-%d} 25:00:00", "{0:%Y-%m-%d}T10:61:00Z",
    "2025-02-30 08:00:00",
    "{0:%Y-%m-%d} {0:%H:%M:%S} ", '"{0:%Y-%m-%d %H:%M:%S}"', "x{0:%H:%M}", "",
    "99999999999999", "-5",
    "{0.year}年{0.month}月{0.day}日 星期三 {0.hour}:{0:%M}", "{0:%Y-%m-%d %H:%M:%S} UTC", "1.7e9",
    "{0:%Y-%m-%dT%H:%M:%S},5Z", "{0:%Y-%m-%dT%H:%M:%S}.Z", "{0:%Y-%m-%dT%H:%M:%S}.1234567891Z",
)  # fmt: skip


def _word(form: str, moment) -> str:
    seconds = int(moment.timestamp())
    return form.format(moment, moment.hour % 12 + 1, seconds, 25569 + seconds / 86400)


@given(
    st.lists(
        st.tuples(st.sampled_from(FORMS), st.datetimes().filter(lambda d: 1971 < d.year < 2099)),
        min_size=1,
        max_size=40,
    ),
    st.sampled_from(["Asia/Shanghai", "UTC", "Europe/Berlin", "UTC-3:30"]),
)
def test_mixed_rows_equal_rows_alone(rows, zone):
    words = [_word(form, moment) for form, moment in rows]
    clock = Clock(zone)
    assert parse_times(words, clock).tolist() == [parse_time(w, clock) for w in words]


@pytest.mark.parametrize("form", FORMS)
def test_many_rows_of_one_form_equal_rows_alone(form):
    rng = np.random.default_rng(1)
    moments = np.datetime64("2024-12-20T22:00") + rng.integers(0, 90 * 86400, 300).astype("m8[s]")
    words = [_word(form, moment) for moment in moments.tolist()]
    clock = Clock()
    assert parse_times(words, clock).tolist() == [parse_time(w, clock) for w in words]


def test_a_form_is_read_as_one_means_it():
    clock = Clock()
    goal = parse_time("2025-03-01T00:00:00Z", clock)
    for text in ("2025年3月1日 8时", "2025/3/1 8:00", "2025-03-01 08:00:00", "45717.333333"):
        assert parse_times([text] * 20, clock).tolist() == [goal] * 20, text
    assert parse_times(["2025-03-01 24:00:00"] * 9, clock)[0] == goal + 16 * 3_600_000
    assert parse_times(["2025-13-01 08:00:00"] * 9, clock)[0] == NO_TIME
