"""Import last year's grids: polygons, or a list stand → grid or ranger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd
from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.tables.codes import FOREST_LAND, codes_of
from linzhang_plugin.core.tables.intake.aliases import GRID_ALIASES
from linzhang_plugin.core.tables.intake.findings import list_findings
from linzhang_plugin.core.tables.intake.gridplan import GridIntake, GridOptions
from linzhang_plugin.core.tables.intake.grids import intake_grid_list, intake_grid_polygons
from linzhang_plugin.core.tables.intake.standreport import mapping_section
from linzhang_plugin.core.tables.reports import Report
from linzhang_plugin.core.tables.schema import GRID
from linzhang_plugin.core.tables.units import basis_area, mu
from linzhang_plugin.language import language, translate
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.workspace.outcome import declare_outcome, write_outcome
from linzhang_plugin.processing.workspace.rows import ListAlgorithm, read_list
from linzhang_plugin.workspace.store import Workspace, open_workspace
from linzhang_plugin.workspace.writer import Writer

STATUSES = [code.code for code in codes_of("plan_status")]
"""Values of STATUS, in order."""


class ImportGrids(ListAlgorithm):
    """Last year's plan → ``grid``, ``grid_stand``, ``assignment`` and each stand's last grid."""

    NAME = "importgrids"
    TITLE = tr("Import last year's grids")
    GROUP = tr("Workspace")

    def declare(self) -> None:
        """Add the parameters and outputs."""
        self.declare_input(
            tr("Last year's grids"),
            tr("Polygons, or an XLSX or CSV that lists the stands of each grid or ranger."),
        )
        for name, title, default in (
            ("CODE_FIELD", tr("Field of grid codes"), ""),
            ("RANGER_FIELD", tr("Field of rangers (id or name)"), ""),
            ("ENCODING", tr("Encoding"), "auto"),
        ):
            text = QgsProcessingParameterString(name, translate(title), default, False, True)
            self.add(text, advanced=name == "ENCODING")
        integer = QgsProcessingParameterNumber.Type.Integer
        self.add(
            QgsProcessingParameterNumber(
                "YEAR", translate(tr("Year of the grids")), integer, 0, False, 0, 2200
            ),
            tr("The year that the grids were in force; 0: the year before the workspace's."),
        )
        titles = [code.zh if language() == "zh" else code.en for code in codes_of("plan_status")]
        self.add(
            QgsProcessingParameterEnum("STATUS", translate(tr("Status")), titles, False, 0),
            tr("A draft can be imported again; a confirmed or archived year is frozen."),
            advanced=True,
        )
        self.add_workspace()
        self.add_sink("OUTPUT", GRID, optional=True)
        declare_outcome(self)
        for name, title in (("N_CUT", tr("Cut stands")), ("N_GAPS", tr("Stands in no grid"))):
            self.addOutput(QgsProcessingOutputNumber(name, translate(title)))

    def work(self, call: Call) -> dict[str, Any]:
        """Read, overlay, then write workspace, layer and report together."""
        workspace = open_workspace(call.workspace())
        year = call.integer("YEAR") or int(workspace.info.get("year") or 1) - 1
        if not 1900 <= year <= 2200:
            raise InputError(tr("YEAR {year} is no year; give it with four digits."), year=year)
        found = read_list(call, GRID_ALIASES, "", call.text("ENCODING"))
        options = GridOptions(
            found.title,
            year,
            call.text("CODE_FIELD"),
            call.text("RANGER_FIELD"),
            STATUSES[call.choice("STATUS")],
        )
        stands, persons = workspace.read("stand"), workspace.read("person")
        if found.layer is not None:
            intake = intake_grid_polygons(found.layer, stands, persons, options, call.progress)
        else:
            sheet = found.sheets[0]
            frame = pd.DataFrame(sheet.rows, columns=sheet.titles, dtype=object)
            intake = intake_grid_list(frame, stands, persons, options, sheet.numbers)
        report, counts = grid_report(intake, found.title, stands)
        results: dict[str, Any] = {
            "N_IMPORTED": len(intake.grid),
            "N_REFUSED": intake.n_refused,
            **counts,
        }
        call.progress(0.8, Message(tr("Writing {n} grids …"), {"n": len(intake.grid)}))
        change = plan_change(workspace, intake, year)
        with workspace.transaction(action=self.NAME) as writer:
            store_plan(writer, change, intake, options)
            written = call.write("OUTPUT", intake.grid, GRID)
            results |= {"OUTPUT": written} if written else {}
            results |= write_outcome(call, report, intake.findings)
        return results


@dataclass(frozen=True)
class PlanChange:
    """What an import changes, worked out before the transaction: a long write locks readers out.

    Attributes:
        stale: Table and condition of each row that the file does not have.
        new_year: The workspace has no plan of that year yet.
        stands: Each stand's last grid, None where a later year has a plan.
    """

    stale: tuple[tuple[str, dict[str, Any]], ...]
    new_year: bool
    stands: pd.DataFrame | None


def plan_change(workspace: Workspace, intake: GridIntake, year: int) -> PlanChange:
    """Compare the imported plan with the stored one."""
    years = workspace.read("plan_year")["grid_year"].astype(int).tolist()
    stands = None
    if max([year, *years]) == year:
        known = workspace.read("stand")["stand_id"]
        fresh = known.map(intake.previous)
        stands = pd.DataFrame({"stand_id": known, "previous_grid_code": fresh})
    stale = tuple(_stale_rows(workspace, intake, year))
    return PlanChange(stale, year not in years, stands)


def store_plan(
    writer: Writer, change: PlanChange, intake: GridIntake, options: GridOptions
) -> None:
    """Replace the year's plan by the imported one; rows that stay the same are not touched."""
    year = options.year
    for table, where in change.stale:
        writer.remove(table, where)
    if change.new_year:
        plan = pd.DataFrame({"grid_year": [year], "status": ["draft"]})
        writer.upsert("plan_year", plan)
    writer.upsert("grid", intake.grid.drop(columns=_empty(intake.grid)))
    writer.upsert("grid_stand", intake.grid_stand)
    if len(intake.assignment):
        writer.upsert("assignment", intake.assignment)
    if change.stands is not None:
        writer.upsert("stand", change.stands)
    writer.upsert("plan_year", pd.DataFrame({"grid_year": [year], "status": [options.status]}))


