"""Judged patrols into the lines that the project of a workspace shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pandas as pd
from qgis.core import QgsCoordinateReferenceSystem, QgsFeatureRequest

from linzhang_plugin.core.batch import in_processes
from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.patrols.areas import make_areas
from linzhang_plugin.core.patrols.clock import Clock, day_number, day_text
from linzhang_plugin.core.patrols.parts import assess_parts, lines_of, parts_of
from linzhang_plugin.core.patrols.rules import patrol_rules
from linzhang_plugin.core.patrols.tables.outings import PATROL
from linzhang_plugin.core.progress import Progress, part
from linzhang_plugin.core.tables.rules import load_rules
from linzhang_plugin.language import translate
from linzhang_plugin.processing import bridge
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.patrols.countybook import CountyBook
from linzhang_plugin.processing.patrols.ruled import DEFAULT_RULES
from linzhang_plugin.workspace.patrol_map import PatrolMap
from linzhang_plugin.workspace.store import Workspace
from linzhang_plugin.workspace.traces import TraceStore

FEW = 1000
"""Lines that are in memory at a time."""


def days_of(first: int, last: int) -> set[str]:
    """Give the days of a period as ISO text."""
    return {day_text(day) for day in range(first, last + 1)}


@contextmanager
def keeping_lines(call: Call, workspace: Workspace, first: int, last: int) -> Iterator[None]:
    """Keep the lines of PATROLS in the period, unless what is done meanwhile fails.

    Without PATROLS the lines that are kept stay.

    Raises:
        InputError: PATROLS lacks a field.
    """
    source = call.source("PATROLS")
    if source is None:
        yield
        return
    wanted = days_of(first, last)
    lines = _lines(call, source, wanted)
    with PatrolMap(workspace.path).keeping(lines, wanted, translate):
        yield


def _lines(call: Call, source: Any, days: set[str]) -> Iterator[pd.DataFrame]:
    names = [field.name() for field in source.fields()]
    for name in PATROL.names:
        if name not in names:
            raise InputError(
                tr("PATROLS has no field {field}; choose the output of assesspatrols."), field=name
            )
    request = QgsFeatureRequest().setDestinationCrs(
        QgsCoordinateReferenceSystem("EPSG:4326"), call.context.transformContext()
    )
    rows: list[tuple[object, ...]] = []
    for feature in source.getFeatures(request):
        values = [bridge.plain(feature[name]) for name in PATROL.names]
        if str(values[PATROL.names.index("day")])[:10] in days and feature.hasGeometry():
            rows.append((*values, bytes(feature.geometry().asWkb())))
        if len(rows) == FEW:
            yield pd.DataFrame(rows, columns=[*PATROL.names, "wkb"])
            rows = []
    if rows:
        yield pd.DataFrame(rows, columns=[*PATROL.names, "wkb"])


def keep_last_month(workspace: Workspace, progress: Progress) -> None:
    """Judge the last month of a new workspace's traces by the default rules and keep the lines.

    Args:
        workspace: With its grids; without traces its project has an empty layer.
        progress: Receives progress.
    """
    store, kept, clock = TraceStore(workspace.path), PatrolMap(workspace.path), Clock()
    kept.make()
    months = store.months()
    if not months:
        return
    first = day_number(f"{max(months)}-01")
    last = int(pd.Period(max(months), "M").days_in_month) + first - 1
    rules = patrol_rules(load_rules(DEFAULT_RULES, "patrols", {}).parameters)
    plan, held = CountyBook(workspace).grids(first, last)
    areas = make_areas(plan, rules.grid_buffer_m, held)
    parts = parts_of(store, first, last, rules, clock, areas)
    assessed = assess_parts(parts, in_processes(1), part(progress, 0.0, 0.5))
    lines = lines_of(parts, assessed, part(progress, 0.5, 1.0))
    kept.keep(lines, days_of(first, last), translate)
