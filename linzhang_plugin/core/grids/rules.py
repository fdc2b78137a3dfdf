"""Rules for grids as data: bounds by kind of town, workload factors, walking speeds.

The defaults are the published practice gathered for Jiangxi (hill counties 2,000–8,000 mu a
grid, state farms and high mountains 4,000–15,000, factors of the patrol effort). A county
overrides any of them by its own rule set.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.tables.rules import RuleSet

SLOPE_LIMITS = (5.0, 15.0, 25.0, 35.0, 45.0)
"""Lower limits of the slope classes 2 … 6 in degrees (平 缓 斜 陡 急 险)."""


@dataclass(frozen=True)
class GridRules:
    """Bounds and factors; every figure can be set by a county's rule set.

    Attributes:
        min_mu: Least forest mu of a grid in an ordinary town.
        max_mu: Greatest forest mu.
        target_mu: Usual forest mu, for the number of grids when nobody says it.
        farm_min_mu: Least forest mu in a state farm (town3 from 400 to 599).
        farm_max_mu: Greatest forest mu in a state farm.
        slope_factors: Effort factor of slope classes 1 … 6.
        access_m: Distances to the nearest road, m, where the access factor rises.
        access_factors: Access factor below the first distance, between them, and beyond.
        walking_kmh: Walking speed on the flat, km/h.
        detour: Length of the way walked per straight metre.
        slope_minutes: Walking time factor of slope classes 1 … 6 where there is no DEM.
        deviant_percent: Official area further than this from geometry is not the basis.
    """

    min_mu: float = 2000.0
    max_mu: float = 8000.0
    target_mu: float = 4000.0
    farm_min_mu: float = 4000.0
    farm_max_mu: float = 15000.0
    slope_factors: tuple[float, ...] = (0.9, 1.0, 1.1, 1.25, 1.4, 1.5)
    access_m: tuple[float, ...] = (500.0, 1500.0, 3000.0)
    access_factors: tuple[float, ...] = (0.95, 1.0, 1.1, 1.2)
    walking_kmh: float = 4.0
    detour: float = 1.4
    slope_minutes: tuple[float, ...] = (1.0, 1.1, 1.25, 1.5, 1.8, 2.2)
    deviant_percent: float = 1.0


def grid_rules(rules: RuleSet, farm: RuleSet | None = None) -> GridRules:
    """Read a county's rule set; the state farms' bounds come from ``farm`` where it is given.

    A rule set whose own bounds are above the farms' keeps them for farms too.

    Raises:
        InputError: A value is not of the kind that the rule needs.
    """
    plain = GridRules()
    least, most = rules.number("min_mu", plain.min_mu), rules.number("max_mu", plain.max_mu)
    least, most = least or 0.0, most if most is not None else float("inf")
    farm_most = (farm.number("max_mu", plain.farm_max_mu) if farm else None) or plain.farm_max_mu
    farm_least = (farm.number("min_mu", plain.farm_min_mu) if farm else None) or 0.0
    slope = rules.get("slope_factor", {})
    access = rules.get("access_factor", [])
    try:
        factors = tuple(
            float(slope.get(str(number), factor))
            for number, factor in enumerate(plain.slope_factors, start=1)
        )
        limits = tuple(float(row["to_m"]) for row in access if row["to_m"] is not None)
        accesses = tuple(float(row["factor"]) for row in access)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise InputError(
            "Rule set {rules}: slope_factor or access_factor cannot be read ({reason}); follow"
            " a shipped rule set.",
            rules=rules.name,
            reason=str(error),
        ) from error
    return replace(
        plain,
        min_mu=least,
        max_mu=most,
        target_mu=rules.number("target_mu", plain.target_mu) or plain.target_mu,
        farm_min_mu=max(least, farm_least) if least > farm_least else farm_least,
        farm_max_mu=max(most, farm_most),
        slope_factors=factors,
        access_m=limits or plain.access_m,
        access_factors=accesses or plain.access_factors,
        deviant_percent=100.0 * (rules.number("area_tolerance", 0.01) or 0.01),
    )


def bounds_of_town(rules: GridRules, town3: str) -> tuple[float, float]:
    """Give the preset bounds of a town in forest mu; state farms have town3 4xx and 5xx."""
    if town3[:1] in ("4", "5"):
        return rules.farm_min_mu, rules.farm_max_mu
    return rules.min_mu, rules.max_mu
