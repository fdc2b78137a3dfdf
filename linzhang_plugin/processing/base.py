"""What every Linzhang algorithm shares: names, help, parameters and errors.

An algorithm declares its parameters in :meth:`LinzhangAlgorithm.declare` and does its work in
:meth:`LinzhangAlgorithm.work` through a :class:`Call`, which holds one run's parameters, so that
nothing of a run is ever kept on the algorithm. Inputs are read and checked first, the engine
thinks, and only then are sinks opened; a run that fails or is stopped leaves no output.
"""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any, ClassVar

from qgis.core import (
    Qgis,
    QgsMessageLog,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterString,
)

from linzhang_plugin.core.faults import FaultError, fault_of
from linzhang_plugin.core.messages import LinzhangError, tr
from linzhang_plugin.core.tables.field import Table
from linzhang_plugin.language import language, translate
from linzhang_plugin.processing.call import Call

HELP = Path(__file__).parents[1] / "help"

SOURCE_OF_GEOMETRY = {
    "": Qgis.ProcessingSourceType.Vector,
    "Point": Qgis.ProcessingSourceType.VectorPoint,
    "MultiPoint": Qgis.ProcessingSourceType.VectorPoint,
    "MultiLineString": Qgis.ProcessingSourceType.VectorLine,
    "LineStringZM": Qgis.ProcessingSourceType.VectorLine,
    "MultiPolygon": Qgis.ProcessingSourceType.VectorPolygon,
}


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

    def add_workspace(self) -> None:
        """Add WORKSPACE; empty means the project's ``linzhang_workspace`` variable."""
        self.add(
            QgsProcessingParameterString("WORKSPACE", translate(tr("Workspace")), "", False, True),
            tr("A GeoPackage or a PostgreSQL connection; empty: that of the open project."),
        )

    def processAlgorithm(  # noqa: N802 - name fixed by QGIS
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Run, turning every error into one translated sentence; the log gets the fault's place."""
        call = Call(self, parameters, context, feedback)
        try:
            call.check_outputs()
            return self.work(call)
        except Exception as error:
            sentence = sentence_of(error)
            # The frames of the failed work hold its open sinks, whose files are to go.
            traceback.clear_frames(error.__traceback__)
            call.discard()
            raise QgsProcessingException(sentence) from error


def sentence_of(error: Exception) -> str:
    """Give what the user reads of an error, in the user's language."""
    if isinstance(error, QgsProcessingException):
        return str(error)
    if isinstance(error, MemoryError):
        return translate(tr("There is not enough memory; close programs or use fewer features."))
    told = error if isinstance(error, LinzhangError) else fault_of(error)
    if isinstance(told, FaultError):
        log_fault(told)
    return told.message.render(translate)


def log_fault(fault: FaultError) -> None:
    """Put a fault's report into QGIS's log, where developers ask users to look."""
    QgsMessageLog.logMessage(fault.report, "Linzhang", Qgis.MessageLevel.Critical)
