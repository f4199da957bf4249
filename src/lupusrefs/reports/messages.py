"""Errors, warnings and hints as lines on stderr."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lupusrefs.errors import InputError, LupusrefsError
from lupusrefs.model.location import Diagnostic
from lupusrefs.reports.citation import printable

_STYLES: Final = {"error": "bold red", "warning": "yellow", "hint": "cyan"}
Line = list[tuple[str, str | None]]


def of_error(error: LupusrefsError) -> Iterator[Line]:
    """``error: file:line:column: what``, and ``hint: what to do``."""
    place = error.location if isinstance(error, InputError) else None
    where = f"{place}: " if place is not None else ""
    yield from _lines("error", f"{where}{error}", error.hint)


def of_diagnostic(found: Diagnostic) -> Iterator[Line]:
    """The same for what a reader noticed."""
    kind = "error" if found.is_error else "warning"
    yield from _lines(kind, f"{found.location}: {found.message}", found.hint)


def note(kind: str, text: str) -> Line:
    """One line of another kind: ``warning``, ``note``, ``hint``."""
    return [(f"{kind}: ", _STYLES.get(kind, "dim")), (printable(text), None)]


def _lines(kind: str, text: str, hint: str | None) -> Iterator[Line]:
    yield note(kind, text)
    if hint:
        yield [("  hint: ", _STYLES["hint"]), (printable(hint), None)]
