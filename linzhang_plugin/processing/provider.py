"""The Processing provider ``linzhang``."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from linzhang_plugin.core.messages import tr
from linzhang_plugin.language import translate
from linzhang_plugin.processing import grids, hills, patrols, slopes, workspace

ROOMS = (workspace, grids, hills, slopes, patrols)


class LinzhangProvider(QgsProcessingProvider):
    """Offers every algorithm of every room."""

    def id(self) -> str:
        """Give the fixed id."""
        return "linzhang"

    def name(self) -> str:
        """Give the name shown in the toolbox."""
        return translate(tr("Linzhang"))

    def longName(self) -> str:  # noqa: N802 - name fixed by QGIS
        """Give the long name."""
        return translate(tr("Linzhang: the forest chief office"))

    def icon(self) -> QIcon:
        """Give the provider's icon."""
        return QIcon(str(Path(__file__).parents[1] / "icons" / "linzhang.svg"))

    def loadAlgorithms(self) -> None:  # noqa: N802 - name fixed by QGIS
        """Add one instance of each algorithm."""
        for room in ROOMS:
            for algorithm in room.ALGORITHMS:
                self.addAlgorithm(algorithm())
