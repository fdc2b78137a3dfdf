"""``linzhang:hillresponsibility``: who answers for which hill (包山包人)."""

from __future__ import annotations

from dataclasses import dataclass
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

from linzhang_plugin.core.hills.dutylist import duty_list, stands_of_rows
from linzhang_plugin.core.hills.responsibility import (
    DOUBLE,
    INCOMPLETE,
    MISSING,
    ORPHAN,
    VACANT,
    hill_responsibility,
)
from linzhang_plugin.core.hills.tables import DUTY_LIST, ORPHANS, RESPONSIBILITY
from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.tables.zones import to_zone
from linzhang_plugin.language import translate
from linzhang_plugin.printing.dutybook import appeal_sheet, list_sheet, problem_sheet
from linzhang_plugin.printing.workbook import write_workbook
from linzhang_plugin.processing.base import Call, LinzhangAlgorithm
from linzhang_plugin.processing.bridge import qgis_crs
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
AT_ONCE = "9999-12-31"


@dataclass(frozen=True, eq=False)
class People:
    """Who answers for the grids.

    Attributes:
        persons: person_id, name and, where known, publish_agreed.
        assignments: Those in force.
        duties: Rows of ``people_duty``, None for none.
        key_places: Rows of ``hill_duty``, None for none.
        stands: Stands, None for none.
        phones: Phone by person.
        appeals: Rows of ``appeal``, None for none.
    """

    persons: pd.DataFrame
    assignments: pd.DataFrame
    duties: pd.DataFrame | None = None
    key_places: pd.DataFrame | None = None
    stands: gpd.GeoDataFrame | None = None
    phones: dict[str, str] | None = None
    appeals: pd.DataFrame | None = None


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
            grids = grids[grids["grid_year"] == year].reset_index(drop=True)
        if not len(grids):
            raise InputError(tr("There are no grids of {year}; choose another year."),
                             year=str(year))  # fmt: skip
        day = _day(call, year)
        people = self._people(call, grids, workspace, year, day)
        source_crs = hills.crs
        hills = to_zone(hills) if workspace is None else hills.to_crs(workspace.crs)
        grids = grids.to_crs(hills.crs)
        told = set(people.assignments["duty"]) & set(MISSING)
        made = hill_responsibility(
            hills, grids, people.assignments, people.persons,
            tuple(d for d in MISSING if told and d in MISSING),
        )  # fmt: skip
        public = call.switch("PUBLIC")
        rows = self._details(made.rows, hills, grids, people)
        listed = duty_list(
            rows, grids, people.duties, self._phones(people), _hidden(people.persons), public
        )
        results: dict[str, Any] = {}
        shown = made.rows if not public else made.rows.assign(**_masked(made.rows, people.persons))
        results["LIST"] = call.write("LIST", shown, RESPONSIBILITY)
        results["ORPHANS"] = call.write("ORPHANS", made.orphans, ORPHANS, qgis_crs(source_crs))
        results["DUTIES"] = call.write("DUTIES", listed, DUTY_LIST)
        for name, _, kinds in COUNTS:
            results[name] = int(made.orphans["kind"].isin(kinds).sum())
        if results["N_ORPHANS"]:
            call.warn(Message("{n} hills lack a ranger somewhere.", {"n": results["N_ORPHANS"]}))
        path = call.output_path("XLSX")
        if path:
            results["XLSX"] = self._book(path, listed, made.orphans, people, workspace, day, public)
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
        if len(years) > 1 or workspace is not None:
            call.say(Message(tr("Grids of {year}."), {"year": str(years[-1])}))
        return years[-1] if years else None

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
        if persons is None:
            persons = pd.DataFrame({"person_id": [], "name": []})
            if "ranger_name" in grids and "ranger_id" in grids:
                named = grids[grids["ranger_id"].notna()]
                persons = named[["ranger_id", "ranger_name"]].drop_duplicates("ranger_id")
                persons = persons.set_axis(["person_id", "name"], axis=1)
        if assignments is None:
            held = grids[grids["ranger_id"].notna()] if "ranger_id" in grids else grids.iloc[:0]
            assignments = pd.DataFrame(
                {
                    "grid_code": held["grid_code"],
                    "person_id": held.get("ranger_id", []),
                    "duty": "ranger",
                }
            )
        if "grid_year" in assignments and year is not None:
            assignments = assignments[assignments["grid_year"] == year]
        assignments = in_force(assignments, day)
        if duties is not None and "grid_year" in duties and year is not None:
            own = duties[duties["grid_year"] == year]
            duties = own if len(own) else duties.assign(grid_year=year)
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

    def _duties(self, call: Call, workspace: Workspace, year: int | None) -> pd.DataFrame | None:
        """Give the counts of the year; where it has none, those of the year before by code."""
        every = workspace.read("people_duty")
        if not len(every) or year is None or (every["grid_year"] == year).any():
            return every
        earlier = every[every["grid_year"] < year]
        if not len(earlier):
            return earlier
        last = int(earlier["grid_year"].max())
        call.warn(
            Message(
                tr("There are no counts of people of {year}; those of {last} are shown for grids"
                   " that kept their code."),
                {"year": str(year), "last": str(last)},
            )
        )  # fmt: skip
        return earlier[earlier["grid_year"] == last]

    def _details(
        self,
        rows: pd.DataFrame,
        hills: gpd.GeoDataFrame,
        grids: gpd.GeoDataFrame,
        people: People,
    ) -> pd.DataFrame:
        """Add stands and key places to the rows, where they are known."""
        made = rows.copy()
        made["stands"] = None
        made["key_places"] = None
        if people.stands is not None and len(people.stands):
            stands = people.stands.to_crs(hills.crs)
            named = stands_of_rows(made, hills, grids, stands)
            made["stands"] = pd.Series(named, index=made.index, dtype=object)
        if people.key_places is not None and len(people.key_places):
            known = people.key_places.set_index(["grid_code", "hill_id"])["key_places"].to_dict()
            told = [known.get(k) for k in zip(made["grid_code"], made["hill_id"], strict=True)]
            made["key_places"] = pd.Series(told, index=made.index, dtype=object)
        return made

    def _phones(self, people: People) -> dict[str, str]:
        """Give the phones of each grid's rangers."""
        phones = people.phones or {}
        made: dict[str, str] = {}
        rangers = people.assignments[people.assignments["duty"] == "ranger"]
        for code, who in zip(rangers["grid_code"], rangers["person_id"], strict=True):
            phone = phones.get(who)
            if isinstance(phone, str):
                made[code] = f"{made[code]}、{phone}" if code in made else phone
        return made

    def _book(
        self,
        path: str,
        listed: pd.DataFrame,
        orphans: pd.DataFrame,
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
        sheets = [list_sheet(listed, f"{county}包山包人责任清单{mark}", day, public)]
        if not public:
            sheets.append(problem_sheet(orphans, f"{county}未落实山头清单{mark}", translate))
            if people.appeals is not None:
                title = f"{county}林农诉求登记{mark}"
                sheets.append(appeal_sheet(people.appeals, names, title))
        write_workbook(file, sheets)
        return str(file)


def in_force(assignments: pd.DataFrame, day: str) -> pd.DataFrame:
    """Give the assignments in force on a day; one without dates always is."""
    kept = pd.Series(True, index=assignments.index)
    if "start_on" in assignments:
        kept &= assignments["start_on"].map(lambda d: _iso(d, "")) <= day
    if "end_on" in assignments:
        kept &= assignments["end_on"].map(lambda d: _iso(d, AT_ONCE)) >= day
    return assignments[kept].reset_index(drop=True)


def _iso(value: Any, empty: str) -> str:
    """Give a day as text, whatever the layer has it as."""
    if value is None or value != value or value == "":
        return empty
    return value.isoformat()[:10] if hasattr(value, "isoformat") else str(value)[:10]


def _day(call: Call, year: int | None) -> str:
    """Give AS_OF; where it is empty today, or the day of the year that is nearest to it."""
    text = call.text("AS_OF")
    if text:
        try:
            return date.fromisoformat(text[:10]).isoformat()
        except ValueError as error:
            raise InputError(
                tr("AS_OF {text} is no date; write it as 2024-03-15."), text=text
            ) from error
    today = date.today()
    if year is None or today.year == year:
        return today.isoformat()
    return f"{year}-12-31" if today.year > year else f"{year}-01-01"


def _hidden(persons: pd.DataFrame) -> frozenset[str]:
    """Give the names of rangers and supervisors whose publication is not agreed to."""
    if "publish_agreed" not in persons:
        return frozenset()
    agreed = [not pd.isna(a) and bool(a) for a in persons["publish_agreed"]]
    kept = ["role" in persons and r == "chief" for r in persons.get("role", [""] * len(persons))]
    own = [not a and not k for a, k in zip(agreed, kept, strict=True)]
    return frozenset(str(n) for n in persons.loc[own, "name"])


def _masked(rows: pd.DataFrame, persons: pd.DataFrame) -> dict[str, Any]:
    """Give the columns of names of a public table, those not agreed to left out."""
    hidden = _hidden(persons)
    made = {}
    for column in ("ranger", "assistants", "supervisor"):
        cells = [
            "、".join("（未同意公示）" if n in hidden else n for n in v.split("、"))
            if isinstance(v, str)
            else None
            for v in rows[column]
        ]
        made[column] = pd.Series(cells, index=rows.index, dtype=object)
    return made
