"""Candidates into the review queue: what is known or judged already is not asked again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.slopes.lifecycle import CLOSED, MISTAKEN, SUSPECTED, status_of
from linzhang_plugin.core.slopes.matching import GONE, GROWN, match_sites, next_codes
from linzhang_plugin.core.slopes.moves import filled
from linzhang_plugin.core.tables.intake.findings import Finding
from linzhang_plugin.core.tables.schema.slopes import SLOPE_REVIEW
from linzhang_plugin.core.tables.units import MU_M2
from linzhang_plugin.core.terrain.overlap import common_area

MEASURED = ("slope_area_m2", "slope_deg", "ndvi", "bsi")
Shapes = npt.NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class Queued:
    """What came of the candidates.

    Attributes:
        frame: Rows of :data:`SLOPE_REVIEW` to be written: new ones, and waiting ones seen again.
        findings: A row for each candidate that was not queued, with the reason.
        n_new: New rows.
        n_again: Waiting rows that were seen again.
        n_known: Candidates that the register has unchanged.
        n_judged: Candidates judged mistaken before.
        n_gone: Known sites that are bare no more.
    """

    frame: gpd.GeoDataFrame
    findings: list[Finding]
    n_new: int
    n_again: int
    n_known: int
    n_judged: int
    n_gone: int


def queue_candidates(
    candidates: gpd.GeoDataFrame,
    queue: gpd.GeoDataFrame,
    register: gpd.GeoDataFrame,
    detected_on: str,
    image: str,
    county: str,
    units: gpd.GeoDataFrame | None = None,
) -> Queued:
    """Match candidates with the register and the queue, and number the new ones.

    A candidate is a known site when a fifth of the smaller outline is common. A known site that
    has not grown is not asked about, unless it is closed: then it is bare again. A candidate
    judged 误判 before is not asked about until it has grown by a fifth.

    Args:
        candidates: Polygons; the columns of ``detectbareslopes`` where they are there.
        queue: Rows of ``slope_review``, same CRS (m).
        register: Rows of ``bare_slope``, same CRS.
        detected_on: Day of the image, ISO.
        image: Its name.
        county: Six digits.
        units: ``unit_code``, ``level`` and polygons, for town and village; None for none.

    Raises:
        InputError: The county code is wrong.
    """
    gone = np.array([str(c) == GONE for c in _column(candidates, "change")], dtype=bool)
    rows = candidates[~gone].reset_index(drop=True)
    shapes = rows.geometry.to_numpy()
    known, change = _known(shapes, register)
    waiting, judged = _queued(shapes, queue)
    findings: list[Finding] = []
    kept: list[int] = []
    counts = {"known": 0, "judged": 0}
    for row in range(len(rows)):
        said = None
        if known[row] >= 0:
            site = register.iloc[int(known[row])]
            if change[row] != GROWN and status_of(str(site["status"])) != CLOSED:
                counts["known"] += 1
                said = Message(tr("is site {code} of the register, not grown"),
                               {"code": site["site_code"]})  # fmt: skip
        elif judged[row] >= 0:
            old = queue.iloc[int(judged[row])]
            counts["judged"] += 1
            values = {"day": old["decided_on"] or "-", "reason": old["reason"] or "-"}
            said = Message(tr("was judged 误判 on {day}: {reason}"), values)
        if said is None:
            kept.append(row)
        else:
            findings.append(Finding(row + 1, _name(rows, row), "note", said))
    pick = np.array(kept, dtype=np.int64)
    made = _rows(rows.iloc[pick].reset_index(drop=True), detected_on, image)
    made["known_code"] = pd.Series(
        [register["site_code"].iloc[int(k)] if k >= 0 else None for k in known[pick]], dtype=object
    )
    made["change"] = [change[k] for k in kept]
    again = waiting[pick]
    made["note"] = pd.Series(_notes(rows.iloc[pick]), dtype=object)
    made["candidate_no"] = _numbers(queue, again, made, county, detected_on)
    for column, level in (("town_code", 4), ("village_code", 5)):
        made[column] = pd.Series(units_of(made.geometry.to_numpy(), units, level), dtype=object)
    n_again = int((again >= 0).sum())
    return Queued(
        made[[*SLOPE_REVIEW.names, "note", "geometry"]], findings, len(made) - n_again, n_again,
        counts["known"], counts["judged"], int(gone.sum()),
    )  # fmt: skip


def _column(frame: pd.DataFrame, name: str) -> list[Any]:
    return frame[name].tolist() if name in frame else [None] * len(frame)


def _name(rows: pd.DataFrame, row: int) -> str:
    value = rows["site_code"].iloc[row] if "site_code" in rows else None
    return str(value) if filled(value) else str(row + 1)


def _known(shapes: Shapes, register: gpd.GeoDataFrame) -> tuple[npt.NDArray[np.int64], list[str]]:
    """Give the site of each candidate, -1 for none, and how it changed."""
    own = np.flatnonzero([status_of(str(s)) != MISTAKEN for s in register["status"]])
    match = match_sites(shapes, register.geometry.to_numpy()[own])
    site = np.where(match.known >= 0, own[match.known] if len(own) else -1, -1)
    return site, match.change


def _queued(
    shapes: Shapes, queue: gpd.GeoDataFrame
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Give the waiting row and the row judged mistaken of each candidate, -1 for none."""
    status = queue["status"].to_numpy(dtype=object)
    made = []
    for wanted in (SUSPECTED, MISTAKEN):
        own = np.flatnonzero(status == wanted)
        match = match_sites(shapes, queue.geometry.to_numpy()[own])
        row = np.where(match.known >= 0, own[match.known] if len(own) else -1, -1)
        if wanted == MISTAKEN:
            row = np.where(np.array(match.change, dtype=object) == GROWN, -1, row)
        made.append(row)
    return made[0], made[1]


