"""What a user reads when something goes wrong: a sentence, never a traceback."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsVectorLayer,
)

from linzhang_plugin.core.child import run_in_child
from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.bridge import check_coordinates

SQUARE = "Polygon ((500000 2880000, 500100 2880000, 500100 2880100, 500000 2880000))"


class Stumbles(LinzhangAlgorithm):
    """Divides by zero, here or in a child."""

    NAME = "stumbles"
    TITLE = tr("Grids")
    GROUP = tr("Grids")
    IN_CHILD = False

    def declare(self) -> None:
        """Take nothing."""

    def work(self, call):
        """Fail."""
        if self.IN_CHILD:
            return run_in_child("tests.truth.child_tasks:stumble", ())
        return {"N": 1 // len(call.parameters)}


class StumblesInChild(Stumbles):
    """The same a process further away."""

    IN_CHILD = True


@pytest.mark.parametrize("kind", [Stumbles, StumblesInChild])
def test_a_fault_of_the_program_is_one_sentence_and_a_report(kind, provider):
    heard = []
    log = QgsApplication.messageLog()
    log.messageReceived.connect(lambda text, tag, level: heard.append((tag, text)))
    algorithm = kind()
    with pytest.raises(QgsProcessingException) as caught:
        algorithm.processAlgorithm({}, QgsProcessingContext(), QgsProcessingFeedback())
    log.messageReceived.disconnect()
    sentence = str(caught.value)
    assert "ZeroDivisionError" in sentence
    assert "\n" not in sentence and "File" not in sentence
    assert any(tag == "Linzhang" and "line" in text for tag, text in heard)


def memory_layer(kind, wkt):
    layer = QgsVectorLayer(kind, "示例图层", "memory")
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry.fromWkt(wkt))
    layer.dataProvider().addFeatures([feature])
    return layer


@pytest.mark.parametrize(
    ("layer", "said"),
    [
        (("None", ""), "has no polygons"),
        (("Point?crs=EPSG:4547", "Point (500000 2880000)"), "has no polygons"),
        (("Polygon?crs=EPSG:4326", SQUARE), "row 1 lies at 500000.0, 2880000.0"),
    ],
    ids=["table", "points", "metres called degrees"],
)
def test_a_layer_that_cannot_be_grids_is_named(layer, said, provider):
    from qgis import processing

    with pytest.raises(QgsProcessingException, match=said) as caught:
        processing.run(
            "linzhang:evaluategrids",
            {
                "GRIDS": memory_layer(*layer),
                "STANDS": memory_layer(*layer),
                "INDICATORS": "TEMPORARY_OUTPUT",
                "SUMMARY": "TEMPORARY_OUTPUT",
            },
        )
    assert "示例图层" in str(caught.value)


def test_an_hour_that_is_no_number_is_refused(provider):
    """Taken for the least whole number, it would make the hours to fill endless."""
    from qgis import processing

    nothing = memory_layer("None", "")
    with pytest.raises(QgsProcessingException, match="FROM_HOUR: nan is no number"):
        processing.run(
            "linzhang:patrolgaps",
            {"PATROLS": nothing, "GRIDS": nothing, "FROM_HOUR": float("nan"),
             "ROSTER": "TEMPORARY_OUTPUT"},
        )  # fmt: skip


def test_a_coordinate_that_is_no_number_is_named():
    shapes = [None, shapely.Point(1, 2), shapely.Point(1, np.nan)]
    check_coordinates(gpd.GeoDataFrame(geometry=shapes[:2]), "示例图层")
    with pytest.raises(InputError, match="示例图层: row 3 has a coordinate that is no number"):
        check_coordinates(gpd.GeoDataFrame(geometry=shapes), "示例图层")


def split(tmp_path, fields, values, **parameters):
    """Run splitstands on one stand with text columns; give the columns written."""
    from qgis import processing

    url = "Polygon?crs=EPSG:4547" + "".join(f"&field={name}:string" for name in fields)
    stands = QgsVectorLayer(url, "示例图层", "memory")
    feature = QgsFeature(stands.fields())
    feature.setGeometry(QgsGeometry.fromWkt(SQUARE))
    feature.setAttributes(list(values))
    stands.dataProvider().addFeatures([feature])
    line = memory_layer("LineString?crs=EPSG:4547", "LineString (500050 0, 500050 9000000)")
    out = str(tmp_path / "OUTPUT.gpkg")
    given = {"STANDS": stands, "LINES": line, "OUTPUT": out, **parameters}
    got = processing.run("linzhang:splitstands", given)
    return QgsVectorLayer(got["OUTPUT"]).fields().names()


@pytest.mark.parametrize("reserved", ["fid", "FID", "geom"])
def test_a_column_that_a_geopackage_keeps_for_itself_is_left_out(reserved, provider, tmp_path):
    names = split(tmp_path, (reserved, "说明"), ("坏值", "示例"))
    assert "说明" in names and reserved not in set(names) - {"fid"}


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"STAND_ID_FIELD": "nowhere"}, "STAND_ID_FIELD: the layer has no field nowhere"),
        ({"AREA_FIELD": "nowhere"}, "AREA_FIELD: the layer has no field nowhere"),
        ({"AREA_FIELD": "面积"}, "Field 面积, row 1: 坏值 is no number"),
    ],
)
def test_a_field_that_cannot_be_used_is_named(parameters, said, provider, tmp_path):
    with pytest.raises(QgsProcessingException, match=said):
        split(tmp_path, ("面积",), ("坏值",), **parameters)
    assert list(tmp_path.iterdir()) == []
