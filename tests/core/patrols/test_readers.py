"""Formats: the same walk read from each is the same walk; hostile files do no harm."""

from __future__ import annotations

import gzip
import io
import math
import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.patrols.clock import Clock, day_number
from linzhang_plugin.core.patrols.readers import gpx_fast
from linzhang_plugin.core.patrols.readers.columns import recognise
from linzhang_plugin.core.patrols.readers.decimals import decimals_at, parse_decimal, parse_decimals
from linzhang_plugin.core.patrols.readers.gpx import read_gpx, read_gpx_slowly
from linzhang_plugin.core.patrols.readers.importing import (
    ImportOptions,
    as_fixes,
    finished,
    import_path,
    read_member,
)
from linzhang_plugin.core.patrols.readers.members import Member
from linzhang_plugin.core.patrols.readers.owner import Naming, owner, person_in
from linzhang_plugin.core.patrols.readers.safety import Limits
from linzhang_plugin.core.patrols.readers.times import NO_TIME, parse_time, parse_times
from linzhang_plugin.core.patrols.readers.xml_text import utf8
from tests.truth.trace_files import fit_of, geojson_of, xlsx_of
from tests.truth.traces import csv_of, fixes_of, gpx_of, kml_of, noisy, sampled, start_of, walk

CHINA = Clock()
EIGHT = 1_740_787_200_000  # 2025-03-01 08:00 in China
COLUMNS = ("lon", "lat", "time", "ele", "accuracy", "line", "track", "person")


def _walk(seed=0, minutes=40):
    rng = np.random.default_rng(seed)
    return fixes_of([("示例甲", start_of(1, 8), noisy(rng, sampled(walk(rng, minutes), 15), 3))])


def _same(one, other):
    for name in COLUMNS:
        a, b = getattr(one, name), getattr(other, name)
        same = np.array_equal(a, b) if name in ("person", "time", "line", "track") else (
            np.array_equal(a, b, equal_nan=True)
        )  # fmt: skip
        assert same, name
    assert one.rejected == other.rejected


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-01T00:00:00Z", "2025-03-01T08:00:00+08:00", "2025-03-01T08:00:00+0800",
        "2025-03-01 08:00:00", "2025/3/1 8:00:00", "2025年3月1日 8时", "2025年3月1日 8时00分00秒",
        "2025-03-01T00:00:00.000Z", "2025.3.1 08:00", "20250301080000", "1740787200",
        "1740787200000", "1740787200000000", "45717.3333333", "2025/3/1 上午8:00:00",
        "2025-03-01 08:00:00 +08", "2025/3/1 8:00:00 AM", "2025年3月1日星期六 8:00",
    ],
)  # fmt: skip
def test_times(text):
    assert parse_time(text, CHINA) == EIGHT
    assert parse_times([text, text], CHINA).tolist() == [EIGHT, EIGHT]


@pytest.mark.parametrize(
    "text", ["", None, "abc", "2025-02-30 08:00:00", "2025-13-01", "25:00", "8"]
)
def test_no_times(text):
    assert parse_time(text, CHINA) == NO_TIME
    assert parse_times([text], CHINA).tolist() == [NO_TIME]


@given(st.integers(631_152_000, 4_000_000_000), st.sampled_from(["Z", "+08:00", "-03:30", ""]))
def test_a_time_written_is_the_time_read(seconds, zone):
    minutes = {"Z": 0, "+08:00": 480, "-03:30": -210, "": 480}[zone]
    local = np.datetime64(seconds + minutes * 60, "s")
    assert parse_times([f"{local}{zone}"], CHINA).tolist() == [seconds * 1000]


def test_afternoon_and_other_zones():
    assert parse_time("2025/3/1 下午2:30", CHINA) == EIGHT + int(6.5 * 3_600_000)
    assert parse_time("2025-07-01 12:00:00", Clock("Europe/Berlin")) == parse_time(
        "2025-07-01T10:00:00Z", CHINA
    )
    assert Clock("UTC+5:30").local(0) == 19_800_000
    with pytest.raises(InputError, match="Mond"):
        Clock("Mond/Krater")
    with pytest.raises(InputError, match="no date"):
        day_number("gestern")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("26.1", 26.1), ("26,1", 26.1), ("26°06'00\"N", 26.1), ("26°6′0″", 26.1),
        ("N26.1", 26.1), ("26.1S", -26.1), ("114度30分", 114.5), ("东经114.5", 114.5),
        ("-0.5", -0.5), ("１１４.５", 114.5), ("26 06 00", 26.1),
    ],
)  # fmt: skip
def test_decimals(text, value):
    assert parse_decimal(text) == pytest.approx(value, abs=1e-12)
    assert parse_decimals([text])[0] == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize("text", ["", None, "x", "26°77'", "1,2,3", "nan", "inf"])
