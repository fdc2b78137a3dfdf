"""Ranger-months side by side: processes of this machine, or the workers of a cluster."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from linzhang_plugin.core.batch import Work, in_processes, kept_in, on_dask
from linzhang_plugin.core.messages import tr
from linzhang_plugin.core.patrols import parts as engine
from linzhang_plugin.core.patrols.parts import Part, Run
from linzhang_plugin.core.patrols.sources import LARGEST
from linzhang_plugin.core.progress import Progress
from linzhang_plugin.language import translate
from linzhang_plugin.processing.base import LinzhangAlgorithm
from linzhang_plugin.processing.call import Call

FEW_PARTS = 16
"""So many are judged before a second process has started."""
MOST_BYTES = 400 * 2**20
"""Of finished parts that are kept in the user's profile."""
MOST_PROCESSES = 4


def add_scheduler(algorithm: LinzhangAlgorithm) -> None:
    """Add PROCESSES and SCHEDULER."""
    whole = QgsProcessingParameterNumber.Type.Integer
    algorithm.add(
        QgsProcessingParameterNumber(
            "PROCESSES", translate(tr("Processes (0: as many as pay)")), whole, 0, False, 0, 64
        ),
        advanced=True,
    )
    algorithm.add(
        QgsProcessingParameterString(
            "SCHEDULER", translate(tr("Dask scheduler address")), "", False, True
        ),
        tr("Its workers must see the workspace's folder under the same path."),
        advanced=True,
    )


def run_of(call: Call, parts: Sequence[Part]) -> Run:
    """Give the ``map`` by which parts are judged.

    Parts that are named by their content are kept in the user's profile when they are done:
    the next run, or one that starts again after it was stopped, only does what is missing.
    """
    named = bool(parts) and all(one.stamp and not one.stops for one in parts)
    folder = str(kept_folder()) if named else ""
    if call.text("SCHEDULER"):
        return on_dask(call.text("SCHEDULER"), folder)
    asked = call.integer("PROCESSES")

    def run(function: Work, items: Sequence[Any], progress: Progress) -> list[Any]:
        return in_processes(_processes(asked, len(items)))(function, items, progress)

    return kept_in(folder, run) if folder else run


def _processes(asked: int, parts: int) -> int:
    """Give how many processes pay for so many parts that are still to be judged."""
    if asked:
        return asked
    return 1 if parts < FEW_PARTS else min(MOST_PROCESSES, os.cpu_count() or 1)


def kept_folder() -> Path:
    """Give the folder of finished parts of this version of the engine; older files make room."""
    home = Path(QgsApplication.qgisSettingsDirPath()) / "linzhang" / "judged"
    folder = home / _edition()
    folder.mkdir(parents=True, exist_ok=True)
    files = sorted(home.rglob("*.pickle"), key=lambda path: -path.stat().st_mtime)
    room = MOST_BYTES
    for path in files:
        room -= path.stat().st_size
        if room < 0 or path.parent != folder:
            path.unlink(missing_ok=True)
    return folder


@cache
def _edition() -> str:
    """Name the engine by its source: what another version has judged is not used."""
    digest = hashlib.sha256(str(LARGEST).encode())
    for path in sorted(Path(str(engine.__file__)).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
