"""Connected patches of a mask that is met in strips: cells kept as runs along rows.

A mask of a hundred million cells with a few percent set fits into little memory as runs; patches
are the connected components of runs that touch in neighbouring rows (He, Chao and Suzuki 2008,
*A run-based two-scan labeling algorithm*), found with scipy's graph components instead of a
second scan.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

CELLS_AT_ONCE = 4_000_000
RUNS_AT_ONCE = 1_000_000


@dataclass(frozen=True, eq=False)
class Runs:
    """Horizontal runs of set cells, ordered by row and column.

    Attributes:
        row: (r,) row of each run.
        start: (r,) its first column.
        end: (r,) one past its last column.
    """

    row: Ints
    start: Ints
    end: Ints

    def __len__(self) -> int:
        """Number of runs."""
        return len(self.row)

    @property
    def cells(self) -> Ints:
        """(r,) number of cells of each run."""
        return self.end - self.start

    def take(self, chosen: npt.NDArray[np.bool_] | Ints) -> Runs:
        """Give some of the runs."""
        return Runs(self.row[chosen], self.start[chosen], self.end[chosen])


def runs_of(mask: Bools, first_row: int = 0) -> Runs:
    """Give the runs of a strip of a mask.

    Args:
        mask: (rows, cols) set cells.
        first_row: Row of the strip's first line in the whole.
    """
    rows, cols = mask.shape
    edged = np.zeros((rows, cols + 2), dtype=np.int8)
    edged[:, 1:-1] = mask
    change = np.diff(edged, axis=1)
    row, start = np.nonzero(change == 1)
    _, end = np.nonzero(change == -1)
    return Runs(row + first_row, start, end)


def runs_of_classes(
    classes: npt.NDArray[np.int32], renamed: npt.NDArray[np.int32] | None = None
) -> tuple[Runs, Ints]:
    """Give the runs of equal numbers of a raster of classes; negative cells belong to none.

    Args:
        classes: (rows, cols) numbers.
        renamed: (k,) the class that each number stands for, its last entry that of -1; the
            numbers themselves when None. Renamed strip by strip, without a second raster.

    Returns:
        The runs and the class of each.
    """
    high = max(1, CELLS_AT_ONCE // max(1, classes.shape[1]))
    strips = []
    for first in range(0, classes.shape[0], high):
        strip = classes[first : first + high]
        strips.append(_class_runs(strip if renamed is None else renamed[strip], first))
    return joined([runs for runs, _ in strips]), np.concatenate([v for _, v in strips])


def _class_runs(classes: npt.NDArray[np.int32], first: int) -> tuple[Runs, Ints]:
    """Give the runs of a strip that begins at row ``first``."""
    begins = np.ones(classes.shape, dtype=bool)
    begins[:, 1:] = classes[:, 1:] != classes[:, :-1]
    row, column = np.nonzero(begins)
    # A row's runs end where the next one of that row begins, the last at the border.
    end = np.append(column[1:], classes.shape[1])
    end[np.append(row[1:] != row[:-1], True)] = classes.shape[1]
    value = classes[row, column].astype(np.int64)
    inside = value >= 0
    return Runs(row[inside] + first, column[inside], end[inside]), value[inside]


def joined(strips: list[Runs]) -> Runs:
    """Put the runs of successive strips together."""
    if not strips:
        none = np.empty(0, dtype=np.int64)
        return Runs(none, none, none)
    return Runs(
        np.concatenate([strip.row for strip in strips]),
        np.concatenate([strip.start for strip in strips]),
        np.concatenate([strip.end for strip in strips]),
    )


def patches(runs: Runs, diagonal: bool = False, classes: Ints | None = None) -> Ints:
    """Number the connected patches of runs, in the order of their first run.

    Args:
        runs: Runs ordered by row and column.
        diagonal: Cells that touch at a corner are connected too.
        classes: (r,) class of each run; runs of different classes are not connected.

    Returns:
        (r,) patch of each run.
    """
    if not len(runs):
        return np.empty(0, dtype=np.int64)
    here, there = _touching(runs, 1 if diagonal else 0, classes)
    graph = coo_array((np.ones(len(here), dtype=np.int8), (here, there)), (len(runs), len(runs)))
    del here, there
    count, label = connected_components(graph, directed=False)
    first_run = np.empty(count, dtype=np.int64)
    first_run[label[::-1]] = np.arange(len(runs))[::-1]
    rank = np.empty(count, dtype=np.int64)
    rank[np.argsort(first_run, kind="stable")] = np.arange(count)
    return rank[label]


def _touching(
    runs: Runs, reach: int, classes: Ints | None
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Give the pairs of runs of one class that touch in neighbouring rows, worked in pieces."""
    width = int(runs.end.max()) + 2
    # Runs of one row do not overlap, so row * width + column orders starts and ends alike.
    starts, ends = runs.row * width + runs.start, runs.row * width + runs.end
    pairs = []
    for begin in range(0, len(runs), RUNS_AT_ONCE):
        piece = slice(begin, begin + RUNS_AT_ONCE)
        # Nothing before the row above can touch; it ends before its row's width is full.
        first = np.searchsorted(ends, starts[piece] - width - reach, side="right")
        last = np.searchsorted(starts, ends[piece] - width + reach, side="left")
        count = np.maximum(last - first, 0)
        here = np.repeat(np.arange(begin, begin + len(count)), count)
        there = np.repeat(first, count) + counting(count)
        if classes is not None:
            alike = classes[here] == classes[there]
            here, there = here[alike], there[alike]
        pairs.append((here.astype(np.int32), there.astype(np.int32)))
    return np.concatenate([h for h, _ in pairs]), np.concatenate([t for _, t in pairs])


def counting(count: Ints) -> Ints:
    """Give 0 … c-1 for each count c, one after the other."""
    total = int(count.sum())
    begin = np.repeat(np.cumsum(count) - count, count)
    return np.arange(total) - begin


def painted(
    runs: Runs, shape: tuple[int, int], value: npt.NDArray[np.int32] | None = None
) -> npt.NDArray[np.int32]:
    """Paint runs into an array, for looking at and for tests.

    Args:
        runs: The runs.
        shape: (rows, cols).
        value: (r,) value of each run; 1 when None.
    """
    out = np.zeros(shape, dtype=np.int32)
    flat = out.ravel()
    count = runs.cells
    cells = np.repeat(runs.row * shape[1] + runs.start, count) + counting(count)
    flat[cells] = 1 if value is None else np.repeat(value, count)
    return out
