from __future__ import annotations

import geopandas as gpd
import pyproj
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.tables import zones


@pytest.mark.parametrize(
    ("lon", "code"),
    [
        (75, 4534),
        (73.5, 4534),
        (115.0, 4547),
        (115.49, 4547),
        (115.5, 4548),
        (135, 4554),
        (136.4, 4554),
    ],
)
def test_zone_of_china_has_the_epsg_zone(lon, code):
    assert zones.zone_of(lon, 25.8).to_epsg() == code


@given(st.floats(73.5, 136.4999))
def test_zone_meridian_is_never_further_than_half_a_zone(lon):
    meridian, easting = zones.projection(zones.zone_of(lon, 30))
    assert abs(meridian - lon) <= 1.5
    assert easting == 500_000


@pytest.mark.parametrize(
    ("lon", "lat"), [(-123.2, 49.0), (20.4, -34.0), (29.5, 61.2), (179.9, 10), (-179.9, 10)]
)
def test_zone_elsewhere_is_true_to_scale_at_the_middle(lon, lat):
    zone = zones.zone_of(lon, lat)
    there = pyproj.Transformer.from_crs(4326, zone, always_xy=True)
    x, y = there.transform(lon, lat)
    _, north = there.transform(lon, lat + 0.001)
    geod = pyproj.Geod(ellps="GRS80")
    *_, real = geod.inv(lon, lat, lon, lat + 0.001)
    assert north - y == pytest.approx(real, rel=1e-3)
    assert 300_000 < x < 700_000
    assert y > 0


@pytest.mark.parametrize(("lon", "lat"), [(500_000, 2_800_000), (float("nan"), 3), (100, 91)])
def test_zone_of_no_place_is_refused(lon, lat):
    with pytest.raises(InputError, match="no place on earth"):
        zones.zone_of(lon, lat)


def box(x, y, size=0.01, crs=4490):
    return gpd.GeoDataFrame(geometry=[shapely.box(x, y, x + size, y + size)], crs=crs)


def test_to_zone_takes_the_middle_of_most_features_not_a_stray_one():
    shapes = [shapely.box(115 + i / 100, 25.8, 115.01 + i / 100, 25.81) for i in range(9)]
    frame = gpd.GeoDataFrame(geometry=[*shapes, shapely.box(0, 0, 1, 1), None], crs=4490)
    assert zones.to_zone(frame).crs.to_epsg() == 4547


def test_to_zone_leaves_a_frame_that_is_there():
    frame = zones.to_zone(box(115, 25.8))
    assert zones.to_zone(frame) is frame
    assert frame.area.iloc[0] == pytest.approx(1_110_000, rel=0.02)


@pytest.mark.parametrize(
    ("frame", "sentence"),
    [
        (gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 1, 1)]), "no coordinate reference system"),
        (gpd.GeoDataFrame(geometry=[None], crs=4490), "no geometry"),
    ],
)
def test_to_zone_refuses(frame, sentence):
    with pytest.raises(InputError, match=sentence):
        zones.to_zone(frame)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (4610, "西安80"),
        (2383, "西安80"),
        (2362, "西安80"),
        (2435, "北京54"),
        (21418, "北京54"),
        (4547, ""),
        (4326, ""),
        (4490, ""),
    ],
)
def test_old_datums_are_told_by_the_datum(code, name):
    assert zones.old_datum(pyproj.CRS.from_epsg(code)) == name


PLAIN = (480_000, 2_840_000, 520_000, 2_880_000)
PREFIXED = (38_480_000, 2_840_000, 38_520_000, 2_880_000)


@pytest.mark.parametrize(
    ("said", "bounds", "meant"),
    [
        (4547, PLAIN, None),
        (4526, PREFIXED, None),
        (4547, PREFIXED, 4526),
        (4526, PLAIN, 4547),
        (2383, PREFIXED, 2362),
        (4548, PREFIXED, None),  # zone 38 is 114°E, the file says 117°E: nothing to guess
        (4490, (114, 25, 115, 26), None),
        (32650, PLAIN, None),
    ],
)
def test_prefix_mixed_up_is_mended(said, bounds, meant):
    found = zones.mended(pyproj.CRS.from_epsg(said), bounds)
    assert (found.to_epsg() if found else None) == meant


def codes(bounds, county=""):
    return [c.epsg for c in zones.crs_candidates(bounds, county)]


def test_candidates_by_magnitude_and_county():
    assert codes((114.7, 25.6, 115.1, 26.0))[0] == 4490
    assert codes(PREFIXED)[0] == 4526
    assert set(codes(PREFIXED)) == {4526, 2362, 2414}
    assert codes(PLAIN, "360702")[:3] == [4547, 4548, 2383]
    assert len(codes(PLAIN)) == 21
    assert codes((20_480_000, 2_840_000, 20_520_000, 2_880_000))[0] == 4498
    assert codes((24_480_000, 1, 24_520_000, 2)) == []
    assert codes((0, 0, 100, 100)) == []
    assert codes((float("nan"),) * 4) == []


def test_candidates_with_northing_first_say_so():
    found = zones.crs_candidates((2_840_000, 38_480_000, 2_880_000, 38_520_000))
    assert found[0].epsg == 4526
    assert all(c.swapped for c in found)
    assert str(found[0]).startswith("EPSG:4526 (CGCS2000")


@pytest.mark.parametrize("first", [4513, 4534, 2349, 2370, 2401, 2422])
def test_epsg_families_are_what_the_tables_say(first):
    for step in range(21):
        meridian, easting = zones.projection(pyproj.CRS.from_epsg(first + step))
        assert meridian == 75 + 3 * step
        assert (easting > 1e7) == (first in (4513, 2349, 2401))
