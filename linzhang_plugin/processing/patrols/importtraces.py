"""Import traces: whatever the patrol apps export, as fixes, tracks and a list of what was lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
    QgsVectorLayer,
)

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.patrols.areas import Areas, make_areas
from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.datum import DATUMS, to_wgs
from linzhang_plugin.core.patrols.datum_telling import (
    MARGINS_M,
    UNDECIDED,
    Places,
    Told,
    tell_datums,
)
from linzhang_plugin.core.patrols.devices import with_marks
from linzhang_plugin.core.patrols.fixes import Fixes
from linzhang_plugin.core.patrols.lines import track_frame
from linzhang_plugin.core.patrols.readers.importing import (
    Imported,
    ImportOptions,
    as_fixes,
    finished,
    import_path,
)
from linzhang_plugin.core.patrols.readers.owner import Naming, owner
from linzhang_plugin.core.patrols.readers.rejected import Rejection
from linzhang_plugin.core.patrols.tables.traces import DATUM_TOLD, FIX, REJECTED, TRACK
from linzhang_plugin.core.progress import part
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.patrols.countybook import CountyBook
from linzhang_plugin.processing.patrols.keeping import fixes_to_keep, latest_grids
from linzhang_plugin.processing.patrols.ruled import GROUP, add_clock, clock_of
from linzhang_plugin.processing.patrols.traces import read_source
from linzhang_plugin.workspace.traces import TraceStore

WGS84 = "EPSG:4326"


class ImportTraces(LinzhangAlgorithm):
    """Files of any patrol app → fixes, tracks, rejected rows."""

    NAME = "importtraces"
    TITLE = tr("Import patrol traces")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        self.add(
            QgsProcessingParameterFile("INPUT", translate(tr("File or folder of traces"))),
            tr("GPX, KML/KMZ, CSV, XLSX, GeoJSON, SHP, GPKG, FIT, ZIP, or a folder of them."),
        )
        self._text("PERSON_FIELD", tr("Field with the person"), tr("Empty: told by its name."))
        self._text(
            "PATTERN",
            tr("File name pattern"),
            tr("{person} marks the person, * anything: {person}_*. Empty: guessed."),
        )
        folder = QgsProcessingParameterBoolean(
            "FOLDER_IS_PERSON", translate(tr("The folder's name is the person")), False
        )
        self.add(folder)
        choices = [translate(tr("auto: tell from grids, roads and villages")), *DATUMS]
        self.add(
            QgsProcessingParameterEnum("DATUM", translate(tr("Datum")), choices, False, 0),
            tr("auto needs GRIDS or ROADS; what stays undecided is taken as WGS84 and listed."),
        )
        add_clock(self)
        self.add(
            QgsProcessingParameterString("WORKSPACE", translate(tr("Workspace")), "", False, True),
            tr(
                "Where given, fixes are kept in yearly files beside it; only new ones are added."
                " Its grids and roads tell the datum where no layer is given."
            ),
        )
        self.add(
            QgsProcessingParameterBoolean(
                "CLIP", translate(tr("Keep no hours at home")), True, True
            ),
            tr(
                "What an app recorded near the home before setting out and after coming back, or"
                " in long stays outside the own grid at the ends of a patrol, is not kept."
            ),
        )
        polygons = [QgsProcessing.SourceType.TypeVectorPolygon]
        source = QgsProcessingParameterFeatureSource
        anything = [QgsProcessing.SourceType.TypeVectorAnyGeometry]
        self.add(source("GRIDS", translate(tr("Management grids")), polygons, None, True))
        self.add(source("ROADS", translate(tr("Roads and villages")), anything, None, True))
        self.add_sink("FIXES", FIX, optional=True)
        self.add_sink("TRACKS", TRACK)
        self.add_sink("REJECTED", REJECTED)
        self.add_sink("DATUMS", DATUM_TOLD, optional=True)
        for name, title in (
            ("N_FIXES", tr("Number of fixes")),
            ("N_TRACKS", tr("Number of tracks")),
            ("N_REJECTED", tr("Number of rejected rows")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, translate(title)))

    def checkParameterValues(  # noqa: N802 - name fixed by QGIS
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Let INPUT be a folder too: QGIS's file parameter takes one or the other only."""
        given = parameters.get("INPUT")
        if isinstance(given, str) and Path(given).is_dir():
            parameters = {**parameters, "INPUT": __file__}
        return super().checkParameterValues(parameters, context)

    def _text(self, name: str, title: str, help_text: str) -> None:
        parameter = QgsProcessingParameterString(name, translate(title), "", False, True)
        self.add(parameter, help_text)

    def work(self, call: Call) -> dict[str, Any]:
        """Read, tell the datum, write."""
        clock = clock_of(call)
        naming = Naming(call.text("PATTERN"), call.switch("FOLDER_IS_PERSON"))
        options = ImportOptions(clock, call.text("PERSON_FIELD"), naming)
        book = CountyBook.of(call, False)
        areas, places = _evidence(call, book)
        path = Path(call.path("INPUT"))
        imported = import_path(path, options, part(call.progress, 0.0, 0.7))
        imported = _with_layers(imported, options, call)
        if not len(imported.fixes) and not imported.rejected:
            raise InputError(tr("{path} holds no file of traces; choose another."), path=str(path))
        fixes, told = _datum(with_marks(imported.fixes), call.choice("DATUM"), clock, areas, places)
        rejected = _rejected_frame(imported.rejected)
        tracks = track_frame(fixes, _datums_of(fixes, told))
        _report(call, imported, told)
        if book is not None:
            kept = fixes_to_keep(call, book, fixes, clock) if call.switch("CLIP") else fixes
            new = TraceStore(book.workspace.path).add(kept, clock)
            call.say(Message("{n} new fixes were kept beside the workspace.", {"n": new}))
        crs = QgsCoordinateReferenceSystem(WGS84)
        outputs = {
            "TRACKS": call.write("TRACKS", tracks, TRACK, crs),
            "REJECTED": call.write("REJECTED", rejected, REJECTED),
            "N_FIXES": len(fixes),
            "N_TRACKS": len(tracks),
            "N_REJECTED": len(rejected),
        }
        if call.given("FIXES"):
            outputs["FIXES"] = call.write("FIXES", _fix_frame(fixes), FIX, crs)
        if call.given("DATUMS"):
            outputs["DATUMS"] = call.write("DATUMS", _told_frame(told), DATUM_TOLD)
        return {name: value for name, value in outputs.items() if value is not None}


