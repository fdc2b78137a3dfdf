"""Common areas, without warnings where there is none."""

import warnings

import numpy as np
import shapely

from linzhang_plugin.core.terrain.overlap import common_area


def test_common_area_is_given_and_empty_results_do_not_warn():
    one = shapely.box(0, 0, 10, 10)
    corner = shapely.Polygon([(11, 0), (20, 0), (20, 20), (0, 20), (0, 11), (11, 11)])
    others = np.array([shapely.box(5, 5, 20, 20), shapely.box(0, 20, 10, 30), corner])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert common_area(np.array([one] * 3), others).tolist() == [25.0, 0.0, 0.0]
