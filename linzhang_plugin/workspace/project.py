"""Generate the QGIS project of a workspace: layers, styles, forms, relations, themes.

The project holds no macros, Python or actions. It is written beside itself, opened again and
only then put in place: QGIS destroys a good project when the disk fills up while it writes.
"""

from __future__ import annotations

import os
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsDateTimeRange,
    QgsExpressionContextUtils,
    QgsLayerTreeGroup,
    QgsMapLayer,
    QgsMapThemeCollection,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsRelation,
    QgsRelationContext,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

from linzhang_plugin.core.messages import StoreError, tr
from linzhang_plugin.core.patrols.tables.outings import PATROL
from linzhang_plugin.core.tables.field import Table
from linzhang_plugin.core.tables.schema import TABLES
from linzhang_plugin.workspace.connection import said
from linzhang_plugin.workspace.forms import dress_form
from linzhang_plugin.workspace.patrol_map import PatrolMap
from linzhang_plugin.workspace.store import Workspace
from linzhang_plugin.workspace.symbols import (
    dress_image,
    dress_patrols,
    dress_raster,
    dress_symbols,
)

PATROLS = "patrols"
"""Key of the layer of judged patrols."""
ISO = Qt.DateFormat.ISODate
CHINA_HOURS = 8
"""The day that is played begins so long before that of UTC."""
VARIABLE = "linzhang_workspace"

GROUPS: tuple[tuple[str, str, str], ...] = (
    ("people", "人员与设施", "People and boards"),
    ("grids", "管护网格", "Grids"),
    ("patrols", "巡护", "Patrols"),
    ("slopes", "裸露山体", "Bare slopes"),
    ("forest", "森林资源", "Forest"),
    ("base", "基础地理", "Base map"),
    ("tables", "表格", "Tables"),
)
"""Groups of the layer tree from top to bottom."""

THEMES: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("年度网格", "This year's grids", frozenset({"grid", "person"})),
    ("上年网格", "Last year's grids", frozenset({"last_grid", "person"})),
    ("巡护轨迹", "Patrols", frozenset({"grid", "patrols", "risk_zone", "event"})),
    ("森林资源", "Forest", frozenset({"stand", "hill"})),
    (
        "裸露山体",
        "Bare slopes",
        frozenset({"bare_slope", "slope_review", "special_land", "scenic_spot", "built_up"}),
    ),
)
"""Map themes: name, and the layers shown with the base map."""

RELATIONS: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    ("grid", "grid_stand", (("grid_code", "grid_code"), ("grid_year", "grid_year"))),
    ("stand", "grid_stand", (("stand_id", "stand_id"),)),
    ("grid", "assignment", (("grid_code", "grid_code"), ("grid_year", "grid_year"))),
    ("person", "assignment", (("person_id", "person_id"),)),
    ("person", "person_private", (("person_id", "person_id"),)),
    ("grid", "hill_duty", (("grid_code", "grid_code"), ("grid_year", "grid_year"))),
    ("hill", "hill_duty", (("hill_id", "hill_id"),)),
    ("grid", "people_duty", (("grid_code", "grid_code"), ("grid_year", "grid_year"))),
    ("bare_slope", "bare_slope_check", (("site_code", "site_code"),)),
    ("bare_slope", "bare_slope_move", (("site_code", "site_code"),)),
)
"""Parent, child, and (child's, parent's) fields."""

VIEWS: tuple[tuple[str, str, tuple[str, ...], str, str], ...] = (
    ("way_fast", "road", ("high_speed_rail",), "高速铁路", "High-speed railways"),
    ("way_rail", "road", ("railway",), "普速铁路", "Railways"),
    ("way_motor", "road", ("motorway",), "高速公路", "Motorways"),
    ("way_road", "road", ("national", "provincial"), "国道省道", "National and provincial roads"),
    ("towns", "built_up", ("city", "town"), "城区集镇", "Towns"),
)
"""What bare slopes are seen from, a layer a class: key, table, kinds, titles."""

IMAGES = (("before", "影像（复绿前）", "Image before"), ("after", "影像（复绿后）", "Image after"))
"""Images that may lie beside a workspace: end of the name, titles."""

READ_ONLY = frozenset({"workspace", "code_list", "change_log", "slope_review", "bare_slope_move"})


