"""Lists of checks as offices write them."""

from datetime import date, datetime

import pytest

from linzhang_plugin.core.slopes.checkintake import intake_checks, kind_of
from linzhang_plugin.core.tables.intake.sheets import Sheet

TODAY = date(2026, 6, 1)


def read(titles, *rows, **more):
    sheet = Sheet("检查", titles, [list(r) for r in rows], list(range(3, 3 + len(rows))))
    return intake_checks([sheet], {}, {"A", "B"}, TODAY, **more)


def test_a_chinese_list_is_understood():
    made = read(
        ["图斑编号", "检查日期", "检查类别", "植被覆盖率", "成活率", "是否合格", "检查人"],
        ["A", datetime(2026, 3, 1), "竣工验收", "85%", 91, "合格", "示例甲"],
        ["A", "2026年5月30日", "3个月检查", 60.0, None, "不合格", None],
        ["B", 46082, "三十六个月", None, 0.5, "是", None],
        ["合计", None, None, None, None, None, None],
    )
    assert made.findings == []
    assert made.frame.kind.tolist() == ["acceptance", "month_3", "month_36"]
    assert made.frame.check_on.tolist() == ["2026-03-01", "2026-05-30", "2026-03-01"]
    assert made.frame.passed.tolist() == [True, False, True]
    assert made.frame.cover_pct.tolist()[:2] == [85.0, 60.0]


def test_shares_of_a_percent_format_are_percents():
    made = read(["编号", "日期", "类别", "覆盖率"], ["A", "2026-01-01", "验收", 0.85],
                ["B", "2026-01-01", "验收", 0.6])  # fmt: skip
    assert made.frame.cover_pct.tolist() == pytest.approx([85.0, 60.0])
    assert "shares" in str(made.findings[0].text)


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (["C", "2026-01-01", "验收", 80, "是"], "C"),
        (["A", "2026-07-01", "验收", 80, "是"], "2026-06-01"),
        (["A", None, "验收", 80, "是"], "day"),
        (["A", "2026-01-01", None, 80, "是"], "kind"),
        (["A", "2026-01-01", "验收", None, None], "neither"),
    ],
)
def test_rows_that_prove_nothing_are_refused(row, word):
    made = read(["编号", "日期", "类别", "覆盖率", "是否合格"], row)
    assert (made.n_refused, len(made.frame)) == (1, 0)
    assert word in str(made.findings[0].text)
    assert made.findings[0].row == 3


def test_a_proof_by_imagery_gets_kind_and_day_from_the_run():
    made = read(["site_code", "cover_percent", "passed"], ["A", 82.5, True], ["A", 3.0, False],
                kind="imagery", day="2026-05-01")  # fmt: skip
    assert made.frame[["kind", "check_on"]].to_numpy(object).tolist() == [["imagery", "2026-05-01"]]
    assert made.n_refused == 1


@pytest.mark.parametrize(
    ("written", "kind"),
    [("month_12", "month_12"), ("12 个月", "month_12"), ("一年期检查", "month_12"),
     ("日常巡查", "visit"), ("遥感核验", "imagery"), ("七个月", None)],
)  # fmt: skip
def test_kinds(written, kind):
    assert kind_of(written) == kind
