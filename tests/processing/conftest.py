"""Algorithms are tested as QGIS runs them: through the registered provider."""

from __future__ import annotations

import pytest

SAMPLE_SCALE = 0.07
"""Of the sample county that the tests of this folder share."""


@pytest.fixture(scope="session", autouse=True)
def registered(provider):
    """Register the provider for every test of this folder."""
    return provider


@pytest.fixture(scope="session")
def sample_county(registered, tmp_path_factory):
    """Give the folder of a small sample county without traces; copy what you write to."""
    from qgis import processing

    folder = tmp_path_factory.mktemp("示例 县")
    processing.run(
        "linzhang:createworkspace",
        {
            "COUNTY_CODE": "360702",
            "COUNTY_NAME": "示例区",
            "YEAR": 2024,
            "SAMPLE": True,
            "STORE": str(folder / "county.gpkg"),
            "PROJECT": str(folder / "county.qgz"),
            "SCALE": SAMPLE_SCALE,
            "TRACE_MONTHS": 0,
        },
    )
    return folder
