"""What a forest survey (二调) writes about each stand, in numbers that hang together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import ndimage

from linzhang_plugin.core.sample.cover import BUILT, FARMLAND, slope_degrees
from linzhang_plugin.core.sample.names import TownPlan
from linzhang_plugin.core.sample.relief import FINE, Relief, noise
from linzhang_plugin.core.tables.units import MU_M2

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Texts = npt.NDArray[np.object_]

SPECIES = (
    ("油茶", 0.055, "030301", "special_shrub"),
    ("柑橘", 0.035, "030301", "special_shrub"),
    ("毛竹", 0.05, "030200", "bamboo"),
    ("杉木", 0.20, "030100", "arbor"),
    ("阔叶树", 0.08, "030100", "arbor"),
    ("针阔混", 0.10, "030100", "arbor"),
    ("其他灌木", 0.035, "030302", "other_shrub"),
    ("未成林", 0.025, "030402", "young_planted"),
)
"""Share of forest land by dominant species; the rest is 马尾松."""
PER_HECTARE = {"马尾松": 78.0, "杉木": 105.0, "阔叶树": 92.0, "针阔混": 88.0}
SLOPE_LIMITS = (5.0, 15.0, 25.0, 35.0, 45.0)
OFFICIAL_SPREAD = 0.0035


@dataclass(frozen=True, eq=False)
class Site:
    """Where each stand stands: means over its cells.

    Attributes:
        height, slope, above: m, degrees, m above the stream.
        shade: Northness of the slope, -1 to 1.
        edge: Share of its cells within 75 m of fields or houses.
        wild: A smooth random field, for what the terrain does not decide.
        middle: (n, 2) flat index row and column of the cell nearest its centre.
    """

    height: Floats
    slope: Floats
    above: Floats
    shade: Floats
    edge: Floats
    wild: Floats
    middle: Ints


def sites(rng: np.random.Generator, relief: Relief, cover: Ints, segments: Ints) -> Site:
    """Measure every stand's site."""
    inside = segments >= 0
    label = segments[inside]
    count = np.bincount(label)

    def mean(raster: Floats) -> Floats:
        return np.asarray(np.bincount(label, raster[inside]) / count)

    down, right = np.gradient(relief.height, FINE)
    tilt = np.hypot(down, right) + 1e-6
    used = ndimage.binary_dilation((cover == FARMLAND) | (cover == BUILT), iterations=3)
    row, column = np.nonzero(inside)
    centre = np.stack([np.bincount(label, row) / count, np.bincount(label, column) / count], 1)
    off = np.hypot(row - centre[label, 0], column - centre[label, 1])
    order = np.lexsort((off, label))
    first = order[np.unique(label[order], return_index=True)[1]]
    return Site(
        height=mean(relief.height),
        slope=mean(slope_degrees(relief.height)),
        above=mean(relief.above_stream),
        shade=mean(-down / tilt),
        edge=mean(used.astype(float)),
        wild=mean(noise(rng, cover.shape, 30.0)),
        middle=np.stack([row[first], column[first]], axis=1),
    )


def survey(
    rng: np.random.Generator, site: Site, area_m2: Floats, town: Ints, plans: tuple[TownPlan, ...]
) -> pd.DataFrame:
    """Give the surveyed columns of every stand.

    Args:
        rng: Random numbers.
        site: Sites, (n,) each.
        area_m2: Geometric areas.
        town: Town of each stand.
        plans: Towns, for forest land and public-welfare forest in mu.
    """
    n = len(area_m2)
    official = official_areas(rng, area_m2, town, plans)
    species, raw, land = species_of(rng, site, official)
    welfare = welfare_of(rng, site, official, town, plans)
    farm = np.array([plan.kind == "state_farm" for plan in plans])[town]
    national = welfare & (site.above + 25 * rng.standard_normal(n) > np.median(site.above) * 0.55)
    age = np.clip(
        np.round(2.3 + 0.8 * site.wild + 0.5 * welfare + 0.7 * rng.standard_normal(n)), 1, 5
    ).astype(int)
    young = land == "young_planted"
    age[young] = 1
    density = np.clip(0.42 + 0.07 * age + 0.09 * rng.standard_normal(n), 0.2, 0.95)
    density[young] = 0.0
    hectare = np.array([PER_HECTARE.get(name, 0.0) for name in species])
    volume = (
        official
        / 1e4
        * hectare
        * np.array([0, 0.35, 0.8, 1.15, 1.45, 1.6])[age]
        * np.exp(0.18 * rng.standard_normal(n))
    )
    planted = np.isin(species, ("杉木", "油茶", "柑橘", "未成林")) | (rng.random(n) < 0.12)
    commercial = {"油茶": "252", "柑橘": "251", "毛竹": "233"}
    use = np.where(
        welfare,
        np.where(site.wild > 0.9, "125", np.where(site.slope > 17, "112", "111")),
        [commercial.get(name, "233") for name in species],
    )
    tenure = np.where(farm, "10", np.where(welfare & (rng.random(n) < 0.6), "20", "21"))
    tenure = np.where(~farm & (rng.random(n) < 0.12), "23", tenure)
    slope_class = np.searchsorted(SLOPE_LIMITS, site.slope, side="right") + 1
    grade = np.where(national & (site.wild > 0.3), 1, np.where(welfare, 2, 0))
    return pd.DataFrame(
        {
            "official_m2": official,
            "di_lei_raw": raw,
            "land_class": land,
            "sen_lin_lb": np.where(
                national, "11", np.where(welfare, "12", np.where(site.wild > 1.1, "21", "22"))
            ),
            "shi_quan_d": chosen([national, welfare], ["10", "20"]),
            "gjgyl_bhdj": chosen([national & (grade == 1), national], ["1", "2"]),
            "lin_zhong": use,
            "qi_yuan": np.where(planted, "21", np.where(rng.random(n) < 0.3, "11", "12")),
            "you_shi_sz": np.where(young, "杉木", species),
            "ling_zu": age.astype(str),
            "yu_bi_du": np.round(density, 2),
            "ld_qs": tenure,
            "bh_dj": np.where(grade == 1, "1", np.where(welfare, "2", np.where(planted, "4", "3"))),
            "po_du": slope_class.astype(str),
            "slope_deg": np.round(site.slope, 1),
            "volume_m3": np.round(volume, 1),
            "risk_share": np.round(0.35 * site.edge, 3),
            "src_area_ha": np.round(official / 1e4, 4),
        }
    )


