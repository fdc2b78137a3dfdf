"""Rules that hold whoever writes, tested with plain SQL as any program would send it."""

from __future__ import annotations

import json
import sqlite3

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from linzhang_plugin.core.tables.codes import codes_of
from linzhang_plugin.core.tables.schema import TABLES
from linzhang_plugin.core.tables.standard import row_uuid
from linzhang_plugin.workspace.connection import connect
from linzhang_plugin.workspace.shapes import blobs
from tests.truth.small_county import TOWNS, YEAR

A1 = f"{TOWNS[0]}W001"


@pytest.fixture
def db(path):
    connection = connect(path, write=True)
    yield connection
    connection.close()


def refused(db, statement, match, *values):
    with pytest.raises(sqlite3.IntegrityError, match=match):
        db.execute(statement, values)


REFERENCES = [(table, reference) for table in TABLES.values() for reference in table.all_references]


@pytest.mark.parametrize(
    ("table", "reference"), REFERENCES, ids=[f"{t.name}-{r.table}" for t, r in REFERENCES]
)
def test_every_reference_refuses_an_orphan(db, table, reference):
    names, marks = [], []
    for field in table:
        if field.required:
            names.append(field.name)
            plain = {"date": "2025-01-01", "integer": YEAR, "real": 0.5, "boolean": 1}
            known = codes_of(field.codes)[0].code if field.codes else "nobody"
            marks.append(plain.get(field.kind, known))
    if "grid_year" in reference.columns and reference.table == "plan_year":
        marks[names.index("grid_year")] = 1950
    columns = ", ".join(names)
    statement = f"INSERT INTO {table.name} ({columns}) VALUES ({', '.join('?' * len(names))})"
    refused(db, statement, "no such", *marks)


def test_a_parent_in_use_can_neither_go_nor_change_its_key(db):
    refused(db, "DELETE FROM stand WHERE stand_id = 'S00'", "still used by grid_stand")
    refused(db, "DELETE FROM person WHERE person_id = 'R00'", "still used by")
    refused(
        db,
        "UPDATE stand SET stand_id = 'X', row_version = 2 WHERE stand_id = 'S00'",
        "still used by grid_stand",
    )
    db.execute("UPDATE stand SET place_name = 'x', row_version = 2 WHERE stand_id = 'S00'")


def test_a_child_cannot_move_to_a_parent_that_is_not_there(db):
    refused(
        db,
        "UPDATE grid_stand SET stand_id = 'no', row_version = 2 WHERE stand_id = 'S00'",
        "no such",
    )


@pytest.mark.parametrize("version", ["1", "3", "0", "NULL", "-2"])
def test_an_update_that_does_not_start_from_the_row_is_refused(db, version):
    refused(
        db,
        f"UPDATE person SET post = 'x', row_version = {version} WHERE person_id = 'R00'",
        "changed by someone else",
    )


@pytest.mark.parametrize("version", ["2", "-1"])
def test_base_plus_one_and_minus_base_are_both_taken_as_two(db, version):
    db.execute(f"UPDATE person SET post = 'x', row_version = {version} WHERE person_id = 'R00'")
    row = db.execute("SELECT row_version, post FROM person WHERE person_id = 'R00'").fetchone()
    assert row == (2, "x")
    refused(
        db,
        f"UPDATE person SET post = 'y', row_version = {version} WHERE person_id = 'R00'",
        "changed by someone else",
    )


@settings(max_examples=30)
@given(st.lists(st.sampled_from(["plus", "minus", "stale"]), min_size=1, max_size=8))
def test_versions_only_ever_count_up(made, kinds):
    db = connect(made, write=True)
    try:
        db.execute("BEGIN")
        version = 1
        for kind in kinds:
            told = {"plus": version + 1, "minus": -version, "stale": version - 1}[kind]
            statement = "UPDATE road SET road_name = ?, row_version = ? WHERE road_id = 'r'"
            if version == 1:
                db.execute("INSERT OR IGNORE INTO road (road_id) VALUES ('r')")
            try:
                db.execute(statement, (f"{version} {kind}", told))
                assert kind != "stale"
                version += 1
            except sqlite3.IntegrityError:
                assert kind == "stale"
            found = db.execute("SELECT row_version FROM road WHERE road_id = 'r'").fetchone()
            assert found == (version,)
    finally:
        db.execute("ROLLBACK")
        db.close()


