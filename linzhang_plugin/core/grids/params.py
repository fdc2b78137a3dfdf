"""What a plan is asked for: one frozen object for the whole county."""

from __future__ import annotations

from dataclasses import dataclass

ADJUST, AFRESH = 0, 1
"""MODE: adjust last year's plan, or divide afresh."""


@dataclass(frozen=True)
class GridParams:
    """Wishes and limits of one optimisation; see the Processing parameters of the same names.

    Attributes:
        mode: ADJUST last year's plan or divide AFRESH.
        tolerance: Greatest deviation of a grid's workload from its share, percent, hard; None
            for none.
        min_mu: Least forest mu of a grid, hard; None for the rules' preset of the town.
        max_mu: Greatest forest mu of a grid, hard; None for the preset.
        max_change: Percent of a town's mu that may change hands; None for no limit.
        grid_count: Number of grids of the county where no rangers are given; 0 for unknown.
        link_distance: Widest gap that is bridged, m.
        weight_balance: Weight of equal workload.
        weight_compact: Weight of compactness (mu-weighted moment about the centre).
        weight_stable: Weight of keeping stands in last year's grid.
        weight_village: Weight of keeping villages whole.
        weight_travel: Weight of the walk from the ranger's home.
        weight_ridge: How much further apart the compactness sees what a ridge parts, where
            there is a DEM; 0 for not at all.
        effort: 0 quick, 1 standard, 2 thorough.
        stop_if_infeasible: Raise instead of giving the least-violation plan.
        county_code: Six digits of the county, empty to take them from the town codes.
        year: Year of the plan.
        seed: Seed of every random choice.
        close_gap: Slivers narrower than this are closed between stands of a grid, m.
        fill: SHAPE=1: also fill gaps that are not forest up to ``link_distance``, for maps.
    """

    mode: int = ADJUST
    tolerance: float | None = None
    min_mu: float | None = None
    max_mu: float | None = None
    max_change: float | None = 10.0
    grid_count: int = 0
    link_distance: float = 200.0
    weight_balance: float = 10.0
    weight_compact: float = 1.0
    weight_stable: float = 2.0
    weight_village: float = 0.2
    weight_travel: float = 0.5
    effort: int = 1
    stop_if_infeasible: bool = False
    county_code: str = ""
    year: int = 0
    seed: int = 0
    close_gap: float = 5.0
    fill: bool = False
    weight_ridge: float = 1.0
