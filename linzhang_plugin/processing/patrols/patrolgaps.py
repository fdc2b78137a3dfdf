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
from linzhang_plugin.core.patrols.tables import ROSTER
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import Call, LinzhangAlgorithm
from linzhang_plugin.processing.patrols.countybook import CountyBook, add_book
from linzhang_plugin.processing.patrols.ruled import GROUP, add_clock, add_period, clock_of


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
            tr("person_id, role, town_code, first_day, last_day, most_hours; a row a person."),
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
        clock = clock_of(call)
        patrols = _patrols(call, clock)
        book = CountyBook.of(call, not call.given("GRIDS"))
        params = GapParams(
            call.integer("FROM_HOUR"), call.integer("TO_HOUR"), call.integer("LONGEST_SHIFT")
        )
        if params.to_hour <= params.from_hour:
            raise InputError(tr("TO_HOUR must be later than FROM_HOUR."))
        start, end = call.text("PERIOD_START"), call.text("PERIOD_END")
        days = patrols["start_ms"].to_numpy() // 86_400_000
        first = day_number(start) if start else int(days.min())
        last = day_number(end) if end else int(days.max())
        posts, towns = _posts(call, book, last)
        helpers = _helpers(call, book)
        table = roster(patrols, posts, towns, range(first, last + 1), helpers, params)
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
        return [] if book is None else _of_workspace(book.persons)
    out = []
    for row in pd.DataFrame(frame).to_dict("records"):
        first, last = row.get("first_day"), row.get("last_day")
        out.append(
            Helper(
                str(row.get("person_id") or ""),
                str(row.get("role") or "cadre"),
                str(row.get("town_code") or ""),
                day_number(str(first)) if first else Helper.first,
                day_number(str(last)) if last else Helper.last,
                int(row.get("most_hours") or Helper.most_hours),
            )
        )
    return [helper for helper in out if helper.person]


def _of_workspace(persons: pd.DataFrame) -> list[Helper]:
    """Give the cadres and volunteers on the workspace's roster."""
    rows = persons[persons["role"].isin(["cadre", "volunteer"])].to_dict("records")
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
