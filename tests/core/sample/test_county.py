"""The sample county: same seed same bytes, figures of the plan, stands that tile, planted truth."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from linzhang_plugin.core.grids.land.links import link_stands
from linzhang_plugin.core.sample.county import make_county
from linzhang_plugin.core.sample.names import TOWNS
from linzhang_plugin.core.tables.codes import FOREST_LAND
from linzhang_plugin.core.tables.schema import TABLES

MU = 10_000 / 15
FILLED = [
    "admin_unit",
    "stand",
    "hill",
    "person",
    "person_private",
    "plan_year",
    "grid",
    "grid_stand",
    "assignment",
    "road",
    "river",
    "water",
    "farmland",
    "settlement",
    "notice_board",
]

DIGEST = """
import hashlib, sys
from linzhang_plugin.core.sample.county import make_county
county = make_county(7, 2025, 0.06)
digest = hashlib.sha256()
for name in "admin_unit stand hill person grid grid_stand assignment road river".split():
    frame = getattr(county, name)
    shapes = frame.geometry.to_wkb().tolist() if "geometry" in frame else []
    plain = frame.drop(columns="geometry") if "geometry" in frame else frame
    digest.update(plain.to_csv(index=False).encode() + b"".join(s or b"" for s in shapes))
digest.update(county.dem.array.tobytes())
print(digest.hexdigest())
"""


@pytest.fixture(scope="module")
def county():
    return make_county(11, 2024, 0.2)


@pytest.fixture(scope="module")
def last(county):
    """Stand → grids of last year's plan."""
    return county.grid_stand.groupby("stand_id")["grid_code"].agg(sorted)


def test_same_seed_gives_the_same_bytes_whatever_the_hash_seed():
    prints = [
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("0", "4711")
    ]
    assert prints[0] == prints[1]
    assert len(prints[0]) == hashlib.sha256().digest_size * 2


def test_another_seed_gives_another_county():
    one, other = make_county(1, 2024, 0.06), make_county(2, 2024, 0.06)
    assert not np.array_equal(one.dem.array, other.dem.array)
    assert set(one.person["name"]) != set(other.person["name"])


@pytest.mark.parametrize("seed", [1, 2, 3, 5, 8])
def test_any_seed_makes_a_small_county(seed):
    county = make_county(seed, 2024, 0.06)
    assert shapely.is_valid(county.stand.geometry.to_numpy()).all()
    assert (county.grid["n_stands"] > 0).all()


@pytest.mark.parametrize("name", FILLED)
def test_columns_are_those_of_the_schema(county, name):
    frame, table = getattr(county, name), TABLES[name]
    known = {*table.names, "note", "geometry"}
    assert set(frame.columns) <= known
    for field in table.fields:
        if field.required:
            assert frame[field.name].notna().all(), field.name
        if field.width and field.name in frame:
            assert frame[field.name].dropna().astype(str).str.len().le(field.width).all()
    assert not frame.duplicated(list(table.key)).any()
    if table.geometry:
        assert set(frame.geometry.dropna().geom_type) <= {table.geometry}
        assert frame.crs.to_epsg() == 4547


def test_every_row_is_marked_as_sample(county):
    for name in ("admin_unit", "stand", "person", "grid", "road"):
        assert (getattr(county, name)["note"] == "示例").all()


def test_official_areas_add_up_to_each_towns_figure(county):
    official = county.stand.groupby("town_code")["official_m2"].sum() / MU
    for plan in (plan.scaled(0.2) for plan in TOWNS):
        if plan.forest_mu:
            assert official[plan.code] == pytest.approx(plan.forest_mu, abs=0.01)


def test_official_area_stays_near_the_drawn_one(county):
    off = county.stand["official_m2"] / county.stand["area_m2"] - 1
    assert off.abs().max() < 0.01
    assert off.abs().max() > 0.001
    drawn = county.stand.geometry.area
    assert np.allclose(drawn, county.stand["area_m2"], rtol=1e-9)


def test_public_welfare_forest_reaches_its_figure(county):
    own = county.stand[county.stand["sen_lin_lb"].isin(["11", "12"])]
    have = own.groupby("town_code")["official_m2"].sum() / MU
    for plan in (plan.scaled(0.2) for plan in TOWNS):
        if plan.welfare_mu:
            assert have.get(plan.code, 0.0) == pytest.approx(plan.welfare_mu, rel=0.08, abs=300)


