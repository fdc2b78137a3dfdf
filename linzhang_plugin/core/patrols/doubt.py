"""What a finding of doubt is, and from when on something is doubtful."""

from __future__ import annotations

from dataclasses import dataclass

from linzhang_plugin.core.messages import Message, tr

WORD = tr("doubtful")


@dataclass(frozen=True)
class DoubtParams:
    """From when on something is doubtful.

    Attributes:
        same_m: Two tracks are alike where they are so near at the same (relative) time.
        same_share: Share of the time they must be alike.
        least_minutes: Shorter patrols say nothing.
        least_km: Nor do those that hardly moved.
        step_seconds: Steps are looked at this far apart, or as far as the logger's.
        straight_m: A fix so near the line between its neighbours, at the right time, looks
            interpolated.
        straight_share: Share of such fixes.
        even_speed: Standard deviation of the speed over its mean, below which it looks made.
        impossible_kmh: Nobody rides faster here.
        vehicle_share: Share of the minutes ridden that makes it a vehicle patrol.
    """

    same_m: float = 15.0
    same_share: float = 0.9
    least_minutes: float = 20.0
    least_km: float = 0.5
    step_seconds: float = 15.0
    straight_m: float = 0.5
    straight_share: float = 0.8
    even_speed: float = 0.03
    impossible_kmh: float = 150.0
    vehicle_share: float = 0.5


@dataclass(frozen=True)
class Doubt:
    """One finding.

    Attributes:
        kind: ``replay``, ``together``, ``two_phones``, ``same_track``, ``interpolated``,
            ``even_speed``, ``impossible_speed``, ``vehicle``, ``datum_flip``,
            ``altitude``, ``shared_phone``.
        patrol: Number of the patrol, from 0.
        other: Number of the other patrol, -1 for none.
        minutes: How long it lasted.
        evidence: The figures.
    """

    kind: str
    patrol: int
    other: int
    minutes: float
    evidence: Message
