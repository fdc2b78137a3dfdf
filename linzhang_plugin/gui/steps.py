"""The year's work in its order: which algorithm is run when, and what it takes from which."""

from __future__ import annotations

from dataclasses import dataclass, field

from linzhang_plugin.core.messages import tr


@dataclass(frozen=True)
class Step:
    """One step: an algorithm of the provider.

    Attributes:
        algorithm: Its name, without the provider's id.
        takes: Parameter → (algorithm, output) whose last result it starts from.
    """

    algorithm: str
    takes: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Stage:
    """Steps that belong together under a heading."""

    title: str
    steps: tuple[Step, ...]


STAGES = (
    Stage(
        tr("1. The county's data"),
        (
            Step("createworkspace"),
            Step("importadmin"),
            Step("importstands"),
            Step("importpersons"),
            Step("importgrids"),
            Step("checkworkspace"),
        ),
    ),
    Stage(
        tr("2. This year's grids"),
        (
            Step("loadplan"),
            Step(
                "optimizegrids",
                {"STANDS": ("loadplan", "STANDS"), "RANGERS": ("loadplan", "RANGERS")},
            ),
            Step(
                "comparegrids",
                {
                    "BEFORE": ("loadplan", "GRIDS"),
                    "AFTER": ("optimizegrids", "GRIDS"),
                    "STANDS": ("optimizegrids", "STAND_GRID"),
                },
            ),
            Step(
                "adoptgrids",
                {
                    "GRIDS": ("optimizegrids", "GRIDS"),
                    "STAND_GRID": ("optimizegrids", "STAND_GRID"),
                },
            ),
        ),
    ),
    Stage(
        tr("3. Patrols"),
        (Step("importtraces"), Step("assesspatrols", {"TRACKS": ("importtraces", "TRACKS")})),
    ),
    Stage(
        tr("4. Prints and files"),
        (Step("printgridmaps"), Step("exportgrids"), Step("backupworkspace")),
    ),
)
