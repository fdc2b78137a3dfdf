"""Two tracks beside each other: two rangers who walk together, or one who carries two phones.

Two phones on one body differ by GPS noise, which two minutes of fixes average out, and by their
clocks, which differ by a constant. Two walkers fall back, catch up and step aside, and seldom
set out and end at one moment. Where neither shows, it is not told.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.ndimage import uniform_filter1d

from linzhang_plugin.core.patrols.distance import metres_per_degree
from linzhang_plugin.core.patrols.fixes import Floats
from linzhang_plugin.core.patrols.twins import SILENT_S, STEP_S, Track, at

MEAN_STEPS = 9
"""Steps of 15 s over which positions are averaged: two minutes."""
LAGS_S = np.arange(-45.0, 46.0, 3.0)
ONE_M = 7.5
"""One walker's phones are no farther apart for 95 % of the time: GPS errs by 3 m and drifts, and
two minutes average out but a third of that."""
TWO_M = 13.0
"""Two walkers' are farther apart for 5 % of it: more than two phones that err by 3.5 m each, and so
slowly that nothing averages out."""
ENDS_MIN = 5.0
"""One walker's phones begin and end within so many minutes."""


class Company(NamedTuple):
    """How two tracks of one time lie to each other.

    Attributes:
        apart_m: Distance, noise and the clocks' difference taken out, that is kept to for 95 %
            of the common time.
        ends_min: Minutes between their beginnings or between their ends, the larger.
    """

    apart_m: float
    ends_min: float

    @property
    def walkers(self) -> int:
        """1, 2, or 0 where it cannot be told."""
        if self.apart_m > TWO_M:
            return 2
        return 1 if self.apart_m <= ONE_M and self.ends_min <= ENDS_MIN else 0


def company(a: Track, b: Track) -> Company:
    """Compare two tracks that were near each other.

    Args:
        a: A track.
        b: One that overlaps it in time.
    """
    ends = max(abs(a.time[0] - b.time[0]), abs(a.time[-1] - b.time[-1])) / 60.0
    moments = np.arange(max(a.time[0], b.time[0]), min(a.time[-1], b.time[-1]) + 0.1, STEP_S)
    lon, lat, silence = at(b, moments)
    apart = [_apart(a, moments + lag, lon, lat, silence) for lag in LAGS_S]
    best = min(apart, key=lambda away: float(np.median(away)) if len(away) else np.inf)
    return Company(float(np.percentile(best, 95.0)) if len(best) else np.inf, float(ends))


def _apart(a: Track, moments: Floats, lon: Floats, lat: Floats, silence: Floats) -> Floats:
    """Give the metres between two-minute means of two tracks; moments in silences are left out."""
    x, y, quiet = at(a, moments)
    inside = (moments >= a.time[0]) & (moments <= a.time[-1])
    heard = inside & (silence <= SILENT_S) & (quiet <= SILENT_S)
    if heard.sum() < 2 * MEAN_STEPS:
        return np.zeros(0)
    east, north = (float(v) for v in metres_per_degree(float(lat[0])))
    off = np.column_stack([(x - lon) * east, (y - lat) * north])[heard]
    mean = uniform_filter1d(off, MEAN_STEPS, axis=0)
    return np.asarray(np.hypot(mean[:, 0], mean[:, 1]), np.float64)
