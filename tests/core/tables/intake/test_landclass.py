from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhang_plugin.core.tables.codes import LAND_CLASSES
from linzhang_plugin.core.tables.intake.landclass import (
    FORESTRY4,
    GENERATIONS,
    LINKED6,
    NAMES,
    OLD3,
    by_name,
    land_classes,
)

CASES = {
    "forestry4": (
        ["0111", "0113", "0131", "0161", "0210"],
        "arbor bamboo special_shrub felled cropland",
    ),
    "old3": (["111", "112", "113", "132", "254"], "arbor arbor bamboo other_shrub other"),
    "linked6": (["030100", "030301", "030405", "0501"], "arbor special_shrub felled forest_swamp"),
    "survey4": (
        ["0301", "0303", "0305", "0307", "1103"],
        "arbor mangrove other_shrub other_bare water",
    ),
    "variant4": (["0301", "0303", "0304", "0502"], "arbor other_shrub other_bare shrub_swamp"),
}


@pytest.mark.parametrize("generation", CASES)
def test_each_generation_is_told_by_its_values(generation):
    texts, classes = CASES[generation]
    province = "36" if generation == "variant4" else ""
    got = land_classes("DI_LEI", texts, province)
    assert got.generation == generation
    assert got.values == classes.split()
    assert not got.unknown


def test_lost_leading_zeros_are_understood():
    assert land_classes("DI_LEI", ["30100", "30302"]).values == ["arbor", "other_shrub"]
    assert land_classes("DI_LEI", ["301", "305", "307"]).values == [
        "arbor",
        "other_shrub",
        "other_bare",
    ]


def test_inland_0303_is_shrub_and_said():
    got = land_classes("DI_LEI", ["0301", "0303"], "36")
    assert got.values == ["arbor", "other_shrub"]
    assert "mangroves do not grow" in str(got.doubts[0])


@pytest.mark.parametrize(("column", "chosen"), [("DLBM", "mangrove"), ("DI_LEI", "other_shrub")])
def test_on_the_coast_the_field_name_decides_and_the_user_is_asked(column, chosen):
    got = land_classes(column, ["0301", "0303"], "45")
    assert got.values == ["arbor", chosen]
    assert "Set LAND_CODES to decide" in str(got.doubts[0])


def test_the_user_decides():
    got = land_classes("DI_LEI", ["0301", "0303"], "36", "survey4")
    assert got.values == ["arbor", "mangrove"]
    assert not got.doubts


def test_0305_speaks_for_the_land_survey_everywhere():
    got = land_classes("DI_LEI", ["0301", "0303", "0305"], "36")
    assert got.values == ["arbor", "mangrove", "other_shrub"]


def test_names_instead_of_codes():
    got = land_classes("地类", ["乔木林地", "国家特别规定灌木林地", "未成林造林地", "耕地", "外星"])
    assert got.values == ["arbor", "special_shrub", "young_planted", "cropland", None]
    assert got.unknown == {"外星": 1}
    assert got.generation == "names"


def test_unknown_codes_are_counted_not_guessed():
    got = land_classes("DI_LEI", ["0111", "0111", "0999", "0999", ""])
    assert got.values == ["arbor", "arbor", None, None, None]
    assert got.unknown == {"0999": 2}


def test_a_column_that_is_no_land_class_says_so():
    got = land_classes("X", ["77777", "88888"])
    assert got.values == [None, None]
    assert "obey no known list" in str(got.doubts[0])


def test_every_class_is_in_the_code_list():
    mapped = {c for table in GENERATIONS.values() for c in table.values()} | {c for _, c in NAMES}
    assert mapped <= set(LAND_CLASSES)


@given(st.sampled_from([FORESTRY4, OLD3, LINKED6]), st.data())
def test_code_and_name_together_is_the_code(table, data):
    code = data.draw(st.sampled_from(sorted(table)))
    generation = {id(FORESTRY4): "forestry4", id(OLD3): "old3", id(LINKED6): "linked6"}[id(table)]
    got = land_classes("DI_LEI", [f"{code}-某地"], "", generation)
    assert got.values == [table[code]]


def test_special_names_win_over_general_ones():
    assert by_name("森林沼泽") == "forest_swamp"
    assert by_name("其他林地") == "other_bare"
    assert by_name("非林地") == "other"
    assert by_name("") is None
