"""``linzhang:regreeningprogress``: done ÷ should be green."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import shapely
from qgis.core import QgsProcessing, QgsProcessingOutputNumber

from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.slopes.progress import regreening_progress
from linzhang_plugin.core.slopes.tables import PROGRESS
from linzhang_plugin.core.tables.units import MU_M2
from linzhang_plugin.core.tables.zones import to_zone
from linzhang_plugin.language import translate
from linzhang_plugin.printing.slopesheets import heading, progress_sheet
from linzhang_plugin.printing.workbook import write_workbook
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.parameters import add_source
from linzhang_plugin.processing.slopes.books import (
    add_as_of,
    add_workbook,
    as_of,
    unit_names,
    workbook_path,
)
from linzhang_plugin.processing.slopes.layers import GROUP
from linzhang_plugin.processing.workspace.outcome import optional_workspace

FIGURES = (
    ("DONE_PERCENT", tr("Done (percent)"), "done_percent"),
    ("N_SITES", tr("Sites"), "n"),
    ("SHOULD_MU", tr("Should be green (mu)"), "should_mu"),
    ("DONE_MU", tr("Is green (mu)"), "done_mu"),
)


class RegreeningProgress(LinzhangAlgorithm):
    """Sites and mu by town, class and status, with totals."""

    NAME = "regreeningprogress"
    TITLE = tr("Regreening progress")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        kind = QgsProcessing.SourceType
        add_source(self, "SITES", tr("Sites (empty: the workspace's)"), kind.TypeVectorPolygon)
        add_as_of(self)
        self.add_workspace()
        self.add_sink("PROGRESS", PROGRESS)
        add_workbook(self, tr("List to be printed"))
        for name, title, _ in FIGURES:
            self.addOutput(QgsProcessingOutputNumber(name, translate(title)))

    def work(self, call: Call) -> dict[str, Any]:
        """Count and add up."""
        day = as_of(call).isoformat()
        workspace = optional_workspace(call)
        frame = call.frame("SITES")
        if frame is None:
            if workspace is None:
                raise InputError(tr("Give SITES, or a WORKSPACE."))
            frame = gpd.GeoDataFrame(workspace.read("bare_slope"))
            if not len(frame):
                raise InputError(tr("The workspace has no bare slopes; import the register."))
        if "status" not in frame:
            raise InputError(tr("SITES has no field status; add it, such as 施工 or 验收合格."))
        if "area_mu" not in frame:
            frame["area_mu"] = shapely.area(to_zone(frame).geometry.to_numpy()) / MU_M2
        made = regreening_progress(frame)
        whole = made.iloc[-1]
        results: dict[str, Any] = {"PROGRESS": call.write("PROGRESS", made, PROGRESS)}
        for name, _, column in FIGURES:
            value = float(whole[column])
            results[name] = None if value != value else value
        path = workbook_path(call)
        if path is not None:
            county = workspace.info.get("county_name", "") if workspace else ""
            title = heading(county, "裸露山体复绿进度", bool(workspace and workspace.sample))
            names = unit_names(workspace) if workspace else {}
            write_workbook(path, [progress_sheet(made, names, title, day)])
            results["XLSX"] = str(path)
        return results
