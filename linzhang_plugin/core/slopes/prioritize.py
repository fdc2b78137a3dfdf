"""Which bare slope to green first: what people see, from where, and how badly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.progress import Progress, silent, step
from linzhang_plugin.core.slopes.observers import ViewClass, nearest, observers
from linzhang_plugin.core.slopes.sight import Sight, first_hillside, sight
from linzhang_plugin.core.tables.rules import RuleSet
from linzhang_plugin.core.tables.units import MU_M2
from linzhang_plugin.core.terrain.raster import Raster

OTHER = "6"
"""Location class of a site that is near none of the places."""


@dataclass(frozen=True)
class PriorityRules:
    """The county's weights (rule set of kind ``slopes``).

    Attributes:
        classes: View classes, most important first where a site belongs to several.
        sample_step_m: Length of corridor that one observer stands for, m.
        sight_m: Farthest distance seen, m.
        target_height_m: Height above ground of what is looked at, m.
        score: Points of each part; together 100.
        seen_full_km: Visible length that earns all points, km.
        size_full_mu: Area that earns all points, mu.
        steep_full_deg: Slope that earns all points, degrees.
        ridge_m: Least height of a ridge, m.
        high_from: Score from which a site is of the first priority.
        middle_from: Score from which it is of the second.
    """

    classes: tuple[ViewClass, ...]
    sample_step_m: float = 250.0
    sight_m: float = 5000.0
    target_height_m: float = 0.0
    score: Mapping[str, float] = field(default_factory=dict)
    seen_full_km: float = 3.0
    size_full_mu: float = 15.0
    steep_full_deg: float = 45.0
    ridge_m: float = 20.0
    high_from: float = 60.0
    middle_from: float = 35.0


def priority_rules(rules: RuleSet) -> PriorityRules:
    """Read the weights from a rule set."""
    classes = tuple(
        ViewClass(
            name,
            str(view["loc_class"]),
            float(view["reach_m"]),
            float(view["eye_m"]),
            float(view["weight"]),
            float(view.get("belt_m", 0.0)),
        )
        for name, view in rules.get("classes", {}).items()
    )
    plain = PriorityRules(classes)
    numbers = {
        name: rules.number(name, getattr(plain, name))
        for name in (
            "sample_step_m", "sight_m", "target_height_m", "seen_full_km", "size_full_mu",
            "steep_full_deg", "ridge_m", "high_from", "middle_from",
        )
    }  # fmt: skip
    return PriorityRules(classes, score=dict(rules.get("score", {})), **numbers)  # type: ignore[arg-type]


def prioritize(
    sites: gpd.GeoDataFrame,
    layers: Mapping[str, gpd.GeoDataFrame],
    dem: Raster | None,
    rules: PriorityRules,
    progress: Progress = silent,
) -> gpd.GeoDataFrame:
    """Rank sites for regreening.

    Args:
        sites: Polygons with ``site_code`` and optionally ``slope_deg``; projected CRS (m).
        layers: Railways, roads, scenic spots, towns by class name, same CRS.
        dem: Heights in the same CRS, square cells; None: distance stands for visibility,
            coarser, and every reason says so.
        rules: Weights.
        progress: Receiver of progress.

    Returns:
        The sites with the columns of :data:`linzhang_plugin.core.slopes.tables.PRIORITY`.

    Raises:
        InputError: No site lies on the DEM.
        CancelledError: Stopped by ``progress``.
    """
    shapes = sites.geometry.to_numpy()
    classes = list(rules.classes)
    step(progress, 0.0, Message("Measuring distances …"))
    near = nearest(shapes, layers, classes)
    points = observers(layers, classes, rules.sample_step_m)
    seen = None
    if dem is not None:
        step(progress, 0.05, Message("Looking from {n} places …", {"n": len(points.xy)}))
        seen = sight(dem, shapes, points, classes, rules.sight_m, rules.target_height_m, progress)
        if len(shapes) and not seen.looked.any():
            raise InputError(tr("The DEM does not cover the sites; choose one that does."))
    out = sites.copy()
    chosen = _class_of(near, classes)
    distance = near[[(view.name, "m") for view in classes]].to_numpy()
    closest = np.argmin(distance, axis=1)
    out["dist_m"] = np.where(np.isfinite(distance.min(axis=1)), distance.min(axis=1), np.nan)
    out["near_corridor"] = [
        _called(layers, classes[c], int(near[(classes[c].name, "row")].iloc[i]))
        for i, c in enumerate(closest)
    ]
    out["loc_class"] = [classes[c].loc_class if c >= 0 else OTHER for c in chosen]
    hillside = _hillsides(shapes, layers, near, classes, closest, dem, rules)
    out["first_hillside"] = hillside
    _add_sight(out, seen, classes)
    _add_scores(out, near, classes, seen, rules)
    return out


def out_of_sight(
    sites: gpd.GeoDataFrame, layers: Mapping[str, gpd.GeoDataFrame], rules: PriorityRules
) -> list[str]:
    """Give the classes whose layer lies nowhere within sight of any site: they change no rank.

    Args:
        sites: Polygons; projected CRS (m).
        layers: Places by class name, same CRS.
        rules: ``sight_m`` counts.
    """
    near = nearest(sites.geometry.to_numpy(), layers, list(rules.classes))
    given = [view.name for view in rules.classes if view.name in layers]
    return [name for name in given if (near[(name, "m")] > rules.sight_m).all()]


def _class_of(near: pd.DataFrame, classes: list[ViewClass]) -> npt.NDArray[np.int64]:
    """Give the most important class within whose reach a site lies, -1 for none."""
    chosen = np.full(len(near), -1)
    for number in sorted(range(len(classes)), key=lambda n: (-classes[n].weight, n)):
        view = classes[number]
        within = near[(view.name, "m")].to_numpy() <= view.reach_m
        chosen = np.where((chosen < 0) & within, number, chosen)
    return chosen


def _called(layers: Mapping[str, gpd.GeoDataFrame], view: ViewClass, row: int) -> str | None:
    """Give the name of a corridor, or its class where it has none."""
    if row < 0:
        return None
    layer = layers[view.name]
    for column in ("name", "road_name", "unit_name", "名称"):
        if column in layer and isinstance(layer[column].iloc[row], str):
            return str(layer[column].iloc[row])
    return view.name


def _hillsides(
    shapes: npt.NDArray[np.object_],
    layers: Mapping[str, gpd.GeoDataFrame],
    near: pd.DataFrame,
    classes: list[ViewClass],
    closest: npt.NDArray[np.int64],
    dem: Raster | None,
    rules: PriorityRules,
) -> list[bool | None]:
    """Tell for each site whether it lies on the first hillside of its nearest corridor."""
    if dem is None:
        return [None] * len(shapes)
    verdict: list[bool | None] = [False] * len(shapes)
    foot, top, which = [], [], []
    for number, shape in enumerate(shapes):
        view = classes[closest[number]]
        row = int(near[(view.name, "row")].iloc[number])
        if row < 0 or near[(view.name, "m")].iloc[number] > rules.sight_m:
            continue
        corridor = layers[view.name].geometry.iloc[row]
        line = shapely.shortest_line(corridor, shape)
        foot.append(shapely.get_coordinates(line)[0])
        top.append(shapely.get_coordinates(shapely.point_on_surface(shape))[0])
        which.append(number)
    if which:
        first = first_hillside(dem, np.array(foot), np.array(top), rules.ridge_m)
        for number, is_first in zip(which, first.tolist(), strict=True):
            verdict[number] = is_first
    return verdict


def _add_sight(out: gpd.GeoDataFrame, seen: Sight | None, classes: list[ViewClass]) -> None:
    """Write what is seen; without a DEM nothing is claimed."""
    if seen is None:
        for column in ("visible", "visible_km", "visible_share", "visible_km_by_class"):
            out[column] = None
        return
    km = seen.metres / 1000.0
    out["visible_km"] = km.sum(axis=1)
    out["visible_share"] = seen.share
    out["visible_km_by_class"] = [
        {view.name: round(float(row[c]), 3) for c, view in enumerate(classes) if row[c] > 0}
        for row in km
    ]
    anybody = seen.spots.sum(axis=1) > 0
    strong = (km.sum(axis=1) >= 1.0) | (seen.share >= 0.5)
    weak = (km.sum(axis=1) < 0.3) & (seen.share < 0.2)
    level = np.where(~anybody, "不可视", np.where(strong, "高", np.where(weak, "低", "中")))
    out["visible"] = level
    for column in ("visible", "visible_km", "visible_share", "visible_km_by_class"):
        out[column] = out[column].astype(object).where(seen.looked, None)


def _add_scores(
    out: gpd.GeoDataFrame,
    near: pd.DataFrame,
    classes: list[ViewClass],
    seen: Sight | None,
    rules: PriorityRules,
) -> None:
    """Add up the points and say what they are for."""
    closeness = np.zeros(len(out))
    for view in classes:
        far = near[(view.name, "m")].to_numpy()
        part = view.weight * np.clip(1.0 - far / (2.0 * view.reach_m), 0.0, 1.0)
        closeness = np.maximum(closeness, np.where(np.isfinite(far), part, 0.0))
    if seen is None:
        sightly = closeness
    else:
        weight = np.array([view.weight for view in classes])
        lines = np.clip((seen.metres / 1000.0) @ weight / rules.seen_full_km, 0.0, 1.0)
        spots = ((seen.spots > 0) & (seen.metres == 0)) @ weight
        sightly = np.maximum(lines, np.clip(spots, 0.0, 1.0)) * (0.5 + 0.5 * seen.share)
        sightly = np.where(seen.looked, sightly, closeness)
    mu = shapely.area(out.geometry.to_numpy()) / MU_M2
    slope = pd.to_numeric(out["slope_deg"], errors="coerce") if "slope_deg" in out else 0.0
    parts = {
        "near": closeness,
        "seen": sightly,
        "first_hillside": np.array([bool(f) for f in out["first_hillside"]], dtype=float),
        "size": np.clip(mu / rules.size_full_mu, 0.0, 1.0),
        "steep": np.clip(np.nan_to_num(slope / rules.steep_full_deg), 0.0, 1.0),
    }
    total = sum(rules.score.get(name, 0.0) * np.asarray(part) for name, part in parts.items())
    out["score"] = np.round(np.asarray(total) * np.ones(len(out)), 1)
    high, middle = out["score"] >= rules.high_from, out["score"] >= rules.middle_from
    out["priority"] = np.where(high, 1, np.where(middle, 2, 3))
    out["reasons"] = [
        _reasons(row, seen is not None, rules.sight_m) for row in out.to_dict("records")
    ]


def _reasons(row: dict[Any, Any], looked: bool, sight_m: float) -> list[Message]:
    """Say in sentences why a site has its score."""
    said = []
    if np.isfinite(row["dist_m"]):
        said.append(
            Message(
                "{distance:.0f} m from {corridor}",
                {"distance": row["dist_m"], "corridor": row["near_corridor"]},
            )
        )
    if row["dist_m"] > sight_m:
        said.append(
            Message("nothing that was given lies within {km:.0f} km", {"km": sight_m / 1000.0})
        )
    if not looked:
        said.append(Message("visibility not computed: no DEM"))
    elif row["visible"] is None:
        said.append(Message("visibility not computed: it lies off the DEM"))
    elif row["visible"] == "不可视":
        said.append(Message("seen from nowhere"))
    else:
        said.append(
            Message(
                "seen from {km:.1f} km of lines, {share:.0%} of it",
                {"km": row["visible_km"], "share": row["visible_share"]},
            )
        )
    if row["first_hillside"]:
        said.append(Message("on the first hillside"))
    return said
