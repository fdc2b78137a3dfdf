"""The result of an optimisation: tables and figures, ready for the rim."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import pandas as pd

from linzhang_plugin.core.grids.whynot.nearest import Nearest
from linzhang_plugin.core.messages import Message


@dataclass(frozen=True, eq=False)
class GridPlan:
    """A county's plan.

    Attributes:
        grids: A row a grid, columns of ``tables.GRIDS``.
        stands: The stands with columns of ``tables.STAND_GRID`` and their own.
        changes: Columns of ``tables.CHANGES``.
        towns: A row a town: posts, figures before and after, for the report.
        figures: The declared numeric outputs by name; None where not proven.
        causes: Why rules could not be kept, a sentence a township.
        notices: What the user should know (presumed homes, missing inputs, islands).
        work: Counts of the solver's work.
        nearest: What each town that breaks a rule could keep; it was tried.
    """

    grids: gpd.GeoDataFrame
    stands: gpd.GeoDataFrame
    changes: gpd.GeoDataFrame
    towns: pd.DataFrame
    figures: dict[str, Any]
    causes: tuple[Message, ...] = ()
    notices: tuple[Message, ...] = ()
    work: dict[str, int] = field(default_factory=dict)
    nearest: tuple[Nearest, ...] = ()
