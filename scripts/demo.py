#!/usr/bin/env python3
"""The main job on the sample county, each step through ``qgis_process`` as a batch job runs it.

The year's grids first, then the patrols of the quarter before and the notice of its last month.
Started by ``scripts/demo`` once everything is installed. It uses nothing but the standard
library: the figures are read from the files that the algorithms wrote.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "demo"
PROFILES = ROOT / "build" / "demo-profile"
YEAR = 2024
SEED = 20240301
WORKSPACE = DEMO / "workspace.gpkg"


def main() -> int:
    """Run the steps in the year's order and print what came of it."""
    started = time.monotonic()
    print(f"demo: everything in {DEMO} is made anew")
    shutil.rmtree(DEMO, ignore_errors=True)
    DEMO.mkdir()
    make_profile()
    run(
        "createworkspace",
        COUNTY_CODE="360702",
        COUNTY_NAME="示例区",
        YEAR=YEAR,
        SAMPLE=True,
        STORE=WORKSPACE,
        PROJECT=DEMO / "project.qgz",
    )
    workspace = {"WORKSPACE": WORKSPACE, "YEAR": YEAR}
    plan = run("loadplan", **workspace, **files("STANDS", "RANGERS", "GRIDS", prefix="last_year"))
    best = run(
        "optimizegrids",
        STANDS=plan["STANDS"],
        RANGERS=plan["RANGERS"],
        YEAR=YEAR,
        COUNTY_CODE="360702",
        SEED=SEED,
        REPORT=DEMO / "report.html",
        **files("GRIDS", "STAND_GRID", "CHANGES", "TOWNS", prefix="this_year"),
    )
    run(
        "adoptgrids",
        **workspace,
        GRIDS=best["GRIDS"],
        STAND_GRID=best["STAND_GRID"],
        STATUS=0,
        REPLACE=True,
    )
    maps = run("printgridmaps", **workspace, OUTPUT=DEMO / "grid_maps.pdf")
    patrols = assess_patrols()
    print()
    print(table(DEMO / "this_year_towns.gpkg"))
    print()
    print(rates_table(Path(patrols["RATES"])))
    print()
    print("Rates in words:")
    print("  " + definitions(Path(patrols["RATES"])).replace("；", "\n  "))
    print()
    print(f"Grid maps: {maps.get('N_PAGES')} pages A3 in {DEMO / 'grid_maps.pdf'}")
    for file in sorted(DEMO.iterdir()):
        print(f"  demo/{file.name}  {file.stat().st_size / 1024:,.0f} KB")
    print(f"Done in {time.monotonic() - started:.0f} s. To look at it: scripts/desktop")
    return 0


MONTH = f"{YEAR - 1}-12"
QUARTER = {"PERIOD_START": f"{YEAR - 1}-10-01", "PERIOD_END": f"{YEAR - 1}-12-31"}


def assess_patrols() -> dict[str, Any]:
    """Judge last year's last quarter and write the notice of its last month.

    Most traces are in the workspace already; those that four rangers sent in as files (one in
    GCJ-02, one sent twice, one with rows without a time) are imported first.
    """
    store = {"WORKSPACE": WORKSPACE}
    run(
        "importtraces",
        **store,
        INPUT=DEMO / f"{WORKSPACE.stem}_待导入轨迹",
        **files("TRACKS", "REJECTED", "DATUMS", prefix="received"),
    )
    assessed = run(
        "assesspatrols",
        **store,
        **QUARTER,
        PATROLS="TEMPORARY_OUTPUT",  # three million positions: a layer of 100 MB, if kept
        **files("PATROL_DAYS", "ATTENDANCE", "RATES", prefix="quarter"),
    )
    run("adoptpatrols", **store, PATROL_DAYS=assessed["PATROL_DAYS"], DATE=f"{YEAR}-01-03")
    ranked = run(
        "rankrangers",
        ATTENDANCE=assessed["ATTENDANCE"],
        MONTH=MONTH,
        **files("SCORES", prefix="ranking"),
    )
    for public, name in ((True, "notice_public"), (False, "notice_internal")):
        run(
            "patrolnotice",
            **store,
            MONTH=MONTH,
            PUBLIC=public,
            SCORES=ranked["SCORES"],
            TO="各镇（街道），示例国有林场：",
            ISSUER="示例区林长制办公室",
            NUMBER=f"示林办〔{YEAR}〕1号",
            DOCX=DEMO / f"{name}.docx",
            XLSX=DEMO / f"{name}.xlsx",
        )
    return assessed


def rates_table(file: Path) -> str:
    """Give the rates of the last month as text, a row a town and one for all of them."""
    header = (
        ("town", 11),
        ("rangers", 8),
        ("online %", 10),
        ("mean daily %", 14),
        ("attendance %", 14),
        ("qualified %", 13),
        ("hours", 9),
        ("km", 10),
    )
    month = [row for row in read(file) if row["month"] == MONTH]
    lines = [f"Patrols of {MONTH}", "".join(title.rjust(width) for title, width in header)]
    for row in sorted(month, key=lambda row: row["town_code"] or "~"):
        cells = (
            row["town_code"] or "county",
            str(row["rangers"]),
            *(figure(row[f"{name}_percent"], 2) for name in RATES),
            figure(row["minutes"] / 60, 1),
            figure(row["km"], 1),
        )
        lines.append("".join(c.rjust(w) for c, (_, w) in zip(cells, header, strict=True)))
    return "\n".join(lines)


