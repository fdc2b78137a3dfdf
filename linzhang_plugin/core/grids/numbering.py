"""Grid codes: county6 + town3 + ``W`` + seq3, from north to south and west to east.

The sequence of a town runs in rows (their height is the median height of a grid), each row from
west to east and the next back (serpentine), as forest offices number compartments. A grid that
keeps at least half of last year's mu keeps its code; a retired code is never issued again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from linzhang_plugin.core.grids.model import Floats, Ints

KEEP = 0.5
"""Share of last year's mu that has to stay for the code to stay."""
CODE = re.compile(r"^(\d{6})(\d{3})W(\d{3,4})$")


def town3_of(towns: Sequence[str]) -> dict[str, str]:
    """Give the three digits of each town in grid codes.

    Nine- and twelve-digit codes of the national register give digits 7 to 9, three-digit codes
    themselves; other names get 901, 902 … in order, skipping what is taken.
    """
    found: dict[str, str] = {}
    others = []
    for town in sorted(set(towns)):
        digits = town if re.fullmatch(r"\d{3}|\d{9}|\d{12}", town) else ""
        three = digits if len(digits) == 3 else digits[6:9]
        if three and three not in found.values():
            found[town] = three
        else:
            others.append(town)
    spare = (f"{number:03d}" for number in range(901, 1000))
    taken = set(found.values())
    free = (code for code in spare if code not in taken)
    if len(others) == 1 and "000" not in taken and others[0] == "":
        found[""] = "000"
        return found
    for town in others:
        found[town] = next(free, "999")
    return found


def county6_of(towns: Sequence[str], given: str = "") -> str:
    """Give the county's six digits: those given, else those most towns begin with, else zeros."""
    if given:
        return given
    heads = [town[:6] for town in towns if re.fullmatch(r"\d{9}|\d{12}", town)]
    return max(sorted(set(heads)), key=heads.count) if heads else "000000"


def serpentine(xy: Floats, height: float) -> Ints:
    """Give the order of points from north to south in rows, west to east and back by turns.

    Args:
        xy: (n, 2) grid centres.
        height: Row height: the median height of the grids.
    """
    row = np.floor((xy[:, 1].max() - xy[:, 1]) / max(height, 1e-9) + 1e-9).astype(np.int64)
    rank = np.unique(row, return_inverse=True)[1]
    along = np.where(rank % 2 == 0, xy[:, 0], -xy[:, 0])
    return np.lexsort((-xy[:, 1], along, row))


def kept_codes(grids: pd.DataFrame) -> pd.Series:
    """Give last year's code of the grids that keep it, empty for the others.

    Args:
        grids: ``previous_code`` and ``kept_mu`` (last year's mu that stays), ``before_mu``
            (mu of that grid last year).
    """
    share = grids["kept_mu"] / grids["before_mu"].where(grids["before_mu"] > 0, 1.0)
    keeps = (grids["previous_code"] != "") & (share >= KEEP - 1e-9)
    # A code goes to one grid only: the one that keeps most of it.
    order = grids["kept_mu"].where(keeps, -1.0).sort_values(ascending=False, kind="stable").index
    codes = grids["previous_code"].where(keeps, "").loc[order]
    codes = codes.mask(codes.duplicated() & (codes != ""), "")
    return codes.loc[grids.index]


def number_grids(
    grids: pd.DataFrame,
    xy: Floats,
    heights: Floats,
    county: str,
    used: Iterable[str] = (),
) -> list[str]:
    """Give every grid its code.

    Args:
        grids: ``town_code``, ``previous_code``, ``kept_mu``, ``before_mu``.
        xy: (k, 2) centres of the grids.
        heights: (k,) heights of the grids' boxes.
        county: Six digits.
        used: Codes that are never issued again: last year's and the retired ones.

    Returns:
        (k,) codes, unique.
    """
    frame = grids.reset_index(drop=True)
    codes = kept_codes(frame).tolist()
    taken = {code for code in used if code} | {code for code in codes if code}
    three = town3_of(frame["town_code"].tolist())
    for town, rows in frame.groupby("town_code", sort=True).groups.items():
        inside = np.asarray(rows, dtype=np.int64)
        order = inside[serpentine(xy[inside], float(np.median(heights[inside])))]
        sequence = 0
        for row in order:
            if codes[row]:
                continue
            while True:
                sequence += 1
                code = f"{county}{three[str(town)]}W{sequence:03d}"
                if code not in taken:
                    break
            codes[row] = code
            taken.add(code)
    return codes
