"""Child-process work of the algorithms that look at a plan instead of making one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from linzhang_plugin.core.grids.assign import assign_rangers
from linzhang_plugin.core.grids.compare import codes_of, compare
from linzhang_plugin.core.grids.evaluate import Limits, evaluate
from linzhang_plugin.core.grids.intake import code_text
from linzhang_plugin.core.grids.job import Prepared, Request, moved_soundly, prepare
from linzhang_plugin.core.grids.land.bridges import walkable
from linzhang_plugin.core.grids.land.overlay import largest_share
from linzhang_plugin.core.grids.land.shapes import centres
from linzhang_plugin.core.grids.land.travel import Ground, dem_minutes, settled, straight_minutes
from linzhang_plugin.core.grids.model import NOWHERE, Floats, Ints
from linzhang_plugin.core.grids.rules import GridRules
from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.progress import Progress, part, step
from linzhang_plugin.core.tables.zones import to_zone
from linzhang_plugin.core.terrain.raster import read_raster


@dataclass(frozen=True, eq=False)
class PlanLayer:
    """A plan as it comes: polygons with codes, or a table stand → code.

    Attributes:
        grids: Polygons with ``grid_code``.
        table: ``stand_id, grid_code`` or None: the polygons decide.
    """

    grids: gpd.GeoDataFrame
    table: pd.DataFrame | None = None


@dataclass(frozen=True, eq=False)
class Evaluation:
    """What evaluategrids asks for; see :class:`~linzhang_plugin.core.grids.job.Request`."""

    request: Request
    plan: PlanLayer
    tolerance: float | None = None


def checked_codes(grids: pd.DataFrame, name: str) -> list[str]:
    """Give the grid codes of a layer.

    Raises:
        InputError: There is no field grid_code, or a code is missing or occurs twice.
    """
    if "grid_code" not in grids:
        raise InputError(
            tr("{layer} has no field grid_code; give a grid layer of this plugin."), layer=name
        )
    codes = [code_text(v) for v in grids["grid_code"]]
    if "" in codes:
        raise InputError(
            tr("{layer}: row {row} has no grid_code; run numbergrids first."),
            layer=name,
            row=codes.index("") + 1,
        )
    for code in codes:
        if codes.count(code) > 1:
            raise InputError(
                tr("{layer}: grid code {code} occurs twice; make the codes unique."),
                layer=name,
                code=code,
            )
    return codes


def plan_of(ready: Prepared, layer: PlanLayer, name: str = "GRIDS") -> tuple[list[str], Ints]:
    """Give the codes of a plan and the grid of each stand."""
    codes = checked_codes(layer.grids, name)
    if layer.table is not None:
        number = {code: row for row, code in enumerate(codes)}
        of_stand = dict(
            zip(
                [code_text(v) for v in layer.table["stand_id"]],
                [code_text(v) for v in layer.table["grid_code"]],
                strict=True,
            )
        )
        plan = [number.get(of_stand.get(s, ""), NOWHERE) for s in ready.stands["stand_id"]]
        return codes, np.asarray(plan, dtype=np.int64)
    shapes = layer.grids.geometry.to_crs(ready.stands.crs).to_numpy()
    shapes = shapely.make_valid(shapes)
    return codes, largest_share(ready.stands.geometry.to_numpy(), shapes)[0]


def continued(grids: pd.DataFrame) -> list[str] | None:
    """Give last year's grid that each grid says it goes on from, None where none says it."""
    if "previous_grid_code" not in grids:
        return None
    codes = [code_text(v) for v in grids["previous_grid_code"]]
    return codes if any(codes) else None


def grid_rangers(
    grids: pd.DataFrame, codes: list[str], rangers: gpd.GeoDataFrame | None
) -> pd.DataFrame | None:
    """Give each grid's ranger: by GRIDS.ranger_id, else by the rangers' own grid code."""
    if rangers is None:
        return None
    ids = [code_text(v) for v in grids["ranger_id"]] if "ranger_id" in grids else [""] * len(codes)
    by_id = {p: i for i, p in enumerate(rangers["person_id"]) if p}
    column = "grid_code" if "grid_code" in rangers else "previous_grid_code"
    by_code = {code_text(c): i for i, c in enumerate(rangers[column]) if code_text(c)}
    xy = centres(rangers.geometry.to_numpy())
    capacity = pd.to_numeric(
        rangers["capacity_mu"] if "capacity_mu" in rangers else pd.Series(np.nan, rangers.index),
        errors="coerce",
    ).to_numpy(np.float64)
    rows = []
    for code, person in zip(codes, ids, strict=True):
        at = by_id.get(person, by_code.get(code, -1))
        known = at >= 0
        rows.append(
            {
                "ranger_id": rangers["person_id"].iloc[at] if known else "",
                "capacity_mu": capacity[at] if known else np.nan,
                "x": float(xy[at, 0]) if known else np.nan,
                "y": float(xy[at, 1]) if known else np.nan,
            }
        )
    return pd.DataFrame(rows, columns=["ranger_id", "capacity_mu", "x", "y"])


