"""A year's plan out of and into a workspace: what is refused, and what is stored."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from linzhang_plugin.core.messages import InputError, StoreError
from linzhang_plugin.core.tables.checks import TABLES, check_plan
from linzhang_plugin.core.tables.rules import parse
from linzhang_plugin.workspace.plans import adopt_plan, read_plan, status_of
from tests.truth.small_county import CRS, TOWNS, YEAR

NEXT = YEAR + 1
A1, A2, B1 = f"{TOWNS[0]}W001", f"{TOWNS[0]}W002", f"{TOWNS[1]}W001"
RULES = parse('{"name": "t", "min_mu": 1000, "max_mu": 2000}', "t")


@pytest.fixture
def plan(workspace):
    """Give next year's plan, as optimizegrids would: last year's again."""
    loaded = read_plan(workspace, NEXT)
    grids = workspace.read("grid").assign(grid_year=NEXT, previous_grid_code=lambda f: f.grid_code)
    stand_grid = loaded.stands[["stand_id", "previous_grid_code", "geometry"]]
    return grids, stand_grid.rename(columns={"previous_grid_code": "grid_code"})


def adopt(workspace, plan, status="draft", **more):
    return adopt_plan(workspace, NEXT, *plan, status, **more)


def test_last_years_plan_is_the_start_of_the_next(workspace):
    plan = read_plan(workspace, NEXT)
    assert (plan.previous_year, plan.has_plan) == (YEAR, False)
    assert len(plan.stands) == 40 and plan.stands["grid_code"].isna().all()
    assert plan.stands["previous_grid_code"].notna().all()
    assert plan.stands["start_grid_code"].equals(plan.stands["previous_grid_code"])
    assert sorted(plan.rangers["person_id"]) == sorted(
        f"R{t}{g}" for t in range(2) for g in range(4)
    )
    held = dict(zip(plan.rangers["person_id"], plan.rangers["previous_grid_code"], strict=True))
    assert held["R00"] == A1 and held["R10"] == B1
    assert set(plan.grids["grid_year"]) == {YEAR}


def test_a_year_with_a_plan_gives_its_own(workspace):
    plan = read_plan(workspace, YEAR)
    assert plan.has_plan and plan.previous_year is None
    assert plan.stands["grid_code"].notna().all()
    assert plan.stands["previous_grid_code"].isna().all()
    assert plan.stands["start_grid_code"].equals(plan.stands["grid_code"])


def test_farmland_and_retired_stands_are_left_out(workspace):
    change = pd.DataFrame(
        {
            "stand_id": ["S00", "S01", "S02"],
            "land_class": ["cropland", "arbor", "arbor"],
            "last_year": [None, YEAR, None],
            "first_year": [None, None, NEXT],
        }
    )
    workspace.write({"stand": change})
    assert len(read_plan(workspace, NEXT).stands) == 38
    assert "S02" not in set(read_plan(workspace, YEAR).stands["stand_id"])


def test_what_the_import_said_counts_where_no_plan_knows_the_stand(workspace):
    rows = workspace.read("stand", {"stand_id": "S00"}).assign(
        stand_id="new", previous_grid_code=A2
    )
    workspace.write({"stand": rows})
    stands = read_plan(workspace, NEXT).stands.set_index("stand_id")
    assert stands.at["new", "previous_grid_code"] == A2


def test_a_leaving_ranger_leaves_a_vacant_post_a_newcomer_takes_it(workspace):
    leaver = pd.DataFrame({"person_id": ["R00"], "active_to": [f"{YEAR}-12-31"]})
    workspace.write({"person": leaver})
    posts = read_plan(workspace, NEXT).rangers
    vacant = posts[posts["person_id"] == ""]
    assert vacant["previous_grid_code"].tolist() == [A1]
    assert vacant["town_code"].tolist() == [TOWNS[0]]
    grid = workspace.read("grid").set_index("grid_code").geometry[A1]
    assert grid.contains(vacant.geometry.iloc[0])
    new = workspace.read("person", {"person_id": "R01"}).assign(
        person_id="R99", active_from=f"{NEXT}-01-01"
    )
    workspace.write({"person": new})
    posts = read_plan(workspace, NEXT).rangers
    assert (posts["person_id"] == "").sum() == 0 and len(posts) == 8


def test_adopting_stores_grids_stands_and_duties(workspace, plan):
    done = adopt(workspace, plan, "proposed")
    assert (len(done.grid), done.n_assigned) == (8, 8)
    assert status_of(workspace, NEXT) == "proposed"
    grids = workspace.read("grid", {"grid_year": NEXT})
    assert grids["area_mu"].tolist() == pytest.approx([1500.75] * 8)
    assert set(grids["status"]) == {"proposed"} and grids["n_stands"].tolist() == [5] * 8
    welfare = grids.set_index("grid_code")["gyl_area_m2"]
    assert welfare[A1] == pytest.approx(1_000_500) and welfare[f"{TOWNS[0]}W004"] == 0
    duties = workspace.read("assignment", {"grid_year": NEXT})
    assert duties.groupby("duty").size().to_dict() == {"ranger": 8, "supervisor": 8}
    assert set(duties["start_on"]) == {f"{NEXT}-01-01"}
    tables = {name: workspace.read(name) for name in TABLES}
    found = check_plan(tables, NEXT, RULES)
    assert [str(f.text) for f in found] == []
    hills = workspace.read("hill_duty", {"grid_year": NEXT})
    assert hills["share"].sum() == pytest.approx(1.0)


def test_adopting_twice_gives_the_same_rows(workspace, plan, path, tmp_path):
    adopt(workspace, plan)
    first = workspace.read("assignment"), workspace.read("grid_stand")
    adopt(workspace, plan, replace=True)
    again = workspace.read("assignment"), workspace.read("grid_stand")
    for one, other in zip(first, again, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_other_duties_follow_their_grid_unless_the_holder_left(workspace, plan):
    workspace.write({"person": pd.DataFrame({"person_id": ["V1"], "active_to": [f"{YEAR}-12-31"]})})
    grids, stand_grid = plan
    new = f"{TOWNS[0]}W009"
    grids["grid_code"] = grids["grid_code"].replace({A1: new})
    stand_grid["grid_code"] = stand_grid["grid_code"].replace({A1: new})
    adopt(workspace, (grids, stand_grid))
    duties = workspace.read("assignment", {"grid_year": NEXT, "duty": "supervisor"})
    assert sorted(duties["grid_code"]) == sorted([new, A2, f"{TOWNS[0]}W003", f"{TOWNS[0]}W004"])


def test_replacing_keeps_contracts_that_still_hold(workspace, plan):
    adopt(workspace, plan)
    rows = workspace.read("assignment", {"grid_year": NEXT, "grid_code": A1})
    workspace.write({"assignment": rows.assign(contract_no="示例-1")})
    grids, stand_grid = plan
    swapped = {"R01": "R02", "R02": "R01"}
    grids["ranger_id"] = grids["ranger_id"].replace(swapped)
    adopt(workspace, (grids, stand_grid), replace=True)
    rows = workspace.read("assignment", {"grid_year": NEXT, "duty": "ranger"})
    by_grid = rows.set_index("grid_code")
    assert by_grid.at[A1, "contract_no"] == "示例-1"
    assert by_grid.at[A2, "person_id"] == "R02" and len(rows) == 8


def test_a_grid_that_goes_takes_its_rows_along(workspace, plan):
    adopt(workspace, plan)
    assert A1 in set(workspace.read("hill_duty", {"grid_year": NEXT})["grid_code"])
    grids, stand_grid = plan
    merged = shapely.union_all(grids.loc[grids["grid_code"].isin([A1, A2]), "geometry"].to_numpy())
    grids = grids[grids["grid_code"] != A1].reset_index(drop=True)
    grids.loc[grids["grid_code"] == A2, "geometry"] = gpd.GeoSeries([merged], crs=CRS).to_numpy()
    stand_grid["grid_code"] = stand_grid["grid_code"].replace({A1: A2})
    adopt(workspace, (grids, stand_grid), replace=True)
    assert workspace.count("grid", {"grid_year": NEXT}) == 7
    assert A1 not in set(workspace.read("hill_duty", {"grid_year": NEXT})["grid_code"])
    assert workspace.count("grid", {"grid_year": YEAR}) == 8
    assert workspace.count("hill_duty", {"grid_year": YEAR}) == 1


def test_a_confirmed_plan_cannot_be_replaced(workspace, plan):
    adopt(workspace, plan, "confirmed", confirmed_on=f"{NEXT}-03-01", editor="某甲")
    year = workspace.read("plan_year", {"grid_year": NEXT}).iloc[0]
    assert (year["status"], year["confirmed_on"]) == ("confirmed", f"{NEXT}-03-01")
    with pytest.raises(InputError, match="is confirmed"):
        adopt(workspace, plan, replace=True)
    with pytest.raises(StoreError, match="confirmed"):
        workspace.write({}, remove={"grid_stand": {"grid_year": NEXT}})


def test_a_second_plan_needs_replace(workspace, plan):
    adopt(workspace, plan)
    with pytest.raises(InputError, match="has a plan already"):
        adopt(workspace, plan)


def test_a_cut_stand_may_be_in_two_grids(workspace, plan):
    grids, stand_grid = plan
    rows = stand_grid[stand_grid["stand_id"] == "S00"]
    stand_grid = stand_grid.assign(share=1.0)
    stand_grid.loc[stand_grid["stand_id"] == "S00", "share"] = 0.25
    rest = rows.assign(grid_code=A2, share=0.75)
    done = adopt(workspace, (grids, pd.concat([stand_grid, rest], ignore_index=True)))
    mu = done.grid.set_index("grid_code")["area_mu"]
    assert mu[A1] == pytest.approx(1500.75 - 0.75 * 300.15)
    assert mu.sum() == pytest.approx(40 * 300.15)


def change(plan, **steps):
    grids, stand_grid = plan[0].copy(), plan[1].copy()
    for name, step in steps.items():
        if name == "grids":
            grids = step(grids)
        else:
            stand_grid = step(stand_grid)
    return grids, stand_grid


def put(frame, row, column, value):
    frame = frame.copy()
    frame[column] = frame[column].astype(object)
    frame.loc[frame.index[row], column] = value
    return frame


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ({"stands": lambda f: f[f["stand_id"] != "S00"]}, "Forest stands are in no grid: S00"),
        ({"stands": lambda f: put(f, 0, "stand_id", "X")}, "stands that the workspace does not: X"),
        ({"stands": lambda f: put(f, 0, "grid_code", None)}, "stands without a grid: S00"),
        ({"stands": lambda f: put(f, 0, "grid_code", "W9")}, "grids that GRIDS does not: W9"),
        ({"stands": lambda f: put(f, 0, "grid_code", B1)}, f"cross a town boundary: {B1}"),
        ({"stands": lambda f: pd.concat([f, f.iloc[:1]])}, "not in exactly one grid.*S00"),
        ({"stands": lambda f: f.drop(columns="grid_code")}, "STAND_GRID has no field grid_code"),
        ({"grids": lambda f: f[f["grid_code"] != A1]}, f"grids that GRIDS does not: {A1}"),
        ({"grids": lambda f: pd.concat([f, f.iloc[:1]])}, "occurs twice"),
        ({"grids": lambda f: put(f, 2, "grid_code", " ")}, "row 3: grid_code is empty"),
        ({"grids": lambda f: put(f, 0, "grid_year", 2001)}, "plan of 2001, not of 2026"),
        ({"grids": lambda f: put(f, 0, "town_code", TOWNS[1])}, "town_code is not that of"),
        ({"grids": lambda f: put(f, 0, "ranger_id", "nobody")}, "workspace does not have: nobody"),
        ({"grids": lambda f: put(f, 0, "ranger_id", "V0")}, "no rangers on duty in 2026: V0"),
        ({"grids": lambda f: put(f, 1, "ranger_id", "R00")}, "more than one grid: R00"),
        ({"grids": lambda f: f.drop(columns="grid_code")}, "GRIDS has no field grid_code"),
    ],
    ids=lambda v: v if isinstance(v, str) else None,
)
def test_a_wrong_plan_is_refused_and_nothing_written(workspace, plan, steps, said):
    with pytest.raises(InputError, match=said):
        adopt(workspace, change(plan, **steps))
    assert status_of(workspace, NEXT) == ""
    assert workspace.count("grid", {"grid_year": NEXT}) == 0


def test_a_grid_without_stands_is_refused(workspace, plan):
    grids, stand_grid = plan
    extra = grids.iloc[:1].assign(grid_code=f"{TOWNS[0]}W077", ranger_id=None)
    with pytest.raises(InputError, match="without a stand"):
        adopt(workspace, (pd.concat([grids, extra], ignore_index=True), stand_grid))


def test_a_vacant_grid_is_stored_without_ranger(workspace, plan):
    done = adopt(workspace, change(plan, grids=lambda f: put(f, 0, "ranger_id", None)))
    assert done.n_assigned == 7


def test_grids_drawn_by_hand_need_only_a_code(workspace, plan):
    grids, stand_grid = plan
    done = adopt(workspace, (grids[["grid_code", "geometry"]], stand_grid))
    assert done.grid["town_code"].tolist() == [c[:9] for c in done.grid["grid_code"]]
    assert workspace.read("grid", {"grid_year": NEXT})["area_mu"].sum() == pytest.approx(12006)


def test_an_empty_workspace_says_what_to_do(workspace):
    for name in ("hill_duty", "assignment", "grid_stand", "grid", "stand"):
        workspace.write({}, remove={name: {}})
    with pytest.raises(InputError, match="import stands first"):
        read_plan(workspace, NEXT)


def test_adopting_shares_the_hills_out_and_keeps_what_was_written(workspace, plan):
    adopt(workspace, plan)
    west, south, east, north = plan[0].total_bounds
    hills = gpd.GeoDataFrame(
        {"hill_id": ["H1"], "hill_name": ["示例岭"]},
        geometry=[shapely.multipolygons([shapely.box(west, south, east, north)])],
        crs=plan[0].crs,
    )
    workspace.write({"hill": hills})
    adopt(workspace, plan, replace=True)
    duties = workspace.read("hill_duty", {"grid_year": NEXT, "hill_id": "H1"})
    assert duties["share"].sum() == pytest.approx(1.0)
    assert len(duties) > 1
    duties["key_places"] = "示例墓区"
    written = duties[["grid_code", "grid_year", "hill_id", "share", "key_places"]]
    workspace.write({"hill_duty": written})
    adopt(workspace, plan, replace=True)
    duties = workspace.read("hill_duty", {"grid_year": NEXT})
    assert (duties["key_places"] == "示例墓区").all()
