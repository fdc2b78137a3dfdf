"""Names of grids for people: the short label of a code, with the main village."""

from __future__ import annotations

from collections.abc import Sequence

from linzhang_plugin.core.grids.numbering import CODE


def label_of(code: str) -> str:
    """Give the short label of a grid code: town and sequence (``104-012``), else the code."""
    found = CODE.match(code)
    return f"{found[2]}-{found[3]}" if found else code


def grid_names(
    codes: Sequence[str],
    villages: Sequence[str | None],
    towns: Sequence[str | None] | None = None,
) -> list[str]:
    """Give each grid's name: 沙河-012 where the town's name is known, else village and number.

    Args:
        codes: Grid codes.
        villages: Main village (name or code) of each grid, None where unknown.
        towns: Town name of each grid, None where unknown.
    """
    names = []
    for row, code in enumerate(codes):
        found = CODE.match(code)
        number = found[3] if found else code
        head = (towns[row] if towns else None) or villages[row]
        plain = not head or str(head).isdigit()
        names.append(label_of(code) if plain else f"{_short(str(head))}-{number}")
    return names


def _short(name: str) -> str:
    """Drop the kind of place at the end of a town's name."""
    for ending in ("街道", "镇", "乡"):
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name[: -len(ending)]
    return name
