"""Many townships or counties side by side: processes here, Dask when given a scheduler.

Each function has the shape of a ``map`` that engines take: ``run(function, items, progress)``
gives ``function(item, progress)`` for every item, in order. Results never depend on which of
them runs, nor on how many processes there are.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import pickle
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from typing import Any

from linzhang_plugin.core.child import child_python
from linzhang_plugin.core.fingerprint import fingerprint
from linzhang_plugin.core.messages import LinzhangError, Message, MissingLibraryError, tr
from linzhang_plugin.core.progress import Progress, silent, step

Work = Callable[[Any, Progress], Any]
POLL = 0.2
"""Seconds between two reports while waiting."""


class WorkerError(LinzhangError):
    """A worker process died again and again."""


def in_processes(workers: int = 0) -> Callable[[Work, Sequence[Any], Progress], list[Any]]:
    """Give a ``map`` that uses processes of this machine.

    Args:
        workers: Processes; the number of cores when 0. With one, or one item, this process
            does the work itself.
    """
    count = workers or os.cpu_count() or 1
    return partial(_in_pool, workers=count)


def _in_pool(function: Work, items: Sequence[Any], progress: Progress, workers: int) -> list[Any]:
    if min(workers, len(items)) <= 1:
        return [
            function(item, _stretch(progress, number, len(items)))
            for number, item in enumerate(items)
        ]
    multiprocessing.set_executable(child_python())
    context = multiprocessing.get_context("spawn")
    # The largest first: the last one to end decides how long it takes.
    order = sorted(range(len(items)), key=lambda i: (-_size(items[i]), i))
    with ProcessPoolExecutor(
        min(workers, len(items)), context, initializer=_start_worker, initargs=(list(sys.path),)
    ) as pool:
        futures = {pool.submit(_quietly, function, items[i]): i for i in order}
        try:
            return _collected(futures, len(items), progress)
        except BrokenProcessPool as error:
            raise WorkerError(
                tr("A calculation process died (often too little memory); use fewer processes.")
            ) from error
        except BaseException:
            for process in list(getattr(pool, "_processes", {}).values()):
                process.kill()
            raise


def _start_worker(path: list[str]) -> None:
    sys.path[:] = path


def _size(item: Any) -> int:
    """Give the size of a task's problem, 0 where it has none."""
    return int(getattr(getattr(item, "problem", None), "n", 0))


def _quietly(function: Work, item: Any) -> Any:
    return function(item, silent)


def _stretch(progress: Progress, number: int, count: int) -> Progress:
    def report(fraction: float, message: Message | None = None) -> bool:
        return progress((number + fraction) / count, message)

    return report


def _collected(futures: dict[Future[Any], int], count: int, progress: Progress) -> list[Any]:
    """Wait for all, reporting often; the first failure ends the waiting."""
    results: list[Any] = [None] * count
    pending = set(futures)
    while pending:
        done, pending = wait(pending, timeout=POLL, return_when=FIRST_COMPLETED)
        for future in done:
            results[futures[future]] = future.result()
        step(progress, (count - len(pending)) / count)
    return results


def on_dask(
    scheduler: str, folder: str = "", retries: int = 5
) -> Callable[[Work, Sequence[Any], Progress], list[Any]]:
    """Give a ``map`` that uses the workers of a Dask scheduler.

    Args:
        scheduler: Address, ``tcp://host:port``.
        folder: Where finished results are kept, so that a restart does not redo them; empty
            for nowhere.
        retries: How often an item is tried again when its worker dies.

    Raises:
        MissingLibraryError: ``dask`` and ``distributed`` are not installed.
        WorkerError: The scheduler cannot be reached.
    """
    try:
        distributed = importlib.import_module("distributed")
    except ImportError as error:
        raise MissingLibraryError(
            tr("SCHEDULER needs the Python packages dask and distributed; install them or leave"
               " SCHEDULER empty.")
        ) from error  # fmt: skip
    return partial(
        _on_cluster, distributed=distributed, address=scheduler, folder=folder, retries=retries
    )


