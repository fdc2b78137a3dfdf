# ruff: noqa: S608 - every name in the SQL comes from the schema and is quoted
"""Rules that hold whoever writes: triggers of a GeoPackage workspace.

SQLite's foreign keys are off through OGR, and a form's constraints are bypassed by a commit, so
references, frozen years, code lists, the optimistic lock and the log are triggers. They are made
from the schema and may be dropped and made again at any migration; all their names begin with
``lz_``. Their sentences are shown as they are by any program, so they are in both languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from linzhang_plugin.core.tables.codes import FROZEN_STATUS, OPEN
from linzhang_plugin.core.tables.ddl import columns_of, literal, quoted
from linzhang_plugin.core.tables.field import Field, Reference, Table
from linzhang_plugin.core.tables.slope_moves import SLOPE_MOVES
from linzhang_plugin.core.tables.standard import GEOMETRY

PREFIX = "lz_"
BULK = "bulk_write"
"""Row of ``workspace`` that exists only inside a store's own transaction: rows are then logged
as one entry a table instead of one a row."""

MOVABLE_IN_FROZEN_GRID = ("ranger_id", "ranger_name", "status", "editor", "note")
"""Columns of a confirmed grid that still change: copies from the assignments, and archiving."""

FROZEN = ", ".join(literal(status) for status in sorted(FROZEN_STATUS))


def triggers(table: Table, tables: Mapping[str, Table]) -> list[str]:
    """Give every trigger that guards one table."""
    made = [*_references(table), *_referred(table, tables), *_codes(table), *_version(table)]
    if table.year:
        made += _frozen(table)
    if table.name == "plan_year":
        made += _plan_year()
    if table.name == "assignment":
        made += _one_ranger()
    if table.name == "bare_slope":
        made.append(_legal_moves(table))
    if table.audited:
        made += _log(table)
    return made


def _trigger(name: str, event: str, table: Table | str, when: str, body: str) -> str:
    on = table if isinstance(table, str) else table.name
    condition = f" WHEN {when}" if when else ""
    return (
        f"CREATE TRIGGER {quoted(PREFIX + name)} {event} ON {quoted(on)} FOR EACH ROW"
        f"{condition} BEGIN {body}; END"
    )


def _refuse(zh: str, en: str) -> str:
    return f"SELECT RAISE(ABORT, {literal(f'{zh} / {en}')})"


def _exists(table: str, pairs: Iterable[tuple[str, str]]) -> str:
    match = " AND ".join(f"{quoted(name)} = {value}" for name, value in pairs)
    return f"EXISTS (SELECT 1 FROM {quoted(table)} WHERE {match})"


def _changed(names: Iterable[str]) -> str:
    return " OR ".join(f"OLD.{quoted(n)} IS NOT NEW.{quoted(n)}" for n in names)


def _references(table: Table) -> list[str]:
    made = []
    for reference in table.all_references:
        label = f"{table.name}_{'_'.join(reference.columns)}"
        new = [f"NEW.{quoted(name)}" for name in reference.columns]
        found = _exists(reference.table, zip(reference.targets, new, strict=True))
        given = " AND ".join(f"{value} IS NOT NULL" for value in new)
        said = _refuse(
            f"{table.zh}：{'、'.join(table.field(n).zh for n in reference.columns)}无对应记录",
            f"{table.name}: no such {' and '.join(reference.targets)} in {reference.table}",
        )
        when = f"{given} AND NOT {found}"
        columns = ", ".join(quoted(name) for name in reference.columns)
        made.append(_trigger(f"{label}_insert", "BEFORE INSERT", table, when, said))
        made.append(_trigger(f"{label}_update", f"BEFORE UPDATE OF {columns}", table, when, said))
    return made


def _referred(table: Table, tables: Mapping[str, Table]) -> list[str]:
    made = []
    for other in tables.values():
        for reference in other.all_references:
            if reference.table == table.name:
                made += _guard_target(table, other, reference)
    return made


def _guard_target(table: Table, other: Table, reference: Reference) -> list[str]:
    label = f"{table.name}_used_by_{other.name}"
    pairs = zip(
        reference.columns, (f"OLD.{quoted(name)}" for name in reference.targets), strict=True
    )
    used = _exists(other.name, pairs)
    said = _refuse(
        f"{table.zh}仍被{other.zh}引用，不能删除或改号",
        f"{table.name} is still used by {other.name}; it cannot be deleted or renamed",
    )
    moved = f"({_changed(reference.targets)}) AND {used}"
    return [
        _trigger(f"{label}_delete", "BEFORE DELETE", table, used, said),
        _trigger(f"{label}_update", "BEFORE UPDATE", table, moved, said),
    ]


def _codes(table: Table) -> list[str]:
    made = []
    for field in table:
        if not field.codes or field.codes in OPEN:
            continue
        value = f"NEW.{quoted(field.name)}"
        known = _exists(
            "code_list",
            [("domain", literal(field.codes)), ("code", f"CAST({value} AS TEXT)")],
        )
        said = _refuse(
            f"{table.zh}：{field.zh}不在代码表中",
            f"{table.name}.{field.name} is not in code list {field.codes}",
        )
        when = f"{value} IS NOT NULL AND NOT {known}"
        label = f"{table.name}_{field.name}_code"
        made.append(_trigger(f"{label}_insert", "BEFORE INSERT", table, when, said))
        made.append(
            _trigger(
                f"{label}_update",
                f"BEFORE UPDATE OF {quoted(field.name)}",
                table,
                f"OLD.{quoted(field.name)} IS NOT {value} AND {when}",
                said,
            )
        )
    return made


def _version(table: Table) -> list[str]:
    own = [field.name for field in columns_of(table) if field.name != "updated_at"]
    if table.geometry:
        own.append(GEOMETRY)
    said = _refuse(
        f"{table.zh}：该记录已被他人修改，请刷新后重做",
        f"{table.name}: the row was changed by someone else; reload it and edit again",
    )
    columns = ", ".join(quoted(name) for name in own)
    touch = (
        f"UPDATE {quoted(table.name)} SET updated_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
        " WHERE fid = NEW.fid"
    )
    settle = (
        f"UPDATE {quoted(table.name)} SET row_version = 1 - NEW.row_version WHERE fid = NEW.fid"
    )
    based = "NEW.row_version < 0"
    return [
        _trigger(
            f"{table.name}_version", f"BEFORE UPDATE OF {columns}", table, _stale(table, own), said
        ),
        _trigger(f"{table.name}_touch", f"AFTER UPDATE OF {columns}", table, "", touch),
        _trigger(f"{table.name}_settle_update", "AFTER UPDATE", table, based, settle),
        _trigger(f"{table.name}_settle_insert", "AFTER INSERT", table, based, settle),
    ]


def _stale(table: Table, own: Iterable[str]) -> str:
    """Give the condition of an UPDATE that did not start from the row as it is now.

    A writer says which version it read: base + 1 (SQL), or −base (the project's forms, because
    a form's expression is evaluated anew at every keystroke and must not count up). The store
    then makes base + 1 of it. QGIS stores a feature's new geometry first, as an UPDATE of its
    own with the version just read, and the attributes after it. The first is let through where
    nothing but the geometry changes; the former geometry goes into the log.
    """
    late = (
        "NEW.row_version IS NOT OLD.row_version + 1 AND NEW.row_version IS NOT -OLD.row_version"
        " AND NOT (OLD.row_version < 0 AND NEW.row_version = 1 - OLD.row_version)"
    )
    if not table.geometry:
        return late
    others = [name for name in own if name != GEOMETRY]
    return (
        f"{late} AND NOT (OLD.{quoted(GEOMETRY)} IS NOT NEW.{quoted(GEOMETRY)}"
        f" AND NOT ({_changed(others)}))"
    )


def _is_frozen(year: str) -> str:
    return f"EXISTS (SELECT 1 FROM plan_year WHERE grid_year = {year} AND status IN ({FROZEN}))"


def _frozen(table: Table) -> list[str]:
    year = quoted(table.year)
    said = _refuse(
        f"{table.zh}：该年度已确认，不能修改",
        f"{table.name}: the year is confirmed; its grids can no longer change",
    )
    fixed = [f.name for f in table.fields]
    when = f"({_is_frozen(f'OLD.{year}')} OR {_is_frozen(f'NEW.{year}')})"
    if table.name == "grid":
        fixed = [name for name in fixed if name not in MOVABLE_IN_FROZEN_GRID] + [GEOMETRY]
        archived = "OLD.status IS NOT NEW.status AND NEW.status IS NOT 'archived'"
        when += f" AND ({_changed(fixed)} OR ({archived}))"
    else:
        when += f" AND ({_changed(fixed)})"
    return [
        _trigger(
            f"{table.name}_frozen_insert",
            "BEFORE INSERT",
            table,
            _is_frozen(f"NEW.{year}"),
            said,
        ),
        _trigger(f"{table.name}_frozen_update", "BEFORE UPDATE", table, when, said),
        _trigger(
            f"{table.name}_frozen_delete", "BEFORE DELETE", table, _is_frozen(f"OLD.{year}"), said
        ),
    ]


def _plan_year() -> list[str]:
    said = _refuse("该年度已确认，不能退回或删除", "a confirmed year cannot be reopened or deleted")
    back = (
        f"OLD.status IN ({FROZEN}) AND (OLD.grid_year IS NOT NEW.grid_year"
        " OR (NEW.status IS NOT OLD.status AND NEW.status IS NOT 'archived'))"
    )
    return [
        _trigger("plan_year_back", "BEFORE UPDATE", "plan_year", back, said),
        _trigger(
            "plan_year_delete", "BEFORE DELETE", "plan_year", f"OLD.status IN ({FROZEN})", said
        ),
    ]


def _one_ranger() -> list[str]:
    """One full-time ranger a grid at any time; dates may follow each other."""
    other = (
        "EXISTS (SELECT 1 FROM assignment a WHERE a.fid IS NOT NEW.fid AND a.duty = 'ranger'"
        " AND a.grid_code = NEW.grid_code AND a.grid_year = NEW.grid_year"
        " AND a.start_on <= coalesce(NEW.end_on, '9999-12-31')"
        " AND coalesce(a.end_on, '9999-12-31') >= NEW.start_on)"
    )
    twice = _refuse(
        "该网格同期已有专职护林员", "the grid already has a full-time ranger in that period"
    )
    order = _refuse("终止日期早于起始日期", "end_on is before start_on")
    made = []
    for event in ("INSERT", "UPDATE"):
        label = f"assignment_{event.lower()}"
        when = f"NEW.duty = 'ranger' AND {other}"
        made.append(_trigger(f"{label}_ranger", f"BEFORE {event}", "assignment", when, twice))
        made.append(
            _trigger(
                f"{label}_dates",
                f"BEFORE {event}",
                "assignment",
                "NEW.end_on < NEW.start_on",
                order,
            )
        )
    return made


def _legal_moves(table: Table) -> str:
    """A bare slope's status only moves as the life cycle allows; a new row may have any."""
    legal = " OR ".join(
        f"(OLD.status = {literal(old)} AND NEW.status IN ({', '.join(map(literal, new))}))"
        for old, new in SLOPE_MOVES.items()
    )
    said = _refuse(
        "裸露山体状态不能这样流转，请按流程办理",
        "a bare slope's status cannot move like that; follow the life cycle",
    )
    when = f"OLD.status IS NOT NEW.status AND NOT ({legal})"
    return _trigger("bare_slope_move", "BEFORE UPDATE OF status", table, when, said)


def _value(side: str, field: Field) -> str:
    """Give a column for the log; personal data are not spread into it."""
    if field.private:
        return f"CASE WHEN {side}.{quoted(field.name)} IS NULL THEN NULL ELSE '*' END"
    return f"{side}.{quoted(field.name)}"


def _log(table: Table) -> list[str]:
    quiet = f"NOT EXISTS (SELECT 1 FROM workspace WHERE name = {literal(BULK)})"
    logged = [field for field in columns_of(table) if field.name not in ("uuid", "created_at")]
    kept = [field for field in logged if field.name not in ("row_version", "updated_at", "editor")]
    old = ", ".join(f"{literal(f.name)}, {_value('OLD', f)}" for f in kept)
    new = ", ".join(f"{literal(f.name)}, {_value('NEW', f)}" for f in kept)
    pairs = [
        f"SELECT {literal(f.name)} AS n, {_value('OLD', f)} AS o, {_value('NEW', f)} AS v,"
        f" OLD.{quoted(f.name)} IS NOT NEW.{quoted(f.name)} AS moved"
        for f in kept
    ]
    if table.geometry:
        pairs.append(
            f"SELECT {literal(GEOMETRY)}, hex(OLD.{quoted(GEOMETRY)}), '*',"
            f" OLD.{quoted(GEOMETRY)} IS NOT NEW.{quoted(GEOMETRY)}"
        )
    changes = (
        "(SELECT json_group_object(n, json_array(o, v)) AS c FROM"
        f" ({' UNION ALL '.join(pairs)}) WHERE moved)"
    )
    return [
        _trigger(
            f"{table.name}_log_insert",
            "AFTER INSERT",
            table,
            quiet,
            _entry(table, "NEW", "insert", f"json_object({new})"),
        ),
        _trigger(
            f"{table.name}_log_delete",
            "AFTER DELETE",
            table,
            quiet,
            _entry(table, "OLD", "delete", f"json_object({old})"),
        ),
        _trigger(
            f"{table.name}_log_update",
            f"AFTER UPDATE OF {', '.join(quoted(f.name) for f in logged if f.name != 'updated_at')}"
            + (f", {quoted(GEOMETRY)}" if table.geometry else ""),
            table,
            quiet,
            _entry(table, "NEW", "update", "c") + f" FROM {changes} WHERE c <> '{{}}'",
        ),
    ]


def _entry(table: Table, side: str, action: str, changes: str) -> str:
    return (
        "INSERT INTO change_log (editor, table_name, row_uuid, action, changes, n_rows)"
        f" SELECT {side}.editor, {literal(table.name)}, {side}.uuid, {literal(action)},"
        f" {changes}, 1"
    )
