"""What QGIS holds where a needed Python library is missing: it says so, and breaks nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import Qgis, QgsMessageLog
from qgis.PyQt.QtCore import QCoreApplication

from linzhang_plugin.core.messages import Message
from linzhang_plugin.language import install_translator, translate

if TYPE_CHECKING:
    from qgis.gui import QgisInterface


class IncompletePlugin:
    """Stands in for the plugin, with one sentence instead of a traceback in a modal box."""

    def __init__(self, iface: QgisInterface | None, missing: list[str]) -> None:
        """Keep what is missing until there is somewhere to say it."""
        self.iface = iface
        self.translator = install_translator()
        self.message = Message(
            "Linzhang needs Python libraries that this QGIS does not have: {names}. Install"
            " them for this QGIS's Python (the installation chapter of the README says how)"
            " and start QGIS again.",
            {"names": ", ".join(missing)},
        )

    def initProcessing(self) -> None:  # noqa: N802 - name fixed by QGIS
        """Say it in the log; there are no algorithms."""
        text = self.message.render(translate)
        QgsMessageLog.logMessage(text, "Linzhang", Qgis.MessageLevel.Critical)

    def initGui(self) -> None:  # noqa: N802 - name fixed by QGIS
        """Say it in the message bar."""
        self.initProcessing()
        if self.iface is not None:
            self.iface.messageBar().pushWarning("Linzhang", self.message.render(translate))

    def unload(self) -> None:
        """Take the translator away."""
        if self.translator is not None:
            QCoreApplication.removeTranslator(self.translator)
            self.translator = None
