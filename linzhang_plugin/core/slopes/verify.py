"""Has it become green? Two images made comparable, and a verdict with its confidence.

The later image is brought to the earlier one by a straight line per band through reference cells
that did not change (roofs, roads, old forest), fitted by Theil and Sen's medians so that cells
that did change do not pull it. Cover is the two-endmember share of NDVI between bare soil and
full canopy (Gutman and Ignatov 1998, Int. J. Remote Sensing 19(8)).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from linzhang_plugin.core.messages import InputError, Message

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

LEAST_REFERENCE = 50
"""Reference cells under which no line is fitted."""

LEAST_CELLS = 4
"""Cells of a site under which nothing is claimed: about a mu on Sentinel-2."""


@dataclass(frozen=True)
class Line:
    """How the later image's band is brought to the earlier: ``gain * value + offset``.

    Attributes:
        gain: Factor.
        offset: Added.
        error: Median absolute residual over the reference cells.
        cells: Reference cells used.
    """

    gain: float
    offset: float
    error: float
    cells: int


@dataclass(frozen=True)
class Endmembers:
    """NDVI of bare soil and of full canopy in the earlier image's terms."""

    soil: float = 0.05
    canopy: float = 0.80


def reference_line(before: Floats, after: Floats, seed: int = 0, pairs: int = 20_000) -> Line:
    """Fit the line through reference cells by the median of slopes of random pairs.

    Args:
        before: (r,) values of a band in the earlier image on unchanged cells.
        after: (r,) the same cells in the later image.
        seed: Seed of the pairs.
        pairs: Number of pairs; all of them where there are fewer.

    Raises:
        InputError: Too few reference cells, or they are all alike.
    """
    good = np.isfinite(before) & np.isfinite(after)
    before, after = before[good], after[good]
    if len(before) < LEAST_REFERENCE:
        raise InputError(
            "The reference areas hold only {n} cells common to both images, {least} are needed;"
            " draw larger ones.",
            n=len(before),
            least=LEAST_REFERENCE,
        )
    draw = np.random.default_rng(seed)
    one = draw.integers(0, len(before), pairs)
    two = draw.integers(0, len(before), pairs)
    run = after[one] - after[two]
    usable = np.abs(run) > 1e-6
    if not usable.any():
        raise InputError("The reference areas are all of one brightness; add brighter or darker.")
    gain = float(np.median((before[one] - before[two])[usable] / run[usable]))
    offset = float(np.median(before - gain * after))
    error = float(np.median(np.abs(before - gain * after - offset)))
    return Line(gain, offset, error, len(before))


def normalised(bands: Mapping[str, Floats], lines: Mapping[str, Line]) -> dict[str, Floats]:
    """Bring the later image's bands to the earlier image's terms."""
    return {name: lines[name].gain * band + lines[name].offset for name, band in bands.items()}


def cover(ndvi: Floats, ends: Endmembers) -> Floats:
    """Give the vegetation cover, 0 … 1, of cells by their NDVI."""
    return np.clip((ndvi - ends.soil) / (ends.canopy - ends.soil), 0.0, 1.0)


def ndvi_of(bands: Mapping[str, Floats]) -> Floats:
    """NDVI in double precision; NaN where both bands are zero."""
    total = bands["nir"] + bands["red"]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(total == 0, np.nan, (bands["nir"] - bands["red"]) / total)


def verify(
    site: npt.NDArray[np.int64],
    before: Floats,
    after: Floats,
    count: int,
    needed: Floats,
    error: float,
    ends: Endmembers,
) -> pd.DataFrame:
    """Judge each site by the cells under it.

    Confidence falls with few cells and with a reference line that fits badly: it is the share
    of the distance between the site's cover and the required one that the error of cover
    leaves, 0.5 meaning that the verdict could as well be the other.

    Args:
        site: (m,) site of each cell.
        before: (m,) NDVI of the earlier image; NaN where clouded.
        after: (m,) NDVI of the normalised later image; NaN likewise.
        count: Number of sites.
        needed: (count,) cover that a site must reach, 0 … 1.
        error: Error of one cell's NDVI after normalisation.
        ends: Endmembers.

    Returns:
        A row a site: ndvi_before, ndvi_after, cover_before, cover_percent, confidence, passed
        (None where nothing can be said), reason (Message).
    """
    good = np.isfinite(before) & np.isfinite(after)
    under = np.bincount(site, minlength=count)
    cells = np.bincount(site[good], minlength=count)

    def mean(values: Floats) -> Floats:
        total = np.bincount(site[good], weights=values[good], minlength=count)
        return np.divide(total, cells, out=np.full(count, np.nan), where=cells > 0)

    share = mean(cover(after, ends))
    spread = error / (ends.canopy - ends.soil)
    # Normalisation errs alike in all cells of a site; single cells' noise averages out.
    doubt = np.sqrt(spread**2 + 0.1**2 / np.maximum(cells, 1))
    sure = 0.5 + 0.5 * np.tanh(1.2 * np.abs(share - needed) / np.maximum(doubt, 1e-6))
    judged = (cells >= LEAST_CELLS) & (cells >= 0.5 * under)
    rows = []
    for n in range(count):
        passed = bool(share[n] >= needed[n]) if judged[n] else None
        rows.append((passed, _reason(passed, int(under[n]), int(cells[n]), share[n], needed[n])))
    return pd.DataFrame(
        {
            "ndvi_before": mean(before),
            "ndvi_after": mean(after),
            "cover_before": 100 * mean(cover(before, ends)),
            "cover_percent": 100 * share,
            "confidence": np.where(judged, np.round(sure, 3), 0.0),
            "passed": [row[0] for row in rows],
            "reason": [row[1] for row in rows],
        }
    )


def _reason(passed: bool | None, under: int, cells: int, share: float, needed: float) -> Message:
    """Say the verdict in a sentence."""
    if under < LEAST_CELLS:
        return Message(
            "Only {n} cells of the image lie in the site; use a finer image.", {"n": under}
        )
    if passed is None:
        return Message(
            "Only {n} of {all} cells are clear in both images; use another date.",
            {"n": cells, "all": under},
        )
    figures = {"share": f"{share:.0%}", "needed": f"{needed:.0%}"}
    if passed:
        return Message("Cover {share}, required {needed}: passed.", figures)
    return Message("Cover {share}, required {needed}: not yet.", figures)
