from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.tables.intake.gridplan import CODE, GridOptions, grid_codes
from linzhang_plugin.core.tables.intake.grids import intake_grid_list, intake_grid_polygons
from linzhang_plugin.core.tables.intake.stands import StandOptions, intake_stands
from linzhang_plugin.core.tables.units import mu
from tests.truth import delivered


@pytest.fixture(scope="module")
def office():
    return delivered.make()


@pytest.fixture(scope="module")
def stands(office):
    return intake_stands(office.stands, StandOptions()).frame


def people(*names, town="369901101"):
    return pd.DataFrame(
        {"person_id": [f"P{i}" for i in range(len(names))], "name": names, "town_code": town}
    )


PERSONS = people("示例赵一", "示例钱二", "示例孙三", "示例李四", "示例周五", "示例吴六")
POINT = gpd.GeoDataFrame(
    {"网格编号": ["1"]}, geometry=[shapely.Point(480_001, 2_850_001)], crs=4547
)
OPTIONS = GridOptions("网格", 2024)


def texts(got):
    return [f"{f.item}: {f.text}" for f in got.findings]


def test_planted_grids_get_their_stands(office, stands):
    got = intake_grid_polygons(office.grids, stands, PERSONS, OPTIONS)
    names = dict(zip(got.grid["grid_code"], got.grid["grid_name"], strict=True))
    assert {s: names[c] for s, c in got.previous.items()} == office.grid_of
    assert got.n_refused == 0
    assert not got.findings
    assert all(CODE.match(code) for code in names)
    assert set(got.grid_stand["share"]) == {1.0}
    assert list(got.assignment["duty"]) == ["ranger"] * 6
    forest = stands[stands["stand_id"].isin(office.grid_of)]
    assert got.grid["area_mu"].sum() == pytest.approx(mu(forest["official_m2"].sum()))


def test_a_list_of_stands_gives_the_same_plan(office, stands):
    drawn = intake_grid_polygons(office.grids, stands, PERSONS, OPTIONS)
    ranger = dict(zip(office.grids["网格编号"], office.grids["护林员"], strict=True))
    rows = [(s, label, ranger[label]) for s, label in office.grid_of.items()]
    listed = intake_grid_list(
        pd.DataFrame(rows, columns=["小班标识", "网格编号", "护林员"]), stands, PERSONS, OPTIONS
    )
    assert listed.previous == drawn.previous
    pd.testing.assert_frame_equal(listed.assignment, drawn.assignment)
    np.testing.assert_allclose(listed.grid["area_mu"], drawn.grid["area_mu"])


def test_a_list_by_village_compartment_and_stand(office, stands):
    one = stands[stands["land_class"] != "cropland"].iloc[0]
    row = pd.DataFrame(
        {
            "村": [one["village_code"]],
            "林班": [int(one["lin_ban"])],
            "小班": [int(one["xiao_ban"])],
            "护林员": ["示例赵一"],
        }
    )
    got = intake_grid_list(row, stands, PERSONS, OPTIONS)
    assert list(got.previous) == [one["stand_id"]]


def test_cut_stands_go_to_the_larger_share_and_are_listed(office, stands):
    grids = office.grids.copy()
    grids["geometry"] = shapely.transform(
        grids.geometry.to_numpy(), lambda c: c + np.array([0.3 * delivered.SIDE, 0])
    )
    got = intake_grid_polygons(grids, stands, PERSONS, OPTIONS)
    names = dict(zip(got.grid["grid_code"], got.grid["grid_name"], strict=True))
    assert {s: names[c] for s, c in got.previous.items()} == office.grid_of
    cut = [t for t in texts(got) if "is cut by grids" in t]
    columns = stands["stand_id"].str[-1].isin(["5"]) & (stands["land_class"] != "cropland")
    assert len(cut) == int(columns.sum())
    assert all("70 %" in t and "30 %" in t for t in cut)


def test_gaps_and_overlaps_are_listed(office, stands):
    grids = office.grids.iloc[1:].copy()
    grids.iloc[0, grids.columns.get_loc("geometry")] = grids.geometry.iloc[0].buffer(30)
    got = intake_grid_polygons(grids, stands, PERSONS, OPTIONS)
    missing = set(office.grid_of.values()) - set(grids["网格编号"])
    gaps = {t.split(":")[0] for t in texts(got) if "in no grid" in t}
    assert gaps == {s for s, label in office.grid_of.items() if label in missing}
    assert any("overlaps grid" in t for t in texts(got))


