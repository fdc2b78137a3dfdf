"""Charts: points where they belong, round axes, nothing that a browser would run."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ElementTree
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.tables.charts import (
    BOTTOM,
    HIGH,
    LEFT,
    RIGHT,
    TOP,
    WIDE,
    Chart,
    Line,
    ticks,
)

SVG = "{http://www.w3.org/2000/svg}"
figures = st.floats(0.0, 1e7, allow_nan=False)


def chart(points, title="title"):
    return Chart(Message(title), Message("x"), (Line(Message("y"), tuple(points)),))


def circles(svg: str) -> list[tuple[float, float]]:
    root = ElementTree.fromstring(svg)
    return [(float(c.get("cx")), float(c.get("cy"))) for c in root.iter(f"{SVG}circle")]


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_ticks_span_the_range_in_equal_round_steps(low, span):
    marks = ticks(low, low + span)
    assert marks[0] <= low + 1e-6 * span and marks[-1] >= low + span - 1e-6 * span
    assert 2 <= len(marks) <= 8
    steps = {round((b - a) / (marks[1] - marks[0]), 3) for a, b in pairwise(marks)}
    assert steps == {1.0}


@given(st.lists(st.tuples(figures, figures), min_size=1, max_size=8))
def test_every_point_lies_inside_the_axes_in_the_order_of_its_figures(points):
    made = circles(chart([(x, y, str(i)) for i, (x, y) in enumerate(points)]).svg())
    assert len(made) == len(points)
    for (x1, y1), (cx1, cy1) in zip(points, made, strict=True):
        assert LEFT - 0.1 <= cx1 <= WIDE - RIGHT + 0.1
        assert TOP - 0.1 <= cy1 <= HIGH - BOTTOM + 0.1
        for (x2, y2), (cx2, cy2) in zip(points, made, strict=True):
            assert x1 >= x2 or cx1 <= cx2 + 0.1
            assert y1 >= y2 or cy1 >= cy2 - 0.1


def test_points_without_a_figure_are_left_out_and_none_at_all_gives_no_picture():
    assert len(circles(chart([(0, 1, "1"), (1, math.nan, "2"), (2, 3, "3")]).svg())) == 2
    assert chart([(math.nan, 1.0, "1")]).svg() == ""


def test_points_on_each_other_share_a_label():
    svg = chart([(1.0, 1.0, "1"), (1.001, 1.0, "2"), (9.0, 5.0, "3")]).svg()
    texts = re.findall(r">([^<]+)</text>", svg)
    assert "1, 2" in texts and "3" in texts and "1" not in texts[-3:]


def test_texts_are_escaped():
    svg = chart([(1.0, 1.0, "<script>")], title="<b>&").svg()
    assert "<script>" not in svg and "&lt;b&gt;&amp;" in svg
    ElementTree.fromstring(svg)
