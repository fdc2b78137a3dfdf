"""A raster held in memory, and where its cells lie."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Raster:
    """One band.

    Attributes:
        array: (rows, columns), north first.
        transform: GDAL order: west, cell width, 0, north, 0, -cell height (m).
        crs: Authority code, ``EPSG:4547``.
    """

    array: npt.NDArray[np.float32]
    transform: tuple[float, float, float, float, float, float]
    crs: str

    def at(self, xy: Floats) -> Floats:
        """Give the values of the cells that the (n, 2) points lie in, the nearest outside."""
        west, size, _, north, _, _ = self.transform
        rows, columns = self.array.shape
        column = np.clip(((xy[:, 0] - west) / size).astype(int), 0, columns - 1)
        row = np.clip(((north - xy[:, 1]) / size).astype(int), 0, rows - 1)
        return self.array[row, column].astype(float)
