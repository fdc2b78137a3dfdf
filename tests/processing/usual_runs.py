"""A usual run of every algorithm on a small sample county: what it takes and where it writes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingParameterDefinition, QgsVectorLayer

YEAR = 2024
TEMPORARY = "TEMPORARY_OUTPUT"
ENDINGS = {"sink": ".gpkg", "vectorDestination": ".gpkg", "rasterDestination": ".tif"}
# Tables of the workspace, by the parameter that takes them.
TABLES = {
    "LINES": "road",
    "ROADS": "road",
    "RIDGES": "road",
    "RAILWAYS": "road",
    "HIGHSPEED": "road",
    "MOTORWAYS": "road",
    "RIVERS": "river",
    "BARRIERS": "river",
    "RISK_ZONES": "risk_zone",
    "HILLS": "hill",
    "PERSONS": "person",
    "ASSIGNMENTS": "assignment",
    "PREVIOUS": "assignment",
    "NAMES": "settlement",
    "VILLAGES": "settlement",
    "REFERENCE": "settlement",
    "TOWNS": "admin_unit",
    "SCENIC": "scenic_spot",
    "EVENTS": "event",
    "SITES": "bare_slope",
    "KNOWN": "bare_slope",
    "CHECKS": "bare_slope_check",
    "DANGER_DAYS": "danger_day",
    "FIRE_PERIODS": "fire_period",
    "ABSENCES": "absence",
    "PLATFORM": "platform_day",
}
# Layers that another algorithm made.
MADE = {
    "STANDS": "stands",
    "STAND_GRID": "stand_grid",
    "BEFORE": "grids",
    "AFTER": "plan",
    "UNITS": "stands",
    "FOREST": "stands",
    "RANGERS": "rangers",
    "ORIGINS": "rangers",
    "GRIDS": "plan",
    "PREVIOUS_GRIDS": "grids",
    "TRACKS": "tracks",
    "FIXES": "fixes",
    "PATROLS": "patrols",
    "PATROL_DAYS": "days",
    "ATTENDANCE": "attendance",
    "RATES": "rates",
}
# INPUT: a layer made by another algorithm, or a table of the workspace.
INPUTS = {
    "importstands": "stands",
    "importgrids": "grids",
    "importpersons": "person",
    "importadmin": "admin_unit",
    "importsites": "bare_slope",
    "importevents": "event",
    "importattendance": "platform_day",
    "importabsences": "absence",
    "importcandidates": "candidates",
    "importcheckins": "fixes",
    "importchecks": "bare_slope_check",
    "importduties": "duties",
    "importobjections": "objection",
    "adoptmoves": "bare_slope",
    "adoptreviews": "slope_review",
}
RASTERS = {
    "DEM": "county_dem.tif",
    "IMAGE": "county_after.tif",
    "BEFORE": "county_before.tif",
    "AFTER": "county_after.tif",
    "LANDCOVER": "county_dem.tif",
}
GIVEN = object()
"""Marks an optional layer or raster that a usual run gives."""
DECEMBER = {"PERIOD_START": "2023-12-01", "PERIOD_END": "2023-12-31"}
# What else a usual run says, and the optional layers and figures without which it is none.
SAYS: dict[str, dict[str, Any]] = {
    "adoptcorrections": {"MONTH": "2023-12"},
    "adoptgrids": {"REPLACE": True},
    "adoptmoves": {
        "SITE_CODES": "360702B210002",
        "STATUS": "approved",
        "MOVED_ON": "2024-03-01",
        "MOVED_BY": "示例办",
        "DOCUMENT": "示例〔2024〕1号",
        "AS_OF": "2024-03-02",
    },
    "adoptpatrols": {**DECEMBER, "REPLACE": True},
    "assesspatrols": {"TRACKS": GIVEN, "GRIDS": GIVEN, "PERSONS": GIVEN},
    "adoptreviews": {
        "CANDIDATES": "360702Y240001",
        "DECISION": 1,
        "DECIDED_ON": "2024-03-01",
        "DECIDED_BY": "示例办",
        "REASON": "示例",
    },
    "delineatehills": {"DEM": GIVEN},
    "delineateunits": {"FOREST": GIVEN},
    "importcandidates": {"DETECTED_ON": "2024-03-01"},
    "importgrids": {"YEAR": YEAR + 1},
    "importtraces": {"GRIDS": GIVEN, "ROADS": GIVEN},
    "optimizegrids": {"EFFORT": 0, "RANGERS": GIVEN},
    "patrolcoverage": DECEMBER,
    "patrolnotice": {"MONTH": "2023-12"},
    "purgetraces": {"AS_OF": "2024-03-01"},
    "riskpatrols": DECEMBER,
    "rolloveryear": {"YEAR": YEAR + 1},
    "suspecttraces": DECEMBER,
    "tradeoffgrids": {"EFFORT": 0, "RANGERS": GIVEN, "PLANS_COUNT": 2},
    "walkingtime": {"UNITS": GIVEN},
}
AS_OF = {"AS_OF": "2024-03-01", "YEAR": YEAR}


def optional(parameter: QgsProcessingParameterDefinition) -> bool:
    """Tell whether a run may leave a parameter out."""
    return bool(parameter.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional)


@dataclass(frozen=True)
class UsualRuns:
    """The sample county and what was made from it.

    Attributes:
        folder: The workspace, rasters and files to import, and in ``made`` the layers made of them.
    """

    folder: Path

    @property
    def store(self) -> Path:
        """Give the workspace; it is only copied from."""
        return self.folder / "county.gpkg"

    def layer(self, name: str) -> QgsVectorLayer:
        """Give a layer made by another algorithm, or else a table of the workspace."""
        made = self.folder / "made" / f"{name}.gpkg"
        path = str(made) if made.exists() else f"{self.store}|layername={name}"
        layer = QgsVectorLayer(path, name, "ogr")
        assert layer.isValid(), name
        return layer

    def county_copy(self, folder: Path) -> Path:
        """Copy the workspace with all that lies beside it; give the copy's GeoPackage."""
        skip = shutil.ignore_patterns("made")
        shutil.copytree(self.folder, folder, ignore=skip)
        return folder / self.store.name

    def usual(self, algorithm: Any, parameter: Any) -> Any:
        """Give what a parameter is usually given, None where it is left alone."""
        name, kind = parameter.name(), parameter.type()
        said = SAYS.get(algorithm.name(), {})
        if name in said and said[name] is not GIVEN:
            return said[name]
        if kind == "raster":
            return str(self.folder / RASTERS[name])
        if name == "INPUT" and kind == "source":
            return self.layer(INPUTS[algorithm.name()])
        if name == "INPUT":
            return str(self.folder / "county_待导入轨迹")
        if kind == "source":
            known = MADE.get(name) or TABLES.get(name)
            return None if known is None else self.layer(known)
        if name == "BACKUP":
            return str(self.folder / "made" / "backup.zip")
        return AS_OF.get(name)

    def parameters(self, algorithm: Any, store: Path, outputs: Path) -> dict[str, Any]:
        """Give the parameters of a usual run, in which only the needed layers are given.

        Args:
            algorithm: As the provider has it.
            store: A workspace that the run may write to.
            outputs: Folder that every output goes to.
        """
        given: dict[str, Any] = {}
        said = SAYS.get(algorithm.name(), {})
        for parameter in algorithm.parameterDefinitions():
            name = parameter.name()
            if parameter.isDestination():
                given[name] = str(outputs / self.file_name(parameter))
            elif name == "WORKSPACE":
                given[name] = str(store)
            elif not optional(parameter) or name in said or name in AS_OF:
                value = self.usual(algorithm, parameter)
                if value is not None:
                    given[name] = value
        return given

    @staticmethod
    def file_name(parameter: Any) -> str:
        """Give the name of the file or folder that an output is written to."""
        if parameter.type() == "folderDestination":
            return parameter.name()
        ending = ENDINGS.get(parameter.type()) or f".{parameter.defaultFileExtension()}"
        return parameter.name() + ending


