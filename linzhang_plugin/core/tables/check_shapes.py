"""Checks of where things lie: rules 1, 2, 3 and 6."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.tables.check_data import CheckData, Finding

SLIVER_M2 = 1.0
"""Overlaps and gaps up to this are noise of digitising."""
SHARE_SLACK = 1e-6


def stands_once(data: CheckData) -> Iterator[Finding]:
    """Rule 1: every forest stand is in exactly one grid of the year (shares add up to 1)."""
    shares = data.parts.groupby("stand_id")["share"].sum()
    grids = data.parts.groupby("stand_id")["grid_code"].agg(lambda codes: ", ".join(sorted(codes)))
    forest = data.stands[data.stands["forest"]]
    for row in forest.itertuples():
        total = float(shares.get(row.stand_id, 0.0))
        if abs(total - 1.0) <= SHARE_SLACK:
            continue
        values: dict[str, Any] = {"stand": row.stand_id, "mu": round(row.basis_m2 * 0.0015, 1)}
        if total == 0:
            text = Message(tr("Stand {stand} ({mu} mu) is in no grid."), values)
        elif total > 1:
            values["grids"] = grids[row.stand_id]
            text = Message(tr("Stand {stand} ({mu} mu) is in several grids: {grids}."), values)
        else:
            values["percent"] = round(100 * total, 1)
            text = Message(tr("Only {percent} % of stand {stand} ({mu} mu) are in a grid."), values)
        yield Finding(
            1, "error", "stand", row.stand_id, text, row.geometry, row.basis_m2 * 0.0015,
            row.town_code,
        )  # fmt: skip


def overlaps_and_gaps(data: CheckData) -> Iterator[Finding]:
    """Rule 2: grids do not overlap by more than 1 m² and cover the forest given to them."""
    shapes = data.grids.geometry.to_numpy()
    codes = data.grids.index.to_numpy()
    tree = shapely.STRtree(shapes)
    first, second = tree.query(shapes, predicate="intersects")
    keep = first < second
    pairs = sorted(zip(first[keep].tolist(), second[keep].tolist(), strict=True))
    for a, b in pairs:
        common = shapely.intersection(shapes[a], shapes[b])
        area = float(shapely.area(common))
        if area > SLIVER_M2:
            text = Message(
                tr("Grids {first} and {second} overlap by {area} m²."),
                {"first": codes[a], "second": codes[b], "area": round(area, 1)},
            )
            yield Finding(
                2, "error", "grid", f"{codes[a]},{codes[b]}", text, common, area * 0.0015,
                data.town_of(codes[a]),
            )  # fmt: skip
    yield from _gaps(data)


def _gaps(data: CheckData) -> Iterator[Finding]:
    """Find stands, or parts of them, that their grid's polygon leaves out."""
    whole = data.parts[np.abs(data.parts["share"] - 1.0) <= SHARE_SLACK]
    for code, rows in whole.groupby("grid_code", sort=True):
        shape = data.grid_shape(code)
        if shape is None:
            text = Message(tr("Grid {grid} has no polygon."), {"grid": code})
            yield Finding(2, "error", "grid", str(code), text)
            continue
        shapely.prepare(shape)
        stands = rows.geometry.to_numpy()
        outside = np.flatnonzero(~shapely.covers(shape, stands))
        left = shapely.difference(stands[outside], shape)
        for index, rest in zip(outside, left, strict=True):
            area = float(shapely.area(rest))
            if area > SLIVER_M2:
                stand = rows["stand_id"].iloc[index]
                text = Message(
                    tr("{area} m² of stand {stand} lie outside the polygon of its grid {grid}."),
                    {"area": round(area, 1), "stand": stand, "grid": code},
                )
                yield Finding(
                    2, "error", "stand", stand, text, rest, area * 0.0015, data.town_of(code)
                )


def enclaves(data: CheckData) -> Iterator[Finding]:
    """Rule 3: a grid is one piece, or its pieces are linked; others are enclaves (飞地).

    Pieces are linked when they lie within the link distance of each other and the shortest
    segment between them crosses no stand of another grid.
    """
    distance = data.rules.number("link_distance_m", 200.0) or 200.0
    tree = shapely.STRtree(data.parts.geometry.to_numpy())
    owners = data.parts["grid_code"].to_numpy()
    for code, rows in data.parts.groupby("grid_code", sort=True):
        pieces = shapely.get_parts(shapely.union_all(rows.geometry.to_numpy(), grid_size=0.01))
        pieces = pieces[shapely.area(pieces) > SLIVER_M2]
        if len(pieces) < 2:
            continue
        groups = _joined(pieces, distance, tree, owners, str(code))
        areas = np.bincount(groups, weights=shapely.area(pieces))
        main = int(np.argmax(areas))
        for group in range(len(areas)):
            if group == main:
                continue
            shape = shapely.union_all(pieces[groups == group])
            text = Message(
                tr("A part of {mu} mu of grid {grid} is an enclave: no link within {distance} m."),
                {"mu": round(areas[group] * 0.0015, 1), "grid": code, "distance": round(distance)},
            )
            yield Finding(
                3, "warning", "grid", str(code), text, shape, float(areas[group]) * 0.0015,
                data.town_of(str(code)),
            )  # fmt: skip


def _joined(pieces: Any, distance: float, tree: shapely.STRtree, owners: Any, code: str) -> Any:
    """Number the groups of pieces that links hold together."""
    label = np.arange(len(pieces))
    near = shapely.STRtree(pieces)
    first, second = near.query(pieces, predicate="dwithin", distance=distance)
    for a, b in sorted(zip(first.tolist(), second.tolist(), strict=True)):
        if a >= b or label[a] == label[b]:
            continue
        if _free(shapely.shortest_line(pieces[a], pieces[b]), tree, owners, code):
            label[label == label[b]] = label[a]
    return np.unique(label, return_inverse=True)[1]


def _free(line: Any, tree: shapely.STRtree, owners: Any, code: str) -> bool:
    """Tell whether a connecting segment crosses no stand of another grid."""
    if line is None or line.length <= 0:
        return True
    hits = tree.query(line, predicate="intersects")
    for index in hits[owners[hits] != code]:
        inside = shapely.intersection(line, tree.geometries[index])
        if inside.length > 0.01:
            return False
    return True


def towns_crossed(data: CheckData) -> Iterator[Finding]:
    """Rule 6: a grid lies in one town; a state farm counts as a town."""
    for code, rows in data.parts.groupby("grid_code", sort=True):
        towns = rows.groupby(rows["town_code"].fillna(""))["mu"].sum().sort_values(ascending=False)
        if len(towns) < 2:
            continue
        foreign = rows[rows["town_code"].fillna("") != towns.index[0]]
        text = Message(
            tr("Grid {grid} crosses into {towns}: {mu} mu lie outside its town {town}."),
            {
                "grid": code,
                "towns": ", ".join(sorted(towns.index[1:])),
                "mu": round(float(foreign["mu"].sum()), 1),
                "town": towns.index[0],
            },
        )
        yield Finding(
            6, "error", "grid", str(code), text,
            shapely.union_all(foreign.geometry.to_numpy()), float(foreign["mu"].sum()),
            str(towns.index[0]),
        )  # fmt: skip
