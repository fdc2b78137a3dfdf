"""Areas, rounding that adds up, codes, rules and the zone of a county."""

from __future__ import annotations

import json
import uuid

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.tables import codes, rules
from linzhang_plugin.core.tables.county_zone import longitude_of
from linzhang_plugin.core.tables.schema import ROOMS, TABLES
from linzhang_plugin.core.tables.standard import row_uuid
from linzhang_plugin.core.tables.units import (
    MU_M2,
    basis_area,
    largest_remainder,
    mu,
    shared_official,
)
from linzhang_plugin.core.tables.zones import zone_of

AMOUNTS = st.lists(st.floats(0, 1e6, allow_nan=False), min_size=1, max_size=40)


def test_a_hectare_is_fifteen_mu():
    assert mu(10_000.0) == 15.0 and mu(MU_M2) == pytest.approx(1.0)


@given(AMOUNTS, st.integers(0, 4))
def test_rounded_parts_add_up_to_the_rounded_total(values, decimals):
    rounded = largest_remainder(values, decimals)
    unit = 10.0**-decimals
    assert abs(rounded.sum() - sum(values)) <= unit / 2 + 1e-6 * max(1.0, sum(values))
    assert (np.abs(rounded - values) <= unit + 1e-6).all()


@given(AMOUNTS)
def test_larger_remainders_are_rounded_up_first(values):
    values = np.array(values)
    rounded = largest_remainder(values, 0)
    up = rounded > np.floor(np.round(values, 6))
    fractions = np.round(values, 6) - np.floor(np.round(values, 6))
    if up.any() and not up.all():
        assert fractions[up].min() >= fractions[~up].max() - 1e-9


def test_the_basis_is_the_official_area_where_it_is_near():
    basis, deviant = basis_area([100.0, 100.0, 100.0, 100.0], [100.9, 102.0, np.nan, 0.0])
    assert basis.tolist() == [100.9, 100.0, 100.0, 100.0]
    assert deviant.tolist() == [False, True, False, False]


@given(st.lists(st.floats(1, 1e5), min_size=1, max_size=9), st.floats(1, 1e6))
def test_a_cut_stand_keeps_its_official_area(pieces, official):
    shares = shared_official(pieces, official)
    assert shares.sum() == pytest.approx(official)
    assert np.allclose(shares / shares.sum(), np.array(pieces) / sum(pieces))


@pytest.mark.parametrize(
    ("degrees", "grade"), [(0, "1"), (4.99, "1"), (5, "2"), (14.9, "2"), (25, "4"), (45, "6")]
)
def test_slope_classes(degrees, grade):
    assert codes.slope_class(degrees) == grade


def test_code_lists_are_complete_and_unique():
    used = {f.codes for t in TABLES.values() for f in t if f.codes}
    listed = {c.domain for c in codes.every_code()}
    assert used <= listed
    keys = [(c.domain, c.code) for c in codes.every_code()]
    assert len(keys) == len(set(keys))
    assert all(c.zh and c.en and c.zh != c.en for c in codes.every_code())
    assert codes.title("role", "ranger") == "护林员"
    assert codes.title("role", "nobody", "en") == "nobody"
    assert {"arbor", "bamboo", "auxiliary"} <= codes.FOREST_LAND
    assert not {"cropland", "water", "orchard"} & codes.FOREST_LAND


def test_every_field_has_both_titles_and_every_reference_a_target():
    assert sum(len(room.TABLES_HERE) for room in ROOMS) == len(TABLES)
    order = list(TABLES)
    for table in TABLES.values():
        assert len(set(table.names)) == len(table.names)
        assert all(f.zh and f.en for f in table) and table.zh and table.en
        assert set(table.key) <= set(table.names)
        for reference in table.all_references:
            target = TABLES[reference.table]
            assert set(reference.targets) == set(target.key)
            assert order.index(target.name) < order.index(table.name)


def test_uuids_come_from_the_key():
    one = row_uuid("grid", ("A", 2025))
    assert one == row_uuid("grid", ("A", 2025)) != row_uuid("grid", ("A", 2026))
    assert uuid.UUID(one).version == 5


def test_every_shipped_rule_set_can_be_used():
    names = rules.shipped_names("grids")
    assert {"jiangxi_hills", "suburb", "mountain", "xinhuang", "zhanyi", "yongchun"} <= set(names)
    for name in names:
        found = rules.load_rules(name)
        low, high = found.number("min_mu"), found.number("max_mu")
        assert low is not None and low > 0 and (high is None or high > low)
        factors = found.get("slope_factor")
        assert [float(factors[str(k)]) for k in range(1, 7)] == sorted(factors.values())
    assert rules.load_rules("").name == "jiangxi_hills"
    assert rules.load_rules("江西丘陵").number("max_mu") == 8000
    assert rules.load_rules("xinhuang").number("max_mu") is None


def test_a_countys_own_rules_come_first(tmp_path):
    own = json.dumps({"name": "suburb", "kind": "grids", "min_mu": 1})
    assert rules.load_rules("suburb", stored={"suburb": own}).number("min_mu") == 1
    file = tmp_path / "自定.json"
    file.write_text(json.dumps({"name": "own", "max_mu": 9}), encoding="utf-8-sig")
    assert rules.load_rules(str(file)).number("max_mu") == 9


@pytest.mark.parametrize("text", ["{", "[]", '{"zh": "x"}', '{"name": 3}'])
def test_a_broken_rule_set_is_told(text):
    with pytest.raises(InputError, match="Rule set"):
        rules.parse(text, "x.json")


def test_rules_that_do_not_fit_are_told():
    with pytest.raises(InputError, match="no rule set nothing"):
        rules.load_rules("nothing")
    other = json.dumps({"name": "p", "kind": "patrols"})
    with pytest.raises(InputError, match="for patrols, not for grids"):
        rules.load_rules("p", stored={"p": other})
    with pytest.raises(InputError, match="write a number"):
        rules.parse('{"name": "x", "min_mu": "many"}', "x").number("min_mu")


@pytest.mark.parametrize(
    ("county", "epsg"), [("360702", 4547), ("360730", 4548), ("360103", 4548), ("360300", 4547)]
)
def test_the_zone_of_a_county(county, epsg):
    longitude, known = longitude_of(county)
    assert known and zone_of(longitude, 26.0).to_epsg() == epsg
