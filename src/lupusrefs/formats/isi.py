"""The Web of Science's tagged export (.ciw, .isi, savedrecs.txt): only reading.

Two characters of tag, a blank, the text; further lines begin with three blanks, and in
lists each is an entry; ``ER`` ends a record, ``EF`` the file. INSPEC, MEDLINE, BIOSIS,
CABI and others are exported by the same program with the same tags.

Source: Web of Science help, "Core Collection Field Tags" and the tables of the other
databases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lupusrefs.formats.isi_record import KNOWN_TAGS, read_record
from lupusrefs.formats.keys import key_each
from lupusrefs.formats.loaded import Loaded, load_all
from lupusrefs.formats.tagged import TaggedField, tagged_fields
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.model.location import Span
from lupusrefs.model.reference import Reference

_ANY_TAG: Final = re.compile(r"(?P<tag>[A-Z][A-Z0-9])(?:[ \t]+|$)")
# Without indents a line of an abstract, too, may begin with two capitals.
_KNOWN_TAG: Final = re.compile(rf"(?P<tag>{'|'.join(KNOWN_TAGS)})(?:[ \t]+|$)")
_INDENT: Final = re.compile(r"^ {3}", re.MULTILINE)
# Of the file, not of a record.
_FILE_TAGS: Final = frozenset(("FN", "VR", "EF"))
_FIRST, _END = "PT", "ER"


def load(source: SourceText) -> Loaded:
    """The references of an export, each with its place; the keys are made."""
    return load_all(stream, source)


def stream(source: SourceText, diagnostics: Diagnostics) -> Iterator[Reference]:
    """The same, one by one."""
    references = (
        read_record(record, source) for record in _records(source, diagnostics)
    )
    found = False
    for reference in key_each(references, diagnostics):
        found = True
        yield reference
    if not found:
        if source.text.strip():
            hint = "records begin with `PT J` or the like, and end with `ER`"
            message = "there is no Web of Science record in this file"
            diagnostics.error(message, Span(0, 0), hint)
        else:
            diagnostics.empty()


def _records(
    source: SourceText, diagnostics: Diagnostics
) -> Iterator[list[TaggedField]]:
    """The fields of each record, without its ER; never none."""
    tag = _ANY_TAG if _INDENT.search(source.text) else _KNOWN_TAG
    record: list[TaggedField] = []
    is_first = True
    for field in tagged_fields(source.text, tag):
        if is_first and not field.tag:
            message = "text before the first field belongs to no record; left out"
            diagnostics.error(message, field.span)
        is_first = False
        if not field.tag or field.tag in _FILE_TAGS:
            continue
        if record and field.tag in {_FIRST, _END}:
            yield record
            record = []
        if field.tag != _END:
            record.append(field)
    if record:
        last = record[-1].span
        message = "the file ends within this record, without `ER`"
        diagnostics.warning(message, Span(last.end, last.end))
        yield record
