"""XML bytes of any encoding as UTF-8, line for line, and the shared expat set-up."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from xml.parsers import expat  # nosec B406 - DOCTYPE is refused, so no entity can be declared

from linzhang_plugin.core.patrols.readers.safety import DOCTYPE, RefusedError

_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")


def utf8(data: bytes) -> bytes:
    """Give XML as UTF-8 without its declaration and BOM; lines keep their numbers.

    A declared encoding is believed where the bytes agree with it; Chinese exports that say
    UTF-8 and hold GBK are read as GB18030.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return _bare(decoded(data[len(mark) :], (name,)).encode("utf-8", "replace"))
    found = _DECLARATION.match(data)
    declared = _ENCODING.search(found[0]) if found else None
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    if name in ("gbk", "gb2312", "cp936"):
        name = "gb18030"
    if name in ("utf-8", "utf8", "ascii", "us-ascii") and data.isascii():
        return _bare(data)
    if name.startswith("utf-16") and not _is_utf16(data):
        name = "utf-8"
    if _is_utf16(data):
        name = "utf-16-le" if data[1:200:2].count(0) >= data[0:200:2].count(0) else "utf-16-be"
    text = decoded(data, (name, "utf-8", "gb18030"))
    return _bare(text.encode("utf-8", "replace"))


def _is_utf16(data: bytes) -> bool:
    return data[:200].count(0) > 40


def decoded(data: bytes, names: Sequence[str]) -> str:
    """Give the text of bytes in the first of these encodings that fits, or fits best.

    A file cut inside a character fits; where none fits (a byte was damaged), the one that loses
    fewest characters is taken.
    """
    least, best = len(data) + 1, ""
    for name in dict.fromkeys(names):
        try:
            return data.decode(name)
        except UnicodeDecodeError as error:
            if error.start >= len(data) - 4:
                return data.decode(name, "ignore")
            text = data.decode(name, "replace")
            lost = text.count("\ufffd")
            if lost < least:
                least, best = lost, text
        except LookupError:
            continue
    return best if least <= len(data) else data.decode("utf-8", "replace")


def _bare(data: bytes) -> bytes:
    found = _DECLARATION.match(data)
    if found is None:
        return data
    kept = b"".join(b"\n" for _ in range(found[0].count(b"\n")))
    return kept + data[found.end() :]


def make_parser() -> expat.XMLParserType:
    """Give a parser of UTF-8 that refuses a DOCTYPE."""
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True

    def refuse(*ignored: object) -> None:
        raise RefusedError(DOCTYPE)

    parser.StartDoctypeDeclHandler = refuse
    return parser


def line_at(data: bytes, offset: int) -> int:
    """Give the line (from 1) of a byte offset."""
    return data.count(b"\n", 0, offset) + 1
