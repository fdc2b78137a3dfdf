"""Bare ground on slopes, found strip by strip: the candidates of 裸露山体疑似图斑.

A cell is bare when its NDVI is low and its bareness index high; it is a seed when it is also
steep. Quarry floors are flat, so bare cells near a seed are taken along; a patch counts when it
holds a seed and is large enough. Bare fields and villages are spectrally the same as bare
slopes, which is why the masks and the slope decide and a person looks at the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.ndimage import maximum_filter1d

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.progress import Progress, silent, step
from linzhang_plugin.core.slopes.indices import INDICES, bare_index
from linzhang_plugin.core.slopes.traits import trait_sums, traits
from linzhang_plugin.core.terrain.gradient import gradient, surface_factor
from linzhang_plugin.core.terrain.runs import Runs, joined, patches, runs_of, runs_of_classes

Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

STRIP_CELLS = 1_000_000

SUMS = ("surface", "tangent", "ndvi", "bare", "seeds", "steep")


@dataclass(frozen=True)
class Detection:
    """What counts as bare ground on a slope (rule set, DOMAIN 4.5: editable start values).

    Attributes:
        ndvi_max: Bare below this NDVI.
        bsi_min: Bare above this bareness index (BSI).
        visible_min: The same of BSI_VISIBLE, which stands for it where there is no SWIR: red soil
            is darker in red than in SWIR, forest lies under -0.6.
        slope_min: Steep from this slope on, degrees.
        min_area_m2: Least plan area of a patch, m².
        grow_m: Bare cells up to this far from a steep one belong to it, m.
        edge_m: How far the outlines of masks may lie off, m: bare ground this near to masked
            bare ground starts no site (its rim, drawn too small), though it may belong to one.
        steep_share_min: Least share of steep cells: a field with one steep bank is none.
        confidence_min: Least confidence of a candidate (see :mod:`.likeness`): what lies under it
            would only hide the others from the person who looks through them. On sample counties
            made for this, two of some 2,000 under it were bare slopes.
    """

    ndvi_max: float = 0.35
    bsi_min: float = 0.05
    visible_min: float = 0.0
    slope_min: float = 10.0
    min_area_m2: float = 400.0
    grow_m: float = 60.0
    edge_m: float = 30.0
    steep_share_min: float = 0.1
    confidence_min: float = 0.1


@dataclass(frozen=True, eq=False)
class Strip:
    """Rows of the image with everything that lies under them.

    Attributes:
        bands: Reflectance by band name, each (rows, cols).
        valid: (rows, cols) cells with data in every band.
        height: (rows, cols) DEM on the image's cells, m.
        known: (rows, cols) cells where the DEM has data.
        masked: (rows, cols) cells that some mask excludes.
        areas: (rows, cols) those of them under masks that were drawn as areas, whose rims are
            not to be trusted (widened lines are); all of them when None.
        kinds: (rows, cols) number of the kind of mask over each cell, -1 for none; None where
            masks are not told apart. What is bare under them is learned from.
    """

    bands: Mapping[str, Floats]
    valid: Bools
    height: Floats
    known: Bools
    masked: Bools
    areas: Bools | None = None
    kinds: npt.NDArray[np.int32] | None = None


ReadStrip = Callable[[int, int], Strip]
"""``read(first, last)``: the rows from first up to but without last."""


@dataclass(frozen=True, eq=False)
class Patches:
    """Patches with their runs.

    Attributes:
        table: A row a patch.
        runs: Runs of all of them.
        patch: (r,) row of ``table`` of each run.
    """

    table: pd.DataFrame
    runs: Runs
    patch: Ints


@dataclass(frozen=True, eq=False)
class Candidates:
    """The patches found.

    Attributes:
        table: A row a patch: cells, area_m2, slope_area_m2, slope_deg, ndvi, bsi, steep_share,
            row and col of its middle run.
        runs: Runs of all kept patches.
        patch: (r,) row of ``table`` of each run.
        index: Name of the bareness index that was used.
        traits: A row a patch, as of :func:`~.traits.traits`.
        plots: Patches under masks that would be candidates but for the mask: traits and
            ``kind``, the number of their kind of mask.
    """

    table: pd.DataFrame
    runs: Runs
    patch: Ints
    index: str
    traits: pd.DataFrame
    plots: Patches


def detect(
    read: ReadStrip,
    shape: tuple[int, int],
    cell: float,
    rules: Detection,
    rows_at_once: int = 0,
    progress: Progress = silent,
) -> Candidates:
    """Find the candidates of an image of any size in bounded memory.

    Args:
        read: Gives strips of the image.
        shape: (rows, cols) of the image.
        cell: Cell size, m (square cells).
        rules: Thresholds.
        rows_at_once: Rows a strip, 0 for strips of about a million cells; changes nothing but
            memory and speed.
        progress: Receiver of progress.

    Returns:
        Patches in reading order.

    Raises:
        InputError: A needed band is missing.
        CancelledError: Stopped by ``progress``.
    """
    grow, edge = (int(np.ceil(metres / cell)) for metres in (rules.grow_m, rules.edge_m))
    halo = max(1, grow) + edge + 1
    rows_at_once = rows_at_once or max(4 * halo, STRIP_CELLS // shape[1])
    found: list[Runs] = []
    kinds: list[Ints] = []
    sums: dict[str, list[npt.NDArray[np.float64]]] = {}
    name = ""
    for first in range(0, shape[0], rows_at_once):
        step(
            progress,
            0.95 * first / shape[0],
            Message("Looking for bare ground …") if not first else None,
        )
        last = min(shape[0], first + rows_at_once)
        top, bottom = max(0, first - halo), min(shape[0], last + halo)
        strip = read(top, bottom)
        name = bare_index(strip.bands).name
        mask, plots, layers = _bare_near_steep(strip, cell, rules, name, (max(1, grow), edge))
        inner = slice(first - top, last - top)
        whose, runs = _runs(mask[inner], None if plots is None else plots[inner])
        taken = mask[inner] if plots is None else mask[inner] | (plots[inner] >= 0)
        bands = {k: v[inner] for k, v in strip.bands.items()}
        within = {k: v[inner] for k, v in layers.items()}
        _sum_along(runs, taken, within, sums)
        for key, values in trait_sums(runs, taken, bands, within).items():
            sums.setdefault(key, []).append(values.astype(np.float64))
        found.append(Runs(runs.row + first, runs.start, runs.end))
        kinds.append(whose)
    return _gathered(joined(found), np.concatenate(kinds), sums, cell, rules, name)


def _runs(mask: Bools, plots: npt.NDArray[np.int32] | None) -> tuple[Ints, Runs]:
    """Give the runs of candidates and of plots under masks, and which they are: -1 or a kind."""
    if plots is None or not (plots >= 0).any():
        runs = runs_of(mask)
        return np.full(len(runs), -1, dtype=np.int64), runs
    runs, value = runs_of_classes(np.where(mask, 0, plots + 1 - (plots < 0)))
    return value - 1, runs


def _bare_near_steep(
    strip: Strip, cell: float, rules: Detection, index: str, reach: tuple[int, int]
) -> tuple[Bools, npt.NDArray[np.int32] | None, dict[str, npt.NDArray[np.generic]]]:
    """Mark bare cells near steep bare ones, those under masks apart; and what is summed."""
    with np.errstate(invalid="ignore"):
        ndvi = INDICES["NDVI"].formula(strip.bands)
        bare = (ndvi < rules.ndvi_max) & strip.valid & strip.known
        bareness = INDICES[index].formula(strip.bands)
        bare &= bareness > (rules.bsi_min if index == "BSI" else rules.visible_min)
    east, south = gradient(strip.height, strip.known, cell)
    steep = east * east + south * south >= np.float32(np.tan(np.radians(rules.slope_min)) ** 2)
    grow, edge = reach
    areas = strip.masked if strip.areas is None else strip.areas
    rim = _around(bare & areas, edge)
    plots = None
    if strip.kinds is not None:
        hidden = bare & (strip.kinds >= 0)
        hidden &= _around(hidden & steep, grow)
        plots = np.where(hidden, strip.kinds, -1).astype(np.int32)
    bare &= ~strip.masked
    seeds = bare & steep & ~rim
    layers: dict[str, npt.NDArray[np.generic]] = {
        "surface": surface_factor(strip.height, strip.known, cell),
        "tangent": np.hypot(east, south),
        "ndvi": ndvi,
        "bare": bareness,
        "seeds": seeds,
        "steep": steep,
        "beside": _around(areas, edge),
    }
    return bare & _around(seeds, grow), plots, layers


def _around(mask: Bools, reach: int) -> Bools:
    """Widen a mask by some cells in every direction."""
    if reach < 1 or not mask.any():
        return mask
    wide = mask.astype(np.uint8)
    for axis in (0, 1):
        wide = maximum_filter1d(wide, 2 * reach + 1, axis=axis, mode="constant")
    return wide.astype(bool)


def _sum_along(
    runs: Runs,
    mask: Bools,
    layers: Mapping[str, npt.NDArray[np.generic]],
    sums: dict[str, list[npt.NDArray[np.float64]]],
) -> None:
    """Append each layer's sum over each run."""
    owner = np.repeat(np.arange(len(runs)), runs.cells)
    for name in SUMS:
        values = layers[name][mask].astype(np.float64)
        total = np.bincount(owner, weights=values, minlength=len(runs))
        sums.setdefault(name, []).append(total.astype(np.float64))


