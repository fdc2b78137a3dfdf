"""The sample county's bare slopes from image to list, judged by what was planted."""

from __future__ import annotations

import shutil
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from qgis import processing

from linzhang_plugin.core.sample.county import make_county
from linzhang_plugin.core.sample.slopescene import make_slope_scene
from linzhang_plugin.core.slopes.lifecycle import GREEN
from linzhang_plugin.processing.workspace.createworkspace import SAMPLE_SEED
from linzhang_plugin.workspace.store import open_workspace
from tests.processing.conftest import SAMPLE_SCALE

YEAR = 2024
FRAMES = ("admin_unit", "stand", "hill", "road", "built_up", "farmland", "water")


def run(name, **inputs):
    return processing.run(f"linzhang:{name}", inputs)


@pytest.fixture(scope="module")
def truth():
    county = make_county(SAMPLE_SEED, YEAR, SAMPLE_SCALE)
    frames = {name: getattr(county, name) for name in FRAMES}
    return make_slope_scene(frames, county.dem, SAMPLE_SEED, SAMPLE_SCALE)


@pytest.fixture(scope="module")
def county(sample_county, tmp_path_factory):
    return Path(shutil.copytree(sample_county, tmp_path_factory.mktemp("核查") / "县"))


def layer(county, name, condition=""):
    end = f"|subset={condition}" if condition else ""
    return f"{county / 'county.gpkg'}|layername={name}{end}"


@pytest.fixture(scope="module")
def candidates(county):
    masks = [layer(county, n) for n in ("built_up", "farmland", "water", "special_land")]
    path = str(county / "candidates.gpkg")
    made = run("detectbareslopes", IMAGE=str(county / "county_after.tif"),
               DEM=str(county / "county_dem.tif"), EXCLUDE=masks,
               KNOWN=layer(county, "bare_slope"), YEAR=YEAR, CANDIDATES=path)  # fmt: skip
    return made, gpd.read_file(path)


def test_detection_finds_what_was_planted(candidates, truth):
    made, found = candidates
    bare = truth.scars[~truth.scars.green.to_numpy(bool) & (truth.scars.area_mu >= 1).to_numpy()]
    shapes = found[found.change != "gone"].geometry.to_numpy()
    got = shapely.union_all(shapes)
    seen = shapely.area(shapely.intersection(bare.geometry.to_numpy(), got))
    assert (seen / shapely.area(bare.geometry.to_numpy()) > 0.5).mean() >= 0.9
    planted = shapely.union_all(bare.geometry.to_numpy())
    right = shapely.area(shapely.intersection(shapes, planted)) / shapely.area(shapes)
    assert (right > 0.5).mean() >= 0.85
    green = int((truth.scars.green & truth.scars.registered).sum())
    assert made["N_GONE"] == pytest.approx(green, abs=1)


