"""Three months of traces of the sample county, with the truth that was planted in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj
import shapely
from scipy import ndimage

from linzhang_plugin.core.sample.land import CRS
from linzhang_plugin.core.sample.outings import STEP_S, Country, Orders, add_noise, walk_all
from linzhang_plugin.core.sample.schedule import COUNTS, Duty, Outing, make_schedule, months_of
from linzhang_plugin.core.terrain.raster import Raster

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

CHINA_S = 8 * 3600
EVER = 10**6
CELL = 40.0
STRIP = 1 << 18
"""Fixes that are placed at a time."""
"""Metres between the places that a walker may head for."""
MARGIN_M = 100.0
"""The rule's margin around a grid, for the share that is planted as truth."""


@dataclass(frozen=True, eq=False)
class SampleTraces:
    """Fixes as arrays, and what was planted.

    Attributes:
        people: Person ids; ``person`` points into them.
        person: (n,).
        time: (n,) ms UTC.
        lon: (n,) degrees, WGS84.
        lat: (n,) degrees.
        ele: (n,) m, whole as phones give it.
        accuracy: (n,) m.
        truth: A row a planted patrol: ``person_id, day, start_ms, end_ms, minutes, km,
            grid_share, kind, counts, other`` (``counts``: under 章贡2021; None where the grid's
            shape leaves it open). km is the way before GPS noise; ``other`` the row repeated.
        visits: Planted visits of risk zones: ``zone_id, day, person_id``.
    """

    people: tuple[str, ...]
    person: npt.NDArray[np.int32]
    time: Ints
    lon: Floats
    lat: Floats
    ele: Floats
    accuracy: Floats
    truth: pd.DataFrame
    visits: pd.DataFrame

    def __len__(self) -> int:
        """Give the number of fixes."""
        return len(self.time)


@dataclass(frozen=True, eq=False)
class Ground:
    """What the walkers walk on.

    Attributes:
        grid: Last year's grids in EPSG:4547: ``grid_code, town_code, ranger_id``.
        person: The people: ``person_id, role, town_code, active_to``.
        dem: Heights, m, in EPSG:4547.
    """

    grid: gpd.GeoDataFrame
    person: pd.DataFrame
    dem: Raster


def duties_of(ground: Ground) -> list[Duty]:
    """Give who patrolled which grid of last year's plan, leavers to their last day.

    A leaver's grid is the town's vacant one of the same rank.
    """
    grid, people = ground.grid, ground.person
    ids = [r if isinstance(r, str) and r else "" for r in grid["ranger_id"]]
    gone = people[(people["role"] == "ranger") & people["active_to"].notna()]
    vacant = [(t, n) for n, (t, r) in enumerate(zip(grid["town_code"], ids, strict=True)) if not r]
    out = [Duty(str(r), n, EVER) for n, r in enumerate(ids) if r]
    for row in gone.sort_values("person_id").to_dict("records"):
        own = [n for town, n in vacant if town == row["town_code"]]
        if own:
            vacant.remove((row["town_code"], own[0]))
            last = int(np.datetime64(row["active_to"], "D").astype(np.int64))
            out.append(Duty(row["person_id"], own[0], last))
    return sorted(out, key=lambda duty: duty.person)


