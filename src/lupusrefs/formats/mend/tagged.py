"""Mend tagged records: RIS, EndNote's .enw and MEDLINE's .nbib.

The writer says which lines a reference has before and after. What differs is set in the
lines of the record that have the same tag, or one that means the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from lupusrefs.formats.append.place import dumped, line_start, newline
from lupusrefs.formats.mend.cannot import cannot_mend
from lupusrefs.formats.mend.tagged_record import (
    AUTHOR_TAGS,
    Line,
    TaggedFormat,
    TaggedRecord,
    people,
)
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.ris.scan import tag_pattern
from lupusrefs.formats.tagged import TaggedField, tagged_fields
from lupusrefs.formats.text import SourceText
from lupusrefs.model.edit import Edit
from lupusrefs.model.location import Span
from lupusrefs.model.reference import Reference

_FORMATS: Final = {
    FormatName.RIS: TaggedFormat(
        form="{}  - ",
        alike=(
            ("AU", "A1"),
            ("TI", "T1", "CT"),
            ("T2", "JF", "JO", "BT", "C3"),
            ("J2", "JA", "J1", "JI"),
            ("VL", "VO"),
            ("IS", "CP"),
            ("PB", "PU"),
            ("CY", "PI"),
            ("ED", "A2", "A3"),
            ("AB", "N2"),
        ),
        frame=frozenset(("TY", "ER", "ID")),
        dates=("PY", "DA", "Y1"),
        ends=("SP", "EP"),
    ),
    FormatName.ENW: TaggedFormat(
        form="{} ",
        alike=(("%J", "%B"),),
        frame=frozenset(("%0", "%F")),
        tag=re.compile(
            r"\ufeff?(?P<tag>%[0-9A-Z?@!#$&()*+^<>=~\[\]])(?:[ \t\u00a0]+|$)"
        ),
        dates=("%D", "%8"),
    ),
    FormatName.NBIB: TaggedFormat(
        form="{:<4}- ",
        alike=(),
        frame=frozenset(("PMID",)),
        tag=re.compile(r" {0,2}(?P<tag>[A-Z][A-Z0-9]{1,3}) *-[ \t]*"),
        width=88,
        has_author_groups=True,
    ),
}


class TaggedMender:
    """The edits of the records of one file."""

    def __init__(self, source: SourceText, name: FormatName) -> None:
        self._source = source
        self._name = name
        self._format = _FORMATS[name]
        self._tag = self._format.tag or tag_pattern(source.text)
        self._newline = newline(source.text)

    def edits(self, old: Reference, new: Reference) -> list[Edit]:
        """What makes one of the other, in the record that the old one was read from.

        Raises:
            CannotMend: it cannot be done in this record.
        """
        span = old.location.span if old.location else None
        if span is None:
            raise cannot_mend("its record is not found in the file", old)
        fields = self._fields(span)
        if not fields:
            raise cannot_mend("its record is not found in the file", old)
        record = TaggedRecord(self._source.text, fields, self._format, self._newline)
        before, after = self._lines(old), self._lines(new)
        before, after = self._with_groups(record, old, new, before, after)
        order = list(dict.fromkeys(tag for tag, _ in after))
        for tag in dict.fromkeys(tag for tag, _ in (*before, *after)):
            has, wanted = _texts(before, tag), _texts(after, tag)
            if has == wanted:
                continue
            earlier = order[: order.index(tag)] if tag in order else order
            if not record.set_texts(tag, has, wanted, earlier):
                raise cannot_mend(f"`{tag}` is not written as it is read", old)
        return record.edits

    def _fields(self, span: Span) -> list[TaggedField]:
        """The fields of a record, their places counted in the file."""
        start = line_start(self._source.text, span.start)
        text = self._source.text[start : span.end]
        return [
            TaggedField(
                one.tag,
                one.lines,
                Span(one.span.start + start, one.span.end + start),
                Span(one.tag_span.start + start, one.tag_span.end + start),
            )
            for one in tagged_fields(text, self._tag)
            if one.tag
        ]

    def _lines(self, reference: Reference) -> list[Line]:
        """Tag and text of what would be written."""
        text = dumped(self._name, [reference])
        pattern = self._format.tag or tag_pattern(text)
        return [
            (one.tag, one.text)
            for one in tagged_fields(text, pattern)
            if one.tag and one.tag not in self._format.frame
        ]

    def _with_groups(
        self,
        record: TaggedRecord,
        old: Reference,
        new: Reference,
        before: list[Line],
        after: list[Line],
    ) -> tuple[list[Line], list[Line]]:
        """Set what takes several tags; returns the lines that are left to compare.

        Raises:
            CannotMend: the authors cannot be told apart.
        """
        if old.author != new.author and self._format.has_author_groups:
            if not record.set_people(people(before), people(after)):
                raise cannot_mend("the authors are not written as they are read", old)
            before, after = _without(before, AUTHOR_TAGS), _without(after, AUTHOR_TAGS)
        if old.issued != new.issued and self._format.dates:
            dates = self._format.dates
            record.set_date(old.issued, new.issued)
            before, after = _without(before, dates), _without(after, dates)
        if self._is_range_in_first(record, before):
            return self._joined(before), self._joined(after)
        end = self._format.ends[1]
        if old.page != new.page and end and not _texts(before, end):
            # The page once more, which is not written so.
            last = record.text_of(end)
            before = [*before, (end, last)] if last else before
        return before, after

    # -- pages: a range may stand in the field of the first one

    def _is_range_in_first(self, record: TaggedRecord, before: Sequence[Line]) -> bool:
        first, last = self._format.ends
        return (
            bool(first)
            and any(tag == last for tag, _ in before)
            and not record.has(last)
            and record.has(first)
        )

    def _joined(self, lines: Sequence[Line]) -> list[Line]:
        first, last = self._format.ends
        end = next((text for tag, text in lines if tag == last), "")
        return [
            (tag, f"{text}-{end}" if tag == first and end else text)
            for tag, text in lines
            if tag != last
        ]


def _texts(lines: Iterable[Line], tag: str) -> list[str]:
    return [text for one, text in lines if one == tag]


def _without(lines: Iterable[Line], tags: Collection[str]) -> list[Line]:
    return [one for one in lines if one[0] not in tags]