def chosen(conditions: list[npt.NDArray[np.bool_]], values: list[str]) -> Texts:
    """Give the value of the first condition that holds, None where none does."""
    made = np.full(len(conditions[0]), None, dtype=object)
    for condition, value in zip(reversed(conditions), reversed(values), strict=True):
        made[condition] = value
    return made


def official_areas(
    rng: np.random.Generator, area_m2: Floats, town: Ints, plans: tuple[TownPlan, ...]
) -> Floats:
    """Give reported areas (whole m²) near the geometry that add up to each town's figure."""
    official = area_m2 * (
        1 + np.clip(OFFICIAL_SPREAD * rng.standard_normal(len(area_m2)), -0.005, 0.005)
    )
    for index, plan in enumerate(plans):
        own = np.flatnonzero(town == index)
        if not len(own):
            continue
        wanted = np.round(plan.forest_mu * MU_M2)
        official[own] = np.round(official[own] * (wanted / official[own].sum()))
        official[own[np.argmax(official[own])]] += wanted - official[own].sum()
    return official


def species_of(rng: np.random.Generator, site: Site, area: Floats) -> tuple[Texts, ...]:
    """Give dominant species, six-digit land class and our land class, by shares of area."""
    n = len(area)
    dice = rng.standard_normal((len(SPECIES), n))
    height = (site.height - site.height.mean()) / site.height.std()
    fit = {
        "油茶": 2.2 * site.edge - 0.05 * site.slope,
        "柑橘": 2.6 * site.edge - 0.09 * site.slope - 0.3 * height,
        "毛竹": 0.8 * height + 0.7 * site.shade - site.wild,
        "杉木": 0.9 * site.shade + 0.25 * height + 0.5 * site.wild,
        "阔叶树": 1.1 * height + 0.02 * site.slope,
        "针阔混": 0.6 * height - 0.6 * site.wild,
        "其他灌木": 0.5 * height - 0.8 * site.shade,
        "未成林": 0.4 * site.edge,
    }
    species = np.full(n, "马尾松", dtype=object)
    raw = np.full(n, "030100", dtype=object)
    land = np.full(n, "arbor", dtype=object)
    free = np.ones(n, dtype=bool)
    for (name, share, code, kind), luck in zip(SPECIES, dice, strict=True):
        order = np.argsort(-np.where(free, fit[name] + 0.7 * luck, -np.inf), kind="stable")
        taken = order[np.cumsum(area[order]) <= share * area.sum()]
        taken = taken[free[taken]]
        species[taken], raw[taken], land[taken], free[taken] = name, code, kind, False
    return species, raw, land


def welfare_of(
    rng: np.random.Generator, site: Site, area: Floats, town: Ints, plans: tuple[TownPlan, ...]
) -> npt.NDArray[np.bool_]:
    """Choose public-welfare forest: steep, high and whole tracts first, each town its figure."""
    score = 0.05 * site.slope + site.wild + 0.004 * site.above - site.edge
    score = score + 0.25 * rng.standard_normal(len(area))
    welfare = np.zeros(len(area), dtype=bool)
    for index, plan in enumerate(plans):
        own = np.flatnonzero(town == index)
        order = own[np.argsort(-score[own], kind="stable")]
        welfare[order[np.cumsum(area[order]) <= plan.welfare_mu * MU_M2]] = True
    return welfare
