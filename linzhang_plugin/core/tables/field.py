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
    """

    name: str
    zh: str
    en: str
    fields: tuple[Field, ...]
    geometry: Geometry = ""
    key: tuple[str, ...] = ()
    style: str = ""

    def __iter__(self) -> Iterator[Field]:
        """Iterate over the fields in order."""
        return iter(self.fields)

    @property
    def names(self) -> list[str]:
        """Column names in order, without the geometry."""
        return [field.name for field in self.fields]

    def field(self, name: str) -> Field:
        """Give the field of that name.

        Raises:
            KeyError: There is none.
        """
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.name}.{name}")
