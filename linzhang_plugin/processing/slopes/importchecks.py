"""``linzhang:importchecks``: checks and acceptances of bare slopes."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingParameterString

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.slopes.checkintake import CHECK_ALIASES, intake_checks, kind_of
from linzhang_plugin.core.tables.intake.names import read_field_map
from linzhang_plugin.core.tables.schema import BARE_SLOPE_CHECK
from linzhang_plugin.language import translate
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.slopes.books import (
    add_as_of,
    add_texts,
    as_of,
    day,
    first_reason,
    intake_report,
    sheets_of,
    show,
)
from linzhang_plugin.processing.slopes.layers import GROUP
from linzhang_plugin.processing.workspace.outcome import declare_outcome, write_outcome
from linzhang_plugin.processing.workspace.rows import ListAlgorithm
from linzhang_plugin.workspace.store import open_workspace


class ImportChecks(ListAlgorithm):
    """List of checks → ``bare_slope_check``; the last cover goes to the site."""

    NAME = "importchecks"
    TITLE = tr("Import checks and acceptances")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        self.declare_input(
            tr("Checks"), tr("A layer, or an XLSX or CSV; also what verifyregreening wrote.")
        )
        text = QgsProcessingParameterString(
            "FIELD_MAP", translate(tr("Fields of the file")), "", False, True
        )
        self.add(text, advanced=True)
        hint = tr("For rows that do not say it themselves.")
        add_texts(
            self,
            (
                "KIND",
                tr("Kind of check"),
                tr("Such as 验收, 3个月检查, 影像核验; for rows without."),
            ),
            ("CHECKED_ON", tr("Checked on"), hint),
        )
        add_as_of(self)
        self.add_workspace()
        self.add_sink("OUTPUT", BARE_SLOPE_CHECK)
        declare_outcome(self)

    def work(self, call: Call) -> dict[str, Any]:
        """Read, check against the register, write."""
        workspace = open_workspace(call.workspace())
        today = as_of(call)
        usual_day = day(call, "CHECKED_ON").isoformat() if call.text("CHECKED_ON") else ""
        kind = ""
        if call.text("KIND"):
            kind = kind_of(call.text("KIND")) or ""
            if not kind:
                raise InputError(tr("KIND {kind} is no kind of check; write 验收 or 3个月检查."),
                                 kind=call.text("KIND"))  # fmt: skip
        sheets, title = sheets_of(call, CHECK_ALIASES, "site_code")
        register = workspace.read("bare_slope")
        made = intake_checks(
            sheets, read_field_map(call.text("FIELD_MAP")), set(register["site_code"]), today,
            kind, usual_day,
        )  # fmt: skip
        if not len(made.frame):
            raise InputError(
                tr("No check can be taken: {reason}"), reason=first_reason(made.findings)
            )
        values = {"n": len(made.frame), "refused": made.n_refused}
        said = Message(tr("{n} checks imported, {refused} rows refused."), values)
        report = intake_report(Message(tr("Import of checks: {layer}"), {"layer": title}), said,
                               made.findings, made.n_refused, made.match)  # fmt: skip
        results: dict[str, Any] = {"N_IMPORTED": len(made.frame), "N_REFUSED": made.n_refused}
        with workspace.transaction(action=self.NAME) as writer:
            kept = [c for c in BARE_SLOPE_CHECK.names if made.frame[c].notna().any()]
            writer.upsert("bare_slope_check", made.frame[kept])
            covered = made.frame[made.frame["cover_pct"].notna()].sort_values("check_on")
            last = covered.drop_duplicates("site_code", keep="last")[["site_code", "cover_pct"]]
            if len(last):
                writer.upsert("bare_slope", last)
            results["OUTPUT"] = call.write("OUTPUT", made.frame, BARE_SLOPE_CHECK)
            results |= write_outcome(call, report, made.findings)
        show(call, made.findings)
        call.say(said)
        return results
