"""The monthly notice 履职情况通报 as paragraphs and tables: one model for DOCX and XLSX.

The notice is a Chinese official document whatever language the desk speaks, so its words are
here and are not translated. Rates are printed with their definitions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.patrols.rates import RATES


class Percent(float):
    """A percentage that prints itself with two decimals; spreadsheets take it as a number."""

    def __str__(self) -> str:
        """Give it as text, such as ``97.67%``."""
        return f"{float(self):.2f}%"


DASH = "—"
PERCENTS = ("online_percent", "daily_percent", "attendance_percent", "qualified_percent")
TITLES = {"online_percent": "上线率", "daily_percent": "平均上线巡护率",
          "attendance_percent": "出勤率", "qualified_percent": "出巡达标率"}  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """A table of the notice.

    Attributes:
        title: Its caption.
        header: Column titles.
        rows: Texts and numbers.
        name: Its name in a template of the user's own: ``{{towns}}`` alone in a paragraph.
        annex: It follows the signature as an annex (附件).
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    name: str = ""
    annex: bool = False


@dataclass(frozen=True)
class Notice:
    """The notice.

    Attributes:
        title: 关于…的通报.
        number: 发文字号, empty for none.
        issuer: Who signs.
        date: 成文日期 in Chinese.
        public: Holds no name and no person id.
        parts: (heading, paragraphs, tables) in order.
        fields: Values for a template of the user's own.
        to: Whom it is sent to (主送机关), empty for none.
        sample: Its figures are the sample county's: marked 示例 on every page.
    """

    title: str
    number: str
    issuer: str
    date: str
    public: bool
    parts: tuple[tuple[str, tuple[str, ...], tuple[Sheet, ...]], ...]
    fields: Mapping[str, str] = field(default_factory=dict)
    to: str = ""
    sample: bool = False

    @property
    def tables(self) -> tuple[Sheet, ...]:
        """All tables in the order in which they are printed, annexes last."""
        every = [table for _, _, tables in self.parts for table in tables]
        return tuple(sorted(every, key=lambda table: table.annex))

    @property
    def annexes(self) -> tuple[Sheet, ...]:
        """The tables that follow the signature."""
        return tuple(table for table in self.tables if table.annex)


@dataclass(frozen=True)
class NoticeOptions:
    """What the office says about the notice.

    Attributes:
        month: ``2025-03``.
        public: Leave out names and person ids.
        county: Name of the county or district.
        issuer: Who signs.
        number: 发文字号 such as ``章林办〔2025〕3号``.
        date: ISO date of signing.
        revision: Number of the correction (申诉更正), 0 for the first issue.
        correction: Who objected to what and what proved it, for a correction.
        goals: Percent wanted of each rate; towns below are named.
        to: 主送机关.
        rules: What the rule set says, printed among the definitions.
        sample: The sample county.
    """

    month: str
    public: bool = True
    county: str = ""
    issuer: str = ""
    number: str = ""
    date: str = ""
    revision: int = 0
    correction: str = ""
    goals: Mapping[str, float] = field(
        default_factory=lambda: {"online_percent": 100.0, "qualified_percent": 90.0}
    )
    to: str = ""
    rules: str = ""
    sample: bool = False


