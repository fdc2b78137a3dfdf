"""Backups go back into place, and older workspaces are brought up to date."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys

import pandas as pd
import pyproj
import pytest

from linzhang_plugin.core.messages import InputError, StoreError
from linzhang_plugin.core.tables.schema import TABLES
from linzhang_plugin.workspace import migrate as migration
from linzhang_plugin.workspace.backup import backup_path, copy_database
from linzhang_plugin.workspace.connection import connect, opened
from linzhang_plugin.workspace.create import create_workspace
from linzhang_plugin.workspace.migrate import migrate
from linzhang_plugin.workspace.restore import replaced_path, restore
from linzhang_plugin.workspace.store import open_workspace
from tests.truth.small_county import CRS, YEAR

MARK = pd.DataFrame({"stand_id": ["S00"], "place_name": ["后来"]})


def place(path):
    return open_workspace(path).read("stand", {"stand_id": "S00"})["place_name"].iloc[0]


def test_a_backup_goes_back_and_the_later_state_is_kept(workspace, path, tmp_path):
    backup = tmp_path / "备份 1.gpkg"
    copy_database(path, backup)
    workspace.write({"stand": MARK})
    restore(backup, path)
    assert place(path) is None
    assert place(replaced_path(path)) == "后来"


def test_the_state_before_the_last_write_goes_back(workspace, path):
    workspace.write({"stand": MARK})
    restore(backup_path(path), path)
    assert place(path) is None and place(replaced_path(path)) == "后来"


def test_a_damaged_workspace_is_replaced(made, path):
    path.write_bytes(b"rubbish" * 500)
    restore(made, path)
    assert place(path) is None
    assert replaced_path(path).read_bytes().startswith(b"rubbish")


def test_a_missing_workspace_is_made(made, tmp_path):
    restore(made, tmp_path / "new.gpkg")
    assert place(tmp_path / "new.gpkg") is None


def test_another_database_is_not_replaced(made, tmp_path):
    other = tmp_path / "stands.gpkg"
    with contextlib.closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE stands (name TEXT)")
    before = other.read_bytes()
    with pytest.raises(InputError, match="holds other data"):
        restore(made, other)
    assert other.read_bytes() == before and not replaced_path(other).exists()


def test_a_workspace_that_lost_a_table_is_replaced(made, path):
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE workspace")
    restore(made, path)
    assert place(path) is None and replaced_path(path).exists()


def test_a_folder_is_no_workspace(made, tmp_path):
    with pytest.raises(InputError, match="is a folder"):
        restore(made, tmp_path)


def test_a_damaged_backup_changes_nothing(path, tmp_path):
    bad = tmp_path / "bad.gpkg"
    bad.write_bytes(path.read_bytes()[:50_000])
    before = path.read_bytes()
    with pytest.raises(StoreError):
        restore(bad, path)
    assert path.read_bytes() == before and not replaced_path(path).exists()


def test_another_countys_backup_is_refused(path, tmp_path):
    other = tmp_path / "other.gpkg"
    create_workspace(other, "360730", "示例二县", YEAR, pyproj.CRS.from_user_input(CRS))
    with pytest.raises(InputError, match="of county 360730"):
        restore(other, path)
    assert restore(other, path, other_county=True).county_code == "360730"


def test_the_workspace_is_no_backup_of_itself(path):
    with pytest.raises(InputError, match="itself"):
        restore(path, path)


def test_an_existing_file_is_not_overwritten_unasked(path):
    crs = pyproj.CRS.from_user_input(CRS)
    with pytest.raises(StoreError, match="exists already"):
        create_workspace(path, "360702", "示例县", YEAR, crs)
    assert open_workspace(path).count("stand") == 40
    create_workspace(path, "360702", "示例县", YEAR, crs, overwrite=True)
    assert open_workspace(path).count("stand") == 0
    assert open_workspace(backup_path(path)).count("stand") == 40


def test_a_sample_may_replace_a_sample_only(path, tmp_path):
    crs = pyproj.CRS.from_user_input(CRS)
    with pytest.raises(StoreError, match="exists already"):
        create_workspace(path, "360702", "示例县", YEAR, crs, sample=True)
    sample = tmp_path / "s.gpkg"
    create_workspace(sample, "360702", "示例县", YEAR, crs, sample=True)
    assert create_workspace(sample, "360702", "示例县", YEAR, crs, sample=True).sample


@pytest.mark.parametrize(
    ("code", "name", "crs", "said"),
    [
        ("36070", "x", 4547, "six digits"),
        ("36070a", "x", 4547, "six digits"),
        ("360702", " ", 4547, "COUNTY_NAME"),
        ("360702", "x", 4490, "not a projected"),
        ("360702", "x", 2263, "not in metres"),
    ],
)
def test_what_a_workspace_cannot_be_made_of(tmp_path, code, name, crs, said):
    with pytest.raises(InputError, match=said):
        create_workspace(tmp_path / "w.gpkg", code, name, YEAR, pyproj.CRS.from_epsg(crs))
    assert not list(tmp_path.iterdir())


FULL = """
import resource, signal, sys, pyproj
from pathlib import Path
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
from linzhang_plugin.core.messages import StoreError
from linzhang_plugin.workspace.create import create_workspace
try:
    create_workspace(Path(sys.argv[1]), "360702", "x", 2024, pyproj.CRS.from_epsg(4547))
