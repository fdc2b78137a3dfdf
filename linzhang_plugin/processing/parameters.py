"""Kinds of parameters that many algorithms declare alike, and how they are read."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
)

from linzhang_plugin.core.messages import InputError, tr
from linzhang_plugin.core.tables.reports import Report
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call

Number = QgsProcessingParameterNumber


def add_source(
    algorithm: LinzhangAlgorithm, name: str, title: str, kind: Any, optional: bool = True
) -> None:
    """Add a layer parameter."""
    algorithm.add(
        QgsProcessingParameterFeatureSource(name, translate(title), [kind], None, optional)
    )


def add_number(
    algorithm: LinzhangAlgorithm,
    name: str,
    title: str,
    default: float | None,
    whole: bool = False,
    least: float | None = None,
    advanced: bool = False,
    most: float | None = None,
) -> None:
    """Add a number; without a default it is optional."""
    kind = Number.Type.Integer if whole else Number.Type.Double
    parameter = Number(name, translate(title), kind, default, default is None)
    if least is not None:
        parameter.setMinimum(least)
    if most is not None:
        parameter.setMaximum(most)
    algorithm.add(parameter, advanced=advanced)


def add_choice(
    algorithm: LinzhangAlgorithm,
    name: str,
    title: str,
    options: list[str],
    default: int,
    advanced: bool = False,
) -> None:
    """Add an enumeration."""
    texts = [translate(option) for option in options]
    algorithm.add(
        QgsProcessingParameterEnum(name, translate(title), texts, False, default), advanced=advanced
    )


def add_report(algorithm: LinzhangAlgorithm) -> None:
    """Add REPORT, an html file."""
    algorithm.add(
        QgsProcessingParameterFileDestination(
            "REPORT", translate(tr("Report")), "HTML (*.html)", None, True
        )
    )


def write_report(call: Call, report: Report) -> str | None:
    """Write the report page when REPORT was asked for; it is there whole or as it was.

    Raises:
        InputError: The folder is read-only or the disk is full.
    """
    path = call.output_path("REPORT")
    if not path:
        return None
    draft = Path(path + ".part")
    try:
        draft.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(report.html(translate), encoding="utf-8")
        os.replace(draft, path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise InputError(
            tr("The report {file} cannot be written ({reason}); choose another folder."),
            file=path,
            reason=str(error.strerror or error),
        ) from error
    return path


def raster_source(call: Call, name: str) -> str:
    """Give the path of a raster parameter, empty when it was not given.

    Raises:
        InputError: It cannot be opened.
    """
    if not call.given(name):
        return ""
    layer = call.algorithm.parameterAsRasterLayer(call.parameters, name, call.context)
    if layer is None:
        raise InputError(
            tr("{parameter}: {value} cannot be opened as a raster; check the path."),
            parameter=name,
            value=str(call.parameters.get(name)),
        )
    return str(layer.source())
