"""Links between stands: which stands may lie side by side in one grid.

Two stands are linked when they share an edge of at least 5 m, or when a gap of at most
LINK_DISTANCE lies between them whose shortest connecting segment crosses no third stand and
no barrier. What a barrier parts stays linked where a bridge is at hand: from both stands to
the bridge it is no further than LINK_DISTANCE, over no third stand and no barrier. (Without
the rule of the third stand 47 % of the pairs within 200 m would jump over a neighbour and
contiguity would mean nothing.) Drawn data has slivers: stands nearer than ``NEAR`` count as
touching, and a third stand blocks a segment only where it is crossed for more than
``CROSSED``.

All lengths are metres in a projected CRS.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from linzhang_plugin.core.grids.land.bridges import BANK
from linzhang_plugin.core.grids.model import Bools, Floats, Ints
from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.progress import Progress, part, silent, step

Shapes = npt.NDArray[np.object_]

EDGE = 5.0
"""Least shared edge, m."""
NEAR = 0.5
"""Stands nearer than this touch: the width of a drawing sliver, m."""
CROSSED = 1.0
"""A third stand crossed for less than this does not block a gap, m."""
DEPTH = 0.05
"""A segment that runs along a stand's edge less deep than this does not cross it, m."""
CHUNK = 20_000
"""Pairs between two reports of progress."""


def link_stands(
    shapes: Shapes,
    towns: Ints,
    distance: float = 200.0,
    barriers: Shapes | None = None,
    progress: Progress = silent,
    bridges: Shapes | None = None,
) -> Ints:
    """Give the links between stands of the same town.

    Args:
        shapes: (n,) valid polygons or multipolygons, projected, m.
        towns: (n,) town of each stand as a number; links never cross a town's border.
        distance: LINK_DISTANCE, the widest gap that is bridged, m.
        barriers: Lines or polygons that no gap is bridged across; an edge that runs along
            one is not shared.
        progress: Reports at least once a second.
        bridges: Places where barriers may be crossed.

    Returns:
        (m, 2) links, i < j, each once, sorted.

    Raises:
        CancelledError: The receiver of ``progress`` said stop.
    """
    n = len(shapes)
    if n < 2:
        return np.empty((0, 2), dtype=np.int64)
    step(progress, 0.0, Message("Looking for neighbouring stands."))
    walls = shapely.STRtree(barriers) if barriers is not None and len(barriers) else None
    clean = _shared_edges(shapes, towns) if walls is None else np.empty((0, 2), dtype=np.int64)
    tree = shapely.STRtree(shapes)
    pairs = _near_pairs(tree, shapes, towns, distance, part(progress, 0.05, 0.5))
    pairs = _without(pairs, clean, n)
    touch, free = _met_or_open(tree, shapes, pairs, walls, part(progress, 0.5, 0.85))
    touching, apart, free = pairs[touch], pairs[~touch], free[~touch]
    shared = _edge_lengths(shapes, touching, walls) >= EDGE - 1e-6
    step(progress, 0.95)
    links = np.vstack([clean, touching[shared], apart[free]])
    if walls is not None and bridges is not None and len(bridges):
        parted = _parted(shapes, touching[~shared], apart[~free], walls)
        links = np.vstack([links, _bridged(tree, shapes, parted, walls, bridges, distance)])
    return links[np.lexsort((links[:, 1], links[:, 0]))]


