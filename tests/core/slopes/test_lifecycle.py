"""Legal and illegal moves, dates of checks."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.slopes import lifecycle as life


def test_the_straight_way_from_suspicion_to_closing():
    way = [
        life.SUSPECTED,
        life.VERIFIED,
        life.APPROVED,
        life.WORKING,
        life.WAITING,
        life.PASSED,
        life.TENDING,
        life.CLOSED,
    ]
    for current, following in pairwise(way):
        assert life.move(current, following) == following


@pytest.mark.parametrize(
    ("current", "following"),
    [
        (life.SUSPECTED, life.PASSED),
        (life.APPROVED, life.PASSED),
        (life.WORKING, life.CLOSED),
        (life.CLOSED, life.PASSED),
        (life.MENDING, life.PASSED),
    ],
)
def test_nothing_skips_acceptance(current, following):
    with pytest.raises(InputError, match=life.NAMES[following]):
        life.move(current, following)


def test_every_status_can_be_reached_and_left():
    reached = {life.SUSPECTED}
    while True:
        more = reached | {f for c in reached for f in life.MOVES[c]}
        if more == reached:
            break
        reached = more
    assert reached == set(life.NAMES) == set(life.MOVES)
    assert all(life.MOVES.values())


@pytest.mark.parametrize(
    ("written", "code"),
    [("疑似", "suspected"), (" 施工中", "working"), ("已销号", "closed"), ("tending", "tending")],
)
def test_registers_write_statuses_in_their_own_way(written, code):
    assert life.status_of(written) == code


def test_an_unknown_status_is_named():
    with pytest.raises(InputError, match="半拉子"):
        life.status_of("半拉子")


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2021, 11, 30), 3, date(2022, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2021, 1, 31), 36, date(2024, 1, 31)),
        (date(2021, 12, 5), 1, date(2022, 1, 5)),
    ],
)
def test_months_end_where_the_calendar_does(day, months, expected):
    assert life.months_after(day, months) == expected


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_months_add_up(day, months):
    after = life.months_after(day, months)
    assert (after.year - day.year) * 12 + after.month - day.month == months
    assert after.day <= day.day


def test_checks_due():
    due = life.checks_due(date(2021, 3, 10), (3, 12, 36), 1, date(2022, 6, 1))
    assert due == [date(2022, 3, 10)]
    assert life.checks_due(date(2021, 3, 10), (3, 12, 36), 0, date(2021, 6, 9)) == []
