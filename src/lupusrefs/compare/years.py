"""The years of a citation and of a record, as they are compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeGuard

from lupusrefs.model.dates import OPEN_END, Date

if TYPE_CHECKING:
    from lupusrefs.model.item import Item
    from lupusrefs.model.work import Work

# Four digits that stand alone, but for the letter of "2010a" or the c of "c1998".
_YEAR: Final = re.compile(r"(?<!\d)(?:1[0-9]|20)\d\d(?!\d)")
# "1994/5", "1994-95": the second year of a range, shortened.
_SHORT_RANGE: Final = re.compile(
    r"(?<!\d)((?:1[0-9]|20)\d\d)\s*[-/\u2010-\u2015]\s*(\d{1,2})(?!\d)"
)
_LONGEST: Final = 200
# Before and after these nothing that has a DOI is dated: the registry is mistaken.
_PLAUSIBLE: Final = range(1000, 2101)
# Online so many years after print, it was digitised then (comparison.md B66).
FAR_YEARS: Final = 2
# As far off as "about 1900" may mean.
_CIRCA: Final = 5

# When the work came out, by Crossref's kinds and DataCite's dateTypes.
_PUBLISHED: Final = frozenset(
    ("print", "online", "posted", "other", "published", "Issued", "Available")
)
_CREATED: Final = "created"
_SAID: Final = {
    "print": "print",
    "online": "online",
    "posted": "posted",
    "Available": "available",
}


@dataclass(frozen=True, slots=True)
class Years:
    """The cited year, or the first and last one of a range.

    Attributes:
        first: the year.
        last: the last year of a range; None for an open one.
        text: what is cited, verbatim.
        circa: about so.
    """

    first: int
    last: int | None
    text: str
    circa: bool = False

    @property
    def is_one(self) -> bool:
        """Whether it is a single year, and exact."""
        return self.first == self.last and not self.circa

    @property
    def form(self) -> str:
        """The normal form."""
        if self.first == self.last:
            return f"{self.first}"
        return f"{self.first}/{'..' if self.last is None else self.last}"

    @property
    def shown(self) -> str:
        """As a message says it: the year alone, whatever the day."""
        return self.form.replace("/", " to ").replace("to ..", "on")

    def agrees_with(self, year: int) -> bool:
        """Whether a year is this one, or one of this range."""
        slack = _CIRCA if self.circa else 0
        last = self.last
        return self.first - slack <= year and (last is None or year <= last + slack)

    def agrees_with_any(self, years: Iterable[int]) -> bool:
        """Whether one of the years is this one."""
        if self.first == self.last and not self.circa:
            return self.first in years
        return any(map(self.agrees_with, years))

    def distance_to(self, years: Iterable[int]) -> int:
        """How many years to the nearest of some."""
        return min(abs(year - self.first) for year in years)


@dataclass(frozen=True, slots=True)
class RegisteredYears:
    """Every year in which a work came out, by kind of date.

    Attributes:
        dated: (kind, date) of publication dates, ``issued`` among them.
        created: the year in which the DOI was registered: a bound, not a date of
            publication; None where it is not known.
        years: all years, without repetition, in order.
    """

    dated: tuple[tuple[str, Date], ...]
    created: int | None
    years: tuple[int, ...]

    @property
    def text(self) -> str:
        """The preferred date, verbatim."""
        return str(self.dated[0][1]) if self.dated else ""

    @property
    def form(self) -> str:
        """The normal form: all years."""
        return " ".join(map(str, self.years))

    def of_kind(self, *kinds: str) -> int | None:
        """The year of the first date of these kinds."""
        for wanted in kinds:
            for kind, date in self.dated:
                if kind == wanted:
                    return date.year
        return None

    @property
    def preferred_kind(self) -> str:
        """The kind of date that gives the registered year."""
        return self.dated[0][0] if self.dated else "issued"

    @property
    def described(self) -> str:
        """The years as a message says them: ``2015 (online) and 2016 (print)``."""
        if len(self.years) <= 1:
            kinds = {kind: kind for kind, _ in self.dated}
            said = [_SAID[kind] for kind in kinds if kind in _SAID]
            only = f" ({said[0]})" if len(said) == 1 else ""
            return f"{self.text or self.form}{only}"
        parts: dict[str, str] = {}
        for kind, date in self.dated:
            year = str(date.year)
            if said_kind := _SAID.get(kind):
                parts[year] = f"{year} ({said_kind})"
            else:
                parts.setdefault(year, year)
        return " and ".join(parts[year] for year in sorted(parts))

    def is_digitisation(self, cited: Years) -> bool:
        """Whether only the date online, long after print, is the cited year (B66)."""
        printed, online = self.of_kind("print"), self.of_kind("online")
        if printed is None or online is None or online - printed <= FAR_YEARS:
            return False
        others = [year for year in self.years if year != online]
        return cited.agrees_with(online) and not cited.agrees_with_any(others)

    def kind_of(self, cited: Years) -> str | None:
        """Which date has the cited year, where that is not the preferred one."""
        if not self.dated or cited.agrees_with_any(_ends(self.dated[0][1])):
            return None
        for kind, date in self.dated:
            if cited.agrees_with_any(_ends(date)):
                return _SAID.get(kind)
        return None

    def text_of(self, cited: Years) -> str | None:
        """The registered date of the cited year, verbatim."""
        for _, date in self.dated:
            if cited.agrees_with_any(_ends(date)):
                return str(date)
        return None


def _ends(date: Date) -> tuple[int, ...]:
    if date.start is None:
        return ()
    if date.end is None or date.end == OPEN_END:
        return (date.start.year,)
    return (date.start.year, date.end.year)


def registered_years(work: Work) -> RegisteredYears:
    """The years of a record; those that cannot be meant are left out."""
    dated: dict[str, Date] = {}
    if _is_plausible(work.issued):
        dated["issued"] = work.issued
    created = None
    for entry in work.dates:
        if entry.kind == _CREATED:
            created = entry.date.year
        elif entry.kind in _PUBLISHED and _is_plausible(entry.date):
            dated.setdefault(entry.kind, entry.date)
    years = {year for date in dated.values() for year in _ends(date)}
    return RegisteredYears(tuple(dated.items()), created, tuple(sorted(years)))


def _is_plausible(date: Date | None) -> TypeGuard[Date]:
    return date is not None and date.year in _PLAUSIBLE


def cited_years(reference: Item) -> Years | None:
    """The year that is cited, from the date or from its text; None without one."""
    issued = reference.issued
    if issued is None:
        return None
    text = str(issued)
    if issued.start is None:
        return _of_text(text, circa=issued.circa)
    first = issued.start.year
    if issued.end is None:
        return Years(first, first, text, issued.circa)
    last = None if issued.end == OPEN_END else max(first, issued.end.year)
    return Years(first, last, text, issued.circa)


def _of_text(text: str, *, circa: bool) -> Years | None:
    """Of ``2010a``, ``[2010]``, ``17.6.2019``, ``1994/5``; None of several years."""
    text = text[:_LONGEST]
    if short := _SHORT_RANGE.search(text):
        first = int(short[1])
        last = int(short[1][: -len(short[2])] + short[2])
        if first <= last and len(_YEAR.findall(text)) == 1:
            return Years(first, last, text, circa)
    found = sorted({int(year) for year in _YEAR.findall(text)})
    match found:
        case [year]:
            return Years(year, year, text, circa)
        case [first, last] if last - first <= FAR_YEARS:
            return Years(first, last, text, circa)
        case _:
            return None
