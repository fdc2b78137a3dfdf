from __future__ import annotations

import sys
import zipfile

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from linzhang_plugin.core.messages import InputError, MissingLibraryError
from linzhang_plugin.core.tables.intake.aliases import PERSON_ALIASES
from linzhang_plugin.core.tables.intake.homes import county_box, degrees, presumed_homes
from linzhang_plugin.core.tables.intake.persons import PersonPlaces, intake_persons
from linzhang_plugin.core.tables.intake.placenames import PlaceIndex, made_codes
from linzhang_plugin.core.tables.intake.rosterwords import role_of
from linzhang_plugin.core.tables.intake.sheets import Sheet, read_sheets, table_of
from linzhang_plugin.core.tables.intake.stands import StandOptions, intake_stands
from tests.truth import delivered

TOWNS = {delivered.COUNTY + code: name for code, name in delivered.TOWNS.items()}


def places(towns=TOWNS):
    stands = intake_stands(delivered.make().stands, StandOptions()).frame
    villages = dict.fromkeys(stands["village_code"].unique(), "")
    return PersonPlaces(towns, villages, presumed_homes(None, stands))


def sheet(rows, name="Sheet1"):
    found = table_of(name, rows, PERSON_ALIASES)
    assert found is not None
    return found


def roster(**columns):
    """Make a sheet of the given columns."""
    titles = list(columns)
    rows = [list(row) for row in zip(*columns.values(), strict=True)]
    return Sheet("Sheet1", titles, rows, list(range(2, len(rows) + 2)))


def read(*sheets, known=None, towns=TOWNS):
    return intake_persons(list(sheets), places(towns), known)


def texts(intake, kind):
    return {f.row: str(f.text) for f in intake.findings if f.kind == kind}


def test_planted_roster():
    got = read(sheet(delivered.make().roster))
    frame = got.frame
    assert len(frame) == 7
    assert got.n_refused == 0
    assert frame["role"].value_counts().to_dict() == {"ranger": 6, "supervisor": 1}
    assert set(frame["town_code"]) == set(TOWNS)
    assert frame["village_code"].notna().sum() == 6
    assert frame["person_id"].is_unique
    assert frame["home_presumed"].all()
    assert frame.geometry.notna().all()
    assert len(got.vacancies) == 1
    assert got.vacancies["village_code"].iloc[0] == "369901201201"


def test_id_numbers_are_nowhere_and_phones_apart():
    got = read(sheet(delivered.make().roster))
    everything = got.frame.to_csv() + got.private.to_csv() + str(got.findings) + str(got.notes)
    assert "369901199001010000" not in everything
    assert "1990000000" not in got.frame.to_csv() + str(got.findings)
    assert list(got.private.columns) == ["person_id", "phone"]
    assert len(got.private) == 6
    assert "hold ID numbers" in "".join(map(str, got.notes))


def test_an_id_number_in_a_wrong_column_is_taken_out():
    got = read(
        roster(姓名=["示例甲 36990119900101001X"], 乡镇=["示例青岭镇"], 职务=["369901900101001"])
    )
    assert list(got.frame["name"]) == ["示例甲"]
    assert got.frame["post"].isna().all()


def test_unknown_town_is_refused_by_row_with_the_likely_name():
    got = read(roster(姓名=["示例甲", "示例乙", "示例丙"], 乡镇=["示例青领镇", "外县", None]))
    assert len(got.frame) == 0
    refused = texts(got, "refused")
    assert "meant 示例青岭镇?" in refused[2]
    assert refused[3].startswith("is of 外县")
    assert refused[4] == "says no town"


def test_nameless_towns_say_what_to_do():
    got = read(roster(姓名=["示例甲"], 乡镇=["示例青岭镇"]), towns=dict.fromkeys(TOWNS, ""))
    assert "import a list of codes and names" in texts(got, "refused")[2]


def test_a_sheet_a_town():
    cells = [["姓名", "类别"], ["示例甲", "专职护林员"]]
    got = read(sheet(cells, "示例青岭镇"), sheet([cells[0], ["示例乙", "协管员"]], "白石镇"))
    assert list(got.frame["town_code"]) == ["369901101", "369901102"]
    assert list(got.frame["role"]) == ["ranger", "assistant"]


