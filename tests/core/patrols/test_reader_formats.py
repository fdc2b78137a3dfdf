"""Each kind of file gives the same fixes; damaged ones give what is whole and list the rest."""

from __future__ import annotations

import gzip
import io
from unittest import mock

import numpy as np
import pyproj
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.distance import metres
from linzhang_plugin.core.patrols.readers import delimited, inflating
from linzhang_plugin.core.patrols.readers.importing import (
    FAILED,
    ImportOptions,
    import_path,
    read_member,
)
from linzhang_plugin.core.patrols.readers.members import Found, Member, unpacked
from linzhang_plugin.core.patrols.readers.projected import to_degrees
from linzhang_plugin.core.patrols.readers.safety import Limits
from tests.truth.trace_files import FORMATS, Csv, csv_in, geojson_of, times_in, xlsx_of, zip_of
from tests.truth.traces import fixes_of, gpx_of, kml_of, noisy, sampled, start_of, walk

CHINA = Clock()
NAME = "示例甲"
OPTIONS = ImportOptions()


def _walk(seed=0, minutes=12):
    rng = np.random.default_rng(seed)
    return fixes_of([(NAME, start_of(1, 8), noisy(rng, sampled(walk(rng, minutes), 15), 3))])


FIXES = _walk()


def _read(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    return import_path(path, OPTIONS)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_format_gives_the_same_fixes(kind, tmp_path):
    suffix, write = FORMATS[kind]
    got = _read(tmp_path, f"{NAME}{suffix}", write(FIXES))
    assert not got.rejected
    assert got.fixes.people == (NAME,)
    assert np.array_equal(got.fixes.time, FIXES.time)
    away = metres(got.fixes.lon, got.fixes.lat, FIXES.lon, FIXES.lat)
    assert away.max() <= 0.02


@given(
    st.sampled_from([",", ";", "\t", "|", "，", "；"]),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"]),
    st.sampled_from(
        ["utc", "offset", "local", "slash", "chinese", "digits", "seconds", "milliseconds", "excel"]
    ),
    st.sampled_from(["decimal", "comma", "dms", "chinese", "zone"]),
    st.sampled_from(["zh", "en"]),
    st.sampled_from(["\n", "\r\n"]),
)
@settings(max_examples=60, deadline=None)
def test_any_table_gives_the_same_fixes(separator, encoding, time, place, header, newline):
    how = Csv(separator, encoding, time, place, header, newline)
    if place == "comma" and separator == ",":
        return
    got = _parts("x.csv", csv_in(FIXES, how))
    assert len(got) == 1 and not got[0].rejected, (how, got[0].rejected[:1])
    assert np.array_equal(got[0].time, FIXES.time)
    assert metres(got[0].lon, got[0].lat, FIXES.lon, FIXES.lat).max() <= 0.02


def _parts(name, data, found=None):
    members = unpacked(Member(name, data), Limits(), found or Found(), 0)
    return [read_member(member, OPTIONS) for member in members]


TEXTS = {
    "x.gpx": gpx_of(FIXES, NAME),
    "x.csv": csv_in(FIXES, Csv(encoding="gb18030")),
    "y.csv": csv_in(FIXES, Csv(";", "utf-8", "slash", "comma")),
    "x.geojson": geojson_of(FIXES).replace(b'{"type": "Feature"', b'\n{"type": "Feature"'),
}


@pytest.mark.parametrize("name", TEXTS)
@given(cut=st.floats(0.05, 0.999))
@settings(max_examples=40, deadline=None)
def test_a_cut_file_keeps_every_fix_before_the_cut(name, cut):
    data = TEXTS[name]
    part = data[: int(len(data) * cut)]
    whole = {"x.gpx": b"</trkpt>", "x.geojson": b"}}"}.get(name, b"\n")
    expected = part.count(whole) - (whole == b"\n")
    (got,) = _parts(name, part)
    kept = dict(zip(got.time.tolist(), zip(got.lon, got.lat, strict=True), strict=True))
    for row in range(max(0, expected)):
        x, y = kept[int(FIXES.time[row])]
        assert metres(x, y, FIXES.lon[row], FIXES.lat[row]) < 0.1
    assert len(got) <= expected + 1
    if len(got) < len(FIXES) and name in ("x.gpx", "x.geojson"):
        assert got.rejected


def _damaged(data, kind, seed):
    rng, raw = np.random.default_rng(seed), bytearray(data)
    if kind == "bits":
        for place in rng.integers(0, len(raw), 3):
            raw[place] ^= 1 << int(rng.integers(0, 8))
    elif kind == "cut":
        del raw[int(rng.integers(1, len(raw))) :]
    elif kind == "hole":
        place = int(rng.integers(0, len(raw)))
        del raw[place : place + int(rng.integers(1, 60))]
    elif kind == "noise":
        place = int(rng.integers(0, len(raw)))
        raw[place:place] = rng.integers(0, 256, 30).astype(np.uint8).tobytes()
    elif kind == "recoded":
        return bytes(raw).decode("utf-8", "replace").encode("utf-16")
    elif kind == "twice":
        return bytes(raw + raw)
    return bytes(raw)


@given(
    st.sampled_from(sorted(FORMATS)),
    st.sampled_from(["bits", "cut", "hole", "noise", "recoded", "twice"]),
    st.integers(0, 10**6),
)
@settings(max_examples=150, deadline=None)
def test_no_damage_raises_or_passes_in_silence(kind, harm, seed):
    suffix, write = FORMATS[kind]
    data = _damaged(_written(kind, write), harm, seed)
    found = Found()
    readings = _parts(f"{NAME}{suffix}", data, found)
    rejected = [row for got in readings for row in got.rejected] + found.rejected
    assert rejected or sum(len(got) for got in readings)
    assert not [row for row in rejected if row.reason.template == FAILED.template]
    for got in readings:
        assert np.isfinite(got.lon).all() and np.isfinite(got.lat).all()


_KEPT: dict[str, bytes] = {}


def _written(kind, write):
    if kind not in _KEPT:
        _KEPT[kind] = write(FIXES)
    return _KEPT[kind]


@given(st.integers(0, 10**6), st.sampled_from([",", ";"]))
@settings(max_examples=80, deadline=None)
def test_every_line_of_a_damaged_table_is_a_fix_or_listed(seed, separator):
    rng = np.random.default_rng(seed)
    data = csv_in(FIXES, Csv(separator))
    head, lines = data.split(b"\n", 1)[0], data.split(b"\n")[1:-1]
    for row in rng.integers(0, len(lines), 3):
        line = bytearray(lines[row])
        line[int(rng.integers(0, len(line)))] = int(rng.choice(list(b"\"'x;,-0 \t")))
        lines[row] = bytes(line)
    (got,) = _parts("x.csv", b"\n".join([head, *lines, b""]))
    told = {row.line for row in got.rejected} | set(got.line.tolist())
    assert told == set(range(2, len(lines) + 2))
    assert len(got) >= len(lines) - 3


@given(st.integers(0, 10**6))
@settings(max_examples=80, deadline=None)
def test_every_point_of_a_damaged_gpx_is_a_fix_or_listed(seed):
    rng = np.random.default_rng(seed)
    lines = gpx_of(FIXES, NAME).split(b"\n")
    bad = set(rng.integers(3, len(lines) - 3, 3).tolist())
    for row in bad:
        line = bytearray(lines[row])
        line[int(rng.integers(0, len(line)))] = int(rng.choice(list(b'<>"/x&=')))
        lines[row] = bytes(line)
    (got,) = _parts("x.gpx", b"\n".join(lines))
    told = set(got.line.tolist()) | {row.line for row in got.rejected}
    assert set(range(3, len(lines) - 1)) <= told
    assert len(got) >= len(FIXES) - 6


def test_a_stray_quote_costs_nothing_but_its_field():
    lines = csv_in(FIXES, Csv()).decode().split("\n")
    lines[4] = lines[4].replace(",", ',"', 1)
    (got,) = _parts("x.csv", "\n".join(lines).encode())
    assert np.array_equal(got.time, FIXES.time) and not got.rejected


def test_one_bad_byte_does_not_cost_the_encoding():
    data = csv_in(FIXES, Csv(encoding="gb18030"))
    place = data.index("示例甲".encode("gb18030")) + 1
    (got,) = _parts("x.csv", data[:place] + b"\xff" + data[place + 1 :])
    assert len(got) == len(FIXES)


def test_a_cut_archive_gives_its_whole_files(tmp_path):
    data = zip_of({f"{n}.gpx": gpx_of(_walk(n)) for n in range(4)})
    got = _read(tmp_path, "x.zip", data[: int(len(data) * 0.6)])
    assert {s for s in got.fixes.sources if s.endswith(("/0.gpx", "/1.gpx"))} == {
        "x.zip/0.gpx", "x.zip/1.gpx"
    }  # fmt: skip
    assert "cut off or broken" in " ".join(str(row.reason) for row in got.rejected)


def test_a_cut_gzip_gives_what_is_before_the_cut(tmp_path):
    data = gzip.compress(gpx_of(_walk(1, minutes=600)))
    got = _read(tmp_path, "示例甲.gpx.gz", data[: int(len(data) * 0.9)])
    assert 1500 < len(got.fixes) < 2400 and len(got.rejected) >= 2


def test_a_bomb_is_refused_before_it_opens(tmp_path, monkeypatch):
    monkeypatch.setattr(inflating, "HARMLESS", 1 << 20)
    zeros = gzip.compress(b"<gpx>" + b" " * (8 << 20))
    assert len(zeros) < 20_000
    got = _read(tmp_path, "a.gpx.gz", zeros)
    assert "safe" in str(got.rejected[0].reason) and not len(got.fixes)
    got = _read(tmp_path, "a.zip", zip_of({"a.gpx": b" " * (8 << 20)}))
    assert "safe" in str(got.rejected[0].reason)


def test_all_sheets_count_and_a_strange_one_is_listed(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of(FIXES, 2)))
    book.create_sheet("说明").append(["本表由平台导出"])
    out = io.BytesIO()
    book.save(out)
    got = _read(tmp_path, "a.xlsx", out.getvalue())
    assert len(got.fixes) == len(FIXES)
    assert [row.file for row in got.rejected] == ["a.xlsx/说明"]


