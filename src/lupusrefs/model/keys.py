"""Citation keys: an item's own id where BibTeX can read it, else a made one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, product
from typing import Final

from lupusrefs.model.item import Item
from lupusrefs.model.markup import plain

# BibTeX itself reads a key up to white space, a comma or the closing brace
# (bibtex.web, "scan1_white"); LaTeX cannot carry ``{ } % # \ ~`` in \cite; biber also
# forbids ``" ' ( ) =``, and an exported file should outlive a change of program.
_ILLEGAL: Final = re.compile(r"[\s,{}\"#%~\\'()=\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_DOI: Final = re.compile(r"(?:doi:\s*)?10\.[0-9.]+/", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W_]+")
# Articles, prepositions and conjunctions that begin titles in the languages met most.
_STOP_WORDS: Final = frozenset(
    "a about an and are as at by can das der des die do does el ein eine for from how"  # noqa: SIM905 - a list of words
    " il in into is l la las le les lo los of on or should the to towards toward un una"
    " une und what when where which who why with zur zum".split()
)
# Letters that Unicode does not decompose. Umlauts lose their dots like all accents:
# whether "ü" is "ue" depends on the language of the name (Müller, Güneş, Hyvönen),
# which nobody knows.
_LETTERS: Final = str.maketrans(
    {
        "ß": "ss",
        "ẞ": "ss",
        "ø": "o",
        "Ø": "o",
        "æ": "ae",
        "Æ": "ae",
        "œ": "oe",
        "Œ": "oe",
        "đ": "d",
        "Đ": "d",
        "ð": "d",
        "Ð": "d",
        "þ": "th",
        "Þ": "th",
        "ł": "l",
        "Ł": "l",
        "ħ": "h",
        "Ħ": "h",
        "ı": "i",
    }
)
_ANONYMOUS: Final = "anon"
_SEPARATORS: Final = ("", "_", "-", ":")
_LONGEST: Final = 40  # characters of one part of a made key


def citation_keys(items: Sequence[Item]) -> list[str]:
    """One key per item, in order; no two are the same to BibTeX, which folds case.

    Own ids go first, whatever their place, so that a made key never takes one. Of
    several items with one made key the first has it plain, the next ones with a, b, c:
    an item that is added at the end changes no other key.
    """
    own = [_own_key(item) for item in items]
    taken: set[str] = set()
    keys: list[str | None] = []
    for key in own:
        free = key is not None and key.casefold() not in taken
        keys.append(key if free else None)
        if key is not None:
            taken.add(key.casefold())
    for index, item in enumerate(items):
        if keys[index] is None:
            keys[index] = _free_key(own[index] or made_key(item), taken)
    return [key for key in keys if key is not None]


def is_legal(key: str) -> bool:
    r"""Whether BibTeX, LaTeX and biber all take the key.

    >>> is_legal("Mackensen:2022"), is_legal("a b"), is_legal("*")
    (True, False, False)
    """
    # \nocite{*} means every entry.
    return bool(key) and key != "*" and not _ILLEGAL.search(key)


def made_key(item: Item) -> str:
    """Family name, year and first word of the title that says something.

    >>> made_key(Item(id="10.1/x", title="On the Origin of Species"))
    'anonorigin'
    """
    year = str(abs(item.issued.year)) if item.issued and item.issued.year else ""
    return _family(item) + year + next(_title_words(item), "")


def _own_key(item: Item) -> str | None:
    for key in (item.id, item.citation_key):
        if key and is_legal(key) and not _is_identifier(key):
            return key
    return None


def _is_identifier(key: str) -> bool:
    """Whether the id is a DOI or a URL: that is no key that anybody cites with."""
    return "://" in key or _DOI.match(key) is not None


def _family(item: Item) -> str:
    for name in item.creators:
        if name.literal is not None:
            word = next(_words(name.literal), "")
        else:
            word = _ascii(name.family or name.given or "")[:_LONGEST]
        return word or _ANONYMOUS
    return _ANONYMOUS


def _title_words(item: Item) -> Iterator[str]:
    return _words(item.title or "")


def _words(text: str) -> Iterator[str]:
    """Words in ASCII, without stop words and words that ASCII cannot write."""
    for match in _WORD.finditer(_decomposed(plain(text))):
        word = _ascii(match[0])[:_LONGEST]
        if word and word not in _STOP_WORDS:
            yield word


def _ascii(text: str) -> str:
    """Letters and digits of a text in lower-case ASCII: "Völkl" -> "volkl"."""
    return re.sub(r"[^a-z0-9]", "", _decomposed(plain(text)).lower())


def _decomposed(text: str) -> str:
    """Without accents: they are separate characters after decomposition."""
    letters = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(char for char in letters if not unicodedata.combining(char))


def _free_key(base: str, taken: set[str]) -> str:
    key = next(key for key in _candidates(base) if key.casefold() not in taken)
    taken.add(key.casefold())
    return key


def _candidates(base: str) -> Iterator[str]:
    yield base
    for number in count(1):
        yield base + _letters(number)


def _letters(number: int) -> str:
    """1 -> a, 26 -> z, 27 -> aa."""
    letters = ""
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("a") + digit) + letters
    return letters


@dataclass(frozen=True, slots=True)
class KeyStyle:
    """How a library makes its keys: family name, year, perhaps a title word.

    Attributes:
        separator: between the parts: nothing, ``_``, ``-`` or ``:``.
        capital: the family name (and the word) begin with a capital.
        word: the first word of the title that says something is part of the key.
        short_year: two digits of the year.
    """

    separator: str = ""
    capital: bool = False
    word: bool = False
    short_year: bool = False

    @classmethod
    def of(cls, items: Sequence[Item]) -> KeyStyle:
        """The style that made most of the items' keys; the default where none did.

        More than half of the keys must fit: where they are somebody's own
        invention, no style is guessed.
        """
        best, most = cls(), len(items) // 2
        flags = (False, True)
        for separator, capital, word, short in product(
            _SEPARATORS, flags, flags, flags
        ):
            style = cls(separator, capital, word, short)
            fits = sum(
                re.fullmatch(re.escape(style.key(item)) + "[a-z]?", item.id) is not None
                for item in items
            )
            if fits > most:
                best, most = style, fits
        return best

    def key(self, item: Item) -> str:
        """The item's key, without what tells equal ones apart."""
        family, word = _family(item), next(_title_words(item), "")
        if self.capital:
            family, word = family.capitalize(), word.capitalize()
        year = str(abs(item.issued.year)) if item.issued and item.issued.year else ""
        parts = (family, year[-2:] if self.short_year else year, word * self.word)
        return self.separator.join(part for part in parts if part)

    def keys(self, items: Sequence[Item], taken: Iterable[str]) -> list[str]:
        """A key for each item, none of them taken, in the order given."""
        used = {key.casefold() for key in taken}
        return [_free_key(self.key(item), used) for item in items]
