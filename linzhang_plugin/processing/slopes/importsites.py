"""``linzhang:importsites``: an existing register of bare slopes, as a layer or an XLSX."""

from __future__ import annotations

from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd
from qgis.core import QgsProcessingParameterString

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.slopes.lifecycle import NAMES
from linzhang_plugin.core.slopes.register import ALIASES, SiteIntake, intake_sites
from linzhang_plugin.core.tables.intake.findings import list_findings
from linzhang_plugin.core.tables.intake.names import read_field_map
from linzhang_plugin.core.tables.intake.standreport import mapping_section
from linzhang_plugin.core.tables.intake.typed import is_total
from linzhang_plugin.core.tables.reports import Report
from linzhang_plugin.core.tables.schema import BARE_SLOPE, BARE_SLOPE_MOVE
from linzhang_plugin.core.tables.zones import to_zone
from linzhang_plugin.language import translate
from linzhang_plugin.processing.bridge import qgis_crs
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.parameters import add_number
from linzhang_plugin.processing.slopes.books import add_as_of, as_of, show
from linzhang_plugin.processing.slopes.layers import GROUP
from linzhang_plugin.processing.workspace.delivered import file_of
from linzhang_plugin.processing.workspace.outcome import (
    declare_outcome,
    optional_workspace,
    write_outcome,
)
from linzhang_plugin.processing.workspace.rows import SHEETS, ListAlgorithm, read_list
from linzhang_plugin.workspace.store import Workspace


class ImportSites(ListAlgorithm):
    """Register → ``bare_slope``; only legal moves of the status pass, and each is kept."""

    NAME = "importsites"
    TITLE = tr("Import the register of bare slopes")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        self.declare_input(
            tr("Register"),
            tr("Polygons, or an XLSX or CSV with codes or with longitude, latitude and mu."),
        )
        texts = (
            ("FIELD_MAP", tr("Fields of the file"), ""),
            ("ENCODING", tr("Encoding"), "auto"),
            ("COUNTY_CODE", tr("County code"), ""),
        )
        for name, title, default in texts:
            text = QgsProcessingParameterString(name, translate(title), default, False, True)
            self.add(text, advanced=True)
        add_number(self, "YEAR", tr("Year"), 2021, whole=True, least=2000)
        add_as_of(self)
        self.add_workspace()
        self.add_sink("OUTPUT", BARE_SLOPE)
        declare_outcome(self)

    def work(self, call: Call) -> dict[str, Any]:
        """Read, check against the workspace, write."""
        field_map = read_field_map(call.text("FIELD_MAP"))
        today = as_of(call)
        workspace = optional_workspace(call)
        rows, title, numbers = self._rows(call, workspace)
        source_crs = rows.crs
        rows = to_zone(rows) if workspace is None else rows.to_crs(workspace.crs)
        known: dict[str, str] = {}
        outlines: dict[str, Any] = {}
        county = call.text("COUNTY_CODE") or "360702"
        if workspace is not None:
            county = call.text("COUNTY_CODE") or workspace.county_code
            table = workspace.read("bare_slope")
            known = dict(zip(table["site_code"], table["status"], strict=True))
            outlines = dict(zip(table["site_code"], table.geometry, strict=True))
        intake = intake_sites(
            rows, field_map, county, call.integer("YEAR"), known, outlines, numbers
        )
        report = site_report(intake, title)
        results: dict[str, Any] = {
            "N_IMPORTED": len(intake.frame),
            "N_REFUSED": intake.n_refused,
        }
        crs = qgis_crs(source_crs)
        show(call, [f for f in intake.findings if f.kind == "refused"])
        if workspace is None:
            results["OUTPUT"] = call.write("OUTPUT", intake.frame, BARE_SLOPE, crs)
            return results | write_outcome(call, report, intake.findings)
        moves = logged_moves(intake.frame, known, workspace.read("bare_slope_move"), title, today)
        with workspace.transaction(action=self.NAME) as writer:
            kept = [c for c in BARE_SLOPE.names if intake.frame[c].notna().any()]
            for new in (True, False):
                # A cell left empty in a list does not wipe what the register knows of a site.
                part = intake.frame[[(c not in known) == new for c in intake.frame["site_code"]]]
                groups = [part] if new else [part.iloc[[n]] for n in range(len(part))]
                for rows_of in groups:
                    own = kept if new else [c for c in kept if rows_of[c].notna().all()]
                    writer.upsert("bare_slope", rows_of[[*own, "geometry"]])
            writer.upsert("bare_slope_move", moves)
            results["OUTPUT"] = call.write("OUTPUT", intake.frame, BARE_SLOPE, crs)
            results |= write_outcome(call, report, intake.findings)
        return results

    def _rows(
        self, call: Call, workspace: Workspace | None
    ) -> tuple[gpd.GeoDataFrame, str, list[int] | None]:
        """Give the register's rows with their outlines, missing ones for a list without."""
        found = read_list(call, ALIASES, "", call.text("ENCODING"), geometry=True)
        path = file_of(call, "INPUT")
        listed = path is not None and path.suffix.lower() in SHEETS
        if found.layer is not None and not listed and found.layer.geometry.notna().any():
            if found.layer.crs is None:
                raise InputError(
                    tr("{parameter}: the layer has no CRS; set the one it was drawn in."),
                    parameter="INPUT",
                )
            return found.layer, found.title, None
        sheet = max(found.sheets, key=lambda s: len(s.rows))
        crs = workspace.crs if workspace is not None else 4490
        kept = [n for n, row in enumerate(sheet.rows) if not is_total(row)]
        cells = [sheet.rows[n] for n in kept]
        table = pd.DataFrame(cells, columns=sheet.titles, dtype=object)
        blank = gpd.GeoSeries([None] * len(table), crs=crs)
        return (
            gpd.GeoDataFrame(table, geometry=blank, crs=crs),
            found.title,
            [sheet.numbers[n] for n in kept],
        )


def logged_moves(
    frame: pd.DataFrame, known: dict[str, str], moves: pd.DataFrame, title: str, today: date
) -> pd.DataFrame:
    """Give the moves that an import is: the list itself is what they rest on."""
    last = moves.groupby("site_code")["move_no"].max().to_dict() if len(moves) else {}
    made = []
    for code, status in zip(frame["site_code"], frame["status"], strict=True):
        if known.get(code) == status:
            continue
        old = known.get(code)
        made.append(
            {
                "site_code": code,
                "move_no": int(last.get(code, 0)) + 1,
                "moved_on": today.isoformat(),
                "from_status": old,
                "to_status": status,
                "moved_by": None,
                "document": f"台账导入：{title}"[:200],
                "photo": None,
                "reason": None if old is None else f"{NAMES[old]}→{NAMES[status]}",
            }
        )
    return pd.DataFrame(made, columns=BARE_SLOPE_MOVE.names, dtype=object)


def site_report(intake: SiteIntake, title: str) -> Report:
    """Build the report of a register."""
    report = Report(Message(tr("Import of bare slopes: {layer}"), {"layer": title}))
    counts = {"n": len(intake.frame), "refused": intake.n_refused}
    text = Message(tr("{n} sites imported, {refused} rows refused."), counts)
    report.say(text, "refused" if intake.n_refused else "good")
    mapping_section(report, intake.match)
    list_findings(report, intake.findings)
    return report
