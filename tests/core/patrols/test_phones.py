"""The id of a phone: read from every kind of file, kept apart from people, doubted when shared."""

from __future__ import annotations

import numpy as np
import pytest

from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.doubts import find_doubts
from linzhang_plugin.core.patrols.fixes import concat, in_order, make_fixes, masked
from linzhang_plugin.core.patrols.patrols import find_patrols
from linzhang_plugin.core.patrols.readers.importing import ImportOptions, as_fixes, read_member
from linzhang_plugin.core.patrols.readers.members import Member
from linzhang_plugin.core.patrols.rules import PatrolRules

DAY_MS = 86_400_000
START = 1_740_787_200_000
IMEI = "869900000001234"


def _walk(person, day, device, hour=0, seed=0):
    rng = np.random.default_rng([seed, day, hour])
    heading = np.cumsum(rng.normal(0, 0.2, 240)) + rng.uniform(0, 6)
    x, y = np.cumsum(15 * np.cos(heading)), np.cumsum(15 * np.sin(heading))
    time = START + day * DAY_MS + hour * 3_600_000 + 15_000 * np.arange(240)
    lon = 114.9 + (x + rng.normal(0, 3, 240)) / 1e5 + 0.02 * rng.random()
    return make_fixes([person] * 240, time, lon, 25.8 + y / 1.1e5, device=[device] * 240)


def _shared(parts):
    fixes = in_order(concat(parts))
    found = find_patrols(fixes, PatrolRules(), Clock())
    doubts = [d for d in find_doubts(found) if d.kind == "shared_phone"]
    return [(fixes.people[found.person[d.patrol]], str(d.evidence)) for d in doubts]


def test_a_phone_that_goes_to_and_fro_is_doubted_on_who_uses_it_less():
    parts = [_walk("甲", d, IMEI) for d in (0, 1, 3, 4, 6)] + [_walk("乙", d, IMEI) for d in (2, 5)]
    got = _shared(parts)
    assert [who for who, _ in got] == ["乙", "乙"]
    assert all("…1234" in text and IMEI not in text for _, text in got)


def test_both_on_one_day_is_doubted_once():
    parts = [_walk("甲", 0, IMEI), _walk("甲", 1, IMEI), _walk("乙", 1, IMEI, hour=6)]
    assert [who for who, _ in _shared(parts)] == ["乙"]


def test_a_phone_handed_on_for_good_and_own_phones_are_no_doubt():
    assert not _shared([_walk("甲", d, IMEI) for d in (0, 1, 2)] + [_walk("乙", 3, IMEI)])
    assert not _shared([_walk("甲", d, IMEI) for d in range(3)] + [_walk("乙", 1, "B", 6)])
    assert not _shared([_walk("甲", 0, ""), _walk("乙", 0, "", 6), _walk("甲", 1, "")])


def test_an_id_that_everybody_bears_is_no_phone():
    assert not _shared([_walk(f"示例{k}", d, "HUAWEI", k) for k in range(9) for d in (0, 1)])


def test_masked_ids_never_show_more_than_four_signs():
    assert masked(IMEI) == "…1234" and masked("1234") == "…"


def test_joined_tables_keep_each_fix_with_its_phone():
    joined = concat([_walk("甲", 0, "B"), _walk("乙", 0, "A", 6), _walk("丙", 0, "", 3)])
    frame = joined.take(np.arange(len(joined))[::-1]).frame()
    assert set(zip(frame.person_id, frame.device_id.fillna(""), strict=True)) == {
        ("甲", "B"),
        ("乙", "A"),
        ("丙", ""),
    }


POINT = '<trkpt lat="25.8" lon="114.9{}"><time>2025-03-01T08:00:{}5Z</time>{}</trkpt>'
POINTS = "".join(POINT.format(k, k, "") for k in range(6))
ID = f"<extensions><x:imei>{IMEI}</x:imei></extensions>"
OWN = "".join(POINT.format(k, k, ID) for k in range(6))
EXT = f"<extensions><x:DeviceId>{IMEI}</x:DeviceId></extensions>"
HEAD = '<gpx xmlns:x="urn:x" creator="{}">{}<trk>{}<trkseg>{}</trkseg></trk></gpx>'
WHEN = "".join(f"<when>2025-03-01T08:00:{k}5Z</when>" for k in range(6))
COORD = "".join(f"<gx:coord>114.9{k} 25.8 0</gx:coord>" for k in range(6))
KML = (
    '<kml xmlns:gx="urn:g"><Placemark><ExtendedData><Data name="终端号"><value>{}</value></Data>'
    "</ExtendedData><gx:Track>{}{}</gx:Track></Placemark></kml>"
)
ROWS = "\n".join(f"甲,2025-03-01 08:00:{k}5,114.9{k},25.8,{{}}" for k in range(6))
PROPERTIES = (
    '{{"type":"Feature","properties":{{"time":"2025-03-01T08:00:{0}5Z","deviceNo":{1}}},'
    '"geometry":{{"type":"Point","coordinates":[114.9{0},25.8]}}}}'
)
FILES = {
    "track.gpx": HEAD.format("app", "", EXT, POINTS),
    "point.gpx": HEAD.format("app", "", "", OWN),
    "file.gpx": HEAD.format("app", f"<metadata>{EXT}</metadata>", "", POINTS),
    "creator.gpx": HEAD.format(f"eTrex SN:{IMEI}", "", "", POINTS),
    "data.kml": KML.format(IMEI, WHEN, COORD),
    "a.csv": "姓名,时间,经度,纬度,设备号(IMEI)\n" + ROWS.format(*[IMEI] * 6),
    "a.json": "[" + ",".join(PROPERTIES.format(k, IMEI) for k in range(6)) + "]",
}


@pytest.mark.parametrize("name", FILES)
def test_every_format_tells_the_phone(name):
    reading = read_member(Member(name, FILES[name].encode()), ImportOptions())
    assert len(reading) == 6
    fixes = as_fixes(reading, name, "甲")
    assert fixes.devices == (IMEI,) and (fixes.device == 0).all()


@pytest.mark.parametrize("word", ["8.699E+14", "0", "", "null", "000000000000000", "无"])
def test_what_names_no_phone_is_none(word):
    data = "person,time,lon,lat,IMEI\n" + ROWS.format(*[word] * 6)
    reading = read_member(Member("a.csv", data.encode()), ImportOptions())
    assert as_fixes(reading, "a.csv", "").devices == ()
