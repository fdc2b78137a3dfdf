"""Several plans in one output: each is loaded as a layer of its own, filtered by its number."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingLayerPostProcessorInterface, QgsVectorLayer

from linzhang_plugin.core.grids.tables import PLAN_GRIDS
from linzhang_plugin.processing import bridge
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.outputs import STYLES

_LOADERS: dict[str, PlanLoader] = {}
"""Post-processors alive until QGIS has used them: it keeps no reference of its own."""


def show_plans(call: Call, destination: str, titles: list[str]) -> None:
    """Have each plan of a written sink loaded under its own title; the first one is shown."""
    if not call.context.willLoadLayerOnCompletion(destination):
        return
    details = call.context.layerToLoadOnCompletionDetails(destination)
    details.name = titles[0]
    details.forceName = True
    _LOADERS[destination] = loader = PlanLoader(destination, titles)
    details.setPostProcessor(loader)


class PlanLoader(QgsProcessingLayerPostProcessorInterface):
    """Filters the loaded layer to the first plan and adds a layer for each other plan."""

    def __init__(self, destination: str, titles: list[str]) -> None:
        """Remember the plans' titles, in order of their numbers from 1."""
        super().__init__()
        self.destination = destination
        self.titles = titles

    def postProcessLayer(self, layer: Any, context: Any, feedback: Any) -> None:  # noqa: N802
        """Dress the layers; called by QGIS on the main thread."""
        del feedback
        bridge.dress_layer(layer, PLAN_GRIDS, STYLES)
        self.add_others(layer, context)
        layer.setSubsetString('"plan" = 1')
        layer.setName(self.titles[0])
        _LOADERS.pop(self.destination, None)

    def add_others(self, layer: QgsVectorLayer, context: QgsProcessingContext) -> None:
        """Add a copy of the layer for each plan after the first, unticked."""
        project = context.project()
        if project is None:
            return
        for number, title in reversed(list(enumerate(self.titles, start=1))[1:]):
            copy = layer.clone()
            copy.setSubsetString(f'"plan" = {number}')
            copy.setName(title)
            project.addMapLayer(copy, False)
            node = project.layerTreeRoot().insertLayer(0, copy)
            if node is not None:
                node.setItemVisibilityChecked(False)
