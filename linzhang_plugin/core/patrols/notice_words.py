"""How figures, months and places are said in the notice."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from linzhang_plugin.core.patrols.notice_form import Percent

DASH = "—"


def percent(value: object) -> Percent | str:
    """Give a percentage, or a dash for one that is not known."""
    return DASH if pd.isna(value) else Percent(str(float(str(value))))


def month_name(text: str) -> str:
    """Give ``2025-03`` as 2025年3月."""
    return f"{text[:4]}年{int(text[5:7])}月"


def chinese_date(text: str) -> str:
    """Give an ISO date as 2025年3月5日; empty for none."""
    if len(text) < 10:
        return ""
    return f"{int(text[:4])}年{int(text[5:7])}月{int(text[8:10])}日"


def town_name(code: object, names: Mapping[str, str]) -> str:
    """Give a town's name, its code where it has none; 合计 for the row of all towns."""
    word = "" if code is None or code != code else str(code)
    return names.get(word, word) or "合计"
