"""One run of an algorithm: what it was given, how far it is, and what it writes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsExpressionContextUtils,
    QgsFeatureRequest,
    QgsFeatureSink,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFolderDestination,
    QgsWkbTypes,
)

from linzhang_plugin.core.messages import InputError, Message, tr
from linzhang_plugin.core.progress import Progress
from linzhang_plugin.core.tables.field import Table
from linzhang_plugin.language import translate
from linzhang_plugin.processing import bridge
from linzhang_plugin.processing.outputs import (
    can_be_written,
    discard_output,
    dress_when_loaded,
    file_of,
)

_Source, _Shape = QgsProcessing.SourceType, QgsWkbTypes.GeometryType
SHAPES = {
    _Source.TypeVectorPoint: ({_Shape.PointGeometry}, tr("points")),
    _Source.TypeVectorLine: ({_Shape.LineGeometry}, tr("lines")),
    _Source.TypeVectorPolygon: ({_Shape.PolygonGeometry}, tr("polygons")),
    _Source.TypeVectorAnyGeometry: (
        {_Shape.PointGeometry, _Shape.LineGeometry, _Shape.PolygonGeometry},
        tr("shapes"),
    ),
}
"""What a layer parameter of each kind may hold; QGIS itself only filters its list by it."""
RESERVED = ("fid", "geom")
"""Columns that a GeoPackage keeps for itself: QGIS leaves a torn file where one is added."""
TOO_LARGE = 1e15
"""No figure of a county is as large, and what is reckoned from one still fits a whole number."""
KEYS_ANEW = QgsFeatureSink.SinkFlags(QgsFeatureSink.SinkFlag.RegeneratePrimaryKey)
"""An input's ``fid`` is passed on as a column: where a stand is cut it is no key any more."""


