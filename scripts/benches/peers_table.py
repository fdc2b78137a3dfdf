"""Open peers beside this project's solver: their own environment, equal time, one judge.

``scripts/bench grids FOLDER --all --peers --table FILE`` makes ``build/peers`` once (pinned
versions, never part of the package) and gives each peer the same CPU seconds on each instance;
every plan, ours too, is judged by ``check_grids.py``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from check_grids import check

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / "build" / "peers" / "venv"
PINS = ("gerrychain==1.0.0", "spopt==0.7.0", "pymetis==2025.2.2", "kahip==3.25", "numpy==2.4.6",
        "geopandas==1.2.0", "libpysal==4.14.1", "scikit-learn==1.9.1", "networkx==3.6.1",
        "rustworkx==0.18.1")  # fmt: skip
PEERS = ("gerrychain", "metis", "kahip", "spopt_ward")


def environment() -> Path:
    """Give the peers' Python, installing the pinned versions where they are not yet."""
    python = PLACE / "bin" / "python"
    stamp = PLACE / "pins.txt"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != "\n".join(PINS):
        subprocess.run([sys.executable, "-m", "venv", str(PLACE)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", *PINS], check=True)
        stamp.write_text("\n".join(PINS), encoding="utf-8")
    return python


def run_peer(
    peer: str, folder: Path, objective: str, seconds: float, seed: int = 0
) -> dict[str, Any]:
    """Run one peer on one instance; give its checked figures."""
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "plan.csv"
        command = [str(environment()), str(ROOT / "scripts" / "benches" / "peers_run.py"), peer,
                   str(folder), objective, str(seconds), str(seed), str(out)]  # fmt: skip
        try:
            # Clustering knows no budget: stopped at a multiple, for this is a wall clock.
            done = subprocess.run(
                command, capture_output=True, text=True, check=True, timeout=8 * seconds + 60
            )
        except subprocess.TimeoutExpired:
            return {"method": peer, "value": None, "cpu_seconds": None, "why": "not in time"}
        except subprocess.CalledProcessError as error:
            why = error.stderr.strip().splitlines()[-1:] or ["stopped"]
            return {"method": peer, "value": None, "cpu_seconds": None, "why": why[0]}
        spent = json.loads(done.stdout.splitlines()[-1])["cpu_seconds"]
        if not out.exists():
            return {"method": peer, "value": None, "cpu_seconds": spent, "why": "no plan"}
        judged = check(folder, out, objective)
        return {"method": peer, "value": judged["objective"], "cpu_seconds": spent,
                "problems": judged["problems"], "apart": judged["n_disconnected"],
                "deviation": judged["max_deviation_percent"]}  # fmt: skip


def peer_table(rows: list[dict[str, Any]]) -> str:
    """Markdown: a row an instance and method; ours is called ``this``.

    Excess is over the best known: the published value, or the best valid plan of this run. Our
    excess is also given as a part of GerryChain's.
    """
    lines = ["| instance | objective | method | value | excess | over the bound | CPU s | valid |",
             "|---|---|---|---|---|---|---|---|"]  # fmt: skip
    for key in sorted({(row["instance"], row["which"]) for row in rows}):
        group = [row for row in rows if (row["instance"], row["which"]) == key]
        valid = [r["value"] for r in group if r["value"] is not None and not r["problems"]]
        known = [r["published"] for r in group if r["published"] is not None]
        best = min(known + valid, default=None)
        bound = next((r["bound"] for r in group if r.get("bound") is not None), None)
        lines += [_row(key, row, best, bound) for row in group]
        lines += _ratio(key, group, best)
    return "\n".join(lines)


def _row(key: tuple[str, str], row: dict[str, Any], best: float | None, bound: float | None) -> str:
    spent = "–" if row["cpu_seconds"] is None else f"{row['cpu_seconds']:.1f}"
    start = f"| {key[0]} | {key[1]} | {row['method']} "
    if row["value"] is None:
        return f"{start}| – | – | – | {spent} | {row.get('why', 'no plan')} |"
    excess = f"{100 * (row['value'] / best - 1):+.3f} %" if best and not row["problems"] else "–"
    above = f"{row['value'] / bound:.4f}" if bound else "–"
    state = "yes" if not row["problems"] else "no"
    if row["problems"] and row.get("deviation") is not None:
        state = f"no: off by {row['deviation']:.1f} %, {row.get('apart', 0)} disconnected"
    return f"{start}| {row['value']:.2f} | {excess} | {above} | {spent} | {state} |"


def _ratio(key: tuple[str, str], group: list[dict[str, Any]], best: float | None) -> list[str]:
    value = {r["method"]: r["value"] for r in group if r["value"] is not None and not r["problems"]}
    if best is None or "this" not in value or "gerrychain" not in value:
        return []
    theirs, ours = value["gerrychain"] - best, value["this"] - best
    if theirs <= 1e-6 * best:
        return [f"| {key[0]} | {key[1]} | this ÷ GerryChain | both at the best | | | | |"]
    return [f"| {key[0]} | {key[1]} | this ÷ GerryChain | | {ours / theirs:.3f} | | | |"]
