"""Checks of what the tables say: rules 4, 5 and 7 to 12."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.tables.check_data import CheckData, Finding
from linzhang_plugin.core.tables.plan_loading import RANGER

CODE = re.compile(r"^\d{6}\d{3}W\d{3,4}$")
MU_SLACK = 0.1
"""Difference of a sum of mu that is shown but no error (DOMAIN rule 10)."""
FAR = "9999-12-31"


def rangers(data: CheckData) -> Iterator[Finding]:
    """Rule 4: one full-time ranger a grid at a time, on duty, and with one grid only."""
    rows = data.duties[data.duties["duty"] == RANGER]
    people = data.tables["person"].drop_duplicates("person_id").set_index("person_id")
    by_grid = dict(iter(rows.groupby("grid_code")))
    for code in data.grids.index:
        of_grid = by_grid.get(code)
        if of_grid is None:
            text = Message(tr("Grid {grid} has no full-time ranger."), {"grid": code})
            yield data.grid_finding(4, "error", code, text)
        elif _at_once(of_grid):
            names = ", ".join(sorted(of_grid["person_id"]))
            text = Message(
                tr("Grid {grid} has several full-time rangers at a time: {ids}."),
                {"grid": code, "ids": names},
            )
            yield data.grid_finding(4, "error", code, text)
    for who, of_person in rows.groupby("person_id", sort=True):
        codes = sorted(set(of_person["grid_code"]))
        if len(codes) > 1 and _at_once(of_person):
            text = Message(
                tr("Ranger {id} has {n} grids at a time: {grids}."),
                {"id": who, "n": len(codes), "grids": ", ".join(codes)},
            )
            yield _person_finding(data, 4, "error", str(who), codes[0], text)
        role = people["role"].get(who)
        if role not in (RANGER, None):
            text = Message(
                tr("{id}, full-time ranger of {grid}, is in the roster as {role}."),
                {"id": who, "grid": codes[0], "role": role},
            )
            yield _person_finding(data, 4, "warning", str(who), codes[0], text)


def _at_once(rows: pd.DataFrame) -> bool:
    """Tell whether two periods overlap."""
    ordered = rows.sort_values(["start_on", "end_on"], kind="stable")
    starts = ordered["start_on"].tolist()[1:]
    ends = ordered["end_on"].fillna(FAR).cummax().tolist()[:-1]
    return any(start <= end for start, end in zip(starts, ends, strict=True))


def _person_finding(
    data: CheckData, rule: int, severity: str, who: str, grid: str, text: Message
) -> Finding:
    return Finding(
        rule, severity, "person", who, text, data.grid_shape(grid), None, data.town_of(grid)
    )


def bounds(data: CheckData) -> Iterator[Finding]:
    """Rule 5: forest mu within the rule set's bounds."""
    low, high = data.rules.number("min_mu"), data.rules.number("max_mu")
    for code, mu in data.mu_of_grid.sort_index().items():
        shown = {"grid": code, "mu": round(float(mu), 1)}
        if low is not None and mu < low - MU_SLACK:
            text = Message(
                tr("Grid {grid} has {mu} mu, less than {bound}."), {**shown, "bound": round(low)}
            )
            yield data.grid_finding(5, "error", str(code), text)
        if high is not None and mu > high + MU_SLACK:
            text = Message(
                tr("Grid {grid} has {mu} mu, more than {bound}."), {**shown, "bound": round(high)}
            )
            yield data.grid_finding(5, "error", str(code), text)


def limits_text(data: CheckData) -> Iterator[Finding]:
    """Rule 7: the four limits (四至) are written."""
    sides = {"bound_e": "东至", "bound_s": "南至", "bound_w": "西至", "bound_n": "北至"}
    for code, row in data.grids.iterrows():
        missing = [zh for name, zh in sides.items() if not _filled(row[name])]
        if missing:
            text = Message(
                tr("Grid {grid}: {sides} not written."), {"grid": code, "sides": "、".join(missing)}
            )
            yield data.grid_finding(7, "warning", str(code), text)


