"""Tables into files of other programs, through OGR, each read back after it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from osgeo import gdal, ogr, osr

from linzhang_plugin.core.messages import StoreError, tr
from linzhang_plugin.core.tables.field import Field, Table
from linzhang_plugin.workspace.values import stored

TYPES = {
    "integer": ogr.OFTInteger64,
    "real": ogr.OFTReal,
    "boolean": ogr.OFTInteger,
}
DBF_BYTES = 254
"""Longest text of a DBF field, bytes."""


@dataclass(frozen=True)
class Kind:
    """A file format.

    Attributes:
        driver: OGR's name of it.
        ending: File name ending.
        single: All tables go into one file, else each into one of its own.
        options: Layer creation options.
        encoding: Encoding whose field lengths count, empty for none.
        short: Field names have at most ten letters.
        shapes: Geometry can be written.
    """

    driver: str
    ending: str
    single: bool = True
    options: tuple[str, ...] = ()
    encoding: str = ""
    short: bool = False
    shapes: bool = True


GPKG = Kind("GPKG", ".gpkg", options=("GEOMETRY_NAME=geom",))
SHP = Kind("ESRI Shapefile", ".shp", False, ("ENCODING=GBK", "SHPT=POLYGON"), "gbk", True)
XLSX = Kind("XLSX", ".xlsx", shapes=False)
GDB = Kind("OpenFileGDB", ".gdb")


def can_write(kind: Kind) -> bool:
    """Tell whether this GDAL writes the format (FileGDB since 3.6)."""
    driver = ogr.GetDriverByName(kind.driver)
    return driver is not None and bool(driver.TestCapability(ogr.ODrCCreateDataSource))


@contextmanager
def _own_encoding() -> Iterator[None]:
    """Let a shapefile's own encoding count while files are written.

    Once QGIS has opened a shapefile in a chosen encoding, it leaves SHAPE_ENCODING empty for
    the whole process, and GDAL then writes UTF-8 into files that say GBK.
    """
    before = gdal.GetConfigOption("SHAPE_ENCODING")
    gdal.SetThreadLocalConfigOption("SHAPE_ENCODING", None)
    gdal.SetConfigOption("SHAPE_ENCODING", None)
    try:
        yield
    finally:
        gdal.SetConfigOption("SHAPE_ENCODING", before)


@_own_encoding()
def write_tables(
    kind: Kind,
    folder: Path,
    stem: str,
    layers: Sequence[tuple[Table, pd.DataFrame, Mapping[str, str]]],
    chinese: bool = False,
) -> tuple[list[Path], list[str]]:
    """Write tables into one file, or each into its own.

    Args:
        kind: The format.
        folder: Where to.
        stem: Start of the file names.
        layers: Table, rows, and the name that each column is written under.
        chinese: Name columns and sheets by their Chinese titles (XLSX).

    Returns:
        The files, and the columns in which a text had to be cut.

    Raises:
        StoreError: A file cannot be written, or does not read back as it was written.
    """
    gdal.UseExceptions()
    files: list[Path] = []
    cut: list[str] = []
    driver = ogr.GetDriverByName(kind.driver)
    try:
        if kind.single:
            path = folder / f"{stem}{kind.ending}"
            target = driver.CreateDataSource(str(path))
            for table, frame, names in layers:
                cut += _layer(target, kind, table, frame, names, chinese)
            target = None
            files.append(path)
        else:
            for table, frame, names in layers:
                path = folder / f"{stem}_{table.name}{kind.ending}"
                if not table.geometry:
                    path = path.with_suffix(".dbf")
                target = driver.CreateDataSource(str(path))
                cut += _layer(target, kind, table, frame, names, chinese)
                target = None
                path.with_suffix(".cpg").write_text("GBK", encoding="ascii")
                files.append(path)
    except RuntimeError as error:
        raise StoreError(
            tr("{path} cannot be written ({reason}); check the folder and free space."),
            path=str(folder),
            reason=str(error),
        ) from error
    _read_back(files, kind, layers)
    return files, sorted(set(cut))


def _layer(
    target: Any,
    kind: Kind,
    table: Table,
    frame: pd.DataFrame,
    names: Mapping[str, str],
    chinese: bool,
) -> list[str]:
    """Write one table; gives the columns in which a text was cut."""
    spatial = bool(table.geometry) and kind.shapes and isinstance(frame, gpd.GeoDataFrame)
    reference = None
    if spatial:
        reference = osr.SpatialReference()
        reference.SetFromUserInput(frame.crs.to_wkt("WKT1_GDAL"))
        reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    name = table.zh if chinese else table.name
    options = [o for o in kind.options if spatial or not o.startswith(("GEOMETRY", "SHPT"))]
    layer = target.CreateLayer(
        name, reference, ogr.wkbMultiPolygon if spatial else ogr.wkbNone, options
    )
    for field in table:
        layer.CreateField(_definition(field, kind, field.zh if chinese else names[field.name]))
    columns = [stored(frame[f.name], f, table) for f in table]
    shapes = shapely.to_wkb(frame.geometry.to_numpy()) if spatial else [None] * len(frame)
    cut: list[str] = []
    layer.StartTransaction()
    for row, wkb in enumerate(shapes):
        feature = ogr.Feature(layer.GetLayerDefn())
        for index, (field, values) in enumerate(zip(table, columns, strict=True)):
            value = values[row]
            if value is None:
                continue
            if isinstance(value, str) and kind.encoding:
                short = fitting(value, kind.encoding, _width(field))
                if short != value:
                    cut.append(field.name)
                value = short
            feature.SetField(index, value)
        if wkb is not None:
            feature.SetGeometryDirectly(ogr.CreateGeometryFromWkb(wkb))
        layer.CreateFeature(feature)
    layer.CommitTransaction()
    return cut


def _definition(field: Field, kind: Kind, name: str) -> Any:
    made = ogr.FieldDefn(name, TYPES.get(field.kind, ogr.OFTString))
    if field.kind == "real" and kind.encoding:
        made.SetWidth(24)
        made.SetPrecision(10)
    if made.GetType() == ogr.OFTString and kind.encoding:
        made.SetWidth(_width(field))
    return made


def _width(field: Field) -> int:
    """Give a DBF width in bytes: two a Chinese character."""
    return min(DBF_BYTES, 2 * field.width or DBF_BYTES)


def fitting(text: str, encoding: str, width: int) -> str:
    """Cut a text at a character so that it fits into ``width`` bytes.

    Example:
        >>> fitting("山网格", "gbk", 5)
        '山网'
    """
    raw = text.encode(encoding, errors="replace")
    return raw[:width].decode(encoding, errors="ignore") if len(raw) > width else text


def _read_back(
    files: list[Path], kind: Kind, layers: Sequence[tuple[Table, pd.DataFrame, Mapping[str, str]]]
) -> None:
    """Look whether every table is there with all its rows.

    Raises:
        StoreError: It is not.
    """
    for number, (table, frame, _) in enumerate(layers):
        path = files[0] if kind.single else files[number]
        # A sheet of texts only is not told from its head line unless that is said.
        gdal.SetThreadLocalConfigOption("OGR_XLSX_HEADERS", "FORCE")
        source = gdal.OpenEx(str(path), gdal.OF_VECTOR)
        gdal.SetThreadLocalConfigOption("OGR_XLSX_HEADERS", None)
        layer = None if source is None else source.GetLayer(number if kind.single else 0)
        if layer is None or layer.GetFeatureCount() != len(frame):
            raise StoreError(
                tr("{path}: table {table} does not read back as it was written."),
                path=str(path),
                table=table.name,
            )
