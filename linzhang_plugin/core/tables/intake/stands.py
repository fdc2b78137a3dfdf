"""A delivered stand layer (小班, any province's fields) → the ``stand`` table and a report."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.progress import Progress, part, silent, step
from linzhang_plugin.core.tables.intake import attributes, shapes, values
from linzhang_plugin.core.tables.intake.aliases import STAND_ALIASES
from linzhang_plugin.core.tables.intake.areas import Official, deviants, official_areas
from linzhang_plugin.core.tables.intake.findings import Finding
from linzhang_plugin.core.tables.intake.guess import guess_by_values
from linzhang_plugin.core.tables.intake.landclass import LandClasses, land_classes
from linzhang_plugin.core.tables.intake.names import FieldMatch, match_fields
from linzhang_plugin.core.tables.intake.places import Places, locate
from linzhang_plugin.core.tables.intake.settle import settle_crs
from linzhang_plugin.core.tables.intake.standids import StandIds, stand_ids
from linzhang_plugin.core.tables.schema import STAND
from linzhang_plugin.core.tables.zones import to_zone

Floats = npt.NDArray[np.float64]

GEOMETRY_COLUMNS = ("shape_area", "shape_leng", "shape_length", "shape_le_1", "objectid_1")
"""Columns that a GIS writes itself: never kept, never taken for the official area."""
CODED = (
    "sen_lin_lb",
    "shi_quan_d",
    "gjgyl_bhdj",
    "lin_zhong",
    "qi_yuan",
    "you_shi_sz",
    "ling_zu",
    "ld_qs",
    "bh_dj",
    "place_name",
)


@dataclass(frozen=True)
class StandOptions:
    """What the user may say about a file.

    Attributes:
        layer: Name of the layer, for sentences.
        field_map: Field → column; wins over every guess.
        county_code: 6-digit county code, empty to read it from the file.
        land_codes: Key of ``landclass.GENERATIONS``, empty to decide.
        area_unit: Key of ``areas.UNITS``, empty to tell it from the geometry.
        year: Year of the data, 0 when unknown.
        towns: Code → name of towns that the workspace knows.
        villages: Code → name of villages that the workspace knows.
    """

    layer: str = "stands"
    field_map: Mapping[str, str] = field(default_factory=dict)
    county_code: str = ""
    land_codes: str = ""
    area_unit: str = ""
    year: int = 0
    towns: Mapping[str, str] = field(default_factory=dict)
    villages: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class StandIntake:
    """What became of a stand layer.

    Attributes:
        frame: Imported rows with the columns of ``stand``, in the CRS that the file is in.
        findings: Rows refused, repaired, presumed, deviating, overlapping.
        match: Which column became which field.
        places: Counties, towns and villages.
        land: Land classes and their generation.
        official: Official areas of all rows.
        area_m2: Geometric areas of all rows, m² in the 3° zone, NaN without geometry.
        overlap_m2: Area covered twice, m².
        notes: Sentences about the file as a whole.
        warnings: Those that the user should not miss.
    """

    frame: gpd.GeoDataFrame
    findings: tuple[Finding, ...]
    match: FieldMatch
    places: Places
    land: LandClasses
    official: Official
    area_m2: Floats
    overlap_m2: float
    notes: tuple[Message, ...]
    warnings: tuple[Message, ...]

    @property
    def n_refused(self) -> int:
        """Rows of the file that were not imported."""
        return len(self.area_m2) - len(self.frame)


def intake_stands(
    frame: gpd.GeoDataFrame, options: StandOptions, progress: Progress = silent
) -> StandIntake:
    """Turn a delivered layer into stands.

    Args:
        frame: Every row as read, any fields, any CRS.
        options: What the user says about the file.
        progress: Told what happens; asked for cancellation.

    Raises:
        InputError: No CRS, no polygon at all, a FIELD_MAP that does not fit.
        CancelledError: The user stopped it.
    """
    source, warnings = settle_crs(frame, options.layer, options.county_code)
    source = source.reset_index(drop=True)
    step(progress, 0.02, Message(tr("Checking {n} shapes …"), {"n": len(source)}))
    mended = shapes.mend(source.geometry.to_numpy())
    findings = [Finding(row + 1, "", "refused", why) for row, why in mended.refused.items()]
    if len(findings) == len(source):
        raise InputError(
            tr("Layer {layer} has no usable polygon: row 1 {reason}."),
            layer=options.layer,
            reason=findings[0].text,
        )
    source = source.set_geometry(gpd.GeoSeries(mended.shapes, crs=source.crs))
    step(progress, 0.15)
    zone = to_zone(source).geometry
    planar: Any = zone.to_numpy()
    area = np.where(shapely.is_missing(planar), np.nan, shapely.area(planar))
    for row in np.flatnonzero(area < shapes.LEAST_M2):
        text = Message(tr("has an area of {m2} m² only"), {"m2": f"{area[row]:.4f}"})
        findings.append(Finding(int(row) + 1, "", "refused", text))
    usable = area >= shapes.LEAST_M2
    step(progress, 0.3, Message(tr("Reading attributes …")))
    match, columns, texts = _columns(source, area, options)
    places = locate(texts, len(source), options.county_code, options.towns, options.villages)
    ids = stand_ids(texts, places, usable.tolist())
    findings += ids.findings
    usable[list(ids.refused)] = False
    findings += _fill_towns(places, ids, usable, planar)
    land = _land(match, texts, places, options, len(source))
    official = official_areas(
        match.columns.get("official", ""),
        values.numbers(columns["official"])
        if "official" in columns
        else np.full(len(area), np.nan),
        area,
        options.area_unit,
    )
    step(progress, 0.5)
    table = _table(source, columns, texts, places, ids, land, official, area, options)
    step(progress, 0.65, Message(tr("Looking for overlaps …")))
    rows = np.flatnonzero(usable)
    pairs, common = shapes.overlaps(planar[rows], progress=part(progress, 0.65, 0.95))
    findings += _overlap_findings(rows, pairs, common, ids)
    findings += _more_findings(rows, planar, area, official, land, ids)
    findings += [
        Finding(row + 1, ids.ids[row], "repaired", why)
        for row, why in mended.repaired.items()
        if usable[row]
    ]
    notes = (*places.notes, *ids.notes, *land.doubts, *_file_notes(match, land, official))
    kept = table.loc[usable].reset_index(drop=True)
    return StandIntake(
        gpd.GeoDataFrame(kept, geometry="geometry", crs=source.crs),
        tuple(sorted(findings, key=lambda f: (f.kind, f.row))),
        match,
        places,
        land,
        official,
        area,
        float(common.sum()),
        notes,
        tuple(warnings),
    )


def _columns(
    source: gpd.GeoDataFrame, area: Floats, options: StandOptions
) -> tuple[FieldMatch, dict[str, pd.Series], dict[str, list[str]]]:
    """Match the fields; give their columns, and the texts of all but the measured ones."""
    names = [str(c) for c in source.columns if c != source.geometry.name]
    names = [c for c in names if c.lower() not in GEOMETRY_COLUMNS]
    match = match_fields(names, STAND_ALIASES, options.field_map)
    guess_by_values(match, source, area, options.field_map)
    columns = {key: source[column] for key, column in match.columns.items()}
    measured = {"official", "volume", "volume_ha", "yu_bi_du"}
    texts = {key: values.texts(col) for key, col in columns.items() if key not in measured}
    for key in [k for k, cells in texts.items() if not any(cells)]:
        del texts[key]
    return match, columns, texts


def _fill_towns(
    places: Places, ids: StandIds, usable: npt.NDArray[np.bool_], planar: Any
) -> list[Finding]:
    """Give stands that say no town the town (and village) of the nearest stand."""
    has = np.array([bool(t) for t in places.town]) & usable
    lost = np.flatnonzero(usable & ~has)
    if not len(lost) or not has.any():
        return []
    near = np.flatnonzero(has)
    tree = shapely.STRtree(planar[near])
    findings = []
    for row, hit in zip(lost, tree.nearest(planar[lost]), strict=True):
        other = int(near[hit])
        places.town[row] = places.town[other]
        text = Message(
            tr("says no town; that of the nearest stand ({town}) was taken"),
            {"town": places.town[other]},
        )
        findings.append(Finding(int(row) + 1, ids.ids[row], "presumed", text))
    return findings


def _land(
    match: FieldMatch,
    texts: Mapping[str, list[str]],
    places: Places,
    options: StandOptions,
    n: int,
) -> LandClasses:
    if "land_class" in texts:
        own = texts["land_class"]
        return LandClasses([v or None for v in own], texts.get("di_lei", own), "own", {})
    if "di_lei" not in texts:
        return LandClasses(["arbor"] * n, [""] * n, "", {})
    province = places.county[:2] if places.county.strip("0") else ""
    return land_classes(match.columns["di_lei"], texts["di_lei"], province, options.land_codes)


def _table(
    source: gpd.GeoDataFrame,
    columns: Mapping[str, pd.Series],
    texts: Mapping[str, list[str]],
    places: Places,
    ids: StandIds,
    land: LandClasses,
    official: Official,
    area: Floats,
    options: StandOptions,
) -> gpd.GeoDataFrame:
    """Build the ``stand`` table of all rows, geometry in the file's CRS."""
    n = len(source)
    table: dict[str, Any] = dict.fromkeys(STAND.names, [None] * n)
    table |= {
        "stand_id": ids.ids,
        "town_code": [t or None for t in places.town],
        "village_code": [v or None for v in places.village],
        "xian": places.xian,
        "xiang": [t[6:9] or None for t in places.town],
        "cun": [v[9:12] or None for v in places.village],
        "lin_ban": [v[:10] or None for v in ids.lin_ban],
        "xiao_ban": [v[:12] or None for v in ids.xiao_ban],
        "area_m2": area,
        "official_m2": official.m2,
        "src_area_ha": official.m2 / 10_000,
        "di_lei_raw": [v[:20] or None for v in land.raw],
        "land_class": land.values,
        "volume_m3": attributes.volumes(columns, area),
        "src_year": _years(texts.get("src_year"), n, options.year),
        "raw_json": _raw(source),
    }
    for name in CODED:
        if name in texts:
            table[name] = attributes.coded(name, texts[name])
    if "grid_code" in texts:
        table["previous_grid_code"] = attributes.coded("grid_code", texts["grid_code"])
    if "po_du" in texts:
        table["po_du"], table["slope_deg"] = attributes.slopes(texts["po_du"])
    if "yu_bi_du" in columns:
        table["yu_bi_du"] = attributes.canopy(columns["yu_bi_du"])
    made = pd.DataFrame(table, columns=STAND.names)
    return gpd.GeoDataFrame(made, geometry=source.geometry.to_numpy(), crs=source.crs)


