"""Delivered registers: names of fields, codes, dates, moves."""

import geopandas as gpd
import pytest
import shapely

from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.slopes.register import intake_sites
from linzhang_plugin.core.tables.schema.slopes import BARE_SLOPE

CRS = "EPSG:4547"


def register(**columns):
    count = len(next(iter(columns.values())))
    shapes = [shapely.box(100 * n, 0, 100 * n + 40, 50) for n in range(count)]
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=CRS)


def read(rows, known=None, **field_map):
    return intake_sites(rows, field_map, "360702", 2026, known)


def test_a_chinese_register_is_understood():
    made = read(
        register(
            图斑编号=["360702B250001", None],
            小地名=["示例采石场", "示例边坡"],
            成因=["采石", "04-道路边坡"],
            区位类别=["3", "城区周边"],
            坡度=["45°", 30],
            坡质=["硬岩", 1.0],
            状态=["施工中", None],
            计划完成=["2026年9月30日", "2026/12"],
            是否林地=["是", "否"],
        )
    )
    frame = made.frame
    assert list(frame.columns) == [*BARE_SLOPE.names, "geometry"]
    assert frame.site_code.tolist() == ["360702B250001", "360702B260001"]
    assert frame.cause.tolist() == ["01", "04"]
    assert frame.loc_class.tolist() == ["3", "1"]
    assert frame.material.tolist() == ["4", "1"]
    assert frame.status.tolist() == ["working", "suspected"]
    assert frame.plan_end.tolist() == ["2026-09-30", "2026-12-01"]
    assert frame.in_forest_land.tolist() == [True, False]
    assert frame.area_mu.tolist() == pytest.approx([3.0, 3.0])
    assert frame.slope_area_m2.tolist() == pytest.approx([2000 * 2**0.5, 2000 / 0.75**0.5])
    assert made.findings == []


def test_what_is_not_understood_is_told_and_left_empty():
    made = read(register(编号=["A"], 成因=["雷劈"], 坡度=["很陡"], 验收日期=["去年"]))
    assert made.frame.cause[0] is None
    assert [f.kind for f in made.findings] == ["code", "note", "note"]
    assert "雷劈" in str(made.findings[0].text)


def test_double_codes_and_missing_geometry_are_refused_row_by_row():
    rows = register(编号=["A", "A", "B"])
    rows.loc[2, "geometry"] = None
    made = read(rows)
    assert made.frame.site_code.tolist() == ["A"]
    assert made.n_refused == 2
    assert {f.row for f in made.findings} == {2, 3}
    assert "row 1" in str(made.findings[0].text)


def test_an_illegal_move_is_refused_with_the_legal_ones():
    made = read(
        register(编号=["A", "B"], 状态=["验收合格", "施工"]),
        known={"A": "working", "B": "approved"},
    )
    assert made.frame.site_code.tolist() == ["B"]
    assert "待验收" in str(made.findings[0].text)


def test_a_bow_tie_is_repaired_and_told():
    rows = register(编号=["A"])
    rows.loc[0, "geometry"] = shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])
    made = read(rows)
    assert made.frame.geometry.is_valid.all()
    assert made.findings[0].kind == "repaired"


def test_an_unknown_status_or_nothing_usable_is_a_sentence():
    with pytest.raises(InputError, match="半拉子"):
        read(register(编号=["A"], 状态=["半拉子"]))
    rows = register(编号=["A"])
    rows.loc[0, "geometry"] = None
    with pytest.raises(InputError, match="geometry"):
        read(rows)
