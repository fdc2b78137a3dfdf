"""County, town and village of every stand, from codes or names in any of several columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.tables.intake.placenames import PlaceIndex, made_codes, tidy
from linzhang_plugin.core.tables.intake.values import code_and_name

NO_COUNTY = "000000"
"""County code where a file tells none."""
ONE_TOWN = "001"
"""Number of the only town of a file without towns."""


@dataclass
class Places:
    """Where each row is.

    Attributes:
        county: 6-digit county code of most rows.
        xian: County code of each row.
        town: 9-digit code of each row, empty where the row says none.
        village: 12-digit code of each row, empty where the row says none.
        town_names: 9-digit code → name, empty where only a code was delivered.
        village_names: 12-digit code → name.
        one_town: The file has no towns; all rows are in one.
        notes: What was decided, for the report.
    """

    county: str
    xian: list[str]
    town: list[str] = field(default_factory=list)
    village: list[str] = field(default_factory=list)
    town_names: dict[str, str] = field(default_factory=dict)
    village_names: dict[str, str] = field(default_factory=dict)
    one_town: bool = False
    notes: list[Message] = field(default_factory=list)


Columns = Mapping[str, list[str]]
"""Cleaned texts of the columns that are there, by field."""


def locate(
    columns: Columns,
    n: int,
    county_code: str = "",
    known_towns: Mapping[str, str] | None = None,
    known_villages: Mapping[str, str] | None = None,
) -> Places:
    """Give every row its county, town and village.

    Args:
        columns: ``sheng, xian, xiang, xiang_name, cun, cun_name, lin_chang, ld_qs, town_code,
            village_code`` as far as present.
        n: Rows.
        county_code: The user's (or the workspace's) county code.
        known_towns: 9-digit code → name from the workspace, for files with names only.
        known_villages: 12-digit code → name.

    Raises:
        InputError: ``county_code`` is no 6-digit code.
    """
    if county_code and not (county_code.isdigit() and len(county_code) == 6):
        raise InputError(
            tr("COUNTY_CODE {code} is no 6-digit code (区划代码) such as 360702."), code=county_code
        )
    places = _counties(columns, n, county_code)
    _towns(places, columns, n, dict(known_towns or {}))
    _villages(places, columns, n, dict(known_villages or {}))
    return places


def _counties(columns: Columns, n: int, given: str) -> Places:
    sheng = columns.get("sheng", [""] * n)
    xian = []
    for province, value in zip(sheng, columns.get("xian", [""] * n), strict=True):
        code = code_and_name(value)[0]
        if len(code) == 4 and len(code_and_name(province)[0]) == 2:
            code = code_and_name(province)[0] + code
        xian.append(code[:6] if code.isdigit() and len(code) >= 6 else "")
    for name in ("town_code", "village_code", "xiang", "cun"):
        least = 12 if name in ("village_code", "cun") else 9
        for row, value in enumerate(columns.get(name, ())):
            if not xian[row] and value.isdigit() and len(value) >= least:
                xian[row] = value[:6]
    counts = Counter(code for code in xian if code)
    county = given or (min(counts, key=lambda c: (-counts[c], c)) if counts else NO_COUNTY)
    places = Places(county, [code or county for code in xian])
    others = {code: n_rows for code, n_rows in counts.items() if code != county}
    if others:
        places.notes.append(
            Message(
                tr("{n} rows are of other counties than {county}: {codes}; they were imported."),
                {"n": sum(others.values()), "county": county, "codes": ", ".join(sorted(others))},
            )
        )
    if county == NO_COUNTY:
        places.notes.append(
            Message(tr("The file tells no county; codes begin with 000000. Give COUNTY_CODE."))
        )
    return places


def _towns(places: Places, columns: Columns, n: int, known: dict[str, str]) -> None:
    codes, names = _split(columns, ("town_code", "xiang"), ("xiang", "xiang_name"), n)
    farms = _farms(columns, n)
    index = PlaceIndex(known)
    unknown: set[tuple[str, str]] = set()
    for row in range(n):
        name, code = names[row], _town_code(codes[row], places.xian[row])
        farm_code, farm_name = code_and_name(farms[row])
        if farm_code or farm_name:
            name = farm_name
            code = _town_code(farm_code, places.xian[row])
        if not code and name:
            code = index.find(name) or ""
            if not code:
                unknown.add((places.xian[row], name))
        places.town.append(code)
        if code:
            _named(places.town_names, code, name or known.get(code, ""))
        names[row] = name
    taken = [code[6:9] for code in (*places.town_names, *known)]
    made = made_codes([name for _, name in unknown], taken, village=False)
    for row in range(n):
        if not places.town[row] and names[row]:
            places.town[row] = places.xian[row] + made[names[row]]
            places.town_names[places.town[row]] = names[row]
    if made:
        places.notes.append(
            Message(
                tr(
                    "{n} towns have names only; their codes are made up ({names}). Import"
                    " boundaries or a list of codes and names first to have the real ones."
                ),
                {"n": len(made), "names": "、".join(sorted(made)[:10])},
            )
        )
    if not any(places.town):
        places.one_town = True
        code = places.county + ONE_TOWN
        places.town = [code] * n
        places.town_names = {code: known.get(code, "")}
        places.notes.append(
            Message(
                tr(
                    "The file has no column of towns (XIANG): everything is taken as one town,"
                    " {code}; grids may then cross town borders."
                ),
                {"code": code},
            )
        )


def _farms(columns: Columns, n: int) -> list[str]:
    """Give the state farm of each row where it counts as the town.

    A row's 林场 counts where the row has no town, or where the land is the state's (LD_QS 10):
    a state farm is a unit of its own.
    """
    farms = columns.get("lin_chang")
    if farms is None:
        return [""] * n
    tenure = columns.get("ld_qs", [""] * n)
    no_town = [
        not any(columns[key][row] for key in ("town_code", "xiang", "xiang_name") if key in columns)
        for row in range(n)
    ]
    blank = {"", "0", "00", "000", "0000", "000000"}
    return [
        farm if farm not in blank and (alone or code_and_name(own)[0] == "10") else ""
        for farm, alone, own in zip(farms, no_town, tenure, strict=True)
    ]


def _split(
    columns: Columns, code_keys: tuple[str, ...], name_keys: tuple[str, ...], n: int
) -> tuple[list[str], list[str]]:
    """Give each row's code and name: the first key that has one."""
    codes, names = [""] * n, [""] * n
    for keys, part, into in ((code_keys, 0, codes), (name_keys, 1, names)):
        for key in keys:
            known: dict[str, str] = {}
            for row, value in enumerate(columns.get(key, ())):
                if value and not into[row]:
                    if value not in known:
                        known[value] = tidy(code_and_name(value)[part])
                    into[row] = known[value]
    return codes, names


