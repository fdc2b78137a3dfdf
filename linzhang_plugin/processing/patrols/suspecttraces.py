"""Suspect traces: evidence for a talk with the ranger, never a verdict."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pyproj
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.patrols.altitude import Ground
from linzhang_plugin.core.patrols.clock import Clock, day_text
from linzhang_plugin.core.patrols.doubts import WORD, Doubt, find_doubts
from linzhang_plugin.core.patrols.fixes import Fixes, Floats
from linzhang_plugin.core.patrols.lines import line_wkb
from linzhang_plugin.core.patrols.patrols import Patrols, find_patrols
from linzhang_plugin.core.patrols.tables import SUSPECT
from linzhang_plugin.core.progress import part
from linzhang_plugin.core.terrain.raster import read_raster
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import Call, LinzhangAlgorithm
from linzhang_plugin.processing.parameters import raster_source
from linzhang_plugin.processing.patrols.countybook import add_book
from linzhang_plugin.processing.patrols.ruled import (
    GROUP,
    add_clock,
    add_gap,
    add_period,
    add_rules,
    clock_of,
    period_of,
    rules_of,
)
from linzhang_plugin.processing.patrols.traces import traces_of


class SuspectTraces(LinzhangAlgorithm):
    """Tracks → findings with their evidence."""

    NAME = "suspecttraces"
    TITLE = tr("Doubtful traces")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        source = QgsProcessingParameterFeatureSource
        kinds = QgsProcessing.SourceType
        self.add(source("TRACKS", translate(tr("Tracks")), [kinds.TypeVectorLine], None, True))
        add_book(self)
        add_period(self)
        self.add(
            QgsProcessingParameterString(
                "TOGETHER", translate(tr("Declared to patrol together")), "", False, True
            ),
            tr("Pairs of person ids: R001+R002, R003+R004. They are not listed as together."),
        )
        self.add(
            QgsProcessingParameterRasterLayer("DEM", translate(tr("Elevation (DEM)")), None, True),
            tr("Where given, the altitudes of the fixes are compared with the ground."),
        )
        add_rules(self)
        add_gap(self)
        add_clock(self)
        self.add_sink("SUSPECTS", SUSPECT)
        self.addOutput(QgsProcessingOutputNumber("N_SUSPECTS", translate(tr("Number of findings"))))

    def work(self, call: Call) -> dict[str, Any]:
        """Read, compare, write."""
        clock, rules = clock_of(call), rules_of(call)
        fixes = _in_period(call, traces_of(call, clock, ("TRACKS",))[0], clock)
        words = call.text("TOGETHER").replace("，", ",").replace("＋", "+").split(",")
        declared = frozenset(
            frozenset(part_.strip() for part_ in word.split("+")) for word in words if "+" in word
        )
        found = find_patrols(fixes, rules, clock, None, part(call.progress, 0.1, 0.4))
        progress = part(call.progress, 0.4, 0.95)
        doubts = find_doubts(found, None, declared, progress, _ground(call))
        crs = QgsCoordinateReferenceSystem("EPSG:4326")
        outputs = {
            "SUSPECTS": call.write("SUSPECTS", _frame(found, doubts), SUSPECT, crs),
            "N_SUSPECTS": len(doubts),
        }
        return {name: value for name, value in outputs.items() if value is not None}


def _in_period(call: Call, fixes: Fixes, clock: Clock) -> Fixes:
    """Keep the fixes of the period; those of the day after it are only there for midnight."""
    if not len(fixes):
        return fixes
    first, last = period_of(call, fixes, clock)
    day = clock.day(fixes.time)
    return fixes.take((day >= first) & (day <= last))


def _ground(call: Call) -> Ground | None:
    """Give the heights of DEM at degrees, None where none was given."""
    path = raster_source(call, "DEM")
    if not path:
        return None
    dem = read_raster(path)
    there = pyproj.Transformer.from_crs(4326, dem.crs, always_xy=True)

    def heights(lon: Floats, lat: Floats) -> Floats:
        return dem.at(*there.transform(lon, lat))

    return heights


def _frame(found: Patrols, doubts: list[Doubt]) -> pd.DataFrame:
    fixes = found.fixes
    rows, wkb = [], []
    for doubt in doubts:
        at = slice(int(found.first[doubt.patrol]), int(found.last[doubt.patrol]) + 1)
        other = doubt.other
        rows.append(
            (
                doubt.kind,
                Message(WORD),
                fixes.people[found.person[doubt.patrol]],
                fixes.people[found.person[other]] if other >= 0 else None,
                day_text(found.day[doubt.patrol]),
                day_text(found.day[other]) if other >= 0 else None,
                doubt.minutes,
                doubt.evidence,
            )
        )
        wkb.append(line_wkb(fixes.lon[at], fixes.lat[at], fixes.ele[at], fixes.time[at]))
    frame = pd.DataFrame(rows, columns=SUSPECT.names)
    frame["wkb"] = pd.Series(wkb, dtype=object)
    return frame
