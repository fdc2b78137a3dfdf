"""Odd files through the algorithm, as an office would import them: fixes or a row of REJECTED."""

from __future__ import annotations

from pathlib import Path

import pytest
from osgeo import ogr, osr

from tests.truth.nasty_traces import NASTY
from tests.truth.odd_traces import ODD
from tests.truth.real_traces import REAL

TEMP = "TEMPORARY_OUTPUT"
DATA = Path("/work/shared/data/patrols")
SPOTS = ((114.9361, 25.8312), (114.9363, 25.8314), (114.9365, 25.8316))


@pytest.fixture(scope="module")
def run(provider):
    from qgis import processing

    return lambda name, **parameters: processing.run(f"linzhang:{name}", parameters)


def _rows(layer):
    return [
        dict(zip([field.name() for field in layer.fields()], f.attributes(), strict=True))
        for f in layer.getFeatures()
    ]


def _import(run, path, **more):
    return run(
        "importtraces", INPUT=str(path), DATUM=1, FIXES=TEMP, TRACKS=TEMP, REJECTED=TEMP, **more
    )


def test_a_folder_of_odd_files_gives_fixes_and_a_row_for_every_loss(run, tmp_path):
    goal, cases = 0, {**ODD, **{what: case for what, (case, _) in NASTY.items()}}
    for k, (name, data, count, _, _) in enumerate(cases.values()):
        (tmp_path / f"{k:03d}").mkdir()
        (tmp_path / f"{k:03d}" / name).write_bytes(data)
        goal += count
    out = _import(run, tmp_path)
    rejected = _rows(out["REJECTED"])
    repeats = sum(
        int(r["reason"].split()[0]) for r in rejected if "were read before" in r["reason"]
    )
    assert out["N_FIXES"] + repeats == goal
    for k, (what, (_, _, _, line, words)) in enumerate(cases.items()):
        told = [r for r in rejected if r["file"].startswith(f"{k:03d}/")]
        told = [r for r in told if "were read before" not in r["reason"]]
        assert bool(told) == (line is not None), what
        if told:
            assert (told[0]["line"] or 0) == line and words in told[0]["reason"], what


def _layer(path, driver, zone, fields=("person", "time"), spots=SPOTS):
    system = None
    if zone:
        system = osr.SpatialReference()
        system.ImportFromEPSG(zone)
    source = ogr.GetDriverByName(driver).CreateDataSource(str(path))
    layer = source.CreateLayer("fix", system, ogr.wkbPoint)
    for name in fields:
        layer.CreateField(ogr.FieldDefn(name, ogr.OFTString))
    for k, (x, y) in enumerate(spots):
        feature = ogr.Feature(layer.GetLayerDefn())
        for name, value in (("person", "示例甲"), ("time", f"2025-03-01 08:00:{15 * k:02d}")):
            if name in fields:
                feature.SetField(name, value)
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POINT ({x} {y})"))
        layer.CreateFeature(feature)
    del layer, source


@pytest.mark.parametrize(("name", "driver"), [("a.shp", "ESRI Shapefile"), ("a.gpkg", "GPKG")])
def test_a_layer_of_degrees_without_crs_is_read_as_degrees(run, tmp_path, name, driver):
    _layer(tmp_path / name, driver, None)
    out = _import(run, tmp_path)
    if out["N_FIXES"]:
        assert out["N_FIXES"] == 3
        assert all(
            abs(f.geometry().asPoint().x() - 114.9363) < 0.001 for f in out["FIXES"].getFeatures()
        )
    else:
        assert _rows(out["REJECTED"])[0]["file"].startswith(name)


@pytest.mark.parametrize(("lost", "words"), [(".dbf", ""), (".prj", None), (".shx", None)])
def test_a_shapefile_without_its_companions(run, tmp_path, lost, words):
    _layer(tmp_path / "a.shp", "ESRI Shapefile", 4326)
    (tmp_path / f"a{lost}").unlink()
    out = _import(run, tmp_path)
    rejected = _rows(out["REJECTED"])
    assert out["N_FIXES"] == 3 or (rejected and rejected[0]["file"].startswith("a.shp"))


def test_a_layer_of_metres_without_crs_is_refused_in_words(run, tmp_path):
    _layer(tmp_path / "a.gpkg", "GPKG", None, spots=((493_600.0, 2_858_000.0),) * 2)
    out = _import(run, tmp_path)
    assert out["N_FIXES"] == 0 and "metres" in _rows(out["REJECTED"])[0]["reason"]


def test_a_layer_without_time_is_refused_in_words(run, tmp_path):
    _layer(tmp_path / "a.gpkg", "GPKG", 4326, fields=("person",))
    out = _import(run, tmp_path)
    assert out["N_FIXES"] == 0 and "time" in _rows(out["REJECTED"])[0]["reason"]


@pytest.mark.full
@pytest.mark.skipif(not DATA.exists(), reason="the shared patrol data is not here")
@pytest.mark.parametrize("name", REAL)
def test_every_real_file_gives_its_fixes_or_its_row(run, name):
    count, lost, line, words = REAL[name]
    out = _import(run, DATA / name)
    rejected = _rows(out["REJECTED"])
    opened = "cannot open the file as a layer"
    if words == opened and out["N_FIXES"]:
        pytest.skip("this QGIS reads Parquet")
    assert (out["N_FIXES"], out["N_REJECTED"], len(rejected)) == (count, lost, lost)
    assert all(row["file"] and row["reason"] for row in rejected)
    if rejected:
        assert ((rejected[0]["line"] or 0), words in rejected[0]["reason"]) == (line, True)


@pytest.mark.skipif(not DATA.exists(), reason="the shared patrol data is not here")
def test_the_table_names_every_real_file():
    assert set(REAL) == {p.relative_to(DATA).as_posix() for p in DATA.rglob("*") if p.is_file()}
