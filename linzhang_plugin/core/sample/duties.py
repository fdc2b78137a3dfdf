"""The invented lists 包山包人: hills of last year's grids, people by group, appeals."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from linzhang_plugin.core.hills.responsibility import hill_duties
from linzhang_plugin.core.sample.names import MARK

KEY_PLACES = ("农林交错区", "墓地集中区", "高压线走廊", "林区施工点", "疫木除治山场", "景区入口")
APPEALS = (
    ("01", "林地界线不清，请求现场勘界"),
    ("02", "询问公益林补偿到账时间"),
    ("03", "申请采伐自留山毛竹"),
    ("04", "野猪损毁庄稼，请求补偿"),
    ("05", "反映施工便道占用林地"),
    ("06", "发现枯死松树，请求处置"),
    ("07", "询问农事用火报备办法"),
)
"""Kind and words of appeals; nobody is named."""


def make_duties(
    hills: Any, grids: Any, villages: dict[str, str], households: dict[str, int], seed: int
) -> dict[str, pd.DataFrame]:
    """Make ``hill_duty``, ``people_duty`` and ``appeal`` of one year's grids.

    Args:
        hills: ``hill`` of the county.
        grids: ``grid`` of the year, same CRS (m).
        villages: Name of each village by code.
        households: Households of each village.
        seed: Seed.
    """
    draw = np.random.default_rng([seed, 89])
    year = int(grids["grid_year"].iloc[0])
    hill = hill_duties(hills, grids, year)
    told = draw.random(len(hill)) < 0.12
    hill["key_places"] = [
        KEY_PLACES[int(draw.integers(len(KEY_PLACES)))] if t else None for t in told
    ]
    hill["note"] = MARK
    people = _people(draw, grids, villages, households, year)
    return {"hill_duty": hill, "people_duty": people, "appeal": _appeals(draw, people, year)}


def _people(
    draw: np.random.Generator,
    grids: pd.DataFrame,
    villages: dict[str, str],
    households: dict[str, int],
    year: int,
) -> pd.DataFrame:
    """Give counts of each grid's village groups; never a name."""
    codes = {name: code for code, name in villages.items()}
    rows: list[dict[str, Any]] = []
    for grid in grids.sort_values("grid_code").to_dict("records"):
        named = [n for n in str(grid.get("villages") or "").replace(",", "、").split("、") if n]
        for village in (named or [str(grid.get("main_village") or "示例村")])[:4]:
            code = codes.get(village, village if village in villages else None)
            title = villages.get(code, village) if code else village
            homes = households.get(code or "", 200)
            for group in range(1, int(draw.integers(2, 5))):
                rows.append(
                    {
                        "grid_code": grid["grid_code"],
                        "grid_year": year,
                        "village_code": code,
                        "group_name": f"{title}第{group}组",
                        "households": int(max(8, homes * draw.uniform(0.05, 0.15))),
                        "units": int(draw.integers(0, 4)),
                        "publicity": int(draw.integers(2, 13)),
                        "appeals": 0,
                        "note": MARK,
                    }
                )
    return pd.DataFrame(rows)


def _appeals(draw: np.random.Generator, people: pd.DataFrame, year: int) -> pd.DataFrame:
    """Give the dated register, and count its rows into the people's list, in place."""
    rows: list[dict[str, Any]] = []
    count = max(4, len(people) // 12)
    for number in range(count):
        row = int(draw.integers(len(people)))
        kind, words = APPEALS[int(draw.integers(len(APPEALS)))]
        received = date(year, 1, 5) + timedelta(days=int(draw.integers(0, 345)))
        done = draw.random() < 0.8
        people.loc[row, "appeals"] += 1
        rows.append(
            {
                "appeal_no": f"SQ{year}-{number + 1:04d}",
                "received_on": received.isoformat(),
                "kind": kind,
                "grid_code": people.at[row, "grid_code"],
                "village_code": people.at[row, "village_code"],
                "group_name": people.at[row, "group_name"],
                "content": words,
                "handled_by": "示例林业工作站",
                "status": "closed" if done else "open",
                "replied_on": (received + timedelta(days=9)).isoformat() if done else None,
                "reply": "已答复" if done else None,
                "note": MARK,
            }
        )
    return pd.DataFrame(rows)
