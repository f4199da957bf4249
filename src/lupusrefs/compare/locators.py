"""Pages and article numbers in the form in which they are compared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from lupusrefs.compare.numbering import roman
from lupusrefs.compare.text import clean

# Nobody writes pages longer; what does is something else.
_LONGEST: Final = 160
# Article numbers have so many digits, and pages hardly ever.
_ARTICLE_DIGITS: Final = 6
ROMAN: Final = "~"

# Dashes, and question marks where an encoding has lost them ("85???86").
_DASH: Final = re.compile(
    r"\s*(?:[-\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d]+|(?<=\d)[?\ufffd]+(?=\d))\s*"
)
_LABEL: Final = re.compile(
    r"^(?:(?:PP?|PAGES?|PGS?|PAGS?|SEITEN?|S|ART(?:ICLE)?|PAPER|ID|NO|NUMBER|UNIT)"
    r"(?:[.:]+\s*|\s+)|N°\s*|#\s*|(?:PP|ART(?:ICLE)?)(?=\d))+"
)
_COUNT: Final = re.compile(
    r"(?:[IVXLC]+\s*[+,]\s*)?\d+(?:\s*(?:PP|PAGES|SEITEN|LEAVES)|\s+[PS])\.?"
    r"|[IVXLC]+\s*\+\s*\d+"
)
_BEFORE_PAGES: Final = re.compile(r"^\d+\s*(?:\([^()]*\))?\s*:\s+(?=\S)")
_BRACKETED: Final = re.compile(r"\s*\([^()]*\)\s*$")
_BRACKETED_YEAR: Final = re.compile(r"\((?:1[89]|20)\d\d\)")
_THOUSANDS: Final = re.compile(r"(?<![\d,])(\d{1,3})[,\u00a0\u2009\u202f](\d{3})(?!\d)")
_EDGES: Final = " \"'[]<>*"
_LIST: Final = re.compile(r"\s*[,;&]\s*")
# Most pages, in which there is nothing to take off.
_PLAIN: Final = re.compile("[0-9]{1,9}[-\u2013][0-9]{1,9}")
# Highwire's "14661 LP - 14666".
_LP: Final = re.compile(r"(?<=\d)\s*LP\b")
_DOI: Final = re.compile(r"(?:DOI:\s*)?10\.\d{4,9}/(.+)")
_MOST_DIGITS: Final = 18
_PAGE: Final = re.compile(r"([^\W\d_]+(?:\.[^\W\d_]*)*|)(\d{1,18})(.*)")
# What may be left out behind a page: the column "515b", the item "1271.1", "24-es".
_COLUMN: Final = re.compile(r"[A-Z]{1,2}|[.:][A-Z]?\d{1,3}|\*")
# The rest of an article's number such as 05LT01 or W00G07.
_CODE: Final = re.compile(r"[A-Z]+\d")
_LAST_OF_DOI: Final = re.compile(r"([a-z]*)(\d{2,18})([a-z]?)$")
_SICI: Final = re.compile(r"<([a-z]*)(\d{1,18})([a-z]?)::")


@dataclass(frozen=True, slots=True)
class Page:
    """A page, or the number of an article.

    Attributes:
        prefix: the letters before, in capitals; ``ROMAN`` of a Roman page.
        number: the number, without zeros in front.
        suffix: what stands behind, such as the letter of a column.
        width: how many digits were written; says whether it may be a page.
        is_padded: whether there were zeros in front.
    """

    prefix: str
    number: int
    suffix: str = ""
    width: int = field(default=0, compare=False)
    is_padded: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        """Its normal form."""
        return f"{self.prefix}{self.number}{self.suffix}"

    @property
    def is_article_like(self) -> bool:
        """Whether it has the looks of an article's number, not of a page."""
        if self.prefix == ROMAN:
            return False
        return bool(self.prefix) or self.is_padded or self.width >= _ARTICLE_DIGITS

    def agreement(self, other: Page) -> str | None:
        """Why it is the same page: empty if it simply is, None if it is not."""
        if self.number != other.number:
            return None
        if self == other:
            return ""
        if self.prefix != other.prefix:
            if ROMAN in {self.prefix, other.prefix}:
                return None
            ends = self.prefix.endswith(other.prefix)
            if not (ends or other.prefix.endswith(self.prefix)):
                return None
        if self.suffix != other.suffix:
            longer = self.suffix or other.suffix
            if (self.suffix and other.suffix) or not _COLUMN.fullmatch(longer):
                return None
            return "column omitted"
        return "letters before the number omitted"


@dataclass(frozen=True, slots=True)
class Locator:
    """Where something stands: a page, a range of pages, an article's number.

    Attributes:
        first: the first page.
        last: the last one; None where only one is named, or it is the same, or it
            lies before the first.
        is_list: whether further pages follow: ``1-5, 9, 11``.
        is_reversed: whether a last page lies before the first.
    """

    first: Page
    last: Page | None = None
    is_list: bool = False
    is_reversed: bool = False

    def __str__(self) -> str:
        """Its normal form."""
        return f"{self.first}-{self.last}" if self.last else str(self.first)

    @property
    def is_article_like(self) -> bool:
        """Whether it has the looks of an article's number."""
        return self.last is None and self.first.is_article_like

    @property
    def is_of_file(self) -> bool:
        """Whether the pages are counted from 1: those of the file, or of an issue."""
        return self.first.number == 1 and not self.first.prefix

    def holds(self, page: Page) -> bool:
        """Whether a page lies within the range."""
        if self.last is None or self.first.prefix != page.prefix:
            return False
        return self.first.number <= page.number <= self.last.number