def test_stands_do_not_overlap_and_borders_are_the_same_points(county):
    shapes = county.stand.geometry.to_numpy()
    assert shapely.is_valid(shapes).all()
    one, other = shapely.STRtree(shapes).query(shapes, predicate="overlaps")
    assert len(one) == 0, list(zip(one, other, strict=True))[:3]
    together = shapely.union_all(shapes)
    assert together.area == pytest.approx(shapely.area(shapes).sum(), rel=1e-9)


def test_stands_fields_water_and_houses_fill_the_county(county):
    whole = county.admin_unit.loc[county.admin_unit["level"] == 3].geometry.iloc[0]
    parts = [county.stand, county.farmland, county.water, county.built_up]
    filled = sum(frame.geometry.area.sum() for frame in parts)
    assert filled == pytest.approx(whole.area, rel=1e-6)
    assert len(shapely.get_parts(whole)) == 1


def test_stands_lie_in_their_village_and_villages_in_their_town(county):
    units = county.admin_unit.set_index("unit_code").geometry
    inner = county.stand.geometry.representative_point()
    for village, points in inner.groupby(county.stand["village_code"].to_numpy()):
        assert points.within(units[village].buffer(0.01)).all()
    for code, shape in units.items():
        if len(code) == 12:
            assert shape.difference(units[code[:9]].buffer(0.01)).area < 1.0


def test_sizes_of_stands_are_skewed_as_in_a_survey(county):
    mu = county.stand["area_m2"] / MU
    assert 90 < mu.mean() < 140
    assert mu.median() < mu.mean()
    assert mu.min() > 3
    assert mu.max() < 640


def test_species_have_their_shares(county):
    share = (
        county.stand.groupby("you_shi_sz")["official_m2"].sum() / county.stand["official_m2"].sum()
    )
    assert share["马尾松"] == pytest.approx(0.42, abs=0.06)
    assert share["杉木"] == pytest.approx(0.22, abs=0.04)
    assert share["毛竹"] == pytest.approx(0.05, abs=0.02)


def test_every_stand_is_forest_land_with_codes_of_the_lists(county):
    assert county.stand["land_class"].isin(FOREST_LAND).all()
    assert county.stand["po_du"].isin(list("123456")).all()
    assert county.stand["yu_bi_du"].between(0, 1).all()
    assert (county.stand["volume_m3"] >= 0).all()
    stocked = county.stand["land_class"] == "arbor"
    per_mu = county.stand.loc[stocked, "volume_m3"].sum() / (
        county.stand.loc[stocked, "official_m2"].sum() / MU
    )
    assert 3 < per_mu < 10


def test_steeper_stands_have_the_higher_slope_class(county):
    limits = np.array([5, 15, 25, 35, 45])
    want = np.searchsorted(limits, county.stand["slope_deg"], side="right") + 1
    near = np.abs(county.stand["slope_deg"].to_numpy()[:, None] - limits).min(axis=1) < 0.06
    assert ((county.stand["po_du"].astype(int) == want) | near).all()


def test_planted_orphans_and_doubles_are_there(county, last):
    stands = set(county.stand["stand_id"])
    assert tuple(sorted(stands - set(last.index))) == county.truth.orphans
    assert tuple(sorted(last.index[last.map(len) > 1])) == county.truth.doubles
    assert county.truth.orphans
    assert county.truth.doubles


def test_doubles_make_grid_polygons_overlap(county, last):
    shapes = county.grid.set_index("grid_code").geometry
    for stand in county.truth.doubles:
        one, other = last[stand]
        assert shapes[one].intersection(shapes[other]).area > 10_000


def test_only_planted_enclaves_are_torn_off_where_links_reach(county, last):
    stand = county.stand.reset_index(drop=True)
    town = pd.factorize(stand["town_code"])[0]
    links = link_stands(stand.geometry.to_numpy(), town, 200.0)
    n = len(stand)

    def pieces(pairs):
        graph = coo_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(n, n))
        return connected_components(graph, directed=False)[1]

    reach = pieces(links)
    first = stand["stand_id"].map(last.map(lambda codes: codes[0])).to_numpy()
    same = links[first[links[:, 0]] == first[links[:, 1]]]
    piece = pieces(same)
    torn = set()
    for code in set(first[pd.notna(first)]):
        own = np.flatnonzero(first == code)
        # Islands that no link reaches are nobody's fault.
        main_reach = np.bincount(reach[own]).argmax()
        own = own[reach[own] == main_reach]
        main = np.bincount(piece[own]).argmax()
        torn |= set(stand["stand_id"].to_numpy()[own[piece[own] != main]])
    assert set(county.truth.enclaves) <= torn
    assert len(torn) <= len(county.truth.enclaves) + len(county.truth.doubles) + 2


