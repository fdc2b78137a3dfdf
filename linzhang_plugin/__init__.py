"""Linzhang (林长): the forest chief office's work in QGIS."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from linzhang_plugin.plugin import LinzhangPlugin


def classFactory(iface: QgisInterface) -> LinzhangPlugin:  # noqa: N802 - name fixed by QGIS
    """Give QGIS the plugin object.

    Args:
        iface: The desktop's interface, or None under ``qgis_process``.
    """
    from linzhang_plugin.plugin import LinzhangPlugin

    return LinzhangPlugin(iface)
