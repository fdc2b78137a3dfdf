"""Unchanged ground is found through haze and season, and cover judged on it without REFERENCE."""

import numpy as np
import pytest
import shapely

from linzhang_plugin.core.slopes.proof import prove
from linzhang_plugin.core.slopes.unchanged import unchanged
from linzhang_plugin.core.slopes.verify import Endmembers
from linzhang_plugin.core.terrain.raster import open_raster

SIDE, CELL = 160, 10.0
GROUND = {"forest": (0.040, 0.340), "soil": (0.230, 0.280), "field": (0.110, 0.270),
          "roof": (0.190, 0.230), "water": (0.040, 0.025)}  # fmt: skip
HAZE = [(1.0, 0.0, 0.0), (0.85, 0.03, 0.0), (0.8, 0.06, 0.0), (1.15, -0.01, 0.0),
        (0.9, 0.03, 0.08)]  # fmt: skip
SHARES = (0.0, 0.2, 0.35, 0.85, 0.95, 1.0)


def scene(seed, gain, haze, season):
    """Two images of one land with sites bare before and green by SHARES after."""
    rng = np.random.default_rng(seed)
    names = list(GROUND)
    blocks = rng.choice(len(names), (SIDE // 8, SIDE // 8), p=[0.7, 0.05, 0.15, 0.06, 0.04])
    kind = np.kron(blocks, np.ones((8, 8), int))
    site = np.full((SIDE, SIDE), -1)
    for n in range(len(SHARES)):
        site[20:32, 10 + 24 * n : 22 + 24 * n] = n
    later = kind.copy()
    later[80:110, 20:60] = names.index("roof")  # built in between
    later[120:150, 90:150] = names.index("soil")  # felled in between
    made = []
    for land, when in ((kind, 0), (later, 1)):
        bands = []
        for band in range(2):
            base = np.array([GROUND[n][band] for n in names])[land]
            leaf, soil = GROUND["forest"][band], GROUND["soil"][band]
            if when:
                leaf = leaf * (1 - season if band else 1 + season)
                base = np.where(land == 0, leaf, base)
            green = np.array(SHARES)[site] if when else np.zeros(site.shape)
            base = np.where(site >= 0, green * leaf + (1 - green) * soil, base)
            base = base * np.exp(rng.normal(0, 0.03, base.shape)) + rng.normal(0, 0.004, base.shape)
            bands.append(base * gain + haze if when else base)
        made.append(np.stack(bands))
    return made, site


def written(path, bands):
    rasterio = pytest.importorskip("rasterio")
    here = rasterio.Affine(CELL, 0, 5e5, 0, -CELL, 2.86e6)
    with rasterio.open(path, "w", driver="GTiff", height=SIDE, width=SIDE, count=2,
                       dtype="float32", crs="EPSG:4547", transform=here) as file:  # fmt: skip
        file.write(bands.astype("f4"))
    return open_raster(str(path)), {"red": 1, "nir": 2}


def shapes_of(count=6):
    left = 5e5 + CELL * (10 + 24 * np.arange(count))
    return shapely.box(left, 2.86e6 - 32 * CELL, left + 12 * CELL, 2.86e6 - 20 * CELL)


@pytest.mark.parametrize(("gain", "haze", "season"), HAZE)
@pytest.mark.parametrize("seed", range(2))
def test_cover_is_judged_rightly_without_reference_areas(tmp_path, gain, haze, season, seed):
    (before, after), _ = scene(seed, gain, haze, season)
    one, two = written(tmp_path / "a.tif", before), written(tmp_path / "b.tif", after)
    ndvi = {k: (v[1] - v[0]) / (v[1] + v[0]) for k, v in GROUND.items()}
    ends = Endmembers(ndvi["soil"], ndvi["forest"])
    made, said = prove(shapes_of(), np.full(len(SHARES), 0.6), one, two, None, ends, seed)
    assert made.passed.astype(bool).tolist() == [s >= 0.6 for s in SHARES]
    assert (made.confidence <= 0.86).all()  # nobody has said what did not change
    assert all("no REFERENCE" in str(r) for r in made.reason)
    assert "did not change" in str(said[0])


def test_what_changed_is_told_from_what_did_not():
    (before, after), site = scene(3, 0.8, 0.06, 0.0)
    one, two = (v.reshape(2, -1).T for v in (before, after))
    same = (unchanged(one, two) >= 0.5).reshape(SIDE, SIDE)
    assert same[site == 5].mean() < 0.05
    assert same[80:110, 20:60].mean() < 0.25
    still = np.ones((SIDE, SIDE), bool)
    still[80:110, 20:60] = still[120:150, 90:150] = False
    still[site >= 0] = False
    assert same[still].mean() > 0.2


def test_images_without_unchanged_ground_are_compared_as_they_are(tmp_path):
    rng = np.random.default_rng(1)
    one = written(tmp_path / "a.tif", rng.uniform(0.02, 0.4, (2, SIDE, SIDE)))
    two = written(
        tmp_path / "b.tif", np.full((2, SIDE, SIDE), 0.2) + rng.normal(0, 1e-4, (2, SIDE, SIDE))
    )
    made, said = prove(shapes_of(2), np.full(2, 0.6), one, two, None, Endmembers(0.1, 0.8))
    assert "not evened out" in str(said[0])
    assert all("not evened out" in str(r) for r in made.reason)


def test_few_cells_and_missing_values_are_no_error():
    assert not unchanged(np.full((300, 2), np.nan), np.ones((300, 2))).any()
    assert not unchanged(np.ones((10, 2)), np.ones((10, 2))).any()
    flat = unchanged(np.ones((400, 2)), np.ones((400, 2)))
    assert np.isfinite(flat).all()
