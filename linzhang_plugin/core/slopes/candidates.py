"""Candidates as a layer: codes, outlines, measures, and what became of the known sites."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.slopes.detect import Candidates
from linzhang_plugin.core.slopes.lifecycle import NAMES, SUSPECTED
from linzhang_plugin.core.slopes.likeness import likeness
from linzhang_plugin.core.slopes.matching import GONE, match_sites, site_codes
from linzhang_plugin.core.tables.units import MU_M2
from linzhang_plugin.core.terrain.outlines import outlines
from linzhang_plugin.core.terrain.warp import Grid


@dataclass(frozen=True, eq=False)
class CandidateLayer:
    """What a person looks through, and what nobody needs to.

    Attributes:
        made: Rows of :data:`linzhang_plugin.core.slopes.tables.CANDIDATES`; known sites that are
            bare no more come last with change ``gone``.
        left_out: Patches that look too much like something else.
        left_out_mu: Their area, mu.
    """

    made: gpd.GeoDataFrame
    left_out: int
    left_out_mu: float


def candidate_layer(
    found: Candidates,
    grid: Grid,
    known: gpd.GeoDataFrame | None,
    county: str,
    year: int,
    kinds: Sequence[str] = (),
    edge_m: float = 30.0,
    confidence_min: float = 0.0,
) -> CandidateLayer:
    """Make the layer of candidates, all 疑似, for a person to look through.

    Each has its confidence, and where that is low the reason; see :mod:`.likeness`. Known sites
    are sure.

    Args:
        found: Result of :func:`linzhang_plugin.core.slopes.detect.detect`.
        grid: The image's grid, m.
        known: The register (``site_code`` and polygons, same CRS), None for none yet.
        county: Six digits, for new codes.
        year: Calendar year, for new codes.
        kinds: Names of the kinds of masks, by the numbers of the plots found under them.
        edge_m: How far masks may lie off, m.
        confidence_min: Patches under this confidence are left out.

    Raises:
        InputError: The register has no ``site_code``, or the county code is wrong.
    """
    if known is not None and "site_code" not in known:
        raise InputError("KNOWN has no field site_code; choose the register of bare slopes.")
    shapes = outlines(found.runs, found.patch, len(found.table), grid.transform)
    register = np.empty(0, dtype=object) if known is None else known.geometry.to_numpy()
    codes = [] if known is None else [str(c) for c in known["site_code"]]
    match = match_sites(shapes, register)
    hidden = outlines(found.plots.runs, found.plots.patch, len(found.plots.table), grid.transform)
    alike = likeness(
        described_shapes(found.traits, shapes),
        described_shapes(found.plots.table, hidden),
        kinds,
        match.known >= 0,
        edge_m,
    )
    table = found.table[["area_m2", "slope_area_m2", "slope_deg", "ndvi", "bsi", "steep_share"]]
    table = table.assign(
        area_mu=table["area_m2"] / MU_M2,
        known_code=[codes[k] if k >= 0 else None for k in match.known.tolist()],
        change=match.change,
        status=NAMES[SUSPECTED],
        confidence=alike.confidence,
        likely=pd.Series([name or None for name in alike.likely], dtype=object),
        reason=pd.Series(alike.reason, dtype=object),
    )
    enough = alike.confidence >= confidence_min
    left_out = table["area_mu"][~enough]
    rows = np.flatnonzero(enough)
    table = table.iloc[rows].assign(
        site_code=site_codes(match.of(rows), codes, shapes[rows], county, year)
    )
    made = gpd.GeoDataFrame(table, geometry=_multi(shapes[rows]), crs=grid.crs)
    made = made.sort_values("site_code").reset_index(drop=True)
    if known is not None and len(match.gone):
        made = _with_gone(made, known.iloc[match.gone])
    return CandidateLayer(made, len(left_out), float(left_out.sum()))


def _with_gone(made: gpd.GeoDataFrame, gone: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Append the known sites that are bare no more."""
    area = shapely.area(gone.geometry.to_numpy())
    rows = pd.DataFrame(
        {
            "site_code": gone["site_code"].astype(str).to_numpy(),
            "known_code": gone["site_code"].astype(str).to_numpy(),
            "area_m2": area,
            "area_mu": area / MU_M2,
            "change": GONE,
            "status": gone["status"].to_numpy() if "status" in gone else None,
        }
    )
    last = gpd.GeoDataFrame(rows, geometry=_multi(gone.geometry.to_numpy()), crs=made.crs)
    return gpd.GeoDataFrame(pd.concat([made, last], ignore_index=True), crs=made.crs)


def described_shapes(
    traits: pd.DataFrame, shapes: np.ndarray[tuple[int], np.dtype[np.object_]]
) -> pd.DataFrame:
    """Add what outlines say: ``straight`` (share of the least rectangle) and ``width_m``.

    Args:
        traits: A row a patch.
        shapes: Their polygons, m.
    """
    area = shapely.area(shapes)
    around = shapely.area(shapely.oriented_envelope(shapes)) if len(shapes) else area
    length = shapely.length(shapes)
    return traits.assign(
        straight=area / np.maximum(around, 1e-9),
        # Outlines go along cells: their length is 4/π of a smooth line's on average.
        width_m=2.0 * area / np.maximum(length * np.pi / 4, 1e-9),
    )


def _multi(shapes: np.ndarray[tuple[int], np.dtype[np.object_]]) -> list[shapely.Geometry]:
    """Give every polygon as a MultiPolygon."""
    return [s if s.geom_type == "MultiPolygon" else shapely.multipolygons([s]) for s in shapes]
