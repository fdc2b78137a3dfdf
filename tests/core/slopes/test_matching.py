"""Sites keep their codes whatever the order in which they are found."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.slopes.matching import gone_sites, match_sites, site_codes

KNOWN = np.array(
    [
        shapely.box(0, 0, 10, 10),
        shapely.box(100, 0, 110, 10),
        shapely.box(200, 0, 210, 10),
        shapely.box(300, 0, 320, 10),
    ]
)
CODES = ["360702B250001", "360702B250002", "360702B260001", "360702B250007"]


def test_same_grown_shrunk_new_and_gone():
    found = np.array(
        [
            shapely.box(200, 0, 214, 10),
            shapely.box(0.5, 0, 10.5, 10),
            shapely.box(500, 50, 510, 60),
            shapely.box(300, 0, 310, 10),
        ]
    )
    match = match_sites(found, KNOWN)
    assert match.known.tolist() == [2, 0, -1, 3]
    assert match.change == ["grown", "same", "new", "shrunk"]
    assert match.gone.tolist() == [1]
    assert site_codes(match, CODES, found, "360702", 2026) == [
        "360702B260001",
        "360702B250001",
        "360702B260002",
        "360702B250007",
    ]
    register = gpd.GeoDataFrame({"site_code": CODES}, geometry=KNOWN, crs="EPSG:4547")
    assert gone_sites(register, match).site_code.tolist() == ["360702B250002"]


def test_a_split_site_keeps_its_code_on_the_larger_part_and_is_not_gone():
    found = np.array([shapely.box(300, 0, 306, 10), shapely.box(308, 0, 320, 10)])
    match = match_sites(found, KNOWN)
    assert match.known.tolist() == [-1, 3]
    assert match.gone.tolist() == [0, 1, 2]


def test_codes_do_not_depend_on_the_order_of_the_candidates():
    rng = np.random.default_rng(1)
    x, y = rng.uniform(0, 900, (2, 12))
    found = shapely.box(x, y, x + 9, y + 9)
    order = rng.permutation(12)
    one = site_codes(match_sites(found, KNOWN), CODES, found, "360702", 2026)
    two = site_codes(match_sites(found[order], KNOWN), CODES, found[order], "360702", 2026)
    assert [one[i] for i in order] == two
    assert len(set(one)) == 12


def test_touching_neighbours_are_not_the_same_site():
    match = match_sites(np.array([shapely.box(10, 0, 20, 10)]), KNOWN)
    assert match.known.tolist() == [-1]
    assert 0 in match.gone.tolist()


def test_no_register_means_all_are_new():
    none = np.empty(0, dtype=object)
    match = match_sites(KNOWN, none)
    assert match.change == ["new"] * 4
    assert site_codes(match, [], KNOWN, "360702", 2026)[0] == "360702B260001"
    with pytest.raises(InputError, match="six digits"):
        site_codes(match, [], KNOWN, "3607", 2026)
