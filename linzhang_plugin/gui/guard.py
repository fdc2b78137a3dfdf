"""A slot that fails says so once, in the message bar; Qt would open a modal traceback."""

from __future__ import annotations

import functools
import traceback
from collections.abc import Callable
from typing import Any

from qgis import utils
from qgis.core import Qgis, QgsMessageLog

from linzhang_plugin.core.messages import LinzhangError, tr
from linzhang_plugin.language import translate


def guarded(slot: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a slot of a widget: the user gets a sentence, the log gets the traceback."""

    @functools.wraps(slot)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        try:
            return slot(*args, **kwargs)
        except LinzhangError as error:
            _say(error.message.render(translate))
        except Exception:
            QgsMessageLog.logMessage(traceback.format_exc(), "Linzhang", Qgis.MessageLevel.Critical)
            _say(translate(tr("That did not work; the log under Linzhang says more.")))
        return None

    return wrapped


def _say(text: str) -> None:
    if utils.iface is not None:
        utils.iface.messageBar().pushWarning("Linzhang", text)
