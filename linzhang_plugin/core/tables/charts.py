"""Small line charts as inline SVG, for reports: no scripts, no files, no library."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass

from linzhang_plugin.core.messages import Message, Translate, untranslated

WIDE, HIGH = 440, 300
LEFT, RIGHT, TOP, BOTTOM = 62, 18, 52, 46
"""Room for the axes' figures and titles, pixels."""
CLOSE = 14.0
"""Points nearer than this share a label, pixels."""
COLOURS = ("#1b6b2f", "#b5651d", "#2a5d9f")


@dataclass(frozen=True)
class Line:
    """One line of a chart.

    Attributes:
        title: Its name in the legend.
        points: (x, y, label); points without a finite figure are left out.
    """

    title: Message
    points: tuple[tuple[float, float, str], ...]


@dataclass(frozen=True)
class Chart:
    """One picture: lines over a common x axis.

    Attributes:
        title: Above it.
        x_title: Under the x axis.
        lines: At most three.
    """

    title: Message
    x_title: Message
    lines: tuple[Line, ...]

    def svg(self, translate: Translate = untranslated) -> str:
        """Give the picture; texts are escaped."""
        known = [
            (line, [p for p in line.points if math.isfinite(p[0]) and math.isfinite(p[1])])
            for line in self.lines
        ]
        every = [p for _, points in known for p in points]
        if not every:
            return ""
        across = ticks(0.0, max(p[0] for p in every))
        least, most = min(p[1] for p in every), max(p[1] for p in every)
        up = ticks(0.0 if least < 0.4 * most else least - 0.1 * (most - least), most)
        body = [*_axes(across, up)]
        each = (WIDE - LEFT - RIGHT) / max(1, len(known))
        for number, (line, points) in enumerate(known):
            colour = COLOURS[number]
            body += _drawn(points, across, up, colour)
            x = LEFT + each * number
            body.append(f'<rect x="{x:.1f}" y="27" width="10" height="10" fill="{colour}"/>')
            body.append(_text(x + 14, 36, line.title.render(translate), "start"))
        body.append(_text(WIDE / 2, 18, self.title.render(translate), "middle", 14))
        body.append(_text((LEFT + WIDE - RIGHT) / 2, HIGH - 8, self.x_title.render(translate)))
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{HIGH}"'
            f' viewBox="0 0 {WIDE} {HIGH}" role="img">'
            f'<rect width="{WIDE}" height="{HIGH}" fill="#ffffff"/>' + "".join(body) + "</svg>"
        )


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Give round figures that span a range, from at most ``low`` to at least ``high``.

    Example:
        >>> ticks(0.0, 23.0)
        [0.0, 5.0, 10.0, 15.0, 20.0, 25.0]
    """
    span = high - low
    if span <= 1e-9 * max(1.0, abs(high)):
        span = max(abs(high), 1.0)
    raw = span / (most - 1)
    power = 10.0 ** math.floor(math.log10(raw))
    each = next(power * m for m in (1.0, 2.0, 2.5, 5.0, 10.0) if power * m >= raw * (1 - 1e-9))
    first = math.floor(low / each + 1e-9)
    last = max(first + 1, math.ceil(high / each - 1e-9))
    return [round(each * n, 10) for n in range(first, last + 1)]


def _place(value: float, marks: Sequence[float], start: float, end: float) -> float:
    return start + (end - start) * (value - marks[0]) / (marks[-1] - marks[0])


def _axes(across: list[float], up: list[float]) -> list[str]:
    """Give grid lines with their figures."""
    made = []
    for value in across:
        x = _place(value, across, LEFT, WIDE - RIGHT)
        made.append(_stroke(x, TOP, x, HIGH - BOTTOM))
        made.append(_text(x, HIGH - BOTTOM + 16, f"{value:,g}"))
    for value in up:
        y = _place(value, up, HIGH - BOTTOM, TOP)
        made.append(_stroke(LEFT, y, WIDE - RIGHT, y))
        made.append(_text(LEFT - 6, y + 4, f"{value:,g}", "end"))
    return made


def _drawn(
    points: Sequence[tuple[float, float, str]],
    across: list[float],
    up: list[float],
    colour: str,
) -> list[str]:
    """Give a line with its points and their labels."""
    places = [
        (_place(x, across, LEFT, WIDE - RIGHT), _place(y, up, HIGH - BOTTOM, TOP), label)
        for x, y, label in points
    ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in places)
    made = [f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>']
    made += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>' for x, y, _ in places]
    return made + [_text(x, y - 8, label, "middle", 12) for x, y, label in _together(places)]


def _together(places: list[tuple[float, float, str]]) -> list[tuple[float, float, str]]:
    """Write the labels of points that lie nearly on each other in one."""
    made: list[tuple[float, float, list[str]]] = []
    for x, y, label in places:
        if made and math.hypot(made[-1][0] - x, made[-1][1] - y) < CLOSE:
            made[-1][2].append(label)
        else:
            made.append((x, y, [label]))
    return [(x, y, ", ".join(labels)) for x, y, labels in made]


def _stroke(x1: float, y1: float, x2: float, y2: float) -> str:
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#dddddd"'
        ' stroke-width="1"/>'
    )


def _text(x: float, y: float, text: str, anchor: str = "middle", size: int = 11) -> str:
    safe = html.escape("".join(c for c in text if c.isprintable()))
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}"'
        f' fill="#333333">{safe}</text>'
    )
