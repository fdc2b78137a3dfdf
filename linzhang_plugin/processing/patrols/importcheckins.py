"""Import check-ins: where cadres, party members and volunteers without an app were."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.patrols.checkins import WORDS, Zones, read_checkins
from linzhang_plugin.core.patrols.people import Roster
from linzhang_plugin.core.patrols.records import Records
from linzhang_plugin.core.tables.schema import TABLES
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.patrols.importevents import findings_of, report_of
from linzhang_plugin.processing.patrols.ruled import GROUP, add_clock, clock_of
from linzhang_plugin.processing.workspace.outcome import (
    declare_outcome,
    optional_workspace,
    write_outcome,
)
from linzhang_plugin.processing.workspace.rows import Delivered, ListAlgorithm, read_list
from linzhang_plugin.workspace.store import Workspace


class ImportCheckins(ListAlgorithm):
    """List or layer of check-ins → the register that risk patrols are judged with."""

    NAME = "importcheckins"
    TITLE = tr("Import check-ins of cadres and volunteers")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        self.declare_input(
            tr("Check-ins"),
            tr("Points, a table, XLSX or CSV: person, time, risk zone or position, photo, note."),
        )
        self.add_workspace()
        add_clock(self)
        self.add_sink("OUTPUT", TABLES["checkin"])
        declare_outcome(self)

    def work(self, call: Call) -> dict[str, Any]:
        """Read, tell persons and zones, write."""
        clock = clock_of(call)
        workspace = optional_workspace(call)
        found = read_list(call, WORDS, "person_id", geometry=True)
        persons, zones = _known(workspace)
        sheet = found.sheets[0]
        records = read_checkins(
            sheet.titles, sheet.rows, sheet.numbers, clock, Roster(persons), Zones.of(zones),
            _points(found),
        )  # fmt: skip
        if not len(records.frame) and not records.refused:
            raise InputError(
                tr("{file} holds no check-in; it needs a person, a time and a zone or position."),
                file=found.title,
            )
        frame = _placed(records)
        if workspace is not None and len(frame):
            with workspace.transaction(action=self.NAME) as writer:
                writer.upsert("checkin", frame)
            call.settle()
        results: dict[str, Any] = {
            "N_IMPORTED": len(frame),
            "N_REFUSED": len(records.refused),
            "OUTPUT": call.write("OUTPUT", frame, TABLES["checkin"]),
        }
        report = report_of(tr("Import of check-ins"), records)
        return results | write_outcome(call, report, findings_of(records.refused))


def _known(workspace: Workspace | None) -> tuple[pd.DataFrame | None, gpd.GeoDataFrame | None]:
    if workspace is None:
        return None, None
    zones: Any = workspace.read("risk_zone")
    return pd.DataFrame(workspace.read("person")), zones


def _points(found: Delivered) -> list[Any] | None:
    """Give the points of a layer in degrees; None for a list without geometry."""
    if found.layer is None or found.layer.crs is None:
        return None
    return list(found.layer.geometry.to_crs(4326))


def _placed(records: Records) -> gpd.GeoDataFrame:
    frame = records.frame.copy()
    lon, lat = (frame.pop(name).to_numpy(dtype=float) for name in ("lon", "lat"))
    points = gpd.points_from_xy(lon, lat)
    shapes = [None if np.isnan(x) else point for x, point in zip(lon, points, strict=True)]
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(shapes, crs=4490), crs=4490)
