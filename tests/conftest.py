"""Fixtures that every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["registry.fixtures"]

# No test depends on how busy the machine is.
settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The shared corpus of recorded answers, or a skip that says why."""
    where = os.environ.get("LUPUSREFS_CORPUS")
    if not where or not Path(where).is_dir():
        pytest.skip("no corpus: set LUPUSREFS_CORPUS to the shared corpus folder")
    return Path(where)
