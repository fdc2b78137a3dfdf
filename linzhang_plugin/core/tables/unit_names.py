"""Codes of towns and villages in sentences and lists, replaced by the names people know."""

from __future__ import annotations

import re

import pandas as pd

CODE = re.compile(r"(?<!\d)(\d{12}|\d{9}|\d{6})(?!\d)")
"""A county, town or village code that stands alone."""
TEXTS = ("main_village", "villages", "bound_n", "bound_e", "bound_s", "bound_w")
"""Columns of a grid that people read."""


def with_unit_names(grid: pd.DataFrame, admin_unit: pd.DataFrame) -> pd.DataFrame:
    """Give the grids with names for the codes in their texts; an unknown code stays.

    Args:
        grid: Rows of the table ``grid``; a copy is changed.
        admin_unit: ``unit_code`` and ``unit_name``.

    Example:
        >>> units = pd.DataFrame({"unit_code": ["360702100"], "unit_name": ["云岭镇"]})
        >>> grids = pd.DataFrame({"bound_e": ["林缘、360702100界"]})
        >>> with_unit_names(grids, units)["bound_e"].tolist()
        ['林缘、云岭镇界']
    """
    names = {
        str(code): str(name)
        for code, name in zip(admin_unit["unit_code"], admin_unit["unit_name"], strict=True)
        if isinstance(name, str) and name
    }
    named = grid.copy()
    for column in TEXTS:
        if column in named:
            named[column] = [_named(text, names) for text in named[column]]
    return named


def _named(text: object, names: dict[str, str]) -> object:
    if not isinstance(text, str):
        return text
    return CODE.sub(lambda found: names.get(found[1], found[1]), text)
