"""Last year's grids, drawn as polygons or listed stand by stand → the tables of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.progress import Progress, silent, step
from linzhang_plugin.core.tables.codes import FOREST_LAND
from linzhang_plugin.core.tables.intake import shapes
from linzhang_plugin.core.tables.intake.aliases import GRID_ALIASES
from linzhang_plugin.core.tables.intake.findings import Finding
from linzhang_plugin.core.tables.intake.gridplan import GridIntake, GridOptions, Plan, finish
from linzhang_plugin.core.tables.intake.names import FieldMatch, match_fields
from linzhang_plugin.core.tables.intake.settle import settle_crs
from linzhang_plugin.core.tables.intake.units import dissolved
from linzhang_plugin.core.tables.intake.values import padded, text
from linzhang_plugin.core.tables.units import mu

WHOLE = 0.98
"""Share from which a stand counts as wholly in a grid."""
COVERED = 0.5
"""Share of a stand that grids must cover, or it is in no grid."""


def intake_grid_polygons(
    frame: gpd.GeoDataFrame,
    stands: gpd.GeoDataFrame,
    persons: pd.DataFrame,
    options: GridOptions,
    progress: Progress = silent,
) -> GridIntake:
    """Overlay last year's grid polygons with the stands.

    Args:
        frame: The polygons as read, any CRS.
        stands: ``stand`` rows in a metric CRS.
        persons: ``person`` rows.
        options: Year, fields, status.
        progress: Told what happens; asked for cancellation.

    Raises:
        InputError: No CRS, no usable polygon, a field that is not there, no forest stand.
    """
    plan = _begin(frame, stands, options)
    source, warnings = settle_crs(frame.reset_index(drop=True), options.layer)
    plan.notes += warnings
    mended = shapes.mend(source.to_crs(stands.crs).geometry.to_numpy())
    cells = _cells(source, plan.match)
    for row in range(len(source)):
        label = cells["grid_code"][row] or cells["grid_name"][row] or cells["ranger"][row]
        if row in mended.refused or not label:
            why = mended.refused.get(row, Message(tr("has no grid code, name or ranger")))
            _refuse(plan, row, label, why)
            continue
        if row in mended.repaired:
            plan.findings.append(Finding(row + 1, label, "repaired", mended.repaired[row]))
        _take_grid(plan, label, cells, row)
        plan.drawn.setdefault(label, []).append(mended.shapes[row])
    if not plan.drawn:
        raise InputError(
            tr("Layer {layer} has no usable grid polygon; see its codes and shapes."),
            layer=options.layer,
        )
    plan.drawn = {
        label: parts[0] if len(parts) == 1 else dissolved(np.array(parts, dtype=object))
        for label, parts in plan.drawn.items()
    }
    step(progress, 0.3, Message(tr("Laying {n} grids over the stands …"), {"n": len(plan.drawn)}))
    _overlay(plan)
    step(progress, 0.7)
    return finish(plan, persons)


def intake_grid_list(
    frame: pd.DataFrame,
    stands: gpd.GeoDataFrame,
    persons: pd.DataFrame,
    options: GridOptions,
    numbers: list[int] | None = None,
) -> GridIntake:
    """Read a list stand → grid or ranger.

    Args:
        frame: Rows with a stand id, or village, 林班 and 小班; and a grid code or a ranger.
        stands: ``stand`` rows in a metric CRS.
        persons: ``person`` rows.
        options: Year, fields, status.
        numbers: Row numbers in the file; from 1 when None.

    Raises:
        InputError: No column of stands, or of grids or rangers.
    """
    plan = _begin(frame, stands, options)
    columns = plan.match.columns
    if "stand_id" not in columns and "xiao_ban" not in columns:
        raise InputError(
            tr("{layer} has no column of stands (小班标识, or 林班 and 小班)."), layer=options.layer
        )
    cells = _cells(frame, plan.match)
    index = _stand_index(plan.stands)
    numbers = numbers or list(range(1, len(frame) + 1))
    taken: dict[int, int] = {}
    for row, number in enumerate(numbers):
        label = cells["grid_code"][row] or cells["ranger"][row]
        found = _find_stand(index, cells, row)
        why = None
        if found is None:
            why = Message(tr("names a stand that the workspace does not have"))
        elif not label:
            why = Message(tr("has no grid code or ranger"))
        elif found in taken and plan.label_of[found] != label:
            why = Message(
                tr("puts the stand of row {first} into another grid"), {"first": taken[found]}
            )
        if why is not None or found is None:
            _refuse(plan, number - 1, cells["stand_id"][row] or cells["xiao_ban"][row], why)
            continue
        taken[found] = number
        plan.label_of[found] = label
        _take_grid(plan, label, cells, row, number)
    if not taken:
        raise InputError(
            tr("No row of {layer} names a stand of the workspace; compare the ids."),
            layer=options.layer,
        )
    _list_gaps(plan, np.array([0.0 if not label else 1.0 for label in plan.label_of]))
    return finish(plan, persons)


def _begin(frame: pd.DataFrame, stands: gpd.GeoDataFrame, options: GridOptions) -> Plan:
    forest = stands[stands["land_class"].isin(FOREST_LAND)].reset_index(drop=True)
    if not len(forest):
        raise InputError(tr("The workspace has no forest stands; import stands first."))
    given = {"grid_code": options.code_field, "ranger": options.ranger_field}
    columns = [str(c) for c in frame.columns if c != "geometry"]
    match = match_fields(columns, GRID_ALIASES, {k: v for k, v in given.items() if v})
    if not {"grid_code", "ranger", "grid_name"} & set(match.columns):
        raise InputError(
            tr("{layer} has no column of grid codes or rangers; give CODE_FIELD or RANGER_FIELD."),
            layer=options.layer,
        )
    plan = Plan(options, forest, match=match)
    plan.label_of = [""] * len(forest)
    return plan


def _cells(frame: pd.DataFrame, match: FieldMatch) -> dict[str, list[str]]:
    blank = [""] * len(frame)
    return {
        name: [text(v) for v in frame[match.columns[name]]] if name in match.columns else blank
        for name in GRID_ALIASES
    }


def _refuse(plan: Plan, row: int, item: str, why: Message | None) -> None:
    plan.refused += 1
    plan.findings.append(Finding(row + 1, item, "refused", why or Message(tr("is not usable"))))


def _take_grid(
    plan: Plan, label: str, cells: Mapping[str, list[str]], row: int, number: int = 0
) -> None:
    ranger = cells["ranger"][row]
    if ranger and ranger not in plan.rangers.get(label, ""):
        plan.rangers[label] = "、".join(filter(None, (plan.rangers.get(label, ""), ranger)))
    plan.rangers.setdefault(label, "")
    if cells["grid_name"][row]:
        plan.names.setdefault(label, cells["grid_name"][row])
    plan.rows.setdefault(label, number or row + 1)


def _stand_index(stands: gpd.GeoDataFrame) -> dict[Any, int | None]:
    """Index stands by id and by the parts of it; None where a key is not unique."""
    index: dict[Any, int | None] = {}
    columns = [
        stands[c].fillna("").tolist() for c in ("town_code", "village_code", "lin_ban", "xiao_ban")
    ]
    for row, (stand, town, village, lin_ban, xiao_ban) in enumerate(
        zip(stands["stand_id"], *columns, strict=True)
    ):
        keys = [
            stand,
            (town, village, lin_ban, xiao_ban),
            (village, lin_ban, xiao_ban),
            ("cun", village[9:], lin_ban, xiao_ban),
            (lin_ban, xiao_ban),
        ]
        for key in dict.fromkeys(keys):
            index[key] = row if key not in index else None
    return index


def _find_stand(
    index: Mapping[Any, int | None], cells: Mapping[str, list[str]], row: int
) -> int | None:
    if cells["stand_id"][row]:
        return index.get(cells["stand_id"][row])
    lin_ban, xiao_ban = padded(cells["lin_ban"][row], 4), padded(cells["xiao_ban"][row], 5)
    cun = cells["cun"][row]
    for key in ((cun, lin_ban, xiao_ban), ("cun", padded(cun, 3), lin_ban, xiao_ban)):
        if cun and index.get(key) is not None:
            return index[key]
    return None if cun else index.get((lin_ban, xiao_ban))


def _overlay(plan: Plan) -> None:
    """Give each stand the grid with its largest share; list cut stands, gaps and overlaps."""
    labels = sorted(plan.drawn)
    drawn = np.array([plan.drawn[label] for label in labels], dtype=object)
    stands: Any = plan.stands.geometry.to_numpy()
    area = shapely.area(stands)
    tree = shapely.STRtree(drawn)
    row, grid = tree.query(stands, predicate="intersects")
    inside = shapely.contains_properly(drawn[grid], stands[row])
    common = np.where(inside, area[row], 0.0)
    rest = np.flatnonzero(~inside)
    common[rest] = shapely.area(shapely.intersection(stands[row[rest]], drawn[grid[rest]]))
    share = common / area[row]
    order = np.lexsort((grid, -share, row))
    row, grid, share = row[order], grid[order], share[order]
    first = np.concatenate([[True], row[1:] != row[:-1]]) if len(row) else np.zeros(0, bool)
    covered = np.bincount(row, weights=share, minlength=len(stands))
    for at in np.flatnonzero(first):
        here = int(row[at])
        if covered[here] < COVERED:
            continue
        plan.label_of[here] = labels[grid[at]]
        others: list[int] = []
        end = at + 1
        while end < len(row) and row[end] == here:
            if share[end] > 1 - WHOLE:
                others.append(end)
            end += 1
        if others:
            parts = "、".join(f"{labels[grid[k]]} {100 * share[k]:.0f} %" for k in [at, *others])
            stand = str(plan.stands["stand_id"].iloc[here])
            text_ = Message(tr("is cut by grids ({parts}); it goes to the first"), {"parts": parts})
            plan.findings.append(Finding(0, stand, "note", text_))
    _list_gaps(plan, covered)
    pairs, size = shapes.overlaps(drawn)
    for (left, right), m2 in zip(pairs, size, strict=True):
        text_ = Message(
            tr("overlaps grid {other} by {mu} mu"),
            {"other": labels[right], "mu": f"{mu(float(m2)):.2f}"},
        )
        plan.findings.append(Finding(plan.rows[labels[left]], labels[left], "overlap", text_))


def _list_gaps(plan: Plan, covered: Any) -> None:
    for row in np.flatnonzero(covered < COVERED):
        stand = str(plan.stands["stand_id"].iloc[row])
        values = {"mu": f"{mu(float(plan.stands['area_m2'].iloc[row])):.1f}"}
        text_ = Message(tr("is forest land in no grid ({mu} mu)"), values)
        plan.findings.append(Finding(0, stand, "note", text_))
