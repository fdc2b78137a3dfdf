"""Basic units: equal cells, no gap, no overlap, no town crossed."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from linzhang_plugin.core.hills.towns import of_town_level
from linzhang_plugin.core.hills.units import basic_units, net
from linzhang_plugin.core.messages import InputError

CRS = "EPSG:4547"
AREA = (500000.0, 2800000.0, 506000.0, 2804000.0)


@pytest.mark.parametrize("shape", ["hexagon", "square"])
def test_cells_are_equal_and_cover_their_bounds(shape):
    cells = net(AREA, shape, 80_000.0)
    assert shapely.area(cells) == pytest.approx(80_000.0, rel=1e-4)
    covered = shapely.union_all(cells)
    assert shapely.difference(shapely.box(*AREA), covered).area < 1.0
    assert shapely.area(cells).sum() == pytest.approx(covered.area, rel=1e-6)


@pytest.mark.parametrize("shape", ["hexagon", "square"])
def test_units_are_exactly_the_forest_within_each_town(shape):
    blobs = shapely.buffer(shapely.points([[501500, 2802000], [504300, 2802200]]), [1300, 900])
    forest = gpd.GeoDataFrame(geometry=blobs, crs=CRS)
    towns = gpd.GeoDataFrame(
        {"town_code": ["360702100", "360702101"]},
        geometry=[
            shapely.box(500000, 2800000, 502000, 2804000),
            shapely.box(502000, 2800000, 504500, 2804000),
        ],
        crs=CRS,
    )
    made = basic_units(forest, net(AREA, shape, 80_000.0), towns)
    assert made.area_m2.sum() == pytest.approx(shapely.union_all(blobs).area, rel=1e-6)
    assert shapely.union_all(made.geometry.to_numpy()).area == pytest.approx(
        made.area_m2.sum(), rel=1e-6
    )
    for code, town in zip(towns.town_code, towns.geometry, strict=True):
        mine = made[made.town_code == code].geometry
        assert mine.area.sum() == pytest.approx(mine.intersection(town).area.sum(), rel=1e-6)
    assert made.unit_id.is_unique
    small = made.area_m2 < 0.25 * 80_000.0
    assert small.mean() < 0.1
    assert np.isclose(made.area_mu.sum() * 10000 / 15, made.area_m2.sum())


def test_no_forest_is_said():
    forest = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 10, 10)], crs=CRS)
    with pytest.raises(InputError, match="No forest"):
        basic_units(forest, net(AREA, "square", 80_000.0))


def nested(levels):
    """A county of two towns, the western of two villages, as an administrative layer holds them."""
    west, south, east, north = AREA
    middle, half = (west + east) / 2, (south + north) / 2
    boxes = {
        3: [("360702", AREA)],
        4: [
            ("360702100", (west, south, middle, north)),
            ("360702101", (middle, south, east, north)),
        ],
        5: [
            ("360702100001", (west, south, middle, half)),
            ("360702100002", (west, half, middle, north)),
        ],
    }
    rows = [(code, level, shapely.box(*box)) for level in levels for code, box in boxes[level]]
    codes, kinds, shapes = zip(*rows, strict=True)
    return gpd.GeoDataFrame({"unit_code": codes, "level": kinds}, geometry=list(shapes), crs=CRS)


WHOLE = gpd.GeoDataFrame(geometry=[shapely.box(*AREA)], crs=CRS)
CELLS = net(AREA, "square", 400_000.0)


@pytest.mark.parametrize("levels", [(3, 4, 5), (5, 4, 3)])
def test_of_nested_levels_only_the_towns_divide_the_forest(levels):
    for kind in (int, str):
        units = nested(levels)
        units["level"] = units["level"].map(kind)
        made = basic_units(WHOLE, CELLS, of_town_level(units), "unit_code")
        assert made.area_m2.sum() == pytest.approx(WHOLE.area.sum())
        assert set(made.town_code) == {"360702100", "360702101"}


def test_a_level_column_without_towns_hides_no_row():
    units = nested((5,))
    assert len(of_town_level(units)) == 2
    assert len(of_town_level(units.drop(columns="level"))) == 2


def test_nested_levels_without_a_level_column_are_refused_by_row():
    units = nested((4, 3)).drop(columns="level")
    with pytest.raises(InputError) as refused:
        basic_units(WHOLE, CELLS, units, "unit_code")
    said = str(refused.value)
    assert "rows 1 (360702100) and 3 (360702)" in said
    assert "18000.0 mu" in said
    # Rows are told as the layer counts them, also where others were left out before.
    with pytest.raises(InputError, match=r"rows 2 .* and 3 "):
        basic_units(WHOLE, CELLS, units.iloc[1:], "unit_code")


def test_borders_drawn_twice_count_their_sliver_once():
    towns = nested((4,))
    towns.loc[1, "geometry"] = shapely.box(AREA[0] + 2990, AREA[1], AREA[2], AREA[3])
    made = basic_units(WHOLE, CELLS, towns, "unit_code")
    assert made.area_m2.sum() == pytest.approx(WHOLE.area.sum())
    first = made[made.town_code == "360702100"]
    assert first.area_m2.sum() == pytest.approx(towns.area[0])


def test_a_town_without_a_code_gives_units_without_a_town():
    towns = nested((4,))
    towns["unit_code"] = ["360702100", None]
    made = basic_units(WHOLE, CELLS, towns, "unit_code")
    assert set(made.town_code) == {"360702100", None}
