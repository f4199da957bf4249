"""The processes of a build: they count what they read."""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING

from lupusrefs.mirror import meter
from lupusrefs.workers import Pool, keep_memory

if TYPE_CHECKING:
    from multiprocessing.sharedctypes import Synchronized


class Workers(Pool):
    """Processes that do the parts of a build.

    Args:
        processes: how many. With one, this process does the jobs itself.
    """

    def __init__(self, processes: int) -> None:
        self._read = multiprocessing.get_context("spawn").Value("q", 0)
        super().__init__(processes, (_begin, (self._read,)))

    @property
    def bytes_read(self) -> int:
        """How much the processes have read of data files."""
        return int(self._read.value)


def _begin(read: Synchronized[int]) -> None:
    """Ready a new process.

    Args:
        read: how many bytes all of them have read.
    """
    meter.count_into(read)
    import pyarrow as pa  # noqa: PLC0415 - in the new process

    # There are as many processes as there is room for: none needs threads.
    pa.set_cpu_count(1)
    keep_memory()
