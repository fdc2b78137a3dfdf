"""Import objections (申诉更正): who objects to which day, why, the proof, the decision."""

from __future__ import annotations

from typing import Any

import pandas as pd

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.patrols.objections import LIST_WORDS, read_objections
from linzhang_plugin.core.patrols.people import Roster
from linzhang_plugin.core.patrols.readers.rejected import Rejection
from linzhang_plugin.core.patrols.records import Records
from linzhang_plugin.core.tables.schema import TABLES
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.patrols.importevents import findings_of, report_of
from linzhang_plugin.processing.patrols.ruled import GROUP, add_clock, clock_of
from linzhang_plugin.processing.workspace.outcome import declare_outcome, write_outcome
from linzhang_plugin.processing.workspace.rows import ListAlgorithm, read_list
from linzhang_plugin.workspace.store import Workspace, open_workspace


class ImportObjections(ListAlgorithm):
    """List of objections → the register that corrections are made from."""

    NAME = "importobjections"
    TITLE = tr("Import objections to a notice")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        self.declare_input(
            tr("Objections"),
            tr("A table, XLSX or CSV: number, person, day, what it asks, reason, proof, decision."),
        )
        self.add_workspace()
        add_clock(self)
        self.add_sink("OUTPUT", TABLES["objection"])
        declare_outcome(self)

    def work(self, call: Call) -> dict[str, Any]:
        """Read, check against roster and register, write."""
        clock = clock_of(call)
        workspace = open_workspace(call.workspace())
        found = read_list(call, LIST_WORDS, "person_id")
        sheet = found.sheets[0]
        records = read_objections(sheet.titles, sheet.rows, sheet.numbers, clock)
        records = _checked(records, workspace)
        if not len(records.frame):
            raise InputError(
                tr("{file} has no objection that can be used; check its columns."),
                file=found.title,
            )
        with workspace.transaction(action=self.NAME) as writer:
            writer.upsert("objection", records.frame)
        call.settle()
        results: dict[str, Any] = {
            "N_IMPORTED": len(records.frame),
            "N_REFUSED": len(records.refused),
            "OUTPUT": call.write("OUTPUT", records.frame, TABLES["objection"]),
        }
        report = report_of(tr("Import of objections"), records)
        return results | write_outcome(call, report, findings_of(records.refused))


def _checked(records: Records, workspace: Workspace) -> Records:
    """Tell the persons; refuse strangers and objections that a correction has applied already."""
    roster = Roster(pd.DataFrame(workspace.read("person")))
    stored = workspace.read("objection")
    applied = set(stored.loc[stored["revision"].notna(), "objection_no"])
    refused, rows = list(records.refused), []
    for row in records.frame.to_dict("records"):
        number, word = str(row["objection_no"]), str(row["person_id"])
        person = roster.person(word)
        if not person:
            text = Message("{who} is not on the roster, or several have that name.", {"who": word})
            refused.append(Rejection(number, 0, text))
        elif number in applied:
            text = Message("A correction has applied this objection; it can no longer change.")
            refused.append(Rejection(number, 0, text))
        else:
            rows.append({**row, "person_id": person})
    return Records(pd.DataFrame(rows, columns=records.frame.columns), refused)
