"""Counties side by side: serial, processes and a Dask cluster with a worker killed agree."""

from __future__ import annotations

import pandas as pd
import pytest

from linzhang_plugin.core.counties import optimize_counties, optimize_county
from linzhang_plugin.core.grids.intake import StandFields
from linzhang_plugin.core.grids.job import Request
from linzhang_plugin.core.grids.params import GridParams
from linzhang_plugin.core.progress import silent
from tests.truth.small_counties import county, posts

FIELDS = StandFields("stand_id", "", "", "town_code", "village_code", "previous_grid_code")


def requests(count: int) -> list[Request]:
    made = []
    for seed in range(count):
        stands = county(columns=4, rows=4, towns=1, per_grid=4, seed=seed)
        stands.loc[[seed % 16], "previous_grid_code"] = ""
        made.append(Request(stands, FIELDS, posts(stands),
                            params=GridParams(0, None, 0.0, 1e9, effort=0)))  # fmt: skip
    return made


def tables(plans) -> list[pd.DataFrame]:
    return [pd.DataFrame(plan.grids.drop(columns="geometry")) for plan in plans]


def test_processes_give_what_one_process_gives(tmp_path):
    asked = requests(3)
    serial = tables(optimize_county(request, silent) for request in asked)
    side = tables(optimize_counties(asked, workers=2, folder=str(tmp_path)))
    again = tables(optimize_counties(asked, workers=1, folder=str(tmp_path)))
    assert len(list(tmp_path.glob("*.pickle"))) == 3
    for one, other, third in zip(serial, side, again, strict=True):
        pd.testing.assert_frame_equal(one, other)
        pd.testing.assert_frame_equal(one, third)


def test_a_cluster_loses_nothing_when_a_worker_is_killed(tmp_path):
    distributed = pytest.importorskip("distributed", reason="dask is not installed here")
    asked = requests(12)
    serial = tables(optimize_county(request, silent) for request in asked)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None
    ) as cluster:
        killed = []

        def strike(fraction, message=None):
            if fraction > 0.1 and not killed:
                worker = next(iter(cluster.workers.values()))
                worker.process.process.kill()
                killed.append(True)
            return True

        found = tables(
            optimize_counties(asked, strike, cluster.scheduler_address, folder=str(tmp_path))
        )
    assert killed
    for one, other in zip(serial, found, strict=True):
        pd.testing.assert_frame_equal(one, other)
    assert len(list(tmp_path.glob("*.pickle"))) == 12
