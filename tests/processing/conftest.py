"""Algorithms are tested as QGIS runs them: through the registered provider."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session", autouse=True)
def registered(provider):
    """Register the provider for every test of this folder."""
    return provider
