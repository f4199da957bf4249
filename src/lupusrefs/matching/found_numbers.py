"""Where in the text of a reference the registered year, volume and pages stand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from lupusrefs.compare.locators import ROMAN, Locator, Page, page_in_doi, parse_locator
from lupusrefs.compare.numbering import parse_numbering, roman
from lupusrefs.compare.text import is_absent
from lupusrefs.compare.years import RegisteredYears, registered_years
from lupusrefs.matching.cited_text import CitedText, Word
from lupusrefs.matching.evidence import Agreement, FieldEvidence
from lupusrefs.model.work import Work

_YEAR_DIGITS: Final = 4
_LABEL_DIGITS: Final = 3
_ROMAN_LETTERS: Final = 2


@dataclass(frozen=True, slots=True)
class FoundNumbers:
    """The registered year, volume, issue and pages in a text.

    Attributes:
        fields: the evidence.
        digits: how many digits of volume and pages are there.
        cited: how many numbers but years the text has.
    """

    fields: tuple[FieldEvidence, ...]
    digits: int
    cited: int


def find_numbers(
    text: CitedText, work: Work, elsewhere: Collection[int]
) -> FoundNumbers:
    """Look for year, volume and first page.

    Args:
        text: the reference.
        work: what is registered.
        elsewhere: the words that are something else, such as the title.
    """
    free = [
        word
        for at, word in enumerate(text.words)
        if at not in elsewhere and not (at == 0 and _is_label(word))
    ]
    numbers = _Numbers(free)
    year = numbers.year(work)
    page = numbers.page(work)
    volume = numbers.volume(work)
    issue = numbers.issue(work)
    fields = tuple(
        numbers.settled(one, absent=absent)
        for one, absent in ((volume, False), (issue, True), (page, False))
    )
    return FoundNumbers((year, *fields), numbers.digits, numbers.cited)


def _is_label(word: Word) -> bool:
    """Whether the first word is the number of the reference in its list."""
    return word.form.isdecimal() and len(word.form) <= _LABEL_DIGITS


class _Numbers:
    """The numbers of a text, each of which is one thing only.

    Attributes:
        digits: how many digits have been found to agree.
        cited: how many numbers there are that are no years.
    """

    def __init__(self, words: list[Word]) -> None:
        numbers = [word.form for word in words if word.is_number]
        self._years = [word.form for word in words if word.is_year]
        self._rest = numbers
        self._dates = self._years
        self._roman = {
            value: word.form
            for word in words
            if len(word.form) >= _ROMAN_LETTERS
            if (value := roman(word.form))
        }
        self.cited = len(numbers) - len(self._years)
        self.digits = 0

    def year(self, work: Work) -> FieldEvidence:
        """Any registered year; one beside it is ``SLIGHT``."""
        registered = registered_years(work)
        found = sorted({int(form[:_YEAR_DIGITS]) for form in self._years})
        shown = ", ".join(map(str, found))
        if not registered.years or not found:
            agreement = Agreement.ABSENT
        else:
            nearest = min(abs(a - b) for a in found for b in registered.years)
            near = (Agreement.AGREES, Agreement.SLIGHT)
            agreement = near[nearest] if nearest < len(near) else Agreement.DIFFERS
        if agreement is Agreement.AGREES:
            # What is far from the year that is known may be a page: 1647.
            self._dates = [one for one in self._years if _is_near(one, registered)]
            self._take(self._dates[0], count=False)
        return FieldEvidence("issued", agreement, shown, registered.form)

    def page(self, work: Work) -> FieldEvidence:
        """The first page, or the number of the article."""
        shown = work.page or work.article_number or work.number or ""
        pages, last = _pages(work)
        if not pages:
            return FieldEvidence("page", Agreement.ABSENT, "", shown)
        for form in self._rest:
            locator = parse_locator(form)
            if locator is None or not _is_one_of(locator.first, pages):
                continue
            following = self._rest[self._rest.index(form) + 1 :]
            # Many an article begins with page 1.
            count = locator.first.number != 1
            self._take(form, count=count)
            if last is not None:
                self._take_last(last, following, count=count)
            return FieldEvidence("page", Agreement.AGREES, form, shown)
        for value, form in self._roman.items():
            if _is_one_of(Page(ROMAN, value), pages):
                return FieldEvidence("page", Agreement.AGREES, form, shown)
        # The number at the end of a DOI is not always that of the article.
        agreement = Agreement.DIFFERS if shown else Agreement.ABSENT
        return FieldEvidence("page", agreement, "", shown)

    def _take_last(self, last: Page, following: list[str], *, count: bool) -> None:
        """The last page, which may be shortened right behind the first one."""
        whole = str(last.number)
        if following and whole.endswith(following[0]):
            self._take(following[0], count=count)
        elif whole in self._rest:
            self._take(whole, count=count)

    def volume(self, work: Work) -> FieldEvidence:
        """The volume, or one of those that are bound together."""
        years = {str(year) for year in registered_years(work).years}
        # Where the year is the volume, it agrees for the second time.
        return self._numbering("volume", work.volume, count=work.volume not in years)

    def issue(self, work: Work) -> FieldEvidence:
        """The issue; it is left out too often to say anything by that."""
        return self._numbering("issue", work.issue, count=False)

    def _numbering(
        self, field: str, registered: str | None, *, count: bool = True
    ) -> FieldEvidence:
        shown = registered or ""
        if registered is None or is_absent(registered):
            return FieldEvidence(field, Agreement.ABSENT, "", shown)
        spans = parse_numbering(registered).spans
        if not spans:
            return FieldEvidence(field, Agreement.ABSENT, "", shown)
        for form in self._rest:
            digits = form.rstrip("abcdefghijklmnopqrstuvwxyz")
            if digits.isdecimal() and any(a <= int(digits) <= b for a, b in spans):
                self._take(form, count=count)
                return FieldEvidence(field, Agreement.AGREES, form, shown)
        if any(a <= value <= b for value in self._roman for a, b in spans):
            return FieldEvidence(field, Agreement.AGREES, "", shown)
        return FieldEvidence(field, Agreement.DIFFERS, "", shown)

    def _take(self, form: str, *, count: bool = True) -> None:
        self._rest.remove(form)
        if count:
            self.digits += sum(char.isdecimal() for char in form)

    def settled(self, one: FieldEvidence, *, absent: bool) -> FieldEvidence:
        """A field that is not there, where the text has no number left for it."""
        left = [form for form in self._rest if form not in self._dates]
        if one.agreement is Agreement.DIFFERS and (absent or not left):
            return FieldEvidence(one.field, Agreement.ABSENT, "", one.registered)
        return one


def _is_near(form: str, registered: RegisteredYears) -> bool:
    year = int(form[:_YEAR_DIGITS])
    return min(abs(year - other) for other in registered.years) <= 1


def _pages(work: Work) -> tuple[tuple[Page, ...], Page | None]:
    """What may be cited as the first page, and the last page."""
    pages: list[Page] = []
    last = None
    found = _locator(work.page)
    # Pages counted from 1 without a volume: the article has no place yet (B90).
    is_placed = work.volume or work.type == "chapter"
    if found is not None and (is_placed or not found.is_of_file):
        pages.append(found.first)
        last = found.last
    numbers = (_locator(work.article_number), _locator(work.number))
    pages.extend(one.first for one in numbers if one is not None)
    in_doi = page_in_doi(work.doi or work.id) if work.type != "chapter" else None
    if in_doi is not None and in_doi.is_article_like:
        pages.append(in_doi)
    return tuple(pages), last


def _locator(text: str | None) -> Locator | None:
    return parse_locator(text) if text and not is_absent(text) else None


def _is_one_of(page: Page, pages: tuple[Page, ...]) -> bool:
    return any(one.agreement(page) is not None for one in pages)
