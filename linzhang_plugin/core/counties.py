"""Many counties at once: one optimisation each, side by side on processes or a Dask cluster."""

from __future__ import annotations

from collections.abc import Sequence

from linzhang_plugin.core.batch import in_processes, kept_in, on_dask
from linzhang_plugin.core.grids.job import Request, optimize
from linzhang_plugin.core.grids.plan import GridPlan
from linzhang_plugin.core.progress import Progress, silent


def optimize_county(request: Request, progress: Progress) -> GridPlan:
    """Optimise one county in one process: what a worker does."""
    return optimize(request, 1, "", progress)


def optimize_counties(
    requests: Sequence[Request],
    progress: Progress = silent,
    scheduler: str = "",
    workers: int = 0,
    folder: str = "",
) -> list[GridPlan]:
    """Optimise many counties; a restart with the same ``folder`` does only what is missing.

    Args:
        requests: One a county.
        progress: Reports.
        scheduler: Dask address; processes of this machine when empty.
        workers: Processes here; 0 for one a core.
        folder: Where finished counties are kept; empty for nowhere.

    Returns:
        The plans in order, the same whatever did the work.

    Raises:
        MissingLibraryError, WorkerError, InputError, CancelledError: As those of the parts.
    """
    if scheduler:
        return on_dask(scheduler, folder)(optimize_county, requests, progress)
    run = in_processes(workers)
    return (kept_in(folder, run) if folder else run)(optimize_county, requests, progress)
