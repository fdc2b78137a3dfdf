"""Cells of office lists as values: what is understood, what is told and left empty."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from linzhang_plugin.core.tables.intake.sheets import Sheet
from linzhang_plugin.core.tables.intake.typed import cell_text, is_total, read_rows, typed
from linzhang_plugin.core.tables.schema import BARE_SLOPE, BARE_SLOPE_CHECK

ALIASES = {"site_code": "site_code 编号", "budget_wan": "budget_wan 投资", "own": "own 其他"}


def read(name, *values, table=BARE_SLOPE):
    findings = []
    texts = [cell_text(v) for v in values]
    return typed(table, name, texts, list(range(1, len(texts) + 1)), findings), findings


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-03-01", "2026-03-01"), ("2026/3/1", "2026-03-01"), ("2026年3月1日", "2026-03-01"),
        ("20260301", "2026-03-01"), ("2026.3", "2026-03-01"), (46082, "2026-03-01"),
        (46082.0, "2026-03-01"), (datetime(2026, 3, 1), "2026-03-01"),
        (date(2026, 3, 1), "2026-03-01"), (datetime(2026, 3, 1, 9, 30), "2026-03-01"),
    ],
)  # fmt: skip
def test_days_in_every_usual_writing(value, day):
    assert read("plan_end", value) == ([day], [])


@pytest.mark.parametrize("value", ["去年", "2026-13-01", "99", "2026-02-30"])
def test_what_is_no_day_is_told(value):
    made, findings = read("plan_end", value)
    assert made == [None]
    assert value in str(findings[0].text)


@pytest.mark.parametrize(
    ("value", "number"),
    [("12.5万元", 12.5), ("1,200", 1200.0), (3, 3.0), ("２", 2.0), ("-4", None), ("约5", None)],
)
def test_numbers_with_their_units_and_range(value, number):
    made, findings = read("budget_wan", value)
    assert made == [number]
    assert bool(findings) == (number is None)


def test_yes_no_and_neither():
    made, findings = read("passed", "合格", "不合格", "是", 0, "也许", table=BARE_SLOPE_CHECK)
    assert made == [True, False, True, False, None]
    assert [f.row for f in findings] == [5]


def test_codes_by_code_name_and_both():
    made, findings = read("cause", "1", "采石", "04-道路边坡", "Mine", "雷劈")
    assert made == ["01", "01", "04", "05", None]
    assert [f.kind for f in findings] == ["code"]


def test_totals_and_lines_across_the_page_are_no_rows():
    assert is_total(["合 计", None, 12])
    assert is_total(["审核人："] * 5)
    assert not is_total(["A", "A", "A"])
    findings = []
    cells = [["A", "3万元", "b", None], ["合计", 3, None, 1], ["制表：示例"] * 4]
    sheet = Sheet("s", ["编号", "投资", "其他", "x"], cells, [3, 4, 5])
    table, _ = read_rows([sheet], ALIASES, BARE_SLOPE, {}, findings)
    assert table.to_dict("records") == [{"row": 3, "site_code": "A", "budget_wan": 3.0, "own": "b"}]
    assert findings == []
