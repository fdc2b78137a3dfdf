"""Import stands (小班): any province's layer into the workspace's stand table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import geopandas as gpd
import pandas as pd
from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterCrs,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterString,
)

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.progress import part
from linzhang_plugin.core.tables.intake.areas import UNITS
from linzhang_plugin.core.tables.intake.landclass import GENERATIONS, TITLES
from linzhang_plugin.core.tables.intake.names import read_field_map
from linzhang_plugin.core.tables.intake.standreport import stand_report
from linzhang_plugin.core.tables.intake.stands import StandIntake, StandOptions, intake_stands
from linzhang_plugin.core.tables.intake.units import units_of_stands
from linzhang_plugin.core.tables.schema import STAND
from linzhang_plugin.core.tables.zones import middle, zone_of
from linzhang_plugin.language import translate
from linzhang_plugin.processing import bridge
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.parameters import add_number
from linzhang_plugin.processing.workspace.delivered import read_delivered
from linzhang_plugin.processing.workspace.outcome import (
    declare_outcome,
    optional_workspace,
    write_outcome,
)
from linzhang_plugin.workspace.store import Workspace

GENERATION_KEYS = ("", *GENERATIONS)
UNIT_KEYS = ("", *UNITS)
PER_STATEMENT = 500
"""Ids in one SQL condition."""


class ImportStands(LinzhangAlgorithm):
    """Layer of stands → the table ``stand``, with a report of everything done to it."""

    NAME = "importstands"
    TITLE = tr("Import stands")
    GROUP = tr("Workspace")

    def declare(self) -> None:
        """Add the parameters and outputs."""
        polygons = [QgsProcessing.SourceType.TypeVectorPolygon]
        self.add(
            QgsProcessingParameterFeatureSource("INPUT", translate(tr("Stand layer")), polygons),
            tr("Polygons of 小班 with any province's field names."),
        )
        self._declare_text(
            "FIELD_MAP",
            tr("Fields of the file"),
            tr("field=column; field=column. What is not given is told by an alias table."),
        )
        self._declare_text("ENCODING", tr("Encoding"), tr("auto, or UTF-8, GBK, GB18030 …"), "auto")
        self._declare_text(
            "COUNTY_CODE",
            tr("County code"),
            tr("6 digits; empty: from the file or the workspace."),
        )
        self.add(
            QgsProcessingParameterCrs(
                "CRS", translate(tr("CRS of a file without one")), None, True
            ),
            advanced=True,
        )
        titles = [tr("Decide by field name and values"), *(TITLES[k] for k in GENERATIONS)]
        self._declare_choice("LAND_CODES", tr("Land class codes"), titles)
        units = [tr("Tell from the geometry"), tr("hectares"), tr("mu"), tr("m²"), tr("km²")]
        self._declare_choice("AREA_UNIT", tr("Unit of the official area"), units)
        add_number(
            self,
            "YEAR",
            tr("Year of the data"),
            None,
            whole=True,
            least=0,
            advanced=True,
            most=2200,
        )
        self.add_workspace()
        self.add(
            QgsProcessingParameterBoolean(
                "REPLACE", translate(tr("Remove stands that the file lacks")), False
            ),
            tr("Off: stands of the workspace that are not in the file stay, and are counted."),
            advanced=True,
        )
        self.add_sink("OUTPUT", STAND)
        declare_outcome(self)

    def _declare_text(self, name: str, title: str, hint: str, default: str = "") -> None:
        parameter = QgsProcessingParameterString(name, translate(title), default, False, True)
        self.add(parameter, hint, advanced=name in ("ENCODING", "FIELD_MAP"))

    def _declare_choice(self, name: str, title: str, titles: list[str]) -> None:
        options = [translate(text) for text in titles]
        self.add(
            QgsProcessingParameterEnum(name, translate(title), options, False, 0), advanced=True
        )

    def work(self, call: Call) -> dict[str, Any]:
        """Read, check, turn into stands, then write workspace, layer and report together."""
        field_map = read_field_map(call.text("FIELD_MAP"))
        workspace = optional_workspace(call)
        frame, layer, encoding = read_delivered(
            call, "INPUT", call.text("ENCODING"), needs_crs=False
        )
        if frame.crs is None and call.given("CRS"):
            given = call.algorithm.parameterAsCrs(call.parameters, "CRS", call.context)
            frame = frame.set_crs(bridge.pyproj_crs(given))
        call.progress(0.15, None)
        options = StandOptions(
            layer=layer,
            field_map=field_map,
            county_code=call.text("COUNTY_CODE") or (workspace.county_code if workspace else ""),
            land_codes=GENERATION_KEYS[call.choice("LAND_CODES")],
            area_unit=UNIT_KEYS[call.choice("AREA_UNIT")],
            year=int(call.number("YEAR") or 0),
            towns=known_units(workspace, 4),
            villages=known_units(workspace, 5),
        )
        intake = intake_stands(frame, options, part(call.progress, 0.15, 0.7))
        if workspace is not None:
            intake = _zone_checked(intake, workspace)
        for warning in intake.warnings:
            call.warn(warning)
        report = stand_report(intake, layer, encoding)
        results: dict[str, Any] = {
            "N_IMPORTED": len(intake.frame),
            "N_REFUSED": intake.n_refused,
        }
        if workspace is None:
            results |= self._write(call, intake, report)
            return results
        frames = {
            "admin_unit": admin_of(workspace, intake),
            "stand": intake.frame.drop(columns=_empty(intake.frame)),
        }
        stale = _stale(workspace, intake)
        if stale:
            report.say(
                Message(tr("{n} stands of the workspace are not in this file."), {"n": len(stale)})
            )
        with workspace.transaction(action=self.NAME) as writer:
            for name, rows in frames.items():
                writer.upsert(name, rows)
            if call.switch("REPLACE"):
                for start in range(0, len(stale), PER_STATEMENT):
                    writer.remove("stand", {"stand_id": stale[start : start + PER_STATEMENT]})
            results |= self._write(call, intake, report)
        return results

    def _write(self, call: Call, intake: StandIntake, report: Any) -> dict[str, Any]:
        call.progress(0.8, Message(tr("Writing {n} stands …"), {"n": len(intake.frame)}))
        results: dict[str, Any] = {"OUTPUT": call.write("OUTPUT", intake.frame, STAND)}
        return results | write_outcome(call, report, intake.findings)


def _zone_checked(intake: StandIntake, workspace: Workspace) -> StandIntake:
    """Warn where the stands lie in another 3° zone than the workspace computes in."""
    zone = zone_of(*middle(intake.frame))
    if zone == workspace.crs:
        return intake
    text = tr(
        "The stands lie in the zone {zone}, the workspace is in {crs}: areas are drawn a little"
        " larger there. Make the workspace again with that CRS."
    )
    warning = Message(text, {"zone": zone.name, "crs": workspace.crs.name})
    return replace(intake, warnings=(*intake.warnings, warning))


def known_units(workspace: Workspace | None, level: int) -> dict[str, str]:
    """Give code → name of the workspace's units of a level; a code as a name is no name."""
    if workspace is None:
        return {}
    units = workspace.read("admin_unit", {"level": level})
    return {
        code: "" if name == code else name
        for code, name in zip(units["unit_code"], units["unit_name"], strict=True)
    }


