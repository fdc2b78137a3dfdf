from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.tables.intake.encoding import GB, codec_of, dbf_codec, decoded, detect


def dbf(path, names, rows, codec, width=20):
    """Write a DBF of text fields as ArcGIS does: names and cells cut to bytes."""
    head = struct.pack(
        "<BBBBIHH20x", 3, 124, 1, 1, len(rows), 32 + 32 * len(names) + 1, 1 + width * len(names)
    )
    fields = b"".join(
        name.encode(codec)[:10].ljust(11, b"\0") + b"C" + b"\0" * 4 + bytes([width]) + b"\0" * 15
        for name in names
    )
    body = b"".join(
        b" " + b"".join(cell.encode(codec)[:width].ljust(width) for cell in row) for row in rows
    )
    path.write_bytes(head + fields + b"\r" + body + b"\x1a")
    return path


TEXT = [("乡镇名称", "优势树种"), [("沙河镇", "马尾松"), ("水西镇", "5-林木采伐")]]


@pytest.mark.parametrize("codec", ["gbk", "utf-8"])
def test_without_cpg_the_bytes_tell(tmp_path, codec):
    path = dbf(tmp_path / "小 班.dbf", *TEXT, codec)
    assert dbf_codec(path) == (GB if codec == "gbk" else "utf-8")
    assert dbf_codec(path.with_suffix(".shp")) == dbf_codec(path)


def test_a_right_cpg_is_believed_and_a_wrong_one_is_not(tmp_path):
    path = dbf(tmp_path / "a.dbf", *TEXT, "gbk")
    path.with_suffix(".cpg").write_text("GBK")
    assert dbf_codec(path) == GB
    path.with_suffix(".cpg").write_text("UTF-8")
    assert dbf_codec(path) == GB


def test_a_wish_wins_and_an_unknown_one_is_refused(tmp_path):
    path = dbf(tmp_path / "a.dbf", *TEXT, "gbk")
    assert dbf_codec(path, "UTF-8") == "utf-8"
    assert dbf_codec(path, "auto") == GB
    with pytest.raises(InputError, match="Encoding klingon is unknown"):
        dbf_codec(path, "klingon")


def test_characters_cut_at_the_end_of_a_utf8_cell_do_not_spoil_the_judgement(tmp_path):
    rows = [("国家特别规定灌木林地" * 3, "a")] * 4
    path = dbf(tmp_path / "a.dbf", ("地类", "b"), rows, "utf-8", width=20)
    assert dbf_codec(path) == "utf-8"


def test_ascii_only_is_utf8_and_an_empty_dbf_is_harmless(tmp_path):
    assert dbf_codec(dbf(tmp_path / "a.dbf", ("XIANG",), [("104",)], "ascii")) == "utf-8"
    empty = tmp_path / "b.dbf"
    empty.write_bytes(b"")
    assert dbf_codec(empty) == "utf-8"


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("GBK", GB),
        ("CP936", GB),
        ("ANSI 936", GB),
        ("65001", "utf-8"),
        ("UTF8", "utf-8"),
        ("big5", "big5"),
        ("x", ""),
    ],
)
def test_names_of_encodings(name, codec):
    assert codec_of(name) == codec


@given(
    st.text(
        alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=4, max_size=30
    )
)
def test_bytes_read_as_latin1_decode_back(text):
    for codec in ("gb18030", "utf-8"):
        raw = text.encode(codec)
        assert decoded(raw.decode("latin-1"), codec) == text
        assert decoded(raw[:-1].decode("latin-1"), codec) == text[:-1]


@given(st.text(alphabet="马尾松杉木阔叶竹沙河镇龙村", min_size=2, max_size=40))
def test_detection_is_right_for_forestry_words(text):
    assert detect(text.encode("utf-8"), whole=True) == "utf-8"
    assert detect(text.encode("gbk"), whole=True) == GB


def test_values_that_are_no_texts_stay():
    assert decoded(4, GB) == 4
    assert decoded(None, GB) is None
    assert decoded("沙河", GB) == "沙河"
