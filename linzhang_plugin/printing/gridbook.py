"""What a book of grid maps says: its sheets, and a row a grid, from the workspace's tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.tables.units import largest_remainder
from linzhang_plugin.printing.coloring import neighbour_colors
from linzhang_plugin.workspace.store import Workspace

CODE = re.compile(r"^(\d{9})W(\d{3,})$")
NUMBERED = re.compile(r"^\d{3}-\d{3,}$")
NUMBERED_IN = re.compile(r"(?<![\d-])(\d{3})-(\d{3,})(?![\d-])")
UNIT = re.compile(r"(?<!\d)\d{9}(?:\d{3})?(?!\d)")
NOBODY = "（空缺）"
WITHHELD = "—"


@dataclass(frozen=True, eq=False)
class Book:
    """A year's grids ready to be printed.

    Attributes:
        county: County's name.
        year: Year of the plan.
        sample: Every page says 示例.
        grids: Grids with ``label``, ``ranger``, ``phone``, ``color`` besides their own columns.
        places: Frames by table, those of :data:`PLACES`.
        data_date: The newest date of the data, as it is printed.
    """

    county: str
    year: int
    sample: bool
    grids: gpd.GeoDataFrame
    places: dict[str, gpd.GeoDataFrame]
    data_date: str


@dataclass(frozen=True, eq=False)
class Sheet:
    """One map: a town or a village and its grids."""

    name: str
    shape: object
    town_code: str
    grids: gpd.GeoDataFrame


PLACES = ("admin_unit", "stand", "road", "river", "water", "farmland", "settlement", "person")


def read_book(workspace: Workspace, year: int, public: bool) -> Book:
    """Read what the maps need.

    Args:
        workspace: The county.
        year: Year of the grids.
        public: Leave out phones, and names of those who did not agree to their publication.

    Raises:
        InputError: The year has no grids.
    """
    grids = workspace.read("grid", {"grid_year": year})
    if grids.empty:
        raise InputError(
            tr("There are no grids of {year} in {path}; run adoptgrids first."),
            year=year,
            path=str(workspace.path),
        )
    places = {table: workspace.read(table) for table in PLACES}
    grids = with_people(grids, places["person"], workspace, public)
    names = unit_names(places["admin_unit"])
    grids["label"] = [
        short_code(name, code, names)
        for name, code in zip(grids["grid_name"], grids["grid_code"], strict=True)
    ]
    for column in ("villages", "main_village", "bound_e", "bound_s", "bound_w", "bound_n"):
        grids[column] = [spoken(text, names) for text in grids[column]]
    grids["color"] = neighbour_colors(grids.geometry.to_numpy())
    grids = grids.sort_values("grid_code", kind="stable").reset_index(drop=True)
    return Book(
        county=workspace.info.get("county_name", ""),
        year=year,
        sample=workspace.sample,
        grids=grids,
        places=places,
        data_date=data_year(places["stand"], year),
    )


def unit_names(units: pd.DataFrame) -> dict[str, str]:
    """Give the names of towns and villages by code."""
    return {
        str(code): str(name)
        for code, name in zip(units["unit_code"], units["unit_name"], strict=True)
        if isinstance(name, str) and name
    }


def short_code(name: object, code: str, names: Mapping[str, str]) -> str:
    """Give the short label 沙河-012 of a grid: its own name, else town and number.

    Example:
        >>> short_code("104-012", "360702104W012", {"360702104": "沙河镇"})
        '沙河-012'
    """
    if isinstance(name, str) and name and not NUMBERED.match(name):
        return name
    found = CODE.match(code)
    if not found:
        return code
    town = names.get(found.group(1), "")
    return f"{town_word(town) or found.group(1)[6:]}-{found.group(2)}"


def town_word(name: str) -> str:
    """Give a town's name without its kind: 沙河镇 is 沙河."""
    for kind in ("街道办事处", "国有林场", "街道", "林场", "镇", "乡"):
        if name.endswith(kind) and len(name) > len(kind) + 1:
            return name.removesuffix(kind) + ("林场" if "林场" in kind else "")
    return name


def spoken(text: object, names: Mapping[str, str]) -> str:
    """Put names in place of the codes of units and grids in a text."""
    if not isinstance(text, str):
        return ""
    towns = {code[6:]: name for code, name in names.items() if len(code) == 9}

    def grid(found: re.Match[str]) -> str:
        return f"{town_word(towns.get(found.group(1), found.group(1)))}-{found.group(2)}"

    named = UNIT.sub(lambda found: names.get(found.group(0), found.group(0)), text)
    return NUMBERED_IN.sub(grid, named)


