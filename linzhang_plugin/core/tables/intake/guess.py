"""Fields told from values where no name fits: areas, land classes, 9- and 12-digit codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from linzhang_plugin.core.tables.intake import values
from linzhang_plugin.core.tables.intake.areas import official_areas
from linzhang_plugin.core.tables.intake.landclass import GENERATIONS
from linzhang_plugin.core.tables.intake.names import FieldMatch
from linzhang_plugin.core.tables.zones import PROVINCES

LOOKED_AT = 5_000
"""Rows looked at."""
SURE = 0.95
"""Share of the rows with a value that must fit."""
LEAST_CLASSES = 2
"""A constant column tells nothing about land classes."""


def guess_by_values(
    match: FieldMatch,
    frame: gpd.GeoDataFrame,
    area_m2: npt.NDArray[np.float64],
    given: Mapping[str, str],
) -> None:
    """Add to ``match`` the fields that unmapped columns hold by their values.

    Args:
        match: Matched by name; changed in place.
        frame: The file's rows.
        area_m2: Geometric areas, m².
        given: The user's FIELD_MAP; its fields are never guessed.
    """
    some = slice(0, LOOKED_AT)
    wanted = {"official", "di_lei", "town_code", "village_code", "xian"} - set(match.columns)
    if "land_class" in match.columns:
        wanted.discard("di_lei")
    for name in ("xiang", "xiang_name"):
        if name in match.columns:
            wanted.discard("town_code")
    for name in ("cun", "cun_name"):
        if name in match.columns:
            wanted.discard("village_code")
    wanted -= set(given)
    for column in list(match.unmapped):
        cells = frame[column].iloc[some]
        field = _field_of(column, cells, area_m2[some], wanted)
        if field:
            match.take(field, column, "values")
            wanted.discard(field)


def _field_of(
    column: str, cells: gpd.GeoSeries, area: npt.NDArray[np.float64], wanted: set[str]
) -> str:
    texts = [t for t in values.texts(cells) if t]
    if not texts:
        return ""
    if all(t.isdigit() and len(t) in (6, 9, 12) for t in texts[:200]):
        field = _code_field(texts)
        return field if field in wanted else ""
    if "di_lei" in wanted and _land_classes(texts):
        return "di_lei"
    numbers = values.numbers(cells)
    enough = np.isfinite(numbers).sum() >= max(5, SURE * len(texts))
    if "official" in wanted and enough and official_areas(column, numbers, area).agreeing >= SURE:
        return "official"
    return ""


def _code_field(texts: list[str]) -> str:
    lengths = Counter(map(len, texts))
    length, n = lengths.most_common(1)[0]
    same = sum(t[:2] in PROVINCES for t in texts)
    if min(n, same) < SURE * len(texts):
        return ""
    if length == 6:
        return "xian" if len(set(texts)) <= 3 else ""
    return "town_code" if length == 9 else "village_code"


def _land_classes(texts: list[str]) -> bool:
    codes = [values.code_and_name(t)[0] for t in texts]
    distinct = set(codes)
    if len(distinct) < LEAST_CLASSES or not all(len(c) in (4, 6) for c in distinct):
        return False
    return any(
        sum(code in table for code in codes) >= SURE * len(codes) for table in GENERATIONS.values()
    )
