"""What the notice says of the rangers: rates, towns, who is below the rule, events, ranking."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from linzhang_plugin.core.patrols.notice_form import NoticeOptions, Sheet
from linzhang_plugin.core.patrols.notice_words import DASH, month_name, percent, town_name

PERCENTS = ("online_percent", "daily_percent", "attendance_percent", "qualified_percent")
TITLES = {"online_percent": "上线率", "daily_percent": "平均上线巡护率",
          "attendance_percent": "出勤率", "qualified_percent": "出巡达标率"}  # fmt: skip


def month_before(rates: pd.DataFrame, month: str) -> pd.Series | None:
    """Give the rates of all towns together in the last month before."""
    whole = rates[rates["town_code"].fillna("") == ""]
    earlier = whole[whole["month"].astype(str) < month].sort_values("month", kind="stable")
    return earlier.iloc[-1] if len(earlier) else None


def overall_lines(
    whole: pd.Series, before: pd.Series | None, people: pd.DataFrame, options: NoticeOptions
) -> list[str]:
    """Give the figures of all towns together and their change since the month before."""
    place = options.county or "全区"
    text = (
        f"本月{place}在岗护林员{int(whole['rangers'])}人，上线{int(whole['online'])}人，"
        f"巡护达标{int(whole['qualified'])}人，未达标{int(whole['below'])}人。"
        f"累计巡护{float(whole['minutes']) / 60:.1f}小时、{float(whole['km']):.1f}公里。"
    )
    figures = "，".join(f"{TITLES[name]}{percent(whole[name])}" for name in PERCENTS)
    lines = [text + figures + "。"]
    lines += _sources(people)
    if before is not None:
        changes = []
        for name in PERCENTS:
            now, then = whole[name], before[name]
            if now == now and then == then and now is not None and then is not None:
                step = float(now) - float(then)
                word = "上升" if step > 0 else "下降" if step < 0 else "持平"
                points = f"{abs(step):.2f}个百分点" if step else ""
                changes.append(f"{TITLES[name]}{word}{points}")
        if changes:
            lines.append(f"与{month_name(str(before['month']))}相比，" + "，".join(changes) + "。")
    return lines


def _sources(people: pd.DataFrame) -> list[str]:
    """Say how many of the valid days rest on the platform's totals or on objections."""
    said = []
    for name, words in (
        ("days_platform", "依据平台数据（无轨迹，位置未核）"),
        ("days_corrected", "依据申诉更正"),
    ):
        count = int(people[name].fillna(0).sum()) if name in people.columns else 0
        if count:
            said.append(f"{words}认定{count}天")
    return [f"有效天数中，{'，'.join(said)}。"] if said else []


def goal_lines(here: pd.DataFrame, names: Mapping[str, str], options: NoticeOptions) -> list[str]:
    """Name the towns below each goal."""
    lines = []
    parts = here[here["town_code"].fillna("") != ""]
    for name, goal in options.goals.items():
        if not goal:
            continue
        low = parts[parts[name].notna() & (parts[name].astype(float) < goal - 1e-9)]
        if len(low):
            listed = "、".join(
                f"{town_name(code, names)}（{percent(value)}）"
                for code, value in zip(low["town_code"], low[name], strict=True)
            )
            lines.append(f"{TITLES[name]}低于目标值{goal:g}%的有：{listed}。")
    return lines or ["各镇（街道）各项指标均达到目标值。"]


def town_sheet(here: pd.DataFrame, names: Mapping[str, str]) -> Sheet:
    """Give the table of towns, their sum last."""
    header = (
        "镇（街道）", "在岗人数", "上线人数", "达标人数", "未达标人数", *TITLES.values(), "名次",
    )  # fmt: skip
    rows = []
    places = _places(here)
    ordered = here.sort_values("town_code", key=lambda s: s.fillna("").replace("", "~"))
    for row in ordered.to_dict("records"):
        counts = (int(row[name]) for name in ("rangers", "online", "qualified", "below"))
        percents = (percent(row[name]) for name in PERCENTS)
        code = row["town_code"] if isinstance(row["town_code"], str) else ""
        rows.append((town_name(code, names), *counts, *percents, places.get(code, DASH)))
    return Sheet("各镇（街道）履职情况表", header, tuple(rows), "towns")


