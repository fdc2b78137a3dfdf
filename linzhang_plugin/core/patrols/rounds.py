"""Rounds of the own area: when it has been walked over, its ways may be walked again."""

from __future__ import annotations

import numpy as np

from linzhang_plugin.core.patrols.areas import Areas
from linzhang_plugin.core.patrols.distance import metres_per_degree
from linzhang_plugin.core.patrols.fixes import Floats, Ints

CELL_M = 200.0
"""A cell is seen by who crosses it: about 100 m to either side."""
FAR = 2**32


class Rounds:
    """What of each person's own area has been walked in the current round."""

    def __init__(self, areas: Areas | None, share: float) -> None:
        """Take the areas; without them, or with a share of 0, no round is ever complete."""
        self.areas = areas
        self.share = share
        self._wanted: dict[str, frozenset[int]] = {}
        self._walked: dict[str, set[int]] = {}
        self._lat: dict[str, float] = {}

    def complete(self, person: str, month: str, lon: Floats, lat: Floats) -> bool:
        """Add a walk to the month's round; tell whether the area is walked over with it.

        A complete round is forgotten: the next begins.
        """
        wanted = self._area(person)
        if not wanted:
            return False
        key = f"{person}|{month}"
        walked = self._walked.setdefault(key, set())
        walked |= wanted.intersection(_cells(lon, lat, self._lat[person]).tolist())
        if len(walked) < self.share * len(wanted):
            return False
        del self._walked[key]
        return True

    def _area(self, person: str) -> frozenset[int]:
        if person not in self._wanted:
            posts = () if self.areas is None or not self.share else self.areas.posts.get(person, ())
            self._lat[person] = float(posts[0].area.centroid.y) if posts else 0.0
            cells: set[int] = set()
            for post in posts:
                cells |= self._cells_of(person, post.area.bounds)
            self._wanted[person] = frozenset(cells)
        return self._wanted[person]

    def _cells_of(self, person: str, bounds: tuple[float, float, float, float]) -> set[int]:
        """Give the cells whose middle lies in the own area, on any day."""
        east, north = (float(v) / CELL_M for v in metres_per_degree(self._lat[person]))
        west, south, right, top = bounds
        x, y = np.meshgrid(
            np.arange(np.floor(west * east), np.ceil(right * east)) + 0.5,
            np.arange(np.floor(south * north), np.ceil(top * north)) + 0.5,
        )
        lon, lat = x.ravel() / east, y.ravel() / north
        out: set[int] = set()
        assert self.areas is not None
        for post in self.areas.posts[person]:
            day = np.full(len(lon), post.first, dtype=np.int64)
            inside = self.areas.inside(person, day, lon, lat)
            if inside is not None:
                out |= set(_cells(lon[inside], lat[inside], self._lat[person]).tolist())
        return out


def _cells(lon: Floats, lat: Floats, middle: float) -> Ints:
    east, north = (float(v) / CELL_M for v in metres_per_degree(middle))
    column = np.floor(lon * east).astype(np.int64)
    row = np.floor(lat * north).astype(np.int64)
    return np.asarray(column * FAR + row)
