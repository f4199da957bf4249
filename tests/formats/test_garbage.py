"""The collector rests while a file is read, and is as it was afterwards."""

from __future__ import annotations

import gc

import pytest

from lupusrefs.formats.garbage import uncollected


def test_the_collector_rests_and_goes_on() -> None:
    """Also when reading raises something."""
    assert gc.isenabled()
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(KeyError), uncollected():
        raise KeyError
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    """The caller has a reason for it."""
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
