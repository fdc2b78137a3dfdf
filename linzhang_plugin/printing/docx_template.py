"""The user's own DOCX template: its ``{{field}}`` marks are filled, nothing in it is ever run.

A template may come by mail, so it is refused where Word would fetch or start something on opening
what we wrote: macros, links to files elsewhere, embedded objects, fields that load or execute.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.parsers import expat

from linzhang_plugin.core.messages import InputError, tr

LARGEST = 50 << 20
MOST_MEMBERS = 3000
DEEPEST = 512
RUNNING = ("vbaproject", "wordvbadata", "oleobject", "control", "activexcontrolbinary", "afchunk")
"""Kinds of relation that bring code or foreign content."""
_FIELDS = re.compile(
    r"^\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DATABASE|MACROBUTTON)\b",
    re.I | re.M,
)
_FILLED = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_TOKEN = re.compile(r"<w:p(?:\s[^>]*)?>|</w:p>|<w:t(?:\s[^>]*)?>([^<]*)</w:t>")
_MARK = re.compile(r"\{\{\s{0,9}(\w{1,60})\s{0,9}\}\}")
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'


def read_template(template: Path) -> dict[str, bytes]:
    """Read the members of a template that is safe to fill.

    Raises:
        InputError: It is no DOCX, is damaged or too large, or holds what is named above.
    """
    try:
        with zipfile.ZipFile(template) as package:
            infos = [info for info in package.infolist() if not info.is_dir()]
            if sum(i.file_size for i in infos) > LARGEST or len(infos) > MOST_MEMBERS:
                raise InputError(tr("Template {path} is too large."), path=template.name)
            members = {info.filename: package.read(info) for info in infos}
    except (OSError, zipfile.BadZipFile, RuntimeError, EOFError, zlib.error) as error:
        # encrypted members and unknown compressions are RuntimeErrors
        raise InputError(tr("Template {path} is no DOCX file."), path=template.name) from error
    if "word/document.xml" not in members:
        raise InputError(tr("Template {path} is no DOCX file."), path=template.name)
    for name, data in members.items():
        _check(template.name, name, data)
    return members


def filled(
    members: Mapping[str, bytes], values: Mapping[str, str], tables: Mapping[str, str]
) -> dict[str, bytes]:
    """Fill the marks of the text, headers and footers.

    Args:
        members: Of :func:`read_template`.
        values: XML text by mark; a line feed becomes a new line.
        tables: XML of tables by mark; a paragraph with nothing but such a mark becomes the table.
    """
    out = dict(members)
    for name in members:
        if _FILLED.fullmatch(name):
            out[name] = _filled(members[name].decode("utf-8-sig"), values, tables).encode("utf-8")
    return out


class _DoctypeError(Exception):
    """A member declares entities, which attacks do."""


class _Looker:
    """What a member of a package would do when it is opened."""

    def __init__(self) -> None:
        self.bad = False
        self.depth = 0
        self.within = 0
        self.codes: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Look at an element that begins."""
        self.depth += 1
        self.bad |= self.depth > DEEPEST
        tag = name.rpartition(":")[2]
        if tag == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2].lower()
            outside = attributes.get("TargetMode", "").strip().lower() == "external"
            self.bad |= kind in RUNNING or (outside and kind != "hyperlink")
        elif tag in ("Override", "Default"):
            kind = attributes.get("ContentType", "").lower()
            self.bad |= "macroenabled" in kind or "vbaproject" in kind
        elif tag == "fldSimple":
            self.codes.append(attributes.get("w:instr", "") + "\n")
        elif tag == "instrText":
            self.within += 1
        elif tag == "fldChar":
            self.codes.append("\n")

    def end(self, name: str) -> None:
        """Look at an element that ends."""
        self.depth -= 1
        self.within -= name.rpartition(":")[2] == "instrText"

    def text(self, data: str) -> None:
        """Keep the code of a field, which Word may cut into several runs."""
        if self.within:
            self.codes.append(data)

    def doctype(self, *_: object) -> None:
        """Stop: packages never declare one."""
        raise _DoctypeError


