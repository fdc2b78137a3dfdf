"""A name for arrays of any content: geometries, texts, truth values."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

Array = npt.NDArray[Any]
"""Array whose elements the docstring names."""