def make_usual_runs(run: Callable[..., dict[str, Any]], folder: Path) -> UsualRuns:
    """Make the sample county and the layers that one algorithm takes from another.

    Args:
        run: Runs an algorithm by its short name with parameters.
        folder: New; everything lies in it.
    """
    made = folder / "made"
    made.mkdir(parents=True)
    runs = UsualRuns(folder)
    store = str(runs.store)
    run("createworkspace", COUNTY_CODE="360702", COUNTY_NAME="示例区", YEAR=YEAR, SAMPLE=True,
        STORE=store, PROJECT=str(folder / "county.qgz"), SCALE=0.05)  # fmt: skip
    out = {name: str(made / f"{name}.gpkg") for name in dict.fromkeys(MADE.values())}
    run("loadplan", WORKSPACE=store, YEAR=YEAR, STANDS=out["stands"], RANGERS=out["rangers"],
        GRIDS=out["grids"])  # fmt: skip
    run("optimizegrids", STANDS=runs.layer("stands"), RANGERS=runs.layer("rangers"), EFFORT=0,
        YEAR=YEAR, GRIDS=out["plan"], STAND_GRID=out["stand_grid"])  # fmt: skip
    run("adoptgrids", WORKSPACE=store, YEAR=YEAR, GRIDS=runs.layer("plan"),
        STAND_GRID=runs.layer("stand_grid"), STATUS=1)  # fmt: skip
    run("importtraces", INPUT=str(folder / "county_待导入轨迹"), FIXES=out["fixes"],
        TRACKS=out["tracks"], REJECTED=TEMPORARY)  # fmt: skip
    run("assesspatrols", TRACKS=runs.layer("tracks"), GRIDS=runs.layer("grid"),
        PERSONS=runs.layer("person"), PATROLS=out["patrols"], PATROL_DAYS=out["days"],
        ATTENDANCE=out["attendance"], RATES=out["rates"])  # fmt: skip
    run("detectbareslopes", IMAGE=str(folder / "county_after.tif"),
        DEM=str(folder / "county_dem.tif"), CANDIDATES=str(made / "candidates.gpkg"))  # fmt: skip
    run("adoptpatrols", WORKSPACE=store, PATROL_DAYS=runs.layer("days"),
        **DECEMBER)  # fmt: skip
    run("importcandidates", WORKSPACE=store, INPUT=runs.layer("candidates"),
        DETECTED_ON="2024-02-01", OUTPUT=TEMPORARY)  # fmt: skip
    run("hillresponsibility", WORKSPACE=store, YEAR=YEAR, LIST=TEMPORARY,
        DUTIES=str(made / "duties.gpkg"))  # fmt: skip
    run("backupworkspace", WORKSPACE=store, BACKUP=str(made / "backup.zip"))
    return runs
