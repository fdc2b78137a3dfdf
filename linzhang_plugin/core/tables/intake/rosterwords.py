"""Words of a roster: roles and kinds of rangers, dates in any of the usual forms."""

from __future__ import annotations

import datetime
import re

ROLES = (
    ("协管", "assistant"), ("协助", "assistant"), ("兼职", "assistant"), ("监管", "supervisor"),
    ("护林", "ranger"), ("管护", "ranger"), ("巡护", "ranger"), ("林长", "chief"),
    ("警", "police"), ("技术", "tech"), ("志愿", "volunteer"), ("干部", "cadre"),
    ("党员", "party_member"),
    ("专职", "ranger"), ("生态", "ranger"), ("天然林", "ranger"), ("公益林", "ranger"),
)  # fmt: skip
"""Parts of Chinese role names, the first that fits wins."""
RANGER_TYPES = (
    ("专职", "full_time"), ("生态", "ecological"), ("公益林", "public_welfare"),
    ("天然林", "natural"), ("天保", "natural"), ("防火", "fire"),
)  # fmt: skip


def role_of(role: str, post: str, sheet: str = "") -> tuple[str, str, bool]:
    """Give role and ranger type of Chinese words, and whether the words told the role.

    Example:
        >>> role_of("专职护林员", ""), role_of("", "村级林长"), role_of("", "", "护林员花名册")
        (('ranger', 'full_time', True), ('chief', '', True), ('ranger', 'full_time', True))
    """
    for words in (role, post, sheet):
        code = next((code for word, code in ROLES if word in words), "")
        if not code and words in dict.fromkeys(c for _, c in ROLES):
            code = words
        if code:
            kind = next((k for word, k in RANGER_TYPES if word in words), "")
            return code, (kind or "full_time") if code == "ranger" else "", True
    return "ranger", "full_time", False


def date_of(value: str) -> str | None:
    """Give a date of a roster as ISO text: 2021-3-1, 2021.3, 2021年3月1日, an Excel day.

    Example:
        >>> date_of("2021年3月1日"), date_of("2021.3"), date_of("44256"), date_of("长期")
        ('2021-03-01', '2021-03-01', '2021-03-01', None)
    """
    if value.isdigit() and len(value) == 5:
        day = datetime.date(1899, 12, 30) + datetime.timedelta(days=int(value))
        return day.isoformat()
    if value.isdigit() and len(value) == 8:
        value = f"{value[:4]}-{value[4:6]}-{value[6:]}"
    found = re.match(r"^(\d{4})\D+(\d{1,2})(?:\D+(\d{1,2}))?", value)
    if not found:
        return None
    try:
        return datetime.date(int(found[1]), int(found[2]), int(found[3] or 1)).isoformat()
    except ValueError:
        return None
