"""The workspace's tables of the sample county, filled from its rasters and outlines."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from scipy import ndimage

from linzhang_plugin.core.sample import lastframes, people, survey, ways
from linzhang_plugin.core.sample.cover import BUILT, FARMLAND, WATER
from linzhang_plugin.core.sample.land import (
    CRS,
    Floats,
    Ints,
    Land,
    frame,
    moved,
    multi,
    united,
)
from linzhang_plugin.core.sample.names import COUNTY, place_names
from linzhang_plugin.core.tables.units import MU_M2

COMPARTMENT = 14
"""Stands of one compartment (林班)."""


def tables(land: Land) -> dict[str, Any]:
    """Give every frame by table name."""
    stand = stands(land)
    # Rows come in the order of their ids, as a register has them.
    order = np.argsort(stand["stand_id"].to_numpy(), kind="stable")
    hill, hill_of = hills(land)
    stand["place_name"] = hill["hill_name"].to_numpy()[hill_of]
    settlement, homes = settlements(land)
    persons = everybody(land, stand, homes)
    plan = lastframes.last_plan(land, stand, persons, settlement)
    made = {
        "admin_unit": admin_units(land),
        "stand": stand.iloc[order].reset_index(drop=True),
        "hill": hill,
        "person": person_frame(land, persons),
        "person_private": private_frame(persons),
        "road": lines(land, ways.make_roads(land.relief, land.units), "road"),
        "river": lines(land, ways.make_rivers(land.luck(15), land.relief), "river"),
        "water": patches(land, WATER, "water"),
        "farmland": patches(land, FARMLAND, "farmland"),
        "built_up": patches(land, BUILT, "built_up"),
        "settlement": settlement,
        **plan,
    }
    made["notice_board"] = boards(land)
    return made


def stands(land: Land) -> gpd.GeoDataFrame:
    """Number, survey and draw the stands."""
    shapes = land.faces.stand
    area = shapely.area(shapes)
    village = land.stand_village
    surveyed = survey.survey(land.luck(13), land.site, area, land.stand_town, land.units.towns)
    block = (land.site.middle[:, 0] // 40) * 2000 + np.where(
        (land.site.middle[:, 0] // 40) % 2, -1, 1
    ) * land.site.middle[:, 1]
    order = np.lexsort((block, village))
    number = np.zeros(len(shapes), dtype=np.int64)
    start = np.searchsorted(village[order], np.arange(village.max() + 1))
    number[order] = np.arange(len(shapes)) - start[village[order]]
    codes = [land.village_codes[v] for v in village]
    lin_ban = [f"{n // COMPARTMENT + 1:04d}" for n in number]
    xiao_ban = [f"{(n % COMPARTMENT + 1) * 10:05d}" for n in number]
    data: dict[str, Any] = {
        "stand_id": [c + b + x for c, b, x in zip(codes, lin_ban, xiao_ban, strict=True)],
        "town_code": [code[:9] for code in codes],
        "village_code": codes,
        "xian": COUNTY,
        "xiang": [code[6:9] for code in codes],
        "cun": [code[9:] for code in codes],
        "lin_ban": lin_ban,
        "xiao_ban": xiao_ban,
        "place_name": None,
        "area_m2": area,
    }
    data.update({name: surveyed[name].to_numpy() for name in surveyed})
    data.update({"locked": 0, "src_year": land.year - 1, "first_year": land.year - 5})
    return frame(data, multi(shapes))


def admin_units(land: Land) -> gpd.GeoDataFrame:
    """Give county, towns and villages; they are the unions of what lies in them."""
    pieces = np.concatenate([land.faces.stand, land.faces.other])
    owner = np.concatenate([land.stand_village, land.faces.other_village])
    villages = united([pieces[owner == v] for v in range(len(land.units.village_town))])
    towns = united([villages[land.units.village_town == t] for t in range(len(land.units.towns))])
    county = united([towns])
    kinds = {"street": "community", "state_farm": "section"}
    plans = land.units.towns
    shapes = np.concatenate([county, towns, villages])
    made = frame(
        {
            "unit_code": [COUNTY, *land.town_codes, *land.village_codes],
            "unit_name": ["示例区", *(plan.name for plan in plans), *land.village_names],
            "level": [3] + [4] * len(towns) + [5] * len(villages),
            "parent_code": [None, *[COUNTY] * len(towns), *(c[:9] for c in land.village_codes)],
            "kind": [
                "county",
                *(plan.kind for plan in plans),
                *(kinds.get(plans[t].kind, "village") for t in land.units.village_town),
            ],
            "area_m2": shapely.area(shapes),
            "presumed": False,
        },
        shapes,
    )
    return made.sort_values(["level", "unit_code"], kind="stable").reset_index(drop=True)


def hills(land: Land) -> tuple[gpd.GeoDataFrame, Ints]:
    """Give the named hills as unions of the stands around a peak, and each stand's hill."""
    z = ndimage.gaussian_filter(land.relief.height, 3.0)
    top = (ndimage.maximum_filter(z, 23) == z) & (land.segments >= 0)
    top &= land.relief.above_stream > 10.0
    row, column = np.nonzero(top)
    town = land.units.town[row, column]
    peaks = land.place(np.stack([row, column], 1))
    far = np.hypot(
        land.stand_xy[:, None, 0] - peaks[None, :, 0], land.stand_xy[:, None, 1] - peaks[None, :, 1]
    )
    far = far / (land.relief.above_stream[row, column][None, :] + 60.0) ** 0.3
    far = np.where(land.stand_town[:, None] == town[None, :], far, np.inf)
    nearest = np.argmin(far, axis=1)
    nearest[~np.isfinite(far.min(axis=1))] = 0
    used, hill_of = np.unique(nearest, return_inverse=True)
    shapes = united([land.faces.stand[hill_of == h] for h in range(len(used))])
    village = land.units.village[row[used], column[used]]
    codes = np.array(land.village_codes, dtype=object)[village]
    made = frame(
        {
            "hill_id": [f"{COUNTY}H{n + 1:04d}" for n in range(len(used))],
            "hill_name": place_names(land.luck(14), len(used)),
            "town_code": [code[:9] for code in codes],
            "village_code": codes,
            "peak_m": np.round(land.relief.height[row[used], column[used]], 1),
            "area_m2": shapely.area(shapes),
        },
        shapes,
    )
    return made, hill_of


