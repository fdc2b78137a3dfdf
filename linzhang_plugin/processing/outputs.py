"""Output layers: dressed where QGIS loads them, taken away where their run failed."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingLayerPostProcessorInterface,
    QgsProcessingOutputLayerDefinition,
    QgsProviderConnectionException,
    QgsProviderRegistry,
    QgsVectorFileWriter,
)

from linzhang_plugin.core.tables.field import Table
from linzhang_plugin.language import language
from linzhang_plugin.processing import bridge

STYLES = Path(__file__).parents[1] / "styles"
SCHEME = re.compile(r"[a-z]{2,}:", re.IGNORECASE)
"""``memory:``, ``ogr:dbname=…``, ``postgis:…``; one letter is a drive of Windows."""


def dress_when_loaded(context: QgsProcessingContext, destination: str, table: Table) -> None:
    """Have an output named, styled and given its aliases if QGIS is to load it."""
    if not context.willLoadLayerOnCompletion(destination):
        return
    details = context.layerToLoadOnCompletionDetails(destination)
    details.name = table.zh if language() == "zh" else table.en
    details.forceName = True
    _DRESSERS[destination] = dresser = _Dresser(table, destination)
    details.setPostProcessor(dresser)


_DRESSERS: dict[str, _Dresser] = {}
"""Post-processors alive until QGIS has used them: it keeps no reference of its own."""


class _Dresser(QgsProcessingLayerPostProcessorInterface):
    """Styles a loaded output layer and gives its fields their aliases."""

    def __init__(self, table: Table, destination: str) -> None:
        super().__init__()
        self.table = table
        self.destination = destination

    def postProcessLayer(self, layer: Any, context: Any, feedback: Any) -> None:  # noqa: N802
        """Dress the layer; called by QGIS on the main thread."""
        del context, feedback
        bridge.dress_layer(layer, self.table, STYLES)
        _DRESSERS.pop(self.destination, None)


def file_of(output: Any) -> str:
    """Give the file or folder that an output parameter names.

    Args:
        output: A path, or QGIS's object that holds one.

    Returns:
        The path; empty for a scratch layer, a database's table, or nothing.
    """
    if isinstance(output, QgsProcessingOutputLayerDefinition):
        output = output.sink.staticValue()
    if not isinstance(output, str) or output == QgsProcessing.TEMPORARY_OUTPUT:
        return ""
    return "" if SCHEME.match(output) else output


def can_be_written(path: Path, folder: bool) -> bool:
    """Tell whether a file (or a ``folder``) may be made at a path, its folders being made too."""
    if path.exists() and path.is_dir() != folder:
        return False
    there = path
    while not there.exists() and there != there.parent:
        there = there.parent
    return os.access(there, os.W_OK) and (there.is_dir() or there == path)


def discard_output(destination: str) -> None:
    """Delete an output that is not whole.

    Args:
        destination: A file, or a table of a file (``file|layername=table``), as QGIS names it;
            a scratch layer's id names no file, and QGIS forgets the layer with the run.
    """
    _DRESSERS.pop(destination, None)
    path, _, table = destination.partition("|layername=")
    if table:
        with suppress(QgsProviderConnectionException):
            metadata = QgsProviderRegistry.instance().providerMetadata("ogr")
            metadata.createConnection(path, {}).dropVectorTable("", table)
    elif path.lower().endswith(".shp"):
        QgsVectorFileWriter.deleteShapeFile(path)
    elif Path(path).is_file():
        Path(path).unlink()
        for ending in ("-journal", "-wal", "-shm"):
            Path(path + ending).unlink(missing_ok=True)
