"""Decisions on the review queue: 疑似 → 已核实 with a stable code, or 误判 with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.slopes.lifecycle import (
    CLOSED,
    GREEN,
    MISTAKEN,
    NAMES,
    SUSPECTED,
    VERIFIED,
    status_of,
)
from linzhang_plugin.core.slopes.matching import next_codes
from linzhang_plugin.core.slopes.moves import day_of, filled
from linzhang_plugin.core.slopes.queue import units_of
from linzhang_plugin.core.tables.intake.findings import Finding
from linzhang_plugin.core.tables.schema.slopes import BARE_SLOPE, BARE_SLOPE_MOVE, SLOPE_REVIEW

REVIEW_ALIASES: dict[str, str] = {
    "candidate_no": "candidate_no 疑似编号 编号",
    "status": "status decision 核查结论 结论 核实结果",
    "decided_on": "decided_on 核查日期 核实日期 日期",
    "decided_by": "decided_by 核查人 核实人",
    "reason": "reason 理由 说明 原因",
    "photo": "photo 照片 现场照片",
    "site_name": "site_name 小地名 地点",
    "cause": "cause 成因 破损原因",
    "material": "material 坡质 岩性",
    "height_m": "height_m 坡高",
    "owner_status": "owner_status 责任主体",
    "in_forest_land": "in_forest_land 是否林地",
    "hazard": "hazard 安全隐患 隐患",
    "resp_unit": "resp_unit 责任单位",
}
"""Columns of a list of decisions."""

SITE_COLUMNS = tuple(c for c in REVIEW_ALIASES if c in BARE_SLOPE.names and c != "status")
"""What a reviewer may tell about the site."""
MEASURED = ("area_m2", "slope_area_m2", "area_mu", "slope_deg", "town_code", "village_code")


@dataclass(frozen=True, eq=False)
class Decided:
    """What came of the decisions.

    Attributes:
        reviews: ``slope_review``: the decided rows, whole.
        sites: ``bare_slope``: new sites and known ones with their new outline; only columns
            that change hold something.
        moves: New rows of ``bare_slope_move``.
        findings: Refused decisions, and what to look at.
        n_verified: Candidates verified.
        n_mistaken: Candidates judged mistaken.
        n_new: Sites new in the register.
    """

    reviews: gpd.GeoDataFrame
    sites: gpd.GeoDataFrame
    moves: pd.DataFrame
    findings: list[Finding]
    n_verified: int
    n_mistaken: int
    n_new: int


def decide(
    decisions: pd.DataFrame,
    queue: gpd.GeoDataFrame,
    register: gpd.GeoDataFrame,
    moves: pd.DataFrame,
    county: str,
    year: int,
    stands: gpd.GeoDataFrame | None = None,
    grids: gpd.GeoDataFrame | None = None,
) -> Decided:
    """Apply decisions to the queue; verified candidates enter the register.

    Args:
        decisions: Columns of :data:`REVIEW_ALIASES` and ``row``.
        queue: Rows of ``slope_review``.
        register: Rows of ``bare_slope``, same CRS (m).
        moves: Rows of ``bare_slope_move``.
        county: Six digits, for new codes.
        year: Year of new codes.
        stands: ``stand_id`` and polygons, for ``in_forest_land`` and ``stand_id``.
        grids: ``grid_code`` and polygons of the year.

    Raises:
        InputError: The county code is wrong.
    """
    if len(county) != 6 or not county.isdigit():
        raise InputError(tr("County code {code} has not six digits."), code=county)
    rows = {str(no): n for n, no in enumerate(queue["candidate_no"])}
    findings: list[Finding] = []
    taken: dict[int, Mapping[Any, Any]] = {}
    for wish in decisions.to_dict("records"):
        number = str(wish.get("candidate_no") or "").strip()
        try:
            status = _checked(wish, queue.iloc[rows[number]] if number in rows else None)
        except InputError as error:
            findings.append(Finding(int(wish["row"]), number, "refused", error.message))
            continue
        if rows[number] in taken:
            text = Message(tr("candidate {no} is decided twice"), {"no": number})
            findings.append(Finding(int(wish["row"]), number, "refused", text))
            continue
        taken[rows[number]] = {**wish, "status": status}
    picked = sorted(taken)
    reviews = queue.iloc[picked].copy().reset_index(drop=True)
    for column in ("status", "decided_on", "decided_by", "reason", "photo"):
        values = [taken[p].get(column) for p in picked]
        if column == "photo":
            values = [v if filled(v) else o for v, o in zip(values, reviews["photo"], strict=True)]
        reviews[column] = pd.Series(values, dtype=object)
    verified = np.flatnonzero((reviews["status"] == VERIFIED).to_numpy())
    sites = _sites(reviews.iloc[verified], [taken[picked[v]] for v in verified], register, county,
                   year, findings)  # fmt: skip
    _place(sites, stands, grids)
    codes = [c if filled(c) else None for c in reviews["site_code"]]
    for row, code in zip(verified.tolist(), sites["site_code"], strict=True):
        codes[row] = code
    reviews["site_code"] = pd.Series(codes, dtype=object)
    known = set(register["site_code"])
    return Decided(
        reviews[[*SLOPE_REVIEW.names, "geometry"]],
        sites,
        _moves(reviews.iloc[verified], register, moves),
        sorted(findings, key=lambda f: f.row),
        len(verified),
        int((reviews["status"] == MISTAKEN).sum()),
        sum(code not in known for code in sites["site_code"]),
    )


def _checked(wish: Mapping[Any, Any], old: Any) -> str:
    """Give the decision's status.

    Raises:
        InputError: The candidate or decision is unknown, decided already, or without who, when,
            why.
    """
    if old is None:
        raise InputError(tr("candidate {no} is not in the queue"), no=wish.get("candidate_no"))
    written = wish.get("status")
    if not filled(written):
        raise InputError(tr("has no decision; write 已核实 or 误判"))
    status = status_of(str(written))
    if status not in (VERIFIED, MISTAKEN, SUSPECTED):
        raise InputError(tr("{status} is no decision; write 已核实 or 误判"), status=written)
    before = str(old["status"])
    legal = {SUSPECTED: (VERIFIED, MISTAKEN), MISTAKEN: (SUSPECTED,), VERIFIED: ()}
    if status not in legal[before]:
        raise InputError(
            tr("candidate {no} is decided already: {status}"),
            no=old["candidate_no"],
            status=NAMES[before],
        )
    lacking = [c for c in ("decided_on", "decided_by", "reason") if not filled(wish.get(c))]
    if lacking:
        raise InputError(
            tr("the decision on {no} lacks {fields}"),
            no=old["candidate_no"],
            fields="、".join(SLOPE_REVIEW.field(c).zh for c in lacking),
        )
    found = day_of(old["detected_on"])
    decided = day_of(wish["decided_on"])
    if found and decided and decided < found:
        raise InputError(
            tr("candidate {no} was found on {found}, after the decision of {day}"),
            no=old["candidate_no"],
            found=found.isoformat(),
            day=decided.isoformat(),
        )
    return status


def _sites(
    reviews: gpd.GeoDataFrame,
    wishes: list[Mapping[Any, Any]],
    register: gpd.GeoDataFrame,
    county: str,
    year: int,
    findings: list[Finding],
) -> gpd.GeoDataFrame:
    """Give the register's rows of verified candidates."""
    state = dict(zip(register["site_code"], register["status"], strict=True))
    known = [str(c) if filled(c) and c in state else None for c in reviews["known_code"]]
    fresh = np.array([k is None for k in known], dtype=bool)
    made = iter(
        next_codes(f"{county}B{year % 100:02d}", [str(c) for c in state],
                   reviews.geometry.to_numpy()[fresh])
    )  # fmt: skip
    data: list[dict[str, Any]] = []
    for code, review, wish in zip(known, reviews.to_dict("records"), wishes, strict=True):
        row: dict[str, Any] = {c: wish.get(c) for c in SITE_COLUMNS}
        row |= {c: review[c] for c in MEASURED}
        row["site_code"] = next(made) if code is None else code
        before = None if code is None else status_of(str(state[code]))
        again = before in (None, CLOSED, MISTAKEN, SUSPECTED)
        row["status"] = VERIFIED if again else before
        if before in GREEN and not again:
            text = Message(
                tr("site {code} is {status} and seen bare again; look at it and move it"),
                {"code": code, "status": NAMES[str(before)]},
            )
            findings.append(Finding(int(wish["row"]), str(code), "note", text))
        data.append(row)
    table = pd.DataFrame(data, columns=["site_code", *SITE_COLUMNS, *MEASURED, "status"])
    return gpd.GeoDataFrame(
        table.astype(object), geometry=reviews.geometry.to_numpy(), crs=reviews.crs
    )


