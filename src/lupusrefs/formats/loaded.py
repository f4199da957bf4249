"""What reading a file gives: everything that could be read, and what could not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lupusrefs.errors import InputError
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
