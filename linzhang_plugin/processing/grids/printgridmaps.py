"""Print a year's grids: an atlas, a page a town or village, with legend and grid table."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.progress import part
from linzhang_plugin.language import translate
from linzhang_plugin.printing.gridbook import read_book, sheets
from linzhang_plugin.printing.gridmaps import print_book
from linzhang_plugin.printing.workbench import Paper
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.workspace.store import open_workspace

PAGES = {"A3": (420.0, 297.0), "A4": (297.0, 210.0), "A2": (594.0, 420.0), "A1": (841.0, 594.0)}
"""Pages across, mm."""
FREE = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*[xX×*]\s*(\d+(?:\.\d+)?)\s*(mm)?\s*$")


class PrintGridMaps(LinzhangAlgorithm):
    """WORKSPACE, YEAR → one PDF."""

    NAME = "printgridmaps"
    TITLE = tr("Print grid maps")
    GROUP = tr("Grids")

    def flags(self) -> Any:
        """Stay on the main thread: layouts belong to it."""
        return super().flags() | Qgis.ProcessingAlgorithmFlag.NoThreading

    def declare(self) -> None:
        """Add the parameters and outputs."""
        integer = QgsProcessingParameterNumber.Type.Integer
        self.add_workspace()
        self.add(
            QgsProcessingParameterNumber(
                "YEAR", translate(tr("Year")), integer, 2024, False, 1990, 2100
            )
        )
        self.add(
            QgsProcessingParameterString("AS_OF", translate(tr("Printed date")), "", False, True),
            tr("YYYY-MM-DD; empty: 1 January of the year. The clock is never printed."),
        )
        self.add(
            QgsProcessingParameterEnum(
                "BY",
                translate(tr("A page for each")),
                [translate(tr("town")), translate(tr("village"))],
                False,
                0,
            )
        )
        self.add(
            QgsProcessingParameterString(
                "UNITS", translate(tr("Towns or villages")), "", False, True
            ),
            tr("Codes or names, separated by commas; empty: all that have grids."),
        )
        self.add(
            QgsProcessingParameterString("PAGE", translate(tr("Page")), "A3"),
            tr("A1, A2, A3 or A4 across, or width x height in mm, such as 600x400."),
        )
        self.add(
            QgsProcessingParameterNumber(
                "DPI", translate(tr("Resolution (dpi)")), integer, 300, False, 72, 1200
            )
        )
        self.add(
            QgsProcessingParameterBoolean("PUBLIC", translate(tr("Public edition")), True),
            tr(
                "Without phones, homes, stand numbers and map grid; names only of those who agreed."
            ),
        )
        self.add(
            QgsProcessingParameterString("UNIT_NAME", translate(tr("Made by")), "", False, True),
            tr("The office named as 制图单位; empty: the county's forest chief office."),
        )
        self.add(QgsProcessingParameterEnum("FORMAT", translate(tr("Format")), ["PDF"], False, 0))
        self.add(
            QgsProcessingParameterFileDestination(
                "OUTPUT", translate(tr("Grid maps")), "PDF (*.pdf)"
            )
        )
        self.addOutput(QgsProcessingOutputNumber("N_PAGES", translate(tr("Pages"))))

    def work(self, call: Call) -> dict[str, Any]:
        """Read the plan, lay it out, write the file."""
        width, height = page_size(call.text("PAGE"))
        year = call.integer("YEAR")
        as_of = printed_date(call.text("AS_OF"), year)
        workspace = open_workspace(call.workspace())
        public = call.switch("PUBLIC")
        book = read_book(workspace, year, public)
        wanted = [
            unit.strip() for unit in re.split(r"[,，、;；]", call.text("UNITS")) if unit.strip()
        ]
        chosen = sheets(book, call.choice("BY") == 1, wanted)
        unit = call.text("UNIT_NAME") or f"{book.county}林长制办公室"
        paper = Paper(width, height, call.integer("DPI"), as_of, unit, public)
        path = Path(call.output_path("OUTPUT"))
        dem = workspace.path.with_name(f"{workspace.path.stem}_dem.tif")
        pages = print_book(book, chosen, paper, path, dem, part(call.progress, 0.05, 1.0))
        call.say(Message(tr("{n} pages of grid maps in {path}."), {"n": pages, "path": str(path)}))
        return {"OUTPUT": str(path), "N_PAGES": pages}


def page_size(text: str) -> tuple[float, float]:
    """Give a page's width and height in mm.

    Raises:
        InputError: Neither a known name nor two lengths of 100 to 2,000 mm.
    """
    if text.upper() in PAGES:
        return PAGES[text.upper()]
    found = FREE.match(text)
    if found:
        width, height = float(found.group(1)), float(found.group(2))
        if min(width, height) >= 100 and max(width, height) <= 2000:
            return width, height
    raise InputError(
        tr(
            "PAGE {page} is not known; give A1, A2, A3, A4 or width x height in mm,"
            " such as 420x297."
        ),
        page=text or "''",
    )


def printed_date(text: str, year: int) -> str:
    """Give AS_OF as YYYY-MM-DD.

    Raises:
        InputError: It is no date.
    """
    if not text:
        return f"{year}-01-01"
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError as error:
        raise InputError(
            tr("AS_OF {text} is no date; write it as 2024-03-15."), text=text
        ) from error
