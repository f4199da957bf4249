"""An entry as data: lower-case field names, macros replaced, concatenations joined.

Source: ``btxdoc``, section 3 ("abbreviations"); ``bibtex.web``, "Scan the appropriate
number of field tokens": case of names does not count, and of a field the first counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lupusrefs.formats.bibtex.scan import blocks
from lupusrefs.formats.bibtex.syntax import (
    Block,
    Delimiter,
    Entry,
    Field,
    StringDefinition,
)
from lupusrefs.formats.text import Diagnostics

# The macros that every style defines (btxdoc, section 3.2, "month").
MONTHS: Final = {
    "jan": "January",
    "feb": "February",
    "mar": "March",
    "apr": "April",
    "may": "May",
    "jun": "June",
    "jul": "July",
    "aug": "August",
    "sep": "September",
    "oct": "October",
    "nov": "November",
    "dec": "December",
}
# No value is longer than this: macros that double each other's text would fill memory.
_LONGEST: Final = 10_000_000
# What all values that macros make may come to, in multiples of the file.
_GROWTH: Final = 20


@dataclass(slots=True)
class Record:
    """One entry.

    Attributes:
        entry: its syntax.
        kind: the entry type in lower case.
        key: as written.
        fields: lower-case name -> LaTeX source; of a repeated field the first.
        nodes: lower-case name -> its syntax; inherited fields are not in it.
        repeated: (name, LaTeX source) of the later ones; the name says so, and is none
            that could be written.
    """

    entry: Entry
    kind: str
    key: str
    fields: dict[str, str]
    nodes: dict[str, Field]
    repeated: list[tuple[str, str]] = field(default_factory=list)


class Macros:
    """What ``@string`` has defined so far."""

    def __init__(self, length: int, diagnostics: Diagnostics) -> None:
        self._texts: dict[str, str] = dict(MONTHS)
        self._tell = diagnostics
        self._left = _GROWTH * length + _LONGEST

    def define(self, block: StringDefinition) -> None:
        """Take the definitions of a block; a later one replaces an earlier one."""
        for node in block.fields:
            self._texts[node.name.lower()] = self.text(node)

    def text(self, node: Field) -> str:
        """The LaTeX source of a value."""
        if node.delimiter is Delimiter.MACRO:
            return self._macro(node.text, node)
        if node.delimiter is not None:
            return node.text
        parts = [
            self._macro(piece.text, node)
            if piece.delimiter is Delimiter.MACRO
            else piece.text
            for piece in node.joined
        ]
        return "".join(self._bounded(parts, node))

    def _macro(self, name: str, node: Field) -> str:
        text = self._texts.get(name.lower())
        if text is not None:
            return text
        if not any(char.isdigit() for char in name):
            message = f"the string `{name}` is not defined; read as text"
            hint = "define it with `@string`, or put the value in braces"
            self._tell.warning(message, node.span, hint)
        return name

    def _bounded(self, parts: list[str], node: Field) -> list[str]:
        length = sum(map(len, parts))
        self._left -= length
        if length <= _LONGEST and self._left >= 0:
            return parts
        message = f"the value of `{node.name}` grows beyond all bounds; it is left out"
        hint = "its strings repeat each other again and again"
        self._tell.error(message, node.span, hint)
        return []


def blocks_and_records(
    text: str, diagnostics: Diagnostics
) -> Iterator[tuple[Block, Record | None]]:
    """The blocks of a file one by one, each entry with its data."""
    macros = Macros(len(text), diagnostics)
    for block in blocks(text, diagnostics):
        if isinstance(block, Entry):
            yield block, record(block, macros, diagnostics)
            continue
        if isinstance(block, StringDefinition):
            macros.define(block)
        yield block, None


def records(text: str, diagnostics: Diagnostics) -> Iterator[Record]:
    """The entries of a file one by one, as data."""
    for _, one in blocks_and_records(text, diagnostics):
        if one is not None:
            yield one


def record(entry: Entry, macros: Macros, diagnostics: Diagnostics) -> Record:
    """The data of an entry; repeated fields are told of, and kept apart."""
    fields: dict[str, str] = {}
    nodes: dict[str, Field] = {}
    made = Record(entry, entry.kind.lower(), entry.key, fields, nodes)
    braces = Delimiter.BRACES
    for node in entry.fields:
        name = node.name.lower()
        text = node.text if node.delimiter is braces else macros.text(node)
        if name not in nodes:
            fields[name] = text
            nodes[name] = node
        elif " ".join(text.split()) != " ".join(fields[name].split()):
            made.repeated.append((f"{name} (repeated)", text))
            diagnostics.warning(
                f"the field `{name}` stands twice in `{entry.key}`; the first counts",
                node.name_span,
            )
    return made
