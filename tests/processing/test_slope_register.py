"""From candidate to closed site through the algorithms, in a workspace, with office lists."""

import shutil
from pathlib import Path

import openpyxl
import pytest
from qgis import processing
from qgis.core import QgsFeature, QgsGeometry, QgsProcessingException, QgsVectorLayer

from linzhang_plugin.workspace.store import open_workspace

WEST, NORTH = 590_000.0, 2_860_000.0


def box(x, side=60.0):
    x0, y0, x1, y1 = WEST + x, NORTH, WEST + x + side, NORTH + side
    return f"POLYGON(({x0} {y0},{x1} {y0},{x1} {y1},{x0} {y1},{x0} {y0}))"


def layer_of(rows, fields=""):
    made = QgsVectorLayer(f"Polygon?crs=EPSG:4547{fields}", "made", "memory")
    for wkt, *values in rows:
        feature = QgsFeature(made.fields())
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        feature.setAttributes(list(values))
        made.dataProvider().addFeature(feature)
    return made


def book(path, titles, *rows):
    made = openpyxl.Workbook()
    made.active.append(["示例区裸露山体"])
    for row in (titles, *rows):
        made.active.append(list(row))
    made.save(path)
    return str(path)


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    path = tmp_path_factory.mktemp("leer") / "empty.gpkg"
    processing.run(
        "linzhang:createworkspace",
        {"COUNTY_CODE": "360702", "COUNTY_NAME": "示例区", "YEAR": 2026, "STORE": str(path),
         "PROJECT": str(path.with_suffix(".qgz"))},
    )  # fmt: skip
    return path


@pytest.fixture
def store(empty, tmp_path):
    return shutil.copy(empty, tmp_path / "示例 区.gpkg").as_posix()


def run(name, store, **inputs):
    outputs = {"checksdue": "DUE", "regreeningprogress": "PROGRESS"}
    return processing.run(
        f"linzhang:{name}",
        {"WORKSPACE": store, outputs.get(name, "OUTPUT"): "TEMPORARY_OUTPUT", **inputs},
    )


def queue(store, *boxes, **more):
    candidates_layer = layer_of([(b, 33.0) for b in boxes], "&field=slope_deg:double")
    return run("importcandidates", store, INPUT=candidates_layer, DETECTED_ON="2026-03-01", **more)


def test_the_list_to_review_shows_how_sure_each_candidate_is(store, tmp_path):
    listed = str(tmp_path / "核查表.xlsx")
    fields = "&field=confidence:double&field=reason:string(80)"
    found = layer_of([(box(0), 0.31, "像果园"), (box(500), 0.97, None)], fields)
    run("importcandidates", store, INPUT=found, DETECTED_ON="2026-03-01", XLSX=listed)
    rows = [list(r) for r in openpyxl.load_workbook(listed).active.iter_rows(values_only=True)]
    head = next(r for r in rows if r[1] == "疑似编号")
    sure, doubt = head.index("可信度"), head.index("存疑提示")
    shown = sorted((r[sure], r[doubt]) for r in rows if isinstance(r[0], int))
    assert shown == [(0.31, "像果园"), (0.97, None)]
    kept = open_workspace(store).read("slope_review").sort_values("confidence")
    assert kept.confidence.tolist() == [0.31, 0.97]
    # The list goes back as it is: nothing in its new columns is taken for a decision.
    with pytest.raises(QgsProcessingException, match="No decision"):
        run("adoptreviews", store, INPUT=listed)


def test_candidates_go_to_the_queue_and_only_verified_ones_to_the_register(store, tmp_path):
    listed = str(tmp_path / "核查表.xlsx")
    made = queue(store, box(0), box(500), box(1000), XLSX=listed)
    assert made["N_IMPORTED"] == 3
    workspace = open_workspace(store)
    assert workspace.count("slope_review") == 3
    assert workspace.count("bare_slope") == 0
    # The reviewer fills in two of three rows of the printed list.
    filled = openpyxl.load_workbook(listed)
    page = filled.active
    header = next(r for r in page.iter_rows() if r[1].value == "疑似编号")
    at = {cell.value: cell.column for cell in header}
    start = header[0].row + 1
    for row, verdict, why in ((start, "已核实", "采石面"), (start + 1, "误判", "脐橙梯田")):
        page.cell(row, at["核查结论"]).value = verdict
        page.cell(row, at["核查日期"]).value = "2026-03-20"
        page.cell(row, at["核查人"]).value = "示例甲"
        page.cell(row, at["理由"]).value = why
        page.cell(row, at["成因"]).value = "采石"
    filled.save(listed)
    done = run("adoptreviews", store, INPUT=listed)
    assert (done["N_VERIFIED"], done["N_MISTAKEN"], done["N_NEW"]) == (1, 1, 1)
    assert done["N_REFUSED"] == 0
    site = workspace.read("bare_slope").iloc[0]
    assert (site.site_code, site.status, site.cause) == ("360702B260001", "verified", "01")
    assert site.area_mu == pytest.approx(5.4)
    move = workspace.read("bare_slope_move").iloc[0]
    assert (move.to_status, move.moved_by, move.reason) == ("verified", "示例甲", "采石面")
    again = queue(store, box(2), box(502), box(1002))
    assert (again["N_KNOWN"], again["N_JUDGED"], again["N_AGAIN"]) == (1, 1, 1)
    assert workspace.count("slope_review") == 3


