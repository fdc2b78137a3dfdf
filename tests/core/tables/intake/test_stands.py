from __future__ import annotations

import json
import time

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from linzhang_plugin.core.messages import CancelledError, InputError
from linzhang_plugin.core.tables.intake import shapes
from linzhang_plugin.core.tables.intake.areas import official_areas
from linzhang_plugin.core.tables.intake.standreport import stand_report
from linzhang_plugin.core.tables.intake.stands import StandOptions, intake_stands
from linzhang_plugin.core.tables.intake.units import units_of_stands
from linzhang_plugin.core.tables.schema import STAND
from linzhang_plugin.core.tables.units import MU_M2
from tests.truth import delivered


@pytest.fixture
def office():
    return delivered.make()


def kinds(intake, kind):
    return {(f.row, f.item): str(f.text) for f in intake.findings if f.kind == kind}


def notes(intake):
    return "\n".join(map(str, [*intake.notes, *intake.warnings]))


def test_planted_county_comes_out_as_planted(office):
    got = intake_stands(office.stands, StandOptions())
    frame = got.frame
    assert got.n_refused == 0
    assert list(frame["stand_id"])[:2] == ["369901101201000100001", "369901101201000100002"]
    assert set(frame["town_code"]) == {"369901101", "369901102", "369901201"}
    assert set(frame["village_code"].str[9:]) == {"201", "202"}
    forest = frame["land_class"] != "cropland"
    assert set(frame.loc[forest, "stand_id"]) == set(office.grid_of)
    np.testing.assert_allclose(frame["area_m2"], delivered.SIDE**2)
    np.testing.assert_allclose(frame["official_m2"], office.stands["MIAN_JI"] * 10_000)
    assert got.official.unit == "ha"
    assert got.land.generation == "forestry4"
    assert json.loads(frame["raw_json"][0])["BHYY"] == "5-林木采伐"
    assert [c for c in STAND.names if c not in frame.columns] == []
    assert frame.crs.to_epsg() == 4547


def test_codes_stored_as_numbers_give_the_same_stands(office):
    numbers = office.stands.copy()
    for column in ("SHENG", "XIAN", "XIANG", "CUN", "LIN_BAN", "XIAO_BAN", "DI_LEI", "PO_DU"):
        numbers[column] = numbers[column].astype(float)
    texts, got = (intake_stands(s, StandOptions()).frame for s in (office.stands, numbers))
    # 0113 as a number is 113: another generation with the same meaning.
    for column in ("stand_id", "town_code", "village_code", "lin_ban", "land_class", "po_du"):
        assert list(texts[column]) == list(got[column]), column


@pytest.mark.parametrize(("unit", "size"), [("ha", 1e4), ("mu", MU_M2), ("m2", 1.0)])
def test_the_unit_of_the_official_area_is_told_from_the_geometry(office, unit, size):
    stands = office.stands.assign(MIAN_JI=office.stands["MIAN_JI"] * 1e4 / size)
    got = intake_stands(stands, StandOptions())
    assert got.official.unit == unit
    assert got.frame["official_m2"].sum() == pytest.approx(office.stands["MIAN_JI"].sum() * 1e4)


def test_an_area_column_under_a_strange_name_is_told_by_its_values(office):
    got = intake_stands(office.stands.rename(columns={"MIAN_JI": "F17"}), StandOptions())
    assert got.match.columns["official"] == "F17"
    assert got.match.how["official"] == "values"


def test_an_area_that_fits_no_unit_is_not_used(office):
    stands = office.stands.assign(MIAN_JI=np.arange(len(office.stands)) + 1.0)
    got = intake_stands(stands, StandOptions())
    assert got.official.unit == ""
    assert got.frame["official_m2"].isna().all()
    assert "unit of MIAN_JI cannot be told" in notes(got)


def test_deviants_are_listed_and_the_totals_shown(office):
    stands = office.stands.copy()
    stands.loc[4, "MIAN_JI"] *= 1.02
    got = intake_stands(stands, StandOptions())
    assert list(kinds(got, "area")) == [(5, got.frame["stand_id"][4])]
    page = stand_report(got, "小班").html()
    assert "Difference (official − drawn)" in page
    assert f"{round(got.frame['official_m2'].sum(), 1):,}" in page


