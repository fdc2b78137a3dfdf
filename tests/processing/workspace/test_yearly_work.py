"""The workspace's algorithms as QGIS runs them, good input and bad."""

from __future__ import annotations

import pandas as pd
import pytest
from qgis import processing
from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsProject, QgsVectorLayer

from linzhang_plugin.workspace import sample as sample_module
from linzhang_plugin.workspace.plans import status_of
from linzhang_plugin.workspace.store import open_workspace
from linzhang_plugin.workspace.version import SCHEMA_VERSION
from tests.truth.small_county import TOWNS, YEAR, small_county

NEXT = YEAR + 1
A1 = f"{TOWNS[0]}W001"


def run(name, feedback=None, **parameters):
    """Run an algorithm; its failure carries the sentence that a user reads."""
    return processing.run(f"linzhang:{name}", parameters, feedback=feedback)


def refused(said, name, **parameters):
    with pytest.raises(QgsProcessingException, match=said):
        run(name, **parameters)


def rows(layer):
    if isinstance(layer, str):
        layer = QgsVectorLayer(layer, "x", "ogr")
    names = [field.name() for field in layer.fields()]
    return [dict(zip(names, feature.attributes(), strict=True)) for feature in layer.getFeatures()]


def sinks(folder, *names):
    return {name: str(folder / f"{name.lower()}.gpkg") for name in names}


@pytest.fixture
def plan(store, tmp_path):
    """Give GRIDS and STAND_GRID of next year as files, as optimizegrids writes them."""
    workspace = open_workspace(store)
    loaded = run("loadplan", WORKSPACE=str(store), YEAR=NEXT,
                 **sinks(tmp_path, "STANDS", "RANGERS", "GRIDS"))  # fmt: skip
    grids = workspace.read("grid").assign(grid_year=NEXT, status=None)
    stands = workspace.read("stand")[["stand_id", "geometry"]]
    parts = workspace.read("grid_stand").set_index("stand_id")["grid_code"]
    stands = stands.assign(grid_code=stands["stand_id"].map(parts))
    files = {"GRIDS": tmp_path / "plan_grids.gpkg", "STAND_GRID": tmp_path / "plan_stands.gpkg"}
    grids.to_file(files["GRIDS"], driver="GPKG")
    stands.to_crs(4490).to_file(files["STAND_GRID"], driver="GPKG")
    return loaded, {name: str(path) for name, path in files.items()}


def test_an_empty_workspace_and_its_project(tmp_path):
    store = tmp_path / "新 建" / "县.gpkg"
    done = run("createworkspace", COUNTY_CODE="360730", COUNTY_NAME="示例县", YEAR=2024,
               STORE=str(store))  # fmt: skip
    assert done["WORKSPACE"] == str(store)
    workspace = open_workspace(store)
    assert workspace.info["crs"] == "EPSG:4548" and not workspace.sample
    project = QgsProject()
    assert project.read(done["PROJECT"])
    assert all(layer.isValid() for layer in project.mapLayers().values())
    project.clear()


def test_a_given_crs_and_project_are_used(tmp_path):
    project = tmp_path / "图.qgz"
    run("createworkspace", COUNTY_CODE="530000", COUNTY_NAME="示例县", YEAR=2024, CRS="EPSG:4543",
        STORE=str(tmp_path / "a.gpkg"), PROJECT=str(project))  # fmt: skip
    assert open_workspace(tmp_path / "a.gpkg").info["crs"] == "EPSG:4543" and project.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"COUNTY_CODE": "36"}, "six digits"),
        ({"COUNTY_NAME": "  "}, "COUNTY_NAME"),
        ({"CRS": "EPSG:4490"}, "projected"),
        ({"CONNECTION": "pg"}, "PostgreSQL"),
        ({"STORE": ""}, "STORE"),
    ],
)
def test_a_workspace_that_cannot_be_made(tmp_path, change, said):
    good = {"COUNTY_CODE": "360702", "COUNTY_NAME": "x", "YEAR": 2024}
    refused(said, "createworkspace", **{**good, "STORE": str(tmp_path / "w.gpkg"), **change})
    assert not list(tmp_path.iterdir())


