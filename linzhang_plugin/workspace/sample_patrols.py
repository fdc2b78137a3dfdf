"""The sample county's patrols: tables for the workspace, fixes for the trace store, files."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from linzhang_plugin.core.messages import StoreError, tr
from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.fixes import Fixes
from linzhang_plugin.core.progress import Progress, silent, step
from linzhang_plugin.core.terrain.raster import Raster
from linzhang_plugin.workspace.traces import TraceStore

COLUMNS = ("person", "time", "lon", "lat", "ele", "accuracy")
"""What a fix of the sample has."""


@dataclass(frozen=True, eq=False)
class SamplePatrols:
    """What the sample's patrols bring.

    Attributes:
        frames: Rows by table.
        fixes: Fixes for the trace store.
        files: Files that are still to be imported, by name.
    """

    frames: Mapping[str, pd.DataFrame]
    fixes: Fixes | None
    files: Mapping[str, bytes]


def sample_patrols(
    frames: Mapping[str, pd.DataFrame],
    dem: Raster | None,
    seed: int,
    year: int,
    scale: float,
    months: int,
    progress: Progress = silent,
) -> SamplePatrols:
    """Make events, risk zones, fire periods, danger days, leave and traces of the last quarter.

    Args:
        frames: The sample county's tables (grid, person, assignment).
        dem: Its relief; without one there are no traces.
        seed: Seed.
        year: The year to be planned.
        scale: Share of the full county.
        months: Months of traces, 0 to 3.
        progress: Receives progress.
    """
    # The sample's own modules are only needed here, and take time to load.
    from linzhang_plugin.core.sample import cadres, dangers, happenings
    from linzhang_plugin.core.sample.received import make_received
    from linzhang_plugin.core.sample.tracks import Ground, duties_of, make_traces

    grid, person = frames["grid"], frames["person"]
    if not isinstance(grid, gpd.GeoDataFrame) or dem is None:
        return SamplePatrols({}, None, {})
    zones = dangers.risk_zones(grid, seed, scale)
    days = dangers.danger_days(seed, year)
    ground = Ground(grid, person, dem)
    duties = duties_of(ground)
    made: dict[str, pd.DataFrame] = {
        "risk_zone": zones,
        "danger_day": days,
        "fire_period": dangers.fire_periods(year),
        "event": happenings.events(grid, frames["assignment"], seed, year, scale),
        "absence": happenings.absences(seed, year, sorted(duty.person for duty in duties)),
    }
    extreme = dangers.extreme_days(days)
    if isinstance(person, gpd.GeoDataFrame):
        own = cadres.make_helpers(person, zones, extreme, seed, year)
        everybody = pd.concat([person, own.person], ignore_index=True)
        made["person"] = gpd.GeoDataFrame(everybody, crs=person.crs)
        made["helper_shift"], made["checkin"] = own.shift, own.checkin
    held = [
        (grid["grid_code"].iloc[duty.grid], duty.person, str(np.datetime64(duty.last, "D")))
        for duty in duties
        if duty.last < 10**6
    ]
    made["assignment"] = _with_leavers(frames["assignment"], held, year - 1)
    step(progress, 0.1)
    if not months:
        return SamplePatrols(made, None, {})
    traces = make_traces(ground, seed, year, zones, extreme, months)
    step(progress, 0.8)
    made["platform_day"], _ = happenings.platform_days(seed, traces.truth)
    made["objection"] = happenings.objections(traces.truth)
    received = make_received(traces)
    rows = np.flatnonzero(~received.waiting)
    zero = np.zeros(len(rows), dtype=np.int32)
    people = traces.people
    columns = {name: getattr(traces, name) for name in COLUMNS}
    del traces  # each column is dropped as its rows are taken: there are millions
    for name in COLUMNS:
        columns[name] = columns[name][rows]
    fixes = Fixes(people=people, track=zero, sources=("示例",), source=zero, line=zero, **columns)
    step(progress, 1.0)
    return SamplePatrols(made, fixes, received.files)


def _with_leavers(
    assignment: pd.DataFrame, held: list[tuple[str, str, str]], year: int
) -> pd.DataFrame:
    """Add who had the grids that are vacant now, up to the day of leaving."""
    rows = [
        {
            "grid_code": code,
            "grid_year": year,
            "person_id": person,
            "duty": "ranger",
            "start_on": f"{year}-01-01",
            "end_on": last,
        }
        for code, person, last in held
    ]
    return pd.concat([assignment, pd.DataFrame(rows)], ignore_index=True) if rows else assignment


def keep_traces(made: SamplePatrols, workspace: Path) -> Path | None:
    """Put the fixes into the new workspace's trace store and the files beside the workspace.

    Traces of a workspace that was there before are set aside as ``….traces.bak``: they are of
    other people, and must not be judged as these.

    Returns:
        The folder of files to be imported, None without any.

    Raises:
        StoreError: The folder cannot be written.
    """
    store = TraceStore(workspace)
    folder = workspace.with_name(f"{workspace.stem}_待导入轨迹")
    try:
        if store.folder.exists():
            kept = store.folder.with_name(store.folder.name + ".bak")
            shutil.rmtree(kept, ignore_errors=True)
            store.folder.rename(kept)
    except OSError as error:
        raise StoreError(
            tr("The folder {path} cannot be written ({reason}); check disk and permissions."),
            path=str(store.folder),
            reason=str(error.strerror or error),
        ) from error
    if made.fixes is not None:
        store.add(made.fixes, Clock())
    if not made.files:
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in sorted(made.files.items()):
            (folder / name).write_bytes(data)
    except OSError as error:
        raise StoreError(
            tr("The folder {path} cannot be written ({reason}); check disk and permissions."),
            path=str(folder),
            reason=str(error.strerror or error),
        ) from error
    return folder
