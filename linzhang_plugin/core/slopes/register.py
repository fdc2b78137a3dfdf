"""A delivered register of bare slopes: fields by alias, codes by name, legal moves only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.slopes.lifecycle import SUSPECTED, move, status_of
from linzhang_plugin.core.slopes.matching import Match, site_codes
from linzhang_plugin.core.tables.code_data import LISTS
from linzhang_plugin.core.tables.intake.findings import Finding
from linzhang_plugin.core.tables.intake.names import FieldMatch, match_fields
from linzhang_plugin.core.tables.intake.shapes import mend
from linzhang_plugin.core.tables.schema.slopes import BARE_SLOPE
from linzhang_plugin.core.tables.units import MU_M2

ALIASES: dict[str, str] = {
    "site_code": "site_code 图斑编号 编号 图斑号 bh tbbh",
    "site_name": "site_name 小地名 名称 位置 地点 xdm",
    "town_code": "town_code 乡镇代码 xiang",
    "village_code": "village_code 村代码 cun",
    "cause": "cause 成因 破损原因",
    "loc_class": "loc_class 区位类别 区位 类别",
    "near_corridor": "near_corridor 最近干线 干线",
    "dist_m": "dist_m 距干线 距离",
    "slope_deg": "slope_deg 坡度",
    "height_m": "height_m 坡高",
    "material": "material 坡质 岩性",
    "cover_pct": "cover_pct 植被盖度 盖度 植被覆盖率",
    "owner_status": "owner_status 责任主体",
    "in_forest_land": "in_forest_land 是否林地",
    "hazard": "hazard 安全隐患 隐患",
    "measure": "measure 拟采取措施 治理措施 措施",
    "budget_wan": "budget_wan 估算投资 投资 投资万元",
    "resp_unit": "resp_unit 责任单位",
    "resp_person": "resp_person 责任人",
    "plan_end": "plan_end 计划完成 完成时限 计划完成时间",
    "accepted_on": "accepted_on 验收日期 验收时间",
    "status": "status 状态 治理状态 进展",
}
"""Field → its names, separated by spaces (the first is our own)."""

NUMBERS = ("dist_m", "slope_deg", "height_m", "cover_pct", "budget_wan")
DATES = ("plan_end", "accepted_on")
YES = {"是", "1", "true", "yes", "y", "有"}


@dataclass(frozen=True, eq=False)
class SiteIntake:
    """An imported register.

    Attributes:
        frame: Rows of :data:`BARE_SLOPE`, in the CRS that came in.
        match: Which column was taken for which field.
        findings: What was repaired, refused or not understood, row by row.
        n_refused: Rows refused.
    """

    frame: gpd.GeoDataFrame
    match: FieldMatch
    findings: list[Finding]
    n_refused: int


def intake_sites(
    rows: gpd.GeoDataFrame,
    field_map: Mapping[str, str],
    county: str,
    year: int,
    known: Mapping[str, str] | None = None,
) -> SiteIntake:
    """Read a register.

    Args:
        rows: Delivered polygons, projected CRS (m).
        field_map: The user's field → column.
        county: Six digits, for codes that are missing.
        year: Calendar year, likewise.
        known: Status of each site that the workspace already has, by code.

    Raises:
        InputError: No row can be used, or a status is not known.
    """
    names = [str(c) for c in rows.columns if c != rows.geometry.name]
    match = match_fields(names, ALIASES, field_map)
    mended = mend(rows.geometry.to_numpy())
    findings = [Finding(r + 1, "", "repaired", m) for r, m in mended.repaired.items()]
    refused = dict(mended.refused)
    table = _fields(rows, match, findings)
    _refuse_double_codes(table["site_code"], refused)
    _refuse_moves(table, known or {}, refused)
    findings += [Finding(r + 1, "", "refused", m) for r, m in refused.items()]
    kept = np.array([r not in refused for r in range(len(rows))], dtype=bool)
    if not kept.any():
        raise InputError(tr("No row of the register can be used: {reason}."),
                         reason=next(iter(refused.values()), Message("no rows")))  # fmt: skip
    shapes = mended.shapes[kept]
    table = table[kept].reset_index(drop=True)
    area = shapely.area(shapes)
    table["area_m2"], table["area_mu"] = area, area / MU_M2
    slope = pd.to_numeric(table["slope_deg"], errors="coerce").to_numpy(dtype=float)
    table["slope_area_m2"] = np.where(np.isfinite(slope), area / np.cos(np.radians(slope)), np.nan)
    table["site_code"] = _codes(table["site_code"], shapes, known or {}, county, year)
    frame = gpd.GeoDataFrame(table, geometry=shapes, crs=rows.crs)
    for name in BARE_SLOPE.names:
        if name not in frame:
            frame[name] = None
    ordered = frame[[*BARE_SLOPE.names, "geometry"]]
    return SiteIntake(ordered, match, sorted(findings, key=lambda f: f.row), len(refused))


def _fields(rows: gpd.GeoDataFrame, match: FieldMatch, findings: list[Finding]) -> pd.DataFrame:
    """Give the register's fields with our names, codes and types."""
    table = pd.DataFrame(index=range(len(rows)))
    for name in ALIASES:
        column = match.columns.get(name)
        blank: list[str | None] = [None] * len(rows)
        values = blank if column is None else [_text(v) for v in rows[column]]
        # As objects: newer pandas would turn missing text into NaN.
        table[name] = pd.Series(_typed(name, values, findings), dtype=object)
    statuses = [status_of(str(s)) if s else SUSPECTED for s in table["status"]]
    table["status"] = pd.Series(statuses, dtype=object)
    return table