def test_no_decimals(text):
    assert math.isnan(parse_decimal(text))


@given(st.lists(st.floats(-180, 180, allow_nan=False), min_size=1, max_size=30), st.integers(0, 17))
def test_bytes_give_the_same_double_as_float(values, places):
    words = [f"{v:.{places}f}" for v in values]
    data = np.frombuffer("".join(words).encode(), dtype=np.uint8)
    width = np.array([len(w) for w in words])
    start = np.concatenate([[0], np.cumsum(width)[:-1]])
    assert decimals_at(data, start, width).tolist() == [float(w) for w in words]


@given(st.integers(0, 2**32 - 1))
def test_the_fast_gpx_reader_equals_the_slow_one(seed):
    rng = np.random.default_rng(seed)
    data = _random_gpx(rng)
    text = utf8(data)
    slow = read_gpx_slowly(text, "x.gpx", CHINA, Limits())
    quick = gpx_fast.read(text, "x.gpx", CHINA)
    _same(read_gpx(data, "x.gpx", CHINA), slow)
    if quick is not None:
        _same(quick, slow)


def _random_gpx(rng):
    """Make GPX of many habits, some of them unusual."""
    out = ['<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="x">\n']
    quote = rng.choice(['"', "'"])
    ele, speed, space = rng.random() < 0.5, rng.random() < 0.3, rng.choice(["", "\n", "\r\n  "])
    odd = rng.random() < 0.3
    for _ in range(rng.integers(1, 4)):
        out.append(f"<trk><name>R{rng.integers(5)}</name>{space}")
        for _ in range(rng.integers(1, 3)):
            out.append("<trkseg>")
            for i in range(rng.integers(0, 6)):
                lat, lon = rng.uniform(-91, 91), rng.uniform(-181, 181)
                p = int(rng.integers(0, 9))
                out.append(
                    f"{space}<trkpt lat={quote}{lat:.{p}f}{quote} lon={quote}{lon:.{p}f}{quote}>"
                )
                out.append(f"<ele>{rng.normal(100, 50):.1f}</ele>" if ele else "")
                when = ["2025-03-01T00:00:%02dZ", "2025/3/1 8:00:%02d", "bad%d", ""]
                kind = when[rng.choice(4, p=[0.85, 0.05, 0.05, 0.05])]
                out.append(f"<time>{kind % i if kind else ''}</time>" if i != 4 else "")
                out.append("<extensions><accuracy>5</accuracy></extensions>" if speed else "")
                out.append("</trkpt>")
                if odd and i == 2:
                    out.append(rng.choice(["<!-- a -->", "<trkpt lat='1' lon='2'/>", "&amp;", "&"]))
            out.append("</trkseg>")
        out.append(f"</trk>{space}")
    out.append("</gpx>" if rng.random() < 0.9 else "<gp")
    return "".join(out).encode()


def test_the_fast_reader_crosses_its_chunks(monkeypatch):
    data = gpx_of(_walk(minutes=60))
    whole = read_gpx(data, "x", CHINA)
    monkeypatch.setattr(gpx_fast, "CHUNK", 700)
    pieces = gpx_fast.read(utf8(data), "x", CHINA)
    assert pieces is not None
    _same(pieces, whole)


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.77, 0.99])
def test_a_cut_file_gives_every_whole_fix_before_the_cut(cut):
    data = gpx_of(_walk())
    part = data[: int(len(data) * cut)]
    got = read_gpx(part, "x.gpx", CHINA)
    assert len(got) == part.count(b"</trkpt>")
    assert got.rejected[0].line == part.count(b"\n") + 1