RATES = ("online", "daily", "attendance", "qualified")


def definitions(file: Path) -> str:
    """Give the words in which the rates are defined."""
    return str(read(file)[0]["definitions"])


def make_profile() -> None:
    """Make a throw-away profile in which the plugin is ticked and the language is Chinese."""
    shutil.rmtree(PROFILES, ignore_errors=True)
    settings = PROFILES / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        "[PythonPlugins]\nlinzhang_plugin=true\n[locale]\nuserLocale=zh-Hans\noverrideFlag=true\n"
    )


def files(*names: str, prefix: str) -> dict[str, Path]:
    """Give each output its file in demo/."""
    return {name: DEMO / f"{prefix}_{name.lower()}.gpkg" for name in names}


def run(algorithm: str, **inputs: Any) -> dict[str, Any]:
    """Run one algorithm in a process of its own and give its outputs.

    Raises:
        SystemExit: It failed; its own sentence has been printed.
    """
    begun = time.monotonic()
    request = {"inputs": {k: str(v) if isinstance(v, Path) else v for k, v in inputs.items()}}
    environment = {
        **os.environ,
        "QGIS_CUSTOM_CONFIG_PATH": str(PROFILES),
        "QGIS_PLUGINPATH": str(ROOT / "build"),
        "QT_QPA_PLATFORM": "offscreen",
    }
    done = subprocess.run(
        ["qgis_process", "run", f"linzhang:{algorithm}", "-"],
        input=json.dumps(request),
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    start = done.stdout.find("{")
    if done.returncode or start < 0:
        sys.exit(f"demo: {algorithm} failed\n{done.stdout}{done.stderr}")
    print(f"demo: {algorithm:<16} {time.monotonic() - begun:5.1f} s", flush=True)
    return json.loads(done.stdout[start:])["results"]


def table(towns: Path) -> str:
    """Give the result as text, a row a town and one for the whole county."""
    header = (
        ("town", 11),
        ("grids", 6),
        ("rangers", 8),
        ("worst deviation %", 18),
        ("changed %", 10),
        ("must change %", 14),
        ("disconnected", 13),
        ("objective", 12),
        ("bound", 12),
        ("gap %", 7),
    )
    rows = read(towns)
    lines = ["".join(title.rjust(width) for title, width in header)]
    for row in [*rows, whole(rows)]:
        cells = (
            row["town_code"],
            str(row["n_grids"]),
            str(row["n_rangers"]),
            f"{figure(row['worst_before'], 1)} → {figure(row['worst_after'], 1)}",
            figure(row["changed_percent"], 2),
            figure(row["must_change_percent"], 2),
            str(row["n_disconnected"]),
            figure(row["objective"], 2),
            figure(row["lower_bound"], 2),
            figure(row["gap_percent"], 2),
        )
        lines.append("".join(c.rjust(w) for c, (_, w) in zip(cells, header, strict=True)))
    return "\n".join(lines)


def read(file: Path) -> list[dict[str, Any]]:
    """Give the rows of the one table of a GeoPackage."""
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as store:
        store.row_factory = sqlite3.Row
        (name,) = store.execute("SELECT table_name FROM gpkg_contents").fetchone()
        return [dict(row) for row in store.execute(f'SELECT * FROM "{name}" ORDER BY town_code')]


def whole(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Give the county's row: sums, worst figures, and shares weighted by mu."""
    area = sum(row["area_mu"] for row in rows)

    def total(name: str) -> float | None:
        values = [row[name] for row in rows]
        return None if None in values else sum(values)

    def worst(name: str) -> float | None:
        return max((row[name] for row in rows if row[name] is not None), default=None)

    def share(name: str) -> float | None:
        values = [row[name] for row in rows]
        if None in values:
            return None
        return sum(row[name] * row["area_mu"] for row in rows) / area

    objective, bound = total("objective"), total("lower_bound")
    proven = bound is not None and bool(objective)
    return {
        "town_code": "county",
        **{name: total(name) for name in ("n_grids", "n_rangers", "n_disconnected")},
        **{name: worst(name) for name in ("worst_before", "worst_after")},
        **{name: share(name) for name in ("changed_percent", "must_change_percent")},
        "objective": objective,
        "lower_bound": bound,
        "gap_percent": 100 * (objective - bound) / objective if proven else None,
    }


def figure(value: float | None, decimals: int) -> str:
    """Give a figure, a dash where there is none."""
    return "—" if value is None else f"{value:.{decimals}f}"


if __name__ == "__main__":
    sys.exit(main())
