"""What the fields of a key pattern stand for: item -> words in lower-case ASCII.

A field is asked for its words and a number. Fields of one word take the number as
characters, fields of several as words; what "et al." does with it stands there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeAlias

from lupusrefs.errors import InvalidDoi
from lupusrefs.model.doi import Doi
from lupusrefs.model.item import Item
from lupusrefs.model.key_syntax import is_usable
from lupusrefs.model.latin import ascii_letters, ascii_words
from lupusrefs.model.names import Name

Words: TypeAlias = Callable[[Item, int | None], Iterable[str]]

ANONYMOUS: Final = "anon"
ET_AL: Final = "etal"
_LONGEST: Final = 40  # characters of one word
_SEVERAL: Final = 3  # names or words, where the pattern does not say how many
# Articles, prepositions and conjunctions that begin titles in the languages met most.
_STOP_WORDS: Final = frozenset(
    "a about an and are as at by can das der des die do does el ein eine for from how"  # noqa: SIM905 - a list of words
    " il in into is l la las le les lo los of on or should the to towards toward un una"
    " une und what when where which who why with zur zum".split()
)
_WORD: Final = re.compile(r"[^\W_]+")
_INITIALS: Final = 3  # capitals that stand together and are no name: "JRR"
# What neither a word nor the usual marks of identifiers is.
_NO_NAME: Final = re.compile(r"[^a-z0-9.:_-]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KeyField:
    """A field that patterns know.

    Attributes:
        words: (item, number of the pattern or None) -> the words.
        meaning: for the documentation, with what the number does.
    """

    words: Words
    meaning: str


def _one(text: Callable[[Item], str]) -> Words:
    """A field of one word, which the number cuts."""
    return lambda item, number: (text(item)[:number],)


def _several(words: Callable[[Item], Iterator[str]], usual: int | None) -> Words:
    """A field of several words, of which the number is taken."""
    return lambda item, number: islice(words(item), number or usual)


def _families(item: Item) -> Iterator[str]:
    """Family names as they are found; "anon" where there is none."""
    named = False
    for name in _named(item):
        if family := _family(name):
            named = True
            yield family
    if not named:
        yield ANONYMOUS


def _first_family(item: Item) -> str:
    """The first name; a second one does not stand in where ASCII cannot write it."""
    first = next(_named(item), None)
    return (_family(first) if first else "") or ANONYMOUS


def _named(item: Item) -> Iterator[Name]:
    return (name for name in item.creators if not name.is_others)


def _family(name: Name) -> str:
    if name.literal is not None:
        return next(_telling_words(name.literal), "")
    return ascii_letters(name.family or name.given or "")[:_LONGEST]


def _given(item: Item) -> Iterator[str]:
    """Given names of the first creator; of initials that stand together each."""
    first = next(_named(item), None)
    for match in _WORD.finditer((first and first.given) or ""):
        word = match[0]
        together = word.isupper() and len(word) <= _INITIALS
        for name in word if together else (word,):
            if letters := ascii_letters(name):
                yield letters[:_LONGEST]


def _et_al(item: Item, number: int | None) -> Iterable[str]:
    """The mark where there are more names than the number, or than anybody listed."""
    names = list(_named(item))
    more = len(names) > (number or 1) or len(names) < len(item.creators)
    return (ET_AL,) if more else ()


def _telling_words(text: str) -> Iterator[str]:
    for word in ascii_words(text):
        if word not in _STOP_WORDS:
            yield word[:_LONGEST]


def _title_words(item: Item) -> Iterator[str]:
    return _telling_words(item.title or "")


def _journal_words(item: Item) -> Iterator[str]:
    return _telling_words(item.container_title or item.container_title_short or "")


def _year(item: Item) -> str:
    year = item.issued.year if item.issued else None
    return str(abs(year)) if year else ""


def _last_digits(item: Item, number: int | None) -> Iterable[str]:
    """Of 2022 the number 2 gives "22": nobody wants "20"."""
    return (_year(item)[-(number or 0) :],)


def _first_page(item: Item) -> str:
    match = _WORD.search(item.page or item.page_first or "")
    return ascii_letters(match[0])[:_LONGEST] if match else ""


def _number(text: Callable[[Item], str | None]) -> Callable[[Item], str]:
    return lambda item: ascii_letters(text(item) or "")[:_LONGEST]


def _doi(item: Item) -> str:
    """The DOI with ``_`` for what a key cannot have, and for ``/``: see is_usable."""
    try:
        name = Doi.parse(item.doi or "").key
    except InvalidDoi:
        return ""
    return _NO_NAME.sub("_", name).replace(":", "_").strip("_")


def _id(item: Item) -> str:
    """The item's own key as it is; of a URL or a DOI what a key can have."""
    return item.id if is_usable(item.id) else _NO_NAME.sub("_", item.id).strip("_")


FIELDS: Final = {
    "family": KeyField(
        _one(_first_family),
        "family name of the first author, else editor, else translator; `anon` without",
    ),
    "families": KeyField(
        _several(_families, _SEVERAL), "family names; `:N` of them, 3 if not said"
    ),
    "given": KeyField(_several(_given, None), "given names of the first author"),
    "etal": KeyField(
        _et_al, "`etal` where there are more authors than `:N`, or than 1"
    ),
    "year": KeyField(_last_digits, "year of `issued`; `:N` its last digits"),
    "year2": KeyField(_one(lambda item: _year(item)[-2:]), "its last two digits"),
    "title-word": KeyField(
        _one(lambda item: next(_title_words(item), "")),
        "first word of the title that says something",
    ),
    "title-words": KeyField(
        _several(_title_words, _SEVERAL), "such words; `:N` of them, 3 if not said"
    ),
    "journal": KeyField(
        _several(_journal_words, None),
        "words of `container-title`: journal, book or site; `:N` of them, else all",
    ),
    "volume": KeyField(_one(_number(lambda item: item.volume)), "volume"),
    "issue": KeyField(_one(_number(lambda item: item.issue)), "issue"),
    "number": KeyField(_one(_number(lambda item: item.number)), "number of a report"),
    "page": KeyField(_one(_first_page), "first page"),
    "doi": KeyField(_one(_doi), "DOI, with `_` for `/` and its like"),
    "type": KeyField(_one(lambda item: item.type), "CSL type"),
    "id": KeyField(_one(_id), "the key so far, in its own case"),
}
