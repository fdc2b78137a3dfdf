"""The list 包山包人 as a workbook to be signed: list, what is missing, appeals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from linzhang_plugin.core.messages import Message
from linzhang_plugin.core.tables.codes import title as code_title
from linzhang_plugin.printing.workbook import SAME, Column, Sheet

GRID_CELLS = ("seq", "grid_code", "ranger", "phone", "bounds", "supervisor", "village_chief")
"""Columns that are one cell a grid."""

LIST_COLUMNS: tuple[tuple[str, Column], ...] = (
    ("seq", Column("序号", 5, decimals=0)),
    ("grid_code", Column("网格编号", 16)),
    ("ranger", Column("护林员", 9)),
    ("phone", Column("联系电话", 12)),
    ("hill_id", Column("山头编号", 13, "包山")),
    ("hill_name", Column("山头（小地名）", 12, "包山")),
    ("stands", Column("林班-小班", 22, "包山")),
    ("area_mu", Column("面积（亩）", 9, "包山", 1)),
    ("bounds", Column("四至", 26, "包山")),
    ("key_places", Column("重点部位", 12, "包山")),
    ("group_name", Column("村小组", 14, "包人")),
    ("households", Column("联系户数", 7, "包人", 0)),
    ("units", Column("单位数", 7, "包人", 0)),
    ("publicity", Column("宣传次数", 7, "包人", 0)),
    ("appeals", Column("诉求条数", 7, "包人", 0)),
    ("supervisor", Column("监管员", 9)),
    ("village_chief", Column("村级林长", 10)),
    ("sign", Column("签字", 10)),
)


def list_sheet(rows: pd.DataFrame, title: str, day: str, public: bool) -> Sheet:
    """Give the list; grid by grid one block.

    Args:
        rows: Rows of ``DUTY_LIST``.
        title: Above the table.
        day: State of the list.
        public: No phones, no stands.
    """
    left_out = {"phone", "stands", "hill_id"} if public else set()
    columns = [(name, column) for name, column in LIST_COLUMNS if name not in left_out]
    cells: list[list[Any]] = []
    for row in rows.to_dict("records"):
        first = row["line"] == 1
        made: list[Any] = []
        for name, column in columns:
            value = row.get(name)
            if not first and name in (*GRID_CELLS, "sign"):
                made.append(SAME)
            elif isinstance(value, float) and column.decimals is not None:
                made.append(None if value != value else round(value, column.decimals))
            else:
                made.append(value)
        cells.append(made)
    notes = (
        f"截止 {day}。包人仅登记户数、单位数、宣传次数和诉求条数，不登记个人信息。"
        + ("公开版：不含电话和小班号。" if public else ""),
    )
    footer = ("乡镇林长办（盖章）：                    审核人：                    日期：",)
    return Sheet("包山包人责任清单", title, [c for _, c in columns], cells, notes, footer)


def problem_sheet(orphans: pd.DataFrame, title: str, translate: Callable[[str], str]) -> Sheet:
    """Give the hills with a problem."""
    columns = (
        Column("序号", 6), Column("山头编号", 18), Column("山头（小地名）", 16),
        Column("涉及面积（亩）", 12, decimals=1), Column("问题类别", 12), Column("问题", 46),
        Column("整改措施", 20), Column("责任人", 12),
    )  # fmt: skip
    rows = []
    for number, row in enumerate(orphans.to_dict("records"), start=1):
        said = row["problem"]
        text = said.render(translate) if isinstance(said, Message) else said
        rows.append(
            [
                number, row["hill_id"], row["hill_name"], round(float(row["area_mu"]), 1),
                code_title("hill_problem", row["kind"]), text, None, None,
            ]
        )  # fmt: skip
    return Sheet("未落实山头", title, columns, rows, (f"共 {len(rows)} 处。",))


def appeal_sheet(appeals: pd.DataFrame, names: Mapping[str, str], title: str) -> Sheet:
    """Give the dated register of appeals."""
    columns = (
        Column("诉求编号", 15), Column("受理日期", 11), Column("诉求类别", 14),
        Column("网格编号", 16), Column("村", 12), Column("村小组", 14), Column("诉求内容", 34),
        Column("办理单位", 16), Column("办理状态", 9), Column("答复日期", 11),
        Column("答复内容", 20),
    )  # fmt: skip
    rows = []
    ordered = appeals.sort_values(["received_on", "appeal_no"], kind="stable")
    for row in ordered.to_dict("records"):
        village = row["village_code"]
        rows.append(
            [
                row["appeal_no"], row["received_on"], code_title("appeal_kind", row["kind"]),
                row["grid_code"], names.get(village, village), row["group_name"], row["content"],
                row["handled_by"], code_title("appeal_status", row["status"]),
                row["replied_on"], row["reply"],
            ]
        )  # fmt: skip
    return Sheet("诉求登记", title, columns, rows, ("不登记诉求人姓名、证件号和电话。",))
