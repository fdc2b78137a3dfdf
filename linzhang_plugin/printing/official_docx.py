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
from linzhang_plugin.core.patrols.notice import Notice, Sheet

STAMP = (2021, 1, 1, 0, 0, 0)
"""One date for every member: the same notice gives the same bytes."""
MM = 56.6929
"""Twentieths of a point in a millimetre."""
BODY, TITLE, HEAD = "仿宋_GB2312", "方正小标宋简体", "黑体"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_CONTENT = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LARGEST = 50 << 20


def write_docx(notice: Notice, path: Path) -> None:
    """Write the notice.

    Raises:
        InputError: The file cannot be written.
    """
    members = {
        "[Content_Types].xml": _CONTENT,
        "_rels/.rels": _RELS,
        "word/document.xml": _document(notice),
    }
    _pack(path, {name: text.encode("utf-8") for name, text in members.items()})


def fill_template(template: Path, values: Mapping[str, str], path: Path) -> None:
    """Fill the ``{{field}}`` marks of the user's own DOCX; nothing in it is ever run.

    Raises:
        InputError: It is no DOCX, holds macros, or links to files elsewhere.
    """
    try:
        with zipfile.ZipFile(template) as package:
            if sum(info.file_size for info in package.infolist()) > LARGEST:
                raise InputError(tr("Template {path} is too large."), path=template.name)
            members = {i.filename: package.read(i) for i in package.infolist() if not i.is_dir()}
    except (OSError, zipfile.BadZipFile) as error:
        raise InputError(tr("Template {path} is no DOCX file."), path=template.name) from error
    _check_template(template.name, members)
    for name in members:
        if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name):
            text = members[name].decode("utf-8")
            filled = re.sub(r"<w:p[ >].*?</w:p>", lambda m: _filled(m[0], values), text, flags=re.S)
            members[name] = filled.encode("utf-8")
    _pack(path, members)


def _check_template(name: str, members: Mapping[str, bytes]) -> None:
    if "word/document.xml" not in members:
        raise InputError(tr("Template {path} is no DOCX file."), path=name)
    macros = any("vba" in member.lower() for member in members)
    links = any(
        b'TargetMode="External"' in data and b"/hyperlink" not in data
        for member, data in members.items()
        if member.endswith(".rels")
    )
    if macros or links or any(b"<!DOCTYPE" in data[:4096] for data in members.values()):
        raise InputError(
            tr("Template {path} holds macros or links to other files; save it without them."),
            path=name,
        )


def _filled(paragraph: str, values: Mapping[str, str]) -> str:
    """Fill one paragraph; Word cuts a mark into several runs, so its texts are joined first."""
    texts = re.findall(r"<w:t(?: [^>]*)?>(.*?)</w:t>", paragraph, flags=re.S)
    joined = "".join(texts)
    if "{{" not in joined:
        return paragraph
    whole = re.sub(
        r"\{\{\s*(\w+)\s*\}\}",
        lambda m: _clean(values[m[1]]) if m[1] in values else m[0],
        joined,
    ).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    parts = iter([whole, *[""] * (len(texts) - 1)])
    return re.sub(
        r"<w:t(?: [^>]*)?>.*?</w:t>",
        lambda m: f'<w:t xml:space="preserve">{next(parts)}</w:t>',
        paragraph,
        flags=re.S,
    )


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
    for heading, lines, tables in notice.parts:
        out.append(_paragraph(heading, HEAD, 16, "both", True))
        out += [_paragraph(line, BODY, 16, "both", True) for line in lines]
        for table in tables:
            out.append(_paragraph(table.title, HEAD, 14, "center", False))
            out.append(_table(table))
    out.append(_paragraph("", BODY, 16, "both", False))
    out.append(_paragraph(notice.issuer, BODY, 16, "right", False))
    out.append(_paragraph(notice.date, BODY, 16, "right", False))
    top, right, bottom, left = (round(mm * MM) for mm in (37, 26, 35, 28))
    page = (
        f'<w:sectPr><w:pgSz w:w="{round(210 * MM)}" w:h="{round(297 * MM)}"/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"'
        ' w:header="851" w:footer="1587" w:gutter="0"/></w:sectPr>'
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}<w:document {_W}><w:body>{''.join(out)}{page}</w:body></w:document>"


def _paragraph(text: str, font: str, points: int, align: str, indent: bool) -> str:
    first = '<w:ind w:firstLineChars="200" w:firstLine="640"/>' if indent else ""
    look = (
        f'<w:pPr><w:spacing w:line="560" w:lineRule="exact"/>{first}<w:jc w:val="{align}"/></w:pPr>'
    )
    return f"<w:p>{look}{_run(text, font, points)}</w:p>"


def _run(text: str, font: str, points: int) -> str:
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/>'
    size = f'<w:sz w:val="{2 * points}"/><w:szCs w:val="{2 * points}"/>'
    body = f'<w:t xml:space="preserve">{_clean(text)}</w:t>'
    return f"<w:r><w:rPr>{fonts}{size}</w:rPr>{body}</w:r>"


def _table(table: Sheet) -> str:
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{edge} w:val="single" w:sz="4" w:color="000000"/>' for edge in edges)
    look = (
        f'<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{lines}</w:tblBorders></w:tblPr>'
    )
    grid = "<w:tblGrid>" + '<w:gridCol w:w="1000"/>' * len(table.header) + "</w:tblGrid>"
    rows = [_table_row(table.header, HEAD, True), *[_table_row(r, BODY, False) for r in table.rows]]
    return f"<w:tbl>{look}{grid}{''.join(rows)}</w:tbl>"


def _table_row(cells: Sequence[object], font: str, head: bool) -> str:
    again = "<w:trPr><w:tblHeader/></w:trPr>" if head else ""
    made = "".join(
        '<w:tc><w:tcPr><w:vAlign w:val="center"/></w:tcPr>'
        '<w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
        f"{_run(str(cell), font, 11)}</w:p></w:tc>"
        for cell in cells
    )
    return f"<w:tr>{again}{made}</w:tr>"
