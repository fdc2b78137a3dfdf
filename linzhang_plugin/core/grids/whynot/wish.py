"""A town's request in numbers, and what another one asks for otherwise, in words."""

from __future__ import annotations

from dataclasses import dataclass

from linzhang_plugin.core.messages import Message


@dataclass(frozen=True)
class Wish:
    """One request for one town.

    Attributes:
        tolerance: Percent or None.
        least: MIN_MU.
        most: MAX_MU.
        more_posts: Vacant posts added; negative: posts taken away.
    """

    tolerance: float | None
    least: float
    most: float
    more_posts: int = 0

    def change_to(self, other: Wish) -> Change:
        """Give what another request asks for other than this one."""
        return Change(
            other.tolerance if other.tolerance != self.tolerance else None,
            other.least if other.least != self.least else None,
            other.most if other.most != self.most else None,
        )


@dataclass(frozen=True)
class Change:
    """Parameters of a request that are to be set otherwise; None where they stay."""

    tolerance: float | None = None
    least: float | None = None
    most: float | None = None

    def of(self, asked: Wish) -> Wish:
        """Give a town's request with these parameters set."""
        return Wish(
            asked.tolerance if self.tolerance is None else self.tolerance,
            asked.least if self.least is None else self.least,
            asked.most if self.most is None else self.most,
        )

    def words(self) -> Message:
        """Name the parameters with their values."""
        words = []
        if self.tolerance is not None:
            value = f"{self.tolerance:g}"
            words.append(Message("a TOLERANCE of {percent} percent", {"percent": value}))
        if self.least is not None:
            words.append(Message("a MIN_MU of {mu} mu", {"mu": f"{self.least:.10g}"}))
        if self.most is not None:
            words.append(Message("a MAX_MU of {mu} mu", {"mu": f"{self.most:.10g}"}))
        first, *rest = words
        for word in rest:
            first = Message("{first} with {second}", {"first": first, "second": word})
        return first