def make_traces(
    ground: Ground,
    seed: int,
    year: int,
    zones: gpd.GeoDataFrame | None = None,
    danger: frozenset[int] = frozenset(),
    months: int = 3,
) -> SampleTraces:
    """Make the traces of the last months of last year.

    Args:
        ground: Grids, people, heights.
        seed: The same seed gives the same traces.
        year: The year to be planned.
        zones: Risk zones (``zone_id``, ``grid_code``) that are visited on days of danger.
        danger: Days since 1970 on which zones are due.
        months: Number of months, counted back from December.
    """
    rng = np.random.default_rng([seed, 51])
    duties = duties_of(ground)
    periods = months_of(year)[3 - months :] if months else []
    outings = make_schedule(rng, duties, periods)
    country, far = _country(ground.grid), _far(ground.grid)
    orders = _orders(rng, ground, country, far, duties, outings, zones, danger)
    way = walk_all(rng, country, orders)
    for number, outing in enumerate(outings):  # a repeat goes where its source went
        if outing.other >= 0:
            way[:, number] = way[:, outing.other]
    truth = _truth(ground.grid, duties, outings, orders.steps, way)
    visits = _visits(zones, truth, way)
    add_noise(rng, way)
    _jump(rng, outings, orders.steps, way)
    kept = _kept(rng, outings, orders.steps, len(way))
    people = sorted({duty.person for duty in duties})
    row, column, who, time = _in_order(people, truth, kept)
    place = way[row, column]
    del way, kept, row, column  # what follows needs much memory
    lon, lat = degrees_of(place)
    return SampleTraces(
        people=tuple(people),
        person=who,
        time=time,
        lon=np.round(lon, 7, out=lon),
        lat=np.round(lat, 7, out=lat),
        ele=_heights(rng, ground, place),
        accuracy=rng.integers(3, 13, len(place)).astype(np.float64),
        truth=truth,
        visits=visits,
    )


def _country(grid: gpd.GeoDataFrame) -> Country:
    """Give places all over the largest part of each grid, off its border."""
    places, first = [], [0]
    for shape in grid.geometry:
        parts = list(getattr(shape, "geoms", [shape]))
        main = max(parts, key=lambda part: part.area)
        inner = main.buffer(-30.0)
        area = inner if not inner.is_empty else main
        west, south, east, north = area.bounds
        x, y = np.meshgrid(
            np.arange(west + CELL / 2, east, CELL), np.arange(south + CELL / 2, north, CELL)
        )
        shapely.prepare(area)
        inside = shapely.contains_xy(area, x.ravel(), y.ravel())
        found = np.stack([x.ravel()[inside], y.ravel()[inside]], axis=1)
        if not len(found):
            found = shapely.get_coordinates(area.representative_point())
        places.append(found)
        first.append(first[-1] + len(found))
    return Country(np.concatenate(places), np.array(first))


def _far(grid: gpd.GeoDataFrame) -> list[Ints]:
    """Give for each grid those at least 600 m away, nearest first."""
    shapes = grid.geometry.to_numpy()
    out = []
    for shape in shapes:
        off = shapely.distance(shapes, shape)
        order = np.argsort(off, kind="stable")
        out.append(order[off[order] > 600.0])
    return out


def _orders(
    rng: np.random.Generator,
    ground: Ground,
    country: Country,
    far: list[Ints],
    duties: list[Duty],
    outings: list[Outing],
    zones: gpd.GeoDataFrame | None,
    danger: frozenset[int],
) -> Orders:
    grid = np.array([duties[o.person].grid for o in outings], dtype=np.int64)
    for number, outing in enumerate(outings):
        if outing.kind == "out_of_grid" and len(far[grid[number]]):
            grid[number] = far[grid[number]][:4][int(rng.integers(min(4, len(far[grid[number]]))))]
    steps = np.array([round(o.minutes * 60 / STEP_S) for o in outings], dtype=np.int64)
    kinds = np.array([o.kind for o in outings], dtype=object)
    pace = rng.uniform(0.75, 1.0, len(outings))
    pace[kinds == "stationary"] = 0.0
    ride = np.where(kinds == "motorbike", np.round(0.6 * steps), 0).astype(np.int64)
    calls = _calls(rng, ground, duties, outings, zones, danger)
    return Orders(grid, steps, pace, ride, country.some(rng, grid), calls)


