from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.tables.intake.admin import intake_admin, whole_code


def boxes(n):
    return [
        shapely.box(480_000 + i * 1000, 2_850_000, 481_000 + i * 1000, 2_851_000) for i in range(n)
    ]


def layer(codes, names=None, crs=4547):
    rows = {"区划代码": codes, "名称": names or [f"示例{i}" for i in range(len(codes))]}
    return gpd.GeoDataFrame(rows, geometry=boxes(len(codes)), crs=crs)


def test_levels_parents_and_areas_from_codes():
    got = intake_admin(layer(["369901", "369901101000", "369901101201"]), "x").frame
    assert list(got["unit_code"]) == ["369901", "369901101", "369901101201"]
    assert list(got["level"]) == [3, 4, 5]
    assert list(got["parent_code"].fillna("")) == ["", "369901", "369901101"]
    assert list(got["kind"]) == ["county", "town", "village"]
    assert got["area_m2"].to_list() == pytest.approx([1e6] * 3)
    assert not got["presumed"].any()


def test_pieces_of_one_unit_are_joined_and_said():
    got = intake_admin(layer(["369901101", "369901101"]), "x")
    assert len(got.frame) == 1
    assert got.frame["area_m2"][0] == pytest.approx(2e6)
    assert "row 1" in str(got.findings[0].text)


def test_names_only_are_found_among_known_units_else_refused():
    frame = layer(["", ""], ["青岭镇", "外镇"])
    got = intake_admin(frame, "x", known={"369901101": "示例青岭镇"})
    assert list(got.frame["unit_code"]) == ["369901101"]
    assert got.n_refused == 1
    assert got.findings[0].row == 2


def test_a_list_names_units_without_touching_boundaries():
    got = intake_admin(
        pd.DataFrame({"代码": ["101", 102], "名称": ["甲镇", "乙街道"]}), "x", "369901"
    )
    assert "geometry" not in got.frame.columns
    assert "presumed" not in got.frame.columns
    assert got.frame.to_dict("list")["unit_code"] == ["369901101", "369901102"]
    assert list(got.frame["kind"]) == ["town", "street"]


def test_bad_shapes_are_listed():
    frame = layer(["369901101", "369901102"])
    frame.loc[0, "geometry"] = None
    bow = [(480_000, 2_850_000), (481_000, 2_851_000), (481_000, 2_850_000), (480_000, 2_851_000)]
    frame.loc[1, "geometry"] = shapely.Polygon(bow)
    got = intake_admin(frame, "x")
    assert [(f.row, f.kind) for f in got.findings] == [(1, "refused"), (2, "repaired")]


def test_a_table_without_codes_or_names_is_refused():
    with pytest.raises(InputError, match="no column of codes"):
        intake_admin(pd.DataFrame({"a": [1]}), "x")


@pytest.mark.parametrize(
    ("code", "whole"),
    [("369901101201", "369901101201"), ("369901000000", "369901"),
     ("3699011012010000000", "369901101201"),
     ("1", "369901001"), ("12345", ""), ("甲", "")],
)  # fmt: skip
def test_whole_codes(code, whole):
    assert whole_code(code, "369901") == whole
