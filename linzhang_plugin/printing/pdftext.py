"""The text of a finished PDF: repaired, dated, and checked.

With some Chinese fonts Qt writes radicals (⼭ U+2F2D) where the text has characters (山 U+5C71),
because both share a glyph; a search then finds nothing. The tables that map glyphs to text
(ToUnicode) are rewritten; nothing that is drawn changes.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from pathlib import Path

from linzhang_plugin.core.messages import StoreError, tr

RADICALS = {
    0x2E81: "厂", 0x2E83: "乚", 0x2E84: "乙", 0x2E85: "亻", 0x2E86: "冂", 0x2E88: "刀",
    0x2E89: "刂", 0x2E8B: "㔾", 0x2E8C: "小", 0x2E8D: "小", 0x2E8E: "兀", 0x2E8F: "尣",
    0x2E90: "尢", 0x2E91: "尣", 0x2E92: "巳", 0x2E93: "幺", 0x2E94: "彑", 0x2E95: "彐",
    0x2E96: "忄", 0x2E97: "心", 0x2E98: "扌", 0x2E99: "攵", 0x2E9B: "旡", 0x2E9C: "日",
    0x2E9D: "月", 0x2E9E: "歹", 0x2E9F: "母", 0x2EA0: "民", 0x2EA1: "氵", 0x2EA2: "氺",
    0x2EA3: "灬", 0x2EA4: "爫", 0x2EA6: "丬", 0x2EA7: "牛", 0x2EA8: "犭", 0x2EA9: "王",
    0x2EAA: "疋", 0x2EAB: "目", 0x2EAC: "示", 0x2EAD: "礻", 0x2EAE: "竹", 0x2EAF: "糹",
    0x2EB0: "纟", 0x2EB2: "罒", 0x2EB6: "羊", 0x2EB7: "羊", 0x2EB8: "羊", 0x2EB9: "耂",
    0x2EBA: "聿", 0x2EBB: "聿", 0x2EBC: "月", 0x2EBD: "臼", 0x2EBE: "艹", 0x2EC1: "虎",
    0x2EC2: "衤", 0x2EC3: "覀", 0x2EC4: "西", 0x2EC5: "见", 0x2EC6: "角", 0x2EC8: "讠",
    0x2EC9: "贝", 0x2ECA: "足", 0x2ECB: "车", 0x2ECC: "辶", 0x2ECF: "阝", 0x2ED0: "钅",
    0x2ED1: "長", 0x2ED2: "镸", 0x2ED3: "长", 0x2ED4: "门", 0x2ED6: "阝", 0x2ED7: "雨",
    0x2ED8: "青", 0x2ED9: "韦", 0x2EDA: "页", 0x2EDB: "风", 0x2EDC: "飞", 0x2EDD: "食",
    0x2EDF: "飠", 0x2EE0: "饣", 0x2EE2: "马", 0x2EE3: "骨", 0x2EE5: "鱼", 0x2EE6: "鸟",
    0x2EE8: "麦", 0x2EE9: "黄", 0x2EEB: "齐", 0x2EED: "齿", 0x2EEF: "龙", 0x2EF0: "龙",
    0x2EF1: "龟", 0x2EF2: "龟", 0x2EF3: "龟",
}  # fmt: skip
"""Characters of the CJK radicals supplement, which Unicode itself does not fold (common ones)."""

OBJECT = re.compile(rb"(\d+) 0 obj\b")
PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
HEX = re.compile(rb"<([0-9A-Fa-f]{4})>")
ROW = re.compile(rb"^<[0-9A-Fa-f]+>\s+<[0-9A-Fa-f]+>(\s+<[0-9A-Fa-f]+>)?\s*$")


def character(code: int) -> int:
    """Give the character that a radical's code stands for, or the code itself."""
    if code in RADICALS:
        return ord(RADICALS[code])
    if 0x2F00 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF:
        folded = unicodedata.normalize("NFKC", chr(code))
        return ord(folded) if len(folded) == 1 else code
    return code


def repaired_map(cmap: bytes) -> bytes:
    """Rewrite the targets of one ToUnicode map.

    Both forms are handled: ``<glyph> <code>`` and ``<first> <last> [<code> …]``; of a run
    ``<first> <last> <code>`` Qt writes none for fonts that need repair.
    """
    lines = []
    for line in cmap.split(b"\n"):
        start = line.find(b"[")
        if start >= 0:
            head, tail = line[:start], line[start:]
        elif ROW.match(line.strip()) and line.count(b"<") == 2:
            cut = line.index(b"<", line.index(b"<") + 1)
            head, tail = line[:cut], line[cut:]
        else:
            lines.append(line)
            continue
        tail = HEX.sub(lambda found: b"<%04X>" % character(int(found.group(1), 16)), tail)
        lines.append(head + tail)
    return b"\n".join(lines)


