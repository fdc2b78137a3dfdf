"""Laws of walking: seconds a metre of plan distance by the slope that is walked up or down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from linzhang_plugin.core.messages import InputError, tr

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Law:
    """One law.

    Attributes:
        name: What it is asked for by.
        source: Where it is given.
        pace: Seconds a metre, on a path, by slope (rise over run, negative downhill).
    """

    name: str
    source: str
    pace: Callable[[Floats], Floats]


def _tobler(slope: Floats) -> Floats:
    return np.asarray(0.6 * np.exp(3.5 * np.abs(slope + 0.05)))


def _naismith(slope: Floats) -> Floats:
    return np.asarray(0.72 + 6.0 * np.maximum(slope, 0.0))


def _langmuir(slope: Floats) -> Floats:
    # The same lines and bounds as r.walk's default, 12° dividing gentle from steep descents.
    down = np.where(slope >= -0.2125, 1.9998 * slope, -1.9998 * slope)
    return np.asarray(0.72 + np.where(slope > 0, 6.0 * slope, down))


LAWS = {
    law.name: law
    for law in (
        Law("tobler", "Tobler 1993, Three presentations on geographical analysis", _tobler),
        Law("naismith", "Naismith 1892: 5 km an hour and an hour for 600 m of ascent", _naismith),
        Law("langmuir", "Naismith as amended by Aitken 1977 and Langmuir 1984", _langmuir),
    )
}


def law_of(name: str) -> Law:
    """Give a law by its name.

    Raises:
        InputError: There is none of that name.
    """
    if name not in LAWS:
        raise InputError(
            tr("Walking law {name} is not known; choose one of {known}."),
            name=name,
            known=", ".join(LAWS),
        )
    return LAWS[name]
