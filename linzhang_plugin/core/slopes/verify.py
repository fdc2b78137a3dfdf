"""Has it become green? Two images made comparable, and a verdict with its confidence.

The later image is brought to the earlier one by a straight line per band through reference cells
that did not change (roofs, roads, old forest); see :func:`reference_line` for how it is kept
from noise and from cells that did change. Cover is the two-endmember share of NDVI between bare
soil and full canopy (Gutman and Ignatov 1998, Int. J. Remote Sensing 19(8)).
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

LEVELS = 20
"""Levels of brightness over which reference cells are drawn evenly."""

SAMPLE = 4_000
"""Reference cells that lines are tried on."""

LEAST_GAIN, MOST_GAIN = 0.3, 3.0
"""Gains beyond which two images of reflectance cannot differ."""

LEAST_RANGE = 4.0
"""Range of brightness of the reference cells, in widths of noise, under which a line is noise."""

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


def reference_line(before: Floats, after: Floats, seed: int = 0, tries: int = 1_000) -> Line:
    """Fit the line through reference cells that most levels of brightness agree with.

    Reference areas are mostly forest of one brightness, whose noise would flatten a regression,
    and some of their cells did change. So lines through two random cells far apart are tried
    (Fischler and Bolles 1981, Comm. ACM 24(6)), each judged by the share of cells near it in
    every level of brightness alike, and the best is refined by a major-axis fit of the cells
    near it, which noise in both images does not flatten.

    Args:
        before: (r,) values of a band in the earlier image on unchanged cells.
        after: (r,) the same cells in the later image.
        seed: Seed of the tries.
        tries: Lines that are tried.

    Raises:
        InputError: Too few reference cells, or they are all of one brightness.
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
    level = _levels(before, after)
    chance = 1.0 / np.bincount(level)[level]
    some = draw.choice(
        len(before), min(len(before), SAMPLE), replace=False, p=chance / chance.sum()
    )
    x, y, level = after[some], before[some], level[some]
    near = _width(before, after)
    gain, offset = _best_line(draw, x, y, level, near, tries)
    close = np.abs(y - gain * x - offset) <= near * np.hypot(1.0, gain)
    weight = (1.0 / np.maximum(np.bincount(level[close], minlength=LEVELS), 1))[level[close]]
    gain, offset, spread = _major_axis(x[close], y[close], weight, gain)
    if spread < LEAST_RANGE * near:
        raise InputError("The reference areas are all of one brightness; add brighter or darker.")
    error = float(np.median(np.abs(before - gain * after - offset)))
    return Line(gain, offset, error, len(before))


def _levels(before: Floats, after: Floats) -> npt.NDArray[np.int64]:
    """Sort cells into levels of brightness in both images together."""
    both = sum((v - v.mean()) / max(float(v.std()), 1e-12) for v in (before, after))
    low, high = float(np.min(both)), float(np.max(both))
    share = (both - low) / max(high - low, 1e-12)
    return np.clip(share * LEVELS, 0, LEVELS - 1).astype(np.int64)


def _width(before: Floats, after: Floats) -> float:
    """Give how near to the line an unchanged cell lies: the noise among cells of one kind.

    It is taken from cells that follow each other in ``after``, whose values in ``before``
    differ by noise alone as long as most cells did not change.
    """
    order = np.argsort(after, kind="stable")
    noise = float(np.median(np.abs(np.diff(before[order])))) * 1.05
    return max(3.0 * noise, 1e-4)


def _best_line(
    draw: np.random.Generator,
    x: Floats,
    y: Floats,
    level: npt.NDArray[np.int64],
    near: float,
    tries: int,
) -> tuple[float, float]:
    """Give gain and offset of the line that the levels agree with most."""
    count = np.maximum(np.bincount(level, minlength=LEVELS), 1)
    one, two = draw.integers(0, len(x), (2, tries))
    best, chosen = -1.0, (1.0, 0.0)
    for i, j in zip(one.tolist(), two.tolist(), strict=True):
        if abs(x[i] - x[j]) < 2.0 * near:
            continue
        gain = float((y[i] - y[j]) / (x[i] - x[j]))
        if not LEAST_GAIN <= gain <= MOST_GAIN:
            continue
        offset = float(y[i] - gain * x[i])
        close = np.abs(y - gain * x - offset) <= near * np.hypot(1.0, gain)
        score = float((np.bincount(level[close], minlength=LEVELS) / count).sum())
        if score > best:
            best, chosen = score, (gain, offset)
    if best < 0:
        raise InputError("The reference areas are all of one brightness; add brighter or darker.")
    return chosen


def _major_axis(x: Floats, y: Floats, weight: Floats, gain: float) -> tuple[float, float, float]:
    """Fit the line of least perpendicular distance; gives gain, offset and the range along it.

    The images' noise is alike in each one's own numbers, so x is stretched by the first guess
    of the gain before.
    """
    mean_x, mean_y = np.average(x, weights=weight), np.average(y, weights=weight)
    u, v = (x - mean_x) * gain, y - mean_y
    across = np.average(np.stack((u * u, u * v, v * v)), axis=1, weights=weight)
    angle = 0.5 * np.arctan2(2 * across[1], across[0] - across[2])
    slope = float(np.tan(angle)) * gain
    spread = float(np.ptp(np.quantile(y, [0.02, 0.98])))
    return slope, float(mean_y - slope * mean_x), spread


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