def evaluate_layers(
    asked: Evaluation, progress: Progress
) -> tuple[gpd.GeoDataFrame, dict[str, float | None]]:
    """Measure a plan given as layers; INDICATORS come in the stands' CRS."""
    checked_codes(asked.plan.grids, "GRIDS")
    rangers = asked.request.rangers
    ready = prepare(replace(asked.request, rangers=None), part(progress, 0.0, 0.7))
    if rangers is not None:
        rangers = _people(rangers, ready)
    codes, plan = plan_of(ready, asked.plan)
    step(progress, 0.75)
    params = asked.request.params
    limits = Limits(asked.request.rules, asked.tolerance, params.min_mu, params.max_mu,
                    params.link_distance)  # fmt: skip
    people = grid_rangers(asked.plan.grids, codes, rangers)
    made, summary = evaluate(ready.stands, codes, plan, ready.links, limits, people,
                             ready.ground, continued(asked.plan.grids))  # fmt: skip
    return moved_soundly(made, asked.request.stands.crs), summary


def _people(rangers: gpd.GeoDataFrame, ready: Prepared) -> gpd.GeoDataFrame:
    made = rangers.copy()
    if "person_id" not in made:
        raise InputError(
            tr("{layer} has no field {field}; it is needed (person_id, name, town_code,"
               " previous_grid_code)."),
            layer="RANGERS",
            field="person_id",
        )  # fmt: skip
    for column in ("person_id", "previous_grid_code"):
        made[column] = [code_text(v) for v in made[column]] if column in made else ""
    return made.to_crs(ready.stands.crs) if made.crs is not None else made


def compare_layers(
    request: Request, before: gpd.GeoDataFrame, after: gpd.GeoDataFrame, progress: Progress
) -> tuple[gpd.GeoDataFrame, dict[str, float]]:
    """Compare two plans given as polygons; GRID_CHANGES come in the stands' CRS."""
    checked_codes(before, "BEFORE")
    checked_codes(after, "AFTER")
    ready = prepare(
        replace(request, params=replace(request.params, link_distance=0.0)),
        part(progress, 0.0, 0.6),
    )
    old = codes_of(*reversed(plan_of(ready, PlanLayer(before), "BEFORE")))  # type: ignore[arg-type]
    new = codes_of(*reversed(plan_of(ready, PlanLayer(after), "AFTER")))  # type: ignore[arg-type]
    step(progress, 0.9)
    made, summary = compare(ready.stands, old, new, _names(before), _names(after))
    return moved_soundly(made, request.stands.crs), summary


def _names(grids: pd.DataFrame) -> dict[str, str]:
    if "ranger_name" not in grids:
        return {}
    pairs = zip(grids["grid_code"], grids["ranger_name"], strict=True)
    return {code_text(c): code_text(n) for c, n in pairs if code_text(n)}


@dataclass(frozen=True, eq=False)
class Assignment:
    """What assignrangers asks for.

    Attributes:
        grids: Polygons with ``grid_code, town_code``.
        rangers: Points with ``person_id, name, town_code``.
        previous: Last year's grids with ``ranger_id``, or None.
        dem: Path or None.
        roads: Lines or None.
        bonus: Minutes that keeping all of last year's hill is worth.
        rules: Walking speed.
    """

    grids: gpd.GeoDataFrame
    rangers: gpd.GeoDataFrame
    previous: gpd.GeoDataFrame | None = None
    dem: str | None = None
    roads: gpd.GeoDataFrame | None = None
    bonus: float = 120.0
    rules: GridRules = field(default_factory=GridRules)


