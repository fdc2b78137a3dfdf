"""The user's language: which it is, and the translator that speaks it.

Every room but core may ask here. The compiled translation lies in the package's ``i18n``
folder of a built plugin; in a checkout there may be none, and English is shown.
"""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

CONTEXT = "linzhang"
FOLDER = Path(__file__).parent / "i18n"


def language() -> str:
    """Give ``zh`` or ``en``: the language that QGIS is set to."""
    locale = str(QgsSettings().value("locale/userLocale", "") or "")
    return "zh" if locale.lower().startswith("zh") else "en"


def translate(text: str) -> str:
    """Give the text in the user's language, or unchanged where it has no translation."""
    return QCoreApplication.translate(CONTEXT, text)


def install_translator(code: str = "") -> QTranslator | None:
    """Install the compiled translation and return it, for removal when the plugin unloads.

    Args:
        code: ``zh`` or ``en``; the user's language when empty.

    Returns:
        The installed translator, or None when the language needs none or none is built.
    """
    if (code or language()) != "zh":
        return None
    translator = QTranslator()
    if not translator.load(str(FOLDER / "linzhang_zh_CN.qm")):
        return None
    QCoreApplication.installTranslator(translator)
    return translator