def _years(texts: list[str] | None, n: int, year: int) -> list[int | None]:
    cells = texts or [""] * n
    return [
        int(t[:4]) if t[:4].isdigit() and 1900 <= int(t[:4]) <= 2200 else year or None
        for t in cells
    ]


def _raw(source: gpd.GeoDataFrame) -> list[str]:
    """Give each row's attributes as delivered, as JSON; missing ones are left out."""
    own = [c for c in source.columns if c != source.geometry.name]
    cells = [[_json_value(v) for v in source[c].tolist()] for c in own]
    keys = [str(c) for c in own]
    return [
        json.dumps(
            {k: v for k, v in zip(keys, row, strict=True) if v is not None}, ensure_ascii=False
        )
        for row in (zip(*cells, strict=True) if cells else [()] * len(source))
    ]


def _json_value(value: Any) -> Any:
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, float):
        return value if np.isfinite(value) else None
    if isinstance(value, np.generic):
        return _json_value(value.item())
    return None if pd.api.types.is_scalar(value) and pd.isna(value) else str(value)


def _overlap_findings(rows: Any, pairs: Any, common: Floats, ids: StandIds) -> list[Finding]:
    findings = []
    for (left, right), size in zip(pairs, common, strict=True):
        one, other = int(rows[left]), int(rows[right])
        text = Message(
            tr("overlaps {other} (row {row}) by {m2} m²"),
            {"other": ids.ids[other], "row": other + 1, "m2": f"{size:.1f}"},
        )
        findings.append(Finding(one + 1, ids.ids[one], "overlap", text))
    return findings


