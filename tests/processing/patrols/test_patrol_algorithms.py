"""The month of a small county through every patrol algorithm, as QGIS runs them."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsVectorLayer

import linzhang_plugin
from linzhang_plugin.core.patrols.datum import gcj_from_wgs
from linzhang_plugin.core.patrols.tables.outings import PATROL
from linzhang_plugin.core.terrain.raster import Raster, write_raster
from tests.truth.traces import LAT, LON, degrees, fixes_of, gpx_of, noisy, sampled, start_of, walk

TEMP = "TEMPORARY_OUTPUT"
SMART = Path("/work/shared/data/patrols/ecoscope/smart_patrols.csv")
SIDE = 3000.0


@pytest.fixture(scope="module")
def run(provider):
    from qgis import processing

    def call(name, **parameters):
        return processing.run(f"linzhang:{name}", parameters)

    return call


def _rows(layer):
    names = [field.name() for field in layer.fields()]
    return [dict(zip(names, f.attributes(), strict=True)) for f in layer.getFeatures()]


def _geojson(path, features):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    path.write_text(
        json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}),
        encoding="utf-8",
    )
    return str(path)


def _polygon(x0, y0, x1, y1, **properties):
    lon, lat = degrees(np.array([x0, x1, x1, x0, x0]), np.array([y0, y0, y1, y1, y0]))
    ring = [[x, y] for x, y in zip(lon.tolist(), lat.tolist(), strict=True)]
    shape = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": properties, "geometry": shape}


def _box_walk(rng, centre, minutes):
    """Walk around within a box of 2.8 km: a shift moves it out of the grid."""
    done = walk(rng, minutes, bend=0.2)
    done.x[:] = centre[0] + 1400 * np.sin(
        np.cumsum(rng.normal(0, 0.003, len(done.x))) + done.seconds / 1500
    )
    done.y[:] = centre[1] + 1400 * np.cos(done.seconds / 900)
    return noisy(rng, sampled(done, 15), 3)


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """Two grids side by side; R1 works, R2 half the days, away on one, shifted by GCJ-02."""
    folder = tmp_path_factory.mktemp("county")
    traces = folder / "traces"
    traces.mkdir()
    rng = np.random.default_rng(5)
    for person, centre, days in (("R1", (0, 0), range(1, 23)), ("R2", (SIDE, 0), range(1, 12))):
        for day in days:
            far = (0, 20_000) if (person, day) == ("R2", 3) else centre
            minutes = 60 if (person, day) == ("R1", 5) else 150
            fixes = fixes_of([(person, start_of(day, 8), _box_walk(rng, far, minutes))])
            if person == "R2":
                shifted = gcj_from_wgs(fixes.lon, fixes.lat)
                fixes.lon[:], fixes.lat[:] = shifted
            (traces / f"{person}_2025-03-{day:02d}.gpx").write_bytes(gpx_of(fixes))
    half = SIDE / 2
    grids = []
    for number, x in ((1, 0.0), (2, SIDE)):
        names = {"grid_code": f"360702104W00{number}", "ranger_id": f"R{number}"}
        town = {"town_code": "360702104"}
        grids.append(_polygon(x - half, -half, x + half, half, **names, **town))
    zones = [
        _polygon(-400, 900, 400, 1500, zone_id="Z1"),
        _polygon(0, -9000, 90, -8900, zone_id="Z2"),
    ]
    return {
        "traces": str(traces),
        "grids": _geojson(folder / "grids.geojson", grids),
        "zones": _geojson(folder / "zones.geojson", zones),
        "folder": folder,
    }


def _table(folder, name, rows):
    path = folder / f"{name}.csv"
    names = list(rows[0])
    lines = [",".join(names), *(",".join(str(r[n]) for n in names) for r in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    path.with_suffix(".csvt").write_text(",".join('"String"' for _ in names), encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def imported(run, county):
    return run(
        "importtraces", INPUT=county["traces"], GRIDS=county["grids"], DATUM=0,
        FIXES=TEMP, TRACKS=TEMP, REJECTED=TEMP, DATUMS=TEMP,
    )  # fmt: skip


@pytest.fixture(scope="module")
def assessed(run, county, imported):
    people = [
        {"person_id": "R1", "name": "示例甲", "role": "ranger", "town_code": "360702104"},
        {"person_id": "R2", "name": "示例乙", "role": "ranger", "town_code": "360702104"},
        {"person_id": "R3", "name": "示例丙", "role": "ranger", "town_code": "360702105"},
        {"person_id": "C1", "name": "示例丁", "role": "cadre", "town_code": "360702104"},
    ]
    return run(
        "assesspatrols", TRACKS=imported["TRACKS"], GRIDS=county["grids"],
        PERSONS=_table(county["folder"], "persons", people), RULES="zhanggong2021",
        PERIOD_START="2025-03-01", PERIOD_END="2025-03-31", EXEMPT_DAYS="2025-03-30",
        PATROLS=TEMP, PATROL_DAYS=TEMP, ATTENDANCE=TEMP, RATES=TEMP, STOPS=TEMP,
    )  # fmt: skip


def test_import_tells_the_datum_and_counts(imported):
    assert imported["N_TRACKS"] == 33
    assert imported["N_REJECTED"] == 0
    assert imported["N_FIXES"] == imported["FIXES"].featureCount()
    told = {row["person_id"]: row["datum"] for row in _rows(imported["DATUMS"])}
    assert told == {"R1": "WGS84", "R2": "GCJ-02"}


def test_tracks_carry_time_as_m(imported):
    line = next(imported["TRACKS"].getFeatures())
    first = line.geometry().constGet().pointN(0)
    assert first.m() == start_of(1, 8) / 1000
    assert first.z() == 210.0


def test_patrols_are_judged_with_reasons(assessed):
    rows = _rows(assessed["PATROLS"])
    bad = {(r["person_id"], r["day"]): r["reasons"] for r in rows if not r["valid"]}
    assert set(bad) == {("R1", "2025-03-05"), ("R2", "2025-03-03")}
    assert "59.7 of the 120 minutes" in bad["R1", "2025-03-05"]
    assert "0 % of the minutes in the own grid" in bad["R2", "2025-03-03"]
    assert assessed["N_VALID"] == 31 and assessed["N_PATROLS"] == 33


def test_attendance_and_rates(assessed):
    rows = {r["person_id"]: r for r in _rows(assessed["ATTENDANCE"])}
    assert set(rows) == {"R1", "R2", "R3"}
    assert [rows[p]["days_valid"] for p in ("R1", "R2", "R3")] == [21, 10, 0]
    assert {r["days_required"] for r in rows.values()} == {19}
    assert [rows[p]["met"] for p in ("R1", "R2", "R3")] == [True, False, False]
    whole = next(r for r in _rows(assessed["RATES"]) if not r["town_code"])
    assert whole["online_percent"] == pytest.approx(200 / 3)
    assert whole["attendance_percent"] == pytest.approx(100 * (19 + 10) / 57)
    assert whole["daily_percent"] == pytest.approx(100 * (22 + 11) / (31 * 3))
    assert "Rangers on the roster" in whole["definitions"]


def test_fixes_and_tracks_give_the_same(run, county, imported, assessed):
    again = run(
        "assesspatrols", FIXES=imported["FIXES"], GRIDS=county["grids"],
        PERIOD_START="2025-03-01", PERIOD_END="2025-03-31",
        PATROLS=TEMP, PATROL_DAYS=TEMP, ATTENDANCE=TEMP, RATES=TEMP,
    )  # fmt: skip
    assert again["TOTAL_KM"] == pytest.approx(assessed["TOTAL_KM"], rel=1e-9)
    assert again["N_VALID"] == assessed["N_VALID"]


def test_coverage(run, county, imported, tmp_path):
    out = run(
        "patrolcoverage", TRACKS=imported["TRACKS"], GRIDS=county["grids"], BUFFER_M=100,
        COVERAGE=TEMP, UNVISITED=TEMP, HEAT=str(tmp_path / "heat.tif"),
    )  # fmt: skip
    rows = {r["grid_code"]: r for r in _rows(out["COVERAGE"])}
    missed = {r["grid_code"]: r["area_m2"] for r in _rows(out["UNVISITED"])}
    for code, row in rows.items():
        assert 10 < row["covered_percent"] < 95
        rest = row["area_m2"] - row["covered_m2"]
        assert missed[code] == pytest.approx(rest, rel=0.01)
    assert Path(out["HEAT"]).stat().st_size > 1000


def test_risk_zones(run, county, imported):
    folder = county["folder"]
    checkin = {"person_id": "C1", "day": "2025-03-03", "zone_id": "Z2"}
    days = [{"day": f"2025-03-{d:02d}", "level": 5 if d < 5 else 4} for d in range(1, 9)]
    out = run(
        "riskpatrols", TRACKS=imported["TRACKS"], RISK_ZONES=county["zones"],
        DANGER_DAYS=_table(folder, "danger", days),
        FIRE_PERIODS=_table(folder, "fire", [{"start_on": "2025-03-02", "end_on": "2025-04-30"}]),
        CHECKINS=_table(folder, "checkins", [checkin]),
        VISITS=TEMP, MISSED=TEMP,
    )  # fmt: skip
    assert (out["N_DUE"], out["N_MISSED"]) == (6, 2)
    assert {(r["zone_id"], r["day"]) for r in _rows(out["MISSED"])} == {
        ("Z2", "2025-03-02"), ("Z2", "2025-03-04"),
    }  # fmt: skip
    assert out["RISK_PERCENT"] == pytest.approx(100 * 4 / 6)


def test_gaps(run, county, assessed):
    helpers = [{"person_id": "C1", "role": "cadre", "town_code": "360702104", "most_hours": "4"}]
    out = run(
        "patrolgaps", PATROLS=assessed["PATROLS"], GRIDS=county["grids"],
        SHIFTS=_table(county["folder"], "helpers", helpers), PERIOD_START="2025-03-01",
        PERIOD_END="2025-03-01", FROM_HOUR=8, TO_HOUR=13, ROSTER=TEMP,
    )  # fmt: skip
    # both patrols last from 8:00 to 10:30: the hour 10 is half covered but for a fix
    assert out["N_HOURS"] == 6
    assert out["N_OPEN"] == 3


def test_suspects(run, county, imported, tmp_path):
    folder = tmp_path / "x"
    folder.mkdir()
    source = Path(county["traces"])
    for path in sorted(source.glob("R1*"))[:6]:
        (folder / path.name).write_bytes(path.read_bytes())
    first = (source / "R1_2025-03-01.gpx").read_bytes().replace(b"2025-03-01T", b"2025-03-25T")
    (folder / "R9_2025-03-25.gpx").write_bytes(first)
    tracks = run("importtraces", INPUT=str(folder), DATUM=1, TRACKS=TEMP, REJECTED=TEMP)["TRACKS"]
    out = run("suspecttraces", TRACKS=tracks, SUSPECTS=TEMP)
    found = [(r["kind"], r["person_id"], r["other_id"], r["word"]) for r in _rows(out["SUSPECTS"])]
    assert found == [("replay", "R9", "R1", "doubtful")]
    # the files say 210 m throughout; on hills of 200 m that is doubtful too
    rows, columns = np.mgrid[0:400, 0:400]
    hills = 210 + 100 * np.sin(rows / 3.0) * np.cos(columns / 4.0)
    dem = str(tmp_path / "dem.tif")
    corner = (LON - 0.06, 0.0003, LAT + 0.06)
    place = (corner[1], 0.0, corner[0], 0.0, -corner[1], corner[2])
    write_raster(dem, Raster(hills.astype(np.float32), place, "EPSG:4326"))
    out = run("suspecttraces", TRACKS=tracks, DEM=dem, SUSPECTS=TEMP)
    kinds = [r["kind"] for r in _rows(out["SUSPECTS"])]
    assert kinds.count("altitude") >= 3 and "replay" in kinds


def test_events_and_ranking(run, county, assessed):
    lon, lat = degrees(np.arange(6) * 100.0, np.zeros(6))
    closed = ["2025-03-01 20:00", "2025-03-09 08:00", ""]
    base = {"town_code": "360702104", "found_at": "2025-03-01 08:00"}
    rows = [
        {
            "id": i,
            "type": "02" if i < 3 else "99",
            **base,
            "accepted_at": "2025-03-01 09:00",
            "closed_at": closed[i % 3],
        }
        for i in range(6)
    ]
    features = [
        {"type": "Feature", "properties": row, "geometry": {"type": "Point", "coordinates": [x, y]}}
        for row, x, y in zip(rows, lon.tolist(), lat.tolist(), strict=True)
    ]
    events = _geojson(county["folder"] / "events.geojson", features)
    out = run("assessevents", EVENTS=events, AS_OF="2025-03-31", TIMELINESS=TEMP, HOTSPOTS=TEMP)
    assert out["CLOSED_PERCENT"] == pytest.approx(400 / 6)
    assert out["TIMELY_PERCENT"] == pytest.approx(200 / 6)
    assert [r["n"] for r in _rows(out["HOTSPOTS"])] == [6]
    ranked = run("rankrangers", ATTENDANCE=assessed["ATTENDANCE"], SCORES=TEMP)
    scores = _rows(ranked["SCORES"])
    assert [(r["rank"], r["person_id"]) for r in scores] == [(1, "R1"), (2, "R2"), (3, "R3")]
    assert scores[0]["total"] == pytest.approx(100.0)


def _text_of(path):
    with zipfile.ZipFile(path) as package:
        return package.read("word/document.xml").decode("utf-8")


@pytest.mark.parametrize("public", [True, False])
def test_the_notice(run, assessed, county, tmp_path, public):
    openpyxl = pytest.importorskip("openpyxl")
    towns = [{"town_code": "360702104", "town_name": "=示例镇"}]
    paths = {}
    for edition in ("a", "b"):
        paths = {"DOCX": str(tmp_path / f"{edition}.docx"), "XLSX": str(tmp_path / "n.xlsx")}
        run(
            "patrolnotice", ATTENDANCE=assessed["ATTENDANCE"], RATES=assessed["RATES"],
            TOWNS=_table(county["folder"], "towns", towns), PUBLIC=public, MONTH="2025-03",
            COUNTY_NAME="示例区", ISSUER="示例区林长办公室", DATE="2025-04-02", **paths,
        )  # fmt: skip
    same = [(tmp_path / f"{e}.docx").read_bytes() for e in ("a", "b")]
    assert same[0] == same[1]
    text = _text_of(paths["DOCX"])
    assert "关于2025年3月护林员履职情况的通报" in text and "2025年4月2日" in text
    assert "在岗护林员3人，上线2人，巡护达标1人，未达标2人" in text
    assert "上线率＝" in text
    named = [word for word in ("示例甲", "示例乙", "示例丙", "R2") if word in text]
    assert named == ([] if public else ["示例乙", "示例丙"])
    book = openpyxl.load_workbook(paths["XLSX"])
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == "=示例镇" for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)


def test_the_notice_fills_a_template_and_refuses_macros(run, assessed, tmp_path):
    template, target = tmp_path / "t.docx", tmp_path / "n.docx"
    run(
        "patrolnotice", ATTENDANCE=assessed["ATTENDANCE"], RATES=assessed["RATES"],
        DOCX=str(target),
    )  # fmt: skip
    cut = "<w:p><w:r><w:t>{{mon</w:t></w:r><w:r><w:t>th}} {{county}} {{x}}</w:t></w:r></w:p>"
    with zipfile.ZipFile(target) as old, zipfile.ZipFile(template, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode("utf-8")
            new.writestr(name, text.replace("<w:body>", "<w:body>" + cut))
    given = {"ATTENDANCE": assessed["ATTENDANCE"], "RATES": assessed["RATES"]}
    run("patrolnotice", **given, TEMPLATE=str(template), COUNTY_NAME="<示例&>", DOCX=str(target))
    text = re.sub("<[^>]*>", "", _text_of(target))
    assert "2025年3月 &lt;示例&amp;&gt; {{x}}" in text
    with zipfile.ZipFile(template, "a") as package:
        package.writestr("word/vbaProject.bin", b"x")
    with pytest.raises(QgsProcessingException, match="macros"):
        run("patrolnotice", **given, TEMPLATE=str(template), DOCX=str(target))


@pytest.mark.skipif(not SMART.exists(), reason="the shared patrol data is not here")
@pytest.mark.parametrize(("gap", "km"), [(10, 872), (60, 1119)])
def test_the_smart_file(run, tmp_path, gap, km):
    lines = SMART.read_text().splitlines()
    rng = np.random.default_rng(gap)
    shuffled = [lines[0], *np.array(lines[1:])[rng.permutation(len(lines) - 1)]]
    path = tmp_path / "smart.csv"
    path.write_text("\n".join(shuffled) + "\n")
    tracks = run("importtraces", INPUT=str(path), DATUM=1, TRACKS=TEMP, REJECTED=TEMP)["TRACKS"]
    out = run(
        "assesspatrols", TRACKS=tracks, GAP_MINUTES=gap,
        PATROLS=TEMP, PATROL_DAYS=TEMP, ATTENDANCE=TEMP, RATES=TEMP,
    )  # fmt: skip
    assert out["TOTAL_KM"] == pytest.approx(km, rel=0.005)


def test_bad_input_is_one_sentence_and_writes_nothing(run, county, tmp_path):
    target = tmp_path / "out.gpkg"
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(QgsProcessingException, match="holds no file of traces"):
        run("importtraces", INPUT=str(empty), DATUM=1, TRACKS=str(target), REJECTED=TEMP)
    with pytest.raises(QgsProcessingException, match="no rule set"):
        run(
            "assesspatrols", TRACKS=county["grids"].replace("grids", "zones"), RULES="nowhere",
            PATROLS=str(target), PATROL_DAYS=TEMP, ATTENDANCE=TEMP, RATES=TEMP,
        )  # fmt: skip
    with pytest.raises(QgsProcessingException, match="Time zone"):
        run(
            "importtraces",
            INPUT=county["traces"],
            TIMEZONE="Mond",
            TRACKS=str(target),
            REJECTED=TEMP,
        )
    assert not target.exists()


def test_cancelling_stops_and_writes_nothing(provider, county, tmp_path):
    from qgis import processing

    class Impatient(QgsProcessingFeedback):
        def isCanceled(self):
            return True

    target = tmp_path / "out.gpkg"
    parameters = {"INPUT": county["traces"], "DATUM": 1, "TRACKS": str(target), "REJECTED": TEMP}
    with pytest.raises(QgsProcessingException):
        processing.run("linzhang:importtraces", parameters, feedback=Impatient())
    assert not target.exists()


def test_layers_of_points_are_read_like_files(run, county, tmp_path):
    layer = QgsVectorLayer(
        "Point?crs=EPSG:4547&field=护林员:string&field=时间:string", "点", "memory"
    )
    assert layer.isValid()
    from qgis.core import QgsFeature, QgsGeometry, QgsPointXY

    features = []
    for i in range(30):
        feature = QgsFeature(layer.fields())
        feature.setAttributes(["甲", f"2025-03-01 08:{i:02d}:00"])
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(600000 + 60 * i, 2850000)))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    out = run(
        "assesspatrols", FIXES=layer, PATROLS=TEMP, PATROL_DAYS=TEMP, ATTENDANCE=TEMP, RATES=TEMP
    )
    assert out["TOTAL_KM"] == pytest.approx(29 * 0.06, rel=1e-3)
    assert out["TOTAL_HOURS"] == pytest.approx(29 / 60)


def test_import_of_events_and_attendance(run, assessed, tmp_path):
    events = tmp_path / "事件.csv"
    events.write_text(
        "事件台账\n事件编号,事件类型,发现时间,办结时间,经度,纬度\n"
        "1,盗伐林木,2025-03-01 08:00,2025-03-02 08:00,114.9,25.8\n"
        "2,其他,,,,\n1,野外用火,2025-03-01 09:00,,114.9,25.8\n3,野外用火,2025/3/5 9:00,,,\n",
        encoding="gb18030",
    )
    out = run("importevents", INPUT=str(events), OUTPUT=TEMP, REPORT=str(tmp_path / "r.html"))
    assert (out["N_IMPORTED"], out["N_REFUSED"]) == (2, 2)
    rows = _rows(out["OUTPUT"])
    assert [(r["event_id"], r["type"], r["found_at"]) for r in rows] == [
        ("1", "03", "2025-03-01T00:00:00Z"), ("3", "02", "2025-03-05T01:00:00Z"),
    ]  # fmt: skip
    assert "no time of being found" in (tmp_path / "r.html").read_text(encoding="utf-8")
    days = tmp_path / "平台.csv"
    days.write_text(
        "护林员编号,日期,时长(小时),里程(公里)\nR1,2025-03-01,2.5,8\nR1,2025-03-01,0.5,1\n,2025-03-01,1,1\n",
        encoding="utf-8",
    )
    out = run("importattendance", INPUT=str(days), PATROL_DAYS=assessed["PATROL_DAYS"], OUTPUT=TEMP)
    assert (out["N_IMPORTED"], out["N_REFUSED"]) == (1, 1)
    both = {(r["person_id"], r["day"]): r for r in _rows(out["OUTPUT"])}
    row = both["R1", "2025-03-01"]
    assert (row["minutes"], row["km"], row["source"]) == (180, 9, "平台数据")
    assert row["difference_min"] == pytest.approx(180 - row["own_minutes"])
    assert both["R2", "2025-03-04"]["source"] == "本系统"


def test_patrols_are_styled_by_validity_and_play_in_time(assessed):
    styles = Path(linzhang_plugin.__file__).parent / "styles"
    layer = assessed["PATROLS"].clone()
    _, good = layer.loadNamedStyle(str(styles / f"{PATROL.style}.qml"))
    assert good
    assert layer.renderer().classAttribute() == "valid"
    assert '"reasons"' in layer.mapTipTemplate()
    temporal = layer.temporalProperties()
    assert temporal.isActive() and temporal.startExpression() == 'to_datetime("start")'
    for name in ("track", "stop", "suspect", "coverage", "unvisited"):
        assert (styles / f"{name}.qml").exists()


@pytest.mark.parametrize(
    ("start", "end", "patrols"),
    [("2025-03-05", "2025-03-06", [("2025-03-05", 150.0)]), ("2025-03-06", "2025-03-07", [])],
)
def test_a_patrol_over_midnight_is_whole_at_both_ends_of_a_period(
    run, tmp_path, start, end, patrols
):
    east = np.arange(0, 151) * 40.0  # 2.4 km/h, from 22:30 to 01:00
    lon, lat = degrees(east, np.zeros(len(east)))
    begun = np.datetime64("2025-03-05T22:30")
    rows = ["person_id,time,lon,lat"]
    rows += [
        f"R1,{str(begun + np.timedelta64(i, 'm')).replace('T', ' ')}:00,{x:.6f},{y:.6f}"
        for i, (x, y) in enumerate(zip(lon, lat, strict=True))
    ]
    path = tmp_path / "night.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    names = ("PATROLS", "PATROL_DAYS", "ATTENDANCE", "RATES")
    sinks = dict.fromkeys(names, TEMP)
    got = run("importtraces", INPUT=str(path), DATUM=1, TRACKS=TEMP, FIXES=TEMP, REJECTED=TEMP)
    made = run("assesspatrols", FIXES=got["FIXES"], PERIOD_START=start, PERIOD_END=end, **sinks)
    found = [(row["day"], row["minutes"]) for row in _rows(made["PATROLS"])]
    assert found == [(day, pytest.approx(minutes)) for day, minutes in patrols]
