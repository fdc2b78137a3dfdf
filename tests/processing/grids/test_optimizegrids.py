"""optimizegrids and its sisters as QGIS runs them."""

from __future__ import annotations

import threading
import time

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsField,
    QgsGeometry,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QVariant

from linzhang_plugin.core.grids.tables import CHANGES, GRIDS, STAND_GRID
from tests.truth.small_counties import county, posts

KINDS = {"O": QVariant.Type.String, "i": QVariant.Type.LongLong, "f": QVariant.Type.Double}


def layer_of(frame, name: str, kind: str) -> QgsVectorLayer:
    layer = QgsVectorLayer(kind, name, "memory")
    layer.setCrs(QgsCoordinateReferenceSystem(f"EPSG:{frame.crs.to_epsg()}"))
    columns = [c for c in frame.columns if c != "geometry"]
    layer.dataProvider().addAttributes([QgsField(c, KINDS[frame[c].dtype.kind]) for c in columns])
    layer.updateFields()
    features = []
    for row in frame.itertuples():
        feature = QgsFeature(layer.fields())
        values = [getattr(row, c) for c in columns]
        feature.setAttributes([v.item() if hasattr(v, "item") else v for v in values])
        if row.geometry is not None:
            feature.setGeometry(QgsGeometry.fromWkt(row.geometry.wkt))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


@pytest.fixture(scope="module")
def inputs():
    stands = county(columns=8, rows=6, towns=2, per_grid=6)
    stands.loc[7, "previous_grid_code"] = ""
    stands = stands.to_crs(4490)
    return stands, posts(county(columns=8, rows=6, towns=2, per_grid=6)).to_crs(4490)


def parameters(inputs, **more):
    stands, rangers = inputs
    return {
        "STANDS": layer_of(stands, "stands", "Polygon"),
        "RANGERS": layer_of(rangers, "rangers", "Point"),
        "MIN_MU": 0,
        "MAX_MU": 100_000,
        "EFFORT": 0,
        "PROCESSES": 1,
        "GRIDS": "TEMPORARY_OUTPUT",
        "STAND_GRID": "TEMPORARY_OUTPUT",
        "CHANGES": "TEMPORARY_OUTPUT",
        **more,
    }


def rows(layer):
    names = [field.name() for field in layer.fields()]
    return [dict(zip(names, f.attributes(), strict=True)) for f in layer.getFeatures()]


@pytest.fixture(scope="module")
def plan(registered, inputs, tmp_path_factory):
    from qgis import processing

    report = str(tmp_path_factory.mktemp("中文 报告") / "report.html")
    return processing.run("linzhang:optimizegrids", parameters(inputs, REPORT=report, YEAR=2024))


def test_every_promised_field_and_figure_is_there(plan):
    assert [f.name() for f in plan["GRIDS"].fields()] == GRIDS.names
    assert set(STAND_GRID.names) <= {f.name() for f in plan["STAND_GRID"].fields()}
    assert [f.name() for f in plan["CHANGES"].fields()] == CHANGES.names
    assert plan["N_GRIDS"] == 8 and plan["GRIDS"].featureCount() == 8
    assert plan["STAND_GRID"].featureCount() == 48
    assert plan["N_DISCONNECTED"] == 0 and plan["N_VIOLATIONS"] == 0
    assert plan["SECONDS"] > 0
    with open(plan["REPORT"], encoding="utf-8") as page:
        assert "<html" in page.read()


def test_outputs_are_in_the_inputs_crs_and_valid(plan):
    for name in ("GRIDS", "STAND_GRID", "CHANGES"):
        assert plan[name].crs().authid() == "EPSG:4490"
    for feature in plan["GRIDS"].getFeatures():
        assert feature.geometry().isGeosValid()
        assert feature["bound_e"] and feature["ranger_id"] and feature["status"] == "draft"
    assert any("s0007" in str(row["stand_id"]) for row in rows(plan["CHANGES"]))


def test_two_runs_give_the_same_tables(plan, registered, inputs):
    from qgis import processing

    again = processing.run("linzhang:optimizegrids", parameters(inputs, YEAR=2024))
    for name in ("GRIDS", "STAND_GRID", "CHANGES"):
        assert rows(again[name]) == rows(plan[name])


