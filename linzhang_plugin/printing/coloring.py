"""Colours for neighbouring areas: few, pale, told apart by the colour-blind, never side by side."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

PALETTE = ("#a6cee3", "#fdd49e", "#b2df8a", "#e7b3d4", "#f2ee9a", "#c9c3e6", "#d0b49a")
"""Pale versions of the Okabe–Ito and ColorBrewer sets, ordered by use."""


def neighbour_colors(shapes: npt.NDArray[np.object_], within: float = 60.0) -> list[int]:
    """Number the shapes so that those within ``within`` m of each other differ.

    Greedy colouring, the most hemmed-in first (Brélaz 1979, Communications of the ACM 22);
    where more colours are needed than the palette has, the least used around is repeated.

    Args:
        shapes: Polygons, projected.
        within: Distance up to which two areas count as neighbours, m.

    Returns:
        Index into :data:`PALETTE` of each shape.
    """
    n = len(shapes)
    near: list[set[int]] = [set() for _ in range(n)]
    if n > 1:
        pairs: Any = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=within)
        for one, other in pairs.T:
            if one != other:
                near[int(one)].add(int(other))
    color = [-1] * n
    used = [0] * len(PALETTE)
    for _ in range(n):
        free = [i for i in range(n) if color[i] < 0]
        pick = max(free, key=lambda i: (len({color[j] for j in near[i]} - {-1}), len(near[i]), -i))
        around = [color[j] for j in near[pick] if color[j] >= 0]
        options = sorted(range(len(PALETTE)), key=lambda c: (around.count(c), c))
        best = [c for c in options if around.count(c) == around.count(options[0])]
        # Spread the colours: the least used of the first few that fit.
        color[pick] = min(best[:5], key=lambda c: (used[c], c))
        used[color[pick]] += 1
    return color
