"""The register's lists as workbooks: queue to be reviewed, checks due, progress."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.tables.codes import title as code_title
from linzhang_plugin.printing.workbook import Column, Sheet


def _text(value: Any) -> str | None:
    if isinstance(value, Message):
        return str(value)
    return value if isinstance(value, str) and value.strip() else None


def _number(value: Any, decimals: int = 2) -> float | None:
    if value is None or pd.isna(value):
        return None
    return round(float(value), decimals)


def heading(county: str, name: str, sample: bool) -> str:
    """Give a list's title; the sample county's says so."""
    return f"{county}{name}" + ("（示例）" if sample else "")


def review_sheet(queue: pd.DataFrame, towns: Mapping[str, str], title: str, day: str) -> Sheet:
    """Give the list that reviewers fill in and ``adoptreviews`` reads again."""
    columns = (
        Column("序号", 5),
        Column("疑似编号", 17),
        Column("乡镇", 10),
        Column("村", 12),
        Column("面积（亩）", 9, decimals=2),
        Column("坡度", 7, decimals=1),
        Column("变化", 7),
        Column("已知图斑", 17),
        Column("可信度", 7, decimals=2),
        Column("存疑提示", 26),
        Column("核查结论", 9),
        Column("核查日期", 11),
        Column("核查人", 9),
        Column("小地名", 12),
        Column("成因", 10),
        Column("坡质", 8),
        Column("理由", 24),
        Column("照片", 12),
    )
    rows = []
    waiting = queue[queue["status"] == "suspected"].sort_values("candidate_no", kind="stable")
    for number, row in enumerate(waiting.to_dict("records"), start=1):
        rows.append(
            [
                number, row["candidate_no"], _place(row["town_code"], towns),
                _place(row["village_code"], towns), _number(row["area_mu"]),
                _number(row["slope_deg"], 1), code_title("slope_change", row["change"]),
                _text(row["known_code"]), _number(row.get("confidence")), _text(row.get("note")),
                *[None] * 8,
            ]
        )  # fmt: skip
    notes = (
        f"截止 {day}，待核查 {len(rows)} 处。核查结论填“已核实”或“误判”；日期、核查人、理由必填。",
        "可信度低于 0.50 的更像周边耕地、果园或房屋，存疑提示说明像什么，应先到现场。",
        "火烧迹地、采伐迹地、果园梯田、茶园、新造油茶、光伏场地不属于裸露山体。",
    )
    return Sheet("核查表", title, columns, rows, notes, ("核查单位（盖章）：",), row_height=24)


def _place(code: Any, towns: Mapping[str, str]) -> str | None:
    return towns.get(code, code) if isinstance(code, str) else None


def due_sheet(due: pd.DataFrame, towns: Mapping[str, str], title: str, day: str) -> Sheet:
    """Give the list of checks that are due."""
    columns = (
        Column("序号", 5),
        Column("图斑编号", 17),
        Column("小地名", 14),
        Column("乡镇", 10),
        Column("责任单位", 18),
        Column("面积（亩）", 9, decimals=2),
        Column("状态", 9),
        Column("验收日期", 11),
        Column("检查类别", 13),
        Column("应检日期", 11),
        Column("逾期天数", 9, decimals=0),
        Column("情况", 10),
        Column("检查结果", 18),
        Column("检查人签字", 14),
    )
    rows = [
        [
            number, row["site_code"], _text(row["site_name"]), _place(row["town_code"], towns),
            _text(row["resp_unit"]), _number(row["area_mu"]), row["status"],
            _text(row["accepted_on"]),
            code_title("slope_check", row["kind"]) if _text(row["kind"]) else None,
            _text(row["due_on"]), _number(row["days_overdue"], 0), row["state"], None, None,
        ]
        for number, row in enumerate(due.to_dict("records"), start=1)
    ]  # fmt: skip
    late = sum(state == "已逾期" for state in due["state"])
    notes = (f"截止 {day}，列入 {len(rows)} 项，其中已逾期 {late} 项。",)
    return Sheet("应检清单", title, columns, rows, notes, row_height=22)


def progress_sheet(progress: pd.DataFrame, towns: Mapping[str, str], title: str, day: str) -> Sheet:
    """Give the progress by town and class with its totals."""
    columns = (
        Column("乡镇", 14),
        Column("区位类别", 14),
        Column("状态", 12),
        Column("图斑数", 9, decimals=0),
        Column("面积（亩）", 11, decimals=1),
        Column("应绿（亩）", 11, decimals=1),
        Column("已绿（亩）", 11, decimals=1),
        Column("完成率（%）", 11, decimals=2),
    )
    rows = [
        [
            towns.get(row["town_code"], row["town_code"]) or "未定乡镇",
            row["loc_class"] if row["loc_class"] == "合计" else _class(row["loc_class"]),
            row["status"], int(row["n"]), *(_number(row[c], 1) for c in
            ("mu", "should_mu", "done_mu")), _number(row["done_percent"]),
        ]
        for row in progress.to_dict("records")
    ]  # fmt: skip
    notes = (
        f"截止 {day}。应绿面积为台账中除“疑似”“误判”外的全部图斑；"
        "已绿面积为验收合格、管护期、销号图斑。",
    )
    return Sheet("复绿进度", title, columns, rows, notes, landscape=False)


def _class(code: Any) -> str:
    return code_title("loc_class", code) if isinstance(code, str) and code else "未定"