def bad(office, row, shape):
    stands = office.stands.copy()
    stands.loc[row, "geometry"] = shape
    return intake_stands(stands, StandOptions())


X, Y, S = delivered.WEST, delivered.SOUTH, delivered.SIDE


def test_a_bow_tie_is_repaired_and_listed(office):
    bow = shapely.Polygon([(X, Y), (X + S, Y + S), (X + S, Y), (X, Y + S)])
    got = bad(office, 3, bow)
    assert "Self-intersection" in kinds(got, "repaired")[(4, got.frame["stand_id"][3])]
    assert got.frame.geometry[3].is_valid
    assert got.frame["area_m2"][3] == pytest.approx(S * S / 2)


@pytest.mark.parametrize(
    ("shape", "reason"),
    [
        (None, "has no geometry"),
        (shapely.Polygon(), "has no geometry"),
        (shapely.Polygon([(X, Y), (X + 9, Y), (X, Y)]), "has no area"),
        (shapely.box(X, Y, X + 1e-3, Y + 1e-3), "has an area of"),
        (shapely.Point(X, Y), "is no polygon"),
        (shapely.Polygon([(X, Y), (X, np.inf), (X + 9, Y + 9)]), "no numbers"),
    ],
)  # fmt: skip
def test_what_is_no_polygon_is_refused_and_listed(office, shape, reason):
    got = bad(office, 3, shape)
    assert got.n_refused == 1
    ((key, text),) = kinds(got, "refused").items()
    assert key[0] == 4
    assert reason in text


def test_z_is_dropped_and_multipart_kept(office):
    parts = shapely.MultiPolygon(
        [shapely.box(X - 5 * S, Y, X - 4 * S, Y + S), shapely.box(X - 3 * S, Y, X - 2 * S, Y + S)]
    )
    got = bad(office, 0, shapely.force_3d(parts, 88.0))
    assert not got.frame.geometry[0].has_z
    assert len(got.frame.geometry[0].geoms) == 2
    assert set(got.frame.geom_type) == {"MultiPolygon"}


def test_duplicate_ids_are_refused_with_both_rows(office):
    stands = office.stands.copy()
    stands.loc[5, ["LIN_BAN", "XIAO_BAN", "CUN"]] = stands.loc[2, ["LIN_BAN", "XIAO_BAN", "CUN"]]
    got = intake_stands(stands, StandOptions())
    (text,) = kinds(got, "refused").values()
    assert "has the id of row 3" in text
    assert got.frame["stand_id"].is_unique


def test_columns_that_are_no_key_are_not_used_as_one(office):
    got = intake_stands(office.stands.assign(LIN_BAN="0001", XIAO_BAN="00001"), StandOptions())
    assert got.n_refused == 0
    assert got.frame["stand_id"][0] == "R000001"
    assert "cannot identify stands" in notes(got)


def test_land_without_number_is_numbered_within_its_compartment(office):
    stands = office.stands.copy()
    stands.loc[[0, 1, 2], "XIAO_BAN"] = ["99999", "99999", None]
    got = intake_stands(stands, StandOptions())
    assert got.n_refused == 0
    assert list(got.frame["stand_id"][:3]) == [
        "369901101201000199999-1", "369901101201000199999-2", "369901101201000100000-3",
    ]  # fmt: skip


def test_overlaps_are_found_like_the_slow_way(office):
    rng = np.random.default_rng(3)
    boxes = np.array(
        [shapely.box(x, y, x + w, y + h) for x, y, w, h in rng.uniform(1, 60, (120, 4))]
    )
    pairs, size = shapes.overlaps(boxes)
    slow = {
        (i, j): boxes[i].intersection(boxes[j]).area
        for i in range(120)
        for j in range(i + 1, 120)
        if boxes[i].intersection(boxes[j]).area > shapes.OVERLAP_M2
    }
    assert {tuple(p) for p in pairs.tolist()} == set(slow)
    np.testing.assert_allclose(size, list(slow.values()))


