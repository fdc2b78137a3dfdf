"""The sample county's quarter from files and store to the corrected notice, as an office works."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from qgis.core import QgsFeature, QgsProcessingException, QgsVectorLayer

from linzhang_plugin.core.patrols.clock import Clock, day_number
from linzhang_plugin.workspace.patrol_map import PatrolMap
from linzhang_plugin.workspace.patrol_results import read_month
from linzhang_plugin.workspace.store import open_workspace
from linzhang_plugin.workspace.traces import TraceStore

TEMP = "TEMPORARY_OUTPUT"
PERIOD = {"PERIOD_START": "2023-10-01", "PERIOD_END": "2023-12-31"}
DECEMBER = {"PERIOD_START": "2023-12-01", "PERIOD_END": "2023-12-31"}
openpyxl = pytest.importorskip("openpyxl")


@pytest.fixture(scope="module")
def run(provider):
    from qgis import processing

    def call(name, **parameters):
        return processing.run(f"linzhang:{name}", parameters)

    return call


def rows(layer):
    names = [field.name() for field in layer.fields()]
    return [dict(zip(names, f.attributes(), strict=True)) for f in layer.getFeatures()]


@pytest.fixture(scope="module")
def made(run, tmp_path_factory):
    """Give the folder of a small sample county: workspace, trace store, files to be imported."""
    folder = tmp_path_factory.mktemp("sample")
    run(
        "createworkspace", COUNTY_CODE="360702", COUNTY_NAME="示例区", YEAR=2024, SAMPLE=True,
        STORE=str(folder / "county.gpkg"), SCALE=0.05, IMAGES=False,
    )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def imported(run, made):
    return run(
        "importtraces", INPUT=str(made / "county_待导入轨迹"), WORKSPACE=str(made / "county.gpkg"),
        TRACKS=TEMP, REJECTED=TEMP, DATUMS=TEMP,
    )  # fmt: skip


@pytest.fixture(scope="module")
def assessed(run, made, imported):
    return run(
        "assesspatrols", WORKSPACE=str(made / "county.gpkg"), **PERIOD,
        PATROLS=TEMP, PATROL_DAYS=TEMP, ATTENDANCE=TEMP, RATES=TEMP,
    )  # fmt: skip


@pytest.fixture(scope="module")
def adopted(run, made, assessed):
    run(
        "adoptpatrols", WORKSPACE=str(made / "county.gpkg"), PATROL_DAYS=assessed["PATROL_DAYS"],
        DATE="2024-01-03",
    )  # fmt: skip
    return str(made / "county.gpkg")


@pytest.fixture
def office(adopted, made, tmp_path):
    """Give a copy of the workspace with its adopted months and traces, to be changed freely."""
    shutil.copy(adopted, tmp_path / "county.gpkg")
    shutil.copytree(made / "county.traces", tmp_path / "county.traces")
    return str(tmp_path / "county.gpkg")


def test_the_files_give_what_was_planted_in_them(imported):
    """GCJ-02 is told and moved, the file sent twice counts once, rows without a time are listed."""
    told = {row["person_id"]: row["datum"] for row in rows(imported["DATUMS"])}
    assert sorted(told.values()) == ["GCJ-02", "WGS84", "WGS84", "WGS84"]
    reasons = [str(row["reason"]) for row in rows(imported["REJECTED"])]
    assert imported["N_REJECTED"] == len(reasons) == 41
    assert sum("read before" in reason for reason in reasons) == 1


def test_everything_comes_from_the_workspace(assessed):
    days = rows(assessed["PATROL_DAYS"])
    sources = {source: sum(r["source"] == source for r in days) for source in ("轨迹", "平台数据")}
    assert sources["轨迹"] > 400 and 5 <= sources["平台数据"] <= 20
    table = pd.DataFrame(rows(assessed["ATTENDANCE"]))
    november, december = (table[table["month"] == m] for m in ("2023-11", "2023-12"))
    assert set(november["days_required"]) == {18}  # two days of storm
    assert set(november["exempt_days"]) == {2}
    assert december["leave_days"].gt(0).sum() >= 3
    assert set(december.loc[december["leave_days"] == 0, "days_required"]) <= {19}
    whole = [row for row in rows(assessed["RATES"]) if not row["town_code"]]
    assert [row["month"] for row in whole] == ["2023-10", "2023-11", "2023-12"]
    assert whole[0]["online_percent"] == 100.0 and whole[2]["online_percent"] < 100.0
    assert all("÷" in row["definitions"] or "/" in row["definitions"] for row in whole)
    assert all(row["definitions"] for row in rows(assessed["ATTENDANCE"]))


def test_a_layer_and_the_store_give_the_same(run, made, imported, assessed):
    """The month of files is judged alike from the layer and from what was kept of it."""
    tracks = imported["TRACKS"]
    people = {row["person_id"] for row in rows(tracks)}
    out = run(
        "assesspatrols", TRACKS=tracks, WORKSPACE=str(made / "county.gpkg"), **DECEMBER,
        PATROLS=TEMP, PATROL_DAYS=TEMP, ATTENDANCE=TEMP, RATES=TEMP,
    )  # fmt: skip

    def judged(result):
        return {
            (r["person_id"], r["start"][:19]): (round(r["minutes"], 1), bool(r["valid"]))
            for r in rows(result["PATROLS"])
            if r["person_id"] in people and r["day"] >= "2023-12-01"
        }

    kept, direct = judged(assessed), judged(out)
    assert set(kept) <= set(direct) or len(set(kept) - set(direct)) <= 2
    same = [key for key in kept if key in direct and kept[key] == direct[key]]
    assert len(same) >= 0.97 * len(kept) > 50


def test_check_ins_fill_what_no_ranger_visited(run, made, imported):
    """Planted: a check-in on four of ten zones and days, in every town but the last."""
    store = str(made / "county.gpkg")
    workspace = open_workspace(store)
    planted = workspace.read("checkin")
    zones = workspace.read("risk_zone")
    people = workspace.read("person").set_index("person_id")
    assert set(people.loc[planted["person_id"], "role"]) <= {"cadre", "party_member", "volunteer"}
    assert not planted.duplicated(["person_id", "done_at"]).any()
    without = run("riskpatrols", WORKSPACE=store, **PERIOD, VISITS=TEMP, MISSED=TEMP)
    visits = {(row["zone_id"], row["day"]): row for row in rows(without["VISITS"])}
    hours = pd.to_datetime(planted["done_at"], utc=True).dt.tz_convert("Asia/Shanghai")
    named = planted["zone_id"].notna()
    told = set(
        zip(planted.loc[named, "zone_id"], hours[named].dt.strftime("%Y-%m-%d"), strict=True)
    )
    inside = planted[~named].sjoin(zones[["zone_id", "geometry"]].rename(columns={"zone_id": "z"}))
    told |= set(zip(inside["z"], hours[inside.index].dt.strftime("%Y-%m-%d"), strict=True))
    by_checkin = {key for key, row in visits.items() if "check-in" in row["by"]}
    assert by_checkin == told & visits.keys() and len(by_checkin) > 20
    assert all(visits[key]["visited"] for key in by_checkin)
    town = sorted(set(zones["town_code"]))[-1]
    alone = set(zones.loc[zones["town_code"] == town, "zone_id"])
    overlapped = {key for key in by_checkin if key[0] in alone}
    assert overlapped <= {key for key in told if key[0] in alone}


def test_the_roster_names_who_must_fill_which_hours(run, made, imported, assessed):
    store = str(made / "county.gpkg")
    workspace = open_workspace(store)
    given = {"WORKSPACE": store, "PATROLS": assessed["PATROLS"], **PERIOD, "LEVEL": 5}
    done = run("patrolgaps", **given, ROSTER=TEMP)
    table = pd.DataFrame(rows(done["ROSTER"]))
    danger = workspace.read("danger_day")
    extreme = set(danger.loc[(danger["level"] == 5), "day"])
    zones = workspace.read("risk_zone")
    assert set(table["day"]) <= extreme and set(table["grid_code"]) <= set(zones["grid_code"])
    shifts = workspace.read("helper_shift").set_index("person_id")
    filled = table[[isinstance(v, str) and bool(v) for v in table["person_id"]]]
    assert 0 < done["N_OPEN"] < done["N_HOURS"]
    assert set(filled["role"]) == {"cadre", "party_member", "volunteer"}
    for person, own in filled.groupby("person_id"):
        shift = shifts.loc[person]
        assert set(own["town_code"]) == {shift["town_code"]}
        assert own["from_hour"].min() >= shift["from_hour"]
        assert own["to_hour"].max() <= shift["to_hour"]
        assert own.groupby("day")["hours"].sum().max() <= shift["most_hours"]
        for _, of_day in own.sort_values("from_hour").groupby("day"):
            assert (of_day["from_hour"].iloc[1:].to_numpy() >= of_day["to_hour"].iloc[:-1]).all()
    # the last town has nobody
    last = sorted(set(zones["town_code"]))[-1]
    assert not (filled["town_code"] == last).any() and (table["town_code"] == last).any()
    whole = run("patrolgaps", **{**given, "LEVEL": None}, ROSTER=TEMP)
    assert whole["N_HOURS"] > 5 * done["N_HOURS"]


def test_check_ins_come_by_list_and_bad_rows_are_listed(run, office, tmp_path):
    zones = open_workspace(office).read("risk_zone")
    people = open_workspace(office).read("person")
    cadre = people[people["role"] == "cadre"].iloc[0]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["姓名", "签到时间", "重点区域", "照片", "备注"])
    sheet.append([cadre["name"], "2023-12-16 15:00", zones["zone_name"].iloc[0], "1.jpg", "=1+1"])
    sheet.append(["查无此人", "2023-12-16 15:00", zones["zone_id"].iloc[0], "", ""])
    sheet.append([cadre["name"], "不详", zones["zone_id"].iloc[0], "", ""])
    book.save(tmp_path / "签到表.xlsx")
    before = len(open_workspace(office).read("checkin"))
    for _ in range(2):
        done = run(
            "importcheckins", INPUT=str(tmp_path / "签到表.xlsx"), WORKSPACE=office, OUTPUT=TEMP,
            FINDINGS=TEMP, REPORT=str(tmp_path / "r.html"),
        )  # fmt: skip
        assert (done["N_IMPORTED"], done["N_REFUSED"]) == (1, 2)
        assert [row["row"] for row in rows(done["FINDINGS"])] == [3, 4]
    kept = open_workspace(office).read("checkin")
    assert len(kept) == before + 1
    new = kept[kept["photo"] == "1.jpg"].iloc[0]
    assert (new["person_id"], new["zone_id"]) == (cadre["person_id"], zones["zone_id"].iloc[0])


def test_all_rates_are_kept_with_the_month(run, office, assessed, tmp_path):
    cover = run("patrolcoverage", WORKSPACE=office, **DECEMBER, COVERAGE=TEMP, UNVISITED=TEMP)
    risk = run(
        "riskpatrols", WORKSPACE=office, **DECEMBER, VISITS=TEMP, MISSED=TEMP, RISK_RATES=TEMP
    )
    given = {"WORKSPACE": office, "PATROL_DAYS": assessed["PATROL_DAYS"], "DATE": "2024-01-03"}
    places = {"COVERAGE": cover["COVERAGE"], "RISK_RATES": risk["RISK_RATES"]}
    with pytest.raises(QgsProcessingException, match="one month at a time"):
        run("adoptpatrols", **given, **places, REPLACE=True)
    run("adoptpatrols", **given, **places, **DECEMBER, REPLACE=True)
    whole = read_month(open_workspace(office), "2023-12").table.set_index("town_code").loc[""]
    table = pd.DataFrame(rows(cover["COVERAGE"]))
    share = 100 * table["covered_m2"].sum() / table["area_m2"].sum()
    assert whole["covered_percent"] == pytest.approx(share)
    assert whole["risk_percent"] == pytest.approx(risk["RISK_PERCENT"])
    run("adoptcorrections", WORKSPACE=office, MONTH="2023-12", DATE="2024-01-09", CHANGES=TEMP)
    again = read_month(open_workspace(office), "2023-12")
    assert again.revision == 1
    assert again.table.set_index("town_code").loc[""]["covered_percent"] == pytest.approx(share)
    notice = tmp_path / "notice.docx"
    run("patrolnotice", WORKSPACE=office, MONTH="2023-12", PUBLIC=True, DOCX=str(notice))
    with zipfile.ZipFile(notice) as file:
        text = re.sub("<[^>]+>", "", file.read("word/document.xml").decode())
    assert f"{share:.2f}%" in text and "签到补位" in text


@pytest.mark.parametrize("name", ["riskpatrols", "patrolcoverage"])
def test_days_whose_traces_are_not_there_yet_are_not_called_missed(
    run, made, imported, tmp_path, name
):
    """The month has traces, the days asked for have none."""
    store, clock = tmp_path / "county.gpkg", Clock()
    shutil.copy(made / "county.gpkg", store)
    day = day_number("2023-11-08")
    assert TraceStore(store).add(TraceStore(made / "county.gpkg").read(day, day, clock), clock)
    sinks = ("VISITS", "MISSED") if name == "riskpatrols" else ("COVERAGE", "UNVISITED")
    period = {"PERIOD_START": "2023-11-11", "PERIOD_END": "2023-11-12"}
    with pytest.raises(QgsProcessingException, match="keeps no traces"):
        run(name, WORKSPACE=str(store), **period, **dict.fromkeys(sinks, TEMP))


def test_risk_zones_coverage_doubts_and_responses(run, made, imported):
    store = str(made / "county.gpkg")
    risk = run("riskpatrols", WORKSPACE=store, **PERIOD, VISITS=TEMP, MISSED=TEMP, RISK_RATES=TEMP)
    table = rows(risk["RISK_RATES"])
    assert risk["N_DUE"] > 50 and 20 < risk["RISK_PERCENT"] < 100
    assert table[-1]["due"] == risk["N_DUE"] and table[-1]["missed"] == risk["N_MISSED"]
    assert sum(row["due"] for row in table[:-1]) == risk["N_DUE"]
    seen = run("patrolcoverage", WORKSPACE=store, **DECEMBER, COVERAGE=TEMP, UNVISITED=TEMP)
    assert 40 < seen["COVERED_PERCENT"] < 100
    assert all(row["definitions"] for row in rows(seen["COVERAGE"]))
    found = run("suspecttraces", WORKSPACE=store, **DECEMBER, SUSPECTS=TEMP)
    kinds = pd.Series([row["kind"] for row in rows(found["SUSPECTS"])]).value_counts()
    assert kinds["together"] == 3 and kinds["replay"] >= 2  # as planted each month
    events = run("assessevents", WORKSPACE=store, AS_OF="2024-01-05", TIMELINESS=TEMP,
                 RESPONSES=TEMP)  # fmt: skip
    by_person = rows(events["RESPONSES"])
    assert sum(row["reported"] for row in by_person) == events["N_EVENTS"] == 9
    assert all(row["name"] for row in by_person if row["handler"])


def test_results_are_kept_as_they_were_shown(adopted, assessed):
    workspace = open_workspace(adopted)
    shown = {(r["person_id"], r["month"]): r["days_valid"] for r in rows(assessed["ATTENDANCE"])}
    kept = workspace.read("attendance")
    assert {(r.person_id, r.month): r.days_valid for r in kept.itertuples()} == shown
    assert set(kept["revision"]) == {0}
    assert workspace.count("patrol_day") == len(rows(assessed["PATROL_DAYS"]))


def test_a_month_is_adopted_once(run, office, assessed):
    given = {"WORKSPACE": office, "PATROL_DAYS": assessed["PATROL_DAYS"]}
    with pytest.raises(QgsProcessingException, match="2023-10 has results already"):
        run("adoptpatrols", **given)
    before = read_month(open_workspace(office), "2023-12").attended
    run("adoptpatrols", **given, REPLACE=True)
    after = read_month(open_workspace(office), "2023-12").attended
    pd.testing.assert_frame_equal(before, after)
    run("adoptcorrections", WORKSPACE=office, MONTH="2023-12", CHANGES=TEMP)
    with pytest.raises(QgsProcessingException, match="issued and corrected"):
        run("adoptpatrols", **given, REPLACE=True)


def test_patrols_that_cannot_be_kept_leave_the_month_as_it_was(run, office, assessed, tmp_path):
    def kept():
        lines = QgsVectorLayer(str(PatrolMap(Path(office)).path), "lines", "ogr")
        return read_month(open_workspace(office), "2023-12").notice.to_dict(), [
            (f.id(), f["start"]) for f in lines.getFeatures()
        ]

    before = kept()
    bare = QgsVectorLayer("LineString?crs=EPSG:4326", "bare", "memory")
    bare.dataProvider().addFeatures([QgsFeature()])
    given = {"WORKSPACE": office, "PATROL_DAYS": assessed["PATROL_DAYS"], "REPLACE": True}
    with pytest.raises(QgsProcessingException, match="PATROLS has no field patrol_no"):
        run("adoptpatrols", **given, PATROLS=bare)
    assert kept() == before


def test_a_month_that_cannot_be_kept_leaves_the_lines_as_they_were(run, office, assessed):
    path = PatrolMap(Path(office)).path
    path.unlink(missing_ok=True)
    given = {"WORKSPACE": office, "PATROL_DAYS": assessed["PATROL_DAYS"]}
    with pytest.raises(QgsProcessingException, match="2023-10 has results already"):
        run("adoptpatrols", **given, PATROLS=assessed["PATROLS"])
    assert not path.exists()


def test_a_notice_takes_no_other_table_for_the_timeliness_of_events(run, office, tmp_path):
    raw = f"{office}|layername=event"
    with pytest.raises(
        QgsProcessingException, match="EVENTS has no field reported; .*assessevents"
    ):
        run("patrolnotice", WORKSPACE=office, MONTH="2023-12", EVENTS=raw,
            DOCX=str(tmp_path / "notice.docx"))  # fmt: skip
    assert not (tmp_path / "notice.docx").exists()


def test_exempt_days_enter_the_register_with_the_month(run, office, assessed):
    given = {"WORKSPACE": office, "PATROL_DAYS": assessed["PATROL_DAYS"], "REPLACE": True}
    before = open_workspace(office).count("absence")
    with pytest.raises(QgsProcessingException, match="-1 is no date"):
        run("adoptpatrols", **given, EXEMPT_DAYS="-1")
    with pytest.raises(QgsProcessingException, match="2023-10 has results already"):
        run("adoptpatrols", **given | {"REPLACE": False}, EXEMPT_DAYS="2023-12-05")
    assert open_workspace(office).count("absence") == before
    run("adoptpatrols", **given, EXEMPT_DAYS="2023-12-05..2023-12-06")
    days = open_workspace(office).read("absence").iloc[before:]
    assert days[["first_day", "last_day", "reason"]].values.tolist() == [
        ["2023-12-05", "2023-12-06", "weather"]
    ]


def test_an_objection_makes_a_numbered_correction(run, office, tmp_path):
    before = read_month(open_workspace(office), "2023-12")
    out = run("adoptcorrections", WORKSPACE=office, MONTH="2023-12", DATE="2024-01-10",
              CHANGES=TEMP)  # fmt: skip
    assert (out["REVISION"], out["N_OBJECTIONS"], out["N_CHANGED"]) == (1, 1, 1)
    (changed,) = rows(out["CHANGES"])
    assert changed["valid_after"] == changed["valid_before"] + 1
    workspace = open_workspace(office)
    first, now = (read_month(workspace, "2023-12", n) for n in (0, 1))
    pd.testing.assert_frame_equal(first.attended, before.attended)  # the first issue stays
    assert now.attended["days_corrected"].sum() == 1
    assert now.attended["days_valid"].sum() == before.attended["days_valid"].sum() + 1
    with pytest.raises(QgsProcessingException, match="no upheld objection"):
        run("adoptcorrections", WORKSPACE=office, MONTH="2023-12", CHANGES=TEMP)
    person = changed["person_id"]
    second = tmp_path / "申诉.xlsx"
    book = openpyxl.Workbook()
    book.active.append(
        ["申诉编号", "护林员编号", "日期", "申诉事项", "理由", "证明材料", "处理结果"]
    )
    book.active.append(["S9", person, "2023-12-05", "应计请假", "住院", "病历", "采纳"])
    book.active.append(["S8", person, "2023-12-06", "应计有效", "无", "", "不采纳"])
    book.active.append(["S7", "查无此人", "2023-12-06", "应计有效", "无", "x", "采纳"])
    book.active.append(["S20231201", person, "2023-12-06", "应计有效", "改写", "x", "采纳"])
    book.save(second)
    told = run("importobjections", INPUT=str(second), WORKSPACE=office, OUTPUT=TEMP)
    assert (told["N_IMPORTED"], told["N_REFUSED"]) == (2, 2)
    out = run("adoptcorrections", WORKSPACE=office, MONTH="2023-12", CHANGES=TEMP)
    assert (out["REVISION"], out["N_OBJECTIONS"]) == (2, 1)
    last = read_month(open_workspace(office), "2023-12")
    row = last.attended.set_index("person_id").loc[person]
    assert row["days_corrected"] == 1 and row["leave_days"] >= 1
    docx = tmp_path / "n.docx"
    run("patrolnotice", WORKSPACE=office, MONTH="2023-12", PUBLIC=False, DOCX=str(docx))
    assert "（第2次更正）" in text_of(docx) and "S9" in text_of(docx)
    run("patrolnotice", WORKSPACE=office, MONTH="2023-12", REVISION=0, DOCX=str(docx))
    assert "更正" not in re.sub("申诉更正", "", text_of(docx))


def test_a_correction_does_not_hide_a_changed_roster(run, office):
    workspace = open_workspace(office)
    person = workspace.read("absence")["person_id"].dropna().iloc[0]
    more = {"person_id": [person], "first_day": ["2023-12-26"], "last_day": ["2023-12-31"],
            "reason": ["leave"]}  # fmt: skip
    workspace.write({"absence": pd.DataFrame(more)})
    with pytest.raises(QgsProcessingException, match="days off have changed since 2023-12"):
        run("adoptcorrections", WORKSPACE=office, MONTH="2023-12", CHANGES=TEMP)
    assert read_month(workspace, "2023-12").revision == 0


def test_leave_by_xlsx(run, office, tmp_path):
    workspace = open_workspace(office)
    people = workspace.read("person")
    name = people.loc[people["role"] == "ranger", "name"].iloc[2]
    person = people.loc[people["role"] == "ranger", "person_id"].iloc[2]
    path = tmp_path / "请假.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["姓名", "开始日期", "结束日期", "事由"])
    book.active.append([name, "2023-10-09", "2023-10-13", "病假"])
    book.active.append([None, "2023-10-20", None, "暴雨"])
    book.active.append(["查无此人", "2023-10-09", "2023-10-13", "事假"])
    book.active.append([name, "2023-10-30", "2023-10-20", "培训"])
    book.save(path)
    for _ in range(2):  # the second time changes nothing
        out = run("importabsences", INPUT=str(path), WORKSPACE=office, OUTPUT=TEMP)
        assert (out["N_IMPORTED"], out["N_REFUSED"]) == (2, 2)
    kept = workspace.read("absence")
    assert len(kept[kept["first_day"].str.startswith("2023-10")]) == 2
    again = run(
        "assesspatrols", WORKSPACE=office, PERIOD_START="2023-10-01", PERIOD_END="2023-10-31",
        PATROLS=TEMP, PATROL_DAYS=TEMP, ATTENDANCE=TEMP, RATES=TEMP,
    )  # fmt: skip
    owed = {r["person_id"]: r["days_required"] for r in rows(again["ATTENDANCE"])}
    # 20 × 26/31 − 1 = 15.8 → 16; for the others 20 − 1
    assert owed.pop(person) == 16 and set(owed.values()) == {19}


def test_raw_traces_go_and_results_stay(run, office):
    store = TraceStore(Path(office))
    before = store.months()
    given = {"WORKSPACE": office, "AS_OF": "2025-12-05", "MONTHS": TEMP}
    dry = run("purgetraces", **given)
    assert store.months() == before and dry["N_MONTHS"] == 2
    assert dry["N_FIXES"] == before["2023-10"][1] + before["2023-11"][1]
    done = run("purgetraces", **given, DRY_RUN=False)
    assert done["N_FIXES"] == dry["N_FIXES"] and list(store.months()) == ["2023-12"]
    months = {row["month"]: bool(row["purged"]) for row in rows(done["MONTHS"])}
    assert months == {"2023-10": True, "2023-11": True, "2023-12": False}
    assert read_month(open_workspace(office), "2023-10").attended["days_valid"].sum() > 100
    with pytest.raises(QgsProcessingException, match="keeps no traces from 2023-10-01"):
        run("assesspatrols", WORKSPACE=office, PERIOD_START="2023-10-01", PERIOD_END="2023-10-31",
            PATROLS=TEMP, PATROL_DAYS=TEMP, ATTENDANCE=TEMP, RATES=TEMP)  # fmt: skip


def test_totals_stand_in_for_traces_that_nobody_handed_over(run, office):
    """December has totals of the platform: without its traces it is judged by those alone."""
    TraceStore(Path(office)).purge_month("2023-12")
    out = run("assesspatrols", WORKSPACE=office, **DECEMBER, PATROLS=TEMP, PATROL_DAYS=TEMP,
              ATTENDANCE=TEMP, RATES=TEMP)  # fmt: skip
    assert out["N_PATROLS"] == 0
    assert {row["source"] for row in rows(out["PATROL_DAYS"])} == {"平台数据"}
    assert sum(row["days_platform"] for row in rows(out["ATTENDANCE"])) > 100


def test_what_nobody_has_judged_is_not_purged(run, made, imported, tmp_path):
    shutil.copy(made / "county.gpkg", tmp_path / "county.gpkg")
    shutil.copytree(made / "county.traces", tmp_path / "county.traces")
    workspace = open_workspace(tmp_path / "county.gpkg")
    with workspace.transaction() as writer:
        for table in ("attendance", "rate", "patrol_notice", "patrol_day"):
            writer.remove(table, {})
    given = {"WORKSPACE": str(tmp_path / "county.gpkg"), "AS_OF": "2030-01-01", "MONTHS": TEMP}
    assert run("purgetraces", **given, DRY_RUN=False)["N_FIXES"] == 0
    assert run("purgetraces", **given, DRY_RUN=False, WITHOUT_RESULTS=True)["N_MONTHS"] == 3
    assert TraceStore(tmp_path / "county.gpkg").months() == {}


def test_a_rule_set_of_the_workspace_is_found(run, office):
    workspace = open_workspace(office)
    own = '{"name": "mine", "zh": "本区2024", "en": "Ours", "kind": "patrols", "min_minutes": 600}'
    workspace.write({"rule_set": pd.DataFrame({"name": ["mine"], "parameters": [own]})})
    for name in ("mine", "本区2024"):
        out = run("assesspatrols", WORKSPACE=office, **DECEMBER, RULES=name,
                  PATROLS=TEMP, PATROL_DAYS=TEMP, ATTENDANCE=TEMP, RATES=TEMP)  # fmt: skip
        assert out["N_VALID"] == 0 and out["N_PATROLS"] > 100
        assert "of the 600 minutes required" in rows(out["PATROLS"])[0]["reasons"]
    with pytest.raises(QgsProcessingException, match="no rule set nowhere"):
        run("assesspatrols", WORKSPACE=office, **DECEMBER, RULES="nowhere",
            PATROLS=TEMP, PATROL_DAYS=TEMP, ATTENDANCE=TEMP, RATES=TEMP)  # fmt: skip


def text_of(path):
    """Give everything that a DOCX or XLSX holds, markup and all."""
    with zipfile.ZipFile(path) as package:
        return "\n".join(
            package.read(name).decode("utf-8", "replace") for name in package.namelist()
        )


@pytest.fixture(scope="module")
def notices(run, adopted, assessed, made, tmp_path_factory):
    folder = tmp_path_factory.mktemp("notices")
    ranked = run("rankrangers", ATTENDANCE=assessed["ATTENDANCE"], MONTH="2023-12", SCORES=TEMP)
    out = {}
    for public in (True, False):
        paths = {end: folder / f"{public}.{end}" for end in ("docx", "xlsx")}
        run(
            "patrolnotice", WORKSPACE=adopted, MONTH="2023-12", PUBLIC=public,
            SCORES=ranked["SCORES"], ISSUER="示例区林长制办公室", NUMBER="示林办〔2024〕1号",
            TO="各镇（街道）林长办公室：", DOCX=str(paths["docx"]), XLSX=str(paths["xlsx"]),
        )  # fmt: skip
        out[public] = paths
    return out


def test_the_public_notice_names_nobody(adopted, notices):
    """No name, no id, no phone and no coordinate, in any part of either file."""
    workspace = open_workspace(adopted)
    people, phones = workspace.read("person"), workspace.read("person_private")
    secret = [*people["name"], *people["person_id"], *phones["phone"].dropna()]
    for path in notices[True].values():
        text = text_of(path)
        assert [word for word in secret if word in text] == []
        assert not re.search(r"\b1[3-9]\d{9}\b", text)
        assert not re.search(r"\b(11[45]|2[56])\.\d{4,}", text)
        assert "内部资料" not in text
    inside = text_of(notices[False]["docx"])
    low = read_month(workspace, "2023-12").attended.query("met == 0")["name"]
    assert len(low) and all(name in inside for name in low)
    assert "内部资料" in inside


def test_the_notice_has_the_official_form(notices):
    docx = pytest.importorskip("docx")
    document = docx.Document(str(notices[False]["docx"]))
    page = document.sections[0]
    size = [round(v.mm) for v in (page.page_width, page.page_height)]
    margins = [round(v.mm) for v in (page.top_margin, page.bottom_margin, page.left_margin,
                                     page.right_margin)]  # fmt: skip
    assert size == [210, 297] and margins == [37, 35, 28, 26]
    lines = [p.text for p in document.paragraphs]
    assert lines[:3] == ["内部资料　注意保密", "关于2023年12月护林员履职情况的通报（示例）",
                         "示林办〔2024〕1号"]  # fmt: skip
    assert "各镇（街道）林长办公室：" in lines and "示例区林长制办公室" in lines
    assert lines.index("2024年1月3日") < lines.index("附件1")  # annexes follow the signature
    heads = [line for line in lines if re.match("[一二三四五六]、", line)]
    assert heads == ["一、总体情况", "二、各镇（街道）情况", "三、未达标情况", "四、事件处置情况",
                     "五、考核排名", "六、指标说明"]  # fmt: skip
    assert any("与2023年11月相比" in line for line in lines)
    assert any("平台数据" in line for line in lines)
    title = document.paragraphs[1].runs[0]
    assert title.font.size.pt == 22 and title.font.name == "方正小标宋简体"
    body = next(p for p in document.paragraphs if p.text.startswith("本月"))
    assert body.runs[0].font.size.pt == 16 and body.paragraph_format.line_spacing.pt == 28
    footer = page.footer.paragraphs[0].text
    assert "示例" in footer and "PAGE" in page.footer.paragraphs[0]._p.xml
    table = document.tables[0]
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells[0][-1] == "名次" and cells[-1][0] == "合计"
    assert sum(int(row[1]) for row in cells[1:-1]) == int(cells[-1][1])


def test_the_workbook_is_a_workbook(notices):
    book = openpyxl.load_workbook(notices[False]["xlsx"])
    assert book.sheetnames == ["通报", "各镇（街道）履职情况表", "未达标人员表（内部）",
                               "考核排名表（内部）"]  # fmt: skip
    sheet = book["各镇（街道）履职情况表"]
    head = [cell.value for cell in sheet[1]]
    last = dict(zip(head, list(sheet[sheet.max_row]), strict=True))
    assert last["上线率"].number_format == "0.00%" and 0 < last["上线率"].value < 1
    assert all(c.data_type != "f" for s in book for row in s.iter_rows() for c in row)


def test_an_own_template_takes_the_tables(run, adopted, tmp_path):
    docx = pytest.importorskip("docx")
    template = docx.Document()
    template.add_paragraph("{{title}}")
    template.add_paragraph("{{towns}}")
    template.add_paragraph("本月上线率 {{online_percent}}，{{unknown}}")
    template.save(tmp_path / "t.docx")
    run("patrolnotice", WORKSPACE=adopted, MONTH="2023-12", TEMPLATE=str(tmp_path / "t.docx"),
        DOCX=str(tmp_path / "n.docx"))  # fmt: skip
    made = docx.Document(tmp_path / "n.docx")
    assert made.paragraphs[0].text == "关于2023年12月护林员履职情况的通报（示例）"
    assert made.tables[0].rows[-1].cells[0].text == "合计"
    assert any("{{unknown}}" in p.text and "%" in p.text for p in made.paragraphs)


def test_a_month_without_results_is_said(run, adopted, tmp_path):
    with pytest.raises(QgsProcessingException, match="no results of 2022-01"):
        run("patrolnotice", WORKSPACE=adopted, MONTH="2022-01", DOCX=str(tmp_path / "n.docx"))
    with pytest.raises(QgsProcessingException, match="no correction 3"):
        run("patrolnotice", WORKSPACE=adopted, MONTH="2023-12", REVISION=3,
            DOCX=str(tmp_path / "n.docx"))  # fmt: skip
    with pytest.raises(QgsProcessingException, match="Give PERIOD_START and PERIOD_END"):
        run("assesspatrols", WORKSPACE=adopted, PATROLS=TEMP, PATROL_DAYS=TEMP, ATTENDANCE=TEMP,
            RATES=TEMP)  # fmt: skip
