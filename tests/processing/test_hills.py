"""The hill algorithms as QGIS runs them."""

import numpy as np
import pytest
from qgis import processing
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsVectorLayer,
)
from scipy.ndimage import gaussian_filter

from linzhang_plugin.core.terrain.raster import Raster, read_raster, write_raster
from linzhang_plugin.processing.call import Call

WEST, NORTH, CELL = 500_000.0, 2_860_000.0, 30.0


@pytest.fixture(scope="module")
def dem(tmp_path_factory):
    rng = np.random.default_rng(2)
    heights = gaussian_filter(rng.normal(size=(100, 120)), 7) * 1200 + 300
    path = str(tmp_path_factory.mktemp("高程 数据") / "dem.tif")
    write_raster(path, Raster(heights, (CELL, 0, WEST, 0, -CELL, NORTH), "EPSG:4547"))
    return path


def layer_of(kind, rows, fields="", crs="EPSG:4547"):
    made = QgsVectorLayer(f"{kind}?crs={crs}{fields}", "made", "memory")
    for wkt, values in rows:
        feature = QgsFeature(made.fields())
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        feature.setAttributes(list(values))
        made.dataProvider().addFeature(feature)
    return made


def box(x0, y0, x1, y1):
    return f"POLYGON(({x0} {y0},{x1} {y0},{x1} {y1},{x0} {y1},{x0} {y0}))"


def test_hills_of_a_dem(dem):
    found = processing.run(
        "linzhang:delineatehills",
        {
            "DEM": dem,
            "MIN_PROMINENCE": 30,
            "MIN_MU": 200,
            "HILLS": "TEMPORARY_OUTPUT",
            "PEAKS": "TEMPORARY_OUTPUT",
        },
    )
    hills_layer, peaks_layer = found["HILLS"], found["PEAKS"]
    assert hills_layer.featureCount() == peaks_layer.featureCount() == found["N_HILLS"] > 3
    area = sum(f.geometry().area() for f in hills_layer.getFeatures())
    assert area == pytest.approx(100 * 120 * CELL**2)
    assert hills_layer.crs().authid() == "EPSG:4547"


def test_names_and_stands(dem):
    rows = [
        (box(x, y, x + 300, y + 300), ["S"])
        for x in np.arange(WEST, WEST + 3600, 300)
        for y in np.arange(NORTH - 3000, NORTH, 300)
    ]
    stands_layer = layer_of("Polygon", rows, "&field=stand_id:string")
    names_layer = layer_of(
        "Point", [(f"POINT({WEST + 1800} {NORTH - 1500})", ["示例岭"])], "&field=hill_name:string"
    )
    found = processing.run(
        "linzhang:delineatehills",
        {"DEM": dem, "NAMES": names_layer, "STANDS": stands_layer, "HILLS": "TEMPORARY_OUTPUT"},
    )
    hills_layer = found["HILLS"]
    assert sum(f["n_stands"] for f in hills_layer.getFeatures()) == 120
    assert [f["hill_name"] for f in hills_layer.getFeatures()].count("示例岭") == 1


def test_a_missing_name_field_is_said(dem):
    names_layer = layer_of("Point", [(f"POINT({WEST} {NORTH})", ["x"])], "&field=other:string")
    with pytest.raises(QgsProcessingException, match="other"):
        processing.run(
            "linzhang:delineatehills",
            {"DEM": dem, "NAMES": names_layer, "HILLS": "TEMPORARY_OUTPUT"},
        )


