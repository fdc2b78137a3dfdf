"""Workbooks: what comes back is what went in; no text is a formula; the page is set up."""

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linzhang_plugin.core.messages import StoreError
from linzhang_plugin.core.tables.intake.sheets import read_sheets
from linzhang_plugin.printing.workbook import SAME, Column, Sheet, workbook_bytes, write_workbook

COLUMNS = (
    Column("序号", 6),
    Column("山头", 14, "包山"),
    Column("面积（亩）", 10, "包山", 1),
    Column("签字", 12),
)


def sheet(rows, **more):
    return Sheet("清单", "包山包人责任清单（示例）", COLUMNS, rows, **more)


def test_what_is_written_is_read_again_with_groups_and_merged_cells(tmp_path):
    path = tmp_path / "清单 示例.xlsx"
    write_workbook(path, [sheet([[1, "甲岭", 12.34, None], [SAME, "乙岭", 3, None],
                                 [2, "丙岭", 1.5, "x"]], notes=["说明：示例"])])  # fmt: skip
    names = {"no": "no 序号", "hill": "hill 山头", "mu": "mu 面积（亩）", "sign": "sign 签字"}
    found = read_sheets(path, names)
    assert found[0].titles == ["序号", "山头", "面积（亩）", "签字"]
    assert [row[:3] for row in found[0].rows] == [
        [1, "甲岭", 12.34], [1, "乙岭", 3], [2, "丙岭", 1.5],
    ]  # fmt: skip


def test_the_page_is_an_offices(tmp_path):
    path = tmp_path / "a.xlsx"
    write_workbook(path, [sheet([[1, "甲", 1.0, None]], notes=["a", "b"], footer=["填表人："])])
    page = openpyxl.load_workbook(path).active
    assert page.page_setup.orientation == "landscape"
    assert int(page.page_setup.paperSize) == 9
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows.replace("$", "") == "4:5"
    assert page["C6"].number_format == "0.0"
    assert page["A7"].value == "填表人："
    assert "B4:C4" in {str(r) for r in page.merged_cells.ranges}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(), st.integers(-(10**9), 10**9), st.text(max_size=12),
                st.sampled_from(["=1+1", "+86", "-x", "@cmd", "=HYPERLINK(\"a\")", "\t=1"]),
            ),
            min_size=4,
            max_size=4,
        ),
        max_size=5,
    )
)  # fmt: skip
def test_no_text_becomes_a_formula_or_breaks_the_file(tmp_path_factory, rows):
    import io

    page = openpyxl.load_workbook(io.BytesIO(workbook_bytes([sheet(rows)]))).active
    for number, cells in enumerate(rows, start=4):
        for index, value in enumerate(cells, start=1):
            cell = page.cell(number, index)
            assert cell.data_type != "f"
            if isinstance(value, int):
                assert cell.value == value


def test_the_same_tables_give_the_same_bytes():
    rows = [[1, "甲", 1.0, None]]
    assert workbook_bytes([sheet(rows)]) == workbook_bytes([sheet(rows)])


def test_names_of_tabs_and_a_folder_that_is_not_there(tmp_path):
    import io

    odd = [Sheet("a/b:*[x]" * 9, "", COLUMNS, []) for _ in range(2)]
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(odd)))
    assert len(set(book.sheetnames)) == 2
    blocked = tmp_path / "file"
    blocked.write_text("x")
    with pytest.raises(StoreError, match="xlsx"):
        write_workbook(blocked / "a.xlsx", odd)
