"""Imports of events, platform attendance and traces into a workspace, twice without doubling."""

from __future__ import annotations

import numpy as np
import pyproj

from linzhang_plugin.core.patrols.clock import Clock, day_number
from linzhang_plugin.core.patrols.devices import device_mark
from linzhang_plugin.workspace.create import create_workspace
from linzhang_plugin.workspace.store import open_workspace
from linzhang_plugin.workspace.traces import TraceStore
from tests.truth.small_county import CRS, YEAR, small_county
from tests.truth.traces import fixes_of, gpx_of, sampled, start_of, walk

TEMP = "TEMPORARY_OUTPUT"


def test_imports_into_a_workspace_are_repeatable(provider, tmp_path):
    from qgis import processing

    path = tmp_path / "county.gpkg"
    crs = pyproj.CRS.from_user_input(CRS)
    create_workspace(path, "360702", "示例县", YEAR, crs, small_county())
    events, days, trace = (tmp_path / name for name in ("e.csv", "d.csv", "R1.gpx"))
    events.write_text(
        "事件编号,事件类型,发现时间,经度,纬度\n1,盗伐,2025-03-01 08:00,114.9,25.8\n"
        "2,盗伐,2025-03-02 08:00,,\n",
        encoding="utf-8",
    )
    days.write_text("护林员编号,日期,分钟\nR1,2025-03-01,120\n", encoding="utf-8")
    fixes = fixes_of([("R1", start_of(1, 8), sampled(walk(np.random.default_rng(0), 60), 15))])
    trace.write_bytes(gpx_of(fixes, "R1"))
    for _ in range(2):
        for name, source in (("importevents", events), ("importattendance", days)):
            given = {"INPUT": str(source), "WORKSPACE": str(path), "OUTPUT": TEMP}
            processing.run(f"linzhang:{name}", given)
        given = {"INPUT": str(trace), "DATUM": 1, "WORKSPACE": str(path)}
        given |= {"TRACKS": TEMP, "REJECTED": TEMP}
        processing.run("linzhang:importtraces", given)
    workspace = open_workspace(path)
    stored = workspace.read("event")
    assert stored["event_id"].tolist() == ["1", "2"]
    point = stored.geometry.iloc[:1].to_crs(4490).iloc[0]
    assert (round(point.x, 6), round(point.y, 6)) == (114.9, 25.8)
    assert stored.geometry.iloc[1] is None
    assert workspace.read("platform_day")["minutes"].tolist() == [120.0]
    kept = TraceStore(path).folder / "2025.sqlite"
    assert kept.exists()


def test_an_imei_tells_phones_apart_and_is_kept_nowhere(provider, tmp_path):
    """Outputs, log, workspace and trace files hold marks; not one file holds the number."""
    from qgis import processing
    from qgis.core import QgsProcessingFeedback

    path, imei = tmp_path / "county.gpkg", ("866000000000011", "866000000000029")
    crs = pyproj.CRS.from_user_input(CRS)
    create_workspace(path, "360702", "示例县", YEAR, crs, small_county())
    walks = [
        ("R1", start_of(d, 8), sampled(walk(np.random.default_rng(d), 130), 15)) for d in (1, 2)
    ]
    fixes = fixes_of(walks)
    frame = fixes.frame()
    phones = [imei[int(stamp[8:10]) - 1] for stamp in frame["time"]]
    rows = zip(frame["time"], frame["lon"], frame["lat"], phones, strict=True)
    lines = [f"R1,{t},{x:.7f},{y:.7f},{phone}" for t, x, y, phone in rows]
    given = tmp_path / "given"
    given.mkdir()
    head = "人员编号,时间,经度,纬度,IMEI"
    (given / "a.csv").write_text("\n".join([head, *lines]), encoding="utf-8")
    out, log = tmp_path / "out", QgsProcessingFeedback()
    out.mkdir()
    done = processing.run(
        "linzhang:importtraces",
        {
            "INPUT": str(given / "a.csv"), "DATUM": 1, "WORKSPACE": str(path), "CLIP": False,
            "FIXES": str(out / "fixes.gpkg"), "TRACKS": str(out / "tracks.gpkg"),
            "REJECTED": str(out / "rejected.csv"),
        },
        feedback=log,
    )  # fmt: skip
    assert done["N_FIXES"] == len(fixes)
    period = {"PERIOD_START": "2025-03-01", "PERIOD_END": "2025-03-31"}
    for source in ({"WORKSPACE": str(path), **period}, {"FIXES": done["FIXES"]}):
        judged = processing.run(
            "linzhang:assesspatrols",
            {**source, "PATROLS": str(out / "p.gpkg"), "PATROL_DAYS": str(out / "d.gpkg"),
             "ATTENDANCE": TEMP, "RATES": TEMP},
            feedback=log,
        )  # fmt: skip
        assert judged["N_PATROLS"] == 2
    kept = TraceStore(path).read(day_number("2025-03-01"), day_number("2025-03-31"), Clock())
    assert kept.devices == tuple(sorted(device_mark(one) for one in imei))
    written = [p for p in tmp_path.rglob("*") if p.is_file() and given not in p.parents]
    assert {p.name for p in written} >= {"fixes.gpkg", "county.gpkg", "2025.sqlite"}
    for one in imei:
        assert one not in log.textLog()
        assert not [p.name for p in written if one.encode() in p.read_bytes()]
    assert device_mark(imei[0]).encode() in (out / "fixes.gpkg").read_bytes()