def _calls(
    rng: np.random.Generator,
    ground: Ground,
    duties: list[Duty],
    outings: list[Outing],
    zones: gpd.GeoDataFrame | None,
    danger: frozenset[int],
) -> dict[int, list[tuple[float, float]]]:
    """Send rangers to up to three zones of their grid on days of danger, most of the time."""
    if zones is None or not danger:
        return {}
    codes = ground.grid["grid_code"].tolist()
    by_grid: dict[str, list[tuple[float, float]]] = {}
    for code, shape in zip(zones["grid_code"], zones.geometry, strict=True):
        point = shape.representative_point()
        by_grid.setdefault(str(code), []).append((float(point.x), float(point.y)))
    calls = {}
    for number, outing in enumerate(outings):
        own = by_grid.get(codes[duties[outing.person].grid], [])
        if own and outing.day in danger and outing.kind == "normal" and rng.random() < 0.85:
            calls[number] = own[:3]
    return calls


def _jump(rng: np.random.Generator, outings: list[Outing], steps: Ints, heard: Floats) -> None:
    """Throw single fixes kilometres away."""
    for number, outing in enumerate(outings):
        if outing.kind == "jumps":
            count = int(rng.integers(3, 7))
            rows = 10 + 12 * rng.permutation((int(steps[number]) - 20) // 12)[:count]
            angle = rng.uniform(0, 2 * np.pi, len(rows))
            length = rng.uniform(2500.0, 9000.0, len(rows))
            shift = length[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
            heard[rows, number] += shift


def _kept(
    rng: np.random.Generator, outings: list[Outing], steps: Ints, longest: int
) -> npt.NDArray[np.bool_]:
    """Lose single fixes and, in some patrols, some minutes under canopy; never the ends."""
    time = np.arange(longest)[:, None]
    kept = (time <= steps[None, :]) & (rng.random((longest, len(outings))) > 0.02)
    for number in np.flatnonzero(rng.random(len(outings)) < 0.08).tolist():
        first = int(rng.integers(20, max(21, int(steps[number]) - 80)))
        kept[first : first + int(rng.integers(20, 60)), number] = False
    numbers = np.arange(len(outings))
    kept[0] = True
    kept[steps, numbers] = True
    return np.asarray(kept)


def _truth(
    grid: gpd.GeoDataFrame, duties: list[Duty], outings: list[Outing], steps: Ints, way: Floats
) -> pd.DataFrame:
    km = np.zeros(len(outings))
    for here, there in pairwise(way):
        km += np.hypot(*(there - here).T)
    km /= 1000.0
    share = np.empty(len(outings))
    wide = grid.geometry.buffer(MARGIN_M).to_numpy()
    for index, shape in enumerate(wide):
        own = [n for n, o in enumerate(outings) if duties[o.person].grid == index]
        if not own:
            continue
        shapely.prepare(shape)
        inside = shapely.contains_xy(shape, way[:, own, 0], way[:, own, 1])
        valid = np.arange(len(way))[:, None] <= steps[own][None, :]
        share[own] = (inside & valid).sum(axis=0) / valid.sum(axis=0)
    start = [(o.day * 86_400 - CHINA_S + o.start_s) * 1000 for o in outings]
    length = [int(s) * STEP_S * 1000 for s in steps]
    return pd.DataFrame(
        {
            "person_id": [duties[o.person].person for o in outings],
            "day": [str(np.datetime64(o.day, "D")) for o in outings],
            "start_ms": start,
            "end_ms": [a + b for a, b in zip(start, length, strict=True)],
            "minutes": [b / 60_000.0 for b in length],
            "km": km,
            "grid_share": share,
            "kind": [o.kind for o in outings],
            "counts": [_counts(o.kind, s) for o, s in zip(outings, share.tolist(), strict=True)],
            "other": [o.other for o in outings],
        }
    )


def _counts(kind: str, share: float) -> object:
    """Say whether the planted patrol counts; None where the place is near the limit."""
    if kind == "together":
        return None
    if kind == "short":
        return False
    if 0.45 < share < 0.55:
        return None
    return COUNTS[kind] and share >= 0.5


def _visits(zones: gpd.GeoDataFrame | None, truth: pd.DataFrame, way: Floats) -> pd.DataFrame:
    """Tell who stayed five minutes or more inside a zone, from the way before noise."""
    rows = []
    if zones is not None:
        shapes = zones.geometry.to_numpy()
        low, high = way.min(axis=0), way.max(axis=0)
        for zone, shape in zip(zones["zone_id"], shapes, strict=True):
            west, south, east, north = shape.bounds
            near = np.flatnonzero(
                (low[:, 0] <= east) & (high[:, 0] >= west)
                & (low[:, 1] <= north) & (high[:, 1] >= south)
            )  # fmt: skip
            if not len(near):
                continue
            shapely.prepare(shape)
            stay = shapely.contains_xy(shape, way[:, near, 0], way[:, near, 1])
            last = np.round(truth["minutes"].to_numpy()[near] * 60 / STEP_S)
            stay &= np.arange(len(way))[:, None] <= last[None, :]
            for number in near[stay.sum(axis=0) * STEP_S >= 300].tolist():
                rows.append((zone, truth["day"].iloc[number], truth["person_id"].iloc[number]))
    return pd.DataFrame(sorted(set(rows)), columns=["zone_id", "day", "person_id"])


def _in_order(
    people: list[str], truth: pd.DataFrame, kept: npt.NDArray[np.bool_]
) -> tuple[Ints, Ints, npt.NDArray[np.int32], Ints]:
    """Give the kept fixes in order of person and time: step, outing, person, time in ms."""
    column, row = np.nonzero(kept.T)
    start = truth["start_ms"].to_numpy(dtype=np.int64)
    time = start[column] + row * (STEP_S * 1000)
    code = {person: number for number, person in enumerate(people)}
    who = np.array([code[person] for person in truth["person_id"]], dtype=np.int32)[column]
    order = np.lexsort((time, who))
    return row[order], column[order], who[order], np.asarray(time[order])


def degrees_of(xy: Floats) -> tuple[Floats, Floats]:
    """Give longitude and latitude of places on the map, to a millimetre.

    The projection is reckoned on a lattice of 250 m around the county and interpolated: millions
    of places would take seconds otherwise.
    """
    if not len(xy):
        return np.zeros(0), np.zeros(0)
    low, high, cell = xy.min(axis=0) - 500.0, xy.max(axis=0) + 500.0, 250.0
    size = np.ceil((high - low) / cell).astype(int) + 2
    x, y = np.meshgrid(low[0] + cell * np.arange(size[0]), low[1] + cell * np.arange(size[1]))
    to_degrees = pyproj.Transformer.from_crs(CRS, 4490, always_xy=True)
    lon, lat = to_degrees.transform(x, y)
    found_lon, found_lat = np.empty(len(xy)), np.empty(len(xy))
    for rows in _strips(len(xy)):
        at = np.stack([(xy[rows, 1] - low[1]) / cell, (xy[rows, 0] - low[0]) / cell])
        found_lon[rows] = ndimage.map_coordinates(lon, at, order=1)
        found_lat[rows] = ndimage.map_coordinates(lat, at, order=1)
    return found_lon, found_lat


def _heights(rng: np.random.Generator, ground: Ground, place: Floats) -> Floats:
    """Give the relief's height at each fix with the error of a phone, whole metres."""
    made = np.empty(len(place))
    for rows in _strips(len(place)):
        height = ground.dem.at(place[rows, 0], place[rows, 1])
        known = np.where(np.isnan(height), 150.0, height)
        made[rows] = np.round(known + rng.normal(0.0, 4.0, len(height)))
    return made


def _strips(count: int) -> Iterator[slice]:
    """Give the rows piece by piece: millions at once would take several times their memory."""
    for first in range(0, count, STRIP):
        yield slice(first, min(first + STRIP, count))
