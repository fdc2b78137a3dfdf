"""The commands of docs/bare-slopes.md, run as they stand in an installed plugin."""

from __future__ import annotations

import re
import sqlite3
import subprocess
from pathlib import Path

import openpyxl
import pytest

PAGE = Path(__file__).parents[2] / "docs" / "bare-slopes.md"


def count(store: Path, table: str) -> int:
    with sqlite3.connect(store) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


@pytest.mark.full
def test_the_page_runs_from_image_to_list(installation, tmp_path: Path):
    script = "set -e\n" + "\n".join(re.findall(r"```bash\n(.*?)```", PAGE.read_text(), re.S))
    county = tmp_path / "示例 区"
    more = {
        "COUNTY": str(county),
        "SCALE": "0.3",
        "QT_QPA_PLATFORM": "offscreen",
        "QGIS_CUSTOM_CONFIG_PATH": str(installation.home),
    }
    done = subprocess.run(
        ["bash", "-c", script],
        env=installation.environment(**more),
        capture_output=True,
        text=True,
        timeout=1500,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "Traceback" not in done.stdout + done.stderr
    store = county / "county.gpkg"
    assert count(store, "slope_review") >= 3
    with sqlite3.connect(store) as connection:
        row = connection.execute(
            "SELECT status, priority FROM bare_slope WHERE site_code = '360702B240001'"
        ).fetchone()
    assert row[0] == "approved"
    assert row[1] in (1, 2, 3)
    for name in ("review", "due", "progress", "包山包人"):
        page = openpyxl.load_workbook(county / f"{name}.xlsx").active
        assert "示例" in page["A1"].value
        assert page.page_setup.paperSize in (9, "9")