def verified(store, *boxes):
    queue(store, *boxes)
    numbers = ",".join(open_workspace(store).read("slope_review")["candidate_no"])
    run("adoptreviews", store, CANDIDATES=numbers, DECISION=1, DECIDED_ON="2026-03-20",
        DECIDED_BY="示例甲", REASON="现场核实")  # fmt: skip


def test_a_site_lives_by_its_proofs_to_the_end(store, tmp_path):
    verified(store, box(0), box(500))
    first, second = "360702B260001", "360702B260002"
    titles = ["图斑编号", "新状态", "流转日期", "经办人", "依据文件", "照片", "治理措施",
              "责任单位", "估算投资", "计划完成"]  # fmt: skip
    way = book(
        tmp_path / "流转.xlsx", titles,
        [first, "已立项", "2026-04-01", "示例乙", "示例〔2026〕1号", None, "客土植树", "示例镇",
         12.5, "2026-12-31"],
        [first, "施工", "2026/5/1", "示例乙", None, "a.jpg", None, None, None, None],
        [first, "待验收", "2026年9月1日", "示例乙", None, "b.jpg", None, None, None, None],
        [second, "已立项", "2026-04-01", "示例乙", None, None, None, None, None, None],
    )  # fmt: skip
    done = run("adoptmoves", store, INPUT=way, AS_OF="2026-10-01")
    assert (done["N_MOVED"], done["N_REFUSED"]) == (3, 1)
    late = {"AS_OF": "2030-01-01", "MOVED_BY": "示例乙"}
    with pytest.raises(QgsProcessingException, match="acceptance|验收"):
        run("adoptmoves", store, SITE_CODES=first, STATUS="验收合格", MOVED_ON="2026-10-09",
            DOCUMENT="示例验1号", **late)  # fmt: skip
    heads = ["图斑编号", "验收日期", "检查类别", "覆盖率", "成活率"]
    accepted = book(tmp_path / "验收.xlsx", heads,
                    [first, "2026-10-08", "竣工验收", "86%", 91],
                    ["360702B269999", "2026-10-08", "竣工验收", "86%", 91])  # fmt: skip
    checks = run("importchecks", store, INPUT=accepted, AS_OF="2026-10-08")
    assert (checks["N_IMPORTED"], checks["N_REFUSED"]) == (1, 1)
    run("adoptmoves", store, SITE_CODES=first, STATUS="验收合格", MOVED_ON="2026-10-09",
        DOCUMENT="示例验1号", **late)  # fmt: skip
    run("adoptmoves", store, SITE_CODES=first, STATUS="管护期", MOVED_ON="2026-11-01", **late)
    due = run("checksdue", store, AS_OF="2027-10-09", XLSX=str(tmp_path / "应检.xlsx"))
    assert (due["N_OVERDUE"], due["N_DUE"]) == (2, 0)
    rows = [(f["site_code"], f["kind"], f["due_on"]) for f in due["DUE"].getFeatures()]
    assert [r[:2] for r in rows] == [(first, "month_3"), (first, "month_12")]
    assert "应检清单" in openpyxl.load_workbook(str(tmp_path / "应检.xlsx")).active["A1"].value
    later = book(tmp_path / "检查.xlsx", ["图斑编号", "检查日期", "检查类别", "是否合格"],
                 [first, "2027-01-09", "3个月检查", "合格"],
                 [first, "2027-10-10", "12个月检查", "合格"],
                 [first, "2029-10-08", "三年检查", "合格"])  # fmt: skip
    assert run("importchecks", store, INPUT=later, AS_OF="2029-12-01")["N_IMPORTED"] == 3
    assert run("checksdue", store, AS_OF="2029-12-01")["N_OVERDUE"] == 0
    run("adoptmoves", store, SITE_CODES=first, STATUS="销号", MOVED_ON="2029-12-01",
        DOCUMENT="示例销1号", **late)  # fmt: skip
    site = open_workspace(store).read("bare_slope").set_index("site_code").loc[first]
    assert (site.status, site.accepted_on, site.cover_pct) == ("closed", "2026-10-08", 86.0)
    moves = open_workspace(store).read("bare_slope_move")
    assert moves[moves.site_code == first].to_status.tolist() == [
        "verified", "approved", "working", "waiting", "passed", "tending", "closed",
    ]  # fmt: skip
    made = run("regreeningprogress", store, XLSX=str(tmp_path / "进度.xlsx"))
    assert made["DONE_PERCENT"] == pytest.approx(50.0)
    assert made["SHOULD_MU"] == pytest.approx(10.8)


