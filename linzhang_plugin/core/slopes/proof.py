"""The regreening proof over two images: reads the cells under sites and references."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.slopes.image import sample_of
from linzhang_plugin.core.slopes.indices import scale_of
from linzhang_plugin.core.slopes.unchanged import unchanged
from linzhang_plugin.core.slopes.verify import (
    Endmembers,
    Line,
    ndvi_of,
    normalised,
    reference_line,
    verify,
)
from linzhang_plugin.core.terrain.raster import Raster, RasterFile
from linzhang_plugin.core.terrain.zonal import cells_inside

Floats = npt.NDArray[np.float64]
NAMES = ("red", "nir")
ROWS, PER_ROW = 160, 250
"""Rows and cells a row that are looked at for unchanged ground, spread over the image."""
LIKELY = 0.5
"""Probability from which a cell did not change."""
DISCOUNT = 0.7
"""What is left of a verdict's certainty where nobody has said what did not change."""

BRIGHTNESS = 0.4
"""Red + NIR of typical ground: what turns an error of reflectance into one of NDVI."""


def prove(
    shapes: npt.NDArray[np.object_],
    needed: Floats,
    before: tuple[RasterFile, Mapping[str, int]],
    after: tuple[RasterFile, Mapping[str, int]],
    reference: npt.NDArray[np.object_] | None,
    ends: Endmembers,
    seed: int = 0,
) -> tuple[pd.DataFrame, list[Message]]:
    """Judge sites by an image before and one after.

    Args:
        shapes: (s,) sites in the CRS of both images.
        needed: (s,) cover each must reach, 0 … 1.
        before: The earlier image and its band numbers.
        after: The later one; its cells may lie elsewhere.
        reference: Polygons that did not change; None: such ground is looked for in the images,
            and the verdicts are less certain.
        ends: Endmembers of cover.
        seed: Seed of the reference line's pairs.

    Returns:
        The verdicts (see :func:`~.verify.verify`) and what was done, in sentences.
    """
    said: list[Message] = []
    first, second = _values(*before, shapes), _values(*after, shapes, on=before[0])
    if reference is None:
        lines, note = _own_lines(before, after, shapes, seed)
        said.append(note)
    else:
        ref_first = _values(*before, reference)[1]
        ref_second = _values(*after, reference, on=before[0])[1]
        lines = {n: reference_line(ref_first[n], ref_second[n], seed) for n in NAMES}
    for name, line in lines.items():
        if line.cells:
            figures = {"band": name, "gain": line.gain, "offset": line.offset, "n": line.cells}
            said.append(
                Message("{band}: × {gain:.3f} + {offset:.3f} from {n} reference cells.", figures)
            )
    site, bands = first
    ndvi_before, ndvi_after = ndvi_of(bands), ndvi_of(normalised(second[1], lines))
    error = float(np.hypot(lines["red"].error, lines["nir"].error)) / BRIGHTNESS
    made = verify(site, ndvi_before, ndvi_after, len(shapes), needed, error, ends)
    if reference is None:
        _discounted(made, any(line.cells for line in lines.values()))
    off = ~(_on(before[0], shapes) & _on(after[0], shapes))
    nowhere = Message("It does not lie on both images; choose ones that cover it.")
    made["reason"] = [nowhere if o else r for o, r in zip(off, made["reason"], strict=True)]
    return made, said


def _own_lines(
    before: tuple[RasterFile, Mapping[str, int]],
    after: tuple[RasterFile, Mapping[str, int]],
    sites: npt.NDArray[np.object_],
    seed: int,
) -> tuple[dict[str, Line], Message]:
    """Fit the lines on ground that the images themselves show to be unchanged."""
    rows, columns = before[0].shape
    row = np.unique(np.linspace(0, rows - 1, ROWS).astype(np.int64))
    column = np.unique(np.linspace(0, columns - 1, PER_ROW).astype(np.int64))
    row, column = np.repeat(row, len(column)), np.tile(column, len(row))
    frame = Raster(np.broadcast_to(0.0, before[0].shape), before[0].transform, before[0].crs)
    _, site_row, site_column = cells_inside(frame, sites)
    free = ~np.isin(row * columns + column, site_row * columns + site_column)
    row, column = row[free], column[free]
    first = _at(*before, before[0], row, column, 1)
    second = _at(*after, before[0], row, column, 1)
    one, two = (np.column_stack([v[n] for n in NAMES]) for v in (first, second))
    same = unchanged(one, two) >= LIKELY
    try:
        lines = {n: reference_line(first[n][same], second[n][same], seed) for n in NAMES}
    except InputError:
        nothing = {name: Line(1.0, 0.0, 0.02, 0) for name in NAMES}
        return nothing, Message(
            "No reference areas, and the images show too little unchanged ground: season and haze"
            " are not evened out."
        )
    return lines, Message(
        "No reference areas: {n} cells were found that did not change between the images, and"
        " these were evened out on them; draw REFERENCE to be surer.",
        {"n": int(same.sum())},
    )


