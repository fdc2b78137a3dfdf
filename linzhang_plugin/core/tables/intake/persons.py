"""A roster (花名册) → ``person`` and ``person_private``; ID numbers are never kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from linzhang_plugin.core.messages import Message, tr
from linzhang_plugin.core.tables.intake.aliases import PERSON_ALIASES
from linzhang_plugin.core.tables.intake.findings import Finding
from linzhang_plugin.core.tables.intake.homes import Homes, coordinates
from linzhang_plugin.core.tables.intake.names import FieldMatch, match_fields
from linzhang_plugin.core.tables.intake.placenames import PlaceIndex
from linzhang_plugin.core.tables.intake.rosterwords import date_of, role_of
from linzhang_plugin.core.tables.intake.sheets import Sheet
from linzhang_plugin.core.tables.intake.values import numbers, text
from linzhang_plugin.core.tables.schema import PERSON, PERSON_PRIVATE

VACANT = {
    "空缺",
    "空岗",
    "待聘",
    "待定",
    "缺",
    "缺员",
    "暂缺",
    "无",
    "(空缺)",
    "未聘",
    "空",
    "vacant",
}
"""Names that mean an unfilled post."""
TOTALS = ("合计", "总计", "小计", "共计", "制表", "填表", "审核", "备注", "注:", "说明")
"""Beginnings of rows that are no persons."""
ID_NUMBER = re.compile(r"(?<!\d)(\d{17}[\dXx]|\d{15})(?!\d)")
PHONE = re.compile(r"^(1\d{10}|0\d{2,3}-?\d{7,8}|\d{7,8})$")

FAR = 0.5
"""Degrees (about 50 km) from the forest beyond which a home is a typing error."""
YES = {"是", "同意", "1", "true", "yes", "y", "√"}


@dataclass(frozen=True)
class PersonPlaces:
    """Places that persons are matched with.

    Attributes:
        towns: 9-digit code → name, empty for a nameless one.
        villages: 12-digit code → name.
        homes: Points that stand for missing homes.
        box: West, south, east, north of the forest in degrees, None when unknown.
    """

    towns: Mapping[str, str]
    villages: Mapping[str, str]
    homes: Homes
    box: tuple[float, float, float, float] | None = None


@dataclass
class PersonIntake:
    """What became of a roster.

    Attributes:
        frame: ``person`` rows plus ``previous_grid_code`` and ``row``; homes as points.
        private: ``person_private`` rows: phones only.
        vacancies: Rows that are posts without a person: town_code, village_code, role …
        findings: Refused and presumed rows.
        match: Which column became which field.
        notes: Sentences about the whole.
        n_refused: Rows refused.
    """

    frame: gpd.GeoDataFrame
    private: pd.DataFrame
    vacancies: pd.DataFrame
    findings: list[Finding]
    match: FieldMatch
    notes: list[Message] = field(default_factory=list)
    n_refused: int = 0


@dataclass
class _Reading:
    """A roster while it is read."""

    places: PersonPlaces
    persons: list[dict[str, Any]] = field(default_factory=list)
    vacancies: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    refused: int = 0
    id_numbers: int = 0
    default_roles: int = 0


def intake_persons(
    sheets: Sequence[Sheet],
    places: PersonPlaces,
    known: pd.DataFrame | None = None,
    given: Mapping[str, str] | None = None,
    county_code: str = "",
) -> PersonIntake:
    """Turn a roster into persons.

    Args:
        sheets: Its tables; a sheet's title may be the town.
        places: Towns, villages and points for homes.
        known: ``person`` rows of the workspace: a person of the same name, place and role
            keeps their id.
        given: The user's field → column.
        county_code: Begins the ids that are made.

    Returns:
        Persons in CGCS2000 degrees (EPSG:4490), sorted as in the file.
    """
    reading = _Reading(places)
    match = FieldMatch()
    for sheet in sheets:
        match = match_fields(sheet.titles, PERSON_ALIASES, given)
        frame = pd.DataFrame(sheet.rows, columns=sheet.titles, dtype=object)
        _read_sheet(reading, sheet, frame, match)
    _refuse_twice(reading)
    _identify(reading, known, county_code)
    _house(reading)
    persons = pd.DataFrame(
        reading.persons, columns=[*PERSON.names, "previous_grid_code", "row", "phone", "geometry"]
    )
    private = persons.loc[persons["phone"].notna(), PERSON_PRIVATE.names].reset_index(drop=True)
    made = gpd.GeoDataFrame(persons.drop(columns="phone"), geometry="geometry", crs=4490)
    return PersonIntake(
        made,
        private,
        pd.DataFrame(reading.vacancies, columns=["row", "role", "town_code", "village_code"]),
        reading.findings,
        match,
        _notes(reading, match),
        reading.refused,
    )


def _read_sheet(reading: _Reading, sheet: Sheet, frame: pd.DataFrame, match: FieldMatch) -> None:
    columns = match.columns
    cells = {name: [text(v) for v in frame[column]] for name, column in columns.items()}
    blank = [""] * len(frame)
    lon, lat = coordinates(frame, columns)
    capacity = numbers(frame[columns["capacity_mu"]]) if "capacity_mu" in columns else None
    for index, number in enumerate(sheet.numbers):
        row = {name: cells.get(name, blank)[index] for name in PERSON_ALIASES}
        reading.id_numbers += bool(row.pop("id_number")) or any(
            ID_NUMBER.search(value) for value in row.values()
        )
        row = {name: ID_NUMBER.sub("", value).strip() for name, value in row.items()}
        if _no_person(row, [text(cell) for cell in sheet.rows[index][:3]]):
            continue
        made = _person(reading, row, number, sheet.name)
        if made is None:
            continue
        if capacity is not None and capacity[index] >= 0:
            made["capacity_mu"] = float(capacity[index])
        x, y = lon[index], lat[index]
        if x is not None and y is not None:
            if _far(x, y, reading.places.box):
                why = Message(tr("has coordinates far outside the county; left out"))
                reading.findings.append(Finding(number, made["name"], "code", why))
            else:
                made["geometry"], made["home_presumed"] = shapely.Point(x, y), False
        reading.persons.append(made)


def _far(x: float, y: float, box: tuple[float, float, float, float] | None) -> bool:
    """Tell coordinates that are more than :data:`FAR` degrees from the forest."""
    if box is None:
        return False
    west, south, east, north = box
    return not (west - FAR <= x <= east + FAR and south - FAR <= y <= north + FAR)


def _no_person(row: Mapping[str, str], first_cells: list[str]) -> bool:
    """Tell rows of totals and signatures, and rows with nothing in any column that counts."""
    words = [cell.replace(" ", "") for cell in (*first_cells, row["name"])]
    if any(word.startswith(TOTALS) for word in words):
        return True
    return not any(row[key] for key in ("name", "town", "village", "role", "grid_code"))


def _person(
    reading: _Reading, row: dict[str, str], number: int, sheet: str
) -> dict[str, Any] | None:
    """Read one row; None when it is refused or a vacancy."""
    town, village, why = _place(reading.places, row, sheet)
    role, ranger_type, told = role_of(row["role"], row["post"], sheet)
    reading.default_roles += not told
    vacant = not row["name"] or row["name"] in VACANT or row["name"].strip("()") in VACANT
    item = row["name"] or "–"
    if why is not None:
        reading.findings.append(Finding(number, item, "refused", why))
        reading.refused += 1
        return None
    if vacant:
        place = {"row": number, "role": role, "town_code": town, "village_code": village or None}
        reading.vacancies.append(place)
        text_ = Message(tr("is a vacant post in {town}"), {"town": town})
        reading.findings.append(Finding(number, item, "note", text_))
        return None
    phone = row["phone"].replace(" ", "").replace("-", "") if row["phone"] else ""
    if phone and not PHONE.match(phone):
        reading.findings.append(
            Finding(number, item, "code", Message(tr("has a phone number that is none; left out")))
        )
        phone = ""
    return {
        "person_id": row["person_id"][:24] or None,
        "name": row["name"][:40],
        "role": role,
        "town_code": town,
        "village_code": village or None,
        "post": row["post"][:60] or None,
        "ranger_type": ranger_type or None,
        "capacity_mu": None,
        "active_from": date_of(row["active_from"]),
        "active_to": date_of(row["active_to"]),
        "home_presumed": None,
        "publish_agreed": row["publish_agreed"].lower() in YES if row["publish_agreed"] else None,
        "previous_grid_code": row["grid_code"] or None,
        "row": number,
        "phone": phone or None,
        "geometry": None,
    }


def _place(
    places: PersonPlaces, row: Mapping[str, str], sheet: str
) -> tuple[str, str, Message | None]:
    """Give town and village codes, or why the row cannot be placed."""
    index = PlaceIndex(places.towns)
    village_text = row["village"]
    if village_text.isdigit() and len(village_text) == 12 and village_text[:9] in places.towns:
        return village_text[:9], village_text, None
    wanted = row["town"] or ("" if _plain_sheet(sheet) else sheet)
    town = index.find(wanted)
    if town is None and len(places.towns) == 1 and not row["town"]:
        town = next(iter(places.towns))
    if town is None:
        return "", "", _unknown_town(index, row["town"], places)
    inside = PlaceIndex({c: n for c, n in places.villages.items() if c.startswith(town)})
    return town, inside.find(village_text) or "", None


def _plain_sheet(sheet: str) -> bool:
    return sheet.lower().startswith("sheet") or sheet.startswith("工作表")


def _unknown_town(index: PlaceIndex, town: str, places: PersonPlaces) -> Message:
    if not town:
        return Message(tr("says no town"))
    like = index.like(town)
    if like:
        values = {"town": town, "like": like}
        return Message(tr("is of {town}, which the workspace does not know; meant {like}?"), values)
    nameless = sum(not name or name == code for code, name in places.towns.items())
    if nameless:
        return Message(
            tr(
                "is of {town}, but {n} towns of the workspace have codes only; import a list of"
                " codes and names with Import boundaries first"
            ),
            {"town": town, "n": nameless},
        )
    return Message(tr("is of {town}, which the workspace does not know"), {"town": town})


def _refuse_twice(reading: _Reading) -> None:
    """Refuse the later of two rows with one id, or one name, place and role.

    Namesakes in one village are told apart by different phones.
    """
    by_id: dict[str, int] = {}
    by_name: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    kept = []
    for person in reading.persons:
        namesakes = by_name.setdefault(_same(person), [])
        before = by_id.get(person["person_id"] or "")
        if before is None and not person["person_id"]:
            phones = (None, person["phone"])
            twins = (p["row"] for p in namesakes if not person["phone"] or p["phone"] in phones)
            before = next(twins, None)
        if before is None:
            kept.append(person)
            namesakes.append(person)
            if person["person_id"]:
                by_id[person["person_id"]] = person["row"]
            continue
        why = Message(tr("is in row {first} already"), {"first": before})
        reading.findings.append(Finding(person["row"], person["name"], "refused", why))
        reading.refused += 1
    reading.persons = kept


def _same(person: Mapping[str, Any]) -> tuple[Any, ...]:
    return person["name"], person["town_code"], person["village_code"], person["role"]


def _identify(reading: _Reading, known: pd.DataFrame | None, county_code: str) -> None:
    """Give ids: the file's own, that of the same person in the workspace, or the next number."""
    old: dict[tuple[Any, ...], list[str]] = {}
    used: set[str] = {p["person_id"] for p in reading.persons if p["person_id"]}
    if known is not None and len(known):
        columns = ["name", "town_code", "village_code", "role", "person_id"]
        for name, town, village, role, person_id in known[columns].itertuples(index=False):
            at = village if isinstance(village, str) and village else None
            old.setdefault((name, town, at, role), []).append(str(person_id))
            used.add(str(person_id))
    number: Counter[str] = Counter()
    for person in reading.persons:
        if person["person_id"]:
            continue
        stored = old.get(_same(person), [])
        if stored:
            person["person_id"] = stored.pop(0)
            continue
        base = (person["town_code"] or county_code) + "P"
        while not person["person_id"]:
            number[base] += 1
            candidate = f"{base}{number[base]:03d}"
            if candidate not in used:
                person["person_id"] = candidate
                used.add(candidate)


