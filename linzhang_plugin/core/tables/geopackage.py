# ruff: noqa: S608 - every name in the SQL comes from the schema and is quoted
"""What makes an SQLite file a GeoPackage: metadata tables, spatial indices, feature counts.

OGC 12-128r17 (GeoPackage 1.3) with the R-tree extension (annex F.3) and OGR's
``gpkg_ogr_contents``.
"""

from __future__ import annotations

from linzhang_plugin.core.tables.ddl import literal, quoted
from linzhang_plugin.core.tables.field import Table
from linzhang_plugin.core.tables.standard import GEOMETRY

APPLICATION_ID = 0x47504B47
"""'GPKG' as the file's application id."""
USER_VERSION = 10300

METADATA = (
    """CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT)""",
    """CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id))""",
    """CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id))""",
    """CREATE TABLE gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
  scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))""",
    """CREATE TABLE gpkg_ogr_contents (
  table_name TEXT NOT NULL PRIMARY KEY, feature_count INTEGER DEFAULT NULL)""",
    "INSERT INTO gpkg_spatial_ref_sys VALUES ('Undefined Cartesian SRS', -1, 'NONE', -1,"
    " 'undefined', 'undefined Cartesian coordinate reference system')",
    "INSERT INTO gpkg_spatial_ref_sys VALUES ('Undefined geographic SRS', 0, 'NONE', 0,"
    " 'undefined', 'undefined geographic coordinate reference system')",
    "INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84 geodetic', 4326, 'EPSG', 4326,"
    ' \'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,'
    'AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,'
    'AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],'
    'AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]\', NULL)',
)
"""Statements that make the metadata tables, before any layer."""


def register(table: Table, srs_id: int) -> list[str]:
    """Give the statements that make a table known as a layer and index its geometry."""
    name = literal(table.name)
    if not table.geometry:
        return [
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description)"
            f" VALUES ({name}, 'attributes', {name}, {literal(table.zh)})",
            f"INSERT INTO gpkg_ogr_contents VALUES ({name}, 0)",
            *_count_triggers(table.name),
        ]
    shape = table.geometry.upper()
    flat = shape.removesuffix("ZM")
    dimension = 1 if shape.endswith("ZM") else 0
    return [
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)"
        f" VALUES ({name}, 'features', {name}, {literal(table.zh)}, {srs_id})",
        f"INSERT INTO gpkg_geometry_columns VALUES ({name}, {literal(GEOMETRY)},"
        f" {literal(flat)}, {srs_id}, {dimension}, {dimension})",
        f"INSERT INTO gpkg_ogr_contents VALUES ({name}, 0)",
        *_count_triggers(table.name),
        f"INSERT INTO gpkg_extensions VALUES ({name}, {literal(GEOMETRY)}, 'gpkg_rtree_index',"
        " 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')",
        f"CREATE VIRTUAL TABLE {quoted(index_name(table))} USING rtree(id, minx, maxx, miny, maxy)",
        *_index_triggers(table),
    ]


def index_name(table: Table) -> str:
    """Give the name of a layer's spatial index."""
    return f"rtree_{table.name}_{GEOMETRY}"


def _count_triggers(name: str) -> list[str]:
    made = []
    for event, sign in (("insert", "+"), ("delete", "-")):
        made.append(
            f"CREATE TRIGGER {quoted(f'trigger_{event}_feature_count_{name}')}"
            f" AFTER {event.upper()} ON {quoted(name)} BEGIN UPDATE gpkg_ogr_contents SET"
            f" feature_count = feature_count {sign} 1"
            f" WHERE lower(table_name) = lower({literal(name)}); END"
        )
    return made


def _index_triggers(table: Table) -> list[str]:
    """Give the seven triggers of the R-tree extension, as the standard writes them."""
    geom, fid = quoted(GEOMETRY), quoted("fid")
    index = quoted(index_name(table))
    present = f"(NEW.{geom} NOT NULL AND NOT ST_IsEmpty(NEW.{geom}))"
    absent = f"(NEW.{geom} ISNULL OR ST_IsEmpty(NEW.{geom}))"
    put = (
        f"INSERT OR REPLACE INTO {index} VALUES (NEW.{fid}, ST_MinX(NEW.{geom}),"
        f" ST_MaxX(NEW.{geom}), ST_MinY(NEW.{geom}), ST_MaxY(NEW.{geom}));"
    )
    drop = f"DELETE FROM {index} WHERE id = OLD.{fid};"
    same, moved = f"OLD.{fid} = NEW.{fid}", f"OLD.{fid} != NEW.{fid}"
    of = f"UPDATE OF {geom}"
    rules = {
        "insert": ("INSERT", present, put),
        "update1": (of, f"{same} AND {present}", put),
        "update2": (of, f"{same} AND {absent}", drop),
        "update3": ("UPDATE", f"{moved} AND {present}", drop + put),
        "update4": (
            "UPDATE",
            f"{moved} AND {absent}",
            f"DELETE FROM {index} WHERE id IN (OLD.{fid}, NEW.{fid});",
        ),
        "delete": ("DELETE", f"OLD.{geom} NOT NULL", drop),
    }
    return [
        f"CREATE TRIGGER {quoted(f'{index_name(table)}_{name}')} AFTER {event}"
        f" ON {quoted(table.name)} WHEN {when} BEGIN {body} END"
        for name, (event, when, body) in rules.items()
    ]