def _gathered(
    runs: Runs,
    kind: Ints,
    sums: Mapping[str, list[npt.NDArray[np.float64]]],
    cell: float,
    rules: Detection,
    index: str,
) -> Candidates:
    """Join runs to patches, keep those with a seed and enough area, and describe them."""
    label = patches(runs, classes=kind)
    count = int(label.max()) + 1 if len(label) else 0
    cells = np.bincount(label, weights=runs.cells, minlength=count).astype(np.float64)
    total: dict[str, npt.NDArray[np.float64]] = {
        name: np.bincount(label, weights=np.concatenate(parts), minlength=count).astype(np.float64)
        if count
        else np.empty(0)
        for name, parts in sums.items()
    }
    own = np.full(count, -1, dtype=np.int64)
    own[label] = kind
    keep = cells * cell**2 >= rules.min_area_m2
    keep &= total["steep"] >= rules.steep_share_min * cells
    first = keep & (own < 0) & (total["seeds"] > 0)
    table, kept, patch = _described(runs, label, first, total, cells, cell)
    known = traits({k: v[first] for k, v in total.items()}, cells[first])
    second = keep & (own >= 0)
    plots = traits({k: v[second] for k, v in total.items()}, cells[second])
    number = np.cumsum(second) - 1
    chosen = second[label] if count else np.empty(0, dtype=bool)
    hidden = Patches(plots.assign(kind=own[second]), runs.take(chosen), number[label[chosen]])
    return Candidates(table, kept, patch, index, known, hidden)


