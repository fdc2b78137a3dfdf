from __future__ import annotations

import pytest

from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.tables.intake.aliases import PERSON_ALIASES, STAND_ALIASES
from linzhang_plugin.core.tables.intake.names import match_fields, plain_name, read_field_map


def stand_match(*columns, given=None):
    return match_fields(columns, STAND_ALIASES, given).columns


@pytest.mark.parametrize(
    "columns",
    [
        "SHENG XIAN XIANG CUN LIN_BAN XIAO_BAN MIAN_JI DI_LEI SEN_LIN_LB QI_YUAN YOU_SHI_SZ",
        "sheng xian xiang cun lin_ban xiao_ban mian_ji di_lei sen_lin_lb qi_yuan you_shi_sz",
        "省 县 乡 村 林班 小班 面积 地类 森林类别 起源 优势树种",
        "省代码 县代码 乡镇代码 村代码 林班号 小班号 小班面积 地类代码 森林类别 起源 优势树种组",
        "SHENG XIANDM XZDM CUNDM LBH XBH XBMJ DLBM SLLB QY YSSZ",
    ],
)
def test_a_province_names_the_same_fields(columns):
    words = columns.split()
    fields = "sheng xian xiang cun lin_ban xiao_ban official di_lei sen_lin_lb qi_yuan you_shi_sz"
    found = stand_match(*words)
    assert {name: found[name] for name in fields.split()} == dict(
        zip(fields.split(), words, strict=True)
    )


def test_previous_period_is_never_taken():
    assert "di_lei" not in stand_match("Q_DI_LEI", "Q_L_Z", "XIANG")


def test_the_likelier_alias_wins_and_a_column_is_taken_once():
    found = match_fields(["MJ", "MIAN_JI", "XBMJ"], STAND_ALIASES)
    assert found.columns == {"official": "MIAN_JI"}
    assert found.unmapped == ["MJ", "XBMJ"]


def test_names_cut_to_ten_bytes():
    found = match_fields(["国家级公益", "XIANG_1"], STAND_ALIASES)
    assert found.columns == {"gjgyl_bhdj": "国家级公益", "xiang": "XIANG_1"}
    assert set(found.how.values()) == {"cut name"}


def test_a_join_prefix_of_a_geodatabase():
    assert stand_match("xb2024.DI_LEI", "xb2024.XIAO_BAN") == {
        "di_lei": "xb2024.DI_LEI",
        "xiao_ban": "xb2024.XIAO_BAN",
    }


def test_the_user_wins_and_can_say_that_a_field_is_not_there():
    assert stand_match("DI_LEI", "DLBM", given={"di_lei": "dlbm"}) == {"di_lei": "DLBM"}
    assert stand_match("DI_LEI", given={"di_lei": ""}) == {}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"dilei": "DI_LEI"}, "names the field dilei, which does not exist"),
        ({"di_lei": "DLMC"}, "from column DLMC, which the file lacks"),
    ],
)
def test_a_field_map_that_does_not_fit_is_refused(given, sentence):
    with pytest.raises(InputError, match=sentence):
        stand_match("DI_LEI", given=given)


def test_roster_titles():
    columns = ["序号", "姓名", "性别", "身份证号码", "乡（镇）", "行政村", "类别", "联系电话"]
    columns.append("管护面积（亩）")
    found = match_fields(columns, PERSON_ALIASES).columns
    assert found == {
        "name": "姓名",
        "id_number": "身份证号码",
        "town": "乡（镇）",
        "village": "行政村",
        "role": "类别",
        "phone": "联系电话",
        "contract_mu": "管护面积（亩）",
    }


@pytest.mark.parametrize(
    "text",
    [
        '{"di_lei": "DLBM", "official": "XBMJ"}',
        "di_lei=DLBM; official=XBMJ",
        "di_lei = DLBM\nofficial=XBMJ",
    ],
)
def test_field_map_as_json_or_pairs(text):
    assert read_field_map(text) == {"di_lei": "DLBM", "official": "XBMJ"}


@pytest.mark.parametrize("text", ["{no json", "di_lei DLBM"])
def test_field_map_that_is_neither(text):
    with pytest.raises(InputError, match="FIELD_MAP"):
        read_field_map(text)


def test_every_alias_is_unambiguous_in_the_tables_that_need_it():
    for aliases in (STAND_ALIASES, PERSON_ALIASES):
        seen = {}
        for field, words in aliases.items():
            for alias in words.split():
                assert seen.setdefault(plain_name(alias), field) == field, alias