def test_what_is_almost_surely_a_field_is_left_out_where_the_map_forgot_it(county, truth):
    """A sixth of all plots is on no map; bare slopes stay, the register's too."""
    masks = [
        layer(county, n, "fid % 6 > 0") for n in ("built_up", "farmland", "water", "special_land")
    ]
    given = {
        "IMAGE": str(county / "county_after.tif"), "DEM": str(county / "county_dem.tif"),
        "EXCLUDE": masks, "KNOWN": layer(county, "bare_slope"), "YEAR": YEAR,
    }  # fmt: skip
    some, every = (
        gpd.read_file(run("detectbareslopes", **given, **more, CANDIDATES=str(county / name))
                      ["CANDIDATES"])
        for name, more in (("some.gpkg", {}), ("every.gpkg", {"CONFIDENCE_MIN": 0}))
    )  # fmt: skip
    bare = truth.scars[~truth.scars.green.to_numpy(bool)].geometry.to_numpy()
    every, some = (table[table.change != "gone"] for table in (every, some))

    def right(table):
        shapes = table.geometry.to_numpy()
        common = shapely.area(shapely.intersection(shapes, shapely.union_all(bare)))
        return int((common / shapely.area(shapes) > 0.5).sum())

    assert len(some) == (every.confidence >= 0.1).sum() <= len(every) - 3
    assert right(some) == right(every)
    assert some.known_code.notna().sum() == every.known_code.notna().sum() > 2
    numbers = sorted(int(code[-4:]) for code in some.site_code[some.known_code.isna()])
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def test_from_queue_to_list(county, candidates, truth):
    store = str(county / "county.gpkg")
    workspace = open_workspace(store)
    before = workspace.read("bare_slope")
    queued = run("importcandidates", WORKSPACE=store, INPUT=str(county / "candidates.gpkg"),
                 DETECTED_ON="2023-12-20", OUTPUT="TEMPORARY_OUTPUT")  # fmt: skip
    fresh = truth.scars[~truth.scars.registered.to_numpy(bool)].geometry.to_numpy()
    queue = workspace.read("slope_review")
    assert queued["N_IMPORTED"] == len(queue)
    real = shapely.union_all(fresh)
    is_scar = [shape.intersection(real).area > 0.5 * shape.area for shape in queue.geometry]
    assert sum(is_scar) >= len(fresh) - 1
    # The reviewer goes out and tells scars from plantations.
    for decision, wanted in ((1, True), (2, False)):
        numbers = [
            no for no, scar in zip(queue.candidate_no, is_scar, strict=True) if scar == wanted
        ]
        if numbers:
            run("adoptreviews", WORKSPACE=store, CANDIDATES=",".join(numbers), DECISION=decision,
                DECIDED_ON="2024-01-08", DECIDED_BY="示例核查人", REASON="现场核实",
                OUTPUT="TEMPORARY_OUTPUT")  # fmt: skip
    sites = workspace.read("bare_slope")
    assert len(sites) == len(before) + sum(is_scar)
    ranked = str(county / "priority.gpkg")
    run("prioritizeslopes", SITES=layer(county, "bare_slope"),
        DEM=str(county / "county_dem.tif"),
        HIGHSPEED=layer(county, "road", "kind = 'high_speed_rail'"),
        MOTORWAYS=layer(county, "road", "kind = 'motorway'"),
        ROADS=layer(county, "road", "kind IN ('national', 'provincial')"),
        SCENIC=layer(county, "scenic_spot"), OUTPUT=ranked)  # fmt: skip
    kept = run("importsites", WORKSPACE=store, INPUT=ranked, AS_OF="2024-01-09",
               OUTPUT="TEMPORARY_OUTPUT")  # fmt: skip
    assert (kept["N_IMPORTED"], kept["N_REFUSED"]) == (len(sites), 0)
    after = workspace.read("bare_slope")
    assert after.priority.between(1, 3).all()
    assert after.status.tolist() == sites.status.tolist()
    proof = str(county / "proof.gpkg")
    run("verifyregreening", SITES=layer(county, "bare_slope"),
        BEFORE=str(county / "county_before.tif"), AFTER=str(county / "county_after.tif"),
        REFERENCE=layer(county, "stand", "land_class = 'arbor'"), OUTPUT=proof)  # fmt: skip
    proven = gpd.read_file(proof).set_index("site_code")
    planted = truth.scars[truth.scars.registered.to_numpy(bool)]
    for site in before.itertuples():
        common = [site.geometry.intersection(g).area for g in planted.geometry]
        green = bool(planted.green.iloc[int(np.argmax(common))])
        assert bool(proven.at[site.site_code, "passed"]) == green, site.site_code
    checked = run("importchecks", WORKSPACE=store, INPUT=proof, KIND="影像核验",
                  CHECKED_ON="2023-12-20", AS_OF="2024-01-10",
                  OUTPUT="TEMPORARY_OUTPUT")  # fmt: skip
    assert checked["N_IMPORTED"] == len(sites)
    made = run("regreeningprogress", WORKSPACE=store, PROGRESS="TEMPORARY_OUTPUT")
    mu = after.area_mu
    done = mu[after.status.isin(GREEN)].sum()
    assert made["DONE_PERCENT"] == pytest.approx(100 * done / mu.sum(), abs=0.3)
    findings = run(
        "checkworkspace", WORKSPACE=store, YEAR=YEAR - 1, FINDINGS=str(county / "f.gpkg")
    )
    assert findings["N_ERRORS"] > 0  # last year's plan is poor on purpose
    told = gpd.read_file(county / "f.gpkg")
    assert not ((told.rule == 13) & (told.severity == "error")).any()