def _described(
    runs: Runs,
    label: Ints,
    keep: Bools,
    total: Mapping[str, npt.NDArray[np.float64]],
    cells: npt.NDArray[np.float64],
    cell: float,
) -> tuple[pd.DataFrame, Runs, Ints]:
    """Give the table of the patches kept, their runs, and the row of each run."""
    number = np.cumsum(keep) - 1
    chosen = keep[label] if len(keep) else np.empty(0, dtype=bool)
    kept_runs, patch = runs.take(chosen), number[label[chosen]]
    cells = cells[keep]
    middle = _middle_runs(kept_runs, patch, len(cells))
    table = pd.DataFrame(
        {
            "cells": cells.astype(np.int64),
            "area_m2": cells * cell**2,
            "slope_area_m2": total["surface"][keep] * cell**2,
            "slope_deg": np.degrees(np.arctan(total["tangent"][keep] / cells)),
            "ndvi": total["ndvi"][keep] / cells,
            "bsi": total["bare"][keep] / cells,
            "steep_share": total["steep"][keep] / cells,
            "row": kept_runs.row[middle],
            "col": (kept_runs.start[middle] + kept_runs.end[middle] - 1) // 2,
        }
    )
    return table, kept_runs, patch


def _middle_runs(runs: Runs, patch: Ints, count: int) -> Ints:
    """Give for each patch the longest run, a place to stand in."""
    order = np.lexsort((runs.row, -runs.cells, patch))
    first = np.searchsorted(patch[order], np.arange(count))
    return order[first] if count else np.empty(0, dtype=np.int64)
