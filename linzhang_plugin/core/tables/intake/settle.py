"""The CRS a delivered layer is really in."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.tables.zones import Candidate, crs_candidates, mended, middle, old_datum


def settle_crs(
    frame: gpd.GeoDataFrame, layer: str, county_code: str = ""
) -> tuple[gpd.GeoDataFrame, list[Message]]:
    """Check the CRS of a layer against its coordinates.

    Args:
        frame: The layer as read; its CRS may be None.
        layer: Its name, for sentences.
        county_code: Helps to name candidates.

    Returns:
        The frame in the CRS that was meant (coordinates unchanged), and warnings.

    Raises:
        InputError: There is no CRS, or the coordinates cannot be in it.
    """
    bounds = _bounds(frame)
    if not np.isfinite(bounds).all():
        raise InputError(tr("Layer {layer} has no geometry at all; choose another."), layer=layer)
    if frame.crs is None:
        raise _no_crs(bounds, layer, county_code)
    warnings: list[Message] = []
    meant = mended(frame.crs, bounds)
    if meant is not None:
        values = {
            "layer": layer,
            "said": frame.crs.name,
            "meant": f"EPSG:{meant.to_epsg()} {meant.name}",
        }
        warnings.append(
            Message(
                tr(
                    "{layer}: the eastings do not fit {said} (zone prefix mixed up); they were"
                    " read as {meant}."
                ),
                values,
            )
        )
        frame = frame.set_crs(meant, allow_override=True)
    datum = old_datum(frame.crs)
    if datum:
        warnings.append(
            Message(
                tr(
                    "{layer} is in {datum}: its shift to CGCS2000 is unknown here and up to 100 m;"
                    " have it converted by the survey bureau before it meets other layers."
                ),
                {"layer": layer, "datum": datum},
            )
        )
    _check_place(frame, layer, county_code)
    return frame, warnings


def _bounds(frame: gpd.GeoDataFrame) -> Any:
    """Give minx, miny, maxx, maxy of the shapes whose coordinates are numbers, NaN for none."""
    boxes = shapely.bounds(np.asarray(frame.geometry.to_numpy(), dtype=object))
    boxes = boxes[np.isfinite(boxes).all(axis=1)]
    if not len(boxes):
        return np.full(4, np.nan)
    return np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])


def _check_place(frame: gpd.GeoDataFrame, layer: str, county_code: str) -> None:
    """Refuse coordinates that are nowhere in the layer's CRS."""
    bounds = _bounds(frame)
    lon, lat = middle(frame)
    degrees = bool(frame.crs.is_geographic)
    too_big = degrees and (abs(bounds) > 400).any()
    if np.isfinite([lon, lat]).all() and abs(lat) <= 90 and not too_big:
        return
    listed = _listed(crs_candidates(bounds, county_code))
    raise InputError(
        tr(
            "The coordinates of layer {layer} do not fit its CRS ({crs}); likely is {candidates}."
            " Set the right CRS in the layer's properties."
        ),
        layer=layer,
        crs=frame.crs.name,
        candidates=listed,
    )


def _no_crs(bounds: Any, layer: str, county_code: str) -> InputError:
    candidates = crs_candidates(bounds, county_code)
    if not candidates:
        return InputError(
            tr(
                "Layer {layer} has no coordinate reference system, and its coordinates"
                " ({x}, {y}) fit none used in China; find out which it is and set it."
            ),
            layer=layer,
            x=f"{bounds[0]:.0f}",
            y=f"{bounds[1]:.0f}",
        )
    if candidates[0].swapped:
        return InputError(
            tr(
                "Layer {layer} has no coordinate reference system and seems to hold northing"
                " before easting; swap x and y, then set one of: {candidates}."
            ),
            layer=layer,
            candidates=_listed(candidates),
        )
    return InputError(
        tr(
            "Layer {layer} has no coordinate reference system; by its coordinates it is likely"
            " one of: {candidates}. Set it in the layer's properties or in CRS."
        ),
        layer=layer,
        candidates=_listed(candidates),
    )


def _listed(candidates: list[Candidate]) -> str:
    """Name the first candidates, and first and last of a long family."""
    if len(candidates) > 12:
        return f"{candidates[0]} … {candidates[-1]}"
    return ", ".join(map(str, candidates[:4])) or "–"
