"""Names in place of codes, and nothing else touched."""

from __future__ import annotations

import pandas as pd
import pytest

from linzhang_plugin.core.tables.unit_names import with_unit_names

UNITS = pd.DataFrame(
    {
        "unit_code": ["360702", "360702100", "360702100205", "360702100206"],
        "unit_name": ["示例区", "云岭镇", "上坪村", None],
    }
)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("360702100205", "上坪村"),
        ("360702100205、360702100", "上坪村、云岭镇"),
        ("林缘、360702100界", "林缘、云岭镇界"),
        ("360702100206", "360702100206"),
        ("360702999", "360702999"),
        ("3607021002051", "3607021002051"),
        ("网格 100-007", "网格 100-007"),
        ("", ""),
        (None, None),
    ],
)
def test_known_codes_become_names(code, text):
    named = with_unit_names(pd.DataFrame({"villages": [code]}, dtype=object), UNITS)
    assert named["villages"].tolist() == [text]


def test_codes_that_are_keys_stay_and_the_input_is_left_alone():
    grid = pd.DataFrame({"grid_code": ["360702100W001"], "town_code": ["360702100"],
                         "bound_n": ["360702100"]})  # fmt: skip
    before = grid.copy()
    named = with_unit_names(grid, UNITS)
    assert named["town_code"].tolist() == ["360702100"]
    assert named["grid_code"].tolist() == ["360702100W001"]
    assert named["bound_n"].tolist() == ["云岭镇"]
    pd.testing.assert_frame_equal(grid, before)
