"""Rows of a layer, an XLSX or a CSV: what office lists come in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from qgis.core import QgsProcessing, QgsProcessingContext, QgsProcessingParameterFeatureSource

from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.tables.intake.encoding import codec_of
from linzhang_plugin.core.tables.intake.sheets import Sheet, read_sheets
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.workspace.delivered import file_of, read_delivered

SHEETS = (".xlsx", ".xlsm", ".csv", ".tsv", ".txt")
"""Files that are read as sheets, with their header looked for."""


@dataclass(frozen=True)
class Delivered:
    """What was delivered: sheets of a file, or one layer.

    Attributes:
        title: Name of the file or layer.
        sheets: Tables of a file; of a layer the one table of its attributes.
        layer: The layer as a frame with geometry, None for a file of sheets.
        encoding: Encoding where one had to be told.
    """

    title: str
    sheets: list[Sheet]
    layer: Any = None
    encoding: str = ""


class ListAlgorithm(LinzhangAlgorithm):
    """An algorithm whose INPUT may be a layer or a path to an XLSX or CSV."""

    def declare_input(self, title: str, hint: str) -> None:
        """Add INPUT: any vector layer or table, or the path of an XLSX or CSV."""
        kind = [QgsProcessing.SourceType.TypeVector]
        self.add(QgsProcessingParameterFeatureSource("INPUT", translate(title), kind), hint)

    def checkParameterValues(  # noqa: N802 - name fixed by QGIS
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Let a path of an XLSX or CSV pass that QGIS itself could not open as a layer."""
        value = str(parameters.get("INPUT") or "")
        if value.lower().endswith(SHEETS):
            others = {k: v for k, v in parameters.items() if k != "INPUT"}
            for definition in self.parameterDefinitions():
                name = definition.name()
                if name != "INPUT" and not definition.checkValueIsAcceptable(
                    others.get(name, definition.defaultValue()), context
                ):
                    return False, translate(tr("Incorrect value of {name}")).format(name=name)
            return True, ""
        return super().checkParameterValues(parameters, context)


def read_list(
    call: Call, aliases: dict[str, str], must: str, encoding: str = "auto", geometry: bool = False
) -> Delivered:
    """Read INPUT as sheets.

    Args:
        call: The run.
        aliases: Field → aliases, by which a header is found.
        must: A field that a header must have, empty for none.
        encoding: Of a CSV or DBF; ``auto`` to detect.
        geometry: A layer without geometry is welcome only as a list; keep its geometry.

    Raises:
        InputError: The file is missing or unreadable, or holds no such table.
    """
    value = str(call.parameters.get("INPUT") or "")
    path = file_of(call, "INPUT")
    named = Path(value.split("|")[0])
    if path is None and named.suffix.lower() in SHEETS:
        raise InputError(tr("File {path} does not exist; check the path."), path=str(named))
    if path is not None and path.suffix.lower() in SHEETS:
        given = "" if encoding.lower() in ("", "auto") else codec_of(encoding)
        return Delivered(path.stem, read_sheets(path, aliases, must, given))
    frame, title, codec = read_delivered(call, "INPUT", encoding, needs_crs=False)
    plain = pd.DataFrame(frame.drop(columns="geometry"))
    rows = plain.to_numpy(dtype=object).tolist()
    sheet = Sheet("sheet", [str(c) for c in plain.columns], rows, list(range(1, len(rows) + 1)))
    return Delivered(
        title, [sheet], frame if geometry or frame.geometry.notna().any() else None, codec
    )
