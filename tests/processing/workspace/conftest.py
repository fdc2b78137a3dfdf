"""A workspace of the small truth county for the algorithms, copied for every test."""

from __future__ import annotations

import shutil

import pyproj
import pytest

from linzhang_plugin.workspace.create import create_workspace
from tests.truth.small_county import CRS, YEAR, small_county


@pytest.fixture(scope="session")
def county(tmp_path_factory):
    path = tmp_path_factory.mktemp("算法 工作区") / "示例 县.gpkg"
    crs = pyproj.CRS.from_user_input(CRS)
    create_workspace(path, "360702", "示例县", YEAR + 1, crs, small_county())
    return path


@pytest.fixture
def store(county, tmp_path):
    copy = tmp_path / "县 工作区.gpkg"
    shutil.copy(county, copy)
    return copy
