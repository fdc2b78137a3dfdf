"""What QGIS itself may do to a workspace: the rules hold whoever edits."""

from __future__ import annotations

import re
import shutil
import sqlite3
from pathlib import Path

import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsProject, QgsVectorLayer

from linzhang_plugin.workspace.project import RELATIONS, build_project, write_project
from linzhang_plugin.workspace.store import open_workspace
from tests.truth.small_county import TOWNS, YEAR

A1 = f"{TOWNS[0]}W001"


def bare(store, name):
    layer = QgsVectorLayer(f"{store}|layername={name}", name, "ogr")
    assert layer.isValid()
    return layer


def dressed(store, name):
    """Open a layer as the generated project does: with its forms' defaults."""
    from linzhang_plugin.core.tables.schema import TABLES
    from linzhang_plugin.workspace.forms import dress_form

    layer = bare(store, name)
    dress_form(layer, TABLES[name], open_workspace(store).read("code_list"), "zh")
    return layer


def one(layer, expression):
    return next(layer.getFeatures(expression))


def index(layer, name):
    return layer.fields().lookupField(name)


def value(store, table, column, where):
    with sqlite3.connect(store) as connection:
        return connection.execute(f"SELECT {column} FROM {table} WHERE {where}").fetchone()[0]


def test_an_orphan_added_in_qgis_is_refused(store):
    layer = bare(store, "grid_stand")
    layer.startEditing()
    feature = QgsFeature(layer.fields())
    for name, content in (("grid_code", A1), ("grid_year", YEAR), ("stand_id", "nobody")):
        feature[name] = content
    feature["share"] = 1.0
    assert layer.addFeature(feature)
    assert not layer.commitChanges()
    assert any("no such stand_id" in text for text in layer.commitErrors())
    layer.rollBack()
    assert layer.featureCount() == 40


def test_a_row_added_in_qgis_gets_uuid_version_and_times(store):
    for opened in (bare, dressed):
        layer = opened(store, "road")
        layer.startEditing()
        feature = QgsFeature(layer.fields())
        feature["road_id"] = opened.__name__
        feature.setGeometry(QgsGeometry.fromWkt("MultiLineString((0 0, 1 1))"))
        assert layer.addFeature(feature)
        assert layer.commitChanges(), layer.commitErrors()
        assert len(value(store, "road", "uuid", f"road_id = '{opened.__name__}'")) == 36
        assert value(store, "road", "row_version", f"road_id = '{opened.__name__}'") == 1


def edit(layer, content, times=1):
    feature = one(layer, "stand_id = 'S00'")
    layer.startEditing()
    for number in range(times):
        text = content if number == times - 1 else f"{content}{number}"
        assert layer.changeAttributeValue(feature.id(), index(layer, "place_name"), text)


def test_the_second_of_two_stale_edits_is_refused_and_keeps_its_edits(store):
    first, second = dressed(store, "stand"), dressed(store, "stand")
    edit(first, "甲")
    edit(second, "乙")
    assert first.commitChanges(), first.commitErrors()
    assert not second.commitChanges()
    assert any("changed by someone else" in text for text in second.commitErrors())
    assert second.isEditable() and second.editBuffer().changedAttributeValues()
    second.rollBack()
    assert value(store, "stand", "place_name", "stand_id = 'S00'") == "甲"
    again = dressed(store, "stand")
    edit(again, "乙")
    assert again.commitChanges(), again.commitErrors()
    assert value(store, "stand", "row_version", "stand_id = 'S00'") == 3


def test_many_edits_of_one_feature_before_saving_are_one_version(store):
    layer = dressed(store, "stand")
    edit(layer, "改", times=4)
    assert layer.commitChanges(), layer.commitErrors()
    assert value(store, "stand", "row_version", "stand_id = 'S00'") == 2


def test_a_new_shape_is_saved_and_the_former_one_is_in_the_log(store):
    layer = dressed(store, "stand")
    feature = one(layer, "stand_id = 'S00'")
    layer.startEditing()
    shape = QgsGeometry.fromWkt("MultiPolygon(((0 0, 9 0, 9 9, 0 0)))")
    assert layer.changeGeometry(feature.id(), shape)
    assert layer.commitChanges(), layer.commitErrors()
    assert value(store, "stand", "row_version", "stand_id = 'S00'") == 2
    assert "geom" in value(
        store, "change_log", "changes", "fid = (SELECT max(fid) FROM change_log)"
    )
    assert one(bare(store, "stand"), "stand_id = 'S00'").geometry().area() == pytest.approx(40.5)


def test_an_edit_that_tells_no_version_is_refused(store):
    layer = bare(store, "stand")
    edit(layer, "甲")
    assert not layer.commitChanges()
    layer.rollBack()


def test_a_confirmed_grid_is_frozen_in_qgis_its_assignment_is_not(store):
    workspace = open_workspace(store)
    with workspace.transaction() as writer:
        import pandas as pd

        writer.upsert("plan_year", pd.DataFrame({"grid_year": [YEAR], "status": ["confirmed"]}))
    layer = dressed(store, "grid")
    feature = one(layer, f"grid_code = '{A1}'")
    layer.startEditing()
    layer.changeGeometry(feature.id(), QgsGeometry.fromWkt("MultiPolygon(((0 0,9 0,9 9,0 0)))"))
    assert not layer.commitChanges()
    assert any("confirmed" in text for text in layer.commitErrors())
    layer.rollBack()
    layer.startEditing()
    layer.changeAttributeValue(feature.id(), index(layer, "ranger_name"), "示例新人")
    assert layer.commitChanges(), layer.commitErrors()
    duty = dressed(store, "assignment")
    row = one(duty, f"grid_code = '{A1}' AND duty = 'ranger'")
    duty.startEditing()
    duty.changeAttributeValue(row.id(), index(duty, "contract_no"), "示例-7")
    assert duty.commitChanges(), duty.commitErrors()


