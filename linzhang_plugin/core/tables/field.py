"""How a table and its fields are described, for stores, sinks, forms and help alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "integer", "real", "boolean", "date", "datetime", "json"]
Geometry = Literal["", "Point", "MultiPoint", "MultiLineString", "LineStringZM", "MultiPolygon"]


@dataclass(frozen=True)
class Field:
    """One column.

    Attributes:
        name: Column name, English snake_case.
        kind: Stored type; dates and times are ISO 8601 text in the store.
        zh: Title in Chinese, used as the alias in Chinese projects.
        en: Title in English.
        unit: Unit of a measure (``m2``, ``mu``, ``min``, ``percent`` …), empty for none.
        width: Longest text in characters, 0 for no limit.
        required: NULL is refused.
        codes: Domain of the code list that the values come from, empty for none.
        references: ``table.column`` that a value must exist in, empty for none.
        low: Least allowed number, None for no limit.
        high: Greatest allowed number, None for no limit.
        private: Personal data: never in a public edition.
    """

    name: str
    kind: Kind
    zh: str
    en: str
    unit: str = ""
    width: int = 0
    required: bool = False
    codes: str = ""
    references: str = ""
    low: float | None = None
    high: float | None = None
    private: bool = False


@dataclass(frozen=True)
class Reference:
    """Columns whose values together must exist as a row of another table.

    Attributes:
        columns: Columns here; a row with a NULL in any of them refers to nothing.
        table: The table referred to.
        targets: Its columns, in the same order.
    """

    columns: tuple[str, ...]
    table: str
    targets: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table of the workspace or of an algorithm's output.

    Attributes:
        name: Table name, English snake_case, singular.
        zh: Title in Chinese.
        en: Title in English.
        fields: Its columns in order.
        geometry: Geometry type, empty for a plain table.
        key: Names of the columns of the natural key; unique together.
        style: Name of a QML file in ``styles/`` without its ending, empty for none.
        references: References over several columns; those of one column are on its field.
        unique: Further sets of columns that are unique together.
        year: Column of the plan year that freezes the rows once confirmed, empty for none.
        group: Part of the project's layer tree that the table is shown in.
        audited: Changes are written into ``change_log``.
    """

    name: str
    zh: str
    en: str
    fields: tuple[Field, ...]
    geometry: Geometry = ""
    key: tuple[str, ...] = ()
    style: str = ""
    references: tuple[Reference, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    year: str = ""
    group: str = ""
    audited: bool = True

    def __iter__(self) -> Iterator[Field]:
        """Iterate over the fields in order."""
        return iter(self.fields)

    @property
    def names(self) -> list[str]:
        """Column names in order, without the geometry."""
        return [field.name for field in self.fields]

    @property
    def all_references(self) -> tuple[Reference, ...]:
        """References of single fields and of several columns together."""
        single = []
        for field in self.fields:
            if field.references:
                table, _, column = field.references.partition(".")
                single.append(Reference((field.name,), table, (column,)))
        return (*single, *self.references)

    def field(self, name: str) -> Field:
        """Give the field of that name.

        Raises:
            KeyError: There is none.
        """
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.name}.{name}")
