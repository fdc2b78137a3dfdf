"""The whole work of optimizegrids as one function that a child process runs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from linzhang_plugin.core.grids.arrays import Array
from linzhang_plugin.core.grids.county import Map, in_turn, optimize_grids
from linzhang_plugin.core.grids.intake import StandFields, read_rangers, read_stands
from linzhang_plugin.core.grids.land.bridges import find_bridges, walkable
from linzhang_plugin.core.grids.land.links import link_stands
from linzhang_plugin.core.grids.land.shapes import sound
from linzhang_plugin.core.grids.land.travel import Ground
from linzhang_plugin.core.grids.land.workload import add_workload
from linzhang_plugin.core.grids.model import Ints
from linzhang_plugin.core.grids.params import GridParams
from linzhang_plugin.core.grids.plan import GridPlan
from linzhang_plugin.core.grids.rules import GridRules
from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.progress import Progress, part, silent, step
from linzhang_plugin.core.terrain.raster import Raster, read_raster


@dataclass(frozen=True, eq=False)
class Request:
    """Everything that one optimisation takes, in the layers' own CRS; picklable.

    Attributes:
        stands: The stand layer.
        fields: Its columns.
        rangers: RANGERS or None.
        previous: Last year's grids (``grid_code, ranger_name``) or None.
        params: Wishes and limits.
        rules: Presets and factors.
        basis: AREA_BASIS.
        barriers: Lines or polygons or None.
        bridges: Where barriers are crossed besides the roads: any geometry, or None.
        roads: Lines or None.
        risk_zones: Polygons or None.
        dem: Path of a DEM, or a raster, or None.
        used_codes: Codes that are never issued again.
    """

    stands: gpd.GeoDataFrame
    fields: StandFields
    rangers: gpd.GeoDataFrame | None = None
    previous: pd.DataFrame | None = None
    params: GridParams = field(default_factory=GridParams)
    rules: GridRules = field(default_factory=GridRules)
    basis: int = 0
    barriers: gpd.GeoDataFrame | None = None
    bridges: gpd.GeoDataFrame | None = None
    roads: gpd.GeoDataFrame | None = None
    risk_zones: gpd.GeoDataFrame | None = None
    dem: str | Raster | None = None
    used_codes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Prepared:
    """Checked tables in the computing zone, with links and workload."""

    stands: gpd.GeoDataFrame
    links: Ints
    rangers: gpd.GeoDataFrame | None
    ground: Ground
    notices: list[Message]


def check(request: Request) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame | None, list[Message]]:
    """Read and check stands and rangers before any work.

    Raises:
        InputError: One sentence naming layer, field or row and what to do.
    """
    stands, notices = read_stands(request.stands, request.fields, request.rules, request.basis)
    if not request.fields.town:
        notices.append(Message("No TOWN_FIELD was given: the whole layer is divided as one town."))
    if request.rangers is None and request.params.grid_count > len(stands):
        raise InputError(
            tr("GRID_COUNT is {count}, but there are only {n} stands; lower it or split stands."),
            count=request.params.grid_count,
            n=len(stands),
        )
    low, high = request.params.min_mu, request.params.max_mu
    if low is not None and high is not None and low > high:
        raise InputError(
            tr("MIN_MU {low} is above MAX_MU {high}; exchange them."), low=low, high=high
        )
    rangers = read_rangers(
        request.rangers, stands, bool(request.fields.town), bool(request.fields.previous)
    )
    return stands, rangers, notices


def prepare(request: Request, progress: Progress = silent) -> Prepared:
    """Check, find links and measure the workload.

    Raises:
        InputError: The inputs cannot be used.
        CancelledError: ``progress`` said stop.
    """
    step(progress, 0.0, Message("Checking the inputs."))
    stands, rangers, notices = check(request)
    if not len(stands) or stands.crs is None:
        raise InputError(tr("Layer {layer} has no features; choose another one."), layer="STANDS")
    barriers = _shapes(request.barriers, stands)
    roads = _shapes(None if request.roads is None else walkable(request.roads), stands)
    bridges = None
    if barriers is not None and len(barriers):
        bridges = find_bridges(barriers, roads, _shapes(request.bridges, stands))
        notices.append(
            Message("{n} places were found where barriers can be crossed.", {"n": len(bridges)})
        )
    dem = read_raster(request.dem) if isinstance(request.dem, str) and request.dem else request.dem
    towns = pd.factorize(stands["town_code"], sort=True)[0].astype(np.int64)
    links = link_stands(
        stands.geometry.to_numpy(), towns, request.params.link_distance, barriers,
        part(progress, 0.1, 0.8), bridges,
    )  # fmt: skip
    step(progress, 0.8, Message("Measuring the workload."))
    lines = None if roads is None else gpd.GeoDataFrame(geometry=roads, crs=stands.crs)
    zones = None if request.risk_zones is None else request.risk_zones.to_crs(stands.crs)
    raster = dem if isinstance(dem, Raster) else None
    stands = add_workload(stands, request.rules, raster, lines, zones)
    notices += _missing(stands, request)
    return Prepared(stands, links, rangers, Ground(raster, roads, barriers, bridges), notices)


def _shapes(layer: gpd.GeoDataFrame | None, stands: gpd.GeoDataFrame) -> Array | None:
    """Give a layer's shapes in the stands' CRS, without empty ones."""
    if layer is None:
        return None
    shapes = layer.geometry.to_crs(stands.crs).to_numpy()
    shapes = shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))]
    return np.where(shapely.is_valid(shapes), shapes, shapely.make_valid(shapes))


def _missing(stands: gpd.GeoDataFrame, request: Request) -> list[Message]:
    """Name each optional input that is missing, with what gets coarser."""
    said = []
    if stands["slope_class"].isna().all() and not request.fields.workload:
        said.append(Message("No slope (DEM or slope field): steep and flat stands count alike."))
    if request.roads is None and not request.fields.workload:
        said.append(Message("No ROADS: far and near stands count alike."))
    if request.dem is None and request.rangers is not None:
        said.append(Message("No DEM: walking times follow a straight line with a detour factor."))
    if not request.fields.village:
        said.append(Message("No VILLAGE_FIELD: villages are not kept together."))
    return said


def optimize(request: Request, workers: int, scheduler: str, progress: Progress) -> GridPlan:
    """Do one optimisation from layers to tables in the layers' CRS.

    Args:
        request: The inputs.
        workers: Processes for the townships; 0 for one a core.
        scheduler: Dask address, empty for processes here.
        progress: Reports.

    Raises:
        InputError, ConflictError, CancelledError: See :func:`prepare` and
            :func:`~linzhang_plugin.core.grids.county.optimize_grids`.
    """
    ready = prepare(request, part(progress, 0.0, 0.2))
    plan = optimize_grids(
        ready.stands, ready.links, ready.rangers, request.previous, request.params,
        part(progress, 0.2, 0.97), a_map(workers, scheduler), request.rules,
        ready.ground, request.used_codes,
    )  # fmt: skip
    return in_layer_crs(plan, request, ready.notices)


def a_map(workers: int, scheduler: str) -> Map:
    """Give the ``map`` for townships: Dask, processes, or one after the other."""
    import importlib

    if workers == 1 and not scheduler:
        return in_turn
    # Batch stands above the engines: it is looked up by name, not imported.
    batch = importlib.import_module("linzhang_plugin.core.batch")
    return batch.on_dask(scheduler) if scheduler else batch.in_processes(workers)


def moved_soundly(frame: gpd.GeoDataFrame, crs: object) -> gpd.GeoDataFrame:
    """Give a frame in another CRS with valid shapes."""
    made = frame.to_crs(crs)
    return made.set_geometry(
        gpd.GeoSeries(sound(made.geometry.to_numpy()), index=made.index, crs=made.crs)
    )


def in_layer_crs(plan: GridPlan, request: Request, notices: list[Message]) -> GridPlan:
    """Bring a plan back into the stand layer's CRS, stands with their own geometry and columns."""
    crs = request.stands.crs
    stands = plan.stands.copy()
    stands = stands.set_geometry(
        gpd.GeoSeries(request.stands.geometry.to_numpy(), crs=crs, index=stands.index), crs=crs
    )
    own = request.stands.drop(columns=request.stands.geometry.name).reset_index(drop=True)
    fresh = [name for name in own.columns if name not in stands.columns]
    stands = gpd.GeoDataFrame(pd.concat([stands, own[fresh]], axis=1), crs=crs)
    shape_of = dict(zip(stands["stand_id"], stands.geometry.to_numpy(), strict=True))
    moved = [shape_of[stand] for stand in plan.changes["stand_id"]]
    changes = plan.changes.set_geometry(
        gpd.GeoSeries(moved, crs=crs, index=plan.changes.index), crs=crs
    )
    return replace(
        plan,
        grids=moved_soundly(plan.grids, crs),
        stands=stands,
        changes=changes,
        notices=(*notices, *plan.notices),
    )
