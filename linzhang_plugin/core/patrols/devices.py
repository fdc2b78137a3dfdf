"""Ids of phones and loggers: kept as marks that tell one from another and name none.

An IMEI leads to a person's telephone, so it goes no further than the import: what is stored,
shown and compared is a mark made from it. The same phone always gets the same mark.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

import numpy as np

from linzhang_plugin.core.patrols.fixes import Fixes

_KEY = b"linzhang device"
_MARK = re.compile(r"d-[0-9a-f]{12}")


def device_mark(device: str) -> str:
    """Give the mark of a device id, empty for none; a mark stays as it is."""
    word = device.strip()
    if not word or _MARK.fullmatch(word):
        return word
    digest = hashlib.blake2b(word.casefold().encode(), key=_KEY, digest_size=6)
    return f"d-{digest.hexdigest()}"


def with_marks(fixes: Fixes) -> Fixes:
    """Give fixes with marks in the place of their device ids."""
    if not fixes.devices:
        return fixes
    marks = [device_mark(name) for name in fixes.devices]
    names = sorted(set(marks))
    place = {name: code for code, name in enumerate(names)}
    to = np.array([*(place[mark] for mark in marks), -1], dtype=np.int32)
    return replace(fixes, devices=tuple(names), device=to[fixes.device])
