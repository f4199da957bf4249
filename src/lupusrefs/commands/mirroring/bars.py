"""Progress of the long runs of ``lupusrefs mirror``, on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from lupusrefs.reports.mirror import counted, duration, registry_name

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from lupusrefs.commands.terminal import Terminal
    from lupusrefs.mirror.changes import FetchProgress
    from lupusrefs.mirror.stages import BuildProgress

_WHAT = {
    "reading": "Reading data files",
    "sorting": "Sorting buckets",
    "indexing": "Indexing records",
}


class Bars:
    """A bar for each thing that goes on; nothing where nobody watches.

    Args:
        terminal: takes the notes.
        progress: draws the bars; None where standard error is no terminal.
    """

    def __init__(self, terminal: Terminal, progress: Progress | None) -> None:
        self._terminal = terminal
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}
        self._told: set[str] = set()

    def fetching(self, at: FetchProgress) -> None:
        """A page of a registry has come; with the first, say how long it will take."""
        name = registry_name(at.registry)
        if name not in self._told and at.total and at.remaining_s:
            records = counted(at.total, "record")
            kept = f", {at.kept:,} of them fetched before" if at.kept else ""
            rest = duration(at.remaining_s)
            self._terminal.note(
                f"{name} has {records} since {at.since}{kept}: about {rest} to go"
            )
        self._told.add(name)
        self._show(name, at.records, at.total)

    def building(self, at: BuildProgress) -> None:
        """A part of a build is done."""
        self._show(_WHAT[at.phase], at.done, at.total)

    def _show(self, what: str, done: int, total: int | None) -> None:
        if self._progress is None:
            return
        if what not in self._tasks:
            self._tasks[what] = self._progress.add_task(what)
        self._progress.update(self._tasks[what], completed=done, total=total)


@contextmanager
def bars(terminal: Terminal) -> Iterator[Bars]:
    """Bars that vanish at the end."""
    if terminal.quiet or not sys.stderr.isatty():
        yield Bars(terminal, None)
        return
    from rich.console import Console  # noqa: PLC0415 - slow to import
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as progress:
        yield Bars(terminal, progress)