def _shared_edges(shapes: Shapes, towns: Ints) -> Ints:
    """Find the pairs that share drawn edges vertex by vertex: no geometry engine needed."""
    points, owner = shapely.get_coordinates(_rings(shapes)[0], return_index=True)
    rings = _rings(shapes)[1]
    same = owner[1:] == owner[:-1]
    start, end = np.round(points[:-1][same], 3), np.round(points[1:][same], 3)
    stand = rings[owner[1:][same]]
    swap = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    ends = np.where(swap[:, None], np.hstack([end, start]), np.hstack([start, end]))
    order = np.lexsort((stand, ends[:, 3], ends[:, 2], ends[:, 1], ends[:, 0]))
    ends, stand = ends[order], stand[order]
    twice = (ends[1:] == ends[:-1]).all(axis=1) & (stand[1:] != stand[:-1])
    low, high = stand[:-1][twice], stand[1:][twice]
    length = np.hypot(ends[1:, 2] - ends[1:, 0], ends[1:, 3] - ends[1:, 1])[twice]
    keys, where = np.unique(low * len(shapes) + high, return_inverse=True)
    total = np.bincount(where, weights=length, minlength=len(keys))
    found = np.column_stack([keys // len(shapes), keys % len(shapes)])[total >= EDGE]
    return found[towns[found[:, 0]] == towns[found[:, 1]]].astype(np.int64)


def _rings(shapes: Shapes) -> tuple[Shapes, Ints]:
    """Give every ring of every stand and the stand it belongs to."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    rings, of_part = shapely.get_rings(parts, return_index=True)
    return rings, owner[of_part]


def _near_pairs(
    tree: Any, shapes: Shapes, towns: Ints, distance: float, progress: Progress
) -> Ints:
    """Give the pairs i < j of one town whose gap is at most ``distance``."""
    found = []
    for start in range(0, len(shapes), 2000):
        step(progress, start / len(shapes))
        chunk = shapes[start : start + 2000]
        i, j = tree.query(chunk, predicate="dwithin", distance=distance)
        i = i + start
        keep = (i < j) & (towns[i] == towns[j])
        found.append(np.column_stack([i[keep], j[keep]]))
    return np.vstack(found).astype(np.int64)


def _without(pairs: Ints, known: Ints, n: int) -> Ints:
    """Drop the pairs that are known already."""
    if not len(known):
        return pairs
    return pairs[~np.isin(pairs[:, 0] * n + pairs[:, 1], known[:, 0] * n + known[:, 1])]


def _edge_lengths(shapes: Shapes, pairs: Ints, walls: Any) -> Floats:
    """Measure the edge that touching stands share, m, outside barriers that run along it.

    The edge is the part of one stand's outline that lies within ``NEAR`` of the other, the
    shorter of both ways, less what reaches ``NEAR`` beyond its two ends.
    """
    if not len(pairs):
        return np.empty(0)
    used = np.unique(pairs)
    wide = np.full(len(shapes), None, dtype=object)
    wide[used] = shapely.buffer(shapes[used], NEAR, quad_segs=2)
    line = np.full(len(shapes), None, dtype=object)
    line[used] = shapely.boundary(shapes[used])
    lengths = np.full(len(pairs), np.inf)
    rows: Ints = np.arange(len(pairs))
    for one, other in ((0, 1), (1, 0)):
        along = shapely.intersection(line[pairs[rows, one]], wide[pairs[rows, other]])
        if walls is not None:
            along = _outside(along, walls)
        lengths[rows] = np.minimum(lengths[rows], shapely.length(along) - 2.0 * NEAR)
        # What is too short already need not be looked at from the other side.
        rows = rows[lengths[rows] >= EDGE - 1e-6]
    return lengths


def _outside(edges: Shapes, walls: Any) -> Shapes:
    """Cut the stretches that lie along a barrier out of shared edges."""
    which, wall = walls.query(edges, predicate="dwithin", distance=NEAR)
    cut = edges.copy()
    for edge, barrier in zip(which, wall, strict=True):
        zone = shapely.buffer(walls.geometries[barrier], 2 * NEAR, quad_segs=2)
        cut[edge] = shapely.difference(cut[edge], zone)
    return cut


def _met_or_open(
    tree: Any, shapes: Shapes, pairs: Ints, walls: Any, progress: Progress
) -> tuple[Bools, Bools]:
    """Tell which pairs touch, and which others face each other across an open gap."""
    touch, free = np.zeros(len(pairs), dtype=bool), np.zeros(len(pairs), dtype=bool)
    outlines = shapely.boundary(shapes)
    for start in range(0, len(pairs), CHUNK):
        step(progress, start / len(pairs))
        chunk = pairs[start : start + CHUNK]
        segments = shapely.shortest_line(shapes[chunk[:, 0]], shapes[chunk[:, 1]])
        near = shapely.length(segments) <= NEAR
        touch[start : start + CHUNK] = near
        apart = np.flatnonzero(~near)
        segments = segments[apart]
        clear = ~_through(tree, outlines, segments, chunk[apart])
        apart, segments = apart[clear], segments[clear]
        free[start + apart] = _open(tree, shapes, segments, chunk[apart], walls)
    return touch, free


def _through(tree: Any, outlines: Shapes, segments: Shapes, pairs: Ints) -> Bools:
    """Tell which segments plainly run through a third stand: their middle lies deep in it.

    Where it is further from that stand's outline than half of ``CROSSED``, so much of the
    segment to both sides of it lies inside. Most gaps are settled by this.
    """
    middle = shapely.line_interpolate_point(segments, 0.5, normalized=True)
    hit, third = tree.query(middle, predicate="intersects")
    other = (third != pairs[hit, 0]) & (third != pairs[hit, 1])
    hit, third = hit[other], third[other]
    deep = shapely.distance(middle[hit], outlines[third]) > DEPTH + CROSSED / 2.0
    deep &= shapely.length(segments[hit]) > CROSSED + 2.0 * DEPTH
    through = np.zeros(len(segments), dtype=bool)
    through[hit[deep]] = True
    return through


def _open(tree: Any, shapes: Shapes, segments: Shapes, pairs: Ints, walls: Any) -> Bools:
    """Tell which gaps are open: nothing lies on the shortest segment across."""
    free = np.ones(len(pairs), dtype=bool)
    if walls is not None:
        free[walls.query(segments, predicate="intersects")[0]] = False
    left = np.flatnonzero(free)
    hit, third = tree.query(segments[left], predicate="intersects")
    crossed, along, pieces = _met(shapes, segments, pairs, left[hit], third)
    free[crossed] = False
    grazing = np.zeros(len(pairs), dtype=bool)
    grazing[along] = True
    free[_between(segments, along, pieces)] = False
    again = np.flatnonzero(free & grazing)
    if len(again):
        segments = segments.copy()
        segments[again] = _central(shapes[pairs[again, 0]], shapes[pairs[again, 1]])
        hit, third = tree.query(segments[again], predicate="intersects")
        crossed, along, pieces = _met(shapes, segments, pairs, again[hit], third)
        free[crossed] = False
        free[_between(segments, along, pieces)] = False
        if walls is not None:
            free[again[walls.query(segments[again], predicate="intersects")[0]]] = False
    return free


def _parted(shapes: Shapes, touching: Ints, apart: Ints, walls: Any) -> Ints:
    """Give the unlinked pairs that a barrier parts: on their edge or across their gap."""
    edge = touching[_edge_lengths(shapes, touching, None) >= EDGE - 1e-6]
    lines = shapely.shortest_line(shapes[apart[:, 0]], shapes[apart[:, 1]])
    over = np.unique(walls.query(lines, predicate="intersects")[0])
    return np.vstack([edge, apart[over]])


def _bridged(
    tree: Any, shapes: Shapes, pairs: Ints, walls: Any, bridges: Shapes, distance: float
) -> Ints:
    """Give the pairs that a bridge joins: both ways to it are free and short enough."""
    most = max(distance, 2.0 * NEAR)
    used = np.unique(pairs)
    which, bridge = shapely.STRtree(bridges).query(shapes[used], predicate="dwithin", distance=most)
    stand = used[which]
    gap = shapely.distance(shapes[stand], bridges[bridge])
    ways = _ways(tree, shapes, stand, bridges[bridge], walls)
    reach: dict[int, dict[int, float]] = {}
    for s, b, metres, free in zip(stand, bridge, gap, ways, strict=True):
        if free:
            reach.setdefault(int(s), {})[int(b)] = float(metres)
    joined = [
        any(
            metres + reach[int(j)][b] <= most + 1e-6
            for b, metres in reach.get(int(i), {}).items()
            if b in reach.get(int(j), {})
        )
        for i, j in pairs
    ]
    return pairs[np.array(joined, dtype=bool)] if len(pairs) else pairs


def _ways(tree: Any, shapes: Shapes, stand: Ints, bridges: Shapes, walls: Any) -> Bools:
    """Tell which shortest ways from stands to bridges cross no other stand and no barrier."""
    lines = shapely.shortest_line(shapes[stand], bridges)
    free = np.ones(len(lines), dtype=bool)
    own = np.column_stack([stand, stand])
    hit, third = tree.query(lines, predicate="intersects")
    free[_met(shapes, lines, own, hit, third)[0]] = False
    # At the bridge itself the barrier is crossed.
    rest = shapely.difference(lines, shapely.buffer(bridges, BANK, quad_segs=4))
    free[walls.query(rest, predicate="intersects")[0]] = False
    return free


def _met(
    shapes: Shapes, segments: Shapes, pairs: Ints, which: Ints, third: Ints
) -> tuple[Ints, Ints, Shapes]:
    """Give the segments that cross the third stand they meet, and those that run along it.

    The latter come with the pieces that lie on that stand's edge.
    """
    other = (third != pairs[which, 0]) & (third != pairs[which, 1])
    which, third = which[other], third[other]
    inside = _lines_only(shapely.intersection(segments[which], shapes[third]))
    long = shapely.length(inside) > CROSSED
    which, third, inside = which[long], third[long], inside[long]
    middle = shapely.line_interpolate_point(shapely.line_merge(inside), 0.5, normalized=True)
    middle = np.where(shapely.is_missing(middle), shapely.point_on_surface(inside), middle)
    deep = shapely.distance(middle, shapely.boundary(shapes[third])) > DEPTH
    return which[deep], which[~deep], inside[~deep]


def _lines_only(shapes: Shapes) -> Shapes:
    """Drop the points from mixtures: a segment may touch an outline besides crossing it."""
    for row in np.flatnonzero(shapely.get_type_id(shapes) == 7):
        parts = shapely.get_parts(shapes[row])
        shapes[row] = shapely.multilinestrings(parts[shapely.get_type_id(parts) == 1])
    return shapes


def _between(segments: Shapes, along: Ints, pieces: Shapes) -> Ints:
    """Give the segments that run between two stands: along the edge that those share.

    There the pieces on the edges cover a stretch twice.
    """
    total = np.bincount(along, weights=shapely.length(pieces), minlength=len(segments))
    count = np.bincount(along, minlength=len(segments))
    twice = total > shapely.length(segments) + CROSSED
    for segment in np.flatnonzero(~twice & (count > 1)):
        once = shapely.length(shapely.union_all(pieces[along == segment]))
        twice[segment] = total[segment] - once > CROSSED
    return np.flatnonzero(twice)


def _central(first: Shapes, second: Shapes) -> Shapes:
    """Give the shortest segment in the middle where parallel edges have many of them.

    Between parallel edges any segment across is a shortest one, and the geometry engine
    gives one at a corner, which may run along a neighbour's edge.
    """
    gap = shapely.distance(first, second)
    reach = shapely.buffer(second, gap * (1.0 + 1e-9) + 0.01, quad_segs=16)
    facing = shapely.intersection(shapely.boundary(first), reach)
    start = np.empty(len(first), dtype=object)
    for row, edge in enumerate(facing):
        parts = shapely.get_parts(shapely.line_merge(edge))
        lengths = shapely.length(parts)
        start[row] = shapely.line_interpolate_point(
            parts[int(np.argmax(lengths))], 0.5, normalized=True
        ) if len(parts) and lengths.max() > 0 else shapely.get_point(
            shapely.shortest_line(first[row], second[row]), 0
        )  # fmt: skip
    return shapely.shortest_line(start, second)
