"""How soon each supervisor takes up and settles the events of the grids in charge."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from linzhang_plugin.core.patrols.clock import Clock
from linzhang_plugin.core.patrols.events import LIMITS, event_times, limits_of
from linzhang_plugin.core.patrols.rates import percent
from linzhang_plugin.core.patrols.readers.times import NO_TIME

HOUR_MS = 3_600_000.0


def responses(
    events: pd.DataFrame,
    clock: Clock,
    as_of: int,
    limits: Mapping[str, tuple[float, float]] = LIMITS,
) -> pd.DataFrame:
    """Give the response of each handler (监管员), and of the events nobody has taken up.

    Args:
        events: ``type, handler, town_code, found_at, accepted_at, closed_at``.
        clock: Zone of times that name none.
        as_of: Now, ms UTC: an event not accepted by then within its limit is late.
        limits: Hours to accept and to close by type.

    Returns:
        ``handler, reported, accepted, accept_hours, slowest_hours, accepted_in_time,
        accepted_late, accept_percent, closed, closed_percent, timely, timely_percent``, by
        handler; an empty handler stands for events without one.
    """
    times = event_times(events, clock)
    found, accepted = times["found"].to_numpy(), times["accepted"].to_numpy()
    closed = times["closed"].to_numpy()
    kinds = events["type"].tolist() if "type" in events.columns else [None] * len(events)
    to_accept, to_close = limits_of(kinds, limits)
    took = accepted != NO_TIME
    wait = np.where(took, (np.where(took, accepted, 0) - found) / HOUR_MS, np.nan)
    so_far = np.where(took, wait, (as_of - found) / HOUR_MS)
    done = closed != NO_TIME
    lasting = np.where(done, (np.where(done, closed, 0) - found) / HOUR_MS, np.nan)
    frame = pd.DataFrame(
        {
            "handler": _words(events, "handler"),
            "wait": wait,
            "took": took,
            "good": took & (wait <= to_accept),
            "late": so_far > to_accept,
            "done": done,
            "timely": done & (lasting <= to_close),
        }
    )
    rows = [_row(str(name), part) for name, part in frame.groupby("handler", sort=True)]
    return pd.DataFrame(rows, columns=COLUMNS)


COLUMNS = [
    "handler", "reported", "accepted", "accept_hours", "slowest_hours", "accepted_in_time",
    "accepted_late", "accept_percent", "closed", "closed_percent", "timely", "timely_percent",
]  # fmt: skip


def _words(events: pd.DataFrame, name: str) -> list[str]:
    values = events[name].tolist() if name in events.columns else [None] * len(events)
    return [value.strip() if isinstance(value, str) else "" for value in values]


def _row(name: str, part: pd.DataFrame) -> tuple[object, ...]:
    n, wait = len(part), part["wait"].dropna()
    took, good, late = (int(part[c].sum()) for c in ("took", "good", "late"))
    done, timely = int(part["done"].sum()), int(part["timely"].sum())
    middle = float(wait.median()) if len(wait) else None
    slowest = float(wait.max()) if len(wait) else None
    return (
        name, n, took, middle, slowest, good, late, percent(good, n), done, percent(done, n),
        timely, percent(timely, n),
    )  # fmt: skip
