"""What a workspace holds for the patrol algorithms, where no layer was given instead."""

from __future__ import annotations

from functools import cached_property

import geopandas as gpd
import pandas as pd
from qgis.core import QgsExpressionContextUtils, QgsProcessingParameterString

from linzhang_plugin.core.messages import InputError, LinzhangError, Message, tr
from linzhang_plugin.core.patrols.clock import Clock, day_number, day_text
from linzhang_plugin.core.patrols.fixes import Fixes
from linzhang_plugin.core.patrols.sources import ByPeople, by_people
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call
from linzhang_plugin.workspace.store import Workspace, open_workspace
from linzhang_plugin.workspace.traces import TraceStore


def add_book(algorithm: LinzhangAlgorithm, hint: str = "") -> None:
    """Add WORKSPACE as a source of everything that no layer gives."""
    algorithm.add(
        QgsProcessingParameterString("WORKSPACE", translate(tr("Workspace")), "", False, True),
        hint
        or tr(
            "Its traces, grids, persons and registers are used where no layer is given; empty:"
            " that of the open project where there are no traces either."
        ),
    )


class CountyBook:
    """A workspace as the patrol algorithms read it; every table is read once, when asked for."""

    def __init__(self, workspace: Workspace) -> None:
        """Hold an opened workspace."""
        self.workspace = workspace

    @classmethod
    def of(cls, call: Call, needed: bool) -> CountyBook | None:
        """Open WORKSPACE; where it is empty, that of the open project if ``needed``.

        A layer that was given is never mixed with a project's workspace unasked.

        Raises:
            InputError: It is needed and there is none.
        """
        return cls.opened(call) if needed or call.text("WORKSPACE") else None

    def fixes(
        self, call: Call, clock: Clock, platform: bool = False, days_before: int = 0
    ) -> Fixes:
        """Read the fixes of PERIOD_START to PERIOD_END, and of the day after for midnight.

        Args:
            call: The run.
            clock: Zone of the days.
            platform: Totals of the platform will do where there are no traces.
            days_before: Days before the period that are read too.

        Raises:
            InputError: The period is not given, or there are no fixes in it.
        """
        first, last = self._period(call)
        fixes = TraceStore(self.workspace.path).read(first - days_before, last + 1, clock)
        if not len(fixes):
            self._say_none(call, first, last, platform)
            return fixes
        call.say(Message("{n} fixes were read from the workspace.", {"n": len(fixes)}))
        return fixes

    def store(self, call: Call, clock: Clock, platform: bool = False) -> TraceStore:
        """Give the kept traces, none of them read, once there are some in the period.

        Args:
            call: The run.
            clock: Zone of the days.
            platform: Totals of the platform will do where there are no traces.

        Raises:
            InputError: The period is not given, or there are no fixes in it.
        """
        first, last = self._period(call)
        store = TraceStore(self.workspace.path)
        count = sum(store.people(first, last, clock).values())
        if not count:
            self._say_none(call, first, last, platform)
        else:
            call.say(Message("The workspace keeps {n} fixes of these months.", {"n": count}))
        return store

    @classmethod
    def opened(cls, call: Call) -> CountyBook:
        """Open WORKSPACE, or the workspace of the open project.

        Raises:
            InputError: There is none.
        """
        return cls(open_workspace(call.text("WORKSPACE") or call.workspace()))

    def by_people(self, call: Call, clock: Clock, days_after: int = 1) -> ByPeople:
        """Give the kept traces of the period, some persons at a time.

        Args:
            call: The run.
            clock: Zone of the days.
            days_after: Days after the period that are given too.

        Raises:
            InputError: The period is not given, or there are no fixes in it.
        """
        store = self.store(call, clock)
        first, last = self._period(call)
        parts = by_people(store, first, last + days_after, clock)
        if not any(len(fixes) for fixes in parts):  # mostly the first part has some
            self._say_none(call, first, last, False)
        return parts

    def _period(self, call: Call) -> tuple[int, int]:
        start, end = call.text("PERIOD_START"), call.text("PERIOD_END")
        if not start or not end:
            raise InputError(
                tr("Give PERIOD_START and PERIOD_END: they say which traces of the workspace.")
            )
        first, last = day_number(start), day_number(end)
        if last < first:
            raise InputError(
                tr("The period ends ({end}) before it begins ({start}); swap the two."),
                start=start,
                end=end,
            )
        return first, last

    def _say_none(self, call: Call, first: int, last: int, platform: bool) -> None:
        values = {"start": day_text(first), "end": day_text(last)}
        if not platform or not self._has_totals(first, last):
            raise InputError(
                tr("The workspace keeps no traces from {start} to {end}; import them first."),
                **values,
            )
        text = Message(
            "The workspace keeps no traces from {start} to {end}: only the totals of the"
            " platform are judged.",
            values,
        )
        call.warn(text)

    def _has_totals(self, first: int, last: int) -> bool:
        """Tell whether the platform gave totals for any day of a period."""
        days = self.workspace.read("platform_day")["day"].tolist()
        return any(day_text(first) <= str(day) <= day_text(last) for day in days)

    def grids(self, first: int, last: int) -> tuple[gpd.GeoDataFrame, pd.DataFrame | None]:
        """Give the grids of the years of a period, and who answered for them on which days.

        A year without a plan keeps the grids and rangers of the year before. Where a period
        touches several years, codes carry their year: a grid may have changed its border.

        Raises:
            InputError: No year has a plan.
        """
        whole, held = self.workspace.read("grid"), self.workspace.read("assignment")
        if not len(whole):
            raise InputError(tr("The workspace has no grids; adopt a plan or give GRIDS."))
        years = range(int(day_text(first)[:4]), int(day_text(last)[:4]) + 1)
        plans = sorted(set(whole["grid_year"].astype(int)))
        parts, rows = [], []
        for year in years:
            plan = max((y for y in plans if y <= year), default=plans[0])
            grids = whole[whole["grid_year"] == plan].copy()
            mark = f"/{year}" if len(years) > 1 else ""
            grids["grid_code"] = grids["grid_code"].astype(str) + mark
            parts.append(grids)
            own = held[held["grid_year"] == plan] if plan == year else None
            rows.append(_duties(grids, own, year, mark))
        return gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs=whole.crs), pd.concat(
            rows, ignore_index=True
        )

    def plan(self, day: int) -> gpd.GeoDataFrame:
        """Give the grids in force on a day.

        Raises:
            InputError: No year has a plan.
        """
        return self.grids(day, day)[0]

    @cached_property
    def persons(self) -> pd.DataFrame:
        """The people."""
        return pd.DataFrame(self.workspace.read("person"))

    def table(self, name: str) -> gpd.GeoDataFrame | pd.DataFrame | None:
        """Give a table, None where it is empty."""
        found = self.workspace.read(name)
        return found if len(found) else None


