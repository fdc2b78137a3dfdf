"""The list 包山包人: a block a grid, its hills on the left, its village groups on the right.

Of people there are counts only. The public edition has no phones, no stand numbers, and no name
whose publication was not agreed to.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from linzhang_plugin.core.hills.tables import DUTY_LIST

SIDES = (("bound_e", "东至"), ("bound_s", "南至"), ("bound_w", "西至"), ("bound_n", "北至"))
HILL_COLUMNS = ("hill_id", "hill_name", "stands", "area_mu", "share", "key_places")
PEOPLE_COLUMNS = ("group_name", "households", "units", "publicity", "appeals")
MOST_STANDS = 12
"""Stands named of one piece of a hill; further ones are counted."""
HIDDEN = "（未同意公示）"


def duty_list(
    rows: pd.DataFrame,
    grids: pd.DataFrame,
    people: pd.DataFrame | None = None,
    phones: Mapping[str, str] | None = None,
    hidden: frozenset[str] = frozenset(),
    public: bool = False,
) -> pd.DataFrame:
    """Lay the list out.

    Args:
        rows: Hill × grid × people of :func:`hill_responsibility`; ``stands`` and ``key_places``
            where known.
        grids: ``grid_code`` of the year, with ``grid_name`` and the four bounds where known.
        people: Rows of ``people_duty`` of the year; None for none.
        phones: Phone by grid code, of its rangers.
        hidden: Names whose publication was not agreed to.
        public: Leave out phones, stands and hidden names.

    Returns:
        Rows of :data:`DUTY_LIST`: as many lines a grid as it has hills or groups, grids in the
        order of their codes.
    """
    by_grid = dict(iter(rows.groupby("grid_code", sort=True)))
    groups: dict[Any, pd.DataFrame] = {}
    if people is not None and len(people):
        groups = dict(iter(people.sort_values("group_name").groupby("grid_code")))
    made: list[dict[str, Any]] = []
    ordered = grids.drop_duplicates("grid_code").sort_values("grid_code", kind="stable")
    for seq, grid in enumerate(ordered.to_dict("records"), start=1):
        code = grid["grid_code"]
        hills = by_grid.get(code, rows.iloc[:0]).to_dict("records")
        homes = groups[code].to_dict("records") if code in groups else []
        person = hills[0] if hills else {}
        head = {
            "seq": seq,
            "grid_code": code,
            "grid_name": _text(grid.get("grid_name")),
            "bounds": _bounds(grid),
            "phone": None if public else (phones or {}).get(code),
            **{c: _names(person.get(c), hidden, public)
               for c in ("ranger", "supervisor", "village_chief")},
        }  # fmt: skip
        for line in range(max(1, len(hills), len(homes))):
            row: dict[str, Any] = {**head, "line": line + 1}
            if line < len(hills):
                row |= {c: hills[line].get(c) for c in HILL_COLUMNS}
            if line < len(homes):
                row |= {c: _count(homes[line].get(c)) for c in PEOPLE_COLUMNS}
            if public:
                row["stands"] = None
            made.append(row)
    return pd.DataFrame(made, columns=DUTY_LIST.names, dtype=object)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _count(value: Any) -> Any:
    return value if isinstance(value, str) else None if pd.isna(value) else int(value)


def _bounds(grid: Mapping[Any, Any]) -> str | None:
    """Give the four limits in their order: east, south, west, north."""
    said = [(zh, _text(grid.get(name))) for name, zh in SIDES]
    parts = [text if text.startswith(zh) else zh + text for zh, text in said if text]
    return "；".join(parts) or None


def _names(value: Any, hidden: frozenset[str], public: bool) -> str | None:
    """Give names joined by 、, those not agreed to left out of a public list."""
    text = _text(value)
    if text is None or not public:
        return text
    return published(text, hidden)


def published(names: str, hidden: frozenset[str]) -> str:
    """Give names joined by 、 with a remark for each that is not agreed to."""
    return "、".join(HIDDEN if name in hidden else name for name in names.split("、"))


def stands_of_rows(
    rows: pd.DataFrame, hills: gpd.GeoDataFrame, grids: gpd.GeoDataFrame, stands: gpd.GeoDataFrame
) -> list[str | None]:
    """Name the stands of each piece of a hill, as 林班-小班.

    Args:
        rows: ``hill_id`` and ``grid_code``.
        hills: ``hill_id`` and polygons.
        grids: ``grid_code`` and polygons, same CRS.
        stands: ``lin_ban``, ``xiao_ban`` and polygons, same CRS.
    """
    points = shapely.point_on_surface(stands.geometry.to_numpy())
    hill = _holder(points, hills.geometry.to_numpy())
    grid = _holder(points, grids.geometry.to_numpy())
    held: dict[tuple[Any, Any], list[tuple[str, str]]] = {}
    hill_ids, codes = hills["hill_id"].tolist(), grids["grid_code"].tolist()
    for n, (lin, xiao) in enumerate(zip(stands["lin_ban"], stands["xiao_ban"], strict=True)):
        if hill[n] >= 0 and grid[n] >= 0 and isinstance(lin, str) and isinstance(xiao, str):
            held.setdefault((hill_ids[hill[n]], codes[grid[n]]), []).append((lin, xiao))
    return [
        _stands(held.get((h, g), []))
        for h, g in zip(rows["hill_id"], rows["grid_code"], strict=True)
    ]


def _holder(points: Any, shapes: Any) -> np.ndarray[Any, np.dtype[np.int64]]:
    made = np.full(len(points), -1, dtype=np.int64)
    point, shape = shapely.STRtree(shapes).query(points, predicate="intersects")
    made[point[::-1]] = shape[::-1]
    return made


def _stands(pairs: list[tuple[str, str]]) -> str | None:
    """Give ``0001林班10、20；0002林班10`` and how many more."""
    if not pairs:
        return None
    # Villages number their compartments alike: the same number is named once.
    kept = sorted(set(pairs))[:MOST_STANDS]
    blocks: dict[str, list[str]] = {}
    for lin, xiao in kept:
        blocks.setdefault(lin, []).append(xiao.lstrip("0") or "0")
    text = "；".join(f"{lin}林班{'、'.join(own)}" for lin, own in blocks.items())
    return text + (f" 等{len(pairs)}个小班" if len(pairs) > MOST_STANDS else "")
