"""The order of texts in a list: the same on every machine, whatever its locale.

Words are compared without accents, case and punctuation, numbers in them by their
value; texts that are equal so far by their accents, then by their case. This is the
order that the root table of the Unicode Collation Algorithm (UTS #10) gives to Latin
script, but for letters that it files on their own.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, TypeAlias

from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.latin import unaccented
from lupusrefs.model.markup import plain
from lupusrefs.model.names import Name

# (what it is, a number, a text): an end of a text, a number, a word.
Element: TypeAlias = tuple[int, int, str]
CollationKey: TypeAlias = tuple[Element, ...]

_END: Final = -1
_NUMBER: Final = 0
_WORD: Final = 1
_ELEMENT: Final = re.compile(r"([0-9]+)|[^\W_0-9]+")


def text_order(text: str) -> CollationKey:
    """The place of a text; keys that are joined compare part by part.

    >>> sorted(["Zoé", "zoe 10", "Zoe 9", "Äb", "“Ac”"], key=text_order)
    ['Äb', '“Ac”', 'Zoé', 'Zoe 9', 'zoe 10']
    """
    shown = plain(text)
    letters = unaccented(shown).casefold()
    elements = tuple(map(_element, _ELEMENT.finditer(letters)))
    accents = unicodedata.normalize("NFD", shown.casefold())
    # Small letters come first; the text itself, so that only what is equal ties.
    levels = (accents, shown.swapcase(), text)
    # An end comes before everything: what is shorter comes first.
    return (*elements, *((_END, 0, level) for level in levels))


def _element(match: re.Match[str]) -> Element:
    if match[1] is None:
        return (_WORD, 0, match[0])
    # Of numbers without leading zeros the longer is larger.
    digits = match[0].lstrip("0")
    return (_NUMBER, len(digits), digits)


def name_order(name: Name) -> CollationKey:
    """Family name, given names, then all that a name has besides; literals whole."""
    rest = (
        name.non_dropping_particle or "",
        name.dropping_particle or "",
        name.suffix or "",
    )
    family = name.literal or name.family or ""
    return (
        text_order(family) + text_order(name.given or "") + text_order(" ".join(rest))
    )


def date_order(date: Date) -> CollationKey | None:
    """Begin, then end; None where there is no calendar date ("in press")."""
    if date.start is None:
        return None
    return _day(date.start) + _day(date.end or date.start)


def _day(date: PartialDate) -> CollationKey:
    parts = (date.year, date.month or 0, date.day or 0, date.season or 0)
    return tuple((_NUMBER, part, "") for part in parts)
