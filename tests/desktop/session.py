"""Startup script of the application: use the plugin as a person would, and write what was seen.

Environment: SESSION_OUT, the folder for ``seen.json`` and ``window.png``. It always ends QGIS;
a traceback in a slot would otherwise wait in a modal box for ever.
"""

import json
import os
import sys
import traceback
from pathlib import Path

from qgis import processing, utils
from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QTimer
from qgis.utils import iface

OUT = Path(os.environ["SESSION_OUT"])
SIDE_M = 400.0
ROWS, COLUMNS, POSTS = 6, 9, 3
WEST, SOUTH = 385_000.0, 2_850_000.0  # in EPSG:4547, near Ganzhou
SEEN = {}


def square(column, row, width=1, height=1):
    west, south = WEST + column * SIDE_M, SOUTH + row * SIDE_M
    return QgsGeometry.fromRect(
        QgsRectangle(west, south, west + width * SIDE_M, south + height * SIDE_M)
    )


def stands():
    """Two towns side by side, each with three grids last year of which one is far too large."""
    fields = "field=stand_id:string&field=town_code:string&field=previous_grid_code:string"
    layer = QgsVectorLayer(f"MultiPolygon?crs=EPSG:4547&{fields}", "小班", "memory")
    features = []
    for town in range(2):
        for column in range(COLUMNS):
            for row in range(ROWS):
                grid = 0 if column < 5 else 1 if column < 7 else 2
                feature = QgsFeature(layer.fields())
                feature.setAttributes(
                    [f"S{town}{column}{row}", f"36070210{town}", f"36070210{town}W00{grid + 1}"]
                )
                feature.setGeometry(square(column + town * COLUMNS, row))
                features.append(feature)
    assert layer.dataProvider().addFeatures(features)[0]
    return layer


def rangers():
    fields = "&".join(
        f"field={name}:string" for name in ("person_id", "name", "town_code", "previous_grid_code")
    )
    layer = QgsVectorLayer(f"Point?crs=EPSG:4547&{fields}", "护林员", "memory")
    features = []
    for town in range(2):
        for post in range(POSTS):
            feature = QgsFeature(layer.fields())
            grid = f"36070210{town}W00{post + 1}"
            feature.setAttributes([f"P{town}{post}", f"示例{town}{post}", f"36070210{town}", grid])
            x = WEST + (town * COLUMNS + 3 * post + 1.5) * SIDE_M
            feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(x, SOUTH + SIDE_M)))
            features.append(feature)
    assert layer.dataProvider().addFeatures(features)[0]
    return layer


def work():
    plugin = utils.plugins["linzhang_plugin"]
    import geopandas

    SEEN["geopandas"] = geopandas.__file__
    SEEN["pythonpath"] = os.environ.get("PYTHONPATH", "")
    SEEN["dock"] = plugin.dock.windowTitle()
    SEEN["buttons"] = [button.text() for button in plugin.dock.buttons.values()]
    layers = [stands(), rangers()]
    QgsProject.instance().setCrs(layers[0].crs())
    QgsProject.instance().addMapLayers(layers, False)
    algorithm = QgsApplication.processingRegistry().algorithmById("linzhang:optimizegrids")
    wanted = {
        "STANDS": layers[0],
        "RANGERS": layers[1],
        "MIN_MU": 500.0,
        "MAX_MU": 8000.0,
        "MAX_CHANGE": 60.0,
        "GRIDS": QgsProcessing.TEMPORARY_OUTPUT,
        "STAND_GRID": QgsProcessing.TEMPORARY_OUTPUT,
    }
    results = processing.runAndLoadResults(
        algorithm.id(), wanted, QgsProcessingFeedback(), QgsProcessingContext()
    )
    plugin.desk.keep_results("optimizegrids", True, results)
    SEEN["figures"] = {
        name: value for name, value in results.items() if isinstance(value, (int, float))
    }
    loaded = {layer.name(): layer for layer in QgsProject.instance().mapLayers().values()}
    SEEN["layers"] = sorted(loaded)
    grids = QgsProject.instance().mapLayer(results["GRIDS"]) or next(
        layer for name, layer in loaded.items() if "网格" in name
    )
    SEEN["aliases"] = [field.alias() for field in grids.fields()]
    SEEN["renderer"] = grids.renderer().type()
    SEEN["n_grids"] = grids.featureCount()
    SEEN["table_rows"] = plugin.dock.figures.rowCount()
    plugin.dock.show()
    iface.mainWindow().resize(1400, 860)
    iface.messageBar().clearWidgets()
    iface.mapCanvas().setExtent(grids.extent().buffered(600))
    iface.mapCanvas().refreshAllLayers()


def take_picture():
    iface.mapCanvas().waitWhileRendering()
    iface.messageBar().clearWidgets()
    SEEN["picture"] = iface.mainWindow().grab().save(str(OUT / "window.png"))
    iface.mapCanvas().saveAsImage(str(OUT / "map.png"))
    utils.unloadPlugin("linzhang_plugin")
    registry = QgsApplication.processingRegistry()
    SEEN["left_after_unload"] = {
        "provider": registry.providerById("linzhang") is not None,
        "widgets": [w.objectName() for w in iface.mainWindow().children()
                    if w.objectName().startswith("Linzhang") and not w.isHidden()],
    }  # fmt: skip
    end(0)


def end(code):
    (OUT / "seen.json").write_text(json.dumps(SEEN, ensure_ascii=False), encoding="utf-8")
    QgsProject.instance().setDirty(False)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def guarded(step, then=None):
    def run():
        try:
            step()
            if then is not None:
                QTimer.singleShot(1500, then)
        except BaseException:
            traceback.print_exc()
            SEEN["error"] = traceback.format_exc()
            end(1)

    return run


START = guarded(work, guarded(take_picture))
if iface.mainWindow().isVisible():
    QTimer.singleShot(500, START)
else:
    iface.initializationCompleted.connect(lambda: QTimer.singleShot(500, START))
