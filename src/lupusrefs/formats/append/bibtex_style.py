"""How a BibTeX file is laid out: what stands between the parts of its entries.

Nothing is prescribed by BibTeX, so every program and person has a layout of their own.
It is told by majority: of each gap (behind the key, between fields, around ``=``,
before the closing brace, between entries) the spelling that most entries have.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final, TypeVar

from lupusrefs.formats.append.place import LINE_END, line_start
from lupusrefs.formats.bibtex.syntax import Delimiter, Entry, Field

# Names are not aligned where so many of them have the same around them.
_CONSTANT: Final = 0.7
_BLANK_LINE: Final = "\n\n"
_SPACED_CASE: Final = {
    "inbook": "InBook",
    "incollection": "InCollection",
    "inproceedings": "InProceedings",
    "inreference": "InReference",
    "mastersthesis": "MastersThesis",
    "phdthesis": "PhdThesis",
    "techreport": "TechReport",
}


@dataclass(frozen=True, slots=True)
class Alignment:
    """How the names of fields and what follows them stand below each other.

    Attributes:
        before: what stands between name and ``=``, where that is always the same.
        after: what stands between ``=`` and value, likewise.
        indent_to: the column at which names end that are aligned on the right; 0
            where they begin in one column.
        equals_at: characters from the begin of the name to ``=``; 0 if not aligned.
        value_at: characters from the begin of the name to the value, likewise.
        beyond_longest: blanks between the longest name of an entry and ``=``, where
            each entry is aligned for itself; 0 if not.
    """

    before: str = " "
    after: str = " "
    indent_to: int = 0
    equals_at: int = 0
    value_at: int = 0
    beyond_longest: int = 0

    def indent(self, name: str) -> str:
        """White space that comes before a name in addition to the usual."""
        return " " * max(self.indent_to - len(name), 0)

    def assign(self, name: str, longest: int) -> str:
        """``=`` with the white space around it."""
        column = self.equals_at
        if self.beyond_longest:
            column = longest + self.beyond_longest
        if column:
            return " " * max(column - len(name), 1) + "=" + self.after
        padding = self.after
        if self.value_at:
            padding = " " * max(self.value_at - len(name + self.before) - 1, 1)
        return f"{self.before}={padding}"


@dataclass(frozen=True, slots=True)
class Style:
    """The layout of a file's entries.

    Attributes:
        opening: between the entry type and the key.
        first: between key and first field, comma included.
        between: between two fields, comma included.
        closing: behind the last field, closing delimiter included.
        entries: between two entries.
        alignment: of the fields.
        quotes: values are in quotation marks.
        bare_numbers: numbers are not delimited.
        kinds: lower-case entry type -> as the file spells it.
        names: lower-case field name -> as the file spells it.
        kind_case: of types that the file has not: ``lower``, ``upper``, ``capital``.
        name_case: of names that the file has not.
    """

    opening: str = "{"
    first: str = ",\n  "
    between: str = ",\n  "
    closing: str = ",\n}"
    entries: str = _BLANK_LINE
    alignment: Alignment = Alignment()
    quotes: bool = False
    bare_numbers: bool = False
    kinds: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    kind_case: str = "lower"
    name_case: str = "lower"

    def entry(self, entry: Entry, key: str) -> str:
        """An entry in this layout, from its syntax."""
        kind = self._spelled(entry.kind, self.kinds, self.kind_case)
        names = [
            self._spelled(one.name, self.names, self.name_case) for one in entry.fields
        ]
        longest = max(map(len, names), default=0)
        parts = [f"@{kind}{self.opening}{key}"]
        for number, (name, one) in enumerate(zip(names, entry.fields, strict=True)):
            parts.append(self.between if number else self.first)
            parts.append(self.alignment.indent(name) + name)
            parts.append(self.alignment.assign(name, longest) + self._value(one))
        return "".join(parts) + (self.closing if names else f",\n{self.closing[-1]}")

    @staticmethod
    def _spelled(name: str, known: Mapping[str, str], case: str) -> str:
        lower = name.lower()
        if lower in known:
            return known[lower]
        if case == "capital":
            return _SPACED_CASE.get(lower, lower.capitalize())
        return lower.upper() if case == "upper" else lower

    def _value(self, one: Field) -> str:
        if one.delimiter is Delimiter.MACRO:
            return one.text
        if self.bare_numbers and _is_number(one.text):
            return one.text
        if self.quotes and not _has_bare_quote(one.text):
            return f'"{one.text}"'
        return f"{{{one.text}}}"


def _is_number(text: str) -> bool:
    # With a zero before it, a number in a program's eyes is another one.
    return text.isascii() and text.isdigit() and (text == "0" or text[0] != "0")


def _has_bare_quote(text: str) -> bool:
    """Whether a quotation mark stands outside of braces: it would end the value."""
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if char == '"' and depth == 0:
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Placed:
    """A field as it stands in its entry.

    Attributes:
        name: as written.
        indent: the white space at the begin of its line; nothing in a line with others.
        before: between name and ``=``.
        after: between ``=`` and value.
    """

    name: str
    indent: str
    before: str
    after: str

    @property
    def column(self) -> int:
        """Characters from the begin of the name to ``=``."""
        return len(self.name) + len(self.before)


def style_of(text: str, entries: Sequence[Entry]) -> Style:
    """The layout that most of the entries of a text have.

    Args:
        text: the file.
        entries: those that are closed, in order.
    """
    filled = [entry for entry in entries if entry.fields]
    frame = _usual(_frame(text, entry) for entry in filled)
    first = _usual(
        _gap(text, entry.key_span.end, entry.fields[0].start) for entry in filled
    )
    if frame is None or first is None:
        return Style(entries=_between_entries(text, entries))
    between = _usual(gap for entry in filled for gap in _gaps(text, entry)) or first
    fields = [one for entry in filled for one in entry.fields]
    alignment = _alignment([_placed(text, entry) for entry in filled])
    if alignment.indent_to:
        first, between = first.rstrip(" "), between.rstrip(" ")
    return Style(
        opening=frame[0],
        first=first,
        between=between,
        closing=frame[1],
        entries=_between_entries(text, entries),
        alignment=alignment,
        quotes=_most(one.delimiter is Delimiter.QUOTES for one in _texts(fields)),
        bare_numbers=_most(
            one.delimiter is Delimiter.NUMBER for one in fields if one.text.isdigit()
        ),
        kinds=_spellings(entry.kind for entry in entries),
        names=_spellings(one.name for one in fields),
        kind_case=_case(entry.kind for entry in entries),
        name_case=_case(one.name for one in fields),
    )


# -- gaps --------------------------------------------------------------------------

_OPENING: Final = re.compile(r"\s*[{(]\s*")
_CLOSING: Final = re.compile(r"\s*,?\s*[})]")
_COMMA: Final = re.compile(r"\s*,\s*")
_EQUALS: Final = re.compile(r"(?P<before>\s*)=(?P<after>\s*)")

_Gap = TypeVar("_Gap")


def _usual(gaps: Iterable[_Gap | None]) -> _Gap | None:
    """The gap that is most frequent; of several the one that comes first."""
    counted = Counter(gap for gap in gaps if gap is not None)
    return counted.most_common(1)[0][0] if counted else None


def _clean(gap: str, pattern: re.Pattern[str]) -> str | None:
    """A gap with line feeds as line ends; None where more stands in it."""
    return LINE_END.sub("\n", gap) if pattern.fullmatch(gap) else None


def _frame(text: str, entry: Entry) -> tuple[str, str] | None:
    kind_end = text.index(entry.kind, entry.start) + len(entry.kind)
    opening = _clean(text[kind_end : entry.key_start], _OPENING)
    closing = _clean(text[entry.fields[-1].end : entry.end], _CLOSING)
    return (opening, closing) if opening and closing else None


def _gap(text: str, start: int, end: int) -> str | None:
    return _clean(text[start:end], _COMMA)


def _gaps(text: str, entry: Entry) -> Iterator[str | None]:
    for one, following in pairwise(entry.fields):
        yield _gap(text, one.end, following.start)


def _between_entries(text: str, entries: Sequence[Entry]) -> str:
    """The line ends between entries; blanks at the ends of lines are no layout."""
    gaps = (text[one.end : other.start] for one, other in pairwise(entries))
    usual = _usual(len(LINE_END.findall(gap)) for gap in gaps if not gap.strip())
    return "\n" * usual if usual else _BLANK_LINE


# -- alignment ---------------------------------------------------------------------


def _placed(text: str, entry: Entry) -> list[_Placed]:
    placed = []
    for one in entry.fields:
        line = text[line_start(text, one.start) : one.start]
        indent = line if not line.strip() else ""
        equals = _EQUALS.fullmatch(text, one.name_span.end, one.value_start)
        if equals:
            placed.append(_Placed(one.name, indent, equals["before"], equals["after"]))
    return placed


def _alignment(entries: Sequence[Sequence[_Placed]]) -> Alignment:
    """How fields stand below each other, in entries with several of them."""
    fields = [one for entry in entries for one in entry]
    spaced = Counter((one.before, one.after) for one in fields)
    if not spaced:
        return Alignment()
    (before, after), count = spaced.most_common(1)[0]
    usual = Alignment(before, after, indent_to=_right_column(fields))
    if count >= _CONSTANT * len(fields) or "\t" in before:
        return usual
    after = Counter(one.after for one in fields).most_common(1)[0][0]
    usual = replace(usual, after=after)
    column = _frequent(one.column for one in fields)
    longest = _frequent(_beyond_longest(entry) for entry in entries if entry)
    if longest and (longest == 1 or not column):
        return replace(usual, beyond_longest=longest)
    if column:
        return replace(usual, equals_at=column)
    value = _frequent(one.column + 1 + len(one.after) for one in fields)
    return replace(usual, value_at=value)


def _right_column(fields: Sequence[_Placed]) -> int:
    """The column at which all names end, where their begins differ; else 0."""
    indents = Counter(one.indent for one in fields)
    if max(indents.values()) >= _CONSTANT * len(fields):
        return 0
    return _frequent(len(one.indent) + len(one.name) for one in fields)


def _beyond_longest(entry: Sequence[_Placed]) -> int:
    """Blanks behind the longest name of an entry with ``=`` in one column, or 0."""
    columns = {one.column for one in entry}
    return (
        columns.pop() - max(len(one.name) for one in entry) if len(columns) == 1 else 0
    )


def _frequent(numbers: Iterable[int]) -> int:
    """The number that most are, or 0."""
    counted = Counter(numbers)
    if not counted:
        return 0
    number, count = counted.most_common(1)[0]
    return number if count > counted.total() / 2 else 0


# -- spelling ----------------------------------------------------------------------


def _texts(fields: Iterable[Field]) -> Iterator[Field]:
    return (one for one in fields if one.text and not one.text.isdigit())


def _most(cases: Iterable[bool]) -> bool:
    counted = Counter(cases)
    return counted[True] > counted[False]


def _spellings(names: Iterable[str]) -> dict[str, str]:
    """Lower-case name -> its most frequent spelling."""
    spellings: dict[str, Counter[str]] = {}
    for name in names:
        spellings.setdefault(name.lower(), Counter())[name] += 1
    return {name: known.most_common(1)[0][0] for name, known in spellings.items()}


def _case(names: Iterable[str]) -> str:
    cases = Counter(
        "lower" if name.islower() else "upper" if name.isupper() else "capital"
        for name in names
    )
    return cases.most_common(1)[0][0] if cases else "lower"
