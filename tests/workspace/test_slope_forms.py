"""Forms and layers of the bare-slope register as the generated project has them."""

from __future__ import annotations

import geopandas as gpd
import pyproj
import pytest
import shapely

from linzhang_plugin.core.tables.schema import TABLES
from linzhang_plugin.core.tables.slope_moves import SLOPE_MOVES
from linzhang_plugin.workspace.create import create_workspace
from linzhang_plugin.workspace.project import VIEWS, build_project

CRS = pyproj.CRS.from_epsg(4547)


@pytest.fixture(scope="module")
def project(qgis_app, tmp_path_factory):
    sites = gpd.GeoDataFrame(
        {"site_code": [f"S{n}" for n in range(len(SLOPE_MOVES))], "status": list(SLOPE_MOVES)},
        geometry=[shapely.box(n, 0, n + 1, 1) for n in range(len(SLOPE_MOVES))],
        crs=CRS,
    )
    path = tmp_path_factory.mktemp("工 程") / "county.gpkg"
    workspace = create_workspace(path, "360702", "示例区", 2026, CRS, {"bare_slope": sites})
    made = build_project(workspace, 2026, "zh")
    yield made
    made.clear()


def layer(project, title):
    return project.mapLayersByName(title)[0]


def test_the_form_offers_every_status_by_its_chinese_name(project):
    register_layer = layer(project, "裸露山体")
    index = register_layer.fields().lookupField("status")
    setup = register_layer.editorWidgetSetup(index)
    assert setup.type() == "ValueMap"
    offered = {code for entry in setup.config()["map"] for code in entry.values()}
    assert offered == set(SLOPE_MOVES)
    assert register_layer.attributeAlias(index) == "状态"
    cause = register_layer.fields().lookupField("cause")
    assert register_layer.editorWidgetSetup(cause).type() == "ValueMap"


def test_the_form_takes_legal_moves_only(project):
    from qgis.core import QgsExpression, QgsExpressionContext, QgsExpressionContextUtils

    register_layer = layer(project, "裸露山体")
    index = register_layer.fields().lookupField("status")
    expression = QgsExpression(register_layer.constraintExpression(index))
    assert not expression.hasParserError(), expression.parserErrorString()
    context = QgsExpressionContext(
        QgsExpressionContextUtils.globalProjectLayerScopes(register_layer)
    )
    for feature in list(register_layer.getFeatures()):
        stored = feature["status"]
        for wished in SLOPE_MOVES:
            feature["status"] = wished
            context.setFeature(feature)
            legal = wished == stored or wished in SLOPE_MOVES[stored]
            assert bool(expression.evaluate(context)) == legal, (stored, wished)


def test_decisions_and_moves_go_by_their_algorithms(project):
    assert layer(project, "裸露山体核查队列").readOnly()
    assert layer(project, "裸露山体状态流转").readOnly()
    assert not layer(project, "裸露山体").readOnly()


def test_what_slopes_are_seen_from_are_layers_of_their_own(project):
    for _, source, kinds, zh, _ in VIEWS:
        view_layer = layer(project, zh)
        assert view_layer.isValid()
        assert all(kind in view_layer.subsetString() for kind in kinds)
        assert TABLES[source].style


def test_the_register_knows_its_checks_and_moves(project):
    relations = project.relationManager().relations()
    for child in ("bare_slope_check", "bare_slope_move"):
        assert relations[f"bare_slope_{child}"].isValid()
