"""Files that cannot be read or written, also where the tests run as root."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_NOBODY = 65534


@contextmanager
def shared_folder() -> Iterator[Path]:
    """A folder that every user can reach: pytest's own are the tester's alone."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@contextmanager
def without_privileges() -> Iterator[None]:
    """Permissions count inside, for root too; skips where there are none."""
    if not hasattr(os, "geteuid"):
        pytest.skip("no permissions of this kind here")
    me = os.geteuid()
    if me == 0:
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(me)