def test_unknown_and_ambiguous_rangers_leave_the_grid_vacant(office, stands):
    persons = people("示例赵一", "示例钱二", "示例钱二")
    got = intake_grid_polygons(office.grids, stands, persons, OPTIONS)
    assert len(got.assignment) == 1
    assert sum("is not on the roster" in t for t in texts(got)) == 4
    assert any("is the name of 2 persons" in t for t in texts(got))
    assert (got.grid["flags"] == "vacant").sum() == 5


def test_several_names_are_a_ranger_and_assistants(office, stands):
    grids = office.grids.assign(
        护林员=["示例赵一、示例钱二", "空缺", "P2", "示例李四", "示例李四", ""]
    )
    got = intake_grid_polygons(grids, stands, PERSONS, OPTIONS)
    assert got.assignment["duty"].value_counts().to_dict() == {"ranger": 4, "assistant": 1}
    assert sum("is vacant" in t for t in texts(got)) == 2
    assert any("full-time ranger of 2 grids" in t for t in texts(got))


def test_a_namesake_in_another_town_is_not_taken(office, stands):
    persons = pd.concat(
        [people("示例赵一"), people("示例赵一", town="369901201").assign(person_id="Q")]
    )
    got = intake_grid_polygons(office.grids, stands, persons, OPTIONS)
    town = dict(zip(got.grid["grid_code"], got.grid["town_code"], strict=True))
    for code, person in zip(got.assignment["grid_code"], got.assignment["person_id"], strict=True):
        assert (person == "Q") == (town[code] == "369901201")


def test_codes_are_kept_or_made_and_never_doubled():
    towns = {
        "369901101W007": "369901101",
        "7号": "369901101",
        "甲": "369901101",
        "12": "369901101",
        "x": "",
    }
    codes = grid_codes(towns, {"甲": (1, 1), "7号": (0, 0)})
    assert codes["369901101W007"] == "369901101W007"
    assert codes["12"] == "369901101W012"
    assert len(set(codes.values())) == 5
    assert all(CODE.match(c) for c in codes.values())


def test_rows_of_a_list_that_cannot_be_used(office, stands):
    stand = next(iter(office.grid_of))
    rows = pd.DataFrame(
        {"小班标识": ["nowhere", stand, stand, stand], "网格编号": ["1", "1", "2", None]}
    )
    got = intake_grid_list(rows, stands, PERSONS, OPTIONS, [5, 6, 7, 8])
    assert got.n_refused == 3
    refused = {f.row: str(f.text) for f in got.findings if f.kind == "refused"}
    assert "does not have" in refused[5]
    assert "row 6 into another grid" in refused[7]
    assert "no grid code" in refused[8]


@pytest.mark.parametrize(
    ("frame", "sentence"),
    [
        (lambda o: o.grids[["geometry"]].assign(x=1), "no column of grid codes or rangers"),
        (lambda o: POINT, "no usable grid polygon"),
    ],
)  # fmt: skip
def test_layers_that_are_no_grids(office, stands, frame, sentence):
    with pytest.raises(InputError, match=sentence):
        intake_grid_polygons(frame(office), stands, PERSONS, OPTIONS)


def test_a_field_that_is_not_there_is_named(office, stands):
    with pytest.raises(InputError, match="from column WGH"):
        intake_grid_polygons(office.grids, stands, PERSONS, GridOptions("x", 2024, "WGH"))


def test_a_workspace_without_forest_is_told(office, stands):
    with pytest.raises(InputError, match="no forest stands"):
        intake_grid_polygons(office.grids, stands.assign(land_class="water"), PERSONS, OPTIONS)


def test_grids_in_any_crs(office, stands):
    one = intake_grid_polygons(office.grids, stands, PERSONS, OPTIONS)
    two = intake_grid_polygons(office.grids.to_crs(4490), stands, PERSONS, OPTIONS)
    assert one.previous == two.previous
