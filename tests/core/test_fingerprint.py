"""Fingerprints: equal content gives equal names in any process, any difference another."""

from __future__ import annotations

import dataclasses
import pickle

import numpy as np
import pandas as pd
import pytest
import shapely

from linzhang_plugin.core.child import run_in_child
from linzhang_plugin.core.fingerprint import fingerprint
from tests.truth.small_counties import county


@dataclasses.dataclass(frozen=True)
class Asked:
    frame: pd.DataFrame
    number: float = 1.0
    names: tuple[str, ...] = ()


def test_a_copy_through_a_pickle_has_the_same_name():
    asked = Asked(county(), 2.5, ("a", "b"))
    copy = pickle.loads(pickle.dumps(asked))
    copy.frame.geometry.area  # noqa: B018 - fills caches
    assert fingerprint(copy) == fingerprint(asked)
    assert run_in_child("tests.truth.child_tasks:name_of", (asked.frame,)) == fingerprint(
        asked.frame
    )


@pytest.mark.parametrize(
    "other",
    [
        Asked(county(), 2.6),
        Asked(county(), 2.5, ("a",)),
        Asked(county().iloc[1:], 2.5),
        Asked(county().rename(columns={"locked": "lock"}), 2.5),
        Asked(county().to_crs(4490), 2.5),
        Asked(county(seed=1), 2.5),
    ],
)
def test_any_difference_gives_another_name(other):
    assert fingerprint(other) != fingerprint(Asked(county(), 2.5))


def test_plain_values_are_told_apart():
    values = [1, 1.0, "1", (1,), [1], {"a": 1}, {"b": 1}, None, True, np.array([1]),
              np.array([[1]]), np.array(["1"]), pd.Series([1])]  # fmt: skip
    assert len({fingerprint(value) for value in values}) == len(values)


def test_shapes_that_begin_alike_differ():
    """The repr of a shape is cut off after some eighty signs."""
    one = [(k, k % 7) for k in range(60)]
    ways = [shapely.LineString([*one, (60, end)]) for end in (1, 2)]
    assert fingerprint({"a": ways[0]}) != fingerprint({"a": ways[1]})
    assert fingerprint(ways[0]) == fingerprint(shapely.from_wkb(ways[0].wkb))
