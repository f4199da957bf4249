"""Fixtures that every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

pytest_plugins = ["registry.fixtures"]


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The shared corpus of recorded answers, or a skip that says why."""
    where = os.environ.get("LUPUSREFS_CORPUS")
    if not where or not Path(where).is_dir():
        pytest.skip("no corpus: set LUPUSREFS_CORPUS to the shared corpus folder")
    return Path(where)
