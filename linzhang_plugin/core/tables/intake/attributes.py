"""A stand's attributes as delivered → the codes of our lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from linzhang_plugin.core.tables.codes import slope_class
from linzhang_plugin.core.tables.intake import values
from linzhang_plugin.core.tables.intake.values import code_and_name, grade

Floats = npt.NDArray[np.float64]

SLOPE_NAMES = {"平": "1", "缓": "2", "斜": "3", "陡": "4", "急": "5", "险": "6"}
OWNERSHIP = {"1": "10", "2": "20"}
PROTECTION = {"3": "2"}
NAMES: dict[str, dict[str, str]] = {
    "sen_lin_lb": {"重点公益林": "11", "一般公益林": "12", "重点商品林": "21", "一般商品林": "22",
                   "国家级公益林": "11", "地方公益林": "12", "公益林": "12", "商品林": "22"},
    "shi_quan_d": {"国家级": "10", "国家": "10", "地方": "20", "省级": "20"},
    "qi_yuan": {"纯天然": "11", "人工促进": "12", "天然萌生": "13", "植苗": "21", "直播": "22",
                "飞播": "23", "人工萌生": "24", "天然": "10", "人工": "20"},
    "ld_qs": {"国有": "10", "农户家庭承包": "21", "联户合作": "22", "集体经济组织": "23",
              "集体": "20"},
    "ling_zu": {"幼": "1", "中": "2", "近": "3", "成": "4", "过": "5"},
}  # fmt: skip
"""Parts of names by field, for files that hold names instead of codes."""


def _plain(value: str) -> str:
    code, name = code_and_name(value)
    return code or name


def _named(field: str) -> Callable[[str], str]:
    def one(value: str) -> str:
        code, name = code_and_name(value)
        if code:
            return code
        return next((c for part, c in NAMES[field].items() if part in name), name[:4])

    return one


def _forest_category(value: str) -> str:
    code = _named("sen_lin_lb")(value)
    return code[1:] if len(code) == 3 and code.startswith("0") else code


def _authority(value: str) -> str:
    code = _named("shi_quan_d")(value)
    return OWNERSHIP.get(code, code)


def _protection(value: str) -> str:
    word = grade(value)
    return PROTECTION.get(word, word)[:4]


READERS: dict[str, Callable[[str], str]] = {
    "sen_lin_lb": _forest_category,
    "shi_quan_d": _authority,
    "gjgyl_bhdj": _protection,
    "lin_zhong": lambda value: _plain(value)[:6],
    "qi_yuan": _named("qi_yuan"),
    "you_shi_sz": lambda value: _plain(value)[:30],
    "ling_zu": _named("ling_zu"),
    "ld_qs": _named("ld_qs"),
    "bh_dj": lambda value: grade(value)[:4],
    "place_name": lambda value: value[:60],
    "grid_code": lambda value: value[:24],
}
"""How the text of each coded field is read."""


def coded(field: str, texts: list[str]) -> list[str | None]:
    """Read a coded column; blanks become None, each distinct value is read once."""
    known = {text: (READERS[field](text) or None) if text else None for text in set(texts)}
    return [known[text] for text in texts]


def slopes(texts: list[str]) -> tuple[list[str | None], Floats]:
    """Read PO_DU, which holds classes 1–6, their names, Roman numerals, or degrees.

    Returns:
        Class of each row, and degrees (NaN where classes were delivered).
    """
    plain = [_plain(text) for text in texts]
    numbers = pd.to_numeric(pd.Series(plain, dtype=object), errors="coerce").to_numpy(float)
    present = numbers[np.isfinite(numbers)]
    numeric = len(present) >= 0.9 * sum(map(bool, plain)) and len(present) > 0
    degrees = numeric and bool(present.max() > 6 or (present % 1 != 0).any())
    if degrees:
        fine = np.where((numbers >= 0) & (numbers <= 90), numbers, np.nan)
        return [slope_class(v) if np.isfinite(v) else None for v in fine], fine
    nothing = np.full(len(texts), np.nan)
    return [_slope_class(text) for text in texts], nothing


def _slope_class(text: str) -> str | None:
    word = grade(text) if text else ""
    for name, code in SLOPE_NAMES.items():
        if name in word:
            return code
    return word if word in ("1", "2", "3", "4", "5", "6") else None


def canopy(column: pd.Series) -> Floats:
    """Read 郁闭度: 0–1, or 0–100 when delivered in percent; other values are NaN."""
    numbers = values.numbers(column)
    if np.nanmax(numbers, initial=0.0) > 1:
        numbers = numbers / 100
    return np.where((numbers >= 0) & (numbers <= 1), numbers, np.nan)


def volumes(columns: Mapping[str, pd.Series], area_m2: Floats) -> Floats:
    """Give m³ of each stand from its own volume or the volume a hectare; NaN where neither."""
    result = np.full(len(area_m2), np.nan)
    if "volume_ha" in columns:
        result = values.numbers(columns["volume_ha"]) * area_m2 / 10_000
    if "volume" in columns:
        own = values.numbers(columns["volume"])
        result = np.where(np.isfinite(own), own, result)
    return np.where(result >= 0, result, np.nan)
