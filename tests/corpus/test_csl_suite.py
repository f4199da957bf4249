"""The CSL test suite, with a list of what does not pass that is right both ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from csl.suite import fixtures, known_failures, run

pytestmark = pytest.mark.corpus


def test_all_but_the_known_failures_pass(corpus: Path) -> None:
    """A listed fixture that passes is as wrong as another that fails."""
    failed = {
        fixture.name
        for fixture in fixtures(corpus / "csl-suite")
        if not run(fixture).passed
    }
    assert failed == known_failures().keys()
