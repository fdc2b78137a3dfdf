"""How the text of a DBF file is encoded, and that text decoded.

Chinese shapefiles are GBK with or without a ``.cpg``, newer ones UTF-8; a wrong or missing
``.cpg`` is common, so the bytes themselves are asked: ``.cpg``, else strict UTF-8, else GB18030
(which holds GBK and GB2312).
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Any

from linzhang_plugin.core.messages import InputError, tr

_HIGH_RUNS = re.compile(rb"[\x80-\xff]+")

LOOKED_AT = 8_000_000
"""Bytes of a DBF that are looked at."""

GB = "gb18030"
_NAMES = {
    **dict.fromkeys(("936", "54936", "gbk", "gb2312", "cp936", "ansi936", "oem936", "ansi"), GB),
    **dict.fromkeys(("65001", "utf8", "utf-8"), "utf-8"),
}


def codec_of(name: str) -> str:
    """Give Python's codec for an encoding as offices and .cpg files write it, or ``""``.

    Example:
        >>> codec_of("CP936"), codec_of("UTF8"), codec_of("ISO 8859-1"), codec_of("what")
        ('gb18030', 'utf-8', 'iso8859-1', '')
    """
    plain = name.strip().lower().replace("windows-", "").replace(" ", "")
    plain = _NAMES.get(plain, plain)
    if plain.startswith("88591") or plain in ("1252", "iso88591"):
        plain = "cp1252" if "1252" in plain else "iso8859-1"
    try:
        return codecs.lookup(plain).name
    except LookupError:
        return ""


def detect(sample: bytes, cpg: str = "", whole: bool = False) -> str:
    """Tell the codec of text bytes.

    Args:
        sample: Bytes of the file, possibly cut in the middle of a character.
        cpg: Content of the ``.cpg`` file, empty when there is none.
        whole: The sample is the whole text.

    Returns:
        The ``.cpg``'s codec where the bytes obey it, else ``utf-8``, else ``gb18030``.
    """
    said = codec_of(cpg) if cpg.strip() else ""
    for codec in filter(None, (said, "utf-8")):
        try:
            text = codecs.getincrementaldecoder(codec)("strict").decode(sample, whole)
        except (UnicodeDecodeError, LookupError):
            continue
        return GB if codec != said and _by_chance(text, sample) else codec
    return GB


def _by_chance(text: str, sample: bytes) -> bool:
    """Tell GBK words that obey UTF-8 by chance (联通, 叶叶): no Chinese comes out of them.

    Western accents stand alone between letters, so their runs of high bytes are short.
    """
    high = {c for c in text if ord(c) > 0x7F}
    if not high or max(high) >= "\u0800":
        return False
    return min(map(len, _HIGH_RUNS.findall(sample))) >= 4


def dbf_codec(path: Path, wanted: str = "") -> str:
    """Tell the codec of a shapefile's DBF.

    Args:
        path: The ``.shp`` or ``.dbf``.
        wanted: ENCODING as the user set it; empty or ``auto`` to detect.

    Raises:
        InputError: ``wanted`` is no known encoding.
    """
    if wanted and wanted.lower() != "auto":
        codec = codec_of(wanted)
        if not codec:
            raise InputError(
                tr("Encoding {name} is unknown; use auto, UTF-8, GBK or GB18030."), name=wanted
            )
        return codec
    dbf, cpg = _beside(path, ".dbf"), _beside(path, ".cpg")
    said = cpg.read_text("ascii", errors="ignore") if cpg else ""
    if dbf is None:
        return codec_of(said) or "utf-8"
    with dbf.open("rb") as stream:
        sample = stream.read(LOOKED_AT)
    records = texts(sample)
    # Each cell is checked alone: a character cut at the field's end must not spoil the rest.
    return detect(records, said, whole=True) if records else (codec_of(said) or "utf-8")


def texts(dbf: bytes) -> bytes:
    """Give the bytes of a DBF's names and cells with cut characters at their ends dropped.

    A cell as wide as its field may end in half a character. Bytes ≥ 0x80 at the end of a full
    cell that are no complete character in UTF-8 are therefore left out of the judgement.
    """
    if len(dbf) < 33:
        return b""
    header = int.from_bytes(dbf[8:10], "little")
    width = int.from_bytes(dbf[10:12], "little")
    kinds = []
    names = []
    at, offset = 32, 1
    while at + 32 <= min(header, len(dbf)) and dbf[at] != 0x0D:
        names.append(dbf[at : at + 11].split(b"\0")[0])
        length = dbf[at + 16]
        if dbf[at + 11 : at + 12] == b"C":
            kinds.append((offset, offset + length))
        offset += length
        at += 32
    cells = [_whole(name, len(name) >= 10) for name in names]
    for start in range(header, len(dbf) - width + 1, width or 1):
        for left, right in kinds:
            cell = dbf[start + left : start + right]
            if not cell.isascii():
                cells.append(_whole(cell.rstrip(b" \0"), cell[-1:] not in (b" ", b"\0")))
    return b"\n".join(cells)


def _whole(cell: bytes, full: bool) -> bytes:
    """Drop an unfinished UTF-8 character from the end of a full cell."""
    if not full:
        return cell
    for back in range(1, min(4, len(cell)) + 1):
        byte = cell[-back]
        if byte >= 0xC0:
            needed = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return cell[:-back] if back < needed else cell
        if byte < 0x80:
            break
    return cell


def decoded(value: Any, codec: str) -> Any:
    """Decode a text that was read byte by byte as Latin-1; half characters at the end vanish."""
    if not isinstance(value, str) or value.isascii():
        return value
    try:
        data = value.encode("latin-1")
    except UnicodeEncodeError:
        return value
    text = data.decode(codec, errors="replace")
    return text.rstrip("\ufffd")


def _beside(path: Path, ending: str) -> Path | None:
    for candidate in (path.with_suffix(ending), path.with_suffix(ending.upper())):
        if candidate.exists():
            return candidate
    return None
