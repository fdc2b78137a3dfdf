"""Core's own tests with the newest numpy, pandas, geopandas, shapely and scipy.

Users on Windows have those. ``scripts/test`` starts that run beside this one, in a virtual
environment without QGIS; here its end is awaited and judged.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

PATIENCE_S = 1200


@pytest.mark.skipif("LINZHANG_NEWEST" not in os.environ, reason="started by scripts/test only")
def test_core_passes_with_the_newest_libraries():
    folder = Path(os.environ["LINZHANG_NEWEST"])
    end = time.monotonic() + PATIENCE_S
    while not (folder / "code").exists():
        assert time.monotonic() < end, f"no end after {PATIENCE_S} s: {folder / 'log'}"
        time.sleep(0.5)
    log = (folder / "log").read_text(encoding="utf-8", errors="replace")
    assert (folder / "code").read_text().strip() == "0", log[-6000:]
    assert " passed" in log
