"""Which font Chinese is printed in, and how wide a text is in it."""

from __future__ import annotations

from qgis.core import QgsFontUtils
from qgis.PyQt.QtGui import QFont, QFontMetricsF

FAMILIES = (
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Source Han Sans SC",
    "Noto Sans CJK SC",
    "Microsoft YaHei",
    "SimHei",
    "PingFang SC",
)
"""Families with Chinese, those whose PDF text is right without repair first."""

CLOSING = "，、。；：）】》！？,.;:)%"
MEASURED = 200
"""Pixels at which texts are measured."""


def chinese_family() -> str:
    """Give the first family that is installed; a missing one would be replaced silently."""
    for family in FAMILIES:
        if QgsFontUtils.fontFamilyOnSystem(family):
            return family
    return str(QFont().family())


def font(family: str, points: float, bold: bool = False) -> QFont:
    """Give a font of a size in points."""
    made = QFont(family)
    made.setPointSizeF(points)
    made.setBold(bold)
    return made


def width_mm(text: str, family: str, points: float) -> float:
    """Give the width of a line of text, mm."""
    measured = QFont(family)
    measured.setPixelSize(MEASURED)
    return QFontMetricsF(measured).horizontalAdvance(text) / MEASURED * points * 25.4 / 72.0


def wrapped(text: str, family: str, points: float, width: float) -> list[str]:
    """Break a text into lines no wider than ``width`` mm; Chinese breaks anywhere.

    Nothing is lost: a single character wider than the line stands alone.
    """
    lines: list[str] = []
    for given in str(text).split("\n"):
        line = ""
        for sign in given:
            if line and width_mm(line + sign, family, points) > width:
                # A line never begins with a closing sign: the word before goes with it.
                kept = 1 if sign in CLOSING and len(line) > 1 else 0
                lines.append(line[: len(line) - kept])
                line = line[len(line) - kept :]
            line += sign
        lines.append(line)
    return lines
