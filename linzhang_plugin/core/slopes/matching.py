"""Candidates against the known sites: codes stay, new ones follow, changes are told."""

from __future__ import annotations

import re
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.terrain.overlap import common_area

NEW, GROWN, SHRUNK, SAME, GONE = "new", "grown", "shrunk", "same", "gone"

LEAST_COMMON = 0.2
"""Share of the smaller of two outlines that must be common for them to be one site."""

LEAST_CHANGE = 0.2
"""Relative change of area from which a site has grown or shrunk; less is drawing noise."""

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Match:
    """Which candidate is which known site.

    Attributes:
        known: (c,) row of the known site of each candidate, -1 for a new one.
        change: (c,) new, grown, shrunk or same.
        gone: Rows of known sites that no candidate touches.
    """

    known: Ints
    change: list[str]
    gone: Ints

    def of(self, rows: Ints) -> Match:
        """Give the match of some candidates."""
        return Match(self.known[rows], [self.change[row] for row in rows.tolist()], self.gone)


def match_sites(found: npt.NDArray[np.object_], known: npt.NDArray[np.object_]) -> Match:
    """Pair candidates with known sites by their common area, largest first, one to one.

    Args:
        found: (c,) candidate polygons, m.
        known: (k,) polygons of the register, same CRS.
    """
    one, two = shapely.STRtree(known).query(found, predicate="intersects")
    common = common_area(found[one], known[two])
    smaller = np.minimum(shapely.area(found[one]), shapely.area(known[two]))
    enough = common >= LEAST_COMMON * smaller
    one, two, common = one[enough], two[enough], common[enough]
    site = np.full(len(found), -1, dtype=np.int64)
    taken = np.zeros(len(known), dtype=bool)
    for pair in np.lexsort((two, one, -common)).tolist():
        if site[one[pair]] < 0 and not taken[two[pair]]:
            site[one[pair]], taken[two[pair]] = two[pair], True
    touched = taken.copy()
    touched[two] = True
    return Match(site, _changes(found, known, site), np.flatnonzero(~touched))


def _changes(
    found: npt.NDArray[np.object_], known: npt.NDArray[np.object_], site: Ints
) -> list[str]:
    """Say for each candidate how its area compares with its site's."""
    said = []
    for shape, row in zip(found, site.tolist(), strict=True):
        if row < 0:
            said.append(NEW)
            continue
        before, after = known[row].area, shape.area
        grown, shrunk = after > before * (1 + LEAST_CHANGE), after < before * (1 - LEAST_CHANGE)
        said.append(GROWN if grown else SHRUNK if shrunk else SAME)
    return said


def site_codes(
    match: Match, known_codes: list[str], shapes: npt.NDArray[np.object_], county: str, year: int
) -> list[str]:
    """Give every candidate a code: its site's, or the next free one of the year.

    New codes (county6 + ``B`` + year2 + seq4) go from north to south and from west to east.

    Args:
        match: Result of :func:`match_sites`.
        known_codes: (k,) codes of the register, also of closed sites.
        shapes: (c,) candidate polygons.
        county: Six digits.
        year: Calendar year.

    Raises:
        InputError: The county code has not six digits, or the year is used up.
    """
    if not re.fullmatch(r"\d{6}", county):
        raise InputError("County code {code} has not six digits.", code=county)
    fresh = match.known < 0
    made = iter(next_codes(f"{county}B{year % 100:02d}", known_codes, shapes[fresh]))
    return [known_codes[int(k)] if k >= 0 else next(made) for k in match.known]


def next_codes(prefix: str, used: list[str], shapes: npt.NDArray[np.object_]) -> list[str]:
    """Give shapes the next free codes ``prefix`` + seq4, from north to south and west to east.

    Args:
        prefix: County, letter and year.
        used: Codes that are taken, also those of closed or refused sites.
        shapes: (n,) polygons.

    Raises:
        InputError: The year is used up.
    """
    numbers = [int(c[-4:]) for c in used if re.fullmatch(re.escape(prefix) + r"\d{4}", str(c))]
    following = max(numbers, default=0) + 1
    if following + len(shapes) > 10_000:
        raise InputError("More than 9,999 new sites in one year; raise MIN_AREA_M2.")
    middle = shapely.centroid(shapes)
    order = np.lexsort((shapely.get_x(middle), -shapely.get_y(middle)))
    codes = [""] * len(shapes)
    for number, row in enumerate(order.tolist(), start=following):
        codes[row] = f"{prefix}{number:04d}"
    return codes


def gone_sites(known: gpd.GeoDataFrame, match: Match) -> gpd.GeoDataFrame:
    """Give the known sites that are bare no more, marked as such."""
    return known.iloc[match.gone].assign(change=GONE)
