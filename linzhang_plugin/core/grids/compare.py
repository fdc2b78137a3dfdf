"""What changed between two plans: stands that change hands, grid by grid (调整说明)."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from linzhang_plugin.core.grids.arrays import Array
from linzhang_plugin.core.grids.land.shapes import polygons_only
from linzhang_plugin.core.grids.model import Floats, Ints
from linzhang_plugin.core.grids.report import rounded
from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.tables.reports import Report

KEPT = "kept"
COMPARE_TITLES = {
    "N_BEFORE": tr("Grids before"),
    "N_AFTER": tr("Grids after"),
    "N_KEPT": tr("Grids that go on under their code"),
    "N_NEW": tr("New grids"),
    "N_GONE": tr("Grids that end"),
    "N_UNCHANGED": tr("Grids without any change"),
    "N_MOVED": tr("Stands that change hands"),
    "MOVED_MU": tr("Forest that changes hands (mu)"),
    "CHANGED_PERCENT": tr("Forest that changes hands (percent of mu)"),
    "ORPHAN_MU": tr("Forest that was in no grid (mu)"),
    "LOST_MU": tr("Forest that is in no grid now (mu)"),
    "N_RANGERS_CHANGED": tr("Grids with another ranger"),
}
"""Titles of the summary, in order."""


def compare(
    stands: gpd.GeoDataFrame,
    before: pd.Series,
    after: pd.Series,
    rangers_before: dict[str, str],
    rangers_after: dict[str, str],
) -> tuple[gpd.GeoDataFrame, dict[str, float]]:
    """List what moved between grids and sum it up.

    Args:
        stands: ``mu`` and polygons.
        before: (n,) grid code of each stand before, empty for none.
        after: (n,) grid code after.
        rangers_before: Ranger's name by code before.
        rangers_after: Ranger's name by code after.

    Returns:
        GRID_CHANGES: a row a (from, to) pair that differs, largest first; and the summary.
    """
    old, new = before.to_numpy(dtype=object), after.to_numpy(dtype=object)
    mu = stands["mu"].to_numpy(np.float64)
    moved = old != new
    frame = pd.DataFrame({"old": old[moved], "new": new[moved], "mu": mu[moved],
                          "row": np.flatnonzero(moved)})  # fmt: skip
    going_on = set(new) - {""}
    was = set(old) - {""}
    rows = []
    shapes = stands.geometry.to_numpy()
    for (one, other), group in frame.groupby(["old", "new"], sort=True):
        rows.append(
            {
                "from_grid": one or None,
                "to_grid": other or None,
                "ranger_from": rangers_before.get(one),
                "ranger_to": rangers_after.get(other),
                "n_stands": len(group),
                "mu": float(group["mu"].sum()),
                "kind": _kind(one, other, was, going_on),
                "geometry": polygons_only(
                    gpd.GeoSeries(shapes[group["row"].to_numpy()]).unary_union
                ),
            }
        )
    columns = ["from_grid", "to_grid", "ranger_from", "ranger_to", "n_stands", "mu", "kind"]
    made = gpd.GeoDataFrame(
        pd.DataFrame(rows, columns=[*columns, "geometry"]), geometry="geometry", crs=stands.crs
    )
    made = made.sort_values("mu", ascending=False, kind="stable", ignore_index=True)
    return made, _sum_up(old, new, mu, moved, rangers_before, rangers_after)


def _kind(old: str, new: str, was: set[str], going_on: set[str]) -> Message:
    if not old:
        return Message("was in no grid")
    if not new:
        return Message("is in no grid any more")
    if old not in going_on:
        return Message("its grid ends")
    if new not in was:
        return Message("goes to a new grid")
    return Message("changes hands")


def _sum_up(
    old: Array,
    new: Array,
    mu: Floats,
    moved: Array,
    rangers_before: dict[str, str],
    rangers_after: dict[str, str],
) -> dict[str, float]:
    was, now = set(old) - {""}, set(new) - {""}
    hands = moved & (old != "") & (new != "")
    touched = set(old[moved]) | set(new[moved])
    total = max(float(mu[old != ""].sum()), 1e-12)
    both = was & now
    return {
        "N_BEFORE": len(was),
        "N_AFTER": len(now),
        "N_KEPT": len(both),
        "N_NEW": len(now - was),
        "N_GONE": len(was - now),
        "N_UNCHANGED": len(both - touched),
        "N_MOVED": int(hands.sum()),
        "MOVED_MU": float(mu[hands].sum()),
        "CHANGED_PERCENT": 100.0 * float(mu[hands].sum()) / total,
        "ORPHAN_MU": float(mu[moved & (old == "")].sum()),
        "LOST_MU": float(mu[moved & (new == "")].sum()),
        "N_RANGERS_CHANGED": sum(
            1 for code in both if rangers_before.get(code) != rangers_after.get(code)
        ),
    }


def compare_report(changes: pd.DataFrame, summary: dict[str, float]) -> Report:
    """Give the explanation of the adjustment (调整说明)."""
    report = Report(Message(tr("Explanation of the adjustment of the grids")))
    report.say(
        Message(
            tr(
                "{kept} of {before} grids go on, {new} are new and {gone} end; {moved} stands of"
                " {mu} mu ({percent} percent) change hands."
            ),
            {
                "kept": summary["N_KEPT"],
                "before": summary["N_BEFORE"],
                "new": summary["N_NEW"],
                "gone": summary["N_GONE"],
                "moved": summary["N_MOVED"],
                "mu": f"{summary['MOVED_MU']:,.1f}",
                "percent": f"{summary['CHANGED_PERCENT']:.2f}",
            },
        )
    )
    report.head(Message(tr("Figures")))
    report.table(
        [Message(tr("Figure")), Message(tr("Value"))],
        [(Message(COMPARE_TITLES[name]), rounded(value)) for name, value in summary.items()],
    )
    report.head(Message(tr("From grid to grid")))
    report.table(
        [Message(tr("From grid")), Message(tr("Ranger before")), Message(tr("To grid")),
         Message(tr("Ranger after")), Message(tr("Stands")), Message(tr("Area (mu)")),
         Message(tr("What"))],
        [(r["from_grid"], r["ranger_from"], r["to_grid"], r["ranger_to"], r["n_stands"],
          rounded(r["mu"]), r["kind"])
         for r in changes.drop(columns="geometry").to_dict("records")],
    )  # fmt: skip
    return report


def codes_of(plan: Ints, codes: list[str]) -> pd.Series:
    """Give the code of each stand, empty for those in no grid."""
    return pd.Series(np.r_[np.asarray(codes, dtype=object), [""]][plan])