def write_project(workspace: Workspace, path: Path, year: int, language: str = "zh") -> None:
    """Write the project of a workspace.

    Args:
        workspace: The workspace; its layers are referred to by relative paths.
        path: The ``.qgz`` file; replaced if it exists.
        year: The year whose grids are shown; last year's are a layer of their own.
        language: ``zh`` or ``en``: titles and aliases.

    Raises:
        StoreError: The project cannot be written or read back.
    """
    draft = path.with_name(path.stem + ".part.qgz")
    try:
        with said(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        project = build_project(workspace, year, language)
        count = len(project.mapLayers())
        written = project.write(str(draft))
        project.clear()
        if not written or not _readable(draft, count):
            raise StoreError(
                tr("The project {path} cannot be written; check the folder and free space."),
                path=str(path),
            )
        with said(path):
            os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
        draft.with_name(draft.name + "~").unlink(missing_ok=True)


def _readable(draft: Path, count: int) -> bool:
    """Open what was written as a project of its own and look at its layers."""
    if not draft.exists() or not draft.stat().st_size:
        return False
    copy = QgsProject()
    ok = copy.read(str(draft), Qgis.ProjectReadFlag.DontLoadLayouts)
    sound = ok and len(copy.mapLayers()) == count
    sound = sound and all(layer.isValid() for layer in copy.mapLayers().values())
    copy.clear()
    return bool(sound)


def build_project(workspace: Workspace, year: int, language: str) -> QgsProject:
    """Put a project together in memory."""
    project = QgsProject()
    sample = "（示例）" if workspace.sample else ""
    name = workspace.info.get("county_name", "")
    project.setTitle(f"{name} 林长制 {year}{sample}")
    project.setCrs(QgsCoordinateReferenceSystem(workspace.info["crs"]))
    project.setFilePathStorage(Qgis.FilePathType.Relative)
    QgsExpressionContextUtils.setProjectVariable(project, VARIABLE, str(workspace.path.resolve()))
    QgsExpressionContextUtils.setProjectVariable(project, "linzhang_year", year)
    layers = _layers(workspace, year, language)
    for layer in layers.values():
        project.addMapLayer(layer, False)
    _tree(project, layers, language)
    _relations(project, layers, language)
    _themes(project, layers, language)
    _view(project, layers)
    _play(project, layers)
    return project


def _layers(workspace: Workspace, year: int, language: str) -> dict[str, QgsMapLayer]:
    """Open every table as a layer, the grids twice: this year's and last year's."""
    codes = workspace.read("code_list")
    made: dict[str, QgsMapLayer] = {}
    for table in TABLES.values():
        layer = _open(workspace, table, language, year if table.name == "grid" else None)
        _dress(layer, table, codes, language)
        made[table.name] = layer
    last = _open(workspace, TABLES["grid"], language, year - 1)
    _dress(last, TABLES["grid"], codes, language, "last_grid")
    made["last_grid"] = last
    for key, source, kinds, zh, en in VIEWS:
        layer = _open(workspace, TABLES[source], language, None, (zh, en, kinds))
        _dress(layer, TABLES[source], codes, language)
        made[key] = layer
    for when, zh, en in IMAGES:
        path = workspace.path.with_name(f"{workspace.path.stem}_{when}.tif")
        if path.exists():
            # The default style would compute statistics and leave a file beside the image.
            plain = QgsRasterLayer.LayerOptions(False)
            title = zh if language == "zh" else en
            image = QgsRasterLayer(str(path), title, "gdal", plain)
            if image.isValid():
                dress_image(image)
                made[when] = image
    dem = workspace.path.with_name(f"{workspace.path.stem}_dem.tif")
    made |= _patrols(workspace, language)
    if dem.exists():
        raster = QgsRasterLayer(str(dem), "地形" if language == "zh" else "Relief", "gdal")
        if raster.isValid():
            dress_raster(raster)
            made["dem"] = raster
    return made


def _patrols(workspace: Workspace, language: str) -> dict[str, QgsMapLayer]:
    """Open the lines of the judged patrols, which lie with the traces."""
    path = PatrolMap(workspace.path).path
    if not path.exists():
        return {}
    title = PATROL.zh if language == "zh" else PATROL.en
    layer = QgsVectorLayer(f"{path.resolve()}|layername={PATROL.name}", title, "ogr")
    if not layer.isValid():
        return {}
    dress_patrols(layer, {f.name: f.zh if language == "zh" else f.en for f in PATROL})
    layer.setReadOnly(True)
    return {PATROLS: layer}


def _play(project: QgsProject, layers: dict[str, QgsMapLayer]) -> None:
    """Have the temporal controller begin with the last day on which anybody was out."""
    layer = layers.get(PATROLS)
    if not isinstance(layer, QgsVectorLayer) or not layer.featureCount():
        return
    last = QDate.fromString(str(layer.maximumValue(layer.fields().lookupField("day"))), ISO)
    midnight = QDateTime(last, QTime(0, 0), Qt.TimeSpec.UTC)
    begin = midnight.addSecs(-CHINA_HOURS * 3600)
    settings = project.timeSettings()
    settings.setTemporalRange(QgsDateTimeRange(begin, begin.addDays(1)))
    settings.setTimeStep(10.0)
    settings.setTimeStepUnit(Qgis.TemporalUnit.Minutes)


def _open(
    workspace: Workspace,
    table: Table,
    language: str,
    year: int | None = None,
    view: tuple[str, str, tuple[str, ...]] | None = None,
) -> QgsVectorLayer:
    """Open a table as a layer, of one plan year or some kinds only where they are given.

    The year is part of the address: setting it on an open layer makes QGIS close and reopen the
    file under the other layers, which then fail to read it.
    """
    title = table.zh if language == "zh" else table.en
    uri = f"{workspace.path.resolve()}|layername={table.name}"
    if year is not None:
        title = f"{title} {year}"
        uri += f"|subset=grid_year = {int(year)}"
    if view is not None:
        title = view[0] if language == "zh" else view[1]
        uri += f"|subset=kind IN ({', '.join(repr(kind) for kind in view[2])})"
    layer = QgsVectorLayer(uri, title, "ogr")
    if not layer.isValid():
        raise StoreError(
            tr("Layer {layer} of {path} cannot be opened by QGIS."),
            layer=table.name,
            path=str(workspace.path),
        )
    return layer


def _dress(
    layer: QgsVectorLayer, table: Table, codes: object, language: str, look: str = ""
) -> None:
    dress_symbols(layer, table, look)
    dress_form(layer, table, codes, language)
    layer.setReadOnly(table.name in READ_ONLY)


def _tree(project: QgsProject, layers: dict[str, QgsMapLayer], language: str) -> None:
    root = project.layerTreeRoot()
    groups: dict[str, QgsLayerTreeGroup] = {
        key: root.addGroup(zh if language == "zh" else en) for key, zh, en in GROUPS
    }
    shown = {"grid", "person", "road", "river", "water", "farmland", "admin_unit", "dem"}
    ours = {key for key, *_ in VIEWS} | {when for when, *_ in IMAGES}
    for name, layer in layers.items():
        table = TABLES.get("grid" if name == "last_grid" else name)
        spatial = table is None or bool(table.geometry)
        key = (table.group if table else "base") if spatial else "tables"
        key = "slopes" if name in ours else "patrols" if name == PATROLS else key
        node = groups.get(key, groups["tables"]).addLayer(layer)
        node.setItemVisibilityChecked(name in shown)
        node.setExpanded(False)
    groups["tables"].setExpanded(False)
    groups["base"].setExpanded(False)
    for group in groups.values():
        if not group.children():
            root.removeChildNode(group)


def _relations(project: QgsProject, layers: dict[str, QgsMapLayer], language: str) -> None:
    for parent, child, fields in RELATIONS:
        relation = QgsRelation(QgsRelationContext(project))
        relation.setId(f"{parent}_{child}")
        table = TABLES[child]
        relation.setName(table.zh if language == "zh" else table.en)
        relation.setReferencedLayer(layers[parent].id())
        relation.setReferencingLayer(layers[child].id())
        for of_child, of_parent in fields:
            relation.addFieldPair(of_child, of_parent)
        project.relationManager().addRelation(relation)


def _themes(project: QgsProject, layers: dict[str, QgsMapLayer], language: str) -> None:
    base = {"road", "river", "water", "farmland", "admin_unit", "dem"}
    for zh, en, own in THEMES:
        record = QgsMapThemeCollection.MapThemeRecord()
        for name, layer in layers.items():
            if name in own | base:
                shown = QgsMapThemeCollection.MapThemeLayerRecord(layer)
                shown.isVisible = True
                record.addLayerRecord(shown)
        project.mapThemeCollection().insert(zh if language == "zh" else en, record)


def _view(project: QgsProject, layers: dict[str, QgsMapLayer]) -> None:
    extent = QgsRectangle()
    for name in ("stand", "admin_unit", "grid"):
        layer = layers[name]
        if layer.featureCount() > 0:
            extent.combineExtentWith(layer.extent())
    if not extent.isEmpty():
        extent.scale(1.05)
        view = QgsReferencedRectangle(extent, project.crs())
        project.viewSettings().setDefaultViewExtent(view)
