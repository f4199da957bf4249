"""What is known without asking, opened for one call: the store and the mirrors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from lupusrefs.api.access import store_path
from lupusrefs.config import Settings
from lupusrefs.memory import Memory
from lupusrefs.store import Store

if TYPE_CHECKING:
    from lupusrefs.mirror.lookup import Mirror


@contextmanager
def open_memory(settings: Settings, *, refresh: bool = False) -> Iterator[Memory]:
    """The memory of one call.

    Args:
        settings: where store and mirrors are.
        refresh: ask even where the store has an answer.

    Raises:
        InputError: a mirror is none, or a package that it needs is missing.
    """
    with ExitStack() as opened:
        mirrors = [opened.enter_context(one) for one in open_mirrors(settings)]
        store = opened.enter_context(Store(store_path(settings)))
        yield Memory(store, datetime.now(UTC), refresh=refresh, mirrors=mirrors)


def open_mirrors(settings: Settings) -> list[Mirror]:
    """The mirrors, in the order in which they are asked; nothing but what they are.

    Raises:
        InputError: one is none, or a package that it needs is missing.
    """
    if not settings.mirrors:
        return []
    from lupusrefs.mirror.lookup import Mirror  # noqa: PLC0415 - few have one

    return [Mirror.open(location) for location in settings.mirrors]
