"""What a registry is asked for a reference: the words that tell it from others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from lupusrefs.compare.text import clean, is_absent, words
from lupusrefs.matching.cited_text import CitedText
from lupusrefs.model.item import Item

# A search engine weighs a few dozen words; what is longer only makes the address long.
MAX_LENGTH: Final = 400
_NAMED: Final = 3
_TELLING: Final = 12
_LETTERS: Final = 4
# The number that a reference has in its list: "[12]", "(3)", "4.".
_LABEL: Final = re.compile(r"\s*(?:[\[(]\d{1,4}[\])]|\d{1,4}\.)\s+(?=\D)")
_BULLET: Final = re.compile(r"\s*[•◦▪*\u2013\u2014-]\s+")


def query_of(reference: Item) -> str:
    """The query for a structured reference: who, what, where, when.

    >>> query_of(Item(id="x", title="On  <i>wolves</i>", volume="12"))
    'On wolves 12'
    """
    people = [name.family_with_particle for name in reference.creators[:_NAMED]]
    year = reference.issued.year if reference.issued else None
    parts = (
        *(one for one in people if one != "others"),
        reference.title,
        reference.container_title or reference.event_title,
        str(year) if year else None,
        reference.volume,
        reference.page or reference.page_first or reference.number,
    )
    return _bounded(part for part in parts if part and not is_absent(part))


def query_of_text(text: str) -> str:
    """The query for a reference string: without its number, its addresses, its markup.

    >>> query_of_text("[3] Doe J. On wolves. Ann. Wolves 12, 34. https://x.example/1")
    'Doe J. On wolves. Ann. Wolves 12, 34.'
    """
    line = CitedText.of(text).text
    return _bounded([_LABEL.sub("", _BULLET.sub("", line, count=1), count=1)])


def _bounded(parts: Iterable[str]) -> str:
    text = " ".join(" ".join(map(clean, parts)).split())
    if len(text) <= MAX_LENGTH:
        return text
    head, _, _ = text[: MAX_LENGTH + 1].rpartition(" ")
    return head or text[:MAX_LENGTH]


def telling_words(text: str) -> tuple[str, ...]:
    """The longest words of a title or a reference, for a search among titles only.

    >>> telling_words("Doe J. On the wolves of Yellowstone. 1999;12:34")
    ('wolves', 'yellowstone')
    """
    found = dict.fromkeys(_long_words(text))
    longest = sorted(found, key=len, reverse=True)[:_TELLING]
    return tuple(word for word in found if word in longest)


def _long_words(text: str) -> Iterator[str]:
    for word in words(text[: 4 * MAX_LENGTH]):
        if len(word) >= _LETTERS and word.isalpha():
            yield word
