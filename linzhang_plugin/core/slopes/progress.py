"""How far regreening has come: done ÷ what should be green, by town and class."""

from __future__ import annotations

import numpy as np
import pandas as pd

from linzhang_plugin.core.slopes.lifecycle import GREEN, NAMES, NOT_DUE, status_of
from linzhang_plugin.core.tables.units import largest_remainder

TOTAL = "合计"
"""Town and class of the rows of totals."""


def regreening_progress(sites: pd.DataFrame) -> pd.DataFrame:
    """Count sites and mu by town × class × status, and the share that is green.

    What should be green (应绿) is every site of the register that is neither suspected nor
    mistaken; it is green when accepted, tended or closed. Mu are rounded to one decimal so that
    the rows add up to the rounded total; the totals of the towns and those of the classes each
    add up to the last row, that of the whole.

    Args:
        sites: ``area_mu``, ``status`` (as registers write it), ``town_code``, ``loc_class``;
            the last two may be missing or empty.

    Returns:
        Rows of :data:`linzhang_plugin.core.slopes.tables.PROGRESS`, totals last.

    Raises:
        InputError: A status is not known.
    """
    table = pd.DataFrame(
        {
            "town_code": _text(sites, "town_code"),
            "loc_class": _text(sites, "loc_class"),
            "status": [status_of(s) for s in sites["status"]],
            "mu": largest_remainder(np.asarray(sites["area_mu"], dtype=float), 1),
        }
    )
    table["should_mu"] = table["mu"].where(~table["status"].isin(NOT_DUE), 0.0)
    table["done_mu"] = table["mu"].where(table["status"].isin(GREEN), 0.0)
    table["n"] = 1
    order = list(NAMES)
    table["_order"] = [order.index(s) for s in table["status"]]
    sums = ["n", "mu", "should_mu", "done_mu"]
    rows = table.groupby(["town_code", "loc_class", "_order", "status"], sort=True)[sums].sum()
    rows = rows.reset_index().drop(columns="_order")
    towns = table.groupby("town_code", sort=True)[sums].sum().reset_index()
    towns = towns.assign(loc_class=TOTAL, status=TOTAL)
    classes = table.groupby("loc_class", sort=True)[sums].sum().reset_index()
    classes = classes.assign(town_code=TOTAL, status=TOTAL)
    whole = table[sums].sum().to_frame().T.assign(town_code=TOTAL, loc_class=TOTAL, status=TOTAL)
    made = pd.concat([rows, towns, classes, whole], ignore_index=True)
    made["status"] = [NAMES.get(s, s) for s in made["status"]]
    made["n"] = made["n"].astype(int)
    for column in ("mu", "should_mu", "done_mu"):
        made[column] = made[column].astype(float).round(1)
    should = made["should_mu"].to_numpy()
    done = np.divide(
        100 * made["done_mu"].to_numpy(), should, out=np.full(len(made), np.nan), where=should > 0
    )
    made["done_percent"] = np.round(done, 2)
    return made[["town_code", "loc_class", "status", *sums, "done_percent"]]


def _text(sites: pd.DataFrame, column: str) -> list[str]:
    """Give a column as text, "" where it is missing."""
    if column not in sites:
        return [""] * len(sites)
    return ["" if v is None or v != v else str(v) for v in sites[column]]