def _evidence(call: Call, book: CountyBook | None) -> tuple[tuple[Areas, ...], Places]:
    grids, roads = call.frame("GRIDS"), call.frame("ROADS")
    if book is not None:
        if roads is None and grids is None:
            roads = book.table("road")
        grids = latest_grids(book) if grids is None else grids
    if grids is not None and "grid_code" not in grids.columns:
        raise InputError(tr("GRIDS has no field grid_code; choose the layer of management grids."))
    areas = () if grids is None else tuple(make_areas(grids, margin) for margin in MARGINS_M)
    if roads is None:
        return areas, Places(None)
    return areas, Places.of(list(roads.geometry.to_crs(4326)))


def _with_layers(imported: Imported, options: ImportOptions, call: Call) -> Imported:
    """Read the files that only a layer provider opens."""
    if not imported.layers:
        return imported
    parts, rejected = [imported.fixes], list(imported.rejected)
    matcher = options.naming.matcher()
    for name, path in imported.layers:
        for title, layer in _sublayers(name, path, rejected):
            reading = read_source(layer, title, options.clock, options.person_field, call.feedback)
            rejected += reading.rejected
            if not len(reading) and not reading.rejected:
                rejected.append(Rejection(title, 0, Message("The layer has no features.")))
            if len(reading):
                named = any(reading.person)
                person = "" if named else owner(name, [], options.naming, matcher)
                parts.append(as_fixes(reading, ".csv" if named else ".gpx", person))
                parts[-1] = replace(parts[-1], sources=(title,))
    again = finished(parts, rejected, [])
    return replace(again, n_repeats=again.n_repeats + imported.n_repeats)


