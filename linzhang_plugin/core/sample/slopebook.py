"""The invented register of bare slopes: sites, how they moved, and the checks made of them.

The register is written the way an office writes it: site by site through the life cycle itself,
with its proofs, so that no status stands without its history.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from linzhang_plugin.core.sample.names import MARK, place_names
from linzhang_plugin.core.slopes import lifecycle as life
from linzhang_plugin.core.slopes.evidence import Limits
from linzhang_plugin.core.slopes.matching import next_codes
from linzhang_plugin.core.slopes.moves import move_sites
from linzhang_plugin.core.slopes.queue import units_of
from linzhang_plugin.core.tables.schema.slopes import BARE_SLOPE_CHECK, BARE_SLOPE_MOVE
from linzhang_plugin.core.tables.units import MU_M2

Ints = npt.NDArray[np.int64]

GREEN_STATES = (
    (life.TENDING, 7),
    (life.PASSED, 3),
    (life.CLOSED, 2),
    (life.WAITING, 2),
)
BARE_STATES = (
    (life.VERIFIED, 7),
    (life.APPROVED, 5),
    (life.WORKING, 6),
    (life.MENDING, 1),
    (life.NATURAL, 2),
    (life.PASSED, 1),
)
"""How often each status occurs among green and bare sites of a whole county; one accepted site
is bare: imagery tells what the papers hide."""

LONG_WAY = (life.VERIFIED, life.APPROVED, life.WORKING, life.WAITING, life.PASSED, life.TENDING,
            life.CLOSED)  # fmt: skip
WAYS: dict[str, tuple[str, ...]] = {
    **{status: LONG_WAY[: n + 1] for n, status in enumerate(LONG_WAY)},
    life.MENDING: (*LONG_WAY[:4], life.MENDING),
    life.NATURAL: (life.VERIFIED, life.NATURAL),
}
"""Statuses from suspicion to each status."""

CLASS_OF_WAY = {"high_speed_rail": "2", "motorway": "3", "national": "4", "provincial": "4",
                "railway": "7"}  # fmt: skip
MATERIALS = {"01": "4", "02": "1", "03": "2", "04": "3", "05": "1", "06": "1"}
MEASURES = {"01": "08", "02": "03", "03": "12", "04": "07", "05": "03", "06": "04"}
HAZARDS = {"01": "坡面有危岩", "06": "雨季易滑塌"}


@dataclass(frozen=True, eq=False)
class SlopeBook:
    """The register's tables.

    Attributes:
        bare_slope: Sites.
        bare_slope_check: Checks.
        bare_slope_move: Moves.
    """

    bare_slope: gpd.GeoDataFrame
    bare_slope_check: pd.DataFrame
    bare_slope_move: pd.DataFrame


def make_slope_book(
    scars: gpd.GeoDataFrame, frames: dict[str, Any], seed: int, year: int
) -> SlopeBook:
    """Write the register of the planted scars that are registered.

    Args:
        scars: Scars of :class:`linzhang_plugin.core.sample.slopescene.SlopeScene`.
        frames: ``admin_unit``, ``stand``, ``grid``, ``road``, ``built_up``, ``scenic_spot``.
        seed: Seed.
        year: The year to be planned; the register is of the end of the year before.
    """
    draw = np.random.default_rng([seed, 83])
    own = scars[scars["registered"].to_numpy(dtype=bool)].reset_index(drop=True)
    sites = _sites(draw, own, frames, year)
    goals = _goals(draw, own["green"].to_numpy(dtype=bool))
    wishes, checks = _histories(draw, sites, goals, year)
    nothing = pd.DataFrame(columns=BARE_SLOPE_MOVE.names)
    # A surveyed site has been suspected first.
    start = sites.assign(status=life.SUSPECTED, accepted_on=None)
    last = date(year - 1, 12, 31)
    made = move_sites(start, wishes, checks, nothing, Limits(), last)
    if made.findings:
        raise AssertionError(str(made.findings[0].text))
    moved = made.sites.set_index("site_code").reindex(sites["site_code"])
    for column in moved.columns:
        sites[column] = moved[column].to_numpy(dtype=object)
    covers = checks[checks["cover_pct"].notna()].drop_duplicates("site_code", keep="last")
    known = covers.set_index("site_code")["cover_pct"].to_dict()
    sites["cover_pct"] = [known.get(c, 5.0) for c in sites["site_code"]]
    made.moves["note"] = MARK
    order = sites.sort_values("site_code", kind="stable").reset_index(drop=True)
    return SlopeBook(
        order,
        checks.sort_values(["site_code", "check_on", "kind"], kind="stable").reset_index(drop=True),
        made.moves.sort_values(["site_code", "move_no"]).reset_index(drop=True),
    )


def _sites(
    draw: np.random.Generator, scars: gpd.GeoDataFrame, frames: dict[str, Any], year: int
) -> gpd.GeoDataFrame:
    """Give the sites as surveyed, a little off what is really bare."""
    shapes = shapely.simplify(scars.geometry.to_numpy(), 6.0)
    shapes = np.array(
        [s if s.geom_type == "MultiPolygon" else shapely.multipolygons([s]) for s in shapes]
    )
    area = shapely.area(shapes)
    units, grids = frames["admin_unit"], frames["grid"]
    town, village = (units_of(shapes, units, level) for level in (4, 5))
    names = dict(zip(units["unit_code"], units["unit_name"], strict=True))
    county = str(units.loc[units["level"] == 3, "unit_code"].iloc[0])
    corridor, meters, classes = _corridors(shapes, scars["where"].tolist(), frames)
    cause = scars["cause"].tolist()
    places = place_names(draw, len(scars))
    slope = scars["slope_deg"].to_numpy(dtype=float)
    data: dict[str, Any] = {
        "site_code": next_codes(f"{county}B{(year - 3) % 100:02d}", [], shapes),
        "site_name": [f"{p}{c}" for p, c in zip(places, scars["called"], strict=True)],
        "town_code": town,
        "village_code": village,
        "cause": cause,
        "loc_class": classes,
        "near_corridor": corridor,
        "dist_m": np.round(meters, 1),
        "area_m2": area,
        "slope_area_m2": area / np.cos(np.radians(slope)),
        "area_mu": area / MU_M2,
        "slope_deg": np.round(slope, 1),
        "height_m": np.round(scars["height_m"].to_numpy(dtype=float), 1),
        "material": [MATERIALS[c] for c in cause],
        "stand_id": units_of(shapes, frames["stand"], 0, "stand_id"),
        "grid_code": units_of(shapes, grids, 0, "grid_code"),
        "owner_status": [("1", "2", "3")[n] for n in draw.choice(3, len(cause), p=[0.5, 0.4, 0.1])],
        "in_forest_land": True,
        "hazard": [HAZARDS.get(c) for c in cause],
        "resp_unit": [_unit(names.get(t or "", "示例区")) for t in town],
        "resp_person": "示例责任人",
        "note": MARK,
    }
    return gpd.GeoDataFrame(pd.DataFrame(data), geometry=shapes, crs=scars.crs)


def _unit(name: str) -> str:
    """Give who answers in a town; a state farm and a street have no people's government."""
    ending = "" if name.endswith("林场") else "办事处" if name.endswith("街道") else "人民政府"
    return name + ending


