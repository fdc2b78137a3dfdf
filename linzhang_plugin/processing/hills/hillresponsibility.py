"""``linzhang:hillresponsibility``: who answers for which hill (包山包人)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from linzhang_plugin.core.hills.dutytables import DutyTables, duty_tables
from linzhang_plugin.core.hills.people import (
    People,
    assignments_of_grids,
    duties_of_year,
    earlier_duties,
    in_force,
    list_day,
    of_year,
    persons_of_grids,
)
from linzhang_plugin.core.hills.responsibility import DOUBLE, INCOMPLETE, ORPHAN, VACANT
from linzhang_plugin.core.hills.tables import DUTY_LIST, ORPHANS, RESPONSIBILITY
from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.tables.zones import to_zone
from linzhang_plugin.language import translate
from linzhang_plugin.printing.dutybook import appeal_sheet, list_sheet, problem_sheet
from linzhang_plugin.printing.workbook import write_workbook
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.bridge import qgis_crs
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.hills.delineatehills import GROUP
from linzhang_plugin.processing.hills.layers import polygons
from linzhang_plugin.processing.parameters import add_number, add_source
from linzhang_plugin.processing.workspace.outcome import optional_workspace
from linzhang_plugin.workspace.store import Workspace

COUNTS = (
    ("N_ORPHANS", tr("Hills that nobody answers for"), (ORPHAN, VACANT)),
    ("N_DOUBLES", tr("Hills that two answer for"), (DOUBLE,)),
    ("N_INCOMPLETE", tr("Hills where a supervisor or chief is missing"), (INCOMPLETE,)),
)


class HillResponsibility(LinzhangAlgorithm):
    """The list hill × grid × people, and the hills that nobody answers for."""

    NAME = "hillresponsibility"
    TITLE = tr("Who answers for which hill")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        kind = QgsProcessing.SourceType
        add_source(self, "HILLS", tr("Hills (empty: the workspace's)"), kind.TypeVectorPolygon)
        add_source(
            self, "GRIDS", tr("Grids of the year (empty: the workspace's)"), kind.TypeVectorPolygon
        )
        for name, title in (
            ("PERSONS", tr("Persons")),
            ("ASSIGNMENTS", tr("Assignments (person, grid, duty)")),
            ("PEOPLE", tr("People in charge (counts by village group)")),
        ):
            add_source(self, name, title, kind.TypeVector)
        self.add_workspace()
        add_number(self, "YEAR", tr("Year"), None, whole=True, least=1990)
        text = QgsProcessingParameterString("AS_OF", translate(tr("As of")), "", False, True)
        self.add(text, tr("YYYY-MM-DD; empty: today, or the year's nearest day to it."))
        self.add(
            QgsProcessingParameterBoolean("PUBLIC", translate(tr("Public edition")), False),
            tr("No phones, no stand numbers, no names whose publication was not agreed to."),
        )
        self.add_sink("LIST", RESPONSIBILITY)
        self.add_sink("ORPHANS", ORPHANS, optional=True)
        self.add_sink("DUTIES", DUTY_LIST, optional=True)
        self.add(
            QgsProcessingParameterFileDestination(
                "XLSX", translate(tr("List to be signed")), "Excel (*.xlsx)", None, True, False
            )
        )
        for name, title, _ in COUNTS:
            self.addOutput(QgsProcessingOutputNumber(name, translate(title)))

    def work(self, call: Call) -> dict[str, Any]:
        """Cut the hills by the grids and look their people up."""
        workspace = optional_workspace(call)
        hills = self._layer(call, "HILLS", "hill_id", workspace)
        grids = self._layer(call, "GRIDS", "grid_code", workspace)
        if workspace is not None and not call.text("WORKSPACE") and call.given("GRIDS"):
            known = set(workspace.read("grid")["grid_code"])
            # The open project may be of another county than the layers.
            workspace = workspace if known & set(grids["grid_code"]) else None
        year = self._year(call, grids, workspace)
        if year is not None and "grid_year" in grids:
            grids = grids[of_year(grids, year)].reset_index(drop=True)
        if not len(grids):
            raise InputError(tr("There are no grids of {year}; choose another year."),
                             year=str(year))  # fmt: skip
        day = list_day(call.text("AS_OF"), year, date.today())
        people = self._people(call, grids, workspace, year, day)
        source_crs = hills.crs
        hills = to_zone(hills) if workspace is None else hills.to_crs(workspace.crs)
        public = call.switch("PUBLIC")
        made = duty_tables(hills, grids.to_crs(hills.crs), people, public)
        results: dict[str, Any] = {}
        results["LIST"] = call.write("LIST", made.rows, RESPONSIBILITY)
        results["ORPHANS"] = call.write("ORPHANS", made.orphans, ORPHANS, qgis_crs(source_crs))
        results["DUTIES"] = call.write("DUTIES", made.listed, DUTY_LIST)
        for name, _, kinds in COUNTS:
            results[name] = int(made.orphans["kind"].isin(kinds).sum())
        if results["N_ORPHANS"]:
            call.warn(Message("{n} hills lack a ranger somewhere.", {"n": results["N_ORPHANS"]}))
        path = call.output_path("XLSX")
        if path:
            results["XLSX"] = self._book(path, made, people, workspace, day, public)
        return results

    def _layer(
        self, call: Call, name: str, column: str, workspace: Workspace | None
    ) -> gpd.GeoDataFrame:
        """Give hills or grids, of the layer or of the workspace."""
        frame = polygons(call, name)
        if frame is None:
            if workspace is None:
                raise InputError(tr("Give {parameter}, or a WORKSPACE."), parameter=name)
            frame = workspace.read("hill" if name == "HILLS" else "grid")
            frame = gpd.GeoDataFrame(frame[frame.geometry.notna()]).reset_index(drop=True)
        if column not in frame:
            raise InputError(
                tr("{parameter}: the layer has no field {field}; choose a layer that has it."),
                parameter=name,
                field=column,
            )
        if not len(frame):
            raise InputError(tr("{parameter} has no polygons."), parameter=name)
        return frame

    def _year(self, call: Call, grids: gpd.GeoDataFrame, workspace: Workspace | None) -> int | None:
        """Give the year: as asked, else the last that the grids have."""
        asked = call.number("YEAR")
        if asked is not None:
            return int(asked)
        if "grid_year" not in grids or not len(grids):
            return None
        years = sorted({int(y) for y in grids["grid_year"].dropna()})
        if not years:
            return None
        if len(years) > 1 or workspace is not None:
            call.say(Message(tr("Grids of {year}."), {"year": str(years[-1])}))
        return years[-1]

    def _people(
        self,
        call: Call,
        grids: gpd.GeoDataFrame,
        workspace: Workspace | None,
        year: int | None,
        day: str,
    ) -> People:
        """Give persons and assignments; without assignments the grids' own ranger_id counts."""
        persons = call.frame("PERSONS", needs_crs=False)
        assignments = call.frame("ASSIGNMENTS", needs_crs=False)
        duties = call.frame("PEOPLE", needs_crs=False)
        if workspace is not None:
            persons = workspace.read("person") if persons is None else persons
            assignments = workspace.read("assignment") if assignments is None else assignments
            duties = self._duties(call, workspace, year) if duties is None else duties
        persons = persons_of_grids(grids) if persons is None else persons
        assignments = assignments_of_grids(grids) if assignments is None else assignments
        assignments = in_force(assignments, year, day)
        duties = duties_of_year(duties, year)
        if workspace is None:
            return People(persons, assignments, duties)
        private = workspace.read("person_private")
        appeals = workspace.read("appeal")
        return People(
            persons,
            assignments,
            duties,
            workspace.read("hill_duty", {"grid_year": year}) if year else None,
            gpd.GeoDataFrame(workspace.read("stand")),
            dict(zip(private["person_id"], private["phone"], strict=True)),
            appeals[[str(d)[:4] == str(year) for d in appeals["received_on"]]],
        )

    def _duties(self, call: Call, workspace: Workspace, year: int | None) -> pd.DataFrame:
        """Give the counts of the year; where it has none, those of the last year by code."""
        duties, last = earlier_duties(workspace.read("people_duty"), year)
        if last is not None:
            call.warn(
                Message(
                    tr("There are no counts of people of {year}; those of {last} are shown for"
                       " grids that kept their code."),
                    {"year": str(year), "last": str(last)},
                )
            )  # fmt: skip
        return duties

    def _book(
        self,
        path: str,
        made: DutyTables,
        people: People,
        workspace: Workspace | None,
        day: str,
        public: bool,
    ) -> str:
        """Write the workbook."""
        file = Path(path) if path.lower().endswith(".xlsx") else Path(path + ".xlsx")
        county = workspace.info.get("county_name", "") if workspace else ""
        mark = "（示例）" if workspace is not None and workspace.sample else ""
        names: dict[str, str] = {}
        if workspace is not None:
            units = workspace.read("admin_unit")
            names = dict(zip(units["unit_code"], units["unit_name"], strict=True))
        sheets = [list_sheet(made.listed, f"{county}包山包人责任清单{mark}", day, public)]
        if not public:
            sheets.append(problem_sheet(made.orphans, f"{county}未落实山头清单{mark}", translate))
            if people.appeals is not None:
                title = f"{county}林农诉求登记{mark}"
                sheets.append(appeal_sheet(people.appeals, names, title))
        write_workbook(file, sheets)
        return str(file)
