"""What all tests share: hypothesis without a clock, and the order in which tests run."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

# Machines differ in speed and share their cores: a test fails for what it finds, never for time.
settings.register_profile(
    "linzhang",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("linzhang")

LAST = "tests/newest/"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put last what waits for a run beside this one."""
    items.sort(key=lambda item: item.nodeid.startswith(LAST))


@pytest.fixture(scope="session")
def provider(qgis_app, qgis_processing):
    """Give the registered provider; one a session, as QGIS deletes a second with its id."""
    from qgis.core import QgsApplication

    from linzhang_plugin.processing.provider import LinzhangProvider

    registry = QgsApplication.processingRegistry()
    provider = LinzhangProvider()
    assert registry.addProvider(provider)
    yield provider
    registry.removeProvider(provider)
