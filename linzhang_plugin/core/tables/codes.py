"""Code lists in Chinese and English, as data: what a workspace is created with.

A county may add rows to its ``code_list`` table. Lists in :data:`OPEN` describe codes that
come with delivered data, where unknown values are kept and reported; in every other list an
unknown value is refused by the store.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from linzhang_plugin.core.tables.code_data import LISTS

OPEN = frozenset(
    {"sen_lin_lb", "shi_quan_d", "gjgyl_bhdj", "lin_zhong", "qi_yuan", "ling_zu", "ld_qs", "bh_dj"}
)
"""Domains of delivered attributes: an unknown code is kept."""


@dataclass(frozen=True)
class Code:
    """One entry of a code list."""

    domain: str
    code: str
    zh: str
    en: str
    sort: int


def every_code() -> Iterator[Code]:
    """Give all entries, list by list in their order."""
    for domain, entries in LISTS.items():
        for sort, (code, zh, en) in enumerate(entries, start=1):
            yield Code(domain, code, zh, en, sort)


def codes_of(domain: str) -> tuple[Code, ...]:
    """Give the entries of one list in their order.

    Raises:
        KeyError: There is no such list.
    """
    entries = LISTS[domain]
    return tuple(
        Code(domain, code, zh, en, sort) for sort, (code, zh, en) in enumerate(entries, start=1)
    )


def title(domain: str, code: object, language: str = "zh") -> str:
    """Give a code's title, or the code itself where the list does not know it."""
    for entry in codes_of(domain):
        if entry.code == str(code):
            return entry.zh if language == "zh" else entry.en
    return "" if code is None else str(code)


LAND_CLASSES = tuple(code for code, _, _ in LISTS["land_class"])
"""Values of ``stand.land_class``; the mapping from delivered DI_LEI codes is the intake's."""

FOREST_LAND = frozenset(LAND_CLASSES[: LAND_CLASSES.index("auxiliary") + 1])
"""Land classes that are forest land (林地): every such stand belongs to a grid."""

PUBLIC_WELFARE = frozenset({"11", "12", "011", "012"})
"""Values of ``stand.sen_lin_lb`` that are public-welfare forest (公益林)."""

FROZEN_STATUS = frozenset({"confirmed", "archived"})
"""Statuses of a plan year whose grids and stands can no longer change."""

SLOPE_LIMITS = (5.0, 15.0, 25.0, 35.0, 45.0)
"""Degrees at which slope classes 2 to 6 begin (平 <5, 缓, 斜, 陡, 急, 险 ≥45)."""


def slope_class(degrees: float) -> str:
    """Give the slope class ``1`` to ``6`` of a slope in degrees.

    Example:
        >>> slope_class(4.9), slope_class(15.0), slope_class(60.0)
        ('1', '3', '6')
    """
    return str(1 + sum(degrees >= limit for limit in SLOPE_LIMITS))
