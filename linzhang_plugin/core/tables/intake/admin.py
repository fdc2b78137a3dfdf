"""Administrative boundaries, or a list of codes and names → ``admin_unit``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.tables.intake import shapes
from linzhang_plugin.core.tables.intake.aliases import ADMIN_ALIASES
from linzhang_plugin.core.tables.intake.findings import Finding
from linzhang_plugin.core.tables.intake.names import FieldMatch, match_fields
from linzhang_plugin.core.tables.intake.placenames import PlaceIndex, town_kind
from linzhang_plugin.core.tables.intake.settle import settle_crs
from linzhang_plugin.core.tables.intake.units import dissolved
from linzhang_plugin.core.tables.intake.values import text
from linzhang_plugin.core.tables.schema import ADMIN_UNIT
from linzhang_plugin.core.tables.zones import to_zone

LEVEL_OF_WIDTH = {6: 3, 9: 4, 12: 5}


@dataclass
class AdminIntake:
    """What became of boundaries or of a list.

    Attributes:
        frame: ``admin_unit`` rows; a GeoDataFrame where there were boundaries, else a table
            with code, name, level, parent and kind only.
        findings: Rows refused, repaired or joined.
        match: Which column became which field.
        notes: Sentences about the whole.
        n_refused: Rows refused.
    """

    frame: Any
    findings: list[Finding] = field(default_factory=list)
    match: FieldMatch = field(default_factory=FieldMatch)
    notes: list[Message] = field(default_factory=list)
    n_refused: int = 0


def intake_admin(
    frame: pd.DataFrame,
    layer: str,
    county_code: str = "",
    known: Mapping[str, str] | None = None,
    given: Mapping[str, str] | None = None,
    numbers: list[int] | None = None,
) -> AdminIntake:
    """Turn boundaries, or a plain list of codes and names, into administrative units.

    Args:
        frame: The rows; a GeoDataFrame with polygons, or a table.
        layer: Its name, for sentences.
        county_code: Completes 3-digit town numbers.
        known: Code → name of units that the workspace has, for files with names only.
        given: The user's field → column.
        numbers: Row numbers in the file; from 1 when None.

    Raises:
        InputError: No column of codes or names; no CRS.
    """
    spatial = isinstance(frame, gpd.GeoDataFrame) and frame.geometry.notna().any()
    columns = [str(c) for c in frame.columns if c != "geometry"]
    match = match_fields(columns, ADMIN_ALIASES, given)
    if "unit_code" not in match.columns and "unit_name" not in match.columns:
        raise InputError(
            tr("{layer} has no column of codes (区划代码) or names (名称); give FIELD_MAP."),
            layer=layer,
        )
    made = AdminIntake(None, match=match)
    source = frame.reset_index(drop=True)
    numbers = numbers or list(range(1, len(source) + 1))
    mended = None
    if spatial:
        source, warnings = settle_crs(source, layer, county_code)
        made.notes += warnings
        mended = shapes.mend(source.geometry.to_numpy())
        source = source.set_geometry(gpd.GeoSeries(mended.shapes, crs=source.crs))
    units = _units(source, match, made, county_code, dict(known or {}), mended, numbers)
    made.frame = _with_shapes(units, source) if spatial else _plain(units)
    return made


def _units(
    source: pd.DataFrame,
    match: FieldMatch,
    made: AdminIntake,
    county: str,
    known: dict[str, str],
    mended: shapes.Mended | None,
    numbers: list[int],
) -> dict[str, dict[str, Any]]:
    """Read rows by code; rows of one code are joined."""
    blank = [""] * len(source)
    cells = {
        name: [text(v) for v in source[match.columns[name]]] if name in match.columns else blank
        for name in ADMIN_ALIASES
    }
    index = PlaceIndex({c: n for c, n in known.items() if n and n != c})
    units: dict[str, dict[str, Any]] = {}
    for row, number in enumerate(numbers):
        name = cells["unit_name"][row]
        code = whole_code(cells["unit_code"][row], county)
        if not code and name and not name.isdigit():
            code = index.find(name) or ""
        why = None
        if mended is not None and row in mended.refused:
            why = mended.refused[row]
        elif not code:
            why = Message(tr("has neither a code of 6, 9 or 12 digits nor a known name"))
        if why is not None:
            made.findings.append(Finding(number, name or code, "refused", why))
            made.n_refused += 1
            continue
        if mended is not None and row in mended.repaired:
            made.findings.append(Finding(number, code, "repaired", mended.repaired[row]))
        if code in units:
            text_ = Message(
                tr("has the code of row {first}; both were joined into one unit"),
                {"first": units[code]["number"]},
            )
            made.findings.append(Finding(number, code, "note", text_))
            units[code]["rows"].append(row)
            continue
        units[code] = {"rows": [row], "number": number, "name": name}
    for code, unit in units.items():
        unit["name"] = (unit["name"] or known.get(code, "") or code)[:60]
    return dict(sorted(units.items(), key=lambda item: (len(item[0]), item[0])))


def whole_code(code: str, county: str = "") -> str:
    """Give a code with 6, 9 or 12 digits, the zeros of a higher level cut off.

    Example:
        >>> whole_code("360702104000"), whole_code("104", "360702"), whole_code("360702000000")
        ('360702104', '360702104', '360702')
    """
    if not code.isdigit():
        return ""
    if len(code) <= 3 and county:
        code = county + code.zfill(3)
    if len(code) >= 12:
        code = code[:12]
        if code.endswith("000000"):
            code = code[:6]
        elif code.endswith("000"):
            code = code[:9]
    return code if len(code) in LEVEL_OF_WIDTH else ""


def _row(code: str, name: str) -> dict[str, Any]:
    level = LEVEL_OF_WIDTH[len(code)]
    if level == 3:
        kind, parent = "county", None
    elif level == 4:
        kind, parent = town_kind(code, name), code[:6]
    else:
        kind, parent = "community" if code[9] in "01" else "village", code[:9]
    return {
        "unit_code": code,
        "unit_name": name,
        "level": level,
        "parent_code": parent,
        "kind": kind,
    }


def _plain(units: dict[str, dict[str, Any]]) -> pd.DataFrame:
    rows = [_row(code, unit["name"]) for code, unit in units.items()]
    return pd.DataFrame(rows, columns=["unit_code", "unit_name", "level", "parent_code", "kind"])


def _with_shapes(units: dict[str, dict[str, Any]], source: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    rows = []
    for code, unit in units.items():
        parts: Any = source.geometry.iloc[unit["rows"]].to_numpy()
        shape = parts[0] if len(parts) == 1 else dissolved(parts)
        rows.append({**_row(code, unit["name"]), "presumed": False, "geometry": shape})
    frame = pd.DataFrame(rows, columns=[*ADMIN_UNIT.names, "geometry"])
    made = gpd.GeoDataFrame(frame, geometry="geometry", crs=source.crs)
    if len(made):
        made["area_m2"] = shapely.area(to_zone(made).geometry.to_numpy())
    return made
