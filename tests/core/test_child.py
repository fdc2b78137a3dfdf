"""The child process: results, errors, reports, death, and being killed with its children."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from linzhang_plugin.core import child
from linzhang_plugin.core.child import ChildError, child_python, run_in_child
from linzhang_plugin.core.faults import FaultError
from linzhang_plugin.core.messages import CancelledError, InputError, Message

TASKS = "tests.truth.child_tasks"


def test_gives_the_result_and_passes_reports_on():
    heard = []

    def listen(fraction, message=None):
        heard.append((fraction, message))
        return True

    assert run_in_child(f"{TASKS}:double", (21,), listen) == 42
    assert (0.5, Message("Half of {n}.", {"n": 21})) in heard


def test_errors_for_people_come_through_unchanged():
    with pytest.raises(InputError) as caught:
        run_in_child(f"{TASKS}:refuse", ())
    assert str(caught.value) == "Row 7 is empty; fill it in."


def test_other_errors_bring_the_place_where_they_happened():
    with pytest.raises(FaultError, match="ZeroDivisionError") as caught:
        run_in_child(f"{TASKS}:stumble", ())
    assert "in stumble" in caught.value.report


def test_a_dead_child_is_told():
    with pytest.raises(ChildError, match="code 9"):
        run_in_child(f"{TASKS}:die", ())


def test_prints_do_not_spoil_the_reports():
    assert run_in_child(f"{TASKS}:noisy", ()) == "heard"


def test_cancel_kills_the_child_and_its_children_within_a_second(tmp_path):
    trace = tmp_path / "trace"
    asked_at = []

    def stop(fraction, message=None):
        if message is not None or asked_at:
            asked_at.append(time.monotonic())
            return False
        return True

    with pytest.raises(CancelledError):
        run_in_child(f"{TASKS}:sleep_with_child", (str(trace),), stop)
    assert time.monotonic() - asked_at[0] < 1.0
    time.sleep(0.3)
    size = trace.stat().st_size if trace.exists() else 0
    time.sleep(0.3)
    assert (trace.stat().st_size if trace.exists() else 0) == size


def test_leaves_no_files_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(child.tempfile, "tempdir", str(tmp_path))
    run_in_child(f"{TASKS}:double", (1,))
    assert not list(tmp_path.iterdir())


def test_inside_qgis_on_windows_the_python_beside_it_is_taken(tmp_path, monkeypatch):
    python = tmp_path / "apps" / "Python312" / "python.exe"
    python.parent.mkdir(parents=True)
    python.touch()
    qgis = tmp_path / "bin" / "qgis-bin.exe"
    qgis.parent.mkdir()
    qgis.touch()
    monkeypatch.setattr(sys, "executable", str(qgis))
    for name in ("prefix", "exec_prefix", "base_exec_prefix"):
        monkeypatch.setattr(sys, name, str(python.parent))
    assert child_python() == str(python)
    python.unlink()
    with pytest.raises(ChildError, match="No Python"):
        child_python()


def test_the_child_of_a_core_task_never_imports_qgis():
    code = run_in_child("tests.truth.child_tasks:double", (1,), executable=child_python())
    assert code == 2
    source = Path(child.__file__).read_text(encoding="utf-8")
    assert "qgis." not in source.replace("qgis-bin", "")
