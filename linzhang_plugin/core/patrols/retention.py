"""How long raw positions are kept: whole months, counted back from a day."""

from __future__ import annotations

import math

import numpy as np

from linzhang_plugin.core.patrols.clock import day_text


def oldest_kept(today: int, months: float) -> str:
    """Give the first month that is kept, such as ``2024-07``.

    The month of ``today`` and as many whole months before it as the rule says are kept.

    Args:
        today: Day number.
        months: The rule's; a broken number is rounded up, so that nothing goes too early.
    """
    month = np.datetime64(day_text(today)[:7], "M")
    return str(month - np.timedelta64(math.ceil(months), "M"))
