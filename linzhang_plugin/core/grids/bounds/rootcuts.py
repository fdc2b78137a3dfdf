"""Cuts that a fractional or torn plan breaks: pieces of a grid that hold less root than unit."""

from __future__ import annotations

import numpy as np

from linzhang_plugin.core.grids.bounds.rooted import Cut, Rooted
from linzhang_plugin.core.grids.bounds.rootsolve import Answer
from linzhang_plugin.core.grids.model import Floats, Ints

LEVELS = (0.5, 0.2, 0.02)
"""Shares above which a unit counts as in a grid when pieces of a fractional plan are looked for."""

MOST_CUTS = 400
"""Cuts added after one solution, the most violated first."""

RINGS = 12
"""Walls about a piece, one about the other, from which cuts are made at a time."""

TINY = 1e-4
"""Share by which a cut must be broken to be added."""


def broken(program: Rooted, answer: Answer) -> list[Cut]:
    """Cuts that a solution breaks: pieces of a grid that hold less root than unit."""
    shares, roots = answer.shares, answer.roots
    assert shares is not None
    assert roots is not None
    found: dict[tuple[int, ...], tuple[float, Cut]] = {}
    for level in LEVELS:
        for g in range(program.problem.k):
            inside = shares[:, g] > level
            if int(inside.sum()) < 2:
                continue
            label = program.graph.components(inside)
            held = np.bincount(label[inside], roots[inside, g])
            top = np.zeros(len(held))
            np.maximum.at(top, label[inside], shares[inside, g])
            for piece in np.flatnonzero(top > held + TINY).tolist():
                for missing, cut in _rings(program, shares, roots, label, piece, g):
                    found.setdefault(tuple(cut[0]), (missing, cut))
    worst = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))
    return [cut for _, (_, cut) in worst[:MOST_CUTS]]


def _rings(
    program: Rooted, shares: Floats, roots: Floats, label: Ints, piece: int, g: int
) -> list[tuple[float, Cut]]:
    """Cuts around one piece: its wall towards the rest, the wall about that, and so on.

    With one wall at a time a fractional plan would only grow by one ring of units.
    """
    members = np.flatnonzero(label == piece)
    top = int(members[np.argmax(shares[members, g])])
    rest = {int(u) for u in np.flatnonzero((label != piece) & (roots[:, g] > TINY))}
    inner = {int(u) for u in members}
    cuts: list[tuple[float, Cut]] = []
    for _ in range(RINGS):
        door, behind = _wall(program, inner, rest, g)
        doors = sorted(door)
        rooted_here = [j for j in sorted(behind) if program.root[j, g] >= 0]
        missing = float(shares[top, g] - shares[doors, g].sum() - roots[rooted_here, g].sum())
        if missing > TINY:
            columns = [int(program.number[top, g])]
            columns += [int(program.number[j, g]) for j in doors]
            columns += [int(program.root[j, g]) for j in rooted_here]
            cuts.append((missing, (columns, [1.0, *[-1.0] * (len(columns) - 1)])))
        inner = behind | door
        if not door or inner & rest:
            break
    return cuts


def _wall(program: Rooted, inner: set[int], rest: set[int], g: int) -> tuple[set[int], set[int]]:
    """The units around ``inner`` that ``rest`` reaches first, and all that lies behind them."""
    near, number = program.graph.near, program.number
    wall = {j for u in inner for j in near[u] if j not in inner and number[j, g] >= 0}
    door = wall & rest
    seen = set(rest)
    stack = sorted(rest - wall)
    while stack:
        for j in near[stack.pop()]:
            if j in seen or j in inner or number[j, g] < 0:
                continue
            seen.add(j)
            if j in wall:
                door.add(j)
            else:
                stack.append(j)
    behind, stack = set(inner), sorted(inner)
    while stack:
        for j in near[stack.pop()]:
            if j not in behind and j not in door and number[j, g] >= 0:
                behind.add(j)
                stack.append(j)
    return door, behind