def _rows(rows: gpd.GeoDataFrame, detected_on: str, image: str) -> gpd.GeoDataFrame:
    """Give the columns of the queue, areas by geometry."""
    shapes = rows.geometry.to_numpy()
    area = shapely.area(shapes)
    data: dict[str, Any] = dict.fromkeys(SLOPE_REVIEW.names)
    data |= {"area_m2": area, "area_mu": area / MU_M2, "detected_on": detected_on}
    for name in (*MEASURED, "confidence"):
        data[name] = pd.to_numeric(
            pd.Series(_column(rows, name), dtype=object), errors="coerce"
        ).to_numpy(dtype=float)
    data |= {"image": image or None, "status": SUSPECTED}
    table = pd.DataFrame(data, index=range(len(rows)), columns=SLOPE_REVIEW.names)
    return gpd.GeoDataFrame(table, geometry=shapes, crs=rows.crs)


def _notes(rows: pd.DataFrame) -> list[str | None]:
    """Give why each candidate is doubtful; None for one that is not."""
    return [str(why) if filled(why) else None for why in _column(rows, "reason")]


def _numbers(
    queue: gpd.GeoDataFrame,
    again: npt.NDArray[np.int64],
    made: gpd.GeoDataFrame,
    county: str,
    detected_on: str,
) -> list[str]:
    """Give candidates seen again their number, new ones the next free one of the year."""
    if len(county) != 6 or not county.isdigit():
        raise InputError(tr("County code {code} has not six digits."), code=county)
    used = [str(c) for c in queue["candidate_no"]]
    new = again < 0
    prefix = f"{county}Y{detected_on[2:4]}"
    fresh = iter(next_codes(prefix, used, made.geometry.to_numpy()[new]))
    return [
        next(fresh) if is_new else used[int(old)] for is_new, old in zip(new, again, strict=True)
    ]


def units_of(
    shapes: Shapes, units: gpd.GeoDataFrame | None, level: int, code: str = "unit_code"
) -> list[str | None]:
    """Give the unit that holds most of each shape, None for none.

    Args:
        shapes: Polygons, m.
        units: Polygons with ``code`` and, where ``level`` is not 0, ``level``.
        level: Level of the units wanted; 0 for all.
        code: Column of the unit's code.
    """
    made: list[str | None] = [None] * len(shapes)
    if units is None or not len(units):
        return made
    own = units if not level else units[units["level"] == level]
    grounds, codes = own.geometry.to_numpy(), own[code].tolist()
    if not len(own):
        return made
    row, unit = shapely.STRtree(grounds).query(shapes, predicate="intersects")
    common = common_area(shapes[row], grounds[unit])
    for pair in np.lexsort((unit, common)).tolist():
        made[int(row[pair])] = str(codes[int(unit[pair])])
    return made
