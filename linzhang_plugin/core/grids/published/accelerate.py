"""Optional speed: the same loops run by numba where it is installed, by Python where it is not.

A hot loop is written once, over flat one-dimensional sequences and scalars only, with its own
integer random numbers and no transcendental function. So the operations and their order are
the same in both modes and the results are equal; only the time differs. Python lists are three
times as fast as arrays in plain Python, hence :func:`sequence`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

try:
    import numba
except Exception:  # numba missing, or broken beside this numpy: both mean "no accelerator"
    numba = None

AVAILABLE = numba is not None
"""Whether loops can be compiled here."""

MODULUS = 2_147_483_647
"""Modulus of the random numbers (Park and Miller 1988, multiplier 48271)."""


def compiled(function: Callable[..., Any], accelerated: bool) -> Callable[..., Any]:
    """Give the loop itself, or its compiled twin when asked for and possible."""
    if not (accelerated and AVAILABLE):
        return function
    return numba.njit(function)


def sequence(values: npt.ArrayLike, kind: type, accelerated: bool) -> Any:
    """Give values as what the loop runs fastest on: a flat array when compiled, else a list."""
    flat = np.ascontiguousarray(np.asarray(values, dtype=kind).ravel())
    return flat.copy() if accelerated and AVAILABLE else flat.tolist()


def exponential_quantiles(count: int = 4096) -> npt.NDArray[np.float64]:
    """Give ``-log(u)`` for evenly spaced u: the Metropolis test without calling exp."""
    return np.asarray(-np.log((np.arange(count) + 0.5) / count), dtype=np.float64)


def seed_state(seed: int, run: int) -> int:
    """Give a well-mixed start of the random numbers, from 1 to MODULUS - 1.

    The finaliser of SplitMix64 (Steele, Lea and Flood 2014) keeps neighbouring seeds apart.
    """
    mixed = (seed * 0x9E3779B97F4A7C15 + run * 0xD1B54A32D192ED03 + 0x2545F491) % 2**64
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1)):
        mixed = ((mixed ^ (mixed >> shift)) * factor) % 2**64
    return int(mixed % (MODULUS - 1)) + 1