def test_duplicates_are_refused_but_namesakes_with_other_phones_are_not():
    got = read(
        roster(
            姓名=["示例甲", "示例甲", "示例甲", "示例乙", "示例乙"],
            乡镇=["青岭镇"] * 5,
            电话=["19900000001", "19900000002", "19900000001", None, None],
            人员编号=[None] * 5,
        )
    )
    assert list(got.frame["row"]) == [2, 3, 5]
    assert "row 2" in texts(got, "refused")[4]
    assert "row 5" in texts(got, "refused")[6]


def test_one_id_twice_is_refused():
    got = read(roster(姓名=["示例甲", "示例乙"], 乡镇=["青岭镇"] * 2, 人员编号=["A1", "A1"]))
    assert list(got.frame["person_id"]) == ["A1"]
    assert texts(got, "refused") == {3: "is in row 2 already"}


def test_known_persons_keep_their_ids_and_new_ones_get_the_next():
    first = read(sheet(delivered.make().roster))
    again = read(sheet(delivered.make().roster), known=first.frame)
    assert list(again.frame["person_id"]) == list(first.frame["person_id"])
    more = delivered.make().roster
    more.insert(3, [9, "示例新人", "男", None, "示例云田乡", "201", "专职护林员", None])
    got = read(sheet(more), known=first.frame)
    new = got.frame[got.frame["name"] == "示例新人"]["person_id"].iloc[0]
    assert new not in set(first.frame["person_id"])
    old = got.frame[got.frame["name"] != "示例新人"]
    assert list(old["person_id"]) == list(first.frame["person_id"])


def test_given_coordinates_are_homes_swapped_and_minutes_too():
    got = read(
        roster(
            姓名=["示例甲", "示例乙", "示例丙", "示例丁"],
            乡镇=["青岭镇"] * 4,
            经度=[114.9, 25.8, "114°54′00″", 0],
            纬度=["25.8", 114.9, "25°48'", 0],
        )
    )
    for row in range(3):
        point = got.frame.geometry[row]
        assert (point.x, point.y) == pytest.approx((114.9, 25.8))
        assert not got.frame["home_presumed"][row]
    assert got.frame["home_presumed"][3]


def test_coordinates_far_away_are_a_typing_error():
    stands = intake_stands(delivered.make().stands, StandOptions()).frame
    west, south, east, north = county_box(stands)
    assert 113 < west < east < 115
    assert 25 < south < north < 27
    rows = roster(
        姓名=["示例甲", "示例乙"], 乡镇=["青岭镇"] * 2, 经度=[144.8, 113.81], 纬度=[25.8, 25.76]
    )
    where = PersonPlaces(TOWNS, {}, presumed_homes(None, stands), (west, south, east, north))
    got = intake_persons([rows], where)
    assert list(got.frame["home_presumed"]) == [True, False]
    assert "far outside the county" in texts(got, "code")[2]


def test_a_presumed_home_lies_in_the_forest_of_the_village():
    stands = intake_stands(delivered.make().stands, StandOptions()).frame
    homes = presumed_homes(None, stands)
    for code, part in stands.to_crs(4490).groupby("village_code"):
        assert (
            part.geometry.union_all().covers(homes[code])
            if hasattr(part.geometry, "union_all")
            else part.unary_union.covers(homes[code])
        )


def test_a_real_boundary_gives_the_point():
    unit = gpd.GeoDataFrame(
        {"unit_code": ["369901101201"], "presumed": [False]},
        geometry=[shapely.box(114, 25, 114.1, 25.1)], crs=4490,
    )  # fmt: skip
    assert unit.geometry[0].contains(presumed_homes(unit, None)["369901101201"])


@pytest.mark.parametrize(
    ("role", "post", "want"),
    [
        ("专职护林员", "", ("ranger", "full_time", True)),
        ("生态护林员", "", ("ranger", "ecological", True)),
        ("协管员", "", ("assistant", "", True)),
        ("兼职护林员", "", ("assistant", "", True)),
        ("监管员", "", ("supervisor", "", True)),
        ("", "村级林长", ("chief", "", True)),
        ("", "森林公安民警", ("police", "", True)),
        ("", "", ("ranger", "full_time", False)),
        ("supervisor", "", ("supervisor", "", True)),
    ],
)
def test_roles(role, post, want):
    assert role_of(role, post) == want


def test_phone_that_is_none_is_left_out_and_said():
    got = read(roster(姓名=["示例甲"], 乡镇=["青岭镇"], 电话=["不详123"]))
    assert len(got.private) == 0
    assert "phone number" in texts(got, "code")[2]


def test_totals_and_signatures_are_no_persons():
    got = read(
        roster(姓名=["示例甲", "合 计", None, "制表人：某"], 乡镇=["青岭镇", "1", None, None])
    )
    assert list(got.frame["name"]) == ["示例甲"]
    assert got.n_refused == 0


