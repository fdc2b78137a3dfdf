"""What a border move costs under each published objective, for :mod:`.annealing`.

The functions run compiled or not, on flat sequences: keep them to loops and plain arithmetic.
"""

# ruff: noqa: ANN001, ANN202
from __future__ import annotations

from linzhang_plugin.core.grids.published.annealing import Moves


def _cut_price(data, part, unit, old, new, most):  # type: ignore[no-untyped-def]
    """Links to the old grid become cut, links to the new one are healed."""
    first, rows, price = data
    change = 0.0
    for p in range(first[unit], first[unit + 1]):
        other = part[rows[p]]
        if other == old:
            change += price[p]
        elif other == new:
            change -= price[p]
    return change


def _cut_apply(data, part, unit, old, new):  # type: ignore[no-untyped-def]
    """Keep nothing: a cut is priced from the plan alone."""


CUT = Moves(_cut_price, _cut_apply)
"""Data: row starts, other ends, price of each link entry."""


def _moment_price(data, part, unit, old, new, most):  # type: ignore[no-untyped-def]
    """Exact change of the Hess moment, each grid at its own best centre; O(units of the two)."""
    price, total, value, room, members, place, sizes = data
    n = room[0]
    at = unit * n
    base = old * n
    left = 1e300
    for q in range(base, base + sizes[old]):
        j = members[q]
        if j != unit:
            x = total[base + j] - price[at + j]
            if x < left:
                left = x
    base = new * n
    right = total[base + unit] + price[at + unit]
    for q in range(base, base + sizes[new]):
        j = members[q]
        x = total[base + j] + price[at + j]
        if x < right:
            right = x
    return left + right - value[old] - value[new]


def _moment_apply(data, part, unit, old, new):  # type: ignore[no-untyped-def]
    """Update the cost of the two grids from every centre, their values and their members."""
    price, total, value, room, members, place, sizes = data
    n = room[0]
    for j in range(n):
        x = price[unit * n + j]
        total[old * n + j] -= x
        total[new * n + j] += x
    sizes[old] -= 1
    last = members[old * n + sizes[old]]
    members[place[unit]] = last
    place[last] = place[unit]
    members[new * n + sizes[new]] = unit
    place[unit] = new * n + sizes[new]
    sizes[new] += 1
    for grid in (old, new):
        best = 1e300
        for q in range(grid * n, grid * n + sizes[grid]):
            x = total[grid * n + members[q]]
            if x < best:
                best = x
        value[grid] = best


def _moment_worth(data, part, grid):  # type: ignore[no-untyped-def]
    """Moment of a grid about its own best centre."""
    return data[2][grid]


MOMENT = Moves(_moment_price, _moment_apply, _moment_worth)
"""Data: (n·n) cost of unit i from centre j, (k·n) cost of a grid from centre j, (k) value of
each grid, [n], members (k·n), place of each unit among them, sizes."""


def _centred_price(data, part, unit, old, new, most):  # type: ignore[no-untyped-def]
    """Cost of the unit about the new grid's given centre less about the old one's."""
    price, count = data
    return price[unit * count[0] + new] - price[unit * count[0] + old]


CENTRED = Moves(_centred_price, _cut_apply)
"""Data: (n·k) cost of a unit in each grid, [k]."""


def _diameter_price(data, part, unit, old, new, most):  # type: ignore[no-untyped-def]
    """Excess over the threshold of the unit's distances in the new grid less in the old.

    Counting stops once the change exceeds ``most``: such a move is refused anyway.
    """
    x, y, threshold, members, place, sizes, room, far = data
    square = threshold[0] * threshold[0]
    change = -far[unit]
    if change > most:
        return change
    ux = x[unit]
    uy = y[unit]
    base = new * room[0]
    for q in range(base, base + sizes[new]):
        v = members[q]
        dx = x[v] - ux
        dy = y[v] - uy
        gap = dx * dx + dy * dy
        if gap > square:
            change += (gap - square) / square + threshold[1]
            if change > most:
                return change
    return change


def _diameter_apply(data, part, unit, old, new):  # type: ignore[no-untyped-def]
    """Move the unit between the member lists; keep each unit's excess in its own grid."""
    x, y, threshold, members, place, sizes, room, far = data
    square = threshold[0] * threshold[0]
    ux = x[unit]
    uy = y[unit]
    sizes[old] -= 1
    last = members[old * room[0] + sizes[old]]
    members[place[unit]] = last
    place[last] = place[unit]
    if far[unit] > 0.0:
        for q in range(old * room[0], old * room[0] + sizes[old]):
            v = members[q]
            dx = x[v] - ux
            dy = y[v] - uy
            gap = dx * dx + dy * dy
            if gap > square:
                far[v] -= (gap - square) / square + threshold[1]
                if far[v] < threshold[1] / 2:
                    far[v] = 0.0
    total = 0.0
    for q in range(new * room[0], new * room[0] + sizes[new]):
        v = members[q]
        dx = x[v] - ux
        dy = y[v] - uy
        gap = dx * dx + dy * dy
        if gap > square:
            each = (gap - square) / square + threshold[1]
            far[v] += each
            total += each
    far[unit] = total
    members[new * room[0] + sizes[new]] = unit
    place[unit] = new * room[0] + sizes[new]
    sizes[new] += 1


DIAMETER = Moves(_diameter_price, _diameter_apply)
"""Data: x, y, [threshold, charge of a pair], members (k·room), place of each unit, sizes, [room],
excess of each unit's distances in its own grid.

The cost is the violation of the threshold: 0 means that no grid is wider."""
