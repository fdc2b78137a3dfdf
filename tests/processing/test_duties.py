"""包山包人 on the small sample county: list, signed workbook, and back again."""

import openpyxl
import pytest
from qgis import processing
from qgis.core import QgsProcessingException

from linzhang_plugin.workspace.store import open_workspace


def run(name, **inputs):
    return processing.run(f"linzhang:{name}", inputs)


@pytest.fixture
def sample(sample_county):
    return sample_county / "county.gpkg"


def listed(sample, **more):
    return run("hillresponsibility", WORKSPACE=str(sample), AS_OF="2023-06-01",
               LIST="TEMPORARY_OUTPUT", ORPHANS="TEMPORARY_OUTPUT", DUTIES="TEMPORARY_OUTPUT",
               **more)  # fmt: skip


def texts(path):
    book = openpyxl.load_workbook(path)
    cells = [c.value for page in book for row in page.iter_rows() for c in row]
    return book, " ".join(str(c) for c in cells if c is not None)


def test_every_hill_of_the_sample_has_its_people(sample, tmp_path):
    path = str(tmp_path / "包山包人.xlsx")
    made = listed(sample, XLSX=path)
    workspace = open_workspace(sample)
    year = int(workspace.read("grid")["grid_year"].max())
    assert made["N_INCOMPLETE"] == 0
    rows = [(f["hill_id"], f["grid_code"], f["share"]) for f in made["LIST"].getFeatures()]
    assert {r[0] for r in rows} == set(workspace.read("hill")["hill_id"])
    vacant = workspace.read("grid", {"grid_year": year})
    held = set(workspace.read("assignment", {"grid_year": year, "duty": "ranger"})["grid_code"])
    without = set(vacant["grid_code"]) - held
    bad = [f for f in made["ORPHANS"].getFeatures() if f["kind"] == "vacant"]
    touched = {h for h, g, _ in rows if g in without}
    assert {f["hill_id"] for f in bad} <= touched
    book, text = texts(path)
    assert book.sheetnames == ["包山包人责任清单", "未落实山头", "诉求登记"]
    assert "示例" in book.active["A1"].value
    heads = [c.value for c in next(r for r in book.active.iter_rows() if r[0].value == "序号")]
    assert [h for h in heads if h][:3] == ["序号", "网格编号", "护林员"]
    assert heads[-3:] == ["监管员", "村级林长", "签字"]
    assert "包山" in heads
    assert "包人" in heads
    assert "1990000" in text


def test_the_public_edition_has_no_phones(sample, tmp_path):
    path = str(tmp_path / "公开.xlsx")
    listed(sample, XLSX=path, PUBLIC=True)
    book, text = texts(path)
    assert book.sheetnames == ["包山包人责任清单"]
    assert "1990000" not in text
    assert "联系电话" not in text
    assert "林班-小班" not in text


def test_what_was_printed_and_filled_in_comes_back(sample, tmp_path):
    import shutil

    store = shutil.copy(sample, tmp_path / "copy.gpkg")
    path = str(tmp_path / "包山包人.xlsx")
    listed(sample, XLSX=path)
    workspace = open_workspace(store)
    before = workspace.read("people_duty")
    same = run("importduties", WORKSPACE=str(store), INPUT=path, OUTPUT="TEMPORARY_OUTPUT",
               APPEALS="TEMPORARY_OUTPUT")  # fmt: skip
    assert (same["N_GROUPS"], same["N_REFUSED"]) == (len(before), 0)
    assert same["N_APPEALS"] == workspace.count("appeal")
    after = workspace.read("people_duty")
    columns = ["grid_code", "grid_year", "group_name", "households", "units", "publicity"]
    assert after[columns].equals(before[columns])
    book = openpyxl.load_workbook(path)
    page = book.active
    for row in page.iter_rows():
        for cell in row:
            if cell.value == "宣传次数":
                page.cell(cell.row + 1, cell.column).value = 77
            if cell.value == "重点部位":
                page.cell(cell.row + 1, cell.column).value = "示例墓区"
    book.save(path)
    changed = run("importduties", WORKSPACE=str(store), INPUT=path, OUTPUT="TEMPORARY_OUTPUT")
    assert changed["N_REFUSED"] == 0
    assert (workspace.read("people_duty")["publicity"] == 77).sum() == 1
    assert "示例墓区" in set(workspace.read("hill_duty")["key_places"])


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"YEAR": 1999}, "1999"),
        ({"AS_OF": "x", "YEAR": 2023}, "AS_OF"),
        ({"WORKSPACE": ""}, "HILLS"),
    ],
)  # fmt: skip
def test_bad_wishes_get_a_sentence(sample, more, word):
    inputs = {"WORKSPACE": str(sample), "LIST": "TEMPORARY_OUTPUT", **more}
    with pytest.raises(QgsProcessingException, match=word):
        run("hillresponsibility", **inputs)
