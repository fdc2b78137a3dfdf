"""Codes: order, kept codes, retired codes, towns, and names."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from linzhang_plugin.core.grids.naming import grid_names, label_of
from linzhang_plugin.core.grids.numbering import (
    CODE,
    county6_of,
    kept_codes,
    number_grids,
    serpentine,
    town3_of,
)


def facts(n: int, **columns) -> pd.DataFrame:
    base = {"town_code": ["360702104"] * n, "previous_code": [""] * n, "kept_mu": np.zeros(n),
            "before_mu": np.zeros(n)}  # fmt: skip
    return pd.DataFrame({**base, **columns})


def test_rows_run_north_to_south_and_back_and_forth():
    xy = np.array([[0, 10], [10, 10], [20, 10], [0, 0], [10, 0], [20, 0]], dtype=float)
    assert serpentine(xy, 10.0).tolist() == [0, 1, 2, 5, 4, 3]


def test_codes_follow_the_serpentine():
    xy = np.array([[20, 0], [0, 0], [0, 10], [20, 10]], dtype=float)
    codes = number_grids(facts(4), xy, np.full(4, 10.0), "360702")
    assert codes == ["360702104W003", "360702104W004", "360702104W001", "360702104W002"]


def test_half_of_last_years_mu_keeps_the_code():
    frame = facts(3, previous_code=["360702104W007", "360702104W008", ""],
                  kept_mu=[50.0, 49.0, 0.0], before_mu=[100.0, 100.0, 0.0])  # fmt: skip
    codes = number_grids(frame, np.array([[0, 9], [0, 5], [0, 1]], dtype=float), np.ones(3),
                         "360702", ["360702104W007", "360702104W008"])  # fmt: skip
    assert codes == ["360702104W007", "360702104W001", "360702104W002"]


def test_retired_codes_are_never_issued_again():
    used = [f"360702104W{i:03d}" for i in (1, 2, 4)]
    codes = number_grids(
        facts(2), np.array([[0, 9], [0, 1]], dtype=float), np.ones(2), "360702", used
    )
    assert codes == ["360702104W003", "360702104W005"]


def test_a_code_claimed_twice_goes_to_the_larger_part():
    frame = facts(2, previous_code=["A", "A"], kept_mu=[50.0, 60.0], before_mu=[100.0, 100.0])
    assert kept_codes(frame).tolist() == ["", "A"]


def test_towns_give_their_three_digits():
    assert town3_of(["360702104", "360702105001"]) == {"360702104": "104", "360702105001": "105"}
    assert town3_of([""]) == {"": "000"}
    named = town3_of(["沙河镇", "水西镇", "104"])
    assert named["104"] == "104" and sorted(named.values()) == ["104", "901", "902"]
    # Two counties with the same town number do not share codes.
    both = town3_of(["360702104", "360703104"])
    assert len(set(both.values())) == 2
    assert county6_of(["360702104", "360702105", "360703104"]) == "360702"
    assert county6_of(["x"], "360999") == "360999"


def test_names_are_short_and_chinese_where_the_town_is_known():
    assert label_of("360702104W012") == "104-012"
    assert grid_names(["360702104W012"], [None], ["沙河镇"]) == ["沙河-012"]
    assert grid_names(["360702104W012"], ["龙村"]) == ["龙村-012"]
    assert grid_names(["360702104W012"], ["360702104201"]) == ["104-012"]


@given(st.integers(0, 5000), st.integers(1, 40))
def test_codes_are_unique_well_formed_and_repeatable(seed, n):
    rng = np.random.default_rng(seed)
    towns = [f"36070210{t}" for t in rng.integers(0, 3, n)]
    old = [f"{t}W{rng.integers(1, 30):03d}" if rng.random() < 0.6 else "" for t in towns]
    frame = facts(n, town_code=towns, previous_code=old, kept_mu=rng.uniform(0, 100, n),
                  before_mu=np.full(n, 100.0))  # fmt: skip
    xy, high = rng.uniform(0, 1e4, (n, 2)), rng.uniform(100, 2000, n)
    used = [f"36070210{t}W{i:03d}" for t in range(3) for i in rng.integers(1, 40, 10)]
    codes = number_grids(frame, xy, high, "360702", used)
    assert codes == number_grids(frame, xy, high, "360702", used)
    assert len(set(codes)) == n
    for row, code in enumerate(codes):
        found = CODE.match(code)
        assert found and found[1] + found[2] == towns[row]
        kept = code == old[row] and frame["kept_mu"][row] >= 50.0
        assert kept or code not in set(used)
