"""What the notice says of the ground: area covered and risk zones visited."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from linzhang_plugin.core.patrols.notice_form import Sheet
from linzhang_plugin.core.patrols.notice_words import DASH, percent, town_name


def coverage_lines(coverage: pd.DataFrame | None) -> list[str]:
    """Say 巡护率（面积） of all grids and how many of them are under half."""
    if coverage is None or not len(coverage):
        return []
    area, seen = float(coverage["area_m2"].sum()), float(coverage["covered_m2"].sum())
    low = int((coverage["covered_m2"] < 0.5 * coverage["area_m2"]).sum())
    width = ""
    if "buffer_m" in coverage.columns and coverage["buffer_m"].nunique() == 1:
        width = f"（轨迹两侧各{float(coverage['buffer_m'].iloc[0]):g}米）"
    share = percent(100.0 * seen / area if area else None)
    return [
        f"本月巡护率（面积）{share}{width}，其中低于50%的网格{low}个，共{len(coverage)}个网格。"
    ]


def risk_lines(risk: pd.DataFrame | None) -> list[str]:
    """Say how many visits of risk zones were due and done."""
    if risk is None or not len(risk):
        return []
    whole = risk[risk["town_code"].fillna("") == ""]
    if not len(whole) or not int(whole["due"].iloc[0]):
        return ["本月没有应当每日必巡的重点区域。"]
    row = whole.iloc[0]
    filled = row.get("checkins")
    helped = "" if pd.isna(filled) else f"，其中由干部、党员、志愿者签到补位{int(filled)}处次"
    return [
        f"重点区域应巡{int(row['due'])}处次，已巡{int(row['visited'])}处次，"
        f"未巡{int(row['missed'])}处次，重点区域巡护率{percent(row['risk_percent'])}{helped}。"
    ]


def kept_area_lines(whole: pd.Series) -> list[str]:
    """Say 巡护率（面积） as the workspace keeps it."""
    if pd.isna(whole.get("covered_percent")):
        return []
    width = whole.get("buffer_m")
    sides = "" if pd.isna(width) else f"（轨迹两侧各{float(width):g}米）"
    return [f"本月巡护率（面积）{percent(whole['covered_percent'])}{sides}。"]


def kept_areas(here: pd.DataFrame) -> pd.DataFrame | None:
    """Give the areas by town that the workspace keeps, as patrolcoverage has them."""
    if "area_m2" not in here.columns or not here["area_m2"].notna().any():
        return None
    known = here[here["area_m2"].notna() & (here["town_code"].fillna("") != "")]
    return known.astype({"area_m2": float, "covered_m2": float})


def kept_risk(here: pd.DataFrame) -> pd.DataFrame | None:
    """Give the rows of risk zones that the workspace keeps, as riskpatrols has them."""
    if "risk_due" not in here.columns or not here["risk_due"].notna().any():
        return None
    known = here[here["risk_due"].notna()]
    due, visited = known["risk_due"].astype(int), known["risk_visited"].astype(int)
    return pd.DataFrame(
        {
            "town_code": known["town_code"],
            "due": due,
            "visited": visited,
            "missed": due - visited,
            "checkins": known["risk_checkins"],
            "risk_percent": known["risk_percent"],
        }
    )


def area_sheets(
    coverage: pd.DataFrame | None, risk: pd.DataFrame | None, names: Mapping[str, str]
) -> list[Sheet]:
    """Give both rates by town in one table; grids and zones are named nowhere."""
    areas: dict[str, object] = {}
    if coverage is not None and "town_code" in coverage.columns:
        sums = coverage.groupby(coverage["town_code"].fillna(""))[["area_m2", "covered_m2"]].sum()
        areas = {
            str(town): percent(100.0 * seen / area if area else None)
            for town, area, seen in sums.itertuples()
        }
    zones: dict[str, tuple[object, ...]] = {}
    for row in [] if risk is None else risk.to_dict("records"):
        if isinstance(row["town_code"], str) and row["town_code"]:
            share = percent(row["risk_percent"])
            zones[row["town_code"]] = (int(row["due"]), int(row["visited"]), share)
    towns = sorted((set(areas) | set(zones)) - {""})
    if not towns:
        return []
    header = ("镇（街道）", "巡护率（面积）", "应巡处次", "已巡处次", "重点区域巡护率")
    none = (DASH, DASH, DASH)
    rows = tuple(
        (town_name(town, names), areas.get(town, DASH), *zones.get(town, none)) for town in towns
    )
    return [Sheet("各镇（街道）巡护覆盖情况表", header, rows, "coverage")]
