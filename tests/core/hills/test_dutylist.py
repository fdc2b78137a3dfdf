"""The list 包山包人: blocks of grids, counts only, the public edition without phones and stands."""

import geopandas as gpd
import pandas as pd
import shapely

from linzhang_plugin.core.hills.dutyintake import BLOTTED, WITHHELD, intake_duties
from linzhang_plugin.core.hills.dutylist import duty_list, stands_of_rows
from linzhang_plugin.core.tables.intake.sheets import Sheet

GRIDS = gpd.GeoDataFrame(
    {
        "grid_code": ["W002", "W001"],
        "grid_name": ["乙", "甲"],
        "bound_e": ["至大路", "东至龙岗村"],
        "bound_s": [None, "小溪"],
        "bound_w": [None, None],
        "bound_n": [None, None],
    },
    geometry=[shapely.box(100, 0, 200, 100), shapely.box(0, 0, 100, 100)],
    crs="EPSG:4547",
)
HILLS = gpd.GeoDataFrame(
    {"hill_id": ["H1", "H2"]},
    geometry=[shapely.box(0, 0, 150, 50), shapely.box(0, 50, 200, 100)],
    crs="EPSG:4547",
)
ROWS = pd.DataFrame(
    {
        "hill_id": ["H1", "H1", "H2", "H2"],
        "hill_name": ["东岭", "东岭", "西岭", "西岭"],
        "grid_code": ["W001", "W002", "W001", None],
        "share": [0.67, 0.33, 0.5, 0.5],
        "area_mu": [7.5, 3.75, 7.5, 7.5],
        "ranger": ["示例甲、示例乙", "示例丙", "示例甲、示例乙", None],
        "supervisor": ["示例丁", "示例丁", "示例丁", None],
        "village_chief": ["示例戊", None, "示例戊", None],
        "stands": ["0001林班10"] * 4,
        "key_places": [None, None, "墓区", None],
    }
)
PEOPLE = pd.DataFrame(
    {
        "grid_code": ["W001"] * 3,
        "group_name": ["第3组", "第1组", "第2组"],
        "households": [10, 20, 30],
        "units": [0, 1, 2],
        "publicity": [3, 4, 5],
        "appeals": [0, 0, 1],
    }
)


def test_a_grid_has_as_many_lines_as_it_has_hills_or_groups():
    made = duty_list(ROWS, GRIDS, PEOPLE, {"W001": "19900000001"})
    assert made[["seq", "line", "grid_code", "hill_name", "group_name"]].to_numpy().tolist() == [
        [1, 1, "W001", "东岭", "第1组"],
        [1, 2, "W001", "西岭", "第2组"],
        [1, 3, "W001", None, "第3组"],
        [2, 1, "W002", "东岭", None],
    ] or made.hill_name.isna().tolist() == [False, False, True, False]
    assert made.bounds.tolist()[0] == "东至龙岗村；南至小溪"
    assert made.phone.tolist()[:1] == ["19900000001"]
    assert made.key_places.tolist()[1] == "墓区"
    assert made.households.dropna().sum() == 60


def test_the_public_edition_has_no_phones_stands_or_names_not_agreed_to():
    made = duty_list(
        ROWS, GRIDS, PEOPLE, {"W001": "19900000001"}, frozenset({"示例乙", "示例丙"}), public=True
    )
    text = made.to_csv()
    assert "1990000" not in text
    assert "林班10" not in text
    assert "示例乙" not in text
    assert "示例丙" not in text
    assert made.ranger.tolist()[0] == "示例甲、（未同意公示）"


def test_stands_are_named_by_compartment_and_counted_when_many():
    n = 20
    stands = gpd.GeoDataFrame(
        {
            "lin_ban": ["0001"] * 10 + ["0002"] * 10,
            "xiao_ban": [f"{10 * k:05d}" for k in range(1, n + 1)],
        },
        geometry=[shapely.box(x, 10, x + 4, 20) for x in range(0, 100, 5)],
        crs="EPSG:4547",
    )
    rows = ROWS.iloc[:2]
    named = stands_of_rows(rows, HILLS, GRIDS, stands)
    assert named[0].startswith("0001林班10、20、30")
    assert named[0].endswith("等20个小班")
    assert named[1] is None


def sheet(titles, *rows):
    return Sheet("表", titles, [list(r) for r in rows], list(range(2, 2 + len(rows))))


DUTIES = pd.DataFrame({"grid_code": ["W001", "W001"], "hill_id": ["H1", "H2"]})


def read(people=(), hills=(), appeals=(), numbers=()):
    return intake_duties(
        people, hills, appeals, 2024, {"W001", "W002"}, DUTIES, {"H1": "东岭", "H2": "西岭"},
        numbers,
    )  # fmt: skip


def test_counts_are_read_and_persons_are_not():
    made = read(
        [sheet(["网格编号", "村小组", "户主姓名", "联系户数", "宣传次数", "诉求条数", "单位数"],
               ["W001", "第1组", "某某", "20户", 3, 1, None],
               ["W001", "第1组", "某某", 21, 3, 1, None],
               ["W009", "第2组", "某某", 21, 3, 1, None],
               ["W002", "第1组", "某某", -4, 3, 1, None])]
    )  # fmt: skip
    assert made.people[["grid_code", "group_name", "households"]].to_numpy(object).tolist() == [
        ["W001", "第1组", 20], ["W002", "第1组", None],
    ]  # fmt: skip
    assert made.n_refused == 2
    assert "某某" not in made.people.to_csv()
    assert any("户主姓名" in str(f.text) for f in made.findings)


def test_key_places_find_their_hill_by_name():
    made = read(hills=[sheet(["网格编号", "山头（小地名）", "重点部位"],
                             ["W001", "西岭", "墓区"], ["W001", "南岭", "庙"],
                             ["W001", "东岭", None])])  # fmt: skip
    assert made.hills[["hill_id", "key_places"]].to_numpy().tolist() == [["H2", "墓区"]]
    assert "南岭" in str(made.findings[0].text)


def test_appeals_keep_no_person():
    titles = ["受理日期", "诉求人", "诉求类别", "网格编号", "诉求内容", "办理状态"]
    made = read(
        appeals=[
            sheet(
                titles,
                ["2024-03-01", "某某", "林权纠纷", "W001", "姓名：张某某 电话19900000001 请求勘界",
                 "已办结"],
                ["2024-03-02", "某某", "其他", "W001", "家有精神病人张某某，请求照顾", "办理中"],
                [None, "某某", "其他", "W001", "x", "办理中"],
                ["2024-03-04", "某某", "其他", None, "询问补偿", None],
            )
        ],
        numbers={"SQ2024-0001"},
    )  # fmt: skip
    assert made.appeals.appeal_no.tolist() == ["SQ2024-0002", "SQ2024-0003", "SQ2024-0004"]
    assert made.appeals.content.tolist() == [
        f"姓名{BLOTTED} 电话{BLOTTED} 请求勘界", WITHHELD, "询问补偿",
    ]  # fmt: skip
    assert made.appeals.kind.tolist() == ["01", "99", "99"]
    assert made.appeals.status.tolist()[:2] == ["closed", "open"]
    assert made.n_refused == 1
    assert "张某某" not in made.appeals.to_csv()
