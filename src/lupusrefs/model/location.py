"""Where something stands in a file, and what a reader has to say about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range ``[start, end)`` of a decoded text, in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in an input.

    Attributes:
        file: the path as the user gave it, ``-`` for standard input, or
            ``<arguments>`` for the command line.
        line: 1-based line; 0 for the file as a whole.
        column: 1-based column, counted in characters.
        span: the characters meant, where they are known; not compared.
        page: 1-based page, whose lines are counted; 0 where there are no pages.
    """

    file: str
    line: int
    column: int
    span: Span | None = field(default=None, compare=False)
    page: int = 0

    def __str__(self) -> str:
        # RFC 8118, 3: viewers open a PDF at the page that is named so.
        file = f"{self.file}#page={self.page}" if self.page else self.file
        if self.line == 0:
            return file
        return f"{file}:{self.line}:{self.column}"

    @classmethod
    def of_file(cls, file: str) -> Location:
        """The file as a whole, for what has no line: a missing file, a folder."""
        return cls(file, 0, 0)


class Severity(StrEnum):
    """How bad a diagnostic is: an error lost something, a warning did not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing a reader noticed in a file.

    Attributes:
        message: what is wrong, in one sentence.
        location: where.
        hint: what to do about it.
        severity: error where something could not be read, else warning.
    """

    message: str
    location: Location
    hint: str | None = None
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        """Whether something was lost."""
        return self.severity is Severity.ERROR
