"""Citations that carry EndNote's records: ``ADDIN EN.CITE <EndNote>…``.

Longer ones are in the data of the field, or of one nested in it, in base64.

Source: EndNote's document type definition for its XML (``RSXML.dtd``); the fields as
its add-in writes them.
"""

from __future__ import annotations

import base64
import binascii
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from lupusrefs.documents.docx.cited import CitedWorks
from lupusrefs.documents.docx.paragraphs import FieldCode
from lupusrefs.formats import endnote_xml
from lupusrefs.formats.text import SourceText
from lupusrefs.model.location import Location

_IS_ENDNOTE: Final = re.compile(r"\s*ADDIN\s+EN\.CITE", re.IGNORECASE)
_IS_DATA: Final = re.compile(r"\s*ADDIN\s+EN\.CITE\.DATA", re.IGNORECASE)
_NUMBER: Final = re.compile(r"<rec-number>\s*(\d{1,12})\s*</rec-number>")
_DATABASE: Final = re.compile(r"""db-id=["']([^"'<>]{1,100})["']""")
_BEGIN: Final = "<record>"
_END: Final = "</record>"


@dataclass(frozen=True, slots=True)
class _Record:
    """A record as a citation carries it, and whose it is."""

    xml: str
    identity: str
    place: Location


def read_endnote_citations(codes: Iterable[FieldCode], works: CitedWorks) -> None:
    """Add the works that EndNote's citations among these carry."""
    records = list(_cited(codes))
    first = {one.identity: one for one in reversed(records)}
    # In the order of the citations, all at once: that keys differ.
    unique = [one for one in records if first[one.identity] is one]
    if not unique:
        return
    head = "<xml><records>\n"
    starts, length = [], len(head)
    for one in unique:
        starts.append(length)
        length += len(one.xml) + 1
    body = "\n".join(one.xml for one in unique)
    text = f"{head}{body}\n</records></xml>"
    loaded = endnote_xml.load(SourceText(unique[0].place.file, text))

    def record_at(location: Location | None) -> _Record:
        start = location.span.start if location and location.span else 0
        return unique[max(bisect_right(starts, start) - 1, 0)]

    read = {record_at(work.location).identity: work for work in loaded.references}
    for one in records:
        work = read.get(one.identity)
        if work is not None and not works.cite(one.identity, one.place):
            works.add(one.identity, work, one.place)
    for found in loaded.diagnostics:
        works.tell(found, record_at(found.location).place)


def _cited(codes: Iterable[FieldCode]) -> Iterator[_Record]:
    for code in codes:
        if not _IS_ENDNOTE.match(code.instruction):
            continue
        text = code.instruction
        if _BEGIN not in text:
            text = _decoded(code.data)
        for xml in _records(text):
            yield _Record(xml, _identity(xml), code.location)


def _decoded(data: str) -> str:
    letters = "".join(data.split()).rstrip("=")
    try:
        decoded = base64.b64decode(letters + "=" * (-len(letters) % 4))
    except (binascii.Error, ValueError):
        return ""
    return decoded.decode("utf-8", "replace").replace("\0", "")


def _records(text: str) -> Iterator[str]:
    start = text.find(_BEGIN)
    while start >= 0:
        end = text.find(_END, start)
        if end < 0:
            return
        yield text[start : end + len(_END)]
        start = text.find(_BEGIN, end)


def _identity(xml: str) -> str:
    number, database = _NUMBER.search(xml), _DATABASE.search(xml)
    if number is None:
        return xml
    return f"{database[1] if database else ''}#{number[1]}"
