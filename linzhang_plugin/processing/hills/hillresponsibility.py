"""``linzhang:hillresponsibility``: who answers for which hill (包山包人)."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
from qgis.core import QgsProcessing, QgsProcessingOutputNumber

from linzhang_plugin.core.hills.responsibility import hill_responsibility
from linzhang_plugin.core.hills.tables import ORPHANS, RESPONSIBILITY
from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.tables.zones import to_zone
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import Call, LinzhangAlgorithm
from linzhang_plugin.processing.bridge import qgis_crs
from linzhang_plugin.processing.hills.delineatehills import GROUP
from linzhang_plugin.processing.hills.layers import polygons
from linzhang_plugin.processing.parameters import add_source


class HillResponsibility(LinzhangAlgorithm):
    """The list hill × grid × people, and the hills that nobody answers for."""

    NAME = "hillresponsibility"
    TITLE = tr("Who answers for which hill")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        kind = QgsProcessing.SourceType
        add_source(self, "HILLS", tr("Hills"), kind.TypeVectorPolygon, False)
        add_source(self, "GRIDS", tr("Grids of the year"), kind.TypeVectorPolygon, False)
        add_source(self, "PERSONS", tr("Persons"), kind.TypeVector)
        add_source(self, "ASSIGNMENTS", tr("Assignments (person, grid, duty)"), kind.TypeVector)
        self.add_sink("LIST", RESPONSIBILITY)
        self.add_sink("ORPHANS", ORPHANS, optional=True)
        self.addOutput(
            QgsProcessingOutputNumber("N_ORPHANS", translate(tr("Hills that nobody answers for")))
        )

    def work(self, call: Call) -> dict[str, Any]:
        """Cut the hills by the grids and look their people up."""
        hills, grids = polygons(call, "HILLS"), polygons(call, "GRIDS")
        assert hills is not None
        assert grids is not None
        for name, frame, column in (("HILLS", hills, "hill_id"), ("GRIDS", grids, "grid_code")):
            if column not in frame:
                raise InputError(
                    tr("{parameter}: the layer has no field {field}; choose a layer that has it."),
                    parameter=name,
                    field=column,
                )
        source_crs = hills.crs
        hills = to_zone(hills)
        grids = grids.to_crs(hills.crs)
        persons, assignments = self._people(call, grids)
        made = hill_responsibility(hills, grids, assignments, persons)
        if len(made.orphans):
            call.warn(Message("{n} hills lack a ranger somewhere.", {"n": len(made.orphans)}))
        return {
            "LIST": call.write("LIST", made.rows, RESPONSIBILITY),
            "ORPHANS": call.write("ORPHANS", made.orphans, ORPHANS, qgis_crs(source_crs)),
            "N_ORPHANS": len(made.orphans),
        }

    def _people(self, call: Call, grids: gpd.GeoDataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Give persons and assignments; without assignments the grids' own ranger_id counts."""
        persons = call.frame("PERSONS", needs_crs=False)
        assignments = call.frame("ASSIGNMENTS", needs_crs=False)
        if persons is None:
            persons = pd.DataFrame({"person_id": [], "name": []})
            if "ranger_name" in grids and "ranger_id" in grids:
                named = grids[grids["ranger_id"].notna()]
                persons = named[["ranger_id", "ranger_name"]].drop_duplicates("ranger_id")
                persons = persons.set_axis(["person_id", "name"], axis=1)
        if assignments is None:
            held = grids[grids["ranger_id"].notna()] if "ranger_id" in grids else grids.iloc[:0]
            assignments = pd.DataFrame(
                {
                    "grid_code": held["grid_code"],
                    "person_id": held.get("ranger_id", []),
                    "duty": "ranger",
                }
            )
        elif "end_on" in assignments:
            assignments = assignments[assignments["end_on"].isna()]
        if "grid_year" in assignments and "grid_year" in grids:
            assignments = assignments[assignments["grid_year"].isin(grids["grid_year"])]
        return persons, assignments
