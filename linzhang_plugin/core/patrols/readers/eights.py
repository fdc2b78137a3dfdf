"""Digits read eight at a time: eight bytes as one number, all rows at once.

Eight ASCII digits in a 64-bit word become their number by three multiplications (the method of
W. Muła, "Faster quick strings to integers", used by simdjson); numpy does it for all rows.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from linzhang_plugin.core.patrols.fixes import Bools, Ints

Bytes = npt.NDArray[np.uint8]
Words = npt.NDArray[np.uint64]

EIGHT = 8
_ZEROS = 0x3030303030303030
_HIGH = np.uint64(0x8080808080808080)
_LOW = np.uint64(0x0F0F0F0F0F0F0F0F)


def words_before(data: Bytes, end: Ints) -> Words:
    """Give the eight bytes that end before each position (which must be 8 or more)."""
    view: Any = np.ndarray((max(0, len(data) - 7),), dtype="V8", buffer=data, strides=(1,))
    return np.asarray(view[end - EIGHT].view("<u8"), dtype=np.uint64)


def last_digits(words: Words, count: int) -> tuple[Words, Bools]:
    """Give the number that the last ``count`` (0 to 8) characters of words write.

    Returns:
        The numbers and which of them are digits only.
    """
    if count == 0:
        return np.zeros(len(words), dtype=np.uint64), np.ones(len(words), dtype=bool)
    if count < EIGHT:
        shift = np.uint64(8 * (EIGHT - count))
        words = ((words >> shift) << shift) | np.uint64(_ZEROS >> (8 * count))
    return eight_digits(words)


def eight_digits(words: Words) -> tuple[Words, Bools]:
    """Give the number that eight characters write, and whether they are digits only."""
    plain = words - np.uint64(_ZEROS)
    good = (((words + np.uint64(0x4646464646464646)) | plain) & _HIGH) == 0
    value = words & _LOW
    value = (value * np.uint64(2561)) >> np.uint64(8)
    value = ((value & np.uint64(0x00FF00FF00FF00FF)) * np.uint64(6553601)) >> np.uint64(16)
    value = ((value & np.uint64(0x0000FFFF0000FFFF)) * np.uint64(42949672960001)) >> np.uint64(32)
    return value, good


def rows_of(data: Bytes, start: Ints, width: int) -> Bytes:
    """Give (n, width) the bytes at each position."""
    if width == 0 or not len(start):
        return np.zeros((len(start), width), dtype=np.uint8)
    view: Any = np.ndarray(
        (max(0, len(data) - width + 1),), dtype=f"V{width}", buffer=data, strides=(1,)
    )
    return np.asarray(view[start].view(np.uint8).reshape(len(start), width))
