"""The bare-slope algorithms as QGIS runs them, on a made valley with planted scars."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from qgis import processing
from qgis.core import QgsFeature, QgsGeometry, QgsProcessingException, QgsVectorLayer

from linzhang_plugin.core.terrain.raster import Raster, write_raster

rasterio = pytest.importorskip("rasterio")

WEST, NORTH, CELL = 500_000.0, 2_860_000.0, 10.0
ROWS, COLUMNS = 200, 240
GREEN = {"blue": 0.03, "green": 0.06, "red": 0.04, "nir": 0.36, "swir1": 0.15}
SOIL = {"blue": 0.08, "green": 0.13, "red": 0.22, "nir": 0.27, "swir1": 0.38}
SCAR = (slice(60, 80), slice(150, 180))
OLD = (slice(120, 135), slice(150, 165))
FIELD = (slice(100, 150), slice(20, 60))
TERRACE = (slice(20, 40), slice(190, 220))


def write_image(
    path, bare, factor=1.0, dtype="float32", titles=True, seed=0, crs="EPSG:4547", haze=0.0
):
    rng = np.random.default_rng(seed)
    profile = {
        "driver": "GTiff",
        "height": ROWS,
        "width": COLUMNS,
        "count": len(GREEN),
        "dtype": dtype,
        "crs": crs,
        "transform": rasterio.Affine(CELL, 0, WEST, 0, -CELL, NORTH),
    }
    with rasterio.open(path, "w", **profile) as file:
        for number, name in enumerate(GREEN, 1):
            values = np.where(bare, SOIL[name], GREEN[name]) + rng.normal(0, 0.004, bare.shape)
            file.write(((values * (1 - haze) + haze * 0.3) * factor).astype(dtype), number)
            if titles:
                file.set_band_description(number, name)


def bare_of(*places):
    bare = np.zeros((ROWS, COLUMNS), bool)
    for place in places:
        bare[place] = True
    return bare


@pytest.fixture(scope="module")
def valley(tmp_path_factory):
    """An image and a DEM: a plain up to x = 1,000 m, then a slope of 27°."""
    folder = tmp_path_factory.mktemp("裸露 山体")
    write_image(folder / "image.tif", bare_of(SCAR, OLD, FIELD, TERRACE))
    x = (np.arange(COLUMNS) + 0.5) * CELL
    heights = np.tile(np.maximum(0, x - 1000) * 0.5 + 100, (ROWS, 1))
    transform = (CELL, 0, WEST, 0, -CELL, NORTH)
    write_raster(str(folder / "dem.tif"), Raster(heights, transform, "EPSG:4547"))
    coarse = Raster(heights[::3, ::3], (CELL * 3, 0, WEST, 0, -CELL * 3, NORTH), "EPSG:4547")
    write_raster(str(folder / "coarse.tif"), coarse)
    return folder


def ground(place, crs="EPSG:4547"):
    rows, columns = place
    box = shapely.box(
        WEST + columns.start * CELL,
        NORTH - rows.stop * CELL,
        WEST + columns.stop * CELL,
        NORTH - rows.start * CELL,
    )
    return gpd.GeoSeries([box], crs="EPSG:4547").to_crs(crs).iloc[0]


def layer_of(shapes, fields="", values=None, name="made", crs="EPSG:4547", kind="Polygon"):
    made = QgsVectorLayer(f"{kind}?crs={crs}{fields}", name, "memory")
    for number, shape in enumerate(shapes):
        feature = QgsFeature(made.fields())
        feature.setGeometry(QgsGeometry.fromWkt(shape.wkt))
        if values:
            feature.setAttributes(list(values[number]))
        made.dataProvider().addFeature(feature)
    return made


def detected(valley, **more):
    return processing.run(
        "linzhang:detectbareslopes",
        {
            "IMAGE": str(valley / "image.tif"),
            "DEM": str(valley / "dem.tif"),
            "CANDIDATES": "TEMPORARY_OUTPUT",
            "YEAR": 2026,
            **more,
        },
    )


def test_scars_are_found_fields_are_not_and_masks_hold(valley):
    terrace_layer = layer_of([ground(TERRACE)], name="脐橙梯田")
    found = detected(valley, EXCLUDE=[terrace_layer])
    out_layer = found["CANDIDATES"]
    rows = sorted(out_layer.getFeatures(), key=lambda f: f["site_code"])
    assert found["N_SITES"] == found["N_NEW"] == 2
    assert [f["site_code"] for f in rows] == ["360702B260001", "360702B260002"]
    assert rows[0]["area_m2"] == 20 * 30 * CELL**2
    assert rows[0]["area_mu"] == pytest.approx(90)
    assert rows[0]["slope_deg"] == pytest.approx(26.6, abs=0.2)
    assert rows[0]["slope_area_m2"] == pytest.approx(60_000 * 1.118, rel=0.005)
    assert rows[0]["status"] == "疑似"
    assert rows[0].geometry().area() == pytest.approx(60_000)


def test_a_coarser_dem_and_digital_numbers_give_the_same_sites(valley):
    write_image(valley / "dn.tif", bare_of(SCAR, OLD, FIELD), 10_000, "uint16")
    found = detected(valley, IMAGE=str(valley / "dn.tif"), DEM=str(valley / "coarse.tif"))
    out_layer = found["CANDIDATES"]
    assert sorted(f["area_m2"] for f in out_layer.getFeatures()) == [22_500, 60_000]


def test_codes_stay_and_what_is_gone_is_told(valley):
    known_layer = layer_of(
        [
            ground(SCAR),
            ground((slice(160, 170), slice(160, 170))),
            shapely.box(WEST + 90_000, NORTH, WEST + 90_100, NORTH + 100),
        ],
        "&field=site_code:string&field=status:string",
        [("360702B250009", "施工"), ("360702B250003", "管护期"), ("360702B250001", "疑似")],
    )
    terrace_layer = layer_of([ground(TERRACE)], name="脐橙梯田")
    found = detected(valley, KNOWN=known_layer, EXCLUDE=[terrace_layer])
    out_layer = found["CANDIDATES"]
    rows = {f["site_code"]: f["change"] for f in out_layer.getFeatures()}
    assert rows == {"360702B250009": "same", "360702B260001": "new", "360702B250003": "gone"}
    assert found["N_GONE"] == 1


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"BANDS": "purple=1"}, "purple"),
        ({"BANDS": "red=9,nir=4"}, "9"),
        ({"COUNTY_CODE": "36"}, "36"),
    ],
)
def test_bad_wishes_get_a_sentence(valley, more, word):
    with pytest.raises(QgsProcessingException, match=word):
        detected(valley, **more)


def test_bytes_constants_and_unnamed_bands_get_a_sentence(valley):
    write_image(valley / "byte.tif", bare_of(SCAR), 255, "uint8")
    with pytest.raises(QgsProcessingException, match="255"):
        detected(valley, IMAGE=str(valley / "byte.tif"))
    write_image(valley / "zero.tif", bare_of(SCAR), 0.0)
    with pytest.raises(QgsProcessingException, match="only the value"):
        detected(valley, IMAGE=str(valley / "zero.tif"))
    write_image(valley / "plain.tif", bare_of(SCAR), titles=False)
    with pytest.raises(QgsProcessingException, match="BANDS"):
        detected(valley, IMAGE=str(valley / "plain.tif"))
    write_image(valley / "degrees.tif", bare_of(SCAR), crs="EPSG:4490")
    with pytest.raises(QgsProcessingException, match="no place on earth"):
        detected(valley, IMAGE=str(valley / "degrees.tif"))


def test_priority_through_another_crs(valley):
    sites_layer = layer_of(
        [ground(SCAR, "EPSG:4490"), ground((slice(100, 110), slice(200, 210)), "EPSG:4490")],
        "&field=site_code:string&field=slope_deg:double&field=owner:string",
        [("A1", 30.0, "甲"), ("A2", 10.0, "乙")],
        crs="EPSG:4490",
    )
    x = WEST + 700
    road_layer = layer_of(
        [shapely.LineString([(x, NORTH - 100), (x, NORTH - 1900)])],
        "&field=name:string",
        [("示例高速",)],
        kind="LineString",
    )
    found = processing.run(
        "linzhang:prioritizeslopes",
        {
            "SITES": sites_layer,
            "DEM": str(valley / "dem.tif"),
            "MOTORWAYS": road_layer,
            "OUTPUT": "TEMPORARY_OUTPUT",
        },
    )
    out_layer = found["OUTPUT"]
    rows = {f["site_code"]: f for f in out_layer.getFeatures()}
    assert rows["A1"]["owner"] == "甲"
    assert rows["A1"]["near_corridor"] == "示例高速"
    assert rows["A1"]["visible"] == "高"
    assert rows["A1"]["loc_class"] == "3"
    assert rows["A1"]["visible_km"] == pytest.approx(1.8, abs=0.01)
    assert rows["A1"]["score"] > rows["A2"]["score"]
    assert out_layer.crs().authid() == "EPSG:4490"


def test_regreening_is_proven_through_haze(valley):
    write_image(valley / "after.tif", bare_of(OLD, FIELD, TERRACE), seed=9, haze=0.2)
    sites_layer = layer_of(
        [ground(SCAR), ground(OLD)], "&field=site_code:string", [("A1",), ("A2",)]
    )
    reference_layer = layer_of([ground((slice(85, 155), slice(10, 140)))])
    found = processing.run(
        "linzhang:verifyregreening",
        {
            "SITES": sites_layer,
            "BEFORE": str(valley / "image.tif"),
            "AFTER": str(valley / "after.tif"),
            "REFERENCE": reference_layer,
            "OUTPUT": "TEMPORARY_OUTPUT",
        },
    )
    out_layer = found["OUTPUT"]
    rows = {f["site_code"]: f for f in out_layer.getFeatures()}
    assert found["N_PASSED"] == 1
    assert rows["A1"]["passed"]
    assert not rows["A2"]["passed"]
    assert rows["A1"]["cover_percent"] > 90
    assert rows["A2"]["cover_percent"] < 15
    assert rows["A1"]["ndvi_before"] == pytest.approx(0.10, abs=0.02)
    assert rows["A1"]["ndvi_after"] == pytest.approx(0.80, abs=0.03)


def test_progress_of_a_register():
    sites_layer = layer_of(
        [ground(SCAR), ground(OLD)],
        "&field=site_code:string&field=status:string&field=town_code:string",
        [("A1", "验收合格", "360702100"), ("A2", "施工", "360702100")],
    )
    found = processing.run(
        "linzhang:regreeningprogress", {"SITES": sites_layer, "PROGRESS": "TEMPORARY_OUTPUT"}
    )
    assert found["DONE_PERCENT"] == pytest.approx(100 * 60_000 / 82_500, abs=0.2)
    table_layer = found["PROGRESS"]
    # Two states, then the totals of the town, of the class and of all.
    assert table_layer.featureCount() == 5


def test_double_codes_are_refused(valley):
    sites_layer = layer_of(
        [ground(SCAR), ground(OLD)], "&field=site_code:string", [("A1",), ("A1",)]
    )
    with pytest.raises(QgsProcessingException, match="A1"):
        processing.run(
            "linzhang:prioritizeslopes", {"SITES": sites_layer, "OUTPUT": "TEMPORARY_OUTPUT"}
        )


def test_a_register_goes_into_a_workspace_and_moves_legally_only(tmp_path):
    store = str(tmp_path / "示例 区.gpkg")
    processing.run(
        "linzhang:createworkspace",
        {
            "COUNTY_CODE": "360702",
            "COUNTY_NAME": "示例区",
            "YEAR": 2026,
            "STORE": store,
            "PROJECT": str(tmp_path / "project.qgz"),
        },
    )

    def imported(status):
        register_layer = layer_of(
            [ground(SCAR)], "&field=图斑编号:string&field=状态:string", [("360702B260001", status)]
        )
        return processing.run(
            "linzhang:importsites",
            {"INPUT": register_layer, "WORKSPACE": store, "OUTPUT": "TEMPORARY_OUTPUT"},
        )

    assert imported("已核实")["N_IMPORTED"] == 1
    assert imported("已核实")["N_IMPORTED"] == 1
    with pytest.raises(QgsProcessingException, match="已立项"):
        imported("销号")
    assert imported("已立项")["N_REFUSED"] == 0
    table_layer = QgsVectorLayer(f"{store}|layername=bare_slope", "table", "ogr")
    rows = list(table_layer.getFeatures())
    assert [r["status"] for r in rows] == ["approved"]
    assert rows[0]["area_mu"] == pytest.approx(90)