def test_responsibility_without_tables_uses_the_grids_own_rangers():
    hills_layer = layer_of(
        "Polygon",
        [
            (box(WEST, NORTH, WEST + 900, NORTH + 900), ["H1", "甲岭"]),
            (box(WEST + 900, NORTH, WEST + 1800, NORTH + 900), ["H2", "乙岭"]),
        ],
        "&field=hill_id:string&field=hill_name:string",
    )
    grids_layer = layer_of(
        "Polygon",
        [(box(WEST, NORTH, WEST + 1350, NORTH + 900), ["W1", "P1", "示例甲"])],
        "&field=grid_code:string&field=ranger_id:string&field=ranger_name:string",
    )
    found = processing.run(
        "linzhang:hillresponsibility",
        {
            "HILLS": hills_layer,
            "GRIDS": grids_layer,
            "LIST": "TEMPORARY_OUTPUT",
            "ORPHANS": "TEMPORARY_OUTPUT",
        },
    )
    list_layer, orphans_layer = found["LIST"], found["ORPHANS"]
    rows = {(f["hill_id"], f["grid_code"] or ""): f for f in list_layer.getFeatures()}
    assert rows[("H1", "W1")]["ranger"] == "示例甲"
    assert rows[("H2", "W1")]["share"] == pytest.approx(0.5, abs=1e-6)
    assert [f["hill_id"] for f in orphans_layer.getFeatures()] == ["H2"]
    assert found["N_ORPHANS"] == 1


@pytest.mark.parametrize("method", [0, 1, 2])
def test_basic_units_of_forest(dem, method):
    forest_layer = layer_of(
        "Polygon", [(box(WEST + 300, NORTH - 2700, WEST + 3300, NORTH - 300), [])]
    )
    found = processing.run(
        "linzhang:delineateunits",
        {
            "FOREST": forest_layer,
            "DEM": dem,
            "METHOD": method,
            "SIZE_MU": 150,
            "UNITS": "TEMPORARY_OUTPUT",
        },
    )
    units_layer = found["UNITS"]
    areas = [f["area_mu"] for f in units_layer.getFeatures()]
    assert sum(areas) == pytest.approx(3000 * 2400 * 15 / 10000, rel=1e-4)
    assert len(areas) > 5


@pytest.fixture
def told(monkeypatch):
    """Everything that is said in the log during a test."""
    said = []
    monkeypatch.setattr(Call, "say", lambda self, message: said.append(message.render(str)))
    return said


def test_forest_counts_once_where_towns_hold_several_levels(dem, told):
    middle, east = WEST + 1800, WEST + 3600
    south = NORTH - 3000
    county_layer = layer_of(
        "Polygon",
        [
            (box(WEST, south, east, NORTH), ["360702", 3]),
            (box(WEST, south, middle, NORTH), ["360702100", 4]),
            (box(middle, south, east, NORTH), ["360702101", 4]),
            (box(WEST, south, middle, NORTH), ["360702100001", 5]),
        ],
        "&field=unit_code:string&field=level:integer",
    )
    request = {"DEM": dem, "SIZE_MU": 400, "TOWNS": county_layer, "UNITS": "TEMPORARY_OUTPUT"}
    found = processing.run("linzhang:delineateunits", request)
    units_layer = found["UNITS"]
    rows = [(f["town_code"], f["area_m2"]) for f in units_layer.getFeatures()]
    assert sum(area for _, area in rows) == pytest.approx(3600 * 3000)
    assert {town for town, _ in rows} == {"360702100", "360702101"}
    assert any("its 2 units of the town level" in said for said in told)
    county_layer.startEditing()
    county_layer.deleteAttribute(1)
    assert county_layer.commitChanges()
    with pytest.raises(QgsProcessingException, match=r"rows 1 \(360702\) and 2 \(360702100\)"):
        processing.run("linzhang:delineateunits", request)


def test_names_that_no_hill_took_are_told_by_number(dem, told):
    places = [
        (f"POINT({WEST + 1800} {NORTH - 1500})", ["示例岭"]),
        (f"POINT({WEST + 1810} {NORTH - 1500})", ["示例坳"]),
        (f"POINT({WEST - 9000} {NORTH})", ["示例外"]),
        (f"POINT({WEST + 60} {NORTH - 60})", [None]),
    ]
    names_layer = layer_of("Point", places, "&field=hill_name:string")
    request = {"DEM": dem, "MIN_PROMINENCE": 60, "NAMES": names_layer, "HILLS": "TEMPORARY_OUTPUT"}
    processing.run("linzhang:delineatehills", request)
    assert any(said.startswith("2 of the 3 points with a name") for said in told)


