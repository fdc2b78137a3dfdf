"""Both backends read and write the same; bad files get a sentence."""

import sys
from types import ModuleType

import numpy as np
import pytest

from linzhang_plugin.core.messages import InputError, MissingLibraryError
from linzhang_plugin.core.terrain import backends
from linzhang_plugin.core.terrain.raster import (
    Raster,
    RasterFile,
    open_raster,
    read_raster,
    warped,
    write_raster,
)

HERE = (25.0, 0.0, 500_000.0, 0.0, -25.0, 2_860_000.0)


def installed():
    names = []
    for name, library in (("rasterio", "rasterio"), ("gdal", "osgeo.gdal")):
        try:
            __import__(library)
        except ImportError:
            continue
        names.append(name)
    return names


BACKENDS = installed()
pytestmark = pytest.mark.skipif(not BACKENDS, reason="no raster library installed")


def heights():
    array = np.random.default_rng(0).normal(300, 50, (23, 31)).astype(np.float32).astype(float)
    array[3, 4] = np.nan
    return Raster(array, HERE, "EPSG:4547")


@pytest.mark.parametrize("writer", BACKENDS)
@pytest.mark.parametrize("reader", BACKENDS)
def test_what_one_backend_writes_the_other_reads(tmp_path, writer, reader):
    path = str(tmp_path / "示例 高程.tif")
    write_raster(path, heights(), writer)
    back = read_raster(path, backend=reader)
    assert np.array_equal(back.array, heights().array, equal_nan=True)
    assert back.transform == HERE
    assert "4547" in back.crs
    assert [p.name for p in tmp_path.iterdir()] == ["示例 高程.tif"]


@pytest.mark.parametrize("reader", BACKENDS)
@pytest.mark.parametrize(
    ("unit", "metres"),
    [("m", 1.0), ("", 1.0), ("ft", 0.3048), ("US survey foot", 1200 / 3937), ("dm", 0.1)],
)
def test_heights_in_other_units_come_in_metres(tmp_path, reader, unit, metres):
    path = str(tmp_path / "dem.tif")
    write_raster(path, Raster(heights().array / metres, HERE, "EPSG:4547"))
    tagged(path, unit=unit)
    back = read_raster(path, backend=reader).array
    assert back.dtype == np.float32
    np.testing.assert_allclose(back, heights().array, rtol=1e-6)


@pytest.mark.parametrize("reader", BACKENDS)
def test_packed_heights_are_unpacked(tmp_path, reader):
    path = str(tmp_path / "dem.tif")
    write_raster(path, Raster((heights().array - 100) / 0.1, HERE, "EPSG:4547"))
    tagged(path, scale=0.1, offset=100.0)
    np.testing.assert_allclose(read_raster(path, backend=reader).array, heights().array, rtol=1e-6)


def tagged(path, unit="", scale=1.0, offset=0.0):
    """Let a file's band name a unit and a packing, as makers of DEMs write them."""
    if "gdal" in BACKENDS:
        from osgeo import gdal

        file = gdal.Open(path, gdal.GA_Update)
        band = file.GetRasterBand(1)
        band.SetUnitType(unit)
        band.SetScale(scale)
        band.SetOffset(offset)
        return
    import rasterio

    with rasterio.open(path, "r+") as file:
        file.units, file.scales, file.offsets = (unit,), (scale,), (offset,)


@pytest.mark.parametrize("reader", BACKENDS)
def test_strips_are_rows_of_the_whole(tmp_path, reader):
    path = str(tmp_path / "dem.tif")
    write_raster(path, heights())
    file = open_raster(path, reader)
    assert file.shape == (23, 31)
    assert file.bands == 1
    assert file.cell == (25.0, 25.0)
    strip = file.strip(1, 5, 9)
    assert np.array_equal(strip, heights().array[5:9].astype(np.float32))
    assert not file.valid(1, file.strip(1, 3, 4))[0, 4]


@pytest.mark.parametrize("reader", BACKENDS)
def test_a_nodata_number_is_no_height(tmp_path, reader):
    rasterio = pytest.importorskip("rasterio")
    path = str(tmp_path / "whole.tif")
    values = np.array([[1, -9999], [3, 4]], dtype=np.int16)
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        height=2,
        width=2,
        count=1,
        dtype="int16",
        nodata=-9999,
        crs="EPSG:4547",
        transform=rasterio.Affine(*HERE),
    ) as file:
        file.write(values, 1)
    got = read_raster(path, backend=reader).array
    assert np.isnan(got[0, 1])
    assert got[1].tolist() == [3, 4]


@pytest.mark.parametrize("reader", BACKENDS)
def test_bad_files_are_named(tmp_path, reader):
    text = tmp_path / "no.tif"
    text.write_text("not a raster")
    with pytest.raises(InputError, match=r"no\.tif"):
        read_raster(str(text), backend=reader)
    with pytest.raises(InputError, match=r"gone\.tif"):
        read_raster(str(tmp_path / "gone.tif"), backend=reader)
    path = str(tmp_path / "dem.tif")
    write_raster(path, heights())
    with pytest.raises(InputError, match="no band 2"):
        read_raster(path, 2, reader)


