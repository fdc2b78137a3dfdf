"""Side by side: the same results as one after the other, failures, cancel, restart, Dask."""

from __future__ import annotations

import time

import pytest

from linzhang_plugin.core.batch import WorkerError, in_processes, kept_in, on_dask
from linzhang_plugin.core.messages import CancelledError, InputError, MissingLibraryError
from linzhang_plugin.core.progress import silent
from tests.truth import child_tasks


def test_results_come_in_order_whatever_the_number_of_processes():
    items = list(range(7))
    expected = [item * item for item in items]
    assert in_processes(1)(child_tasks.square, items, silent) == expected
    assert in_processes(2)(child_tasks.square, items, silent) == expected
    assert in_processes(2)(child_tasks.square, [], silent) == []


def test_a_failure_comes_through():
    with pytest.raises(InputError, match="Item 3 is bad"):
        in_processes(2)(child_tasks.fail_on_three, [1, 2, 3, 4], silent)


def test_cancel_ends_the_workers_within_a_second():
    asked = []

    def stop(fraction, message=None):
        asked.append(time.monotonic())
        return len(asked) < 3

    with pytest.raises(CancelledError):
        in_processes(2)(child_tasks.forever, [1, 2, 3], stop)
    assert time.monotonic() - asked[2] < 1.0


def test_a_dying_worker_is_told():
    with pytest.raises(WorkerError, match="died"):
        in_processes(2)(child_tasks.forget, [1, 2], silent)


def test_a_restart_does_only_what_is_missing(tmp_path, monkeypatch):
    monkeypatch.setenv("LINZHANG_TEST_LOG", str(tmp_path))
    run = kept_in(str(tmp_path / "kept"), in_processes(1))
    assert run(child_tasks.square_and_log, [1, 2, 3], silent) == [1, 4, 9]
    assert run(child_tasks.square_and_log, [1, 2, 3, 4], silent) == [1, 4, 9, 16]
    assert (tmp_path / "log").read_text().split() == ["1", "2", "3", "4"]
    broken = sorted((tmp_path / "kept").glob("*.pickle"))[0]
    broken.write_bytes(broken.read_bytes()[:3])
    assert run(child_tasks.square_and_log, [1, 2, 3, 4], silent) == [1, 4, 9, 16]
    assert len((tmp_path / "log").read_text().split()) == 5


def test_dask_that_is_not_there_is_named():
    try:
        import distributed  # noqa: F401
    except ImportError:
        with pytest.raises(MissingLibraryError, match="dask"):
            on_dask("tcp://127.0.0.1:1")
    else:
        with pytest.raises(WorkerError, match="cannot be reached"):
            on_dask("tcp://127.0.0.1:1")(child_tasks.square, [1], silent)