def is_page_count(text: str) -> bool:
    """Whether a text says how many pages there are: ``574 p``, ``viii+88``."""
    return _COUNT.fullmatch(text[:_LONGEST].strip().upper()) is not None


@lru_cache(maxsize=4096)
def parse_locator(text: str) -> Locator | None:
    """Read pages or an article's number; None of what is neither.

    >>> str(parse_locator("pp. 204–9")), str(parse_locator("e0162213"))
    ('204-209', 'E162213')
    """
    if text.isascii() and text.isdecimal() and len(text) <= len("999999999"):
        return Locator(_page_of_digits(text))
    if _PLAIN.fullmatch(text):
        return _range(text, is_list=False)
    if len(text) > _LONGEST:
        return None
    text = unicodedata.normalize("NFKC", clean(text)).upper()
    if _BRACKETED_YEAR.search(text) or is_page_count(text):
        return None
    if doi := _DOI.fullmatch(text):
        page = page_in_doi(doi[1].lower())
        return Locator(page) if page else None
    text = _LP.sub("", _BRACKETED.sub("", _THOUSANDS.sub(r"\1\2", text)))
    text = _LABEL.sub("", _BEFORE_PAGES.sub("", text.strip(_EDGES)))
    pieces = _LIST.split(text.strip(_EDGES).rstrip(".+"))
    return _range(pieces[0], is_list=len(pieces) > 1)


def _page_of_digits(digits: str) -> Page:
    padded = len(digits) > 1 and digits[0] == "0"
    return Page("", int(digits), "", len(digits), padded)


def _range(text: str, *, is_list: bool) -> Locator | None:
    parts = [part for part in _DASH.split(text) if part]
    if not parts:
        return None
    first = _page(parts[0])
    if first is None:
        # "AIAA-2004-4300": letters of a report before its number.
        return _coded(parts, is_list=is_list)
    if len(parts) == 2 and not any(map(str.isdigit, parts[1])):  # noqa: PLR2004 - a pair
        end = roman(parts[1].lower())
        if end is None:  # "24-es"
            suffixed = Page(first.prefix, first.number, parts[1], first.width)
            return Locator(suffixed, is_list=is_list)
    if len(parts) != 2:  # noqa: PLR2004 - a pair
        # "29-5410-29-5410" is one number twice, "072106-1-072106-5" an article's.
        return _doubled(parts, is_list=is_list) or Locator(first, is_list=is_list)
    last = None if _CODE.match(first.suffix) else _last_page(parts[1], first)
    if last is None or last.number == first.number:
        return Locator(first, is_list=is_list)
    if last.number < first.number:
        return Locator(first, is_list=is_list, is_reversed=True)
    return Locator(first, last, is_list=is_list)


def _coded(parts: list[str], *, is_list: bool) -> Locator | None:
    if len(parts) > 1 and parts[0].isalpha() and (page := _page(parts[-1])):
        coded = Page(parts[0], page.number, page.suffix, page.width, page.is_padded)
        return Locator(coded, is_list=is_list)
    return None


def _doubled(parts: list[str], *, is_list: bool) -> Locator | None:
    """``29-5410-29-5410``: volume and number, written twice (comparison.md B91)."""
    half = len(parts) // 2
    if len(parts) % 2 or parts[:half] != parts[half:]:
        return None
    return _range("-".join(parts[:half]), is_list=is_list)


@lru_cache(maxsize=4096)
def _page(text: str) -> Page | None:
    if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS:
        return _page_of_digits(text)
    text = text.split(" ", 1)[0].rstrip(".")
    if value := roman(text.lower()):
        return Page(ROMAN, value)
    match = _PAGE.fullmatch(text)
    if match is None:
        return None
    prefix, digits, suffix = match.groups()
    plain = _page_of_digits(digits)
    return Page(prefix, plain.number, suffix, plain.width, plain.is_padded)


def _last_page(text: str, first: Page) -> Page | None:
    """The last page of a range, with what was left out of it (comparison.md B81)."""
    last = _page(text)
    if last is None:
        return None
    prefix = last.prefix or first.prefix
    if ROMAN in {first.prefix, last.prefix} and first.prefix != last.prefix:
        return None
    number, digits = last.number, str(last.number)
    whole = str(first.number)
    if number < first.number and last.width < len(whole):
        number = int(whole[: len(whole) - last.width] + digits.zfill(last.width))
    return Page(prefix, number, last.suffix, last.width)


def page_in_doi(doi: str) -> Page | None:
    """The number at the end of a DOI, or the first page within a SICI.

    >>> str(page_in_doi("10.1371/journal.pone.0162213"))
    '162213'
    """
    doi = doi[-_LONGEST:].lower()
    match = _SICI.search(doi) or _LAST_OF_DOI.search(doi.rpartition("/")[2])
    if match is None:
        return None
    prefix, digits, letter = match.groups()
    plain = _page_of_digits(digits)
    if plain.is_padded and plain.width < _ARTICLE_DIGITS:
        return None  # "...2015.12.005", "...543500.012": a running number
    return Page(
        prefix.upper(), plain.number, letter.upper(), plain.width, plain.is_padded
    )
