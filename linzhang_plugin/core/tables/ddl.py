"""SQL that makes the workspace's tables, generated from the schema.

What differs between GeoPackage and PostGIS (types, defaults, geometry columns) is in a
:class:`Dialect`; the order of columns, keys and checks is the same for both. Rules over several
rows (references, frozen years, code lists, versions) are triggers: see
:mod:`linzhang_plugin.core.tables.triggers`.
"""

from __future__ import annotations

from dataclasses import dataclass

from linzhang_plugin.core.tables.field import Field, Reference, Table
from linzhang_plugin.core.tables.standard import GEOMETRY, TAIL, UUID

NOW = "(strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))"
RANDOM_UUID = (
    "(lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' ||"
    " substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' ||"
    " hex(randomblob(6))))"
)


@dataclass(frozen=True)
class Dialect:
    """Types and defaults of one kind of store.

    Attributes:
        types: SQL type of each field kind.
        fid: Declaration of the ``fid`` column.
        defaults: SQL default of standard columns by name.
        date_check: Template of the check that a text is a date, with ``{column}``.
        json_check: The same for JSON.
        fill_null: What follows NOT NULL so that a NULL becomes the default.
    """

    types: dict[str, str]
    fid: str
    defaults: dict[str, str]
    date_check: str
    json_check: str
    fill_null: str = ""

    def type_of(self, field: Field) -> str:
        """Give a field's column type, its width included."""
        if field.kind == "text" and field.width:
            return f"{self.types['text']}({field.width})"
        return self.types[field.kind]


GEOPACKAGE = Dialect(
    types={
        "text": "TEXT",
        "integer": "INTEGER",
        "real": "REAL",
        "boolean": "BOOLEAN",
        "date": "DATE",
        "datetime": "DATETIME",
        "json": "TEXT",
    },
    fid="fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL",
    defaults={
        "uuid": RANDOM_UUID,
        "row_version": "1",
        "created_at": NOW,
        "updated_at": NOW,
    },
    date_check="date({column}) = {column}",
    json_check="({column} IS NULL OR json_valid({column}))",
    fill_null=" ON CONFLICT REPLACE",
)


def columns_of(table: Table) -> tuple[Field, ...]:
    """Give all columns of a stored table but ``fid`` and the geometry, in order."""
    return (UUID, *table.fields, *TAIL)


def quoted(name: str) -> str:
    """Quote an identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: object) -> str:
    """Write a text literal."""
    return "'" + str(value).replace("'", "''") + "'"


def checks_of(field: Field, dialect: Dialect) -> list[str]:
    """Give the conditions that a value of the field fulfils; NULL passes all of them."""
    name = quoted(field.name)
    checks = []
    if field.kind == "integer":
        checks.append(f"typeof({name}) IN ('integer', 'null')")
    if field.kind == "real":
        checks.append(f"typeof({name}) IN ('real', 'integer', 'null')")
    if field.kind == "boolean":
        checks.append(f"{name} IN (0, 1)")
    if field.kind == "date":
        checks.append(dialect.date_check.format(column=name))
    if field.kind == "json":
        checks.append(dialect.json_check.format(column=name))
    if field.low is not None:
        checks.append(f"{name} >= {field.low:g}")
    if field.high is not None:
        checks.append(f"{name} <= {field.high!r}")
    if field.width:
        checks.append(f"length({name}) <= {field.width}")
    if field.required and field.kind == "text":
        checks.append(f"length(trim({name})) > 0")
    return checks


def column(field: Field, dialect: Dialect) -> str:
    """Give the declaration of one column."""
    words = [quoted(field.name), dialect.type_of(field)]
    if field.name in dialect.defaults:
        words.append(f"DEFAULT {dialect.defaults[field.name]}")
    if field.required:
        # Writers that send NULL for a column left empty (OGR does) get the default instead.
        filled = dialect.fill_null if field.name in dialect.defaults else ""
        words.append(f"NOT NULL{filled}")
    if field.name == "uuid":
        words.append("UNIQUE")
    checks = checks_of(field, dialect)
    if checks:
        # The constraint's name is all that a refused writer is told: it names the column.
        label = quoted(f"{field.zh} {field.name}")
        words.append(f"CONSTRAINT {label} CHECK ({' AND '.join(checks)})")
    return " ".join(words)


def create_table(table: Table, dialect: Dialect = GEOPACKAGE) -> str:
    """Give the CREATE TABLE statement of a stored table."""
    lines = [dialect.fid]
    if table.geometry:
        lines.append(f"{quoted(GEOMETRY)} {table.geometry.upper().removesuffix('ZM')}")
    lines += [column(field, dialect) for field in columns_of(table)]
    keys = [table.key] if table.key else []
    for names in (*keys, *table.unique):
        lines.append(f"UNIQUE ({', '.join(quoted(name) for name in names)})")
    body = ",\n  ".join(lines)
    return f"CREATE TABLE {quoted(table.name)} (\n  {body}\n)"


def create_indices(table: Table) -> list[str]:
    """Give the indices that references are looked up by."""
    statements = []
    for reference in table.all_references:
        if table.key[: len(reference.columns)] == reference.columns:
            continue
        statements.append(
            f"CREATE INDEX {quoted(_index_name(table, reference))} ON {quoted(table.name)}"
            f" ({', '.join(quoted(name) for name in reference.columns)})"
        )
    return statements


def _index_name(table: Table, reference: Reference) -> str:
    return f"index_{table.name}_{'_'.join(reference.columns)}"
