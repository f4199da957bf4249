"""An item of CSL-JSON as the processor reads it.

Nothing is demanded of an item but a mapping in the shape of ``csl-data.json``; what has
another shape is taken for text, or left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lupusrefs.csl.person import Person
from lupusrefs.csl.rich_text import is_plain
from lupusrefs.model.variables import DATES, NAMES

_OTHERS: Final = "others"
# What Zotero and older files write -> the variable of CSL 1.0.2.
_ALIASES: Final = {
    "shortTitle": "title-short",
    "journalAbbreviation": "container-title-short",
}
# One variable under its old and its new name (CSL 1.0.2, appendix IV).
_SAME: Final = {"event": "event-title"}
_DATES: Final = frozenset(DATES)
_NAMES: Final = frozenset((*NAMES, "editor-translator"))
_IN_NOTE: Final = re.compile(
    r"^(?P<line>[a-zA-Z]+(?:-[a-z]+)*):[ \t]*(?P<text>\S.*)$"
    r"|\{:(?P<inline>[a-zA-Z]+(?:-[a-z]+)*):(?P<inline_text>[^}\n]{1,500})\}",
    re.MULTILINE,
)
# What Zotero has no field for, and what is no number or date.
_IN_NOTES: Final = frozenset(
    (
        "collection-number",
        "container-title-short",
        "DOI",
        "event-place",
        "event-title",
        "genre",
        "ISBN",
        "medium",
        "original-publisher",
        "original-publisher-place",
        "original-title",
        "PMCID",
        "PMID",
        "references",
        "reviewed-title",
        "status",
        "title-short",
        "volume-title",
    )
)
_YEARS: Final = 10**9
_FIRST_SEASON: Final = 20
_SEASONS: Final = range(1, 5)
_MONTHS: Final = 12
_WHOLE_DATE: Final = 3


@dataclass(frozen=True, slots=True)
class Day:
    """A date of one to three parts; 0 is "not given".

    Attributes:
        year: negative before Christ; -1 is 1 BC.
        month: 1 to 12; 0 where there is none.
        day: 1 to 31; 0.
        season: 1 (spring) to 4 (winter), or what is printed in its place.
    """

    year: int
    month: int = 0
    day: int = 0
    season: str = ""


@dataclass(frozen=True, slots=True)
class DateValue:
    """The value of a date variable.

    Attributes:
        start: the date; None of a literal.
        end: of a range.
        is_open: the range has no end.
        circa: the date is approximate.
        literal: printed as it is.
    """

    start: Day | None
    end: Day | None = None
    is_open: bool = False
    circa: bool = False
    literal: str = ""


class Item:
    """An item.

    Attributes:
        id: of the item, unique in a processor.
        type: its CSL type.
        fields: variable -> text, numbers included.
        names: variable -> persons.
        dates: variable -> date.
        truncated: name variables that have more names than are given.
        language: of the item, such as ``de``; empty where it does not say.
        is_rich: one of its fields at least has markup or quotation marks.
    """

    __slots__ = (
        "dates",
        "fields",
        "id",
        "is_rich",
        "language",
        "names",
        "truncated",
        "type",
    )

    def __init__(self, data: Mapping[str, object]) -> None:
        self.id = str(data.get("id", ""))
        self.type = str(data.get("type", ""))
        self.fields: dict[str, str] = {}
        self.names: dict[str, tuple[Person, ...]] = {}
        self.dates: dict[str, DateValue] = {}
        self.truncated: tuple[str, ...] = ()
        for variable, value in data.items():
            if value is not None and value != "":
                self._take(_ALIASES.get(variable, variable), value)
        for old, new in _SAME.items():
            if value := self.fields.get(old) or self.fields.get(new):
                self.fields[old] = self.fields[new] = value
        note = self.fields.get("note", "")
        if ":" in note:
            self._take_note(note)
        self.language = self.fields.get("language", "")
        # Asked once, and not wherever a field is shown.
        self.is_rich = not is_plain("\n".join(self.fields.values()))

    def _take_note(self, note: str) -> None:
        """Variables that are written into the note, for want of a field of their own.

        Source: citeproc-js manual, "Cheater syntax for odd fields": a line
        ``event-date: 2004-10-01``, or ``{:event-date: 2004-10-01}`` anywhere.
        """
        for match in _IN_NOTE.finditer(note):
            variable = match["line"] or match["inline"]
            value = (match["text"] or match["inline_text"] or "").strip()
            known = self.fields.keys() | self.names.keys() | self.dates.keys()
            if not value or variable in known:
                continue
            if variable in _DATES:
                self._take(variable, {"raw": value})
            elif variable in _IN_NOTES:
                self.fields[variable] = value

    def _take(self, variable: str, value: object) -> None:
        if variable in _DATES or (
            isinstance(value, Mapping) and ("date-parts" in value or "raw" in value)
        ):
            date = date_value(value)
            if date is not None:
                self.dates[variable] = date
        elif variable in _NAMES or (
            isinstance(value, list) and value and isinstance(value[0], Mapping)
        ):
            if isinstance(value, Sequence) and not isinstance(value, str):
                people = [Person(one) for one in value if isinstance(one, Mapping)]
                people = [one for one in people if one.family or one.literal]
                if len(people) > 1 and people[-1].literal == _OTHERS:
                    # pandoc's convention for a list that its author has cut.
                    people.pop()
                    self.truncated = (*self.truncated, variable)
                if people:
                    self.names[variable] = tuple(people)
        elif isinstance(value, str):
            self.fields[variable] = value
        elif isinstance(value, int | float) and not isinstance(value, bool):
            self.fields[variable] = str(value)


def date_value(value: object) -> DateValue | None:
    """The date of a CSL-JSON object, or None where it says nothing."""
    if isinstance(value, str):
        value = {"raw": value}
    if not isinstance(value, Mapping):
        return None
    circa = value.get("circa") not in (None, False, "", 0, "0", "false")
    season = _season(value.get("season"))
    rows = _rows(value.get("date-parts"))
    literal = value.get("literal")
    if not rows and isinstance(raw := value.get("raw", value.get("edtf")), str):
        from lupusrefs.csl.raw_dates import raw_dates  # noqa: PLC0415 - seldom

        rows = raw_dates(raw)
        if not rows and not literal:
            literal = raw
    if rows:
        start = _day(rows[0], season)
        if start is not None:
            end = _day(rows[1], "") if len(rows) > 1 and rows[1][0] else None
            is_open = len(rows) > 1 and not rows[1][0]
            return DateValue(start, end, is_open, circa)
    if isinstance(literal, str) and literal:
        return DateValue(None, circa=circa, literal=literal)
    return None


def _season(value: object) -> str:
    text = "" if value is None else str(value)
    if re.fullmatch(r"[0-9]{1,3}", text) and int(text) > _FIRST_SEASON:
        return str(int(text) - _FIRST_SEASON)
    return text


def _rows(value: object) -> list[list[int]]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        return []
    rows = []
    for row in value:
        if isinstance(row, Sequence) and not isinstance(row, str):
            numbers = [_number(part) for part in row]
            while numbers and not numbers[-1] and len(numbers) > 1:
                numbers.pop()
            if numbers:
                rows.append(numbers)
    return rows


def _number(part: object) -> int:
    if isinstance(part, int | float):
        return int(part) if abs(part) < _YEARS else 0
    text = str(part).strip() if part is not None else ""
    return int(text) if re.fullmatch(r"[+-]?[0-9]{1,9}", text) else 0


def _day(row: list[int], season: str) -> Day | None:
    year, month, day = [*row, 0, 0][:_WHOLE_DATE]
    if not year:
        return None
    if month > _FIRST_SEASON and month - _FIRST_SEASON in _SEASONS:
        return Day(year, season=str(month - _FIRST_SEASON))
    if not 0 <= month <= _MONTHS:
        month = day = 0
    return Day(year, month, day if month else 0, season if not month else "")