def test_fixes_after_a_defect_are_salvaged_and_lost_ones_listed():
    lines = gpx_of(_walk()).split(b"\n")
    lines[10] = lines[10].replace(b"</time>", b"<time>")
    lines[20] = lines[20].replace(b'lat="', b"lat=")
    got = read_gpx(b"\n".join(lines), "x.gpx", CHINA)
    assert len(got) == len(_walk()) - 1
    assert [row.line for row in got.rejected] == [11, 21]


def test_the_same_walk_in_every_format_is_one_walk(tmp_path):
    fixes = _walk()
    files = {
        "a/示例甲_2025-03-01.gpx": gpx_of(fixes, "示例甲"),
        "b/示例甲.kml": kml_of(fixes, "示例甲"),
        "c/all.csv": csv_of(fixes),
        "d/list.xlsx": xlsx_of(fixes),
        "e/points.geojson": geojson_of(fixes),
        "f/示例甲.fit": fit_of(fixes),
        "g/示例甲.gpx.gz": gzip.compress(gpx_of(fixes, "示例甲")),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../示例甲.gpx", gpx_of(fixes, "示例甲"))
    files["h/more.zip"] = packed.getvalue()
    for name, data in files.items():
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
        got = import_path(path, ImportOptions())
        assert got.fixes.people == ("示例甲",), name
        assert np.array_equal(got.fixes.time, fixes.time), name
        assert np.abs(got.fixes.lon - fixes.lon).max() < 1.1e-7, name
        assert np.abs(got.fixes.lat - fixes.lat).max() < 1.1e-7, name
    together = import_path(tmp_path / "in", ImportOptions())
    assert len(together.fixes) == len(fixes)
    assert together.n_repeats == 7 * len(fixes)
    assert len([r for r in together.rejected if "read before" in str(r.reason)]) == 7
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in"]  # nothing was unpacked


def test_files_in_any_split_and_order_give_the_same_fixes():
    rng = np.random.default_rng(3)
    fixes = _walk(minutes=60)
    whole = finished([fixes], [])
    rows = rng.permutation(len(fixes))
    parts = [fixes.take(rows[i::3]) for i in range(3)]
    parts += [fixes.take(rows[:20])]
    split = finished(parts, [])
    for name in ("time", "lon", "lat"):
        assert np.array_equal(getattr(split.fixes, name), getattr(whole.fixes, name))
    assert split.n_repeats == 20


def test_bombs_and_traps_are_refused(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big.gpx", b"<gpx>" + b" " * 5_000_000)
        archive.writestr("good.gpx", gpx_of(_walk()))
    path = tmp_path / "x.zip"
    path.write_bytes(packed.getvalue())
    got = import_path(path, ImportOptions(limits=Limits(file=1_000_000)))
    assert len(got.fixes) == len(_walk())
    assert [r.file for r in got.rejected] == ["x.zip/big.gpx"]
    inner = packed.getvalue()
    for _ in range(4):
        outer = io.BytesIO()
        with zipfile.ZipFile(outer, "w") as archive:
            archive.writestr("in.zip", inner)
        inner = outer.getvalue()
    path.write_bytes(inner)
    got = import_path(path, ImportOptions())
    assert len(got.fixes) == 0
    assert "inside archives" in str(got.rejected[0].reason)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.gpx", b"<gpx>" + b"<a>" * 500), ("a.kml", b"<kml>" + b"<a>" * 500),
        ("a.json", b"[" * 100_000), ("a.json", b"{"), ("a.fit", b"\x0e" + b"x" * 40),
        ("a.xlsx", b"PK\x03\x04 no workbook"), ("a.csv", b"\xff\xfe\x00"), ("a.csv", b"a,b\n1,2\n"),
        ("a.gpx", b"\x00\x01\x02"), ("a", b""), ("a.bin", b"\x89PNG"),
        ("a.gpx", b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><gpx>&e;</gpx>"),
        ("a.kml", b"<!DOCTYPE x><kml/>"), ("a.csv", b"time,lon,lat\n"),
    ],
)  # fmt: skip
def test_bad_files_are_a_message_never_an_exception(name, data):
    got = read_member(Member(name, data), ImportOptions())
    assert len(got) == 0
    assert got.rejected and all(row.file == name and str(row.reason) for row in got.rejected)


@given(
    st.binary(max_size=300), st.sampled_from(["gpx", "kml", "csv", "json", "fit", "xlsx", "txt"])
)
def test_any_bytes_are_read_or_refused(data, kind):
    got = read_member(Member(f"x.{kind}", data), ImportOptions())
    assert len(got) or got.rejected


@given(st.data())
def test_a_gpx_with_flipped_bytes_never_raises(data):
    raw = bytearray(gpx_of(_walk(minutes=3)))
    for _ in range(data.draw(st.integers(1, 5))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    got = read_member(Member("x.gpx", bytes(raw)), ImportOptions())
    assert len(got) or got.rejected


def test_csv_lists_lines_it_cannot_use():
    text = (
        "示例导出\n护林员;定位时间;经度(°);纬度(°)\n甲;2025/3/1 8:00:00;114,95;25,80\n"
        "甲;;114,95;25,80\n甲;2025/3/1 8:00:30;0;0\n甲;2025/3/1 8:00:45;214,95;25,80\n"
        "甲;2025/3/1 8:01:00;500123;2880000\n甲;morgen;114,95;25,80\n"
    )
    got = read_member(Member("x.csv", text.encode("gb18030")), ImportOptions())
    assert (len(got), got.lon[0], got.lat[0], got.time[0]) == (1, 114.95, 25.80, EIGHT)
    told = {row.line: str(row.reason) for row in got.rejected}
    assert sorted(told) == [4, 5, 6, 7, 8]
    assert "no time" in told[4] and "(0, 0)" in told[5] and "projection" in told[7]


def test_csv_with_quotes_and_ragged_lines():
    text = 'name,time,lng,lat\n"甲, 乙",2025-03-01 08:00:00,114.9,25.8\nx,y\n'
    got = read_member(Member("x.csv", text.encode()), ImportOptions())
    assert got.person.tolist() == ["甲, 乙"]
    assert [(r.line, "2 columns" in str(r.reason)) for r in got.rejected] == [(3, True)]


def test_date_and_clock_columns_and_wkt():
    text = '姓名,日期,时间,坐标\n甲,2025-03-01,08:00:00,"114.9,25.8"\n'
    got = read_member(Member("x.csv", text.encode()), ImportOptions())
    assert (got.time[0], got.lon[0], got.lat[0]) == (EIGHT, 114.9, 25.8)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (["护林员", "手机号", "时间", "经度", "纬度", "乡镇"], (2, 3, 4, 0)),
        (["X", "Y", "fid", "t", "tracker"], (3, 0, 1, 4)),
        (["Person_ID", "GPS Time", "Lng", "Lat"], (1, 2, 3, 0)),
    ],
)
def test_columns_are_recognised(header, expected):
    found = recognise(header)
    assert (found.time, found.lon, found.lat, found.person) == expected
    assert recognise(["工号", "t", "x", "y"], "工号").person == 0


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("示例甲_2025-03-01.gpx", "示例甲"), ("R012_20250301.gpx", "R012"),
        ("2025-03-01 08.30.gpx", ""), ("护林员示例乙", "示例乙"), ("轨迹1", ""),
        ("ACTIVE LOG #3", ""),
        ("20250301080000_示例丙", "示例丙"),
    ],
)  # fmt: skip
def test_person_in_names(name, person):
    assert person_in(name.removesuffix(".gpx")) == person


def test_owner_by_pattern_folder_and_track_names():
    pattern = Naming("{person}_*")
    assert owner("x/R7_a.gpx", [], pattern, pattern.matcher()) == "R7"
    folder = Naming(folder=True)
    assert owner("示例甲/2025-03-01.gpx", ["log"], folder, None) == "示例甲"
    assert owner("march.gpx", ["甲", "乙"], Naming(), None) == ""
    with pytest.raises(InputError, match="person"):
        Naming("nobody_*").matcher()


def test_one_file_of_many_persons_keeps_them_apart():
    text = "<gpx>" + "".join(
        f"<trk><name>{n}</name><trkseg><trkpt lat='25' lon='114'><time>2025-03-01T00:00:0{i}Z"
        "</time></trkpt></trkseg></trk>"
        for i, n in enumerate(("乙", "甲", "乙"))
    ) + "</gpx>"  # fmt: skip
    got = read_gpx(text.encode(), "all.gpx", CHINA)
    fixes = as_fixes(got, "all.gpx", owner("all.gpx", ["甲", "乙"], Naming(), None))
    assert sorted(fixes.people) == ["乙", "甲"] and len(fixes) == 3
