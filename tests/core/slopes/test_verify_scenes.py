"""Verdicts between images of different haze and season, on planted cover."""

import numpy as np
import pytest

from linzhang_plugin.core.slopes.verify import (
    Endmembers,
    ndvi_of,
    normalised,
    reference_line,
    verify,
)

GROUND = {
    # red, nir
    "forest": (0.040, 0.340),
    "roof": (0.190, 0.230),
    "soil": (0.230, 0.280),
    "road": (0.120, 0.140),
    "water": (0.040, 0.025),
}
BANDS = ("red", "nir")


def painted(kinds, rng, season=0.0):
    """Reflectance by band; the season takes NIR from vegetation and gives it red."""
    made = {}
    for band, name in enumerate(BANDS):
        base = np.array([GROUND[k][band] for k in kinds])
        leaf = np.array([k == "forest" for k in kinds])
        base = np.where(leaf, base * (1 - season if band else 1 + season), base)
        made[name] = base + rng.normal(0, 0.006, len(kinds))
    return made


def mixed(share, count, rng, season=0.0):
    """Cells of a site that is green by ``share``."""
    forest, soil = painted(["forest"] * count, rng, season), painted(["soil"] * count, rng)
    return {n: share * forest[n] + (1 - share) * soil[n] for n in BANDS}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    ("gain", "haze", "season"),
    [(1.0, 0.0, 0.0), (0.85, 0.03, 0.0), (1.15, -0.01, 0.0), (0.8, 0.06, 0.0), (0.9, 0.03, 0.08)],
)
def test_planted_cover_is_judged_rightly_through_haze_and_season(gain, haze, season, seed):
    rng = np.random.default_rng(seed)
    kinds = rng.choice(["forest", "roof", "soil", "road", "water"], 3000, p=[0.7, 0.1, 0.08, 0.08,
                                                                          0.04])  # fmt: skip
    before, after = painted(kinds, rng), painted(kinds, rng, season)
    changed = rng.random(len(kinds)) < 0.1
    built = painted(["roof"] * len(kinds), rng)
    hazy = {n: np.where(changed, built[n], after[n]) * gain + haze for n in BANDS}
    lines = {n: reference_line(before[n], hazy[n], seed) for n in BANDS}
    shares = np.array([0.0, 0.15, 0.3, 0.45, 0.75, 0.85, 0.95, 1.0])
    cells = 60
    site = np.repeat(np.arange(len(shares)), cells)
    first = mixed(0.0, len(site), rng)
    parts = [mixed(share, cells, rng, season) for share in shares]
    second = {n: np.concatenate([p[n] for p in parts]) * gain + haze for n in BANDS}
    forest = ndvi_of({n: np.array([v]) for n, v in zip(BANDS, GROUND["forest"], strict=True)})[0]
    soil = ndvi_of({n: np.array([v]) for n, v in zip(BANDS, GROUND["soil"], strict=True)})[0]
    made = verify(
        site, ndvi_of(first), ndvi_of(normalised(second, lines)), len(shares),
        np.full(len(shares), 0.6), 0.02, Endmembers(float(soil), float(forest)),
    )  # fmt: skip
    assert made.passed.astype(bool).tolist() == (shares >= 0.6).tolist()
    raw = ndvi_of(second)
    without = np.bincount(site, raw) / cells
    if haze >= 0.03 and season == 0:
        # What the evening-out is for: hazy numbers as they are understate the green.
        assert without[-1] < forest - 0.1
    wide = np.abs(shares - 0.6) > 0.2
    assert (made.confidence[wide] > 0.9).all()
