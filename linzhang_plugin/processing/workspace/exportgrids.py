"""Export a year's grids for platforms, phones and the public."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.tables.export_tables import read_names
from linzhang_plugin.core.tables.reports import Report
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.parameters import add_report, write_report
from linzhang_plugin.workspace.exports import PROFILES, Exported, export_plan
from linzhang_plugin.workspace.store import Workspace, open_workspace


class ExportGrids(LinzhangAlgorithm):
    """WORKSPACE, YEAR, PROFILE → FOLDER with the files, REPORT."""

    NAME = "exportgrids"
    TITLE = tr("Export grids")
    GROUP = tr("Workspace")

    def declare(self) -> None:
        """Add the parameters and outputs."""
        self.add_workspace()
        integer = QgsProcessingParameterNumber.Type.Integer
        self.add(
            QgsProcessingParameterNumber(
                "YEAR", translate(tr("Year")), integer, 2024, False, 1990, 2100
            )
        )
        titles = [
            tr("GeoPackage"),
            tr("Shapefile (GBK)"),
            tr("KML, a file a ranger"),
            tr("XLSX list"),
            tr("File geodatabase"),
        ]
        self.add(
            QgsProcessingParameterEnum(
                "PROFILE", translate(tr("Profile")), [translate(t) for t in titles], False, 0
            )
        )
        self.add(
            QgsProcessingParameterString(
                "FIELD_MAP", translate(tr("Platform's field names")), "", True, True
            ),
            tr("ours=theirs; ours=theirs — for example grid_code=WGBM; area_mu=MJ."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterBoolean("PUBLIC", translate(tr("Public edition")), False),
            tr("Without names, phones and stand numbers."),
        )
        self.add(QgsProcessingParameterFolderDestination("FOLDER", translate(tr("Folder"))))
        add_report(self)
        for name, title in (
            ("N_FILES", tr("Files")),
            ("N_GRIDS", tr("Grids")),
            ("TOTAL_MU", tr("Total (mu)")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, translate(title)))

    def work(self, call: Call) -> dict[str, Any]:
        """Read, write beside, move into place."""
        workspace = open_workspace(call.workspace())
        year = call.integer("YEAR")
        profile = list(PROFILES)[call.choice("PROFILE")]
        folder = Path(call.path("FOLDER"))
        done = export_plan(
            workspace,
            year,
            profile,
            folder,
            call.switch("PUBLIC"),
            read_names(call.text("FIELD_MAP")),
            call.progress,
        )
        if done.cut:
            call.warn(
                Message(
                    tr("Texts too long for the format were cut in: {fields}."),
                    {"fields": ", ".join(done.cut)},
                )
            )
        results: dict[str, Any] = {
            "FOLDER": str(folder),
            "N_FILES": len(done.files),
            "N_GRIDS": done.n_grids,
            "TOTAL_MU": done.mu,
        }
        page = write_report(call, export_report(workspace, year, profile, done))
        if page:
            results["REPORT"] = page
        return results


def export_report(workspace: Workspace, year: int, profile: str, done: Exported) -> Report:
    """Give the page: files, sums with their difference, what was cut or left out."""
    report = Report(
        Message(
            tr("Export of {county}, {year}, as {profile}"),
            {
                "county": workspace.info.get("county_name", ""),
                "year": str(year),
                "profile": profile,
            },
        )
    )
    if workspace.sample:
        report.say("示例", "warning")
    report.table(
        (Message(tr("Grids")), Message(tr("Grids (mu)")), Message(tr("Stands (mu)")),
         Message(tr("Difference"))),
        [(done.n_grids, done.mu, done.stands_mu, done.mu - done.stands_mu)],
    )  # fmt: skip
    if done.cut:
        report.say(
            Message(
                tr("Texts too long for the format were cut in: {fields}."),
                {"fields": ", ".join(done.cut)},
            ),
            "warning",
        )
    if done.left_out:
        report.say(
            Message(tr("Public edition; left out: {fields}."), {"fields": ", ".join(done.left_out)})
        )
    report.table((Message(tr("File")),), [(file.name,) for file in done.files])
    return report