except StoreError as error:
    print(error)
"""


def test_a_full_disk_leaves_no_half_workspace(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path / "w.gpkg")],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
        check=False,
    )
    assert "is full" in done.stdout, done.stderr
    assert not list(tmp_path.iterdir())


# -- migration -----------------------------------------------------------------------


@pytest.fixture
def old(path):
    """Give a workspace of format 0: a table, a column, a code and all triggers are missing."""
    with connect(path, write=True) as connection:
        connection.execute("BEGIN")
        migration._drop_triggers(connection)
        for statement in (
            "DROP TABLE rtree_notice_board_geom",
            "DROP TABLE notice_board",
            "DELETE FROM gpkg_contents WHERE table_name = 'notice_board'",
            "DELETE FROM gpkg_geometry_columns WHERE table_name = 'notice_board'",
            "DELETE FROM gpkg_extensions WHERE table_name = 'notice_board'",
            "DELETE FROM gpkg_ogr_contents WHERE table_name = 'notice_board'",
            "ALTER TABLE stand DROP COLUMN place_name",
            "DELETE FROM code_list WHERE domain = 'board_state'",
            "UPDATE workspace SET value = '0' WHERE name = 'schema_version'",
        ):
            connection.execute(statement)
        connection.execute("COMMIT")
    return path


def triggers(path):
    with opened(path) as connection:
        found = connection.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
        return {row[0] for row in found}


def test_an_older_workspace_becomes_like_a_new_one(old, made):
    with pytest.raises(StoreError, match="older format"):
        open_workspace(old)
    assert migrate(old) == 0
    workspace = open_workspace(old)
    for name, table in TABLES.items():
        assert [n for n in workspace.read(name).columns if n != "geometry"] == table.names
    assert triggers(old) == triggers(made)
    assert workspace.count("stand") == 40 and workspace.count("notice_board") == 0
    fresh = open_workspace(made).read("code_list")
    codes = workspace.read("code_list")
    key = ["domain", "code"]
    pd.testing.assert_frame_equal(
        codes.sort_values(key, ignore_index=True), fresh.sort_values(key, ignore_index=True)
    )
    workspace.write({"stand": MARK})


def test_a_step_converts_rows_before_the_rules_hold_again(old):
    def to_one(connection):
        connection.execute("UPDATE person SET post = '护林员' WHERE role = 'ranger'")

    migrate(old, {1: to_one})
    assert set(open_workspace(old).read("person", {"role": "ranger"})["post"]) == {"护林员"}


def test_a_step_that_fails_leaves_the_old_workspace(old):
    before = triggers(old)

    def broken(connection):
        connection.execute("DELETE FROM grid_stand")
        connection.execute("SELECT nothing FROM nowhere")

    with pytest.raises(StoreError):
        migrate(old, {1: broken})
    assert triggers(old) == before
    with opened(old) as connection:
        assert connection.execute("SELECT count(*) FROM grid_stand").fetchone() == (40,)


def test_migrating_twice_changes_nothing(path, tmp_path):
    migrate(path)
    once = tmp_path / "once.gpkg"
    shutil.copy(path, once)
    migrate(path)
    for name in TABLES:
        if name != "change_log":
            one = open_workspace(once).read(name, standard=True)
            pd.testing.assert_frame_equal(one, open_workspace(path).read(name, standard=True))


def test_a_newer_workspace_is_not_touched(path):
    with pytest.raises(StoreError, match="newer"):
        migrate(path, target=0)


def test_only_workspaces_are_migrated(tmp_path):
    file = tmp_path / "x.gpkg"
    file.write_bytes(b"")
    with pytest.raises(StoreError):
        migrate(file)
