"""Patrol coverage: the share of each grid within sight of its ranger's way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from osgeo import gdal
from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
)

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.patrols.areas import make_areas
from linzhang_plugin.core.patrols.cleaning import clean
from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.coverage import CoverageParams, Heat, coverage
from linzhang_plugin.core.patrols.fixes import Fixes, no_fixes
from linzhang_plugin.core.patrols.judgement import judge
from linzhang_plugin.core.patrols.patrols import find_patrols
from linzhang_plugin.core.patrols.rates import definitions
from linzhang_plugin.core.patrols.sources import ByPeople
from linzhang_plugin.core.patrols.tables.ground import COVERAGE, UNVISITED
from linzhang_plugin.core.progress import part
from linzhang_plugin.core.tables.zones import to_zone
from linzhang_plugin.language import language, translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.patrols.countybook import CountyBook, add_book
from linzhang_plugin.processing.patrols.ruled import (
    GROUP,
    add_clock,
    add_period,
    add_rules,
    clock_of,
    period_of,
    rules_of,
)
from linzhang_plugin.processing.patrols.traces import parts_of_traces

FOREST = frozenset(
    {
        *("乔木林", "竹林", "疏林", "国灌", "其他灌", "未成林", "苗圃", "迹地", "宜林", "辅助"),
        *("arbor", "bamboo", "mangrove", "special_shrub", "other_shrub", "open"),
        *("young_planted", "young_closed", "nursery", "felled", "burnt", "other_bare"),
        *("suitable", "forest_swamp", "shrub_swamp", "auxiliary"),
    }
)
"""Land classes that are forest land, by word or by the workspace's codes."""


class PatrolCoverage(LinzhangAlgorithm):
    """Traces and grids → coverage, unvisited areas, heat."""

    NAME = "patrolcoverage"
    TITLE = tr("Patrol coverage of grids")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        source = QgsProcessingParameterFeatureSource
        kinds = QgsProcessing.SourceType
        number = QgsProcessingParameterNumber
        real = number.Type.Double
        lines, polygons = [kinds.TypeVectorLine], [kinds.TypeVectorPolygon]
        self.add(
            source("TRACKS", translate(tr("Tracks")), lines, None, True),
            tr(
                "Tracks of valid patrols: filter the layer PATROLS of assesspatrols by valid."
                " Empty: the valid patrols among the workspace's traces."
            ),
        )
        self.add(source("GRIDS", translate(tr("Management grids")), polygons, None, True))
        self.add(
            source("STANDS", translate(tr("Stands")), polygons, None, True),
            tr("Only forest counts where they are given; else the whole grid."),
        )
        self.add(number("BUFFER_M", translate(tr("Buffer (m)")), real, 100.0, False, 1.0, 1000.0))
        self.add(
            number("GAP_MINUTES", translate(tr("Longest silence bridged (minutes)")), real, 5.0,
                   False, 0.1, 60.0),
            advanced=True,
        )  # fmt: skip
        self.add(
            number("HEAT_CELL_M", translate(tr("Cell of the heat raster (m)")), real, 25.0, False,
                   5.0, 1000.0),
            advanced=True,
        )  # fmt: skip
        add_book(self)
        add_rules(self)
        add_period(self)
        add_clock(self)
        self.add_sink("COVERAGE", COVERAGE)
        self.add_sink("UNVISITED", UNVISITED)
        title = translate(tr("Heat: minutes a cell"))
        raster = QgsProcessingParameterRasterDestination("HEAT", title, None, True)
        raster.setCreateByDefault(False)
        self.add(raster)
        self.addOutput(
            QgsProcessingOutputNumber("COVERED_PERCENT", translate(tr("Covered (percent)")))
        )

    def work(self, call: Call) -> dict[str, Any]:
        """Read, measure, write."""
        clock = clock_of(call)
        traces, book = parts_of_traces(call, clock, ("TRACKS",))
        first, last = period_of(call, traces if isinstance(traces, Fixes) else no_fixes(), clock)
        grids = call.frame("GRIDS")
        if grids is None:
            if book is None:
                raise InputError(tr("Give GRIDS or WORKSPACE: there is nothing to be covered."))
            grids = book.plan(last)
        for name in ("grid_code", "ranger_id"):
            if name not in grids.columns:
                raise InputError(
                    tr("GRIDS has no field {field}; choose the layer of management grids."),
                    field=name,
                )
        stands = call.frame("STANDS")
        if stands is None and book is not None:
            stands = book.table("stand")
        if stands is not None and "land_class" in stands.columns:
            stands = stands[stands["land_class"].isin(FOREST)]
        fixes: Fixes | ByPeople
        if isinstance(traces, Fixes):
            fixes = clean(traces, 60.0).fixes
        else:
            fixes = _of_valid(call, traces, book, clock, (first, last))
        gap = call.number("GAP_MINUTES") or 5.0
        params = CoverageParams(call.number("BUFFER_M") or 100.0, silent_minutes=gap)
        path, heat = call.output_path("HEAT"), None
        if path:
            heat = Heat(to_zone(grids).crs, call.number("HEAT_CELL_M") or 25.0, gap)
        progress = part(call.progress, 0.1, 0.9)
        table, gaps = coverage(fixes, grids, params, stands, progress, heat)
        total = float(table["area_m2"].sum())
        table["definitions"] = definitions(("covered_percent",), language() == "zh")
        outputs: dict[str, Any] = {
            "COVERAGE": call.write("COVERAGE", table, COVERAGE),
            "UNVISITED": call.write("UNVISITED", gaps, UNVISITED),
            "COVERED_PERCENT": 100.0 * float(table["covered_m2"].sum()) / total if total else 0.0,
        }
        if heat is not None and _write_heat(call, path, heat, to_zone(grids).crs):
            outputs["HEAT"] = path
        return {name: value for name, value in outputs.items() if value is not None}