def _sublayers(name: str, path: str, rejected: list[Rejection]) -> list[tuple[str, QgsVectorLayer]]:
    first = QgsVectorLayer(path, name, "ogr")
    if not first.isValid():
        reason = Message("QGIS cannot open the file as a layer.")
        rejected.append(Rejection(name, 0, reason))
        return []
    found = []
    for text in first.dataProvider().subLayers() or [""]:
        words = text.split("!!::!!")
        if len(words) > 1 and len(first.dataProvider().subLayers()) > 1:
            layer = QgsVectorLayer(f"{path}|layername={words[1]}", words[1], "ogr")
            found.append((f"{name}/{words[1]}", layer))
        else:
            found.append((name, first))
    kept = []
    for title, layer in found:
        if layer.geometryType() in (Qgis.GeometryType.Point, Qgis.GeometryType.Line):
            kept.append((title, layer))
        else:
            reason = Message("The layer has neither points nor lines.")
            rejected.append(Rejection(title, 0, reason))
    return kept


def _datum(
    fixes: Fixes, choice: int, clock: Clock, areas: tuple[Areas, ...], places: Places
) -> tuple[Fixes, list[Told]]:
    if choice == 0:
        return tell_datums(fixes, clock, areas, places)
    if choice > 1:
        lon, lat = to_wgs(fixes.lon, fixes.lat, DATUMS[choice - 1])
        fixes = replace(fixes, lon=lon, lat=lat)
    evidence = Message("As given in DATUM.")
    counts = np.bincount(fixes.person, minlength=len(fixes.people))
    told = [
        Told(person, "", int(n), DATUMS[choice - 1], evidence)
        for person, n in zip(fixes.people, counts, strict=True)
        if n
    ]
    return fixes, told


def _datums_of(fixes: Fixes, told: list[Told]) -> tuple[str, ...]:
    found: dict[str, set[str]] = {}
    for row in told:
        found.setdefault(row.person, set()).add(row.datum)
    return tuple(" / ".join(sorted(found.get(person, set()))) for person in fixes.people)


def _report(call: Call, imported: Imported, told: list[Told]) -> None:
    shown = {"fixes": len(imported.fixes), "repeats": imported.n_repeats}
    call.say(Message("{fixes} fixes; {repeats} repeats were left out.", shown))
    undecided = sum(row.datum == UNDECIDED for row in told)
    if undecided:
        values = {"n": undecided, "all": len(told)}
        text = Message(
            "The datum of {n} of {all} ranger-months is undecided; they are taken as WGS84."
            " Give GRIDS and ROADS, or choose the DATUM.",
            values,
        )
        call.warn(text)
    shifted = sum(row.datum in DATUMS[1:] for row in told)
    if shifted:
        call.say(Message("{n} ranger-months were moved to WGS84.", {"n": shifted}))


def _rejected_frame(rejected: list[Rejection]) -> pd.DataFrame:
    rows = [(row.file, row.line or None, row.reason) for row in rejected]
    frame = pd.DataFrame(rows, columns=["file", "line", "reason"])
    frame["line"] = frame["line"].astype(object).where(frame["line"].notna(), None)
    return frame


def _fix_frame(fixes: Fixes) -> gpd.GeoDataFrame:
    points = gpd.points_from_xy(fixes.lon, fixes.lat)
    return gpd.GeoDataFrame(fixes.frame(), geometry=points, crs=WGS84)


def _told_frame(told: list[Told]) -> pd.DataFrame:
    rows = [(row.person, row.month, row.n, row.datum, row.evidence) for row in told]
    return pd.DataFrame(rows, columns=["person_id", "month", "n_fix", "datum", "evidence"])