def test_times_without_a_place_are_listed(tmp_path):
    text = kml_of(FIXES, NAME).replace(b"<when>", b"<when>2025-03-01T00:00:00Z</when><when>", 1)
    got = _read(tmp_path, "a.kml", text)
    assert any("no position" in str(row.reason) for row in got.rejected)


@given(st.floats(73.7, 135), st.floats(4, 53), st.booleans(), st.booleans())
def test_eastings_with_their_zone_become_degrees(lon, lat, six, swapped):
    if six:
        zone, code = int(lon // 6) + 1, 4491 + int(lon // 6) + 1 - 13
    else:
        zone = round(lon / 3)
        code = 4513 + zone - 25
    east, north = pyproj.Transformer.from_crs(4490, code, always_xy=True).transform(lon, lat)
    assert east // 1e6 == zone
    x, y = np.array([east]), np.array([north])
    back = to_degrees(y, x) if swapped else to_degrees(x, y)
    assert metres(lon, lat, *back)[0] < 0.01


def test_metres_without_a_zone_and_of_no_zone_are_refused():
    text = "time,lon,lat\n" + "\n".join(
        f"2025-03-01 08:00:00,{east},2854000" for east in (500_123, 99_500_123, 38_100_000)
    )
    (got,) = _parts("x.csv", text.encode())
    assert len(got) == 0 and [row.line for row in got.rejected] == [2, 3, 4]
    assert all("projection" in str(row.reason) for row in got.rejected)


def test_the_writers_write_what_they_say():
    one = FIXES.take(np.arange(1))
    assert times_in(one, "chinese") == ["2025年3月1日 8时00分00秒"]
    assert times_in(one, "excel")[0].startswith("45717.3333333")


def test_a_line_with_more_columns_than_the_header_is_never_read_as_another_place():
    text = "time,lon,lat\n2025-03-01 08:00:00,114.9,25.8\n2025-03-01 08:00:15,114,95,25,80\n"
    (got,) = _parts("x.csv", text.encode())
    assert got.lon.tolist() == [114.9]
    assert [(row.line, "5 columns" in str(row.reason)) for row in got.rejected] == [(3, True)]


@given(st.integers(0, 10**6), st.sampled_from([",", ";", "\t"]), st.booleans())
@settings(max_examples=60, deadline=None)
def test_even_tables_are_read_as_uneven_ones_are(seed, separator, windows):
    """Lines of another width, quotes and ends of separators: the fixes must be the same."""
    rng = np.random.default_rng(seed)
    ends = "\r\n" if windows else "\n"
    times = ["2025-03-01 08:00:%02d", "2025/3/1 8:00:%02d", "2025-03-01T08:00:%02d.5Z", "", "x%d"]
    chance = [1.0, 0, 0, 0, 0] if rng.random() < 0.5 else [0.6, 0.1, 0.1, 0.1, 0.1]
    rows = []
    for k in range(int(rng.integers(1, 30))):
        time = str(rng.choice(times, p=chance))
        place = [f"{rng.uniform(70, 200):.{rng.integers(0, 9)}f}", f"{rng.uniform(-9, 99):.5f}"]
        who = str(rng.choice(["甲", "乙乙", "", " 丙 "]))
        rows.append(separator.join([who, time % k if "%" in time else time, *place, "7"]))
        more = [
            "",
            separator * 2,
            "x",
            f"{rows[-1]}{separator}{separator}",
            f"{rows[-1]}{separator}9",
        ]
        if rng.random() < 0.2:
            rows.append(str(rng.choice(more)))
        if rng.random() < 0.1:
            rows[-1] = separator.join(f'"{cell}"' for cell in rows[-1].split(separator))
    head = separator.join(["姓名", "时间", "经度", "纬度", "备注"])
    (even,) = _parts("x.csv", ends.join([head, *rows, ""]).encode())
    with mock.patch.object(delimited, "_quickly", lambda *ignored: None):
        (uneven,) = _parts("x.csv", ends.join([head, *rows, ""]).encode())
    for name in ("lon", "lat", "time", "line", "person"):
        assert np.array_equal(getattr(even, name), getattr(uneven, name)), name
    assert sorted(map(str, even.rejected)) == sorted(map(str, uneven.rejected))
