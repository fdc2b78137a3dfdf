"""Every odd and foreign file: right fixes, or a message with file, line and reason."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from linzhang_plugin.core.patrols.readers.importing import ImportOptions, import_path
from tests.truth.nasty_traces import NASTY
from tests.truth.odd_traces import ODD as INVENTED

DATA = Path("/work/shared/data/patrols")
needs_data = pytest.mark.skipif(not DATA.exists(), reason="the shared patrol data is not here")

# file: fixes, first line and words of the first rejection (0: the whole file)
ODD = {
    "odd_inputs/bad_entity.gpx": (1, 2, "XML is broken"),
    "odd_inputs/billion_laughs.gpx": (0, 1, "DOCTYPE"),
    "odd_inputs/comma_decimal.gpx": (1, None, ""),
    "odd_inputs/dup_times.gpx": (1, 4, "2 fixes of this file were read before"),
    "odd_inputs/empty.gpx": (0, 0, "empty"),
    "odd_inputs/excel_date_serial.csv": (1, None, ""),
    "odd_inputs/gbk.csv": (2, None, ""),
    "odd_inputs/null_island.gpx": (2, 4, "(0, 0)"),
    "odd_inputs/only_header.gpx": (0, 0, "no track points"),
    "odd_inputs/out_of_order.gpx": (3, None, ""),
    "odd_inputs/semicolon.csv": (2, None, ""),
    "odd_inputs/time_slash_cn.gpx": (2, None, ""),
    "odd_inputs/truncated_mid_tag.gpx": (99, 102, "XML is broken"),
    "odd_inputs/tz_mixed.gpx": (3, None, ""),
    "odd_inputs/utf16_bom.gpx": (2, None, ""),
    "odd_inputs/xxe.gpx": (0, 1, "DOCTYPE"),
    "gpxpy/Mojstrovka.gpx": (0, 12, "before 1990"),
    "gpxpy/cerknicko-without-times.gpx": (5, 67, "no time"),
    "gpxpy/cerknicko-jezero.gpx": (296, None, ""),
    "gpxpy/korita-zbevnica.gpx": (513, 33, "no time"),
    "gpxpy/gpx-with-node-with-comments.gpx": (1, None, ""),
    "gpxpy/route.gpx": (0, 0, "55 route points"),
    "gpxpy/track-with-less-sec-time.gpx": (2, None, ""),
    "gpxpy/track-with-small-floats.gpx": (0, 12, "no time"),
    "gpxpy/unicode2.gpx": (0, 0, "no track points"),
    "gpxgo/iso8859-1encoded.gpx": (0, 0, "8 waypoints"),
    "gpxgo/graphhopper.gpx.gz": (22, 29, "no time"),
    "gpxgo/gpx-without-root-attributes.gpx": (0, 7, "before 1990"),
    "phpGPX/endomondo.gpx": (5180, 30, "1 fixes of this file"),
    "phpGPX/timezero.gpx": (6, None, ""),
    "movingpandas/demodata_geolife.csv": (5908, None, ""),
    "movingpandas/mf-trajectory.json": (19, None, ""),
    "movingpandas/movingfeatures.json": (19, None, ""),
    "ecoscope/observations.geojson": (8, None, ""),
    "ecoscope/habiba-polys.geojson": (0, 1, "no time for each"),
    "ecoscope/sample_observation.json": (1, None, ""),
    "ecoscope/sample_patrol.json": (0, 1, "no time for each"),
    "ecoscope/get_patrol_events_bad_geojson.json": (0, 1, "no time for each"),
    "ecoscope/test_point.geojson": (0, 1, "no time"),
    "ecoscope/elephant_sighting.csv": (76, None, ""),
    "gpxgo/cerknicko-without-times.gpx": (5, 67, "no time"),
    "gpxgo/korita-zbevnica.gpx": (513, 33, "no time"),
    "gpxgo/visnjan.gpx": (413, None, ""),
    "gpxgo/file.gpx": (4, None, ""),
    "gpxgo/gpx1.0_with_all_fields.gpx": (1, None, ""),
    "gpxgo/gpx1.1_with_all_fields.gpx": (1, None, ""),
    "gpxgo/gpx1.1_with_extensions.gpx": (1, None, ""),
    "gpxgo/gpx_with_garmin_extension.gpx": (0, 0, "no track points"),
    "phpGPX/gps-track.gpx": (5, None, ""),
    "phpGPX/route.gpx": (0, 0, "no track points"),
    "phpGPX/waypoint_test.gpx": (0, 0, "no track points"),
    "ecoscope/smart_patrols.csv": (10147, 468, "21998 fixes of this file were read before"),
    "ptrail/car_traffic.csv": (0, 2, "before 1990"),
    "trajectools/poly.geojson": (0, 1, "no time for each"),
    "trajectools/geolife.qgz": (0, 0, "of no kind that holds tracks"),
    "trajectools/README.md": (0, 0, "of no kind that holds tracks"),
}


@needs_data
@pytest.mark.parametrize("name", ODD)
def test_odd_file(name):
    count, line, words = ODD[name]
    got = import_path(DATA / name, ImportOptions())
    assert len(got.fixes) == count
    assert bool(got.rejected) == (line is not None)
    if got.rejected:
        first = got.rejected[0]
        assert (first.line, words in str(first.reason)) == (line, True), str(first.reason)
        assert first.file == Path(name).name or name.endswith((".gz", ".qgz"))


@needs_data
@pytest.mark.parametrize(
    ("name", "lon", "lat", "time"),
    [
        ("comma_decimal.gpx", 118.5, 26.1, "2025-03-01T00:00:00"),
        ("excel_date_serial.csv", 118.5, 26.1, "2025-03-01T00:00:00"),
        ("gbk.csv", 118.5, 26.1, "2025-03-01T00:00:00"),
        ("time_slash_cn.gpx", 118.5, 26.1, "2025-03-01T00:00:00"),
        ("utf16_bom.gpx", 118.5, 26.1, "2025-03-01T00:00:00"),
        ("tz_mixed.gpx", 118.5, 26.1, "2025-03-01T00:00:00"),
    ],
)
def test_first_fix_of_odd_files(name, lon, lat, time):
    fixes = import_path(DATA / "odd_inputs" / name, ImportOptions()).fixes
    stamp = np.datetime_as_string(fixes.time[:1].astype("datetime64[ms]"), unit="s")[0]
    assert (fixes.lon[0], fixes.lat[0], stamp) == (lon, lat, time)


@needs_data
def test_a_folder_of_everything_reads_each_fix_once_and_stops_at_nothing():
    got = import_path(DATA, ImportOptions())
    assert len(got.fixes) > 28_000
    assert all(row.file and str(row.reason) for row in got.rejected)
    key = {(p, t, x, y) for p, t, x, y in zip(
        got.fixes.person, got.fixes.time, got.fixes.lon, got.fixes.lat, strict=True
    )}  # fmt: skip
    assert len(key) == len(got.fixes)
    assert {name.rpartition(".")[2] for name, _ in got.layers} <= {"gpkg", "parquet", "feather"}


@needs_data
def test_no_name_phone_or_position_stands_in_a_message():
    for name in ("odd_inputs/gbk.csv", "odd_inputs/null_island.gpx", "gpxpy/Mojstrovka.gpx"):
        for row in import_path(DATA / name, ImportOptions()).rejected:
            text = str(row.reason)
            assert "张三" not in text and "138" not in text and "118.5" not in text


@pytest.mark.parametrize("what", INVENTED)
def test_invented_odd_file(tmp_path, what):
    name, data, count, line, words = INVENTED[what]
    home = tmp_path / "in"
    home.mkdir()
    (home / name).write_bytes(data)
    got = import_path(home / name, ImportOptions())
    assert len(got.fixes) == count
    if line is None:
        assert not got.rejected
    else:
        first = got.rejected[0]
        assert first.line == line and words in str(first.reason)
        assert first.file.startswith(name)
    assert [path.name for path in tmp_path.iterdir()] == ["in"]  # nothing was unpacked anywhere
    if count:
        assert np.all(np.abs(got.fixes.lon - 114.94) < 0.02)
        assert np.all(np.abs(got.fixes.lat - 25.83) < 0.01)


def test_each_sheet_is_its_person(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(INVENTED["a sheet a person"][1])
    assert import_path(tmp_path, ImportOptions()).fixes.people == ("示例丙", "示例乙", "示例甲")


@pytest.mark.parametrize("what", NASTY)
def test_nasty_file(tmp_path, what):
    (name, data, count, line, words), first = NASTY[what]
    (tmp_path / name).write_bytes(data)
    got = import_path(tmp_path / name, ImportOptions())
    assert len(got.fixes) == count
    assert bool(got.rejected) == (line is not None), [str(row.reason) for row in got.rejected]
    if got.rejected:
        assert got.rejected[0].line == line and words in str(got.rejected[0].reason)
        assert got.rejected[0].file.startswith(name)
    if count:
        stamps = np.datetime_as_string(got.fixes.time.astype("datetime64[ms]"), unit="s")
        assert stamps[0] == first and np.diff(got.fixes.time).max() <= 3_600_000
        assert np.allclose(got.fixes.lon, 114.9363, atol=3e-4)
        assert np.allclose(got.fixes.lat, 25.8314, atol=3e-4)
        assert got.fixes.people == ("示例甲",)
