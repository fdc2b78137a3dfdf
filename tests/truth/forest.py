"""Reader of the made forest townships among the shared benchmark data."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from linzhang_plugin.core.grids.model import Problem

FOLDER = Path("/work/shared/data/grids")
MU_PER_KM2 = 1500.0


def forest(name: str, tolerance: float = 0.1, travel: bool = False) -> Problem:
    """Read ``synth_forest_*``: workload balanced to each ranger's capacity ± tolerance."""
    folder = FOLDER / name
    units, edges = pd.read_csv(folder / "units.csv"), pd.read_csv(folder / "edges.csv")
    rangers = pd.read_csv(folder / "rangers.csv")
    n, k = len(units), len(rangers)
    weights = units[["weight"]].to_numpy(dtype=float)
    target = rangers["capacity"].to_numpy(dtype=float)
    target = target * weights.sum() / target.sum()
    post = {int(g): i for i, g in enumerate(rangers["last_grid"]) if g >= 0}
    previous = np.array([post.get(int(g), -1) for g in units["last_year"]], dtype=np.int64)
    xy = units[["x", "y"]].to_numpy(dtype=float)
    homes = rangers[["x", "y"]].to_numpy(dtype=float)
    way = np.hypot(*(xy[:, None] - homes[None]).transpose(2, 0, 1)) / 1000 * 30 if travel else None
    return Problem(
        name=name,
        xy=xy,
        weights=weights,
        mu=units["area"].to_numpy(dtype=float) * MU_PER_KM2,
        edges=np.sort(edges[["i", "j"]].to_numpy(dtype=np.int64), axis=1),
        lower=(target * (1 - tolerance))[:, None],
        upper=(target * (1 + tolerance))[:, None],
        target=target,
        previous=previous,
        start=previous.copy(),
        fixed=np.full(n, -1, dtype=np.int64),
        closed=np.zeros(k, dtype=bool),
        village=units["village"].to_numpy(dtype=np.int64),
        travel=way,
    )
