"""Import persons: a roster (花名册) in XLSX, CSV or as a layer."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterString,
)

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.tables.codes import title as code_title
from linzhang_plugin.core.tables.field import Field, Table
from linzhang_plugin.core.tables.intake.aliases import PERSON_ALIASES
from linzhang_plugin.core.tables.intake.findings import list_findings
from linzhang_plugin.core.tables.intake.homes import county_box, presumed_homes
from linzhang_plugin.core.tables.intake.names import read_field_map
from linzhang_plugin.core.tables.intake.persons import PersonIntake, PersonPlaces, intake_persons
from linzhang_plugin.core.tables.intake.standreport import mapping_section
from linzhang_plugin.core.tables.intake.vacancies import RANGER, vacant_posts
from linzhang_plugin.core.tables.reports import Report
from linzhang_plugin.core.tables.schema import PERSON
from linzhang_plugin.language import translate
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.workspace.importstands import known_units
from linzhang_plugin.processing.workspace.outcome import (
    declare_outcome,
    optional_workspace,
    write_outcome,
)
from linzhang_plugin.processing.workspace.rows import ListAlgorithm, read_list
from linzhang_plugin.workspace.store import Workspace
from linzhang_plugin.workspace.writer import Writer

PERSONS = Table(
    PERSON.name,
    PERSON.zh,
    PERSON.en,
    (
        *PERSON.fields,
        Field("previous_grid_code", "text", "上年网格", "Last year's grid", width=24),
    ),
    geometry="Point",
    key=PERSON.key,
    style=PERSON.style,
)
"""The columns of OUTPUT: what optimizegrids takes as RANGERS; a vacant post has no id."""


class ImportPersons(ListAlgorithm):
    """Roster → ``person``, phones → ``person_private``; never an ID number."""

    NAME = "importpersons"
    TITLE = tr("Import persons")
    GROUP = tr("Workspace")

    def declare(self) -> None:
        """Add the parameters and outputs."""
        self.declare_input(
            tr("Roster"), tr("A layer, or an XLSX or CSV; title rows and merged cells are fine.")
        )
        for name, title, default in (
            ("FIELD_MAP", tr("Fields of the file"), ""),
            ("ENCODING", tr("Encoding"), "auto"),
        ):
            text = QgsProcessingParameterString(name, translate(title), default, False, True)
            self.add(text, advanced=True)
        polygons = [QgsProcessing.SourceType.TypeVectorPolygon]
        self.add(
            QgsProcessingParameterFeatureSource(
                "STANDS", translate(tr("Stands")), polygons, None, True
            ),
            tr("Imported stands, where there is no workspace: towns and homes come from them."),
        )
        self.add_workspace()
        self.add_sink("OUTPUT", PERSONS)
        declare_outcome(self)

    def work(self, call: Call) -> dict[str, Any]:
        """Read, match, then write workspace, layer and report together."""
        field_map = read_field_map(call.text("FIELD_MAP"))
        workspace = optional_workspace(call)
        places, known, county = _places(call, workspace)
        found = read_list(call, PERSON_ALIASES, "", call.text("ENCODING"))
        sheets = found.sheets
        if found.layer is not None:
            sheets = [_with_points(sheets[0], found.layer)]
        intake = intake_persons(sheets, places, known, field_map, county)
        report = person_report(intake, found.title)
        results: dict[str, Any] = {
            "N_IMPORTED": len(intake.frame),
            "N_REFUSED": intake.n_refused,
        }
        if workspace is None:
            return results | _write(call, intake, report, places)
        person = intake.frame.drop(columns=["previous_grid_code", "row"])
        person = person.drop(columns=[c for c in PERSON.names if person[c].isna().all()])
        with workspace.transaction(action=self.NAME) as writer:
            writer.upsert("person", person)
            if len(intake.private):
                writer.upsert("person_private", intake.private)
            _keep_vacancies(writer, intake)
            results |= _write(call, intake, report, places)
        return results


def _keep_vacancies(writer: Writer, intake: PersonIntake) -> None:
    """Replace the vacant posts of the towns that the roster speaks of."""
    vacant = vacant_posts(intake.vacancies)
    towns = {*intake.frame["town_code"].dropna(), *vacant["town_code"]}
    kept = set(vacant["post_id"])
    for (post,) in sorted(writer.keys("vacant_post")):
        if post not in kept and post[:9] in towns:
            writer.remove("vacant_post", {"post_id": post})
    writer.upsert("vacant_post", vacant)


def _places(
    call: Call, workspace: Workspace | None
) -> tuple[PersonPlaces, pd.DataFrame | None, str]:
    if workspace is not None:
        stands = workspace.read("stand")
        homes = presumed_homes(workspace.read("admin_unit"), stands)
        towns, villages = known_units(workspace, 4), known_units(workspace, 5)
        if not towns:
            raise InputError(
                tr("The workspace has no towns; import stands or boundaries before persons.")
            )
        places = PersonPlaces(towns, villages, homes, county_box(stands))
        return places, workspace.read("person"), workspace.county_code
    given = call.frame("STANDS")
    if given is None:
        raise InputError(
            tr("Towns are unknown: give WORKSPACE, or STANDS as Import stands wrote them.")
        )
    if "town_code" not in given.columns:
        raise InputError(tr("STANDS has no field town_code; run Import stands first."))
    stands = gpd.GeoDataFrame(given.assign(village_code=given.get("village_code")))
    towns = {str(c): "" for c in sorted(stands["town_code"].dropna().unique())}
    villages = {str(c): "" for c in sorted(stands["village_code"].dropna().unique())}
    county = next(iter(towns), "")[:6]
    homes = presumed_homes(None, stands)
    return PersonPlaces(towns, villages, homes, county_box(stands)), None, county


def _with_points(sheet: Any, layer: gpd.GeoDataFrame) -> Any:
    """Add the points of a layer as its coordinates."""
    if layer.crs is None:
        return sheet
    points = layer.geometry.to_crs(4490).centroid
    frame = pd.DataFrame(sheet.rows, columns=sheet.titles, dtype=object)
    frame = frame.drop(columns=[c for c in ("lon", "lat") if c in frame.columns])
    frame["lon"], frame["lat"] = points.x.to_numpy(), points.y.to_numpy()
    rows = frame.to_numpy(dtype=object).tolist()
    return type(sheet)(sheet.name, list(frame.columns), rows, sheet.numbers)


def _write(
    call: Call, intake: PersonIntake, report: Report, places: PersonPlaces
) -> dict[str, Any]:
    rows = intake.frame
    vacant = intake.vacancies[intake.vacancies["role"] == RANGER]
    if len(vacant):
        points = [
            places.homes.get(village or "", places.homes.get(town))
            for town, village in zip(vacant["town_code"], vacant["village_code"], strict=True)
        ]
        posts = gpd.GeoDataFrame(
            vacant.assign(home_presumed=True, ranger_type="full_time"), geometry=points, crs=4490
        )
        rows = gpd.GeoDataFrame(
            pd.concat([rows, posts], ignore_index=True), geometry="geometry", crs=4490
        )
    results: dict[str, Any] = {"OUTPUT": call.write("OUTPUT", rows, PERSONS)}
    return results | write_outcome(call, report, intake.findings)


def person_report(intake: PersonIntake, name: str) -> Report:
    """Build the report of a roster."""
    report = Report(Message(tr("Import of persons: {layer}"), {"layer": name}))
    counts = {"n": len(intake.frame), "refused": intake.n_refused}
    text = Message(tr("{n} persons imported, {refused} rows refused."), counts)
    report.say(text, "refused" if intake.n_refused else "good")
    for note in intake.notes:
        report.say(note)
    mapping_section(report, intake.match)
    report.head(Message(tr("Persons by town and role")))
    counted = intake.frame.groupby(["town_code", "role"]).size()
    rows = [
        (town, f"{code_title('role', role)} ({role})", int(n))
        for (town, role), n in counted.items()
    ]
    report.table((Message(tr("Town")), Message(tr("Role")), Message(tr("Persons"))), rows)
    list_findings(report, intake.findings)
    return report