def _places(here: pd.DataFrame) -> dict[str, int]:
    """Rank the towns by 出巡达标率, then 出勤率; equal ones share a place."""
    keys: dict[str, tuple[float, float]] = {}
    for row in here.to_dict("records"):
        code = row["town_code"]
        if isinstance(code, str) and code:
            figures = (row["qualified_percent"], row["attendance_percent"])
            good, done = (-1.0 if pd.isna(v) else round(float(v), 6) for v in figures)
            keys[code] = (good, done)
    return {code: 1 + sum(other > key for other in keys.values()) for code, key in keys.items()}


def below_lines(people: pd.DataFrame, options: NoticeOptions) -> list[str]:
    """Count who is below the rule by how many days they lack."""
    low = people[~people["met"].astype(bool)]
    if not len(low):
        return ["本月在岗护林员全部达标。"]
    counted = (low["days_required"].astype(int) - low["days_valid"].astype(int)).clip(lower=0)
    text = (
        f"未达标{len(low)}人，其中差1至3天{int(counted.between(1, 3).sum())}人，"
        f"差4至9天{int(counted.between(4, 9).sum())}人，差10天以上{int((counted > 9).sum())}人"
    )
    spread = int((counted == 0).sum())
    text += f"，天数已够但各旬分布不符{spread}人。" if spread else "。"
    return [text if options.public else text + "名单见附件，如有异议请于5日内提出申诉。"]


def below_sheets(
    people: pd.DataFrame, names: Mapping[str, str], options: NoticeOptions
) -> tuple[Sheet, ...]:
    """Give who is below the rule: counts by town in public, names and reasons within."""
    low = people[~people["met"].astype(bool)]
    if not len(low):
        return ()
    if options.public:
        counts = low.groupby(low["town_code"].fillna("")).size()
        rows = tuple((town_name(code, names), int(n)) for code, n in sorted(counts.items()))
        return (Sheet("未达标人数表", ("镇（街道）", "未达标人数"), rows, "below"),)
    ordered = low.sort_values(["town_code", "person_id"], kind="stable").to_dict("records")
    named = tuple(
        (
            town_name(row["town_code"], names),
            str(row.get("name") or row["person_id"]),
            int(row["days_required"]),
            int(row["days_valid"]),
            _why(row),
        )
        for row in ordered
    )
    header = ("镇（街道）", "姓名", "应巡天数", "有效天数", "原因")
    return (Sheet("未达标人员表（内部）", header, named, "below", True),)


def _why(row: Mapping[str, Any]) -> str:
    """Say why in Chinese, from the figures: the desk may speak another language."""
    owed, done = int(row["days_required"]), int(row["days_valid"])
    online = row.get("days_online")
    if done < owed:
        seen = "" if online is None or pd.isna(online) else f"，有轨迹{int(online)}天"
        return f"有效{done}天，差{owed - done}天{seen}"
    tendays = row.get("tendays")
    spread = f"：上/中/下旬{tendays}天" if isinstance(tendays, str) and tendays else ""
    return f"各旬有效天数不符规则{spread}"


def event_line(events: pd.DataFrame) -> str:
    """Say how many events were reported and closed, and how timely."""
    whole = events[(events["town_code"].fillna("") == "") & (events["type"].fillna("") == "")]
    row = whole.iloc[0] if len(whole) else events.iloc[-1]
    return (
        f"上报事件{int(row['reported'])}件，办结{int(row['closed'])}件，"
        f"办结率{percent(row['closed_percent'])}，及时率{percent(row['timely_percent'])}，"
        f"超期未结{int(row['overdue'])}件。"
    )


def ranking_sheet(scores: pd.DataFrame, names: Mapping[str, str]) -> Sheet:
    """Give the table of scores by rank."""
    ordered = scores.sort_values(["rank", "person_id"], kind="stable").to_dict("records")
    rows = tuple(
        (
            int(row["rank"]),
            str(row.get("name") or row["person_id"]),
            town_name(row.get("town_code"), names),
            f"{float(row['total']):.2f}",
        )
        for row in ordered
    )
    header = ("名次", "姓名", "镇（街道）", "得分")
    return Sheet("考核排名表（内部）", header, rows, "ranking", True)
