"""Each of the thirteen rules finds what is planted, and nothing in a county that is right."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from shapely.affinity import translate as moved

from linzhang_plugin.core.messages import CancelledError, InputError
from linzhang_plugin.core.tables.checks import RULES, check_plan, counts, finding_frame
from linzhang_plugin.core.tables.plan_tables import FINDING
from linzhang_plugin.core.tables.rules import parse
from linzhang_plugin.core.tables.schema import TABLES
from tests.truth.small_county import SIDE, SOUTH, TOWNS, WEST, YEAR, small_county

RULE_SET = parse('{"name": "t", "kind": "grids", "min_mu": 1000, "max_mu": 2000}', "t")
A1, A2, B1 = f"{TOWNS[0]}W001", f"{TOWNS[0]}W002", f"{TOWNS[1]}W001"


def completed(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Give every table all its columns, as the store does."""
    made = {}
    for name, frame in tables.items():
        missing = [c for c in TABLES[name].names if c not in frame.columns]
        made[name] = frame.assign(**dict.fromkeys(missing, None))
    return made


@pytest.fixture
def tables():
    return completed(small_county())


def found(tables, year=YEAR):
    return check_plan(tables, year, RULE_SET, "360702")


def only(tables, rule, severity="error"):
    """Give the findings of one rule; no other rule may have found an error."""
    every = found(tables)
    others = [f for f in every if f.rule != rule and f.severity == "error"]
    assert not others, [str(f.text) for f in others]
    return [f for f in every if f.rule == rule and f.severity == severity]


def at(frame, **values):
    mask = pd.Series(True, index=frame.index)
    for name, value in values.items():
        mask &= frame[name] == value
    assert mask.any()
    return mask


def test_a_county_that_is_right_has_no_findings(tables):
    assert [str(f.text) for f in found(tables)] == []


def test_a_year_without_plan_is_refused(tables):
    with pytest.raises(InputError, match="no plan of 1999"):
        found(tables, 1999)


def test_cancelling_stops_at_once(tables):
    with pytest.raises(CancelledError):
        check_plan(tables, YEAR, RULE_SET, progress=lambda f, m=None: False)


def test_rule_1_orphan_stand(tables):
    gs = tables["grid_stand"]
    tables["grid_stand"] = gs[~at(gs, stand_id="S00")]
    every = found(tables)
    orphan = [f for f in every if f.rule == 1]
    assert [f.id for f in orphan] == ["S00"]
    assert "in no grid" in str(orphan[0].text)
    # The written mu no longer add up either.
    assert {f.rule for f in every} == {1, 10}


def test_rule_1_stand_in_two_grids(tables):
    row = {"grid_code": A2, "grid_year": YEAR, "stand_id": "S00", "share": 1.0}
    tables["grid_stand"] = pd.concat([tables["grid_stand"], pd.DataFrame([row])])
    twice = [f for f in found(tables) if f.rule == 1]
    assert [f.id for f in twice] == ["S00"] and A1 in str(twice[0].text)


def test_rule_1_shares_of_a_cut_stand_add_up(tables):
    gs = tables["grid_stand"]
    gs.loc[at(gs, stand_id="S04"), "share"] = 0.4
    row = {"grid_code": A2, "grid_year": YEAR, "stand_id": "S04", "share": 0.6}
    tables["grid_stand"] = pd.concat([gs, pd.DataFrame([row])], ignore_index=True)
    assert not [f for f in found(tables) if f.rule == 1]
    tables["grid_stand"].loc[40, "share"] = 0.5
    part = [f for f in found(tables) if f.rule == 1]
    assert len(part) == 1 and "90.0 %" in str(part[0].text)


def test_rule_1_leaves_farmland_alone(tables):
    tables["stand"].loc[at(tables["stand"], stand_id="S00"), "land_class"] = "cropland"
    gs = tables["grid_stand"]
    tables["grid_stand"] = gs[~at(gs, stand_id="S00")]
    assert not [f for f in found(tables) if f.rule == 1]


def test_rule_2_overlap_has_its_geometry(tables):
    grid = tables["grid"]
    index = grid.index[at(grid, grid_code=A1)][0]
    strip = shapely.box(WEST, SOUTH + SIDE, WEST + SIDE, SOUTH + SIDE + 3.0)
    grid.loc[index, "geometry"] = shapely.union(grid.geometry[index], strip)
    hits = only(tables, 2)
    assert len(hits) == 1 and hits[0].id == f"{A1},{A2}"
    assert hits[0].geometry.area == pytest.approx(3 * SIDE)


