"""Roads, railways and rivers that follow the low ground."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from scipy import ndimage
from scipy.sparse import csgraph

from linzhang_plugin.core.sample.growth import Ground
from linzhang_plugin.core.sample.names import place_names
from linzhang_plugin.core.sample.relief import COARSE, TIMES, Relief, tree_levels
from linzhang_plugin.core.sample.units import Units

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Way:
    """A road or river: its name, its kind's code and its line (m from the south-west corner)."""

    name: str
    kind: str
    line: shapely.LineString


def make_roads(relief: Relief, units: Units) -> list[Way]:
    """Lay railways, motorway and roads, the great ones first; small ones join them."""
    shape = relief.coarse.shape
    rows, columns = shape
    slope = np.hypot(*np.gradient(ndimage.gaussian_filter(relief.coarse, 1.0), COARSE))
    river = relief.from_river[TIMES // 2 :: TIMES, TIMES // 2 :: TIMES] < 130.0
    seats = units.seats // TIMES
    first = {
        plan.code: seats[np.flatnonzero(units.village_town == i)[0]]
        for i, plan in enumerate(units.towns)
    }
    city = (int(first["360702001"][0]), int(first["360702001"][1]))
    made = []
    for name, kind, start, end, steep, bend in (
        ("示例高铁", "high_speed_rail", (0.95, 0.30), (0.03, 0.72), 6.0, 12.0),
        ("示例铁路", "railway", (0.97, 0.52), (0.05, 0.62), 14.0, 6.0),
        ("示例高速", "motorway", (0.42, 0.98), (0.80, 0.02), 10.0, 6.0),
    ):
        cost = 1.0 + steep * slope + 4.0 * river
        path = cheapest(cost, corner(start, shape), [corner(end, shape)])
        made.append(Way(name, kind, smoothed(path, shape, bend)))
    cost = 1.0 + 18.0 * slope + 9.0 * river
    for name, kind, stops in (
        (
            "G9001示例线",
            "national",
            [corner((0.55, 0.02), shape), city, corner((0.52, 0.98), shape)],
        ),
        ("S901示例线", "provincial", [corner((0.97, 0.56), shape), city]),
    ):
        for start, end in itertools.pairwise(stops):
            path = cheapest(cost, start, [end])
            cost = along(cost, path, shape)
            made.append(Way(name, kind, smoothed(path, shape, 2.0)))
    number = 901
    joined = [city]
    for index, plan in enumerate(units.towns):
        if plan.kind == "street" and not plan.forest_mu:
            continue
        path = cheapest(cost, tuple(first[plan.code]), joined)
        joined += [divmod(int(cell), columns) for cell in path]
        cost = along(cost, path, shape)
        made.append(Way(f"X{number + index}示例线", "county", smoothed(path, shape, 1.6)))
    for index, seat in enumerate(seats):
        path = cheapest(cost, tuple(seat), joined)
        if len(path) > 2:
            made.append(Way(f"Y{index + 1:03d}", "village", smoothed(path, shape, 1.2)))
        joined += [divmod(int(cell), columns) for cell in path]
        cost = along(cost, path, shape)
    return made


def corner(place: tuple[float, float], shape: tuple[int, ...]) -> tuple[int, int]:
    """Give the cell at a share of the height (from the north) and width."""
    return int(place[0] * (shape[0] - 1)), int(place[1] * (shape[1] - 1))


def cheapest(cost: Floats, start: tuple[int, ...], ends: Sequence[tuple[int, ...]]) -> Ints:
    """Give the cells of the cheapest way from ``start`` to the nearest of ``ends``."""
    columns = cost.shape[1]
    flat = np.array([end[0] * columns + end[1] for end in ends])
    here = start[0] * columns + start[1]
    reach = np.abs(flat // columns - start[0]).min() + np.abs(flat % columns - start[1]).min()
    pad = int(0.5 * reach) + 25 if len(ends) > 1 else max(cost.shape)
    # Only the neighbourhood matters for a short way.
    near = np.argmin(np.abs(flat // columns - start[0]) + np.abs(flat % columns - start[1]))
    r0, r1 = sorted((start[0], int(flat[near] // columns)))
    c0, c1 = sorted((start[1], int(flat[near] % columns)))
    top, left = max(0, r0 - pad), max(0, c0 - pad)
    window = cost[top : r1 + pad + 1, left : c1 + pad + 1]
    ground = Ground(window, np.ones(window.shape, dtype=bool))

    def local(cell: Ints) -> Ints:
        return (cell // columns - top) * window.shape[1] + cell % columns - left

    inside = (
        (flat // columns >= top)
        & (flat // columns < top + window.shape[0])
        & (flat % columns >= left)
        & (flat % columns < left + window.shape[1])
    )
    far, before = csgraph.dijkstra(
        ground.links,
        directed=False,
        indices=int(local(np.array([here]))[0]),
        return_predecessors=True,
    )
    targets = local(flat[inside])
    cell = int(targets[np.argmin(far[targets])])
    path = [cell]
    while before[cell] >= 0:
        cell = int(before[cell])
        path.append(cell)
    whole = np.array(path[::-1])
    return (whole // window.shape[1] + top) * columns + whole % window.shape[1] + left


def along(cost: Floats, path: Ints, shape: tuple[int, ...]) -> Floats:
    """Make an existing road the cheap way to go."""
    cheap = cost.copy()
    cheap.ravel()[path] = 0.35
    return cheap.reshape(shape)


def smoothed(path: Ints, shape: tuple[int, ...], sigma: float) -> shapely.LineString:
    """Draw a line through the middles of the cells, rounded; its ends stay."""
    row, column = np.divmod(path, shape[1])
    xy = np.stack([(column + 0.5) * COARSE, (shape[0] - row - 0.5) * COARSE], axis=1)
    if len(xy) < 2:
        xy = np.vstack([xy, xy + COARSE / 2])
    soft = ndimage.gaussian_filter1d(xy, min(sigma, len(xy) / 6), axis=0, mode="nearest")
    soft[0], soft[-1] = xy[0], xy[-1]
    return shapely.simplify(shapely.linestrings(soft), 8.0)


def make_rivers(rng: np.random.Generator, relief: Relief, least: float = 2.0) -> list[Way]:
    """Give the main rivers, and the streams that drain ``least`` km² or more, reach by reach."""
    made = [
        Way(name, "river", shapely.linestrings(line))
        for name, line in zip(("示例江", "示例东河"), relief.rivers, strict=True)
    ]
    shape = relief.coarse.shape
    stream = relief.upstream >= least
    end = relief.receiver == np.arange(relief.receiver.size)
    moving = stream & ~end
    inflow = np.bincount(relief.receiver[moving], minlength=stream.size)
    heads = np.flatnonzero(moving & (inflow == 0))
    used = np.zeros(stream.size, dtype=bool)
    depth = np.zeros(stream.size, dtype=np.int64)
    for level, cells in enumerate(tree_levels(relief.receiver)):
        depth[cells] = level
    names = place_names(rng, len(heads))
    for name, head in zip(names, heads[np.argsort(-depth[heads], kind="stable")], strict=True):
        path = [int(head)]
        while not used[path[-1]] and not end[path[-1]]:
            used[path[-1]] = True
            path.append(int(relief.receiver[path[-1]]))
        if len(path) > 4:
            tail = "河" if relief.upstream[path[-2]] > 12 else "溪"
            line = smoothed(np.array(path), shape, 1.3)
            made.append(Way(name.rstrip("坑溪") + tail, "stream", line))
    return made
