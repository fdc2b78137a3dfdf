"""Split stands along ridges, roads and rivers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
)

from linzhang_plugin.core.grids.land.split import split_stands
from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.tables.intake.shapes import mend
from linzhang_plugin.core.tables.schema import STAND
from linzhang_plugin.core.tables.zones import to_zone
from linzhang_plugin.language import translate
from linzhang_plugin.processing import bridge
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.grids.asked import field_of


class SplitStands(LinzhangAlgorithm):
    """STANDS cut by LINES; parts know their parent and share."""

    NAME = "splitstands"
    TITLE = tr("Split stands")
    GROUP = tr("Grids")

    def declare(self) -> None:
        """Add the parameters and outputs."""
        polygons = [QgsProcessing.SourceType.TypeVectorPolygon]
        lines = [QgsProcessing.SourceType.TypeVectorLine, *polygons]
        self.add(QgsProcessingParameterFeatureSource("STANDS", translate(tr("Stands")), polygons))
        self.add(
            QgsProcessingParameterFeatureSource("LINES", translate(tr("Cutting lines")), lines),
            tr("Ridges, roads, rivers; of polygons the borders cut."),
        )
        self.add(
            QgsProcessingParameterNumber(
                "MIN_MU",
                translate(tr("Smallest part (mu)")),
                QgsProcessingParameterNumber.Type.Double,
                15.0,
                False,
                0.0,
            ),
            tr("Smaller parts are merged into the part with the longest common border."),
        )
        self.add(
            QgsProcessingParameterField(
                "STAND_ID_FIELD", translate(tr("Stand id field")), None, "STANDS", optional=True
            ),
            tr("Empty: stand_id, else the row number."),
        )
        self.add(
            QgsProcessingParameterField(
                "AREA_FIELD", translate(tr("Official area field")), None, "STANDS", optional=True
            ),
            tr("Shared among the parts by geometry; empty: official_m2 where there is one."),
        )
        self.add_sink("OUTPUT", replace(STAND, key=()))
        for name, title in (("N_SPLIT", tr("Stands cut")), ("N_PARTS", tr("Rows written"))):
            self.addOutput(QgsProcessingOutputNumber(name, translate(title)))

    def work(self, call: Call) -> dict[str, Any]:
        """Read, cut in the 3° zone, write in the CRS of the stands."""
        stands, lines = call.frame("STANDS"), call.frame("LINES")
        assert stands is not None
        assert lines is not None
        least = call.number("MIN_MU") or 0.0
        crs = bridge.crs_of(stands)
        planar = to_zone(stands.reset_index(drop=True))
        mended = mend(planar.geometry.to_numpy())
        if mended.refused:
            row, why = next(iter(sorted(mended.refused.items())))
            raise InputError(
                tr("STANDS, row {row} {reason}; run Import stands first, which lists such rows."),
                row=row + 1,
                reason=why,
            )
        planar = planar.set_geometry(list(mended.shapes), crs=planar.crs)
        columns = [str(c) for c in planar.columns if c != planar.geometry.name]
        id_field = field_of(call, columns, "STAND_ID_FIELD", "stand_id")
        if not id_field:
            id_field = "stand_id"
            planar[id_field] = [str(row) for row in range(1, len(planar) + 1)]
        area_field = field_of(call, columns, "AREA_FIELD", "official_m2")
        if area_field:
            planar[area_field] = areas(planar[area_field].tolist(), area_field)
        cutters: Any = lines.to_crs(planar.crs).geometry.to_numpy()
        made = split_stands(planar, cutters, least, id_field, area_field, call.progress)
        extra = tuple(c for c in made.columns if c not in STAND.names and c != "geometry")
        cut = int(made["parent_id"].dropna().nunique())
        return {
            "OUTPUT": call.write("OUTPUT", made, replace(STAND, key=()), crs, extra),
            "N_SPLIT": cut,
            "N_PARTS": len(made),
        }


def areas(values: list[Any], field: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Give official areas (m²) as numbers; missing ones stay missing.

    Raises:
        InputError: Names the row whose area is no number.
    """
    given = pd.Series(values, dtype=object).replace(r"^\s*$", np.nan, regex=True)
    made = pd.to_numeric(given, errors="coerce")
    wrong = (made.isna() & given.notna()).to_numpy()
    if wrong.any():
        row = int(wrong.argmax())
        raise InputError(
            tr("Field {field}, row {row}: {value} is no number; correct it."),
            field=field,
            row=row + 1,
            value=str(values[row]),
        )
    return made.to_numpy(dtype=float)
