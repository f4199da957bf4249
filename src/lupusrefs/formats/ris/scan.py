"""Lines of a RIS file -> records.

The published form of a line is two capitals, two spaces, a hyphen and a space.
Exporters and editors leave a space out, write small letters, indent, forget ``ER`` or
put text behind it: a file tells by its ``TY`` lines how it writes its tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lupusrefs.formats.ris.tags import END, OTHERS, SLOTS, TYPE
from lupusrefs.formats.tagged import TaggedField, tagged_fields
from lupusrefs.formats.text import Diagnostics
from lupusrefs.model.location import Span

_SPACE: Final = r"[ \t\u00a0]"
# Word processors put dashes in the place of hyphens.
_HYPHEN: Final = r"[-\u2010-\u2014\u2212]"
_TYPE_LINE: Final = re.compile(
    rf"(?:\A|(?<=[\r\n]))\ufeff?(?P<indent>{_SPACE}*)(?P<tag>[Tt][Yy])"
    rf"(?P<gap>{_SPACE}*){_HYPHEN}"
)
_PUBLISHED_GAP: Final = 2  # spaces before the hyphen
_TELLING: Final = frozenset(("title", "author", "doi", "url"))


@dataclass(slots=True)
class RawRecord:
    """The fields of one record.

    Attributes:
        fields: in the order of the file, without ``TY`` and ``ER``.
        type: its ``TY``, or None where it has none.
        start: where it begins.
        end: where it ends.
        is_ended: whether an ``ER`` ends it.
    """

    start: int
    fields: list[TaggedField] = field(default_factory=list)
    type: TaggedField | None = None
    end: int = 0
    is_ended: bool = False

    @property
    def is_telling(self) -> bool:
        """Whether it says what work it is, even without a type."""
        return any(SLOTS.get(one.tag.upper()) in _TELLING for one in self.fields)


def tag_pattern(text: str) -> re.Pattern[str]:
    """What the begin of a line with a tag looks like in this file."""
    first = _TYPE_LINE.search(text)
    indent = f"{_SPACE}*" if first and first["indent"] else ""
    lines = {line.group("tag", "gap") for line in _TYPE_LINE.finditer(text)}
    letters = "A-Za-z" if any(not tag.isupper() for tag, _ in lines) else "A-Z"
    forms = [rf"[{letters}][{letters}0-9](?={_SPACE}{{2,8}}{_HYPHEN})"]
    if any(len(gap) < _PUBLISHED_GAP for _, gap in lines):
        # Prose may have "UV - " at the begin of a line: only tags that there are.
        known = "|".join(sorted(SLOTS.keys() | OTHERS))
        flag = "i" if letters != "A-Z" else ""
        known = f"(?{flag}:{known})" if flag else f"(?:{known})"
        forms.append(rf"{known}(?={_SPACE}?{_HYPHEN}(?:{_SPACE}|$))")
    forms.append(rf"{END}(?={_SPACE}*$)")
    tag = "|".join(forms)
    separator = rf"{_SPACE}*(?:{_HYPHEN}{_SPACE}*|$)"
    return re.compile(rf"\ufeff?{indent}(?P<tag>{tag}){separator}")


# The end of a line, and all that is blank behind it.
_BELOW: Final = re.compile(r"[\r\n]\s*")


def records(text: str, diagnostics: Diagnostics) -> Iterator[RawRecord]:
    """The records of a file; what stands outside of them is told."""
    record: RawRecord | None = None
    for one in tagged_fields(text, tag_pattern(text)):
        tag = one.tag.upper()
        if not tag:
            _tell_outside(one.span, diagnostics)
            continue
        if tag == TYPE and record is not None and _is_separate(record, one):
            yield from _closed(record, diagnostics)
            record = None
        record = record or RawRecord(one.tag_span.start)
        record.end = one.span.end
        if tag == TYPE:
            record.type = one
        elif tag == END:
            record.end = one.tag_span.end
            record.is_ended = True
            yield from _closed(record, diagnostics)
            record = None
            if any(one.lines[1:]) and (below := _BELOW.search(text, one.span.start)):
                _tell_outside(Span(below.end(), one.span.end), diagnostics)
        else:
            record.fields.append(one)
    if record is not None:
        yield from _closed(record, diagnostics)


def _is_separate(record: RawRecord, type_field: TaggedField) -> bool:
    """Whether a ``TY`` begins a new record: not where it only stands too late."""
    return record.type is not None or type_field.after_blank or record.is_telling


def _closed(record: RawRecord, diagnostics: Diagnostics) -> Iterator[RawRecord]:
    if record.type is not None:
        if not record.is_ended:
            diagnostics.warning(
                "the record has no `ER` at its end",
                record.type.tag_span,
                "end each record with a line `ER  - `",
            )
        yield record
    elif record.fields and (record.is_ended or record.is_telling):
        diagnostics.warning(
            "the record has no `TY`; it is read as a document",
            record.fields[0].tag_span,
            "begin each record with its type, such as `TY  - JOUR`",
        )
        yield record
    else:
        for one in record.fields:
            diagnostics.error(
                f"`{one.tag}` stands outside a record; it is ignored",
                one.tag_span,
                "begin each record with its type, such as `TY  - JOUR`",
            )


def _tell_outside(span: Span, diagnostics: Diagnostics) -> None:
    diagnostics.warning(
        "text outside a record is ignored",
        span,
        "a record begins with `TY  - ` and ends with `ER  - `",
    )
