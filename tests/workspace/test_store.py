"""Opening, reading and writing a workspace, and what happens when that fails."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely

from linzhang_plugin.core.messages import InputError, StoreError
from linzhang_plugin.core.tables.schema import TABLES
from linzhang_plugin.workspace import store as store_module
from linzhang_plugin.workspace.backup import backup_path, copy_database
from linzhang_plugin.workspace.connection import connect, opened
from linzhang_plugin.workspace.create import create_workspace
from linzhang_plugin.workspace.store import open_workspace
from tests.truth.small_county import CRS, TOWNS, YEAR, small_county

VOLATILE = ("created_at", "updated_at")


def dump(path):
    """Give every row of every table but the times."""
    with opened(path) as connection:
        made = {}
        for name in TABLES:
            columns = [
                row[1]
                for row in connection.execute(f'PRAGMA table_info("{name}")')
                if row[1] not in VOLATILE
            ]
            listed = ", ".join(f'"{c}"' for c in columns)
            made[name] = connection.execute(f'SELECT {listed} FROM "{name}"').fetchall()
        return made


def plain(frame, names):
    return [tuple(None if pd.isna(v) else v for v in row) for row in frame[names].to_numpy()]


@pytest.mark.parametrize("name", sorted(small_county()))
def test_rows_come_back_as_they_were_written(workspace, name):
    truth = small_county()[name]
    names = [n for n in truth.columns if n != "geometry"]
    frame = workspace.read(name)
    assert plain(frame, names) == plain(truth, names)
    if isinstance(truth, gpd.GeoDataFrame):
        assert frame.crs == truth.crs
        same = shapely.normalize(frame.geometry.to_numpy())
        whole = [
            shapely.MultiPolygon([g]) if g.geom_type == "Polygon" else g for g in truth.geometry
        ]
        assert shapely.equals_exact(same, shapely.normalize(whole)).all()


def test_the_same_inputs_make_the_same_tables(made, tmp_path):
    other = tmp_path / "again.gpkg"
    crs = pyproj.CRS.from_user_input(CRS)
    create_workspace(other, "360702", "示例县", YEAR + 1, crs, small_county())
    assert dump(other) == dump(made)


def test_dtypes_are_plain_where_there_are_no_gaps(workspace):
    person = workspace.read("person")
    assert person["publish_agreed"].dtype == bool
    assert workspace.read("grid_stand")["grid_year"].dtype == np.int64
    stand = workspace.read("stand")
    assert stand["volume_m3"].dtype == np.float64 and stand["volume_m3"].isna().all()
    assert stand["ling_zu"].iloc[0] is None


def test_conditions_select_rows(workspace):
    one = workspace.read("stand", {"town_code": TOWNS[0], "sen_lin_lb": "11"})
    assert len(one) == 10
    assert len(workspace.read("stand", {"stand_id": ["S00", "S39", "no"]})) == 2
    assert workspace.count("stand", {"ling_zu": None}) == 40
    assert workspace.read("stand", {"stand_id": "' OR 1=1 --"}).empty
    with pytest.raises(KeyError):
        workspace.read("stand", {"1=1; --": 1})


def test_an_upsert_changes_only_its_columns_and_only_what_differs(workspace):
    frame = pd.DataFrame({"stand_id": ["S00", "S01"], "place_name": ["示例坑", None]})
    assert workspace.write({"stand": frame}, editor="某甲") == {"stand": 1}
    rows = workspace.read("stand", {"stand_id": ["S00", "S01"]}, standard=True)
    assert rows["place_name"].tolist() == ["示例坑", None]
    assert rows["row_version"].tolist() == [2, 1]
    assert rows["editor"].tolist() == ["某甲", "linzhang"]
    assert rows["area_m2"].tolist() == [200_000.0, 200_000.0]
    assert workspace.write({"stand": frame}) == {"stand": 0}


def test_a_write_is_logged_with_who_and_what(workspace):
    person = pd.DataFrame({"person_id": ["R00"], "post": ["组长"]})
    workspace.write({"person": person}, editor="某甲", action="importpersons")
    last = workspace.read("change_log", standard=True).iloc[-1]
    assert (last["table_name"], last["action"], last["n_rows"]) == ("person", "update", 1)
    assert (last["editor"], last["note"]) == ("某甲", "importpersons")


def test_removal_and_writing_are_one_transaction(workspace, path):
    before = dump(path)
    bad = pd.DataFrame({"grid_code": ["none"], "grid_year": [YEAR], "stand_id": ["S00"]})
    with pytest.raises(StoreError, match="refused a row"):
        workspace.write({"grid_stand": bad.assign(share=1.0)}, remove={"grid_stand": {}})
    assert dump(path) == before
    assert workspace.count("grid_stand") == 40


def test_a_failure_in_between_leaves_everything(workspace, path):
    before = dump(path)
    with pytest.raises(RuntimeError), workspace.transaction() as writer:
        writer.remove("assignment", {})
        raise RuntimeError
    assert dump(path) == before


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("area_m2", -1.0, "area_m2"),
        ("land_class", "moon", "land_class"),
        ("yu_bi_du", 1.5, "yu_bi_du"),
        ("locked", 3, "locked"),
        ("town_code", "3607021000", "town_code"),
        ("raw_json", "{", "raw_json"),
        ("src_year", 20.5, "src_year"),
    ],
)
def test_values_out_of_range_are_refused(workspace, column, value, said):
    frame = pd.DataFrame({"stand_id": ["S00"], column: [value]})
    with pytest.raises((StoreError, InputError), match=said):
        workspace.write({"stand": frame})


def test_dates_have_to_exist(workspace):
    frame = pd.DataFrame({"person_id": ["R00"], "active_to": ["2025-02-30"]})
    with pytest.raises(InputError, match="active_to"):
        workspace.write({"person": frame})


def test_a_key_given_twice_is_named_with_its_rows(workspace):
    frame = pd.DataFrame({"stand_id": ["A", "B", "A"], "area_m2": 1.0})
    with pytest.raises(InputError, match="rows 1 and 3"):
        workspace.write({"stand": frame})


def test_a_point_is_no_polygon(workspace):
    frame = gpd.GeoDataFrame({"stand_id": ["X"]}, geometry=[shapely.Point(0, 0)], crs=CRS)
    with pytest.raises(InputError, match="row 1: the geometry"):
        workspace.write({"stand": frame})


def test_other_crs_are_brought_into_the_workspace(workspace):
    truth = workspace.read("stand", {"stand_id": "S00"})
    frame = truth.to_crs(4490).assign(stand_id="S00x")[["stand_id", "geometry"]]
    workspace.write({"stand": frame})
    back = workspace.read("stand", {"stand_id": "S00x"})
    assert back.geometry.iloc[0].hausdorff_distance(truth.geometry.iloc[0]) < 1e-4


# -- files that cannot be used ---------------------------------------------------


def test_a_missing_file(tmp_path):
    with pytest.raises(StoreError, match="There is no workspace"):
        open_workspace(tmp_path / "nothing.gpkg")


def test_a_postgresql_connection_is_not_supported_yet():
    with pytest.raises(StoreError, match="PostgreSQL are not supported yet"):
        open_workspace("my_connection")


def test_a_text_file_is_no_workspace(tmp_path):
    file = tmp_path / "a.gpkg"
    file.write_text("hello" * 1000)
    with pytest.raises(StoreError, match="damaged or no GeoPackage"):
        open_workspace(file)


def test_another_geopackage_is_no_workspace(tmp_path):
    file = tmp_path / "b.gpkg"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE t (a)")
        connection.execute("PRAGMA application_id = 1196444487")
    with pytest.raises(StoreError, match="not a Linzhang workspace"):
        open_workspace(file)


def test_flipped_bytes_are_found(path):
    raw = bytearray(path.read_bytes())
    # several pages: one alone may be empty or hold nothing but text
    for offset in range(len(raw) // 2, len(raw) // 2 + 4 * 4096, 20):
        raw[offset] ^= 0xFF
    path.write_bytes(raw)
    with pytest.raises(StoreError, match="damaged"):
        open_workspace(path)


@pytest.mark.parametrize(("version", "said"), [(99, "newer Linzhang"), (0, "older format")])
def test_other_versions_are_told(path, version, said):
    with connect(path, write=True) as connection:
        connection.execute(
            "UPDATE workspace SET value = ?, row_version = row_version + 1"
            " WHERE name = 'schema_version'",
            (str(version),),
        )
    with pytest.raises(StoreError, match=said):
        open_workspace(path)


def test_a_read_only_file(workspace, path):
    path.chmod(0o444)
    assert len(workspace.read("stand")) == 40
    with pytest.raises(StoreError, match="read-only"):
        workspace.write({"stand": pd.DataFrame({"stand_id": ["S00"], "place_name": ["x"]})})
    path.chmod(0o644)


def test_a_file_that_another_program_writes(workspace, path, monkeypatch):
    monkeypatch.setattr("linzhang_plugin.workspace.connection.WAIT_S", 0.1)
    monkeypatch.setattr(connect, "__defaults__", (False, 0.1))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    frame = pd.DataFrame({"stand_id": ["S00"], "place_name": ["x"]})
    with pytest.raises(StoreError, match="being written by another program"):
        workspace.write({"stand": frame})
    other.execute("ROLLBACK")
    other.close()
    assert workspace.write({"stand": frame}) == {"stand": 1}


FULL = """
import resource, sys, pandas as pd
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from linzhang_plugin.core.messages import StoreError
from linzhang_plugin.workspace import store
if {skip_backup}:
    store.copy_database = lambda source, target: None
