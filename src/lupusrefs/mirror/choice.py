"""Which of the files that a user names are to be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lupusrefs.mirror.manifest import Source, SourceNote
from lupusrefs.mirror.plan import source_of


@dataclass(slots=True)
class Choice:
    """Which sources are to be read.

    Attributes:
        paths: where they are.
        sources: what is noted of them.
        unchanged: those that had been read before.
        missing: those that cannot be looked at, and why.
    """

    paths: tuple[Path, ...] = ()
    sources: tuple[Source, ...] = ()
    unchanged: list[str] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(
        cls, files: Iterable[Path], folder: Path, known: Sequence[SourceNote]
    ) -> Choice:
        """Those of the files that have not been read yet, or have changed since."""
        # Of a source that was read twice the later note counts.
        seen = {note.source: (note.bytes, note.mtime_ns) for note in known}
        choice = cls()
        chosen: list[tuple[Path, Source]] = []
        for path in files:
            try:
                source = source_of(path, folder)
            except OSError as error:
                choice.missing.append((str(path), error.strerror or str(error)))
                continue
            if seen.get(source.path) == (source.bytes, source.mtime_ns):
                choice.unchanged.append(source.path)
            else:
                chosen.append((path, source))
        choice.paths = tuple(path for path, _ in chosen)
        choice.sources = tuple(source for _, source in chosen)
        return choice
