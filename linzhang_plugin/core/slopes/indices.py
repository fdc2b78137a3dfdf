"""Spectral indices by band name, and what an image's numbers mean.

Bands are named blue, green, red, nir, swir1, swir2, whatever their order in a file. The indices
are ratios, but thresholds on them hold for reflectance only: additive offsets of digital numbers
move them, and bytes of a stretched picture mean nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from linzhang_plugin.core.messages import InputError, Message

Floats = npt.NDArray[np.float32]
Bands = Mapping[str, Floats]

BANDS = ("blue", "green", "red", "nir", "swir1", "swir2")

SENSORS: dict[str, tuple[str, ...]] = {
    # Order of the bands in the products as they are delivered; "" is a band of no use here.
    "sentinel2_12": ("", "blue", "green", "red", "", "", "", "nir", "", "", "swir1", "swir2"),
    "sentinel2_13": ("", "blue", "green", "red", "", "", "", "nir", "", "", "", "swir1", "swir2"),
    "landsat_tm_7": ("blue", "green", "red", "nir", "swir1", "", "swir2"),
    "landsat_oli_7": ("", "blue", "green", "red", "nir", "swir1", "swir2"),
    "gaofen_4": ("blue", "green", "red", "nir"),
}


@dataclass(frozen=True)
class Index:
    """One index.

    Attributes:
        name: Short name in capitals.
        needs: Bands it is computed from.
        source: Where it is defined.
        formula: Its value from those bands; NaN where the denominator is zero.
    """

    name: str
    needs: tuple[str, ...]
    source: str
    formula: Callable[[Bands], Floats]


def _ratio(above: Floats, below: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below == 0, np.float32(np.nan), above / below).astype(np.float32)


def _ndvi(b: Bands) -> Floats:
    return _ratio(b["nir"] - b["red"], b["nir"] + b["red"])


def _bsi(b: Bands) -> Floats:
    bare, green = b["swir1"] + b["red"], b["nir"] + b["blue"]
    return _ratio(bare - green, bare + green)


def _bsi_visible(b: Bands) -> Floats:
    bare, green = 2 * b["red"], b["nir"] + b["blue"]
    return _ratio(bare - green, bare + green)


def _ndwi(b: Bands) -> Floats:
    return _ratio(b["green"] - b["nir"], b["green"] + b["nir"])


INDICES = {
    index.name: index
    for index in (
        Index("NDVI", ("red", "nir"), "Rouse et al. 1974, NASA SP-351", _ndvi),
        Index(
            "BSI",
            ("blue", "red", "nir", "swir1"),
            "Rikimaru, Roy and Miyatake 2002, Tropical Ecology 43(1)",
            _bsi,
        ),
        Index(
            "BSI_VISIBLE",
            ("blue", "red", "nir"),
            "BSI with red in SWIR1's place, for four-band images; coarser",
            _bsi_visible,
        ),
        Index("NDWI", ("green", "nir"), "McFeeters 1996, Int. J. Remote Sensing 17(7)", _ndwi),
    )
}


def bare_index(bands: Mapping[str, Any]) -> Index:
    """Give the bareness index that the bands allow: BSI, or its substitute without SWIR.

    Raises:
        InputError: Neither can be computed.
    """
    for name in ("BSI", "BSI_VISIBLE"):
        if all(band in bands for band in INDICES[name].needs):
            return INDICES[name]
    missing = [band for band in INDICES["BSI_VISIBLE"].needs if band not in bands]
    raise InputError(
        "The image lacks the bands {bands}; name them in BANDS, such as red=3,nir=4,blue=1.",
        bands=", ".join(missing),
    )


@dataclass(frozen=True)
class Scale:
    """How numbers become reflectance: ``(number + offset) * factor``.

    Attributes:
        factor: Multiplier.
        offset: Added before.
        note: What was concluded, for the report.
    """

    factor: float
    offset: float
    note: Message


ADDED = 0.1
"""What Sentinel-2 L2A adds to reflectance since processing baseline 04.00 (1000 of 10,000)."""


def scale_of(sample: npt.NDArray[Any], kind: np.dtype[Any], offset: float = 0.0) -> Scale:
    """Tell reflectance from digital numbers by a sample of an image's values.

    Args:
        sample: Valid values of all bands, thinned.
        kind: The file's data type.
        offset: Offset of the product's digital numbers, -1000 for Sentinel-2 L2A since
            processing baseline 04.00; 0: told by the darkest ground, which reflects far less
            than that offset in some band (water, forest in red).

    Raises:
        InputError: No valid values, a constant image, or bytes.
    """
    if sample.size == 0:
        raise InputError("The image has no valid cells; check its nodata value and extent.")
    low, high = float(np.min(sample)), float(np.percentile(sample, 99.5))
    if low == float(np.max(sample)):
        raise InputError(
            "The image holds only the value {value}; choose the original scene.", value=f"{low:g}"
        )
    if kind == np.uint8:
        raise InputError(
            "The image holds bytes from 0 to 255, a picture rather than a measurement; choose the"
            " product with surface reflectance."
        )
    dark = sample[sample > 0]
    low = float(np.percentile(dark, 0.5)) if dark.size else 0.0
    added = offset == 0 and low >= ADDED * (1.0 if high <= 2.0 else 10_000.0)
    if high <= 2.0 and added:
        note = Message(
            "The image holds reflectance with {offset} added (nothing in it is darker); it was"
            " taken off.",
            {"offset": ADDED},
        )
        return Scale(1.0, -ADDED, note)
    if high <= 2.0:
        return Scale(1.0, offset if abs(offset) < 1 else 0.0,
                     Message("The image holds reflectance from 0 to 1."))  # fmt: skip
    if high <= 200.0 and np.issubdtype(kind, np.floating):
        return Scale(0.01, 0.0, Message("The image holds reflectance in percent."))
    offset = -ADDED * 10_000.0 if added else offset
    note = Message(
        "The image holds digital numbers; they were read as reflectance × 10,000 with offset"
        " {offset}.",
        {"offset": offset},
    )
    return Scale(1e-4, offset, note)
