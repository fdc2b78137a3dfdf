"""Runs of like steps between fixes: patrols, rides and silences are all found this way."""

from __future__ import annotations

import numpy as np

from linzhang_plugin.core.patrols.fixes import Bools, Floats, Ints


def run_ids(flags: Bools, breaks: Bools) -> Ints:
    """Number the runs of equal flags; a break before a step begins a new run.

    Args:
        flags: (n,) what makes steps alike.
        breaks: (n,) True where a step does not follow the one before it.
    """
    if not len(flags):
        return np.zeros(0, dtype=np.int64)
    change = breaks.copy()
    change[0] = True
    change[1:] |= flags[1:] != flags[:-1]
    return np.cumsum(change).astype(np.int64) - 1


def long_runs(flags: Bools, breaks: Bools, seconds: Floats, least: float, pause: float) -> Bools:
    """Give the steps in runs of True that last at least so long, short pauses bridged.

    Args:
        flags: (n,) steps of the kind looked for.
        breaks: (n,) True where a step does not follow the one before it.
        seconds: (n,) duration of each step.
        least: Least duration of a run, s.
        pause: Steps of another kind between two runs are taken in up to this long, s.
    """
    if not flags.any():
        return np.zeros(len(flags), dtype=bool)
    ids = run_ids(flags, breaks)
    lasting = np.bincount(ids, weights=seconds)
    first = np.flatnonzero(np.concatenate([[True], ids[1:] != ids[:-1]]))
    kind = flags[first]
    free = ~breaks[first]
    short = ~kind & (lasting <= pause)
    inner = short.copy()
    inner[0] = inner[-1] = False
    inner[1:] &= kind[:-1] & free[1:]
    inner[:-1] &= kind[1:] & free[1:]
    filled = flags | inner[ids]
    again = run_ids(filled, breaks)
    return filled & (np.bincount(again, weights=seconds)[again] >= least)
