"""60,000 stands for 600 posts from layer to tables: hard rules, bound and memory, in a child.

Time is not asserted: it depends on what else the machine does (see docs/benchmarks-scale.md).
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
MOST_MB = 1500.0


def measured(*arguments: str) -> dict[str, Any]:
    """Run ``scripts/bench scale`` in a child; its figures."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "bench"), "scale", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def check(figures: dict[str, Any], stands: int, posts: int) -> None:
    """Every stand in a grid, every grid whole and inside the rules, bound below the value."""
    assert figures["stands"] > 0.98 * stands
    assert figures["grids"] == posts
    assert figures["grids_in_pieces"] == 0
    assert figures["empty_grids"] == 0
    assert figures["outside_tolerance"] == 0
    assert figures["n_violations"] == 0
    assert figures["n_disconnected"] == 0
    low, high = figures["mu_from_to"]
    assert 2000 <= low <= high <= 8000
    assert 0 < figures["lower_bound"] <= figures["objective"]
    assert 0 <= figures["must_change_percent"] <= figures["changed_percent"] + 1e-6


@pytest.mark.parametrize(("towns", "mode"), [(1, 0), (3, 1)])
def test_a_small_county_keeps_every_rule(towns: int, mode: int) -> None:
    figures = measured("--stands", "1500", "--posts", "15", "--towns", str(towns),
                       "--mode", str(mode), "--workers", "1")  # fmt: skip
    check(figures, 1500, 15)


@pytest.mark.full
@pytest.mark.parametrize("towns", [1, 20])
@pytest.mark.parametrize("mode", [0, 1])
def test_sixty_thousand_stands(towns: int, mode: int) -> None:
    figures = measured("--towns", str(towns), "--mode", str(mode), "--workers", "1")
    check(figures, 60_000, 600)
    assert figures["peak_mb"] <= MOST_MB
