"""``linzhang:adoptreviews``: decisions on the queue; what is verified enters the register."""

from __future__ import annotations

from typing import Any

import pandas as pd
from qgis.core import QgsProcessingOutputNumber

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.slopes.lifecycle import MISTAKEN, NAMES, SUSPECTED, VERIFIED
from linzhang_plugin.core.slopes.review import REVIEW_ALIASES, Decided, decide
from linzhang_plugin.core.tables.intake.findings import Finding
from linzhang_plugin.core.tables.intake.typed import read_rows
from linzhang_plugin.core.tables.schema import BARE_SLOPE
from linzhang_plugin.language import translate
from linzhang_plugin.processing.bridge import qgis_crs
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.parameters import add_choice, add_number
from linzhang_plugin.processing.slopes.books import (
    OptionalListAlgorithm,
    add_texts,
    codes,
    fill,
    first_reason,
    intake_report,
    sheets_of,
    show,
)
from linzhang_plugin.processing.slopes.layers import GROUP
from linzhang_plugin.processing.workspace.outcome import declare_outcome, write_outcome
from linzhang_plugin.workspace.store import Workspace, open_workspace

DECISIONS = ("", VERIFIED, MISTAKEN, SUSPECTED)


class AdoptReviews(OptionalListAlgorithm):
    """Who decided what, when and why → ``slope_review``, ``bare_slope``, ``bare_slope_move``."""

    NAME = "adoptreviews"
    TITLE = tr("Adopt decisions on candidates")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        self.declare_optional(
            tr("Decisions"), tr("The filled-in list (XLSX, CSV or a table); or name CANDIDATES.")
        )
        add_texts(
            self,
            ("CANDIDATES", tr("Candidate numbers"), tr("Without a list: separated by commas.")),
        )
        options = [tr("As the list says"), tr("Verified"), tr("Mistaken"), tr("Open again")]
        add_choice(self, "DECISION", tr("Decision"), options, 0)
        hint = tr("For rows that do not say it themselves.")
        add_texts(
            self,
            ("DECIDED_ON", tr("Decided on"), hint),
            ("DECIDED_BY", tr("Decided by"), hint),
            ("REASON", tr("Reason"), hint),
        )
        add_number(self, "YEAR", tr("Year"), None, whole=True, least=2000)
        self.add_workspace()
        self.add_sink("OUTPUT", BARE_SLOPE)
        declare_outcome(self)
        for name, title in (
            ("N_VERIFIED", tr("Verified")),
            ("N_MISTAKEN", tr("Mistaken")),
            ("N_NEW", tr("New sites")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, translate(title)))

    def work(self, call: Call) -> dict[str, Any]:
        """Read the decisions, apply them, write all three tables together."""
        workspace = open_workspace(call.workspace())
        findings: list[Finding] = []
        decisions = self._decisions(call, findings)
        year = call.number("YEAR")
        if year is None:
            days = [str(d) for d in decisions["decided_on"] if isinstance(d, str)]
            year = int(max(days)[:4]) if days else int(workspace.info.get("year", "2000"))
        made = decide(
            decisions,
            workspace.read("slope_review"),
            workspace.read("bare_slope"),
            workspace.read("bare_slope_move"),
            workspace.county_code,
            int(year),
            workspace.read("stand"),
            _grids(workspace),
        )
        findings += made.findings
        refused = [f for f in findings if f.kind == "refused"]
        if not len(made.reviews):
            raise InputError(tr("No decision can be taken: {reason}"), reason=first_reason(refused))
        values = {"verified": made.n_verified, "mistaken": made.n_mistaken, "new": made.n_new,
                  "refused": len(refused)}  # fmt: skip
        said = Message(
            tr("{verified} verified ({new} new in the register), {mistaken} mistaken, {refused}"
               " rows refused."),
            values,
        )  # fmt: skip
        report = intake_report(Message(tr("Decisions on candidates")), said, findings, len(refused))
        results: dict[str, Any] = {
            "N_VERIFIED": made.n_verified, "N_MISTAKEN": made.n_mistaken, "N_NEW": made.n_new,
            "N_IMPORTED": len(made.reviews), "N_REFUSED": len(refused),
        }  # fmt: skip
        with workspace.transaction(action=self.NAME) as writer:
            writer.upsert("slope_review", made.reviews)
            write_sites(writer, made)
            results["OUTPUT"] = call.write(
                "OUTPUT", made.sites, BARE_SLOPE, qgis_crs(workspace.crs)
            )
            results |= write_outcome(call, report, findings)
        show(call, findings)
        call.say(said)
        return results

    def _decisions(self, call: Call, findings: list[Finding]) -> pd.DataFrame:
        """Give the decisions: of the list, or of the numbers named."""
        named = codes(call, "CANDIDATES")
        if call.given("INPUT"):
            sheets, _ = sheets_of(call, REVIEW_ALIASES, "candidate_no")
            table, _ = read_rows(sheets, REVIEW_ALIASES, BARE_SLOPE, {}, findings)
            if named:
                table = table[table["candidate_no"].isin(named)].reset_index(drop=True)
            told = table[["status", "reason", "decided_by"]].notna().any(axis=1)
            told |= call.choice("DECISION") > 0
            table = table[told & table["candidate_no"].notna()].reset_index(drop=True)
        elif named:
            table = pd.DataFrame({"candidate_no": named, "row": range(1, len(named) + 1)})
        else:
            raise InputError(tr("Give a list in INPUT, or numbers in CANDIDATES."))
        for column in REVIEW_ALIASES:
            if column not in table:
                table[column] = None
        decision = DECISIONS[call.choice("DECISION")]
        values = {
            "status": NAMES[decision] if decision else "",
            "decided_on": call.text("DECIDED_ON"),
            "decided_by": call.text("DECIDED_BY"),
            "reason": call.text("REASON"),
        }
        return fill(table, values)


def write_sites(writer: Any, made: Decided) -> None:
    """Write new sites and outlines, move by move where a closed site comes back."""
    way = made.moves.groupby("site_code")["to_status"].first().to_dict()
    back = [c for c in made.sites["site_code"] if way.get(c) == SUSPECTED]
    if back:
        # The store only takes legal moves: a closed site is suspected before it is verified.
        step = pd.DataFrame({"site_code": back, "status": [SUSPECTED] * len(back)})
        writer.upsert("bare_slope", step)
    for _, site in made.sites.groupby("site_code", sort=True):
        kept = [c for c in BARE_SLOPE.names if c in site and site[c].notna().all()]
        writer.upsert("bare_slope", site[[*kept, "geometry"]])
    writer.upsert("bare_slope_move", made.moves)


def _grids(workspace: Workspace) -> Any:
    """Give the grids of the last year that has a plan."""
    grids = workspace.read("grid")
    return grids[grids["grid_year"] == grids["grid_year"].max()] if len(grids) else None