def test_a_workspace_is_not_overwritten_unasked(store):
    before = store.read_bytes()
    refused("exists already", "createworkspace", COUNTY_CODE="360702", COUNTY_NAME="x", YEAR=2024,
            STORE=str(store))  # fmt: skip
    assert store.read_bytes() == before


def test_a_sample_county_fills_the_workspace(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "linzhang_plugin.processing.workspace.createworkspace.sample_frames",
        lambda seed, year, scale, progress: (small_county(year - 1), None),
    )
    for store in ("one.gpkg", "two.gpkg"):
        run("createworkspace", COUNTY_CODE="360702", COUNTY_NAME="示例区", YEAR=2024, SAMPLE=True,
            STORE=str(tmp_path / store))  # fmt: skip
    one, two = (open_workspace(tmp_path / name) for name in ("one.gpkg", "two.gpkg"))
    assert one.sample and one.count("stand") == 40
    for name in ("stand", "grid", "assignment", "change_log", "code_list"):
        columns = ["created_at", "updated_at"]
        first, second = (w.read(name, standard=True).drop(columns=columns) for w in (one, two))
        pd.testing.assert_frame_equal(pd.DataFrame(first), pd.DataFrame(second))


@pytest.mark.full
def test_the_real_sample_county_is_made_twice_the_same(tmp_path):
    first, _ = sample_module.sample_frames(7, 2024, 0.2)
    second, _ = sample_module.sample_frames(7, 2024, 0.2)
    for name, frame in first.items():
        pd.testing.assert_frame_equal(pd.DataFrame(frame), pd.DataFrame(second[name]))


def test_loading_gives_the_three_layers(plan):
    loaded, _ = plan
    assert (loaded["N_STANDS"], loaded["N_RANGERS"], loaded["N_GRIDS"]) == (40, 8, 8)
    stands = rows(loaded["STANDS"])
    assert {"previous_grid_code", "start_grid_code", "locked", "po_du", "official_m2"} <= set(
        stands[0]
    )
    assert stands[0]["previous_grid_code"] == A1
    assert all(row["person_id"] for row in rows(loaded["RANGERS"]))


def test_adopt_check_confirm_and_export(store, plan, tmp_path):
    _, layers = plan
    common = {"WORKSPACE": str(store), "YEAR": NEXT}
    done = run("adoptgrids", **common, **layers, STATUS=0)
    assert (done["N_GRIDS"], done["N_ASSIGNED"]) == (8, 8)
    refused("has a plan already", "adoptgrids", **common, **layers, STATUS=0)
    done = run("adoptgrids", **common, **layers, STATUS=2, REPLACE=True, CONFIRMED_ON="2026-03-01")
    workspace = open_workspace(store)
    assert status_of(workspace, NEXT) == "confirmed"
    refused("is confirmed", "adoptgrids", **common, **layers, STATUS=0, REPLACE=True)
    report = tmp_path / "检查.html"
    found = run("checkworkspace", **common, RULES="suburb", FINDINGS=str(tmp_path / "f.gpkg"),
                REPORT=str(report))  # fmt: skip
    listed = rows(found["FINDINGS"])
    assert found["N_ERRORS"] == 0 and found["N_WARNINGS"] == 0
    assert listed == []
    assert "suburb" not in report.read_text(encoding="utf-8")
    folder = tmp_path / "导 出"
    done = run("exportgrids", **common, PROFILE=1, FOLDER=str(folder),
               REPORT=str(tmp_path / "e.html"))  # fmt: skip
    assert done["N_GRIDS"] == 8 and done["TOTAL_MU"] == pytest.approx(12006)
    assert (folder / f"grids_360702_{NEXT}_grids.shp").exists()


def test_a_county_of_small_grids_breaks_the_default_bounds(store, tmp_path):
    found = run("checkworkspace", WORKSPACE=str(store), YEAR=YEAR, FINDINGS="memory:")
    listed = rows(found["FINDINGS"])
    assert found["N_ERRORS"] == 8 and {row["rule"] for row in listed} == {5}
    assert all(not f.geometry().isEmpty() for f in found["FINDINGS"].getFeatures())