def _on_cluster(
    function: Work,
    items: Sequence[Any],
    progress: Progress,
    distributed: Any,
    address: str,
    folder: str,
    retries: int,
) -> list[Any]:
    try:
        client = distributed.Client(address, timeout="10s", set_as_default=False)
    except OSError as error:
        raise WorkerError(
            tr(
                "The Dask scheduler {address} cannot be reached; start it or leave SCHEDULER empty."
            ),
            address=address,
        ) from error
    with client:
        kept = Kept(folder, function)
        results = [kept.read(item) for item in items]
        waiting = {
            client.submit(_quietly, function, item, retries=retries, pure=False): number
            for number, item in enumerate(items)
            if results[number] is None
        }
        total = max(1, len(items))
        if waiting and not client.scheduler_info()["workers"]:
            none_yet = Message(
                "The Dask scheduler {address} has no worker yet; start one with: dask worker"
                " {address}",
                {"address": address},
            )
            step(progress, 0.0, none_yet)
        while waiting:
            for future in [f for f in waiting if f.done()]:
                number = waiting.pop(future)
                results[number] = (_result_of(future),)
                kept.write(items[number], results[number])
            step(progress, (total - len(waiting)) / total)
            time.sleep(POLL if waiting else 0.0)
    return [result[0] for result in results if result is not None]


def _result_of(future: Any) -> Any:
    """Give a finished item's result.

    Raises:
        LinzhangError: What the item's own work raised.
        WorkerError: Its worker died more often than it is tried again, or the scheduler ended.
    """
    try:
        return future.result()
    except LinzhangError:
        raise
    except Exception as error:
        if type(error).__name__ in ("KilledWorker", "CancelledError", "CommClosedError"):
            raise WorkerError(
                tr(
                    "The Dask cluster lost a calculation ({reason}); finished ones are kept where"
                    " a folder was given: look at its workers' memory and start again."
                ),
                reason=type(error).__name__,
            ) from error
        raise


class Kept:
    """Finished results in a folder, by what was asked: a restart reads them back."""

    def __init__(self, folder: str, function: Work) -> None:
        """Use ``folder``, made when missing; an empty name keeps nothing."""
        self.folder = Path(folder) if folder else None
        self.function = f"{function.__module__}:{getattr(function, '__name__', '')}"
        if self.folder:
            self.folder.mkdir(parents=True, exist_ok=True)

    def _file(self, item: Any) -> Path | None:
        if self.folder is None:
            return None
        return self.folder / f"{fingerprint((self.function, item))}.pickle"

    def read(self, item: Any) -> tuple[Any] | None:
        """Give the kept result in a tuple, or None; a half-written file counts as none."""
        file = self._file(item)
        if file is None or not file.exists():
            return None
        try:
            result = pickle.loads(file.read_bytes())  # noqa: S301 - our own results
        except (pickle.UnpicklingError, EOFError):
            return None
        return result if isinstance(result, tuple) else None

    def write(self, item: Any, result: Any) -> None:
        """Keep a result; the file appears whole or not at all."""
        file = self._file(item)
        if file is not None:
            part = file.with_suffix(".part")
            part.write_bytes(pickle.dumps(result, protocol=4))
            part.replace(file)


def kept_in(
    folder: str, run: Callable[[Work, Sequence[Any], Progress], list[Any]]
) -> Callable[[Work, Sequence[Any], Progress], list[Any]]:
    """Give ``run`` with finished results kept in a folder: only missing items are done."""

    def restartable(function: Work, items: Sequence[Any], progress: Progress) -> list[Any]:
        kept = Kept(folder, function)
        results = [kept.read(item) for item in items]
        missing = [number for number, result in enumerate(results) if result is None]
        done = run(partial(_and_keep, folder, function), [items[i] for i in missing], progress)
        for number, result in zip(missing, done, strict=True):
            results[number] = (result,)
        return [result[0] for result in results if result is not None]

    return restartable


def _and_keep(folder: str, function: Work, item: Any, progress: Progress) -> Any:
    result = function(item, progress)
    Kept(folder, function).write(item, (result,))
    return result
