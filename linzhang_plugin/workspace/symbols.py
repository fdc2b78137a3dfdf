"""How a project's layers look: the shipped QML styles, else a plain symbol of their own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from qgis.core import (
    QgsContrastEnhancement,
    QgsFillSymbol,
    QgsHillshadeRenderer,
    QgsLineSymbol,
    QgsMapLayer,
    QgsMarkerSymbol,
    QgsMultiBandColorRenderer,
    QgsPalLayerSettings,
    QgsRasterLayer,
    QgsSingleSymbolRenderer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)

from linzhang_plugin.core.tables.field import Table

STYLES = Path(__file__).parents[1] / "styles"

PLAIN: dict[str, dict[str, str]] = {
    "grid": {"color": "120,180,90,60", "outline_color": "#1b5e20", "outline_width": "0.6"},
    "last_grid": {"style": "no", "outline_color": "#c62828", "outline_width": "0.5",
                  "outline_style": "dash"},
    "stand": {"color": "150,200,120,120", "outline_color": "#8aa87a", "outline_width": "0.1"},
    "hill": {"style": "no", "outline_color": "#6d4c41", "outline_width": "0.3"},
    "admin_unit": {"style": "no", "outline_color": "#555555", "outline_width": "0.4",
                   "outline_style": "dash dot"},
    "water": {"color": "#b3d9ee", "outline_color": "#7fb5d5", "outline_width": "0.1"},
    "farmland": {"color": "#f3ecc8", "outline_style": "no"},
    "road": {"line_color": "#9c6b3c", "line_width": "0.4"},
    "river": {"line_color": "#6aa9d8", "line_width": "0.4"},
    "person": {"name": "circle", "color": "#d84315", "size": "2"},
    "settlement": {"name": "square", "color": "#777777", "size": "1.4"},
    "notice_board": {"name": "triangle", "color": "#1565c0", "size": "2.4"},
}  # fmt: skip
"""Properties of a layer's symbol where no style file is shipped."""
LABELS = {"grid": "grid_name", "hill": "hill_name", "settlement": "settlement_name"}
"""Column that a layer is labelled with where no style file is shipped."""


def dress_symbols(layer: QgsVectorLayer, table: Table, look: str = "") -> None:
    """Give a layer its style.

    Args:
        layer: A vector layer.
        table: Its description.
        look: Name of another look than the table's own (last year's grids).
    """
    if not table.geometry:
        return
    style = STYLES / f"{look or table.style}.qml"
    if style.exists():
        category = QgsMapLayer.StyleCategory
        wanted = category.Symbology | category.Labeling | category.Rendering
        layer.loadNamedStyle(str(style), False, wanted)
        return
    properties = PLAIN.get(look or table.name, {})
    if "Polygon" in table.geometry:
        symbol = QgsFillSymbol.createSimple(properties)
    elif "Line" in table.geometry:
        symbol = QgsLineSymbol.createSimple(properties)
    else:
        symbol = QgsMarkerSymbol.createSimple(properties)
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    if table.name in LABELS and not look:
        _label(layer, LABELS[table.name])


def dress_patrols(layer: QgsVectorLayer, titles: Mapping[str, str]) -> None:
    """Show patrols by validity, a day to be played, and on a click why one does not count.

    Args:
        layer: Patrols as lines.
        titles: Title of each field.
    """
    layer.loadNamedStyle(str(STYLES / "patrol.qml"))
    for name, title in titles.items():
        layer.setFieldAlias(layer.fields().lookupField(name), title)


def _label(layer: QgsVectorLayer, column: str) -> None:
    settings = QgsPalLayerSettings()
    settings.fieldName = column
    text = QgsTextFormat()
    text.setSize(7.0)
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(0.7)
    text.setBuffer(halo)
    settings.setFormat(text)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


def dress_image(layer: QgsRasterLayer) -> None:
    """Show an image with SWIR or near infrared in red, so that bare soil stands out."""
    names = [layer.bandName(n).lower() for n in range(1, layer.bandCount() + 1)]

    def band(*wanted: str) -> int:
        for word in wanted:
            for number, name in enumerate(names, start=1):
                if name.endswith(word):
                    return number
        return 1

    chosen = (band("swir1", "nir"), band("nir"), band("red"))
    renderer = QgsMultiBandColorRenderer(layer.dataProvider(), *chosen)
    for number, setter in zip(
        chosen,
        (
            renderer.setRedContrastEnhancement,
            renderer.setGreenContrastEnhancement,
            renderer.setBlueContrastEnhancement,
        ),
        strict=True,
    ):
        stretch = QgsContrastEnhancement(layer.dataProvider().dataType(number))
        stretch.setMinimumValue(0)
        stretch.setMaximumValue(4000)
        stretch.setContrastEnhancementAlgorithm(
            QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum
        )
        setter(stretch)
    layer.setRenderer(renderer)


def dress_raster(layer: QgsRasterLayer) -> None:
    """Show an elevation raster as hillshade."""
    renderer = QgsHillshadeRenderer(layer.dataProvider(), 1, 315.0, 45.0)
    renderer.setZFactor(1.0)
    layer.setRenderer(renderer)
    layer.setOpacity(0.35)
