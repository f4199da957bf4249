"""Fixtures that start a loopback registry; conftest names this as a plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from registry.records import Records
from registry.server import Registry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def registry() -> Iterator[Registry]:
    """The registries on loopback: invented records, no latency, limits on."""
    with Registry() as opened:
        yield opened


@pytest.fixture(scope="session")
def corpus_records(corpus: Path) -> Records:
    """The recorded answers and our own, read once for the whole session."""
    records = Records(corpus)
    records.warm()
    return records


@pytest.fixture
def corpus_registry(corpus_records: Records) -> Iterator[Registry]:
    """The registries on loopback with the recorded answers, limits on."""
    with Registry(corpus_records) as opened:
        yield opened
