"""The three-file start through the provider: files in, workspace out, nothing half-written."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyproj
import pytest
import shapely
from qgis import processing
from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsVectorLayer

from linzhang_plugin.workspace.create import create_workspace
from linzhang_plugin.workspace.store import open_workspace
from tests.truth import delivered
from tests.truth.saved import save

REAL = Path("/work/shared/data")


class Told(QgsProcessingFeedback):
    """Keeps what the user is told."""

    def __init__(self):
        super().__init__(False)
        self.warnings = []

    def pushWarning(self, warning):
        self.warnings.append(warning)


def run(name, told=None, **parameters):
    parameters.setdefault("OUTPUT", "TEMPORARY_OUTPUT")
    return processing.run(f"linzhang:{name}", parameters, feedback=told or Told())


def refused(name, **parameters):
    with pytest.raises(QgsProcessingException) as caught:
        run(name, **parameters)
    return str(caught.value)


@pytest.fixture(scope="module")
def office():
    return delivered.make()


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "三件 套"
    path.mkdir()
    return path


@pytest.fixture
def workspace(folder):
    path = folder / "示例 县.gpkg"
    create_workspace(path, delivered.COUNTY, "示例县", 2025, pyproj.CRS.from_epsg(4547))
    return path


def roster_csv(folder, rows=None):
    path = folder / "花名册.csv"
    text = "\n".join(
        ",".join("" if c is None else str(c) for c in row)
        for row in rows or delivered.make().roster
    )
    path.write_bytes(text.encode("gb18030"))
    return path


def towns_csv(folder):
    path = folder / "代码.csv"
    lines = [f"{code},{name}" for code, name in delivered.TOWNS.items()]
    path.write_text("代码,名称\n" + "\n".join(lines), encoding="utf-8")
    return path


def rows_of(path, table):
    with sqlite3.connect(path) as connection:
        rows = connection.execute(f"SELECT * FROM {table} ORDER BY fid").fetchall()
    connection.close()
    return rows


def everything(path):
    tables = (
        "admin_unit stand person person_private plan_year grid grid_stand assignment change_log"
    )
    return {table: rows_of(path, table) for table in tables.split()}


def values(layer, *names):
    return [[f[n] for n in names] for f in layer.getFeatures()]


def three_files(folder, workspace, office):
    stands = save(office.stands, folder / "小班 2024.shp", "ESRI Shapefile", "GBK")
    grids = save(office.grids, folder / "去年网格.geojson", "GeoJSON")
    w = str(workspace)
    return [
        ("importstands", {"INPUT": str(stands), "WORKSPACE": w}),
        ("importadmin", {"INPUT": str(towns_csv(folder)), "WORKSPACE": w}),
        ("importpersons", {"INPUT": str(roster_csv(folder)), "WORKSPACE": w}),
        ("importgrids", {"INPUT": str(grids), "YEAR": 2024, "WORKSPACE": w}),
    ]


def test_three_files_fill_a_workspace_and_again_change_nothing(folder, workspace, office):
    steps = three_files(folder, workspace, office)
    first = [run(name, **given) for name, given in steps]
    assert [r["N_IMPORTED"] for r in first] == [72, 3, 7, 6]
    assert [r["N_REFUSED"] for r in first] == [0, 0, 0, 0]
    before = everything(workspace)
    assert len(before["grid_stand"]) == len(office.grid_of)
    assert len(before["assignment"]) == 6
    assert len(before["person_private"]) == 6
    assert not any("369901199001010000" in str(row) for rows in before.values() for row in rows)
    stands = open_workspace(workspace).read("stand").set_index("stand_id")
    grids = open_workspace(workspace).read("grid").set_index("grid_code")
    for stand, label in office.grid_of.items():
        assert grids.loc[stands.loc[stand, "previous_grid_code"], "grid_name"] == label
    again = [run(name, **given) for name, given in steps]
    assert [r["N_IMPORTED"] for r in again] == [72, 3, 7, 6]
    assert everything(workspace) == before


def test_the_three_files_are_enough_to_optimise(folder, workspace, office):
    for name, given in three_files(folder, workspace, office):
        run(name, **given)
    sinks = dict.fromkeys(("STANDS", "RANGERS", "GRIDS"), "TEMPORARY_OUTPUT")
    plan = processing.run("linzhang:loadplan", {"WORKSPACE": str(workspace), "YEAR": 2025, **sinks})
    assert plan["N_STANDS"] == len(office.grid_of)
    assert plan["N_RANGERS"] == 6


@pytest.mark.parametrize(
    ("name", "driver", "encoding", "crs"),
    [
        ("小 班.shp", "ESRI Shapefile", "GBK", 4547),
        ("小班.shp", "ESRI Shapefile", "UTF-8", 4526),
        ("小班.gdb", "OpenFileGDB", "UTF-8", 4547),
        ("小班.gpkg", "GPKG", "UTF-8", 4548),
        ("小班.geojson", "GeoJSON", "UTF-8", 4490),
        ("小班.kmz", "LIBKML", "UTF-8", 4326),
    ],
)
def test_the_same_county_from_every_format(folder, office, name, driver, encoding, crs):
    path = save(office.stands.to_crs(crs), folder / name, driver, encoding)
    report = folder / "报告.html"
    got = run("importstands", INPUT=str(path), REPORT=str(report), FINDINGS="TEMPORARY_OUTPUT")
    assert (got["N_IMPORTED"], got["N_REFUSED"]) == (72, 0)
    rows = values(got["OUTPUT"], "stand_id", "you_shi_sz", "land_class", "area_m2", "official_m2")
    assert {row[0] for row in rows if row[2] != "cropland"} == set(office.grid_of)
    assert {row[1] for row in rows} == {"马尾松"}
    np.testing.assert_allclose([row[3] for row in rows], delivered.SIDE**2, rtol=1e-4)
    np.testing.assert_allclose(sum(r[4] for r in rows), office.stands["MIAN_JI"].sum() * 1e4)
    assert "MIAN_JI" in report.read_text(encoding="utf-8")
    assert list(report.parent.glob("*.part")) == []


def test_chinese_field_names_in_gbk(folder, office):
    names = {"XIANG": "乡镇代码", "CUN": "村代码", "LIN_BAN": "林班号", "XIAO_BAN": "小班号",
             "MIAN_JI": "面积", "DI_LEI": "地类", "YOU_SHI_SZ": "优势树种"}  # fmt: skip
    path = save(office.stands.rename(columns=names), folder / "a.shp", "ESRI Shapefile", "GBK")
    got = run("importstands", INPUT=str(path))
    ids = {
        row[0] for row in values(got["OUTPUT"], "stand_id", "land_class") if row[1] != "cropland"
    }
    assert ids == set(office.grid_of)


def test_the_layer_of_the_project_is_left_as_it_was(folder, office):
    path = save(office.stands, folder / "a.shp", "ESRI Shapefile", "GBK")
    layer = QgsVectorLayer(str(path), "小班")
    encoding = layer.dataProvider().encoding()
    got = run("importstands", INPUT=layer)
    assert {row[0] for row in values(got["OUTPUT"], "you_shi_sz")} == {"马尾松"}
    assert layer.dataProvider().encoding() == encoding
    del layer


def test_findings_are_a_table(folder, office):
    bad = office.stands.copy()
    bad.loc[0, "geometry"] = None
    x, y = delivered.WEST + 300, delivered.SOUTH + 300
    bow = [(x, y), (x + 99, y + 99), (x + 99, y), (x, y + 99)]
    bad.loc[1, "geometry"] = shapely.Polygon(bow)
    path = save(bad, folder / "a.gpkg", "GPKG")
    got = run("importstands", INPUT=str(path), FINDINGS="TEMPORARY_OUTPUT")
    assert (got["N_IMPORTED"], got["N_REFUSED"]) == (71, 1)
    kinds = {tuple(row) for row in values(got["FINDINGS"], "row", "kind")}
    assert {(1, "refused"), (2, "repaired")} <= kinds


def empty_of(stands):
    return stands.iloc[:0]


@pytest.mark.parametrize(
    ("change", "given", "sentence"),
    [
        (empty_of, {}, "has no features"),
        (lambda s: s, {"FIELD_MAP": "di_lei=NIX"}, "from column NIX, which the file lacks"),
        (lambda s: s, {"FIELD_MAP": "{"}, "FIELD_MAP is no valid JSON"),
        (lambda s: s, {"COUNTY_CODE": "1"}, "COUNTY_CODE 1 is no 6-digit code"),
        (lambda s: s, {"WORKSPACE": "/nowhere/县.gpkg"}, "县.gpkg"),
        (lambda s: s.set_crs(4490, allow_override=True), {}, "do not fit its CRS"),
    ],
)
def test_bad_input_is_one_sentence_and_writes_nothing(
    folder, workspace, office, change, given, sentence
):
    path = save(change(office.stands), folder / "a.gpkg", "GPKG")
    before = workspace.read_bytes()
    out, report = folder / "out.gpkg", folder / "r.html"
    given = {"WORKSPACE": str(workspace), **given}
    text = refused("importstands", INPUT=str(path), OUTPUT=str(out), REPORT=str(report), **given)
    assert sentence in text
    assert "\n" not in text.strip()
    assert not out.exists()
    assert not report.exists()
    assert workspace.read_bytes() == before


def test_no_crs_names_the_candidates(folder, office):
    path = save(office.stands, folder / "a.shp", "ESRI Shapefile")
    path.with_suffix(".prj").unlink()
    path.with_suffix(".qpj").unlink(missing_ok=True)
    text = refused("importstands", INPUT=str(path), COUNTY_CODE=delivered.COUNTY)
    assert "EPSG:4547" in text
    got = run("importstands", INPUT=str(path), CRS="EPSG:4547")
    assert got["N_IMPORTED"] == 72


def test_a_locked_workspace_is_told_and_left(folder, workspace, office):
    path = save(office.stands, folder / "a.gpkg", "GPKG")
    before = everything(workspace)
    lock = sqlite3.connect(workspace)
    lock.execute("BEGIN EXCLUSIVE")
    out = folder / "out.gpkg"
    try:
        text = refused("importstands", INPUT=str(path), WORKSPACE=str(workspace), OUTPUT=str(out))
    finally:
        lock.rollback()
        lock.close()
    assert "示例 县.gpkg" in text
    assert not out.exists()
    assert everything(workspace) == before


def test_a_read_only_workspace_is_told_and_left(folder, workspace, office):
    path = save(office.stands, folder / "a.gpkg", "GPKG")
    before = workspace.read_bytes()
    out = folder / "out.gpkg"
    workspace.chmod(0o444)
    if os.access(workspace, os.W_OK):
        pytest.skip("this user writes read-only files")
    text = refused("importstands", INPUT=str(path), WORKSPACE=str(workspace), OUTPUT=str(out))
    assert "示例 县.gpkg" in text
    assert not out.exists()
    assert workspace.read_bytes() == before


def test_cancelled_import_writes_nothing(folder, workspace, office):
    class Stopped(Told):
        def isCanceled(self):
            return True

    path = save(office.stands, folder / "a.gpkg", "GPKG")
    before = everything(workspace)
    out = folder / "out.gpkg"
    given = {"INPUT": str(path), "WORKSPACE": str(workspace), "OUTPUT": str(out)}
    told = Stopped()
    told.cancel()
    with pytest.raises(QgsProcessingException, match="Cancelled"):
        run("importstands", told, **given)
    assert not out.exists()
    assert everything(workspace) == before


def test_a_sink_that_cannot_be_written_rolls_the_workspace_back(folder, workspace, office):
    path = save(office.stands, folder / "a.gpkg", "GPKG")
    before = everything(workspace)
    refused("importstands", INPUT=str(path), WORKSPACE=str(workspace), OUTPUT="/proc/nix/out.gpkg")
    assert everything(workspace) == before


def test_workspace_values_that_the_file_does_not_know_stay(folder, workspace, office):
    steps = three_files(folder, workspace, office)
    for name, given in steps:
        run(name, **given)
    run(*steps[0][:1], **steps[0][1])
    stands = open_workspace(workspace).read("stand")
    assert stands["previous_grid_code"].notna().sum() == len(office.grid_of)


def test_replace_removes_what_the_file_lacks(folder, workspace, office):
    whole = save(office.stands, folder / "a.gpkg", "GPKG")
    part = save(office.stands.iloc[:60], folder / "b.gpkg", "GPKG")
    run("importstands", INPUT=str(whole), WORKSPACE=str(workspace))
    run("importstands", INPUT=str(part), WORKSPACE=str(workspace))
    assert open_workspace(workspace).count("stand") == 72
    run("importstands", INPUT=str(part), WORKSPACE=str(workspace), REPLACE=True)
    assert open_workspace(workspace).count("stand") == 60


def test_a_workspace_in_another_zone_is_told(folder, office):
    path = folder / "w.gpkg"
    create_workspace(path, delivered.COUNTY, "示例县", 2025, pyproj.CRS.from_epsg(4548))
    stands = save(office.stands, folder / "a.gpkg", "GPKG")
    told = Told()
    run("importstands", told, INPUT=str(stands), WORKSPACE=str(path))
    assert any("lie in the zone" in warning for warning in told.warnings)


# -- persons, boundaries, grids ------------------------------------------------


def test_a_roster_needs_towns(folder, workspace):
    text = refused("importpersons", INPUT=str(roster_csv(folder)), WORKSPACE=str(workspace))
    assert "no towns" in text
    assert "Towns are unknown" in refused("importpersons", INPUT=str(roster_csv(folder)))


def test_a_roster_that_is_not_there(folder, workspace, office):
    stands = save(office.stands, folder / "a.gpkg", "GPKG")
    run("importstands", INPUT=str(stands), WORKSPACE=str(workspace))
    text = refused("importpersons", INPUT=str(folder / "nix.xlsx"), WORKSPACE=str(workspace))
    assert "does not exist" in text


def test_unknown_towns_are_refused_by_row_and_the_rest_imported(folder, workspace, office):
    for name, given in three_files(folder, workspace, office)[:2]:
        run(name, **given)
    rows = delivered.make().roster
    rows[3][4] = "外县镇"
    path = roster_csv(folder, rows)
    given = {"INPUT": str(path), "WORKSPACE": str(workspace), "FINDINGS": "TEMPORARY_OUTPUT"}
    got = run("importpersons", **given)
    assert (got["N_IMPORTED"], got["N_REFUSED"]) == (6, 1)
    assert [4, "refused"] in values(got["FINDINGS"], "row", "kind")


def test_vacant_posts_are_rangers_without_id(folder, workspace, office):
    for name, given in three_files(folder, workspace, office)[:2]:
        run(name, **given)
    given = {"INPUT": str(roster_csv(folder)), "WORKSPACE": str(workspace)}
    rows = values(run("importpersons", **given)["OUTPUT"], "person_id", "role")
    assert len(rows) == 8
    assert sum(not row[0] and row[1] == "ranger" for row in rows) == 1
    assert open_workspace(workspace).count("person") == 7


def test_a_vacant_post_of_the_roster_makes_a_grid(folder, workspace, office):
    for name, given in three_files(folder, workspace, office)[:2]:
        run(name, **given)
    run("importpersons", INPUT=str(roster_csv(folder)), WORKSPACE=str(workspace))
    posts = open_workspace(workspace).read("vacant_post")
    assert posts["town_code"].tolist() == [posts["post_id"].iloc[0][:9]]
    sinks = dict.fromkeys(("STANDS", "RANGERS", "GRIDS"), "TEMPORARY_OUTPUT")
    assert run("loadplan", WORKSPACE=str(workspace), YEAR=2024, **sinks)["N_VACANT"] == 1

    filled = [row for row in office.roster if "空缺" not in row]
    assert len(filled) == len(office.roster) - 1
    run("importpersons", INPUT=str(roster_csv(folder, filled)), WORKSPACE=str(workspace))
    assert open_workspace(workspace).count("vacant_post") == 0


def test_persons_without_a_workspace_from_imported_stands(folder, office):
    stands = run("importstands", INPUT=str(save(office.stands, folder / "a.gpkg", "GPKG")))[
        "OUTPUT"
    ]
    path = folder / "p.csv"
    path.write_text("姓名,乡镇代码\n示例甲,101\n示例乙,369901102\n", encoding="utf-8")
    got = run("importpersons", INPUT=str(path), STANDS=stands)
    assert got["N_IMPORTED"] == 2
    assert all(f.hasGeometry() for f in got["OUTPUT"].getFeatures())


def test_xlsx_through_the_provider(folder, workspace, office):
    openpyxl = pytest.importorskip("openpyxl")
    for name, given in three_files(folder, workspace, office)[:2]:
        run(name, **given)
    book = openpyxl.Workbook()
    for row in office.roster:
        book.active.append(row)
    book.active.merge_cells("A1:H1")
    book.save(folder / "花 名册.xlsx")
    got = run("importpersons", INPUT=str(folder / "花 名册.xlsx"), WORKSPACE=str(workspace))
    assert got["N_IMPORTED"] == 7


def test_real_boundaries_replace_presumed_ones(folder, workspace, office):
    stands = save(office.stands, folder / "a.gpkg", "GPKG")
    run("importstands", INPUT=str(stands), WORKSPACE=str(workspace))
    box = shapely.box(
        delivered.WEST - 500, delivered.SOUTH, delivered.WEST + 5000, delivered.SOUTH + 5000
    )
    unit = {"区划代码": ["369901101"], "名称": ["示例青岭镇"]}
    frame = gpd.GeoDataFrame(unit, geometry=[box], crs=4547)
    path = save(frame, folder / "界.gpkg", "GPKG")
    run("importadmin", INPUT=str(path), WORKSPACE=str(workspace))
    run("importstands", INPUT=str(stands), WORKSPACE=str(workspace))
    units = open_workspace(workspace).read("admin_unit").set_index("unit_code")
    assert units.loc["369901101", "unit_name"] == "示例青岭镇"
    assert not units.loc["369901101", "presumed"]
    assert units.loc["369901101"].geometry.area == pytest.approx(box.area)
    assert units.loc["369901102", "presumed"]


def test_corrected_grids_replace_the_draft(folder, workspace, office):
    steps = three_files(folder, workspace, office)
    for name, given in steps:
        run(name, **given)
    fewer = save(office.grids.iloc[1:], folder / "b.geojson", "GeoJSON")
    got = run("importgrids", INPUT=str(fewer), YEAR=2024, WORKSPACE=str(workspace))
    opened = open_workspace(workspace)
    assert opened.count("grid") == opened.count("assignment") == 5
    missing = sum(label == office.grids["网格编号"].iloc[0] for label in office.grid_of.values())
    assert got["N_GAPS"] == missing
    assert opened.count("grid_stand") == len(office.grid_of) - missing


def test_a_write_too_large_for_the_cache_locks_nobody_out(folder, workspace):
    # Beyond some 2 MB SQLite writes before the commit, and a second connection cannot read.
    big = delivered.make(columns=60, rows=60)
    run(
        "importstands",
        INPUT=str(save(big.stands, folder / "a.gpkg", "GPKG")),
        WORKSPACE=str(workspace),
    )
    grids = save(big.grids, folder / "g.gpkg", "GPKG")
    for _ in range(2):
        got = run("importgrids", INPUT=str(grids), YEAR=2024, WORKSPACE=str(workspace))
        assert (got["N_IMPORTED"], got["N_GAPS"]) == (6, 0)
    stands = open_workspace(workspace).read("stand")
    assert stands["previous_grid_code"].notna().sum() == len(big.grid_of)


@pytest.mark.parametrize(("year", "stored"), [(0, 2024), (2023, 2023)])
def test_the_year_before_the_workspace_is_the_default(folder, workspace, office, year, stored):
    steps = three_files(folder, workspace, office)
    for name, given in steps[:3]:
        run(name, **given)
    run("importgrids", **{**steps[3][1], "YEAR": year})
    years = open_workspace(workspace).read("plan_year")
    assert years["grid_year"].tolist() == [stored]
    assert years["status"].tolist() == ["draft"]


def test_a_year_that_is_none_is_refused(folder, workspace, office):
    steps = three_files(folder, workspace, office)
    assert "YEAR 24 is no year" in refused("importgrids", **{**steps[3][1], "YEAR": 24})


def test_a_confirmed_year_is_frozen(folder, workspace, office):
    steps = three_files(folder, workspace, office)
    for name, given in steps[:3]:
        run(name, **given)
    run("importgrids", **steps[3][1], STATUS=2)
    before = everything(workspace)
    run("importgrids", **steps[3][1], STATUS=2)
    assert everything(workspace) == before
    fewer = save(office.grids.iloc[1:], folder / "b.geojson", "GeoJSON")
    text = refused("importgrids", INPUT=str(fewer), YEAR=2024, WORKSPACE=str(workspace))
    assert text
    assert everything(workspace) == before


def test_a_list_of_stands_and_rangers(folder, workspace, office):
    for name, given in three_files(folder, workspace, office)[:3]:
        run(name, **given)
    ranger = dict(zip(office.grids["网格编号"], office.grids["护林员"], strict=True))
    lines = [f"{stand},{ranger[label]}" for stand, label in office.grid_of.items()]
    path = folder / "清单.csv"
    path.write_text("小班标识,护林员\n" + "\n".join(lines), encoding="utf-8")
    got = run("importgrids", INPUT=str(path), YEAR=2024, WORKSPACE=str(workspace))
    assert (got["N_IMPORTED"], got["N_REFUSED"], got["N_GAPS"]) == (6, 0, 0)
    assert open_workspace(workspace).count("assignment") == 6


def test_split_stands_through_the_provider(folder, office):
    stands = run("importstands", INPUT=str(save(office.stands, folder / "a.gpkg", "GPKG")))[
        "OUTPUT"
    ]
    lines = QgsVectorLayer("LineString?crs=EPSG:4547", "路", "memory")
    from qgis.core import QgsFeature, QgsGeometry

    feature = QgsFeature()
    x, y = delivered.WEST, delivered.SOUTH + 300
    feature.setGeometry(QgsGeometry.fromWkt(f"LINESTRING({x - 9} {y}, {x + 9999} {y})"))
    lines.dataProvider().addFeatures([feature])
    got = run("splitstands", STANDS=stands, LINES=lines, MIN_MU=10)
    assert (got["N_SPLIT"], got["N_PARTS"]) == (8, 80)
    rows = values(got["OUTPUT"], "parent_id", "parent_share", "official_m2")
    cut = [row for row in rows if row[0]]
    assert [round(row[1], 6) for row in cut] == [0.5] * 16
    whole = sum(row[0] for row in values(stands, "official_m2"))
    assert sum(row[2] for row in rows) == pytest.approx(whole, rel=1e-14)
    del lines


@pytest.mark.full
def test_the_large_made_county_gets_its_last_plan_back(tmp_path):
    path = REAL / "grids/synth_forest_12k/polygons.gpkg"
    if not path.exists():
        pytest.skip(f"{path} is not on this machine")
    workspace = tmp_path / "w.gpkg"
    create_workspace(workspace, "369901", "示例县", 2025, pyproj.CRS.from_epsg(4547))
    source = shutil.copy(path, tmp_path)
    truth = gpd.read_file(source)
    truth["label"] = truth["last_year"].astype(str)
    drawn = truth[["label", "geometry"]].dissolve("label").reset_index()
    run("importstands", INPUT=str(source), WORKSPACE=str(workspace))
    grids = save(drawn, tmp_path / "g.gpkg", "GPKG")
    run("importgrids", INPUT=str(grids), YEAR=2024, CODE_FIELD="label", WORKSPACE=str(workspace))
    opened = open_workspace(workspace)
    names = opened.read("grid").set_index("grid_code")["grid_name"]
    stands = opened.read("stand").set_index("stand_id")["previous_grid_code"].map(names)
    assert stands[truth["id"].astype(str)].tolist() == truth["label"].tolist()


# -- real input ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "n"),
    [
        ("terrain/stands_bc_tsa24/stands.shp", 190),
        ("terrain/qgis_training/exercise_data/projected_data/farms_33S.shp", 2008),
        ("grids/synth_forest_12k/polygons.gpkg", 11329),
        ("terrain/qgis_training/exercise_data/forestry/forest_stands_2012.shp", None),
    ],
)
def test_real_layers(tmp_path, file, n):
    path = REAL / file
    if not path.exists():
        pytest.skip(f"{path} is not on this machine")
    for other in path.parent.glob(path.stem + ".*"):
        shutil.copy(other, tmp_path)
    got = run("importstands", INPUT=str(tmp_path / path.name), REPORT=str(tmp_path / "r.html"))
    assert got["N_IMPORTED"] + got["N_REFUSED"] == (n or got["N_IMPORTED"])
    assert got["N_REFUSED"] == 0
    rows = values(got["OUTPUT"], "stand_id", "town_code", "area_m2", "land_class")
    assert len({row[0] for row in rows}) == len(rows)
    assert {row[1] for row in rows} == {"000000001"}
    assert min(row[2] for row in rows) > 0
    assert "taken as one town" in (tmp_path / "r.html").read_text(encoding="utf-8")
