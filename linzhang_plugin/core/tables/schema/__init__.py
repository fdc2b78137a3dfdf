"""The county workspace's tables: one description for GeoPackage, PostGIS, forms and help.

One module a room. A room that brings new tables writes its module with a ``TABLES_HERE``
tuple and adds it to ``ROOMS``; stores, projects and checks pick the tables up from there.
Every stored table also has the columns of :mod:`linzhang_plugin.core.tables.standard`.
"""

from __future__ import annotations

from types import ModuleType

from linzhang_plugin.core.tables.field import Field, Reference, Table
from linzhang_plugin.core.tables.schema import (
    appeals,
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
from linzhang_plugin.core.tables.schema.appeals import APPEAL
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
from linzhang_plugin.core.tables.schema.places import (
    BUILT_UP,
    FARMLAND,
    RIVER,
    ROAD,
    SCENIC_SPOT,
    SETTLEMENT,
    SPECIAL_LAND,
    WATER,
)
from linzhang_plugin.core.tables.schema.slopes import (
    BARE_SLOPE,
    BARE_SLOPE_CHECK,
    BARE_SLOPE_MOVE,
    SLOPE_REVIEW,
)
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
    appeals,
)
"""Modules with a ``TABLES_HERE`` tuple, referred-to tables first."""

TABLES: dict[str, Table] = {table.name: table for room in ROOMS for table in room.TABLES_HERE}
"""Every table of a workspace by name, in the order in which they can be filled."""

__all__ = [
    "ADMIN_UNIT",
    "APPEAL",
    "ASSIGNMENT",
    "BARE_SLOPE",
    "BARE_SLOPE_CHECK",
    "BARE_SLOPE_MOVE",
    "BUILT_UP",
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
    "SCENIC_SPOT",
    "SETTLEMENT",
    "SLOPE_REVIEW",
    "SPECIAL_LAND",
    "STAND",
    "TABLES",
    "WATER",
    "WORKSPACE",
    "Field",
    "Reference",
    "Table",
]