def settlements(land: Land) -> tuple[gpd.GeoDataFrame, list[Floats]]:
    """Give village seats and hamlets, and the places of houses in each village."""
    luck = land.luck(16)
    names = place_names(luck, 8 * len(land.seats))
    data: dict[str, list[Any]] = {
        "settlement_id": [], "settlement_name": [], "village_code": [], "households": [],
    }  # fmt: skip
    xy: list[Floats] = []
    homes = []
    dwell = (land.cover == FARMLAND) & (land.relief.from_river > 200.0)
    for village, seat in enumerate(land.seats):
        row, column = np.nonzero(dwell & (land.units.village == village))
        count = min(3, len(row) // 40)
        pick = luck.integers(0, max(1, len(row)), count)
        hamlets = land.place(np.stack([row[pick], column[pick]], 1)) if count else seat[None][:0]
        own = np.vstack([seat[None], hamlets])
        homes.append(own)
        for n, place in enumerate(own):
            data["settlement_id"].append(f"{land.village_codes[village]}{n + 1:02d}")
            data["settlement_name"].append(
                land.village_names[village] if n == 0 else names[village * 8 + n]
            )
            data["village_code"].append(land.village_codes[village])
            data["households"].append(int(40 + 400 * luck.random() / (n + 1)))
            xy.append(place)
    return frame(data, shapely.points(np.array(xy))), homes


def everybody(land: Land, stand: pd.DataFrame, homes: list[Floats]) -> list[people.Person]:
    """Make the people; rangers live where the forest is."""
    mu = stand["official_m2"].to_numpy(dtype=float) / MU_M2
    weight = np.asarray(np.bincount(land.stand_village, mu, minlength=len(homes)), dtype=float)
    return people.make_people(
        land.luck(17), land.year, land.units.towns, land.units.village_town, homes, weight,
        min(land.scale, 1.0),
    )  # fmt: skip


def person_frame(land: Land, persons: list[people.Person]) -> gpd.GeoDataFrame:
    """Give the people's table; only rangers and assistants have homes."""
    shapes = np.array([shapely.Point(p.home) if p.home else None for p in persons], dtype=object)
    return frame(
        {
            "person_id": [p.person_id for p in persons],
            "name": [p.name for p in persons],
            "role": [p.role for p in persons],
            "town_code": [land.town_codes[p.town] if p.town >= 0 else None for p in persons],
            "village_code": [
                land.village_codes[p.village] if p.village >= 0 else None for p in persons
            ],
            "post": [p.post for p in persons],
            "ranger_type": [p.ranger_type for p in persons],
            "active_from": [p.active_from for p in persons],
            "active_to": [p.active_to for p in persons],
            "home_presumed": False,
            "publish_agreed": [p.role in ("ranger", "supervisor") for p in persons],
        },
        shapes,
    )


def private_frame(persons: list[people.Person]) -> pd.DataFrame:
    """Give everybody a phone number of a range that is not assigned."""
    return pd.DataFrame(
        {
            "person_id": [p.person_id for p in persons],
            "phone": [f"1990000{n:04d}" for n in range(len(persons))],
        }
    )


def lines(land: Land, made: list[ways.Way], table: str) -> gpd.GeoDataFrame:
    """Give roads or rivers as far as they lie in the county and just beyond."""
    county = shapely.simplify(land.county, 20.0).buffer(900.0, quad_segs=4)
    shapes = moved(np.array([way.line for way in made], dtype=object), land.origin)
    shapes = shapely.intersection(shapes, county)
    kept = [n for n, shape in enumerate(shapes) if shape.length > 60.0]
    multi_lines = np.array(
        [
            shape if shape.geom_type == "MultiLineString" else shapely.MultiLineString([shape])
            for shape in shapes[kept]
        ],
        dtype=object,
    )
    letter = table[0].upper()
    return frame(
        {
            f"{table}_id": [f"{letter}{n + 1:03d}" for n in range(len(kept))],
            f"{table}_name": [made[n].name for n in kept],
            "kind": [made[n].kind for n in kept],
        },
        multi_lines,
    )


def patches(land: Land, kind: int, table: str) -> gpd.GeoDataFrame:
    """Give water, fields or built-up land, a row a village."""
    own = np.flatnonzero(land.faces.other_kind == kind)
    shapes = multi(land.faces.other[own])
    data: dict[str, Any] = {
        f"{table}_id": [f"{table[0].upper()}{n + 1:03d}" for n in range(len(own))]
    }
    if table == "farmland":
        data["kind"] = np.where(np.arange(len(own)) % 4 == 3, "dry", "paddy")
    if table == "water":
        data["water_name"] = None
    if table == "built_up":
        village = land.faces.other_village[own]
        data["built_up_name"] = [land.village_names[v] for v in village]
        data["kind"] = [built_up_kind(land, int(v)) for v in village]
    data["area_m2"] = shapely.area(shapes)
    return frame(data, shapes)


def built_up_kind(land: Land, village: int) -> str:
    """Tell the city from towns, around a town's first village, and from villages."""
    town = int(land.units.village_town[village])
    kind = land.units.towns[town].kind
    if kind == "street":
        return "city"
    first = int(np.flatnonzero(land.units.village_town == town)[0])
    return "town" if kind == "town" and village == first else "village"


def boards(land: Land) -> gpd.GeoDataFrame:
    """Give the notice boards of county, towns and villages, at the seats."""
    to_degrees = pyproj.Transformer.from_crs(CRS, "EPSG:4490", always_xy=True)
    rows: list[tuple[str, int, str, str, Floats]] = []
    city = int(np.flatnonzero(land.units.village_town == len(land.units.towns) - 2)[0])
    rows += [
        (f"{COUNTY}3000{n + 1:03d}", 3, COUNTY, f"示例广场{n + 1}号", land.seats[city] + 150.0 * n)
        for n in range(4)
    ]
    for index, plan in enumerate(land.units.towns):
        own = np.flatnonzero(land.units.village_town == index)
        rows += [
            (
                f"{COUNTY}4{plan.code[6:]}{n + 1:03d}",
                4,
                plan.code,
                "镇政府路口",
                land.seats[own[0]] + 60.0 + 90 * n,
            )
            for n in range(2 if plan.kind == "town" else 1 if plan.grids else 0)
        ]
        if plan.kind != "state_farm" and plan.grids:
            rows += [
                (
                    f"{COUNTY}5{plan.code[6:]}{n + 1:03d}",
                    5,
                    land.village_codes[v],
                    "村委会",
                    land.seats[v] + 40.0,
                )
                for n, v in enumerate(own)
            ]
    xy = np.array([row[4] for row in rows])
    lon, lat = to_degrees.transform(xy[:, 0], xy[:, 1])
    return frame(
        {
            "board_code": [row[0] for row in rows],
            "level": [row[1] for row in rows],
            "unit_code": [row[2] for row in rows],
            "place_name": [row[3] for row in rows],
            "set_on": f"{land.year - 2}-06-01",
            "lon": np.round(lon, 6),
            "lat": np.round(lat, 6),
            "supervision_phone": "19900009999",
            "state": "good",
        },
        shapely.points(xy),
    )
