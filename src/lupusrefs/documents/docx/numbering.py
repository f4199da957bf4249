"""The numbers that Word puts before paragraphs: ``1.``, ``[2]``, ``3.1``.

A reader sees them, but the text of the paragraph does not have them. Only numbers in
digits are told; letters, Roman numbers and bullets are not.

Source: ISO/IEC 29500-1 (ECMA-376, part 1), 17.9 (numbering), 17.9.11 (``lvlText``),
17.9.27 (``startOverride``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from lupusrefs.documents.docx.xml_events import Attributes, read_xml

_LEVELS: Final = 9
_DIGITS: Final = frozenset(("decimal", "decimalZero"))
_PLACE: Final = re.compile(r"%([1-9])")
_NUMBER: Final = re.compile(r"\d{1,6}")


@dataclass(slots=True)
class _Level:
    """How the paragraphs of a level are numbered."""

    start: int = 1
    form: str = "decimal"
    text: str = ""


@dataclass(slots=True)
class _List:
    """An instance of a list: whose numbers it goes on with, or begins anew."""

    pattern: str = ""
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has been counted."""

    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _lists: dict[str, _List] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def label(self, number: str, level: int) -> str:
        """The number of the next paragraph; empty for none.

        Args:
            number: the id of the list.
            level: 0-based.
        """
        found = self._lists.get(number)
        levels = self._levels.get(found.pattern) if found else None
        if found is None or not levels or level not in levels:
            return ""
        counts = self._counts.setdefault(found.pattern, {})
        if number not in self._begun:
            self._begun.add(number)
            counts |= {at: start - 1 for at, start in found.starts.items()}
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in range(level + 1, _LEVELS):
            counts.pop(deeper, None)
        return _shown(levels, counts, level)


def _shown(levels: dict[int, _Level], counts: dict[int, int], level: int) -> str:
    """The label of a level, in which ``%1`` is the number of the first."""

    def number(place: re.Match[str]) -> str:
        at = int(place[1]) - 1
        return str(counts.get(at, levels[at].start if at in levels else 1))

    text = levels[level].text
    used = [int(place) - 1 for place in _PLACE.findall(text)]
    forms = {levels[at].form for at in used if at in levels}
    return _PLACE.sub(number, text) if used and forms <= _DIGITS else ""


def read_numbering(chunks: Iterable[bytes]) -> Numbering:
    """The lists of a document.

    Raises:
        PartProblem: the part cannot be read.
        BrokenXml: its XML cannot.
    """
    reader = _Reader()
    read_xml(chunks, reader.start)
    return Numbering(reader.levels, reader.lists)


class _Reader:
    """Reads the events of the part."""

    def __init__(self) -> None:
        self.levels: dict[str, dict[int, _Level]] = {}
        self.lists: dict[str, _List] = {}
        self._pattern: dict[int, _Level] = {}
        self._level = _Level()
        self._list = _List()
        self._overridden = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """A start tag."""
        value = attributes.get("w:val", "")
        match name:
            case "w:abstractNum":
                key = attributes.get("w:abstractNumId", "")
                self._pattern = self.levels.setdefault(key, {})
            case "w:num":
                key = attributes.get("w:numId", "")
                self._list = self.lists[key] = _List()
                self._pattern = {}  # what a list overrides is not the pattern's
            case "w:lvl":
                level = number_in(attributes.get("w:ilvl", ""))
                self._level = self._pattern[level] = _Level()
            case "w:start" | "w:numFmt" | "w:lvlText":
                self._describe(name, value)
            case "w:abstractNumId":
                self._list.pattern = value
            case "w:lvlOverride":
                self._overridden = number_in(attributes.get("w:ilvl", ""))
            case "w:startOverride":
                self._list.starts[self._overridden] = number_in(value)

    def _describe(self, name: str, value: str) -> None:
        if name == "w:start":
            self._level.start = number_in(value)
        elif name == "w:numFmt":
            self._level.form = value
        else:
            self._level.text = value


def number_in(text: str) -> int:
    """The number that an attribute has; 0 for none."""
    return int(text) if _NUMBER.fullmatch(text) else 0
