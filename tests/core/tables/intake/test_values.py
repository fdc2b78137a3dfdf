from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhang_plugin.core.tables.intake import values
from linzhang_plugin.core.tables.intake.attributes import canopy, coded, slopes, volumes


@pytest.mark.parametrize(
    ("delivered", "width", "code"),
    [
        (104, 3, "104"), (4.0, 3, "004"), ("４", 3, "004"), ("5-林木采伐", 0, "5"),
        ("0111", 4, "0111"),
        ("0111-乔木林地", 0, "0111"), ("乔木林地(0111)", 0, "0111"), ("12-1", 5, "12-1"),
        (None, 4, ""),
        ("<Null>", 4, ""), (" 00012\x00", 5, "00012"), (float("nan"), 3, ""), ("7.0", 4, "0007"),
    ],
)  # fmt: skip
def test_codes_keep_or_regain_their_zeros(delivered, width, code):
    assert values.codes(pd.Series([delivered], dtype=object), width) == [code]


@given(st.integers(0, 99_999))
def test_a_number_stored_without_zeros_is_the_padded_code(number):
    column = pd.Series([number, float(number), f"{number:05d}", str(number)], dtype=object)
    assert set(values.codes(column, 5)) == {f"{number:05d}"}


def test_numbers():
    got = values.numbers(pd.Series(["1,234.5", "", "abc", None, 3], dtype=object))
    np.testing.assert_array_equal(got, [1234.5, np.nan, np.nan, np.nan, 3])


def test_names_and_old_codes_become_codes():
    assert coded("sen_lin_lb", ["011", "12", "一般商品林", "22-一般商品林", ""]) == [
        "11",
        "12",
        "22",
        "22",
        None,
    ]
    assert coded("shi_quan_d", ["1", "2", "10", "国家级"]) == ["10", "20", "10", "10"]
    assert coded("gjgyl_bhdj", ["3", "Ⅰ", "二级"]) == ["2", "1", "2"]
    assert coded("bh_dj", ["Ⅳ", "2", "III级"]) == ["4", "2", "3"]
    assert coded("qi_yuan", ["植苗", "13", "天然"]) == ["21", "13", "10"]


def test_slope_classes_names_and_degrees():
    assert slopes(["1", "Ⅵ", "陡", "3-斜", "", "9"])[0][:5] == ["1", "6", "4", "3", None]
    classes, degrees = slopes(["4", "15", "52.5", ""])
    assert classes == ["1", "3", "6", None]
    np.testing.assert_array_equal(degrees, [4, 15, 52.5, np.nan])


def test_slope_class_out_of_range_is_no_class():
    assert slopes(["0", "x", "3"])[0] == [None, None, "3"]


def test_canopy_in_tenths_or_percent():
    np.testing.assert_allclose(canopy(pd.Series([0.3, 0.9])), [0.3, 0.9])
    np.testing.assert_allclose(canopy(pd.Series([30, 90, 250])), [0.3, 0.9, np.nan])


def test_own_volume_wins_over_volume_a_hectare():
    columns = {"volume": pd.Series([12.0, None, -1]), "volume_ha": pd.Series([5.0, 5.0, 5.0])}
    np.testing.assert_allclose(volumes(columns, np.full(3, 20_000.0)), [12, 10, np.nan])
