"""Hills, grids and people with a known answer."""

from itertools import pairwise

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from linzhang_plugin.core.hills.responsibility import hill_duties, hill_responsibility
from linzhang_plugin.core.messages import InputError

CRS = "EPSG:4547"


@pytest.fixture
def county():
    hills = gpd.GeoDataFrame(
        {"hill_id": ["H1", "H2", "H3"], "hill_name": ["东岭", "西岭", None]},
        geometry=[
            shapely.box(0, 0, 100, 100),
            shapely.box(100, 0, 300, 100),
            shapely.box(300, 0, 400, 100),
        ],
        crs=CRS,
    )
    grids = gpd.GeoDataFrame(
        {"grid_code": ["W001", "W002", "W003"]},
        geometry=[
            shapely.box(0, 0, 150, 100),
            shapely.box(150, 0, 300, 100),
            shapely.box(300, 0, 350, 100),
        ],
        crs=CRS,
    )
    assignment = pd.DataFrame(
        [
            ("W001", "P1", "ranger"),
            ("W001", "P2", "assistant"),
            ("W001", "P3", "assistant"),
            ("W001", "P4", "supervisor"),
            ("W002", "P5", "ranger"),
            ("W001", "P6", "county_chief"),
            ("W002", "P9", "police"),
        ],
        columns=["grid_code", "person_id", "duty"],
    )
    person = pd.DataFrame(
        {"person_id": [f"P{n}" for n in range(1, 7)], "name": list("甲乙丙丁戊己")}
    )
    return hills, grids, assignment, person


def test_shares_people_and_orphans(county):
    made = hill_responsibility(*county)
    got = [
        (r.hill_id, r.grid_code if isinstance(r.grid_code, str) else None, round(r.share, 9))
        for r in made.rows.itertuples()
    ]
    assert got == [
        ("H1", "W001", 1.0),
        ("H2", "W002", 0.75),
        ("H2", "W001", 0.25),
        ("H3", "W003", 0.5),
        ("H3", None, 0.5),
    ]
    rows = made.rows.set_index(["hill_id", "grid_code"])
    first = rows.loc[("H1", "W001")]
    assert (first.ranger, first.assistants, first.supervisor) == ("甲", "乙、丙", "丁")
    assert first.county_chief == "己"
    assert first.problem is None
    assert made.orphans.hill_id.tolist() == ["H3"]
    assert made.orphans.area_mu.tolist() == pytest.approx([100 * 100 * 15 / 10000])
    assert "no ranger" in str(rows.loc[("H3", "W003")].problem)


def test_shares_of_a_hill_add_up_to_one(county):
    made = hill_responsibility(*county)
    assert made.rows.groupby("hill_id").share.sum().tolist() == pytest.approx([1, 1, 1])


def test_two_full_time_rangers_in_a_grid_are_told(county):
    hills, grids, assignment, person = county
    assignment.loc[len(assignment)] = ("W002", "P3", "ranger")
    made = hill_responsibility(hills, grids, assignment, person)
    told = made.rows.set_index(["hill_id", "grid_code"]).problem[("H2", "W002")]
    assert "several" in str(told)


def test_slivers_of_drawing_are_no_share(county):
    hills, grids, assignment, person = county
    grids.geometry = [
        shapely.box(0, 0, 150, 100),
        shapely.box(150, 0, 300.4, 100),
        shapely.box(300.4, 0, 400, 100),
    ]
    made = hill_responsibility(hills, grids, assignment, person)
    assert made.rows[made.rows.hill_id == "H3"].grid_code.tolist() == ["W003"]


def test_different_crs_are_refused(county):
    hills, grids, assignment, person = county
    with pytest.raises(InputError, match="CRS"):
        hill_responsibility(hills.to_crs(4490), grids, assignment, person)


def test_duties_share_out_the_guarded_ground(county):
    hills, grids, _, _ = county
    made = hill_duties(hills, grids, 2026)
    got = [(r.hill_id, r.grid_code, round(r.share, 9)) for r in made.itertuples()]
    assert got == [
        ("H1", "W001", 1.0),
        ("H2", "W002", 0.75),
        ("H2", "W001", 0.25),
        ("H3", "W003", 1.0),
    ]
    assert (made.grid_year == 2026).all()


def cut(hill, pieces):
    """One hill and grids named by their order."""
    hills = gpd.GeoDataFrame({"hill_id": ["H1"]}, geometry=[hill], crs=CRS)
    codes = [f"W{n:03d}" for n in range(len(pieces))]
    grids = gpd.GeoDataFrame({"grid_code": codes}, geometry=pieces, crs=CRS)
    none = pd.DataFrame({"grid_code": [], "person_id": [], "duty": []}, dtype=object)
    made = hill_responsibility(hills, grids, none, pd.DataFrame({"person_id": [], "name": []}))
    return [
        (r.grid_code if isinstance(r.grid_code, str) else None, round(r.share, 6))
        for r in made.rows.itertuples()
    ]


def test_ground_of_slivers_is_neither_lost_nor_an_orphan():
    hill = shapely.box(0, 0, 1000, 100)
    walls = [0, 4, 8, 12, 506, 1000]  # three slivers of 0.4 %, two pieces of 49.4 %
    pieces = [shapely.box(a, 0, b, 100) for a, b in pairwise(walls)]
    assert cut(hill, pieces) == [("W003", 0.5), ("W004", 0.5)]
    assert cut(hill, pieces[:4]) == [("W003", 0.506), (None, 0.494)]
    assert cut(hill, pieces[:1]) == [(None, 1.0)]


def test_a_hill_of_nothing_but_slivers_keeps_its_largest():
    walls = [0, *(4.9 * n for n in range(1, 204)), 1000]
    pieces = [shapely.box(a, 0, b, 100) for a, b in pairwise(walls)]
    got = cut(shapely.box(0, 0, 1000, 100), [pieces[0].buffer(0.01), *pieces[1:]])
    assert sum(share for _, share in got) == pytest.approx(1)
    assert len(got) < 5
    assert None not in dict(got)


def test_grids_over_each_other_keep_their_whole_share():
    both = [shapely.box(0, 0, 800, 100), shapely.box(200, 0, 1000, 100)]
    assert cut(shapely.box(0, 0, 1000, 100), both) == [("W000", 0.8), ("W001", 0.8)]
