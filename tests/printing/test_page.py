"""Measuring and breaking of table texts, colours of neighbours, names in place of codes."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("qgis.core")

from linzhang_plugin.printing.coloring import PALETTE, neighbour_colors
from linzhang_plugin.printing.fonts import chinese_family, width_mm, wrapped
from linzhang_plugin.printing.furniture import SCALES, fitting_scale
from linzhang_plugin.printing.gridbook import short_code, spoken, town_word
from linzhang_plugin.printing.page import Column, Row, fitting, head_height, measured

NAMES = {"360702104": "沙河镇", "360702104201": "罗坑村", "360702501": "示例国有林场"}


@given(st.text("东至龙村，南、西。北abc 123", max_size=60), st.floats(3, 60))
def test_nothing_is_lost_when_a_text_is_broken(qgis_app, text, width):
    lines = wrapped(text, chinese_family(), 7.0, width)
    assert "".join(lines) == text
    for line in lines:
        assert len(line) <= 2 or width_mm(line, chinese_family(), 7.0) <= width + 1e-6


def test_no_line_begins_with_a_comma(qgis_app):
    lines = wrapped("东至龙村村界，南至沙河，西至罗坑，北至黄龙", chinese_family(), 7.0, 15.0)
    assert len(lines) > 2
    assert not any(line.startswith("，") for line in lines)


def test_a_row_is_as_high_as_its_longest_cell(qgis_app):
    columns = [Column("a", 20), Column("b", 20)]
    short = measured(columns, ["一", "二"], chinese_family(), 7.0)
    long = measured(columns, ["一", "二" * 40], chinese_family(), 7.0)
    assert long.height > 3 * short.height


def test_rows_that_do_not_fit_are_left_for_the_next_page():
    rows = [Row((("x",),), 10.0)] * 5
    assert fitting(rows, head_height(7.0) + 30.0, 7.0) == 3
    assert fitting(rows, head_height(7.0) + 50.0, 7.0) == 5
    assert fitting(rows, 2.0, 7.0) == 0


def test_neighbours_differ_in_colour():
    x, y = np.meshgrid(np.arange(9), np.arange(9))
    cells = shapely.box(x.ravel(), y.ravel(), x.ravel() + 1, y.ravel() + 1)
    colors = neighbour_colors(cells, 0.01)
    pairs = shapely.STRtree(cells).query(cells, predicate="dwithin", distance=0.01).T
    assert all(colors[i] != colors[j] for i, j in pairs if i != j)
    assert 4 <= len(set(colors)) <= len(PALETTE)


def test_colours_repeat_only_when_there_are_too_few():
    crowd = np.array([shapely.Point(0, 0).buffer(10)] * (len(PALETTE) + 2))
    assert len(set(neighbour_colors(crowd, 1.0))) == len(PALETTE)


def test_grid_labels_say_the_town():
    assert short_code("104-012", "360702104W012", NAMES) == "沙河-012"
    assert short_code(None, "360702501W001", NAMES) == "示例林场-001"
    assert short_code("龙村一格", "360702104W012", NAMES) == "龙村一格"
    assert short_code(None, "X9", NAMES) == "X9"
    assert short_code(None, "360702109W003", NAMES) == "109-003"


def test_town_words():
    assert town_word("沙河镇") == "沙河"
    assert town_word("水南街道") == "水南"
    assert town_word("镇") == "镇"


def test_codes_in_texts_become_names():
    text = "grid 104-003，360702104201的界线，360702999，12360702104"
    assert spoken(text, NAMES) == "grid 沙河-003，罗坑村的界线，360702999，12360702104"
    assert spoken(None, NAMES) == ""


def test_scales_are_round_and_large_enough(qgis_app):
    from qgis.core import QgsRectangle

    scale = fitting_scale(QgsRectangle(0, 0, 12_000, 9_000), 270, 250)
    assert scale in SCALES
    assert 12_000 / scale * 1000 <= 270
    assert fitting_scale(QgsRectangle(0, 0, 0, 0), 270, 250) == SCALES[0]
