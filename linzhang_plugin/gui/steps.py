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
        tables: Parameter → table of the workspace that it starts from.
        beside: Parameter → ending of the raster beside the workspace that it starts from.
    """

    algorithm: str
    takes: dict[str, tuple[str, str]] = field(default_factory=dict)
    tables: dict[str, str] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Stage:
    """Steps that belong together under a heading.

    Attributes:
        name: Under which the desktop remembers whether it is folded.
        title: What the user reads.
        steps: In the order in which they are run.
        folded: Whether it is folded at first.
    """

    name: str
    title: str
    steps: tuple[Step, ...]
    folded: bool = True


DEM = {"DEM": "_dem.tif"}

STAGES = (
    Stage(
        "county",
        tr("1. The county's data"),
        (
            Step("createworkspace"),
            Step("importadmin"),
            Step("importstands"),
            Step("importpersons"),
            Step("importgrids"),
            Step("checkworkspace"),
        ),
        folded=False,
    ),
    Stage(
        "grids",
        tr("2. This year's grids"),
        (
            Step("loadplan"),
            Step(
                "optimizegrids",
                {"STANDS": ("loadplan", "STANDS"), "RANGERS": ("loadplan", "RANGERS")},
            ),
            Step(
                "tradeoffgrids",
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
            Step("rolloveryear"),
        ),
        folded=False,
    ),
    Stage(
        "hills",
        tr("3. Mountain to person"),
        (
            Step("delineatehills", beside=DEM),
            Step(
                "hillresponsibility",
                {"HILLS": ("delineatehills", "HILLS"), "GRIDS": ("loadplan", "GRIDS")},
            ),
            Step("importduties"),
            Step("walkingtime", tables={"ORIGINS": "person", "ROADS": "road"}, beside=DEM),
        ),
    ),
    Stage(
        "patrols",
        tr("4. Patrols"),
        (
            Step("importtraces"),
            Step("importattendance"),
            Step("importevents"),
            Step("importabsences"),
            Step("importcheckins"),
            Step("assesspatrols", {"TRACKS": ("importtraces", "TRACKS")}),
            Step("patrolcoverage", {"TRACKS": ("importtraces", "TRACKS")}),
            Step("suspecttraces", {"TRACKS": ("importtraces", "TRACKS")}),
            Step("riskpatrols", {"TRACKS": ("importtraces", "TRACKS")}),
            Step(
                "adoptpatrols",
                {
                    "PATROL_DAYS": ("assesspatrols", "PATROL_DAYS"),
                    "COVERAGE": ("patrolcoverage", "COVERAGE"),
                    "RISK_RATES": ("riskpatrols", "RISK_RATES"),
                },
            ),
            Step("patrolgaps", {"PATROLS": ("assesspatrols", "PATROLS")}),
            Step("assessevents"),
            Step(
                "rankrangers",
                {
                    "ATTENDANCE": ("assesspatrols", "ATTENDANCE"),
                    "COVERAGE": ("patrolcoverage", "COVERAGE"),
                },
            ),
            Step(
                "patrolnotice",
                {
                    "ATTENDANCE": ("assesspatrols", "ATTENDANCE"),
                    "RATES": ("assesspatrols", "RATES"),
                },
            ),
            Step("importobjections"),
            Step("adoptcorrections"),
            Step("purgetraces"),
        ),
    ),
    Stage(
        "slopes",
        tr("5. Bare slopes"),
        (
            Step("importsites"),
            Step(
                "detectbareslopes",
                tables={"KNOWN": "bare_slope"},
                beside=DEM | {"IMAGE": "_after.tif"},
            ),
            Step("importcandidates", {"INPUT": ("detectbareslopes", "CANDIDATES")}),
            Step("adoptreviews"),
            Step(
                "prioritizeslopes",
                tables={"SITES": "bare_slope", "SCENIC": "scenic_spot"},
                beside=DEM,
            ),
            Step("adoptmoves"),
            Step("importchecks"),
            Step("checksdue"),
            Step(
                "verifyregreening",
                tables={"SITES": "bare_slope"},
                beside={"BEFORE": "_before.tif", "AFTER": "_after.tif"},
            ),
            Step("regreeningprogress"),
        ),
    ),
    Stage(
        "prints",
        tr("6. Prints and files"),
        (Step("printgridmaps"), Step("exportgrids"), Step("backupworkspace")),
        folded=False,
    ),
)
