"""Fixtures of bulk checks."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulk.lists import Bulk, make_mirror


@pytest.fixture(scope="session")
def mirror(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A mirror of 200 works."""
    return make_mirror(tmp_path_factory.mktemp("mirrors") / "mirror")


@pytest.fixture
def bulk(tmp_path: Path, mirror: Path) -> Bulk:
    """Checks against the mirror, offline."""
    return Bulk(tmp_path, {"mirror": [str(mirror)]})
