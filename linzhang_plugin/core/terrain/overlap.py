"""Common area of polygons."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely

Shapes = npt.NDArray[np.object_]


def common_area(one: Shapes, two: Shapes) -> npt.NDArray[np.float64]:
    """Give the area that each pair of polygons has in common, m².

    GEOS before 3.12 sets the processor's "invalid" flag where a result is empty, and numpy warns
    of it though nothing is wrong (shapely issue 1345); the flag is not listened to here.
    """
    with np.errstate(invalid="ignore"):
        return np.asarray(shapely.area(shapely.intersection(one, two)))
