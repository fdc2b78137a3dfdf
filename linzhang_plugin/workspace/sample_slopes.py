"""The sample county's bare slopes: tables for the workspace, relief and images beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from linzhang_plugin.core.progress import Progress, silent, step
from linzhang_plugin.core.terrain.raster import Raster
from linzhang_plugin.workspace.image import write_image

IMAGES = ("before", "after")
"""Ends of the images' names: ``….gpkg`` → ``…_before.tif``."""


@dataclass(frozen=True, eq=False)
class SampleSlopes:
    """What the sample's bare slopes bring.

    Attributes:
        frames: Rows by table.
        dem: The relief with the scars cut in.
        scene: Imagery and what was planted.
    """

    frames: Mapping[str, pd.DataFrame]
    dem: Raster
    scene: Any


def sample_slopes(
    frames: Mapping[str, Any],
    dem: Raster,
    seed: int,
    year: int,
    scale: float,
    progress: Progress = silent,
) -> SampleSlopes:
    """Make the register of bare slopes, the lists 包山包人 and images before and after.

    Args:
        frames: The sample county's tables.
        dem: Its relief.
        seed: Seed.
        year: The year to be planned.
        scale: Share of the full county.
        progress: Receives progress.
    """
    # The sample's own modules are only needed here, and take time to load.
    from linzhang_plugin.core.sample.duties import make_duties
    from linzhang_plugin.core.sample.slopebook import make_slope_book
    from linzhang_plugin.core.sample.slopescene import make_slope_scene

    scene = make_slope_scene(frames, dem, seed, min(1.0, scale))
    step(progress, 0.7)
    made: dict[str, pd.DataFrame] = {
        "scenic_spot": scene.scenic,
        "special_land": scene.special,
    }
    book = make_slope_book(scene.scars, {**frames, **made}, seed, year)
    made |= {
        "bare_slope": book.bare_slope,
        "bare_slope_check": book.bare_slope_check,
        "bare_slope_move": book.bare_slope_move,
    }
    units = frames["admin_unit"]
    own = units[units["level"] == 5]
    villages = dict(zip(own["unit_code"], own["unit_name"], strict=True))
    homes = frames["settlement"].groupby("village_code")["households"].sum()
    made |= make_duties(frames["hill"], frames["grid"], villages, homes.to_dict(), seed)
    step(progress, 1.0)
    return SampleSlopes(made, scene.dem, scene)


def image_path(store: Path, when: str) -> Path:
    """Give where a workspace's image of ``before`` or ``after`` lies."""
    return store.with_name(f"{store.stem}_{when}.tif")


def keep_images(slopes: SampleSlopes, store: Path) -> list[Path]:
    """Write the images beside a workspace.

    Raises:
        StoreError: Read-only or full.
    """
    paths = []
    for when in IMAGES:
        path = image_path(store, when)
        write_image(getattr(slopes.scene, when), slopes.scene.grid, path)
        paths.append(path)
    return paths