def make_notice(
    attended: pd.DataFrame,
    rates: pd.DataFrame,
    options: NoticeOptions,
    towns: Mapping[str, str] | None = None,
    previous: pd.DataFrame | None = None,
    events: pd.DataFrame | None = None,
    scores: pd.DataFrame | None = None,
    coverage: pd.DataFrame | None = None,
    risk: pd.DataFrame | None = None,
) -> Notice:
    """Make the notice of a month.

    Args:
        attended: Attendance, all months.
        rates: Rates by town and month.
        options: Month, edition, signature.
        towns: Names by town code.
        previous: Rates that hold the month before, where ``rates`` does not.
        events: Timeliness of events.
        scores: Ranking.
        coverage: Coverage of grids: ``town_code, area_m2, covered_m2, buffer_m``.
        risk: Patrol rates of risk zones by town.

    Raises:
        InputError: There is no row of that month, or none for all towns together.
    """
    here = rates[rates["month"].astype(str) == options.month]
    people = attended[attended["month"].astype(str) == options.month]
    if not len(here) or not len(people):
        raise InputError(
            tr("There is no attendance of {month}; choose another month."), month=options.month
        )
    names = dict(towns or {})
    together = here[here["town_code"].fillna("") == ""]
    if not len(together):
        raise InputError(
            tr("RATES has no row for all towns of {month}; choose the output of assesspatrols."),
            month=options.month,
        )
    whole = together.iloc[0]
    before = _before(rates if previous is None else previous, options.month, previous is not None)
    parts = [
        ("一、总体情况", tuple(_overall(whole, before, people, options)), ()),
        ("二、各镇（街道）情况", tuple(_goals(here, names, options)), (_towns(here, names),)),
        ("三、未达标情况", tuple(_below_text(people, options)), _below(people, names, options)),
    ]
    if events is not None and len(events):
        parts.append(("四、事件处置情况", (_events(events),), ()))
    seen = (_coverage(coverage) or _kept_area(whole)) + (_risk(risk) or _risk(_kept_risk(here)))
    if seen:
        by_town = _kept_areas(here) if coverage is None else coverage
        tables = tuple(_area_rates(by_town, _kept_risk(here) if risk is None else risk, names))
        parts.append((_heading(len(parts), "巡护覆盖情况"), tuple(seen), tables))
    if scores is not None and len(scores) and not options.public:
        lines = (f"本月参加考核{len(scores)}人，排名见附件。",)
        parts.append((_heading(len(parts), "考核排名"), lines, (_ranking(scores, names),)))
    told = definition_lines(options.rules)
    parts.append((_heading(len(parts), "指标说明"), tuple(told), ()))
    title = f"关于{_month(options.month)}护林员履职情况的通报"
    if options.sample:
        title += "（示例）"
    if options.revision:
        title += f"（第{options.revision}次更正）"
        reason = options.correction or "经申诉核实，对原通报有关数据予以更正。"
        parts.insert(0, ("更正说明", (reason,), ()))
    values = {"title": title, "county": options.county, "issuer": options.issuer,
              "number": options.number, "month": _month(options.month), "to": options.to,
              "date": _chinese_date(options.date)}  # fmt: skip
    values |= {name: str(_percent(whole[name])) for name in PERCENTS}
    values |= {name: str(_percent(whole.get(name))) for name in ("covered_percent", "risk_percent")}
    values |= {name: str(int(whole[name])) for name in ("rangers", "online", "qualified", "below")}
    values["body"] = "\n".join(line for head, lines, _ in parts for line in (head, *lines))
    return Notice(
        title, options.number, options.issuer, values["date"], options.public, tuple(parts), values,
        options.to, options.sample,
    )  # fmt: skip


NUMERALS = "一二三四五六七八九十"


def _heading(count: int, text: str) -> str:
    return f"{NUMERALS[count]}、{text}"


def _month(text: str) -> str:
    return f"{text[:4]}年{int(text[5:7])}月"


def _percent(value: object) -> Percent | str:
    return DASH if pd.isna(value) else Percent(str(float(str(value))))


def _chinese_date(text: str) -> str:
    if len(text) < 10:
        return ""
    return f"{int(text[:4])}年{int(text[5:7])}月{int(text[8:10])}日"


def _before(rates: pd.DataFrame, month: str, given: bool) -> pd.Series | None:
    whole = rates[rates["town_code"].fillna("") == ""]
    earlier = whole[whole["month"].astype(str) < month].sort_values("month", kind="stable")
    return earlier.iloc[-1] if len(earlier) else None


def _overall(
    whole: pd.Series, before: pd.Series | None, people: pd.DataFrame, options: NoticeOptions
) -> list[str]:
    place = options.county or "全区"
    text = (
        f"本月{place}在岗护林员{int(whole['rangers'])}人，上线{int(whole['online'])}人，"
        f"巡护达标{int(whole['qualified'])}人，未达标{int(whole['below'])}人。"
        f"累计巡护{float(whole['minutes']) / 60:.1f}小时、{float(whole['km']):.1f}公里。"
    )
    figures = "，".join(f"{TITLES[name]}{_percent(whole[name])}" for name in PERCENTS)
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
            lines.append(f"与{_month(str(before['month']))}相比，" + "，".join(changes) + "。")
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