def _corridors(
    shapes: npt.NDArray[np.object_], where: list[str], frames: dict[str, Any]
) -> tuple[list[str | None], list[float], list[str]]:
    """Give what each site lies near, how far, and its class."""
    roads = frames["road"][frames["road"]["kind"].isin(list(CLASS_OF_WAY))]
    built, scenic = frames["built_up"], frames["scenic_spot"]
    built = built[built["kind"] != "village"] if (built["kind"] != "village").any() else built
    choices: dict[str, tuple[Any, str]] = {
        "way": (roads, "road_name"),
        "town": (built, "built_up_name"),
        "scenic": (scenic, "scenic_name"),
    }
    names: list[str | None] = []
    meters: list[float] = []
    classes: list[str] = []
    for shape, kind in zip(shapes, where, strict=True):
        table, column = choices.get(kind, choices["way"])
        far = shapely.distance(table.geometry.to_numpy(), shape)
        nearest = int(np.argmin(far))
        names.append(str(table[column].iloc[nearest]))
        meters.append(float(far[nearest]))
        if kind == "way":
            classes.append(CLASS_OF_WAY[str(table["kind"].iloc[nearest])])
        else:
            classes.append({"town": "1", "scenic": "5"}.get(kind, "6"))
    return names, meters, classes


def _goals(draw: np.random.Generator, green: npt.NDArray[np.bool_]) -> list[str]:
    """Give each site the status that it has come to."""
    goals = [""] * len(green)
    for states, own in ((GREEN_STATES, green), (BARE_STATES, ~green)):
        rows = draw.permutation(np.flatnonzero(own))
        cycle = [status for status, n in states for _ in range(n)]
        for place, row in enumerate(rows.tolist()):
            goals[row] = cycle[place * len(cycle) // max(len(rows), 1)]
    return goals


def _histories(
    draw: np.random.Generator, sites: gpd.GeoDataFrame, goals: list[str], year: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the wished moves of every site and the checks that prove them."""
    wishes: list[dict[str, Any]] = []
    checks: list[dict[str, Any]] = []
    for number, (site, goal) in enumerate(zip(sites.to_dict("records"), goals, strict=True)):
        code, cause = site["site_code"], site["cause"]
        begun = {life.CLOSED: 8, life.TENDING: 4 - number % 2}.get(goal, 2)
        day = date(year - begun, 3, 1) + timedelta(days=int(draw.integers(0, 60)))
        accepted = day
        for step in WAYS[goal]:
            day += timedelta(days=int(draw.integers(40, 110)))
            if step in (life.PASSED, life.MENDING):
                fine = step == life.PASSED
                checks.append(_check(code, day - timedelta(days=5), "acceptance", fine, draw))
                accepted = day - timedelta(days=5)
            if step == life.CLOSED:
                for months in (3, 12, 36):
                    due = life.months_after(accepted, months) + timedelta(days=6)
                    checks.append(_check(code, due, f"month_{months}", True, draw))
                    day = max(day, due + timedelta(days=20))
            wishes.append(_wish(number, code, cause, step, day, year))
        if goal == life.TENDING:
            # Most sites have their first check; of the second, every other one is forgotten.
            for months, left_out in ((3, number % 5 == 4), (12, number % 2 == 1)):
                due = life.months_after(accepted, months) + timedelta(days=9)
                if not left_out and due < date(year - 1, 12, 1):
                    checks.append(_check(code, due, f"month_{months}", True, draw))
    table = pd.DataFrame(checks, columns=[*BARE_SLOPE_CHECK.names, "note"], dtype=object)
    return pd.DataFrame(wishes), table


def _check(
    code: str, day: date, kind: str, fine: bool, draw: np.random.Generator
) -> dict[str, Any]:
    low, high = (82.0, 96.0) if fine else (30.0, 55.0)
    return {
        "site_code": code,
        "check_on": day.isoformat(),
        "kind": kind,
        "cover_pct": round(float(draw.uniform(low, high)), 1),
        "survival_pct": round(float(draw.uniform(87.0, 97.0)), 1),
        "passed": fine,
        "checked_by": "示例检查人",
        "photo_before": f"photos/{code}_before.jpg",
        "photo_after": f"photos/{code}_{kind}.jpg",
        "note": MARK,
    }


def _wish(number: int, code: str, cause: str, step: str, day: date, year: int) -> dict[str, Any]:
    """Give one move with all that it has to be proven by."""
    return {
        "row": number + 1,
        "site_code": code,
        "status": step,
        "moved_on": day.isoformat(),
        "moved_by": "示例经办人",
        "document": f"示例林长办〔{day.year}〕{number + 1}号",
        "photo": f"photos/{code}_{step}.jpg",
        "reason": "示例：现场核实" if step == life.VERIFIED else "示例",
        "measure": "01" if step == life.NATURAL else MEASURES[cause],
        "budget_wan": 8.0 + number % 7,
        "plan_end": date(max(year, day.year), 6, 30).isoformat(),
    }
