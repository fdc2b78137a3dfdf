"""Import events: the platform's list of what rangers reported."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.patrols.readers.rejected import Rejection
from linzhang_plugin.core.patrols.records import EVENT_WORDS, Records, read_events
from linzhang_plugin.core.patrols.tables.events import EVENT_ROW
from linzhang_plugin.core.tables.intake.findings import Finding, list_findings
from linzhang_plugin.core.tables.reports import Report
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.patrols.ruled import GROUP, add_clock, clock_of
from linzhang_plugin.processing.workspace.outcome import (
    declare_outcome,
    optional_workspace,
    write_outcome,
)
from linzhang_plugin.processing.workspace.rows import Delivered, ListAlgorithm, read_list


class ImportEvents(ListAlgorithm):
    """List or layer of events → a layer with fixed columns."""

    NAME = "importevents"
    TITLE = tr("Import events")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        self.declare_input(
            tr("Events"), tr("A layer, or an XLSX or CSV with the time of being found.")
        )
        self.add_workspace()
        add_clock(self)
        self.add_sink("OUTPUT", EVENT_ROW)
        declare_outcome(self)

    def work(self, call: Call) -> dict[str, Any]:
        """Read, check, write."""
        clock = clock_of(call)
        workspace = optional_workspace(call)
        found = read_list(call, EVENT_WORDS, "found_at", geometry=True)
        sheet = found.sheets[0]
        records = read_events(sheet.titles, sheet.rows, sheet.numbers, clock)
        if not len(records.frame):
            raise InputError(
                tr("{file} has no event with a time of being found; check its columns."),
                file=found.title,
            )
        frame = _placed(records.frame, found, sheet.numbers, records)
        results: dict[str, Any] = {"N_IMPORTED": len(frame), "N_REFUSED": len(records.refused)}
        report = report_of(tr("Import of events"), records)
        if workspace is None:
            return results | _write(call, frame, report, records)
        with workspace.transaction(action=self.NAME) as writer:
            writer.upsert("event", frame)
            results |= _write(call, frame, report, records)
        return results


def _write(call: Call, frame: gpd.GeoDataFrame, report: Report, records: Records) -> dict[str, Any]:
    return {
        "OUTPUT": call.write("OUTPUT", frame, EVENT_ROW),
        **write_outcome(call, report, findings_of(records.refused)),
    }


def _placed(
    frame: pd.DataFrame, found: Delivered, numbers: list[int], records: Records
) -> gpd.GeoDataFrame:
    lon = frame.pop("lon").to_numpy(dtype=float)
    lat = frame.pop("lat").to_numpy(dtype=float)
    if found.layer is None or found.layer.crs is None:
        good = (np.abs(lon) <= 180) & (np.abs(lat) <= 90)
        points = gpd.points_from_xy(np.where(good, lon, np.nan), np.where(good, lat, np.nan))
        shapes = [p if ok else None for p, ok in zip(points, good, strict=True)]
        return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(shapes, crs=4490), crs=4490)
    lost = {row.line for row in records.refused}
    kept = [n not in lost for n in numbers]
    shapes = found.layer.geometry[kept].centroid.to_numpy()
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=found.layer.crs)


def findings_of(refused: list[Rejection]) -> list[Finding]:
    """Give rejected rows as the findings of an import."""
    return [Finding(row.line, row.file, "refused", row.reason) for row in refused]


def report_of(title: str, records: Records) -> Report:
    """Give the page that lists what was refused."""
    report = Report(title)
    values = {"good": len(records.frame), "bad": len(records.refused)}
    report.say(Message("{good} rows were taken, {bad} refused.", values))
    list_findings(report, findings_of(records.refused))
    return report
