"""Judged patrols as lines on the map, kept with the traces: positions of persons, no names.

The file lies in the folder of the trace store, so whoever copies, sets aside or deletes the
traces takes the lines along; the workspace itself holds no track.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
from osgeo import gdal, ogr, osr

from linzhang_plugin.core.messages import StoreError, Translate, tr, untranslated
from linzhang_plugin.core.patrols.tables.outings import PATROL
from linzhang_plugin.core.tables.field import Field
from linzhang_plugin.workspace.ogr_files import TYPES
from linzhang_plugin.workspace.patrol_results import plain_reasons
from linzhang_plugin.workspace.traces import TraceStore
from linzhang_plugin.workspace.values import stored


class PatrolMap:
    """The lines of a workspace's patrols, for the layer of its project.

    Example:
        >>> PatrolMap(Path("county.gpkg")).path.as_posix()
        'county.traces/patrols.gpkg'
    """

    def __init__(self, workspace: Path) -> None:
        """Say where the file is; nothing is made yet."""
        self.path = TraceStore(workspace).folder / "patrols.gpkg"

    def make(self) -> None:
        """Make an empty file where there is none, so that a project can have the layer.

        Raises:
            StoreError: The file cannot be written.
        """
        if self.path.exists():
            return
        with _told(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            source = ogr.GetDriverByName("GPKG").CreateDataSource(str(self.path))
            degrees = osr.SpatialReference()
            degrees.ImportFromEPSG(4326)
            layer = source.CreateLayer(PATROL.name, degrees, ogr.wkbLineStringZM)
            for field in PATROL:
                layer.CreateField(_definition(field))

    def keep(
        self, parts: Iterable[pd.DataFrame], days: set[str], translate: Translate = untranslated
    ) -> int:
        """Put patrols in the place of those that are kept of the same days; give their number.

        Args:
            parts: Columns of the table ``patrol``, and ``wkb``: LineStringZM in degrees.
            days: ISO days whose older lines go.
            translate: Language in which reasons and remarks are kept.

        Raises:
            StoreError: The file cannot be written; what it held is still there.
        """
        with self.keeping(parts, days, translate) as count:
            return count

    @contextmanager
    def keeping(
        self, parts: Iterable[pd.DataFrame], days: set[str], translate: Translate = untranslated
    ) -> Iterator[int]:
        """Do as :meth:`keep`, undone where what is done meanwhile fails.

        Raises:
            StoreError: The file cannot be written; what it held is still there.
        """
        was_there = self.path.exists()
        self.make()
        try:
            with self._changed() as source:
                layer = source.GetLayerByName(PATROL.name)
                _remove(layer, [f"day = '{day}'" for day in sorted(days)])
                yield sum(_append(layer, part, translate) for part in parts)
        except BaseException:
            if not was_there:
                self.path.unlink(missing_ok=True)
            raise

    def purge(self, before: str) -> int:
        """Delete the lines of months before one (``2024-07``), as fixes are; give their number.

        Raises:
            StoreError: The file is damaged or cannot be written.
        """
        if not self.path.exists():
            return 0
        with self._changed() as source:
            gone = _remove(source.GetLayerByName(PATROL.name), [f"day < '{before}'"])
        with _told(self.path):
            # or the deleted positions would still be in the file
            gdal.OpenEx(str(self.path), gdal.OF_VECTOR | gdal.OF_UPDATE).ExecuteSQL("VACUUM")
        return gone

    @contextmanager
    def _changed(self) -> Iterator[Any]:
        """Open the file for one transaction, which is undone where anything goes wrong."""
        with _told(self.path):
            source = gdal.OpenEx(str(self.path), gdal.OF_VECTOR | gdal.OF_UPDATE)
            source.StartTransaction()
            try:
                yield source
            except BaseException:
                source.RollbackTransaction()
                raise
            source.CommitTransaction()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell what OGR or the system says about the file as one sentence.

    Raises:
        StoreError: It says that something is wrong.
    """
    gdal.UseExceptions()
    try:
        yield
    except (RuntimeError, OSError) as error:
        raise StoreError(
            tr("{path} cannot be written ({reason}); check the folder and free space."),
            path=str(path),
            reason=str(error),
        ) from error


def _definition(field: Field) -> Any:
    made = ogr.FieldDefn(field.name, TYPES.get(field.kind, ogr.OFTString))
    if field.kind == "boolean":
        made.SetSubType(ogr.OFSTBoolean)
    return made


def _remove(layer: Any, filters: list[str]) -> int:
    gone = 0
    for text in filters:
        layer.SetAttributeFilter(text)
        for number in [feature.GetFID() for feature in layer]:
            layer.DeleteFeature(number)
            gone += 1
    layer.SetAttributeFilter(None)
    return gone


def _append(layer: Any, part: pd.DataFrame, translate: Translate) -> int:
    told = plain_reasons(part, translate)
    columns = [stored(told[field.name], field, PATROL) for field in PATROL]
    for *values, wkb in zip(*columns, part["wkb"], strict=True):
        feature = ogr.Feature(layer.GetLayerDefn())
        for index, value in enumerate(values):
            if value is not None:
                feature.SetField(index, value)
        feature.SetGeometryDirectly(ogr.CreateGeometryFromWkb(bytes(wkb)))
        layer.CreateFeature(feature)
    return len(part)
