"""Lists 包山包人 as offices deliver them: key places, counts of people, appeals without names.

Nobody is kept by name: columns of names, ID numbers and phones are not read; ID numbers and
phones inside of a sentence are blotted out; a sentence about somebody's health is not kept.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.tables.intake.findings import Finding
from linzhang_plugin.core.tables.intake.names import plain_name
from linzhang_plugin.core.tables.intake.sheets import Sheet
from linzhang_plugin.core.tables.intake.typed import read_rows
from linzhang_plugin.core.tables.schema.appeals import APPEAL
from linzhang_plugin.core.tables.schema.grids import HILL_DUTY, PEOPLE_DUTY

PEOPLE_ALIASES: dict[str, str] = {
    "grid_code": "grid_code 网格编号 网格号 网格",
    "village_code": "village_code 村代码",
    "group_name": "group_name 村小组 村组 小组 组别",
    "households": "households 联系户数 户数 包户数",
    "units": "units 单位数 施工经营单位数 施工/经营单位数 联系单位数",
    "publicity": "publicity 宣传次数 入户宣传次数",
    "appeals": "appeals 诉求条数 诉求数",
}
HILL_ALIASES: dict[str, str] = {
    "grid_code": "grid_code 网格编号 网格号 网格",
    "hill_id": "hill_id 山头编号",
    "hill_name": "hill_name 山头（小地名） 山头 小地名 山名",
    "key_places": "key_places 重点部位",
}
APPEAL_ALIASES: dict[str, str] = {
    "appeal_no": "appeal_no 诉求编号",
    "received_on": "received_on 受理日期 登记日期 日期",
    "kind": "kind 诉求类别 类别",
    "grid_code": "grid_code 网格编号 网格号 网格",
    "village_code": "village_code 村代码",
    "group_name": "group_name 村小组 村组 小组",
    "content": "content 诉求内容 内容 诉求事项",
    "handled_by": "handled_by 办理单位 承办单位",
    "status": "status 办理状态 办理情况 状态",
    "replied_on": "replied_on 答复日期 办结日期",
    "reply": "reply 答复内容 处理结果 办理结果",
}

PERSONAL = ("姓名", "诉求人", "户主", "联系人", "身份证", "电话", "手机", "联系方式", "住址",
            "监护人", "健康", "残疾")  # fmt: skip
"""Parts of column titles that are never read."""
_NUMBER = re.compile(r"(?<!\d)(\d{17}[\dXx]|\d{15}|1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?!\d)")
_NAMED = re.compile(r"(姓名|户主|诉求人|联系人|监护人)\s*[:：]?\s*[\u4e00-\u9fff·]{2,4}")
_HEALTH = re.compile("精神病|精神障碍|精神疾病|智障|智力障碍|残疾|痴呆|患病|病史|艾滋|癌")
BLOTTED = "＊＊＊"
WITHHELD = "（涉及特殊人群，内容不登记）"


@dataclass(frozen=True, eq=False)
class DutyIntake:
    """What a workbook held.

    Attributes:
        people: Rows of ``people_duty``.
        hills: ``grid_code``, ``grid_year``, ``hill_id``, ``key_places`` of ``hill_duty``.
        appeals: Rows of ``appeal``.
        findings: Refused rows, and what was blotted out or not read.
        n_refused: Rows refused.
    """

    people: pd.DataFrame
    hills: pd.DataFrame
    appeals: pd.DataFrame
    findings: list[Finding]
    n_refused: int


def intake_duties(
    people: Sequence[Sheet],
    hills: Sequence[Sheet],
    appeals: Sequence[Sheet],
    year: int,
    grids: Collection[str],
    duties: pd.DataFrame,
    names: Mapping[str, str],
    numbers: Collection[str] = (),
) -> DutyIntake:
    """Read the lists of a year.

    Args:
        people: Tables with village groups.
        hills: Tables with hills and key places.
        appeals: Tables of appeals.
        year: The grids' year.
        grids: Codes of that year.
        duties: Rows of ``hill_duty`` of that year.
        names: Name of each hill.
        numbers: Appeal numbers that are taken.

    Raises:
        InputError: A column twice, from the matcher.
    """
    findings: list[Finding] = []
    _personal([*people, *appeals], findings)
    homes = _people(people, year, grids, findings)
    places = _hills(hills, year, duties, names, findings)
    asked = _appeals(appeals, year, grids, numbers, findings)
    refused = sum(f.kind == "refused" for f in findings)
    return DutyIntake(homes, places, asked, sorted(findings, key=lambda f: f.row), refused)


def _personal(sheets: Sequence[Sheet], findings: list[Finding]) -> None:
    """Say which columns are not read because they hold persons."""
    told = set()
    for sheet in sheets:
        for title in sheet.titles:
            plain = plain_name(title)
            own = any(word in plain for word in PERSONAL)
            if own and title not in told:
                told.add(title)
                text = Message(tr("column {column} was not read: persons are not kept by name"),
                               {"column": title})  # fmt: skip
                findings.append(Finding(0, title, "note", text))


def _people(
    sheets: Sequence[Sheet], year: int, grids: Collection[str], findings: list[Finding]
) -> pd.DataFrame:
    table, _ = read_rows(sheets, PEOPLE_ALIASES, PEOPLE_DUTY, {}, findings)
    kept: list[dict[str, Any]] = []
    seen: set[tuple[Any, Any]] = set()
    for row in table.to_dict("records"):
        if row["group_name"] is None:
            continue  # a line that only has a hill
        key = (row["grid_code"], row["group_name"])
        if row["grid_code"] not in grids:
            text = Message(tr("grid {grid} is not in the plan of {year}"),
                           {"grid": row["grid_code"] or "-", "year": str(year)})  # fmt: skip
        elif key in seen:
            text = Message(tr("stands twice in the list"))
        else:
            seen.add(key)
            kept.append({**row, "grid_year": year})
            continue
        findings.append(Finding(int(row["row"]), str(row["group_name"]), "refused", text))
    return pd.DataFrame(kept, columns=PEOPLE_DUTY.names, dtype=object)


def _hills(
    sheets: Sequence[Sheet],
    year: int,
    duties: pd.DataFrame,
    names: Mapping[str, str],
    findings: list[Finding],
) -> pd.DataFrame:
    table, _ = read_rows(sheets, HILL_ALIASES, HILL_DUTY, {}, findings)
    known = set(zip(duties["grid_code"], duties["hill_id"], strict=True))
    by_name: dict[tuple[Any, Any], list[str]] = {}
    for grid, hill in known:
        by_name.setdefault((grid, names.get(hill)), []).append(hill)
    kept: dict[tuple[Any, Any], dict[str, Any]] = {}
    for row in table.to_dict("records"):
        if row["key_places"] is None:
            continue
        hill = row["hill_id"]
        if hill is None:
            found = by_name.get((row["grid_code"], row["hill_name"]), [])
            hill = found[0] if len(found) == 1 else None
        if (row["grid_code"], hill) not in known:
            text = Message(tr("grid {grid} has no such hill: {hill}"),
                           {"grid": row["grid_code"] or "-",
                            "hill": row["hill_name"] or row["hill_id"] or "-"})  # fmt: skip
            findings.append(Finding(int(row["row"]), str(row["hill_name"] or ""), "refused", text))
            continue
        kept[(row["grid_code"], hill)] = {
            "grid_code": row["grid_code"],
            "grid_year": year,
            "hill_id": hill,
            "key_places": row["key_places"],
        }
    columns = ["grid_code", "grid_year", "hill_id", "key_places"]
    return pd.DataFrame(list(kept.values()), columns=columns, dtype=object)


def _appeals(
    sheets: Sequence[Sheet],
    year: int,
    grids: Collection[str],
    numbers: Collection[str],
    findings: list[Finding],
) -> pd.DataFrame:
    table, _ = read_rows(sheets, APPEAL_ALIASES, APPEAL, {}, findings)
    kept: list[dict[str, Any]] = []
    taken = {str(n) for n in numbers}
    following = 1
    seen: set[str] = set()
    for row in table.to_dict("records"):
        number = row["appeal_no"]
        text = None
        if row["received_on"] is None:
            text = Message(tr("has no day of being received"))
        elif row["grid_code"] is not None and row["grid_code"] not in grids:
            text = Message(tr("grid {grid} is not in the plan of {year}"),
                           {"grid": row["grid_code"], "year": str(year)})  # fmt: skip
        elif number in seen:
            text = Message(tr("stands twice in the list"))
        if text is not None:
            findings.append(Finding(int(row["row"]), str(number or ""), "refused", text))
            continue
        while number is None:
            made = f"SQ{str(row['received_on'])[:4]}-{following:04d}"
            following += 1
            number = made if made not in taken | seen else None
        seen.add(str(number))
        for column in ("content", "reply"):
            row[column] = _clean(row[column], int(row["row"]), findings)
        kept.append({**row, "appeal_no": number})
    return pd.DataFrame(kept, columns=APPEAL.names, dtype=object)


def _clean(text: Any, row: int, findings: list[Finding]) -> str | None:
    """Blot numbers and told names out of a sentence; withhold one about somebody's health."""
    if not isinstance(text, str):
        return None
    if _HEALTH.search(text):
        said = Message(tr("speaks of somebody's health; the sentence was not kept"))
        findings.append(Finding(row, "", "note", said))
        return WITHHELD
    plain = _NAMED.sub(rf"\g<1>{BLOTTED}", _NUMBER.sub(BLOTTED, text))
    if plain != text:
        said = Message(tr("held a name or number of a person; it was blotted out"))
        findings.append(Finding(row, "", "note", said))
    return plain
