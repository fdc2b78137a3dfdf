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
    made = shared_out(far / 25.0, targets, 500, mu[main])
    grid[main] = trimmed(made, len(targets), mu[main], inner)
    for stand in np.flatnonzero(grid < 0):
        grid[stand] = grid[main[np.argmin(np.hypot(*(xy[main] - xy[stand]).T))]]
    return grid


def trimmed(grid: Ints, k: int, mu: Floats, links: Ints) -> Ints:
    """Let grids above LARGEST give stands at their rim to the smallest grid beside them."""
    grid = grid.copy()
    for _ in range(400):
        size = np.bincount(grid, mu, minlength=k)
        big = int(np.argmax(size))
        if size[big] <= LARGEST * 0.98:
            break
        out = np.concatenate([links, links[:, ::-1]])
        rim = out[(grid[out[:, 0]] == big) & (grid[out[:, 1]] != big)]
        pieces = connected(grid, links)[1]
        for own, other in rim[np.lexsort((rim[:, 0], size[grid[rim[:, 1]]]))]:
            moved = grid.copy()
            moved[own] = grid[other]
            if connected(moved, links)[1] <= pieces:
                grid = moved
                break
        else:
            break
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
    garden = Garden(rng, plan, of_town, mu, town, links)
    enclaves = garden.enclaves(wanted[0])
    doubles = garden.doubles(wanted[1])
    orphans = garden.orphans(wanted[2])
    return Drawn(garden.grid, of_town, tuple(enclaves), tuple(doubles), tuple(orphans))


class Garden:
    """A plan in which defects are planted, none beside another."""

    def __init__(
        self,
        rng: np.random.Generator,
        plan: Ints,
        of_town: Ints,
        mu: Floats,
        town: Ints,
        links: Ints,
    ) -> None:
        """Start with a plan without defects; stands are tried in a random order."""
        self.rng = rng
        self.grid = plan.copy()
        self.of_town = of_town
        self.mu = mu
        self.town = town
        self.links = links
        self.size = np.bincount(plan, mu, minlength=len(of_town))
        self.used: set[int] = set()
        self.near: dict[int, set[int]] = {}
        for i, j in links:
            self.near.setdefault(int(i), set()).add(int(j))
            self.near.setdefault(int(j), set()).add(int(i))
        self.order = [int(i) for i in np.argsort(rng.random(len(plan)), kind="stable")]

    def around(self, stand: int) -> set[int]:
        """Give the linked stands."""
        return self.near.get(stand, set())

    def take(self, stand: int) -> None:
        """Keep further defects away from a stand."""
        self.used |= {stand} | self.around(stand)

    def spare(self, stand: int) -> bool:
        """Tell whether a stand can leave its grid without tearing it."""
        own = self.grid[stand]
        if stand in self.used or not 60.0 < self.mu[stand] < 260.0 or self.size[own] < 1800.0:
            return False
        if not any(self.grid[j] == own for j in self.around(stand)):
            return False
        without = self.grid.copy()
        without[stand] = len(self.of_town)
        before = connected(self.grid, self.links)[1]
        return connected(without, self.links)[1] == before + 1

    def enclaves(self, wanted: int) -> list[int]:
        """Give stands to grids of their town that do not reach them, in different towns."""
        made: list[int] = []
        towns: set[int] = set()
        for stand in self.order:
            if len(made) == wanted:
                break
            beside = {int(self.grid[j]) for j in self.around(stand)} | {int(self.grid[stand])}
            far = [int(g) for g in np.flatnonzero(self.of_town == self.town[stand])]
            far = [g for g in far if g not in beside]
            if int(self.town[stand]) in towns or not far or not self.spare(stand):
                continue
            self.grid[stand] = far[int(self.rng.integers(len(far)))]
            made.append(stand)
            towns.add(int(self.town[stand]))
            self.take(stand)
        return made

    def doubles(self, wanted: int) -> list[tuple[int, int]]:
        """Put stands into a neighbouring grid as well."""
        made: list[tuple[int, int]] = []
        for stand in self.order:
            if len(made) == wanted:
                break
            beside = {int(self.grid[j]) for j in self.around(stand)} - {int(self.grid[stand])}
            if stand not in self.used and beside and self.mu[stand] >= 60.0:
                made.append((stand, min(beside)))
                self.take(stand)
        return made

    def orphans(self, wanted: int) -> list[int]:
        """Take stands out of every grid."""
        made: list[int] = []
        for stand in self.order:
            if len(made) == wanted:
                break
            if self.spare(stand):
                self.grid[stand] = -1
                made.append(stand)
                self.take(stand)
        return made
