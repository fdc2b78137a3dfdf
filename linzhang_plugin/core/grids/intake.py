"""Layers as users have them → checked tables of stands and rangers in the computing zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from linzhang_plugin.core.grids.land.shapes import tile
from linzhang_plugin.core.grids.rules import GridRules
from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.tables.units import basis_area, mu
from linzhang_plugin.core.tables.zones import to_zone

OFFICIAL_NEAR, GEOMETRY, OFFICIAL = 0, 1, 2
"""AREA_BASIS: official where within 1 % of geometry; geometry; official wherever present."""
NOTHING = frozenset({"", "-1", "nan", "none", "null", "<null>"})
"""How offices' tables write that there is no code."""
OVERLAP_M2 = 1.0
"""Overlaps above this are told (the offices' own rule: more than 1 m²)."""


@dataclass(frozen=True)
class StandFields:
    """Names of the stand layer's columns; empty for those it does not have."""

    stand_id: str
    area: str = ""
    workload: str = ""
    town: str = ""
    village: str = ""
    previous: str = ""
    start: str = ""
    locked: str = ""
    slope: str = ""


def code_text(value: Any) -> str:
    """Give a code as text: NULL is empty, 12.0 is 12, spaces are gone, -1 is none."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip()
    return "" if value is None or value is pd.NA or text.lower() in NOTHING else text


def read_stands(
    layer: gpd.GeoDataFrame,
    fields: StandFields,
    rules: GridRules,
    basis: int = OFFICIAL_NEAR,
    name: str = "STANDS",
) -> tuple[gpd.GeoDataFrame, list[Message]]:
    """Check a stand layer and give it in the 3° zone of its middle.

    Args:
        layer: The layer in its own CRS, its own columns.
        fields: Which column is what.
        rules: ``deviant_percent``.
        basis: AREA_BASIS.
        name: The layer's name for errors.

    Returns:
        The stands: ``stand_id, town_code, village_code, previous_grid_code, start_grid_code,
        locked, area_m2, official_m2, basis_m2, mu``, ``po_du``, ``workload`` and ``known_risk``
        where the layer has them, and polygons; and what the user should know.

    Raises:
        InputError: One sentence with the stand and what to do.
    """
    _check_shapes(layer, fields, name)
    zone = to_zone(layer)
    area = shapely.area(zone.geometry.to_numpy())
    if (area <= 0).any():
        raise _bad(
            layer,
            fields,
            name,
            area <= 0,
            tr("{layer}: stand {stand} has no area; delete it or correct its outline."),
        )
    official = _official(layer, fields, area, name)
    used, deviant = basis_area(area, official, rules.deviant_percent / 100.0)
    if basis == GEOMETRY:
        used = area
    elif basis == OFFICIAL:
        used = np.where(np.isfinite(official) & (official > 0), official, area)
    made = gpd.GeoDataFrame(
        {
            "stand_id": _codes(layer, fields.stand_id),
            "town_code": _codes(layer, fields.town),
            "village_code": _codes(layer, fields.village),
            "previous_grid_code": _codes(layer, fields.previous),
            "start_grid_code": _codes(layer, fields.start or fields.previous),
            "locked": _locks(layer, fields, name),
            "area_m2": area,
            "official_m2": official,
            "basis_m2": used,
            "mu": mu(used),
        },
        geometry=zone.geometry.to_numpy(),
        crs=zone.crs,
    )
    if fields.workload:
        made["workload"] = _workload(layer, fields, name)
    if fields.slope:
        made["po_du"] = layer[fields.slope].to_numpy()
    if "risk_share" in layer:
        share = pd.to_numeric(layer["risk_share"], errors="coerce").fillna(0.0)
        made["known_risk"] = np.clip(share.to_numpy(np.float64), 0.0, 1.0)
    _check_keys(made, fields, name)
    return made, [*_told_areas(made, deviant, basis), *_overlaps(made)]


def _codes(layer: gpd.GeoDataFrame, column: str) -> list[str]:
    return [code_text(v) for v in layer[column]] if column else [""] * len(layer)


def _bad(
    layer: gpd.GeoDataFrame, fields: StandFields, name: str, rows: Any, sentence: str
) -> InputError:
    first = int(np.flatnonzero(np.asarray(rows))[0])
    stand = code_text(layer[fields.stand_id].iloc[first]) or str(first + 1)
    return InputError(sentence, layer=name, stand=stand)


def _check_shapes(layer: gpd.GeoDataFrame, fields: StandFields, name: str) -> None:
    if not len(layer):
        raise InputError(tr("Layer {layer} has no features; choose another one."), layer=name)
    shapes = layer.geometry.to_numpy()
    empty = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    if empty.any():
        raise _bad(
            layer,
            fields,
            name,
            empty,
            tr("{layer}: stand {stand} has no geometry; delete it or draw it."),
        )
    wrong = ~np.isin(shapely.get_type_id(shapes), (3, 6))
    if wrong.any():
        raise _bad(
            layer,
            fields,
            name,
            wrong,
            tr("{layer}: stand {stand} is no polygon; run importstands or choose a polygon layer."),
        )
    broken = ~shapely.is_valid(shapes)
    if broken.any():
        raise _bad(layer, fields, name, broken, tr(
            "{layer}: the outline of stand {stand} crosses itself; run importstands, which"
            " repairs it, or Fix geometries."))  # fmt: skip


def _check_keys(stands: gpd.GeoDataFrame, fields: StandFields, name: str) -> None:
    ids = stands["stand_id"]
    if (ids == "").any():
        row = int(np.flatnonzero((ids == "").to_numpy())[0])
        raise InputError(
            tr("{layer}: row {row} has no value in {field}; every stand needs its own id."),
            layer=name,
            row=row + 1,
            field=fields.stand_id,
        )
    twice = ids[ids.duplicated()]
    if len(twice):
        raise InputError(
            tr("{layer}: stand id {stand} in {field} occurs {n} times; make the ids unique."),
            layer=name,
            stand=twice.iloc[0],
            field=fields.stand_id,
            n=int((ids == twice.iloc[0]).sum()),
        )
    if fields.town and (stands["town_code"] == "").any():
        if (stands["town_code"] == "").all():
            raise InputError(
                tr("{layer}: field {field} is empty; give the field with the town codes."),
                layer=name,
                field=fields.town,
            )
        row = int(np.flatnonzero((stands["town_code"] == "").to_numpy())[0])
        raise InputError(
            tr("{layer}: stand {stand} has no town in {field}; fill it in."),
            layer=name,
            stand=ids.iloc[row],
            field=fields.town,
        )


def _official(layer: gpd.GeoDataFrame, fields: StandFields, area: Any, name: str) -> Any:
    """Read the official area in m²; its unit (m², ha or mu) is told by the size."""
    if not fields.area:
        return np.full(len(layer), np.nan)
    values = pd.to_numeric(layer[fields.area], errors="coerce").to_numpy(
        np.float64, na_value=np.nan
    )
    known = np.isfinite(values) & (values > 0)
    if not known.any():
        raise InputError(
            tr("{layer}: field {field} holds no areas; choose another field or none."),
            layer=name,
            field=fields.area,
        )
    ratio = float(np.median(area[known] / values[known]))
    unit = min((1.0, 10_000.0, 10_000.0 / 15.0, 1e6), key=lambda u: abs(np.log(ratio / u)))
    return np.where(known, values * unit, np.nan)


def _workload(layer: gpd.GeoDataFrame, fields: StandFields, name: str) -> Any:
    values = pd.to_numeric(layer[fields.workload], errors="coerce").to_numpy(
        np.float64, na_value=np.nan
    )
    bad = ~np.isfinite(values) | (values < 0)
    if bad.any():
        raise _bad(
            layer,
            fields,
            name,
            bad,
            tr("{layer}: stand {stand} has no workload or a negative one; fill it in."),
        )
    return values


def _locks(layer: gpd.GeoDataFrame, fields: StandFields, name: str) -> Any:
    if not fields.locked:
        return np.zeros(len(layer), dtype=np.int64)
    column = layer[fields.locked]
    values = pd.to_numeric(column, errors="coerce").fillna(0).to_numpy(np.float64)
    if not np.isin(values, (0, 1, 2)).all():
        raise _bad(
            layer,
            fields,
            name,
            ~np.isin(values, (0, 1, 2)),
            tr("{layer}: the lock of stand {stand} is not 0, 1 or 2; correct it."),
        )
    return values.astype(np.int64)


def _told_areas(stands: gpd.GeoDataFrame, deviant: Any, basis: int) -> list[Message]:
    if not deviant.any():
        return []
    used = Message("official") if basis == OFFICIAL else Message("geometry")
    worst = stands.loc[deviant, "stand_id"].iloc[:5].tolist()
    return [
        Message(
            "{n} stands' official area deviates from geometry by more than the limit; the"
            " {used} area counts for them ({stands} …).",
            {"n": int(deviant.sum()), "used": used, "stands": ", ".join(worst)},
        )
    ]


def _overlaps(stands: gpd.GeoDataFrame) -> list[Message]:
    """Tell overlaps: real layers have them, so they do not stop the work."""
    shapes = stands.geometry.to_numpy()
    if tile(shapes, OVERLAP_M2):
        return []
    tree = shapely.STRtree(shapes)
    first, second = tree.query(shapes, predicate="overlaps")
    inner, outer = tree.query(shapes, predicate="covered_by")
    first, second = np.r_[first, inner], np.r_[second, outer]
    once = first < second
    back = (first > second) & ~np.isin(
        second * len(shapes) + first, (first * len(shapes) + second)[once]
    )
    keep = once | back
    first, second = first[keep], second[keep]
    shared = shapely.area(shapely.intersection(shapes[first], shapes[second]))
    told = shared > OVERLAP_M2
    if not told.any():
        return []
    worst = int(np.argmax(shared))
    ids = stands["stand_id"].to_numpy()
    return [
        Message(
            "{n} pairs of stands overlap by {mu} mu together, most {first} and {second}; what"
            " they share counts for both: correct one of them.",
            {
                "n": int(told.sum()),
                "mu": round(float(mu(float(shared[told].sum()))), 1),
                "first": ids[first[worst]],
                "second": ids[second[worst]],
            },
        )
    ]


def read_rangers(
    layer: gpd.GeoDataFrame | None, stands: gpd.GeoDataFrame, has_towns: bool, has_previous: bool,
    name: str = "RANGERS",
) -> gpd.GeoDataFrame | None:  # fmt: skip
    """Check the rangers against the stands and give them in the stands' CRS.

    Raises:
        InputError: An unknown town, a town without a post, more posts than stands, a person
            named twice, a last year's grid that no stand has.
    """
    if layer is None:
        return None
    for column in ("person_id", "name", "town_code", "previous_grid_code"):
        if column not in layer and (column == "person_id" or (column == "town_code" and has_towns)):
            raise InputError(
                tr("{layer} has no field {field}; it is needed (person_id, name, town_code,"
                   " previous_grid_code)."),
                layer=name,
                field=column,
            )  # fmt: skip
    made = layer.copy()
    for column in ("person_id", "name", "town_code", "previous_grid_code"):
        made[column] = [code_text(v) for v in made[column]] if column in made else ""
    if not has_towns:
        made["town_code"] = ""
    if made.crs is not None and made.geometry.notna().any():
        made = made.to_crs(stands.crs)
    _check_people(made, name)
    _check_towns(made, stands, name)
    if has_previous:
        _check_codes(made, stands, name)
    return made


def _check_people(rangers: gpd.GeoDataFrame, name: str) -> None:
    people = rangers.loc[rangers["person_id"] != "", "person_id"]
    twice = people[people.duplicated()]
    if len(twice):
        raise InputError(
            tr("{layer}: person {person} occurs twice; a full-time ranger has one post."),
            layer=name,
            person=twice.iloc[0],
        )
    if "capacity_mu" in rangers:
        capacity = pd.to_numeric(rangers["capacity_mu"], errors="coerce")
        if (capacity < 0).any():
            raise InputError(
                tr("{layer}: person {person} has a negative capacity_mu; correct it."),
                layer=name,
                person=rangers.loc[capacity < 0, "person_id"].iloc[0] or "-",
            )


def _check_towns(rangers: gpd.GeoDataFrame, stands: gpd.GeoDataFrame, name: str) -> None:
    sizes = stands.groupby("town_code").size()
    unknown = rangers[~rangers["town_code"].isin(sizes.index)]
    if len(unknown):
        row = unknown.iloc[0]
        raise InputError(
            tr("{layer}: ranger {person} is in town {town}, where no stand lies; correct the"
               " town_code."),
            layer=name,
            person=row["name"] or row["person_id"] or "-",
            town=row["town_code"] or "-",
        )  # fmt: skip
    posts = rangers.groupby("town_code").size()
    for town, count in sizes.items():
        if town not in posts.index:
            raise InputError(
                tr("{layer}: town {town} has {n} stands but no post; add a ranger or a vacant post"
                   " (a row with an empty person_id)."),
                layer=name,
                town=town or "-",
                n=int(count),
            )  # fmt: skip
        if posts[town] > count:
            raise InputError(
                tr("{layer}: town {town} has {posts} posts but only {n} stands; remove posts or"
                   " split stands."),
                layer=name,
                town=town or "-",
                posts=int(posts[town]),
                n=int(count),
            )  # fmt: skip


def _check_codes(rangers: gpd.GeoDataFrame, stands: gpd.GeoDataFrame, name: str) -> None:
    known = set(stands["previous_grid_code"])
    claimed = rangers[rangers["previous_grid_code"] != ""]
    lost = claimed[~claimed["previous_grid_code"].isin(known)]
    if len(lost):
        row = lost.iloc[0]
        raise InputError(
            tr("{layer}: last year's grid {grid} of ranger {person} is in no stand; correct the"
               " code or leave it empty."),
            layer=name,
            grid=row["previous_grid_code"],
            person=row["name"] or row["person_id"] or "-",
        )  # fmt: skip
