"""Colours of the invented county's imagery: what each ground reflects, plot by plot.

An image is painted band by band when it is asked for: a county's images need not lie in memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from linzhang_plugin.core.sample.cover import BUILT, FARMLAND, FOREST, WATER

Bands = npt.NDArray[np.float32]
Codes = npt.NDArray[np.int8]
Numbers = npt.NDArray[np.int16]
Bools = npt.NDArray[np.bool_]

REFLECTANCE: dict[str, tuple[float, float, float, float]] = {
    # blue, red, nir, swir1
    "forest": (0.030, 0.040, 0.340, 0.150),
    "farmland": (0.070, 0.110, 0.270, 0.260),
    "bare_field": (0.085, 0.190, 0.250, 0.330),
    "water": (0.050, 0.040, 0.025, 0.015),
    "built": (0.130, 0.190, 0.230, 0.270),
    "scar": (0.090, 0.230, 0.280, 0.390),
    "green_scar": (0.040, 0.060, 0.310, 0.180),
    "orchard": (0.080, 0.190, 0.260, 0.330),
    "tea": (0.075, 0.170, 0.250, 0.300),
    "felling": (0.075, 0.180, 0.240, 0.330),
    "oil_tea": (0.080, 0.200, 0.255, 0.340),
    "planting": (0.080, 0.175, 0.250, 0.320),
    "solar": (0.080, 0.090, 0.100, 0.110),
}
"""Typical surface reflectances; soil is the red soil of Ganzhou (bright red and SWIR)."""

ORDER = tuple(sorted(REFLECTANCE))
"""Classes of ground by number."""

BANDS = ("blue", "red", "nir", "swir1")
NOISE = 0.006

TINT = (0.10, 0.04)
"""Between plots of one kind: spread of brightness and, beside it, of each band (log)."""

GRAIN: dict[str, float] = {
    "built": 0.20, "orchard": 0.07, "felling": 0.07, "planting": 0.06, "tea": 0.06,
    "oil_tea": 0.06, "scar": 0.06, "bare_field": 0.03, "solar": 0.03,
}  # fmt: skip
"""Between cells of one plot: spread of each band (log). Roofs differ, tilled fields hardly."""

SPREAD = np.array([GRAIN.get(name, 0.0) for name in ORDER], dtype=np.float32)
"""``GRAIN`` by number of the class."""
PLOT = 12
"""Cells along a side of a field."""
STRIP = 256
"""Rows that are drawn at a time."""


def ground_classes(draw: np.random.Generator, land: Codes) -> Codes:
    """Number every cell's class as in :data:`ORDER`; a third of the fields lie bare."""
    number = np.full(land.shape, ORDER.index("farmland"), dtype=np.int8)
    for cover, name in ((FOREST, "forest"), (WATER, "water"), (BUILT, "built")):
        number[land == cover] = ORDER.index(name)
    plots = draw.random((land.shape[0] // PLOT + 1, land.shape[1] // PLOT + 1)) < 0.33
    bare = np.kron(plots, np.ones((PLOT, PLOT), dtype=bool))[: land.shape[0], : land.shape[1]]
    number[(land == FARMLAND) & bare] = ORDER.index("bare_field")
    return number


@dataclass(frozen=True, eq=False)
class Soils:
    """How plots of one kind differ in colour: each has its own soil, roofs differ cell by cell.

    Attributes:
        scars: (scars, bands) factor of reflectance of each scar.
        alikes: (look-alikes, bands) of each look-alike.
        fields: (rows, cols, bands) of blocks of ``PLOT`` by ``PLOT`` cells, for fields.
        cells: (n,) cells that have a colour of their own, counted row by row.
        grain: (n, bands) standard normal numbers of these cells.
    """

    scars: Bands
    alikes: Bands
    fields: Bands
    cells: npt.NDArray[np.int64]
    grain: Bands

    def factor(self, band: int, number: Codes, scar: Numbers, alike: Numbers) -> Bands:
        """Give the factor of a band in each of ``cells``; elsewhere it is 1.

        Args:
            band: Place in :data:`BANDS`.
            number: (rows, cols) class of each cell.
            scar: (rows, cols) scar of each cell, -1 for none.
            alike: (rows, cols) look-alike of each cell, -1 for none.
        """
        kind, columns = number.ravel()[self.cells], number.shape[1]
        made = np.ones(len(self.cells), dtype=np.float32)
        tilled = kind == ORDER.index("bare_field")
        row, column = np.divmod(self.cells[tilled], columns)
        made[tilled] = self.fields[row // PLOT, column // PLOT, band]
        for owner, own in ((alike, self.alikes), (scar, self.scars)):
            here = owner.ravel()[self.cells]
            made[here >= 0] = own[here[here >= 0], band]
        return np.asarray(made * np.exp(SPREAD[kind] * self.grain[:, band]), dtype=np.float32)


def make_soils(
    draw: np.random.Generator,
    classes: Codes,
    scar: Numbers,
    alike: Numbers,
    scars: int,
    alikes: int,
) -> Soils:
    """Draw the colours of every plot, and of the cells that differ from their neighbours.

    Args:
        draw: Luck.
        classes: (rows, cols) class of each cell without scars and look-alikes.
        scar: Scar of each cell, -1 for none.
        alike: Look-alike of each cell, -1 for none.
        scars: Number of scars.
        alikes: Number of look-alikes.
    """

    def tints(*size: int) -> Bands:
        bright = draw.normal(0.0, TINT[0], (*size, 1))
        return np.exp(bright + draw.normal(0.0, TINT[1], (*size, len(BANDS)))).astype(np.float32)

    rows, columns = classes.shape
    blocks = tints(rows // PLOT + 1, columns // PLOT + 1)
    own = (SPREAD > 0)[classes] | (scar >= 0) | (alike >= 0)
    grain = []
    for first in range(0, rows, STRIP):
        part = own[first : first + STRIP]
        drawn = draw.standard_normal((*part.shape, len(BANDS)), dtype=np.float32)
        grain.append(drawn[part])
    cells = np.flatnonzero(own)
    return Soils(tints(scars), tints(alikes), blocks, cells, np.concatenate(grain))


@dataclass(frozen=True, eq=False)
class Painting(Mapping[str, Bands]):
    """One image, each band painted anew whenever it is asked for, always alike.

    Attributes:
        number: (rows, cols) class of each cell as in :data:`ORDER`.
        scar: Scar of each cell, -1 for none.
        alike: Look-alike of each cell, -1 for none.
        soils: How plots and cells differ; every plot of a kind alike when None.
        noise: Noise of the sensor, reflectance.
        luck: State of the generator of each band's noise.
        light: (rows, cols) factor of the sun's light.
        seen: (rows, cols) cells of the image; NaN elsewhere.
        haze: Factor and addend of the day's air.
    """

    number: Codes
    scar: Numbers
    alike: Numbers
    soils: Soils | None
    noise: float
    luck: tuple[Mapping[str, object], ...]
    light: Bands | None = None
    seen: Bools | None = None
    haze: tuple[float, float] = (1.0, 0.0)

    def __iter__(self) -> Iterator[str]:
        """Give the bands' names in order."""
        return iter(BANDS)

    def __len__(self) -> int:
        """Give the number of bands."""
        return len(BANDS)

    def __getitem__(self, name: str) -> Bands:
        """Paint a band: (rows, cols) reflectance, with the blur of a sensor and noise."""
        if name not in BANDS:
            raise KeyError(name)
        band = BANDS.index(name)
        values = np.array([REFLECTANCE[c][band] for c in ORDER], dtype=np.float32)[self.number]
        if self.soils is not None:
            factor = self.soils.factor(band, self.number, self.scar, self.alike)
            values.ravel()[self.soils.cells] *= factor
        values = ndimage.gaussian_filter(values, 0.45)
        draw = np.random.Generator(np.random.PCG64())
        draw.bit_generator.state = self.luck[band]
        for first in range(0, len(values), STRIP):
            part = values[first : first + STRIP]
            part += draw.standard_normal(part.shape, dtype=np.float32) * np.float32(self.noise)
        np.clip(values, 0.002, 1.0, out=values)
        if self.light is not None:
            values *= self.light
        if self.haze != (1.0, 0.0):
            values *= np.float32(self.haze[0])
            values += np.float32(self.haze[1])
        if self.seen is not None:
            values[~self.seen] = np.nan
        return np.asarray(values)


def painted(
    draw: np.random.Generator,
    classes: Codes,
    scar: Numbers,
    alike: Numbers,
    kinds: list[str],
    green: Bools,
    noise: float = NOISE,
    soils: Soils | None = None,
) -> Painting:
    """Give one image.

    Args:
        draw: Luck of this image's noise; it goes on behind the image's last band.
        classes: Class of each cell as in :data:`ORDER`.
        scar: Scar of each cell, -1 for none.
        alike: Look-alike of each cell, -1 for none.
        kinds: Kind of each look-alike.
        green: Which scars are green.
        noise: Noise of the sensor, reflectance.
        soils: How plots and cells differ; every plot of a kind alike when None.
    """
    number = classes.copy()
    planted = alike >= 0
    number[planted] = np.array([ORDER.index(k) for k in kinds], dtype=np.int8)[alike[planted]]
    cut = scar >= 0
    shown = np.where(green, ORDER.index("green_scar"), ORDER.index("scar")).astype(np.int8)
    number[cut] = shown[scar[cut]]
    luck = []
    for _ in BANDS:
        luck.append(draw.bit_generator.state)
        for first in range(0, len(number), STRIP):
            draw.standard_normal(number[first : first + STRIP].shape, dtype=np.float32)
    return Painting(number, scar, alike, soils, noise, tuple(luck))