def test_a_wrong_plan_is_refused_with_one_sentence(store, plan):
    loaded, layers = plan
    before = store.read_bytes()
    refused("has no field stand_id", "adoptgrids", WORKSPACE=str(store), YEAR=NEXT, STATUS=0,
            GRIDS=layers["GRIDS"], STAND_GRID=loaded["RANGERS"])  # fmt: skip
    refused("is no date", "adoptgrids", WORKSPACE=str(store), YEAR=NEXT, STATUS=2, **layers,
            CONFIRMED_ON="1 March")  # fmt: skip
    assert store.read_bytes() == before


@pytest.mark.parametrize("name", ["loadplan", "checkworkspace", "exportgrids"])
def test_a_missing_workspace_is_told(name, tmp_path):
    more = {"FOLDER": str(tmp_path)} if name == "exportgrids" else {"FINDINGS": "memory:"}
    more |= dict.fromkeys(("STANDS", "RANGERS", "GRIDS"), "memory:") if name == "loadplan" else {}
    refused("There is no workspace", name, WORKSPACE="/nowhere/x.gpkg", YEAR=YEAR, **more)
    refused("No workspace: choose one", name, YEAR=YEAR, **more)


def test_the_open_projects_workspace_is_the_default(store, tmp_path):
    from linzhang_plugin.workspace.project import write_project

    path = store.with_suffix(".qgz")
    write_project(open_workspace(store), path, YEAR)
    project = QgsProject.instance()
    assert project.read(str(path))
    try:
        assert run("checkworkspace", YEAR=YEAR, FINDINGS="memory:")["N_ERRORS"] == 8
    finally:
        project.clear()


def test_backing_up_and_restoring(store, tmp_path):
    backup = tmp_path / "备 份" / "一.gpkg"
    backup.parent.mkdir()
    assert run("backupworkspace", WORKSPACE=str(store), BACKUP=str(backup))["SIZE_MB"] > 0.1
    open_workspace(store).write({}, remove={"notice_board": {}})
    run("restoreworkspace", WORKSPACE=str(store), BACKUP=str(backup))
    assert open_workspace(store).count("notice_board") == 1
    refused("itself", "backupworkspace", WORKSPACE=str(store), BACKUP=str(store))


def test_a_year_is_rolled_over(store):
    leaver = pd.DataFrame({"person_id": ["R00"], "active_to": [f"{YEAR}-12-31"]})
    open_workspace(store).write({"person": leaver})
    done = run("rolloveryear", WORKSPACE=str(store), YEAR=NEXT)
    assert (done["N_GRIDS"], done["N_ASSIGNED"], done["N_VACANT"]) == (8, 7, 1)
    grids = open_workspace(store).read("grid", {"grid_year": NEXT})
    assert grids["grid_code"].equals(grids["previous_grid_code"])
    refused("has a plan already", "rolloveryear", WORKSPACE=str(store), YEAR=NEXT)
    refused("no plan before", "rolloveryear", WORKSPACE=str(store), YEAR=2000)


def test_migrating_a_current_workspace_keeps_it(store):
    assert run("migrateworkspace", WORKSPACE=str(store))["VERSION"] == SCHEMA_VERSION
    assert open_workspace(store).count("stand") == 40


class Stopped(QgsProcessingFeedback):
    """A user who pressed cancel before the work began."""

    def isCanceled(self):
        return True


@pytest.mark.parametrize("name", ["checkworkspace", "createworkspace"])
def test_a_cancelled_run_writes_nothing(name, store, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    parameters = {
        "checkworkspace": {"WORKSPACE": str(store), "YEAR": YEAR,
                           "FINDINGS": str(folder / "f.gpkg")},
        "createworkspace": {"COUNTY_CODE": "360702", "COUNTY_NAME": "x", "YEAR": 2024,
                            "SAMPLE": True, "STORE": str(folder / "w.gpkg")},
    }[name]  # fmt: skip
    with pytest.raises(QgsProcessingException, match="Cancelled"):
        run(name, feedback=Stopped(), **parameters)
    assert not list(folder.iterdir())