def freeze(db, year=YEAR):
    db.execute(
        "UPDATE plan_year SET status = 'confirmed', row_version = row_version + 1"
        " WHERE grid_year = ?",
        (year,),
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE grid SET area_mu = 1, row_version = 2",
        "UPDATE grid SET geom = NULL, row_version = 2",
        "UPDATE grid SET grid_code = 'x', row_version = 2",
        "UPDATE grid SET status = 'proposed', row_version = 2",
        "UPDATE grid SET bound_e = 'x', row_version = 2",
        "UPDATE grid_stand SET share = 0.5, row_version = 2",
        "UPDATE grid_stand SET stand_id = 'S01', row_version = 2 WHERE stand_id = 'S00'",
        "DELETE FROM grid_stand",
        f"INSERT INTO grid (grid_code, grid_year) VALUES ('new', {YEAR})",
        f"INSERT INTO grid_stand (grid_code, grid_year, stand_id, share)"
        f" VALUES ('{TOWNS[0]}W002', {YEAR}, 'S00', 1)",
        "UPDATE plan_year SET status = 'draft', row_version = 3",
        "DELETE FROM plan_year",
    ],
)
def test_a_confirmed_year_is_frozen(db, statement):
    freeze(db)
    refused(db, statement, "confirmed|still used")


def test_assignments_of_a_confirmed_year_stay_editable(db):
    freeze(db)
    duty = f"grid_code = '{A1}' AND duty = 'ranger'"
    db.execute(f"UPDATE assignment SET end_on = '{YEAR}-06-30', row_version = 2 WHERE {duty}")
    db.execute("INSERT INTO person (person_id, name, role) VALUES ('R9', '示例', 'ranger')")
    db.execute(
        "INSERT INTO assignment (grid_code, grid_year, person_id, duty, start_on)"
        f" VALUES ('{A1}', {YEAR}, 'R9', 'ranger', '{YEAR}-07-01')"
    )
    db.execute(
        f"UPDATE grid SET ranger_id = 'R9', ranger_name = '示例', row_version = 2"
        f" WHERE grid_code = '{A1}'"
    )
    db.execute("UPDATE plan_year SET status = 'archived', row_version = row_version + 1")
    db.execute(f"UPDATE grid SET status = 'archived', row_version = 3 WHERE grid_code = '{A1}'")


def test_another_year_stays_free(db):
    freeze(db)
    db.execute(f"INSERT INTO plan_year (grid_year, status) VALUES ({YEAR + 1}, 'draft')")
    db.execute(f"INSERT INTO grid (grid_code, grid_year) VALUES ('{A1}', {YEAR + 1})")
    # A grid cannot be moved into or out of the frozen year either.
    refused(
        db,
        f"UPDATE grid SET grid_year = {YEAR}, grid_code = 'y', row_version = 2"
        f" WHERE grid_year = {YEAR + 1}",
        "confirmed",
    )


def test_one_full_time_ranger_at_a_time(db):
    new = (
        "INSERT INTO assignment (grid_code, grid_year, person_id, duty, start_on)"
        f" VALUES ('{A1}', {YEAR}, 'R01', '{{}}', '{YEAR}-06-01')"
    )
    refused(db, new.format("ranger"), "already has a full-time ranger")
    db.execute(new.format("assistant"))


