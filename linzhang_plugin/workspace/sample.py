"""The sample county as rows of the workspace's tables."""

from __future__ import annotations

from typing import Any

import pandas as pd

from linzhang_plugin.core.progress import Progress, silent, step
from linzhang_plugin.core.tables.schema import TABLES

STATUS_ORDER = ("draft", "proposed", "confirmed", "archived")


def sample_frames(
    seed: int, year: int, scale: float, progress: Progress = silent
) -> tuple[dict[str, pd.DataFrame], Any]:
    """Make the sample county.

    Args:
        seed: Seed; the same seed makes the same county.
        year: The year to be planned; last year's plan is of ``year - 1``.
        scale: 1 for about 2,600 stands.
        progress: Receives progress.

    Returns:
        Frames by table name, and the elevation raster.
    """
    # The sample's own modules are only needed here, and take time to load.
    from linzhang_plugin.core.sample.county import make_county

    county = make_county(seed, year, scale, progress)
    step(progress, 1.0)
    frames = {
        name: getattr(county, name)
        for name in TABLES
        if isinstance(getattr(county, name, None), pd.DataFrame)
    }
    if "plan_year" not in frames and "grid" in frames:
        frames["plan_year"] = plan_years(frames["grid"])
    return frames, getattr(county, "dem", None)


def plan_years(grid: pd.DataFrame) -> pd.DataFrame:
    """Give the years of the plans: a year's status is that of its least advanced grid."""
    rows = []
    for year, of_year in grid.groupby("grid_year", sort=True):
        known = of_year["status"].dropna() if "status" in of_year else pd.Series(dtype=object)
        order = [STATUS_ORDER.index(status) for status in known]
        rows.append({"grid_year": int(year), "status": STATUS_ORDER[min(order, default=0)]})
    return pd.DataFrame(rows)
