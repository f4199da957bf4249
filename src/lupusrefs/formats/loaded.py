"""What reading a file gives: everything that could be read, and what could not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from lupusrefs.errors import InputError
from lupusrefs.formats.garbage import uncollected
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.model.location import Diagnostic
from lupusrefs.model.reference import Library, Reference


@dataclass(frozen=True, slots=True)
class Loaded:
    """The outcome of reading one file.

    Attributes:
        references: in the order of the file; a repeated key stays in the list.
        diagnostics: in the order of the file.
    """

    references: tuple[Reference, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def library(self) -> Library:
        """Key -> reference."""
        return Library(self.references)

    @property
    def has_errors(self) -> bool:
        """Whether anything was lost."""
        return any(found.is_error for found in self.diagnostics)


Load: TypeAlias = Callable[[SourceText], Loaded]
Stream: TypeAlias = Callable[[SourceText, Diagnostics], Iterator[Reference]]


class Reading:
    """The references of one file, read one by one as they are asked for.

    Args:
        references: gives each of them once.
        diagnostics: gives what has been noticed so far.
    """

    def __init__(
        self,
        references: Iterator[Reference],
        diagnostics: Callable[[], tuple[Diagnostic, ...]],
    ) -> None:
        self._references = references
        self._diagnostics = diagnostics

    def __iter__(self) -> Iterator[Reference]:
        return self._references

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """In the order of the file; complete when all references have been read."""
        return self._diagnostics()

    @classmethod
    def of_stream(cls, stream: Stream, source: SourceText) -> Reading:
        """What a stream reads of a file."""
        diagnostics = Diagnostics(source)
        return cls(stream(source, diagnostics), diagnostics.collected)

    @classmethod
    def of_load(cls, load: Load, source: SourceText) -> Reading:
        """The same of a reader that needs all of the file at once."""
        found: list[Diagnostic] = []

        def references() -> Iterator[Reference]:
            loaded = load(source)
            found.extend(loaded.diagnostics)
            yield from loaded.references

        return cls(references(), lambda: tuple(found))


def load_all(stream: Stream, source: SourceText) -> Loaded:
    """Everything that a stream reads of a file."""
    reading = Reading.of_stream(stream, source)
    with uncollected():
        references = tuple(reading)
    return Loaded(references, reading.diagnostics)


def refuse_errors(diagnostics: Iterable[Diagnostic], consequence: str = "") -> None:
    """Go no further where something was lost.

    Args:
        diagnostics: what a reader noticed.
        consequence: put behind the message, such as "; nothing was added".

    Raises:
        InputError: the first error among them, with its place.
    """
    for found in diagnostics:
        if found.is_error:
            message = f"{found.message}{consequence}"
            raise InputError(message, location=found.location, hint=found.hint)
