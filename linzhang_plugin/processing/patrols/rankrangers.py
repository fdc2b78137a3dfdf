"""Rank rangers: weighted items that sum to 100, rewards and penalties apart."""

from __future__ import annotations

from typing import Any

import pandas as pd
from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterString,
)

from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.patrols.ranking import ITEMS, Deed, ranking_rules, scores
from linzhang_plugin.core.patrols.tables.attendance import SCORE
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.patrols.ruled import GROUP, named_rules


class RankRangers(LinzhangAlgorithm):
    """Attendance, coverage and further figures → scores."""

    NAME = "rankrangers"
    TITLE = tr("Rank rangers")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        source = QgsProcessingParameterFeatureSource
        table = [QgsProcessing.SourceType.TypeVector]
        text = QgsProcessingParameterString
        self.add(source("ATTENDANCE", translate(tr("Attendance")), table))
        self.add(source("COVERAGE", translate(tr("Coverage of grids")), table, None, True))
        self.add(
            source("FIGURES", translate(tr("Further figures")), table, None, True),
            tr("person_id and events, fire, records as shares from 0 to 1."),
        )
        self.add(
            source("DEEDS", translate(tr("Rewards and penalties")), table, None, True),
            tr("person_id, kind and, where the rules do not say, points."),
        )
        self.add(
            text("MONTH", translate(tr("Month")), "", False, True),
            tr("Like 2025-03; empty: the latest month of the attendance."),
        )
        self.add(
            text("RULES", translate(tr("Rule set")), "default", False, True),
            tr(
                "default, zherong, district, a set stored in the workspace, or a JSON file with"
                " weights that sum to 100."
            ),
        )
        self.add_sink("SCORES", SCORE)
        self.addOutput(QgsProcessingOutputNumber("N_RANKED", translate(tr("Number of rangers"))))

    def work(self, call: Call) -> dict[str, Any]:
        """Read, reckon, write."""
        found = named_rules(call, call.text("RULES") or "default", "ranking_", "ranking")
        rules = ranking_rules(found.parameters)
        attended = pd.DataFrame(call.frame("ATTENDANCE", needs_crs=False))
        for name in ("person_id", "month", "percent", "minutes"):
            if name not in attended.columns:
                raise InputError(
                    tr("ATTENDANCE has no field {field}; choose the output of assesspatrols."),
                    field=name,
                )
        month = call.text("MONTH") or str(attended["month"].max())
        attended = attended[attended["month"].astype(str) == month]
        if not len(attended):
            raise InputError(tr("ATTENDANCE has no row of {month}; choose another."), month=month)
        table = scores(attended, rules, _shares(call), _deeds(call))
        table["reasons"] = [reasons if reasons else "" for reasons in table["reasons"]]
        outputs = {"SCORES": call.write("SCORES", table, SCORE), "N_RANKED": len(table)}
        return {name: value for name, value in outputs.items() if value is not None}


def _shares(call: Call) -> dict[str, dict[str, float]]:
    out: dict[str, dict[str, float]] = {}
    covered = call.frame("COVERAGE", needs_crs=False)
    if covered is not None:
        pairs = zip(covered["ranger_id"], covered["covered_percent"], strict=True)
        out["coverage"] = {str(p): float(v) / 100.0 for p, v in pairs if p and v is not None}
    further = call.frame("FIGURES", needs_crs=False)
    if further is not None:
        for item in ITEMS[2:]:
            if item in further.columns:
                pairs = zip(further["person_id"], further[item], strict=True)
                out[item] = {str(p): float(v) for p, v in pairs if v is not None}
    return out


def _deeds(call: Call) -> list[Deed]:
    frame = call.frame("DEEDS", needs_crs=False)
    if frame is None:
        return []
    out = []
    for row in pd.DataFrame(frame).to_dict("records"):
        points = row.get("points")
        known = points is not None and points == points
        value = float(points) if known else None
        out.append(Deed(str(row.get("person_id") or ""), str(row.get("kind") or ""), value))
    return out