# -- the generated project ------------------------------------------------------------


@pytest.fixture(scope="module")
def project(county, tmp_path_factory):
    store = tmp_path_factory.mktemp("工 程") / county.name
    shutil.copy(county, store)
    path = store.with_suffix(".qgz")
    write_project(open_workspace(store), path, YEAR)
    project = QgsProject()
    assert project.read(str(path))
    yield project
    project.clear()


def named(project, table):
    """Give the layer of a table; of the grids this year's."""
    found = [
        layer
        for layer in project.mapLayers().values()
        if re.search(rf"layername={table}(\||$)", layer.source())
    ]
    return max(found, key=lambda layer: layer.name())


def test_every_table_is_a_valid_layer_with_chinese_aliases(project):
    from linzhang_plugin.core.tables.schema import TABLES

    for table in TABLES.values():
        layer = named(project, table.name)
        assert layer.isValid()
        for field in table:
            assert layer.attributeAlias(index(layer, field.name)) == field.zh


def test_forms_offer_the_code_lists(project):
    layer = named(project, "person")
    setup = layer.editorWidgetSetup(index(layer, "role"))
    assert setup.type() == "ValueMap"
    assert {"护林员": "ranger"} in setup.config()["map"]
    assert layer.editorWidgetSetup(index(layer, "uuid")).type() == "Hidden"
    assert layer.editorWidgetSetup(index(layer, "active_from")).type() == "DateTime"


def test_relations_lead_from_grid_to_stand_and_person(project):
    found = project.relationManager().relations()
    assert set(found) == {f"{parent}_{child}" for parent, child, _ in RELATIONS}
    assert all(relation.isValid() for relation in found.values())
    grid = one(named(project, "grid"), f"grid_code = '{A1}'")
    assert len(list(found["grid_grid_stand"].getRelatedFeatures(grid))) == 5
    assert len(list(found["grid_assignment"].getRelatedFeatures(grid))) == 2


def test_paths_are_relative_and_nothing_in_it_can_run(project):
    import zipfile

    with zipfile.ZipFile(project.fileName()) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".qgs"))
        text = archive.read(name).decode()
    assert "<datasource>./" in text and f"<datasource>{Path(project.fileName()).parent}" not in text
    assert "<Macros>" not in text or "pythonCode" not in text
    assert 'enabled="true"' not in text.split("<Macros")[-1][:80]
    assert "<actionsetting" not in text and "<editforminit>" not in text
    for layer in project.mapLayers().values():
        if hasattr(layer, "editFormConfig"):
            assert not layer.editFormConfig().initCode()


def test_the_project_knows_its_workspace_themes_and_year(project):
    from qgis.core import QgsExpressionContextUtils

    scope = QgsExpressionContextUtils.projectScope(project)
    assert scope.variable("linzhang_workspace") == str(
        Path(project.fileName()).with_suffix(".gpkg").resolve()
    )
    assert set(project.mapThemeCollection().mapThemes()) == {
        "年度网格",
        "上年网格",
        "森林资源",
        "裸露山体",
        "巡护轨迹",
    }
    assert named(project, "grid").subsetString() == f"grid_year = {YEAR}"
    assert named(project, "grid").featureCount() == 8
    assert "林长制" in project.title()
    assert project.crs().authid() == "EPSG:4547"


def test_bookkeeping_tables_are_read_only(project):
    assert named(project, "change_log").readOnly()
    assert not named(project, "grid").readOnly()


def test_a_moved_folder_still_opens(store, tmp_path):
    write_project(open_workspace(store), store.with_suffix(".qgz"), YEAR)
    other = tmp_path / "别处 目录"
    other.mkdir()
    for file in (store, store.with_suffix(".qgz")):
        shutil.move(file, other / file.name)
    project = QgsProject()
    assert project.read(str(other / store.with_suffix(".qgz").name))
    assert all(layer.isValid() for layer in project.mapLayers().values())
    project.clear()


def test_a_project_that_cannot_be_read_back_replaces_nothing(store, monkeypatch):
    from linzhang_plugin.core.messages import StoreError
    from linzhang_plugin.workspace import project as module

    path = store.with_suffix(".qgz")
    path.write_bytes(b"the good one")
    monkeypatch.setattr(module, "_readable", lambda draft, count: False)
    with pytest.raises(StoreError, match="cannot be written"):
        write_project(open_workspace(store), path, YEAR)
    assert path.read_bytes() == b"the good one"
    assert not list(path.parent.glob("*.part*"))


def test_english_users_get_english_titles(store):
    project = build_project(open_workspace(store), YEAR, "en")
    layer = named(project, "stand")
    assert layer.name() == "Stands"
    assert layer.attributeAlias(index(layer, "land_class")) == "Land class"
    project.clear()
