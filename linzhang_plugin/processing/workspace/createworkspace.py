"""Create a county workspace, empty or with the sample county, and its QGIS project."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyproj
from qgis.core import (
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterCrs,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.progress import part
from linzhang_plugin.core.tables.county_zone import longitude_of
from linzhang_plugin.core.tables.zones import zone_of
from linzhang_plugin.language import language, translate
from linzhang_plugin.processing import bridge
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.patrols.mapped import keep_last_month
from linzhang_plugin.workspace.create import check_county, create_workspace
from linzhang_plugin.workspace.dem import write_dem
from linzhang_plugin.workspace.project import write_project
from linzhang_plugin.workspace.sample import sample_frames
from linzhang_plugin.workspace.sample_patrols import SamplePatrols, keep_traces, sample_patrols
from linzhang_plugin.workspace.sample_slopes import SampleSlopes, keep_images, sample_slopes

SAMPLE_CRS = "EPSG:4547"
SAMPLE_SEED = 20240301


class CreateWorkspace(LinzhangAlgorithm):
    """COUNTY_CODE, COUNTY_NAME, YEAR → a GeoPackage with every table, and a styled project."""

    NAME = "createworkspace"
    TITLE = tr("Create workspace")
    GROUP = tr("Workspace")

    def declare(self) -> None:
        """Add the parameters and outputs."""
        integer = QgsProcessingParameterNumber.Type.Integer
        self.add(
            QgsProcessingParameterString("COUNTY_CODE", translate(tr("County code")), "360702"),
            tr("Six digits (行政区划代码)."),
        )
        self.add(
            QgsProcessingParameterString("COUNTY_NAME", translate(tr("County name")), "示例区")
        )
        self.add(
            QgsProcessingParameterNumber(
                "YEAR", translate(tr("Year")), integer, 2024, False, 1990, 2100
            )
        )
        self.add(
            QgsProcessingParameterCrs("CRS", translate(tr("CRS of the workspace")), None, True),
            tr("Empty: the county's CGCS2000 3° zone."),
        )
        self.add(
            QgsProcessingParameterBoolean("SAMPLE", translate(tr("Sample county")), False),
            tr("Fill the workspace with a made-up county, marked 示例."),
        )
        store = QgsProcessingParameterFileDestination(
            "STORE", translate(tr("Workspace file")), "GeoPackage (*.gpkg)", None, True
        )
        self.add(store)
        self.add(
            QgsProcessingParameterString(
                "CONNECTION", translate(tr("PostgreSQL connection")), "", False, True
            ),
            tr("Not supported yet; use STORE."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterFileDestination(
                "PROJECT", translate(tr("QGIS project")), "QGIS (*.qgz)", None, True, False
            ),
            tr("Empty: beside the workspace."),
        )
        self.add(
            QgsProcessingParameterBoolean("OVERWRITE", translate(tr("Replace")), False),
            tr("Replace an existing workspace; it is kept as .bak."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber(
                "SEED", translate(tr("Seed of the sample")), integer, SAMPLE_SEED
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber(
                "SCALE",
                translate(tr("Size of the sample")),
                QgsProcessingParameterNumber.Type.Double,
                1.0,
                False,
                0.05,
                1.0,
            ),
            tr("1 is a county of about 2,600 stands."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber(
                "TRACE_MONTHS", translate(tr("Months of sample traces")), integer, 3, False, 0, 3
            ),
            tr("The last quarter of the year before; kept beside the workspace. 0: no traces."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterBoolean(
                "IMAGES", translate(tr("Bare slopes and images of the sample")), True
            ),
            tr("A register of bare slopes, and images before and after beside the workspace."),
            advanced=True,
        )
        self.addOutput(QgsProcessingOutputString("WORKSPACE", translate(tr("Workspace"))))

    def work(self, call: Call) -> dict[str, Any]:
        """Create the file, then the project beside it."""
        code, name = call.text("COUNTY_CODE"), call.text("COUNTY_NAME")
        store = self._store(call)
        sample = call.switch("SAMPLE")
        crs = self._crs(call, code, sample)
        check_county(code, name, crs)
        frames: dict[str, Any] = {}
        dem = None
        patrols = SamplePatrols({}, None, {})
        slopes: SampleSlopes | None = None
        if sample:
            seed, year = call.integer("SEED"), call.integer("YEAR")
            scale = float(call.number("SCALE") or 1.0)
            frames, dem = sample_frames(seed, year, scale, part(call.progress, 0.0, 0.5))
            # Before the traces, which fill much memory; these lie on the relief without scars.
            if call.switch("IMAGES") and dem is not None:
                slopes = sample_slopes(
                    frames, dem, seed, year, scale, part(call.progress, 0.5, 0.6)
                )
                frames |= slopes.frames
            months = call.integer("TRACE_MONTHS")
            whole = part(call.progress, 0.6, 0.7)
            patrols = sample_patrols(frames, dem, seed, year, scale, months, whole)
            frames |= patrols.frames
            dem = slopes.dem if slopes is not None else dem
        workspace = create_workspace(
            store,
            code,
            name,
            call.integer("YEAR"),
            crs,
            frames,
            sample,
            call.switch("OVERWRITE"),
            part(call.progress, 0.7, 0.9),
        )
        del frames
        received = keep_traces(patrols, store)
        del patrols  # up to three million fixes; the last month is read from the trace store
        if dem is not None:
            write_dem(dem, store.with_name(f"{store.stem}_dem.tif"))
        if slopes is not None:
            keep_images(slopes, store)
        del dem, slopes
        keep_last_month(workspace, part(call.progress, 0.9, 0.95))
        if received is not None:
            call.say(
                Message(
                    "Traces that are still to be imported lie in {path}.", {"path": str(received)}
                )
            )
        project = Path(call.output_path("PROJECT") or store.with_suffix(".qgz"))
        write_project(workspace, project, call.integer("YEAR"), language())
        call.say(
            Message(
                tr("Workspace {path} with {n} stands, project {project}."),
                {
                    "path": str(store),
                    "n": workspace.count("stand"),
                    "project": str(project),
                },
            )
        )
        return {"WORKSPACE": str(store), "STORE": str(store), "PROJECT": str(project)}

    def _store(self, call: Call) -> Path:
        if call.text("CONNECTION"):
            raise InputError(
                tr("CONNECTION: workspaces in PostgreSQL are not supported yet; give STORE.")
            )
        path = call.output_path("STORE")
        if not path:
            raise InputError(tr("STORE is empty; give the path of the new .gpkg file."))
        store = Path(path)
        return store if store.suffix.lower() == ".gpkg" else store.with_name(store.name + ".gpkg")

    def _crs(self, call: Call, county_code: str, sample: bool) -> pyproj.CRS:
        given = self.parameterAsCrs(call.parameters, "CRS", call.context)
        if given.isValid():
            crs = bridge.pyproj_crs(given)
            if crs is not None:
                return crs
        if sample:
            return pyproj.CRS.from_user_input(SAMPLE_CRS)
        longitude, known = longitude_of(county_code)
        crs = zone_of(longitude, 30.0)
        if not known:
            call.warn(
                Message(
                    tr(
                        "CRS {crs} is a guess from the province of {code}; give CRS if the"
                        " county lies in another 3° zone."
                    ),
                    {"crs": crs.name, "code": county_code},
                )
            )
        return crs