def assign_layers(asked: Assignment, progress: Progress) -> tuple[pd.DataFrame, list[str]]:
    """Give GRID_RANGER in the order of the grid codes, and the ids of rangers left over.

    Raises:
        InputError: Codes or persons cannot be used.
    """
    codes = checked_codes(asked.grids, "GRIDS")
    zone = to_zone(asked.grids)
    rangers = asked.rangers.copy()
    if "person_id" not in rangers:
        raise InputError(tr("{layer} has no field {field}; it is needed (person_id, name,"
                            " town_code, previous_grid_code)."),
                         layer="RANGERS", field="person_id")  # fmt: skip
    rangers["person_id"] = [code_text(v) for v in rangers["person_id"]]
    rangers = rangers[rangers["person_id"] != ""].reset_index(drop=True)
    twice = rangers.loc[rangers["person_id"].duplicated(), "person_id"]
    if len(twice):
        raise InputError(
            tr("{layer}: person {person} occurs twice; a full-time ranger has one post."),
            layer="RANGERS",
            person=twice.iloc[0],
        )
    if rangers.crs is not None:
        rangers = rangers.to_crs(zone.crs)
    order = np.argsort(np.asarray(rangers["person_id"], dtype=str), kind="stable")
    rangers = rangers.iloc[order].reset_index(drop=True)
    step(progress, 0.2)
    minutes = _walks(asked, zone, rangers, part(progress, 0.2, 0.8))
    kept = _kept(asked, zone, rangers)
    towns = [_text(zone, "town_code", row) for row in range(len(zone))]
    homes = [_text(rangers, "town_code", row) for row in range(len(rangers))]
    found = assign_rangers(minutes, kept, towns, homes, asked.bonus)
    step(progress, 1.0)
    rows = []
    for grid, ranger in enumerate(found):
        has = ranger >= 0
        rows.append(
            {
                "grid_code": codes[grid],
                "town_code": towns[grid] or None,
                "ranger_id": rangers["person_id"].iloc[ranger] if has else None,
                "ranger_name": (_text(rangers, "name", ranger) or None) if has else None,
                "travel_min": float(minutes[grid, ranger]) if has else np.nan,
                "kept_percent": 100.0 * float(kept[grid, ranger]) if has else np.nan,
                "duty": "ranger" if has else None,
            }
        )
    left = [p for r, p in enumerate(rangers["person_id"]) if r not in set(found.tolist())]
    made = pd.DataFrame(rows).sort_values("grid_code", kind="stable", ignore_index=True)
    return made, left


def _text(frame: pd.DataFrame, column: str, row: int) -> str:
    return code_text(frame[column].iloc[row]) if column in frame else ""


def _walks(
    asked: Assignment, zone: gpd.GeoDataFrame, rangers: gpd.GeoDataFrame, progress: Progress
) -> Floats:
    homes = centres(rangers.geometry.to_numpy())
    xy = centres(shapely.point_on_surface(zone.geometry.to_numpy()))
    minutes = straight_minutes(xy, homes, np.full(len(xy), np.nan), asked.rules)
    if asked.dem:
        roads = None
        if asked.roads is not None:
            roads = walkable(asked.roads).geometry.to_crs(zone.crs).to_numpy()
        ground = Ground(read_raster(asked.dem), roads)
        minutes = settled(dem_minutes(xy, homes, ground, zone.crs, progress), minutes)
    return minutes


def _kept(asked: Assignment, zone: gpd.GeoDataFrame, rangers: gpd.GeoDataFrame) -> Floats:
    """Give the share of each grid that each ranger had last year."""
    kept = np.zeros((len(zone), len(rangers)))
    number = {p: r for r, p in enumerate(rangers["person_id"])}
    if asked.previous is not None and "ranger_id" in asked.previous:
        old = asked.previous.to_crs(zone.crs)
        shapes = shapely.make_valid(zone.geometry.to_numpy())
        past = shapely.make_valid(old.geometry.to_numpy())
        first, second = shapely.STRtree(past).query(shapes, predicate="intersects")
        area = shapely.area(shapely.intersection(shapes[first], past[second]))
        share = area / np.maximum(shapely.area(shapes[first]), 1e-9)
        for grid, before, part_of in zip(first, second, share, strict=True):
            ranger = number.get(code_text(old["ranger_id"].iloc[before]))
            if ranger is not None:
                kept[grid, ranger] += part_of
    elif "previous_grid_code" in zone and "previous_grid_code" in rangers:
        codes = [code_text(v) for v in zone["previous_grid_code"]]
        share = zone["kept_percent"].to_numpy(np.float64) if "kept_percent" in zone else None
        for ranger, code in enumerate(code_text(v) for v in rangers["previous_grid_code"]):
            for grid in (g for g, c in enumerate(codes) if c and c == code):
                kept[grid, ranger] = 1.0 if share is None else np.nan_to_num(share[grid]) / 100.0
    return np.clip(kept, 0.0, 1.0)
