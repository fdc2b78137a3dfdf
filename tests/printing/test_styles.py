"""The shipped styles: they load, use fields that exist, hold no code, tell neighbours apart."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import shapely

from linzhang_plugin.core.grids.tables import CHANGES, GRIDS, STAND_GRID
from linzhang_plugin.core.hills.tables import PEAKS
from linzhang_plugin.core.sample.county import make_county
from linzhang_plugin.core.slopes.tables import CANDIDATES, PRIORITY, VERIFICATION
from linzhang_plugin.core.tables.plan_tables import FINDING
from linzhang_plugin.core.tables.schema import TABLES

STYLES = Path(__file__).parents[2] / "linzhang_plugin" / "styles"
DRESSED = {table.style: table for table in TABLES.values() if table.style and table.geometry}
DRESSED |= {"last_grid": TABLES["grid"], "stand_grid": STAND_GRID, "changes": CHANGES}
DRESSED |= {"finding": FINDING, "candidate": CANDIDATES, "priority": PRIORITY}
DRESSED |= {"verification": VERIFICATION, "peak": PEAKS}
OURS = [
    "admin_unit",
    "bare_slope",
    "built_up",
    "candidate",
    "changes",
    "event",
    "farmland",
    "finding",
    "grid",
    "hill",
    "last_grid",
    "notice_board",
    "peak",
    "person",
    "priority",
    "risk_zone",
    "river",
    "road",
    "scenic_spot",
    "settlement",
    "slope_review",
    "special_land",
    "stand",
    "stand_grid",
    "verification",
    "water",
]


def layer_of(table, style):
    from qgis.core import QgsMapLayer, QgsVectorLayer

    kinds = {"integer": "integer", "real": "double", "boolean": "boolean"}
    fields = "&".join(f"field={f.name}:{kinds.get(f.kind, 'string')}" for f in table.fields)
    layer = QgsVectorLayer(f"{table.geometry}?crs=EPSG:4547&{fields}", "layer", "memory")
    assert layer.isValid()
    category = QgsMapLayer.StyleCategory
    wanted = category.Symbology | category.Labeling | category.Rendering
    message, loaded = layer.loadNamedStyle(str(STYLES / f"{style}.qml"), False, wanted)
    assert loaded, message
    return layer


@pytest.mark.parametrize("style", OURS)
def test_a_style_uses_fields_that_its_table_has(qgis_app, style):
    from qgis.core import QgsExpression, QgsRenderContext

    layer = layer_of(DRESSED[style], style)
    names = {name.lower() for name in DRESSED[style].names}
    used = set()
    for name in layer.renderer().usedAttributes(QgsRenderContext()):
        used |= set(QgsExpression(name).referencedColumns()) if "(" in name else {name}
    if layer.labeling():
        settings = layer.labeling().settings()
        # An expression of its own: the settings keep the other one for themselves.
        text = settings.fieldName if settings.isExpression else f'"{settings.fieldName}"'
        expression = QgsExpression(text)
        assert not expression.hasParserError(), expression.parserErrorString()
        used |= set(expression.referencedColumns())
    assert {name.lower() for name in used} - {"#!allattributes!#"} <= names


@pytest.mark.parametrize("style", OURS)
def test_a_style_holds_no_code_and_no_path(style):
    text = (STYLES / f"{style}.qml").read_text(encoding="utf-8")
    assert not re.search(r"/tmp|/home|/root|python|<editform>|attributeactions", text)


@pytest.mark.parametrize("style", ["grid", "stand", "road", "person", "admin_unit"])
def test_categories_cover_the_code_list(qgis_app, style):
    from linzhang_plugin.core.tables.code_data import LISTS

    layer = layer_of(DRESSED[style], style)
    renderer = layer.renderer()
    if style == "grid":
        assert len(renderer.categories()) == 9
        return
    domain = {"road": "road_kind"}.get(style)
    values = {str(category.value()) for category in renderer.categories()}
    if domain:
        assert {code for code, _, _ in LISTS[domain]} <= values
    else:
        assert len(values) >= 3


@pytest.mark.parametrize(
    ("status", "confidence", "shown"),
    [
        ("suspected", 0.499, "doubtful"),
        ("suspected", 0.5, "suspected"),
        ("suspected", None, "suspected"),
        ("verified", 0.1, "verified"),
        ("mistaken", 0.1, "mistaken"),
    ],
)
def test_doubtful_candidates_look_and_read_apart(qgis_app, status, confidence, shown):
    from qgis.core import QgsExpression, QgsExpressionContext, QgsFeature

    layer = layer_of(DRESSED["slope_review"], "slope_review")
    feature = QgsFeature(layer.fields())
    feature["candidate_no"], feature["status"] = "Y1", status
    feature["confidence"] = confidence
    context = QgsExpressionContext()
    context.setFields(layer.fields())
    context.setFeature(feature)
    renderer = layer.renderer()
    value = QgsExpression(renderer.classAttribute()).evaluate(context)
    assert value == shown
    assert renderer.categoryIndexForValue(value) >= 0
    label = QgsExpression(layer.labeling().settings().fieldName).evaluate(context)
    assert label == ("Y1" if confidence is None else f"Y1\n{confidence}")


def test_neighbouring_grids_mostly_differ_in_colour(qgis_app):
    from qgis.core import (
        QgsExpression,
        QgsExpressionContext,
        QgsExpressionContextUtils,
        QgsFeature,
        QgsGeometry,
    )

    grids = make_county(3, 2024, 0.3).grid
    shapes = grids.geometry.to_numpy()
    layer = layer_of(GRIDS, "grid")
    features = []
    for shape in shapes:
        feature = QgsFeature(layer.fields())
        geometry = QgsGeometry()
        geometry.fromWkb(shapely.to_wkb(shape))
        feature.setGeometry(geometry)
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    renderer = layer.renderer()
    expression = QgsExpression(renderer.classAttribute())
    assert not expression.hasParserError()
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    colors = []
    for feature in layer.getFeatures():
        context.setFeature(feature)
        colors.append(int(expression.evaluate(context)))
    assert set(colors) <= set(range(9))
    pairs = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=60).T
    pairs = [(i, j) for i, j in pairs if i < j]
    alike = sum(colors[i] == colors[j] for i, j in pairs)
    assert alike <= 0.1 * len(pairs)


@pytest.mark.parametrize("path", sorted(STYLES.glob("*.qml")), ids=lambda path: path.stem)
def test_labels_are_set_in_chinese_fonts_of_every_system(path):
    text = path.read_text(encoding="utf-8")
    fonts = set(re.findall(r'fontFamily="([^"]*)"', text))
    assert fonts <= {"WenQuanYi Zen Hei"}
    # Windows, macOS and Linux by what each has; QGIS takes the first that is there.
    if fonts:
        assert {"Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC"} <= set(
            re.findall(r'<family name="([^"]*)"', text)
        )