def _stale_rows(
    workspace: Workspace, intake: GridIntake, year: int
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the year's stored rows that the file does not have, in the order of removal."""
    for table, frame, parts in (
        ("grid_stand", intake.grid_stand, ("grid_code", "stand_id")),
        ("assignment", intake.assignment, ("grid_code", "person_id", "duty", "start_on")),
        ("grid", intake.grid, ("grid_code",)),
    ):
        stored = workspace.read(table, {"grid_year": year})
        if not len(stored):
            continue
        fresh = set(map(tuple, frame[list(parts)].astype(str).to_numpy().tolist()))
        keys = map(tuple, stored[list(parts)].astype(str).to_numpy().tolist())
        for key in (key for key in keys if key not in fresh):
            for duties in ("hill_duty", "people_duty") if table == "grid" else ():
                yield duties, {"grid_year": year, "grid_code": key[0]}
            yield table, {"grid_year": year, **dict(zip(parts, key, strict=True))}


def _empty(frame: pd.DataFrame) -> list[str]:
    return [c for c in GRID.names if frame[c].isna().all() and c not in ("ranger_id", "flags")]


def grid_report(
    intake: GridIntake, title: str, stands: pd.DataFrame
) -> tuple[Report, dict[str, int]]:
    """Build the report of last year's grids, and count cut stands and gaps."""
    report = Report(Message(tr("Import of last year's grids: {layer}"), {"layer": title}))
    cut = sum("is cut by grids" in f.text.template for f in intake.findings)
    gaps = sum("in no grid" in f.text.template for f in intake.findings)
    counts = {"n": len(intake.grid), "refused": intake.n_refused}
    text = Message(tr("{n} grids imported, {refused} rows refused."), counts)
    report.say(text, "refused" if intake.n_refused else "good")
    for note in intake.notes:
        report.say(note)
    values = {"cut": cut, "gaps": gaps}
    report.say(
        Message(tr("{cut} stands are cut by grids, {gaps} forest stands are in no grid."), values)
    )
    vacant = int(intake.grid["ranger_id"].isna().sum())
    if vacant:
        text = Message(tr("{n} grids have no full-time ranger."), {"n": vacant})
        report.say(text, "warning")
    mapping_section(report, intake.match)
    report.head(Message(tr("Areas")))
    inside = float(intake.grid["area_mu"].sum())
    forest = stands[stands["land_class"].isin(FOREST_LAND)]
    basis, _ = basis_area(forest["area_m2"], forest["official_m2"].to_numpy(dtype=float))
    whole = float(mu(float(basis.sum())))
    rows = [
        (Message(tr("Stands in grids")), round(inside, 1)),
        (Message(tr("Forest land of the workspace")), round(whole, 1)),
        (Message(tr("Difference")), round(inside - whole, 1)),
    ]
    report.table((Message(tr("Area")), Message(tr("mu"))), rows)
    list_findings(report, intake.findings)
    return report, {"N_CUT": cut, "N_GAPS": gaps}
