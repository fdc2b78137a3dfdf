"""An image, its DEM and its masks brought onto one grid, strip by strip.

Nothing here is larger than a strip but the DEM, and of that only where it lies on other cells.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyproj
import shapely

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.slopes.detect import Strip
from linzhang_plugin.core.slopes.indices import Scale, scale_of
from linzhang_plugin.core.terrain.raster import Raster, RasterFile
from linzhang_plugin.core.terrain.warp import NET, Grid, resampled
from linzhang_plugin.core.terrain.zonal import cells_inside

SAMPLE_ROWS = 64
"""Rows looked at to tell reflectance from digital numbers, spread over the image."""


@dataclass(frozen=True, eq=False)
class Mask:
    """Ground that is not to be looked at.

    Attributes:
        reason: Why: the layer's name.
        shapes: Polygons in the image's CRS.
        lines: They are widened lines, whose rims are where they should be.
        kinds: (n,) what each polygon is (orchard, tea …), None where they are of one kind.
    """

    reason: str
    shapes: npt.NDArray[np.object_]
    lines: bool = False
    kinds: npt.NDArray[np.object_] | None = None


class Image:
    """Gives strips of an image with heights and masks under them."""

    def __init__(
        self,
        file: RasterFile,
        bands: Mapping[str, int],
        dem: RasterFile | Raster,
        masks: list[Mask],
        offset: float = 0.0,
    ) -> None:
        """Check that everything lies together and tell what the numbers mean.

        Args:
            file: The image, projected with square cells (m).
            bands: Band number by name.
            dem: Heights: a file on the same cells, or a raster in any CRS.
            masks: What to leave out.
            offset: Offset of digital numbers, see :func:`~.indices.scale_of`.

        Raises:
            InputError: The image is not projected, holds nothing, or the DEM lies elsewhere.
        """
        self.file, self.bands, self.dem, self.masks = file, dict(bands), dem, masks
        crs = pyproj.CRS.from_user_input(file.crs)
        wide, high = file.cell
        if not crs.is_projected or abs(wide - high) > 1e-3 * wide:
            raise InputError(
                tr(
                    "Image {file} must be projected in metres with square cells; warp it to the"
                    " county's zone first."
                ),
                file=file.path,
            )
        self.grid = Grid(*file.shape, file.transform, file.crs)
        self.scale: Scale = scale_of(sample_of(file, self.bands), file.kinds[0], offset)
        self.notes: list[Message] = [self.scale.note]
        self.masked_cells = dict.fromkeys((mask.reason for mask in masks), 0)
        self._counted = 0
        self._check_dem()
        self.known_cells = 0
        self.seen_cells = 0
        self._lowest, self._highest = np.inf, -np.inf
        if isinstance(dem, Raster):
            self.notes.append(Message("The DEM lies on other cells and was interpolated."))
        self._trees = [shapely.STRtree(mask.shapes) for mask in masks]
        self.kind_names: list[str] = []
        self._kinds = [self._numbered(mask) for mask in masks]

    def _numbered(self, mask: Mask) -> npt.NDArray[np.int32]:
        """Give the number in ``kind_names`` of each polygon; lines have none."""
        if mask.lines:
            return np.full(len(mask.shapes), -1, dtype=np.int32)
        said = [None] * len(mask.shapes) if mask.kinds is None else mask.kinds.tolist()
        names = [f"{mask.reason} {k}" if isinstance(k, str) and k else mask.reason for k in said]
        own = sorted(set(names))
        first = len(self.kind_names)
        self.kind_names += own
        place = {name: first + n for n, name in enumerate(own)}
        return np.array([place[name] for name in names], dtype=np.int32)

    def _check_dem(self) -> None:
        """Look before the work whether the DEM lies under the image.

        Raises:
            InputError: It lies elsewhere, or is void.
        """
        if not isinstance(self.dem, Raster):
            return
        to_image = pyproj.Transformer.from_crs(self.dem.crs, self.grid.crs, always_xy=True)
        rows, columns = self.dem.array.shape
        own = shapely.box(*_bounds(self.grid.transform, (self.grid.rows, self.grid.columns)))
        theirs = to_image.transform_bounds(*_bounds(self.dem.transform, (rows, columns)))
        if not (np.isfinite(theirs).all() and shapely.box(*theirs).intersects(own)):
            raise InputError(tr("The DEM does not cover the image; choose one of the same area."))
        if not np.isfinite(self.dem.array).any():
            raise InputError(tr("The DEM holds no heights; check its nodata value and extent."))

    def without_heights(self) -> float:
        """Give the share of the image's cells read that has no heights.

        Raises:
            InputError: All of them have none, or one and the same.
        """
        if self.known_cells == 0:
            raise InputError(tr("The DEM holds no heights; check its nodata value and extent."))
        if self._lowest == self._highest:
            raise InputError(tr("The DEM is flat everywhere; choose one with heights."))
        return 1.0 - self.known_cells / max(1, self.seen_cells)

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns)."""
        return self.file.shape

    @property
    def cell(self) -> float:
        """Cell size, m."""
        return self.file.cell[0]

    def read(self, first: int, last: int) -> Strip:
        """Give the rows from ``first`` up to but without ``last``."""
        shape = (last - first, self.file.shape[1])
        valid = np.ones(shape, dtype=bool)
        bands = {}
        for name, number in self.bands.items():
            stored = self.file.strip(number, first, last)
            valid &= self.file.valid(number, stored)
            values = stored.astype(np.float32)
            values += np.float32(self.scale.offset)
            values *= np.float32(self.scale.factor)
            bands[name] = values
        height = self._heights(first, last)
        known = np.isfinite(height)
        if known.any():
            self._lowest = min(self._lowest, float(np.nanmin(height)))
            self._highest = max(self._highest, float(np.nanmax(height)))
        # Rows that are read twice count once.
        new = slice(max(0, self._counted - first), None)
        self.known_cells += int((known & valid)[new].sum())
        self.seen_cells += int(valid[new].sum())
        masked, areas, kinds = self._masked(first, last, shape)
        self._counted = max(self._counted, last)
        return Strip(bands, valid, height, known, masked, areas, kinds if self.masks else None)

    def _heights(self, first: int, last: int) -> npt.NDArray[np.float32]:
        """Give heights on the strip's cells, NaN where the DEM has none."""
        if isinstance(self.dem, RasterFile):
            stored = self.dem.strip(1, first, last)
            known = self.dem.valid(1, stored)
            return np.where(known, self.dem.values(1, stored), np.nan).astype(np.float32)
        a, b, c, d, e, f = self.grid.transform
        # From a row of the net that positions are interpolated on: the same whatever the strip.
        begin = first - first % NET
        rows = Grid(last - begin, self.grid.columns, (a, b, c, d, e, f + e * begin), self.grid.crs)
        return resampled(self.dem, rows)[first - begin :].astype(np.float32)

    def _masked(
        self, first: int, last: int, shape: tuple[int, int]
    ) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_], npt.NDArray[np.int32]]:
        """Mark the cells under the masks, those of them under areas, and number their kinds.

        The first mask that holds a cell counts it; rows that are read twice count once.
        """
        marked, areas = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
        kinds = np.full(shape, -1, dtype=np.int32)
        a, b, c, d, e, f = self.grid.transform
        top = f + e * first
        window = Raster(np.broadcast_to(0.0, shape), (a, b, c, d, e, top), self.grid.crs)
        here = shapely.box(c, top + e * shape[0], c + a * shape[1], top)
        for mask, tree, number in zip(self.masks, self._trees, self._kinds, strict=True):
            near = np.sort(tree.query(here))
            if not len(near):
                continue
            owner, row, column = cells_inside(window, mask.shapes[near])
            kinds[row, column] = np.maximum(kinds[row, column], number[near][owner])
            fresh = np.zeros(shape, dtype=bool)
            fresh[row, column] = True
            if not mask.lines:
                areas |= fresh
            fresh &= ~marked
            self.masked_cells[mask.reason] += int(fresh[max(0, self._counted - first) :].sum())
            marked |= fresh
        return marked, areas, kinds


def sample_of(file: RasterFile, bands: Mapping[str, int]) -> npt.NDArray[np.generic]:
    """Give valid values of the named bands from rows spread over the whole image."""
    rows = np.unique(np.linspace(0, file.shape[0] - 1, SAMPLE_ROWS).astype(int))
    values = []
    for row in rows.tolist():
        for band in bands.values():
            strip = file.strip(band, row, row + 1)
            values.append(strip[file.valid(band, strip)])
    return np.concatenate(values)


def _bounds(
    transform: tuple[float, float, float, float, float, float], shape: tuple[int, int]
) -> tuple[float, float, float, float]:
    """Give west, south, east and north of a raster."""
    a, _, c, _, e, f = transform
    return c, f + e * shape[0], c + a * shape[1], f


def same_cells(one: RasterFile, two: RasterFile) -> bool:
    """Tell whether two files lie on the same cells."""
    near = np.allclose(one.transform, two.transform, rtol=0, atol=1e-6 * one.cell[0])
    alike = pyproj.CRS.from_user_input(one.crs) == pyproj.CRS.from_user_input(two.crs)
    return one.shape == two.shape and bool(near) and alike