def _more_findings(
    rows: Any, planar: Any, area: Floats, official: Official, land: LandClasses, ids: StandIds
) -> list[Finding]:
    findings = []
    for index in deviants(area[rows], official.m2[rows]):
        row = int(rows[index])
        text = Message(
            tr("official {official} ha, drawn {drawn} ha ({percent} %)"),
            {
                "official": f"{official.m2[row] / 1e4:.4f}",
                "drawn": f"{area[row] / 1e4:.4f}",
                "percent": f"{100 * (official.m2[row] / area[row] - 1):+.1f}",
            },
        )
        findings.append(Finding(row + 1, ids.ids[row], "area", text))
    for index in shapes.slivers(planar[rows]):
        row = int(rows[index])
        text = Message(tr("is hair-thin ({m2} m²)"), {"m2": f"{area[row]:.1f}"})
        findings.append(Finding(row + 1, ids.ids[row], "sliver", text))
    for row in map(int, rows):
        if land.values[row] is None:
            text = Message(tr("has the unknown land class {code}"), {"code": land.raw[row] or "–"})
            findings.append(Finding(row + 1, ids.ids[row], "code", text))
    return findings


def _file_notes(match: FieldMatch, land: LandClasses, official: Official) -> list[Message]:
    notes = []
    if not land.generation and "di_lei" not in match.columns and "land_class" not in match.columns:
        notes.append(
            Message(tr("The file has no land class (DI_LEI): every polygon counts as forest."))
        )
    if "official" not in match.columns:
        notes.append(
            Message(tr("The file has no official area; geometric areas count everywhere."))
        )
    elif not official.unit and not official.present:
        notes.append(
            Message(
                tr("{column} holds no areas; geometric areas count everywhere."),
                {"column": match.columns["official"]},
            )
        )
    elif not official.unit:
        notes.append(
            Message(
                tr(
                    "The unit of {column} cannot be told from the geometry, so it was not used;"
                    " set AREA_UNIT or another column in FIELD_MAP (official=…)."
                ),
                {"column": match.columns["official"]},
            )
        )
    if "po_du" not in match.columns:
        notes.append(
            Message(
                tr(
                    "No slope (PO_DU): without a DEM every stand counts as flat, so workload"
                    " is area times access only."
                )
            )
        )
    return notes
