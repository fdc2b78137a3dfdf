"""A delivered register of bare slopes: fields by alias, codes by name, legal moves only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.slopes.lifecycle import SUSPECTED, move, status_of
from linzhang_plugin.core.slopes.matching import Match, site_codes
from linzhang_plugin.core.tables.intake.findings import Finding
from linzhang_plugin.core.tables.intake.names import FieldMatch, match_fields
from linzhang_plugin.core.tables.intake.shapes import mend
from linzhang_plugin.core.tables.intake.typed import cell_text, typed
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
    "visible": "visible 可视等级 可视性",
    "visible_km": "visible_km 可视长度",
    "first_hillside": "first_hillside 第一面山坡",
    "priority": "priority 优先级 复绿优先级",
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
    "area_mu": "area_mu 面积亩 面积 裸露面积",
    "lon": "lon 经度 x",
    "lat": "lat 纬度 y",
}
"""Field → its names, separated by spaces (the first is our own)."""

PLACE = ("area_mu", "lon", "lat")
"""What gives a row without outline its place."""


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
    outlines: Mapping[str, shapely.Geometry] | None = None,
    numbers: Sequence[int] | None = None,
) -> SiteIntake:
    """Read a register.

    A row without outline (an XLSX) keeps the outline that the workspace has of its site; with
    longitude, latitude and mu it gets a round one of that area, and is told so.

    Args:
        rows: Delivered polygons or missing ones, projected CRS (m).
        field_map: The user's field → column.
        county: Six digits, for codes that are missing.
        year: Calendar year, likewise.
        known: Status of each site that the workspace already has, by code.
        outlines: Its outline, same CRS.
        numbers: Row number in the file of each row; 1, 2, … by default.

    Raises:
        InputError: No row can be used, or a status is not known.
    """
    lines = list(range(1, len(rows) + 1)) if numbers is None else list(numbers)
    names = [str(c) for c in rows.columns if c != rows.geometry.name]
    match = match_fields(names, ALIASES, field_map)
    findings: list[Finding] = []
    table = _fields(rows, match, findings, lines)
    mended = mend(_outlines(rows, table, outlines or {}, findings, lines))
    findings += [Finding(lines[r], "", "repaired", m) for r, m in mended.repaired.items()]
    refused = dict(mended.refused)
    _refuse_double_codes(table["site_code"], refused, lines)
    _settle_status(table, known or {}, refused)
    findings += [Finding(lines[r], "", "refused", m) for r, m in refused.items()]
    kept = np.array([r not in refused for r in range(len(rows))], dtype=bool)
    if not kept.any():
        raise InputError(tr("No row of the register can be used: {reason}."),
                         reason=next(iter(refused.values()), Message("no rows")))  # fmt: skip
    shapes = mended.shapes[kept]
    table = table[kept].drop(columns=list(PLACE)).reset_index(drop=True)
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


def _fields(
    rows: gpd.GeoDataFrame, match: FieldMatch, findings: list[Finding], lines: Sequence[int]
) -> pd.DataFrame:
    """Give the register's fields with our names, codes and types."""
    table = pd.DataFrame(index=range(len(rows)))
    for name in ALIASES:
        column = match.columns.get(name)
        blank: list[str | None] = [None] * len(rows)
        values = blank if column is None else [cell_text(v) for v in rows[column]]
        if name in ("status", "lon", "lat"):
            made: list[object] = list(values)
        else:
            made = typed(BARE_SLOPE, name, values, lines, findings)
        # As objects: newer pandas would turn missing text into NaN.
        table[name] = pd.Series(made, dtype=object)
    statuses = [status_of(str(s)) if s else None for s in table["status"]]
    table["status"] = pd.Series(statuses, dtype=object)
    return table


def _outlines(
    rows: gpd.GeoDataFrame,
    table: pd.DataFrame,
    outlines: Mapping[str, shapely.Geometry],
    findings: list[Finding],
    lines: Sequence[int],
) -> npt.NDArray[np.object_]:
    """Give each row's outline: its own, the workspace's, or a round one about its point."""
    shapes = rows.geometry.to_numpy().copy()
    flat = shapely.get_dimensions(shapes) == 2
    lon, lat, mu = (pd.to_numeric(table[c], errors="coerce") for c in ("lon", "lat", "area_mu"))
    points = gpd.GeoSeries(gpd.points_from_xy(lon, lat), crs=4490).to_crs(rows.crs)
    for row in np.flatnonzero(~flat).tolist():
        code = table["site_code"].iloc[row]
        point = points.iloc[row]
        if code in outlines:
            shapes[row] = outlines[code]
        elif np.isfinite([lon[row], lat[row], mu[row]]).all() and not point.is_empty:
            shapes[row] = _round(point, float(mu[row]) * MU_M2)
            text = Message(tr("has no outline: a round one of {mu} mu was drawn about its point"),
                           {"mu": round(float(mu[row]), 2)})  # fmt: skip
            findings.append(Finding(lines[row], str(code or ""), "presumed", text))
    return shapes


def _round(point: shapely.Point, area: float) -> shapely.Polygon:
    """Give a 64-cornered polygon of an area about a point."""
    corners = 64
    step = 2 * np.pi / corners
    radius = np.sqrt(2 * area / (corners * np.sin(step)))
    angle = step * np.arange(corners)
    xy = np.stack([point.x + radius * np.cos(angle), point.y + radius * np.sin(angle)], axis=1)
    return shapely.Polygon(xy)


def _refuse_double_codes(
    codes: Iterable[object], refused: dict[int, Message], lines: Sequence[int]
) -> None:
    """Refuse the second and further rows of one code."""
    first: dict[object, int] = {}
    for row, code in enumerate(codes):
        if code is None or row in refused:
            continue
        if code in first:
            refused[row] = Message(
                "has the code {code} of row {row}; codes must be unique",
                {"code": code, "row": lines[first[code]]},
            )
        first.setdefault(code, row)


def _settle_status(
    table: pd.DataFrame, known: Mapping[str, str], refused: dict[int, Message]
) -> None:
    """Refuse a status that may not follow the workspace's; none written keeps that one."""
    settled: list[str] = []
    for row, (code, status) in enumerate(zip(table["site_code"], table["status"], strict=True)):
        before = known.get(code) if isinstance(code, str) else None
        if not isinstance(status, str):
            settled.append(before or SUSPECTED)
            continue
        settled.append(status)
        if row in refused or before is None:
            continue
        try:
            move(before, status)
        except InputError as error:
            refused[row] = error.message
    table["status"] = pd.Series(settled, dtype=object)


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