def test_rule_2_overlap_up_to_one_square_metre_is_noise(tables):
    grid = tables["grid"]
    index = grid.index[at(grid, grid_code=A1)][0]
    strip = shapely.box(WEST, SOUTH + SIDE, WEST + 0.9, SOUTH + SIDE + 1.0)
    grid.loc[index, "geometry"] = shapely.union(grid.geometry[index], strip)
    assert only(tables, 2) == []


def test_rule_2_gap_in_forest(tables):
    grid = tables["grid"]
    index = grid.index[at(grid, grid_code=B1)][0]
    hole = shapely.box(WEST + 6 * SIDE, SOUTH, WEST + 6 * SIDE + 10, SOUTH + 10)
    grid.loc[index, "geometry"] = shapely.difference(grid.geometry[index], hole)
    hits = only(tables, 2)
    assert [f.id for f in hits] == ["S06"] and hits[0].geometry.area == pytest.approx(100)


def swap(tables, first, second):
    """Let two stands change grids, in table and on the map."""
    gs, grid, stand = tables["grid_stand"], tables["grid"], tables["stand"]
    codes = {s: gs.loc[at(gs, stand_id=s), "grid_code"].iloc[0] for s in (first, second)}
    gs.loc[at(gs, stand_id=first), "grid_code"] = codes[second]
    gs.loc[at(gs, stand_id=second), "grid_code"] = codes[first]
    shapes = stand.set_index("stand_id").geometry
    for code in codes.values():
        members = gs.loc[gs["grid_code"] == code, "stand_id"]
        index = grid.index[at(grid, grid_code=code)][0]
        grid.loc[index, "geometry"] = shapely.union_all(shapes[members].to_numpy())


def test_rule_3_enclave(tables):
    # S20 joins grid 1 across the whole of grid 2's S10: no free link.
    swap(tables, "S00", "S20")
    hits = only(tables, 3, "warning")
    assert {f.id for f in hits} == {A1, f"{TOWNS[0]}W003"}
    assert all(f.mu == pytest.approx(300, abs=0.5) for f in hits)


def test_rule_3_a_gap_within_the_link_distance_is_no_enclave(tables):
    stand, grid = tables["stand"], tables["grid"]
    for frame in (stand, grid):
        # Everything of the second town moves 150 m to the east; one stand stays behind.
        east = frame["town_code"] == TOWNS[1]
        frame.loc[east, "geometry"] = [moved(g, 150.0) for g in frame.loc[east].geometry]
    index = stand.index[at(stand, stand_id="S05")][0]
    home = moved(stand.geometry[index], -150.0)
    grid_index = grid.index[at(grid, grid_code=B1)][0]
    shape = shapely.difference(grid.geometry[grid_index], stand.geometry[index])
    stand.loc[index, "geometry"] = home
    grid.loc[grid_index, "geometry"] = shapely.union(shape, home)
    assert only(tables, 3, "warning") == []
    far = parse('{"name": "t", "min_mu": 0, "max_mu": 9999, "link_distance_m": 100}', "t")
    hits = check_plan(tables, YEAR, far)
    assert [f.id for f in hits if f.rule == 3] == [B1]


def test_rule_4_vacant_grid(tables):
    duty = tables["assignment"]
    tables["assignment"] = duty[~at(duty, grid_code=A1, duty="ranger")]
    hits = only(tables, 4)
    assert [f.id for f in hits] == [A1] and "no full-time ranger" in str(hits[0].text)


def test_rule_4_two_rangers_only_at_the_same_time(tables):
    duty = tables["assignment"]
    mask = at(duty, grid_code=A1, duty="ranger")
    duty.loc[mask, "end_on"] = f"{YEAR}-06-30"
    row = duty[mask].iloc[0].to_dict() | {"person_id": "R99", "start_on": f"{YEAR}-07-01"}
    row["end_on"] = f"{YEAR}-12-31"
    person = tables["person"]
    new = person[at(person, person_id="R00")].assign(person_id="R99")
    tables["person"] = gpd.GeoDataFrame(pd.concat([person, new]), crs=person.crs)
    phone = pd.DataFrame({"person_id": ["R99"], "phone": ["19900000099"]})
    tables["person_private"] = pd.concat([tables["person_private"], phone])
    tables["assignment"] = pd.concat([duty, pd.DataFrame([row])], ignore_index=True)
    assert only(tables, 4) == []
    tables["assignment"].loc[len(duty), "start_on"] = f"{YEAR}-06-30"
    assert [f.id for f in only(tables, 4)] == [A1]


