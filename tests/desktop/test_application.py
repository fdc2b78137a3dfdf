"""The QGIS application itself, under a virtual display, in Chinese, with nothing on its path."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from qgis.PyQt.QtGui import QImage

SESSION = Path(__file__).parent / "session.py"
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def seen(installation, tmp_path: Path) -> dict:
    """Run the session and give what it saw."""
    done = installation.desktop(SESSION, "--lang", "zh-Hans", SESSION_OUT=str(tmp_path))
    report = tmp_path / "seen.json"
    assert report.exists(), done.stdout + done.stderr
    facts = json.loads(report.read_text(encoding="utf-8"))
    assert done.returncode == 0, facts.get("error", done.stderr)
    return facts


def test_a_year_is_optimised_and_shown_in_chinese(seen, tmp_path: Path):
    assert seen["pythonpath"] == ""
    assert seen["geopandas"]
    assert CHINESE.search(seen["dock"])
    assert seen["buttons"] and all(CHINESE.search(text) for text in seen["buttons"])
    assert seen["figures"]["N_GRIDS"] == seen["n_grids"] == 6
    assert seen["figures"]["N_DISCONNECTED"] == 0
    assert seen["figures"]["CHANGED_PERCENT"] > 0
    assert seen["figures"]["MAX_DEVIATION_PERCENT"] < 60
    assert seen["table_rows"] >= 5
    assert any("网格" in name for name in seen["layers"])
    assert "网格编号" in seen["aliases"]
    assert seen["picture"]
    assert colours(tmp_path / "window.png") > 60
    assert colours(tmp_path / "map.png") >= 8, "the map is blank or in one colour"
    assert seen["left_after_unload"] == {"provider": False, "widgets": []}


def colours(file: Path) -> int:
    """Count the different colours on a coarse raster of points."""
    image = QImage(str(file))
    assert not image.isNull()
    points = ((x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7))
    return len({image.pixel(x, y) for x, y in points})