def test_vacant_grids_have_no_ranger_and_newcomers_wait(county):
    duty = county.assignment[county.assignment["duty"] == "ranger"]
    held = set(duty["grid_code"])
    vacant = set(county.grid["grid_code"]) - held
    assert tuple(sorted(vacant)) == county.truth.vacant
    new = county.person[
        (county.person["role"] == "ranger") & (county.person["active_from"] == "2024-01-01")
    ]
    assert len(new) == len(vacant)
    active = county.person[(county.person["role"] == "ranger") & county.person["active_to"].isna()]
    assert len(active) == len(county.grid)


def test_rangers_live_in_their_village(county):
    rangers = county.person[county.person["role"] == "ranger"]
    units = county.admin_unit.set_index("unit_code").geometry
    assert rangers.geometry.notna().all()
    for code, home in zip(rangers["village_code"], rangers.geometry, strict=True):
        assert units[code].distance(home) < 200


def test_references_hold(county):
    stands, persons = set(county.stand["stand_id"]), set(county.person["person_id"])
    grids = set(county.grid["grid_code"])
    assert set(county.grid_stand["stand_id"]) <= stands
    assert set(county.grid_stand["grid_code"]) == grids
    assert set(county.assignment["person_id"]) <= persons
    assert set(county.assignment["grid_code"]) <= grids
    assert set(county.person_private["person_id"]) == persons
    assert county.person_private["phone"].str.match(r"^1990000\d{4}$").all()


def test_names_are_different(county):
    assert county.person["name"].is_unique
    assert county.admin_unit["unit_name"].is_unique


def test_grid_codes_run_from_north_to_south(county):
    assert county.grid["grid_code"].str.match(r"^360702\d{3}W\d{3}$").all()
    town = county.grid[county.grid["town_code"] == "360702100"]
    north = town.geometry.centroid.y.to_numpy()
    assert north[0] > north[-1]


def test_area_of_grids_is_the_sum_of_their_stands(county):
    mu = county.stand.set_index("stand_id")["official_m2"] / MU
    total = county.grid_stand["stand_id"].map(mu).groupby(county.grid_stand["grid_code"]).sum()
    have = county.grid.set_index("grid_code")["area_mu"]
    assert (have - total).abs().max() < 0.1


def test_streams_flow_down(county):
    rivers = county.river[county.river["kind"] == "stream"]
    for line in rivers.geometry:
        ends = shapely.get_coordinates(max(line.geoms, key=lambda part: part.length))
        height = county.dem.at(*ends[[0, -1]].T)
        assert height[0] > height[1] - 12.0


def test_villages_lie_low_and_dry(county):
    seat = county.settlement[county.settlement["settlement_id"].str.endswith("01")]
    xy = shapely.get_coordinates(seat.geometry.to_numpy())
    height = county.dem.at(*xy.T)
    assert np.median(height) < np.median(county.dem.array)
    water = shapely.union_all(county.water.geometry.to_numpy())
    assert shapely.distance(seat.geometry.to_numpy(), water).min() > 0


@pytest.mark.full
def test_the_whole_county_has_the_figures_of_its_plan():
    county = make_county(20240301, 2024)
    towns = county.admin_unit[county.admin_unit["level"] == 4].set_index("unit_code")
    for plan in TOWNS:
        assert towns.loc[plan.code, "area_m2"] / 1e6 == pytest.approx(plan.km2, rel=0.06)
    assert 2300 <= len(county.stand) <= 2900
    assert len(county.grid) == 78
    roles = county.person.groupby("role").size()
    assert roles["assistant"] == 29
    assert roles["supervisor"] == 26
    assert len(county.truth.enclaves) == 3
    assert len(county.truth.doubles) == 2
    assert len(county.truth.orphans) == 2
    assert len(county.truth.vacant) == 4
    assert county.grid["area_mu"].min() < 1600
    assert county.grid["area_mu"].max() > 7000
    assert county.dem.array.min() >= 93
    assert 900 < county.dem.array.max() <= 1016.5
    assert (county.admin_unit["level"] == 5).sum() == 54
