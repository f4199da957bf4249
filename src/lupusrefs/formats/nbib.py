"""MEDLINE's display format (.nbib), as PubMed saves it and others export it.

Four characters of tag, a hyphen, a blank, the text; further lines begin with six
blanks; a blank line between records. Read tolerantly: ERIC's tags of any length, no
blank behind the hyphen, records without a PMID.

Source: MEDLINE/PubMed Data Element (Field) Descriptions (NLM); PubMed User Guide,
"Save citations", format PubMed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from lupusrefs.formats.keys import key_each
from lupusrefs.formats.loaded import Loaded, load_all
from lupusrefs.formats.medline.people import MedlineField
from lupusrefs.formats.medline.record import read_record
from lupusrefs.formats.medline.write import dump
from lupusrefs.formats.tagged import TaggedField, tagged_fields
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.model.location import Span
from lupusrefs.model.reference import Reference

__all__ = ["dump", "load", "stream"]

# "TI  - ", "PMID- ", "ISSN - ", "TI-"; without a blank behind only in its columns,
# as in "PMID-123": a line may begin with "IL-6".
_TAG: Final = re.compile(
    r" {0,2}(?=[A-Z][A-Z0-9]{1,3} {0,3}-(?:[ \t]|$)|[A-Z][A-Z0-9 ]{3}-[0-9])"
    r"(?P<tag>[A-Z][A-Z0-9]{1,3}) *-[ \t]*"
)
# There is one of these in each record, and first.
_FIRST: Final = frozenset(("PMID", "OWN"))
_BLANKS: Final = re.compile(r"[ \t\x0b\x0c]{2,}|[\t\x0b\x0c]")


def load(source: SourceText) -> Loaded:
    """The references of a MEDLINE file, each with its place; the keys are made."""
    return load_all(stream, source)


def stream(source: SourceText, diagnostics: Diagnostics) -> Iterator[Reference]:
    """The same, one by one."""
    return key_each(_references(source, diagnostics), diagnostics)


def _references(source: SourceText, diagnostics: Diagnostics) -> Iterator[Reference]:
    found = False
    for record in _records(source, diagnostics):
        found = True
        span = Span(record[0].tag_span.start, record[-1].span.end)
        if fields := _fields(record):
            yield read_record(fields, span, source, "nbib")
        else:
            diagnostics.warning("this record is empty; it was left out", span)
    if not found:
        _nothing(source, diagnostics)


def _nothing(source: SourceText, diagnostics: Diagnostics) -> None:
    if not source.text.strip():
        diagnostics.empty()
        return
    hint = "each field begins with its tag, as in `PMID- 34347960` or `TI  - Title.`"
    diagnostics.error("there is no MEDLINE record in this file", Span(0, 0), hint)


def _records(
    source: SourceText, diagnostics: Diagnostics
) -> Iterator[list[TaggedField]]:
    """The fields of each record; never none."""
    is_spaced = _is_spaced(source.text)
    record: list[TaggedField] = []
    unique: set[str] = set()
    outside: TaggedField | None = None
    for field in tagged_fields(source.text, _TAG):
        if not field.tag:
            outside = field
            continue
        if outside is not None:
            message = "text before the first field belongs to no record; left out"
            diagnostics.error(message, outside.span)
            outside = None
        if record and (field.tag in unique or (field.after_blank and not is_spaced)):
            yield record
            record, unique = [], set()
        record.append(field)
        if field.tag in _FIRST:
            unique.add(field.tag)
        if field.tag == "PMID":
            _check(field, diagnostics)
    if record:
        yield record


def _is_spaced(text: str) -> bool:
    """Whether the file has been passed on with a blank line after every line."""
    fields = (field for field in tagged_fields(text, _TAG) if field.tag)
    tags: list[str] = []
    for field in fields:
        if tags and not field.after_blank:
            return False
        tags.append(field.tag)
    return len(tags) > 1 and "PMID" in tags


def _check(field: TaggedField, diagnostics: Diagnostics) -> None:
    if not field.text.isdigit():
        message = f"the PMID `{field.text[:40]}` is no number"
        diagnostics.warning(message, field.span)


def _fields(record: Sequence[TaggedField]) -> list[MedlineField]:
    """The record's fields that say something."""
    return [
        MedlineField(field.tag, text, field.span)
        for field in record
        if (text := _BLANKS.sub(" ", field.text))
    ]
