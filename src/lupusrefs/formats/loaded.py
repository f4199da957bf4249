"""What reading a file gives: everything that could be read, and what could not."""

from __future__ import annotations

from dataclasses import dataclass

from lupusrefs.model.location import Diagnostic, Severity
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
        return any(found.severity is Severity.ERROR for found in self.diagnostics)
