"""Objections (申诉更正): who said what about which day, the proof, and what it changes.

A notice is never rewritten: upheld objections make the next numbered correction, and the earlier
figures stay beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.patrols.attendance import SOURCE_OBJECTION, Absence
from linzhang_plugin.core.patrols.clock import Clock, day_number, day_text
from linzhang_plugin.core.patrols.judgement import SOURCE_TRACE
from linzhang_plugin.core.patrols.readers.rejected import Rejection
from linzhang_plugin.core.patrols.readers.times import NO_TIME, parse_time
from linzhang_plugin.core.patrols.records import Records, cell_text, columns_of

EFFECTS = ("counts", "void", "leave", "exempt")
UPHELD = "upheld"
LIST_NAMES: dict[str, tuple[str, ...]] = {
    "objection_no": ("objectionno", "申诉编号", "编号", "序号", "id"),
    "person_id": ("personid", "护林员编号", "人员编号", "护林员", "姓名", "name"),
    "day": ("day", "申诉日期项", "巡护日期", "日期", "date"),
    "effect": ("effect", "申诉事项", "事项", "请求"),
    "raised_by": ("raisedby", "申诉人", "提出人"),
    "raised_on": ("raisedon", "提出日期", "申诉日期", "申诉时间"),
    "reason": ("reason", "申诉理由", "理由", "原因", "说明"),
    "proof": ("proof", "证明材料", "证明", "佐证"),
    "decision": ("decision", "处理结果", "审核结果", "结果", "意见"),
    "decided_by": ("decidedby", "审核人", "核实人"),
    "decided_on": ("decidedon", "审核日期", "核实日期"),
}
LIST_WORDS = {name: " ".join((name, *words[1:], words[0])) for name, words in LIST_NAMES.items()}
EFFECT_WORDS = (
    ("不应", "void"), ("不计", "void"), ("void", "void"), ("请假", "leave"), ("leave", "leave"),
    ("免巡", "exempt"), ("exempt", "exempt"),
)  # fmt: skip
DECISION_WORDS = (
    ("不采纳", "refused"), ("不予", "refused"), ("驳回", "refused"), ("不通过", "refused"),
    ("refused", "refused"), ("采纳", UPHELD), ("属实", UPHELD), ("通过", UPHELD),
    ("upheld", UPHELD),
)  # fmt: skip
"""Words and codes; the first that fits decides. What says nothing is still open."""


@dataclass(frozen=True)
class Objection:
    """One objection that was decided on.

    Attributes:
        number: 申诉编号.
        person: Person id.
        day: Day number.
        effect: ``counts`` (the day counts), ``void`` (it does not), ``leave``, ``exempt``.
        reason: Why.
        proof: What proves it.
    """

    number: str
    person: str
    day: int
    effect: str
    reason: str = ""
    proof: str = ""


def read_objections(
    header: Sequence[object], rows: Sequence[Sequence[object]], lines: Sequence[int], clock: Clock
) -> Records:
    """Read a list of objections; one without person, day or reason is refused.

    Args:
        header: Column names.
        rows: Cells.
        lines: Line of each row.
        clock: Zone of the days.
    """
    columns = columns_of(header, LIST_NAMES)
    good: dict[str, dict[str, object]] = {}
    refused: list[Rejection] = []
    for line, row in zip(lines, rows, strict=True):
        text = {name: cell_text(row, columns, name) for name in LIST_NAMES}
        moment = parse_time(text["day"], clock)
        number = text["objection_no"] or f"S{line}"
        if not text["person_id"] or moment == NO_TIME or not text["reason"]:
            reason = Message("The objection has no person, no day or no reason.")
            refused.append(Rejection(number, line, reason))
        elif number in good:
            refused.append(Rejection(number, line, Message("The objection is there already.")))
        else:
            day = day_text(int(clock.day(moment)))
            good[number] = _read(number, day, text, clock)
    names = ["objection_no", "month", *list(LIST_NAMES)[1:]]
    return Records(pd.DataFrame(list(good.values()), columns=names), refused)


def _read(number: str, day: str, text: dict[str, str], clock: Clock) -> dict[str, object]:
    def coded(name: str, words: tuple[tuple[str, str], ...], otherwise: str) -> str:
        return next((code for word, code in words if word in text[name].lower()), otherwise)

    def date(name: str) -> str | None:
        moment = parse_time(text[name], clock)
        return None if moment == NO_TIME else day_text(int(clock.day(moment)))

    return {
        "objection_no": number,
        "month": day[:7],
        "person_id": text["person_id"],
        "day": day,
        "effect": coded("effect", EFFECT_WORDS, "counts"),
        "raised_by": text["raised_by"] or text["person_id"],
        "raised_on": date("raised_on"),
        "reason": text["reason"],
        "proof": text["proof"] or None,
        "decision": coded("decision", DECISION_WORDS, "open"),
        "decided_by": text["decided_by"] or None,
        "decided_on": date("decided_on"),
    }


def upheld(table: pd.DataFrame, month: str) -> list[Objection]:
    """Give the upheld objections of a month, by number.

    Raises:
        InputError: One has no proof, no day, a day of another month, or an unknown effect.
    """
    out = []
    for row in table.to_dict("records"):
        if str(row["month"]) != month or row["decision"] != UPHELD:
            continue
        number, effect = str(row["objection_no"]), str(row["effect"])
        day, proof = _word(row.get("day")), _word(row.get("proof"))
        if not proof:
            raise InputError(
                tr("Objection {number} is upheld without proof; fill in proof (证明材料)."),
                number=number,
            )
        if not day.startswith(month):
            raise InputError(
                tr("Objection {number} is about {day}, which is no day of {month}; correct it."),
                number=number,
                day=day or "-",
                month=month,
            )
        if effect not in EFFECTS:
            raise InputError(
                tr("Objection {number} asks for {effect}; known are {known}."),
                number=number,
                effect=effect,
                known=", ".join(EFFECTS),
            )
        reason = _word(row.get("reason"))
        person = str(row["person_id"])
        out.append(Objection(number, person, day_number(day), effect, reason, proof))
    return sorted(out, key=lambda one: one.number)


def _word(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def corrected(
    days: pd.DataFrame, objections: Sequence[Objection]
) -> tuple[pd.DataFrame, list[Absence]]:
    """Apply upheld objections to judged days.

    Args:
        days: ``person_id, day, valid, minutes, km, reasons, source`` …
        objections: In the order in which they apply.

    Returns:
        The days as corrected, and the absences that objections brought.
    """
    rows = {
        (str(row["person_id"]), str(row["day"])[:10]): dict(row) for row in days.to_dict("records")
    }
    absences: list[Absence] = []
    for one in objections:
        key = (one.person, day_text(one.day))
        told = Message("Objection {number}: {proof}", {"number": one.number, "proof": one.proof})
        if one.effect in ("leave", "exempt"):
            reason = "leave" if one.effect == "leave" else "weather"
            absences.append(Absence(one.day, one.day, person=one.person, reason=reason))
            continue
        before = rows.get(key, _blank(key))
        changed = {"valid": one.effect == "counts", "reasons": [told], "source": SOURCE_OBJECTION}
        rows[key] = {**before, **changed}
    frame = pd.DataFrame([rows[key] for key in sorted(rows)], columns=list(days.columns))
    return frame, absences


def _blank(key: tuple[str, str]) -> dict[str, object]:
    """Give a day without any trace."""
    return {
        "person_id": key[0],
        "day": key[1],
        "n_patrols": 0,
        "minutes": 0.0,
        "km": 0.0,
        "in_grid_min": None,
        "valid": False,
        "reasons": [],
        "source": SOURCE_TRACE,
    }


def correction_text(objections: Sequence[Objection], revision: int, public: bool) -> str:
    """Give 更正说明 for the notice; the public edition names nobody."""
    counts = len(objections)
    if not counts:
        return ""
    words = f"对原通报提出的申诉经核实采纳{counts}件，现作第{revision}次更正，"
    words += "原通报有关数据以本次为准。"
    if public:
        return words
    listed = "；".join(
        f"{one.number}（{day_text(one.day)}，{one.reason or '—'}，证明：{one.proof}）"
        for one in objections
    )
    return f"{words}采纳的申诉：{listed}。"
