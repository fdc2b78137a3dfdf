"""Exports come back with the same codes and mu; public ones hold no names."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("osgeo")
from osgeo import gdal

from linzhang_plugin.core.messages import InputError, StoreError
from linzhang_plugin.core.tables.export_tables import read_names
from linzhang_plugin.workspace import ogr_files
from linzhang_plugin.workspace.exports import PROFILES, export_plan
from linzhang_plugin.workspace.kml import safe_name
from tests.truth.small_county import YEAR

gdal.UseExceptions()


def read(path, layer=0):
    """Read a table as names, rows and geometries."""
    source = gdal.OpenEx(str(path), gdal.OF_VECTOR)
    found = source.GetLayer(layer)
    rows = [(f.items(), f.GetGeometryRef() and f.GetGeometryRef().Clone()) for f in found]
    return [r for r, _ in rows], [g for _, g in rows]


@pytest.mark.parametrize(
    ("profile", "file", "code", "mu"),
    [
        ("gpkg", "grids_360702_2025.gpkg", "grid_code", "area_mu"),
        ("shp", "grids_360702_2025_grids.shp", "WGBH", "MJ_MU"),
        ("xlsx", "grids_360702_2025.xlsx", "网格编号", "面积（亩）"),
        ("gdb", "grids_360702_2025.gdb", "grid_code", "area_mu"),
    ],
)
def test_codes_and_mu_come_back(workspace, tmp_path, profile, file, code, mu):
    if not ogr_files.can_write(PROFILES[profile]):
        pytest.skip(f"this GDAL cannot write {profile}")
    folder = tmp_path / "导出 目录"
    done = export_plan(workspace, YEAR, profile, folder)
    truth = workspace.read("grid")
    rows, shapes = read(folder / file)
    assert [row[code] for row in rows] == sorted(truth["grid_code"])
    assert sum(row[mu] for row in rows) == pytest.approx(float(truth["area_mu"].sum()), abs=1e-6)
    assert done.mu == pytest.approx(done.stands_mu)
    if profile != "xlsx":
        assert sum(g.GetArea() for g in shapes) == pytest.approx(
            8e6,
            rel=1e-7,  # a FileGDB keeps tenths of millimetres
        )
    assert not [p for p in folder.iterdir() if p.name.startswith(".export")]


def test_the_office_edition_lists_every_stand_and_person(workspace, tmp_path):
    export_plan(workspace, YEAR, "gpkg", tmp_path)
    stands, _ = read(tmp_path / "grids_360702_2025.gpkg", "stands")
    people, _ = read(tmp_path / "grids_360702_2025.gpkg", "persons")
    assert len(stands) == 40 and sum(s["mu"] for s in stands) == pytest.approx(40 * 300.15)
    assert len(people) == 16 and {p["duty"] for p in people} == {"专职护林员", "监管员"}
    assert all(p["phone"].startswith("19900") for p in people)


def test_shapefiles_are_gbk_and_say_so(workspace, tmp_path):
    export_plan(workspace, YEAR, "shp", tmp_path)
    assert (tmp_path / "grids_360702_2025_grids.cpg").read_text() == "GBK"
    raw = (tmp_path / "grids_360702_2025_grids.dbf").read_bytes()
    assert "示例护林员".encode("gbk") in raw and "示例护林员".encode() not in raw


def test_shapefiles_are_gbk_after_qgis_opened_one_in_another_encoding(workspace, tmp_path):
    """QGIS leaves SHAPE_ENCODING empty behind it, for the whole process."""
    gdal.SetConfigOption("SHAPE_ENCODING", "")
    try:
        test_shapefiles_are_gbk_and_say_so(workspace, tmp_path)
        assert gdal.GetConfigOption("SHAPE_ENCODING") == ""
    finally:
        gdal.SetConfigOption("SHAPE_ENCODING", None)


@pytest.mark.parametrize("profile", list(PROFILES))
def test_a_public_edition_has_no_names_phones_or_stand_numbers(workspace, tmp_path, profile):
    kind = PROFILES[profile]
    if kind is not None and not ogr_files.can_write(kind):
        pytest.skip(f"this GDAL cannot write {profile}")
    folder = tmp_path / "public"
    export_plan(workspace, YEAR, profile, folder, public=True)
    secret = ["示例护林员", "1990000", "R00", "S00"]
    words = [w.encode(e) for w in secret for e in ("utf-8", "gbk", "utf-16-le")]
    for file in folder.rglob("*"):
        if file.is_file() and file.suffix != ".xlsx":
            raw = file.read_bytes()
            assert not [w for w in words if w in raw], file.name
    if profile == "xlsx":
        rows, _ = read(next(folder.glob("*.xlsx")))
        assert not any(word in str(rows) for word in secret)
        assert gdal.OpenEx(str(next(folder.glob("*.xlsx")))).GetLayerCount() == 1


def test_kml_is_one_file_a_ranger_in_wgs84(workspace, tmp_path):
    done = export_plan(workspace, YEAR, "kml", tmp_path)
    assert len(done.files) == 8
    assert done.files[0].name == "360702100W001_示例护林员00.kml"
    truth = workspace.read("grid").to_crs(4326).set_index("grid_code").geometry
    rows, shapes = read(done.files[0])
    assert rows[0]["Name"] == "示例-001"
    west, east, south, north = shapes[0].GetEnvelope()
    assert np.allclose((west, south, east, north), truth["360702100W001"].bounds, atol=1e-6)
    assert "护林员 示例护林员00" in done.files[0].read_text(encoding="utf-8")


def test_kml_escapes_what_people_write(workspace, tmp_path):
    grid = workspace.read("grid")[["grid_code", "grid_year"]].iloc[:1]
    name = "<script>&../../x"
    workspace.write({"grid": grid.assign(grid_name=name, ranger_name="a/../../b")})
    done = export_plan(workspace, YEAR, "kml", tmp_path)
    assert all(file.parent == tmp_path for file in done.files)
    assert read(done.files[0])[0][0]["Name"] == name


def test_long_texts_are_cut_at_a_character_and_told(workspace, tmp_path):
    grid = workspace.read("grid")[["grid_code", "grid_year"]].iloc[:1]
    workspace.write({"grid": grid.assign(villages="示例村，" * 60)})
    done = export_plan(workspace, YEAR, "shp", tmp_path)
    assert done.cut == ("villages",)
    rows, _ = read(tmp_path / "grids_360702_2025_grids.shp")
    assert rows[0]["SJCUN"] == ("示例村，" * 60)[:127]


def test_a_platforms_names_are_used(workspace, tmp_path):
    names = read_names("grid_code=WGBM; area_mu=MJ")
    export_plan(workspace, YEAR, "gpkg", tmp_path, names=names)
    rows, _ = read(tmp_path / "grids_360702_2025.gpkg")
    assert {"WGBM", "MJ"} <= set(rows[0]) and "grid_code" not in rows[0]


@pytest.mark.parametrize("text", ["grid_code", "grid_code=", "nothing=X", "grid_code=A;area_mu=A"])
def test_a_wrong_field_map_is_told(text):
    with pytest.raises(InputError, match="FIELD_MAP"):
        read_names(text)


def test_a_year_without_plan_is_refused(workspace, tmp_path):
    with pytest.raises(InputError, match="no plan of 1999"):
        export_plan(workspace, 1999, "gpkg", tmp_path)
    assert not list(tmp_path.glob("grids*"))


def test_a_format_that_cannot_be_written_is_told(workspace, tmp_path, monkeypatch):
    monkeypatch.setattr(ogr_files, "can_write", lambda kind: False)
    with pytest.raises(StoreError, match="cannot write OpenFileGDB"):
        export_plan(workspace, YEAR, "gdb", tmp_path)


def test_file_names_cannot_leave_the_folder():
    assert safe_name("../../etc/passwd") == "etc_passwd"
    assert safe_name("...") == "_"
