"""What offices really have: misaligned, differently projected, damaged rasters, empty layers."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from qgis import processing
from qgis.core import QgsProcessingException

from linzhang_plugin.core.terrain.raster import Raster, write_raster
from linzhang_plugin.core.terrain.warp import Grid, resampled
from tests.processing.test_slopes import (
    CELL,
    COLUMNS,
    FIELD,
    GREEN,
    NORTH,
    OLD,
    ROWS,
    SCAR,
    SOIL,
    TERRACE,
    WEST,
    bare_of,
    detected,
    ground,
    layer_of,
    valley,
    write_image,
)

rasterio = pytest.importorskip("rasterio")
assert valley


def heights_at(x):
    return np.maximum(0, x - WEST - 1000) * 0.5 + 100


def dem_file(path, west=WEST, north=NORTH, cell=CELL, size=(ROWS, COLUMNS), change=None):
    x = west + (np.arange(size[1]) + 0.5) * cell
    heights = np.tile(heights_at(x), (size[0], 1))
    if change is not None:
        change(heights)
    write_raster(str(path), Raster(heights, (cell, 0, west, 0, -cell, north), "EPSG:4547"))
    return str(path)


def planted(found, places=(SCAR, OLD, TERRACE), least=0.9):
    """Every planted place, and nothing else, was found with its area."""
    shapes = [shapely.from_wkt(f.geometry().asWkt()) for f in found["CANDIDATES"].getFeatures()]
    got = shapely.union_all(shapes)
    for place in places:
        truth = ground(place)
        assert got.intersection(truth).area >= least * truth.area
    assert got.area <= 1.1 * sum(ground(place).area for place in places)
    return True


def test_a_dem_on_other_cells_is_interpolated(valley, tmp_path):
    dem = dem_file(tmp_path / "off.tif", WEST - 103.7, NORTH + 71.3, 13.0, (200, 220))
    assert planted(detected(valley, DEM=dem))


@pytest.mark.parametrize("crs", ["EPSG:4490", "EPSG:32650", "EPSG:4526"])
def test_a_dem_in_another_crs_is_brought_over(valley, tmp_path, crs):
    source = Raster(
        np.tile(heights_at(WEST - 400 + (np.arange(340) + 0.5) * CELL), (300, 1)),
        (CELL, 0, WEST - 400, 0, -CELL, NORTH + 400),
        "EPSG:4547",
    )
    corners = gpd.GeoSeries(
        [shapely.box(WEST - 300, NORTH - 2300, WEST + 2700, NORTH + 300)], crs="EPSG:4547"
    ).to_crs(crs)
    west, south, east, north = corners.total_bounds
    cell = (north - south) / 230
    grid = Grid(230, int((east - west) / cell), (cell, 0, west, 0, -cell, north), crs)
    path = str(tmp_path / "dem.tif")
    write_raster(path, Raster(resampled(source, grid), grid.transform, crs))
    assert planted(detected(valley, DEM=path), least=0.85)


def test_voids_in_the_dem_take_nothing_from_their_surroundings(valley, tmp_path):
    def hole(heights):
        heights[60:64, 150:180] = np.nan
        heights[:, 63:65] = np.nan

    dem = dem_file(tmp_path / "voids.tif", change=hole)
    found = detected(valley, DEM=dem)
    scar = (slice(64, 80), SCAR[1])
    assert planted(found, (scar, OLD, TERRACE))


def test_a_step_between_tiles_of_the_dem_makes_no_field_a_slope_of_its_own(valley, tmp_path):
    def step(heights):
        heights[:, 40:] += 3.0  # a seam through the field

    found = detected(valley, DEM=dem_file(tmp_path / "seam.tif", change=step), GROW_M=0)
    field = ground(FIELD)
    shapes = [shapely.from_wkt(f.geometry().asWkt()) for f in found["CANDIDATES"].getFeatures()]
    assert sum(s.intersection(field).area for s in shapes) <= 0.1 * field.area


def test_a_dem_elsewhere_or_empty_gets_a_sentence(valley, tmp_path):
    far = dem_file(tmp_path / "far.tif", WEST + 90_000)
    with pytest.raises(QgsProcessingException, match="does not cover"):
        detected(valley, DEM=far)

    def nothing(heights):
        heights[:] = np.nan

    with pytest.raises(QgsProcessingException, match="no heights"):
        detected(valley, DEM=dem_file(tmp_path / "void.tif", change=nothing))


def test_a_flat_dem_gets_a_sentence(valley, tmp_path):
    def level(heights):
        heights[:] = 120.0

    flat = dem_file(tmp_path / "flat.tif", change=level)
    with pytest.raises(QgsProcessingException, match="flat everywhere"):
        detected(valley, DEM=flat)


def test_a_turned_dem_gets_a_sentence(valley, tmp_path):
    path = str(tmp_path / "turned.tif")
    with rasterio.open(
        path, "w", driver="GTiff", height=50, width=50, count=1, dtype="float32", crs="EPSG:4547",
        transform=rasterio.Affine(20, 5, WEST, 5, -20, NORTH),
    ) as file:  # fmt: skip
        file.write(np.ones((1, 50, 50), np.float32))
    with pytest.raises(QgsProcessingException, match="north-up"):
        detected(valley, DEM=path)


def test_an_image_without_valid_cells_gets_a_sentence(valley, tmp_path):
    path = tmp_path / "empty.tif"
    write_image(path, bare_of(SCAR))
    with rasterio.open(path, "r+") as file:
        file.nodata = -1.0
        for band in range(1, 6):
            file.write(np.full((ROWS, COLUMNS), -1.0, "f4"), band)
    with pytest.raises(QgsProcessingException, match="no valid cells"):
        detected(valley, IMAGE=str(path))


def test_clouds_and_borders_without_data_are_no_sites(valley, tmp_path):
    path = tmp_path / "clouds.tif"
    write_image(path, bare_of(SCAR, OLD, FIELD, TERRACE), factor=10_000, dtype="uint16")
    with rasterio.open(path, "r+") as file:
        file.nodata = 0
        for band in range(1, 6):
            values = file.read(band)
            values[:, :30] = 0
            values[120:135, 140:170] = 0  # over the old site
            file.write(values, band)
    assert planted(detected(valley, IMAGE=str(path)), (SCAR, TERRACE))


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:4490"])
def test_an_image_in_degrees_is_brought_into_metres(valley, tmp_path, crs):
    source = Raster(
        bare_of(SCAR, OLD, FIELD, TERRACE).astype(float),
        (CELL, 0, WEST, 0, -CELL, NORTH),
        "EPSG:4547",
    )
    box = shapely.box(WEST - 50, NORTH - 2050, WEST + 2450, NORTH + 50)
    west, south, east, north = gpd.GeoSeries([box], crs="EPSG:4547").to_crs(crs).total_bounds
    cell = 0.00009
    size = (int((north - south) / cell), int((east - west) / cell))
    grid = Grid(*size, (cell, 0, west, 0, -cell, north), crs)
    bare = np.nan_to_num(resampled(source, grid, classes=True)) > 0
    path = str(tmp_path / "degrees.tif")
    with rasterio.open(
        path, "w", driver="GTiff", height=size[0], width=size[1], count=5, dtype="float32",
        crs=crs, transform=rasterio.Affine(*grid.transform),
    ) as file:  # fmt: skip
        for number, name in enumerate(GREEN, 1):
            noise = np.random.default_rng(number).normal(0, 0.004, size)
            file.write((np.where(bare, SOIL[name], GREEN[name]) + noise).astype("f4"), number)
            file.set_band_description(number, name)
    assert planted(detected(valley, IMAGE=path), least=0.85)


def test_empty_and_far_masks_take_nothing(valley):
    empty_layer = layer_of([], name="空图层")
    far_layer = layer_of([shapely.box(0, 0, 10, 10)], name="很远")
    line_layer = layer_of([shapely.LineString([(0, 0), (9, 9)])], name="线", kind="LineString")
    assert planted(detected(valley, EXCLUDE=[empty_layer, far_layer, line_layer]))


def sites_of(*places, crs="EPSG:4547"):
    shapes = [ground(place, crs) for place in places]
    codes = [(f"360702B26{n + 1:04d}",) for n in range(len(shapes))]
    return layer_of(shapes, "&field=site_code:string(24)", codes, "sites", crs)


def verified(sites_layer, before, after, **more):
    out_layer = processing.run(
        "linzhang:verifyregreening",
        {
            "SITES": sites_layer,
            "BEFORE": str(before),
            "AFTER": str(after),
            "OUTPUT": "TEMPORARY_OUTPUT",
            **more,
        },
    )["OUTPUT"]
    rows = sorted(out_layer.getFeatures(), key=lambda f: f["site_code"])
    return [(f["passed"], f["reason"]) for f in rows]


def test_proof_between_images_of_different_crs_and_cells(valley, tmp_path):
    write_image(tmp_path / "after.tif", bare_of(OLD, FIELD), haze=0.1)
    with rasterio.open(tmp_path / "after.tif") as file:
        values, titles = file.read(), file.descriptions
        source = file.transform
    box = gpd.GeoSeries(
        [shapely.box(WEST, NORTH - ROWS * CELL, WEST + COLUMNS * CELL, NORTH)], crs="EPSG:4547"
    )
    west, south, east, north = box.to_crs("EPSG:4326").total_bounds
    cell = 0.00012
    size = (int((north - south) / cell), int((east - west) / cell))
    grid = Grid(*size, (cell, 0, west, 0, -cell, north), "EPSG:4326")
    with rasterio.open(
        tmp_path / "degrees.tif", "w", driver="GTiff", height=size[0], width=size[1], count=5,
        dtype="float32", crs="EPSG:4326", transform=rasterio.Affine(*grid.transform), nodata=np.nan,
    ) as file:  # fmt: skip
        for band in range(5):
            whole = Raster(values[band], tuple(source)[:6], "EPSG:4547")
            file.write(resampled(whole, grid, classes=True).astype("f4"), band + 1)
            file.set_band_description(band + 1, titles[band])
    reference = layer_of(
        [ground((slice(85, 118), slice(70, 230))), ground((slice(101, 149), slice(21, 59)))],
        name="unchanged",
    )
    found = verified(
        sites_of(SCAR, OLD), valley / "image.tif", tmp_path / "degrees.tif", REFERENCE=reference
    )
    assert [passed for passed, _ in found] == [True, False]


def test_sites_off_the_images_and_clouds_are_not_judged(valley, tmp_path):
    write_image(tmp_path / "after.tif", bare_of(OLD))
    with rasterio.open(tmp_path / "after.tif", "r+") as file:
        file.nodata = -1.0
        for band in range(1, 6):
            values = file.read(band)
            values[SCAR] = -1.0
            file.write(values, band)
    far = (slice(ROWS + 50, ROWS + 60), slice(20, 40))
    found = verified(sites_of(SCAR, OLD, far), valley / "image.tif", tmp_path / "after.tif")
    assert [passed for passed, _ in found] == [None, False, None]
    with pytest.raises(QgsProcessingException, match="does not cover"):
        verified(sites_of(far), valley / "image.tif", tmp_path / "after.tif")


def ranked(sites_layer, **more):
    out_layer = processing.run(
        "linzhang:prioritizeslopes",
        {"SITES": sites_layer, "OUTPUT": "TEMPORARY_OUTPUT", **more},
    )["OUTPUT"]
    return sorted(out_layer.getFeatures(), key=lambda f: f["site_code"])


def test_lines_off_the_dem_see_nothing(valley):
    far_layer = layer_of(
        [shapely.LineString([(WEST - 9000, NORTH), (WEST - 9000, NORTH - 2000)])],
        name="roads", kind="LineString",
    )  # fmt: skip
    row = ranked(sites_of(SCAR), DEM=str(valley / "dem.tif"), ROADS=far_layer)[0]
    assert row["visible_km"] == 0
    assert row["dist_m"] > 9000


def test_a_dem_in_degrees_or_away_from_the_sites(valley, tmp_path):
    road_layer = layer_of(
        [shapely.LineString([(WEST + 300, NORTH), (WEST + 300, NORTH - 2000)])],
        name="roads", kind="LineString",
    )  # fmt: skip
    plain = ranked(sites_of(SCAR), DEM=str(valley / "dem.tif"), ROADS=road_layer)[0]
    source = Raster(
        np.tile(heights_at(WEST - 400 + (np.arange(340) + 0.5) * CELL), (300, 1)),
        (CELL, 0, WEST - 400, 0, -CELL, NORTH + 400),
        "EPSG:4547",
    )
    box = shapely.box(WEST - 300, NORTH - 2300, WEST + 2700, NORTH + 300)
    west, south, east, north = gpd.GeoSeries([box], crs="EPSG:4547").to_crs(4490).total_bounds
    cell = 0.0001
    size = (int((north - south) / cell), int((east - west) / cell))
    grid = Grid(*size, (cell, 0, west, 0, -cell, north), "EPSG:4490")
    path = str(tmp_path / "degrees.tif")
    write_raster(path, Raster(resampled(source, grid), grid.transform, "EPSG:4490"))
    other = ranked(sites_of(SCAR), DEM=path, ROADS=road_layer)[0]
    assert other["visible_km"] == pytest.approx(plain["visible_km"], abs=0.3)
    assert other["visible_km"] > 1
    with pytest.raises(QgsProcessingException, match="does not cover"):
        ranked(sites_of(SCAR), DEM=dem_file(tmp_path / "far.tif", WEST + 90_000), ROADS=road_layer)
