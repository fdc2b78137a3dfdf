"""What an image's numbers mean is told from the numbers, not from single sites."""

import numpy as np
import pytest

from linzhang_plugin.core.messages import InputError
from linzhang_plugin.core.slopes.indices import INDICES, bare_index, scale_of

FOREST, SOIL, WATER = (0.03, 0.04, 0.34, 0.15), (0.09, 0.23, 0.28, 0.39), (0.05, 0.04, 0.02, 0.01)


def scene(seed=0, dark=True):
    rng = np.random.default_rng(seed)
    kinds = [FOREST] * 80 + [SOIL] * 15 + [WATER] * 5 if dark else [SOIL]
    return np.concatenate([rng.normal(k, 0.004, (50, 4)).ravel() for k in kinds]).clip(0.001)


@pytest.mark.parametrize("added", [0.0, 0.1])
@pytest.mark.parametrize(("factor", "kind"), [(1.0, "float32"), (10_000.0, "uint16")])
def test_reflectance_numbers_and_added_offsets_are_told_apart(added, factor, kind):
    sample = ((scene() + added) * factor).astype(kind)
    scale = scale_of(sample, np.dtype(kind))
    got = (sample.astype(float) + scale.offset) * scale.factor
    assert np.abs(got - scene()).max() < 2e-4


def test_an_offset_that_is_given_is_kept():
    sample = (scene() * 10_000 + 1000).astype("uint16")
    assert scale_of(sample, sample.dtype, -500.0).offset == -500.0


def test_zeros_that_stand_for_nothing_do_not_hide_the_offset():
    sample = np.append((scene() * 10_000 + 1000).astype("uint16"), np.zeros(3000, "uint16"))
    assert scale_of(sample, sample.dtype).offset == -1000.0


def test_percent_is_read_as_such():
    sample = (scene() * 100).astype("float32")
    assert scale_of(sample, sample.dtype).factor == 0.01


@pytest.mark.parametrize(
    ("sample", "word"),
    [
        (np.array([], dtype="float32"), "no valid cells"),
        (np.full(9, 7.0, dtype="float32"), "only the value"),
        (np.arange(9, dtype="uint8"), "bytes"),
    ],
)
def test_useless_images_get_a_sentence(sample, word):
    with pytest.raises(InputError, match=word):
        scale_of(sample, sample.dtype)


def test_every_index_is_finite_on_ground_and_nothing_where_all_bands_are_zero():
    names = ("blue", "red", "nir", "swir1")
    soil = {n: np.array([v, 0.0], "f4") for n, v in zip(names, SOIL, strict=True)}
    soil["green"] = np.array([0.13, 0.0], "f4")
    for index in INDICES.values():
        value = index.formula(soil)
        assert np.isfinite(value[0])
        assert np.isnan(value[1])
    assert bare_index(soil).name == "BSI"
