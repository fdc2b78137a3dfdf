"""Patrol gaps: the hours that cadres, party members and volunteers must fill."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
)

from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.patrols.clock import Clock, day_number
from linzhang_plugin.core.patrols.gaps import GapParams, Helper, roster
from linzhang_plugin.core.patrols.readers.times import NO_TIME, parse_times
from linzhang_plugin.core.patrols.risk import due_days
from linzhang_plugin.core.patrols.tables.ground import ROSTER
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.processing.patrols.countybook import CountyBook, add_book
from linzhang_plugin.processing.patrols.riskpatrols import levels_of, periods_of
from linzhang_plugin.processing.patrols.ruled import GROUP, add_clock, add_period, clock_of
from linzhang_plugin.workspace.store import open_workspace


class PatrolGaps(LinzhangAlgorithm):
    """Patrols and grids → roster of the hours left open."""

    NAME = "patrolgaps"
    TITLE = tr("Roster for the gaps of patrols")
    GROUP = GROUP

    def declare(self) -> None:
        """Add the parameters and outputs."""
        source = QgsProcessingParameterFeatureSource
        kinds = QgsProcessing.SourceType
        number = QgsProcessingParameterNumber
        whole = number.Type.Integer
        self.add(
            source("PATROLS", translate(tr("Patrols")), [kinds.TypeVector]),
            tr("PATROLS of assesspatrols: person_id, start, end; all that were walked count."),
        )
        self.add(
            source("GRIDS", translate(tr("Management grids")), [kinds.TypeVector], None, True),
            tr("grid_code, ranger_id, town_code; empty: those of the workspace."),
        )
        add_book(self, tr("Its grids, cadres and volunteers are used where no layer is given."))
        self.add(
            source(
                "SHIFTS", translate(tr("Cadres and volunteers")), [kinds.TypeVector], None, True
            ),
            tr(
                "person_id, role, town_code, first_day, last_day, from_hour, to_hour, most_hours; a"
                " row a person. Empty: the workspace's shifts, else its cadres, party members and"
                " volunteers."
            ),
        )
        self.add(
            number(
                "LEVEL", translate(tr("Only days of this danger level")), whole, None, True, 1, 5
            ),
            tr(
                "Only grids with a risk zone, on days of a key fire period at this level or above,"
                " all from the workspace; empty: every grid on every day."
            ),
        )
        for name, title, default, low, high in (
            ("FROM_HOUR", tr("First hour to be covered"), 8, 0, 23),
            ("TO_HOUR", tr("Hour at which the need ends"), 18, 1, 24),
            ("LONGEST_SHIFT", tr("Longest shift (hours)"), 4, 1, 24),
        ):
            self.add(number(name, translate(title), whole, default, False, low, high))
        add_period(self)
        add_clock(self)
        self.add_sink("ROSTER", ROSTER)
        for name, title in (
            ("N_HOURS", tr("Hours to be filled")),
            ("N_OPEN", tr("Hours nobody is left for")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, translate(title)))

    def work(self, call: Call) -> dict[str, Any]:
        """Read, find the open hours, write."""
        params = GapParams(
            call.integer("FROM_HOUR"), call.integer("TO_HOUR"), call.integer("LONGEST_SHIFT")
        )
        if params.to_hour <= params.from_hour:
            raise InputError(tr("TO_HOUR must be later than FROM_HOUR."))
        clock = clock_of(call)
        patrols = _patrols(call, clock)
        book = CountyBook.of(call, not call.given("GRIDS"))
        start, end = call.text("PERIOD_START"), call.text("PERIOD_END")
        days = patrols["start_ms"].to_numpy() // 86_400_000
        first = day_number(start) if start else int(days.min())
        last = day_number(end) if end else int(days.max())
        posts, towns = _posts(call, book, last)
        helpers = _helpers(call, book)
        wanted = None if call.number("LEVEL") is None else _due_grids(call, first, last)
        table = roster(patrols, posts, towns, range(first, last + 1), helpers, params, wanted)
        open_hours = table.loc[table["person_id"].isna(), "hours"].sum()
        outputs = {
            "ROSTER": call.write("ROSTER", table, ROSTER),
            "N_HOURS": int(table["hours"].sum()),
            "N_OPEN": int(open_hours),
        }
        return {name: value for name, value in outputs.items() if value is not None}


def _patrols(call: Call, clock: Clock) -> pd.DataFrame:
    table = pd.DataFrame(call.frame("PATROLS", needs_crs=False))
    for name in ("person_id", "start", "end"):
        if name not in table.columns:
            raise InputError(
                tr("PATROLS has no field {field}; choose the output of assesspatrols."), field=name
            )
    start = parse_times([str(v) for v in table["start"]], clock)
    end = parse_times([str(v) for v in table["end"]], clock)
    good = (start != NO_TIME) & (end != NO_TIME)
    if not good.any():
        raise InputError(tr("No patrol has a start and an end that can be read."))
    return pd.DataFrame(
        {
            "person_id": table["person_id"].astype(str).to_numpy()[good],
            "start_ms": clock.local(np.where(good, start, 0))[good],
            "end_ms": clock.local(np.where(good, end, 0))[good],
        }
    )


def _posts(
    call: Call, book: CountyBook | None, day: int
) -> tuple[dict[str, list[str]], dict[str, str]]:
    given = call.frame("GRIDS", needs_crs=False)
    if given is None and book is not None:
        given = book.plan(day)
    grids = pd.DataFrame(given)
    for name in ("grid_code", "ranger_id"):
        if name not in grids.columns:
            raise InputError(
                tr("GRIDS has no field {field}; choose the layer of management grids."), field=name
            )
    posts: dict[str, list[str]] = {}
    towns: dict[str, str] = {}
    for row in grids.to_dict("records"):
        code = str(row["grid_code"])
        ranger = row["ranger_id"]
        posts.setdefault(code, [])
        if ranger is not None and ranger == ranger and str(ranger):
            posts[code].append(str(ranger))
        towns[code] = str(row.get("town_code") or "")
    return posts, towns


def _helpers(call: Call, book: CountyBook | None) -> list[Helper]:
    frame = call.frame("SHIFTS", needs_crs=False)
    if frame is None:
        if book is None:
            return []
        own = {helper.person: helper for helper in _of_workspace(book.persons)}
        shifts = book.table("helper_shift")
        if shifts is None:
            return list(own.values())
        rows = [_shift(row, own) for row in pd.DataFrame(shifts).to_dict("records")]
        return [one for one in rows if one.person in own]
    rows = [_shift(row, {}) for row in pd.DataFrame(frame).to_dict("records")]
    return [helper for helper in rows if helper.person]


def _shift(row: dict[Any, Any], known: dict[str, Helper]) -> Helper:
    """Give a row of shifts; role, town and days on the roster come from the person."""

    def whole(name: str, otherwise: int) -> int:
        value: Any = row.get(name)
        return otherwise if pd.isna(value) or value == "" else int(value)

    def word(name: str) -> str:
        value = row.get(name)
        return value if isinstance(value, str) else ""

    person = str(row.get("person_id") or "")
    base = known.get(person, Helper(person))
    first, last = word("first_day"), word("last_day")
    return Helper(
        person,
        word("role") or base.role,
        word("town_code") or base.town,
        max(base.first, day_number(first)) if first else base.first,
        min(base.last, day_number(last)) if last else base.last,
        whole("most_hours", base.most_hours),
        whole("from_hour", base.from_hour),
        whole("to_hour", base.to_hour),
    )


def _due_grids(call: Call, first: int, last: int) -> dict[int, frozenset[str]]:
    """Give the grids of the risk zones that are due, by day.

    Raises:
        InputError: The workspace has no risk zones, danger levels or key periods.
    """
    book = CountyBook(open_workspace(call.workspace()))
    tables = []
    for name, title in (
        ("risk_zone", "RISK_ZONES"), ("danger_day", "DANGER_DAYS"), ("fire_period", "FIRE_PERIODS"),
    ):  # fmt: skip
        table = book.table(name)
        if table is None:
            raise InputError(
                tr("{parameter} is empty and the workspace has none; choose a layer."),
                parameter=title,
            )
        tables.append(table)
    zones, levels, periods = tables
    known = levels_of(levels)
    due = due_days(known, periods_of(periods), call.integer("LEVEL"), first, last)
    grids: dict[int, set[str]] = {}
    asked = zones["daily_required"].map(lambda v: pd.isna(v) or bool(v))
    for zone in zones[asked].to_dict("records"):
        town, code = zone.get("town_code") or "", zone.get("grid_code")
        for day, where in due:
            if isinstance(code, str) and (
                where == town or (not where and (day, town) not in known)
            ):
                grids.setdefault(day, set()).add(code)
    return {day: frozenset(codes) for day, codes in grids.items()}


def _of_workspace(persons: pd.DataFrame) -> list[Helper]:
    """Give the cadres, party members and volunteers on the workspace's roster."""
    rows = persons[persons["role"].isin(["cadre", "party_member", "volunteer"])].to_dict("records")
    return [
        Helper(
            str(row["person_id"]),
            str(row["role"]),
            row["town_code"] if isinstance(row["town_code"], str) else "",
            day_number(row["active_from"]) if isinstance(row["active_from"], str) else Helper.first,
            day_number(row["active_to"]) if isinstance(row["active_to"], str) else Helper.last,
        )
        for row in rows
    ]
