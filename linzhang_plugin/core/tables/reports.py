"""A report for people, built as parts and rendered as one small html page.

Everything that comes from a file (layer names, field names, values) is untrusted and escaped;
there are no scripts or links in a report, and no pictures but the charts drawn in it.
Sentences are kept as messages until the page is rendered in someone's language.
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from linzhang_plugin.core.messages import Message, Translate, tr, untranslated
from linzhang_plugin.core.tables.charts import Chart

Text = Message | str
Level = Literal["plain", "good", "warning", "refused"]

LONGEST = 200
"""Rows of a table shown in a page; the rest is counted, and stands in the output tables."""

STYLE = """
body{font-family:"Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:2em;max-width:60em}
table{border-collapse:collapse;margin:.5em 0}td,th{border:1px solid #999;padding:.2em .6em}
th{background:#e8efe4;text-align:left}td.n{text-align:right}
.warning{color:#8a5a00}.refused{color:#a00000}.good{color:#1b6b2f}
"""


@dataclass(frozen=True)
class Heading:
    """A section's title."""

    text: Text


@dataclass(frozen=True)
class Sentence:
    """One paragraph; its level sets the colour."""

    text: Text
    level: Level = "plain"


@dataclass(frozen=True)
class Grid:
    """A table: column titles and rows of texts, messages and numbers."""

    titles: tuple[Text, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass
class Report:
    """A page in the making.

    Example:
        >>> report = Report(Message("Import of stands"))
        >>> report.say(Message("{n} rows were refused.", {"n": 2}), "refused")
        >>> "2 rows" in report.html()
        True
    """

    title: Text
    parts: list[Heading | Sentence | Grid | Chart] = field(default_factory=list)

    def head(self, text: Text) -> None:
        """Begin a section."""
        self.parts.append(Heading(text))

    def say(self, text: Text, level: Level = "plain") -> None:
        """Add a paragraph."""
        self.parts.append(Sentence(text, level))

    def table(self, titles: Sequence[Text], rows: Iterable[Sequence[Any]]) -> None:
        """Add a table; nothing is added when it has no rows."""
        kept = tuple(tuple(row) for row in rows)
        if kept:
            self.parts.append(Grid(tuple(titles), kept))

    def chart(self, chart: Chart) -> None:
        """Add a picture."""
        self.parts.append(chart)

    def html(self, translate: Translate = untranslated) -> str:
        """Give the whole page as UTF-8 html text."""
        title = shown(self.title, translate)
        body = "\n".join(_part(part, translate) for part in self.parts)
        return (
            '<!DOCTYPE html>\n<html><head><meta charset="utf-8">'
            f"<title>{title}</title><style>{STYLE}</style></head>\n"
            f"<body><h1>{title}</h1>\n{body}\n</body></html>\n"
        )


def _part(part: Heading | Sentence | Grid | Chart, translate: Translate) -> str:
    if isinstance(part, Chart):
        return part.svg(translate)
    if isinstance(part, Heading):
        return f"<h2>{shown(part.text, translate)}</h2>"
    if isinstance(part, Sentence):
        return f'<p class="{part.level}">{shown(part.text, translate)}</p>'
    head = "".join(f"<th>{shown(title, translate)}</th>" for title in part.titles)
    rows = "\n".join(_row(row, translate) for row in part.rows[:LONGEST])
    more = len(part.rows) - LONGEST
    note = ""
    if more > 0:
        rest = Message(tr("… and {n} more rows, not shown here."), {"n": more})
        note = f"<p>{shown(rest, translate)}</p>"
    return f"<table><tr>{head}</tr>\n{rows}</table>{note}"


def _row(row: tuple[Any, ...], translate: Translate) -> str:
    cells = []
    for value in row:
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        cells.append(f"<td{' class=n' if number else ''}>{shown(value, translate)}</td>")
    return f"<tr>{''.join(cells)}</tr>"


def shown(value: Any, translate: Translate = untranslated) -> str:
    """Give a value as escaped html text; missing values are a dash."""
    if isinstance(value, Message):
        text = value.render(translate)
    elif value is None or (isinstance(value, float) and not math.isfinite(value)):
        text = "–"
    elif isinstance(value, float):
        text = f"{value:,.4f}".rstrip("0").rstrip(".")
    elif isinstance(value, int) and not isinstance(value, bool):
        text = f"{value:,}"
    else:
        text = str(value)
    return html.escape("".join(c for c in text if c.isprintable() or c in "\n\t"))