def test_rule_4_one_ranger_with_two_grids(tables):
    duty = tables["assignment"]
    duty.loc[at(duty, grid_code=A1, duty="ranger"), "person_id"] = "R01"
    hits = only(tables, 4)
    assert [(f.kind, f.id) for f in hits] == [("person", "R01")]


def test_rule_5_bounds(tables):
    narrow = parse('{"name": "t", "min_mu": 1501, "max_mu": 1502}', "t")
    hits = [f for f in check_plan(tables, YEAR, narrow) if f.rule == 5]
    assert len(hits) == 8 and all("less than" in str(f.text) for f in hits)
    narrow = parse('{"name": "t", "min_mu": null, "max_mu": 1500}', "t")
    hits = [f for f in check_plan(tables, YEAR, narrow) if f.rule == 5]
    assert len(hits) == 8 and all("more than" in str(f.text) for f in hits)


def test_rule_6_town_crossed(tables):
    swap(tables, "S04", "S05")
    hits = [f for f in found(tables) if f.rule == 6]
    assert {f.id for f in hits} == {A1, B1}
    assert all(f.mu == pytest.approx(300.15) for f in hits)


def test_rule_7_limits_missing(tables):
    grid = tables["grid"]
    grid.loc[at(grid, grid_code=A1), ["bound_e", "bound_n"]] = ["", None]
    hits = only(tables, 7, "warning")
    assert len(hits) == 1 and "东至、北至" in str(hits[0].text)


def test_rule_8_hills(tables):
    tables["hill_duty"].loc[0, "share"] = 0.5
    assert "50.0 %" in str(only(tables, 8)[0].text)
    tables["hill_duty"] = tables["hill_duty"].iloc[:0]
    assert "belongs to no grid" in str(only(tables, 8, "warning")[0].text)


def rename(tables, old, new):
    for name in ("grid", "grid_stand", "assignment", "hill_duty"):
        tables[name]["grid_code"] = tables[name]["grid_code"].replace({old: new})


def test_rule_9_pattern_and_town(tables):
    rename(tables, A1, "一号网格")
    assert len(only(tables, 9, "warning")) == 1
    rename(tables, "一号网格", "360702199W001")
    assert "another town" in str(only(tables, 9)[0].text)


def test_rule_9_a_retired_code_never_comes_back(tables):
    older, middle = tables["grid"].copy(), tables["grid"].copy()
    older["grid_year"], middle["grid_year"] = YEAR - 2, YEAR - 1
    middle = middle[~at(middle, grid_code=A1)]
    tables["grid"] = pd.concat([older, middle, tables["grid"]], ignore_index=True)
    hits = only(tables, 9)
    assert [f.id for f in hits] == [A1] and str(YEAR - 1) in str(hits[0].text)


def test_rule_10_sums(tables):
    grid = tables["grid"]
    grid.loc[at(grid, grid_code=A1), "area_mu"] = 1_500.95
    hits = only(tables, 10)
    assert {f.kind for f in hits} == {"grid", "county"}
    assert "difference 0.2" in str(hits[0].text)
    grid.loc[at(grid, grid_code=A1), "area_mu"] = 1_500.84
    assert only(tables, 10) == []


def test_rule_10_names_areas_that_deviate(tables):
    stand = tables["stand"]
    stand.loc[at(stand, stand_id="S00"), "official_m2"] = 210_000.0
    notes = [f for f in found(tables) if f.rule == 10 and f.severity == "info"]
    assert [f.id for f in notes] == ["S00"]


def test_rule_11_dates(tables):
    person = tables["person"]
    person.loc[at(person, person_id="R00"), "active_to"] = f"{YEAR}-06-30"
    hits = only(tables, 11)
    assert [f.id for f in hits] == ["R00"]
    duty = tables["assignment"]
    duty.loc[at(duty, person_id="R01", duty="ranger"), "end_on"] = None
    assert [f.id for f in only(tables, 11, "warning")] == ["R01"]


def test_rule_12_public_fields(tables):
    phones = tables["person_private"]
    tables["person_private"] = phones[~at(phones, person_id="R00")]
    person = tables["person"]
    person.loc[at(person, person_id="V1"), "publish_agreed"] = False
    tables["notice_board"]["supervision_phone"] = None
    hits = only(tables, 12, "warning")
    assert [f.id for f in hits] == ["R00", "V1", "B1"]


