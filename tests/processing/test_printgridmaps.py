"""printgridmaps on a small sample county: pages, searchable text, editions, failures."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from linzhang_plugin.printing.gridbook import read_book
from linzhang_plugin.printing.pdftext import page_count
from linzhang_plugin.printing.workbench import Paper
from linzhang_plugin.workspace.create import create_workspace
from linzhang_plugin.workspace.sample import sample_frames
from linzhang_plugin.workspace.store import open_workspace

needs_pdftotext = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed"
)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    import pyproj

    frames, _ = sample_frames(5, 2024, 0.08)
    path = tmp_path_factory.mktemp("示例 县") / "工作区.gpkg"
    create_workspace(path, "360702", "示例区", 2024, pyproj.CRS("EPSG:4547"), frames, True)
    return path


def run(provider, store, out, **inputs):
    from qgis import processing

    return processing.run(
        "linzhang:printgridmaps",
        {
            "WORKSPACE": str(store),
            "YEAR": 2023,
            "AS_OF": "2024-03-20",
            "OUTPUT": str(out),
            "DPI": 100,
            **inputs,
        },
    )


def text_of(path):
    done = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return done.stdout


@pytest.fixture(scope="module")
def public(provider, store, tmp_path_factory):
    out = tmp_path_factory.mktemp("out") / "网格图.pdf"
    return run(provider, store, out), out


def test_a_page_for_each_town_with_grids(public, store):
    result, out = public
    towns = open_workspace(store).read("grid", {"grid_year": 2023})["town_code"].nunique()
    assert result["N_PAGES"] >= towns
    assert page_count(out.read_bytes()) == result["N_PAGES"]
    assert not list(out.parent.glob("*.part*"))


@needs_pdftotext
def test_every_chinese_string_is_found(public, store):
    _, out = public
    text = re.sub(r"\s+", "", text_of(out))
    book = read_book(open_workspace(store), 2023, True)
    for label in book.grids["label"]:
        assert label in text
    for ranger in book.grids["ranger"]:
        assert ranger in text
    for word in (
        "护林员管护网格图",
        "图例",
        "审图号",
        "制图单位",
        "数据日期",
        "2024年3月20日",
        "公开版",
        "网格编号",
        "四至",
        "合计",
        "位置示意图",
        "高速公路",
        "山",
        "网",
        "高",
    ):
        assert word in text, word


@needs_pdftotext
def test_every_page_says_sample_and_its_number(public):
    result, out = public
    pages = text_of(out).split("\f")[: result["N_PAGES"]]
    for number, page in enumerate(pages, 1):
        flat = re.sub(r"\s+", "", page)
        assert "示例" in flat
        assert f"第{number}页共{result['N_PAGES']}页" in flat


@needs_pdftotext
def test_table_adds_up_to_the_printed_total(public, store):
    _, out = public
    text = text_of(out)
    for code, own in read_book(open_workspace(store), 2023, True).grids.groupby("town_code"):
        assert f"{round(own['area_mu'].sum(), 1):,.1f}" in text, code


@needs_pdftotext
def test_public_edition_has_no_phone_and_no_stand_number(public, store):
    _, out = public
    text = text_of(out)
    assert not re.search(r"1990000\d{4}", text)
    assert not re.search(r"\b00\d\d-000\d0\b", text)


@needs_pdftotext
def test_public_edition_names_only_those_who_agreed(provider, store, tmp_path):
    import sqlite3

    copy = tmp_path / "copy.gpkg"
    shutil.copy(store, copy)
    before = read_book(open_workspace(copy), 2023, True).grids
    row = before[before["ranger"].str.len() == 3].iloc[0]
    with sqlite3.connect(copy) as connection:
        connection.execute("PRAGMA ignore_check_constraints=1")
        triggers = [
            r[0]
            for r in connection.execute(
                "SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='person'"
            )
        ]
        for name in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute(
            "UPDATE person SET publish_agreed = 0 WHERE person_id = ?", (row["ranger_id"],)
        )
    connection.close()
    after = read_book(open_workspace(copy), 2023, True).grids.set_index("grid_code")
    assert after.loc[row["grid_code"], "ranger"] == "—"
    inside = read_book(open_workspace(copy), 2023, False).grids.set_index("grid_code")
    assert inside.loc[row["grid_code"], "ranger"] == row["ranger"]
    assert inside.loc[row["grid_code"], "phone"].startswith("1990000")


@needs_pdftotext
def test_the_same_inputs_give_the_same_text(provider, store, tmp_path, public):
    again = tmp_path / "again.pdf"
    run(provider, store, again)
    assert text_of(again) == text_of(public[1])


@needs_pdftotext
def test_one_village_inside_edition_on_a4(provider, store, tmp_path):
    units = open_workspace(store).read("admin_unit", {"level": 5})
    grids = open_workspace(store).read("grid", {"grid_year": 2023})
    shape = grids.geometry.iloc[0]
    name = units.loc[units.geometry.intersection(shape).area.idxmax(), "unit_name"]
    out = tmp_path / "one.pdf"
    result = run(provider, store, out, BY=1, UNITS=name, PUBLIC=False, PAGE="A4")
    text = text_of(out)
    assert result["N_PAGES"] >= 1
    assert name in text
    assert re.search(r"1990000\d{4}", text)
    assert "内部资料" in re.sub(r"\s+", "", text)


def test_long_tables_go_on_to_further_pages(provider, store, tmp_path):
    import pandas as pd

    from linzhang_plugin.printing import gridmaps
    from linzhang_plugin.printing.gridbook import Sheet, sheets

    book = read_book(open_workspace(store), 2023, True)
    sheet = sheets(book, False)[0]
    many = pd.concat([sheet.grids] * 45, ignore_index=True)
    many["label"] = [f"长表-{n:03d}" for n in range(len(many))]
    paper = Paper(420, 297, 72, "2024-03-20", "示例", True)
    out = tmp_path / "long.pdf"
    long = Sheet(sheet.name, sheet.shape, sheet.town_code, many)
    pages = gridmaps.print_book(book, [long], paper, out)
    assert pages > 1
    if shutil.which("pdftotext"):
        text = text_of(out)
        assert all(f"长表-{n:03d}" in text for n in range(len(many)))
        assert "合计" in text.split("\f")[pages - 1]


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"YEAR": 1999}, "1999"),
        ({"UNITS": "不存在镇"}, "不存在镇"),
        ({"PAGE": "postcard"}, "postcard"),
        ({"PAGE": "20x30"}, "20x30"),
        ({"AS_OF": "yesterday"}, "yesterday"),
    ],
)
def test_bad_input_gets_one_sentence_and_no_file(provider, store, tmp_path, inputs, said):
    from qgis.core import QgsProcessingException

    out = tmp_path / "none.pdf"
    with pytest.raises(QgsProcessingException, match=said):
        run(provider, store, out, **inputs)
    assert not list(tmp_path.iterdir())


def test_an_existing_file_survives_a_failure(provider, store, tmp_path, monkeypatch):
    from qgis.core import QgsProcessingException

    from linzhang_plugin.printing import pdftext

    out = tmp_path / "maps.pdf"
    out.write_bytes(b"the good one")
    monkeypatch.setattr(pdftext, "page_count", lambda data: 0)
    with pytest.raises(QgsProcessingException, match="0"):
        run(provider, store, out)
    assert out.read_bytes() == b"the good one"
    assert [p.name for p in tmp_path.iterdir()] == ["maps.pdf"]


def test_cancel_leaves_nothing(store, tmp_path, provider):
    from linzhang_plugin.core.messages import CancelledError
    from linzhang_plugin.printing import gridmaps
    from linzhang_plugin.printing.gridbook import sheets

    book = read_book(open_workspace(store), 2023, True)
    paper = Paper(420, 297, 72, "2024-03-20", "示例", True)
    with pytest.raises(CancelledError):
        gridmaps.print_book(
            book, sheets(book, False), paper, tmp_path / "a.pdf", None, lambda f, m: f < 0.4
        )
    assert not list(tmp_path.iterdir())


def test_a_county_without_boundaries_roads_and_homes_is_printed_too(provider, tmp_path):
    """The three-file start: stands, people and grids are all there is."""
    import pyproj

    frames, _ = sample_frames(5, 2024, 0.06)
    bare = {k: v for k, v in frames.items() if k in ("stand", "person", "plan_year", "grid")}
    bare |= {k: frames[k] for k in ("grid_stand", "assignment")}
    path = tmp_path / "three files.gpkg"
    create_workspace(path, "360702", "示例区", 2024, pyproj.CRS("EPSG:4547"), bare, False)
    out = tmp_path / "maps.pdf"
    result = run(provider, path, out)
    assert result["N_PAGES"] >= frames["grid"]["town_code"].nunique()
    if shutil.which("pdftotext"):
        flat = re.sub(r"\s+", "", text_of(out))
        assert "虚构" not in flat
        assert "合计" in flat
