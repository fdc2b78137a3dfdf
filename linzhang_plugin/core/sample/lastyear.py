"""Last year's plan, poor on purpose: too large, too small, torn, doubled, forgotten."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

from linzhang_plugin.core.sample.growth import shared_out, spread_points

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

ENCLAVES, DOUBLES, ORPHANS = 3, 2, 2
LARGEST, SMALLEST = 9_500.0, 900.0


@dataclass(frozen=True, eq=False)
class Drawn:
    """A plan over n stands.

    Attributes:
        grid: (n,) grid of each stand, -1 for an orphan.
        town: (g,) town of each grid.
        enclaves: Stands torn from their grid.
        doubles: (stand, further grid) pairs: stands that are in two grids.
        orphans: Stands in no grid.
    """

    grid: Ints
    town: Ints
    enclaves: tuple[int, ...]
    doubles: tuple[tuple[int, int], ...]
    orphans: tuple[int, ...]


def draw(
    rng: np.random.Generator,
    xy: Floats,
    mu: Floats,
    town: Ints,
    grids: Ints,
    links: Ints,
    scale: float,
) -> Drawn:
    """Draw the plan.

    Args:
        rng: Random numbers.
        xy: (n, 2) centres, m.
        mu: (n,) areas.
        town: (n,) town of each stand.
        grids: (t,) number of grids of each town.
        links: (m, 2) links between stands of a town.
        scale: Size of the county; small ones get fewer defects.
    """
    plan = np.full(len(xy), -1)
    of_town: list[int] = []
    for index, count in enumerate(grids):
        own = np.flatnonzero(town == index)
        if not count or not len(own):
            continue
        targets = poor_targets(rng, int(count), float(mu[own].sum()))
        part = grow(rng, xy[own], mu[own], targets, local_links(links, own, len(xy)))
        plan[own] = len(of_town) + part
        of_town += [index] * int(count)
    wanted = [max(1, round(n * min(scale, 1.0))) for n in (ENCLAVES, DOUBLES, ORPHANS)]
    return planted(rng, plan, np.array(of_town), mu, town, links, wanted)


def poor_targets(rng: np.random.Generator, count: int, total: float) -> Floats:
    """Give sizes between 900 and 9,500 mu that nobody would choose."""
    if count == 1:
        return np.array([total])
    share = np.exp(0.5 * rng.standard_normal(count))
    if count > 20:
        share[0], share[1] = 9_300.0 * count / total, 960.0 * count / total
    size = share / share.mean() * total / count
    for _ in range(30):
        size = np.clip(size, SMALLEST * 1.3, LARGEST * 0.88)
        size *= total / size.sum()
    return size


def local_links(links: Ints, own: Ints, n: int) -> Ints:
    """Give the links among some units, renumbered."""
    place = np.full(n, -1)
    place[own] = np.arange(len(own))
    here = place[links]
    return np.asarray(here[(here >= 0).all(axis=1)])


def grow(rng: np.random.Generator, xy: Floats, mu: Floats, targets: Floats, links: Ints) -> Ints:
    """Divide a town's stands into connected grids near the targets; islands join the nearest."""
    if len(targets) == 1:
        return np.zeros(len(xy), dtype=np.int64)
    piece, count = connected(np.zeros(len(xy), dtype=np.int64), links)
    main = np.flatnonzero(piece == np.argmax(np.bincount(piece, mu, minlength=count)))
    inner = local_links(links, main, len(xy))
    length = np.hypot(*(xy[main][inner[:, 0]] - xy[main][inner[:, 1]]).T)
    graph = sparse.coo_matrix((length, (inner[:, 0], inner[:, 1])), shape=(len(main), len(main)))
    even = np.full(len(main), 0.5)
    seeds = spread_points(rng, xy[main, 0], xy[main, 1], len(targets), even)
    far = csgraph.dijkstra(graph.tocsr(), directed=False, indices=seeds)
    grid = np.full(len(xy), -1)
    grid[main] = shared_out(far / 25.0, targets, 500, mu[main])
    for stand in np.flatnonzero(grid < 0):
        grid[stand] = grid[main[np.argmin(np.hypot(*(xy[main] - xy[stand]).T))]]
    return grid


def connected(grid: Ints, links: Ints) -> tuple[Ints, int]:
    """Number the connected pieces of the grids."""
    same = links[grid[links[:, 0]] == grid[links[:, 1]]]
    n = len(grid)
    graph = sparse.coo_matrix((np.ones(len(same)), (same[:, 0], same[:, 1])), shape=(n, n))
    count, piece = csgraph.connected_components(graph, directed=False)
    return piece, int(count)


def planted(
    rng: np.random.Generator,
    plan: Ints,
    of_town: Ints,
    mu: Floats,
    town: Ints,
    links: Ints,
    wanted: list[int],
) -> Drawn:
    """Plant enclaves, doubles and orphans at stands whose loss tears nothing else apart."""
    grid = plan.copy()
    used: set[int] = set()
    near: dict[int, set[int]] = {}
    for i, j in links:
        near.setdefault(int(i), set()).add(int(j))
        near.setdefault(int(j), set()).add(int(i))
    order = [int(i) for i in np.argsort(rng.random(len(plan)), kind="stable")]
    size = np.bincount(plan, mu, minlength=len(of_town))

    def spare(stand: int) -> bool:
        if stand in used or not 60.0 < mu[stand] < 260.0 or size[plan[stand]] < 1800.0:
            return False
        around = {j for j in near.get(stand, ()) if grid[j] == grid[stand]}
        before = connected(grid, links)[1]
        without = grid.copy()
        without[stand] = len(of_town)
        return bool(around) and connected(without, links)[1] == before + 1

    enclaves: list[int] = []
    towns_used: set[int] = set()
    for stand in order:
        if len(enclaves) == wanted[0]:
            break
        same_town = [
            g
            for g in np.flatnonzero(of_town == town[stand])
            if g != grid[stand] and all(grid[j] != g for j in near.get(stand, ()))
        ]
        if town[stand] in towns_used or not same_town or not spare(stand):
            continue
        grid[stand] = same_town[int(rng.integers(len(same_town)))]
        enclaves.append(stand)
        towns_used.add(int(town[stand]))
        used.update({stand, *near.get(stand, ())})
    doubles: list[tuple[int, int]] = []
    for stand in order:
        if len(doubles) == wanted[1]:
            break
        beside = sorted({int(grid[j]) for j in near.get(stand, ()) if grid[j] != grid[stand]})
        if stand in used or not beside or mu[stand] < 60.0:
            continue
        doubles.append((stand, beside[0]))
        used.update({stand, *near.get(stand, ())})
    orphans: list[int] = []
    for stand in order:
        if len(orphans) == wanted[2]:
            break
        if spare(stand):
            grid[stand] = -1
            orphans.append(stand)
            used.update({stand, *near.get(stand, ())})
    return Drawn(grid, of_town, tuple(enclaves), tuple(doubles), tuple(orphans))