def admin_of(workspace: Workspace, intake: StandIntake) -> gpd.GeoDataFrame:
    """Dissolve the units that the workspace has no real boundary of, keeping known names."""
    known = workspace.read("admin_unit")
    real = set(known.loc[~known["presumed"].fillna(False).astype(bool), "unit_code"])
    columns = ["stand_id", "town_code", "village_code", "geometry"]
    stands = intake.frame[columns].to_crs(workspace.crs)
    stored = workspace.read("stand")[columns]
    rest = stored[~stored["stand_id"].isin(stands["stand_id"])]
    whole = gpd.GeoDataFrame(
        pd.concat([rest, stands], ignore_index=True) if len(rest) else stands,
        geometry="geometry",
        crs=workspace.crs,
    )
    towns = _names(known, 4, intake.places.town_names)
    villages = _names(known, 5, intake.places.village_names)
    county = workspace.info.get("county_name", "")
    made = units_of_stands(whole, towns, villages, county)
    return made[~made["unit_code"].isin(real)].reset_index(drop=True)


def _names(known: pd.DataFrame, level: int, delivered: Mapping[str, str]) -> dict[str, str]:
    rows = known[known["level"] == level]
    names = {c: n for c, n in zip(rows["unit_code"], rows["unit_name"], strict=True) if c != n}
    return {**{c: n for c, n in delivered.items() if n}, **names}


def _empty(frame: gpd.GeoDataFrame) -> list[str]:
    """Give the columns that the file says nothing about: the workspace's values stay."""
    return [c for c in STAND.names if frame[c].isna().all() and c != "official_m2"]


def _stale(workspace: Workspace, intake: StandIntake) -> list[str]:
    stored = workspace.read("stand")["stand_id"]
    return [str(s) for s in stored[~stored.isin(intake.frame["stand_id"])]]
