"""A plan while it is read, and its tables: codes, rangers, areas."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.tables.codes import PUBLIC_WELFARE
from linzhang_plugin.core.tables.intake.findings import Finding
from linzhang_plugin.core.tables.intake.names import FieldMatch
from linzhang_plugin.core.tables.intake.rangernames import RangerIndex, names_in
from linzhang_plugin.core.tables.intake.units import dissolved
from linzhang_plugin.core.tables.schema import ASSIGNMENT, GRID, GRID_STAND
from linzhang_plugin.core.tables.units import basis_area, mu

CODE = re.compile(r"^\d{9}W\d{3}$")
"""county6 + town3 + W + number (DOMAIN §7.3)."""


@dataclass(frozen=True)
class GridOptions:
    """What the user says about last year's plan.

    Attributes:
        layer: Name of the layer or file.
        year: The plan's year.
        code_field: Column of grid codes, empty to tell it by name.
        ranger_field: Column of rangers' ids or names, empty to tell it by name.
        status: ``plan_status`` of the imported year.
    """

    layer: str
    year: int
    code_field: str = ""
    ranger_field: str = ""
    status: str = "draft"


@dataclass
class GridIntake:
    """Last year's plan as tables.

    Attributes:
        grid: ``grid`` rows in the CRS of the stands.
        grid_stand: ``grid_stand`` rows: each stand wholly in the grid with the largest share.
        assignment: ``assignment`` rows.
        previous: Stand id → grid code.
        findings: Cut stands, gaps, overlaps, unknown rangers, refused rows.
        match: Which column became which field.
        notes: Sentences about the whole.
        n_refused: Rows refused.
    """

    grid: gpd.GeoDataFrame
    grid_stand: pd.DataFrame
    assignment: pd.DataFrame
    previous: dict[str, str]
    findings: list[Finding] = field(default_factory=list)
    match: FieldMatch = field(default_factory=FieldMatch)
    notes: list[Message] = field(default_factory=list)
    n_refused: int = 0


@dataclass
class Plan:
    """A plan while it is read: labels are grids as the file names them."""

    options: GridOptions
    stands: gpd.GeoDataFrame
    findings: list[Finding] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    match: FieldMatch = field(default_factory=FieldMatch)
    label_of: list[str] = field(default_factory=list)
    rangers: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    drawn: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    refused: int = 0


def finish(plan: Plan, persons: pd.DataFrame) -> GridIntake:
    """Number the grids, find the rangers, build the tables."""
    stands = plan.stands.assign(label=plan.label_of)
    inside = stands[stands["label"] != ""]
    towns = _towns(plan, inside)
    codes = grid_codes(
        {label: towns.get(label, "") for label in plan.rangers}, _north(plan, inside)
    )
    renamed = {label: code for label, code in codes.items() if label != code}
    if renamed:
        sample = "、".join(f"{label} → {code}" for label, code in sorted(renamed.items())[:10])
        plan.notes.append(
            Message(
                tr("{n} grids got codes of the usual form ({sample})."),
                {"n": len(renamed), "sample": sample},
            )
        )
    assignment, first = _assignments(plan, codes, towns, persons)
    grid = _grid_table(plan, inside, codes, towns, first)
    year = plan.options.year
    stand_rows = sorted(
        (codes[label], str(s)) for label, s in zip(inside["label"], inside["stand_id"], strict=True)
    )
    grid_stand = pd.DataFrame(
        [(code, year, stand, 1.0) for code, stand in stand_rows], columns=GRID_STAND.names
    )
    return GridIntake(
        grid,
        grid_stand,
        assignment,
        {stand: code for code, stand in stand_rows},
        plan.findings,
        plan.match,
        plan.notes,
        plan.refused,
    )


def _towns(plan: Plan, inside: gpd.GeoDataFrame) -> dict[str, str]:
    """Give each grid the town that most of its area is in; list grids that cross towns."""
    towns = {}
    area = inside.groupby(["label", inside["town_code"].fillna("")])["area_m2"].sum()
    for label, part in area.groupby(level=0):
        shares = part.droplevel(0).sort_index()
        towns[str(label)] = str(shares.idxmax())
        if len(shares) > 1:
            text_ = Message(
                tr("lies in {n} towns: {towns}"),
                {"n": len(shares), "towns": "、".join(map(str, shares.index))},
            )
            plan.findings.append(Finding(plan.rows[str(label)], str(label), "note", text_))
    return towns


def _north(plan: Plan, inside: gpd.GeoDataFrame) -> dict[str, tuple[float, float]]:
    """Give each grid's place for numbering: north first, then west."""
    centres = inside.geometry.centroid
    y, x = (-centres.y).groupby(inside["label"]).mean(), centres.x.groupby(inside["label"]).mean()
    return {str(label): (float(y[label]), float(x[label])) for label in y.index}


