"""Last year's plan of the sample county as tables, its defects with it."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.optimize import linear_sum_assignment

from linzhang_plugin.core.grids.land.links import link_stands
from linzhang_plugin.core.sample import lastyear, people
from linzhang_plugin.core.sample.land import Floats, Ints, Land, frame, united
from linzhang_plugin.core.sample.names import MARK
from linzhang_plugin.core.tables.units import MU_M2, largest_remainder


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
