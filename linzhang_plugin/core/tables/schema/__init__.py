"""The county workspace's tables: one description for GeoPackage, PostGIS, forms and help.

One module a room. A room that brings new tables writes its module with a ``TABLES_HERE``
tuple and adds it to ``ROOMS``; stores, projects and checks pick the tables up from there.
Every stored table also has the columns of :mod:`linzhang_plugin.core.tables.standard`.
"""

from __future__ import annotations

from types import ModuleType

from linzhang_plugin.core.tables.field import Field, Reference, Table
from linzhang_plugin.core.tables.schema import (
    boards,
    book,
    grids,
    patrols,
    persons,
    places,
    slopes,
    stands,
    units,
)
from linzhang_plugin.core.tables.schema.boards import NOTICE_BOARD
from linzhang_plugin.core.tables.schema.book import CHANGE_LOG, CODE_LIST, RULE_SET, WORKSPACE
from linzhang_plugin.core.tables.schema.grids import (
    ASSIGNMENT,
    GRID,
    GRID_STAND,
    HILL_DUTY,
    PEOPLE_DUTY,
    PLAN_YEAR,
)
from linzhang_plugin.core.tables.schema.persons import PERSON, PERSON_PRIVATE
from linzhang_plugin.core.tables.schema.places import FARMLAND, RIVER, ROAD, SETTLEMENT, WATER
from linzhang_plugin.core.tables.schema.slopes import BARE_SLOPE, BARE_SLOPE_CHECK
from linzhang_plugin.core.tables.schema.stands import HILL, STAND
from linzhang_plugin.core.tables.schema.units import ADMIN_UNIT

ROOMS: tuple[ModuleType, ...] = (
    book,
    units,
    stands,
    persons,
    grids,
    places,
    boards,
    slopes,
    patrols,
)
"""Modules with a ``TABLES_HERE`` tuple, referred-to tables first."""

TABLES: dict[str, Table] = {table.name: table for room in ROOMS for table in room.TABLES_HERE}
"""Every table of a workspace by name, in the order in which they can be filled."""

__all__ = [
    "ADMIN_UNIT",
    "ASSIGNMENT",
    "BARE_SLOPE",
    "BARE_SLOPE_CHECK",
    "CHANGE_LOG",
    "CODE_LIST",
    "FARMLAND",
    "GRID",
    "GRID_STAND",
    "HILL",
    "HILL_DUTY",
    "NOTICE_BOARD",
    "PEOPLE_DUTY",
    "PERSON",
    "PERSON_PRIVATE",
    "PLAN_YEAR",
    "RIVER",
    "ROAD",
    "ROOMS",
    "RULE_SET",
    "SETTLEMENT",
    "STAND",
    "TABLES",
    "WATER",
    "WORKSPACE",
    "Field",
    "Reference",
    "Table",
]
