"""Every algorithm, taken as it comes: a usual run, odd values, and being stopped halfway.

Whatever happens, the user reads one sentence, the workspace is as it was, and no output is left
that is not whole.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProcessingException, QgsProcessingFeedback

from linzhang_plugin.processing.provider import ROOMS
from tests.processing.odd_values import odd_values
from tests.processing.usual_runs import UsualRuns, make_usual_runs

pytestmark = pytest.mark.full

NAMES = [algorithm.NAME for room in ROOMS for algorithm in room.ALGORITHMS]
NAMES.remove("createworkspace")  # it makes the county that the others work on
CANCELLED = "Cancelled; nothing was written."
ODD_VALUES = 15
"""Odd values tried of each algorithm, picked by chance with its name as the seed."""
NO_CHANCE = {
    "adoptcorrections", "backupworkspace", "migrateworkspace", "patrolnotice", "restoreworkspace",
    "rolloveryear",
}  # fmt: skip
"""One copy, one transaction or one document each: there is nothing to stop."""


@pytest.fixture(scope="module")
def run(provider):
    from qgis import processing

    def by_name(name: str, feedback: Any = None, **parameters: Any) -> dict[str, Any]:
        return processing.run(f"linzhang:{name}", parameters, feedback=feedback)

    return by_name


@pytest.fixture(scope="module")
def usual_runs(run, tmp_path_factory):
    return make_usual_runs(run, tmp_path_factory.mktemp("示例 县") / "county")


@dataclass
class Place:
    """A copy of the county and a folder for outputs, both looked at after every run."""

    runs: UsualRuns
    algorithm: Any
    run: Any
    folder: Path

    def __post_init__(self) -> None:
        self.outputs = self.folder / "outputs"
        self.odd = self.folder / "odd"
        self.odd.mkdir()
        self.renew()

    def renew(self) -> None:
        shutil.rmtree(self.folder / "county", ignore_errors=True)
        self.store = self.runs.county_copy(self.folder / "county")
        self.before = self.stored()

    def stored(self) -> tuple[list[str], list[str]]:
        connection = sqlite3.connect(self.store)
        rows = list(connection.iterdump())
        connection.close()
        return sorted(path.name for path in self.store.parent.iterdir()), rows

    def attempt(self, feedback: Any = None, **odd: Any) -> str:
        """Run once; give the sentence of a failure, after looking at what it left."""
        shutil.rmtree(self.outputs, ignore_errors=True)
        self.outputs.mkdir()
        parameters = self.runs.parameters(self.algorithm, self.store, self.outputs) | odd
        try:
            self.run(self.algorithm.name(), feedback, **parameters)
        except QgsProcessingException as error:
            assert [path for path in self.outputs.rglob("*") if path.is_file()] == []
            assert self.stored() == self.before
            return str(error)
        if self.stored() != self.before:
            self.renew()
        return ""


@pytest.fixture(params=NAMES)
def place(request, provider, run, usual_runs, tmp_path):
    return Place(usual_runs, provider.algorithm(request.param), run, tmp_path)


def test_a_usual_run_writes_every_output(place):
    assert place.attempt() == ""
    wanted = [p for p in place.algorithm.parameterDefinitions() if p.isDestination()]
    for parameter in wanted:
        written = place.outputs / place.runs.file_name(parameter)
        assert written.exists(), parameter.name()


def test_an_odd_value_gets_a_sentence_and_leaves_nothing(place):
    cases = [
        (parameter.name(), what, made)
        for parameter in place.algorithm.parameterDefinitions()
        for what, made in odd_values(place.runs, place.algorithm, parameter, place.odd)
    ]
    chance = random.Random(place.algorithm.name())
    for name, what, made in chance.sample(cases, min(ODD_VALUES, len(cases))):
        said = place.attempt(**{name: made()})
        assert "fault of its own" not in said and "Traceback" not in said, (name, what, said)
        if not said.startswith("Unable to execute"):  # QGIS's own check speaks in two lines
            assert "\n" not in said, (name, what, said)


class Impatient(QgsProcessingFeedback):
    """Cancels when it was asked so many times whether to."""

    def __init__(self, patience: float) -> None:
        super().__init__(False)
        self.patience = patience
        self.asked = 0

    def isCanceled(self):
        self.asked += 1
        if self.asked > self.patience:
            self.cancel()
        return super().isCanceled()


def test_a_stopped_run_leaves_nothing(place):
    patient = Impatient(float("inf"))
    assert place.attempt(patient) == ""
    if place.algorithm.name() in NO_CHANCE:
        return
    assert patient.asked > 0, "it cannot be stopped"
    chance = random.Random(place.algorithm.name())
    points = {0, *(chance.randrange(patient.asked) for _ in range(3))}
    stopped = [place.attempt(Impatient(point)) for point in sorted(points)]
    assert stopped[0] == CANCELLED
    assert set(stopped) <= {CANCELLED, ""}
