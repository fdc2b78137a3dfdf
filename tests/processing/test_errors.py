"""What a user reads when something goes wrong: a sentence, never a traceback."""

from __future__ import annotations

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
)

from linzhang_plugin.core.child import run_in_child
from linzhang_plugin.core.messages import tr
from linzhang_plugin.processing.base import LinzhangAlgorithm


class Stumbles(LinzhangAlgorithm):
    """Divides by zero, here or in a child."""

    NAME = "stumbles"
    TITLE = tr("Grids")
    GROUP = tr("Grids")
    IN_CHILD = False

    def declare(self) -> None:
        """Take nothing."""

    def work(self, call):
        """Fail."""
        if self.IN_CHILD:
            return run_in_child("tests.truth.child_tasks:stumble", ())
        return {"N": 1 // len(call.parameters)}


class StumblesInChild(Stumbles):
    """The same a process further away."""

    IN_CHILD = True


@pytest.mark.parametrize("kind", [Stumbles, StumblesInChild])
def test_a_fault_of_the_program_is_one_sentence_and_a_report(kind, provider):
    heard = []
    log = QgsApplication.messageLog()
    log.messageReceived.connect(lambda text, tag, level: heard.append((tag, text)))
    algorithm = kind()
    with pytest.raises(QgsProcessingException) as caught:
        algorithm.processAlgorithm({}, QgsProcessingContext(), QgsProcessingFeedback())
    log.messageReceived.disconnect()
    sentence = str(caught.value)
    assert "ZeroDivisionError" in sentence
    assert "\n" not in sentence and "File" not in sentence
    assert any(tag == "Linzhang" and "line" in text for tag, text in heard)