def test_evaluation_gives_the_same_figures(plan, registered, inputs):
    from qgis import processing

    asked = parameters(inputs)
    found = processing.run(
        "linzhang:evaluategrids",
        {
            "GRIDS": plan["GRIDS"], "STANDS": asked["STANDS"], "RANGERS": asked["RANGERS"],
            "MIN_MU": 0, "MAX_MU": 100_000,
            "INDICATORS": "TEMPORARY_OUTPUT", "SUMMARY": "TEMPORARY_OUTPUT",
        },
    )  # fmt: skip
    for name in ("N_GRIDS", "N_DISCONNECTED", "N_VIOLATIONS", "VILLAGE_SPLITS"):
        assert found[name] == plan[name]
    for name in ("MAX_DEVIATION_PERCENT", "CHANGED_PERCENT", "MEAN_TRAVEL_MIN"):
        assert found[name] == pytest.approx(plan[name], rel=1e-6, abs=1e-9)
    by_code = {row["grid_code"]: row for row in rows(plan["GRIDS"])}
    for row in rows(found["INDICATORS"]):
        for field in ("area_mu", "workload", "deviation_percent", "compactness", "travel_min"):
            assert row[field] == pytest.approx(by_code[row["grid_code"]][field], rel=1e-6)


def test_comparison_lists_what_moved(plan, registered, inputs, tmp_path):
    from qgis import processing

    asked = parameters(inputs)
    found = processing.run(
        "linzhang:comparegrids",
        {"BEFORE": plan["GRIDS"], "AFTER": plan["GRIDS"], "STANDS": asked["STANDS"],
         "CHANGES": "TEMPORARY_OUTPUT", "SUMMARY": "TEMPORARY_OUTPUT",
         "REPORT": str(tmp_path / "r.html")},
    )  # fmt: skip
    assert found["N_MOVED"] == 0 and found["CHANGES"].featureCount() == 0
    assert (tmp_path / "r.html").exists()


def test_rangers_keep_their_hill(plan, registered, inputs):
    from qgis import processing

    found = processing.run(
        "linzhang:assignrangers",
        {"GRIDS": plan["GRIDS"], "RANGERS": parameters(inputs)["RANGERS"],
         "GRID_RANGER": "TEMPORARY_OUTPUT"},
    )  # fmt: skip
    assert (found["N_ASSIGNED"], found["N_VACANT"], found["N_LEFT"]) == (8, 0, 0)
    wanted = {row["grid_code"]: row["ranger_id"] for row in rows(plan["GRIDS"])}
    assert {r["grid_code"]: r["ranger_id"] for r in rows(found["GRID_RANGER"])} == wanted


def test_numbering_and_limits(plan, registered):
    from qgis import processing

    numbered = processing.run(
        "linzhang:numbergrids",
        {"GRIDS": plan["GRIDS"], "KEEP": False, "OUTPUT": "TEMPORARY_OUTPUT"},
    )
    codes = sorted(row["grid_code"] for row in rows(numbered["OUTPUT"]))
    assert codes == [f"36070210{t}W{i:03d}" for t in (0, 1) for i in range(1, 5)]
    kept = processing.run(
        "linzhang:numbergrids", {"GRIDS": plan["GRIDS"], "OUTPUT": "TEMPORARY_OUTPUT"}
    )
    assert kept["N_KEPT"] == 8
    road = QgsVectorLayer("LineString?crs=EPSG:4547&field=name:string", "roads", "memory")
    feature = QgsFeature(road.fields())
    feature.setAttributes(["示例路"])
    feature.setGeometry(QgsGeometry.fromWkt(
        "LINESTRING(499990 2849000, 499990 2856000)"))  # fmt: skip
    road.dataProvider().addFeatures([feature])
    told = processing.run(
        "linzhang:describebounds",
        {"GRIDS": plan["GRIDS"], "ROADS": road, "OUTPUT": "TEMPORARY_OUTPUT"},
    )
    west = [r["bound_w"] for r in rows(told["OUTPUT"]) if "示例路" in str(r["bound_w"])]
    assert 1 <= len(west) <= 2