def data_year(stands: pd.DataFrame, year: int) -> str:
    """Give the year of the newest stand data."""
    known = pd.to_numeric(stands["src_year"], errors="coerce").dropna()
    return f"{int(known.max()) if len(known) else year}年"


def with_people(
    grids: gpd.GeoDataFrame, person: pd.DataFrame, workspace: Workspace, public: bool
) -> gpd.GeoDataFrame:
    """Add ``ranger`` and ``phone`` to print; the assignment table decides who it is."""
    year = int(grids["grid_year"].iloc[0])
    duty = workspace.read("assignment", {"grid_year": year, "duty": "ranger"})
    duty = duty.sort_values(["grid_code", "start_on"], kind="stable").drop_duplicates(
        "grid_code", keep="last"
    )
    holder = dict(zip(duty["grid_code"], duty["person_id"], strict=True))
    names = dict(zip(person["person_id"], person["name"], strict=True))
    agreed = dict(zip(person["person_id"], person["publish_agreed"], strict=True))
    phones: dict[str, str] = {}
    if not public:
        private = workspace.read("person_private")
        phones = dict(zip(private["person_id"], private["phone"], strict=True))
    rangers, numbers = [], []
    for code, own in zip(grids["grid_code"], grids["ranger_id"], strict=True):
        who = holder.get(code, own if isinstance(own, str) else "")
        name = names.get(who, "")
        if name and public and agreed.get(who) not in (True, 1):
            name = WITHHELD
        rangers.append(name or NOBODY)
        numbers.append(phones.get(who) or "")
    return grids.assign(ranger=rangers, phone=numbers)


def sheets(book: Book, villages: bool, wanted: Sequence[str] = ()) -> list[Sheet]:
    """Give a sheet a town, or a village, that has grids.

    Args:
        book: The grids.
        villages: A sheet a village instead of a town.
        wanted: Codes or names of the units to print; all when empty.

    Raises:
        InputError: A wanted unit is unknown or has no grid.
    """
    units = book.places["admin_unit"]
    units = units[units["level"] == (5 if villages else 4)].sort_values("unit_code", kind="stable")
    made: list[Sheet] = []
    met: set[str] = set()
    for code, name, shape in zip(
        units["unit_code"], units["unit_name"], units.geometry, strict=True
    ):
        if wanted and code not in wanted and name not in wanted:
            continue
        own = book.grids[book.grids["town_code"] == code[:9]]
        if villages:
            shared = own.geometry.intersection(shape).area
            own = own[(shared > 1000.0).to_numpy()]
        met |= {code, name} if len(own) else set()
        if len(own):
            made.append(Sheet(str(name), shape, code[:9], own.reset_index(drop=True)))
    if not villages and not len(units):
        made = by_town_code(book, wanted)
        met |= {sheet.town_code for sheet in made}
    lost = [unit for unit in wanted if unit not in met]
    if lost:
        raise InputError(
            tr("Unit {unit} is unknown or has no grids in {year}; check UNITS."),
            unit=lost[0],
            year=book.year,
        )
    if not made:
        raise InputError(
            tr("No town or village of the workspace has grids of {year}."), year=book.year
        )
    return made


def by_town_code(book: Book, wanted: Sequence[str]) -> list[Sheet]:
    """Give a sheet a town where no boundaries came: the union of its grids."""
    made = []
    for code, own in book.grids.groupby("town_code", sort=True):
        if not wanted or code in wanted:
            made.append(
                Sheet(str(code), own.geometry.unary_union, str(code), own.reset_index(drop=True))
            )
    return made


def cells(sheet: Sheet, public: bool) -> list[list[str]]:
    """Give the rows of a sheet's grid table as text; areas add up to their rounded total."""
    grids = sheet.grids
    areas = largest_remainder(grids["area_mu"].fillna(0.0).to_numpy(dtype=float), 1)
    rows = []
    for number, (_, grid) in enumerate(grids.iterrows()):
        row = [
            grid["label"],
            grid["ranger"],
            f"{areas[number]:,.1f}",
            said(grid["villages"]),
            limits(grid),
        ]
        if not public:
            row.insert(2, grid["phone"])
        rows.append(row)
    total = ["合计", f"{len(grids)}个", f"{areas.sum():,.1f}", "", ""]
    if not public:
        total.insert(2, "")
    return [*rows, total]


def said(value: object) -> str:
    """Give a text, empty for missing."""
    return value if isinstance(value, str) else ""


def limits(grid: pd.Series) -> str:
    """Give the four limits in the order 东南西北, without repeating the word 至."""
    made = []
    for side, word in (("e", "东"), ("s", "南"), ("w", "西"), ("n", "北")):
        text = said(grid[f"bound_{side}"]).removeprefix(f"{word}至")
        if text:
            made.append(f"{word}至{text}")
    return "，".join(made)