def _place(
    sites: gpd.GeoDataFrame, stands: gpd.GeoDataFrame | None, grids: gpd.GeoDataFrame | None
) -> None:
    """Say on which stand and in which grid each site lies, in place."""
    shapes = sites.geometry.to_numpy()
    sites["stand_id"] = pd.Series(units_of(shapes, stands, 0, "stand_id"), dtype=object)
    sites["grid_code"] = pd.Series(units_of(shapes, grids, 0, "grid_code"), dtype=object)
    if stands is not None:
        on = [stand is not None for stand in sites["stand_id"]]
        told = sites["in_forest_land"].tolist()
        sites["in_forest_land"] = pd.Series(
            [t if filled(t) else o for t, o in zip(told, on, strict=True)], dtype=object
        )


def _moves(
    reviews: gpd.GeoDataFrame, register: gpd.GeoDataFrame, moves: pd.DataFrame
) -> pd.DataFrame:
    """Give the moves that verification is: 疑似 → 已核实, for a closed site by way of 疑似."""
    state = dict(zip(register["site_code"], register["status"], strict=True))
    last = moves.groupby("site_code")["move_no"].max().to_dict() if len(moves) else {}
    made: list[dict[str, Any]] = []
    for review in reviews.to_dict("records"):
        code = str(review["site_code"])
        before = status_of(str(state[code])) if code in state else SUSPECTED
        way = {SUSPECTED: [(SUSPECTED, VERIFIED)]}.get(before, [])
        if before in (CLOSED, MISTAKEN):
            way = [(before, SUSPECTED), (SUSPECTED, VERIFIED)]
        for step, (old, new) in enumerate(way, start=1):
            made.append(
                {
                    "site_code": code,
                    "move_no": int(last.get(code, 0)) + step,
                    "moved_on": review["decided_on"],
                    "from_status": old,
                    "to_status": new,
                    "moved_by": review["decided_by"],
                    "document": None,
                    "photo": review["photo"],
                    "reason": review["reason"],
                }
            )
    return pd.DataFrame(made, columns=BARE_SLOPE_MOVE.names, dtype=object)
