"""What a patch of bare ground is like, beside being bare: colours, relief, surroundings.

Everything is summed along runs of cells while the image is read in strips. Colours are ratios of
bands, which light and shade on a slope hardly change.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from linzhang_plugin.core.terrain.runs import Runs

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Layers = Mapping[str, npt.NDArray[np.generic]]

COLOURS = ("red", "swir1", "swir2", "blue", "green")
"""Bands whose ratio to NIR is a colour, those that are there."""

OUT = 3
"""Cells beyond the ends of a run at which its surroundings are looked at."""

DARK = 1e-3
"""Reflectance under which a band is taken as this dark: shade has no colour."""


def colour_names(bands: Mapping[str, object]) -> list[str]:
    """Give the bands whose ratio to NIR is taken."""
    return [name for name in COLOURS if name in bands][:3]


def trait_sums(runs: Runs, mask: npt.NDArray[np.bool_], bands: Layers, layers: Layers) -> Layers:
    """Sum what traits are made from along each run of a strip.

    Args:
        runs: Runs of ``mask``, rows counted from the strip's first.
        mask: (rows, cols) cells of the runs.
        bands: Reflectance by band.
        layers: ``ndvi``, ``tangent`` and ``beside`` (as near to a mask as it may lie off), (rows,
            cols) each.

    Returns:
        (runs,) sums by name.
    """
    owner = np.repeat(np.arange(len(runs)), runs.cells)
    count = len(runs)
    made: dict[str, npt.NDArray[np.generic]] = {}

    def add(name: str, values: Floats) -> None:
        made[name] = np.bincount(owner, weights=values, minlength=count)

    nir = np.log(np.maximum(bands["nir"][mask].astype(np.float64), DARK))
    for name in colour_names(bands):
        add(f"colour_{name}", np.log(np.maximum(bands[name][mask].astype(np.float64), DARK)) - nir)
    tangent = layers["tangent"][mask].astype(np.float64)
    add("tangent_2", tangent * tangent)
    add("beside", layers["beside"][mask].astype(np.float64))
    made |= _surroundings(runs, layers)
    return made


def _surroundings(runs: Runs, layers: Layers) -> Layers:
    """Sum NDVI and slope some cells beyond both ends of each run."""
    ndvi, tangent = layers["ndvi"], layers["tangent"]
    columns = ndvi.shape[1]
    green, steep, n = (np.zeros(len(runs)) for _ in range(3))
    for column in (runs.start - 1 - OUT, runs.end + OUT):
        inside = (column >= 0) & (column < columns)
        at = np.clip(column, 0, columns - 1)
        value = ndvi[runs.row, at].astype(np.float64)
        slope = tangent[runs.row, at].astype(np.float64)
        good = inside & np.isfinite(value) & np.isfinite(slope)
        green += np.where(good, value, 0.0)
        steep += np.where(good, slope, 0.0)
        n += good
    return {"around_ndvi": green, "around_tangent": steep, "around_n": n}


def traits(total: Mapping[str, Floats], cells: Floats) -> pd.DataFrame:
    """Make the traits of patches from their sums.

    Args:
        total: (p,) sums of :func:`trait_sums` and ``tangent`` by name.
        cells: (p,) cells of each patch.

    Returns:
        A row a patch: ``colour_*`` (mean log ratio to NIR), ``slope`` (mean, degrees), ``bench``
        (spread of the slope's tangent: a face above a floor has much, a felled hillside little),
        ``around_ndvi`` and ``around_slope`` (surroundings), ``lift`` (how much steeper than its
        surroundings, degrees), ``beside`` (share of it beside masks), ``cells``.
    """
    made = {k: v / cells for k, v in total.items() if k.startswith("colour_")}
    mean = total["tangent"] / cells
    made["slope"] = np.degrees(np.arctan(mean))
    made["bench"] = np.sqrt(np.maximum(total["tangent_2"] / cells - mean**2, 0.0))
    n = np.maximum(total["around_n"], 1.0)
    nowhere = total["around_n"] == 0
    made["around_ndvi"] = np.where(nowhere, np.nan, total["around_ndvi"] / n)
    made["around_slope"] = np.where(
        nowhere, np.nan, np.degrees(np.arctan(total["around_tangent"] / n))
    )
    made["lift"] = made["slope"] - made["around_slope"]
    made["beside"] = total["beside"] / cells
    made["cells"] = cells
    return pd.DataFrame(made)