def _text(value: object) -> str | None:
    """Give a cell as stripped text, None where it is empty."""
    if value is None or value != value:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip() or None


def _typed(name: str, values: list[str | None], findings: list[Finding]) -> list[object]:
    """Give a column's values as codes, numbers, dates or yes and no."""
    domain = BARE_SLOPE.field(name).codes
    made: list[object] = []
    for row, value in enumerate(values):
        if value is None or name == "status":
            made.append(value)
        elif domain:
            made.append(_code(domain, value, row, findings))
        elif name in NUMBERS:
            made.append(_number(name, value, row, findings))
        elif name in DATES:
            made.append(_date(name, value, row, findings))
        elif name == "in_forest_land":
            made.append(value.lower() in YES)
        else:
            made.append(value)
    return made


def _code(domain: str, value: str, row: int, findings: list[Finding]) -> str | None:
    """Give the code of a value that is a code, a name, or ``code-name``."""
    entries = LISTS[domain]
    first = value.split("-")[0].strip()
    for code, zh, en in entries:
        if value in (code, zh, en) or first in (code, zh) or value.lstrip("0") == code.lstrip("0"):
            return code
    for code, zh, _ in entries:
        if zh in value or value in zh:
            return code
    text = Message("{value} is no {domain}; left empty", {"value": value, "domain": domain})
    findings.append(Finding(row + 1, value, "code", text))
    return None


def _number(name: str, value: str, row: int, findings: list[Finding]) -> float | None:
    try:
        return float(value.replace(",", "").rstrip("%°度米m"))
    except ValueError:
        text = Message("{value} in {field} is no number; left empty",
                       {"value": value, "field": name})  # fmt: skip
        findings.append(Finding(row + 1, value, "note", text))
        return None


def _date(name: str, value: str, row: int, findings: list[Finding]) -> str | None:
    """Read ``2026-03-01``, ``2026/3/1``, ``2026年3月1日`` or ``20260301``."""
    plain = value.replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-")
    plain = plain.replace(".", "-").split(" ")[0].split("T")[0]
    parts = plain.strip("-").split("-")
    if len(parts) == 1 and len(parts[0]) == 8:
        parts = [parts[0][:4], parts[0][4:6], parts[0][6:]]
    try:
        return date(*(int(p) for p in [*parts, "1", "1"][:3])).isoformat()
    except (ValueError, TypeError):
        text = Message("{value} in {field} is no date; left empty",
                       {"value": value, "field": name})  # fmt: skip
        findings.append(Finding(row + 1, value, "note", text))
        return None


def _refuse_double_codes(codes: Iterable[object], refused: dict[int, Message]) -> None:
    """Refuse the second and further rows of one code."""
    first: dict[object, int] = {}
    for row, code in enumerate(codes):
        if code is None or row in refused:
            continue
        if code in first:
            refused[row] = Message(
                "has the code {code} of row {row}; codes must be unique",
                {"code": code, "row": first[code] + 1},
            )
        first.setdefault(code, row)


def _refuse_moves(
    table: pd.DataFrame, known: Mapping[str, str], refused: dict[int, Message]
) -> None:
    """Refuse rows whose status may not follow the one that the workspace has."""
    for row, (code, status) in enumerate(zip(table["site_code"], table["status"], strict=True)):
        if row in refused or code not in known:
            continue
        try:
            move(known[code], status)
        except InputError as error:
            refused[row] = error.message


def _codes(
    codes: pd.Series,
    shapes: np.ndarray[tuple[int], np.dtype[np.object_]],
    known: Mapping[str, str],
    county: str,
    year: int,
) -> list[str]:
    """Give every site a code: its own, or the next free one."""
    own = [None if c is None or c != c else str(c) for c in codes]
    used = [c for c in own if c] + list(known)
    without = np.flatnonzero([c is None for c in own])
    if len(without):
        fresh = Match(np.full(len(without), -1), [], np.empty(0, dtype=np.int64))
        made = site_codes(fresh, used, shapes[without], county, year)
        for row, code in zip(without.tolist(), made, strict=True):
            own[row] = code
    return [str(c) for c in own]