@pytest.mark.parametrize("reader", BACKENDS)
def test_a_file_without_crs_or_turned_is_refused(tmp_path, reader):
    rasterio = pytest.importorskip("rasterio")
    for name, crs, transform, word in (
        ("bare.tif", None, rasterio.Affine(*HERE), "coordinate reference"),
        ("turned.tif", "EPSG:4547", rasterio.Affine(20, 15, 5e5, 15, -20, 2.86e6), "north-up"),
    ):
        with rasterio.open(
            tmp_path / name,
            "w",
            driver="GTiff",
            height=2,
            width=2,
            count=1,
            dtype="float32",
            crs=crs,
            transform=transform,
        ) as file:
            file.write(np.ones((1, 2, 2), np.float32))
        with pytest.raises(InputError, match=word):
            open_raster(str(tmp_path / name), reader)


def test_a_folder_that_is_not_there_leaves_nothing(tmp_path):
    with pytest.raises(InputError, match="cannot be written"):
        write_raster(str(tmp_path / "none" / "dem.tif"), heights())
    assert list(tmp_path.iterdir()) == []


def test_without_any_library_it_says_what_to_install(monkeypatch, tmp_path):
    def missing(*arguments):
        raise ImportError

    monkeypatch.setattr(backends.importlib, "import_module", missing)
    with pytest.raises(MissingLibraryError, match="rasterio"):
        open_raster(str(tmp_path / "dem.tif"))
    with pytest.raises(MissingLibraryError, match="rasterio"):
        write_raster(str(tmp_path / "dem.tif"), heights())


@pytest.mark.parametrize(
    ("qgis", "beside", "first"),
    [
        (True, "rasterio.libs", "gdal"),
        (True, "rasterio/.dylibs", "gdal"),
        (True, "numpy.libs", "rasterio"),
        (False, "rasterio.libs", "rasterio"),
    ],
)
def test_in_qgis_a_rasterio_with_its_own_gdal_comes_last(
    tmp_path, monkeypatch, qgis, beside, first
):
    package = tmp_path / "rasterio"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (tmp_path / beside).mkdir()
    for name in [n for n in sys.modules if n.split(".")[0] in ("qgis", "rasterio")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.syspath_prepend(str(tmp_path))
    if qgis:
        monkeypatch.setitem(sys.modules, "qgis", ModuleType("qgis"))
    assert backends.backends()[0] == first
    assert sorted(backends.backends()) == ["gdal", "rasterio"]
    assert "rasterio" not in sys.modules


@pytest.mark.parametrize("reader", BACKENDS)
def test_a_file_that_was_read_or_closed_is_let_go(tmp_path, reader):
    path = str(tmp_path / "dem.tif")
    write_raster(path, heights(), reader)
    with pytest.raises(InputError) as told:
        read_raster(path, 2, reader)
    frames, held = told.tb, []
    while frames:
        held += [v for v in frames.tb_frame.f_locals.values() if isinstance(v, RasterFile)]
        frames = frames.tb_next
    assert held
    held.append(open_raster(path, reader))
    held[-1].close()
    for file in held:
        with pytest.raises(InputError, match="cannot be read"):
            file.strip(1, 0, 1)


def in_degrees(tmp_path, kind="float32", nodata=None):
    rasterio = pytest.importorskip("rasterio")
    path = str(tmp_path / f"degrees_{kind}.tif")
    values = np.random.default_rng(3).uniform(100, 3000, (2, 40, 60)).astype(kind)
    with rasterio.open(
        path, "w", driver="GTiff", height=40, width=60, count=2, dtype=kind, crs="EPSG:4490",
        transform=rasterio.Affine(0.0003, 0, 114.9, 0, -0.0003, 25.9), nodata=nodata,
    ) as file:  # fmt: skip
        file.write(values)
        file.set_band_description(2, "nir")
    return path, values


@pytest.mark.skipif(len(BACKENDS) < 2, reason="only one raster library installed")
@pytest.mark.parametrize("kind", ["float32", "uint16", "int16"])
def test_both_backends_warp_alike(tmp_path, kind):
    path, values = in_degrees(tmp_path, kind)
    one, two = (warped(open_raster(path, name), "EPSG:32650") for name in BACKENDS)
    assert one.shape == two.shape
    assert np.allclose(one.transform, two.transform, rtol=0, atol=1e-6)
    assert one.titles == two.titles == ("", "nir")
    assert one.cell[0] == pytest.approx(one.cell[1])
    for band in (1, 2):
        a, b = one.strip(band, 0, one.shape[0]), two.strip(band, 0, two.shape[0])
        known = one.valid(band, a)
        assert np.array_equal(known, two.valid(band, b))
        assert np.array_equal(a[known], b[known])
        assert 0.9 < known.mean() < 1
        assert np.isin(a[known], values[band - 1]).all()


@pytest.mark.parametrize("reader", BACKENDS)
def test_a_place_beyond_a_projection_is_said(tmp_path, reader):
    path, _ = in_degrees(tmp_path)
    with pytest.raises(InputError, match="degrees"):
        warped(open_raster(path, reader), "no such reference")


@pytest.mark.parametrize("reader", BACKENDS)
def test_numbers_that_32_bits_do_not_hold_stay_exact(tmp_path, reader):
    rasterio = pytest.importorskip("rasterio")
    path = str(tmp_path / "codes.tif")
    codes = np.array([[16_777_217, 2], [3, 4]], dtype=np.int32)
    with rasterio.open(
        path, "w", driver="GTiff", height=2, width=2, count=1, dtype="int32", crs="EPSG:4547",
        transform=rasterio.Affine(*HERE),
    ) as file:  # fmt: skip
        file.write(codes, 1)
    assert read_raster(path, backend=reader).array.tolist() == codes.tolist()