# -- places by name ------------------------------------------------------------


def test_place_index_never_guesses():
    index = PlaceIndex(
        {"369901101": "沙河镇", "369901102": "沙河乡", "369901103": "大沙河镇", "369901104": ""}
    )
    assert index.find("沙河镇") == "369901101"
    assert index.find("沙河") is None
    assert index.find("大沙河") == "369901103"
    assert index.find("沙") is None
    assert index.find("104") == "369901104"
    assert index.find("369901101000") == "369901101"
    assert index.find("999") is None
    assert index.find("") is None
    assert index.like("沙何镇") in ("沙河镇", "大沙河镇")


def test_made_codes_are_distinct_and_do_not_depend_on_order():
    names = ["甲镇", "乙镇", "丙街道", "丁乡", "戊林场"]
    one = made_codes(names, ["151"], village=False)
    assert one == made_codes(reversed(names), ["151"], village=False)
    assert len(set(one.values())) == 5
    assert "151" not in one.values()
    assert (
        one["丙街道"] < "100" <= one["甲镇"] < "200" <= one["丁乡"] < "400" <= one["戊林场"] < "600"
    )


@pytest.mark.parametrize(
    ("text", "want"), [("114.5", 114.5), ("114°30′", 114.5), ("", None), ("N", None)]
)
def test_degrees(text, want):
    assert degrees(text) == want


# -- files ---------------------------------------------------------------------


def xlsx(path, rows, merge=()):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merge:
        book.active.merge_cells(cells)
    book.save(path)
    return path


def test_xlsx_with_title_rows_and_merged_towns(tmp_path):
    rows = [["示例花名册"] + [None] * 7, *delivered.make().roster]
    rows[5][4] = rows[6][4] = None
    path = xlsx(tmp_path / "花 名册.xlsx", rows, ["A1:H1", "E5:E7"])
    (got,) = read_sheets(path, PERSON_ALIASES)
    assert got.titles[:5] == ["序号", "姓名", "性别", "身份证号", "乡镇"]
    assert [row[4] for row in got.rows[1:4]] == [rows[4][4]] * 3
    assert got.numbers[0] == 4


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_csv_in_any_encoding(tmp_path, codec, delimiter):
    text = "\n".join(delimiter.join(str(c or "") for c in row) for row in delivered.make().roster)
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(codec))
    (got,) = read_sheets(path, PERSON_ALIASES)
    assert got.rows[0][1].startswith("示例")
    assert len(read(got).frame) == 7


def test_two_header_rows(tmp_path):
    cells = [
        ["姓名", "所在地", "所在地", "电话"],
        [None, "乡镇", "村", None],
        ["示例甲", "青岭镇", "201", "19900000001"],
    ]
    got = table_of("x", cells, PERSON_ALIASES)
    assert got.titles == ["姓名", "乡镇", "村", "电话"]
    assert len(got.rows) == 1


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.xlsx", b"no zip", "cannot be read"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "no XLSX or CSV"),
        ("a.csv", "一,二\n三,四\n".encode(), "no row of column titles"),
        ("a.csv", b"", "no row of column titles"),
    ],
)
def test_files_that_are_no_rosters(tmp_path, name, data, sentence):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=sentence):
        read_sheets(path, PERSON_ALIASES)


def test_zip_bombs_and_entities_are_not_opened(tmp_path):
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as book:
        for part in range(5):
            book.writestr(f"xl/{part}.bin", b"\0" * 50_000_000)
    with pytest.raises(InputError, match="larger than any roster"):
        read_sheets(bomb, PERSON_ALIASES)
    laughs = tmp_path / "laughs.xlsx"
    with zipfile.ZipFile(laughs, "w") as book:
        book.writestr("xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>')
    with pytest.raises(InputError, match="no office program"):
        read_sheets(laughs, PERSON_ALIASES)


def test_without_openpyxl_the_sentence_says_what_to_do(tmp_path, monkeypatch):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingLibraryError, match="save the table as CSV, or install openpyxl"):
        read_sheets(path, PERSON_ALIASES)


def test_a_layer_of_persons_is_a_frame_of_text():
    frame = pd.DataFrame({"姓名": ["示例甲"], "乡镇": [101.0]})
    got = read(Sheet("x", list(frame.columns), frame.to_numpy(dtype=object).tolist(), [1]))
    assert list(got.frame["town_code"]) == ["369901101"]
