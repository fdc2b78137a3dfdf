"""Puts the parts together; ``unload`` mirrors ``initGui``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QResource

from linzhang_plugin.language import install_translator
from linzhang_plugin.processing.provider import LinzhangProvider

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from linzhang_plugin.gui.desk import Desk
    from linzhang_plugin.gui.dock import YearDock

RESOURCES = str(Path(__file__).parent / "resources.rcc")


class LinzhangPlugin:
    """The plugin object that QGIS holds."""

    def __init__(self, iface: QgisInterface | None) -> None:
        """Keep the desktop's interface; None under ``qgis_process``."""
        self.iface = iface
        self.translator = install_translator()
        self.provider: LinzhangProvider | None = None
        self.desk: Desk | None = None

    @property
    def dock(self) -> YearDock | None:
        """The dock with the year's steps, while the desktop shows it."""
        return self.desk.dock if self.desk is not None else None

    def initProcessing(self) -> None:  # noqa: N802 - name fixed by QGIS
        """Register the Processing provider; all that ``qgis_process`` calls."""
        if self.provider is None:
            self.provider = LinzhangProvider()
            QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self) -> None:  # noqa: N802 - name fixed by QGIS
        """Build what the desktop shows."""
        self.initProcessing()
        if self.iface is not None and self.desk is None:
            from linzhang_plugin.gui.desk import Desk

            QResource.registerResource(RESOURCES)
            self.desk = Desk(self.iface)

    def unload(self) -> None:
        """Take away all that ``initGui`` built, last first."""
        if self.desk is not None:
            self.desk.remove()
            self.desk = None
            QResource.unregisterResource(RESOURCES)
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
        if self.translator is not None:
            QCoreApplication.removeTranslator(self.translator)
            self.translator = None
