"""Polygons of a label raster whose shared borders are the very same smooth lines.

Borders run between cell corners. Each run of border between two junctions is smoothed once and
used by both neighbours, so polygons tile without gaps or overlaps. Smoothing keeps within the
half cell around a border, where runs cannot meet; runs that a simplification makes cross are
put back.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely
from scipy import ndimage

from linzhang_plugin.core.sample.growth import pieces, shifted

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Shapes = npt.NDArray[np.object_]


SMALL_RING = 10
"""Rings of fewer cell sides stay as they are: rounding would eat them up."""
TURNS = 4
"""Times that a border is smoothed."""
STROKES = (0.6, -0.62)
"""Shares of the way to the neighbours' mean that a point moves, there and back."""


def outlines(labels: Ints, count: int, cell: float, tolerance: float = 6.0) -> Shapes:
    """Give the MultiPolygon of each label 0 … count-1, in metres from the south-west corner.

    Args:
        labels: (R, C), north first; -1 outside.
        count: Number of labels, each with at least one cell.
        cell: Width of a cell, m.
        tolerance: Simplification, m; well under a cell.

    Returns:
        (count,) shapes in label order.
    """
    runs = border_runs(labels)
    smooth = crossing_free(runs, tolerance / cell)
    faces = shapely.get_parts(shapely.polygonize(smooth))
    face_label = face_labels(faces, labels)
    rows = labels.shape[0]
    made = np.empty(count, dtype=object)
    order = np.argsort(face_label, kind="stable")
    starts = np.searchsorted(face_label[order], np.arange(count + 1))
    for label in range(count):
        made[label] = shapely.multipolygons(faces[order[starts[label] : starts[label + 1]]])
    return np.asarray(
        shapely.transform(made, lambda xy: np.round((xy * (1, -1) + (0, rows)) * cell, 2))
    )


def border_runs(labels: Ints) -> Shapes:
    """Give the borders as lines of cell corners from junction to junction (column, row)."""
    padded = np.pad(labels, 1, constant_values=-2)
    padded[padded == -1] = -2
    above, below = shifted(padded, 1, 0)
    row, column = np.nonzero(above != below)
    level = np.stack([np.stack([column - 1, row], 1), np.stack([column, row], 1)], axis=1)
    left, right = shifted(padded, 0, 1)
    row, column = np.nonzero(left != right)
    upright = np.stack([np.stack([column, row - 1], 1), np.stack([column, row], 1)], axis=1)
    segments = shapely.linestrings(np.concatenate([level, upright]).astype(float))
    return np.asarray(shapely.get_parts(shapely.line_merge(shapely.multilinestrings(segments))))


def crossing_free(runs: Shapes, tolerance: float) -> Shapes:
    """Smooth the runs; those that then meet elsewhere than at junctions get less of it."""
    made = shapely.simplify(rounded(runs, TURNS), tolerance)
    for turns, share in ((0, 0.5), (0, 0.0), (-1, 0.0)):
        bad = crossing(made) | ~shapely.is_simple(made)
        if not bad.any():
            break
        again = runs[bad] if turns < 0 else rounded(runs[bad], turns)
        made[bad] = shapely.simplify(again, share * tolerance)
    return made


def rounded(runs: Shapes, turns: int) -> Shapes:
    """Smooth each run."""
    return np.array([shapely.linestrings(softened(run, turns)) for run in runs], dtype=object)


def softened(run: shapely.LineString, turns: int) -> Floats:
    """Replace corners by the middles of the borders between cells; then smooth ``turns`` times.

    Each turn averages and then swells by as much (Taubin 1995), so that areas keep their size.
    """
    xy = shapely.get_coordinates(run)
    middle = 0.5 * (xy[1:] + xy[:-1])
    if np.array_equal(xy[0], xy[-1]):
        if len(middle) < SMALL_RING:
            return xy
        for share in STROKES * turns:
            mean = 0.5 * (np.roll(middle, 1, 0) + np.roll(middle, -1, 0))
            middle = middle + share * (mean - middle)
        return np.vstack([middle, middle[:1]])
    line = np.vstack([xy[:1], middle, xy[-1:]])
    for share in STROKES * turns:
        line[1:-1] += share * (0.5 * (line[:-2] + line[2:]) - line[1:-1])
    return line


def crossing(runs: Shapes) -> npt.NDArray[np.bool_]:
    """Tell which runs meet another one elsewhere than at their ends."""
    tree = shapely.STRtree(runs)
    one, other = tree.query(runs, predicate="intersects")
    once = one < other
    one, other = one[once], other[once]
    # Boundaries that meet at junctions only: the common points are ends of both.
    touch = shapely.touches(runs[one], runs[other])
    met = shapely.intersection(runs[one[touch]], runs[other[touch]])
    ends_a, ends_b = ends(runs[one[touch]]), ends(runs[other[touch]])
    fine = shapely.covers(ends_a, met) & shapely.covers(ends_b, met)
    bad = ~touch
    bad[np.flatnonzero(touch)[~fine]] = True
    flagged = np.zeros(len(runs), dtype=bool)
    flagged[one[bad]] = True
    flagged[other[bad]] = True
    return flagged


def ends(runs: Shapes) -> Shapes:
    """Give the two ends of each run as a point set."""
    return np.asarray(
        shapely.multipoints(
            np.stack([shapely.get_point(runs, 0), shapely.get_point(runs, -1)], axis=1)
        )
    )


def face_labels(faces: Shapes, labels: Ints) -> Ints:
    """Give the label of each face, by vote of the innermost cells of each piece of cells."""
    piece, count = pieces(labels)
    middle = labels
    padded = np.pad(labels, 1, mode="edge")
    inner = np.ones(labels.shape, dtype=bool)
    for view in (padded[:-2, 1:-1], padded[2:, 1:-1], padded[1:-1, :-2], padded[1:-1, 2:]):
        inner &= view == middle
    depth = ndimage.distance_transform_edt(inner).ravel()
    inside = np.flatnonzero(piece >= 0)
    owner = piece.ravel()
    order = inside[np.lexsort((inside, -depth[inside], owner[inside]))]
    starts = np.searchsorted(owner[order], np.arange(count))
    rank = np.arange(len(order)) - starts[owner[order]]
    voters = order[rank < np.where(depth[order[starts]] > 0, 1, 40)[owner[order]]]
    row, column = np.divmod(voters, labels.shape[1])
    points = shapely.points(column + 0.5, row + 0.5)
    point, face = shapely.STRtree(faces).query(points, predicate="intersects")
    vote, own = np.unique(face * count + owner[voters[point]], return_inverse=True)
    # A cell well inside is certain of its face; one at the rim is a guess.
    times = np.bincount(own, np.where(depth[voters[point]] > 0, 1000.0, 1.0))
    best = np.lexsort((vote, -times, vote // count))
    vote = vote[best][np.unique(vote[best] // count, return_index=True)[1]]
    made = np.full(len(faces), -1)
    label_of = np.full(count, -1)
    label_of[owner[inside]] = labels.ravel()[inside]
    made[vote // count] = label_of[vote % count]
    return made