def _discounted(made: pd.DataFrame, evened: bool) -> None:
    """Lower the confidence of verdicts without reference areas and say why, in place."""
    certain = made["confidence"].to_numpy(dtype=float)
    judged = certain > 0
    certain = np.where(judged, np.round(0.5 + DISCOUNT * (certain - 0.5), 3), 0.0)
    made["confidence"] = certain
    made["reason"] = [
        _doubted(reason, evened) if is_judged else reason
        for reason, is_judged in zip(made["reason"], judged.tolist(), strict=True)
    ]


def _doubted(verdict: Message, evened: bool) -> Message:
    if evened:
        return Message(
            "{verdict} Evened out on unchanged ground found in the images: no REFERENCE.",
            {"verdict": verdict},
        )
    return Message("{verdict} Images not evened out: no REFERENCE.", {"verdict": verdict})


def _on(file: RasterFile, shapes: npt.NDArray[np.object_]) -> npt.NDArray[np.bool_]:
    """Tell which shapes touch an image's extent."""
    a, _, c, _, e, f = file.transform
    extent = shapely.box(c, f + e * file.shape[0], c + a * file.shape[1], f)
    return np.asarray(shapely.intersects(extent, shapes))


def _values(
    file: RasterFile,
    bands: Mapping[str, int],
    shapes: npt.NDArray[np.object_],
    on: RasterFile | None = None,
) -> tuple[npt.NDArray[np.int64], dict[str, Floats]]:
    """Give the owner of each cell under the shapes, and its reflectance by band.

    Args:
        file: The image.
        bands: Its band numbers.
        shapes: Polygons.
        on: The image whose cells are used; the file's own when None. Values are then taken at
            their centres.
    """
    grid = on or file
    frame = Raster(np.broadcast_to(0.0, grid.shape), grid.transform, grid.crs)
    owner, row, column = cells_inside(frame, shapes)
    if len(shapes) and not _on(file, shapes).any():
        raise InputError(
            tr("Image {file} does not cover any of the areas; choose one that does."),
            file=Path(file.path).name,
        )
    return owner, _at(file, bands, grid, row, column)


def _at(
    file: RasterFile,
    bands: Mapping[str, int],
    grid: RasterFile,
    row: npt.NDArray[np.int64],
    column: npt.NDArray[np.int64],
    together: int = 256,
) -> dict[str, Floats]:
    """Give reflectance by band at the centres of a grid's cells, NaN outside the file.

    Args:
        file: The image.
        bands: Its band numbers.
        grid: The image whose cells are meant.
        row: (m,) their rows.
        column: (m,) their columns.
        together: Rows that are read at a time.
    """
    a, _, c, _, e, f = grid.transform
    x, y = c + a * (column + 0.5), f + e * (row + 0.5)
    a, _, c, _, e, f = file.transform
    column = np.floor((x - c) / a).astype(np.int64)
    row = np.floor((y - f) / e).astype(np.int64)
    inside = (row >= 0) & (row < file.shape[0]) & (column >= 0) & (column < file.shape[1])
    values: dict[str, Floats] = {}
    for name in NAMES:
        values[name] = np.full(len(row), np.nan)
        values[name][inside] = _picked(file, bands[name], row[inside], column[inside], together)
    if len(row):
        # Told by the whole image: bare sites alone would look as if an offset had been added.
        used = {name: bands[name] for name in NAMES}
        scale = scale_of(sample_of(file, used), file.kinds[0])
        values = {n: (v + scale.offset) * scale.factor for n, v in values.items()}
    return values


def _picked(
    file: RasterFile,
    band: int,
    row: npt.NDArray[np.int64],
    column: npt.NDArray[np.int64],
    together: int,
) -> Floats:
    """Read single cells, strip by strip of the rows that are needed."""
    out = np.full(len(row), np.nan)
    order = np.argsort(row, kind="stable")
    needed = np.unique(row)
    begin = 0
    while begin < len(needed):
        end = begin
        while end + 1 < len(needed) and needed[end + 1] - needed[begin] < together:
            end += 1
        first, last = int(needed[begin]), int(needed[end]) + 1
        strip = file.strip(band, first, last)
        known = file.valid(band, strip)
        lo, hi = np.searchsorted(row[order], [first, last])
        mine = order[lo:hi]
        got = strip[row[mine] - first, column[mine]].astype(np.float64)
        got[~known[row[mine] - first, column[mine]]] = np.nan
        out[mine] = got
        begin = end + 1
    return out


def clear_of(
    shapes: npt.NDArray[np.object_], sites: npt.NDArray[np.object_]
) -> npt.NDArray[np.object_]:
    """Take the sites out of the reference areas: they are meant to change."""
    return shapely.difference(shapes, shapely.union_all(sites))