def test_findings_become_rows_with_geometry(tables):
    tables["person_private"] = tables["person_private"].iloc[:0]
    tables["notice_board"]["unit_code"] = None
    grid = tables["grid"]
    grid.loc[at(grid, grid_code=A1), "area_mu"] = 9.0
    every = found(tables)
    frame = finding_frame(every, grid)
    assert list(frame.columns) == [*FINDING.names, "geometry"]
    assert frame.geometry.notna().all() and not frame.geometry.is_empty.any()
    assert set(frame.geometry.geom_type) == {"MultiPolygon"}
    assert sum(counts(every).values()) == len(frame) == len(every)
    assert all(f.severity in ("error", "warning", "info") for f in every)


def test_every_rule_is_listed_once():
    assert [number for number, _, _ in RULES] == list(range(1, 14))


def test_order_of_rows_changes_nothing(tables):
    swap(tables, "S00", "S20")
    first = [str(f.text) for f in found(tables)]
    shuffled = {
        name: frame.sample(frac=1, random_state=7).reset_index(drop=True)
        for name, frame in tables.items()
    }
    assert sorted(first) == sorted(str(f.text) for f in found(shuffled))


def with_slopes(tables):
    """Add a register that is right: one site under way, one tended, one candidate each way."""
    shapes = [shapely.box(WEST + x, SOUTH, WEST + x + 50, SOUTH + 50) for x in (0, 200, 400)]
    sites = gpd.GeoDataFrame(
        {
            "site_code": ["360702B240001", "360702B240002"],
            "status": ["working", "tending"],
            "area_m2": [2500.0, 2500.0],
            "measure": ["03", "03"],
            "resp_unit": ["示例镇", "示例镇"],
            "accepted_on": [None, "2024-05-01"],
        },
        geometry=shapes[:2],
        crs=tables["grid"].crs,
    )
    checks = pd.DataFrame(
        {
            "site_code": ["360702B240002"],
            "check_on": ["2024-05-01"],
            "kind": ["acceptance"],
            "passed": [True],
        }
    )
    moves = pd.DataFrame(
        {
            "site_code": ["360702B240001", "360702B240002"],
            "move_no": [1, 1],
            "from_status": ["approved", "passed"],
            "to_status": ["working", "tending"],
        }
    )
    queue = gpd.GeoDataFrame(
        {"candidate_no": ["Y1"], "status": ["verified"], "site_code": ["360702B240001"]},
        geometry=shapes[2:],
        crs=tables["grid"].crs,
    )
    names = {"bare_slope": sites, "bare_slope_check": checks, "bare_slope_move": moves}
    return completed({**tables, **names, "slope_review": queue})


def test_a_register_that_is_right_has_no_findings(tables):
    assert [str(f.text) for f in found(with_slopes(tables))] == []


@pytest.mark.parametrize(
    ("table", "column", "row", "value", "word"),
    [
        ("bare_slope", "site_code", 0, "X1", "county6"),
        ("bare_slope", "area_m2", 0, 3000.0, "outline"),
        ("bare_slope", "accepted_on", 1, None, "acceptance"),
        ("bare_slope", "measure", 0, None, "措施"),
        ("bare_slope", "status", 0, "waiting", "last move"),
        ("bare_slope_check", "passed", 0, False, "acceptance"),
        ("bare_slope_move", "from_status", 0, "suspected", "not allowed"),
        ("slope_review", "site_code", 0, "360702B240009", "Y1"),
    ],
)
def test_rule_13_tells_what_is_wrong_in_the_register(tables, table, column, row, value, word):
    made = with_slopes(tables)
    made[table].loc[row, column] = value
    told = [str(f.text) for f in found(made) if f.rule == 13]
    assert any(word in text for text in told), told


def test_rule_13_tells_overlaps_and_what_imagery_does_not_show(tables):
    made = with_slopes(tables)
    sites = made["bare_slope"]
    sites.loc[1, "geometry"] = moved(sites.geometry[0], 20, 0)
    seen = {"site_code": "360702B240002", "check_on": "2024-09-01", "kind": "imagery",
            "passed": False}  # fmt: skip
    made["bare_slope_check"] = pd.concat(
        [made["bare_slope_check"], pd.DataFrame([seen])], ignore_index=True
    )
    told = [(f.severity, str(f.text)) for f in found(made) if f.rule == 13]
    assert [s for s, t in told if "lie over" in t] == ["error"]
    assert [s for s, t in told if "imagery" in t] == ["warning"]