def _town_code(code: str, xian: str) -> str:
    if not code.isdigit():
        return ""
    if len(code) >= 9:
        return code[:9]
    if len(code) == 6 and code.startswith(xian[3:]):
        code = code[3:]
    return xian + code.zfill(3) if len(code) <= 3 and code.strip("0") else ""


def _village_code(code: str, town: str) -> str:
    if not code.isdigit():
        return ""
    if len(code) >= 12:
        return code[:12]
    if len(code) == 6 and code.startswith(town[6:]):
        code = code[3:]
    return town + code.zfill(3) if town and len(code) <= 3 and code.strip("0") else ""


def _named(names: dict[str, str], code: str, name: str) -> None:
    if name or code not in names:
        names[code] = names.get(code) or name


def _villages(places: Places, columns: Columns, n: int, known: dict[str, str]) -> None:
    codes, names = _split(columns, ("village_code", "cun"), ("cun", "cun_name"), n)
    indexes: dict[str, PlaceIndex] = {}
    unknown: dict[str, set[str]] = {}
    for row in range(n):
        town, name = places.town[row], names[row]
        code = _village_code(codes[row], town)
        if not code and name and town:
            if town not in indexes:
                inside = {c: v for c, v in known.items() if c.startswith(town)}
                indexes[town] = PlaceIndex(inside)
            code = indexes[town].find(name) or ""
            if not code:
                unknown.setdefault(town, set()).add(name)
        places.village.append(code)
        if code:
            _named(places.village_names, code, name or known.get(code, ""))
    taken = [*places.village_names, *known]
    made = {
        town: made_codes(there, [c[9:] for c in taken if c.startswith(town)], village=True)
        for town, there in unknown.items()
    }
    for row in range(n):
        town = places.town[row]
        if not places.village[row] and names[row] and names[row] in made.get(town, {}):
            places.village[row] = town + made[town][names[row]]
            places.village_names[places.village[row]] = names[row]
    if made:
        places.notes.append(
            Message(
                tr("{n} villages have names only; their codes are made up."),
                {"n": sum(map(len, made.values()))},
            )
        )
    if not any(places.village):
        places.notes.append(
            Message(
                tr(
                    "The file has no column of villages (CUN): grids cannot be kept within"
                    " villages, and homes fall back to the town."
                )
            )
        )
