"""A name for what was asked, by its content: the same in every process and on every run.

A pickle's bytes will not do: they depend on which objects happen to be shared.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import shapely


def fingerprint(value: Any) -> str:
    """Give 32 hexadecimal digits that depend on the content of a value only.

    Dataclasses, mappings, sequences, arrays, frames with or without geometry, texts and
    numbers and shapes are followed; anything else counts by its ``repr``.
    """
    digest = hashlib.sha256()
    _feed(digest, value)
    return digest.hexdigest()[:32]


def _feed(digest: Any, value: Any) -> None:
    digest.update(type(value).__name__.encode())
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            digest.update(field.name.encode())
            _feed(digest, getattr(value, field.name))
    elif isinstance(value, pd.DataFrame):
        digest.update(str(getattr(value, "crs", "") if "geometry" in value else "").encode())
        for name in value.columns:
            digest.update(str(name).encode())
            _feed_array(digest, value[name].to_numpy())
    elif isinstance(value, pd.Series):
        _feed_array(digest, value.to_numpy())
    elif isinstance(value, np.ndarray):
        digest.update(str(value.shape).encode())
        _feed_array(digest, value)
    elif isinstance(value, shapely.Geometry):  # its repr is cut off
        digest.update(shapely.to_wkb(value))
    elif isinstance(value, Mapping):
        for name, item in sorted(value.items(), key=lambda pair: str(pair[0])):
            digest.update(str(name).encode())
            _feed(digest, item)
    elif isinstance(value, (list, tuple)):
        digest.update(str(len(value)).encode())
        for item in value:
            _feed(digest, item)
    else:
        digest.update(repr(value).encode())


def _feed_array(digest: Any, array: Any) -> None:
    if getattr(array, "dtype", None) is not None and array.dtype.kind in "biufc":
        digest.update(np.ascontiguousarray(array).tobytes())
        return
    for item in np.asarray(array, dtype=object).ravel():
        if isinstance(item, shapely.Geometry):
            digest.update(shapely.to_wkb(item))
        else:
            digest.update(repr(item).encode() + b"\0")
