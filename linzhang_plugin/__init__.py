"""Linzhang (林长): the forest chief office's work in QGIS."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from linzhang_plugin.incomplete import IncompletePlugin
    from linzhang_plugin.plugin import LinzhangPlugin


def classFactory(  # noqa: N802 - name fixed by QGIS
    iface: QgisInterface | None,
) -> LinzhangPlugin | IncompletePlugin:
    """Give QGIS the plugin object, or one that says which libraries it cannot do without.

    Args:
        iface: The desktop's interface, or None under ``qgis_process``.
    """
    from linzhang_plugin.libraries import find_libraries

    if missing := find_libraries():
        from linzhang_plugin.incomplete import IncompletePlugin

        return IncompletePlugin(iface, missing)
    from linzhang_plugin.plugin import LinzhangPlugin

    return LinzhangPlugin(iface)
