"""Rosters and grids that change in mid-month, from layers to rates; totals without traces."""

from __future__ import annotations

import json

import numpy as np
import pytest
from qgis.core import QgsProcessingException

from tests.truth.traces import degrees, fixes_of, gpx_of, noisy, sampled, start_of, walk

TEMP = "TEMPORARY_OUTPUT"
SIDE = 3000.0


def _rows(layer):
    names = [field.name() for field in layer.fields()]
    return [dict(zip(names, f.attributes(), strict=True)) for f in layer.getFeatures()]


def _box(x0, **properties):
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]]) * SIDE / 2
    lon, lat = degrees(corners[:, 0] + x0, corners[:, 1])
    ring = [[x, y] for x, y in zip(lon.tolist(), lat.tolist(), strict=True)]
    shape = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": properties, "geometry": shape}


def _csv(folder, name, rows):
    path = folder / f"{name}.csv"
    names = list(rows[0])
    lines = [",".join(names), *(",".join(str(r[n]) for n in names) for r in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    path.with_suffix(".csvt").write_text(",".join('"String"' for _ in names), encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def month(provider, tmp_path_factory):
    """R1 goes over from grid 1 to grid 2 on the 16th; R2 leaves on the 15th, R3 joins on the 16th.

    R1 walks in grid 1 up to the 18th: on the 16th to 18th that is the wrong grid.
    """
    from qgis import processing

    folder = tmp_path_factory.mktemp("month")
    traces = folder / "traces"
    traces.mkdir()
    rng = np.random.default_rng(3)
    plan = [("R1", 0.0, range(1, 19)), ("R1", SIDE, range(19, 28)), ("R2", SIDE, range(1, 13)),
            ("R3", 0.0, range(16, 27))]  # fmt: skip
    for person, x, days in plan:
        for day in days:
            done = walk(rng, 125, bend=0.2)
            done.x[:] = x + 800 * np.sin(done.seconds / 1200 + rng.uniform(0, 6))
            done.y[:] = 800 * np.cos(done.seconds / 900)
            fixes = fixes_of([(person, start_of(day, 8), noisy(rng, sampled(done, 30), 2))])
            (traces / f"{person}_2025-03-{day:02d}.gpx").write_bytes(gpx_of(fixes))
    grids = folder / "grids.geojson"
    boxes = [_box(0.0, grid_code="W001", ranger_id="R3"), _box(SIDE, grid_code="W002",
                                                               ranger_id="R1")]  # fmt: skip
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    grids.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": boxes}))
    held = [
        ("W001", "R1", "ranger", "2025-01-01", "2025-03-15"),
        ("W002", "R1", "ranger", "2025-03-16", ""),
        ("W002", "R2", "ranger", "2025-01-01", "2025-03-15"),
        ("W001", "R3", "ranger", "2025-03-16", ""),
    ]
    names = ("grid_code", "person_id", "duty", "start_on", "end_on")
    people = [
        ("R1", "示例甲", "ranger", "360702104", "2021-01-01", ""),
        ("R2", "示例乙", "ranger", "360702104", "2021-01-01", "2025-03-15"),
        ("R3", "示例丙", "ranger", "360702104", "2025-03-16", ""),
    ]
    titles = ("person_id", "name", "role", "town_code", "active_from", "active_to")
    tracks = processing.run(
        "linzhang:importtraces",
        {"INPUT": str(traces), "DATUM": 1, "TRACKS": TEMP, "REJECTED": TEMP},
    )["TRACKS"]
    return processing.run(
        "linzhang:assesspatrols",
        {
            "TRACKS": tracks,
            "GRIDS": str(grids),
            "ASSIGNMENTS": _csv(folder, "held", [dict(zip(names, r, strict=True)) for r in held]),
            "PERSONS": _csv(folder, "people", [dict(zip(titles, r, strict=True)) for r in people]),
            "PERIOD_START": "2025-03-01",
            "PERIOD_END": "2025-03-31",
            "PATROLS": TEMP, "PATROL_DAYS": TEMP, "ATTENDANCE": TEMP, "RATES": TEMP,
        },
    )  # fmt: skip


def test_a_patrol_is_judged_against_the_grid_of_its_day(month):
    days = {(r["person_id"], r["day"]): r for r in _rows(month["PATROL_DAYS"])}
    for day in range(1, 28):
        row = days["R1", f"2025-03-{day:02d}"]
        assert bool(row["valid"]) is (day not in (16, 17, 18)), day
    assert "own grid" in days["R1", "2025-03-17"]["reasons"]


def test_joiners_and_leavers_owe_their_share(month):
    rows = {r["person_id"]: r for r in _rows(month["ATTENDANCE"])}
    # 20 × 31/31, 20 × 15/31 = 9.7, 20 × 16/31 = 10.3
    assert [rows[p]["days_required"] for p in ("R1", "R2", "R3")] == [20, 10, 10]
    assert [rows[p]["days_valid"] for p in ("R1", "R2", "R3")] == [24, 12, 11]
    assert [rows[p]["roster_days"] for p in ("R1", "R2", "R3")] == [31, 15, 16]
    assert all(row["met"] for row in rows.values())


def test_rates_follow_the_roster_of_each_day(month):
    whole = next(r for r in _rows(month["RATES"]) if not r["town_code"])
    assert whole["rangers"] == 3 and whole["qualified_percent"] == 100.0
    assert whole["attendance_percent"] == pytest.approx(100.0)
    # two on the roster every day: R1 and R2, then R1 and R3
    shares = [(day <= 27) / 2 + ((day <= 12) or (16 <= day <= 26)) / 2 for day in range(1, 32)]
    assert whole["daily_percent"] == pytest.approx(100 * sum(shares) / 31)


def test_totals_of_the_platform_alone_make_a_month(provider, tmp_path):
    from qgis import processing

    names = ("person_id", "name", "role", "town_code")
    people = [("R1", "示例甲", "ranger", "360702104"), ("R2", "示例乙", "ranger", "360702104")]
    days = [{"person_id": "R1", "day": f"2025-03-{d:02d}", "minutes": 130, "km": 5}
            for d in range(1, 23)]  # fmt: skip
    given = {
        "PLATFORM": _csv(tmp_path, "platform", days),
        "PERSONS": _csv(tmp_path, "people", [dict(zip(names, p, strict=True)) for p in people]),
        "PATROLS": TEMP, "PATROL_DAYS": TEMP, "ATTENDANCE": TEMP, "RATES": TEMP,
    }  # fmt: skip
    with pytest.raises(QgsProcessingException, match="PLATFORM alone does not say them"):
        processing.run("linzhang:assesspatrols", given)
    period = {"PERIOD_START": "2025-03-01", "PERIOD_END": "2025-03-31"}
    out = processing.run("linzhang:assesspatrols", {**given, **period})
    rows = {r["person_id"]: r for r in _rows(out["ATTENDANCE"])}
    assert (rows["R1"]["days_valid"], rows["R1"]["days_platform"]) == (22, 22)
    assert rows["R1"]["met"] and not rows["R2"]["met"]
    whole = next(r for r in _rows(out["RATES"]) if not r["town_code"])
    assert whole["online_percent"] == 50.0 and out["N_PATROLS"] == 0
    assert {r["source"] for r in _rows(out["PATROL_DAYS"])} == {"平台数据"}


def test_a_period_without_traces_is_a_month_of_nothing(provider, month, tmp_path):
    """Traces of March judged for May: everybody owes, nobody was out, nothing fails."""
    from qgis import processing

    path = tmp_path / "R1_2025-03-01.gpx"
    fixes = fixes_of([("R1", start_of(1, 8), sampled(walk(np.random.default_rng(0), 130), 30))])
    path.write_bytes(gpx_of(fixes))
    tracks = processing.run(
        "linzhang:importtraces", {"INPUT": str(path), "DATUM": 1, "TRACKS": TEMP, "REJECTED": TEMP}
    )["TRACKS"]
    names = ("person_id", "name", "role", "town_code")
    people = [dict(zip(names, ("R1", "示例甲", "ranger", "360702104"), strict=True))]
    out = processing.run(
        "linzhang:assesspatrols",
        {
            "TRACKS": tracks, "PERSONS": _csv(tmp_path, "people", people),
            "PERIOD_START": "2025-05-01", "PERIOD_END": "2025-05-31",
            "PATROLS": TEMP, "PATROL_DAYS": TEMP, "ATTENDANCE": TEMP, "RATES": TEMP,
        },
    )  # fmt: skip
    (row,) = _rows(out["ATTENDANCE"])
    assert (row["days_required"], row["days_valid"], bool(row["met"])) == (20, 0, False)
    whole = next(r for r in _rows(out["RATES"]) if not r["town_code"])
    assert (whole["online_percent"], whole["attendance_percent"]) == (0.0, 0.0)
