"""A county of squares: two towns, forty stands of 300 mu, eight grids, everything right.

Tests break one thing at a time and look whether it is found. Stands are 447.2 m squares
(200,000 m² = 300 mu) in ten columns and four rows; a grid is five stands of a row.
"""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely

CRS = "EPSG:4547"
SIDE = 200_000**0.5
WEST, SOUTH = 500_000.0, 2_850_000.0
TOWNS = ("360702100", "360702104")
YEAR = 2025


def small_county(year: int = YEAR) -> dict[str, pd.DataFrame]:
    """Give the tables of a county whose plan of ``year`` breaks no rule."""
    stands, grids, parts, people, phones, duties = [], [], [], [], [], []
    for row in range(4):
        for column in range(10):
            town = TOWNS[column // 5]
            west, south = WEST + column * SIDE, SOUTH + row * SIDE
            stands.append(
                {
                    "stand_id": f"S{row}{column}",
                    "town_code": town,
                    "village_code": f"{town}20{row}",
                    "lin_ban": "0001",
                    "xiao_ban": f"0{row}{column}",
                    "area_m2": 200_000.0,
                    "official_m2": 200_100.0,
                    "land_class": "arbor",
                    "sen_lin_lb": "11" if row < 2 else "22",
                    "po_du": "3",
                    "geometry": shapely.box(west, south, west + SIDE, south + SIDE),
                }
            )
            parts.append((f"{town}W00{row + 1}", f"S{row}{column}"))
        for index, town in enumerate(TOWNS):
            code = f"{town}W00{row + 1}"
            of_grid = [s for s in stands if (code, s["stand_id"]) in parts]
            who = f"R{index}{row}"
            centre = shapely.Point(WEST + (5 * index + 2.5) * SIDE, SOUTH + (row + 0.5) * SIDE)
            grids.append(
                {
                    "grid_code": code,
                    "grid_year": year,
                    "grid_name": f"示例-{row + 1:03d}",
                    "town_code": town,
                    "ranger_id": who,
                    "ranger_name": f"示例护林员{index}{row}",
                    "n_stands": 5,
                    "area_m2": 1_000_000.0,
                    "area_mu": 1_500.75,
                    **{f"bound_{side}": "至示例村界" for side in "eswn"},
                    "status": "draft",
                    "geometry": shapely.union_all([s["geometry"] for s in of_grid]),
                }
            )
            people.append(_person(who, f"示例护林员{index}{row}", "ranger", town, centre))
            phones.append((who, f"1990000{index}0{row}0"))
            duties.append((code, who, "ranger"))
            duties.append((code, f"V{index}", "supervisor"))
    for index, town in enumerate(TOWNS):
        point = shapely.Point(WEST + (5 * index + 2) * SIDE, SOUTH)
        people.append(_person(f"V{index}", f"示例监管员{index}", "supervisor", town, point))
        phones.append((f"V{index}", f"1990000{index}999"))
    assignment = pd.DataFrame(duties, columns=["grid_code", "person_id", "duty"])
    hill = {"hill_id": "H1", "hill_name": "示例山", "town_code": TOWNS[0]}
    board = {"board_code": "B1", "level": 4, "unit_code": TOWNS[0], "supervision_phone": "12119"}
    frame = pd.DataFrame(parts, columns=["grid_code", "stand_id"])
    return {
        "admin_unit": _units(),
        "stand": _geo(stands),
        "hill": _geo([{**hill, "geometry": shapely.box(WEST, SOUTH, WEST + 50, SOUTH + 50)}]),
        "person": _geo(people),
        "person_private": pd.DataFrame(phones, columns=["person_id", "phone"]),
        "plan_year": pd.DataFrame({"grid_year": [year], "status": ["draft"]}),
        "grid": _geo(grids),
        "grid_stand": frame.assign(grid_year=year, share=1.0),
        "assignment": assignment.assign(
            grid_year=year, start_on=f"{year}-01-01", end_on=f"{year}-12-31"
        ),
        "hill_duty": pd.DataFrame(
            {"hill_id": ["H1"], "grid_code": [f"{TOWNS[0]}W001"], "grid_year": [year]}
        ).assign(share=1.0),
        "notice_board": _geo([{**board, "geometry": shapely.Point(WEST, SOUTH)}]),
    }


def _person(who: str, name: str, role: str, town: str, point: shapely.Point) -> dict:
    return {
        "person_id": who,
        "name": name,
        "role": role,
        "town_code": town,
        "active_from": "2020-01-01",
        "active_to": None,
        "home_presumed": False,
        "publish_agreed": True,
        "geometry": point,
    }


def _units() -> gpd.GeoDataFrame:
    rows = []
    for index, town in enumerate(TOWNS):
        west = WEST + 5 * index * SIDE
        rows.append(
            {
                "unit_code": town,
                "unit_name": f"示例{index}镇",
                "level": 4,
                "parent_code": "360702",
                "kind": "town",
                "geometry": shapely.box(west, SOUTH, west + 5 * SIDE, SOUTH + 4 * SIDE),
            }
        )
    return _geo(rows)


def _geo(rows: list[dict]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=CRS)