def _check(template: str, name: str, data: bytes) -> None:
    """Refuse a member that leaves the package, is damaged or would run or fetch something."""
    bad = "vba" in name.lower()
    bad |= name.startswith("/") or "\\" in name or ".." in name.split("/") or ":" in name
    if not bad and name.lower().endswith((".xml", ".rels")):
        looker = _Looker()
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = looker.start, looker.end
        parser.CharacterDataHandler = looker.text
        parser.StartDoctypeDeclHandler = looker.doctype
        try:
            parser.Parse(data, True)
            if _FILLED.fullmatch(name):
                data.decode("utf-8-sig")
        except _DoctypeError:
            looker.bad = True
        except (expat.ExpatError, UnicodeDecodeError) as error:
            raise InputError(
                tr("Template {path} is damaged ({member}); save it again in Word as DOCX."),
                path=template,
                member=name,
            ) from error
        bad = looker.bad or bool(_FIELDS.search("".join(looker.codes)))
    if bad:
        raise InputError(
            tr("Template {path} holds macros or links to other files; save it without them."),
            path=template,
        )


class _Paragraph:
    """A paragraph while it is read: where it and its texts lie."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.texts: list[tuple[int, int, str]] = []
        self.plain = True


Edit = tuple[int, int, str]


def _filled(text: str, values: Mapping[str, str], tables: Mapping[str, str]) -> str:
    edits: list[Edit] = []
    for paragraph, end in _paragraphs(text):
        edits += _edits(text, paragraph, end, values, tables)
    out, at = [], 0
    for start, stop, new in sorted(edits):
        out += [text[at:start], new]
        at = stop
    return "".join([*out, text[at:]])


def _paragraphs(text: str) -> Iterator[tuple[_Paragraph, int]]:
    """Give the paragraphs, those of a text box before the one that it hangs on."""
    still_open: list[_Paragraph] = []
    for token in _TOKEN.finditer(text):
        tag = token[0]
        if tag.startswith("<w:t"):
            if still_open:
                still_open[-1].texts.append((token.start(), token.end(), token[1]))
        elif tag == "</w:p>":
            if still_open:
                yield still_open.pop(), token.end()
        elif not tag.endswith("/>"):
            for outer in still_open[-1:]:
                outer.plain = False
            still_open.append(_Paragraph(token.start()))


def _edits(
    text: str,
    paragraph: _Paragraph,
    end: int,
    values: Mapping[str, str],
    tables: Mapping[str, str],
) -> list[Edit]:
    """Give what changes in a paragraph; Word cuts a mark into several runs, so texts are joined."""
    joined = "".join(words for _, _, words in paragraph.texts)
    if "{{" not in joined:
        return []
    alone = _MARK.fullmatch(joined.strip())
    single = paragraph.plain and "<w:sectPr" not in text[paragraph.start : end]
    if alone and alone[1] in tables and single:
        # a table must be followed by a paragraph, or Word calls the file damaged in a cell
        return [(paragraph.start, end, f"{tables[alone[1]]}<w:p/>")]
    marks = [(m.start(), m.end(), values[m[1]]) for m in _MARK.finditer(joined) if m[1] in values]
    edits, at, next_mark = [], 0, 0
    for start, stop, words in paragraph.texts if marks else ():
        first, last = at, at + len(words)
        new: list[str] = []
        while next_mark < len(marks) and marks[next_mark][0] < last:
            begin, finish, value = marks[next_mark]
            if begin >= first:  # the run in which a mark begins takes the value
                new += [joined[at:begin], value.replace("\n", _BREAK)]
            at = max(at, min(finish, last))
            if finish > last:
                break
            next_mark += 1
        new.append(joined[at:last])
        at = last
        edits.append((start, stop, f'<w:t xml:space="preserve">{"".join(new)}</w:t>'))
    return edits
