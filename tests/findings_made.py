"""Findings and references made up for tests."""

from __future__ import annotations

from lupusrefs.compare.comparison import finding
from lupusrefs.findings import Finding, Severity
from lupusrefs.formats.catalogue import FORMATS
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import SourceText, decode
from lupusrefs.model.reference import Reference


def found(
    rule: str = "year-mismatch",
    key: str = "doe2001",
    *,
    cited: str = "2001",
    registered: str = "2003",
    severity: Severity | None = None,
) -> Finding:
    """A finding on a reference that has nothing but a key."""
    return finding(
        rule,
        Reference(id=key),
        f"cited {cited}, registered {registered}",
        field="issued",
        cited=cited,
        registered=registered,
        severity=severity,
    )


def source_of(text: str, file: str = "refs.bib") -> SourceText:
    """A file of this text."""
    return decode(text.encode("utf-8"), file)


def references_of(
    source: SourceText, name: FormatName = FormatName.BIBTEX
) -> tuple[Reference, ...]:
    """The references of a file."""
    return FORMATS[name].load(source).references