def _duties(
    grids: gpd.GeoDataFrame, held: pd.DataFrame | None, year: int, mark: str
) -> pd.DataFrame:
    """Give who answers for the grids in a year: by the register, else by the grid's own copy."""
    names = ["grid_code", "person_id", "start_on", "end_on"]
    first, last = f"{year}-01-01", f"{year}-12-31"
    if held is not None and len(held):
        own = held[held["duty"].isin(["ranger", "assistant"])].copy()
        own["grid_code"] = own["grid_code"].astype(str) + mark
        own["start_on"] = [max(v, first) if isinstance(v, str) else first for v in own["start_on"]]
        own["end_on"] = [min(v, last) if isinstance(v, str) else last for v in own["end_on"]]
        return pd.DataFrame(own[names]).reset_index(drop=True)
    known = grids[[isinstance(v, str) and bool(v) for v in grids["ranger_id"]]]
    return pd.DataFrame(
        {
            "grid_code": known["grid_code"].tolist(),
            "person_id": known["ranger_id"].tolist(),
            "start_on": first,
            "end_on": last,
        }
    )


def stored_rules(call: Call) -> dict[str, str]:
    """Give the rule sets of WORKSPACE or of the open project's, by name; none without either."""
    known = call.algorithm.parameterDefinition("WORKSPACE") is not None
    if known and call.text("WORKSPACE"):
        return open_workspace(call.text("WORKSPACE")).rule_texts()
    scope = QgsExpressionContextUtils.projectScope(call.context.project())
    if not scope.variable("linzhang_workspace"):
        return {}
    try:
        return open_workspace(str(scope.variable("linzhang_workspace"))).rule_texts()
    except LinzhangError:
        return {}  # a project whose workspace has gone still has the shipped sets
