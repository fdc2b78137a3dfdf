"""Suspect traces: evidence for a talk with the ranger, never a verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
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
from linzhang_plugin.core.patrols.doubt import WORD, Doubt
from linzhang_plugin.core.patrols.doubts import Doubts, find_doubts_by_people
from linzhang_plugin.core.patrols.fixes import Floats
from linzhang_plugin.core.patrols.lines import line_wkb
from linzhang_plugin.core.patrols.patrols import Patrols
from linzhang_plugin.core.patrols.single_doubts import rows_of
from linzhang_plugin.core.patrols.sketches import Sketch
from linzhang_plugin.core.patrols.sources import ByPeople, InMemory, by_people
from linzhang_plugin.core.patrols.tables.outings import SUSPECT
from linzhang_plugin.core.progress import part
from linzhang_plugin.core.terrain.raster import read_raster
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.parameters import raster_source
from linzhang_plugin.processing.patrols.countybook import CountyBook, add_book
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
from linzhang_plugin.processing.patrols.traces import read_traces


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
        source = _by_people(call, clock)
        words = call.text("TOGETHER").replace("，", ",").replace("＋", "+").split(",")
        declared = frozenset(
            frozenset(part_.strip() for part_ in word.split("+")) for word in words if "+" in word
        )
        progress = part(call.progress, 0.0, 0.95)
        doubts = find_doubts_by_people(source, rules, None, declared, progress, _ground(call))
        crs = QgsCoordinateReferenceSystem("EPSG:4326")
        outputs = {
            "SUSPECTS": call.write("SUSPECTS", _frame([], []), SUSPECT, crs, parts=_lined(doubts)),
            "N_SUSPECTS": len(doubts.found),
        }
        return {name: value for name, value in outputs.items() if value is not None}


def _by_people(call: Call, clock: Clock) -> ByPeople:
    """Give the fixes of the period some persons at a time, from a layer or the workspace."""
    if not call.given("TRACKS"):
        return CountyBook.opened(call).by_people(call, clock, days_after=0)
    fixes = InMemory.of(read_traces(call, clock, ("TRACKS",)))
    return by_people(fixes, *period_of(call, fixes.fixes, clock), clock)


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


def _frame(doubts: Sequence[Doubt], sketches: Sequence[Sketch]) -> pd.DataFrame:
    rows = []
    for doubt in doubts:
        one = sketches[doubt.patrol]
        other = sketches[doubt.other] if doubt.other >= 0 else None
        rows.append(
            (
                doubt.kind,
                Message(WORD),
                one.person,
                other.person if other else None,
                day_text(one.day),
                day_text(other.day) if other else None,
                doubt.minutes,
                doubt.evidence,
            )
        )
    return pd.DataFrame(rows, columns=SUSPECT.names)


def _lined(doubts: Doubts) -> Iterator[pd.DataFrame]:
    """Give the findings of a patrol at a time with its line; a person's are read together."""
    for patrol, some in groupby(doubts.found, key=lambda doubt: doubt.patrol):
        frame = _frame(list(some), doubts.sketches)
        line = _line(*doubts.tracks.found(patrol))
        yield frame.assign(wkb=pd.Series([line] * len(frame), dtype=object))


def _line(found: Patrols, patrol: int) -> bytes:
    rows, fixes = rows_of(found, patrol), found.fixes
    return line_wkb(fixes.lon[rows], fixes.lat[rows], fixes.ele[rows], fixes.time[rows])