workspace = store.open_workspace(sys.argv[1])
rows = pd.DataFrame({{"stand_id": [f"N{{i}}" for i in range(20000)], "place_name": "x" * 60}})
try:
    workspace.write({{"stand": rows}})
except StoreError as error:
    print(error)
"""


@pytest.mark.parametrize("skip_backup", [True, False])
def test_a_full_disk_leaves_the_workspace_as_it_was(path, skip_backup):
    before = dump(path)
    size = path.stat().st_size
    limit = size + 500_000 if skip_backup else size // 2
    script = FULL.format(limit=limit, skip_backup=skip_backup)
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
        check=False,
    )
    assert "is full" in done.stdout, done.stderr
    assert dump(path) == before
    assert open_workspace(path).count("stand") == 40
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


def test_what_cannot_be_read_back_is_put_back(workspace, path, monkeypatch):
    before = dump(path)
    answers = iter([False])
    monkeypatch.setattr(store_module, "is_sound", lambda connection: next(answers, True))
    with pytest.raises(StoreError, match="cannot be read back"):
        workspace.write({"stand": pd.DataFrame({"stand_id": ["S00"], "place_name": ["x"]})})
    assert dump(path) == before


# -- backups -----------------------------------------------------------------------


def test_every_write_keeps_the_state_before(workspace, path):
    workspace.write({"stand": pd.DataFrame({"stand_id": ["S00"], "place_name": ["x"]})})
    kept = open_workspace(backup_path(path))
    assert kept.read("stand", {"stand_id": "S00"})["place_name"].iloc[0] is None


def test_a_copy_holds_what_is_still_in_the_write_ahead_log(workspace, path, tmp_path):
    writer = connect(path, write=True)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("UPDATE person SET post = '组长', row_version = 2 WHERE person_id = 'R00'")
    assert path.with_name(path.name + "-wal").stat().st_size > 0
    target = tmp_path / "copy.gpkg"
    copy_database(path, target)
    writer.close()
    assert open_workspace(target).read("person", {"person_id": "R00"})["post"].iloc[0] == "组长"


DIE = """
import os, sys
from pathlib import Path
from linzhang_plugin.workspace.connection import connect
c = connect(Path(sys.argv[1]), write=True)
for statement in sys.argv[2:]:
    c.execute(statement)