def _filled(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def hills(data: CheckData) -> Iterator[Finding]:
    """Rule 8: a hill belongs to one grid, or is shared with shares that add up to 1."""
    hill = data.tables["hill"]
    duties = data.of_year("hill_duty")
    shares = duties.groupby("hill_id")["share"].sum()
    if data.grids.empty:
        return
    known = set(hill["hill_id"])
    for row in duties[~duties["hill_id"].isin(known)].itertuples():
        text = Message(
            tr("Grid {grid} is in charge of hill {hill}, which does not exist."),
            {"grid": row.grid_code, "hill": row.hill_id},
        )
        yield data.grid_finding(8, "error", row.grid_code, text)
    for row in hill.itertuples():
        total = float(shares.get(row.hill_id, 0.0))
        if abs(total - 1.0) <= 1e-3:
            continue
        name = row.hill_name if _filled(row.hill_name) else row.hill_id
        if total == 0:
            text = Message(tr("Hill {hill} belongs to no grid."), {"hill": name})
        else:
            text = Message(
                tr("Hill {hill}: the grids' shares add up to {percent} %, not 100 %."),
                {"hill": name, "percent": round(100 * total, 1)},
            )
        severity = "warning" if total == 0 else "error"
        yield Finding(8, severity, "hill", row.hill_id, text, row.geometry, None, row.town_code)


def codes(data: CheckData) -> Iterator[Finding]:
    """Rule 9: codes follow the pattern, name their town, occur once and are never reissued."""
    every = data.tables["grid"][["grid_code", "grid_year"]].drop_duplicates()
    years = every.groupby("grid_code")["grid_year"].agg(lambda y: sorted(int(v) for v in y))
    plan_years = sorted({int(y) for y in every["grid_year"]})
    for code in data.grids.index[data.grids.index.duplicated()].unique():
        text = Message(tr("Grid code {grid} occurs twice."), {"grid": code})
        yield Finding(9, "error", "grid", str(code), text)
    for code, town in zip(data.grids.index, data.grids["town_code"], strict=True):
        if not CODE.match(str(code)):
            text = Message(
                tr("Grid code {grid} is not county6 + town3 + W + number."), {"grid": code}
            )
            yield data.grid_finding(9, "warning", str(code), text)
        elif _filled(town) and re.fullmatch(r"\d{9}", town) and not code.startswith(town):
            text = Message(
                tr("Grid code {grid} names another town than its own, {town}."),
                {"grid": code, "town": town},
            )
            yield data.grid_finding(9, "error", str(code), text)
        gap = _retired(years[code], plan_years, data.year)
        if gap:
            text = Message(
                tr("Grid code {grid} was retired in {retired} and is used again; give a new one."),
                {"grid": code, "retired": gap},
            )
            yield data.grid_finding(9, "error", str(code), text)


def _retired(used: list[int], plan_years: list[int], year: int) -> int | None:
    """Give the plan year in which a code used before was missing, None where it never was."""
    earlier = [y for y in used if y < year]
    if not earlier:
        return None
    missing = [y for y in plan_years if earlier[0] < y < year and y not in used]
    return missing[0] if missing else None


def sums(data: CheckData) -> Iterator[Finding]:
    """Rule 10: the mu of grids add up to the mu of their stands; official areas are near."""
    for code, mu in data.mu_of_grid.sort_index().items():
        written = data.grids["area_mu"].get(code, np.nan)
        if written is None or not np.isfinite(written) or abs(written - mu) > MU_SLACK:
            text = Message(
                tr("Grid {grid}: {written} mu written, its stands have {mu} (difference {gap})."),
                {
                    "grid": code,
                    "written": round(float(written), 1) if np.isfinite(written) else "-",
                    "mu": round(float(mu), 1),
                    "gap": round(float(written - mu), 1) if np.isfinite(written) else "-",
                },
            )
            yield data.grid_finding(10, "error", str(code), text)
    grids = float(data.grids["area_mu"].sum())
    stands = float(data.stands.loc[data.stands["forest"], "basis_m2"].sum()) * 0.0015
    if not data.grids.empty and abs(grids - stands) > MU_SLACK:
        text = Message(
            tr("All grids have {grids} mu, all forest stands {stands} mu: difference {gap}."),
            {
                "grids": round(grids, 1),
                "stands": round(stands, 1),
                "gap": round(grids - stands, 1),
            },
        )
        yield Finding(10, "error", "county", data.county_code, text, None, grids - stands)
    for row in data.stands[data.stands["deviant"] & data.stands["forest"]].itertuples():
        text = Message(
            tr("Stand {stand}: official area {official} mu, by geometry {area} mu."),
            {
                "stand": row.stand_id,
                "official": round(row.official_m2 * 0.0015, 1),
                "area": round(row.area_m2 * 0.0015, 1),
            },
        )
        yield Finding(
            10, "info", "stand", row.stand_id, text, row.geometry,
            (row.official_m2 - row.area_m2) * 0.0015, row.town_code,
        )  # fmt: skip


def dates(data: CheckData) -> Iterator[Finding]:
    """Rule 11: an assignment lies within its holder's time and within a contract."""
    people = data.tables["person"].drop_duplicates("person_id").set_index("person_id")
    for row in data.duties.itertuples():
        if row.person_id not in people.index:
            continue
        begun, left = people.at[row.person_id, "active_from"], people.at[row.person_id, "active_to"]
        values = {"grid": row.grid_code, "id": row.person_id}
        end = row.end_on if _filled(row.end_on) else FAR
        late = _filled(left) and end > left
        early = _filled(begun) and row.start_on < begun
        if early or (late and end != FAR):
            text = Message(
                tr("{id} is assigned to {grid} outside the time on duty ({begun} to {left})."),
                {**values, "begun": begun or "-", "left": left or "-"},
            )
            yield _person_finding(data, 11, "error", row.person_id, row.grid_code, text)
        elif end == FAR:
            text = Message(tr("The assignment of {id} to {grid} has no end date."), values)
            yield _person_finding(data, 11, "warning", row.person_id, row.grid_code, text)
        if _filled(row.signed_on) and row.signed_on > end:
            text = Message(tr("The contract of {id} for {grid} was signed after it ended."), values)
            yield _person_finding(data, 11, "error", row.person_id, row.grid_code, text)


def public(data: CheckData) -> Iterator[Finding]:
    """Rule 12: what boards publish is complete and agreed to."""
    people = data.tables["person"].drop_duplicates("person_id").set_index("person_id")
    phones = data.tables["person_private"].set_index("person_id")["phone"]
    shown = data.duties[data.duties["duty"].isin([RANGER, "supervisor"])]
    for row in shown.drop_duplicates("person_id").itertuples():
        values = {"id": row.person_id, "grid": row.grid_code}
        if not _filled(phones.get(row.person_id)):
            text = Message(tr("{id} of grid {grid} has no phone for the board."), values)
            yield _person_finding(data, 12, "warning", row.person_id, row.grid_code, text)
        agreed = people["publish_agreed"].get(row.person_id)
        if agreed is None or pd.isna(agreed) or not agreed:
            text = Message(
                tr("{id} of grid {grid}: agreement to publication is not recorded."), values
            )
            yield _person_finding(data, 12, "warning", row.person_id, row.grid_code, text)
    supervised = set(data.duties.loc[data.duties["duty"] == "supervisor", "grid_code"])
    for code in data.grids.index.difference(sorted(supervised)):
        text = Message(tr("Grid {grid} has no supervisor."), {"grid": code})
        yield data.grid_finding(12, "warning", str(code), text)
    for row in data.tables["notice_board"].itertuples():
        if not _filled(row.supervision_phone) or not _filled(row.unit_code):
            text = Message(
                tr("Board {board} lacks its supervision phone or unit."), {"board": row.board_code}
            )
            yield Finding(12, "warning", "board", row.board_code, text, row.geometry)
