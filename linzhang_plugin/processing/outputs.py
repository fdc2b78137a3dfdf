"""Output layers: dressed where QGIS loads them, taken away where their run failed."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingLayerPostProcessorInterface,
    QgsProviderConnectionException,
    QgsProviderRegistry,
    QgsVectorFileWriter,
)

from linzhang_plugin.core.tables.field import Table
from linzhang_plugin.language import language
from linzhang_plugin.processing import bridge

STYLES = Path(__file__).parents[1] / "styles"


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
