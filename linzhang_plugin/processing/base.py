"""What every Linzhang algorithm shares: names, help, errors, parameters, styled outputs.

An algorithm declares its parameters in :meth:`LinzhangAlgorithm.declare` and does its work in
:meth:`LinzhangAlgorithm.work` through a :class:`Call`, which holds one run's parameters, so that
nothing of a run is ever kept on the algorithm. Inputs are read and checked first, the engine
thinks, and only then are sinks opened: a failed run writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

import geopandas as gpd
import pandas as pd
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsExpressionContextUtils,
    QgsFeatureRequest,
    QgsMessageLog,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterString,
    QgsWkbTypes,
)

from linzhang_plugin.core.faults import FaultError, fault_of
from linzhang_plugin.core.messages import InputError, LinzhangError, Message, tr
from linzhang_plugin.core.progress import Progress
from linzhang_plugin.core.tables.field import Table
from linzhang_plugin.language import language, translate
from linzhang_plugin.processing import bridge

HELP = Path(__file__).parents[1] / "help"
STYLES = Path(__file__).parents[1] / "styles"

SOURCE_OF_GEOMETRY = {
    "": Qgis.ProcessingSourceType.Vector,
    "Point": Qgis.ProcessingSourceType.VectorPoint,
    "MultiPoint": Qgis.ProcessingSourceType.VectorPoint,
    "MultiLineString": Qgis.ProcessingSourceType.VectorLine,
    "LineStringZM": Qgis.ProcessingSourceType.VectorLine,
    "MultiPolygon": Qgis.ProcessingSourceType.VectorPolygon,
}


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


class LinzhangAlgorithm(QgsProcessingAlgorithm):
    """Base of all algorithms.

    A subclass sets NAME (fixed, lower case), TITLE and GROUP (English, marked with ``tr``),
    and writes ``declare`` and ``work``. (``run`` is QGIS's own: a method of that name would hide
    it from ``processing.run``.)
    """

    NAME: ClassVar[str]
    TITLE: ClassVar[str]
    GROUP: ClassVar[str]

    def declare(self) -> None:
        """Add the parameters and outputs."""
        raise NotImplementedError

    def work(self, call: Call) -> dict[str, Any]:
        """Do the work and return the outputs."""
        raise NotImplementedError

    def name(self) -> str:
        """Give the fixed name."""
        return self.NAME

    def displayName(self) -> str:  # noqa: N802 - name fixed by QGIS
        """Give the title in the user's language."""
        return translate(self.TITLE)

    def group(self) -> str:
        """Give the group's title in the user's language."""
        return translate(self.GROUP)

    def groupId(self) -> str:  # noqa: N802 - name fixed by QGIS
        """Give the group's id: the room's folder."""
        return type(self).__module__.split(".")[-2]

    def createInstance(self) -> LinzhangAlgorithm:  # noqa: N802 - name fixed by QGIS
        """Give a fresh instance for a run."""
        return type(self)()

    def shortHelpString(self) -> str:  # noqa: N802 - name fixed by QGIS
        """Give the help page in the user's language."""
        page = HELP / language() / f"{self.NAME}.html"
        return page.read_text(encoding="utf-8") if page.exists() else ""

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802
        """Declare the parameters to QGIS."""
        del configuration
        self.declare()

    def add(
        self,
        parameter: QgsProcessingParameterDefinition,
        description: str = "",
        advanced: bool = False,
    ) -> None:
        """Add a parameter and make sure that QGIS took it.

        QGIS refuses a parameter whose name is taken (also by an output) by returning False
        and saying nothing.
        """
        if description:
            parameter.setHelp(translate(description))
        if advanced:
            flag = Qgis.ProcessingParameterFlag.Advanced
            parameter.setFlags(parameter.flags() | flag)
        name = parameter.name()
        if not self.addParameter(parameter):
            raise AssertionError(f"{self.NAME}: parameter {name} refused by QGIS")

    def add_sink(self, name: str, table: Table, optional: bool = False) -> None:
        """Add an output layer or table described by a schema."""
        title = table.zh if language() == "zh" else table.en
        sink = QgsProcessingParameterFeatureSink(
            name, title, SOURCE_OF_GEOMETRY[table.geometry], None, optional
        )
        sink.setCreateByDefault(not optional)
        self.add(sink)

    def add_workspace(self, optional: bool = False) -> None:
        """Add WORKSPACE; empty means the project's ``linzhang_workspace`` variable."""
        self.add(
            QgsProcessingParameterString("WORKSPACE", translate(tr("Workspace")), "", False, True),
            tr("A GeoPackage or a PostgreSQL connection; empty: that of the open project."),
        )
        del optional

    def processAlgorithm(  # noqa: N802 - name fixed by QGIS
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Run, turning every error into one translated sentence; the log gets the fault's place."""
        try:
            return self.work(Call(self, parameters, context, feedback))
        except FaultError as error:
            log_fault(error)
            raise QgsProcessingException(error.message.render(translate)) from error
        except LinzhangError as error:
            raise QgsProcessingException(error.message.render(translate)) from error
        except MemoryError as error:
            raise QgsProcessingException(
                translate(tr("There is not enough memory; close programs or use fewer features."))
            ) from error
        except QgsProcessingException:
            raise
        except Exception as error:
            fault = fault_of(error)
            log_fault(fault)
            raise QgsProcessingException(fault.message.render(translate)) from error


def log_fault(fault: FaultError) -> None:
    """Put a fault's report into QGIS's log, where developers ask users to look."""
    QgsMessageLog.logMessage(fault.report, "Linzhang", Qgis.MessageLevel.Critical)


class Call:
    """One run of an algorithm: its parameters, its progress and its outputs."""

    def __init__(
        self,
        algorithm: LinzhangAlgorithm,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> None:
        """Hold what QGIS handed to the run."""
        self.algorithm = algorithm
        self.parameters = parameters
        self.context = context
        self.feedback = feedback

    # -- reading ---------------------------------------------------------------

    def given(self, name: str) -> bool:
        """Tell whether an optional parameter was given (not None and not empty)."""
        return self.parameters.get(name) not in (None, "", [])

    def text(self, name: str) -> str:
        """Give a string parameter, stripped."""
        return self.algorithm.parameterAsString(self.parameters, name, self.context).strip()

    def integer(self, name: str) -> int:
        """Give a whole number."""
        return int(self.algorithm.parameterAsInt(self.parameters, name, self.context))

    def number(self, name: str) -> float | None:
        """Give a number, or None when it is optional and was not given."""
        value = self.parameters.get(name, self.definition(name).defaultValue())
        if value is None or value == "":
            return None
        return float(self.algorithm.parameterAsDouble(self.parameters, name, self.context))

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
        return str(self.algorithm.parameterAsFileOutput(self.parameters, name, self.context))

    def raster_path(self, name: str) -> str:
        """Give the path that an output raster is to be written to, empty when skipped."""
        if not self.given(name):
            return ""
        return str(self.algorithm.parameterAsOutputLayer(self.parameters, name, self.context))

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
            layer=source.sourceName() or name,
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
        frame = bridge.read_frame(source, name, self.feedback, needs_crs=needs_crs)
        bridge.check_coordinates(frame, source.sourceName() or name)
        wrong = ~(frame.geometry.isna() | frame.geometry.is_valid)
        if wrong.any():
            raise InputError(
                tr("{parameter}: the geometry of row {row} crosses itself; repair it first."),
                parameter=name,
                row=int(wrong.to_numpy().argmax()) + 1,
            )
        return frame

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
    ) -> str | None:
        """Write a result into the sink ``name`` with the table's columns.

        Args:
            name: Output parameter.
            frame: Rows; a GeoDataFrame where the table has geometry.
            table: The declared columns; missing ones are written as NULL.
            crs: CRS to write in; the frame's own when None.
            extra: Further columns of the frame to pass on (a stand layer's own fields).

        Returns:
            The layer's id or path, or None when the sink was skipped.
        """
        return self.write_parts(name, [frame], frame, table, crs, extra)

    def write_parts(
        self,
        name: str,
        parts: Iterable[pd.DataFrame],
        frame: gpd.GeoDataFrame | pd.DataFrame,
        table: Table,
        crs: QgsCoordinateReferenceSystem | None = None,
        extra: tuple[str, ...] = (),
    ) -> str | None:
        """Write a result that comes in parts, so that it is never whole in memory.

        Args:
            name: Output parameter; where it is skipped no part is asked for.
            parts: Rows.
            frame: Any rows of the same columns.
            table: The declared columns.
            crs: As for :meth:`write`.
            extra: As for :meth:`write`.

        Returns:
            The layer's id or path, or None when the sink was skipped.
        """
        # Neither scratch layers nor GeoPackages store aliases: they would warn of each field.
        # A loaded layer gets them below.
        fields = bridge.fields_of(table, frame, extra, aliases=False)
        shape = bridge.wkb_type(table)
        target = crs or bridge.crs_of(frame)
        sink, destination = self.algorithm.parameterAsSink(
            self.parameters, name, self.context, fields, shape, target
        )
        if sink is None:
            if not self.given(name):
                return None
            raise InputError(
                tr("{parameter}: {value} cannot be written; check the folder and free space."),
                parameter=name,
                value=str(self.parameters.get(name)),
            )
        for one in parts:
            bridge.write_frame(sink, one, fields, target, self.feedback)
        del sink
        self.dress(destination, table)
        return str(destination)

    def dress(self, destination: str, table: Table) -> None:
        """Have the loaded layer named, styled and given its aliases."""
        if not self.context.willLoadLayerOnCompletion(destination):
            return
        details = self.context.layerToLoadOnCompletionDetails(destination)
        details.name = table.zh if language() == "zh" else table.en
        details.forceName = True
        _DRESSERS[destination] = dresser = _Dresser(table, destination)
        details.setPostProcessor(dresser)


_DRESSERS: dict[str, _Dresser] = {}
"""Post-processors alive until QGIS has used them: it keeps no reference of its own."""


class _Dresser(QgsProcessingLayerPostProcessorInterface):
    """Styles a loaded output layer and gives its fields their aliases."""

    def __init__(self, table: Table, destination: str) -> None:
        super().__init__()
        self.table = table
        self.destination = destination

    def postProcessLayer(self, layer: Any, context: Any, feedback: Any) -> None:  # noqa: N802
        """Dress the layer; called by QGIS on the main thread."""
        del context, feedback
        bridge.dress_layer(layer, self.table, STYLES)
        _DRESSERS.pop(self.destination, None)
