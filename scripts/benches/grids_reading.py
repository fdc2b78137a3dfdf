"""Read a districting instance (units.csv, edges.csv, meta.json) and write a plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from linzhang_plugin.core.grids.model import NOWHERE, Problem
from linzhang_plugin.core.messages import InputError

MU_M2 = 10_000 / 15


def read_instance(folder: Path) -> tuple[Problem, dict[str, Any], pd.Series]:
    """Give the problem, the meta data and the unit ids in row order."""
    meta, units, edges = read_files(folder)
    row = pd.Series(np.arange(len(units)), index=units["id"])
    ends = np.stack([row.loc[edges["i"]].to_numpy(), row.loc[edges["j"]].to_numpy()], axis=1)
    links = np.sort(ends.astype(np.int64), axis=1)
    links = np.unique(links[links[:, 0] != links[:, 1]], axis=0)
    columns = [name for name in units.columns if name.startswith("weight")]
    weights = units[columns].to_numpy(float)
    k = int(meta["k"])
    if k > len(units):
        raise InputError("{folder}: {n} units for {k} districts; lower k in meta.json.",
                         folder=str(folder), n=len(units), k=k)  # fmt: skip
    lower, upper = bounds(meta, weights, k)
    refuse_heavy(folder, units, columns, lower, upper)
    mean = float(weights[:, 0].sum()) / k
    nowhere = np.full(len(units), NOWHERE, dtype=np.int64)
    previous, travel = nowhere, None
    if (folder / "rangers.csv").exists() and "last_year" in units:
        previous, travel = read_rangers(folder, units, edges, ends)
    area = units["area"].to_numpy(float) * 1e6 / MU_M2 if "area" in units else weights[:, 0]
    village = (
        pd.factorize(units["village"], sort=True)[0].astype(np.int64)
        if "village" in units
        else nowhere
    )
    problem = Problem(
        str(meta.get("name", folder.name)), units[["x", "y"]].to_numpy(float), weights, area,
        links, lower, upper, np.full(k, mean), previous, previous, nowhere,
        np.zeros(k, dtype=bool), village, travel,
    )  # fmt: skip
    return problem, meta, units["id"]


def read_files(folder: Path) -> tuple[dict[str, Any], pd.DataFrame, pd.DataFrame]:
    """Read the three files and refuse what cannot be an instance, in one sentence."""
    if not folder.is_dir():
        raise InputError("{folder} is no folder; give the folder of an instance.",
                         folder=str(folder))  # fmt: skip
    for name in ("meta.json", "units.csv", "edges.csv"):
        if not (folder / name).is_file():
            raise InputError("{folder} has no {name}; give the folder of an instance.",
                             folder=str(folder), name=name)  # fmt: skip
    meta = read_meta(folder)
    units = read_rows(folder, "units.csv", ("id", "x", "y", "weight"))
    edges = read_rows(folder, "edges.csv", ("i", "j"))
    if units.empty:
        raise InputError("units.csv of {folder} has no rows; add a row a unit.",
                         folder=str(folder))  # fmt: skip
    numbers = [c for c in units.columns if c in ("x", "y") or c.startswith("weight")]
    for column in numbers:
        units[column] = pd.to_numeric(units[column], errors="coerce")
        good = np.isfinite(units[column].to_numpy(float))
        if column.startswith("weight"):
            good &= units[column].to_numpy(float) >= 0
        if not good.all():
            row = int(np.flatnonzero(~good)[0])
            raise InputError(
                "units.csv of {folder}, row {row} (unit {id}): {column} must be a number{rule}.",
                folder=str(folder), row=row + 1, id=units["id"].iloc[row], column=column,
                rule=" of at least 0" if column.startswith("weight") else "",
            )  # fmt: skip
    if not float(units["weight"].sum()) > 0:
        raise InputError("units.csv of {folder}: all weights are 0; nothing can be balanced.",
                         folder=str(folder))  # fmt: skip
    twice = units.loc[units["id"].duplicated(), "id"]
    if len(twice):
        raise InputError("units.csv of {folder} has unit {id} twice; keep one row of it.",
                         folder=str(folder), id=twice.iloc[0])  # fmt: skip
    for column in ("i", "j"):
        unknown = edges.loc[~edges[column].isin(units["id"]), column]
        if len(unknown):
            raise InputError("edges.csv of {folder} links unit {id}, which units.csv lacks.",
                             folder=str(folder), id=unknown.iloc[0])  # fmt: skip
    return meta, units, edges


def read_meta(folder: Path) -> dict[str, Any]:
    """Read meta.json; k is a whole number, and either a tolerance or L and U are given."""
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8-sig"))
    except (ValueError, UnicodeDecodeError) as error:
        raise InputError("meta.json of {folder} is not valid JSON ({why}); mend it.",
                         folder=str(folder), why=str(error)) from error  # fmt: skip
    if not isinstance(meta, dict) or "k" not in meta:
        raise InputError("meta.json of {folder} has no k; add the number of districts.",
                         folder=str(folder))  # fmt: skip
    k = meta["k"]
    if isinstance(k, bool) or not isinstance(k, (int, float)) or k != int(k) or k < 1:
        raise InputError("meta.json of {folder}: k is {k}; it must be a whole number from 1.",
                         folder=str(folder), k=k)  # fmt: skip
    if "tolerance" not in meta and not ("L" in meta and "U" in meta):
        raise InputError(
            "meta.json of {folder} has neither tolerance nor L and U; add one of them.",
            folder=str(folder),
        )
    for name in ("tolerance", "L", "U"):
        try:
            known = np.asarray(meta.get(name, 0.0), dtype=float)
        except (TypeError, ValueError):
            known = np.array([np.nan])
        if not np.isfinite(known).all() or (known < 0).any():
            raise InputError("meta.json of {folder}: {name} is {value}; it must be a number.",
                             folder=str(folder), name=name, value=meta[name])  # fmt: skip
    return meta


def read_rows(folder: Path, name: str, needed: tuple[str, ...]) -> pd.DataFrame:
    """Read a table whose ids are text, and name the column that is missing."""
    try:
        table = pd.read_csv(
            folder / name, dtype=dict.fromkeys(("id", "i", "j"), str), encoding="utf-8-sig"
        )
    except (ValueError, UnicodeDecodeError) as error:
        raise InputError("{name} of {folder} cannot be read as a table ({why}).",
                         folder=str(folder), name=name, why=str(error)) from error  # fmt: skip
    for column in needed:
        if column not in table.columns:
            raise InputError("{name} of {folder} has no column {column}; it has {known}.",
                             folder=str(folder), name=name, column=column,
                             known=", ".join(map(str, table.columns)))  # fmt: skip
    for column in {"id", "i", "j"} & set(table.columns):
        table[column] = table[column].str.strip()
        empty = table[column].isna().to_numpy()
        if empty.any():
            raise InputError("{name} of {folder}, row {row}: {column} is empty.",
                             folder=str(folder), name=name, column=column,
                             row=int(np.flatnonzero(empty)[0]) + 1)  # fmt: skip
    return table


def bounds(meta: dict[str, Any], weights: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """(k, w) least and greatest totals: L and U, or the tolerance about each weight's mean."""
    mean = weights.sum(axis=0) / k
    share = float(meta.get("tolerance", 0.0))
    low, high = mean * (1 - share), mean * (1 + share)
    if "L" in meta and "U" in meta:
        low = np.broadcast_to(np.asarray(meta["L"], dtype=float), low.shape)
        high = np.broadcast_to(np.asarray(meta["U"], dtype=float), high.shape)
    return np.tile(low, (k, 1)), np.tile(high, (k, 1))