c.execute("UPDATE stand SET place_name = 'x', row_version = row_version + 1")
os._exit(0)
"""


def die_while_writing(path, *statements):
    environment = {**os.environ, "PYTHONPATH": os.getcwd()}
    command = [sys.executable, "-c", DIE, str(path), *statements]
    subprocess.run(command, check=True, env=environment)


def test_a_program_that_died_while_writing_leaves_the_state_before(path):
    before = dump(path)
    die_while_writing(path, "PRAGMA cache_size = 2", "PRAGMA cache_spill = 1", "BEGIN")
    assert path.with_name(path.name + "-journal").exists()
    assert open_workspace(path).count("stand") == 40
    assert dump(path) == before


def test_a_stale_log_beside_a_replaced_file_does_no_harm(made, path):
    # A killed program leaves its write-ahead log behind; a new file must not read it.
    die_while_writing(path, "PRAGMA journal_mode = WAL", "PRAGMA cache_size = 10")
    assert path.with_name(path.name + "-wal").exists()
    copy_database(made, path)
    assert not path.with_name(path.name + "-wal").exists()
    assert open_workspace(path).count("stand", {"place_name": "x"}) == 0


def test_a_copy_over_itself_in_use_is_refused(made, path):
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("PRAGMA journal_mode = WAL")
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM stand").fetchone()
    with pytest.raises(StoreError, match="another program"):
        copy_database(made, path)
    reader.close()
