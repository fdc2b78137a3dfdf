"""What all tests share: hypothesis without a clock, and the order in which tests run."""

from __future__ import annotations

import os
import sys

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
RESULT = pytest.StashKey[int]()


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


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Keep the result for the very end."""
    session.config.stash[RESULT] = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """End here where QGIS was loaded, with the result as the exit code.

    Python and Qt take their objects down in no fixed order: a layer that a failed test's
    traceback still holds would crash the process after its last line, and hide the result.
    """
    if "qgis.core" in sys.modules and RESULT in config.stash:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(config.stash[RESULT])