def test_neighbours_do_not_overlap_but_a_shifted_one_does(office):
    assert not kinds(intake_stands(office.stands, StandOptions()), "overlap")
    got = bad(
        office, 0, shapely.transform(office.stands.geometry[0], lambda c: c + np.array([10.0, 0.0]))
    )
    ((key, text),) = kinds(got, "overlap").items()
    assert key[0] == 1
    assert "by 2000.0 m²" in text
    assert got.overlap_m2 == pytest.approx(2000)


def test_slivers_are_told(office):
    got = bad(office, 0, shapely.box(X - 2 * S, Y, X - 2 * S + 0.5, Y + 3 * S))
    assert len(kinds(got, "sliver")) == 1


@pytest.mark.parametrize("crs", [4490, 4526, 4547])
def test_any_crs_gives_the_same_areas_and_comes_back(office, crs):
    got = intake_stands(office.stands.to_crs(crs), StandOptions())
    assert got.frame.crs.to_epsg() == crs
    np.testing.assert_allclose(got.frame["area_m2"], S * S, rtol=1e-6)


def test_prefix_mixed_up_is_put_right_and_told(office):
    moved = shapely.transform(office.stands.geometry.to_numpy(), lambda c: c + np.array([38e6, 0]))
    stands = office.stands.set_geometry(gpd.GeoSeries(moved, crs=4547))
    got = intake_stands(stands, StandOptions(layer="小班"))
    assert got.frame.crs.to_epsg() == 4526
    assert "zone prefix mixed up" in notes(got)
    np.testing.assert_allclose(got.frame["area_m2"], S * S, rtol=1e-6)


def test_old_datums_are_warned_of(office):
    got = intake_stands(office.stands.set_crs(2383, allow_override=True), StandOptions())
    assert "西安80" in notes(got)


def test_no_crs_is_refused_with_candidates(office):
    rows = pd.DataFrame(office.stands.drop(columns="geometry"))
    naked = gpd.GeoDataFrame(rows, geometry=office.stands.geometry.to_list())
    with pytest.raises(InputError, match=r"likely.*EPSG:4547 \(CGCS2000"):
        intake_stands(naked, StandOptions(layer="小班", county_code="369901"))


def test_coordinates_that_do_not_fit_the_crs_are_refused(office):
    with pytest.raises(InputError, match="do not fit its CRS"):
        intake_stands(office.stands.set_crs(4490, allow_override=True), StandOptions())


def test_a_layer_without_a_polygon_is_refused(office):
    empty = office.stands.copy()
    empty["geometry"] = [shapely.Point(X, Y)] * len(empty)
    with pytest.raises(InputError, match="no usable polygon: row 1 is no polygon"):
        intake_stands(gpd.GeoDataFrame(empty, crs=4547), StandOptions())


def test_no_towns_at_all_is_one_town_and_said(office):
    plain = office.stands[["MIAN_JI", "geometry"]]
    got = intake_stands(plain, StandOptions(county_code="369901"))
    assert set(got.frame["town_code"]) == {"369901001"}
    assert "taken as one town" in notes(got)
    assert set(got.frame["land_class"]) == {"arbor"}


def test_town_names_become_codes_known_ones_first(office):
    named = office.stands.assign(XIANG=office.stands["XIANG"].map(delivered.TOWNS))
    known = {"369901101": "青岭镇", "369901102": "白石镇"}
    got = intake_stands(named, StandOptions(towns=known))
    by_name = dict(zip(office.stands["XIANG"], got.frame["town_code"], strict=True))
    assert by_name["101"] == "369901101"
    assert by_name["102"] == "369901102"
    assert by_name["201"] == "369901301"
    assert got.places.town_names["369901301"] == "示例云田乡"
    assert "codes are made up" in notes(got)


def test_a_stand_without_town_gets_that_of_the_nearest(office):
    stands = office.stands.copy()
    stands.loc[7, "XIANG"] = None
    got = intake_stands(stands, StandOptions())
    assert got.frame["town_code"][7] == "369901101"
    assert len(kinds(got, "presumed")) == 1


