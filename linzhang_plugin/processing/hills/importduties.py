"""``linzhang:importduties``: counts of people, key places and appeals of the list 包山包人."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingOutputNumber

from linzhang_plugin.core.hills.dutyintake import (
    APPEAL_ALIASES,
    HILL_ALIASES,
    PEOPLE_ALIASES,
    DutyIntake,
    intake_duties,
)
from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.tables.intake.findings import list_findings
from linzhang_plugin.core.tables.intake.names import match_fields
from linzhang_plugin.core.tables.intake.sheets import Sheet
from linzhang_plugin.core.tables.reports import Report
from linzhang_plugin.core.tables.schema import APPEAL, PEOPLE_DUTY
from linzhang_plugin.language import translate
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.hills.delineatehills import GROUP
from linzhang_plugin.processing.parameters import add_number
from linzhang_plugin.processing.workspace.outcome import declare_outcome, write_outcome
from linzhang_plugin.processing.workspace.rows import ListAlgorithm, read_list
from linzhang_plugin.workspace.store import open_workspace


class ImportDuties(ListAlgorithm):
    """Lists → ``people_duty``, ``hill_duty.key_places`` and ``appeal``; nobody by name."""

    NAME = "importduties"
    TITLE = tr("Import hills and people in charge")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        self.declare_input(
            tr("List"),
            tr("An XLSX or CSV with village groups and counts, hills and key places, or appeals;"
               " also what hillresponsibility wrote."),
        )  # fmt: skip
        add_number(self, "YEAR", tr("Year"), None, whole=True, least=1990)
        self.add_workspace()
        self.add_sink("OUTPUT", PEOPLE_DUTY)
        self.add_sink("APPEALS", APPEAL, optional=True)
        declare_outcome(self)
        for name, title in (
            ("N_GROUPS", tr("Village groups")),
            ("N_HILLS", tr("Hills with key places")),
            ("N_APPEALS", tr("Appeals")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, translate(title)))

    def work(self, call: Call) -> dict[str, Any]:
        """Read whatever the file holds, check it against the plan, write."""
        workspace = open_workspace(call.workspace())
        asked = call.number("YEAR")
        grids = workspace.read("grid")
        years = sorted({int(y) for y in grids["grid_year"]})
        year = int(asked) if asked is not None else (years[-1] if years else 0)
        if year not in years:
            raise InputError(
                tr("The workspace has no plan of {year}; there are plans of {years}."),
                year=str(year),
                years=", ".join(map(str, years)) or "-",
            )
        people, title = _sheets(call, PEOPLE_ALIASES, "group_name")
        hills, title = _sheets(call, HILL_ALIASES, "key_places", title)
        appeals, title = _sheets(call, APPEAL_ALIASES, "received_on", title)
        people = [s for s in people if not any(s.titles == a.titles for a in appeals)]
        if not people and not hills and not appeals:
            raise InputError(
                tr("{file} has no village groups, key places or appeals; check its headings."),
                file=title or "INPUT",
            )
        hill = workspace.read("hill")
        made = intake_duties(
            people, hills, appeals, year,
            set(grids.loc[grids["grid_year"] == year, "grid_code"]),
            workspace.read("hill_duty", {"grid_year": year}),
            dict(zip(hill["hill_id"], hill["hill_name"], strict=True)),
            set(),
        )  # fmt: skip
        count = len(made.people) + len(made.hills) + len(made.appeals)
        if not count:
            raise InputError(
                tr("{file}: no row can be used: {reason}."),
                file=title,
                reason=next((f.text for f in made.findings if f.kind == "refused"),
                            Message(tr("the list is empty"))),
            )  # fmt: skip
        report = duty_report(made, title)
        results: dict[str, Any] = {
            "N_GROUPS": len(made.people), "N_HILLS": len(made.hills),
            "N_APPEALS": len(made.appeals), "N_IMPORTED": count, "N_REFUSED": made.n_refused,
        }  # fmt: skip
        with workspace.transaction(action=self.NAME) as writer:
            for name, frame in (
                ("people_duty", made.people), ("hill_duty", made.hills), ("appeal", made.appeals),
            ):  # fmt: skip
                kept = [c for c in frame if frame[c].notna().any()]
                if len(frame):
                    writer.upsert(name, frame[kept])
            results["OUTPUT"] = call.write("OUTPUT", made.people, PEOPLE_DUTY)
            results["APPEALS"] = call.write("APPEALS", made.appeals, APPEAL)
            results |= write_outcome(call, report, made.findings)
        call.say(_said(made))
        return results


def _sheets(
    call: Call, aliases: dict[str, str], must: str, title: str = ""
) -> tuple[list[Sheet], str]:
    """Give the tables of one kind that INPUT holds, none where it has no such columns."""
    try:
        found = read_list(call, aliases, must)
    except InputError as error:
        if "column titles" not in error.message.template:
            raise
        return [], title
    # A layer comes as one table whatever its columns are.
    kept = [s for s in found.sheets if must in match_fields(s.titles, aliases).columns]
    return kept, found.title


def _said(made: DutyIntake) -> Message:
    values = {"groups": len(made.people), "hills": len(made.hills), "appeals": len(made.appeals),
              "refused": made.n_refused}  # fmt: skip
    return Message(
        tr("{groups} village groups, {hills} hills with key places, {appeals} appeals imported;"
           " {refused} rows refused."),
        values,
    )  # fmt: skip


def duty_report(made: DutyIntake, title: str) -> Report:
    """Build the report of a list."""
    report = Report(Message(tr("Import of hills and people in charge: {layer}"), {"layer": title}))
    report.say(_said(made), "refused" if made.n_refused else "good")
    list_findings(report, made.findings)
    return report