def repair(data: bytes, created: str = "") -> bytes:
    """Give the PDF with right text, and with ``created`` (YYYY-MM-DD) in place of the clock.

    Args:
        data: A PDF as Qt writes it: plain objects and one cross-reference table.
        created: The date that it is to carry; empty leaves what is there.

    Raises:
        StoreError: It is not such a PDF.
    """
    starts = [
        (int(m.group(1)), m.start()) for m in OBJECT.finditer(data) if _at_line(data, m.start())
    ]
    table = data.rfind(b"\nxref")
    trailer = data.rfind(b"trailer")
    if not starts or table < 0 or trailer < 0:
        raise StoreError(tr("The PDF could not be finished: its structure is not understood."))
    offsets: dict[int, int] = {}
    lengths: dict[int, int] = {}
    out = [data[: starts[0][1]]]
    size = len(out[0])
    ends = [start for _, start in starts[1:]] + [table + 1]
    bodies = []
    for (number, start), end in zip(starts, ends, strict=True):
        body = data[start:end]
        if b"stream" in body:
            body, length = _repaired_stream(body)
            if length is not None:
                lengths[length[0]] = length[1]
        if created and b"/CreationDate" in body:
            body = re.sub(
                rb"/CreationDate\s*\(D:[^)]*\)",
                b"/CreationDate (D:" + created.replace("-", "").encode() + b"000000Z)",
                body,
            )
        bodies.append((number, body))
    for number, body in bodies:
        if number in lengths:
            body = b"%d 0 obj\n%d\nendobj\n" % (number, lengths[number])
        offsets[number] = size
        out.append(body)
        size += len(body)
    count = max(offsets) + 1
    rows = [b"0000000000 65535 f \n"] + [
        b"%010d 00000 n \n" % offsets[n] if n in offsets else b"0000000000 00000 f \n"
        for n in range(1, count)
    ]
    rest = re.sub(rb"startxref\s+\d+", b"startxref\n%d" % size, data[trailer:])
    if created:
        rest = re.sub(rb"/ID\s*\[[^\]]*\]", b"", rest)
    return b"".join([*out, b"xref\n0 %d\n" % count, *rows, rest])


def _at_line(data: bytes, start: int) -> bool:
    return start == 0 or data[start - 1 : start] in (b"\n", b"\r")


def _repaired_stream(body: bytes) -> tuple[bytes, tuple[int, int] | None]:
    """Repair an object's stream if it is a ToUnicode map; also give its new length's object."""
    begin = body.index(b"stream") + 6
    begin += 2 if body[begin : begin + 2] == b"\r\n" else 1
    end = body.rindex(b"endstream")
    raw = body[begin:end]
    packed = b"/FlateDecode" in body[:begin]
    try:
        text = zlib.decompressobj().decompress(raw) if packed else raw
    except zlib.error:
        return body, None
    if b"begincmap" not in text:
        return body, None
    fixed = repaired_map(text)
    if fixed == text:
        return body, None
    stream = zlib.compress(fixed) if packed else fixed
    head = body[:begin]
    indirect = re.search(rb"/Length\s+(\d+)\s+0\s+R", head)
    if indirect is None:
        head = re.sub(rb"/Length\s+\d+", b"/Length %d" % len(stream), head)
    made = head + stream + b"\n" + body[end:]
    return made, (int(indirect.group(1)), len(stream)) if indirect else None


def page_count(data: bytes) -> int:
    """Count the pages of a PDF as Qt writes it."""
    return len(PAGE.findall(data))


def check(path: Path, pages: int, least: int = 1500) -> None:
    """Make sure that a PDF is what it should be before anyone is told that it is done.

    Args:
        path: The file.
        pages: Pages that it must have.
        least: Bytes a page has at the very least; an empty one has fewer.

    Raises:
        StoreError: It is missing, cut off, or has another number of pages.
    """
    data = path.read_bytes() if path.exists() else b""
    found = page_count(data)
    if not data.startswith(b"%PDF") or b"%%EOF" not in data[-64:] or len(data) < least * pages:
        raise StoreError(
            tr("The PDF {path} is incomplete; check free disk space and export again."),
            path=str(path),
        )
    if found != pages:
        raise StoreError(
            tr("The PDF {path} has {found} pages instead of {pages}; export again."),
            path=str(path),
            found=found,
            pages=pages,
        )
