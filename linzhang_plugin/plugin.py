"""Puts the parts together; ``unload`` mirrors ``initGui``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication

from linzhang_plugin.language import install_translator
from linzhang_plugin.processing.provider import LinzhangProvider

if TYPE_CHECKING:
    from qgis.gui import QgisInterface


class LinzhangPlugin:
    """The plugin object that QGIS holds."""

    def __init__(self, iface: QgisInterface | None) -> None:
        """Keep the desktop's interface; None under ``qgis_process``."""
        self.iface = iface
        self.translator = install_translator()
        self.provider: LinzhangProvider | None = None

    def initProcessing(self) -> None:  # noqa: N802 - name fixed by QGIS
        """Register the Processing provider; all that ``qgis_process`` calls."""
        if self.provider is None:
            self.provider = LinzhangProvider()
            QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self) -> None:  # noqa: N802 - name fixed by QGIS
        """Build what the desktop shows."""
        self.initProcessing()

    def unload(self) -> None:
        """Take away all that ``initGui`` built."""
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
        if self.translator is not None:
            QCoreApplication.removeTranslator(self.translator)
            self.translator = None