def test_the_store_refuses_illegal_moves_whoever_writes(store):
    verified(store, box(0))
    table_layer = QgsVectorLayer(f"{store}|layername=bare_slope", "table", "ogr")
    feature = next(table_layer.getFeatures())
    table_layer.startEditing()
    index = table_layer.fields().lookupField("status")
    table_layer.changeAttributeValue(feature.id(), index, "closed")
    assert not table_layer.commitChanges()
    assert "流程" in " ".join(table_layer.commitErrors())
    table_layer.rollBack()
    assert open_workspace(store).read("bare_slope").status.tolist() == ["verified"]


def test_a_register_in_xlsx_with_chinese_headings(store, tmp_path):
    titles = [
        "图斑编号",
        "小地名",
        "成因",
        "区位类别",
        "面积（亩）",
        "经度",
        "纬度",
        "状态",
        "责任单位",
    ]
    listed = book(
        tmp_path / "台账.xlsx", titles,
        ["360702B210001", "示例采石场", "采石", "高速沿线", 12.0, 114.9, 25.85, "施工", "示例镇"],
        ["360702B210002", "示例边坡", "道路边坡", "国省道沿线", 3.5, 114.91, 25.86, "管护期", None],
        ["360702B210003", "无坐标", "取土", None, 3.5, None, None, "疑似", None],
        ["合计", None, None, None, 19.0, None, None, None, None],
    )  # fmt: skip
    done = run("importsites", store, INPUT=listed, AS_OF="2026-01-05")
    assert (done["N_IMPORTED"], done["N_REFUSED"]) == (2, 1)
    sites = open_workspace(store).read("bare_slope")
    assert sites.status.tolist() == ["working", "tending"]
    assert sites.area_mu.tolist() == pytest.approx([12.0, 3.5], rel=1e-3)
    middle = sites.to_crs(4490).geometry.centroid
    assert [round(middle.x[0], 4), round(middle.y[0], 4)] == [114.9, 25.85]
    # Next year's list without coordinates changes what it says and keeps the outlines.
    update = book(tmp_path / "更新.xlsx", ["图斑编号", "状态", "优先级"],
                  ["360702B210001", "待验收", 1], ["360702B210002", None, 2])  # fmt: skip
    assert run("importsites", store, INPUT=update, AS_OF="2026-06-05")["N_IMPORTED"] == 2
    after = open_workspace(store).read("bare_slope")
    assert after.status.tolist() == ["waiting", "tending"]
    assert after.resp_unit.tolist()[0] == "示例镇"
    assert after.priority.tolist() == [1, 2]
    assert after.geometry.area.tolist() == pytest.approx(sites.geometry.area.tolist())
    moves = open_workspace(store).read("bare_slope_move")
    assert moves[["site_code", "move_no"]].to_numpy().tolist() == [
        ["360702B210001", 1], ["360702B210002", 1], ["360702B210001", 2],
    ]  # fmt: skip


def test_proof_by_imagery_becomes_a_check(store):
    verified(store, box(0))
    proof_layer = layer_of(
        [(box(0), "360702B260001", 83.0, True)],
        "&field=site_code:string&field=cover_percent:double&field=passed:bool",
    )
    run("importchecks", store, INPUT=proof_layer, KIND="影像核验", CHECKED_ON="2026-08-01",
        AS_OF="2026-09-01")  # fmt: skip
    row = open_workspace(store).read("bare_slope_check").iloc[0]
    assert (row.kind, row.check_on, row.cover_pct, bool(row.passed)) == (
        "imagery", "2026-08-01", 83.0, True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "inputs", "word"),
    [
        ("adoptreviews", {"CANDIDATES": "360702Y260001"}, "已核实"),
        ("adoptreviews", {}, "INPUT"),
        ("adoptmoves", {"SITE_CODES": "x", "STATUS": "施工"}, "x"),
        ("adoptmoves", {"SITE_CODES": "x"}, "STATUS"),
        ("adoptmoves", {"SITE_CODES": "x", "STATUS": "施工", "AS_OF": "昨天"}, "昨天"),
        ("regreeningprogress", {}, "no bare slopes"),
    ],
)
def test_bad_wishes_get_a_sentence_and_write_nothing(store, name, inputs, word):
    queue(store, box(0))
    before = Path(store).read_bytes()
    with pytest.raises(QgsProcessingException, match=word):
        run(name, store, **inputs)
    assert Path(store).read_bytes() == before