class Call:
    """One run of an algorithm: its parameters, its progress and its outputs."""

    def __init__(
        self,
        algorithm: QgsProcessingAlgorithm,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> None:
        """Hold what QGIS handed to the run."""
        self.algorithm = algorithm
        self.parameters = parameters
        self.context = context
        self.feedback = feedback
        self._settled = False
        self._begun: list[str] = []

    # -- reading ---------------------------------------------------------------

    def given(self, name: str) -> bool:
        """Tell whether an optional parameter was given (not None and not empty)."""
        return self.parameters.get(name) not in (None, "", [])

    def text(self, name: str) -> str:
        """Give a string parameter, stripped."""
        return self.algorithm.parameterAsString(self.parameters, name, self.context).strip()

    def integer(self, name: str) -> int:
        """Give a whole number.

        Raises:
            InputError: It is beyond any use or not a number, which QGIS lets pass.
        """
        self._usable(name)
        return int(self.algorithm.parameterAsInt(self.parameters, name, self.context))

    def number(self, name: str) -> float | None:
        """Give a number, or None when it is optional and was not given.

        Raises:
            InputError: It is beyond any use or not a number, which QGIS lets pass.
        """
        value = self.parameters.get(name, self.definition(name).defaultValue())
        if value is None or value == "":
            return None
        return self._usable(name)

    def _usable(self, name: str) -> float:
        number = float(self.algorithm.parameterAsDouble(self.parameters, name, self.context))
        if not abs(number) < TOO_LARGE:
            raise InputError(tr("{parameter}: {value} is no number; correct it."),
                             parameter=name, value=str(number))  # fmt: skip
        return number

    def switch(self, name: str) -> bool:
        """Give a yes or no."""
        return bool(self.algorithm.parameterAsBool(self.parameters, name, self.context))

    def choice(self, name: str) -> int:
        """Give the index of an enumeration's value."""
        return int(self.algorithm.parameterAsEnum(self.parameters, name, self.context))

    def path(self, name: str) -> str:
        """Give the path of a file or folder parameter, output parameters included."""
        return str(self.algorithm.parameterAsString(self.parameters, name, self.context))

    def output_path(self, name: str) -> str:
        """Give the path that an output file is to be written to, empty when skipped."""
        return self._begin(
            self.algorithm.parameterAsFileOutput(self.parameters, name, self.context)
        )

    def raster_path(self, name: str) -> str:
        """Give the path that an output raster is to be written to, empty when skipped."""
        if not self.given(name):
            return ""
        path = self.algorithm.parameterAsOutputLayer(self.parameters, name, self.context)
        return self._begin(path)

    def workspace(self) -> str:
        """Give WORKSPACE, or the open project's variable ``linzhang_workspace``.

        Raises:
            InputError: Neither is set.
        """
        given = self.text("WORKSPACE")
        if given:
            return given
        scope = QgsExpressionContextUtils.projectScope(self.context.project())
        value = str(scope.variable("linzhang_workspace") or "")
        if not value:
            raise InputError(
                tr("No workspace: choose one in WORKSPACE or open the project of a workspace.")
            )
        home = self.context.project().homePath()
        if not Path(value).exists() and home:
            # The folder was moved or copied to another machine: the file is beside the project.
            beside = Path(home) / value.replace("\\", "/").rsplit("/", 1)[-1]
            return str(beside) if beside.exists() else value
        return value

    def definition(self, name: str) -> QgsProcessingParameterDefinition:
        """Give the declaration of a parameter."""
        return self.algorithm.parameterDefinition(name)

    def source(self, name: str) -> QgsProcessingFeatureSource | None:
        """Give a feature source, or None when it is optional and was not given.

        Raises:
            InputError: The layer cannot be opened.
        """
        if not self.given(name):
            return None
        source = self.algorithm.parameterAsSource(self.parameters, name, self.context)
        if source is None:
            raise InputError(
                tr("{parameter}: {value} cannot be opened as a layer; check the path."),
                parameter=name,
                value=str(self.parameters.get(name)),
            )
        self._check_shape(name, source)
        return source

    def _check_shape(self, name: str, source: QgsProcessingFeatureSource) -> None:
        """Refuse a layer whose geometry is not of the kind that the parameter declares."""
        definition = self.definition(name)
        if not isinstance(definition, QgsProcessingParameterFeatureSource):
            return
        kinds = [SHAPES.get(_Source(kind)) for kind in definition.dataTypes()]
        if not kinds or None in kinds:
            return
        allowed = [kind for kind in kinds if kind is not None]
        shape = QgsWkbTypes.geometryType(source.wkbType())
        if shape == _Shape.UnknownGeometry or any(shape in shapes for shapes, _ in allowed):
            return
        raise InputError(
            tr("{parameter}: layer {layer} has no {shapes}; choose a layer of {shapes}."),
            parameter=name,
            layer=self.layer_name(name, source),
            shapes=Message(allowed[0][1]),
        )

    def frame(self, name: str, needs_crs: bool = True) -> gpd.GeoDataFrame | None:
        """Read a whole source as a GeoDataFrame in the source's own CRS.

        Returns:
            The frame, or None when the parameter is optional and was not given.

        Raises:
            InputError: The layer cannot be opened, is empty, has geometry without a CRS, or
                coordinates that its CRS cannot have.
        """
        source = self.source(name)
        if source is None:
            return None
        # QGIS's own check throws out of the middle of its iterator, which can end the process.
        source.setInvalidGeometryCheck(QgsFeatureRequest.InvalidGeometryCheck.GeometryNoCheck)
        title = self.layer_name(name, source)
        frame = bridge.read_frame(source, title, self.feedback, needs_crs=needs_crs)
        bridge.check_coordinates(frame, title)
        wrong = ~(frame.geometry.isna() | frame.geometry.is_valid)
        if wrong.any():
            raise InputError(
                tr("{parameter}: the geometry of row {row} crosses itself; repair it first."),
                parameter=name,
                row=int(wrong.to_numpy().argmax()) + 1,
            )
        return frame

    def layer_name(self, name: str, source: QgsProcessingFeatureSource) -> str:
        """Give the name by which the user chose a layer, for sentences about it.

        QGIS names a layer of a GeoPackage after the file; the user chose one of the file's.
        """
        value = self.parameters.get(name)
        parts = value.split("|layername=") if isinstance(value, str) else []
        inner = parts[1].split("|")[0] if len(parts) > 1 else ""
        return inner or source.sourceName() or name

    def field(self, name: str) -> str:
        """Give the name of a field parameter, empty when not given."""
        return self.text(name)

    # -- progress --------------------------------------------------------------

    @property
    def progress(self) -> Progress:
        """Progress for an engine: moves the bar, shows messages, answers False on cancel."""

        def report(fraction: float, message: Message | None = None) -> bool:
            self.feedback.setProgress(100.0 * fraction)
            if message is not None:
                self.feedback.pushInfo(message.render(translate))
            return not self.feedback.isCanceled()

        return report

    def settle(self) -> None:
        """Say that the workspace is written: what follows shows it, and is not cancelled."""
        self._settled = True

    def say(self, message: Message) -> None:
        """Show a sentence in the log."""
        self.feedback.pushInfo(message.render(translate))

    def warn(self, message: Message) -> None:
        """Show a warning in the log."""
        self.feedback.pushWarning(message.render(translate))

    # -- writing ---------------------------------------------------------------

    def write(
        self,
        name: str,
        frame: gpd.GeoDataFrame | pd.DataFrame,
        table: Table,
        crs: QgsCoordinateReferenceSystem | None = None,
        extra: tuple[str, ...] = (),
        parts: Iterable[pd.DataFrame] | None = None,
    ) -> str | None:
        """Write a result into the sink ``name`` with the table's columns.

        Args:
            name: Output parameter; where it is skipped no part is asked for.
            frame: Rows; a GeoDataFrame where the table has geometry.
            table: The declared columns; missing ones are written as NULL.
            crs: CRS to write in; the frame's own when None.
            extra: Further columns of the frame to pass on (a stand layer's own fields).
            parts: The rows where they come in parts, so that they are never whole in memory;
                ``frame`` then only shows the columns.

        Returns:
            The layer's id or path, or None when the sink was skipped.
        """
        extra = self._passed_on(name, frame, extra)
        # Neither scratch layers nor GeoPackages store aliases: they would warn of each field.
        # A loaded layer gets them below.
        fields = bridge.fields_of(table, frame, extra, aliases=False)
        shape = bridge.wkb_type(table)
        target = crs or bridge.crs_of(frame)
        self._begin(file_of(self.parameters.get(name)))  # a sink that fails leaves its file
        try:
            sink, destination = self.algorithm.parameterAsSink(
                self.parameters, name, self.context, fields, shape, target, KEYS_ANEW
            )
        except QgsProcessingException as error:
            raise self._unwritable(name) from error
        if sink is None:
            if not self.given(name):
                return None
            raise self._unwritable(name)
        self._begun.append(destination)
        for one in [frame] if parts is None else parts:
            bridge.write_frame(sink, one, fields, target, None if self._settled else self.feedback)
        del sink
        dress_when_loaded(self.context, destination, table)
        return str(destination)

    def _passed_on(self, name: str, frame: pd.DataFrame, extra: tuple[str, ...]) -> tuple[str, ...]:
        """Leave out the further columns that no GeoPackage takes; row numbers are no loss."""
        kept = []
        for column in extra:
            lower = column.lower()
            rows = lower == "fid" and pd.api.types.is_integer_dtype(frame.get(column))
            if lower not in RESERVED or rows:
                kept.append(column)
            elif column in frame.columns and frame[column].notna().any():
                self.warn(
                    Message(
                        tr(
                            "{parameter}: field {field} of the input is left out, as a GeoPackage"
                            " keeps that name for itself; rename it to keep it."
                        ),
                        {"parameter": name, "field": column},
                    )
                )
        return tuple(kept)

    def _unwritable(self, name: str) -> InputError:
        return InputError(
            tr("{parameter}: {value} cannot be written; check the folder and free space."),
            parameter=name,
            value=file_of(self.parameters.get(name)) or str(self.parameters.get(name)),
        )

    def check_outputs(self) -> None:
        """Refuse an output that cannot be written, before any work.

        Raises:
            InputError: It is a folder where a file is wanted, or its folder cannot be written to.
        """
        for definition in self.algorithm.parameterDefinitions():
            path = file_of(self.parameters.get(definition.name()))
            if (
                definition.isDestination()
                and path
                and not can_be_written(
                    Path(path), isinstance(definition, QgsProcessingParameterFolderDestination)
                )
            ):
                raise self._unwritable(definition.name())

    def _begin(self, path: str) -> str:
        """Remember an output file that is about to be made; one that is there stays."""
        if path and not Path(path).exists():
            self._begun.append(path)
        return str(path)

    def discard(self) -> None:
        """Take away the outputs that a failed run began, so that none is left half-written."""
        for destination in self._begun:
            discard_output(destination)
