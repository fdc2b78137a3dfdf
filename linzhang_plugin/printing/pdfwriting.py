"""Painting a layout's pages into a PDF, checked before it takes its place."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from qgis.core import Qgis, QgsLayoutExporter, QgsLayoutRenderContext, QgsPrintLayout
from qgis.PyQt.QtCore import QMarginsF, QSizeF
from qgis.PyQt.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from linzhang_plugin.core.messages import Message, StoreError, tr
from linzhang_plugin.core.progress import Progress, step
from linzhang_plugin.printing import pdftext
from linzhang_plugin.printing.workbench import Paper


def write_book(
    layout: QgsPrintLayout, paper: Paper, title: str, path: Path, pages: int, progress: Progress
) -> None:
    """Write all pages beside ``path``, check them, and only then replace it.

    Raises:
        StoreError: The file cannot be written or came out wrong.
        CancelledError: The receiver of ``progress`` said stop.
    """
    draft = path.with_name(path.stem + ".part.pdf")
    try:
        write_pages(layout, paper, title, draft, pages, progress)
        finish(draft, path, pages, paper)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


def finish(draft: Path, path: Path, pages: int, paper: Paper) -> None:
    """Repair the text, check the file and move it into place."""
    try:
        draft.write_bytes(pdftext.repair(draft.read_bytes(), paper.as_of))
        pdftext.check(draft, pages)
        os.replace(draft, path)
    except OSError as error:
        raise StoreError(
            tr("{path} cannot be written: {reason}. Close it elsewhere, or check free space."),
            path=str(path),
            reason=error.strerror or str(error),
        ) from error


def write_pages(
    layout: QgsPrintLayout, paper: Paper, title: str, draft: Path, pages: int, progress: Progress
) -> None:
    """Paint page after page into a PDF; text stays text."""
    try:
        draft.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(b"")
    except OSError as error:
        raise StoreError(
            tr("{path} cannot be written: {reason}. Close it elsewhere, or check free space."),
            path=str(draft),
            reason=error.strerror or str(error),
        ) from error
    writer = QPdfWriter(str(draft))
    writer.setCreator("Linzhang")
    writer.setTitle(title)
    writer.setResolution(paper.dpi)
    size = QPageSize(
        QSizeF(paper.width, paper.height),
        QPageSize.Unit.Millimeter,
        "",
        QPageSize.SizeMatchPolicy.ExactMatch,
    )
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    context = layout.renderContext()
    context.setDpi(paper.dpi)
    context.setTextRenderFormat(Qgis.TextRenderFormat.AlwaysText)
    context.setFlag(QgsLayoutRenderContext.Flag.FlagUseAdvancedEffects, False)
    context.setFlag(QgsLayoutRenderContext.Flag.FlagAntialiasing, True)
    exporter = QgsLayoutExporter(layout)
    painter = QPainter()
    if not painter.begin(writer):
        raise StoreError(
            tr("{path} cannot be written: {reason}. Close it elsewhere, or check free space."),
            path=str(draft),
            reason="QPdfWriter",
        )
    try:
        for number in range(pages):
            step(
                progress,
                0.25 + 0.75 * number / pages,
                Message(
                    tr("Printing page {number} of {pages}."), {"number": number + 1, "pages": pages}
                ),
            )
            if number:
                writer.newPage()
            exporter.renderPage(painter, number)
    finally:
        painter.end()