def grid_codes(
    towns: Mapping[str, str], places: Mapping[str, tuple[float, float]]
) -> dict[str, str]:
    """Give every grid a code of the usual form; good codes and numbers of a town are kept.

    Args:
        towns: Label → 9-digit town code, empty where a grid holds no stand.
        places: Label → sort key: new numbers run north to south, west to east.

    Example:
        >>> grid_codes({"32号": "360702104", "360702104W001": "360702104"}, {})
        {'360702104W001': '360702104W001', '32号': '360702104W032'}
    """
    codes = {label: label for label in sorted(towns) if CODE.match(label)}
    used = set(codes.values())
    nowhere = (np.inf, np.inf)
    rest = sorted(
        (label for label in towns if label not in codes),
        key=lambda label: (towns[label], places.get(label, nowhere), label),
    )
    for label in rest:
        digits = re.findall(r"\d+", label)
        number = int(digits[-1]) if digits and len(digits[-1].lstrip("0")) <= 3 else 0
        code = f"{towns[label] or '000000000'}W{number:03d}"
        if number and code not in used:
            codes[label] = code
            used.add(code)
    serial: Counter[str] = Counter()
    for label in rest:
        town = towns[label] or "000000000"
        while label not in codes:
            serial[town] += 1
            code = f"{town}W{serial[town]:03d}"
            if code not in used:
                codes[label] = code
                used.add(code)
    return codes


def _assignments(
    plan: Plan, codes: Mapping[str, str], towns: Mapping[str, str], persons: pd.DataFrame
) -> tuple[pd.DataFrame, dict[str, tuple[str, str]]]:
    """Find the rangers of grids: the first name is the full-time ranger, others assist."""
    index = RangerIndex(persons)
    year = plan.options.year
    names = dict(zip(persons["person_id"].astype(str), persons["name"], strict=True))
    rows = []
    first: dict[str, tuple[str, str]] = {}
    for label in sorted(plan.rangers, key=lambda label: codes[label]):
        found = names_in(plan.rangers[label])
        if not found and "ranger" in plan.match.columns:
            plan.findings.append(
                Finding(plan.rows[label], codes[label], "note", Message(tr("is vacant")))
            )
        seen: set[str] = set()
        for name in found:
            person, why = index.find(name, towns.get(label, ""))
            if why is not None:
                plan.findings.append(Finding(plan.rows[label], codes[label], "code", why))
            if why is not None or person in seen:
                continue
            duty = "assistant" if seen else "ranger"
            seen.add(person)
            if duty == "ranger":
                first[label] = person, str(names[person])
            rows.append((codes[label], year, person, duty, f"{year}-01-01", f"{year}-12-31"))
    several = Counter(row[2] for row in rows if row[3] == "ranger")
    for person, n in sorted(several.items()):
        if n > 1:
            text_ = Message(tr("is the full-time ranger of {n} grids"), {"n": n})
            plan.findings.append(Finding(0, str(names[person]), "note", text_))
    return pd.DataFrame(rows, columns=ASSIGNMENT.names[:6]), first


def _grid_table(
    plan: Plan,
    inside: gpd.GeoDataFrame,
    codes: Mapping[str, str],
    towns: Mapping[str, str],
    first: Mapping[str, tuple[str, str]],
) -> gpd.GeoDataFrame:
    basis, _ = basis_area(inside["area_m2"], inside["official_m2"].to_numpy(dtype=float))
    welfare = inside["sen_lin_lb"].isin(PUBLIC_WELFARE).to_numpy()
    members = {str(k): v for k, v in inside.groupby("label").indices.items()}
    planar: Any = inside.geometry.to_numpy()
    rows = []
    for label, code in sorted(codes.items(), key=lambda item: item[1]):
        own = members.get(label, np.zeros(0, dtype=np.int64))
        shape = plan.drawn.get(label)
        if shape is None:
            shape = dissolved(planar[own])
        if not len(own):
            text_ = Message(tr("holds no forest stand"))
            plan.findings.append(Finding(plan.rows[label], code, "note", text_))
        total = float(basis[own].sum())
        ranger, name = first.get(label, (None, None))
        rows.append(
            {
                "grid_code": code,
                "grid_name": plan.names.get(label, label)[:60],
                "grid_year": plan.options.year,
                "town_code": towns.get(label) or None,
                "ranger_id": ranger,
                "ranger_name": name,
                "n_stands": len(own),
                "area_m2": total,
                "area_mu": float(mu(total)),
                "n_parts": int(shapely.get_num_geometries(shape)),
                "status": plan.options.status,
                "flags": None if ranger else "vacant",
                "forest_area_m2": total,
                "gyl_area_m2": float(basis[own][welfare[own]].sum()),
                "geometry": shape,
            }
        )
    frame = pd.DataFrame(rows, columns=[*GRID.names, "geometry"])
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=inside.crs)
