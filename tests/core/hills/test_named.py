"""Stands gathered around named points."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
import shapely.affinity

from linzhang_plugin.core.hills.named import hills_from_names
from linzhang_plugin.core.messages import InputError

CRS = "EPSG:4547"


def net(columns, rows, gap=None):
    boxes = [
        shapely.box(100 * c, 100 * r, 100 * c + 100, 100 * r + 100)
        for c in range(columns)
        for r in range(rows)
        if c != gap
    ]
    return gpd.GeoDataFrame({"stand_id": range(len(boxes))}, geometry=boxes, crs=CRS)


def named(*places):
    return gpd.GeoDataFrame(
        {"xdm": [name for name, _, _ in places]},
        geometry=[shapely.Point(x, y) for _, x, y in places],
        crs=CRS,
    )


def test_every_stand_goes_to_the_nearer_name_and_hills_are_numbered_from_the_north():
    made = hills_from_names(net(10, 4), named(("南岭", 150, 50), ("北岭", 850, 350)), "xdm")
    assert made.hill_id.tolist() == ["H0001", "H0002"]
    assert made.hill_name.tolist() == ["北岭", "南岭"]
    assert made.n_stands.sum() == 40
    assert made.area_m2.sum() == pytest.approx(400_000)
    assert abs(made.n_stands[0] - made.n_stands[1]) <= 6
    assert (shapely.get_num_geometries(made.geometry.to_numpy()) == 1).all()
    assert made.peak_m.isna().all()


def test_ways_go_through_stands_not_across_a_wide_valley():
    stands = net(9, 1)
    far = shapely.affinity.translate(net(1, 1).geometry[0], 400, 450)
    stands.loc[len(stands)] = [99, far]
    # The far stand is 350 m from the row: no way leads there, the crow flies to the east.
    made = hills_from_names(stands, named(("西", 50, 50), ("东", 700, 600)), "xdm")
    east = made[made.hill_name == "东"].geometry.iloc[0]
    assert east.covers(far.centroid)


def test_two_names_in_one_stand_leave_one_hill_and_nothing_is_lost():
    made = hills_from_names(net(5, 1), named(("甲", 20, 50), ("乙", 60, 50)), "xdm")
    assert made.n_stands.sum() == 5
    assert len(made) in (1, 2)


def test_without_names_it_says_so():
    places = named(("甲", 1, 1))
    places["xdm"] = np.array([None], dtype=object)
    with pytest.raises(InputError, match="xdm"):
        hills_from_names(net(2, 2), places, "xdm")
