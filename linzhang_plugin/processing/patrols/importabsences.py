"""Import absences: leave, training, fire-fighting and bad weather from the office's list."""

from __future__ import annotations

from typing import Any

import pandas as pd

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.patrols.absences import WORDS, read_absences
from linzhang_plugin.core.patrols.people import Roster
from linzhang_plugin.core.patrols.readers.rejected import Rejection
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
from linzhang_plugin.processing.workspace.rows import ListAlgorithm, read_list


class ImportAbsences(ListAlgorithm):
    """List of days off duty → the register that attendance is reckoned with."""

    NAME = "importabsences"
    TITLE = tr("Import leave and exempt days")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        self.declare_input(
            tr("Leave, training, fire-fighting, bad weather"),
            tr("A table, XLSX or CSV: person (empty: all), first day, last day, reason."),
        )
        self.add_workspace()
        add_clock(self)
        self.add_sink("OUTPUT", TABLES["absence"])
        declare_outcome(self)

    def work(self, call: Call) -> dict[str, Any]:
        """Read, tell the persons, write."""
        clock = clock_of(call)
        workspace = optional_workspace(call)
        found = read_list(call, WORDS, "first_day")
        sheet = found.sheets[0]
        records = read_absences(sheet.titles, sheet.rows, sheet.numbers, clock)
        if workspace is not None:
            records = _of_roster(records, pd.DataFrame(workspace.read("person")))
        if not len(records.frame):
            raise InputError(
                tr("{file} has no row with a day off duty that can be used; check its columns."),
                file=found.title,
            )
        results: dict[str, Any] = {
            "N_IMPORTED": len(records.frame),
            "N_REFUSED": len(records.refused),
        }
        if workspace is not None:
            with workspace.transaction(action=self.NAME) as writer:
                writer.upsert("absence", records.frame)
            call.settle()
        results["OUTPUT"] = call.write("OUTPUT", records.frame, TABLES["absence"])
        report = report_of(tr("Import of leave and exempt days"), records)
        return results | write_outcome(call, report, findings_of(records.refused))


def _of_roster(records: Records, persons: pd.DataFrame) -> Records:
    """Turn names into ids; refuse who is not on the roster or shares a name."""
    roster = Roster(persons)
    words = [word if isinstance(word, str) else "" for word in records.frame["person_id"]]
    ids = [roster.person(word) if word else "" for word in words]
    good = [bool(person) or not word for person, word in zip(ids, words, strict=True)]
    refused = list(records.refused)
    for word, fine in zip(words, good, strict=True):
        if not fine:
            text = Message("{who} is not on the roster, or several have that name.", {"who": word})
            refused.append(Rejection(word, 0, text))
    frame = records.frame.assign(person_id=[person or None for person in ids])[good]
    frame = frame.drop_duplicates(["person_id", "town_code", "first_day", "reason"], keep="last")
    return Records(frame.reset_index(drop=True), refused)
