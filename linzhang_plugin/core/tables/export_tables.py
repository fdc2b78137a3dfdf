"""What a plan is exported as: tables for other platforms, public or for the office.

The columns' names are a profile: a mapping from ours to the platform's. The default for
shapefiles is pinyin of at most ten letters, as in the one-map tables, and is recognised when the
files are imported again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.tables.codes import title
from linzhang_plugin.core.tables.field import Field, Table
from linzhang_plugin.core.tables.schema import GRID, STAND

GRID_PUBLIC = (
    "grid_code",
    "grid_name",
    "grid_year",
    "town_code",
    "main_village",
    "villages",
    "n_stands",
    "area_m2",
    "area_mu",
    "bound_e",
    "bound_s",
    "bound_w",
    "bound_n",
    "status",
)
"""Columns of a grid that anyone may see."""

PINYIN: dict[str, str] = {
    "grid_code": "WGBH",
    "grid_name": "WGMC",
    "grid_year": "NIANDU",
    "town_code": "XIANG",
    "village_code": "CUN",
    "main_village": "ZHUCUN",
    "villages": "SJCUN",
    "ranger_id": "HLYBH",
    "ranger_name": "HLYXM",
    "n_stands": "XBSHU",
    "area_m2": "MJ_M2",
    "area_mu": "MJ_MU",
    "mu": "MJ_MU",
    "bound_e": "DONGZHI",
    "bound_s": "NANZHI",
    "bound_w": "XIZHI",
    "bound_n": "BEIZHI",
    "status": "ZHUANGTAI",
    "stand_id": "XBID",
    "lin_ban": "LIN_BAN",
    "xiao_ban": "XIAO_BAN",
    "place_name": "XIAODIMING",
    "share": "FENE",
    "land_class": "DI_LEI",
    "sen_lin_lb": "SEN_LIN_LB",
    "person_id": "RYBH",
    "name": "XINGMING",
    "duty": "ZEREN",
    "phone": "DIANHUA",
    "start_on": "QSRQ",
    "end_on": "ZZRQ",
    "contract_no": "XYH",
}
"""Names of at most ten letters for shapefiles, as one-map tables are named."""

STANDS = Table(
    "stands",
    "小班清单",
    "Stands",
    (
        STAND.field("stand_id"),
        *(STAND.field(n) for n in ("town_code", "village_code", "lin_ban", "xiao_ban")),
        STAND.field("place_name"),
        STAND.field("land_class"),
        STAND.field("sen_lin_lb"),
        Field("grid_code", "text", "网格编号", "Grid code", width=24),
        Field("share", "real", "份额", "Share"),
        Field("mu", "real", "面积（亩）", "Area (mu)", unit="mu"),
    ),
    geometry="MultiPolygon",
)
PERSONS = Table(
    "persons",
    "责任人员",
    "Persons in charge",
    (
        Field("grid_code", "text", "网格编号", "Grid code", width=24),
        Field("duty", "text", "责任", "Duty", width=20),
        Field("person_id", "text", "人员编号", "Person id", width=24),
        Field("name", "text", "姓名", "Name", width=40, private=True),
        Field("phone", "text", "电话", "Phone", width=20, private=True),
        Field("start_on", "date", "起始日期", "Start on"),
        Field("end_on", "date", "终止日期", "End on"),
        Field("contract_no", "text", "管护协议号", "Contract number", width=40),
    ),
)


@dataclass(frozen=True, eq=False)
class ExportLayer:
    """One table to be written.

    Attributes:
        table: Its columns, with our names.
        frame: Its rows.
    """

    table: Table
    frame: pd.DataFrame


def export_layers(
    tables: Mapping[str, pd.DataFrame], year: int, public: bool, mu_of_stand: pd.Series
) -> list[ExportLayer]:
    """Give the tables of an export.

    Args:
        tables: ``grid``, ``grid_stand``, ``stand``, ``assignment``, ``person``,
            ``person_private``.
        year: The plan's year.
        public: Leave out names, phones, stand numbers and internal figures: grids only.
        mu_of_stand: Basis area of every stand in mu, by id.

    Raises:
        InputError: The year has no plan.
    """
    grids = tables["grid"]
    grids = grids[grids["grid_year"] == year].sort_values("grid_code", ignore_index=True)
    if grids.empty:
        raise InputError(tr("There is no plan of {year} to export."), year=year)
    names = (
        GRID_PUBLIC
        if public
        else tuple(n for n in GRID.names if n not in ("confirmed_by", "confirmed_on"))
    )
    about = Table("grids", GRID.zh, GRID.en, tuple(GRID.field(n) for n in names), GRID.geometry)
    layers = [ExportLayer(about, gpd.GeoDataFrame(grids[[*names, "geometry"]]))]
    if public:
        return layers
    return [*layers, _stands(tables, year, mu_of_stand), _persons(tables, year)]


def _stands(tables: Mapping[str, pd.DataFrame], year: int, mu_of_stand: pd.Series) -> ExportLayer:
    parts = tables["grid_stand"]
    parts = parts[parts["grid_year"] == year]
    stands = tables["stand"].merge(parts[["stand_id", "grid_code", "share"]], on="stand_id")
    stands["mu"] = stands["stand_id"].map(mu_of_stand).to_numpy(float) * stands["share"]
    stands = stands.sort_values(["grid_code", "stand_id"], ignore_index=True)
    frame = gpd.GeoDataFrame(stands[[*STANDS.names, "geometry"]], crs=tables["stand"].crs)
    return ExportLayer(STANDS, frame)


def _persons(tables: Mapping[str, pd.DataFrame], year: int) -> ExportLayer:
    duties = tables["assignment"]
    duties = duties[duties["grid_year"] == year]
    people = tables["person"][["person_id", "name"]]
    frame = duties.merge(people, on="person_id", how="left").merge(
        tables["person_private"][["person_id", "phone"]], on="person_id", how="left"
    )
    frame["duty"] = [title("duty", code) for code in frame["duty"]]
    frame = frame.sort_values(["grid_code", "duty", "person_id"], ignore_index=True)
    return ExportLayer(PERSONS, frame[PERSONS.names])


def read_names(text: str) -> dict[str, str]:
    """Read a platform's field names from ``ours=theirs; ours=theirs``.

    Raises:
        InputError: An entry has no ``=``, names a field that is not exported, or two fields
            get the same name.

    Example:
        >>> read_names("grid_code=WGBM; area_mu=MJ")
        {'grid_code': 'WGBM', 'area_mu': 'MJ'}
    """
    known = set(GRID.names) | set(STANDS.names) | set(PERSONS.names)
    made: dict[str, str] = {}
    for entry in filter(None, (part.strip() for part in text.replace("\n", ";").split(";"))):
        ours, equals, theirs = (part.strip() for part in entry.partition("="))
        if not equals or not theirs or ours not in known:
            raise InputError(
                tr("FIELD_MAP: {entry} is not ours=theirs; our fields are {names}."),
                entry=entry,
                names=", ".join(sorted(known)),
            )
        made[ours] = theirs
    twice = {name for name in made.values() if list(made.values()).count(name) > 1}
    if twice:
        raise InputError(
            tr("FIELD_MAP gives several fields the name {name}."), name=", ".join(sorted(twice))
        )
    return made


def names_of(table: Table, given: Mapping[str, str], short: bool) -> dict[str, str]:
    """Give the name that every column is written under.

    Args:
        table: The exported table.
        given: The platform's names.
        short: At most ten letters (shapefile).
    """
    made = {}
    for name in table.names:
        plain = PINYIN.get(name, name.upper().replace("_", "")) if short else name
        made[name] = given.get(name, plain)[: 10 if short else 60]
    return made
