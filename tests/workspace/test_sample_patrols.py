"""Traces of a new workspace never mix with those of the one that it replaces."""

from __future__ import annotations

import numpy as np

from linzhang_plugin.core.patrols.clock import Clock, day_number
from linzhang_plugin.workspace.sample_patrols import SamplePatrols, keep_traces, sample_patrols
from linzhang_plugin.workspace.traces import TraceStore
from tests.truth.small_county import small_county
from tests.truth.traces import fixes_of, sampled, start_of, walk


def _fixes(person, day):
    done = sampled(walk(np.random.default_rng(day), 60), 15)
    return fixes_of([(person, start_of(day, 8), done)])


def test_older_traces_are_set_aside(tmp_path):
    path, clock = tmp_path / "county.gpkg", Clock()
    TraceStore(path).add(_fixes("old", 1), clock)
    folder = keep_traces(SamplePatrols({}, _fixes("new", 2), {"a.csv": b"x"}), path)
    march = day_number("2025-03-01"), day_number("2025-03-31")
    assert TraceStore(path).read(*march, clock).people == ("new",)
    assert folder is not None and (folder / "a.csv").read_bytes() == b"x"
    aside = tmp_path / "county.traces.bak"
    assert aside.is_dir()
    aside.rename(tmp_path / "older.traces")
    assert TraceStore(tmp_path / "older.gpkg").read(*march, clock).people == ("old",)


def test_a_new_workspace_without_traces_has_none(tmp_path):
    path, clock = tmp_path / "county.gpkg", Clock()
    TraceStore(path).add(_fixes("old", 1), clock)
    assert keep_traces(SamplePatrols({}, None, {}), path) is None
    assert TraceStore(path).months() == {}


def test_a_county_without_relief_has_no_patrols():
    made = sample_patrols(small_county(), None, 1, 2024, 0.1, 3)
    assert (dict(made.frames), made.fixes, dict(made.files)) == ({}, None, {})
