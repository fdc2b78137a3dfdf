"""Import attendance: the platform's totals by person and day, where it gives no fixes."""

from __future__ import annotations

from typing import Any

import pandas as pd
from qgis.core import QgsProcessing, QgsProcessingParameterFeatureSource

from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.patrols.people import Roster
from linzhang_plugin.core.patrols.records import (
    DAY_WORDS,
    Records,
    read_platform_days,
    reconciled,
)
from linzhang_plugin.core.patrols.tables.attendance import PLATFORM
from linzhang_plugin.language import translate
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.patrols.importevents import findings_of, report_of
from linzhang_plugin.processing.patrols.ruled import GROUP, add_clock, clock_of
from linzhang_plugin.processing.workspace.outcome import (
    declare_outcome,
    optional_workspace,
    write_outcome,
)
from linzhang_plugin.processing.workspace.rows import ListAlgorithm, read_list


class ImportAttendance(ListAlgorithm):
    """Vendor totals → a table marked 平台数据, beside our own days where they are given."""

    NAME = "importattendance"
    TITLE = tr("Import attendance of the platform")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        self.declare_input(
            tr("Attendance of the platform"),
            tr("A table, or an XLSX or CSV with person, day, minutes or hours, kilometres."),
        )
        self.add(
            QgsProcessingParameterFeatureSource(
                "PATROL_DAYS", translate(tr("Our own patrol days")),
                [QgsProcessing.SourceType.TypeVector], None, True,
            ),
            tr("PATROL_DAYS of assesspatrols: both are then shown day by day."),
        )  # fmt: skip
        self.add_workspace()
        add_clock(self)
        self.add_sink("OUTPUT", PLATFORM)
        declare_outcome(self)

    def work(self, call: Call) -> dict[str, Any]:
        """Read, reconcile, write."""
        clock = clock_of(call)
        workspace = optional_workspace(call)
        own = _own_days(call)
        found = read_list(call, DAY_WORDS, "day")
        sheet = found.sheets[0]
        records = read_platform_days(sheet.titles, sheet.rows, sheet.numbers, clock)
        if not len(records.frame):
            raise InputError(
                tr("{file} has no row with a person, a day and a time; check its columns."),
                file=found.title,
            )
        if workspace is not None:
            records = _of_roster(records, pd.DataFrame(workspace.read("person")))
            if own is None and workspace.count("patrol_day"):
                own = _same_days(workspace.read("patrol_day"), records.frame)
        table = reconciled(records.frame, own)
        results: dict[str, Any] = {
            "N_IMPORTED": len(records.frame),
            "N_REFUSED": len(records.refused),
        }
        report = report_of(tr("Import of attendance"), records)
        if workspace is not None:
            kept = records.frame.assign(source="平台数据")
            with workspace.transaction(action=self.NAME) as writer:
                writer.upsert("platform_day", kept)
            call.settle()
        results["OUTPUT"] = call.write("OUTPUT", table, PLATFORM)
        return results | write_outcome(call, report, findings_of(records.refused))


def _own_days(call: Call) -> pd.DataFrame | None:
    """Read PATROL_DAYS, or None where it was not given."""
    frame = call.frame("PATROL_DAYS", needs_crs=False)
    if frame is None:
        return None
    for name in ("person_id", "day", "minutes", "km"):
        if name not in frame.columns:
            raise InputError(
                tr("PATROL_DAYS has no field {field}; choose the output of assesspatrols."),
                field=name,
            )
    return pd.DataFrame(frame)


def _of_roster(records: Records, persons: pd.DataFrame) -> Records:
    """Turn names into ids where the roster knows them; days that then fall together add up."""
    ids = Roster(persons).renamed(records.frame["person_id"].tolist())
    renamed = records.frame.assign(person_id=ids)
    summed = renamed.groupby(["person_id", "day"], as_index=False, sort=True)[["minutes", "km"]]
    return Records(summed.sum(min_count=1), records.refused)


def _same_days(own: pd.DataFrame, platform: pd.DataFrame) -> pd.DataFrame:
    """Keep the days of the months that the platform's list is about, and only traced ones."""
    months = set(platform["day"].str[:7])
    return own[own["day"].str[:7].isin(months) & (own["n_patrols"].fillna(0) > 0)]
