"""DEMs as they come: in degrees, void, flat, turned, elsewhere; rivers, bridges, land cover."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from qgis import processing
from qgis.core import (
    QgsCoordinateTransformContext,
    QgsProcessingException,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

from linzhang_plugin.core.terrain.raster import Raster, read_raster, write_raster
from linzhang_plugin.core.terrain.warp import Grid, resampled
from tests.processing.test_hills import layer_of

rasterio = pytest.importorskip("rasterio")
WEST, NORTH, CELL = 590_000.0, 2_860_000.0, 25.0
ROWS, COLUMNS = 80, 120


def cones():
    """Two hills of 200 m and 150 m in a plain."""
    y, x = np.mgrid[0:ROWS, 0:COLUMNS].astype(float)
    heights = np.maximum.reduce(
        [
            np.zeros((ROWS, COLUMNS)),
            200 - 7 * np.hypot(y - 40, x - 30),
            150 - 6 * np.hypot(y - 40, x - 90),
        ]
    )
    return heights + 100 + 0.01 * x


def written(path, heights, crs="EPSG:4547", transform=(CELL, 0, WEST, 0, -CELL, NORTH)):
    write_raster(str(path), Raster(heights, transform, crs))
    return str(path)


def hills_of(dem, **more):
    return processing.run(
        "linzhang:delineatehills",
        {"DEM": dem, "MIN_MU": 100, "HILLS": "TEMPORARY_OUTPUT", **more},
    )


def test_a_dem_in_degrees_gives_the_same_hills(tmp_path):
    plain = hills_of(written(tmp_path / "plain.tif", cones()))
    box = shapely.box(WEST, NORTH - ROWS * CELL, WEST + COLUMNS * CELL, NORTH)
    west, south, east, north = gpd.GeoSeries([box], crs=4547).to_crs(4490).total_bounds
    cell = 0.0002
    size = (int((north - south) / cell), int((east - west) / cell))
    grid = Grid(*size, (cell, 0, west, 0, -cell, north), "EPSG:4490")
    whole = Raster(cones(), (CELL, 0, WEST, 0, -CELL, NORTH), "EPSG:4547")
    dem = written(tmp_path / "deg.tif", resampled(whole, grid), "EPSG:4490", grid.transform)
    other = hills_of(dem)
    assert other["N_HILLS"] == plain["N_HILLS"] == 2
    peaks = [sorted(f["peak_m"] for f in found["HILLS"].getFeatures()) for found in (plain, other)]
    assert peaks[0] == pytest.approx(peaks[1], abs=6)


def test_voids_belong_to_no_hill_and_make_no_summit(tmp_path):
    heights = cones()
    heights[:, 58:62] = np.nan
    heights[38:43, 28:33] = np.nan  # the top itself
    found = hills_of(written(tmp_path / "void.tif", heights))
    area = sum(f["area_m2"] for f in found["HILLS"].getFeatures())
    assert area == pytest.approx(np.isfinite(heights).sum() * CELL**2)
    assert found["N_HILLS"] == 2


@pytest.mark.parametrize(
    ("heights", "word"),
    [(np.full((9, 9), np.nan), "no heights"), (np.full((9, 9), 5.0), "flat")],
)
def test_useless_dems_get_a_sentence(tmp_path, heights, word):
    with pytest.raises(QgsProcessingException, match=word):
        hills_of(written(tmp_path / "useless.tif", heights))


def test_a_turned_dem_and_no_raster_get_a_sentence(tmp_path):
    path = str(tmp_path / "turned.tif")
    with rasterio.open(
        path, "w", driver="GTiff", height=20, width=20, count=1, dtype="float32", crs="EPSG:4547",
        transform=rasterio.Affine(20, 5, WEST, 5, -20, NORTH),
    ) as file:  # fmt: skip
        file.write(np.ones((1, 20, 20), np.float32))
    with pytest.raises(QgsProcessingException, match="north-up"):
        hills_of(path)
    (tmp_path / "no.tif").write_text("nothing")
    with pytest.raises(QgsProcessingException, match=r"no\.tif"):
        hills_of(str(tmp_path / "no.tif"))


def walked(tmp_path, heights, **more):
    homes_layer = layer_of(
        "Point", [(f"POINT({WEST + 200} {NORTH - 1000})", ["P1"])], "&field=person_id:string"
    )
    path = str(tmp_path / "time.tif")
    processing.run(
        "linzhang:walkingtime",
        {
            "DEM": written(tmp_path / "ground.tif", heights),
            "ORIGINS": homes_layer,
            "TIME": path,
            "MAX_MINUTES": 600,
            **more,
        },
    )
    return read_raster(path).array


def line(kind, *xy):
    points = ", ".join(f"{WEST + x} {NORTH - y}" for x, y in xy)
    return layer_of(kind, [(f"LINESTRING({points})", [])])


def test_a_river_is_crossed_where_a_road_crosses_it(tmp_path):
    flat = np.full((ROWS, COLUMNS), 100.0)
    river_layer = line("LineString", (1500, -100), (1520, 2200))
    road_layer = line("LineString", (100, 1900), (2900, 1900))
    closed = walked(tmp_path, flat, BARRIERS=river_layer)
    assert np.isnan(closed[:, 70:]).all()
    bridged = walked(tmp_path, flat, BARRIERS=river_layer, ROADS=road_layer)
    assert np.isfinite(bridged[:, 70:]).all()
    free = walked(tmp_path, flat, ROADS=road_layer)
    assert bridged[10, 70] > 1.3 * free[10, 70]
    assert np.nanmax(free) < 600


def test_land_cover_slows_and_closes_and_the_limit_cuts(tmp_path):
    flat = np.full((ROWS, COLUMNS), 100.0)
    classes = np.ones((ROWS, COLUMNS))
    classes[:, 60:64] = 5
    classes[:40, 60:64] = 2
    cover = written(tmp_path / "cover.tif", classes)
    shut = walked(tmp_path, flat, LANDCOVER=cover, COVER_SPEED="1=1, 2=0.1, 5=0")
    wide = walked(tmp_path, flat, LANDCOVER=cover, COVER_SPEED="1=1, 2=1, 5=0")
    assert np.isnan(shut[60, 62])
    assert shut[20, 70] > wide[20, 70] + 5
    cut = walked(tmp_path, flat, MAX_MINUTES=10)
    assert np.nanmax(cut) <= 10
    with pytest.raises(QgsProcessingException, match="COVER_SPEED"):
        walked(tmp_path, flat, LANDCOVER=cover, COVER_SPEED="forest")
    with pytest.raises(QgsProcessingException, match="needs COVER_SPEED"):
        walked(tmp_path, flat, LANDCOVER=cover, COVER_SPEED=" ")


def test_roads_elsewhere_and_a_void_dem(tmp_path):
    flat = np.full((ROWS, COLUMNS), 100.0)
    far_layer = line("LineString", (90_000, 0), (91_000, 10))
    plain = walked(tmp_path, flat)
    other = walked(tmp_path, flat, ROADS=far_layer, BARRIERS=far_layer)
    assert np.array_equal(plain, other, equal_nan=True)
    with pytest.raises(QgsProcessingException, match="No origin"):
        walked(tmp_path, np.full((ROWS, COLUMNS), np.nan))


def test_the_table_of_units_tells_far_and_near(tmp_path):
    flat = np.full((ROWS, COLUMNS), 100.0)
    river_layer = line("LineString", (1500, -100), (1520, 2200))
    homes_layer = layer_of(
        "Point", [(f"POINT({WEST + 200} {NORTH - 1000})", ["P1"])], "&field=person_id:string"
    )
    boxes = [(500, 900, 700, 1100), (2000, 900, 2200, 1100), (1400, 900, 1600, 1100)]
    units_layer = layer_of(
        "Polygon",
        [
            (shapely.box(WEST + a, NORTH - d, WEST + c, NORTH - b).wkt, [f"G{n}"])
            for n, (a, b, c, d) in enumerate(boxes)
        ],
        "&field=grid_code:string",
    )
    found = processing.run(
        "linzhang:walkingtime",
        {
            "DEM": written(tmp_path / "ground.tif", flat),
            "ORIGINS": homes_layer,
            "BARRIERS": river_layer,
            "UNITS": units_layer,
            "TABLE": "TEMPORARY_OUTPUT",
        },
    )
    table_layer = found["TABLE"]
    rows = {f["unit"]: f for f in table_layer.getFeatures()}
    assert rows["G0"]["far_share"] == 0
    assert rows["G0"]["home"] == "P1"
    assert rows["G1"]["far_share"] == 1
    assert not rows["G1"]["home"]
    assert 0.3 < rows["G2"]["far_share"] < 0.7
    assert rows["G0"]["minutes_in"] == pytest.approx(rows["G0"]["minutes_out"], rel=1e-6)


def test_an_empty_layer_is_named_as_it_was_chosen(tmp_path):
    layer = QgsVectorLayer("LineString?crs=EPSG:4547&field=a:string", "x", "memory")
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.layerName = "GPKG", "禁行线"
    path = str(tmp_path / "v.gpkg")
    QgsVectorFileWriter.writeAsVectorFormatV3(layer, path, QgsCoordinateTransformContext(), options)
    flat = np.full((ROWS, COLUMNS), 100.0)
    with pytest.raises(QgsProcessingException, match="Layer 禁行线 has no features"):
        walked(tmp_path, flat, BARRIERS=f"{path}|layername=禁行线")
    empty_layer = QgsVectorLayer(path, "河流", "ogr")
    with pytest.raises(QgsProcessingException, match="Layer 河流 has no features"):
        walked(tmp_path, flat, BARRIERS=empty_layer)
