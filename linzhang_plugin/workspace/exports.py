"""Export a year's plan into the files that other platforms and phones take."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from linzhang_plugin.core.messages import StoreError, tr
from linzhang_plugin.core.progress import Progress, silent, step
from linzhang_plugin.core.tables.export_tables import export_layers, names_of
from linzhang_plugin.core.tables.units import basis_area
from linzhang_plugin.workspace import ogr_files
from linzhang_plugin.workspace.connection import said
from linzhang_plugin.workspace.kml import safe_name, write_kml
from linzhang_plugin.workspace.ogr_files import Kind
from linzhang_plugin.workspace.store import Workspace

PROFILES: dict[str, Kind | None] = {
    "gpkg": ogr_files.GPKG,
    "shp": ogr_files.SHP,
    "kml": None,
    "xlsx": ogr_files.XLSX,
    "gdb": ogr_files.GDB,
}
"""Formats by name; KML is written without OGR."""


@dataclass(frozen=True)
class Exported:
    """What an export wrote.

    Attributes:
        files: The files in the folder.
        n_grids: Grids.
        mu: Their mu.
        stands_mu: Mu of the stands in the plan.
        cut: Columns in which a text was too long for the format.
        left_out: Tables and columns left out of a public edition.
    """

    files: tuple[Path, ...]
    n_grids: int
    mu: float
    stands_mu: float
    cut: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def export_plan(
    workspace: Workspace,
    year: int,
    profile: str,
    folder: Path,
    public: bool = False,
    names: Mapping[str, str] | None = None,
    progress: Progress = silent,
) -> Exported:
    """Export a plan; the files appear when all of them are whole.

    Args:
        workspace: The workspace.
        year: The plan's year.
        profile: A name in PROFILES.
        folder: Where to; made if missing, files of the same names are replaced.
        public: Without names, phones, stand numbers and internal figures.
        names: A platform's names of our fields.
        progress: Receives progress.

    Raises:
        InputError: There is no plan.
        StoreError: The format or the folder cannot be written.
    """
    kind = PROFILES[profile]
    if kind is not None and not ogr_files.can_write(kind):
        raise StoreError(
            tr("This GDAL cannot write {format}; choose another profile."), format=kind.driver
        )
    tables = {
        name: workspace.read(name)
        for name in ("grid", "grid_stand", "stand", "assignment", "person", "person_private")
    }
    stand = tables["stand"]
    basis, _ = basis_area(stand["area_m2"].to_numpy(float), stand["official_m2"].to_numpy(float))
    mu_of_stand = pd.Series(basis * 0.0015, index=stand["stand_id"])
    layers = export_layers(tables, year, public, mu_of_stand)
    step(progress, 0.3)
    stem = safe_name(f"grids_{workspace.county_code}_{year}{'_public' if public else ''}")
    with said(folder):
        folder.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".export-", dir=folder))
    try:
        cut: list[str] = []
        if kind is None:
            files = write_kml(layers[0].frame, draft, public)
        else:
            wanted = [
                (layer.table, layer.frame, names_of(layer.table, names or {}, kind.short))
                for layer in layers
            ]
            _, cut = ogr_files.write_tables(kind, draft, stem, wanted, chinese=profile == "xlsx")
        step(progress, 0.9)
        with said(folder):
            files = [_move(file, folder) for file in sorted(draft.iterdir())]
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    parts = tables["grid_stand"]
    parts = parts[parts["grid_year"] == year]
    stands_mu = float((parts["stand_id"].map(mu_of_stand) * parts["share"]).sum())
    grids = layers[0].frame
    return Exported(
        tuple(files),
        len(grids),
        float(grids["area_mu"].sum()),
        stands_mu,
        tuple(cut),
        LEFT_OUT if public else (),
    )


LEFT_OUT = ("stands", "persons", "ranger_id", "ranger_name", "workload", "travel_min", "flags")
"""What a public edition does not have."""


def _move(file: Path, folder: Path) -> Path:
    target = folder / file.name
    if target.is_dir():
        shutil.rmtree(target)
    os.replace(file, target)
    return target