def _town(code: object, names: Mapping[str, str]) -> str:
    word = "" if code is None or code != code else str(code)
    return names.get(word, word) or "合计"


def _goals(here: pd.DataFrame, names: Mapping[str, str], options: NoticeOptions) -> list[str]:
    lines = []
    parts = here[here["town_code"].fillna("") != ""]
    for name, goal in options.goals.items():
        if not goal:
            continue
        low = parts[parts[name].notna() & (parts[name].astype(float) < goal - 1e-9)]
        if len(low):
            listed = "、".join(
                f"{_town(code, names)}（{_percent(value)}）"
                for code, value in zip(low["town_code"], low[name], strict=True)
            )
            lines.append(f"{TITLES[name]}低于目标值{goal:g}%的有：{listed}。")
    return lines or ["各镇（街道）各项指标均达到目标值。"]


def _towns(here: pd.DataFrame, names: Mapping[str, str]) -> Sheet:
    header = (
        "镇（街道）", "在岗人数", "上线人数", "达标人数", "未达标人数", *TITLES.values(), "名次",
    )  # fmt: skip
    rows = []
    places = _places(here)
    ordered = here.sort_values("town_code", key=lambda s: s.fillna("").replace("", "~"))
    for row in ordered.to_dict("records"):
        counts = (int(row[name]) for name in ("rangers", "online", "qualified", "below"))
        percents = (_percent(row[name]) for name in PERCENTS)
        code = row["town_code"] if isinstance(row["town_code"], str) else ""
        rows.append((_town(code, names), *counts, *percents, places.get(code, DASH)))
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


def _below_text(people: pd.DataFrame, options: NoticeOptions) -> list[str]:
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