def test_state_farms_are_towns_of_their_own(office):
    farm = ["501" if row < 4 else None for row in range(len(office.stands))]
    stands = office.stands.assign(LIN_CHANG=farm, LD_QS=["10" if f else "20" for f in farm])
    got = intake_stands(stands, StandOptions())
    assert list(got.frame["town_code"][:5]) == ["369901501"] * 4 + ["369901101"]


def test_wide_codes_of_the_land_survey(office):
    stands = office.stands.drop(columns=["XIAN", "SHENG"])
    stands["XIANG"] = "369901" + stands["XIANG"]
    stands["CUN"] = stands["XIANG"] + stands["CUN"] + "0000000"
    got = intake_stands(stands, StandOptions())
    assert got.places.county == "369901"
    assert list(got.frame["stand_id"]) == list(
        intake_stands(office.stands, StandOptions()).frame["stand_id"]
    )


def test_our_own_export_comes_back_as_it_was(office):
    first = intake_stands(office.stands, StandOptions()).frame
    again = intake_stands(first, StandOptions()).frame
    for column in ("stand_id", "town_code", "village_code", "land_class", "po_du", "sen_lin_lb"):
        assert list(first[column]) == list(again[column]), column
    np.testing.assert_allclose(first["official_m2"], again["official_m2"])


def test_same_input_same_table_and_untouched_input(office):
    before = office.stands.copy()
    one, two = (intake_stands(office.stands, StandOptions()) for _ in range(2))
    pd.testing.assert_frame_equal(pd.DataFrame(one.frame), pd.DataFrame(two.frame))
    assert stand_report(one, "x").html() == stand_report(two, "x").html()
    pd.testing.assert_frame_equal(pd.DataFrame(before), pd.DataFrame(office.stands))


def test_a_wrong_county_code_is_refused(office):
    with pytest.raises(InputError, match="COUNTY_CODE 赣州 is no 6-digit code"):
        intake_stands(office.stands, StandOptions(county_code="赣州"))


def test_rows_of_another_county_are_told(office):
    stands = office.stands.copy()
    stands.loc[0, "XIAN"] = "369902"
    got = intake_stands(stands, StandOptions())
    assert "1 rows are of other counties than 369901: 369902" in notes(got)


def test_cancel(office):
    with pytest.raises(CancelledError):
        intake_stands(office.stands, StandOptions(), lambda fraction, message=None: False)


def test_values_from_the_file_are_escaped_in_the_report(office):
    stands = office.stands.assign(DI_LEI="<img src=x>")
    page = stand_report(intake_stands(stands, StandOptions()), "<b>x</b>").html()
    assert "<img" not in page
    assert "<b>" not in page


@given(st.sampled_from(["ha", "mu", "m2"]), st.integers(0, 10_000))
def test_units_are_told_among_lognormal_stands(unit, seed):
    rng = np.random.default_rng(seed)
    area = rng.lognormal(11, 0.8, 200)
    size = {"ha": 1e4, "mu": MU_M2, "m2": 1.0}[unit]
    values = area / size * (1 + rng.normal(0, 0.01, 200))
    values[rng.random(200) < 0.2] = np.nan
    assert official_areas("MIAN_JI", values, area).unit == unit


def test_units_dissolve_and_add_up(office):
    frame = intake_stands(office.stands, StandOptions()).frame
    units = units_of_stands(frame, {"369901101": "示例青岭镇"}, {}, "示例县")
    assert units.groupby("level").size().to_dict() == {3: 1, 4: 3, 5: 6}
    for _, part in units.groupby("level"):
        assert part["area_m2"].sum() == pytest.approx(frame["area_m2"].sum())
    assert units.set_index("unit_code").loc["369901101", "unit_name"] == "示例青岭镇"
    assert units["presumed"].all()
    assert set(units["unit_code"]) >= set(units["parent_code"].dropna())


@pytest.mark.full
def test_sixty_thousand_stands_in_time():
    big = delivered.make(columns=300, rows=200)
    start = time.process_time()
    got = intake_stands(big.stands, StandOptions())
    assert len(got.frame) == 60_000
    assert time.process_time() - start < 60
