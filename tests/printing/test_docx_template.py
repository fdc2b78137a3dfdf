"""Own templates: what is filled, and hostile ones that are refused in one sentence."""

from __future__ import annotations

import struct
import time
import zipfile

import pytest

from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.patrols.notice_form import Notice, Sheet
from linzhang_plugin.printing.official_docx import fill_template, write_docx

DOCUMENT, LINKS = "word/document.xml", "word/_rels/document.xml.rels"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TOWNS = Sheet("履职情况表", ("镇", "人数"), (("示例镇", 3),), name="towns")
BOX = "<w:r><w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent></w:r>"


@pytest.fixture
def made(tmp_path):
    """Give a function that makes a template: text put into the body, links, other members."""
    plain = tmp_path / "plain.docx"
    write_docx(Notice("示例", "", "", "", True, ()), plain)

    def make(body="", links="", **members):
        path = tmp_path / "t.docx"
        with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
            for name in old.namelist():
                text = old.read(name).decode()
                text = text.replace("<w:body>", "<w:body>" + body)
                if name == LINKS:
                    text = text.replace("</Relationships>", links + "</Relationships>")
                new.writestr(name, members.pop(name, text))
            for name, data in members.items():
                new.writestr(name, data)
        return path

    return make


def _filled(path, tmp_path, **values):
    fill_template(path, values, tmp_path / "out.docx", (TOWNS,))
    return zipfile.ZipFile(tmp_path / "out.docx").read(DOCUMENT).decode()


def _link(kind, mode='TargetMode="External"'):
    return f'<Relationship Id="x{kind}" Type="{KINDS}/{kind}" Target="http://e.example/x" {mode}/>'


def test_only_marks_are_filled_and_nothing_is_run(made, tmp_path):
    code = "{{ 7*7 }} {% for x in y %} {{month.__class__}} {{month|attr('x')}} {{other}}"
    text = _filled(made(f"<w:p><w:r><w:t>{code} {{{{month}}}}</w:t></w:r></w:p>"), tmp_path,
                   month="<b>{{county}}</b>", county="示例区")  # fmt: skip
    assert f"{code} &lt;b&gt;{{{{county}}}}&lt;/b&gt;" in text


def test_a_mark_cut_into_runs_keeps_the_look_of_the_others(made, tmp_path):
    runs = "".join(
        f"<w:r><w:t>{words}</w:t></w:r>" for words in ("甲{{mo", "nth", "}}乙", "丙{{x}}")
    )
    text = _filled(made(f"<w:p>{runs}</w:p>"), tmp_path, month="3月\n4月", x="丁")
    kept = [">甲3月</w:t><w:br/>", ">4月</w:t>", "></w:t>", ">乙</w:t>", ">丙丁</w:t>"]
    places = [text.index(piece) for piece in kept]
    assert places == sorted(places)


def test_text_boxes_and_empty_paragraphs(made, tmp_path):
    body = f'<w:p w:x="1"/><w:p>{BOX.format("{{towns}}")}<w:r><w:t>{{{{month}}}}</w:t></w:r></w:p>'
    text = _filled(made(body), tmp_path, month="3月")
    box = text[text.index("<w:txbxContent>") : text.index("</w:txbxContent>")]
    assert "<w:tbl>" in box and "示例镇" in box and "3月" not in box
    assert text.startswith('<w:p w:x="1"/><w:p>', text.index("<w:body>") + 8)
    assert ">3月</w:t>" in text and text.count("<w:p>") == text.count("</w:p>")


@pytest.mark.parametrize("name", ["../../x", "/x", "word\\..\\x", "C:x", "word/vbaProject.bin"])
def test_members_outside_the_package(made, tmp_path, name):
    with pytest.raises(InputError, match="macros or links"):
        _filled(made(**{name: "x"}), tmp_path)


@pytest.mark.parametrize(
    "links",
    [
        _link("image"),
        _link("hyperlink") + _link("image"),
        _link("attachedTemplate", "TargetMode = 'External'"),
        _link("attachedTemplate", 'TargetMode="&#69;xternal"'),
        _link("oleObject", ""),
        _link("aFChunk", ""),
    ],
)
def test_links_that_word_follows_by_itself(made, tmp_path, links):
    with pytest.raises(InputError, match="macros or links"):
        _filled(made(links=links), tmp_path)


def test_a_link_to_be_clicked_is_allowed(made, tmp_path):
    code = "<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>"
    page = f'<w:p><w:fldSimple w:instr=" PAGE "/>{code}</w:p>'
    assert "HYPERLINK x" in _filled(made(page, _link("hyperlink")), tmp_path)


@pytest.mark.parametrize(
    "field",
    [
        '<w:fldSimple w:instr=" INCLUDETEXT x"/>',
        "<w:r><w:instrText>DDE</w:instrText></w:r><w:r><w:instrText>AUTO x</w:instrText></w:r>",
    ],
)
def test_fields_that_fetch_or_start_something(made, tmp_path, field):
    with pytest.raises(InputError, match="macros or links"):
        _filled(made(f"<w:p>{field}</w:p>"), tmp_path)


def test_entities_are_refused_wherever_they_are_declared(made, tmp_path):
    late = f"<?xml version='1.0'?><!--{'x' * 9000}--><!DOCTYPE a [<!ENTITY b 'c'>]><a/>"
    with pytest.raises(InputError, match="macros or links"):
        _filled(made(**{"word/styles.xml": late}), tmp_path)


@pytest.mark.parametrize(
    "body", ["<w:p >" * 60_000, "<w:p>{{" + "<w:t>" * 60_000, "<w:p>{{" + "<w:t>x</w:t>" * 60_000]
)
def test_damaged_and_endless_texts_end_at_once(made, tmp_path, body):
    start = time.process_time()
    with pytest.raises(InputError, match=r"damaged \(word/document.xml\)"):
        _filled(made(body), tmp_path)
    assert time.process_time() - start < 2


def test_many_marks_in_one_paragraph_take_no_more_than_their_number(made, tmp_path):
    start = time.process_time()
    text = _filled(made("<w:p>" + "<w:r><w:t>{{x}} {{</w:t></w:r>" * 20_000 + "</w:p>"), tmp_path,
                   x="1")  # fmt: skip
    assert text.count(">1 {{</w:t>") == 20_000 and time.process_time() - start < 5


def test_other_encodings_and_archives(made, tmp_path):
    wide = "<?xml version='1.0' encoding='UTF-16'?><a/>".encode("utf-16")
    with pytest.raises(InputError, match="damaged"):
        _filled(made(**{DOCUMENT: wide}), tmp_path)
    for place, value in ((8, 1), (10, 99)):  # encrypted; an unknown compression
        path = made()
        data = bytearray(path.read_bytes())
        at = -1
        while (at := data.find(b"PK\1\2", at + 1)) >= 0:
            data[at + place] = value
        path.write_bytes(data)
        with pytest.raises(InputError, match="no DOCX"):
            _filled(path, tmp_path)


def test_sizes_are_capped_whatever_the_archive_says(made, tmp_path):
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(DOCUMENT, b"0" * (60 << 20))
    with pytest.raises(InputError, match="too large"):
        _filled(path, tmp_path)
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\1\2", 24), (b"PK\3\4", 22)):
        at = data.find(mark)
        data[at + place : at + place + 4] = struct.pack("<I", 100)
    path.write_bytes(data)
    with pytest.raises(InputError, match="no DOCX"):
        _filled(path, tmp_path)
    with pytest.raises(InputError, match="too large"):
        _filled(made(**{f"x{n}": "" for n in range(4000)}), tmp_path)
