"""Names of towns and villages: compared without their endings, never by likeness alone."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping

ENDINGS = (
    "街道办事处", "街道办", "办事处", "人民政府", "镇政府", "街道", "民族乡", "镇", "乡",
    "国有林场", "生态林场", "林场", "农场", "村民委员会", "村委会", "居民委员会", "居委会",
    "社区", "行政村", "村", "管理区", "分场",
)  # fmt: skip
"""Endings that a list leaves off or adds, the longer first."""


def tidy(name: str) -> str:
    """Give a name without blanks and full-width forms."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def stem(name: str) -> str:
    """Give a name without its ending, or whole where nothing of two characters would be left.

    Example:
        >>> stem("沙河镇"), stem("水南街道办事处"), stem("龙村村"), stem("龙村")
        ('沙河', '水南', '龙村', '龙村')
    """
    name = tidy(name)
    for ending in ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return name[: -len(ending)]
    return name


class PlaceIndex:
    """Finds the code of a place by its name or code.

    Example:
        >>> index = PlaceIndex({"360702104": "沙河镇", "360702100": "沙石镇"})
        >>> index.find("沙河"), index.find("104"), index.find("章贡区沙河镇"), index.find("沙")
        ('360702104', '360702104', '360702104', None)
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        """Take code → name; nameless codes have an empty name."""
        self.names = {code: tidy(name) for code, name in names.items()}
        self._by_name = _unique((name, code) for code, name in self.names.items() if name)
        self._by_stem = _unique((stem(name), code) for code, name in self.names.items() if name)

    def find(self, text: str) -> str | None:
        """Give the one place meant by a code, a name, a name without ending or with its county.

        A name may also lack the beginning that the other has (青岭镇 for 示例青岭镇).
        None when there is none or more than one.
        """
        text = tidy(text)
        if not text:
            return None
        if text.isdigit():
            return self._by_code(text)
        for index, word in ((self._by_name, text), (self._by_stem, stem(text))):
            if index.get(word):
                return index[word]
        ends = [code for code, name in self.names.items() if len(name) >= 2 and text.endswith(name)]
        longest = max((len(self.names[code]) for code in ends), default=0)
        ends = [code for code in ends if len(self.names[code]) == longest]
        if len(ends) == 1:
            return ends[0]
        longer = [c for c, name in self.names.items() if len(text) >= 3 and name.endswith(text)]
        return longer[0] if len(longer) == 1 and not ends else None

    def _by_code(self, text: str) -> str | None:
        if text in self.names:
            return text
        width = min((len(code) for code in self.names), default=0)
        if width and len(text) > width and text[:width] in self.names:
            return text[:width]
        ends = [code for code in self.names if len(text) <= 3 and code.endswith(text.zfill(3))]
        return ends[0] if len(ends) == 1 else None

    def like(self, text: str) -> str:
        """Give the name most like a text, to be suggested and never taken; ``""`` for none."""
        close = difflib.get_close_matches(
            tidy(text), sorted(set(self.names.values()) - {""}), 1, 0.5
        )
        return close[0] if close else ""


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Index names; a name borne by two places finds neither."""
    found: dict[str, str] = {}
    for name, code in pairs:
        found[name] = "" if found.get(name, code) != code else code
    return {name: code for name, code in found.items() if code}


def made_codes(names: Iterable[str], taken: Iterable[str], village: bool) -> dict[str, str]:
    """Make 3-digit numbers for places that have names only, of the right kind (国家统计局).

    They start in the upper half of each range, where real codes are rare; a report says that
    they are made up.

    Args:
        names: Place names; their order does not matter.
        taken: Numbers in use.
        village: Villages and communities, else towns.
    """
    used = set(taken)
    made = {}
    for name in sorted(set(names)):
        number = _first_number(name, village)
        while f"{number:03d}" in used and number < 999:
            number += 1
        made[name] = f"{number:03d}"
        used.add(made[name])
    return made


def _first_number(name: str, village: bool) -> int:
    if village:
        return 101 if name.endswith(("社区", "居委会", "居民委员会")) else 301
    if "林场" in name or "农场" in name:
        return 501
    if name.endswith("乡"):
        return 301
    return 51 if "街道" in name or name.endswith("办事处") else 151


def town_kind(code: str, name: str) -> str:
    """Give ``admin_kind`` of a town by its name, else by its number (国家统计局 ranges)."""
    for ending, kind in (("街道", "street"), ("林场", "state_farm"), ("农场", "state_farm"),
                         ("镇", "town"), ("乡", "township"), ("区", "zone")):  # fmt: skip
        if ending in name:
            return kind
    number = int(code[6:9]) if code[6:9].isdigit() else 0
    if 400 <= number < 600:
        return "state_farm"
    if number < 100:
        return "street"
    return "town" if number < 200 else "township"