def _below(
    people: pd.DataFrame, names: Mapping[str, str], options: NoticeOptions
) -> tuple[Sheet, ...]:
    low = people[~people["met"].astype(bool)]
    if not len(low):
        return ()
    if options.public:
        counts = low.groupby(low["town_code"].fillna("")).size()
        rows = tuple((_town(code, names), int(n)) for code, n in sorted(counts.items()))
        return (Sheet("未达标人数表", ("镇（街道）", "未达标人数"), rows, "below"),)
    ordered = low.sort_values(["town_code", "person_id"], kind="stable").to_dict("records")
    named = tuple(
        (
            _town(row["town_code"], names),
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


def _events(events: pd.DataFrame) -> str:
    whole = events[(events["town_code"].fillna("") == "") & (events["type"].fillna("") == "")]
    row = whole.iloc[0] if len(whole) else events.iloc[-1]
    return (
        f"上报事件{int(row['reported'])}件，办结{int(row['closed'])}件，"
        f"办结率{_percent(row['closed_percent'])}，及时率{_percent(row['timely_percent'])}，"
        f"超期未结{int(row['overdue'])}件。"
    )


def _coverage(coverage: pd.DataFrame | None) -> list[str]:
    if coverage is None or not len(coverage):
        return []
    area, seen = float(coverage["area_m2"].sum()), float(coverage["covered_m2"].sum())
    low = int((coverage["covered_m2"] < 0.5 * coverage["area_m2"]).sum())
    width = ""
    if "buffer_m" in coverage.columns and coverage["buffer_m"].nunique() == 1:
        width = f"（轨迹两侧各{float(coverage['buffer_m'].iloc[0]):g}米）"
    share = _percent(100.0 * seen / area if area else None)
    return [
        f"本月巡护率（面积）{share}{width}，其中低于50%的网格{low}个，共{len(coverage)}个网格。"
    ]


def _risk(risk: pd.DataFrame | None) -> list[str]:
    if risk is None or not len(risk):
        return []
    whole = risk[risk["town_code"].fillna("") == ""]
    if not len(whole) or not int(whole["due"].iloc[0]):
        return ["本月没有应当每日必巡的重点区域。"]
    row = whole.iloc[0]
    filled = row.get("checkins")
    helped = "" if _missing(filled) else f"，其中由干部、党员、志愿者签到补位{int(filled)}处次"
    return [
        f"重点区域应巡{int(row['due'])}处次，已巡{int(row['visited'])}处次，"
        f"未巡{int(row['missed'])}处次，重点区域巡护率{_percent(row['risk_percent'])}{helped}。"
    ]


def _kept_area(whole: pd.Series) -> list[str]:
    """Say 巡护率（面积） as the workspace keeps it."""
    if _missing(whole.get("covered_percent")):
        return []
    width = whole.get("buffer_m")
    sides = "" if _missing(width) else f"（轨迹两侧各{float(width):g}米）"
    return [f"本月巡护率（面积）{_percent(whole['covered_percent'])}{sides}。"]


def _kept_areas(here: pd.DataFrame) -> pd.DataFrame | None:
    if "area_m2" not in here.columns or not here["area_m2"].notna().any():
        return None
    known = here[here["area_m2"].notna() & (here["town_code"].fillna("") != "")]
    return known.astype({"area_m2": float, "covered_m2": float})


def _kept_risk(here: pd.DataFrame) -> pd.DataFrame | None:
    """Give the rows of risk zones that the workspace keeps, as riskpatrols has them."""
    if "risk_due" not in here.columns or not here["risk_due"].notna().any():
        return None
    known = here[here["risk_due"].notna()]
    due, visited = known["risk_due"].astype(int), known["risk_visited"].astype(int)
    return pd.DataFrame(
        {
            "town_code": known["town_code"],
            "due": due,
            "visited": visited,
            "missed": due - visited,
            "checkins": known["risk_checkins"],
            "risk_percent": known["risk_percent"],
        }
    )


def _missing(value: object) -> bool:
    return pd.isna(value)


def _area_rates(
    coverage: pd.DataFrame | None, risk: pd.DataFrame | None, names: Mapping[str, str]
) -> list[Sheet]:
    """Give both rates by town in one table; grids and zones are named nowhere."""
    areas: dict[str, object] = {}
    if coverage is not None and "town_code" in coverage.columns:
        sums = coverage.groupby(coverage["town_code"].fillna(""))[["area_m2", "covered_m2"]].sum()
        areas = {
            str(town): _percent(100.0 * seen / area if area else None)
            for town, area, seen in sums.itertuples()
        }
    zones: dict[str, tuple[object, ...]] = {}
    for row in [] if risk is None else risk.to_dict("records"):
        if isinstance(row["town_code"], str) and row["town_code"]:
            share = _percent(row["risk_percent"])
            zones[row["town_code"]] = (int(row["due"]), int(row["visited"]), share)
    towns = sorted((set(areas) | set(zones)) - {""})
    if not towns:
        return []
    header = ("镇（街道）", "巡护率（面积）", "应巡处次", "已巡处次", "重点区域巡护率")
    none = (DASH, DASH, DASH)
    rows = tuple(
        (_town(town, names), areas.get(town, DASH), *zones.get(town, none)) for town in towns
    )
    return [Sheet("各镇（街道）巡护覆盖情况表", header, rows, "coverage")]


def _ranking(scores: pd.DataFrame, names: Mapping[str, str]) -> Sheet:
    ordered = scores.sort_values(["rank", "person_id"], kind="stable").to_dict("records")
    rows = tuple(
        (
            int(row["rank"]),
            str(row.get("name") or row["person_id"]),
            _town(row.get("town_code"), names),
            f"{float(row['total']):.2f}",
        )
        for row in ordered
    )
    header = ("名次", "姓名", "镇（街道）", "得分")
    return Sheet("考核排名表（内部）", header, rows, "ranking", True)


def definition_lines(rules: str = "") -> Sequence[str]:
    """Give the rule set and the definitions of all rates, as the notice prints them."""
    lines = [f"{rate.zh}＝{rate.words_zh}。" for rate in RATES]
    return [f"本通报依据的规则：{rules}。", *lines] if rules else lines