def test_dates_in_order_and_codes_from_the_lists(db):
    refused(
        db,
        f"UPDATE assignment SET end_on = '{YEAR - 1}-01-01', row_version = 2"
        f" WHERE grid_code = '{A1}'",
        "before start_on",
    )
    refused(db, "UPDATE person SET role = 'king', row_version = 2", "not in code list role")
    db.execute(
        "INSERT INTO code_list (domain, code, zh, en, sort, active)"
        " VALUES ('role', 'king', '山大王', 'King', 99, 1)"
    )
    db.execute("UPDATE person SET role = 'king', row_version = 2 WHERE person_id = 'R00'")


def test_delivered_codes_that_no_list_knows_are_kept(db):
    db.execute("UPDATE stand SET lin_zhong = '999', row_version = 2 WHERE stand_id = 'S00'")


def log(db):
    return db.execute(
        "SELECT table_name, action, row_uuid, changes, editor FROM change_log ORDER BY fid DESC"
    ).fetchone()


def test_the_log_says_who_changed_what(db):
    db.execute(
        "UPDATE stand SET place_name = '示例坑', editor = '某甲', row_version = 2"
        " WHERE stand_id = 'S00'"
    )
    table, action, uuid, changes, editor = log(db)
    assert (table, action, editor) == ("stand", "update", "某甲")
    assert uuid == row_uuid("stand", ("S00",))
    assert json.loads(changes) == {"place_name": [None, "示例坑"]}


def test_the_log_holds_no_names_and_phones(db):
    db.execute("UPDATE person_private SET phone = '19900000000', row_version = 2")
    db.execute("UPDATE person SET name = '示例新名', row_version = 2")
    db.execute("DELETE FROM person_private WHERE person_id = 'R00'")
    every = str(db.execute("SELECT changes FROM change_log").fetchall())
    assert "199000" not in every and "示例" not in every and "*" in every


def test_the_former_geometry_is_in_the_log(db):
    old = db.execute("SELECT geom FROM stand WHERE stand_id = 'S00'").fetchone()[0]
    new = blobs([shapely.box(0, 0, 1, 1)], 4547)[0]
    db.execute("UPDATE stand SET geom = ? WHERE stand_id = 'S00'", (new,))
    assert json.loads(log(db)[3])["geom"][0] == old.hex().upper()


def test_deleting_is_logged_with_the_row(db):
    db.execute("DELETE FROM hill_duty")
    table, action, _, changes, _ = log(db)
    assert (table, action) == ("hill_duty", "delete")
    assert json.loads(changes)["hill_id"] == "H1"


def test_rows_without_uuid_get_one(db):
    db.execute("INSERT INTO road (road_id, uuid) VALUES ('a', NULL)")
    db.execute("INSERT INTO road (road_id) VALUES ('b')")
    found = [u for (u,) in db.execute("SELECT uuid FROM road")]
    assert len(set(found)) == 2 and all(len(u) == 36 for u in found)
    db.execute("INSERT INTO road (road_id, row_version) VALUES ('c', NULL)")
    assert db.execute("SELECT min(row_version) FROM road").fetchone() == (1,)


def test_the_time_of_a_change_is_kept(db):
    db.execute("UPDATE stand SET place_name = 'x', row_version = 2 WHERE stand_id = 'S00'")
    made, changed = db.execute(
        "SELECT created_at, updated_at FROM stand WHERE stand_id = 'S00'"
    ).fetchone()
    assert changed > made


def test_the_spatial_index_follows(db):
    def found(x, y):
        return db.execute(
            "SELECT count(*) FROM rtree_stand_geom WHERE minx <= ? AND maxx >= ?"
            " AND miny <= ? AND maxy >= ?",
            (x, x, y, y),
        ).fetchone()[0]

    assert found(500_100, 2_850_100) == 1
    far = blobs([shapely.MultiPolygon([shapely.box(0, 0, 1, 1)])], 4547)[0]
    db.execute("UPDATE stand SET geom = ? WHERE stand_id = 'S00'", (far,))
    assert found(500_100, 2_850_100) == 0 and found(0.5, 0.5) == 1
    assert db.execute(
        "SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = 'stand'"
    ).fetchone() == (40,)
