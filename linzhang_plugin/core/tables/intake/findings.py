"""What an import has to say about single rows, and the table of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.tables.field import Field, Table
from linzhang_plugin.core.tables.reports import Report

Kind = Literal["refused", "repaired", "presumed", "area", "overlap", "sliver", "code", "note"]

KINDS: dict[str, str] = {
    "refused": tr("Refused"),
    "repaired": tr("Repaired"),
    "presumed": tr("Presumed"),
    "area": tr("Official area deviates by more than 1 %"),
    "overlap": tr("Overlaps"),
    "sliver": tr("Slivers"),
    "code": tr("Unknown codes"),
    "note": tr("Notes"),
}

IMPORT_FINDINGS = Table(
    "import_findings",
    "导入清单",
    "Import findings",
    (
        Field("row", "integer", "行号", "Row"),
        Field("item", "text", "对象", "Item"),
        Field("kind", "text", "类别", "Kind"),
        Field("text", "text", "说明", "What was found"),
    ),
)


@dataclass(frozen=True)
class Finding:
    """One sentence about one row of the file.

    Attributes:
        row: Row of the file, from 1; 0 for the file as a whole.
        item: Stand id, name or code.
        kind: What was done.
        text: The sentence's end: "has no geometry".
    """

    row: int
    item: str
    kind: Kind
    text: Message


def findings_frame(findings: Iterable[Finding]) -> pd.DataFrame:
    """Give findings as the rows of :data:`IMPORT_FINDINGS`."""
    return pd.DataFrame(
        [(f.row, f.item, f.kind, f.text) for f in findings], columns=IMPORT_FINDINGS.names
    )


def list_findings(report: Report, findings: Iterable[Finding]) -> None:
    """Add a section a kind, with a table of the rows."""
    kept = list(findings)
    for kind, title in KINDS.items():
        rows = [(str(f.row or "–"), f.item, f.text) for f in kept if f.kind == kind]
        if rows:
            report.head(Message(tr("{title}: {n}"), {"title": Message(title), "n": len(rows)}))
            titles = (Message(tr("Row")), Message(tr("Item")), Message(tr("What was found")))
            report.table(titles, rows)