def _of_valid(
    call: Call, traces: ByPeople, book: CountyBook | None, clock: Clock, period: tuple[int, int]
) -> ByPeople:
    """Give, as it is read, the fixes of the patrols that count under RULES in the period."""
    rules = rules_of(call)
    assert book is not None  # what is read in parts is a workspace
    plan, held = book.grids(*period)
    areas = make_areas(plan, rules.grid_buffer_m, held)

    def counted(fixes: Fixes) -> Fixes:
        found = find_patrols(fixes, rules, clock, areas, part(call.progress, 0.0, 0.1))
        inside = (found.day >= period[0]) & (found.day <= period[1])
        counts = judge(found, rules, areas).patrols["valid"].to_numpy(dtype=bool) & inside
        return found.fixes.take(counts[found.of_fix])

    return replace(traces, prepared=counted)


def _write_heat(call: Call, path: str, heat: Heat, crs: Any) -> bool:
    """Write the raster; False, with a warning, where there is no way at all."""
    grid, west, north = heat.raster()
    cell = heat.cell
    if not grid.size:
        call.warn(Message("No patrol counts in the period: there is no heat to be drawn."))
        return False
    driver = "GTiff" if Path(path).suffix.lower() in (".tif", ".tiff") else "GPKG"
    rows, columns = grid.shape
    data = gdal.GetDriverByName(driver).Create(path, columns, rows, 1, gdal.GDT_Float32)
    if data is None:
        raise InputError(
            tr("{parameter}: {value} cannot be written; check the folder and free space."),
            parameter="HEAT",
            value=path,
        )
    data.SetGeoTransform((west, cell, 0.0, north, 0.0, -cell))
    data.SetProjection(crs.to_wkt())
    band = data.GetRasterBand(1)
    band.SetNoDataValue(0.0)
    band.WriteArray(grid.astype(np.float32))
    data.FlushCache()
    del band, data
    return True
