"""No search for garbage while a file is read: it costs as much as the reading."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Within, the cyclic collector rests; what it did before, it does again after.

    Reading makes a million objects that stay, and no cycles: a collector that goes
    through them again and again finds nothing. Reference counting goes on.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