def test_walking_time_as_raster_and_table(dem, tmp_path):
    homes_layer = layer_of(
        "Point", [(f"POINT({WEST + 1000} {NORTH - 1000})", ["P1"])], "&field=person_id:string"
    )
    units_layer = layer_of(
        "Polygon",
        [(box(WEST + 2000, NORTH - 2400, WEST + 2500, NORTH - 2000), ["S1"])],
        "&field=stand_id:string",
    )
    path = str(tmp_path / "时间.tif")
    found = processing.run(
        "linzhang:walkingtime",
        {
            "DEM": dem,
            "ORIGINS": homes_layer,
            "UNITS": units_layer,
            "TIME": path,
            "TABLE": "TEMPORARY_OUTPUT",
        },
    )
    minutes = read_raster(path)
    assert minutes.at(np.array([WEST + 1000.0]), np.array([NORTH - 1000.0]))[0] == 0
    table_layer = found["TABLE"]
    row = next(table_layer.getFeatures())
    assert row["unit"] == "S1"
    assert row["home"] == "P1"
    assert row["minutes_in"] > 10
    with pytest.raises(QgsProcessingException, match="UNITS"):
        processing.run(
            "linzhang:walkingtime",
            {"DEM": dem, "ORIGINS": homes_layer, "TABLE": "TEMPORARY_OUTPUT"},
        )


def test_origins_far_away_are_said(dem):
    far_layer = QgsVectorLayer("Point?crs=EPSG:4490", "far", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(100, 30)))
    far_layer.dataProvider().addFeature(feature)
    with pytest.raises(QgsProcessingException):
        processing.run("linzhang:walkingtime", {"DEM": dem, "ORIGINS": far_layer})


def test_without_a_dem_stands_gather_around_names():
    stands_layer = layer_of(
        "Polygon",
        [
            (box(WEST + x, NORTH, WEST + x + 300, NORTH + 300), [str(x)])
            for x in range(0, 3000, 300)
        ],
        "&field=stand_id:string",
    )
    names_layer = layer_of(
        "Point",
        [
            (f"POINT({WEST + 150} {NORTH + 150})", ["西岭"]),
            (f"POINT({WEST + 2850} {NORTH + 150})", ["东岭"]),
        ],
        "&field=hill_name:string",
    )
    found = processing.run(
        "linzhang:delineatehills",
        {"NAMES": names_layer, "STANDS": stands_layer, "HILLS": "TEMPORARY_OUTPUT"},
    )
    hills_layer = found["HILLS"]
    assert {f["hill_name"]: f["n_stands"] for f in hills_layer.getFeatures()} == {
        "西岭": 5,
        "东岭": 5,
    }
    with pytest.raises(QgsProcessingException, match="NAMES"):
        processing.run(
            "linzhang:delineatehills", {"STANDS": stands_layer, "HILLS": "TEMPORARY_OUTPUT"}
        )


def test_a_polygon_that_crosses_itself_is_named_and_the_next_run_goes_on():
    east, north = WEST + 90, NORTH + 90
    ring = f"{WEST} {NORTH},{east} {north},{east} {NORTH},{WEST} {north},{WEST} {NORTH}"
    bow = f"POLYGON(({ring}))"
    bad_layer = layer_of("Polygon", [(bow, ["H1"])], "&field=hill_id:string")
    good_layer = layer_of(
        "Polygon", [(box(WEST, NORTH, WEST + 90, NORTH + 90), ["W1"])], "&field=grid_code:string"
    )
    with pytest.raises(QgsProcessingException, match=r"HILLS.* 1 "):
        processing.run(
            "linzhang:hillresponsibility",
            {"HILLS": bad_layer, "GRIDS": good_layer, "LIST": "TEMPORARY_OUTPUT"},
        )
    fine_layer = layer_of(
        "Polygon", [(box(WEST, NORTH, WEST + 90, NORTH + 90), ["H1"])], "&field=hill_id:string"
    )
    found = processing.run(
        "linzhang:hillresponsibility",
        {"HILLS": fine_layer, "GRIDS": good_layer, "LIST": "TEMPORARY_OUTPUT"},
    )
    assert found["N_ORPHANS"] == 1
