"""The terrain and slope benches run, end in JSON, and say which peers are not there."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def bench(*arguments, path=None):
    given = dict(os.environ, **({"PATH": path} if path else {}))
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "bench"), *arguments],
        check=False, capture_output=True, text=True, timeout=120, env=given,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()


def test_slopes_without_peers_at_hand(tmp_path):
    pytest.importorskip("rasterio")
    lines = bench("slopes", "--mpx", "0.25", "--peers", "--json", path=str(tmp_path))
    figures = json.loads(lines[-1])
    assert figures["mpx"] == 0.25
    assert figures["sites"] > 3
    assert not any(key.startswith(("gdal", "grass")) for key in figures)
    assert sum("is not installed" in line for line in lines) == 2


def test_terrain_gives_rows_of_task_who_and_figure():
    lines = bench("terrain", "--cells", "40000", "--only", "hills", "--json")
    rows = json.loads(lines[-1])
    assert {who for _, who, _ in rows} >= {"this", "this, partition", "this, with polygons"}
    assert all(figure >= 0 for _, _, figure in rows)
