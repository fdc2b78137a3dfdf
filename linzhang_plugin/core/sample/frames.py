"""The workspace's tables of the sample county, filled from its rasters and outlines."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj
import shapely
from scipy import ndimage

from linzhang_plugin.core.grids.links import link_stands
from linzhang_plugin.core.sample import lastyear, people, survey, ways
from linzhang_plugin.core.sample.cover import BUILT, FARMLAND, WATER
from linzhang_plugin.core.sample.names import COUNTY, MARK, place_names, village_names
from linzhang_plugin.core.sample.relief import FINE, Relief
from linzhang_plugin.core.sample.units import Units
from linzhang_plugin.core.tables.units import MU_M2, largest_remainder

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Shapes = npt.NDArray[np.object_]

CRS = "EPSG:4547"
COMPARTMENT = 14
"""Stands of one compartment (林班)."""


@dataclass(frozen=True, eq=False)
class Faces:
    """Outlines: each stand, and each village's patches of other cover by kind."""

    stand: Shapes
    other: Shapes
    other_village: Ints
    other_kind: Ints


def moved(shapes: Shapes, origin: tuple[float, float]) -> Shapes:
    """Bring shapes from the rectangle's corner to the map."""
    return np.asarray(shapely.transform(shapes, lambda xy: np.round(xy + origin, 2)))


@dataclass(eq=False)
class Land:
    """Everything the tables are made of; each table is made once."""

    seed: int
    year: int
    scale: float
    relief: Relief
    units: Units
    cover: Ints
    segments: Ints
    origin: tuple[float, float]
    faces: Faces
    truth: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def luck(self, stage: int) -> np.random.Generator:
        """Give the random numbers of one stage."""
        return np.random.default_rng([self.seed, stage])

    def place(self, cells: Ints) -> Floats:
        """Give the map coordinates of (n, 2) row and column."""
        rows = self.cover.shape[0]
        return np.stack(
            [
                self.origin[0] + (cells[:, 1] + 0.5) * FINE,
                self.origin[1] + (rows - cells[:, 0] - 0.5) * FINE,
            ],
            axis=1,
        )

    @cached_property
    def village_codes(self) -> list[str]:
        """Code of each village: 2xx for villages, 0xx for communities, by town."""
        codes = []
        for index, town in enumerate(self.units.village_town):
            number = int((self.units.village_town[:index] == town).sum()) + 1
            plan = self.units.towns[town]
            base = 0 if plan.kind == "street" else 200
            codes.append(f"{plan.code}{base + number:03d}")
        return codes

    @cached_property
    def village_names(self) -> list[str]:
        """Name of each village, with its kind."""
        kinds = {"street": "社区", "state_farm": "分场"}
        names = village_names(self.luck(11), len(self.units.village_town))
        return [
            name + kinds.get(self.units.towns[town].kind, "村")
            for name, town in zip(names, self.units.village_town, strict=True)
        ]

    @cached_property
    def town_codes(self) -> Shapes:
        """Code of each town."""
        return np.array([plan.code for plan in self.units.towns], dtype=object)

    @cached_property
    def stand_village(self) -> Ints:
        """Village of each stand."""
        inside = self.segments >= 0
        made = np.zeros(len(self.faces.stand), dtype=np.int64)
        made[self.segments[inside]] = self.units.village[inside]
        return made

    @cached_property
    def stand_town(self) -> Ints:
        """Town of each stand."""
        return np.asarray(self.units.village_town[self.stand_village])

    @cached_property
    def site(self) -> survey.Site:
        """Site of each stand."""
        return survey.sites(self.luck(12), self.relief, self.cover, self.segments)

    @cached_property
    def stand_xy(self) -> Floats:
        """A cell in the middle of each stand, on the map."""
        return self.place(self.site.middle)

    @cached_property
    def seats(self) -> Floats:
        """Seat of each village, on the map."""
        return self.place(self.units.seats)


def tables(land: Land) -> dict[str, Any]:
    """Give every frame by table name."""
    stand = stands(land)
    # Rows come in the order of their ids, as a register has them.
    order = np.argsort(stand["stand_id"].to_numpy(), kind="stable")
    hill, hill_of = hills(land)
    stand["place_name"] = hill["hill_name"].to_numpy()[hill_of]
    settlement, homes = settlements(land)
    persons = everybody(land, stand, homes)
    plan = last_plan(land, stand, persons, settlement)
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


def frame(data: dict[str, Any], shapes: Shapes) -> gpd.GeoDataFrame:
    """Give a frame on the map, its rows marked as sample."""
    table = pd.DataFrame(data)
    table["note"] = MARK
    return gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(shapes, crs=CRS), crs=CRS)


