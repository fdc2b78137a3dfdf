"""The notice as a Word file: figures unbroken, the signature never alone on its page."""

from __future__ import annotations

import re
import zipfile

import pytest

from linzhang_plugin.core.patrols.notice_form import Notice, Sheet
from linzhang_plugin.printing.official_docx import write_docx

TYPE_AREA = 156 / 25.4 * 1440
LETTER = 5.5 * 20
"""Breadth of a Latin letter at 11 points, in twentieths of a point as Word counts."""


@pytest.fixture
def document(tmp_path) -> str:
    towns = Sheet(
        "各镇（街道）履职情况表",
        ("镇（街道）", "在岗人数", "上线率", "平均上线巡护率", "名次"),
        (("示例国有林场", 12, "100.00%", "66.13%", 1), ("示例青岭镇", 8, "96.88%", "7.5%", 2)),
    )
    people = Sheet("未达标人员表", ("姓名", "原因"), (("示例甲", "有效17天"),), annex=True)
    notice = Notice(
        title="关于2025年3月护林员履职情况的通报",
        number="",
        issuer="示例区林长制办公室",
        date="2025年4月2日",
        public=False,
        parts=(("一、总体情况", ("甲。", "乙。"), (towns, people)), ("二、说明", ("丙。",), ())),
    )
    write_docx(notice, tmp_path / "n.docx")
    return zipfile.ZipFile(tmp_path / "n.docx").read("word/document.xml").decode()


def test_no_figure_needs_a_second_line(document):
    grid = re.search("<w:tblGrid>(.*?)</w:tblGrid>", document)
    assert grid is not None
    widths = [int(w) for w in re.findall(r'w:w="(\d+)"', grid[1])]
    assert sum(widths) == pytest.approx(TYPE_AREA, abs=5)
    for width, letters in zip(widths, (12, 2, 7, 6, 1), strict=True):
        assert width >= (letters + 1.9) * LETTER


def test_the_signature_keeps_a_line_of_the_text_on_its_page(document):
    paragraphs = re.findall(r"<w:p>.*?</w:p>", document)
    texts = ["".join(re.findall(r"<w:t [^>]*>(.*?)</w:t>", p)) for p in paragraphs]
    first = texts.index("丙。")
    last = texts.index("2025年4月2日")
    assert last - first >= 3
    assert all("<w:keepNext/>" in p for p in paragraphs[first:last])
    assert "<w:keepNext/>" not in paragraphs[last]
