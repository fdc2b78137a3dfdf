from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.tables.reports import LONGEST, Report, shown


class Reader(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.tags, self.texts = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.texts.append(data)


@given(st.text(max_size=60))
def test_nothing_from_a_file_becomes_markup(text):
    report = Report(text)
    report.head(text)
    report.say(Message("{layer} was read.", {"layer": text}), "warning")
    report.table([text], [[text]])
    tags = {tag for tag, _ in Reader(report.html()).tags}
    assert tags <= {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "h1",
        "h2",
        "p",
        "table",
        "tr",
        "th",
        "td",
    }


def test_script_is_shown_as_text():
    report = Report("x")
    report.table(["field"], [["<script>alert(1)</script>"]])
    assert "<script>" not in report.html()
    assert "<script>alert(1)</script>" in Reader(report.html()).texts


def test_sentences_are_translated_at_the_rim():
    report = Report(Message("Import of stands"))
    report.say(Message("{n} rows were refused.", {"n": 2}))
    chinese = {"Import of stands": "小班导入", "{n} rows were refused.": "退回 {n} 行。"}
    page = report.html(lambda text: chinese.get(text, text))
    assert "小班导入" in page
    assert "退回 2 行。" in page


def test_long_tables_are_cut_and_counted_and_empty_ones_left_out():
    report = Report("x")
    report.table(["n"], [[i] for i in range(LONGEST + 7)])
    report.table(["never"], [])
    page = report.html()
    assert page.count("<td") == LONGEST
    assert "7 more rows" in page
    assert "never" not in page


def test_numbers_and_missing_values():
    assert shown(12345) == "12,345"
    assert shown(1234.5) == "1,234.5"
    assert shown(0.0) == "0"
    assert shown(float("nan")) == shown(None) == "–"
    assert shown("360702104001") == "360702104001"
    assert shown(True) == "True"