def multi(shapes: Shapes) -> Shapes:
    """Give every polygon as a MultiPolygon."""
    return np.array(
        [s if s.geom_type == "MultiPolygon" else shapely.MultiPolygon([s]) for s in shapes],
        dtype=object,
    )


def united(groups: list[Shapes]) -> Shapes:
    """Give the union of each group of shapes that share borders exactly."""
    return multi(np.array([shapely.union_all(group) for group in groups], dtype=object))


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
    weight = np.bincount(land.stand_village, stand["official_m2"] / MU_M2, minlength=len(homes))
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
    pieces = np.concatenate([land.faces.stand, land.faces.other])
    county = shapely.simplify(shapely.union_all(pieces), 20.0).buffer(900.0, quad_segs=4)
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
    data["area_m2"] = shapely.area(shapes)
    return frame(data, shapes)


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


def last_plan(
    land: Land, stand: gpd.GeoDataFrame, persons: list[people.Person], settlement: gpd.GeoDataFrame
) -> dict[str, Any]:
    """Give last year's plan with its defects: plan_year, grid, grid_stand, assignment."""
    mu = stand["official_m2"].to_numpy() / MU_M2
    links = link_stands(land.faces.stand, land.stand_town, 200.0)
    plans = land.units.towns
    drawn = lastyear.draw(
        land.luck(18), land.stand_xy, mu, land.stand_town,
        np.array([plan.grids for plan in plans]), links, min(land.scale, 1.0),
    )  # fmt: skip
    listed = [(int(g), s) for s, g in enumerate(drawn.grid) if g >= 0]
    listed += [(g, s) for s, g in drawn.doubles]
    members: list[list[int]] = [[] for _ in drawn.town]
    for g, s in sorted(listed):
        members[g].append(s)
    codes = grid_codes(land, drawn.town, members)
    rangers, vacant = last_rangers(land, drawn.town, members, persons)
    year = land.year - 1
    ids = stand["stand_id"].to_numpy()
    shapes = united([land.faces.stand[own] for own in members])
    exact = [float(mu[own].sum()) for own in members]
    rounded = largest_remainder(exact, 1)
    rows = []
    for g, own in enumerate(members):
        row: dict[str, Any] = {
            "grid_code": codes[g],
            "grid_name": f"{plans[drawn.town[g]].short}-{codes[g][-3:]}",
            "grid_year": year,
            "town_code": plans[drawn.town[g]].code,
            "status": "confirmed",
            "n_stands": len(own),
            "area_m2": float(shapely.area(shapes[g])),
            "area_mu": float(rounded[g]),
            "n_parts": int(shapely.get_num_geometries(shapes[g])),
            "ranger_id": rangers[g].person_id if g in rangers else None,
            "ranger_name": rangers[g].name if g in rangers else None,
            "flags": None if g in rangers else "vacant",
            "forest_area_m2": float(stand["official_m2"].to_numpy()[own].sum()),
            "gyl_area_m2": float(
                stand["official_m2"]
                .to_numpy()[own][np.isin(stand["sen_lin_lb"].to_numpy()[own], ("11", "12"))]
                .sum()
            ),
            "confirmed_by": MARK,
            "confirmed_on": f"{year}-03-15",
        }
        row.update(named(land, own, mu))
        row.update(limits(shapes[g], settlement))
        rows.append(row)
    order = np.argsort(np.array(codes), kind="stable")
    grid = frame({k: [rows[g].get(k) for g in order] for k in rows[0]}, shapes[order])
    pairs = sorted((codes[g], str(ids[s])) for g, own in enumerate(members) for s in own)
    land.truth.update(
        enclaves=tuple(sorted(str(ids[s]) for s in drawn.enclaves)),
        doubles=tuple(sorted(str(ids[s]) for s, _ in drawn.doubles)),
        orphans=tuple(sorted(str(ids[s]) for s in drawn.orphans)),
        vacant=tuple(sorted(codes[g] for g in vacant)),
    )
    return {
        "plan_year": pd.DataFrame(
            {"grid_year": [year], "status": ["confirmed"], "confirmed_by": [MARK],
             "confirmed_on": [f"{year}-03-15"]}
        ),
        "grid": grid,
        "grid_stand": pd.DataFrame(
            {
                "grid_code": [code for code, _ in pairs],
                "grid_year": year,
                "stand_id": [s for _, s in pairs],
                "share": 1.0,
            }
        ),
        "assignment": assignments(land, drawn.town, codes, members, rangers, persons),
    }  # fmt: skip


def grid_codes(land: Land, town: Ints, members: list[list[int]]) -> list[str]:
    """Number each town's grids from north to south, in rows from west to east."""
    codes = [""] * len(town)
    for index, plan in enumerate(land.units.towns):
        own = np.flatnonzero(town == index)
        middle = np.array([land.stand_xy[members[g]].mean(axis=0) for g in own]).reshape(-1, 2)
        band = np.floor(-middle[:, 1] / 2500.0)
        for number, place in enumerate(np.lexsort((middle[:, 0], band))):
            codes[own[place]] = f"{plan.code}W{number + 1:03d}"
    return codes