def test_trade_off_goes_from_least_change_to_a_fresh_division(registered, inputs, tmp_path):
    from qgis import processing

    asked = parameters(inputs, PLANS_COUNT=3, PLANS="TEMPORARY_OUTPUT", CURVE="TEMPORARY_OUTPUT",
                       REPORT=str(tmp_path / "curve.html"))  # fmt: skip
    for name in ("GRIDS", "STAND_GRID", "CHANGES"):
        del asked[name]
    found = processing.run("linzhang:tradeoffgrids", asked)
    curve = rows(found["CURVE"])
    assert found["N_PLANS"] == 3 and found["PLANS"].featureCount() == 3 * 48
    changed = [row["changed_percent"] for row in curve]
    quality = [row["quality"] for row in curve]
    assert changed == sorted(changed) and quality == sorted(quality, reverse=True)
    assert (tmp_path / "curve.html").read_text(encoding="utf-8").count("<svg") == 2


def test_each_plan_of_a_trade_off_is_a_layer_of_its_own(registered, inputs):
    from qgis import processing
    from qgis.core import QgsProcessingContext, QgsProject

    from linzhang_plugin.processing.grids.planlayers import PlanLoader

    asked = parameters(inputs, PLANS_COUNT=2, PLANS="TEMPORARY_OUTPUT", CURVE="TEMPORARY_OUTPUT",
                       GRIDS="TEMPORARY_OUTPUT")  # fmt: skip
    del asked["STAND_GRID"], asked["CHANGES"]
    found = processing.run("linzhang:tradeoffgrids", asked)
    layer, project, context = found["GRIDS"], QgsProject(), QgsProcessingContext()
    every = {row["plan"] for row in rows(layer)}
    assert every == {1, 2}
    context.setProject(project)
    project.addMapLayer(layer, False)
    PlanLoader("none", ["first", "second"]).postProcessLayer(layer, context, None)
    shown = {other.name(): {row["plan"] for row in rows(other)}
             for other in project.mapLayers().values()}  # fmt: skip
    assert shown == {"first": {1}, "second": {2}}
    ticked = {n.name(): n.itemVisibilityChecked() for n in project.layerTreeRoot().findLayers()}
    assert ticked == {"second": False}


def test_a_failed_run_writes_nothing(registered, inputs, tmp_path):
    from qgis import processing

    out = tmp_path / "grids.gpkg"
    bad = parameters(inputs, TOWN_FIELD="no_such", GRIDS=str(out))
    with pytest.raises(QgsProcessingException, match="no_such"):
        processing.run("linzhang:optimizegrids", bad)
    stopped = parameters(inputs, MIN_MU=90_000, ON_INFEASIBLE=0, GRIDS=str(out))
    with pytest.raises(QgsProcessingException, match="cannot be kept"):
        processing.run("linzhang:optimizegrids", stopped)
    assert not out.exists()


def test_a_layer_without_crs_or_features_is_refused(registered, inputs):
    from qgis import processing

    asked = parameters(inputs)
    asked["STANDS"].setCrs(QgsCoordinateReferenceSystem())
    with pytest.raises(QgsProcessingException, match="coordinate reference system"):
        processing.run("linzhang:optimizegrids", asked)
    asked = parameters(inputs)
    asked["STANDS"].dataProvider().truncate()
    with pytest.raises(QgsProcessingException, match="no features"):
        processing.run("linzhang:optimizegrids", asked)


def test_cancel_stops_within_a_second(registered, inputs):
    from qgis import processing

    big = county(columns=60, rows=40, towns=1, per_grid=40)
    feedback = QgsProcessingFeedback()
    asked_at = []

    def cancel():
        asked_at.append(time.monotonic())
        feedback.cancel()

    asked = parameters((big, posts(big)), EFFORT=2, MODE=1)
    timer = threading.Timer(4.0, cancel)
    timer.start()
    with pytest.raises(QgsProcessingException, match="Cancelled"):
        processing.run("linzhang:optimizegrids", asked, feedback=feedback)
    ended = time.monotonic()
    timer.join()
    assert ended - asked_at[0] < 1.0
