"""Official documents as DOCX in the form of GB/T 9704, written without any library.

A4, type area 156 × 225 mm (margins 37, 35, 28, 26 mm), title in 小标宋 22 pt, body in 仿宋 16 pt
with lines of 28 pt and an indent of two characters, first-level headings in 黑体.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.patrols.notice_form import Notice, Sheet
from linzhang_plugin.printing.docx_template import filled, read_template

STAMP = (2021, 1, 1, 0, 0, 0)
"""One date for every member: the same notice gives the same bytes."""
MM = 56.6929
"""Twentieths of a point in a millimetre."""
BODY, TITLE, HEAD = "仿宋_GB2312", "方正小标宋简体", "黑体"
PAGE_FONT = "宋体"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_CONTENT = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/footer1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>'
    '<Override PartName="/word/footer2.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>'
    '<Override PartName="/word/settings.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/></Types>'
)
_PARTS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"'
    ' Target="footer1.xml"/><Relationship Id="rId2" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"'
    ' Target="footer2.xml"/><Relationship Id="rId3" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings"'
    ' Target="settings.xml"/></Relationships>'
)
_RELS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write_docx(notice: Notice, path: Path) -> None:
    """Write the notice.

    Raises:
        InputError: The file cannot be written.
    """
    members = {
        "[Content_Types].xml": _CONTENT,
        "_rels/.rels": _RELS,
        "word/document.xml": _document(notice),
        "word/_rels/document.xml.rels": _PARTS,
        "word/settings.xml": f"{_HEAD}<w:settings {_W}><w:evenAndOddHeaders/></w:settings>",
        "word/footer1.xml": _footer("right", notice.sample),
        "word/footer2.xml": _footer("left", notice.sample),
    }
    _pack(path, {name: text.encode("utf-8") for name, text in members.items()})


def fill_template(
    template: Path, values: Mapping[str, str], path: Path, tables: Sequence[Sheet] = ()
) -> None:
    """Fill the ``{{field}}`` marks of the user's own DOCX; nothing in it is ever run.

    A paragraph that holds nothing but the name of a table, such as ``{{towns}}``, becomes the
    table.

    Raises:
        InputError: It is no DOCX, is damaged or too large, holds macros, or links to files
            elsewhere.
    """
    members = read_template(template)
    texts = {name: _clean(value) for name, value in values.items()}
    _pack(path, filled(members, texts, {t.name: _table(t) for t in tables if t.name}))


def _clean(text: str) -> str:
    return escape(_CONTROL.sub("", text))


def _pack(path: Path, members: Mapping[str, bytes]) -> None:
    try:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, data in members.items():
                package.writestr(zipfile.ZipInfo(name, STAMP), data, zipfile.ZIP_DEFLATED)
    except OSError as error:
        raise InputError(
            tr("{path} cannot be written; close it in Word or choose another folder."),
            path=str(path),
        ) from error


def _document(notice: Notice) -> str:
    out = [] if notice.public else [_paragraph("内部资料　注意保密", HEAD, 16, "left", False)]
    out.append(_paragraph(notice.title, TITLE, 22, "center", False))
    if notice.number:
        out.append(_paragraph(notice.number, BODY, 16, "center", False))
    out.append(_paragraph("", BODY, 16, "both", False))
    if notice.to:
        out.append(_paragraph(notice.to, BODY, 16, "both", False))
    for part, (heading, lines, tables) in enumerate(notice.parts, start=1):
        out.append(_paragraph(heading, HEAD, 16, "both", True, with_next=True))
        last = len(lines) if part == len(notice.parts) else 0
        out += [_paragraph(line, BODY, 16, "both", True, with_next=number == last)
                for number, line in enumerate(lines, start=1)]  # fmt: skip
        for table in tables:
            if not table.annex:
                out += _captioned(table)
    out += _closing(notice)
    annexes = notice.annexes
    for number, table in enumerate(annexes, start=1):
        mark = str(number) if len(annexes) > 1 else ""
        out.append(_paragraph(f"附件{mark}", HEAD, 16, "left", False, new_page=True))
        out += _captioned(table)
    return f"{_HEAD}<w:document {_W} {_R}><w:body>{''.join(out)}{_section()}</w:body></w:document>"


def _closing(notice: Notice) -> list[str]:
    """Give the list of annexes, issuer and date: never on a page without any of the text."""
    annexes = notice.annexes
    lines = [_paragraph("", BODY, 16, "both", False, with_next=True)]
    for number, table in enumerate(annexes, start=1):
        word = "附件：" if number == 1 else "　　　"
        mark = f"{number}." if len(annexes) > 1 else ""
        text = f"{word}{mark}{table.title}"
        lines.append(_paragraph(text, BODY, 16, "both", True, with_next=True))
    if annexes:
        lines.append(_paragraph("", BODY, 16, "both", False, with_next=True))
    lines.append(_paragraph(notice.issuer, BODY, 16, "right", False, 2, with_next=True))
    lines.append(_paragraph(notice.date, BODY, 16, "right", False, 4))
    return lines


def _captioned(table: Sheet) -> list[str]:
    caption = _paragraph(table.title, HEAD, 14, "center", False, with_next=True)
    return [caption, _table(table), _paragraph("", BODY, 11, "both", False)]


def _section() -> str:
    """Give A4 with the type area of the standard and page numbers outside, 7 mm below it."""
    top, right, bottom, left = (round(mm * MM) for mm in (37, 26, 35, 28))
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId1"/>'
        '<w:footerReference w:type="even" r:id="rId2"/>'
        f'<w:pgSz w:w="{round(210 * MM)}" w:h="{round(297 * MM)}"/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"'
        f' w:header="851" w:footer="{round(23 * MM)}" w:gutter="0"/></w:sectPr>'
    )


def _footer(align: str, sample: bool) -> str:
    """Give the page number — 1 — in 四号宋体, one character in from the edge."""
    side = "right" if align == "right" else "left"
    fonts = f'<w:rFonts w:ascii="{PAGE_FONT}" w:hAnsi="{PAGE_FONT}" w:eastAsia="{PAGE_FONT}"/>'
    look = f'<w:rPr>{fonts}<w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>'

    def run(text: str) -> str:
        return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'

    field = (
        f'<w:r>{look}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{look}<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        f'<w:r>{look}<w:fldChar w:fldCharType="separate"/></w:r>{run("1")}'
        f'<w:r>{look}<w:fldChar w:fldCharType="end"/></w:r>'
    )
    mark = run("示例　") if sample else ""
    place = f'<w:pPr><w:ind w:{side}Chars="100" w:{side}="280"/><w:jc w:val="{align}"/></w:pPr>'
    body = f"<w:p>{place}{mark}{run('— ')}{field}{run(' —')}</w:p>"
    return f"{_HEAD}<w:ftr {_W}>{body}</w:ftr>"


def _paragraph(
    text: str,
    font: str,
    points: int,
    align: str,
    indent: bool,
    from_right: int = 0,
    new_page: bool = False,
    with_next: bool = False,
) -> str:
    place = '<w:ind w:firstLineChars="200" w:firstLine="640"/>' if indent else ""
    if from_right:
        place = f'<w:ind w:rightChars="{100 * from_right}" w:right="{320 * from_right}"/>'
    flow = "<w:keepNext/>" if with_next else ""
    flow += "<w:pageBreakBefore/>" if new_page else ""
    look = (
        f'<w:pPr>{flow}<w:spacing w:line="560" w:lineRule="exact"/>{place}'
        f'<w:jc w:val="{align}"/></w:pPr>'
    )
    return f"<w:p>{look}{_run(text, font, points)}</w:p>"


def _run(text: str, font: str, points: int) -> str:
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/>'
    size = f'<w:sz w:val="{2 * points}"/><w:szCs w:val="{2 * points}"/>'
    body = f'<w:t xml:space="preserve">{_clean(text)}</w:t>'
    return f"<w:r><w:rPr>{fonts}{size}</w:rPr>{body}</w:r>"


CROWDED = 60
"""A table of more letters across is set smaller: its figures would break over two lines."""


def _table(table: Sheet) -> str:
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{edge} w:val="single" w:sz="4" w:color="000000"/>' for edge in edges)
    look = (
        '<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{lines}</w:tblBorders>"
        '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr>"
    )
    widths = _shares(table)
    points = 11 if sum(_wanted(table)) <= CROWDED else 10
    grid = "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{w}"/>' for w in widths) + "</w:tblGrid>"
    rows = [_table_row(table.header, HEAD, True, points)]
    rows += [_table_row(row, BODY, False, points) for row in table.rows]
    return f"<w:tbl>{look}{grid}{''.join(rows)}</w:tbl>"


def _shares(table: Sheet) -> list[int]:
    """Share the type area (156 mm) out over the columns.

    Figures cannot be broken over two lines and headings can, so a column is as wide as its
    longest cell, or as half its heading; two letters more are the cell's own margins.
    """
    wanted = _wanted(table)
    return [round(156 * MM * breadth / sum(wanted)) for breadth in wanted]


def _wanted(table: Sheet) -> list[int]:
    wanted = []
    for column, heading in enumerate(table.header):
        cells = max((_breadth(row[column]) for row in table.rows), default=0)
        wanted.append(2 + min(26, max(cells, (_breadth(heading) + 1) // 2)))
    return wanted


def _breadth(cell: object) -> int:
    """Give the breadth of a text in Latin letters; a Chinese one is twice as broad."""
    return sum(2 if ord(letter) > 255 else 1 for letter in str(cell))


def _table_row(cells: Sequence[object], font: str, head: bool, points: int) -> str:
    again = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>"
    made = "".join(
        '<w:tc><w:tcPr><w:vAlign w:val="center"/></w:tcPr>'
        '<w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
        f"{_run(str(cell), font, points)}</w:p></w:tc>"
        for cell in cells
    )
    return f"<w:tr>{again}{made}</w:tr>"
