"""The id of every stand: county + town + village + 林班 + 小班, or what else is unique."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.tables.intake.findings import Finding
from linzhang_plugin.core.tables.intake.places import Places
from linzhang_plugin.core.tables.intake.values import code_and_name, padded

TOO_MANY = 0.1
"""Share of repeated ids from which the columns are believed to be no key at all."""


@dataclass
class StandIds:
    """Ids of all rows and which rows repeat one.

    Attributes:
        ids: Id of each row.
        lin_ban: 林班 of each row, padded.
        xiao_ban: 小班 of each row, padded.
        findings: Rows refused because they repeat an id, and rows numbered afresh.
        refused: Those rows, counted from 0.
        notes: How ids were made.
    """

    ids: list[str]
    lin_ban: list[str]
    xiao_ban: list[str]
    findings: list[Finding] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)
    notes: list[Message] = field(default_factory=list)


def stand_ids(columns: Mapping[str, list[str]], places: Places, usable: list[bool]) -> StandIds:
    """Give every row an id.

    Args:
        columns: Cleaned texts of ``stand_id, own_id, lin_ban, xiao_ban`` as far as present.
        places: County, town and village of each row.
        usable: False for rows that are refused already and hold no id.

    Returns:
        Ids; where a usable row repeats the id of an earlier one, it is refused.
    """
    n = len(usable)
    lin_ban = [padded(_code(v), 4) for v in columns.get("lin_ban", [""] * n)]
    xiao_ban = [padded(_code(v), 5) for v in columns.get("xiao_ban", [""] * n)]
    made = StandIds([], lin_ban, xiao_ban)
    if _is_key(columns.get("stand_id"), usable):
        made.ids = list(columns["stand_id"])
    elif "xiao_ban" in columns and any(xiao_ban):
        made.ids = _composed(made, places)
    if made.ids and _repeats(made.ids, usable) <= TOO_MANY * n:
        _refuse_repeats(made, usable)
        return made
    if made.ids:
        made.notes.append(
            Message(
                tr("林班 and 小班 numbers repeat in {n} rows and cannot identify stands."),
                {"n": _repeats(made.ids, usable)},
            )
        )
    own = columns.get("own_id")
    if _is_key(own, usable) and own is not None and _repeats(own, usable) == 0:
        made.ids = [value[:40] for value in own]
        made.notes.append(Message(tr("Stands are identified by the layer's own id.")))
    else:
        made.ids = [f"R{row:06d}" for row in range(1, n + 1)]
        made.notes.append(
            Message(
                tr(
                    "The layer has no 小班 numbers or other id; stands are identified by their row,"
                    " which holds only while the file is not re-ordered."
                )
            )
        )
    return made


def _code(value: str) -> str:
    code, name = code_and_name(value)
    return code or name


def _is_key(values: list[str] | None, usable: list[bool]) -> bool:
    return values is not None and all(v for v, ok in zip(values, usable, strict=True) if ok)


def _repeats(ids: list[str], usable: list[bool]) -> int:
    counts = Counter(i for i, ok in zip(ids, usable, strict=True) if ok)
    return sum(n - 1 for n in counts.values())


def _composed(made: StandIds, places: Places) -> list[str]:
    """Compose ids; land without a number (blank or 99999) is numbered within its 林班."""
    serial: Counter[str] = Counter()
    ids = []
    rows = zip(places.xian, places.town, places.village, made.lin_ban, made.xiao_ban, strict=True)
    for xian, town, village, lin_ban, xiao_ban in rows:
        base = xian + (town[6:9] or "000") + (village[9:12] or "000") + (lin_ban or "0000")
        if not xiao_ban or set(xiao_ban) <= {"9"} or set(xiao_ban) <= {"0"}:
            serial[base] += 1
            ids.append(f"{base}{xiao_ban or '00000'}-{serial[base]}")
        else:
            ids.append(base + xiao_ban)
    return ids


def _refuse_repeats(made: StandIds, usable: list[bool]) -> None:
    first: dict[str, int] = {}
    for row, (stand, ok) in enumerate(zip(made.ids, usable, strict=True)):
        if not ok:
            continue
        if stand not in first:
            first[stand] = row
            continue
        values: dict[str, Any] = {"first": first[stand] + 1}
        made.refused.add(row)
        text = Message(tr("has the id of row {first}; give it a 小班 number of its own"), values)
        made.findings.append(Finding(row + 1, stand, "refused", text))
