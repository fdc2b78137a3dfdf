"""A county's month and year out of the store, part by part: seconds, memory, one day more."""

from __future__ import annotations

import resource
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from patrols_data import DAY_MS, START, walked

from linzhang_plugin.core.batch import in_processes
from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.parts import assess_parts, parts_of
from linzhang_plugin.core.patrols.rules import PatrolRules
from linzhang_plugin.core.progress import silent
from linzhang_plugin.workspace.traces import TraceStore

CLOCK = Clock()
MONTHS = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
FIRST = 20_089
"""2025-01-01."""


def scale(rangers: int, months: int, processes: int, seed: int) -> dict[str, float]:
    """Measure a county of so many rangers over so many months, 21 patrol days each."""
    with tempfile.TemporaryDirectory() as folder:
        store = TraceStore(Path(folder) / "county.gpkg")
        rng = np.random.default_rng(seed)
        writing = 0.0
        for month in range(months):
            fixes = walked(rng, rangers, START + MONTHS[month] * DAY_MS)
            begun = time.perf_counter()
            n = store.add(fixes, CLOCK)
            writing += time.perf_counter() - begun
        total = n * months
        rules = replace(PatrolRules(), min_share_in_grid=0.0)
        last = FIRST + (MONTHS[months] if months < 12 else 365) - 1
        out = {"rangers": float(rangers), "months": float(months), "fixes": float(total)}
        out["written, s"] = writing
        begun, used = time.perf_counter(), _cpu()
        parts = parts_of(store, FIRST, last, rules, CLOCK)
        judged = assess_parts(parts, in_processes(processes), silent)
        out["judged, s"] = time.perf_counter() - begun
        out["judged, CPU s"] = _cpu() - used
        out["processes"] = float(processes)
        out["valid patrols"] = float(judged.patrols["valid"].sum())
        kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        peaks = [resource.getrusage(kind).ru_maxrss / 1024 for kind in kinds]
        out["this process at most, MB"] = peaks[0]
        out["largest worker at most, MB"] = peaks[1]
        day = walked(rng, rangers, START + (MONTHS[months - 1] + 25) * DAY_MS, 1)
        begun = time.perf_counter()
        store.add(day, CLOCK)
        out["a day added, s"] = time.perf_counter() - begun
        begun = time.perf_counter()
        month = FIRST + MONTHS[months - 1]
        parts = parts_of(store, month, last, rules, CLOCK)
        assess_parts(parts, in_processes(processes), silent)
        out["its month judged again, s"] = time.perf_counter() - begun
        return out


def _cpu() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(sum(resource.getrusage(kind)[:2]) for kind in kinds)