def refuse_heavy(
    folder: Path, units: pd.DataFrame, columns: list[str], low: np.ndarray, high: np.ndarray
) -> None:
    """Name a unit that is heavier than a district may be, or bounds that the total cannot keep."""
    for at, column in enumerate(columns):
        weights = units[column].to_numpy(float)
        most, total = float(high[:, at].max()), float(weights.sum())
        worst = int(weights.argmax())
        if weights[worst] > most * (1 + 1e-12):
            raise InputError(
                "units.csv of {folder}: unit {id} has {column} {weight}, more than the {most} of a "
                "district; split it, lower k or widen the tolerance.",
                folder=str(folder), id=units["id"].iloc[worst], column=column,
                weight=f"{weights[worst]:.10g}", most=f"{most:.10g}",
            )  # fmt: skip
        if not low[:, at].sum() * (1 - 1e-9) <= total <= high[:, at].sum() * (1 + 1e-9):
            raise InputError(
                "meta.json of {folder}: {k} districts of {least} to {most} cannot hold the total "
                "{column} of {total}; change k or the bounds.",
                folder=str(folder), k=len(low), least=f"{low[:, at].min():.10g}",
                most=f"{most:.10g}", column=column, total=f"{total:.10g}",
            )  # fmt: skip


def read_rangers(
    folder: Path, units: pd.DataFrame, edges: pd.DataFrame, ends: np.ndarray
) -> tuple[np.ndarray, np.ndarray | None]:
    """(n,) last year's grid and (n, k) minutes there and back from the rangers' homes."""
    rangers = pd.read_csv(folder / "rangers.csv")
    number = pd.Series(np.arange(len(rangers)), index=rangers["last_grid"])
    previous = number.reindex(units["last_year"]).fillna(NOWHERE).to_numpy().astype(np.int64)
    homes = [name for name in rangers.columns if name.lower() in ("x", "home_x", "hx")]
    if "travel_min" not in edges or not homes:
        return previous, None
    spot = [homes[0], homes[0].replace("x", "y")]
    door = cKDTree(units[["x", "y"]].to_numpy()).query(rangers[spot].to_numpy())[1]
    n = len(units)
    graph = csr_matrix((edges["travel_min"], (ends[:, 0], ends[:, 1])), shape=(n, n))
    # A large table is held in half the memory; its figures are good to a thousandth of a minute.
    kind = np.float64 if n * len(door) <= 4_000_000 else np.float32
    minutes = np.empty((n, len(door)), dtype=kind)
    for first in range(0, len(door), 50):
        some = dijkstra(graph, directed=False, indices=door[first : first + 50])
        minutes[:, first : first + 50] = np.minimum(2.0 * some.T, 1e5)
    return previous, minutes


def write_plan(path: Path, ids: pd.Series, plan: np.ndarray) -> None:
    """Write (id, district) rows."""
    pd.DataFrame({"id": ids.to_numpy(), "district": plan}).to_csv(path, index=False)
