"""Why each moved stand moved, in the words of the person who has to explain it."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from linzhang_plugin.core.grids.arrays import Array
from linzhang_plugin.core.grids.model import Floats
from linzhang_plugin.core.messages import Message, tr

KINDS = {
    "was in no grid last year": (tr("was in no grid last year"), True),
    "grid {code} has no post this year": (tr("its grid has no post this year"), True),
    "enclave that no link reaches: attached to the nearest grid": (
        tr("enclave that no link reaches"),
        True,
    ),
    "lay apart from the rest of grid {code}": (tr("lay apart from the rest of its grid"), True),
    "grid {code} was above {most} mu": (tr("its grid was above the greatest area"), True),
    "grid {code} was below {least} mu": (tr("another grid was below the least area"), True),
    "a grid for a new post": (tr("a grid for a new post"), True),
    "evens out the work: {code} had {more} percent, {gaining} {less} percent of deviation": (
        tr("evens out the work"),
        False,
    ),
    "makes the grids more compact or keeps a village together": (
        tr("makes the grids more compact or keeps a village together"),
        False,
    ),
}
"""Kind of each reason by its sentence, and whether a rule asks for the change."""


def change_rows(
    stands: gpd.GeoDataFrame,
    grids: pd.DataFrame,
    enclave: Array,
    bounds: dict[str, tuple[float, float]],
    rangers: dict[str, str],
) -> gpd.GeoDataFrame:
    """Give CHANGES: a row a stand that leaves its grid or had none.

    Args:
        stands: ``stand_id, town_code, previous_grid_code, grid, grid_code, changed, mu,
            workload, island`` and geometry; ``grid`` is the row in ``grids``.
        grids: ``grid_code, previous_code, ranger_name, workload, wanted``.
        enclave: (n,) stand lay apart from the main part of its last year's grid.
        bounds: Least and greatest mu by town.
        rangers: Ranger's name of last year's grids by code.
    """
    before = stands["previous_grid_code"].to_numpy()
    placed = stands["grid"].to_numpy() >= 0
    moved = np.flatnonzero((stands["changed"].to_numpy() | (before == "")) & placed)
    if not (before != "").any():
        moved = moved[:0]
    rows = stands.iloc[moved]
    into = rows["grid"].to_numpy()
    last_mu = stands.groupby("previous_grid_code")["mu"].sum().to_dict()
    last_load = stands.groupby("previous_grid_code")["workload"].sum().to_dict()
    going_on = set(grids["previous_code"])
    facts = _Facts(going_on, last_mu, last_load, bounds, grids)
    frame = pd.DataFrame(
        {
            "stand_id": rows["stand_id"].to_numpy(),
            "town_code": rows["town_code"].to_numpy(),
            "from_grid": [code or None for code in before[moved]],
            "to_grid": rows["grid_code"].to_numpy(),
            "ranger_from": [rangers.get(code) for code in before[moved]],
            "ranger_to": [name or None for name in grids["ranger_name"].to_numpy()[into]],
            "mu": rows["mu"].to_numpy(),
            "reason": [
                facts.reason(row, grid, bool(cut))
                for row, grid, cut in zip(
                    rows.to_dict("records"), into, enclave[moved], strict=True
                )
            ],
        }
    )
    made = gpd.GeoDataFrame(frame, geometry=rows.geometry.to_numpy(), crs=stands.crs)
    return made.sort_values(["town_code", "from_grid", "to_grid", "stand_id"], kind="stable",
                            na_position="first", ignore_index=True)  # fmt: skip


def by_kind(changes: pd.DataFrame) -> pd.DataFrame:
    """Add up CHANGES by town and kind of reason.

    Returns:
        ``town_code, kind (Message), forced, n_stands, mu``, rules before wishes, most mu first.
    """
    kinds = [KINDS.get(reason.template, (reason.template, False)) for reason in changes["reason"]]
    frame = pd.DataFrame(
        {
            "town_code": changes["town_code"].to_numpy(),
            "kind": [kind for kind, _ in kinds],
            "forced": [forced for _, forced in kinds],
            "mu": changes["mu"].to_numpy(np.float64),
        }
    )
    groups = frame.groupby(["town_code", "kind", "forced"], as_index=False, sort=True)
    made = groups.agg(n_stands=("mu", "size"), mu=("mu", "sum"))
    order = ["town_code", "forced", "mu", "kind"]
    made = made.sort_values(order, ascending=[True, False, False, True], ignore_index=True)
    return made.assign(kind=[Message(kind) for kind in made["kind"]])


class _Facts:
    """What is known of last year's grids when a reason is looked for."""

    def __init__(
        self,
        going_on: set[str],
        last_mu: dict[str, float],
        last_load: dict[str, float],
        bounds: dict[str, tuple[float, float]],
        grids: pd.DataFrame,
    ) -> None:
        self.going_on = going_on
        self.last_mu = last_mu
        self.last_load = last_load
        self.bounds = bounds
        self.codes = grids["previous_code"].to_numpy()
        self.wanted: Floats = grids["wanted"].to_numpy(np.float64)
        self.of_code: dict[str, int] = {c: i for i, c in enumerate(self.codes) if c}

    def reason(self, row: dict[str, object], grid: int, cut: bool) -> Message:
        """Give the strongest reason first: rules before wishes."""
        code, town = str(row["previous_grid_code"]), str(row["town_code"])
        least, most = self.bounds[town]
        if not code:
            return Message("was in no grid last year")
        if code not in self.going_on:
            return Message("grid {code} has no post this year", {"code": code})
        if row["island"]:
            return Message("enclave that no link reaches: attached to the nearest grid")
        if cut:
            return Message("lay apart from the rest of grid {code}", {"code": code})
        if self.last_mu[code] > most:
            return Message("grid {code} was above {most} mu", {"code": code, "most": round(most)})
        gaining = str(self.codes[grid])
        if gaining and self.last_mu.get(gaining, 0.0) < least:
            return Message(
                "grid {code} was below {least} mu", {"code": gaining, "least": round(least)}
            )
        if not gaining:
            return Message("a grid for a new post")
        return self._wish(code, gaining)

    def _wish(self, code: str, gaining: str) -> Message:
        percent = {
            c: 100.0 * (self.last_load.get(c, 0.0) / max(self.wanted[self.of_code[c]], 1e-9) - 1.0)
            for c in (code, gaining)
        }
        if percent[code] > percent[gaining] + 1.0:
            return Message(
                "evens out the work: {code} had {more} percent, {gaining} {less} percent of"
                " deviation",
                {
                    "code": code,
                    "gaining": gaining,
                    "more": f"{percent[code]:+.0f}",
                    "less": f"{percent[gaining]:+.0f}",
                },
            )
        return Message("makes the grids more compact or keeps a village together")


def previous_rangers(posts: pd.DataFrame, previous: pd.DataFrame | None) -> dict[str, str]:
    """Give last year's ranger by grid code: from last year's table, else who continues it."""
    names = {c: n for c, n in zip(posts["previous_code"], posts["ranger_name"], strict=True) if c}
    if previous is not None and len(previous) and "ranger_name" in previous:
        for code, name in zip(previous["grid_code"], previous["ranger_name"], strict=True):
            if name and not pd.isna(name):
                names[str(code)] = str(name)
    return {code: name for code, name in names.items() if name}
