"""The monthly notice 履职情况通报 as paragraphs and tables: one model for DOCX and XLSX.

The notice is a Chinese official document whatever language the desk speaks, so its words are
here and are not translated. Rates are printed with their definitions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.patrols.notice_areas import (
    area_sheets,
    coverage_lines,
    kept_area_lines,
    kept_areas,
    kept_risk,
    risk_lines,
)
from linzhang_plugin.core.patrols.notice_form import Notice, NoticeOptions, Part, Sheet
from linzhang_plugin.core.patrols.notice_people import (
    PERCENTS,
    below_lines,
    below_sheets,
    event_line,
    goal_lines,
    month_before,
    overall_lines,
    ranking_sheet,
    town_sheet,
)
from linzhang_plugin.core.patrols.notice_words import chinese_date, month_name, percent
from linzhang_plugin.core.patrols.rates import RATES

NUMERALS = "一二三四五六七八九十"


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
    before = month_before(rates if previous is None else previous, options.month)
    parts: list[Part] = [
        ("一、总体情况", tuple(overall_lines(whole, before, people, options)), ()),
        (
            "二、各镇（街道）情况",
            tuple(goal_lines(here, names, options)),
            (town_sheet(here, names),),
        ),
        (
            "三、未达标情况",
            tuple(below_lines(people, options)),
            below_sheets(people, names, options),
        ),
    ]
    if events is not None and len(events):
        parts.append(("四、事件处置情况", (event_line(events),), ()))
    seen, tables = _ground(here, whole, names, coverage, risk)
    if seen:
        parts.append((_heading(len(parts), "巡护覆盖情况"), seen, tables))
    if scores is not None and len(scores) and not options.public:
        lines = (f"本月参加考核{len(scores)}人，排名见附件。",)
        parts.append((_heading(len(parts), "考核排名"), lines, (ranking_sheet(scores, names),)))
    told = definition_lines(options.rules)
    parts.append((_heading(len(parts), "指标说明"), tuple(told), ()))
    if options.revision:
        # Before the numbered parts, without a number of its own.
        reason = options.correction or "经申诉核实，对原通报有关数据予以更正。"
        parts.insert(0, ("更正说明", (reason,), ()))
    values = _fields(whole, parts, options)
    return Notice(
        values["title"], options.number, options.issuer, values["date"], options.public,
        tuple(parts), values, options.to, options.sample,
    )  # fmt: skip


def _ground(
    here: pd.DataFrame,
    whole: pd.Series,
    names: Mapping[str, str],
    coverage: pd.DataFrame | None,
    risk: pd.DataFrame | None,
) -> tuple[tuple[str, ...], tuple[Sheet, ...]]:
    """Give what is said of area and risk zones: as handed over, else as the rates keep it."""
    kept = kept_risk(here)
    lines = (coverage_lines(coverage) or kept_area_lines(whole)) + (
        risk_lines(risk) or risk_lines(kept)
    )
    if not lines:
        return (), ()
    by_town = kept_areas(here) if coverage is None else coverage
    return tuple(lines), tuple(area_sheets(by_town, kept if risk is None else risk, names))


def _title(options: NoticeOptions) -> str:
    title = f"关于{month_name(options.month)}护林员履职情况的通报"
    if options.sample:
        title += "（示例）"
    return title + (f"（第{options.revision}次更正）" if options.revision else "")


def _fields(whole: pd.Series, parts: Sequence[Part], options: NoticeOptions) -> dict[str, str]:
    """Give the values that a template of the user's own may ask for."""
    values = {"title": _title(options), "county": options.county, "issuer": options.issuer,
              "number": options.number, "month": month_name(options.month), "to": options.to,
              "date": chinese_date(options.date)}  # fmt: skip
    values |= {name: str(percent(whole[name])) for name in PERCENTS}
    values |= {name: str(percent(whole.get(name))) for name in ("covered_percent", "risk_percent")}
    values |= {name: str(int(whole[name])) for name in ("rangers", "online", "qualified", "below")}
    values["body"] = "\n".join(line for head, lines, _ in parts for line in (head, *lines))
    return values


def _heading(count: int, text: str) -> str:
    return f"{NUMERALS[count]}、{text}"


def definition_lines(rules: str = "") -> Sequence[str]:
    """Give the rule set and the definitions of all rates, as the notice prints them."""
    lines = [f"{rate.zh}＝{rate.words_zh}。" for rate in RATES]
    return [f"本通报依据的规则：{rules}。", *lines] if rules else lines
