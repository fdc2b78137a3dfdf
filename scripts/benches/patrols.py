"""Measure the patrol engine, beside its peers with --peers, and a county's month or year.

Fixes per second of one process, by the clock and by CPU seconds (user and system): on a busy
machine the latter is the honest figure. Every task runs in a process of its own, ours and the
peers', on the same files. --peers makes an environment of its own under build/ (about 700 MB).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from patrols_data import PER_DAY, walked, write_files
from patrols_scale import scale

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
VENV = ROOT / "build" / "bench-patrols"
FEW = 63_000
"""Fixes of the small files: five rangers' months."""
PAIRS: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    ("GPX, one file", "gpx_big", (("pyogrio, Arrow", "pyogrio_big"), ("gpxpy", "gpxpy_few"))),
    ("GPX, many files", "gpx_many", (("pyogrio, Arrow", "pyogrio_many"),)),
    ("GPX by expat, with salvage", "gpx_by_expat", ()),
    ("CSV", "csv_all", (
        ("pandas", "pandas_csv"), ("DuckDB", "duckdb_csv"), ("pyarrow", "pyarrow_csv"),
    )),
    ("clean, split, stops, judge", "patrols_judged", (
        ("DuckDB (no stops, no judgement)", "duckdb_hours"),
        ("MovingPandas", "movingpandas_patrols"), ("trackintel", "trackintel_patrols"),
    )),
    ("end to end from GPX", "from_gpx", (
        ("gpxpy + MovingPandas", "usual_script"), ("pyogrio + trackintel", "fastest_mix"),
    )),
    ("coverage, 50 m", "coverage_cells", (
        ("10 m cells dilated (scipy)", "cells_dilated"), ("line buffers (shapely)", "line_buffers"),
    )),
    ("store written", "store_written", ()),
    ("store read", "store_read", ()),
    ("end to end from the store", "from_store", ()),
    ("doubts", "doubts_found", ()),
    ("GCJ-02 inverse (points)", "gcj_inverse", ()),
    ("BD-09 inverse (points)", "bd_inverse", ()),
)  # fmt: skip


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench patrols", description=__doc__)
    parser.add_argument("--fixes", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peers", action="store_true", help="compare with other libraries")
    parser.add_argument("--rangers", type=int, default=300)
    parser.add_argument("--months", type=int, default=0, help="a county's months: 1 to 12")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--json", action="store_true", help="print one JSON object last")
    asked = parser.parse_args(arguments)
    if asked.months:
        figures: dict[str, Any] = dict(
            scale(asked.rangers, min(12, asked.months), asked.processes, asked.seed)
        )
        for name, value in figures.items():
            print(f"{name:34} {value:16,.2f}")
    else:
        figures = compare(asked.fixes, asked.seed, asked.peers)
    if asked.json:
        print(json.dumps(figures))
    return 0


def compare(fixes: int, seed: int, with_peers: bool) -> dict[str, Any]:
    """Run every task and print a table with the ratios to ours."""
    python = made_venv() if with_peers else None
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rangers = max(1, fixes // (21 * PER_DAY))
        write_files(folder, walked(np.random.default_rng(seed), rangers), FEW)
        size = (folder / "big.gpx").stat().st_size / 1e6
        load = os.getloadavg()[0]
        print(f"{rangers * 21 * PER_DAY:,} fixes, {size:.0f} MB of GPX, load average {load:.1f}\n")
        print("| task | who | fixes/s | fixes/CPU s | MB | ours is faster by (CPU) |")
        print("|---|---|---|---|---|---|")
        for title, ours, peers in PAIRS:
            mine = run(Path(sys.executable), "patrols_ours.py", ours, folder)
            figures[title] = {"ours": mine}
            row(title, "**ours**", mine, "")
            for who, task in peers if python else ():
                theirs = run(python, "patrols_peers.py", task, folder)
                figures[title][who] = theirs
                ratio = speed(mine, "cpu") / speed(theirs, "cpu") if theirs else 0.0
                row("", who, theirs, f"{ratio:.1f} ×" if theirs else "")
        error = run(Path(sys.executable), "patrols_ours.py", "coverage_error", folder)
        figures["coverage error"] = error
        print(f"\nCoverage: at most {error.get('points', -1):.2f} points from the exact buffers.")
    return figures


def row(title: str, who: str, found: dict[str, float], ratio: str) -> None:
    if not found:
        print(f"| {title} | {who} | failed | | | |")
        return
    wall, cpu = speed(found, "wall"), speed(found, "cpu")
    print(
        f"| {title} | {who} | {wall:,.0f} | {cpu:,.0f} | {found['mb']:.0f} | {ratio} |", flush=True
    )


def speed(found: dict[str, float], clock: str) -> float:
    return found["n"] / max(found[clock], 1e-6)


def run(python: Path, script: str, task: str, folder: Path) -> dict[str, float]:
    """Run one task in a process of its own; empty where it fails."""
    done = subprocess.run(
        [str(python), str(HERE / script), task, str(folder)],
        check=False, capture_output=True, text=True, timeout=1800,
    )  # fmt: skip
    if done.returncode:
        print(done.stderr[-400:], file=sys.stderr)
        return {}
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def made_venv() -> Path:
    """Make the peers' environment where it is missing; give its interpreter."""
    python = VENV / "bin" / "python"
    done = VENV / "installed"
    wanted = HERE / "patrols_peers.txt"
    if not done.exists() or done.read_text() != wanted.read_text():
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
        command = [str(python), "-m", "pip", "install", "-q", "-r", str(wanted)]
        subprocess.run(command, check=True)
        done.write_text(wanted.read_text())
    return python
