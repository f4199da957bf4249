"""Append to a file of EndNote's XML: before ``</records>``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lupusrefs.errors import InputError
from lupusrefs.formats.append.place import (
    NOTHING_ADDED,
    dumped,
    lines_at,
    newline,
)
from lupusrefs.formats.loaded import refuse_errors
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.formats.xml_tree import Element, parse_xml
from lupusrefs.model.edit import Edit
from lupusrefs.model.item import Item
from lupusrefs.model.location import Span
from lupusrefs.model.reference import Reference

_RECORD: Final = re.compile(r"<record\b.*?</record>", re.DOTALL)
_END: Final = "</record>"
_LONGEST_GAP: Final = 100  # characters


def append(
    source: SourceText,
    name: FormatName,
    items: Sequence[Item],
    references: Sequence[Reference],
) -> Edit:
    """The edit that puts ``items`` behind the last record.

    Raises:
        InputError: the file is not valid XML, or has no ``<records>``.
    """
    text = source.text
    whole = _encodable(dumped(name, items), source.encoding)
    if not text.strip():
        return lines_at(text, len(text), whole, newline(text))
    new = _RECORD.findall(whole)
    spans = [one.location.span for one in references[-2:] if one.location]
    records = [span for span in spans if span and _is_record(text, span)]
    if not records:
        found = _records(source)
        records = [record.span for record in found.each("record")]
        if not records:
            return _fill(text, found, "".join(new))
    end, gap = records[-1].end, _gap(text, records)
    return Edit(Span(end, end), "".join(f"{gap}{record}" for record in new))


def _is_record(text: str, span: Span) -> bool:
    """Whether a whole record stands here: then no tree of the file is needed."""
    return text.endswith(_END, span.start, span.end)


def _gap(text: str, records: Sequence[Span]) -> str:
    """The white space before the last record, from the one before it if there is."""
    before = records[-2].end if len(records) > 1 else 0
    gap = text[max(before, records[-1].start - _LONGEST_GAP) : records[-1].start]
    return gap[len(gap.rstrip()) :]


def _fill(text: str, found: Element, records: str) -> Edit:
    """The edit that puts the first records into their element."""
    if text.endswith("/>", found.start, found.end):
        return Edit(Span(found.end - 2, found.end), f">{records}</records>")
    start = text.index(">", found.start) + 1
    return Edit(Span(start, start), records)


def _records(source: SourceText) -> Element:
    diagnostics = Diagnostics(source)
    root = parse_xml(source, diagnostics)
    refuse_errors(diagnostics.collected(), NOTHING_ADDED)
    if root is not None:
        found = root if root.name == "records" else root.find("records")
        if found is not None and found.complete:
            return found
    raise InputError(
        f"there is no element `records` here{NOTHING_ADDED}",
        location=source.location(0),
        hint="EndNote's files have the records in `<xml><records>`",
    )


def _encodable(text: str, encoding: str) -> str:
    """The text with references for the characters that the file cannot carry."""
    return text.encode(encoding, "xmlcharrefreplace").decode(encoding)
