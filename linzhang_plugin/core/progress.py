"""How an engine reports its progress and learns that it should stop."""

from __future__ import annotations

from collections.abc import Callable

from linzhang_plugin.core.messages import CancelledError, Message

Progress = Callable[[float, Message | None], bool]
"""``progress(fraction, message)``: fraction from 0 to 1; False means stop now."""


def silent(fraction: float, message: Message | None = None) -> bool:
    """Report to nobody and never stop."""
    del fraction, message
    return True


def step(progress: Progress, fraction: float, message: Message | None = None) -> None:
    """Report, and stop the engine when asked to.

    Raises:
        CancelledError: The receiver answered False.
    """
    if not progress(min(1.0, max(0.0, fraction)), message):
        raise CancelledError()


def part(progress: Progress, start: float, end: float) -> Progress:
    """Give a sub-engine the stretch from ``start`` to ``end`` of the whole."""

    def report(fraction: float, message: Message | None = None) -> bool:
        return progress(start + (end - start) * fraction, message)

    return report