def _house(reading: _Reading) -> None:
    """Give persons without coordinates the point of their village, else of their town."""
    homes = reading.places.homes
    for person in reading.persons:
        if person["geometry"] is not None:
            continue
        for code, what in (
            (person["village_code"], tr("village")),
            (person["town_code"], tr("town")),
        ):
            point = homes.get(code or "")
            if point is not None:
                person["geometry"], person["home_presumed"] = point, True
                text_ = Message(
                    tr("has no coordinates; the point of the {what} stands for the home (推定)"),
                    {"what": Message(what)},
                )
                reading.findings.append(Finding(person["row"], person["name"], "presumed", text_))
                break


def _notes(reading: _Reading, match: FieldMatch) -> list[Message]:
    notes = []
    if reading.id_numbers:
        notes.append(
            Message(
                tr("{n} rows hold ID numbers; they were read over and are stored nowhere."),
                {"n": reading.id_numbers},
            )
        )
    if reading.default_roles:
        notes.append(
            Message(
                tr("{n} rows say no role; they count as full-time rangers."),
                {"n": reading.default_roles},
            )
        )
    if reading.vacancies:
        notes.append(Message(tr("{n} posts are vacant."), {"n": len(reading.vacancies)}))
    homeless = sum(p["geometry"] is None for p in reading.persons)
    if homeless:
        notes.append(
            Message(
                tr("{n} persons have no home, not even presumed: import stands or boundaries."),
                {"n": homeless},
            )
        )
    if "contract_mu" in match.columns:
        notes.append(
            Message(
                tr("Column {column} is the area of the present contract, no limit; it is unused."),
                {"column": match.columns["contract_mu"]},
            )
        )
    return notes
