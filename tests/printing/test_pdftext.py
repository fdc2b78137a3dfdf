"""PDF text: radicals become characters, offsets stay right, broken files are refused."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib

import pytest

from linzhang_plugin.core.messages import StoreError
from linzhang_plugin.printing.pdftext import character, check, page_count, repair, repaired_map


def pdf(cmap: bytes, packed: bool = True, indirect: bool = True) -> bytes:
    """Write a PDF as Qt does: one object after the other and a plain table."""
    stream = zlib.compress(cmap) if packed else cmap
    filter_ = b"/Filter /FlateDecode" if packed else b""
    length = b"3 0 R" if indirect else b"%d" % len(stream)
    objects = [
        b"1 0 obj\n<< /Type /Page >>\nendobj\n",
        b"2 0 obj\n<< /Length "
        + length
        + filter_
        + b" >>\nstream\n"
        + stream
        + b"\nendstream\nendobj\n",
        b"3 0 obj\n%d\nendobj\n" % len(stream),
        b"4 0 obj\n<< /CreationDate (D:20990101120000+08'00') >>\nendobj\n",
    ]
    body = b"%PDF-1.4\n"
    rows = b"0000000000 65535 f \n"
    for item in objects:
        rows += b"%010d 00000 n \n" % len(body)
        body += item
    return (
        body
        + b"xref\n0 5\n"
        + rows
        + b"trailer\n<< /Size 5 >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    )


def objects_by_table(data: bytes) -> dict[int, bytes]:
    """Read the objects where the cross-reference table says that they are."""
    start = int(re.search(rb"startxref\s+(\d+)", data).group(1))
    assert data[start : start + 4] == b"xref"
    count = int(re.match(rb"xref\n0 (\d+)\n", data[start:]).group(1))
    rows = data[data.index(b"\n", start + 5) + 1 :].split(b"\n")[:count]
    return {n: data[int(row[:10]) :] for n, row in enumerate(rows) if row.endswith(b"n ")}


CMAP = (
    b"/CIDInit begincmap\n1 beginbfrange\n<0000> <0002> [<2F2D> <7F51> <2EDA>]\nendbfrange\nendcmap"
)


@pytest.mark.parametrize(
    ("radical", "sign"), [(0x2F2D, "山"), (0x2F79, "网"), (0x2EDA, "页"), (0x5C71, "山"), (65, "A")]
)
def test_radicals_become_characters(radical, sign):
    assert chr(character(radical)) == sign


def test_both_forms_of_maps_are_rewritten_and_glyphs_are_left_alone():
    made = repaired_map(b"<2F2D> <2F2D>\n<0001> <0003> [<2F2D> <2F79> <9AD8>]\nother <2F2D>")
    assert made == b"<2F2D> <5C71>\n<0001> <0003> [<5C71> <7F51> <9AD8>]\nother <2F2D>"


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("indirect", [True, False])
def test_repair_keeps_every_object_where_the_table_says(packed, indirect):
    made = repair(pdf(CMAP, packed, indirect), "2024-03-20")
    found = objects_by_table(made)
    assert sorted(found) == [1, 2, 3, 4]
    for number, data in found.items():
        assert data.startswith(b"%d 0 obj" % number)
    stream = found[2][found[2].index(b"stream\n") + 7 : found[2].index(b"\nendstream")]
    text = zlib.decompress(stream) if packed else stream
    assert b"<5C71> <7F51> <9875>" in text
    if indirect:
        assert int(found[3].split(b"\n")[1]) == len(stream)
    assert b"(D:20240320000000Z)" in found[4]


def test_a_right_map_is_left_as_it_is():
    right = CMAP.replace(b"2F2D", b"5C71").replace(b"2EDA", b"9875")
    data = pdf(right)
    assert objects_by_table(repair(data))[2][:80] == objects_by_table(data)[2][:80]


def test_the_date_makes_the_file_the_same_at_any_time():
    one = pdf(CMAP)
    other = one.replace(b"20990101120000", b"20980202130000")
    assert repair(one, "2024-03-20") == repair(other, "2024-03-20")


def test_something_else_is_refused():
    with pytest.raises(StoreError, match="structure"):
        repair(b"no pdf at all")


def test_pages_are_counted_and_missing_ones_told(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(CMAP) + b" ")
    assert page_count(path.read_bytes()) == 1
    check(path, 1, least=10)
    with pytest.raises(StoreError, match="1 pages instead of 2"):
        check(path, 2, least=10)
    path.write_bytes(pdf(CMAP)[:-20])
    with pytest.raises(StoreError, match="incomplete"):
        check(path, 1, least=10)
    with pytest.raises(StoreError, match="incomplete"):
        check(tmp_path / "none.pdf", 1)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_text_in_noto_is_found_after_repair(qgis_app, tmp_path):
    from qgis.core import QgsFontUtils
    from qgis.PyQt.QtGui import QFont, QPainter, QPdfWriter

    family = "Noto Sans CJK SC"
    if not QgsFontUtils.fontFamilyOnSystem(family):
        pytest.skip(f"{family} is not installed")
    words = "山高网格图见页长门马龙风黄小大人水火木土石田禾竹"
    path = tmp_path / "noto.pdf"
    writer = QPdfWriter(str(path))
    painter = QPainter(writer)
    painter.setFont(QFont(family, 20))
    painter.drawText(200, 400, words)
    painter.end()
    path.write_bytes(repair(path.read_bytes(), "2024-01-01"))
    done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True)
    assert words in done.stdout.replace("\n", "")
    assert "Syntax" not in done.stderr