def last_rangers(
    land: Land, town: Ints, members: list[list[int]], persons: list[people.Person]
) -> tuple[dict[int, people.Person], list[int]]:
    """Give last year's grids their rangers by nearness of home; the leavers' are vacant."""
    from scipy.optimize import linear_sum_assignment

    begun = f"{land.year}-01-01"
    rangers: dict[int, people.Person] = {}
    vacant: list[int] = []
    for index in range(len(land.units.towns)):
        own = np.flatnonzero(town == index)
        here = [
            p for p in persons if p.role == "ranger" and p.town == index and p.active_from < begun
        ]
        if not len(own) or not here:
            continue
        middle = np.array([land.stand_xy[members[g]].mean(axis=0) for g in own])
        home = np.array([p.home for p in here])
        far = np.hypot(middle[:, None, 0] - home[None, :, 0], middle[:, None, 1] - home[None, :, 1])
        for a, b in zip(*linear_sum_assignment(far), strict=True):
            if here[b].active_to is None:
                rangers[int(own[a])] = here[b]
            else:
                vacant.append(int(own[a]))
    return rangers, vacant


def named(land: Land, own: list[int], mu: Floats) -> dict[str, str]:
    """Give the villages of a grid by forest, the largest first."""
    share = np.bincount(land.stand_village[own], mu[own], minlength=len(land.village_codes))
    order = [v for v in np.argsort(-share, kind="stable") if share[v] > 0]
    names = [land.village_names[v] for v in order]
    return {"main_village": names[0], "villages": "、".join(names)}


def limits(shape: Any, settlement: gpd.GeoDataFrame) -> dict[str, str]:
    """Say roughly what bounds a grid: the nearest settlement beyond each side."""
    left, bottom, right, top = shape.bounds
    middle = ((left + right) / 2, (bottom + top) / 2)
    xy = shapely.get_coordinates(settlement.geometry.to_numpy())
    names = settlement["settlement_name"].to_numpy()
    made = {}
    for side, point in (
        ("e", (right, middle[1])), ("s", (middle[0], bottom)),
        ("w", (left, middle[1])), ("n", (middle[0], top)),
    ):  # fmt: skip
        off = np.hypot(xy[:, 0] - point[0], xy[:, 1] - point[1])
        made[f"bound_{side}"] = str(names[int(np.argmin(off))])
    return made


def assignments(
    land: Land, town: Ints, codes: list[str], members: list[list[int]],
    rangers: dict[int, people.Person], persons: list[people.Person],
) -> pd.DataFrame:  # fmt: skip
    """Give who answered for which grid last year."""
    year = land.year - 1
    rows: list[dict[str, Any]] = []

    def add(grid: int, person: people.Person, duty: str, contract: bool = False) -> None:
        number = len(rows) + 1
        rows.append(
            {
                "grid_code": codes[grid], "grid_year": year, "person_id": person.person_id,
                "duty": duty, "start_on": f"{year}-01-01", "end_on": f"{year}-12-31",
                "contract_no": f"示例-{year}-{number:04d}" if contract else None,
                "fee_year": (12000.0 if duty == "ranger" else 6000.0) if contract else None,
                "signed_on": f"{year}-03-20" if contract else None,
            }
        )  # fmt: skip

    for grid in np.argsort(np.array(codes), kind="stable"):
        place = int(np.flatnonzero(np.flatnonzero(town == town[grid]) == grid)[0])
        if int(grid) in rangers:
            add(int(grid), rangers[int(grid)], "ranger", True)
        own = [p for p in persons if p.town == town[grid]]
        helpers = [p for p in own if p.role == "assistant"]
        if place < len(helpers):
            add(int(grid), helpers[place], "assistant", True)
        supervisors = [p for p in own if p.role == "supervisor"]
        if supervisors:
            add(int(grid), supervisors[place // 3 % len(supervisors)], "supervisor")
        main = int(np.bincount(land.stand_village[members[grid]]).argmax())
        chiefs = [p for p in own if p.role == "chief"]
        of_village = [p for p in chiefs if p.village == main]
        of_town = [p for p in chiefs if p.village < 0]
        if of_village:
            add(int(grid), of_village[0], "village_chief")
        if of_town:
            add(int(grid), of_town[place % len(of_town)], "town_chief")
        county = [p for p in persons if p.role == "chief" and p.town < 0]
        add(int(grid), county[min(2 + int(town[grid]), len(county) - 1)], "county_chief")
    return pd.DataFrame(rows)
