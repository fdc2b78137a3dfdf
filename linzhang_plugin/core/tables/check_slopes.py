"""Checks of the register of bare slopes: rule 13, apart from any year's plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import shapely

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.tables.check_data import CheckData, Finding
from linzhang_plugin.core.tables.codes import title
from linzhang_plugin.core.tables.slope_moves import SLOPE_MOVES

CODE = re.compile(r"^\d{6}B\d{6}$")
ACCEPTED = frozenset({"passed", "tending", "closed"})
PLANNED = frozenset({"approved", "working", "waiting", "mending", *ACCEPTED})
OFF = 0.01
"""Difference of the written area from the outline's that is told."""
COMMON = 0.05
"""Share of the smaller outline from which two sites lie over each other."""


def slopes(data: CheckData) -> Iterator[Finding]:
    """Rule 13: codes, areas, outlines apart, statuses proven, verified candidates registered."""
    sites = data.tables.get("bare_slope")
    if sites is None or not len(sites):
        return
    checks = data.tables.get("bare_slope_check", pd.DataFrame(columns=["site_code"]))
    moves = data.tables.get("bare_slope_move", pd.DataFrame(columns=["site_code"]))
    by_site = {str(c): part for c, part in checks.groupby("site_code")}
    last = {}
    if len(moves):
        ordered = moves.sort_values("move_no", kind="stable")
        last = dict(zip(ordered["site_code"], ordered["to_status"], strict=True))
    for site in sites.to_dict("records"):
        yield from _of_site(site, data.county_code)
        yield from _of_status(site, by_site.get(str(site["site_code"])), last)
    yield from _overlaps(sites)
    yield from _histories(moves)
    yield from _reviews(data.tables.get("slope_review"), set(sites["site_code"]))


def _finding(severity: str, site: dict[Any, Any], text: Message) -> Finding:
    town = site.get("town_code")
    mu = site.get("area_mu")
    return Finding(
        13, severity, "slope", str(site["site_code"]), text, site.get("geometry"),
        None if mu is None or pd.isna(mu) else float(mu), town if isinstance(town, str) else None,
    )  # fmt: skip


def _of_site(site: dict[Any, Any], county: str) -> Iterator[Finding]:
    code = str(site["site_code"])
    values = {"site": code}
    if not CODE.match(code) or (county and not code.startswith(county)):
        text = Message(tr("Site code {site} is not county6 + B + year2 + number4."), values)
        yield _finding("warning", site, text)
    shape, written = site.get("geometry"), site.get("area_m2")
    if shape is None or shape.is_empty:
        yield _finding("error", site, Message(tr("Site {site} has no outline."), values))
        return
    if written is not None and pd.notna(written) and abs(written - shape.area) > OFF * shape.area:
        shown = {"written": round(float(written) * 0.0015, 2), "mu": round(shape.area * 0.0015, 2)}
        text = Message(
            tr("Site {site}: {written} mu written, its outline has {mu}."), values | shown
        )
        yield _finding("warning", site, text)


def _of_status(
    site: dict[Any, Any], checks: pd.DataFrame | None, last: dict[Any, Any]
) -> Iterator[Finding]:
    status = str(site["status"])
    values = {"site": site["site_code"], "status": title("slope_status", status)}
    if status in ACCEPTED:
        passed = None
        if checks is not None:
            own = checks[checks["kind"] == "acceptance"]
            passed = any(bool(p) for p in own["passed"] if pd.notna(p))
        if not isinstance(site.get("accepted_on"), str) or not passed:
            text = Message(
                tr("Site {site} is {status} but its acceptance is not on record."), values
            )
            yield _finding("error", site, text)
        seen = None if checks is None else checks[checks["kind"] == "imagery"]
        if seen is not None and len(seen):
            newest = seen.sort_values("check_on", kind="stable").iloc[-1]
            if pd.notna(newest["passed"]) and not bool(newest["passed"]):
                text = Message(
                    tr("Site {site} is {status}, but imagery of {day} does not show it green."),
                    values | {"day": newest["check_on"]},
                )
                yield _finding("warning", site, text)
    if status in PLANNED:
        lacking = [
            zh
            for name, zh in (("measure", "措施"), ("resp_unit", "责任单位"))
            if not isinstance(site.get(name), str)
        ]
        if lacking:
            text = Message(
                tr("Site {site} is {status} without {fields}."),
                values | {"fields": "、".join(lacking)},
            )
            yield _finding("warning", site, text)
    told = last.get(site["site_code"])
    if isinstance(told, str) and told != status:
        text = Message(
            tr("Site {site} is {status}, its last move was to {moved}."),
            values | {"moved": title("slope_status", told)},
        )
        yield _finding("warning", site, text)


def _overlaps(sites: Any) -> Iterator[Finding]:
    """Tell sites that lie over each other; those judged mistaken do not count."""
    own = sites[(sites["status"] != "mistaken") & sites.geometry.notna()].reset_index(drop=True)
    shapes = own.geometry.to_numpy()
    if len(shapes) < 2:
        return
    one, two = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = one < two
    one, two = one[pairs], two[pairs]
    common = shapely.area(shapely.intersection(shapes[one], shapes[two]))
    smaller = np.minimum(shapely.area(shapes[one]), shapely.area(shapes[two]))
    rows = own.to_dict("records")
    for i, j, shared, least in zip(one, two, common, smaller, strict=True):
        if shared > max(1.0, COMMON * least):
            text = Message(
                tr("Sites {site} and {other} lie over each other by {m2} m²."),
                {
                    "site": rows[i]["site_code"],
                    "other": rows[j]["site_code"],
                    "m2": round(float(shared)),
                },
            )
            yield _finding("error", rows[i], text)


def _histories(moves: pd.DataFrame) -> Iterator[Finding]:
    """Tell moves that the life cycle does not allow, such as those of another program."""
    if not len(moves):
        return
    for row in moves.sort_values(["site_code", "move_no"]).to_dict("records"):
        old, new = row["from_status"], row["to_status"]
        if isinstance(old, str) and old != new and new not in SLOPE_MOVES.get(old, ()):
            text = Message(
                tr("Site {site}: move {number} went from {old} to {new}, which is not allowed."),
                {
                    "site": row["site_code"],
                    "number": int(row["move_no"]),
                    "old": title("slope_status", old),
                    "new": title("slope_status", new),
                },
            )
            yield Finding(13, "error", "slope", str(row["site_code"]), text)


def _reviews(queue: pd.DataFrame | None, known: set[Any]) -> Iterator[Finding]:
    """Tell verified candidates that the register does not have."""
    if queue is None or not len(queue):
        return
    for row in queue[queue["status"] == "verified"].to_dict("records"):
        if row["site_code"] not in known:
            text = Message(
                tr("Candidate {no} is verified but not in the register; adopt the review again."),
                {"no": row["candidate_no"]},
            )
            yield Finding(13, "error", "slope", str(row["candidate_no"]), text, row.get("geometry"))
