"""``linzhang:importcandidates``: candidates into the review queue, not into the register."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessing, QgsProcessingOutputNumber

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.slopes.queue import queue_candidates
from linzhang_plugin.core.tables.schema import SLOPE_REVIEW
from linzhang_plugin.language import translate
from linzhang_plugin.printing.slopesheets import heading, review_sheet
from linzhang_plugin.printing.workbook import write_workbook
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.bridge import qgis_crs
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.parameters import add_source
from linzhang_plugin.processing.slopes.books import (
    add_texts,
    add_workbook,
    day,
    intake_report,
    unit_names,
    workbook_path,
)
from linzhang_plugin.processing.slopes.layers import GROUP
from linzhang_plugin.processing.workspace.outcome import declare_outcome, write_outcome
from linzhang_plugin.workspace.store import open_workspace

COUNTS = (
    ("N_AGAIN", tr("Waiting candidates seen again"), "n_again"),
    ("N_KNOWN", tr("Known sites, not grown"), "n_known"),
    ("N_JUDGED", tr("Judged mistaken before"), "n_judged"),
    ("N_GONE", tr("Sites bare no more"), "n_gone"),
)


class ImportCandidates(LinzhangAlgorithm):
    """Candidates → ``slope_review``; what is known or judged already is not asked again."""

    NAME = "importcandidates"
    TITLE = tr("Queue candidates for review")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        polygons = QgsProcessing.SourceType.TypeVectorPolygon
        add_source(self, "INPUT", tr("Candidates"), polygons, False)
        add_texts(
            self,
            ("DETECTED_ON", tr("Day of the image"), tr("YYYY-MM-DD.")),
            ("IMAGE", tr("Name of the image"), ""),
        )
        self.add_workspace()
        self.add_sink("OUTPUT", SLOPE_REVIEW)
        add_workbook(self, tr("List to be filled in"))
        declare_outcome(self)
        for name, title, _ in COUNTS:
            self.addOutput(QgsProcessingOutputNumber(name, translate(title)))

    def work(self, call: Call) -> dict[str, Any]:
        """Match, number, write the queue."""
        workspace = open_workspace(call.workspace())
        detected = day(call, "DETECTED_ON")
        frame = call.frame("INPUT")
        assert frame is not None
        frame = frame[frame.geometry.notna() & ~frame.geometry.is_empty]
        if not len(frame):
            raise InputError(tr("{parameter} has no polygons; choose the candidates."),
                             parameter="INPUT")  # fmt: skip
        made = queue_candidates(
            frame.to_crs(workspace.crs).reset_index(drop=True),
            workspace.read("slope_review"),
            workspace.read("bare_slope"),
            detected.isoformat(),
            call.text("IMAGE")[:100],
            workspace.county_code,
            workspace.read("admin_unit"),
        )
        counts = {name: getattr(made, key) for name, _, key in COUNTS}
        values = {"new": made.n_new, "again": made.n_again, "known": made.n_known,
                  "judged": made.n_judged}  # fmt: skip
        said = Message(
            tr("{new} new candidates wait for review, {again} seen again; {known} known sites"
               " unchanged, {judged} judged mistaken before."),
            values,
        )  # fmt: skip
        report = intake_report(Message(tr("Candidates for review")), said, made.findings, 0)
        results: dict[str, Any] = {"N_IMPORTED": len(made.frame), "N_REFUSED": 0, **counts}
        path = workbook_path(call)
        with workspace.transaction(action=self.NAME) as writer:
            writer.upsert("slope_review", made.frame)
            results["OUTPUT"] = call.write(
                "OUTPUT", made.frame, SLOPE_REVIEW, qgis_crs(workspace.crs)
            )
            results |= write_outcome(call, report, made.findings)
        if path is not None:
            title = heading(workspace.info.get("county_name", ""), "疑似裸露山体核查表",
                            workspace.sample)  # fmt: skip
            sheet = review_sheet(
                workspace.read("slope_review", standard=True),
                unit_names(workspace),
                title,
                detected.isoformat(),
            )
            write_workbook(path, [sheet])
            results["XLSX"] = str(path)
        call.say(said)
        return results
