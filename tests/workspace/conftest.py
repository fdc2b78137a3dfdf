"""A workspace of the small truth county, made once and copied for every test."""

from __future__ import annotations

import shutil

import pyproj
import pytest

from linzhang_plugin.workspace.create import create_workspace
from linzhang_plugin.workspace.store import open_workspace
from tests.truth.small_county import CRS, YEAR, small_county


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("示例 工作区") / "示例 县.gpkg"
    crs = pyproj.CRS.from_user_input(CRS)
    create_workspace(path, "360702", "示例县", YEAR + 1, crs, small_county())
    return path


@pytest.fixture
def path(made, tmp_path):
    copy = tmp_path / "县 工作区.gpkg"
    shutil.copy(made, copy)
    return copy


@pytest.fixture
def workspace(path):
    return open_workspace(path)
